/* check: everything that can be told about plan, figures and template. Pages are set too, for what only they show: a word
   too long for its circle, a table wider than its place. The fonts that they were set with are read whole once more. */
#include "cli/commands.h"
#include "font/font.h"

enum cli_exit cli_check(const struct cli_options *options, struct diag *diag)
{
    struct cli_job job;
    bool good = cli_job_begin(&job, options, diag);
    good = good && font_set_check(job.pages.fonts, diag);
    enum cli_exit status = cli_job_exit(&job, good, false);
    cli_job_end(&job);
    return status;
}
