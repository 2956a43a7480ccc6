/* A comparison as a plan of its own: what the template's <arrangement match="compare"> sets on pages. Its goals have the old
   target for a baseline, so that the goals table and its small charts show the way from one to the other. */
#include <stdlib.h>
#include <string.h>

#include "text/text.h"
#include "year/compare.h"
#include "year/words.h"

enum {
    CONTEXT = 6,               /* kept words shown on either side of a change */
    MOST_WORDS = 160,          /* changed words shown of one text; beyond it is told how many more */
    LEAST_KEPT = 3             /* one word in so many kept, else the text has been written anew */
};

struct work {
    const struct year_comparison *comparison;
    const struct design *design;
    struct arena *arena;
    const char *lang;
    struct source at;
    const struct plan_block *first, **end;
    struct plan_figure *rows;
    size_t row_count, row_capacity;
    const struct plan_goal **goals;
    size_t goal_count, goal_capacity;
};

/* ---- words --------------------------------------------------------------------------------------------------------------- */

static const char *word(const struct work *w, const char *key)
{
    return design_word(w->design, w->lang, key);
}

static const char *filled(const struct work *w, const char *key, const char *const *pairs)
{
    struct buf b = BUF_EMPTY;
    buf_put_filled(&b, word(w, key), pairs);
    char *text = arena_strdup(w->arena, buf_text(&b));
    buf_free(&b);
    return text;
}

static const char *counted(const struct work *w, size_t n)
{
    return text_quantity(w->design, w->lang, decimal_from_int((int64_t)n), TEXT_UNIT_COUNT, TEXT_VALUE, w->arena);
}

static struct plan_inline *inline_of(const struct work *w, enum plan_inline_kind kind, const char *text)
{
    struct plan_inline *inline_ = arena_new_of(w->arena, struct plan_inline);
    *inline_ = (struct plan_inline){ .kind = kind, .text = text, .at = w->at };
    return inline_;
}

static const char *value_of(const struct work *w, const struct plan_figure *figure)
{
    static const enum text_unit units[] = { [PLAN_PERCENT] = TEXT_UNIT_PERCENT, [PLAN_COUNT] = TEXT_UNIT_COUNT,
                                            [PLAN_RANK] = TEXT_UNIT_RANK, [PLAN_POINTS] = TEXT_UNIT_POINTS };
    if (!figure)
        return "\u2013";
    if (figure->missing)
        return word(w, "missing");
    const char *number = text_quantity(w->design, w->lang, figure->value, units[figure->unit], TEXT_VALUE, w->arena);
    return *figure->period ? arena_printf(w->arena, "%s\u00a0(%s)", number, figure->period) : number;
}

/* ---- blocks -------------------------------------------------------------------------------------------------------------- */

static struct plan_block *append(struct work *w, struct plan_block block)
{
    struct plan_block *made = arena_copy(w->arena, &block, sizeof block);
    made->at = w->at;
    *w->end = made;
    w->end = &made->next;
    return made;
}

static void put_heading(struct work *w, const char *text, int level)
{
    append(w, (struct plan_block){ .kind = PLAN_SUBHEADING, .level = level, .title = inline_of(w, PLAN_TEXT, text) });
}

static void put_paragraph(struct work *w, const struct plan_inline *text)
{
    append(w, (struct plan_block){ .kind = PLAN_PARAGRAPH, .text = text });
}

/* A table that is filled row by row. */
struct table {
    const struct plan_row *first, **end;
    int columns;
};

static void put_row(struct work *w, struct table *t, const char *const *cells, bool header)
{
    struct plan_row *row = arena_new_of(w->arena, struct plan_row);
    const struct plan_cell **end = &row->cells;
    *row = (struct plan_row){ .header = header, .at = w->at };
    for (int i = 0; i < t->columns; i++) {
        struct plan_cell *cell = arena_new_of(w->arena, struct plan_cell);
        *cell = (struct plan_cell){ .text = *cells[i] ? inline_of(w, PLAN_TEXT, cells[i]) : NULL, .header = header || i == 0,
                                    .column_span = 1, .row_span = 1, .align = i ? "end" : NULL, .at = w->at };
        *end = cell;
        end = &cell->next;
    }
    *t->end = row;
    t->end = &row->next;
}

static void put_table(struct work *w, const struct table *t)
{
    append(w, (struct plan_block){ .kind = PLAN_TABLE, .rows = t->first, .column_count = t->columns });
}

/* ---- how much, at a glance ------------------------------------------------------------------------------------------------- */

static size_t count(const struct work *w, enum year_change_kind kind)
{
    return w->comparison->by_kind[kind];
}

/* Goals of which anything but the baseline changed, once each. */
static bool is_about_goal(enum year_change_kind kind)
{
    return kind == YEAR_GOAL_RENUMBERED || kind == YEAR_GOAL_REWORDED || kind == YEAR_MEASURE_ADDED ||
           kind == YEAR_MEASURE_DROPPED || kind == YEAR_MEASURE_AIM || kind == YEAR_TARGET;
}

static size_t count_names(const struct work *w, bool (*counts)(enum year_change_kind))
{
    size_t n = 0;
    for (const struct year_change *c = w->comparison->changes; c; c = c->next) {
        bool first = counts(c->kind);
        for (const struct year_change *b = w->comparison->changes; first && b != c; b = b->next)
            first = !counts(b->kind) || strcmp(b->name, c->name) != 0;
        n += first;
    }
    return n;
}

static bool is_about_part(enum year_change_kind kind)
{
    return kind == YEAR_PART_TEXT || kind == YEAR_PART_RENAMED || kind == YEAR_PART_MOVED;
}

static void put_counts(struct work *w)
{
    struct table t = { NULL, NULL, 4 };
    t.end = &t.first;
    put_row(w, &t, (const char *const[]){ "", word(w, "compare.new"), word(w, "compare.changed"), word(w, "compare.gone") }, true);
    const struct {
        const char *key;
        size_t added, changed, gone;
    } rows[] = {
        { "compare.goals", count(w, YEAR_GOAL_ADDED), count_names(w, is_about_goal), count(w, YEAR_GOAL_DROPPED) },
        { "compare.sections", count(w, YEAR_PART_ADDED), count_names(w, is_about_part), count(w, YEAR_PART_DROPPED) },
        { "compare.figures", count(w, YEAR_FIGURE_ADDED), count(w, YEAR_FIGURE_CHANGED), count(w, YEAR_FIGURE_DROPPED) },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        put_row(w, &t, (const char *const[]){ word(w, rows[i].key), counted(w, rows[i].added), counted(w, rows[i].changed),
                                              counted(w, rows[i].gone) }, false);
    put_table(w, &t);
}

/* "1, 3, 8" */
static const char *page_list(const struct work *w)
{
    struct buf b = BUF_EMPTY;
    for (size_t i = 0; i < w->comparison->changed_page_count; i++)
        buf_printf(&b, "%s%zu", i ? ", " : "", w->comparison->changed_pages[i]);
    char *text = arena_strdup(w->arena, buf_text(&b));
    buf_free(&b);
    return text;
}

static void put_pages(struct work *w)
{
    const struct year_comparison *c = w->comparison;
    if (!c->paged)
        return;
    const char *key = !c->changed_page_count                    ? "compare.pages.same"
                      : c->changed_page_count == c->new_pages ? "compare.pages.all" : "compare.pages";
    const char *pairs[] = { "new", counted(w, c->new_pages), "old", counted(w, c->old_pages), "pages", page_list(w), NULL };
    put_paragraph(w, inline_of(w, PLAN_TEXT, filled(w, key, pairs)));
}

/* ---- goals ----------------------------------------------------------------------------------------------------------------- */

static void add_row(struct work *w, const char *id, const struct plan_figure *from, enum plan_figure_kind kind)
{
    if (!from)
        return;
    VEC_GROW(w->rows, w->row_capacity, w->row_count + 1);
    w->rows[w->row_count] = *from;
    w->rows[w->row_count].id = id;
    w->rows[w->row_count].kind = kind;
    w->rows[w->row_count].source = "";
    w->row_count++;
}

static const struct plan_words *words_of(struct work *w, const struct plan_figure *figure, const char *period, const char *said)
{
    if (figure || !said)
        return NULL;
    const char *colon = period && *period ? strstr(said, ": ") : NULL;
    struct plan_words *words = arena_new_of(w->arena, struct plan_words);
    *words = (struct plan_words){ .period = period ? period : "", .text = inline_of(w, PLAN_TEXT, colon ? colon + 2 : said),
                                  .at = w->at };
    return words;
}

static const struct plan_goal *goal_of(const struct plan *plan, const char *measure, const struct plan_measure **m)
{
    const struct plan_goal *goal = plan_lookup_goal(plan, measure);
    *m = goal ? goal->measures : NULL;
    while (*m && strcmp((*m)->id, measure))
        *m = (*m)->next;
    return goal;
}

/* A goal with one measure whose baseline is what the target was. */
static struct plan_goal *changed_goal(struct work *w, const struct plan_goal *goal, const struct plan_measure *m)
{
    struct plan_goal *made = arena_new_of(w->arena, struct plan_goal);
    struct plan_measure *measure = arena_new_of(w->arena, struct plan_measure);
    *made = *goal;
    *measure = *m;
    measure->next = NULL;
    measure->reason = measure->note = measure->status = NULL;
    measure->comparison_of = NULL;
    measure->baseline_words = measure->target_words = NULL;
    measure->title = NULL;
    made->title = m->title ? m->title : goal->title;
    made->note = NULL;
    made->measures = measure;
    made->next = NULL;
    return made;
}

struct group {
    struct plan_part *part;
    const struct plan_goal *first, **end;
};

static struct group begin_group(struct work *w, const char *id, const char *title)
{
    struct plan_part *part = arena_new_of(w->arena, struct plan_part);
    *part = (struct plan_part){ .kind = PLAN_GOAL_GROUP, .id = id, .title = inline_of(w, PLAN_TEXT, word(w, title)), .depth = 2,
                                .at = w->at };
    return (struct group){ .part = part };
}

static void add_goal(struct work *w, struct group *group, struct plan_goal *goal)
{
    goal->group = group->part;
    *group->end = goal;
    group->end = (const struct plan_goal **)&goal->next;
    VEC_GROW(w->goals, w->goal_capacity, w->goal_count + 1);
    w->goals[w->goal_count++] = goal;
}

static void end_group(struct work *w, struct group *group)
{
    group->part->goals = group->first;
    if (group->first)
        append(w, (struct plan_block){ .kind = PLAN_PART, .part = group->part });
}

static void put_retargeted(struct work *w)
{
    struct group group = begin_group(w, "compare-targets", "compare.retargeted");
    group.end = &group.first;
    for (const struct year_change *c = w->comparison->changes; c; c = c->next) {
        const struct plan_measure *m;
        const struct plan_goal *goal = c->kind == YEAR_TARGET ? goal_of(w->comparison->new, c->id, &m) : NULL;
        if (!goal)
            continue;
        struct plan_goal *made = changed_goal(w, goal, m);
        struct plan_measure *measure = (struct plan_measure *)made->measures;
        measure->baseline_words = words_of(w, c->old_figure, c->old_period, c->before ? c->before : "\u2013");
        measure->target_words = words_of(w, c->new_figure, c->new_period, c->after ? c->after : "\u2013");
        add_row(w, m->id, c->old_figure, PLAN_BASELINE);
        add_row(w, m->id, c->new_figure, PLAN_TARGET);
        add_goal(w, &group, made);
    }
    end_group(w, &group);
}

/* New goals have a target and no target before; those that are gone have one before and none now. */
static void put_goals(struct work *w, enum year_change_kind kind, const char *id, const char *title)
{
    bool added = kind == YEAR_GOAL_ADDED;
    const struct plan *plan = added ? w->comparison->new : w->comparison->old;
    struct group group = begin_group(w, id, title);
    group.end = &group.first;
    for (const struct year_change *c = w->comparison->changes; c; c = c->next) {
        const struct plan_goal *goal = c->kind == kind ? plan_lookup_goal(plan, c->id) : NULL;
        for (const struct plan_measure *m = goal ? goal->measures : NULL; m; m = m->next) {
            if (m->comparison_of)
                continue;
            struct plan_goal *made = changed_goal(w, goal, m);
            struct plan_measure *measure = (struct plan_measure *)made->measures;
            const struct plan_figure *target = plan_figures_lookup(plan->figures, m->id, PLAN_TARGET, NULL);
            target = target && target->missing ? NULL : target;
            const struct plan_words *words = target ? NULL : m->target_words, *none = words_of(w, NULL, NULL, "\u2013");
            measure->baseline_words = added ? none : words;
            measure->target_words = added ? words : none;
            add_row(w, m->id, target, added ? PLAN_TARGET : PLAN_BASELINE);
            add_goal(w, &group, made);
        }
    }
    end_group(w, &group);
}

/* What else became of goals: another number, other words, another aim. */
static void put_goal_list(struct work *w)
{
    static const struct {
        enum year_change_kind kind;
        const char *key;
    } kinds[] = { { YEAR_GOAL_RENUMBERED, "change.goal-renumbered" }, { YEAR_GOAL_REWORDED, "change.goal-reworded" } };
    const struct plan_item *first = NULL, **end = &first;
    for (const struct year_change *c = w->comparison->changes; c; c = c->next)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            if (kinds[i].kind != c->kind)
                continue;
            struct plan_item *item = arena_new_of(w->arena, struct plan_item);
            const char *pairs[] = { "name", c->name, "before", c->before ? c->before : "\u2013", "after",
                                    c->after ? c->after : "\u2013", NULL };
            *item = (struct plan_item){ .text = inline_of(w, PLAN_TEXT, filled(w, kinds[i].key, pairs)), .at = w->at };
            *end = item;
            end = &item->next;
        }
    if (!first)
        return;
    put_heading(w, word(w, "compare.goals.else"), 0);
    append(w, (struct plan_block){ .kind = PLAN_LIST, .style = "bullet", .items = first });
}

/* ---- figures ------------------------------------------------------------------------------------------------------------- */

/* Rows of measures stand with their goals: what is new or gone there is the baselines that moved. A figure that only came
   with a newer period is one that changed. */
static bool is_told(const struct work *w, const struct year_change *c)
{
    const struct plan *old = w->comparison->old, *new = w->comparison->new;
    if (c->kind == YEAR_BASELINE || c->kind == YEAR_FIGURE_CHANGED)
        return true;
    if (plan_lookup_measure(new, c->id) || plan_lookup_measure(old, c->id))
        return false;
    return c->kind == YEAR_FIGURE_ADDED || (c->kind == YEAR_FIGURE_DROPPED && !plan_figures_lookup(new->figures, c->id, -1, NULL));
}

/* What came in place of the newest one that was there. */
static const struct plan_figure *before(const struct work *w, const struct year_change *c)
{
    if (c->old_figure || c->kind != YEAR_FIGURE_ADDED)
        return c->old_figure;
    return plan_figures_lookup(w->comparison->old->figures, c->id, (int)c->new_figure->kind, NULL);
}

/* What a circle calls the figure; NULL when none shows it. */
static const struct plan_inline *label_in(const struct plan_block *block, const char *id)
{
    const struct plan_inline *label = NULL;
    for (; block && !label; block = block->next) {
        if (block->figure && !strcmp(block->figure->id, id))
            label = block->figure->label;
        if (!label)
            label = label_in(block->blocks, id);
        if (!label && block->part)
            label = label_in(block->part->blocks, id);
    }
    return label;
}

static const char *label_of(const struct work *w, const char *id)
{
    const struct plan_inline *label = NULL;
    for (const struct plan_part *part = w->comparison->new->parts; part && !label; part = part->next)
        label = label_in(part->blocks, id);
    return label ? year_inline_text(label, w->arena) : id;
}

static const char *name_of(const struct work *w, const struct year_change *c)
{
    const struct plan_goal *goal = plan_lookup_goal(w->comparison->new, c->id);
    const struct plan_measure *m = plan_lookup_measure(w->comparison->new, c->id);
    if (!goal || !m)
        return label_of(w, c->id);
    const char *label = m->label ? year_inline_text(m->label, w->arena) : "";
    return arena_printf(w->arena, "%s %s%s%s", word(w, "goal"), goal->number ? goal->number : goal->id, *label ? ", " : "", label);
}

/* What is in words comes as "2021: Afventer"; the period is told by the words' own place. */
static const char *side_of(const struct work *w, const struct plan_figure *figure, const char *said)
{
    return figure || !said ? value_of(w, figure) : said;
}

static void put_figures(struct work *w)
{
    struct table t = { NULL, NULL, 3 };
    t.end = &t.first;
    put_row(w, &t, (const char *const[]){ word(w, "compare.figure"), word(w, "compare.before"), word(w, "compare.after") }, true);
    bool any = false;
    for (const struct year_change *c = w->comparison->changes; c; c = c->next)
        if (is_told(w, c)) {
            any = true;
            put_row(w, &t, (const char *const[]){ name_of(w, c), side_of(w, before(w, c), c->before),
                                                  side_of(w, c->new_figure, c->after) }, false);
        }
    if (!any)
        return;
    put_heading(w, word(w, "compare.baselines"), 0);
    put_table(w, &t);
}

/* ---- texts --------------------------------------------------------------------------------------------------------------- */

/* The marked text of a part: a paragraph a block of its text. */
struct runs {
    const struct plan_inline *first, **end;
};

static void put_run(struct work *w, struct runs *runs, enum plan_inline_kind kind, const char *text)
{
    struct plan_inline *run = inline_of(w, kind, text);
    if (kind != PLAN_TEXT) {
        run->text = NULL;
        run->first = inline_of(w, PLAN_TEXT, text);
    }
    *runs->end = run;
    runs->end = &run->next;
}

static void end_block(struct work *w, struct runs *runs)
{
    if (runs->first)
        put_paragraph(w, runs->first);
    runs->first = NULL;
    runs->end = &runs->first;
}

static void put_words(struct work *w, struct runs *runs, enum plan_inline_kind kind, const struct year_text *text, size_t at,
                      size_t n)
{
    struct buf b = BUF_EMPTY;
    for (size_t i = at; i < at + n; i++) {
        bool stops = i + 1 == at + n || text->ends[i];
        buf_puts(&b, text->words[i]);
        if (!stops) {
            buf_putc(&b, ' ');
            continue;
        }
        put_run(w, runs, kind, arena_strdup(w->arena, buf_text(&b)));
        if (text->ends[i])
            end_block(w, runs);
        else
            put_run(w, runs, PLAN_TEXT, " ");
        buf_clear(&b);
    }
    buf_free(&b);
}

static bool any_ends(const struct year_text *text, size_t at, size_t n)
{
    for (size_t i = at; i < at + n; i++)
        if (text->ends[i])
            return true;
    return false;
}

static void put_kept(struct work *w, struct runs *runs, const struct year_text *text, const struct year_edit *edit, bool first,
                     bool last)
{
    size_t room = (size_t)CONTEXT * (first || last ? 1 : 2) + 1, at = edit->at, end = edit->at + edit->count;
    if (edit->count <= room) {
        put_words(w, runs, PLAN_TEXT, text, at, edit->count);
        return;
    }
    if (!first) {
        put_words(w, runs, PLAN_TEXT, text, at, CONTEXT);
        at += CONTEXT;
    }
    end -= last ? 0 : CONTEXT;
    put_run(w, runs, PLAN_TEXT, last ? "\u2026" : "\u2026 ");
    if (!last && !first && any_ends(text, at, end - at))
        end_block(w, runs);
    if (!last)
        put_words(w, runs, PLAN_TEXT, text, end, CONTEXT);
}

/* How many words came, went and stayed. */
static void count_words(const struct year_change *c, size_t n[3])
{
    n[YEAR_KEPT] = n[YEAR_DROPPED] = n[YEAR_ADDED] = 0;
    for (size_t i = 0; i < c->edit_count; i++)
        n[c->edits[i].kind] += c->edits[i].count;
}

static void put_marked(struct work *w, const struct year_change *c)
{
    struct runs runs = { NULL, NULL };
    runs.end = &runs.first;
    size_t n[3], shown = 0;
    count_words(c, n);
    for (size_t i = 0; i < c->edit_count && shown < MOST_WORDS; i++) {
        const struct year_edit *edit = &c->edits[i];
        if (edit->kind == YEAR_KEPT) {
            put_kept(w, &runs, &c->old_text, edit, i == 0, i + 1 == c->edit_count);
            continue;
        }
        bool added = edit->kind == YEAR_ADDED;
        put_words(w, &runs, added ? PLAN_INSERTED : PLAN_DELETED, added ? &c->new_text : &c->old_text, edit->at, edit->count);
        shown += edit->count;
    }
    if (shown < n[YEAR_DROPPED] + n[YEAR_ADDED]) {
        const char *pairs[] = { "n", counted(w, n[YEAR_DROPPED] + n[YEAR_ADDED] - shown), NULL };
        put_run(w, &runs, PLAN_TEXT, filled(w, "compare.more", pairs));
    }
    end_block(w, &runs);
}

static void put_text(struct work *w, const struct year_change *c)
{
    size_t n[3];
    count_words(c, n);
    put_heading(w, c->name, 1);
    size_t changed = n[YEAR_DROPPED] + n[YEAR_ADDED];
    if (n[YEAR_KEPT] * LEAST_KEPT >= n[YEAR_KEPT] + changed || changed <= MOST_WORDS / 4) {
        put_marked(w, c);
        return;
    }
    const char *pairs[] = { "dropped", counted(w, n[YEAR_DROPPED]), "added", counted(w, n[YEAR_ADDED]), NULL };
    put_paragraph(w, inline_of(w, PLAN_TEXT, filled(w, "compare.rewritten", pairs)));
}

static void put_part_list(struct work *w)
{
    static const struct {
        enum year_change_kind kind;
        const char *key;
    } kinds[] = { { YEAR_PART_ADDED, "change.part-added" }, { YEAR_PART_DROPPED, "change.part-dropped" },
                  { YEAR_PART_RENAMED, "change.part-renamed" }, { YEAR_PART_MOVED, "compare.part-moved" } };
    const struct plan_item *first = NULL, **end = &first;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (const struct year_change *c = w->comparison->changes; c; c = c->next) {
            if (kinds[i].kind != c->kind)
                continue;
            struct plan_item *item = arena_new_of(w->arena, struct plan_item);
            const char *pairs[] = { "name", c->name, "before", c->before, "after", c->after, NULL };
            *item = (struct plan_item){ .text = inline_of(w, PLAN_TEXT, filled(w, kinds[i].key, pairs)), .at = w->at };
            *end = item;
            end = &item->next;
        }
    if (first)
        append(w, (struct plan_block){ .kind = PLAN_LIST, .style = "bullet", .items = first });
}

static void put_legend(struct work *w)
{
    struct runs runs = { NULL, NULL };
    runs.end = &runs.first;
    put_run(w, &runs, PLAN_INSERTED, word(w, "compare.legend.new"));
    put_run(w, &runs, PLAN_TEXT, " \u00b7 ");
    put_run(w, &runs, PLAN_DELETED, word(w, "compare.legend.gone"));
    put_paragraph(w, runs.first);
}

static void put_texts(struct work *w)
{
    if (count_names(w, is_about_part) + count(w, YEAR_PART_ADDED) + count(w, YEAR_PART_DROPPED) == 0)
        return;
    put_heading(w, word(w, "compare.texts"), 0);
    if (count(w, YEAR_PART_TEXT))
        put_legend(w);
    put_part_list(w);
    for (const struct year_change *c = w->comparison->changes; c; c = c->next)
        if (c->kind == YEAR_PART_TEXT)
            put_text(w, c);
}

/* ---- the whole ------------------------------------------------------------------------------------------------------------- */

const struct plan *year_compare_plan(const struct year_comparison *comparison, const struct design *design, struct arena *arena)
{
    const struct plan *new = comparison->new;
    struct work w = { .comparison = comparison, .design = design, .arena = arena, .lang = new->lang,
                      .at = { new->file, 1, 1 } };
    struct plan_part *part = arena_new_of(arena, struct plan_part);
    struct plan *plan = arena_new_of(arena, struct plan);
    w.end = &w.first;
    put_pages(&w);
    put_counts(&w);
    put_retargeted(&w);
    put_goals(&w, YEAR_GOAL_ADDED, "compare-added", "compare.added");
    put_goals(&w, YEAR_GOAL_DROPPED, "compare-dropped", "compare.dropped");
    put_goal_list(&w);
    put_figures(&w);
    put_texts(&w);
    *part = (struct plan_part){ .kind = PLAN_GOALS, .id = "compare", .depth = 1, .blocks = w.first, .at = w.at };
    const struct plan *old = comparison->old;
    bool later = old->period && new->period && strcmp(old->period, new->period);
    const char *pairs[] = { "old", later ? old->period : old->title, "new", new->title, NULL };
    *plan = (struct plan){
        .file = new->file, .folder = new->folder, .id = new->id, .lang = new->lang, .title = filled(&w, "compare.title", pairs),
        .organisation = new->organisation, .short_title = new->short_title, .period = new->period,
        .first_year = new->first_year, .last_year = new->last_year, .adopted = new->adopted, .parts = part,
        .goals = arena_copy(arena, w.goals, w.goal_count * sizeof *w.goals), .goal_count = w.goal_count,
        .figures = plan_figures_from(w.rows, w.row_count, arena),
    };
    mem_free(w.goals);
    mem_free(w.rows);
    return plan;
}
