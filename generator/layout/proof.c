/* Proof mode: what the layout reckoned with, drawn over the page. */
#include "layout/layout_internal.h"

void layout_paint_proof(struct layout_painter *p, const struct layout_fragment *f)
{
    (void)p, (void)f;
}
