/* The commands; each tells what is wrong through `diag` and gives the program's exit code. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H
#include <stdio.h>

#include "cli/options.h"
#include "compose/compose.h"
#include "design/design.h"
#include "output/output.h"
#include "plan/figures.h"

enum cli_exit cli_render(const struct cli_options *, struct diag *);
enum cli_exit cli_check(const struct cli_options *, struct diag *);
enum cli_exit cli_preview(const struct cli_options *, struct diag *);
/* preview --chart: one drawing alone. */
enum cli_exit cli_preview_chart(const struct cli_options *, struct diag *);
/* Paint now and at each save, until interrupted. */
enum cli_exit cli_watch(const struct cli_options *, enum cli_exit (*repaint)(const struct cli_options *, struct diag *),
                        struct diag *);
enum cli_exit cli_new_year(const struct cli_options *, struct diag *);
enum cli_exit cli_compare(const struct cli_options *, struct diag *);
enum cli_exit cli_extract(const struct cli_options *, struct diag *);
enum cli_exit cli_figures(const struct cli_options *, struct diag *);
enum cli_exit cli_import(const struct cli_options *, struct diag *);

/* Write the commands and their options in the manual's language (man(7)), for docs/plantryk.1.in. */
void cli_manual(FILE *);

/* ---- shared: a plan read, and laid out --------------------------------------------------------------------------------- */
struct cli_job {
    const struct cli_options *options;
    struct diag *diag;
    struct arena *arena;
    const struct plan *plan;
    const struct design *design;
    struct compose_result pages;
    bool last;                             /* edition: the pages may be let go */
    double started;
};

/* Read plan and template. False with errors; free with cli_job_end in either case. */
bool cli_job_read(struct cli_job *, const struct cli_options *, struct diag *);
/* The same, and set the pages. False with errors; free with cli_job_end in either case. */
bool cli_job_begin(struct cli_job *, const struct cli_options *, struct diag *);
void cli_job_end(struct cli_job *);
/* With --timings: what took how long since the last call. */
void cli_job_time(struct cli_job *, const char *step);
/* Errors of the program's surroundings (a file that cannot be read or written) exit with 3, others with 1. */
enum cli_exit cli_job_exit(const struct cli_job *, bool good, bool writing);

/* Say on stderr that a command needs an option ("--map"); its exit code. */
enum cli_exit cli_missing_option(const char *command, const char *option);
/* What a PDF of this job is dated and named by (stamp.c). */
struct output_pdf cli_job_pdf(struct cli_job *, const char *path);
/* Write a file unless it holds these bytes already: viewers and --watch see only what changed. */
bool cli_write_changed(const char *path, const struct buf *, struct diag *);

/* "plan" + "-screen.pdf" beside the plan; malloc'ed. */
char *cli_output_path(const char *plan, const char *ending);
#endif
