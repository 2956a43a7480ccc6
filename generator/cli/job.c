#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/commands.h"

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void cli_job_time(struct cli_job *job, const char *step)
{
    double now = milliseconds();
    if (job->options->timings)
        fprintf(stderr, "%-8s %8.1f ms\n", step, now - job->started);
    job->started = now;
}

/* --template, else the template the plan names, else the standard one. A plan's own template may only be one that is
   shipped or lies below the plan's folder. */
static const struct design *read_design(struct cli_job *job)
{
    const struct plan *plan = job->plan;
    const char *name = job->options->template_name ? job->options->template_name : plan->template_name;
    if (!name)
        name = "standard";
    if (job->options->template_name || !strchr(name, '/'))
        return design_read(name, job->arena, job->diag);
    char *folder = file_resolve(plan->folder, name, (struct source){ plan->file, 1, 1 }, job->diag);
    if (!folder)
        return NULL;
    const char *kept = strchr(folder, '/') ? arena_strdup(job->arena, folder) : arena_printf(job->arena, "./%s", folder);
    mem_free(folder);
    return design_read(kept, job->arena, job->diag);
}

bool cli_job_read(struct cli_job *job, const struct cli_options *options, struct diag *diag)
{
    *job = (struct cli_job){ .options = options, .diag = diag, .arena = arena_new(), .started = milliseconds() };
    job->plan = plan_read(options->arguments[0], options->figures, job->arena, diag);
    cli_job_time(job, "plan");
    if (!job->plan)
        return false;
    job->design = read_design(job);
    cli_job_time(job, "template");
    return job->design != NULL;
}

bool cli_job_begin(struct cli_job *job, const struct cli_options *options, struct diag *diag)
{
    struct compose_options how = { .status = options->status, .proof = options->proof,
                                   .draft = options->draft };
    if (!cli_job_read(job, options, diag) || !compose_plan(job->plan, job->design, &how, &job->pages, diag))
        return false;
    cli_job_time(job, "pages");
    return true;
}

void cli_job_end(struct cli_job *job)
{
    compose_free(&job->pages);
    arena_free(job->arena);
}

enum cli_exit cli_job_exit(const struct cli_job *job, bool good, bool writing)
{
    if (good)
        return CLI_GOOD;
    return writing || diag_errors(job->diag) == 0 ? CLI_SYSTEM : CLI_INPUT;
}

char *cli_output_path(const char *plan, const char *ending)
{
    struct buf path = BUF_EMPTY;
    const char *name = file_name(plan), *dot = strrchr(name, '.');
    buf_put(&path, plan, dot && dot != name ? (size_t)(dot - plan) : strlen(plan));
    buf_puts(&path, ending);
    return path.data;
}
