/* Goals as cards in a grid: a bar in the hue, the group, number and text, the figures side by side under small heads, the
   row chart. A screen reader is told the same table as elsewhere: group and goal are its row headers, the heads of the
   figures its column headers. What a card says again is for the eye alone. */
#include <math.h>
#include <string.h>

#include "compose/goals.h"

struct cards {
    struct run_goals_table *table;
    struct layout_box *grid;
    struct display_node *heads[RUN_GOALS_COLUMNS];         /* TH of a column until its words stand on a card */
};

static bool is_figure(enum run_goals_kind kind)
{
    return kind == RUN_GOALS_BASELINE || kind == RUN_GOALS_TARGET || kind == RUN_GOALS_ACTUAL || kind == RUN_GOALS_CHANGE;
}

/* Does a card show anything of the kind? */
static bool shows(const struct cards *c, const struct run_goals_line *line, enum run_goals_kind kind)
{
    const struct chart_indicator *in = line->measure ? run_goals_indicator(c->table, line) : NULL;
    if (!in)
        return false;
    switch (kind) {
    case RUN_GOALS_BASELINE:
        return in->baseline.present || in->baseline_words || run_goals_compared(line);
    case RUN_GOALS_TARGET:
        return in->target.present || in->target_words;
    case RUN_GOALS_ACTUAL:
        return in->actual.present;
    case RUN_GOALS_CHANGE:
    case RUN_GOALS_CHART:
        return in->baseline.present && in->target.present;
    case RUN_GOALS_STATUS:
        return in->has_status;
    default:
        return false;
    }
}

/* Words, and numbers that are wider than their column, have the whole width of the card. */
static bool is_wide(const struct cards *c, const struct run_goals_line *line, const struct run_goals_column *column)
{
    const char *number = run_goals_words_in(c->table, run_goals_indicator(c->table, line), column->kind);
    if (!number || (column->kind == RUN_GOALS_BASELINE && run_goals_compared(line)))
        return true;
    double width = column->kind == RUN_GOALS_TARGET
                       ? run_goals_target_width(c->table, line, column)
                       : text_width(c->table->run->engine, column->style, c->table->context->lang, number);
    return column->width > 0 && width > column->width;
}

/* ---- the table's head --------------------------------------------------------------------------------------- */
static void make_heads(struct cards *c)
{
    struct run_goals_table *t = c->table;
    struct display_document *document = t->run->document;
    struct source at = t->context->part->at;
    struct display_node *head = display_add_node(document, t->node, DISPLAY_THEAD, at);
    struct display_node *tr = display_add_node(document, head, DISPLAY_TR, at);
    for (int i = 0; i < t->count; i++) {
        bool shown = false;
        for (size_t k = 0; k < t->line_count && is_figure(t->columns[i].kind); k++)
            shown |= shows(c, &t->lines[k], t->columns[i].kind);
        struct display_node *cell = display_add_node(document, tr, shown ? DISPLAY_TH : DISPLAY_TD, at);
        cell->column_span = 1;
        if (!shown)
            continue;
        cell->scope = DISPLAY_SCOPE_COLUMN;
        c->heads[i] = cell;
    }
}

/* ---- a card ------------------------------------------------------------------------------------------------- */
static struct layout_box *stack(struct cards *c, struct layout_box *parent, struct source at, const char *name)
{
    return run_box(c->table->run, parent, LAYOUT_STACK, at, name);
}

static void put_line(struct cards *c, struct layout_box *parent, struct run_text text, const struct design_style *style,
                     struct display_node *node, struct source at)
{
    run_paragraph(c->table->run, parent, text, style, node, at, "card")->no_indent = true;
}

static void put_words(struct cards *c, struct layout_box *parent, const char *words, const struct design_style *style,
                      const struct design_colour *colour, struct display_node *node, struct source at)
{
    put_line(c, parent, run_words(c->table->run, words, style, colour, c->table->context->lang, at), style, node, at);
}

static struct layout_box *part_of(struct cards *c, struct layout_box *parent, struct display_node *cell,
                                  const struct run_goals_line *line, int column, struct source at)
{
    struct layout_box *box = stack(c, parent, at, "card");
    box->node = cell;
    run_goals_fill(c->table, box, line, &c->table->columns[column]);
    return box;
}

/* A figure under its head. */
static void put_figure(struct cards *c, struct layout_box *parent, struct display_node *cell,
                       const struct run_goals_line *line, int column, struct source at)
{
    struct run_goals_table *t = c->table;
    const struct design_style *style = run_goals_style(t, t->element, "head", "goal-head");
    struct layout_box *box = stack(c, parent, at, "card");
    box->align = 1;                        /* figures stand level, whatever is above them */
    const char *head = run_goals_word(t, &t->columns[column]);
    if (!is_wide(c, line, &t->columns[column]))
        box->width = fmax(t->columns[column].width, run_widest_word(t->run, head, style, t->context->lang));
    put_words(c, box, head, style, NULL, c->heads[column], at);
    c->heads[column] = NULL;
    part_of(c, box, cell, line, column, at);
}

/* Numbers stand side by side. */
static void put_figures(struct cards *c, struct layout_box *card, struct display_node *const *cells,
                        const struct run_goals_line *line, struct source at)
{
    struct run_goals_table *t = c->table;
    struct layout_box *row = NULL;
    double above = run_goals_measure(t, "gap", 4);
    for (int i = 0; i < t->count; i++) {
        enum run_goals_kind kind = t->columns[i].kind;
        if (!is_figure(kind) || !shows(c, line, kind))
            continue;
        bool wide = is_wide(c, line, &t->columns[i]);
        if (wide || !row) {
            struct layout_box *next = run_box(t->run, card, wide ? LAYOUT_STACK : LAYOUT_ROW, at, "card");
            next->margin.top = above;
            next->gap = above;
            row = wide ? NULL : next;
            put_figure(c, next, cells[i], line, i, at);
        } else {
            put_figure(c, row, cells[i], line, i, at);
        }
    }
}

/* The row chart, and the state beside it. */
static void put_drawings(struct cards *c, struct layout_box *card, struct display_node *const *cells,
                         const struct run_goals_line *line, struct source at)
{
    struct run_goals_table *t = c->table;
    struct layout_box *row = NULL;
    for (int i = 0; i < t->count; i++) {
        enum run_goals_kind kind = t->columns[i].kind;
        if ((kind != RUN_GOALS_CHART && kind != RUN_GOALS_STATUS) || !shows(c, line, kind))
            continue;
        if (!row) {
            row = run_box(t->run, card, LAYOUT_ROW, at, "card");
            row->margin.top = run_goals_measure(t, "gap", 4);
            row->gap = row->margin.top;
        }
        part_of(c, row, cells[i], line, i, at)->width = kind == RUN_GOALS_STATUS ? t->columns[i].width : 0;
    }
}

static int column_of(const struct run_goals_table *t, enum run_goals_kind kind)
{
    for (int i = 0; i < t->count; i++)
        if (t->columns[i].kind == kind)
            return i;
    return -1;
}

/* In the table the group is a row before its first goal; NULL: it has no title. */
static struct display_node *group_node(struct cards *c, const struct plan_part *group)
{
    struct run *run = c->table->run;
    if (!group->title)
        return NULL;
    struct display_node *tr = display_add_node(run->document, c->table->body, DISPLAY_TR, group->at);
    struct display_node *node = display_add_node(run->document, tr, DISPLAY_TH, group->at);
    node->scope = DISPLAY_SCOPE_ROW;
    node->column_span = c->table->count;
    run_take(run, &group->title);
    return node;
}

/* The group stands on each of its cards, so that none is without it. */
static void put_group(struct cards *c, struct layout_box *parent, struct display_node *node,
                      const struct run_goals_line *line)
{
    struct run_goals_table *t = c->table;
    struct run *run = t->run;
    const struct plan_part *group = line->goal->group;
    const struct design_style *style = run_goals_style(t, t->element, "group", "goal-group");
    const struct design_colour *colour = run_colour(run, line->hue ? "deep" : "primary", line->hue);
    if (!group->title)
        return;
    if (node)
        put_line(c, parent, run_inline(run, group->title, style, colour, t->context->lang, node), style, node, group->at);
    else
        put_words(c, parent, group->short_title ? group->short_title : run_plain(run, group->title, t->context->lang), style,
                  colour, NULL, group->at);
}

/* The number, large, beside the group; a further measure of a goal has it once more. */
static void put_head(struct cards *c, struct layout_box *card, struct display_node *const *cells,
                     struct display_node *heading, const struct run_goals_line *line, struct source at)
{
    struct run_goals_table *t = c->table;
    int number = column_of(t, RUN_GOALS_NUMBER);
    struct layout_box *row = run_box(t->run, card, LAYOUT_ROW, at, "card");
    row->gap = run_goals_measure(t, "gap", 4);
    if (number >= 0 && line->goal->number) {
        struct layout_box *box = part_of(c, row, cells[number], line, number, at);
        box->width = t->columns[number].width;
        if (!line->number)
            put_words(c, box, line->goal->number, t->columns[number].style,
                      run_colour(t->run, line->hue ? "deep" : "primary", line->hue), NULL, at);
    }
    put_group(c, stack(c, row, at, "card"), heading, line);
}

static void put_text(struct cards *c, struct layout_box *card, struct display_node *const *cells,
                     const struct run_goals_line *line, struct source at)
{
    struct run_goals_table *t = c->table;
    int text = column_of(t, RUN_GOALS_TEXT);
    if (text < 0)
        return;
    struct layout_box *box = part_of(c, card, cells[text], line, text, at);
    box->margin.top = run_goals_measure(t, "head-gap", 2);
    box->min_height = run_goals_measure(t, "text-height", 0);
}

static void add_card(struct cards *c, const struct run_goals_line *line)
{
    struct run_goals_table *t = c->table;
    struct run *run = t->run;
    struct source at = line->measure ? line->measure->at : line->goal->at;
    double pad = run_goals_measure(t, "pad", 8);
    struct layout_box *card = stack(c, c->grid, at, run_goals_called(run, line));
    card->background = run_colour(run, "paper", 0);
    card->border.top = run_goals_measure(t, "bar", 4);
    card->border_colour = run_colour(run, "main", line->hue);
    card->padding = (struct layout_edge){ pad, pad, pad, pad };
    card->keep_together = true;
    if (line->hue)
        card->areas |= 1ul << (line->hue - 1);
    struct display_node *group = line->group ? group_node(c, line->goal->group) : NULL;
    struct display_node *tr = display_add_node(run->document, t->body, DISPLAY_TR, at), *cells[RUN_GOALS_COLUMNS] = { 0 };
    for (int i = 0; i < t->count; i++) {
        bool heading = t->columns[i].kind == RUN_GOALS_TEXT;
        cells[i] = display_add_node(run->document, tr, heading ? DISPLAY_TH : DISPLAY_TD, at);
        cells[i]->column_span = 1;
        if (heading)
            cells[i]->scope = DISPLAY_SCOPE_ROW;
    }
    put_head(c, card, cells, group, line, at);
    put_text(c, card, cells, line, at);
    if (line->measure) {
        put_figures(c, card, cells, line, at);
        put_drawings(c, card, cells, line, at);
    }
    if (line->number)
        run_map_set(&run->nodes, line->goal, tr);
}

void run_goals_cards(struct run_goals_table *t, struct layout_box *grid)
{
    struct cards cards = { .table = t, .grid = grid };
    run_goals_widen_number(t);
    make_heads(&cards);
    t->body = display_add_node(t->run->document, t->node, DISPLAY_TBODY, t->context->part->at);
    for (size_t i = 0; i < t->line_count; i++)
        add_card(&cards, &t->lines[i]);
}
