/* preview: a PNG a page. Pictures that would not change are left alone, so that viewers repaint only what did. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "output/output.h"

enum { LEAST_RESOLUTION = 20, MOST_RESOLUTION = 1200 };

static bool is_written(const char *path, const struct buf *bytes)
{
    struct buf old = BUF_EMPTY;
    struct diag *quiet = diag_new();
    bool same = file_exists(path) && file_read(path, bytes->length, &old, (struct source){ 0 }, quiet) &&
                old.length == bytes->length && !memcmp(old.data, bytes->data, old.length);
    buf_free(&old);
    diag_free(quiet);
    return same;
}

bool cli_write_changed(const char *path, const struct buf *bytes, struct diag *diag)
{
    return is_written(path, bytes) || file_write(path, bytes->data, bytes->length, diag);
}

static bool write_page(struct cli_job *job, const char *folder, size_t index)
{
    const struct display_document *document = job->pages.document;
    struct display_page *page = display_open_page(document, index);
    struct buf png = BUF_EMPTY;
    const char *path = arena_printf(job->arena, "%s/page-%03zu.png", folder, index + 1);
    bool good = output_png(page, NULL, job->options->resolution, PDF_RGB, &png, job->diag) &&
                cli_write_changed(path, &png, job->diag);
    buf_free(&png);
    display_close_page(page);
    return good;
}

/* Pages that an earlier, longer plan left behind. */
static void remove_further(struct cli_job *job, const char *folder)
{
    for (size_t i = job->pages.document->page_count + 1;; i++) {
        const char *path = arena_printf(job->arena, "%s/page-%03zu.png", folder, i);
        if (remove(path))
            return;
    }
}

static enum cli_exit write_pages(struct cli_job *job, const char *folder)
{
    if (!file_make_folder(folder, job->diag))
        return CLI_SYSTEM;
    for (size_t i = 0; i < job->pages.document->page_count; i++)
        if (!write_page(job, folder, i))
            return CLI_SYSTEM;
    remove_further(job, folder);
    cli_job_time(job, "png");
    return CLI_GOOD;
}

static enum cli_exit preview(const struct cli_options *options, struct diag *diag)
{
    struct cli_job job;
    bool good = cli_job_begin(&job, options, diag);
    char *folder = options->output ? NULL : cli_output_path(options->arguments[0], "-pages");
    enum cli_exit status = good ? write_pages(&job, folder ? folder : options->output) : cli_job_exit(&job, false, false);
    mem_free(folder);
    cli_job_end(&job);
    return status;
}

enum cli_exit cli_preview(const struct cli_options *options, struct diag *diag)
{
    if (options->resolution < LEAST_RESOLUTION || options->resolution > MOST_RESOLUTION) {
        diag_error(diag, (struct source){ 0 }, "E980", _("--resolution is from %d to %d, not %d"), LEAST_RESOLUTION,
                   MOST_RESOLUTION, options->resolution);
        return CLI_USAGE;
    }
    enum cli_exit (*paint)(const struct cli_options *, struct diag *) = options->chart ? cli_preview_chart : preview;
    return options->watch ? cli_watch(options, paint, diag) : paint(options, diag);
}
