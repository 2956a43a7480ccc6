/* What a file says of itself: its date and its name in the world. The same input gives the same bytes. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/hash.h"
#include "cli/commands.h"
#include "cli/sources.h"

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

/* ---- the file's name in the world: a hash of what went in ---------------------------------------------- */
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
    struct buf figures = BUF_EMPTY, plan = BUF_EMPTY;
    sha256_begin(&hash);
    /* As it is published: what was taken out of a screen edition has the same name in the world. */
    if (cli_sources_plan(job, &plan))
        sha256_put(&hash, buf_text(&plan), plan.length);
    plan_figures_write(job->plan->figures, &figures);
    sha256_put(&hash, buf_text(&figures), figures.length);
    hash_file(&hash, job->design->file, job->diag);
    sha256_end(&hash, sum);
    buf_free(&figures);
    buf_free(&plan);
    for (int i = 0; i < 32; i++) {
        text[2 * i] = digits[sum[i] >> 4];
        text[2 * i + 1] = digits[sum[i] & 15];
    }
    return text;
}

struct output_pdf cli_job_pdf(struct cli_job *job, const char *path)
{
    return (struct output_pdf){ .path = path, .date = date_of(job->plan), .seed = seed_of(job), .fonts = job->pages.fonts,
                                .last = job->last };
}
