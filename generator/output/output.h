/* Outputs: editions and pictures of a finished display list. */
#ifndef OUTPUT_OUTPUT_H
#define OUTPUT_OUTPUT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "display/display.h"
#include "output/printer.h"
#include "pdf/pdf.h"

/* ---- PDF editions -------------------------------------------------------------------------------------- */
struct output_pdf {
    const char *path;
    int64_t date;
    const char *seed;                      /* hash of the inputs: part of /ID */
    const struct font_set *fonts;          /* its list names the colour profiles */
    /* What the screen edition carries inside, asked for when its pages are written; false with an error. NULL: nothing. */
    bool (*sources)(void *data, const struct pdf_attachment **, size_t *n);
    void *data;
    bool no_sources;
    bool last;                             /* nobody asks for the pages afterwards: they are let go as they are written */
};

/* The screen edition: PDF/UA-1 and PDF/A-3a, sRGB. Written as a whole or not at all. */
bool output_screen(const struct display_document *, const struct output_pdf *, struct diag *);
/* The same into memory; the path is not used. */
bool output_screen_bytes(const struct display_document *, const struct output_pdf *, struct buf *out, struct diag *);

/* The press edition as a printer profile asks: CMYK and spot colours, PDF/X-4 and PDF/A-2b where its ICC profile is
   embedded, else a plain PDF that claims nothing. What the printing house would send back is warned of. */
bool output_press(const struct display_document *, const struct output_pdf *, const struct output_printer *, struct diag *);
bool output_press_bytes(const struct display_document *, const struct output_pdf *, const struct output_printer *,
                        struct buf *out, struct diag *);
/* After output_press: what the printing house is told of the file, and the user of it (claims, boxes, plates, least type
   and line, pictures, fonts, all warnings so far), as JSON where the name ends in ".json", else as text. */
bool output_press_report(const char *path, const struct display_document *, const struct output_printer *, struct diag *);
/* After output_screen: what its file proves of the success criteria of WCAG and what a person must judge, with all that is
   judged on; as JSON where the name ends in ".json", else as text. */
bool output_access_report(const char *path, const struct display_document *, struct diag *);
/* The agenda edition: PDF/UA-1 and PDF/A-2a in the template's agenda colours, nothing attached. `front`: the council's
   pages, a document of its own before page 1; NULL: none. */
bool output_agenda(const struct display_document *front, const struct display_document *, const struct output_pdf *,
                   struct diag *);
bool output_agenda_bytes(const struct display_document *front, const struct display_document *, const struct output_pdf *,
                         struct buf *out, struct diag *);

/* ---- pictures ------------------------------------------------------------------------------------------ */
/* A page (of display_open_page) as PNG bytes at `dpi`, as the screen or the agenda edition colours it; `area` in points on
   the page (a chart alone), or NULL: the trim box. */
bool output_png(const struct display_page *, const struct rect *area, double dpi, enum pdf_colours, struct buf *out,
                struct diag *);
/* The same as SVG, text as outlines. `title` and `description`: what it is called and what it shows, for those who do not
   see it; NULL: none. */
bool output_svg(const struct display_page *, const struct rect *area, enum pdf_colours, const char *title,
                const char *description, struct buf *out, struct diag *);
#endif
