/* render: the editions. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "output/output.h"

/* ---- dates: the same input gives the same bytes ---------------------------------------------------------------------- */
/* Days since 1 January 1970 of a day of the Gregorian calendar (Howard Hinnant, chrono-compatible low-level date
   algorithms). */
static int64_t days_of(int64_t year, unsigned month, unsigned day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    unsigned of_era = (unsigned)(year - era * 400);
    unsigned of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + (int64_t)(of_era * 365 + of_era / 4 - of_era / 100 + of_year) - 719468;
}

/* SOURCE_DATE_EPOCH, else the adoption date, else 1 January of the plan's first year, 00:00 UTC. */
static int64_t date_of(const struct plan *plan)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int year = plan->first_year, month = 1, day = 1;
    if (epoch && *epoch) {
        char *end;
        errno = 0;
        long long seconds = strtoll(epoch, &end, 10);
        if (!errno && !*end && seconds >= 0)
            return seconds;
    }
    if (plan->adopted)
        sscanf(plan->adopted, "%d-%d-%d", &year, &month, &day);
    return days_of(year, (unsigned)month, (unsigned)day) * 86400;
}

/* ---- the file's name in the world: a hash of what went in ---------------------------------------------------------------- */
static void hash_file(struct sha256 *hash, const char *path, struct diag *diag)
{
    struct buf bytes = BUF_EMPTY;
    if (path && file_exists(path) && file_read(path, 64 * 1024 * 1024, &bytes, (struct source){ 0 }, diag))
        sha256_put(hash, bytes.data, bytes.length);
    buf_free(&bytes);
}

static const char *seed_of(struct cli_job *job)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[32];
    char *text = arena_alloc(job->arena, 65);
    struct sha256 hash;
    struct buf figures = BUF_EMPTY;
    sha256_begin(&hash);
    hash_file(&hash, job->plan->file, job->diag);
    plan_figures_write(job->plan->figures, &figures);
    sha256_put(&hash, buf_text(&figures), figures.length);
    hash_file(&hash, job->design->file, job->diag);
    sha256_end(&hash, sum);
    buf_free(&figures);
    for (int i = 0; i < 32; i++) {
        text[2 * i] = digits[sum[i] >> 4];
        text[2 * i + 1] = digits[sum[i] & 15];
    }
    return text;
}

/* ---- editions --------------------------------------------------------------------------------------------------------------- */
static bool write_screen(struct cli_job *job, const char *path)
{
    struct output_pdf how = { .path = path, .date = date_of(job->plan), .seed = seed_of(job),
                              .fonts = job->pages.fonts };
    return output_screen(job->pages.document, &how, job->diag);
}

static const struct edition {
    const char *name, *ending;
    bool (*write)(struct cli_job *, const char *path);
} editions[] = {
    { "screen", "-screen.pdf", write_screen },
};

static const struct edition *lookup(const char *name)
{
    for (size_t i = 0; i < sizeof editions / sizeof *editions; i++)
        if (!strcmp(editions[i].name, name))
            return &editions[i];
    return NULL;
}

static enum cli_exit write_edition(struct cli_job *job, const struct edition *edition)
{
    char *path = job->options->output ? NULL : cli_output_path(job->options->arguments[0], edition->ending);
    bool good = edition->write(job, path ? path : job->options->output);
    mem_free(path);
    cli_job_time(job, edition->name);
    return good ? CLI_GOOD : CLI_INPUT;
}

static enum cli_exit dump(struct cli_job *job)
{
    struct buf out = BUF_EMPTY;
    display_dump(job->pages.document, &out);
    fwrite(buf_text(&out), 1, out.length, stdout);
    buf_free(&out);
    return CLI_GOOD;
}

enum cli_exit cli_render(const struct cli_options *options, struct diag *diag)
{
    const struct edition *edition = lookup(options->edition ? options->edition : "screen");
    if (!edition) {
        fprintf(stderr, _("plantryk render: there is no edition \"%s\"\n"), options->edition);
        return CLI_USAGE;
    }
    struct cli_job job;
    enum cli_exit status = CLI_INPUT;
    if (cli_job_begin(&job, options, diag))
        status = options->dump_display ? dump(&job) : write_edition(&job, edition);
    else
        status = cli_job_exit(&job, false, false);
    cli_job_end(&job);
    return status;
}
