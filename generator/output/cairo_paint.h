/* The Cairo painter: the items of a page on any Cairo surface. Inside the layer only. */
#ifndef OUTPUT_CAIRO_PAINT_H
#define OUTPUT_CAIRO_PAINT_H
#include <cairo.h>

#include "output/output.h"

/* Paint a page; one unit of `cr` is a point, its origin the trim box's corner. `outlines`: text as paths. False with an
   error when a picture cannot be read or memory for a surface is missing. */
bool output_cairo_paint(cairo_t *cr, const struct display_page *, enum pdf_colours, bool outlines, struct diag *);
#endif
