/* What the editions share. Inside the layer only. */
#ifndef OUTPUT_INTERNAL_H
#define OUTPUT_INTERNAL_H
#include "output/output.h"

/* Texts, dates and seed of a document; claims, colours and profile are the edition's. */
struct pdf_options output_pdf_options(const struct display_document *, const struct output_pdf *);
void output_paint_pages(struct pdf_document *, const struct display_document *);
#endif
