/* Goals and their measures. Their numbers are rows of the table of figures; here stand aim, unit and words. */
#include <string.h>

#include "base/i18n.h"
#include "plan/plan_internal.h"

static const struct plan_words *read_words(struct plan_reader *r, const struct xml_node *measure, const char *name)
{
    const struct plan_words *first = NULL, **tail = &first;
    int count = 0;
    for (const struct xml_node *node = xml_first(measure); node; node = xml_next(node)) {
        if (!plan_is(node, name))
            continue;
        if (++count > PLAN_MAX_WORDS) {
            diag_error(r->diag, plan_at(r, node), "E217", _("the measure has more than %d <%s>, the limit"),
                       PLAN_MAX_WORDS, name);
            diag_remedy(r->diag, _("numbers belong in the table of figures"));
            break;
        }
        struct plan_words *words = arena_new_of(r->arena, struct plan_words);
        const char *period = plan_period_attribute(r, node, "period");
        words->period = period ? period : "";
        words->at = plan_at(r, node);
        words->text = plan_read_inline(r, node);
        *tail = words;
        tail = &words->next;
    }
    return first;
}

/* Which way is good: what the aim says, else what is declared, else a rank's nature. */
static enum plan_better direction(const struct plan_measure *m, enum plan_better declared)
{
    switch (m->aim) {
    case PLAN_RAISE:
    case PLAN_AT_LEAST:
        return PLAN_BETTER_HIGHER;
    case PLAN_LOWER:
    case PLAN_AT_MOST:
        return PLAN_BETTER_LOWER;
    case PLAN_REACH:
    case PLAN_KEEP:
    case PLAN_BEAT:
    case PLAN_NO_AIM:
        break;
    }
    return declared == PLAN_BETTER_UNKNOWN && m->unit == PLAN_RANK ? PLAN_BETTER_LOWER : declared;
}

static void check_better(struct plan_reader *r, const struct xml_node *node, const struct plan_measure *m,
                         enum plan_better declared)
{
    bool is_needed = m->aim == PLAN_KEEP || m->aim == PLAN_BEAT;
    if (is_needed && m->better == PLAN_BETTER_UNKNOWN) {
        diag_error(r->diag, m->at, "E218", _("aim=\"%s\" does not say whether a lower or a higher number is better"),
                   xml_attribute(node, "aim"));
        diag_remedy(r->diag, _("add better=\"lower\" or better=\"higher\""));
    }
    if (declared != PLAN_BETTER_UNKNOWN && declared != m->better) {
        diag_error(r->diag, m->at, "E218", _("aim=\"%s\" and better=\"%s\" contradict each other"),
                   xml_attribute(node, "aim"), xml_attribute(node, "better"));
        diag_remedy(r->diag, _("take out better, or correct the aim"));
    }
}

static void check_than(struct plan_reader *r, const struct xml_node *node, const struct plan_measure *m)
{
    if (m->aim == PLAN_BEAT && !m->than) {
        diag_error(r->diag, m->at, "E218", _("aim=\"beat\" does not say what to be better than"));
        diag_remedy(r->diag, _("name the other measure: than=\"its-id\""));
    } else if (m->aim != PLAN_BEAT && m->than && xml_attribute(node, "aim")) {
        diag_error(r->diag, m->at, "E218", _("than says nothing here, for the aim is not beat"));
        diag_remedy(r->diag, _("write aim=\"beat\", or take out than"));
    } else if (m->than && m->id && !strcmp(m->than, m->id)) {
        diag_error(r->diag, m->at, "E218", _("the measure \"%s\" is compared with itself"), m->id);
        diag_remedy(r->diag, _("name another measure"));
    }
}

static struct plan_measure *read_measure(struct plan_reader *r, const struct xml_node *node)
{
    static const char *const units[] = { "percent", "count", "rank", "points", NULL };
    static const char *const aims[] = { "raise", "lower", "at-most", "at-least", "reach",
                                        "keep",  "beat",  "none",    NULL };
    static const char *const betters[] = { "", "lower", "higher", NULL };
    struct plan_measure *m = arena_new_of(r->arena, struct plan_measure);
    m->id = plan_attribute(r, node, "id");
    m->at = plan_at(r, node);
    m->unit = (enum plan_unit)plan_choice(node, "unit", units, -1);
    m->aim = (enum plan_aim)plan_choice(node, "aim", aims, PLAN_NO_AIM);
    m->than = plan_attribute(r, node, "than");
    m->comparison_of = plan_attribute(r, node, "compares-with");
    enum plan_better declared = (enum plan_better)plan_choice(node, "better", betters, PLAN_BETTER_UNKNOWN);
    m->better = direction(m, declared);
    check_better(r, node, m, declared);
    check_than(r, node, m);
    m->title = plan_read_child(r, node, "title");
    m->label = plan_read_child(r, node, "label");
    m->baseline_words = read_words(r, node, "baseline");
    m->target_words = read_words(r, node, "target");
    m->reason = plan_read_child(r, node, "reason");
    m->note = plan_read_child(r, node, "note");
    m->status = plan_read_child(r, node, "status");
    plan_add_id(r, m->id, ID_MEASURE, m, node);
    if (m->than)
        plan_add_reference(r, m->than, REFERENCE_FIGURE, "than", node);
    if (m->comparison_of)
        plan_add_reference(r, m->comparison_of, ID_MEASURE, "compares-with", node);
    VEC_GROW(r->measures, r->measure_capacity, r->measure_count + 1);
    return r->measures[r->measure_count++] = m;
}

static bool has_title(const struct plan_goal *goal)
{
    if (goal->title)
        return true;
    for (const struct plan_measure *m = goal->measures; m; m = m->next)
        if (m->title)
            return true;
    return false;
}

static struct plan_goal *read_goal(struct plan_reader *r, const struct xml_node *node, const struct plan_part *group)
{
    struct plan_goal *goal = arena_new_of(r->arena, struct plan_goal);
    goal->id = plan_attribute(r, node, "id");
    goal->number = plan_attribute(r, node, "number");
    goal->group = group;
    goal->at = plan_at(r, node);
    plan_add_id(r, goal->id, ID_GOAL, goal, node);
    r->goal = goal;
    goal->title = plan_read_child(r, node, "title");
    goal->note = plan_read_child(r, node, "note");
    const struct plan_measure **tail = &goal->measures;
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child)) {
        if (!plan_is(child, "measure"))
            continue;
        struct plan_measure *m = read_measure(r, child);
        *tail = m;
        tail = &m->next;
    }
    r->goal = NULL;
    if (!has_title(goal) && !xml_child(node, "title")) {
        diag_error(r->diag, goal->at, "E226", _("the goal \"%s\" has no title, and neither has any of its measures"),
                   goal->id ? goal->id : "");
        diag_remedy(r->diag, _("write what the goal is in <title>"));
    }
    return goal;
}

const struct plan_goal *plan_read_goals(struct plan_reader *r, const struct xml_node *node,
                                        const struct plan_part *group)
{
    const struct plan_goal *first = NULL, **tail = &first;
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child)) {
        if (!plan_is(child, "goal"))
            continue;
        if (r->goal_count >= PLAN_MAX_GOALS) {
            diag_error(r->diag, plan_at(r, child), "E217", _("the plan has more than %d goals, the limit"),
                       PLAN_MAX_GOALS);
            diag_remedy(r->diag, _("split the plan"));
            break;
        }
        struct plan_goal *goal = read_goal(r, child, group);
        VEC_GROW(r->goals, r->goal_capacity, r->goal_count + 1);
        r->goals[r->goal_count++] = goal;
        *tail = goal;
        tail = &goal->next;
    }
    return first;
}
