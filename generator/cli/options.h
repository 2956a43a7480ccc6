/* Options: one table that parsing, --help and the manual page read. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H
#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

enum cli_exit { CLI_GOOD, CLI_INPUT, CLI_USAGE, CLI_SYSTEM };

struct cli_options {
    char **arguments;                      /* what is no option, NULL-terminated */
    char *edition, *appendix, *previous, *output, *chart, *figures, *template_name, *messages, *period, *printer, *report, *ua_report,
         *map, *retrieved;
    int watch, strict, draft, proof, dump_display, timings, status, resolution, width, no_sources;
};

/* A command: its name, the arguments that it takes, and what it does. */
struct cli_command {
    const char *name;
    unsigned bit;                          /* in the masks of the options' table */
    const char *arguments;                 /* as shown: "PLAN.xml" */
    int least, most;                       /* how many */
    const char *help;                      /* marked for translation */
    enum cli_exit (*run)(const struct cli_options *, struct diag *);
};

enum {
    CLI_RENDER = 1, CLI_CHECK = 2, CLI_PREVIEW = 4, CLI_NEW_YEAR = 8, CLI_COMPARE = 16, CLI_FIGURES = 32, CLI_EXTRACT = 64,
    CLI_IMPORT = 128,
    CLI_PAGES = CLI_RENDER | CLI_CHECK | CLI_PREVIEW,      /* those that set pages */
    CLI_ALL = 2 * CLI_IMPORT - 1
};

extern const struct cli_command cli_commands[];            /* main.c; ends with a NULL name */

/* Read the words after the command. False when they are wrong (told on stderr) or when help was asked for
   (*helped, told on stdout). Free with cli_options_free in either case. */
bool cli_options_read(const struct cli_command *, int count, char **words, struct cli_options *out, bool *helped);
void cli_options_free(struct cli_options *);

/* The manual page's and the completion's view of the table: every option of a command in order. */
typedef void cli_option_visitor(void *data, const char *name, char letter, const char *argument, const char *help);
void cli_options_visit(unsigned command, cli_option_visitor *, void *data);
#endif
