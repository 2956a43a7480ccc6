/* The map of an import: which table, area, group and measure feed which figure. The municipality keeps it beside the figures. */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "plan/figures_reply.h"

enum { MAX_RULES = 1000, MAX_GROUPS = 20, MAX_PARTS = 100, MAX_MAP_BYTES = 4 * 1024 * 1024 };

struct reader {
    struct arena *arena;
    struct diag *diag;
    struct figures_rows *rows;             /* reads ids, kinds and units, and tells what is wrong with them */
    int column[MAP_COLUMN_COUNT];
    bool has_heading;
    size_t count;
    struct import_rule *first, **last;
};

static const struct figures_heading_spec heading_spec = {
    .read = figures_map_column_read,
    .name = figures_map_column_name,
    .needed = { MAP_ID, MAP_KIND, MAP_UNIT, MAP_TABLE, -1 },
    .all = N_("the columns of a map are id, kind, unit, table, area, group, measure, period, as, factor, decimals, source, note "
              "(in Danish: mål, art, enhed, tabel, område, gruppe, måling, periode, som, faktor, decimaler, kilde, bemærkning)"),
    .first_row = N_("the first row of a map names the columns: "
                    "id;kind;unit;table;area;group;measure;period;as;factor;decimals;source;note"),
};

static bool fail(struct reader *r, struct source at, const char *what, const char *remedy)
{
    diag_error(r->diag, at, "E331", "%s", what);
    diag_remedy(r->diag, "%s", remedy);
    return false;
}

/* The text of a cell, and its place: that of the row where the row is too short to have it. */
static const char *cell_of(const struct reader *r, const struct figures_cell *cells, size_t n, enum figures_map_column column,
                           struct source *at)
{
    int i = r->column[column];
    bool is_there = i >= 0 && (size_t)i < n;
    if (at)
        *at = is_there ? cells[i].at : cells[0].at;
    return is_there ? cells[i].text : "";
}

/* ---- values that are added ------------------------------------------------------------------------------- */
/* "18-24 år + 25-29 år": the plus has a space on both sides, so that "65+ år" and "65 år +" are values. */
static const char *plus_in(const char *text)
{
    for (const char *s = strchr(text, '+'); s; s = strchr(s + 1, '+'))
        if (s > text && s[-1] == ' ' && s[1] == ' ')
            return s;
    return NULL;
}

static bool read_values(struct reader *r, const char *text, struct source at, struct import_values *out)
{
    const char **parts = arena_array(r->arena, const char *, MAX_PARTS);
    *out = (struct import_values){ .whole = text, .parts = parts };
    for (const char *rest = text; rest;) {
        const char *plus = plus_in(rest);
        parts[out->count] = plan_trim(r->arena, rest, plus ? (size_t)(plus - rest) : strlen(rest));
        if (plus_in(text) && !*parts[out->count])
            return fail(r, at, _("a sum lacks one of its parts"), _("write a value on both sides of each plus: Viborg + Skive"));
        if (++out->count == MAX_PARTS && plus) {
            diag_error(r->diag, at, "E314", _("a sum has more than %d parts, the limit"), MAX_PARTS);
            diag_remedy(r->diag, _("ask the service for the sum"));
            return false;
        }
        rest = plus ? plus + 1 : NULL;
    }
    return true;
}

/* ---- groups ---------------------------------------------------------------------------------------------- */
/* "Køn=I alt | 18-29 år": conditions on columns, by their name or by the value alone. */
static bool read_groups(struct reader *r, const char *text, struct source at, struct import_rule *rule)
{
    rule->groups = arena_array(r->arena, struct import_condition, MAX_GROUPS);
    while (*text) {
        size_t n = strcspn(text, "|"), name = strcspn(text, "=|");
        struct import_condition *group = &rule->groups[rule->group_count];
        const char *value = plan_trim(r->arena, text, n);
        *group = (struct import_condition){ .at = at };
        if (name < n) {
            group->column = plan_trim(r->arena, text, name);
            value = plan_trim(r->arena, text + name + 1, n - name - 1);
        }
        if (!*value || (group->column && !*group->column) || ++rule->group_count >= MAX_GROUPS)
            return fail(r, at, _("the group is not understood"),
                        _("write column and value, with | between several: Køn=I alt | Alder=18-29 år"));
        if (!read_values(r, value, at, &group->values))
            return false;
        text += n + (text[n] == '|');
    }
    return true;
}

/* ---- rows ------------------------------------------------------------------------------------------------ */
static bool read_periods(struct reader *r, struct import_rule *rule, struct source as_at)
{
    struct plan_period span;
    char written[PLAN_PERIOD_TEXT];
    bool good = true;
    if (*rule->period && !figures_is_newest(rule->period) && !plan_period_read(rule->period, &span) &&
        plan_period_from_service(rule->period, written))
        rule->period = arena_strdup(r->arena, written);
    if (*rule->as && !plan_period_read(rule->as, &span))
        good = fail(r, as_at, arena_printf(r->arena, _("\"%s\" is not a period"), rule->as),
                    _("write a year (2021), a range of years (2021-2024), a month (2020-06) or a quarter (2020K2)"));
    return good;
}

static bool read_decimals(struct reader *r, const char *text, struct source at, struct import_rule *rule)
{
    rule->decimals = -1;
    if (!*text)
        return true;
    if (strlen(text) > 1 || *text < '0' || *text > '6')
        return fail(r, at, arena_printf(r->arena, _("\"%s\" is no number of decimals"), text), _("write a number from 0 to 6"));
    rule->decimals = *text - '0';
    return true;
}

static bool read_factor(struct reader *r, const char *text, struct source at, struct import_rule *rule)
{
    rule->factor = decimal_from_int(1);
    if (!*text)
        return true;
    if (figures_number_read(text, &rule->factor) != FIGURES_OK || decimal_sign(rule->factor) <= 0)
        return fail(r, at, arena_printf(r->arena, _("\"%s\" is no factor"), text),
                    _("write a number above 0: 1000 where the service counts in thousands, 100 where it writes shares of one"));
    if (rule->figure.unit == PLAN_RANK)
        return fail(r, at, _("a rank is neither added nor multiplied"), _("leave the factor empty"));
    rule->has_factor = true;
    return true;
}

static bool read_rule(struct reader *r, const struct figures_cell *cells, size_t n, struct import_rule *rule)
{
    struct source group_at, as_at, factor_at, decimals_at;
    const struct figures_cell *known[MAP_COLUMN_COUNT] = { NULL };
    for (int i = 0; i < MAP_COLUMN_COUNT; i++)
        if (r->column[i] >= 0 && (size_t)r->column[i] < n)
            known[i] = &cells[r->column[i]];
    *rule = (struct import_rule){ .at = cells[0].at };
    rule->figure.period = rule->figure.retrieved = "";
    rule->figure.source = cell_of(r, cells, n, MAP_SOURCE, NULL);
    rule->table = cell_of(r, cells, n, MAP_TABLE, &rule->table_at);
    rule->measure = cell_of(r, cells, n, MAP_MEASURE, &rule->measure_at);
    rule->measure_value = (struct import_values){ rule->measure, &rule->measure, 1 };
    rule->period = cell_of(r, cells, n, MAP_PERIOD, &rule->period_at);
    rule->as = cell_of(r, cells, n, MAP_AS, &as_at);
    bool good = figures_rows_read_id(r->rows, known[MAP_ID], rule->at, &rule->figure);
    good &= figures_rows_read_kind(r->rows, known[MAP_KIND], rule->at, &rule->figure);
    good &= figures_rows_read_unit(r->rows, known[MAP_UNIT], rule->at, &rule->figure);
    if (!*rule->table)
        good = fail(r, rule->table_at, _("the row names no table"),
                    _("write the table's id as it stands in the file's name or in the reply: PTVA02"));
    const char *area = cell_of(r, cells, n, MAP_AREA, &rule->area_at);
    good &= read_values(r, area, rule->area_at, &rule->area);
    good &= read_groups(r, cell_of(r, cells, n, MAP_GROUP, &group_at), group_at, rule);
    good &= read_periods(r, rule, as_at);
    good &= read_factor(r, cell_of(r, cells, n, MAP_FACTOR, &factor_at), factor_at, rule);
    good &= read_decimals(r, cell_of(r, cells, n, MAP_DECIMALS, &decimals_at), decimals_at, rule);
    return good;
}

static bool has_stray_cell(struct reader *r, const struct figures_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool is_named = false;
        for (int c = 0; c < MAP_COLUMN_COUNT; c++)
            is_named |= r->column[c] == (int)i;
        if (!is_named && *cells[i].text)
            return !fail(r, cells[i].at, _("the cell stands under no column of the map"),
                         _("take out the extra cell; text that holds the separator stands in quotation marks"));
    }
    return false;
}

static bool put_row(void *data, const struct figures_cell *cells, size_t n)
{
    struct reader *r = data;
    bool is_blank = true;
    for (size_t i = 0; i < n; i++)
        is_blank &= !*cells[i].text;
    if (is_blank)
        return true;
    if (!r->has_heading) {
        r->has_heading = true;
        return figures_heading_read(&heading_spec, r->rows, cells, n, r->column);
    }
    if (r->count++ >= MAX_RULES) {
        diag_error(r->diag, cells[0].at, "E314", _("the map has more than %d rows, the limit"), MAX_RULES);
        diag_remedy(r->diag, _("keep the rows that the plan uses"));
        return false;
    }
    struct import_rule *rule = arena_new_of(r->arena, struct import_rule);
    if (!has_stray_cell(r, cells, n) && read_rule(r, cells, n, rule)) {
        *r->last = rule;
        r->last = &rule->next;
    }
    return true;
}

struct import_rule *import_map_read(const char *path, struct arena *arena, struct diag *diag)
{
    struct buf bytes = BUF_EMPTY, text = BUF_EMPTY;
    struct reader r = { .arena = arena, .diag = diag, .rows = figures_rows_new(plan_figures_new(path, arena), NULL, diag) };
    size_t errors = diag_errors(diag);
    r.last = &r.first;
    for (int i = 0; i < MAP_COLUMN_COUNT; i++)
        r.column[i] = -1;
    if (file_read(path, MAX_MAP_BYTES, &bytes, (struct source){ 0 }, diag) && figures_text_read(path, &bytes, &text, diag))
        figures_csv_each_row(path, &text, put_row, &r, arena, diag);
    if (diag_errors(diag) == errors && !r.first)
        fail(&r, (struct source){ path, 1, 1 }, _("the map has no rows"), _(heading_spec.first_row));
    figures_rows_free(r.rows);
    buf_free(&bytes);
    buf_free(&text);
    return diag_errors(diag) == errors ? r.first : NULL;
}

/* ---- which reply ----------------------------------------------------------------------------------------- */
static bool is_word_character(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

/* Does `table` begin `name` as a whole word? "ptv_a02" and "PTVA02" are the same. */
static bool begins(const char *name, const char *table)
{
    for (; *table; table++) {
        if (*table == '_' || *table == '-')
            continue;
        while (*name == '_' || *name == '-')
            name++;
        if (utf8_lower((unsigned char)*name) != utf8_lower((unsigned char)*table) || !*name)
            return false;
        name++;
    }
    return !is_word_character(*name);
}

bool import_is_table(const struct import_rule *rule, const struct reply *reply)
{
    const char *name = file_name(reply->file);
    if (*reply->table && begins(reply->table, rule->table))
        return true;
    for (const char *s = name; *s; s++)
        if ((s == name || !is_word_character(s[-1])) && begins(s, rule->table))
            return true;
    return false;
}
