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
    const struct font_set *fonts;          /* its list names the colour profiles */
    const struct pdf_attachment *attachments;
    size_t attachment_count;
    bool no_sources;
};

/* The screen edition: PDF/UA-1 and PDF/A-3a, sRGB. Written as a whole or not at all. */
bool output_screen(const struct display_document *, const struct output_pdf *, struct diag *);
/* The same into memory; the path is not used. */
bool output_screen_bytes(const struct display_document *, const struct output_pdf *, struct buf *out, struct diag *);

/* ---- pictures ------------------------------------------------------------------------------------------------------ */
/* A page (of display_open_page) as PNG bytes at `dpi`, as the screen or the agenda edition colours it; `area` in points on
   the page (a chart alone), or NULL: the trim box. */
bool output_png(const struct display_page *, const struct rect *area, double dpi, enum pdf_colours, struct buf *out,
                struct diag *);
/* The same as SVG, text as outlines. */
bool output_svg(const struct display_page *, const struct rect *area, enum pdf_colours, struct buf *out, struct diag *);
#endif
