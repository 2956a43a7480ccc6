/* The press edition: four inks and spot colours, bleed, marks, as one printing house asks. */
#include "base/file.h"
#include "output/output_internal.h"
#include "output/preflight.h"

bool output_press_bytes(const struct display_document *document, const struct output_pdf *how,
                        const struct output_printer *printer, struct buf *out, struct diag *diag)
{
    struct pdf_options options = output_pdf_options(document, how);
    options.colours = PDF_CMYK;
    options.claims = printer->claims_x4 ? PDF_X_4 | PDF_A_2B : 0;
    options.icc = printer->icc.data;
    options.icc_size = printer->icc.length;
    options.output_condition = printer->condition;
    options.output_condition_identifier = printer->identifier;
    options.registry = printer->registry;
    options.bleed = printer->bleed;
    options.slug = printer->slug;
    options.crop_marks = printer->crop_marks;
    options.registration_marks = printer->registration_marks;
    options.ink_limit = printer->ink_limit;
    options.image_resolution = printer->image_resolution * 4.0 / 3;       /* a third to spare, as for a screen at its angle */
    options.overprint_black = options.no_navigation = true;
    output_preflight(document, printer, diag);
    struct pdf_document *pdf = pdf_new(&options, diag);
    output_paint_pages(pdf, document, how->last);
    const struct display_node *root = document->root;
    bool good = pdf_finish(pdf, &root, 1, out);
    pdf_free(pdf);
    return good;
}

bool output_press(const struct display_document *document, const struct output_pdf *how,
                  const struct output_printer *printer, struct diag *diag)
{
    struct buf file = BUF_EMPTY;
    bool good = output_press_bytes(document, how, printer, &file, diag) &&
                file_write(how->path, file.data, file.length, diag);
    buf_free(&file);
    return good;
}
