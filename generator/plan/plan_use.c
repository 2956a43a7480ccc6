/* Figures named in prose, circles and charts: which row is meant. */
#include <string.h>

#include "base/i18n.h"
#include "plan/plan_internal.h"

/* "no actual for 2020", for messages. */
static const char *describe(struct plan_reader *r, int kind, const char *period)
{
    static const char *const of_kind[] = { N_("no actual"), N_("no baseline"), N_("no target"), N_("no forecast") };
    const char *what = kind < 0 ? _("no row") : gettext(of_kind[kind]);
    return period ? arena_printf(r->arena, _("%s for %s"), what, period) : what;
}

static bool is_in_table(const struct plan_reader *r, const char *id)
{
    size_t n;
    plan_figures_of(r->plan->figures, id, &n);
    return n > 0;
}

static void tell_absent(struct plan_reader *r, const struct plan_named *named, int kind, const char *period)
{
    const struct plan_figure_use *use = named->use;
    const char *file = plan_figures_file(r->plan->figures), *in = plan_in(r, named->part);
    file = file ? file : "figures.csv";
    if (is_in_table(r, use->id)) {
        diag_error(r->diag, use->at, "E204", _("the figure \"%s\"%s has %s"), use->id, in, describe(r, kind, period));
        diag_remedy(r->diag, _("add the row to %s, or name another period or kind"), file);
        return;
    }
    if (plan_find_derived(r, use->id))
        return;                            /* told where it is worked out */
    const char *near = plan_guess_figure(r, use->id);
    diag_error(r->diag, use->at, "E204", _("there is no figure \"%s\"%s"), use->id, in);
    if (near)
        diag_remedy(r->diag, _("did you mean \"%s\"?"), near);
    else
        diag_remedy(r->diag, _("add a row with this id to %s"), file);
}

static const struct plan_figure *resolve(struct plan_reader *r, const struct plan_named *named, int kind,
                                         const char *period)
{
    const struct plan_figure *figure = plan_figures_lookup(r->plan->figures, named->use->id, kind, period);
    if (!figure)
        tell_absent(r, named, kind, period);
    return figure;
}

/* The newest row of that kind that lies before `end`; rows are sorted by period. */
static const struct plan_figure *newest_before(struct plan_reader *r, const char *id, enum plan_figure_kind kind,
                                               const struct plan_figure *end)
{
    size_t n;
    const struct plan_figure *const *of = plan_figures_of(r->plan->figures, id, &n);
    while (n--)
        if (of[n]->kind == kind && (!end || plan_period_compare(of[n]->period, end->period) < 0))
            return of[n];
    return NULL;
}

/* Where a change ends when nothing says it: the newest actual; a newer baseline, which was measured after it; else the
   target. */
static const struct plan_figure *default_end(struct plan_reader *r, const struct plan_named *named)
{
    const char *id = named->use->id;
    const struct plan_figure *actual = plan_figures_lookup(r->plan->figures, id, PLAN_ACTUAL, NULL);
    const struct plan_figure *baseline = plan_figures_lookup(r->plan->figures, id, PLAN_BASELINE, NULL);
    if (actual && baseline && plan_period_compare(baseline->period, actual->period) > 0)
        return baseline;
    return actual ? actual : resolve(r, named, PLAN_TARGET, NULL);
}

/* Where a change begins when nothing says it: the baseline, else the actual before the end. */
static const struct plan_figure *default_start(struct plan_reader *r, const struct plan_named *named)
{
    const struct plan_figure_use *use = named->use;
    const struct plan_figure *start = newest_before(r, use->id, PLAN_BASELINE, use->to);
    if (!start)
        start = newest_before(r, use->id, PLAN_ACTUAL, use->to);
    if (start || !use->to)
        return start;                      /* without an end, that was told */
    diag_error(r->diag, use->at, "E204", _("the figure \"%s\"%s has nothing before %s to compare with"), use->id,
               plan_in(r, named->part), *use->to->period ? use->to->period : plan_kind_words(use->to->kind));
    diag_remedy(r->diag, _("add a baseline or an earlier actual, or name both ends with from and to"));
    return NULL;
}

static void resolve_change(struct plan_reader *r, const struct plan_named *named)
{
    struct plan_figure_use *use = named->use;
    bool has_end = use->to_period || use->to_kind >= 0, has_start = use->from_period || use->from_kind >= 0;
    if (!is_in_table(r, use->id)) {
        tell_absent(r, named, -1, NULL);
        return;
    }
    use->to = has_end ? resolve(r, named, use->to_kind, use->to_period) : default_end(r, named);
    use->from = has_start ? resolve(r, named, use->from_kind, use->from_period) : default_start(r, named);
    use->figure = use->to;
}

void plan_resolve_uses(struct plan_reader *r)
{
    for (size_t i = 0; i < r->use_count; i++) {
        struct plan_figure_use *use = r->uses[i].use;
        if (use->form == PLAN_FORM_DIFFERENCE)
            resolve_change(r, &r->uses[i]);
        else
            use->figure = resolve(r, &r->uses[i], use->kind, use->period);
    }
}
