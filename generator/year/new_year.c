#include "year/new_year.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "plan/state.h"
#include "xml/edit.h"
#include "year/move.h"
#include "year/words.h"

enum { PLAN_LIMIT = XML_MAX_BYTES, PICTURE_LIMIT = 256 * 1024 * 1024 };

struct work {
    const struct year_request *request;
    const struct plan *old;
    const struct plan_figures *merged;     /* old and new figures as one table */
    struct arena *arena;
    struct diag *diag;
    struct xml_document *document;
    struct xml_edit *edit;
    struct buf list;                       /* the work list */
    int delta;                             /* years */
};

typedef void visit(struct work *, const struct xml_node *);

/* Every element from `node` on and below, in order. */
static void each(struct work *w, const struct xml_node *node, visit *to)
{
    for (; node; node = xml_next(node)) {
        to(w, node);
        each(w, xml_first(node), to);
    }
}

static bool is(const struct xml_node *node, const char *name)
{
    return !strcmp(xml_name(node), name);
}

static bool is_one_of(const struct xml_node *node, const char *const *names)
{
    for (; *names; names++)
        if (is(node, *names))
            return true;
    return false;
}

/* ---- judging the goals of the year that ends ---------------------------------------------------------------------- */

static void put_evidence(struct work *w, const char *name, const struct plan_figure *figure)
{
    if (!figure)
        return;
    buf_printf(&w->list, ", %s%s%s ", name, *figure->period ? " " : "", figure->period);
    year_put_figure(&w->list, figure);
}

static const char *state_words(enum plan_state state)
{
    const char *const words[] = { [PLAN_REACHED] = _("reached"), [PLAN_ON_THE_WAY] = _("on the way"),
                                  [PLAN_NOT_REACHED] = _("not reached"), [PLAN_NOT_MEASURED] = _("not measured"),
                                  [PLAN_NO_TARGET] = _("no target number") };
    return words[state];
}

static void judge(struct work *w)
{
    struct plan judged = *w->old;          /* the same goals, with what has been measured since */
    judged.figures = w->merged;
    buf_printf(&w->list, _("\nWhat became of the goals of %s\n"), w->old->period);
    for (size_t i = 0; i < judged.goal_count; i++) {
        const struct plan_goal *goal = judged.goals[i];
        buf_printf(&w->list, _("- Goal %s (%s): %s\n"), goal->number ? goal->number : "", goal->id,
                   state_words(plan_goal_state(&judged, goal)));
        for (const struct plan_measure *m = goal->measures; m; m = m->next) {
            struct plan_evidence e = plan_measure_evidence(&judged, m);
            buf_printf(&w->list, "    %s: %s", m->id, state_words(plan_measure_state(&judged, m)));
            put_evidence(w, _("baseline"), e.baseline);
            put_evidence(w, _("target"), e.target);
            put_evidence(w, _("forecast"), e.forecast);
            put_evidence(w, _("actual"), e.actual);
            put_evidence(w, _("compared with"), e.other);
            buf_putc(&w->list, '\n');
        }
    }
}

/* ---- what moves by itself ------------------------------------------------------------------------------------------ */

static void move_content(struct work *w, const struct xml_node *node)
{
    struct buf moved = BUF_EMPTY;
    if (year_move_text(xml_text(node, w->arena), w->delta, &moved))
        xml_edit_set_text(w->edit, node, moved.data);
    buf_free(&moved);
}

static void move_year(struct work *w, const struct xml_node *node)
{
    if (is(node, "year"))
        move_content(w, node);
}

static void move_facts(struct work *w)
{
    static const char *const names[] = { "title", "subtitle", "short-title", NULL };
    for (const struct xml_node *node = xml_first(xml_root(w->document)); node; node = xml_next(node)) {
        if (is(node, "period"))
            xml_edit_set_text(w->edit, node, w->request->period);
        else if (is(node, "adopted"))
            xml_edit_remove(w->edit, node);                /* next year's plan is still to be adopted */
        else if (is_one_of(node, names) && !xml_first(node))
            move_content(w, node);
    }
}

/* A figure that is named with the period of a baseline follows the baseline. */
static void move_figure(struct work *w, const struct xml_node *node)
{
    const char *id = xml_attribute(node, "figure"), *period = xml_attribute(node, "period");
    const char *kind = xml_attribute(node, "kind");
    if (!id || !period || !kind || strcmp(kind, "baseline") || !plan_lookup_measure(w->old, id))
        return;
    const struct plan_figure *moved = year_new_baseline(w->merged, id);
    if (moved)
        xml_edit_set_attribute(w->edit, node, "period", moved->period);
}

/* So does "id@2020@baseline" in the declaration of a derived figure. */
static void move_derived(struct work *w, const struct xml_node *node)
{
    if (!is(node, "derived"))
        return;
    struct buf out = BUF_EMPTY;
    bool changed = false;
    for (const char *s = xml_text(node, w->arena); *s;) {
        size_t n = strcspn(s, " +*/(),"), id = strcspn(s, "@ +*/(),");
        n = n ? n : 1;
        bool baseline = n > 9 && !strncmp(s + n - 9, "@baseline", 9) && id < n - 9;
        char *name = arena_strndup(w->arena, s, id);
        const struct plan_figure *moved = baseline && plan_lookup_measure(w->old, name)
                                              ? year_new_baseline(w->merged, name) : NULL;
        if (moved)
            buf_printf(&out, "%s@%s@baseline", name, moved->period);
        else
            buf_put(&out, s, n);
        changed = changed || moved;
        s += n;
    }
    if (changed)
        xml_edit_set_text(w->edit, node, out.data);
    buf_free(&out);
}

/* ---- what a human must do -------------------------------------------------------------------------------------------- */

static const struct xml_node *child_of(const struct xml_node *node, const char *const *names)
{
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child))
        if (is_one_of(child, names))
            return child;
    return NULL;
}

/* An open target in the place that the schema gives it: before reason, note and status. */
static void open_target(struct work *w, const struct xml_node *measure)
{
    static const char *const after[] = { "reason", "note", "status", NULL };
    struct buf markup = BUF_EMPTY;
    buf_printf(&markup, "<target period=\"%s\" review=\"%s\">%s</target>", w->request->period, _("decide the target"),
               _("to be decided"));
    const struct xml_node *next = child_of(measure, after);
    if (next)
        xml_edit_insert_before(w->edit, next, markup.data);
    else
        xml_edit_append(w->edit, measure, markup.data);
    buf_free(&markup);
}

static void mark_measure(struct work *w, const struct xml_node *node)
{
    static const char *const targets[] = { "target", NULL }, *const reasons[] = { "reason", NULL };
    if (!is(node, "measure"))
        return;
    const char *id = xml_attribute(node, "id");
    const struct plan_figure *target = plan_figures_lookup(w->merged, id, PLAN_TARGET, NULL);
    const struct xml_node *words = child_of(node, targets);
    if (words) {
        xml_edit_set_attribute(w->edit, words, "period", w->request->period);
        xml_edit_set_attribute(w->edit, words, "review", _("decide the target"));
        buf_printf(&w->list, _("- Measure %s: the target in words is that of %s\n"), id, w->old->period);
    } else if (target && plan_period_compare(target->period, w->request->period) < 0) {
        struct buf was = BUF_EMPTY;
        open_target(w, node);
        year_put_figure(&was, target);
        buf_printf(&w->list, _("- Measure %s: decide the target for %s; it was %s\n"), id, w->request->period, buf_text(&was));
        buf_free(&was);
    }
    if (child_of(node, reasons)) {
        xml_edit_set_attribute(w->edit, node, "review", _("does the reason still hold?"));
        buf_printf(&w->list, _("- Measure %s: does the reason still hold?\n"), id);
    }
}

static void mark_part(struct work *w, const struct xml_node *node)
{
    static const char *const parts[] = { "section", "foreword", "appendix", "values", "value", "focus-areas", "focus-area",
                                         "initiatives", "initiative", "summary", NULL };
    static const char *const prose[] = { "p", "lead", "list", "box", "quote", "definitions", "table", "illustration", NULL };
    if (!is_one_of(node, parts) || !child_of(node, prose))
        return;
    const char *id = xml_attribute(node, "id");
    xml_edit_set_attribute(w->edit, node, "review", _("read the text: it is last year's"));
    buf_printf(&w->list, _("- Read the text of <%s>%s%s\n"), xml_name(node), id ? " " : "", id ? id : "");
}

/* Years that nobody marked as moving stay, and are listed with the words round them. */
static void list_years(struct work *w, const struct xml_node *node)
{
    static const char *const moved[] = { "year", "period", "adopted", "derived", NULL };
    struct xml_piece *pieces;
    if (is_one_of(node, moved))
        return;
    size_t n = xml_pieces(node, w->arena, &pieces);
    for (size_t i = 0; i < n; i++) {
        struct buf ignored = BUF_EMPTY;
        if (pieces[i].text && year_move_text(pieces[i].text, w->delta, &ignored))
            buf_printf(&w->list, _("- <%s>, line %d of last year's plan: is the year still right? \"%.70s\"\n"),
                       xml_name(node), pieces[i].line, pieces[i].text + strspn(pieces[i].text, " \t\r\n"));
        buf_free(&ignored);
    }
}

/* ---- writing ------------------------------------------------------------------------------------------------------------ */

struct output {
    const char *name;
    const struct buf *bytes;
};

static char *in_folder(struct work *w, const char *name)
{
    return arena_printf(w->arena, "%s/%s", w->request->folder, name);
}

static bool is_free(struct work *w, const char *name)
{
    const char *path = in_folder(w, name);
    if (!file_exists(path))
        return true;
    diag_error(w->diag, (struct source){ 0 }, "E801", _("%s is there already"), path);
    diag_remedy(w->diag, _("choose another folder, or move the file away: nothing is overwritten"));
    return false;
}

static void copy_picture(struct work *w, const struct xml_node *node)
{
    const char *name = is(node, "picture") ? xml_attribute(node, "file") : NULL;
    char *from = name ? file_resolve(w->old->folder, name, xml_source(node), w->diag) : NULL;
    if (!from)
        return;
    struct buf bytes = BUF_EMPTY;
    char *to = in_folder(w, name), *folder = file_folder(to);
    if (file_read(from, PICTURE_LIMIT, &bytes, xml_source(node), w->diag) && file_make_folder(folder, w->diag))
        file_write(to, bytes.data, bytes.length, w->diag);
    buf_free(&bytes);
    mem_free(folder);
    mem_free(from);
}

static bool write_all(struct work *w, const struct plan_figures *moved)
{
    struct buf plan = BUF_EMPTY, figures = BUF_EMPTY;
    const struct output outputs[] = { { "figures.csv", &figures }, { "worklist.txt", &w->list }, { "plan.xml", &plan } };
    bool good = true;
    xml_edit_write(w->edit, &plan);
    plan_figures_write(moved, &figures);
    for (size_t i = 0; i < 3; i++)
        good = is_free(w, outputs[i].name) && good;
    good = good && file_make_folder(w->request->folder, w->diag);
    if (good)
        each(w, xml_first(xml_root(w->document)), copy_picture);
    good = good && !diag_errors(w->diag);
    for (size_t i = 0; i < 3 && good; i++)
        good = file_write(in_folder(w, outputs[i].name), outputs[i].bytes->data, outputs[i].bytes->length, w->diag);
    buf_free(&plan);
    buf_free(&figures);
    return good;
}

static bool edit_plan(struct work *w)
{
    struct buf bytes = BUF_EMPTY, moves = BUF_EMPTY;
    struct source nowhere = { 0 };
    bool good = false;
    if (!file_read(w->request->plan_path, PLAN_LIMIT, &bytes, nowhere, w->diag))
        goto out;
    w->document = xml_read_bytes(w->request->plan_path, bytes.data, bytes.length, w->diag);
    if (!w->document)
        goto out;
    const struct xml_node *root = xml_root(w->document);
    w->edit = xml_edit_new(bytes.data, bytes.length);
    const struct plan_figures *moved = year_move_figures(w->old, w->merged, w->request->period, w->arena, &moves);
    move_facts(w);
    if (xml_attribute(root, "figures"))
        xml_edit_set_attribute(w->edit, root, "figures", "figures.csv");
    each(w, xml_first(root), move_year);
    each(w, xml_first(root), move_figure);
    each(w, xml_first(root), move_derived);
    judge(w);
    buf_printf(&w->list, _("\nTargets and reasons to decide\n"));
    each(w, xml_first(root), mark_measure);
    buf_printf(&w->list, _("\nTexts to read\n"));
    each(w, xml_first(root), mark_part);
    buf_printf(&w->list, _("\nYears that are not marked as moving\n"));
    each(w, xml_first(root), list_years);
    if (moves.length)
        buf_printf(&w->list, _("\nFigures\n%s"), moves.data);
    good = write_all(w, moved);
out:
    buf_free(&moves);
    buf_free(&bytes);
    return good;
}

/* A plan's period and the next one's beginning must follow one another. */
static bool check_period(struct work *w)
{
    const char *period = w->request->period;
    int first = (int)strtol(period, NULL, 10);
    w->delta = first - w->old->first_year;
    if (first >= 1900 && first < 2100 && plan_period_compare(period, w->old->period) > 0 && w->delta > 0)
        return true;
    diag_error(w->diag, (struct source){ 0 }, "E802", _("the period %s does not come after the plan's, %s"), period,
               w->old->period);
    diag_remedy(w->diag, _("name the period of the next plan, for example --period %d"), w->old->last_year + 1);
    return false;
}

enum year_outcome year_new(const struct year_request *request, struct diag *diag)
{
    struct work w = { .request = request, .arena = arena_new(), .diag = diag, .list = BUF_EMPTY };
    enum year_outcome outcome = YEAR_BAD_INPUT;
    w.old = plan_read(request->plan_path, request->old_figures, w.arena, diag);
    if (!w.old)
        goto out;
    if (!check_period(&w)) {
        outcome = YEAR_BAD_USE;
        goto out;
    }
    const struct plan_figures *news = plan_figures_read(request->figures_path, w.arena, diag);
    if (diag_errors(diag))
        goto out;
    buf_printf(&w.list, _("Work list: %s, from %s to %s\n"), w.old->title, w.old->period, request->period);
    w.merged = year_merge_figures(w.old->figures, news, w.arena, &w.list);
    if (edit_plan(&w))
        outcome = YEAR_DONE;
out:
    xml_edit_free(w.edit);
    xml_free(w.document);
    buf_free(&w.list);
    arena_free(w.arena);
    return outcome;
}
