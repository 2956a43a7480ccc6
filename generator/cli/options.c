#include "cli/options.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

/* ---- the table ---------------------------------------------------------------------------------------------------------- */
static const struct option {
    const char *name;
    char letter;                           /* 0: none */
    GOptionArg kind;
    size_t at;
    unsigned commands;
    const char *argument, *help;
} options[] = {
#define OPTION(name, letter, kind, field, commands, argument, help)                                                    \
    { name, letter, G_OPTION_ARG_##kind, offsetof(struct cli_options, field), commands, argument, help }
    OPTION("output", 'o', FILENAME, output, CLI_ALL & ~CLI_CHECK, N_("OUT"), N_("the file, or the folder, to write")),
    OPTION("edition", 'e', FILENAME, edition, CLI_RENDER, N_("EDITION"), N_("screen (the default), press, agenda or all")),
    OPTION("printer", 'p', FILENAME, printer, CLI_RENDER, N_("NAME|FILE"), N_("the printer profile of the press edition (coated-fogra39)")),
    OPTION("appendix", 0, FILENAME, appendix, CLI_RENDER, N_("TEXT"), N_("what the agenda edition is to the council: \"Bilag 2\"")),
    OPTION("previous", 0, FILENAME, previous, CLI_RENDER, N_("PLAN.xml"), N_("last year's plan: the agenda edition lists what changed")),
    OPTION("report", 0, FILENAME, report, CLI_RENDER, N_("FILE"), N_("what the printing house is told of the press edition: FILE.txt or FILE.json")),
    OPTION("ua-report", 0, FILENAME, ua_report, CLI_RENDER, N_("FILE"), N_("for the accessibility statement: what the screen edition proves, what a person must judge; FILE.txt or FILE.json")),
    OPTION("no-sources", 0, NONE, no_sources, CLI_RENDER | CLI_PREVIEW, NULL, N_("carry neither plan nor figures inside the file")),
    OPTION("figures", 'f', FILENAME, figures, CLI_ALL & ~(CLI_COMPARE | CLI_EXTRACT | CLI_IMPORT | CLI_NEW_YEAR), N_("FILE"), N_("the table of figures, instead of the one the plan names")),
    OPTION("figures", 'f', FILENAME, figures, CLI_NEW_YEAR, N_("FILE"), N_("the new figures (needed); rows that are there already may be left out")),
    OPTION("template", 't', FILENAME, template_name, CLI_PAGES | CLI_COMPARE, N_("NAME|FOLDER"), N_("the template, instead of the one the plan names")),
    OPTION("status", 0, NONE, status, CLI_PAGES, NULL, N_("show what became of the goals, also when nothing is newer than the baselines")),
    OPTION("draft", 0, NONE, draft, CLI_RENDER | CLI_PREVIEW, NULL, N_("stamp each page as a draft and number its lines")),
    OPTION("chart", 'c', FILENAME, chart, CLI_PREVIEW, N_("ID"), N_("one chart, illustration or picture alone, as .svg, .png or .pdf")),
    OPTION("width", 0, INT, width, CLI_PREVIEW, N_("MM"), N_("with --chart: the room it has (the width of the text)")),
    OPTION("resolution", 'r', INT, resolution, CLI_PREVIEW, N_("DPI"), N_("pixels an inch (110)")),
    OPTION("watch", 'w', NONE, watch, CLI_PREVIEW, NULL, N_("paint again at each save, until interrupted")),
    OPTION("proof", 0, NONE, proof, CLI_RENDER | CLI_PREVIEW, NULL, N_("draw grid, frames and shapes over the pages")),
    OPTION("dump-display", 0, NONE, dump_display, CLI_RENDER, NULL, N_("print every item and tag instead of writing a file")),
    OPTION("timings", 0, NONE, timings, CLI_RENDER | CLI_PREVIEW, NULL, N_("say on stderr how long each step took")),
    OPTION("period", 'p', FILENAME, period, CLI_NEW_YEAR, N_("PERIOD"), N_("the period of the new plan: 2022, or 2024-2026")),
    OPTION("map", 'm', FILENAME, map, CLI_IMPORT, N_("MAP.csv"), N_("which cell of which table is which figure")),
    OPTION("retrieved", 0, FILENAME, retrieved, CLI_IMPORT, N_("DAY"), N_("the day on which the replies were fetched: 2020-12-18")),
    OPTION("strict", 0, NONE, strict, CLI_ALL, NULL, N_("exit with 1 on warnings too")),
    OPTION("messages", 0, FILENAME, messages, CLI_ALL, N_("FORM"), N_("text (the default), or json: one object a line")),
#undef OPTION
};

enum { OPTION_COUNT = sizeof options / sizeof *options };

void cli_options_visit(unsigned command, cli_option_visitor *visit, void *data)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].commands & command)
            visit(data, options[i].name, options[i].letter, options[i].argument, options[i].help);
}

/* ---- reading -------------------------------------------------------------------------------------------------------------- */
static void fill_entries(const struct cli_command *command, struct cli_options *out, GOptionEntry *entries)
{
    size_t n = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].commands & command->bit)
            entries[n++] = (GOptionEntry){ options[i].name, options[i].letter, 0, options[i].kind,
                                           (char *)out + options[i].at, _(options[i].help),
                                           options[i].argument ? _(options[i].argument) : NULL };
    entries[n] = (GOptionEntry){ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &out->arguments, NULL, NULL };
}

static bool asks_for_help(int count, char **words)
{
    for (int i = 0; i < count && strcmp(words[i], "--"); i++)
        if (!strcmp(words[i], "--help") || !strcmp(words[i], "-h"))
            return true;
    return false;
}

/* GLib would print its help through the locale's character set; ours is UTF-8 wherever the program runs. */
static void print_help(const struct cli_command *command)
{
    printf(_("Usage: plantryk %s [OPTION…] %s\n\n%s\n\nOptions:\n"), command->name, command->arguments, _(command->help));
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option *o = &options[i];
        if (!(o->commands & command->bit))
            continue;
        char letter[5] = "    ", name[40];
        if (o->letter)
            snprintf(letter, sizeof letter, "-%c, ", o->letter);
        snprintf(name, sizeof name, o->argument ? "%s=%s" : "%s", o->name, o->argument ? _(o->argument) : "");
        printf("  %s--%-22s  %s\n", letter, name, _(o->help));
    }
}

static bool count_fits(const struct cli_command *command, const struct cli_options *out)
{
    int n = 0;
    while (out->arguments && out->arguments[n])
        n++;
    if (n >= command->least && n <= command->most)
        return true;
    fprintf(stderr, n < command->least ? _("plantryk %s: %s is missing\n") : _("plantryk %s: too many arguments; it takes %s\n"),
            command->name, command->arguments);
    return false;
}

static bool messages_fit(const struct cli_command *command, const struct cli_options *out)
{
    if (!out->messages || !strcmp(out->messages, "text") || !strcmp(out->messages, "json"))
        return true;
    fprintf(stderr, _("plantryk %s: --messages is text or json, not \"%s\"\n"), command->name, out->messages);
    return false;
}

bool cli_options_read(const struct cli_command *command, int count, char **words, struct cli_options *out, bool *helped)
{
    *out = (struct cli_options){ .resolution = 110 };
    *helped = asks_for_help(count, words);
    if (*helped) {
        print_help(command);
        return false;
    }
    /* GLib takes the words apart in place; a copy keeps argv whole. The first word stands for the program's name. */
    GOptionEntry entries[OPTION_COUNT + 2] = { { 0 } };
    gchar **copy = g_new0(gchar *, count + 2);
    copy[0] = g_strdup(command->name);
    for (int i = 0; i < count; i++)
        copy[i + 1] = g_strdup(words[i]);
    GOptionContext *context = g_option_context_new(NULL);
    GError *error = NULL;
    fill_entries(command, out, entries);
    g_option_context_add_main_entries(context, entries, NULL);
    g_option_context_set_help_enabled(context, FALSE);
    bool good = g_option_context_parse_strv(context, &copy, &error);
    if (!good)
        fprintf(stderr, "plantryk %s: %s\n", command->name, error->message);
    good = good && count_fits(command, out) && messages_fit(command, out);
    if (!good)
        fprintf(stderr, _("See plantryk %s --help\n"), command->name);
    g_clear_error(&error);
    g_option_context_free(context);
    g_strfreev(copy);
    return good;
}

void cli_options_free(struct cli_options *out)
{
    g_strfreev(out->arguments);
    char **texts[] = { &out->edition, &out->appendix, &out->previous, &out->output, &out->chart, &out->figures, &out->template_name, &out->messages,
                       &out->period, &out->printer, &out->report, &out->ua_report, &out->map, &out->retrieved };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        g_free(*texts[i]);
}
