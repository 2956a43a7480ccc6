/* What became of a measure and of a goal: judged by the declared aim, with the numbers that it was judged by. */
#include "plan/state.h"

#include <string.h>

#include "plan/figures_internal.h"

struct rows {
    const struct plan_figure *const *items;
    size_t count;
};

static struct rows rows_of(const struct plan *plan, const char *id)
{
    struct rows rows = { NULL, 0 };
    if (id)
        rows.items = plan_figures_of(plan->figures, id, &rows.count);
    return rows;
}

/* ---- evidence -------------------------------------------------------------------------------------------- */

/* The newest number of a kind: rows are sorted by period. */
static const struct plan_figure *newest(struct rows rows, enum plan_figure_kind kind)
{
    const struct plan_figure *best = NULL;
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i]->kind == kind && !rows.items[i]->missing)
            best = rows.items[i];
    return best;
}

/* The number of that kind for the same period, else for the nearest later one. */
static const struct plan_figure *at_or_after(struct rows rows, enum plan_figure_kind kind, const char *period)
{
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i]->kind == kind && !rows.items[i]->missing && plan_period_same(rows.items[i]->period, period))
            return rows.items[i];
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i]->kind == kind && !rows.items[i]->missing &&
            plan_period_compare(rows.items[i]->period, period) >= 0)
            return rows.items[i];
    return NULL;
}

/* The newest actual after the baseline. Where there are targets, it must be one that a target is for: when the years
   run on, what the plan aimed at for its own years is still judged by those years. */
static const struct plan_figure *find_actual(struct rows rows, const struct plan_figure *baseline)
{
    const struct plan_figure *best = NULL;
    const struct plan_figure *last_target = newest(rows, PLAN_TARGET);
    for (size_t i = 0; i < rows.count; i++) {
        const struct plan_figure *f = rows.items[i];
        if (f->kind != PLAN_ACTUAL || f->missing ||
            (baseline && plan_period_compare(f->period, baseline->period) <= 0))
            continue;
        if (!last_target || plan_period_compare(f->period, last_target->period) <= 0)
            best = f;
    }
    return best;
}

/* What is aimed at for the plan's own years, while nothing is measured yet. */
static const struct plan_figure *own_target(const struct plan *plan, struct rows rows, enum plan_figure_kind kind)
{
    const struct plan_figure *own = plan->period ? at_or_after(rows, kind, plan->period) : NULL;
    return own ? own : newest(rows, kind);
}

int plan_measure_direction(const struct plan_measure *m)
{
    return m->better == PLAN_BETTER_HIGHER ? 1 : m->better == PLAN_BETTER_LOWER ? -1 : 0;
}

/* Above 0 when a is better than b, 0 when they are equal or nobody says what is better. */
static int compare(const struct plan_measure *m, const struct plan_figure *a, const struct plan_figure *b)
{
    return decimal_compare(a->value, b->value) * plan_measure_direction(m);
}

struct plan_evidence plan_measure_evidence(const struct plan *plan, const struct plan_measure *m)
{
    struct rows rows = rows_of(plan, m->id);
    struct plan_evidence e = { .baseline = newest(rows, PLAN_BASELINE) };
    e.actual = find_actual(rows, e.baseline);
    if (e.actual) {
        e.target = at_or_after(rows, PLAN_TARGET, e.actual->period);
        e.forecast = at_or_after(rows, PLAN_FORECAST, e.actual->period);
    } else {
        e.target = own_target(plan, rows, PLAN_TARGET);
        e.forecast = own_target(plan, rows, PLAN_FORECAST);
    }
    if (m->than && e.actual)
        e.other = plan_figures_lookup(plan->figures, m->than, PLAN_ACTUAL, e.actual->period);
    else if (m->than && e.baseline)
        e.other = plan_figures_lookup(plan->figures, m->than, PLAN_BASELINE, e.baseline->period);
    if (e.other && e.other->missing)
        e.other = NULL;
    e.target_beyond = e.target && e.baseline && compare(m, e.target, e.baseline) < 0;
    return e;
}

/* ---- one measure ----------------------------------------------------------------------------------------- */

/* Is there a number to be judged by at all? */
static bool has_yardstick(const struct plan_measure *m, const struct plan_evidence *e)
{
    switch (m->aim) {
    case PLAN_NO_AIM:
        return false;
    case PLAN_KEEP:
        return e->baseline && m->better != PLAN_BETTER_UNKNOWN;
    case PLAN_BEAT:
        return m->than && m->better != PLAN_BETTER_UNKNOWN;
    case PLAN_RAISE:
    case PLAN_LOWER:
    case PLAN_AT_MOST:
    case PLAN_AT_LEAST:
    case PLAN_REACH:
        break;
    }
    return e->target != NULL;
}

static bool is_reached(const struct plan_measure *m, const struct plan_evidence *e)
{
    switch (m->aim) {
    case PLAN_KEEP:
        return compare(m, e->actual, e->baseline) >= 0;
    case PLAN_BEAT:
        return compare(m, e->actual, e->other) > 0;
    case PLAN_REACH:
        return decimal_compare(e->actual->value, e->target->value) == 0;
    case PLAN_RAISE:
    case PLAN_LOWER:
    case PLAN_AT_MOST:
    case PLAN_AT_LEAST:
    case PLAN_NO_AIM:
        break;
    }
    return compare(m, e->actual, e->target) >= 0;
}

static bool is_nearer(struct decimal actual, struct decimal baseline, struct decimal target)
{
    struct decimal now, then;
    return decimal_subtract(actual, target, &now) && decimal_subtract(baseline, target, &then) &&
           decimal_compare(decimal_absolute(now), decimal_absolute(then)) < 0;
}

static bool is_on_the_way(const struct plan_measure *m, const struct plan_evidence *e)
{
    if (m->aim == PLAN_REACH)
        return e->baseline && is_nearer(e->actual->value, e->baseline->value, e->target->value);
    if (e->baseline && compare(m, e->actual, e->baseline) > 0)
        return true;
    return e->target_beyond && e->forecast && compare(m, e->actual, e->forecast) > 0;
}

enum plan_state plan_measure_state(const struct plan *plan, const struct plan_measure *m)
{
    struct plan_evidence e = plan_measure_evidence(plan, m);
    if (!has_yardstick(m, &e))
        return PLAN_NO_TARGET;
    if (!e.actual || (m->aim == PLAN_BEAT && !e.other))
        return PLAN_NOT_MEASURED;
    return is_reached(m, &e) ? PLAN_REACHED : is_on_the_way(m, &e) ? PLAN_ON_THE_WAY : PLAN_NOT_REACHED;
}

/* ---- the reason ------------------------------------------------------------------------------------------ */

static enum plan_reason why_reached(const struct plan_measure *m)
{
    switch (m->aim) {
    case PLAN_KEEP:
        return PLAN_IS_KEPT;
    case PLAN_BEAT:
        return PLAN_BEATS;
    case PLAN_REACH:
        return PLAN_IS_TARGET;
    case PLAN_RAISE:
    case PLAN_LOWER:
    case PLAN_AT_MOST:
    case PLAN_AT_LEAST:
    case PLAN_NO_AIM:
        break;
    }
    return plan_measure_direction(m) > 0 ? PLAN_AT_LEAST_TARGET : PLAN_AT_MOST_TARGET;
}

static enum plan_reason why_on_the_way(const struct plan_measure *m, const struct plan_evidence *e)
{
    if (m->aim == PLAN_REACH)
        return PLAN_NEARER;
    if (m->aim == PLAN_BEAT)
        return PLAN_BEHIND_BUT_BETTER;
    return e->baseline && compare(m, e->actual, e->baseline) > 0 ? PLAN_BETTER_THAN_BASELINE : PLAN_BETTER_THAN_FORECAST;
}

static enum plan_reason why_not_reached(const struct plan_measure *m, const struct plan_evidence *e)
{
    if (m->aim == PLAN_KEEP)
        return PLAN_NOT_KEPT;
    if (m->aim == PLAN_BEAT)
        return PLAN_BEHIND;
    if (!e->baseline)
        return PLAN_MISSED;
    if (m->aim == PLAN_REACH)
        return PLAN_NOT_NEARER;
    return !e->target_beyond ? PLAN_NOT_BETTER : e->forecast ? PLAN_WORSE_THAN_FORECAST : PLAN_MISSED;
}

enum plan_reason plan_measure_reason(const struct plan *plan, const struct plan_measure *m)
{
    struct plan_evidence e = plan_measure_evidence(plan, m);
    switch (plan_measure_state(plan, m)) {
    case PLAN_REACHED:
        return why_reached(m);
    case PLAN_ON_THE_WAY:
        return why_on_the_way(m, &e);
    case PLAN_NOT_REACHED:
        return why_not_reached(m, &e);
    case PLAN_NOT_MEASURED:
        return e.actual ? PLAN_OTHER_NOT_MEASURED : PLAN_NOTHING_NEWER;
    case PLAN_NO_TARGET:
        break;
    }
    return PLAN_NO_NUMBER;
}

const char *plan_reason_name(enum plan_reason reason)
{
    static const char *const names[PLAN_REASONS] = {
        "at-least-target", "at-most-target", "is-target", "is-kept", "beats",
        "better-than-baseline", "better-than-forecast", "nearer", "behind-but-better",
        "not-better", "missed", "worse-than-forecast", "not-nearer", "not-kept", "behind",
        "nothing-newer", "other-not-measured", "no-number",
    };
    return names[reason];
}

/* ---- goals ----------------------------------------------------------------------------------------------- */

enum plan_state plan_goal_state(const struct plan *plan, const struct plan_goal *goal)
{
    int n[PLAN_NO_TARGET + 1] = { 0 }, judged = 0;
    for (const struct plan_measure *m = goal->measures; m; m = m->next) {
        enum plan_state state = plan_measure_state(plan, m);
        n[state]++;
        judged += state != PLAN_NO_TARGET;         /* those without a number count only if all lack one */
    }
    if (!judged)
        return PLAN_NO_TARGET;
    if (n[PLAN_REACHED] == judged)
        return PLAN_REACHED;
    if (n[PLAN_REACHED] || n[PLAN_ON_THE_WAY])
        return PLAN_ON_THE_WAY;
    return n[PLAN_NOT_REACHED] ? PLAN_NOT_REACHED : PLAN_NOT_MEASURED;
}

const char *plan_state_name(enum plan_state state)
{
    static const char *const names[] = { "reached", "on-the-way", "not-reached", "not-measured", "no-target" };
    return names[state];
}

bool plan_has_status(const struct plan *plan)
{
    for (size_t i = 0; i < plan->goal_count; i++)
        for (const struct plan_measure *m = plan->goals[i]->measures; m; m = m->next)
            if (plan_measure_evidence(plan, m).actual)
                return true;
    return false;
}
