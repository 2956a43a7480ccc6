/* Items to content streams: pages, and what is drawn once and shown often. Inside the layer only. */
#ifndef PDF_PAINT_H
#define PDF_PAINT_H
#include "pdf/content.h"

/* The form of a symbol, the image of a bitmap: written when first shown. 0 when it cannot be. */
unsigned pdf_symbol_object(struct pdf_document *, const struct display_symbol *);
/* `placed` maps the unit square to points as it is printed: it tells how many pixels are enough. */
unsigned pdf_bitmap_object(struct pdf_document *, const struct image_bitmap *, struct affine placed, struct source at);

/* marks.c: what bleeds ends at the bleed box; then crop and registration marks outside it. */
void pdf_marks_clip(struct pdf_content *, const struct pdf_page *);
void pdf_marks_paint(struct pdf_content *, const struct pdf_page *);

/* One item that is no push and no pop. */
void pdf_paint_item(struct pdf_content *, const struct display_item *);
/* Items to the end or to the pop that has no push; returns the item behind it. `mark` is called before each item that
   paints and before each group whose items all belong together; NULL: nothing is marked. */
struct pdf_marker {
    void (*open)(struct pdf_marker *, struct pdf_content *, const struct display_item *);
    void (*close)(struct pdf_marker *, struct pdf_content *);
};
const struct display_item *pdf_paint_items(struct pdf_content *, const struct display_item *, struct pdf_marker *);
#endif
