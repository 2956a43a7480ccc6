/* What the editions share. Inside the layer only. */
#ifndef OUTPUT_INTERNAL_H
#define OUTPUT_INTERNAL_H
#include "output/output.h"

/* Texts, dates and seed of a document; claims, colours and profile are the edition's. */
struct pdf_options output_pdf_options(const struct display_document *, const struct output_pdf *);
/* The sRGB profile as output intent: read it (false with an error), and name it in the options while it lives. */
bool output_use_srgb(const struct output_pdf *, struct buf *icc, struct diag *);
void output_set_srgb(struct pdf_options *, const struct buf *icc);
void output_paint_pages(struct pdf_document *, const struct display_document *, bool last);
#endif
