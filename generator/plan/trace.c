#include "plan/trace.h"

#include <string.h>

#include "base/i18n.h"

/* A place that shows a figure. */
struct place {
    const struct plan_figure *figure;
    struct source at;
    const char *what, *id;
};

struct places {
    const struct plan *plan;
    struct place *items;
    size_t count, capacity;
};

static void add(struct places *places, const struct plan_figure *figure, struct source at, const char *what, const char *id)
{
    if (!figure)
        return;
    VEC_GROW(places->items, places->capacity, places->count + 1);
    places->items[places->count++] = (struct place){ figure, at, what, id };
}

static void add_use(struct places *places, const struct plan_figure_use *use, const char *what)
{
    if (!use)
        return;
    add(places, use->figure, use->at, what, NULL);
    add(places, use->from, use->at, what, NULL);
    if (use->to != use->figure)
        add(places, use->to, use->at, what, NULL);
}

static void find_inline(struct places *places, const struct plan_inline *run)
{
    for (; run; run = run->next) {
        add_use(places, run->figure, "text");
        find_inline(places, run->first);
    }
}

static void find_blocks(struct places *places, const struct plan_block *block);

static void find_items(struct places *places, const struct plan_item *item)
{
    for (; item; item = item->next) {
        find_inline(places, item->title);
        find_inline(places, item->text);
        find_blocks(places, item->blocks);
    }
}

static void find_words(struct places *places, const struct plan_words *words)
{
    for (; words; words = words->next)
        find_inline(places, words->text);
}

static void find_goals(struct places *places, const struct plan_goal *goal)
{
    for (; goal; goal = goal->next) {
        find_inline(places, goal->title);
        find_inline(places, goal->note);
        for (const struct plan_measure *m = goal->measures; m; m = m->next) {
            find_inline(places, m->title);
            find_inline(places, m->reason);
            find_inline(places, m->note);
            find_words(places, m->baseline_words);
            find_words(places, m->target_words);
        }
    }
}

static void find_part(struct places *places, const struct plan_part *part)
{
    find_inline(places, part->title);
    find_blocks(places, part->blocks);
    find_goals(places, part->goals);
}

/* A chart shows every figure of its measures; without a list, of all measures. */
static void find_chart(struct places *places, const struct plan_block *chart)
{
    const struct plan *plan = places->plan;
    for (size_t i = 0; i < plan_figure_count(plan->figures); i++) {
        const struct plan_figure *figure = plan_figure_at(plan->figures, i);
        bool is_shown = !chart->measures && plan_lookup_measure(plan, figure->id);
        for (const char *const *id = chart->measures; id && *id; id++)
            is_shown |= !strcmp(*id, figure->id);
        if (is_shown)
            add(places, figure, chart->at, "chart", chart->id);
    }
}

static void find_blocks(struct places *places, const struct plan_block *block)
{
    for (; block; block = block->next) {
        find_inline(places, block->title);
        find_inline(places, block->text);
        find_inline(places, block->hub);
        find_inline(places, block->from);
        find_inline(places, block->to);
        find_items(places, block->items);
        for (const struct plan_row *row = block->rows; row; row = row->next)
            for (const struct plan_cell *cell = row->cells; cell; cell = cell->next)
                find_inline(places, cell->text);
        add_use(places, block->figure, "key-figure");
        if (block->figure)
            find_inline(places, block->figure->label);
        if (block->kind == PLAN_CHART)
            find_chart(places, block);
        find_blocks(places, block->blocks);
        if (block->part)
            find_part(places, block->part);
    }
}

/* All figures with a measure's id stand in the row of that measure. */
static void find_measures(struct places *places, const struct plan *plan)
{
    for (size_t i = 0; i < plan_figure_count(plan->figures); i++) {
        const struct plan_figure *figure = plan_figure_at(plan->figures, i);
        const struct plan_measure *m = plan_lookup_measure(plan, figure->id);
        if (m)
            add(places, figure, m->at, "measure", m->id);
    }
}

/* What a derived figure is worked out from stands in it. */
static void find_operands(struct places *places, const struct plan *plan)
{
    for (size_t i = 0; i < plan_figure_count(plan->figures); i++) {
        const struct plan_figure *figure = plan_figure_at(plan->figures, i);
        for (const struct plan_figure *const *o = figure->operands; o && *o; o++)
            add(places, (*o)->derived ? plan_figures_lookup(plan->figures, (*o)->id, -1, NULL) : *o, figure->at, "derived",
                figure->id);
    }
}

static void put_figure(struct buf *b, const struct plan_figure *f)
{
    char digits[DECIMAL_TEXT] = "..";
    if (!f->missing)
        decimal_write(f->value, digits);
    buf_printf(b, "%s: %s %s%s%s %s", f->id, plan_figure_kind_name(f->kind), f->period, *f->period ? ": " : "", digits,
               plan_unit_name(f->unit));
    if (f->derived)
        buf_printf(b, " = %s", f->derived);
    buf_printf(b, "\n    %s %s:%d:%d", _("from"), f->at.file ? f->at.file : "", f->at.line, f->at.column);
    if (f->sheet)
        buf_printf(b, _(", sheet \"%s\""), f->sheet);
    if (*f->source)
        buf_printf(b, " (%s%s%s)", f->source, *f->retrieved ? ", " : "", f->retrieved);
    buf_putc(b, '\n');
}

void plan_trace_write(const struct plan *plan, struct buf *b)
{
    struct places places = { .plan = plan };
    for (const struct plan_part *part = plan->parts; part; part = part->next)
        find_part(&places, part);
    find_blocks(&places, plan->summary);
    find_blocks(&places, plan->contact);
    find_measures(&places, plan);
    find_operands(&places, plan);
    for (size_t i = 0; i < plan_figure_count(plan->figures); i++) {
        const struct plan_figure *figure = plan_figure_at(plan->figures, i);
        bool stands = false;
        put_figure(b, figure);
        for (size_t j = 0; j < places.count; j++) {
            const struct place *p = &places.items[j];
            if (p->figure != figure)
                continue;
            buf_printf(b, "    %s:%d:%d: %s%s%s\n", p->at.file, p->at.line, p->at.column, p->what, p->id ? " " : "",
                       p->id ? p->id : "");
            stands = true;
        }
        if (!stands)
            buf_printf(b, "    %s\n", _("stands nowhere in the plan"));
    }
    mem_free(places.items);
}
