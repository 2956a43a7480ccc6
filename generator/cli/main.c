/* plantryk: which command, which options; everything else happens in the layers below. */
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/commands.h"

const struct cli_command cli_commands[] = {
    { "render", CLI_RENDER, "PLAN.xml", 1, 1, N_("Make the publication: PLAN-screen.pdf beside the plan, or OUT."),
      cli_render },
    { "check", CLI_CHECK, "PLAN.xml", 1, 1, N_("Tell every error and warning in plan, figures and template; write nothing."),
      cli_check },
    { "preview", CLI_PREVIEW, "PLAN.xml", 1, 1, N_("Make a picture of each page in the folder OUT, or with --chart the file OUT of one drawing."), cli_preview },
    { "new-year", CLI_NEW_YEAR, "PLAN.xml|PLAN.pdf", 1, 1, N_("Make next year's plan from this year's and the new figures, in the folder OUT."),
      cli_new_year },
    { "compare", CLI_COMPARE, "OLD.xml NEW.xml", 2, 2, N_("Tell what changed between two plans: figures, goals, texts, pages; OUT ends in .json or .pdf, else it is text."), cli_compare },
    { "extract", CLI_EXTRACT, "PLAN.pdf", 1, 1, N_("Take plan, figures, pictures and template back out of a screen edition, into the folder OUT."), cli_extract },
    { "figures", CLI_FIGURES, "PLAN.xml", 1, 1, N_("Tell where each figure came from, and every place where it stands."), cli_figures },
    { "import", CLI_IMPORT, "FILE…", 1, 1000, N_("Turn saved replies of jobindsats.dk and Statistikbanken into rows of the table of figures OUT."), cli_import },
    { NULL, 0, NULL, 0, 0, NULL, NULL },
};

static void print_usage(FILE *out)
{
    fprintf(out, "%s\n\n", _("Usage: plantryk COMMAND [OPTION…] FILE…"));
    for (const struct cli_command *c = cli_commands; c->name; c++)
        fprintf(out, "  %-10s %s\n", c->name, _(c->help));
    fprintf(out, "\n%s\n", _("plantryk COMMAND --help tells the options of a command; plantryk --version the version."));
}

static const struct cli_command *lookup(const char *name)
{
    for (const struct cli_command *c = cli_commands; c->name; c++)
        if (!strcmp(c->name, name))
            return c;
    return NULL;
}

static enum cli_exit run(const struct cli_command *command, const struct cli_options *options)
{
    struct diag *diag = diag_new();
    enum cli_exit status = command->run(options, diag);
    diag_print(diag, stderr, options->messages && !strcmp(options->messages, "json") ? DIAG_JSON : DIAG_TEXT);
    if (status == CLI_GOOD && (diag_errors(diag) || (options->strict && diag_warnings(diag))))
        status = CLI_INPUT;
    diag_free(diag);
    /* A full disk shows when the last of the output is written. */
    if (fflush(stdout) || ferror(stdout))
        status = CLI_SYSTEM;
    return status;
}

int main(int argc, char **argv)
{
    /* Said outright, glibc does not raise it with each large piece that is freed: those of a long plan (its XML, the file that
       is written) would then stay in the heap behind small ones for good. 3 MiB at 700 pages. */
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    i18n_start();
    if (argc < 2) {
        print_usage(stderr);
        return CLI_USAGE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
        print_usage(stdout);
        return CLI_GOOD;
    }
    if (!strcmp(argv[1], "--version")) {
        printf("plantryk %s\n", PLANTRYK_VERSION);
        return CLI_GOOD;
    }
    if (!strcmp(argv[1], "--manual")) {    /* for the build, which makes the manual of it */
        cli_manual(stdout);
        return CLI_GOOD;
    }
    const struct cli_command *command = lookup(argv[1]);
    if (!command) {
        fprintf(stderr, _("plantryk: there is no command \"%s\"\n\n"), argv[1]);
        print_usage(stderr);
        return CLI_USAGE;
    }
    struct cli_options options;
    bool helped = false;
    enum cli_exit status = CLI_USAGE;
    if (cli_options_read(command, argc - 2, argv + 2, &options, &helped))
        status = run(command, &options);
    cli_options_free(&options);
    return helped ? CLI_GOOD : status;
}
