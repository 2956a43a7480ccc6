/* Rows of cells become figures. CSV, XLSX and ODS come here alike, so that the same table means the same. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "plan/figures_internal.h"

struct figures_rows {
    struct plan_figures *figures;
    struct arena *arena;
    struct diag *diag;
    const char *sheet;
    const char *place;                 /* said before each message, or NULL */
    int column[COLUMN_COUNT];          /* where each column stands, or -1 */
    size_t width;                      /* cells of the heading */
    bool has_heading;
    size_t faulty;
};

struct figures_rows *figures_rows_new(struct plan_figures *figures, const char *sheet, struct diag *diag)
{
    struct figures_rows *rows = mem_alloc(sizeof *rows);
    *rows = (struct figures_rows){ .figures = figures, .arena = figures->arena, .diag = diag, .sheet = sheet };
    for (int i = 0; i < COLUMN_COUNT; i++)
        rows->column[i] = -1;
    return rows;
}

const char *figures_rows_where(const struct figures_rows *rows, struct source at)
{
    char letters[8], *p = letters + sizeof letters - 1;
    if (!rows->sheet)
        return rows->place ? rows->place : "";
    *p = '\0';
    for (int n = at.column; n > 0 && p > letters; n = (n - 1) / 26)
        *--p = (char)('A' + (n - 1) % 26);
    return arena_printf(rows->arena, _("sheet \"%s\", cell %s%d: "), rows->sheet, p, at.line);
}

struct diag *figures_rows_diag(const struct figures_rows *rows)
{
    return rows->diag;
}

void figures_rows_set_place(struct figures_rows *rows, const char *place)
{
    rows->place = place;
}

void figures_rows_free(struct figures_rows *rows)
{
    mem_free(rows);
}

static const char *where(const struct figures_rows *rows, struct source at)
{
    return figures_rows_where(rows, at);
}

/* ---- the heading ----------------------------------------------------------------------------------------- */

static const struct figures_heading_spec heading_spec = {
    .read = figures_column_read,
    .name = figures_column_name,
    .needed = { COLUMN_ID, COLUMN_KIND, COLUMN_VALUE, COLUMN_UNIT, -1 },
    .all = N_("the columns are id, period, kind, value, unit, source, retrieved "
              "(in Danish: mål, periode, art, værdi, enhed, kilde, hentet)"),
    .first_row = N_("the first row names the columns: id;period;kind;value;unit;source;retrieved"),
};

static bool read_heading(struct figures_rows *rows, const struct figures_cell *cells, size_t n)
{
    rows->has_heading = true;
    rows->width = n;
    return figures_heading_read(&heading_spec, rows, cells, n, rows->column);
}

/* ---- the cells of a row ---------------------------------------------------------------------------------- */

static const struct figures_cell *cell_of(const struct figures_rows *rows, const struct figures_cell *cells, size_t n,
                                          enum figures_column column)
{
    int i = rows->column[column];
    return i >= 0 && (size_t)i < n ? &cells[i] : NULL;
}

static const char *text_of(const struct figures_cell *cell)
{
    return cell ? cell->text : "";
}

/* Ids are compared letter by letter: what a spreadsheet hides inside a word must not tell two apart. */
static const char *clean_id(struct arena *arena, const char *text)
{
    size_t n = strlen(text), used = 0;
    char *clean = arena_alloc(arena, n + 1);
    for (size_t step; n; text += step, n -= step) {
        uint32_t c;
        step = utf8_decode(text, n, &c);
        if (c == 0x00AD || c == 0x200B || c == 0xFEFF || (c != ' ' && utf8_is_space(c)))
            continue;
        memcpy(clean + used, text, step);
        used += step;
    }
    clean[used] = '\0';
    return clean;
}

static bool is_id(const char *s)
{
    size_t n = strlen(s);
    uint32_t c;
    if (!n || (utf8_decode(s, n, &c), !utf8_is_letter(c) && c != '_'))
        return false;
    for (size_t step; n; s += step, n -= step) {
        step = utf8_decode(s, n, &c);
        if (!utf8_is_letter(c) && !(c >= '0' && c <= '9') && !strchr("-_.", (int)(c < 0x80 ? c : '?')))
            return false;
    }
    return true;
}

bool figures_rows_read_id(struct figures_rows *rows, const struct figures_cell *cell, struct source row_at,
                          struct plan_figure *f)
{
    f->id = clean_id(rows->arena, text_of(cell));
    if (is_id(f->id))
        return true;
    struct source at = cell ? cell->at : row_at;
    if (!*f->id) {
        diag_error(rows->diag, at, "E308", _("%sthe row has no id"), where(rows, at));
        diag_remedy(rows->diag, _("write the id of the measure or figure in the first column, or delete the row"));
    } else {
        diag_error(rows->diag, at, "E308", _("%s\"%s\" is not an id"), where(rows, at), f->id);
        diag_remedy(rows->diag,
                    _("an id begins with a letter and holds letters, digits, hyphens, underscores and points"));
    }
    return false;
}

bool figures_rows_read_kind(struct figures_rows *rows, const struct figures_cell *cell, struct source row_at,
                            struct plan_figure *f)
{
    int kind = figures_kind_read(text_of(cell));
    f->kind = (enum plan_figure_kind)(kind < 0 ? 0 : kind);
    if (kind >= 0)
        return true;
    struct source at = cell ? cell->at : row_at;
    if (*text_of(cell))
        diag_error(rows->diag, at, "E309", _("%s\"%s\" is not a kind of figure"), where(rows, at), cell->text);
    else
        diag_error(rows->diag, at, "E309", _("%sthe kind is empty"), where(rows, at));
    diag_remedy(rows->diag, _("write actual, baseline, target or forecast (aktuel, udgangspunkt, mål or prognose)"));
    return false;
}

bool figures_rows_read_unit(struct figures_rows *rows, const struct figures_cell *cell, struct source row_at,
                            struct plan_figure *f)
{
    int unit = figures_unit_read(text_of(cell));
    f->unit = (enum plan_unit)(unit < 0 ? 0 : unit);
    if (unit >= 0)
        return true;
    struct source at = cell ? cell->at : row_at;
    if (*text_of(cell))
        diag_error(rows->diag, at, "E310", _("%s\"%s\" is not a unit"), where(rows, at), cell->text);
    else
        diag_error(rows->diag, at, "E310", _("%sthe unit is empty"), where(rows, at));
    diag_remedy(rows->diag, _("write percent, count, rank or points (pct, antal, placering or procentpoint)"));
    return false;
}

static bool read_period(struct figures_rows *rows, const struct figures_cell *cell, struct plan_figure *f)
{
    struct plan_period period;
    if (!*text_of(cell))
        return true;
    f->period = cell->text;
    if (cell->type == FIGURES_DATE)                /* a month that the spreadsheet took for a date */
        f->period = arena_strndup(rows->arena, cell->text, 7);
    if (plan_period_read(f->period, &period))
        return true;
    diag_error(rows->diag, cell->at, "E312", _("%s\"%s\" is not a period"), where(rows, cell->at), cell->text);
    diag_remedy(rows->diag,
                _("write a year (2021), a range of years (2021-2024), a month (2020-06) or a quarter (2020K2)"));
    return false;
}

/* A date, as YYYY-MM-DD where it can be understood; other words stay as they are. */
static void read_retrieved(struct figures_rows *rows, const struct figures_cell *cell, struct plan_figure *f)
{
    char date[11];
    if (!*text_of(cell))
        return;
    f->retrieved = cell->text;
    if (plan_date_read(cell->text, true, date)) {
        f->retrieved = arena_strdup(rows->arena, date);
        return;
    }
    diag_warning(rows->diag, cell->at, "W312", _("%s\"%s\" is not a date"), where(rows, cell->at), cell->text);
    diag_remedy(rows->diag, _("write the day on which the figure was fetched as 2020-12-18 or 18-12-2020"));
}

/* ---- the value ------------------------------------------------------------------------------------------- */

static bool no_number(struct figures_rows *rows, const struct figures_cell *cell)
{
    diag_error(rows->diag, cell->at, "E311", _("%s\"%s\" is not a number"), where(rows, cell->at), cell->text);
    diag_remedy(rows->diag, _("write it as 8,4 or 3.442; a figure that is missing is .. or an empty cell"));
    return false;
}

/* "8,4 %": the sign says the unit once more. */
static const char *without_percent(struct figures_rows *rows, const char *text, const struct plan_figure *f)
{
    size_t n = strlen(text);
    if (f->unit != PLAN_PERCENT || !n || text[n - 1] != '%')
        return text;
    return plan_trim(rows->arena, text, n - 1);
}

static bool read_written_value(struct figures_rows *rows, const struct figures_cell *cell, struct plan_figure *f)
{
    const char *text = without_percent(rows, cell->text, f);
    switch (figures_number_read(text, &f->value)) {
    case FIGURES_OK:
        break;
    case FIGURES_MISSING:
        f->missing = true;
        return true;
    case FIGURES_TOO_LONG:
        diag_error(rows->diag, cell->at, "E313", _("%s\"%s\" has too many digits"), where(rows, cell->at),
                   cell->text);
        diag_remedy(rows->diag,
                    _("a number may have 18 digits, 9 of them decimals; round it to what is to be shown"));
        return false;
    case FIGURES_ENGLISH:
        diag_error(rows->diag, cell->at, "E311", _("%s\"%s\" has comma and point the English way round"),
                   where(rows, cell->at), cell->text);
        diag_remedy(rows->diag, _("write the decimals after a comma: 3.442,5"));
        return false;
    case FIGURES_NO_NUMBER:
        return no_number(rows, cell);
    }
    const char *comma = strchr(text, ',');
    if (f->unit == PLAN_COUNT && comma && strlen(comma + 1) == 3) {
        diag_error(rows->diag, cell->at, "E311", _("%s\"%s\" may be a count of thousands or have three decimals"),
                   where(rows, cell->at), cell->text);
        diag_remedy(rows->diag, _("for thousands write a point: %.*s.%s"), (int)(comma - text), text, comma + 1);
        return false;
    }
    const char *point = strchr(text, '.');
    if ((f->unit == PLAN_PERCENT || f->unit == PLAN_POINTS) && point && !comma && !f->value.scale) {
        diag_error(rows->diag, cell->at, "E311", _("%s\"%s\" may be thousands or have three decimals"),
                   where(rows, cell->at), cell->text);
        diag_remedy(rows->diag, _("write it with a decimal comma, or without the point if it is a whole number"));
        return false;
    }
    return true;
}

static bool read_sheet_value(struct figures_rows *rows, const struct figures_cell *cell, struct plan_figure *f)
{
    if (cell->type == FIGURES_DATE || !decimal_read(cell->text, &f->value)) {
        diag_error(rows->diag, cell->at, "E311", _("%sthe spreadsheet holds a date here, not a number"),
                   where(rows, cell->at));
        diag_remedy(rows->diag, _("write the number again and give the cell a number format"));
        return false;
    }
    if (cell->type == FIGURES_PERCENT && f->unit != PLAN_PERCENT) {
        diag_error(rows->diag, cell->at, "E315", _("%sthe cell is shown as per cent, but the unit is %s"),
                   where(rows, cell->at), plan_unit_words(f->unit));
        diag_remedy(rows->diag, _("make the unit percent, or give the cell a number format"));
        return false;
    }
    return true;
}

bool figures_rows_read_value(struct figures_rows *rows, const struct figures_cell *cell, struct plan_figure *f)
{
    if (!cell || !*cell->text) {
        f->missing = true;
        return true;
    }
    return cell->type == FIGURES_TEXT ? read_written_value(rows, cell, f) : read_sheet_value(rows, cell, f);
}

/* ---- rows ------------------------------------------------------------------------------------------------ */

static bool is_blank(const struct figures_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (*cells[i].text)
            return false;
    return true;
}

/* Text beyond the heading's columns or under a column without a name: with ',' between the cells most often a decimal
   comma that was not quoted. */
static bool has_stray_cell(struct figures_rows *rows, const struct figures_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool named = false;
        for (int c = 0; c < COLUMN_COUNT; c++)
            named |= rows->column[c] == (int)i;
        if (named || !*cells[i].text || i < rows->width)
            continue;
        diag_error(rows->diag, cells[i].at, "E307", P_("%sthe row has %zu cell, the heading has %zu",
                                                           "%sthe row has %zu cells, the heading has %zu", n),
                   where(rows, cells[i].at), n, rows->width);
        diag_remedy(rows->diag,
                    _("take out the extra cell; text that holds the separator stands in quotation marks: \"8,4\""));
        return true;
    }
    return false;
}

static bool read_row(struct figures_rows *rows, const struct figures_cell *cells, size_t n)
{
    struct plan_figure row = { .period = "", .source = "", .retrieved = "" };
    const struct figures_cell *value = cell_of(rows, cells, n, COLUMN_VALUE);
    bool good = !has_stray_cell(rows, cells, n);
    if (!good)
        return false;              /* every cell after the extra one is shifted: one message is enough */
    good &= figures_rows_read_id(rows, cell_of(rows, cells, n, COLUMN_ID), cells[0].at, &row);
    good &= read_period(rows, cell_of(rows, cells, n, COLUMN_PERIOD), &row);
    good &= figures_rows_read_kind(rows, cell_of(rows, cells, n, COLUMN_KIND), cells[0].at, &row);
    good &= figures_rows_read_unit(rows, cell_of(rows, cells, n, COLUMN_UNIT), cells[0].at, &row);
    good &= figures_rows_read_value(rows, value, &row);
    row.source = text_of(cell_of(rows, cells, n, COLUMN_SOURCE));
    read_retrieved(rows, cell_of(rows, cells, n, COLUMN_RETRIEVED), &row);
    row.at = value ? value->at : cells[0].at;
    row.sheet = rows->sheet;
    if (good)
        *plan_figures_append(rows->figures) = row;
    return good;
}

static bool is_within_limits(struct figures_rows *rows, struct source at)
{
    if (rows->figures->count >= PLAN_MAX_FIGURES) {
        diag_error(rows->diag, at, "E314", _("the table has more than %d figures, the limit"), PLAN_MAX_FIGURES);
        diag_remedy(rows->diag, _("keep the rows that the plan uses"));
        return false;
    }
    if (rows->faulty >= PLAN_MAX_FAULTY_ROWS) {
        diag_error(rows->diag, at, "E314", _("more than %d rows are faulty; the rest of the table was not read"),
                   PLAN_MAX_FAULTY_ROWS);
        diag_remedy(rows->diag, _("mend these first; perhaps this is not the table of figures"));
        return false;
    }
    return true;
}

bool figures_rows_put(struct figures_rows *rows, const struct figures_cell *cells, size_t n)
{
    if (is_blank(cells, n))
        return true;
    if (!rows->has_heading)
        return read_heading(rows, cells, n);
    if (!is_within_limits(rows, cells[0].at))
        return false;
    if (!read_row(rows, cells, n))
        rows->faulty++;
    return true;
}

/* ---- the whole table ------------------------------------------------------------------------------------- */

static const char *period_words(const struct plan_figure *f)
{
    return *f->period ? f->period : _("no period");
}

static void check_pair(struct figures_rows *rows, const struct plan_figure *a, const struct plan_figure *b)
{
    if (strcmp(a->id, b->id) != 0)
        return;
    if (a->kind == b->kind && plan_period_same(a->period, b->period)) {
        diag_error(rows->diag, b->at, "E316", _("%s\"%s\" has the %s for %s twice: in row %d and in row %d"),
                   where(rows, b->at), b->id,
                   plan_kind_words(b->kind), period_words(b), a->at.line, b->at.line);
        diag_remedy(rows->diag, _("keep the row that is right"));
    }
    if (a->unit != b->unit) {
        diag_error(rows->diag, b->at, "E317", _("%s\"%s\" is in %s here, but in %s in row %d"),
                   where(rows, b->at), b->id, plan_unit_words(b->unit),
                   plan_unit_words(a->unit), a->at.line);
        diag_remedy(rows->diag, _("all rows of one id have the same unit; give the other figure an id of its own"));
    }
}

/* Every place that shows a figure looks through its rows. */
static void check_amount(struct figures_rows *rows, const struct plan_figure *f, size_t of_one)
{
    if (of_one != PLAN_MAX_ROWS_OF_ONE + 1)
        return;
    diag_error(rows->diag, f->at, "E314", _("%s\"%s\" has more than %d rows, the limit"), where(rows, f->at), f->id,
               PLAN_MAX_ROWS_OF_ONE);
    diag_remedy(rows->diag, _("keep the rows that the plan uses"));
}

void figures_rows_finish(struct figures_rows *rows)
{
    struct plan_figures *figures = rows->figures;
    size_t of_one = 1;
    plan_figures_seal(figures);
    for (size_t i = 1; i < figures->count; i++) {
        of_one = strcmp(figures->sorted[i - 1]->id, figures->sorted[i]->id) ? 1 : of_one + 1;
        check_amount(rows, figures->sorted[i], of_one);
        check_pair(rows, figures->sorted[i - 1], figures->sorted[i]);
    }
    if (!rows->has_heading) {
        diag_error(rows->diag, (struct source){ figures->file, 1, 1 }, "E305", _("the table of figures is empty"));
        diag_remedy(rows->diag, _("the first row names the columns: id;period;kind;value;unit;source;retrieved"));
    }
}
