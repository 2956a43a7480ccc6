/* The screen edition: for the web, readable by machine and ear, with its sources inside. */
#include <string.h>

#include "base/file.h"
#include "output/output.h"
#include "output/output_internal.h"

enum { TRIMMED = 128 };                    /* so many pages that were let go are worth giving back */

/* A chart's numbers as a table beside its picture. */
static void attach_data(struct pdf_document *pdf, const struct display_node *node)
{
    for (; node; node = node->next) {
        if (node->data) {
            struct buf name = BUF_EMPTY;
            buf_printf(&name, "%s.csv", node->data->name);
            pdf_attach(pdf, &(struct pdf_attachment){ .name = buf_text(&name), .mime = "text/csv",
                                                      .description = node->alt, .relationship = "Data",
                                                      .bytes = node->data->csv, .size = node->data->length });
            buf_free(&name);
        }
        attach_data(pdf, node->first);
    }
}

static bool attach_sources(struct pdf_document *pdf, const struct output_pdf *how)
{
    const struct pdf_attachment *files;
    size_t n;
    if (!how->sources(how->data, &files, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        pdf_attach(pdf, &files[i]);
    return true;
}

void output_paint_pages(struct pdf_document *pdf, const struct display_document *document, bool last)
{
    for (size_t i = 0; i < document->page_count; i++) {
        struct display_page *page = display_open_page(document, i);
        pdf_paint(pdf, page);
        display_close_page(page);
        if (last)
            display_drop_page(document, i);
        if (last && i % TRIMMED == TRIMMED - 1)
            mem_trim();
    }
}

struct pdf_options output_pdf_options(const struct display_document *document, const struct output_pdf *how)
{
    return (struct pdf_options){
        .title = document->title, .author = document->author, .subject = document->subject,
        .keywords = document->keywords, .lang = document->lang, .date = how->date, .id_seed = how->seed,
    };
}

bool output_use_srgb(const struct output_pdf *how, struct buf *icc, struct diag *diag)
{
    bool good = font_set_profile(how->fonts, "sRGB", icc, (struct source){ 0 }, diag);
    if (!good)
        buf_free(icc);
    return good;
}

void output_set_srgb(struct pdf_options *options, const struct buf *icc)
{
    options->icc = icc->data;
    options->icc_size = icc->length;
    options->output_condition = options->output_condition_identifier = "sRGB IEC61966-2.1";
    options->registry = "http://www.color.org";
}

bool output_screen_bytes(const struct display_document *document, const struct output_pdf *how, struct buf *out,
                         struct diag *diag)
{
    struct buf icc = BUF_EMPTY;
    if (!output_use_srgb(how, &icc, diag))
        return false;
    struct pdf_options options = output_pdf_options(document, how);
    options.claims = PDF_UA_1 | PDF_A_3A;
    options.colours = PDF_RGB;
    options.image_resolution = 220;        /* sharp at twice its size on a screen, and on an office printer */
    output_set_srgb(&options, &icc);
    struct pdf_document *pdf = pdf_new(&options, diag);
    output_paint_pages(pdf, document, how->last);
    bool good = !how->sources || attach_sources(pdf, how);
    if (!how->no_sources)
        attach_data(pdf, document->root);
    const struct display_node *root = document->root;
    good = good && pdf_finish(pdf, &root, 1, out);
    pdf_free(pdf);
    buf_free(&icc);
    return good;
}

bool output_screen(const struct display_document *document, const struct output_pdf *how, struct diag *diag)
{
    struct buf file = BUF_EMPTY;
    bool good = output_screen_bytes(document, how, &file, diag) && file_write(how->path, file.data, file.length, diag);
    buf_free(&file);
    return good;
}
