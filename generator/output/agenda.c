/* The agenda edition: an attachment to the council's papers, small, readable in grey, with the council's own front pages. */
#include "base/file.h"
#include "output/output_internal.h"

bool output_agenda_bytes(const struct display_document *front, const struct display_document *document,
                         const struct output_pdf *how, struct buf *out, struct diag *diag)
{
    struct buf icc = BUF_EMPTY;
    if (!output_use_srgb(how, &icc, diag))
        return false;
    struct pdf_options options = output_pdf_options(document, how);
    options.claims = PDF_UA_1 | PDF_A_2A;
    options.colours = PDF_AGENDA;
    options.image_resolution = 110;        /* readable on a tablet and a grey printer; the file goes out by mail */
    output_set_srgb(&options, &icc);
    struct pdf_document *pdf = pdf_new(&options, diag);
    const struct display_node *roots[2];
    size_t n = 0;
    if (front) {
        output_paint_pages(pdf, front, how->last);
        roots[n++] = front->root;
    }
    output_paint_pages(pdf, document, how->last);
    roots[n++] = document->root;
    bool good = pdf_finish(pdf, roots, n, out);
    pdf_free(pdf);
    buf_free(&icc);
    return good;
}

bool output_agenda(const struct display_document *front, const struct display_document *document,
                   const struct output_pdf *how, struct diag *diag)
{
    struct buf file = BUF_EMPTY;
    bool good =
        output_agenda_bytes(front, document, how, &file, diag) && file_write(how->path, file.data, file.length, diag);
    buf_free(&file);
    return good;
}
