/* Measures against their figures: units, words beside numbers, aims that numbers contradict, slips of the comma. */
#include <string.h>

#include "base/i18n.h"
#include "plan/plan_internal.h"

enum { JUMP = 5, NOTICEABLE_POINTS = 2 };          /* a target five times its baseline is a slip of the comma more often
                                                      than a plan; a change of two points never is */

struct rows {
    const struct plan_figure *const *items;
    size_t count;
};

static struct rows rows_of(const struct plan_reader *r, const struct plan_measure *m)
{
    struct rows rows = { NULL, 0 };
    if (m->id)
        rows.items = plan_figures_of(r->plan->figures, m->id, &rows.count);
    return rows;
}

/* The newest baseline that is a number. */
static const struct plan_figure *baseline_of(struct rows rows)
{
    const struct plan_figure *best = NULL;
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i]->kind == PLAN_BASELINE && !rows.items[i]->missing &&
            (!best || plan_period_compare(rows.items[i]->period, best->period) >= 0))
            best = rows.items[i];
    return best;
}

static bool has_kind(struct rows rows, enum plan_figure_kind kind)
{
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i]->kind == kind && !rows.items[i]->missing)
            return true;
    return false;
}

/* ---- units ----------------------------------------------------------------------------------------------- */

static void check_units(struct plan_reader *r, const struct plan_measure *m, struct rows rows)
{
    if ((int)m->unit < 0)
        return;                            /* no unit of ours: the schema has told that */
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.items[i]->unit == m->unit)
            continue;
        diag_error(r->diag, rows.items[i]->at, "E206", _("\"%s\" is in %s here, but the measure at %s:%d is in %s"),
                   m->id, plan_unit_words(rows.items[i]->unit), m->at.file, m->at.line, plan_unit_words(m->unit));
        diag_remedy(r->diag, _("use the same unit in both places"));
        return;                            /* rows that differ among themselves are told where they are read */
    }
}

/* ---- words and numbers ----------------------------------------------------------------------------------- */

static void check_words(struct plan_reader *r, const struct plan_measure *m, const struct plan_words *words,
                        enum plan_figure_kind kind, struct rows rows)
{
    for (; words; words = words->next) {
        for (const struct plan_words *other = words->next; other; other = other->next) {
            if (!plan_period_same(words->period, other->period))
                continue;
            diag_error(r->diag, other->at, "E205", _("the measure \"%s\" has text for the %s%s twice"), m->id,
                       plan_kind_words(kind), plan_period_text(r, other->period));
            diag_remedy(r->diag, _("keep the text that is right, or give the other one its period"));
        }
        for (size_t i = 0; i < rows.count; i++) {
            /* A row that still waits for its number may have words meanwhile: "to be decided". */
            if (rows.items[i]->kind != kind || rows.items[i]->missing || !plan_period_same(rows.items[i]->period, words->period))
                continue;
            diag_error(r->diag, words->at, "E205",
                       _("the %s of \"%s\"%s is given as text here and as a row at %s:%d"), plan_kind_words(kind),
                       m->id, plan_period_text(r, words->period), rows.items[i]->at.file, rows.items[i]->at.line);
            diag_remedy(r->diag, _("keep the row if there is a number, the text if there is none"));
        }
    }
}

/* ---- numbers that look wrong ----------------------------------------------------------------------------- */

static bool is_jump(struct decimal a, struct decimal b)
{
    struct decimal difference, factor = decimal_from_int(JUMP), product;
    if (decimal_sign(a) <= 0 || decimal_sign(b) <= 0)
        return false;
    struct decimal small = decimal_compare(a, b) < 0 ? a : b, large = decimal_compare(a, b) < 0 ? b : a;
    return decimal_subtract(large, small, &difference) && decimal_multiply(small, factor, &product) &&
           decimal_compare(large, product) >= 0 &&
           decimal_compare(difference, decimal_from_int(NOTICEABLE_POINTS)) > 0;
}

/* The number with its comma one place to the left or right, when that lies near the baseline. */
static bool with_comma_moved(struct decimal value, struct decimal baseline, struct decimal *out)
{
    struct decimal ten = decimal_from_int(10);
    if (decimal_compare(value, baseline) > 0)
        *out = (struct decimal){ value.digits, (uint8_t)(value.scale + 1) };
    else if (!decimal_multiply(value, ten, out))
        return false;
    else if (out->scale > baseline.scale && out->scale)
        *out = decimal_round(*out, out->scale - 1);
    struct decimal twice, half;
    return out->scale <= DECIMAL_MAX_SCALE && decimal_multiply(baseline, decimal_from_int(2), &twice) &&
           decimal_multiply(*out, decimal_from_int(2), &half) && decimal_compare(*out, twice) <= 0 &&
           decimal_compare(half, baseline) >= 0;
}

/* A number of a measure without a reason that is so far from the baseline that a slip of the comma is likelier. */
static bool is_slip(const struct plan_measure *m, const struct plan_figure *f, const struct plan_figure *baseline)
{
    return m->unit == PLAN_PERCENT && !m->reason && is_jump(f->value, baseline->value);
}

static void check_jumps(struct plan_reader *r, const struct plan_measure *m, struct rows rows)
{
    char value[PLAN_NUMBER_TEXT], start[PLAN_NUMBER_TEXT];
    const struct plan_figure *baseline = baseline_of(rows);
    if (!baseline)
        return;
    for (size_t i = 0; i < rows.count; i++) {
        const struct plan_figure *f = rows.items[i];
        struct decimal meant;
        if (f->kind == PLAN_BASELINE || f->missing || !is_slip(m, f, baseline))
            continue;
        diag_error(
            r->diag, f->at, "E207", _("%s%s for \"%s\" is %s percent, its baseline %s percent (shown at %s:%d)"),
            plan_kind_words(f->kind), plan_period_text(r, f->period), m->id, plan_number_text(f->value, value),
            plan_number_text(baseline->value, start), m->at.file, m->at.line);
        if (with_comma_moved(f->value, baseline->value, &meant))
            diag_remedy(r->diag, _("if %s was meant, write %s; if %s is right, say why in <reason>"),
                        plan_number_text(meant, start), start, value);
        else
            diag_remedy(r->diag, _("correct the number; if it is right, say why in <reason>"));
    }
}

/* ---- aims ------------------------------------------------------------------------------------------------ */

static int direction(const struct plan_measure *m)
{
    return m->aim == PLAN_RAISE ? 1 : m->aim == PLAN_LOWER ? -1 : 0;
}

/* A target on the far side of the baseline is sound where something says why: a forecast, or a reason in words. */
static void check_aim(struct plan_reader *r, const struct plan_measure *m, struct rows rows)
{
    char target[PLAN_NUMBER_TEXT], start[PLAN_NUMBER_TEXT];
    const struct plan_figure *baseline = baseline_of(rows);
    if (!direction(m) || !baseline || m->reason || has_kind(rows, PLAN_FORECAST))
        return;
    for (size_t i = 0; i < rows.count; i++) {
        const struct plan_figure *f = rows.items[i];
        if (f->kind != PLAN_TARGET || f->missing || decimal_compare(f->value, baseline->value) * direction(m) >= 0 ||
            is_slip(m, f, baseline))
            continue;
        diag_warning(r->diag, m->at, "W208",
                     direction(m) < 0
                         ? _("the aim of \"%s\" is to lower, but its target %s%s lies above its baseline %s%s")
                         : _("the aim of \"%s\" is to raise, but its target %s%s lies below its baseline %s%s"),
                     m->id, plan_number_text(f->value, target), plan_period_text(r, f->period),
                     plan_number_text(baseline->value, start), plan_period_text(r, baseline->period));
        diag_remedy(r->diag,
                    _("add a forecast to the figures, say why in <reason>, or correct the aim or the numbers"));
    }
}

static void check_percent(struct plan_reader *r)
{
    char value[PLAN_NUMBER_TEXT];
    const struct plan_figures *figures = r->plan->figures;
    for (size_t i = 0; i < figures->count; i++) {
        const struct plan_figure *f = figures->items[i];
        if (f->missing || f->unit != PLAN_PERCENT || f->derived ||
            (decimal_sign(f->value) >= 0 && decimal_compare(f->value, decimal_from_int(100)) <= 0))
            continue;
        diag_warning(r->diag, f->at, "W209", _("\"%s\" is %s percent, which is not between 0 and 100"), f->id,
                     plan_number_text(f->value, value));
        diag_remedy(r->diag, _("a share lies between 0 and 100; is the comma missing, or the unit another one?"));
    }
}

/* ---- numbers that are missing ---------------------------------------------------------------------------- */

static bool needs_target(const struct plan_measure *m)
{
    return m->aim == PLAN_AT_MOST || m->aim == PLAN_AT_LEAST || m->aim == PLAN_REACH;
}

static void check_absent(struct plan_reader *r, const struct plan_measure *m, struct rows rows)
{
    bool needs_baseline = m->aim == PLAN_KEEP;
    enum plan_figure_kind kind = needs_baseline ? PLAN_BASELINE : PLAN_TARGET;
    const struct plan_words *words = needs_baseline ? m->baseline_words : m->target_words;
    if (!m->id || (!needs_baseline && !needs_target(m)) || words)
        return;
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i]->kind == kind)
            return;                        /* also one that is missing: somebody thought of it */
    diag_warning(r->diag, m->at, "W222", _("the measure \"%s\" has no %s to be judged by"), m->id,
                 plan_kind_words(kind));
    diag_remedy(r->diag, _("add the row to the figures, or say in <%s> why there is none"),
                plan_figure_kind_name(kind));
}

void plan_check_measures(struct plan_reader *r)
{
    for (size_t i = 0; i < r->measure_count; i++) {
        const struct plan_measure *m = r->measures[i];
        const struct plan_id *id = plan_ids_lookup(&r->model->ids, m->id);
        struct rows rows = rows_of(r, m);
        if (id && id->what != m)
            continue;                      /* the id is there twice: the rows belong to the other one */
        check_units(r, m, rows);
        check_words(r, m, m->baseline_words, PLAN_BASELINE, rows);
        check_words(r, m, m->target_words, PLAN_TARGET, rows);
        check_aim(r, m, rows);
        check_jumps(r, m, rows);
        check_absent(r, m, rows);
    }
    check_percent(r);
}
