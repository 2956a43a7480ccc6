/* render: the editions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/sources.h"
#include "output/output.h"
#include "year/compare.h"

/* ---- editions ------------------------------------------------------------------------------------------ */
static bool write_screen(struct cli_job *job, const char *path)
{
    struct output_pdf how = cli_job_pdf(job, path);
    how.no_sources = job->options->no_sources;
    if (!how.no_sources) {
        how.sources = cli_sources;
        how.data = job;
    }
    const char *report = job->options->ua_report;
    return output_screen(job->pages.document, &how, job->diag) &&
           (!report || output_access_report(report, job->pages.document, job->diag));
}

/* Without --printer the house of FOGRA39; where its colour profile could not be installed, a plain file with boxes. */
static const char *printer_name(struct cli_job *job)
{
    if (job->options->printer)
        return job->options->printer;
    char *icc = file_data("profiles/FOGRA39L_coated.icc");
    bool there = file_exists(icc);
    mem_free(icc);
    if (there)
        return "coated-fogra39";
    diag_warning(job->diag, (struct source){ 0 }, "W733",
                 _("the colour profile FOGRA39L_coated.icc is not here: the press file claims no standard"));
    diag_remedy(job->diag, _("install it, or name your printer's own profile with --printer"));
    return "coated-without-profile";
}

static bool write_press(struct cli_job *job, const char *path)
{
    struct output_pdf how = cli_job_pdf(job, path);
    struct output_printer printer;
    const char *name = printer_name(job);
    if (!output_printer_read(name, &printer, job->arena, job->diag))
        return false;
    bool good = output_press(job->pages.document, &how, &printer, job->diag);
    if (good && job->options->report)
        good = output_press_report(job->options->report, job->pages.document, &printer, job->diag);
    output_printer_free(&printer);
    return good;
}

/* What changed since the plan of --previous, for the council. False with errors in that plan. */
static bool list_changes(struct cli_job *job, struct compose_front *front)
{
    if (!job->options->previous)
        return true;
    const struct plan *old = plan_read(job->options->previous, NULL, job->arena, job->diag);
    if (!old)
        return false;
    const struct year_comparison *comparison = year_compare(old, job->plan, job->design, job->arena);
    struct compose_change *changes = arena_array(job->arena, struct compose_change, comparison->count + 1);
    for (const struct year_change *c = comparison->changes; c; c = c->next)
        changes[front->change_count++] = (struct compose_change){ .kind = year_change_name(c->kind), .name = c->name,
                                                                  .before = c->before, .after = c->after,
                                                                  .old = c->old_figure, .new = c->new_figure,
                                                                  .measure = c->kind == YEAR_BASELINE || c->kind == YEAR_TARGET ? c->id : NULL };
    front->changes = changes;
    return true;
}

static bool write_agenda(struct cli_job *job, const char *path)
{
    struct output_pdf how = cli_job_pdf(job, path);
    struct compose_options options = { .status = job->options->status, .draft = job->options->draft };
    struct compose_front front = { .appendix = job->options->appendix };
    size_t errors = diag_errors(job->diag);
    if (!list_changes(job, &front))
        return false;
    struct display_document *pages = compose_front(job->plan, job->design, &options, &front, &job->pages, job->diag);
    bool good = diag_errors(job->diag) == errors && output_agenda(pages, job->pages.document, &how, job->diag);
    display_free(pages);
    return good;
}

static const struct edition {
    const char *name, *ending;
    bool (*write)(struct cli_job *, const char *path);
} editions[] = {
    { "screen", "-screen.pdf", write_screen },
    { "press", "-press.pdf", write_press },
    { "agenda", "-agenda.pdf", write_agenda },
};

enum { EDITIONS = sizeof editions / sizeof *editions };

static const struct edition *lookup(const char *name)
{
    for (size_t i = 0; i < EDITIONS; i++)
        if (!strcmp(editions[i].name, name))
            return &editions[i];
    return NULL;
}

static enum cli_exit write_edition(struct cli_job *job, const struct edition *edition, const char *path)
{
    bool good = edition->write(job, path);
    cli_job_time(job, edition->name);
    return good ? CLI_GOOD : CLI_INPUT;
}

/* "-o" names a file for one edition, a folder for all; without it the files stand beside the plan. */
static char *path_of(const struct cli_job *job, const struct edition *edition, bool folder)
{
    const char *plan = job->options->arguments[0], *output = job->options->output;
    if (!output)
        return cli_output_path(plan, edition->ending);
    struct buf path = BUF_EMPTY;
    buf_puts(&path, output);
    if (folder) {
        char *name = cli_output_path(file_name(plan), edition->ending);
        buf_printf(&path, "/%s", name);
        mem_free(name);
    }
    return path.data;
}

/* One edition, or (NULL) all of them from the same pages. */
static enum cli_exit write_editions(struct cli_job *job, const struct edition *only)
{
    enum cli_exit status = CLI_GOOD;
    if (!only && job->options->output && !file_make_folder(job->options->output, job->diag))
        return CLI_SYSTEM;
    for (size_t i = 0; i < EDITIONS && status == CLI_GOOD; i++) {
        if (only && only != &editions[i])
            continue;
        char *path = path_of(job, &editions[i], !only);
        job->last = (only || i + 1 == EDITIONS) && !job->options->report && !job->options->ua_report;
        status = write_edition(job, &editions[i], path);
        mem_free(path);
    }
    return status;
}

static enum cli_exit dump(struct cli_job *job)
{
    struct buf out = BUF_EMPTY;
    display_dump(job->pages.document, &out);
    fwrite(buf_text(&out), 1, out.length, stdout);
    buf_free(&out);
    return CLI_GOOD;
}

/* A report tells of an edition that is made in the same run. */
static bool report_fits(const char *report, const char *option, const struct edition *edition, const char *of)
{
    if (!report || !edition || !strcmp(edition->name, of))
        return true;
    fprintf(stderr, _("plantryk render: --%s tells of the %s edition; add --edition %s\n"), option, of, of);
    return false;
}

enum cli_exit cli_render(const struct cli_options *options, struct diag *diag)
{
    const char *name = options->edition ? options->edition : "screen";
    const struct edition *edition = lookup(name);
    if (!edition && strcmp(name, "all")) {
        fprintf(stderr, _("plantryk render: there is no edition \"%s\"\n"), options->edition);
        return CLI_USAGE;
    }
    if (options->draft && (!edition || edition->write == write_press)) {
        fprintf(stderr, "%s\n", _("plantryk render: a draft is not for the printer; use --draft with screen or agenda"));
        return CLI_USAGE;
    }
    if (!report_fits(options->report, "report", edition, "press") ||
        !report_fits(options->ua_report, "ua-report", edition, "screen"))
        return CLI_USAGE;
    struct cli_job job;
    enum cli_exit status = CLI_INPUT;
    if (cli_job_begin(&job, options, diag))
        status = options->dump_display ? dump(&job) : write_editions(&job, edition);
    else
        status = cli_job_exit(&job, false, false);
    cli_job_end(&job);
    return status;
}
