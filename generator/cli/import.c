/* import: saved replies of the statistics services become rows of the table of figures. */
#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "plan/import.h"

static enum cli_exit write_table(const struct cli_options *options, const struct plan_import *import, struct diag *diag)
{
    struct buf table = BUF_EMPTY;
    enum cli_exit status = CLI_GOOD;
    plan_import_write(import, &table);
    if (!options->output)
        fwrite(buf_text(&table), 1, table.length, stdout);
    else if (file_write(options->output, table.data, table.length, diag))
        printf(_("%s: rows: %zu new, %zu revised, %zu the same, %zu kept\n"), options->output, import->added, import->revised,
               import->same, import->kept);
    else
        status = CLI_SYSTEM;
    buf_free(&table);
    return status;
}

enum cli_exit cli_import(const struct cli_options *options, struct diag *diag)
{
    char day[11];
    if (!options->map)
        return cli_missing_option("import", "--map");
    if (options->retrieved && !plan_date_read(options->retrieved, true, day)) {
        fprintf(stderr, _("plantryk import: --retrieved is a day, as 2020-12-18, not \"%s\"\n"), options->retrieved);
        return CLI_USAGE;
    }
    struct arena *arena = arena_new();
    struct plan_import_request request = { .replies = (const char *const *)options->arguments, .map = options->map,
                                           .into = options->output, .retrieved = options->retrieved ? day : NULL };
    const struct plan_import *import = plan_import(&request, arena, diag);
    enum cli_exit status = import ? write_table(options, import, diag) : CLI_INPUT;
    arena_free(arena);
    return status;
}
