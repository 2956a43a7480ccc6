#include "year/move.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "year/words.h"

/* ---- years in text ------------------------------------------------------------------------------------------------ */

static bool is_year(const char *begin, const char *s)
{
    return ((s[0] == '1' && s[1] == '9') || (s[0] == '2' && s[1] == '0')) && isdigit((unsigned char)s[2]) &&
           isdigit((unsigned char)s[3]) && !isdigit((unsigned char)s[4]) &&
           (s == begin || !isdigit((unsigned char)s[-1]));
}

/* How many bytes of the old period stand at `s`, and with which dash it is written: '-' or an en dash; 0: it is not there. */
static size_t old_period(const char *s, const char *period, const char **dash)
{
    static const char EN_DASH[] = "\u2013";
    *dash = "-";
    if (strncmp(s, period, 4))
        return 0;
    if (!period[4])
        return 4;
    *dash = s[4] == '-' ? "-" : EN_DASH;
    size_t n = 4 + strlen(*dash);
    return !strncmp(s + 4, *dash, n - 4) && !strncmp(s + n, period + 5, 4) && !isdigit((unsigned char)s[n + 4]) ? n + 4 : 0;
}

static void put_period(struct buf *out, const char *period, const char *dash)
{
    buf_printf(out, "%.4s", period);
    if (period[4])
        buf_printf(out, "%s%s", dash, period + 5);
}

bool year_move_text(const char *text, const struct year_shift *shift, struct buf *out)
{
    bool found = false;
    for (const char *s = text; *s;) {
        const char *dash;
        size_t n = is_year(text, s) ? old_period(s, shift->from, &dash) : 0;
        if (n) {
            put_period(out, shift->to, dash);
        } else if (is_year(text, s)) {
            buf_put_int(out, strtol((char[5]){ s[0], s[1], s[2], s[3], 0 }, NULL, 10) + shift->years);
            n = 4;
        } else {
            buf_putc(out, *s);
            s++;
            continue;
        }
        s += n;
        found = true;
    }
    return found;
}

bool year_is_in(const char *text)
{
    for (const char *s = text; *s; s++)
        if (is_year(text, s))
            return true;
    return false;
}

/* ---- figures ------------------------------------------------------------------------------------------------------ */

struct rows {
    struct plan_figure *items;
    size_t count, capacity;
};

static void add(struct rows *rows, const struct plan_figure *figure)
{
    VEC_GROW(rows->items, rows->capacity, rows->count + 1);
    rows->items[rows->count++] = *figure;
}

static bool same_key(const struct plan_figure *a, const struct plan_figure *b)
{
    return a->kind == b->kind && !strcmp(a->id, b->id) && !plan_period_compare(a->period, b->period);
}

static const char *said(const struct plan_figure *figure, struct arena *arena)
{
    struct buf b = BUF_EMPTY;
    year_say_figure(&b, figure);
    char *text = arena_strdup(arena, b.length ? b.data : _("missing"));
    buf_free(&b);
    return text;
}

static const char *kind_words(enum plan_figure_kind kind)
{
    const char *const words[] = { [PLAN_ACTUAL] = _("actual"), [PLAN_BASELINE] = _("baseline"), [PLAN_TARGET] = _("target"),
                                  [PLAN_FORECAST] = _("forecast") };
    return words[kind];
}

static void tell_revision(struct year_worklist *list, const struct plan_figure *was, const struct plan_figure *now,
                          struct arena *arena)
{
    year_worklist_add(list, YEAR_CHANGED, NULL, NULL,
                      arena_printf(arena, _("figures.csv, %s, %s %s: revised, %s before, %s now"), now->id,
                                   kind_words(now->kind), now->period, said(was, arena), said(now, arena)));
}

static const struct plan_figures *finish(struct rows *rows, struct arena *arena)
{
    const struct plan_figures *figures = plan_figures_from(rows->items, rows->count, arena);
    mem_free(rows->items);
    return figures;
}

const struct plan_figures *year_merge_figures(const struct plan_figures *old, const struct plan_figures *news,
                                              struct arena *arena, struct year_worklist *list)
{
    struct rows rows = { NULL, 0, 0 };
    for (size_t i = 0; i < plan_figure_count(old); i++)
        if (!plan_figure_at(old, i)->derived)
            add(&rows, plan_figure_at(old, i));
    size_t known = rows.count;
    for (size_t i = 0; i < plan_figure_count(news); i++) {
        const struct plan_figure *figure = plan_figure_at(news, i);
        struct plan_figure *same = NULL;
        for (size_t j = 0; j < known && !same; j++)
            if (same_key(&rows.items[j], figure))
                same = &rows.items[j];
        if (!same) {
            add(&rows, figure);
            continue;
        }
        if (same->missing != figure->missing || decimal_compare(same->value, figure->value))
            tell_revision(list, same, figure, arena);
        *same = *figure;
    }
    return finish(&rows, arena);
}

const struct plan_figure *year_new_baseline(const struct plan_figures *merged, const char *measure)
{
    const struct plan_figure *actual = plan_figures_lookup(merged, measure, PLAN_ACTUAL, NULL);
    const struct plan_figure *baseline = plan_figures_lookup(merged, measure, PLAN_BASELINE, NULL);
    if (!actual || actual->missing || (baseline && plan_period_compare(actual->period, baseline->period) <= 0))
        return NULL;
    return actual;
}

bool year_move_row(const struct plan_figures *merged, const char *period, struct plan_figure *row)
{
    const struct plan_figure *actual = year_new_baseline(merged, row->id);
    if (row->kind == PLAN_TARGET || row->kind == PLAN_FORECAST)
        return plan_period_compare(row->period, period) >= 0;
    if (!actual)
        return true;
    if (row->kind == PLAN_ACTUAL && !plan_period_compare(row->period, actual->period))
        row->kind = PLAN_BASELINE;
    else if (row->kind == PLAN_BASELINE)
        row->kind = PLAN_ACTUAL;
    /* The old baseline's period may have been given as an actual too: once is enough. */
    return row->kind != PLAN_ACTUAL || row->at.line == 0 ||
           plan_figures_lookup(merged, row->id, PLAN_ACTUAL, row->period) == NULL ||
           plan_figures_lookup(merged, row->id, PLAN_ACTUAL, row->period)->at.line == row->at.line;
}

/* A measure's new baseline and the rows of it whose time is over, in one point. */
static void tell_measure(struct year_worklist *list, const struct plan_figures *merged, const char *id, const char *period,
                         struct arena *arena)
{
    const struct plan_figure *was = plan_figures_lookup(merged, id, PLAN_BASELINE, NULL), *now = year_new_baseline(merged, id);
    struct buf line = BUF_EMPTY;
    if (now && was)
        buf_printf(&line, _("the baseline was %s (%s) and is %s (%s)"), said(was, arena), was->period, said(now, arena),
                   now->period);
    else if (now)
        buf_printf(&line, _("the baseline is %s (%s)"), said(now, arena), now->period);
    for (size_t i = 0; i < plan_figure_count(merged); i++) {
        struct plan_figure row = *plan_figure_at(merged, i);
        if (!strcmp(row.id, id) && (row.kind == PLAN_TARGET || row.kind == PLAN_FORECAST) && !row.missing &&
            !year_move_row(merged, period, &row))
            buf_printf(&line, _("%s%s %s (%s) is taken out"), line.length ? "; " : "", kind_words(row.kind), said(&row, arena),
                       row.period);
    }
    if (line.length)
        year_worklist_add(list, YEAR_CHANGED, NULL, NULL, arena_printf(arena, "figures.csv, %s: %s", id, line.data));
    buf_free(&line);
}

/* The newest row of its id and kind. */
static bool is_last(const struct plan_figures *merged, size_t at)
{
    const struct plan_figure *row = plan_figure_at(merged, at);
    return plan_figures_lookup(merged, row->id, (int)row->kind, NULL) == row;
}

static void add_open(struct rows *rows, const struct plan_figure *over, const char *period)
{
    struct plan_figure row = *over;
    row.period = period;
    row.missing = true;
    row.source = row.retrieved = "";
    add(rows, &row);
}

const struct plan_figures *year_move_figures(const struct plan *plan, const struct plan_figures *merged,
                                             const char *period, struct arena *arena, struct year_worklist *list)
{
    struct rows rows = { NULL, 0, 0 };
    for (size_t i = 0; i < plan_figure_count(merged); i++) {
        struct plan_figure row = *plan_figure_at(merged, i);
        if (!plan_lookup_measure(plan, row.id) || year_move_row(merged, period, &row))
            add(&rows, &row);
        else if (is_last(merged, i))
            add_open(&rows, &row, period);
    }
    for (size_t i = 0; i < plan->goal_count; i++)
        for (const struct plan_measure *m = plan->goals[i]->measures; m; m = m->next)
            tell_measure(list, merged, m->id, period, arena);
    return finish(&rows, arena);
}
