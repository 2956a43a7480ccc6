#include "year/compare.h"

#include <stdio.h>
#include <string.h>

#include "year/words.h"

struct work {
    struct arena *arena;
    const struct design *design;           /* or NULL */
    struct year_comparison *result;
    struct year_change *last;
};

static struct year_change *add(struct work *w, enum year_change_kind kind, const char *id, const char *name,
                               const char *before, const char *after)
{
    struct year_change *change = arena_new_of(w->arena, struct year_change);
    *change = (struct year_change){ .kind = kind, .id = id ? id : "", .name = name ? name : "", .before = before,
                                    .after = after };
    if (w->last)
        w->last->next = change;
    else
        w->result->changes = change;
    w->last = change;
    w->result->count++;
    w->result->by_kind[kind]++;
    return change;
}

static bool same(const char *a, const char *b)
{
    return !strcmp(a ? a : "", b ? b : "");
}

static void compare_fact(struct work *w, const char *name, const char *before, const char *after)
{
    if (!same(before, after))
        add(w, YEAR_PLAN_FACT, "", name, before, after);
}

/* ---- parts ------------------------------------------------------------------------------------------------------ */

/* Parts in the order of the plan, nested ones too. */
struct part_list {
    const struct plan_part **parts;
    size_t count, capacity;
};

static void collect(struct part_list *list, const struct plan_part *part);

static void collect_blocks(struct part_list *list, const struct plan_block *block)
{
    for (; block; block = block->next) {
        if (block->kind == PLAN_PART)
            collect(list, block->part);
        else
            collect_blocks(list, block->blocks);
    }
}

static void collect(struct part_list *list, const struct plan_part *part)
{
    VEC_GROW(list->parts, list->capacity, list->count + 1);
    list->parts[list->count++] = part;
    collect_blocks(list, part->blocks);
}

static struct part_list all_parts(const struct plan *plan)
{
    struct part_list list = { NULL, 0, 0 };
    for (const struct plan_part *part = plan->parts; part; part = part->next)
        collect(&list, part);
    return list;
}

static const struct plan_part *find_part(const struct part_list *list, const char *id)
{
    for (size_t i = 0; id && i < list->count; i++)
        if (list->parts[i]->id && !strcmp(list->parts[i]->id, id))
            return list->parts[i];
    return NULL;
}

static const char *part_name(struct work *w, const struct plan_part *part)
{
    char *title = year_inline_text(part->title, w->arena);
    return *title ? title : plan_part_name(part->kind);
}

static void compare_texts(struct work *w, const struct plan_part *old, const struct plan_part *new, const char *name)
{
    struct buf a = BUF_EMPTY, b = BUF_EMPTY;
    struct year_speech was = { w->design, w->result->old->lang, w->arena }, now = { w->design, w->result->new->lang, w->arena };
    year_put_part(&a, old, w->design ? &was : NULL);
    year_put_part(&b, new, w->design ? &now : NULL);
    if (strcmp(buf_text(&a), buf_text(&b))) {
        struct year_text from = year_words(buf_text(&a), w->arena), to = year_words(buf_text(&b), w->arena);
        struct year_edit *edits;
        size_t n = year_diff(from.words, from.count, to.words, to.count, w->arena, &edits);
        year_settle_lines(&from, &to, edits, n);
        if (n == 1 && edits->kind == YEAR_KEPT)
            goto out;                      /* the same words in other blocks */
        struct year_change *change = add(w, YEAR_PART_TEXT, new->id, name, NULL, NULL);
        change->edits = edits;
        change->edit_count = n;
        change->old_text = from;
        change->new_text = to;
        change->old_at = old->at;
        change->new_at = new->at;
    }
out:
    buf_free(&a);
    buf_free(&b);
}

static const char *parent_id(const struct plan_part *part)
{
    return part->parent && part->parent->id ? part->parent->id : "";
}

static void compare_part(struct work *w, const struct plan_part *old, const struct plan_part *new)
{
    const char *name = part_name(w, new), *was = part_name(w, old);
    if (strcmp(name, was) || !same(old->number, new->number)) {
        struct year_change *change = add(w, YEAR_PART_RENAMED, new->id, name,
                                         arena_printf(w->arena, "%s%s%s", old->number ? old->number : "",
                                                      old->number ? " " : "", was),
                                         arena_printf(w->arena, "%s%s%s", new->number ? new->number : "",
                                                      new->number ? " " : "", name));
        change->old_at = old->at;
        change->new_at = new->at;
    }
    if (strcmp(parent_id(old), parent_id(new)) || (old->rank != new->rank && old->kind == PLAN_FOCUS_AREA)) {
        bool ranked = !strcmp(parent_id(old), parent_id(new));
        add(w, YEAR_PART_MOVED, new->id, name,
            ranked ? arena_printf(w->arena, "%d", old->rank) : arena_strdup(w->arena, parent_id(old)),
            ranked ? arena_printf(w->arena, "%d", new->rank) : arena_strdup(w->arena, parent_id(new)))
            ->new_at = new->at;
    }
    compare_texts(w, old, new, name);
}

/* ---- goals ------------------------------------------------------------------------------------------------------- */

static const struct plan_goal *find_goal(const struct plan *plan, const char *id)
{
    for (size_t i = 0; i < plan->goal_count; i++)
        if (plan->goals[i]->id && !strcmp(plan->goals[i]->id, id))
            return plan->goals[i];
    return NULL;
}

static const struct plan_measure *find_measure(const struct plan_goal *goal, const char *id)
{
    for (const struct plan_measure *m = goal->measures; m; m = m->next)
        if (!strcmp(m->id, id))
            return m;
    return NULL;
}

static const char *goal_name(struct work *w, const struct plan_goal *goal)
{
    const struct plan_inline *title = goal->title ? goal->title : goal->measures ? goal->measures->title : NULL;
    char *text = year_inline_text(title, w->arena);
    return goal->number ? arena_printf(w->arena, "%s %s", goal->number, text) : text;
}

/* What a plan says of a measure's newest baseline or target: a figure, or words. */
struct said {
    const struct plan_figure *figure;
    const char *period, *text;             /* text NULL: it says nothing */
};

static struct said newest(struct work *w, const struct plan *plan, const struct plan_measure *m,
                          enum plan_figure_kind kind, const struct plan_words *words)
{
    const struct plan_figure *figure = plan_figures_lookup(plan->figures, m->id, kind, NULL);
    const struct plan_words *last = words;
    struct buf b = BUF_EMPTY;
    if (figure && !figure->missing) {
        buf_printf(&b, "%s%s", figure->period, *figure->period ? ": " : "");
        year_put_figure(&b, figure);
    } else if (words) {
        for (const struct plan_words *x = words; x; x = x->next)
            if (plan_period_compare(x->period, last->period) >= 0)
                last = x;
        buf_printf(&b, "%s%s", last->period, *last->period ? ": " : "");
        year_put_inline(&b, last->text, NULL);
    }
    bool number = figure && !figure->missing;
    struct said said = { number ? figure : NULL, number ? figure->period : words ? last->period : NULL,
                         b.length ? arena_strdup(w->arena, b.data) : NULL };
    buf_free(&b);
    return said;
}

/* Words that stand for another year's number are not another target when they are the same. */
static const char *words_alone(const struct said *said)
{
    const char *colon = said->text && !said->figure && said->period && *said->period ? strstr(said->text, ": ") : NULL;
    return colon ? colon + 2 : said->text;
}

static void compare_said(struct work *w, enum year_change_kind kind, const struct plan_measure *m, const char *name,
                         struct said was, struct said now)
{
    if (same(words_alone(&was), words_alone(&now)))
        return;
    struct year_change *change = add(w, kind, m->id, name, was.text, now.text);
    change->new_at = m->at;
    change->old_figure = was.figure;
    change->new_figure = now.figure;
    change->old_period = was.period;
    change->new_period = now.period;
}

static void compare_measures(struct work *w, const struct plan_goal *old, const struct plan_goal *new, const char *name)
{
    static const char *const aims[] = { "raise", "lower", "at-most", "at-least", "reach", "keep", "beat", "none" };
    const struct plan *was = w->result->old, *now = w->result->new;
    for (const struct plan_measure *m = new->measures; m; m = m->next) {
        const struct plan_measure *before = find_measure(old, m->id);
        if (!before) {
            add(w, YEAR_MEASURE_ADDED, m->id, name, NULL, NULL)->new_at = m->at;
            continue;
        }
        if (before->aim != m->aim)
            add(w, YEAR_MEASURE_AIM, m->id, name, aims[before->aim], aims[m->aim])->new_at = m->at;
        compare_said(w, YEAR_BASELINE, m, name, newest(w, was, before, PLAN_BASELINE, before->baseline_words),
                     newest(w, now, m, PLAN_BASELINE, m->baseline_words));
        compare_said(w, YEAR_TARGET, m, name, newest(w, was, before, PLAN_TARGET, before->target_words),
                     newest(w, now, m, PLAN_TARGET, m->target_words));
    }
    for (const struct plan_measure *m = old->measures; m; m = m->next)
        if (!find_measure(new, m->id))
            add(w, YEAR_MEASURE_DROPPED, m->id, name, NULL, NULL)->old_at = m->at;
}

static void compare_goals(struct work *w)
{
    const struct plan *old = w->result->old, *new = w->result->new;
    for (size_t i = 0; i < new->goal_count; i++) {
        const struct plan_goal *goal = new->goals[i], *before = find_goal(old, goal->id);
        const char *name = goal_name(w, goal);
        if (!before) {
            add(w, YEAR_GOAL_ADDED, goal->id, name, NULL, NULL)->new_at = goal->at;
            continue;
        }
        if (!same(before->number, goal->number))
            add(w, YEAR_GOAL_RENUMBERED, goal->id, name, before->number, goal->number)->new_at = goal->at;
        char *a = year_inline_text(before->title, w->arena), *b = year_inline_text(goal->title, w->arena);
        if (strcmp(a, b))
            add(w, YEAR_GOAL_REWORDED, goal->id, name, a, b)->new_at = goal->at;
        compare_measures(w, before, goal, name);
    }
    for (size_t i = 0; i < old->goal_count; i++)
        if (!find_goal(new, old->goals[i]->id))
            add(w, YEAR_GOAL_DROPPED, old->goals[i]->id, goal_name(w, old->goals[i]), NULL, NULL)->old_at =
                old->goals[i]->at;
}

/* ---- figures ------------------------------------------------------------------------------------------------------ */

static const struct plan_figure *same_figure(const struct plan *plan, const struct plan_figure *figure)
{
    const struct plan_figure *f = plan_figures_lookup(plan->figures, figure->id, (int)figure->kind, figure->period);
    return f && !strcmp(f->period, figure->period) && f->kind == figure->kind ? f : NULL;
}

static const char *figure_text(struct work *w, const struct plan_figure *figure)
{
    struct buf b = BUF_EMPTY;
    year_put_figure(&b, figure);
    char *text = arena_strdup(w->arena, b.length ? buf_text(&b) : "-");
    buf_free(&b);
    return text;
}

static const char *figure_name(struct work *w, const struct plan_figure *f)
{
    return arena_printf(w->arena, "%s %s%s%s", f->id, plan_figure_kind_name(f->kind), *f->period ? " " : "", f->period);
}

static void compare_figures(struct work *w)
{
    const struct plan *old = w->result->old, *new = w->result->new;
    for (size_t i = 0; i < plan_figure_count(new->figures); i++) {
        const struct plan_figure *figure = plan_figure_at(new->figures, i), *before = same_figure(old, figure);
        struct year_change *change = NULL;
        if (!before)
            change = add(w, YEAR_FIGURE_ADDED, figure->id, figure_name(w, figure), NULL, figure_text(w, figure));
        else if (before->missing != figure->missing || decimal_compare(before->value, figure->value) ||
                 before->unit != figure->unit)
            change = add(w, YEAR_FIGURE_CHANGED, figure->id, figure_name(w, figure), figure_text(w, before),
                         figure_text(w, figure));
        if (change) {
            change->new_at = figure->at;
            change->old_at = before ? before->at : (struct source){ 0 };
            change->old_figure = before;
            change->new_figure = figure;
        }
    }
    for (size_t i = 0; i < plan_figure_count(old->figures); i++) {
        const struct plan_figure *figure = plan_figure_at(old->figures, i);
        if (same_figure(new, figure))
            continue;
        struct year_change *change = add(w, YEAR_FIGURE_DROPPED, figure->id, figure_name(w, figure), figure_text(w, figure),
                                         NULL);
        change->old_at = figure->at;
        change->old_figure = figure;
    }
}

struct year_comparison *year_compare(const struct plan *old, const struct plan *new, const struct design *design,
                                     struct arena *arena)
{
    struct year_comparison *result = arena_new_of(arena, struct year_comparison);
    struct work w = { arena, design, result, NULL };
    result->old = old;
    result->new = new;
    compare_fact(&w, "title", old->title, new->title);
    compare_fact(&w, "organisation", old->organisation, new->organisation);
    compare_fact(&w, "period", old->period, new->period);
    compare_fact(&w, "adopted", old->adopted, new->adopted);
    compare_goals(&w);
    struct part_list was = all_parts(old), now = all_parts(new);
    for (size_t i = 0; i < now.count; i++) {
        const struct plan_part *before = find_part(&was, now.parts[i]->id);
        if (before)
            compare_part(&w, before, now.parts[i]);
        else
            add(&w, YEAR_PART_ADDED, now.parts[i]->id, part_name(&w, now.parts[i]), NULL, NULL)->new_at = now.parts[i]->at;
    }
    for (size_t i = 0; i < was.count; i++)
        if (!find_part(&now, was.parts[i]->id))
            add(&w, YEAR_PART_DROPPED, was.parts[i]->id, part_name(&w, was.parts[i]), NULL, NULL)->old_at = was.parts[i]->at;
    compare_figures(&w);
    mem_free(was.parts);
    mem_free(now.parts);
    return result;
}

/* ---- pages ------------------------------------------------------------------------------------------------------------ */

/* The words of each page in the order of its ink, folios left out. */
static char **texts_of(const struct display_document *document, struct arena *arena)
{
    char **texts = arena_array(arena, char *, document->page_count + 1);
    for (size_t i = 0; i < document->page_count; i++) {
        struct display_page *page = display_open_page(document, i);
        struct buf b = BUF_EMPTY;
        for (const struct display_item *item = page->first; item; item = item->next)
            if (item->kind == DISPLAY_GLYPHS && item->node)
                buf_put(&b, item->run.text, item->run.text_length);
        texts[i] = arena_strdup(arena, buf_text(&b));
        buf_free(&b);
        display_close_page(page);
    }
    return texts;
}

void year_compare_pages(struct year_comparison *c, const struct display_document *old, const struct display_document *new,
                        struct arena *arena)
{
    char **was = texts_of(old, arena), **now = texts_of(new, arena);
    size_t *changed = arena_array(arena, size_t, new->page_count + 1);
    c->paged = true;
    c->old_pages = old->page_count;
    c->new_pages = new->page_count;
    for (size_t i = 0; i < new->page_count; i++) {
        bool same_page = false;
        for (size_t j = 0; j < old->page_count && !same_page; j++)
            same_page = !strcmp(was[j], now[i]);
        if (!same_page)
            changed[c->changed_page_count++] = i + 1;
    }
    c->changed_pages = changed;
}
