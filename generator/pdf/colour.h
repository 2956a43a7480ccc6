/* Colours as the edition paints them. Inside the layer only. */
#ifndef PDF_COLOUR_H
#define PDF_COLOUR_H
#include "pdf/pdf_internal.h"

/* What a design colour becomes in this document. */
struct pdf_colour {
    int components;                        /* 1 grey, 3 RGB, 4 CMYK; values 0 to 1 */
    double value[4];
    const char *spot;                      /* a Separation of that name, at full tone; or NULL */
};

/* NULL is black. */
struct pdf_colour pdf_colour_of(struct pdf_document *, const struct design_colour *);
bool pdf_colour_is_black_ink(const struct pdf_colour *);       /* 100 K alone */
/* The Separation of a spot colour, as a colour space; and its index in the resources. */
void pdf_put_separation(struct buf *, const struct pdf_colour *);
unsigned pdf_colour_separation(struct pdf_document *, const struct pdf_colour *);
/* The same colour in the process space of the document, for gradients. */
void pdf_put_components(struct pdf_document *, struct buf *, const struct design_colour *);
const char *pdf_colour_process_space(const struct pdf_document *);
#endif
