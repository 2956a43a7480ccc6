/* Outputs: editions and pictures of a finished display list. */
#ifndef OUTPUT_OUTPUT_H
#define OUTPUT_OUTPUT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "display/display.h"
#include "pdf/pdf.h"

/* ---- PDF editions ------------------------------------------------------------------------------------------------- */
struct output_pdf {
    const char *path;
    int64_t date;
    const char *seed;                      /* hash of the inputs: part of /ID */
    const struct pdf_attachment *attachments;
    size_t attachment_count;
    bool no_sources;
};

/* The screen edition: PDF/UA-1 and PDF/A-3a, sRGB. Written as a whole or not at all. */
bool output_screen(const struct display_document *, const struct output_pdf *, struct diag *);

/* ---- pictures ------------------------------------------------------------------------------------------------------ */
/* One page as PNG bytes at `dpi`; `colours` RGB or AGENDA. */
bool output_png(const struct display_page *, const struct design *, double dpi, enum pdf_colours, struct buf *out,
                struct diag *);
/* A part of a page as SVG (text as outlines) or PNG, for one chart. */
bool output_svg(const struct display_page *, const struct design *, struct rect area, struct buf *out, struct diag *);
#endif
