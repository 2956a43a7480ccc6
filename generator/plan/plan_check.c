/* Rules across the plan: references that lead somewhere, figures that nobody uses, goals with the same number. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "plan/plan_internal.h"

/* ---- references ------------------------------------------------------------------------------------------ */

static bool is_area(const struct plan_id *id)
{
    return id->kind == ID_PART && ((const struct plan_part *)id->what)->kind == PLAN_FOCUS_AREA;
}

static bool is_figure(const struct plan_reader *r, const char *id)
{
    size_t n;
    plan_figures_of(r->plan->figures, id, &n);
    return n > 0;
}

static const char *nearest_area(const struct plan_reader *r, const char *id)
{
    const char *nearest = NULL;
    int most = plan_most_changes(id);
    for (size_t i = 0; i < r->area_count; i++) {
        int d = r->areas[i]->id ? plan_distance(id, r->areas[i]->id, most) : most + 1;
        if (d > most)
            continue;
        nearest = r->areas[i]->id;
        most = d - 1;
    }
    return nearest;
}

static void tell_wrong_kind(struct plan_reader *r, const struct plan_reference *ref, const struct plan_id *id)
{
    const char *wanted = ref->kind == REFERENCE_AREA ? _("a focus area") : _("a measure");
    diag_error(r->diag, ref->at, "E203", _("%s of <%s>%s names \"%s\", which is <%s> and not %s"), ref->attribute,
               ref->element, plan_in(r, ref->part), ref->id, id->element, wanted);
    diag_remedy(r->diag, _("name the id of %s"), wanted);
}

static void tell_nowhere(struct plan_reader *r, const struct plan_reference *ref)
{
    int kind = ref->kind == REFERENCE_FIGURE ? ID_MEASURE : ref->kind == REFERENCE_TITLED ? -1 : ref->kind;
    const char *near = ref->kind == REFERENCE_AREA ? nearest_area(r, ref->id)
                                                   : plan_guess_id(r, ref->id, kind);
    if (!near && ref->kind == REFERENCE_FIGURE)
        near = plan_guess_figure(r, ref->id);
    diag_error(r->diag, ref->at, "E202", _("%s of <%s>%s names \"%s\", and nothing has this id"), ref->attribute,
               ref->element, plan_in(r, ref->part), ref->id);
    if (near)
        diag_remedy(r->diag, _("did you mean \"%s\"?"), near);
    else
        diag_remedy(r->diag, _("name an id that stands in the plan"));
}

static void tell_wordless(struct plan_reader *r, const struct plan_reference *ref, const struct plan_id *id)
{
    diag_error(r->diag, ref->at, "E230", _("<%s>%s is empty, and \"%s\" has no title to stand for its words"), ref->element,
               plan_in(r, ref->part), ref->id);
    diag_remedy(r->diag, _("write the words into <%s>, or give the <%s> at line %d a title"), ref->element, id->element, id->at.line);
}

/* What an empty reference to it prints. */
static bool has_title(const struct plan_id *id)
{
    if (id->kind == ID_PART)
        return ((const struct plan_part *)id->what)->title;
    return id->kind == ID_GOAL || id->kind == ID_MEASURE || id->block->title || (id->block->kind == PLAN_PICTURE && id->block->text);
}

static void check_reference(struct plan_reader *r, const struct plan_reference *ref)
{
    const struct plan_id *id = plan_ids_lookup(&r->model->ids, ref->id);
    if (ref->kind == REFERENCE_FIGURE && is_figure(r, ref->id))
        return;
    if (!id)
        tell_nowhere(r, ref);
    else if (ref->kind == REFERENCE_TITLED) {
        if (!has_title(id))
            tell_wordless(r, ref, id);
    } else if (ref->kind == REFERENCE_AREA ? !is_area(id) : ref->kind >= 0 && id->kind != ID_MEASURE)
        tell_wrong_kind(r, ref, id);
}

/* ---- goals' numbers -------------------------------------------------------------------------------------- */

static int by_number(const void *x, const void *y)
{
    const struct plan_goal *a = *(const struct plan_goal *const *)x, *b = *(const struct plan_goal *const *)y;
    int order = strcmp(a->number, b->number);
    if (order)
        return order;
    return a->at.line != b->at.line ? a->at.line - b->at.line : a->at.column - b->at.column;
}

static void check_goal_numbers(struct plan_reader *r)
{
    const struct plan_goal **numbered = mem_alloc(r->goal_count * sizeof *numbered);
    size_t n = 0;
    for (size_t i = 0; i < r->goal_count; i++)
        if (r->goals[i]->number)
            numbered[n++] = r->goals[i];
    if (n)
        qsort(numbered, n, sizeof *numbered, by_number);
    for (size_t i = 1; i < n; i++) {
        if (strcmp(numbered[i - 1]->number, numbered[i]->number) != 0)
            continue;
        diag_warning(r->diag, numbered[i]->at, "W212", _("two goals have the number %s; the other one is at line %d"),
                     numbered[i]->number, numbered[i - 1]->at.line);
        diag_remedy(r->diag, _("number the goals through the whole plan"));
    }
    mem_free(numbered);
}

/* ---- figures that nobody uses ---------------------------------------------------------------------------- */

static int by_text(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* The ids that measures, text, circles, comparisons and derived figures name, sorted. */
static const char **used_ids(struct plan_reader *r, size_t *n)
{
    const char **ids =
        mem_alloc((r->measure_count + r->use_count + r->reference_count + r->operand_count) * sizeof *ids);
    *n = 0;
    for (size_t i = 0; i < r->measure_count; i++)
        if (r->measures[i]->id)
            ids[(*n)++] = r->measures[i]->id;
    for (size_t i = 0; i < r->use_count; i++)
        ids[(*n)++] = r->uses[i].use->id;
    for (size_t i = 0; i < r->reference_count; i++)
        if (r->references[i].kind == REFERENCE_FIGURE)
            ids[(*n)++] = r->references[i].id;
    for (size_t i = 0; i < r->operand_count; i++)
        ids[(*n)++] = r->operands[i];
    if (*n)
        qsort(ids, *n, sizeof *ids, by_text);
    return ids;
}

static void check_unused(struct plan_reader *r)
{
    size_t n;
    const char **used = used_ids(r, &n), *last = "";
    const struct plan_figures *figures = r->plan->figures;
    for (size_t i = 0; i < figures->count; i++) {
        const struct plan_figure *f = figures->sorted[i];
        if (!strcmp(f->id, last))
            continue;                      /* once for an id, at its first row */
        last = f->id;
        if (n && bsearch(&f->id, used, n, sizeof *used, by_text))
            continue;
        diag_warning(r->diag, f->at, "W210", _("the figure \"%s\" is not used in the plan"), f->id);
        const char *near = plan_guess_id(r, f->id, ID_MEASURE);
        if (f->derived)
            diag_remedy(r->diag, _("show it with <figure-value> or <key-figure>, or take it out"));
        else if (near && !is_figure(r, near))
            diag_remedy(r->diag, _("did you mean the measure \"%s\"?"), near);
        else
            diag_remedy(r->diag, _("show it, or take its rows out"));
    }
    mem_free(used);
}

void plan_check(struct plan_reader *r)
{
    for (size_t i = 0; i < r->reference_count; i++)
        check_reference(r, &r->references[i]);
    check_goal_numbers(r);
    if (r->is_valid)                       /* else part of the plan was not understood, and may well use them */
        check_unused(r);
}
