#include "year/worklist.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "plan/state.h"
#include "year/words.h"

enum { WIDE = 100 };           /* characters a line */

struct point {
    enum year_section section;
    const struct xml_node *node;
    const char *about, *text;
    struct point *next;
};

struct year_worklist {
    struct arena *arena;
    struct point *first, **end;
};

struct year_worklist *year_worklist_new(struct arena *arena)
{
    struct year_worklist *list = arena_new_of(arena, struct year_worklist);
    *list = (struct year_worklist){ .arena = arena };
    list->end = &list->first;
    return list;
}

void year_worklist_add(struct year_worklist *list, enum year_section section, const struct xml_node *node,
                       const char *about, const char *text)
{
    struct point *point = arena_new_of(list->arena, struct point);
    *point = (struct point){ section, node, about ? arena_strdup(list->arena, about) : NULL, arena_strdup(list->arena, text),
                             NULL };
    *list->end = point;
    list->end = &point->next;
}

/* ---- what became of the goals ------------------------------------------------------------------------------------------ */

static const char *state_words(enum plan_state state)
{
    const char *const words[] = { [PLAN_REACHED] = _("reached"), [PLAN_ON_THE_WAY] = _("on the way"),
                                  [PLAN_NOT_REACHED] = _("not reached"), [PLAN_NOT_MEASURED] = _("not measured"),
                                  [PLAN_NO_TARGET] = _("no target number") };
    return words[state];
}

static const char *reason_words(enum plan_reason reason)
{
    static const char *const words[PLAN_REASONS] = {
        [PLAN_AT_LEAST_TARGET] = N_("{actual} in {period} is at least the target, {target}"),
        [PLAN_AT_MOST_TARGET] = N_("{actual} in {period} is at most the target, {target}"),
        [PLAN_IS_TARGET] = N_("{actual} in {period} is the target"),
        [PLAN_IS_KEPT] = N_("{actual} in {period} is not worse than the baseline, {baseline}"),
        [PLAN_BEATS] = N_("{actual} in {period} is better than {other}"),
        [PLAN_BETTER_THAN_BASELINE] = N_("{actual} in {period} is better than the baseline, {baseline}, but the target was {target}"),
        [PLAN_BETTER_THAN_FORECAST] = N_("{actual} in {period} is better than the forecast, {forecast}, but the target was {target}"),
        [PLAN_NEARER] = N_("{actual} in {period} is nearer to the target, {target}, than the baseline, {baseline}"),
        [PLAN_BEHIND_BUT_BETTER] = N_("{actual} in {period} is better than the baseline, {baseline}, but not better than {other}"),
        [PLAN_NOT_BETTER] = N_("{actual} in {period} is not better than the baseline, {baseline}; the target was {target}"),
        [PLAN_MISSED] = N_("{actual} in {period} misses the target, {target}"),
        [PLAN_WORSE_THAN_FORECAST] = N_("{actual} in {period} misses the target, {target}, and is not better than the forecast, {forecast}"),
        [PLAN_NOT_NEARER] = N_("{actual} in {period} is not nearer to the target, {target}, than the baseline, {baseline}"),
        [PLAN_NOT_KEPT] = N_("{actual} in {period} is worse than the baseline, {baseline}"),
        [PLAN_BEHIND] = N_("{actual} in {period} is better neither than {other} nor than the baseline, {baseline}"),
        [PLAN_NOTHING_NEWER] = N_("there is no figure after the baseline, {baseline}; the target was {target}"),
        [PLAN_OTHER_NOT_MEASURED] = N_("{actual} in {period}, but what it is compared with is not measured"),
        [PLAN_NO_NUMBER] = N_("there is no number to judge by"),
    };
    return _(words[reason]);
}

static const char *said(struct arena *arena, const struct plan_figure *figure)
{
    struct buf b = BUF_EMPTY;
    year_say_figure(&b, figure);
    char *text = arena_strdup(arena, b.length ? b.data : _("words"));
    buf_free(&b);
    return text;
}

static void put_reason(const struct year_worklist *list, const struct plan *judged, const struct plan_measure *m,
                       struct buf *out)
{
    struct plan_evidence e = plan_measure_evidence(judged, m);
    const char *pairs[] = { "actual", said(list->arena, e.actual), "period", e.actual ? e.actual->period : "",
                            "target", said(list->arena, e.target), "baseline", said(list->arena, e.baseline),
                            "forecast", said(list->arena, e.forecast), "other", said(list->arena, e.other), NULL };
    buf_put_filled(out, reason_words(plan_measure_reason(judged, m)), pairs);
}

static size_t measures_of(const struct plan_goal *goal)
{
    size_t n = 0;
    for (const struct plan_measure *m = goal->measures; m; m = m->next)
        n += m->comparison_of == NULL;
    return n;
}

static void put_goal(const struct year_worklist *list, const struct plan *judged, const struct plan_goal *goal,
                     struct buf *out)
{
    struct buf line = BUF_EMPTY;
    buf_printf(&line, "%s: %s", year_goal_name(goal, list->arena), state_words(plan_goal_state(judged, goal)));
    buf_put_wrapped(out, line.data, 0, 4, WIDE);
    bool several = measures_of(goal) > 1;
    for (const struct plan_measure *m = goal->measures; m; m = m->next) {
        if (m->comparison_of)
            continue;
        buf_clear(&line);
        if (several)
            buf_printf(&line, "%s: %s; ", m->id, state_words(plan_measure_state(judged, m)));
        put_reason(list, judged, m, &line);
        buf_puts(out, "    ");
        buf_put_wrapped(out, line.data, 4, 4, WIDE);
    }
    buf_free(&line);
}

static void put_judgement(const struct year_worklist *list, const struct plan *judged, struct buf *out)
{
    size_t n[PLAN_NO_TARGET + 1] = { 0 };
    for (size_t i = 0; i < judged->goal_count; i++)
        n[plan_goal_state(judged, judged->goals[i])]++;
    buf_printf(out, _("%zu goals"), judged->goal_count);
    for (int state = 0; state <= PLAN_NO_TARGET; state++)
        if (n[state])
            buf_printf(out, "%s %zu %s", state ? "," : ":", n[state], state_words((enum plan_state)state));
    buf_puts(out, "\n\n");
    for (size_t i = 0; i < judged->goal_count; i++)
        put_goal(list, judged, judged->goals[i], out);
}

/* ---- the list ------------------------------------------------------------------------------------------------------------ */

static const struct {
    const char *heading, *help;
} sections[YEAR_SECTIONS] = {
    [YEAR_TO_DECIDE] = { N_("2. Decide: targets, reasons, notes"),
                         N_("A target that is decided is a row in figures.csv; then take its <target> out of plan.xml.") },
    [YEAR_TO_READ] = { N_("3. Read: texts that are last year's"),
                       N_("Take the attribute review away when a text is right.") },
    [YEAR_TO_CHECK] = { N_("4. Check: years that did not move by themselves"),
                        N_("A year in <year>…</year> moves by itself from now on.") },
    [YEAR_OLD_NUMBERS] = { N_("5. Find: figures without a newer one"), NULL },
    [YEAR_CHANGED] = { N_("6. Done by the program"), NULL },
};

static void put_point(const struct point *p, const struct xml_edit *edit, struct buf *out)
{
    struct buf line = BUF_EMPTY;
    const char *box = p->section == YEAR_CHANGED ? "- " : "[ ] ";
    size_t indent = p->about ? 4 : 0, hang = indent + strlen(box);
    if (p->node)
        buf_printf(&line, _("line %d: "), xml_edit_line(edit, p->node));
    buf_puts(&line, p->text);
    buf_printf(out, "%*s%s", (int)indent, "", box);
    buf_put_wrapped(out, line.data, hang, hang, WIDE);
    buf_free(&line);
}

static void put_section(const struct year_worklist *list, enum year_section section, const struct xml_edit *edit,
                        struct buf *out)
{
    const struct point *last = NULL;
    for (const struct point *p = list->first; p; p = p->next) {
        if (p->section != section)
            continue;
        if (!last) {
            buf_put_heading(out, _(sections[section].heading));
            if (sections[section].help)
                buf_printf(out, "%s\n\n", _(sections[section].help));
        }
        if (p->about && (!last || !last->about || strcmp(last->about, p->about)))
            buf_put_wrapped(out, p->about, 0, 4, WIDE);
        put_point(p, edit, out);
        last = p;
    }
}

void year_worklist_write(const struct year_worklist *list, const struct plan *old, const struct plan_figures *merged,
                         const char *period, const struct xml_edit *edit, struct buf *out)
{
    struct plan judged = *old;             /* the same goals, with what has been measured since */
    judged.figures = merged;
    buf_printf(out, _("Work list: %s, from %s to %s\n"), old->title, old->period, period);
    buf_printf(out, "%s\n", _("Lines are those of the new plan.xml as it was made. plantryk check tells what is left."));
    char *heading = arena_printf(list->arena, _("1. What became of the goals of %s"), old->period);
    buf_put_heading(out, heading);
    put_judgement(list, &judged, out);
    for (int section = 0; section < YEAR_SECTIONS; section++)
        put_section(list, (enum year_section)section, edit, out);
}
