/* Cells that meet in one figure: parts that are added, and doubles. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "plan/figures_import.h"

/* ---- doubled cells --------------------------------------------------------------------------------------- */
static int by_key(const void *x, const void *y)
{
    const struct import_choice *a = *(const struct import_choice *const *)x, *b = *(const struct import_choice *const *)y;
    int order = strcmp(a->figure.id, b->figure.id);
    if (!order)
        order = (int)a->figure.kind - (int)b->figure.kind;
    if (!order)
        order = plan_period_order(a->figure.period, b->figure.period);
    return order ? order : (a > b) - (a < b);
}

static bool same_key(const struct import_choice *a, const struct import_choice *b)
{
    return !strcmp(a->figure.id, b->figure.id) && a->figure.kind == b->figure.kind &&
           plan_period_same(a->figure.period, b->figure.period);
}

static bool same_value(const struct plan_figure *a, const struct plan_figure *b)
{
    return a->missing == b->missing && (a->missing || decimal_compare(a->value, b->value) == 0);
}

/* In what two cells of one reply differ: `Køn: "Mænd" and "Kvinder"`. */
static const char *difference(const struct import_choice *a, const struct import_choice *b, struct arena *arena)
{
    for (size_t i = 0; a->reply == b->reply && i < a->reply->column_count; i++) {
        enum reply_role role = a->reply->columns[i].role;
        const char *x = reply_label(a->reply, a->row, i).text, *y = reply_label(b->reply, b->row, i).text;
        bool is_label = a->reply->is_cube || (i != a->column && role != REPLY_VALUE);
        if (is_label && strcmp(x, y) != 0)
            return arena_printf(arena, _("they differ in %s: \"%s\" and \"%s\""), a->reply->columns[i].name.text, x, y);
    }
    return a->rule != b->rule ? _("two rows of the map take them") : _("they stand in two replies, or in two rows of one");
}

static void tell_doubled(const struct import_choice *a, const struct import_choice *b, struct arena *arena, struct diag *diag)
{
    const char *where = reply_where(b->reply, b->row, b->column);
    if (same_value(&a->figure, &b->figure) && a->figure.unit == b->figure.unit) {
        diag_warning(diag, b->figure.at, "W332", _("%s\"%s\" %s is here once more, with the same value as at %s:%d:%d"), where,
                     b->figure.id, b->figure.period, a->figure.at.file, a->figure.at.line, a->figure.at.column);
        diag_remedy(diag, "%s", difference(a, b, arena));
        return;
    }
    diag_error(diag, b->figure.at, "E336", _("%stwo cells are to be \"%s\" %s: this one and that at %s:%d:%d"), where,
               b->figure.id, b->figure.period, a->figure.at.file, a->figure.at.line, a->figure.at.column);
    diag_remedy(diag, _("%s; name it in the group of the map (%s:%d), or leave one reply out"), difference(a, b, arena),
                b->rule->at.file, b->rule->at.line);
}

/* ---- parts that are added ---------------------------------------------------------------------------------- */
static int by_period(const void *x, const void *y)
{
    const struct import_choice *a = x, *b = y;
    int order = plan_period_order(a->figure.period, b->figure.period);
    if (!order)
        order = (a->part > b->part) - (a->part < b->part);
    return order ? order : (a->row > b->row) - (a->row < b->row);
}

/* "Skive, 25-29 år": what a part is of, by the tests that have several values. */
static const char *part_name(size_t part, const struct import_test *tests, size_t n, struct arena *arena)
{
    const char *name = "";
    for (size_t i = n; i-- > 0; part /= tests[i].count)
        if (tests[i].count > 1)
            name = arena_printf(arena, "%s%s%s", tests[i].values[part % tests[i].count], *name ? ", " : "", name);
    return name;
}

static void tell_lacking(const struct import_choice *one, size_t part, const struct import_test *tests, size_t n,
                         struct arena *arena, struct diag *diag)
{
    diag_error(diag, one->rule->at, "E340", _("the sum \"%s\" %s lacks a part: %s has no cell for %s"), one->figure.id,
               one->figure.period, one->reply->file, part_name(part, tests, n, arena));
    diag_remedy(diag, _("all parts of a sum stand in one reply; ask the service for this one too, or name a period that has them all"));
}

/* Each part once: false, with an error, when one is lacking or stands there twice with different numbers. */
static bool check_parts(const struct import_choice *parts, size_t count, size_t wanted, const struct import_test *tests, size_t n,
                        struct arena *arena, struct diag *diag)
{
    size_t errors = diag_errors(diag), next = 0;
    for (size_t i = 0; i < count; i++) {
        if (i && parts[i].part == parts[i - 1].part) {
            tell_doubled(&parts[i - 1], &parts[i], arena, diag);
            continue;
        }
        for (; next < parts[i].part; next++)
            tell_lacking(parts, next, tests, n, arena, diag);
        next = parts[i].part + 1;
    }
    for (; next < wanted; next++)
        tell_lacking(parts, next, tests, n, arena, diag);
    return diag_errors(diag) == errors;
}

static bool tell_digits(const struct import_choice *choice, const char *what, struct diag *diag)
{
    diag_error(diag, choice->figure.at, "E313", _("%s%s \"%s\" %s has too many digits"),
               reply_where(choice->reply, choice->row, choice->column), what, choice->figure.id, choice->figure.period);
    diag_remedy(diag, _("a number may have 18 digits, 9 of them decimals; round it to what is to be shown"));
    return false;
}

/* 6,75 thousand are 6750: a factor of tens moves the decimal comma, and leaves no noughts behind it. */
static bool multiply(struct decimal *value, struct decimal factor)
{
    if (!decimal_multiply(*value, factor, value))
        return false;
    for (int64_t tens = factor.digits; tens % 10 == 0 && value->scale && value->digits % 10 == 0; tens /= 10) {
        value->digits /= 10;
        value->scale--;
    }
    return true;
}

/* The parts become their sum, in the first one; one that the service does not give leaves none. */
static bool sum_up(struct import_choice *parts, size_t count, struct diag *diag)
{
    const struct import_rule *rule = parts->rule;
    struct plan_figure *sum = &parts->figure;
    for (size_t i = 1; i < count; i++) {
        if (parts[i].part == parts[i - 1].part)
            continue;                      /* the same number once more, which was told */
        sum->missing |= parts[i].figure.missing;
        if (!sum->missing && !decimal_add(sum->value, parts[i].figure.value, &sum->value))
            return tell_digits(parts, _("the sum"), diag);
    }
    if (sum->missing)
        return true;
    if (rule->has_factor && !multiply(&sum->value, rule->factor))
        return tell_digits(parts, _("the product with the factor of"), diag);
    if (rule->decimals >= 0)
        sum->value = decimal_round(sum->value, rule->decimals);
    return true;
}

void import_add_up(struct import_choices *choices, size_t first, const struct import_test *tests, size_t n, struct arena *arena,
                   struct diag *diag)
{
    size_t wanted = 1, kept = first;
    for (size_t i = 0; i < n; i++)
        wanted *= tests[i].count;
    if (wanted > 1)
        qsort(choices->items + first, choices->count - first, sizeof *choices->items, by_period);
    for (size_t i = first, count; i < choices->count; i += count) {
        struct import_choice *parts = &choices->items[i];
        for (count = 1; wanted > 1 && i + count < choices->count && same_key(parts, parts + count); count++)
            ;
        if ((wanted == 1 || check_parts(parts, count, wanted, tests, n, arena, diag)) && sum_up(parts, count, diag))
            choices->items[kept++] = *parts;
    }
    choices->count = kept;
}

/* ---- one choice a figure ----------------------------------------------------------------------------------- */
static void check_units(const struct import_choice *a, const struct import_choice *b, struct diag *diag)
{
    if (a->figure.unit == b->figure.unit || strcmp(a->figure.id, b->figure.id) != 0)
        return;
    diag_error(diag, b->rule->at, "E338", _("\"%s\" is in %s here, but in %s at %s:%d"), b->figure.id,
               plan_unit_words(b->figure.unit), plan_unit_words(a->figure.unit), a->rule->at.file, a->rule->at.line);
    diag_remedy(diag, _("all rows of one id have the same unit; give the other figure an id of its own"));
}

void import_drop_doubled(struct import_choices *choices, struct arena *arena, struct diag *diag)
{
    const struct import_choice **sorted = arena_array(arena, const struct import_choice *, choices->count + 1);
    bool *is_dropped = arena_array(arena, bool, choices->count + 1);
    size_t kept = 0;
    for (size_t i = 0; i < choices->count; i++)
        sorted[i] = &choices->items[i];
    qsort(sorted, choices->count, sizeof *sorted, by_key);
    for (size_t i = 1, first = 0; i < choices->count; i++) {
        check_units(sorted[i - 1], sorted[i], diag);
        if (!same_key(sorted[first], sorted[i])) {
            first = i;
            continue;
        }
        tell_doubled(sorted[first], sorted[i], arena, diag);
        is_dropped[sorted[i] - choices->items] = true;
    }
    for (size_t i = 0; i < choices->count; i++)
        if (!is_dropped[i])
            choices->items[kept++] = choices->items[i];
    choices->count = kept;
}
