/* Printer profiles: what one printing house asks of a press file; the shipped ones are in templates/printers. */
#ifndef OUTPUT_PRINTER_H
#define OUTPUT_PRINTER_H
#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

struct output_printer {
    const char *name, *path;
    const char *condition, *identifier, *registry;         /* registry: "" without one */
    struct buf icc;                        /* the output profile; empty: none is embedded */
    const char *icc_name;                  /* as the profile names it, or NULL */
    bool claims_x4;                        /* wanted, and there is a profile for it */
    double bleed, slug;                    /* points */
    bool crop_marks, registration_marks;
    int ink_limit;                         /* percent */
    int image_resolution;                  /* pixels an inch */
    double line_width, type_size, safe_margin;             /* points */
    int page_multiple;
    struct source pages_at;                /* who says so */
};

/* `name`: a profile that is shipped ("coated-fogra39"), or a file (has a '/' or ends in .xml). An ICC file is looked for
   beside the printer profile, then among the shipped ones, and checked: CMYK, output class, its SHA-256 where one is
   given. False with errors. Free with output_printer_free. */
bool output_printer_read(const char *name, struct output_printer *out, struct arena *, struct diag *);
void output_printer_free(struct output_printer *);
#endif
