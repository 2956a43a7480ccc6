/* new-year, compare and figures: what no page is set for. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "plan/trace.h"
#include "year/compare.h"
#include "year/extract.h"
#include "year/new_year.h"

enum cli_exit cli_missing_option(const char *command, const char *option)
{
    fprintf(stderr, _("plantryk %s: the option %s is needed\n"), command, option);
    fprintf(stderr, _("See plantryk %s --help\n"), command);
    return CLI_USAGE;
}

static bool ends_in(const char *s, const char *ending)
{
    size_t n = s ? strlen(s) : 0, m = strlen(ending);
    return n >= m && !strcmp(s + n - m, ending);
}

enum cli_exit cli_extract(const struct cli_options *options, struct diag *diag)
{
    if (!options->output)
        return cli_missing_option("extract", "--output");
    size_t n = year_extract(options->arguments[0], options->output, diag);
    if (!n)
        return CLI_INPUT;
    printf(P_("%zu file in %s\n", "%zu files in %s\n", n), n, options->output);
    return CLI_GOOD;
}

enum cli_exit cli_new_year(const struct cli_options *options, struct diag *diag)
{
    static const enum cli_exit exits[] = { [YEAR_DONE] = CLI_GOOD, [YEAR_BAD_INPUT] = CLI_INPUT, [YEAR_BAD_USE] = CLI_USAGE };
    if (!options->figures)
        return cli_missing_option("new-year", "--figures");
    if (!options->period)
        return cli_missing_option("new-year", "--period");
    if (!options->output)
        return cli_missing_option("new-year", "--output");
    /* A screen edition brings its plan along: it is worked on elsewhere, and laid beside the new one when all is well. */
    const char *given = options->arguments[0];
    bool pdf = ends_in(given, ".pdf") || ends_in(given, ".PDF");
    char *scratch = pdf ? file_make_scratch(diag) : NULL;
    struct buf plan = BUF_EMPTY, old = BUF_EMPTY;
    buf_printf(&plan, "%s%s", pdf && scratch ? scratch : given, pdf ? "/plan.xml" : "");
    buf_printf(&old, "%s/old", options->output);
    struct year_request request = { .plan_path = plan.data, .figures_path = options->figures,
                                    .period = options->period, .folder = options->output };
    enum year_outcome outcome = YEAR_BAD_INPUT;
    if (!pdf || (scratch && year_extract(given, scratch, diag)))
        outcome = year_new(&request, diag);
    if (pdf && outcome == YEAR_DONE && !year_extract(given, old.data, diag))
        outcome = YEAR_BAD_INPUT;
    if (outcome == YEAR_DONE)
        printf(_("%s/plan.xml, figures.csv and worklist.txt: begin with the work list\n"), options->output);
    if (scratch)
        file_remove_folder(scratch);
    mem_free(scratch);
    buf_free(&plan);
    buf_free(&old);
    return exits[outcome];
}

/* To the file named, or to standard output. */
static enum cli_exit put_out(const struct cli_options *options, const struct buf *bytes, struct diag *diag)
{
    if (options->output)
        return file_write(options->output, bytes->data, bytes->length, diag) ? CLI_GOOD : CLI_SYSTEM;
    fwrite(buf_text(bytes), 1, bytes->length, stdout);
    return CLI_GOOD;
}

/* The pages for the committee, in the new plan's template. */
static bool write_comparison(struct cli_job *old, struct cli_job *job, const struct year_comparison *comparison,
                             const char *path)
{
    const struct plan *plan = year_compare_plan(comparison, job->design, job->arena);
    struct compose_options how = { .as = "compare" };
    struct compose_result pages;
    if (!compose_plan(plan, job->design, &how, &pages, job->diag))
        return false;
    struct output_pdf to = cli_job_pdf(job, path);
    to.fonts = pages.fonts;
    to.no_sources = true;
    /* Another file than the plan's own, and than its comparison with another one. */
    to.seed = arena_printf(job->arena, "%.32s%.32s", to.seed, cli_job_pdf(old, path).seed);
    bool good = output_screen(pages.document, &to, job->diag);
    compose_free(&pages);
    return good;
}

static enum cli_exit put_comparison(struct cli_job *old, struct cli_job *job, const struct year_comparison *comparison)
{
    const char *output = job->options->output;
    if (ends_in(output, ".pdf") || ends_in(output, ".PDF"))
        return write_comparison(old, job, comparison, output) ? CLI_GOOD : CLI_INPUT;
    struct buf out = BUF_EMPTY;
    (ends_in(output, ".json") ? year_compare_write_json : year_compare_write_text)(comparison, &out);
    enum cli_exit status = put_out(job->options, &out, job->diag);
    buf_free(&out);
    return status;
}

enum cli_exit cli_compare(const struct cli_options *options, struct diag *diag)
{
    struct cli_options newer = *options;
    newer.arguments = options->arguments + 1;
    struct cli_job old, new;
    bool good = cli_job_begin(&old, options, diag);
    good = cli_job_begin(&new, &newer, diag) && good;
    enum cli_exit status = CLI_INPUT;
    if (good) {
        struct year_comparison *comparison = year_compare(old.plan, new.plan, ends_in(options->output, ".json") ? NULL : new.design,
                                                           new.arena);
        year_compare_pages(comparison, old.pages.document, new.pages.document, new.arena);
        status = put_comparison(&old, &new, comparison);
    }
    cli_job_end(&old);
    cli_job_end(&new);
    return status;
}

enum cli_exit cli_figures(const struct cli_options *options, struct diag *diag)
{
    struct arena *arena = arena_new();
    enum cli_exit status = CLI_INPUT;
    const struct plan *plan = plan_read(options->arguments[0], options->figures, arena, diag);
    if (plan) {
        struct buf out = BUF_EMPTY;
        plan_trace_write(plan, &out);
        status = put_out(options, &out, diag);
        buf_free(&out);
    }
    arena_free(arena);
    return status;
}
