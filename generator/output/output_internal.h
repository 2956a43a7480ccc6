/* What the editions share. Inside the layer only. */
#ifndef OUTPUT_INTERNAL_H
#define OUTPUT_INTERNAL_H
#include "output/output.h"

/* The shipped sRGB profile; false with an error when it is missing or another. */
bool output_srgb_profile(struct buf *out, struct diag *);
/* Texts, dates and seed of a document; claims, colours and profile are the edition's. */
struct pdf_options output_pdf_options(const struct display_document *, const struct output_pdf *);
void output_paint_pages(struct pdf_document *, const struct display_document *);
#endif
