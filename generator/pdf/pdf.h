/* The PDF writer: display lists in, a file out. It stands on libharu's object layer and has never heard of boxes. */
#ifndef PDF_PDF_H
#define PDF_PDF_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "display/display.h"

enum pdf_claim { PDF_UA_1 = 1, PDF_A_2A = 2, PDF_A_2B = 4, PDF_A_3A = 8, PDF_X_4 = 16 };
enum pdf_colours { PDF_RGB, PDF_AGENDA, PDF_CMYK };

struct pdf_attachment {
    const char *name, *mime, *description, *relationship;      /* "Source", "Data", "Supplement" */
    const void *bytes;
    size_t size;
};

struct pdf_options {
    unsigned claims;
    enum pdf_colours colours;
    const char *title, *author, *subject, *keywords, *lang;
    int64_t date;                          /* seconds since 1970, UTC */
    const char *id_seed;                   /* hashed into /ID together with the contents */
    const void *icc;                       /* output intent's profile; NULL: none is embedded */
    size_t icc_size;
    const char *output_condition, *output_condition_identifier, *registry;
    /* press */
    double bleed, slug;                    /* points: bleed round the trim box, room for marks round that */
    bool crop_marks, registration_marks, overprint_black;
    double ink_limit;                      /* percent, 0: none */
    double image_resolution;               /* pixels an inch that are enough: what has half as many again gets these; 0: all stay */
    bool no_navigation;                    /* neither links nor bookmarks: PDF/X-4 bars actions from the page */
    bool classic;                          /* plain xref table, nothing packed: for reading by eye */
};

struct pdf_document;

struct pdf_document *pdf_new(const struct pdf_options *, struct diag *);
/* Paint a page (of display_open_page); pages come in order, those of one display document together. The nodes that items
   name must live until pdf_free. */
bool pdf_paint(struct pdf_document *, const struct display_page *);
/* Its bytes must live until pdf_finish. */
void pdf_attach(struct pdf_document *, const struct pdf_attachment *);
/* Roots in reading order; bookmarks and page labels come from nodes and pages. Writes the whole file into `out`; false
   with errors, the forbidden facts of the claimed standards among them: then nothing may be kept. */
bool pdf_finish(struct pdf_document *, const struct display_node *const *roots, size_t n, struct buf *out);
void pdf_free(struct pdf_document *);
#endif
