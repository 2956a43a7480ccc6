#include "year/move.h"

#include <ctype.h>
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

bool year_move_text(const char *text, int delta, struct buf *out)
{
    bool found = false;
    for (const char *s = text; *s;) {
        if (!is_year(text, s)) {
            buf_putc(out, *s++);
            continue;
        }
        int year = 0;
        for (int i = 0; i < 4; i++)
            year = year * 10 + (*s++ - '0');
        buf_put_int(out, year + delta);
        found = true;
    }
    return found;
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

static void put_revision(struct buf *list, const struct plan_figure *was, const struct plan_figure *now)
{
    struct buf before = BUF_EMPTY, after = BUF_EMPTY;
    year_put_figure(&before, was);
    year_put_figure(&after, now);
    buf_printf(list, _("- Figure %s, %s %s: revised, %s before, %s now\n"), now->id, plan_figure_kind_name(now->kind),
               now->period, before.length ? before.data : "..", after.length ? after.data : "..");
    buf_free(&before);
    buf_free(&after);
}

static const struct plan_figures *finish(struct rows *rows, struct arena *arena)
{
    const struct plan_figures *figures = plan_figures_from(rows->items, rows->count, arena);
    mem_free(rows->items);
    return figures;
}

const struct plan_figures *year_merge_figures(const struct plan_figures *old, const struct plan_figures *news,
                                              struct arena *arena, struct buf *list)
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
            put_revision(list, same, figure);
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

/* What a row of a measure is next year; false when its time is over. */
static bool move_row(const struct plan_figures *merged, const char *period, struct plan_figure *row)
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

const struct plan_figures *year_move_figures(const struct plan *plan, const struct plan_figures *merged,
                                             const char *period, struct arena *arena, struct buf *list)
{
    struct rows rows = { NULL, 0, 0 };
    for (size_t i = 0; i < plan_figure_count(merged); i++) {
        struct plan_figure row = *plan_figure_at(merged, i);
        if (!plan_lookup_measure(plan, row.id) || move_row(merged, period, &row))
            add(&rows, &row);
    }
    for (size_t i = 0; i < plan->goal_count; i++)
        for (const struct plan_measure *m = plan->goals[i]->measures; m; m = m->next)
            if (plan_figures_lookup(merged, m->id, PLAN_BASELINE, NULL) && !year_new_baseline(merged, m->id))
                buf_printf(list, _("- Measure %s: no figure after its baseline; the baseline stays as it is\n"), m->id);
    return finish(&rows, arena);
}
