/* Which cells of a reply a rule of the map means. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "plan/figures_import.h"
#include "plan/figures_sheet.h"

enum { MAX_WORK = 50000000, MAX_LISTED = 8, MAX_CONDITIONS = 24, MAX_PARTS = 1000 };

struct chooser {
    const struct import_rule *rule;
    struct reply *reply;
    struct arena *arena;
    struct diag *diag;
    struct diag *doubts;                   /* why this reply has nothing for the rule: told when no reply has */
    struct import_choices *choices;
    const char *retrieved;
    struct figures_rows *rows;             /* reads values, and tells what is wrong with them */
    struct import_test tests[MAX_CONDITIONS];
    size_t test_count;
    size_t value_column, period_column;    /* of a cube, value_column is not looked at */
    size_t parts;                          /* cells that are added into one figure */
    bool has_period, has_chosen;
    size_t *work;
};

/* ---- what the reply has, for messages -------------------------------------------------------------------- */
static size_t label_count(const struct reply *reply, size_t column)
{
    return reply->is_cube ? reply->columns[column].count : reply->row_count;
}

static struct reply_label label_at(const struct reply *reply, size_t column, size_t i)
{
    return reply->is_cube ? reply->columns[column].labels[i] : reply_label(reply, i, column);
}

/* "Hele landet", "RAR Østjylland", …: the first different labels of a column. */
static const char *list_labels(struct chooser *c, size_t column)
{
    const char *listed[MAX_LISTED];
    size_t n = 0;
    struct buf out = BUF_EMPTY;
    for (size_t i = 0; i < label_count(c->reply, column) && n < MAX_LISTED; i++) {
        const char *text = label_at(c->reply, column, i).text;
        bool is_new = true;
        for (size_t j = 0; j < n; j++)
            is_new &= strcmp(listed[j], text) != 0;
        if (is_new) {
            buf_printf(&out, "%s\"%s\"", n ? ", " : "", text);
            listed[n++] = text;
        }
    }
    if (n == MAX_LISTED)
        buf_puts(&out, " …");
    const char *text = arena_strdup(c->arena, buf_text(&out));
    buf_free(&out);
    return text;
}

static const char *list_columns(struct chooser *c)
{
    struct buf out = BUF_EMPTY;
    for (size_t i = 0; i < c->reply->column_count && i < 40; i++)
        buf_printf(&out, "%s\"%s\"", i ? ", " : "", c->reply->columns[i].name.text);
    const char *text = arena_strdup(c->arena, buf_text(&out));
    buf_free(&out);
    return text;
}

static bool tell_no_column(struct chooser *c, struct source at, const char *name)
{
    diag_error(c->doubts, at, "E335", _("%s has no column \"%s\""), c->reply->file, name);
    diag_remedy(c->doubts, _("its columns are %s"), list_columns(c));
    return false;
}

static bool tell_no_label(struct chooser *c, struct source at, size_t column, const char *value)
{
    diag_error(c->doubts, at, "E335", _("the column \"%s\" of %s has no \"%s\""), c->reply->columns[column].name.text,
               c->reply->file, value);
    diag_remedy(c->doubts, _("it has %s"), list_labels(c, column));
    return false;
}

/* ---- conditions ------------------------------------------------------------------------------------------ */
static bool has_label(const struct chooser *c, size_t column, const char *value)
{
    for (size_t i = 0; i < label_count(c->reply, column); i++)
        if (reply_is(label_at(c->reply, column, i), value))
            return true;
    return false;
}

/* The values that the column is to hold: the whole where it is one of its own, else all parts. NULL: it does not, and
   `lacks` is what it has not. */
static const char *const *values_in(const struct chooser *c, size_t column, const struct import_values *values, size_t *count,
                                    const char **lacks)
{
    bool whole = has_label(c, column, values->whole);
    *lacks = NULL;
    *count = whole ? 1 : values->count;
    for (size_t i = 0; !whole && i < values->count && !*lacks; i++)
        *lacks = has_label(c, column, values->parts[i]) ? NULL : values->parts[i];
    return *lacks ? NULL : whole ? &values->whole : values->parts;
}

/* "Viborg + 791": one label under both names. */
static bool tell_same(struct chooser *c, struct source at, const struct import_test *test)
{
    for (size_t i = 0; i < label_count(c->reply, test->column); i++) {
        struct reply_label label = label_at(c->reply, test->column, i);
        size_t first = test->count;
        for (size_t k = 0; k < test->count; k++) {
            if (!reply_is(label, test->values[k]))
                continue;
            if (first == test->count) {
                first = k;
                continue;
            }
            diag_error(c->doubts, at, "E335", _("\"%s\" and \"%s\" are the same in the column \"%s\" of %s"), test->values[first],
                       test->values[k], c->reply->columns[test->column].name.text, c->reply->file);
            diag_remedy(c->doubts, _("name each part of a sum once"));
            return true;
        }
    }
    return false;
}

/* What arithmetic would make nonsense of. */
static bool tell_nonsense(struct chooser *c, struct source at, const struct import_test *test)
{
    enum plan_unit unit = c->rule->figure.unit;
    if (unit == PLAN_RANK) {
        diag_error(c->diag, at, "E331", _("a rank is neither added nor multiplied"));
        diag_remedy(c->diag, _("name one area and group"));
    } else if (unit != PLAN_COUNT && c->reply->columns[test->column].role == REPLY_AREA) {
        diag_error(c->diag, at, "E331", _("percentages of several areas are no percentage when they are added"));
        diag_remedy(c->diag, _("take the numbers of people (unit count), and let the plan work the share out of them"));
    } else {
        return false;
    }
    return true;
}

static bool add_test(struct chooser *c, struct source at, size_t column, const struct import_values *values)
{
    struct import_test test = { .column = column };
    const char *lacks;
    test.values = values_in(c, column, values, &test.count, &lacks);
    if (lacks)
        return tell_no_label(c, at, column, lacks);
    if (test.count > 1 && (tell_nonsense(c, at, &test) || tell_same(c, at, &test)))
        return false;
    if (c->test_count < MAX_CONDITIONS) {
        c->tests[c->test_count++] = test;
        c->parts *= test.count;
    }
    if (c->parts <= MAX_PARTS)
        return true;
    diag_error(c->diag, at, "E314", _("a sum has more than %d parts, the limit"), MAX_PARTS);
    diag_remedy(c->diag, _("ask the service for the sum"));
    c->parts = 1;
    return false;
}

static bool find_role(const struct reply *reply, enum reply_role role, size_t *column)
{
    for (size_t i = 0; i < reply->column_count; i++) {
        if (reply->columns[i].role != role)
            continue;
        *column = i;
        return true;
    }
    return false;
}

static bool find_column(const struct reply *reply, const char *name, size_t *column)
{
    for (size_t i = 0; i < reply->column_count; i++) {
        if (!reply_is(reply->columns[i].name, name))
            continue;
        *column = i;
        return true;
    }
    return false;
}

/* A value without a column: the one column that holds it. */
static bool find_holder(struct chooser *c, const struct import_condition *group, size_t *column)
{
    size_t found = 0, count;
    const char *lacks, *value = group->values.whole;
    for (size_t i = 0; i < c->reply->column_count; i++) {
        enum reply_role role = c->reply->columns[i].role;
        if ((role != REPLY_OTHER && role != REPLY_MEASURE) || !values_in(c, i, &group->values, &count, &lacks))
            continue;
        *column = i;
        found++;
    }
    if (found == 1)
        return true;
    diag_error(c->doubts, group->at, "E335", found ? _("several columns of %s have \"%s\"") : _("no column of %s has \"%s\""),
               c->reply->file, value);
    diag_remedy(c->doubts, _("write the column before it: COLUMN=%s; the columns are %s"), value, list_columns(c));
    return false;
}

static bool add_groups(struct chooser *c)
{
    bool good = true;
    for (size_t i = 0; i < c->rule->group_count; i++) {
        const struct import_condition *group = &c->rule->groups[i];
        size_t column;
        if (group->column && !find_column(c->reply, group->column, &column))
            good = tell_no_column(c, group->at, group->column);
        else if (group->column || find_holder(c, group, &column))
            good &= add_test(c, group->at, column, &group->values);
        else
            good = false;
    }
    return good;
}

/* In a table of jobindsats.dk each measure is a column; Statistikbanken's CSV has one column of values; in a cube the
   measure is a variable, or there is only one. */
static bool find_measure(struct chooser *c)
{
    const struct import_rule *rule = c->rule;
    const struct reply *reply = c->reply;
    size_t column;
    if (reply->is_cube && find_role(reply, REPLY_MEASURE, &column))
        return !*rule->measure || add_test(c, rule->measure_at, column, &rule->measure_value);
    if (reply->is_cube) {
        if (!*rule->measure || reply_is((struct reply_label){ reply->contents, "" }, rule->measure))
            return true;
        diag_error(c->doubts, rule->measure_at, "E335", _("%s holds \"%s\", not \"%s\""), reply->file, reply->contents, rule->measure);
        diag_remedy(c->doubts, _("leave the measure empty where a table has only one"));
        return false;
    }
    if (!*rule->measure && find_role(reply, REPLY_VALUE, &c->value_column))
        return true;
    if (!*rule->measure) {
        diag_error(c->doubts, rule->measure_at, "E335", _("the row names no measure, but %s has a column for each"), reply->file);
        diag_remedy(c->doubts, _("its columns are %s"), list_columns(c));
        return false;
    }
    return find_column(reply, rule->measure, &c->value_column) || tell_no_column(c, rule->measure_at, rule->measure);
}

static bool add_area(struct chooser *c)
{
    size_t column;
    const struct import_values *area = &c->rule->area;
    if (!*area->whole)
        return true;
    if (find_role(c->reply, REPLY_AREA, &column))
        return add_test(c, c->rule->area_at, column, area);
    diag_error(c->doubts, c->rule->area_at, "E335", _("%s has no column of areas"), c->reply->file);
    diag_remedy(c->doubts, _("name the column in the group: COLUMN=%s; the columns are %s"), area->whole, list_columns(c));
    return false;
}

/* ---- rows ------------------------------------------------------------------------------------------------ */
/* Does the row meet all tests? `part`: which combination of their values it is; or NULL. */
static bool fits(const struct chooser *c, size_t row, size_t *part)
{
    size_t sum = 0;
    for (size_t i = 0; i < c->test_count; i++) {
        const struct import_test *test = &c->tests[i];
        size_t k = 0;
        while (k < test->count && !reply_is(reply_label(c->reply, row, test->column), test->values[k]))
            k++;
        if (k == test->count)
            return false;
        sum = sum * test->count + k;
    }
    if (part)
        *part = sum;
    return true;
}

/* The period of a row in the plan's words; false for one that the plan has no word for. */
static bool row_period(const struct chooser *c, size_t row, char out[PLAN_PERIOD_TEXT])
{
    struct reply_label label = reply_label(c->reply, row, c->period_column);
    return plan_period_from_service(label.text, out) || plan_period_from_service(label.code, out);
}

/* The rule's period holds the row's: 2020 holds 2020-06. */
static bool is_within(const char *period, const char *wanted)
{
    struct plan_period a, b;
    return plan_period_read(period, &a) && plan_period_read(wanted, &b) && a.first >= b.first && a.last <= b.last;
}

static bool is_wanted_period(const struct chooser *c, size_t row, const char *newest)
{
    char period[PLAN_PERIOD_TEXT];
    const char *wanted = c->rule->period;
    if (!c->has_period || !*wanted)
        return true;
    if (reply_is(reply_label(c->reply, row, c->period_column), wanted))
        return true;
    if (!row_period(c, row, period))
        return false;
    return figures_is_newest(wanted) ? plan_period_same(period, newest) : is_within(period, wanted);
}

/* The newest period that the rule's cells have a figure for: the services list the next one before it is filled. */
static void find_newest(const struct chooser *c, char newest[PLAN_PERIOD_TEXT])
{
    char period[PLAN_PERIOD_TEXT];
    *newest = '\0';
    if (!c->has_period || !figures_is_newest(c->rule->period))
        return;
    for (size_t i = 0; i < c->reply->row_count; i++)
        if (fits(c, i, NULL) && !figures_is_missing(reply_value(c->reply, i, c->value_column)->text) && row_period(c, i, period) &&
            plan_period_compare(period, newest) > 0)
            memcpy(newest, period, sizeof period);
}

/* The number as the service wrote it. What is only a binary fraction on its way here has as many digits as the rule asks
   for, or as arithmetic can use. */
static bool read_value(struct chooser *c, const struct figures_cell *cell, size_t row, struct plan_figure *f)
{
    int decimals = c->rule->decimals;
    struct figures_cell read = *cell;
    struct plan_figure part = *f;
    struct decimal exact;
    figures_rows_set_place(c->rows, reply_where(c->reply, row, c->value_column));
    if (cell->type == FIGURES_NUMBER && !decimal_read(cell->text, &exact)) {
        bool is_used = c->parts > 1 || c->rule->has_factor;
        const char *number = figures_sheet_number(c->arena, cell->text, 0, decimals < 0 ? FIGURES_GENERAL
                                                                           : is_used    ? DECIMAL_MAX_SCALE : decimals);
        if (!number && decimals < 0) {
            diag_error(c->diag, cell->at, "E313", _("%s\"%s\" has too many digits"), reply_where(c->reply, row, c->value_column),
                       cell->text);
            diag_remedy(c->diag, _("write into the column \"decimals\" of the map how many are to be shown (%s:%d)"),
                        c->rule->at.file, c->rule->at.line);
            return false;
        }
        read.text = number ? number : cell->text;
        read.type = number ? FIGURES_NUMBER : FIGURES_TEXT;
    }
    if (c->rule->has_factor && part.unit == PLAN_COUNT)
        part.unit = PLAN_RANK;             /* "48,668" thousand people: three decimals, which for a count might part thousands */
    if (!figures_rows_read_value(c->rows, &read, &part))
        return false;
    f->value = part.value;
    f->missing = part.missing;
    return true;
}

static const char *source_of(const struct chooser *c)
{
    const char *name = c->reply->service == REPLY_JOBINDSATS ? "jobindsats.dk" : "Danmarks Statistik";
    if (*c->rule->figure.source)
        return c->rule->figure.source;
    return arena_printf(c->arena, "%s, %s", *c->reply->source ? c->reply->source : name, c->rule->table);
}

static void tell_missing(struct chooser *c, const struct figures_cell *cell, size_t row, const struct plan_figure *f)
{
    size_t points = strspn(cell->text, ".");
    const char *shown = points && points <= REPLY_SYMBOLS && !cell->text[points] ? c->reply->symbols[points - 1] : NULL;
    diag_warning(c->diag, cell->at, "W330", _("%sthe service gives no figure for \"%s\" %s (\"%s\"%s%s)"),
                 reply_where(c->reply, row, c->value_column), f->id, f->period, cell->text, shown ? ", " : "", shown ? shown : "");
    diag_remedy(c->diag, _("the row is written as missing; where the table has a figure already, that one stays"));
}

static bool choose_row(struct chooser *c, size_t row, size_t part)
{
    const struct figures_cell *cell = reply_value(c->reply, row, c->value_column);
    struct plan_figure f = c->rule->figure;
    char period[PLAN_PERIOD_TEXT] = "";
    if (*c->rule->as) {
        f.period = c->rule->as;
    } else if (c->has_period && !row_period(c, row, period)) {
        struct reply_label label = reply_label(c->reply, row, c->period_column);
        diag_error(c->diag, cell->at, "E337", _("%sthe plan has no word for the period \"%s\""),
                   reply_where(c->reply, row, c->value_column), label.text);
        diag_remedy(c->diag, _("write the plan's period into the column \"as\" of the map (%s:%d), and \"%s\" under period"),
                    c->rule->at.file, c->rule->at.line, label.text);
        return false;
    } else {
        f.period = arena_strdup(c->arena, period);
    }
    f.at = cell->at;
    f.source = source_of(c);
    f.retrieved = c->retrieved;
    c->reply->used++;
    if (!read_value(c, cell, row, &f))
        return true;
    if (f.missing)
        tell_missing(c, cell, row, &f);
    VEC_GROW(c->choices->items, c->choices->capacity, c->choices->count + 1);
    c->choices->items[c->choices->count++] = (struct import_choice){ f, c->rule, c->reply, row, c->value_column, part, false };
    return true;
}

static void choose_rows(struct chooser *c)
{
    char newest[PLAN_PERIOD_TEXT];
    size_t chosen = 0, first = c->choices->count, part;
    find_newest(c, newest);
    for (size_t i = 0; i < c->reply->row_count; i++) {
        if (!fits(c, i, &part) || !is_wanted_period(c, i, newest))
            continue;
        if (++chosen > PLAN_MAX_ROWS_OF_ONE * c->parts || c->choices->count >= PLAN_MAX_FIGURES) {
            diag_error(c->diag, c->rule->at, "E314", _("the row of the map takes more than %d cells of %s, the limit"),
                       PLAN_MAX_ROWS_OF_ONE * (int)c->parts, c->reply->file);
            diag_remedy(c->diag, _("name area, group and period, so that one series is left"));
            break;
        }
        if (!choose_row(c, i, part))
            break;
    }
    if (chosen) {
        c->has_chosen = true;
        import_add_up(c->choices, first, c->tests, c->test_count, c->arena, c->diag);
        return;
    }
    diag_error(c->doubts, c->rule->at, "E335", _("no cell of %s is what this row of the map asks for"), c->reply->file);
    if (c->has_period && *c->rule->period)
        diag_remedy(c->doubts, _("its periods are %s"), list_labels(c, c->period_column));
    else
        diag_remedy(c->doubts, _("area and groups do not meet in one cell"));
}

static bool join(struct chooser *c)
{
    c->has_period = find_role(c->reply, REPLY_PERIOD, &c->period_column);
    bool good = add_area(c);
    good &= add_groups(c);
    good &= find_measure(c);
    if (!c->has_period && !*c->rule->as) {
        diag_error(c->doubts, c->rule->at, "E335", _("%s has no column of periods"), c->reply->file);
        diag_remedy(c->doubts, _("write the period that the figures are of into the column \"as\" of the map"));
        good = false;
    }
    return good;
}

/* Map and replies may each be within their limits, and both together beyond any patience. */
static bool is_within_work(struct chooser *c)
{
    *c->work += c->reply->row_count * 2;
    if (*c->work <= MAX_WORK)
        return true;
    diag_error(c->diag, c->rule->at, "E314", _("map and replies together are beyond the limit of %d comparisons"), MAX_WORK);
    diag_remedy(c->diag, _("ask the service for fewer areas, groups or periods"));
    return false;
}

static void repeat(const struct diag *from, struct diag *to)
{
    struct diag_message m;
    for (size_t i = 0; diag_get(from, i, &m); i++) {
        diag_error(to, m.at, m.code, "%s", m.text);
        if (m.remedy)
            diag_remedy(to, "%s", m.remedy);
    }
}

/* A rule must find its cell in one reply of its table; the others may hold other groups or periods. */
static bool choose_by(struct chooser shared, struct reply *replies)
{
    bool has_reply = false, has_chosen = false;
    shared.doubts = diag_new();
    for (struct reply *reply = replies; reply; reply = reply->next) {
        struct chooser c = shared;
        c.reply = reply;
        c.parts = 1;
        c.retrieved = shared.retrieved ? shared.retrieved : reply->made;
        if (!import_is_table(c.rule, reply))
            continue;
        has_reply = true;
        if (!is_within_work(&c))
            break;
        if (join(&c))
            choose_rows(&c);
        has_chosen |= c.has_chosen;
    }
    if (!has_chosen)
        repeat(shared.doubts, shared.diag);
    diag_free(shared.doubts);
    return has_reply;
}

void import_choose(const struct import_rule *rules, struct reply *replies, const char *retrieved, struct arena *arena,
                   struct import_choices *choices, struct diag *diag)
{
    struct figures_rows *rows = figures_rows_new(plan_figures_new("", arena), NULL, diag);
    size_t work = 0;
    for (const struct import_rule *rule = rules; rule && work <= MAX_WORK; rule = rule->next) {
        struct chooser c = { .rule = rule, .arena = arena, .diag = diag, .choices = choices, .rows = rows, .work = &work };
        c.retrieved = retrieved;
        if (choose_by(c, replies))
            continue;
        diag_note(diag, rule->table_at, "N330", _("no reply is of the table %s: \"%s\" stays as it is"), rule->table,
                  rule->figure.id);
        diag_remedy(diag, _("the table is known by the reply's own name for it, or by a word of the file's name: %s.json"),
                    rule->table);
    }
    figures_rows_free(rows);
}
