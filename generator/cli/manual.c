/* The manual's list of commands and options, from the tables that parsing and --help read. */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/commands.h"

/* A hyphen of an option is typed as it stands; a point or apostrophe at a line's beginning would be a request to man. */
static void put_text(FILE *out, const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", out);
    for (; *text; text++) {
        if (*text == '-' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
}

static void put_option(void *data, const char *name, char letter, const char *argument, const char *help)
{
    FILE *out = data;
    fputs(".TP\n", out);
    if (letter)
        fprintf(out, "\\fB\\-%c\\fR, ", letter);
    fputs("\\fB\\-\\-", out);
    put_text(out, name);
    fputs("\\fR", out);
    if (argument) {
        fputs("=\\fI", out);
        put_text(out, _(argument));
        fputs("\\fR", out);
    }
    fputc('\n', out);
    put_text(out, _(help));
    fputc('\n', out);
}

void cli_manual(FILE *out)
{
    for (const struct cli_command *c = cli_commands; c->name; c++) {
        fputs(".SS \"plantryk ", out);
        put_text(out, c->name);
        fputs(" [OPTION]... ", out);
        put_text(out, c->arguments);
        fputs("\"\n", out);
        put_text(out, _(c->help));
        fputc('\n', out);
        cli_options_visit(c->bit, put_option, out);
    }
}
