/* preview --chart: one drawing alone, for a web page or a slide. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/commands.h"

/* Millimetres: narrower than any label, wider than any page. */
enum { LEAST_WIDTH = 30, MOST_WIDTH = 1000 };

static const char *description_of(const struct display_node *node)
{
    const char *alt = node->role == DISPLAY_FIGURE ? node->alt : NULL;
    for (const struct display_node *child = node->first; child && !alt; child = child->next)
        alt = description_of(child);
    return alt;
}

/* ---- files by their ending ----------------------------------------------------------------------------------------------- */
static bool make_svg(struct cli_job *job, const char *path, struct buf *out)
{
    const struct display_document *document = job->pages.document;
    struct display_page *page = display_open_page(document, 0);
    (void)path;
    bool good = output_svg(page, NULL, PDF_RGB, document->title, description_of(document->root), out, job->diag);
    display_close_page(page);
    return good;
}

static bool make_png(struct cli_job *job, const char *path, struct buf *out)
{
    struct display_page *page = display_open_page(job->pages.document, 0);
    (void)path;
    bool good = output_png(page, NULL, job->options->resolution, PDF_RGB, out, job->diag);
    display_close_page(page);
    return good;
}

/* The screen edition of one page: tagged, fonts embedded, the chart's numbers attached as CSV. */
static bool make_pdf(struct cli_job *job, const char *path, struct buf *out)
{
    struct output_pdf how = cli_job_pdf(job, path);
    how.no_sources = job->options->no_sources;
    return output_screen_bytes(job->pages.document, &how, out, job->diag);
}

static const struct form {
    const char *ending;
    bool (*make)(struct cli_job *, const char *path, struct buf *out);
} forms[] = { { ".svg", make_svg }, { ".png", make_png }, { ".pdf", make_pdf } };

static const struct form *form_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof forms / sizeof *forms; i++)
        if (!strcmp(forms[i].ending, dot))
            return &forms[i];
    return NULL;
}

/* ---- the command ---------------------------------------------------------------------------------------------------------- */
static enum cli_exit unknown(struct cli_job *job)
{
    struct buf ids = BUF_EMPTY;
    compose_list_drawings(job->plan, &ids);
    diag_error(job->diag, (struct source){ job->plan->file, 1, 1 }, "E467", _("no chart, illustration or picture has the id \"%s\""),
               job->options->chart);
    if (ids.length)
        diag_remedy(job->diag, _("these can be drawn alone: %s"), buf_text(&ids));
    else
        diag_remedy(job->diag, _("give it an id in the plan; nothing that can be drawn alone has one"));
    buf_free(&ids);
    return CLI_USAGE;
}

static enum cli_exit draw(struct cli_job *job, const char *path, const struct form *form)
{
    const struct plan_block *block = compose_lookup_drawing(job->plan, job->options->chart);
    struct buf bytes = BUF_EMPTY;
    if (!block)
        return unknown(job);
    bool good = compose_drawing(job->plan, job->design, block, job->options->width * PT_PER_MM, &job->pages, job->diag);
    cli_job_time(job, "pages");
    if (!good)
        return cli_job_exit(job, false, false);
    enum cli_exit status = form->make(job, path, &bytes) ? CLI_GOOD : CLI_INPUT;
    if (status == CLI_GOOD && !cli_write_changed(path, &bytes, job->diag))
        status = CLI_SYSTEM;
    buf_free(&bytes);
    cli_job_time(job, form->ending + 1);
    return status;
}

static enum cli_exit preview_chart(const struct cli_options *options, const char *path, struct diag *diag)
{
    const struct form *form = form_of(path);
    struct cli_job job;
    if (!form) {
        diag_error(diag, (struct source){ 0 }, "E981", _("\"%s\" ends in none of .svg, .png and .pdf"), path);
        return CLI_USAGE;
    }
    if (options->width && (options->width < LEAST_WIDTH || options->width > MOST_WIDTH)) {
        diag_error(diag, (struct source){ 0 }, "E982", _("--width is from %d to %d mm, not %d"), LEAST_WIDTH, MOST_WIDTH,
                   options->width);
        return CLI_USAGE;
    }
    enum cli_exit status = cli_job_read(&job, options, diag) ? draw(&job, path, form) : cli_job_exit(&job, false, false);
    cli_job_end(&job);
    return status;
}

enum cli_exit cli_preview_chart(const struct cli_options *options, struct diag *diag)
{
    char *ending = NULL, *path = NULL;
    if (!options->output) {
        struct buf name = BUF_EMPTY;
        buf_printf(&name, "-%s.svg", options->chart);
        ending = name.data;
        path = cli_output_path(options->arguments[0], ending);
    }
    enum cli_exit status = preview_chart(options, path ? path : options->output, diag);
    mem_free(ending);
    mem_free(path);
    return status;
}
