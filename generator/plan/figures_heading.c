/* The first row of a table, which names its columns: that of the figures, and that of an import's map. */
#include "base/i18n.h"
#include "plan/figures_internal.h"

static void read_cell(const struct figures_heading_spec *spec, struct figures_rows *rows, const struct figures_cell *cell,
                      int i, int *columns)
{
    struct diag *diag = figures_rows_diag(rows);
    const char *where = figures_rows_where(rows, cell->at);
    if (!*cell->text)
        return;                        /* an empty column; cells below it are told */
    int column = spec->read(cell->text);
    if (column < 0) {
        diag_error(diag, cell->at, "E304", _("%sthere is no column \"%s\""), where, cell->text);
        diag_remedy(diag, "%s", _(spec->all));
    } else if (columns[column] >= 0) {
        diag_error(diag, cell->at, "E306", _("%sthe column \"%s\" is there twice"), where, spec->name(column));
        diag_remedy(diag, _("keep one of them"));
    } else {
        columns[column] = i;
    }
}

/* The columns without which no row makes sense, as far as they are missing: "kind, unit". */
static void put_missing(const struct figures_heading_spec *spec, const int *columns, struct buf *out)
{
    for (const int *needed = spec->needed; *needed >= 0; needed++) {
        if (columns[*needed] >= 0)
            continue;
        buf_puts(out, out->length ? ", " : "");
        buf_puts(out, spec->name(*needed));
    }
}

bool figures_heading_read(const struct figures_heading_spec *spec, struct figures_rows *rows, const struct figures_cell *cells,
                          size_t n, int *columns)
{
    struct buf missing = BUF_EMPTY;
    for (size_t i = 0; i < n; i++)
        read_cell(spec, rows, &cells[i], (int)i, columns);
    put_missing(spec, columns, &missing);
    bool good = !missing.length;
    if (!good) {
        diag_error(figures_rows_diag(rows), cells[0].at, "E305", _("%sthe heading lacks: %s"),
                   figures_rows_where(rows, cells[0].at), buf_text(&missing));
        diag_remedy(figures_rows_diag(rows), "%s", _(spec->first_row));
    }
    buf_free(&missing);
    return good;
}
