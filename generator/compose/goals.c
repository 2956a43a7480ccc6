/* The goals as a table (goals_cards.c: as cards): a group row in its hue, a goal's number and text, baseline, target, change, a small chart and, when
   there is something to report, its state. Text in place of a number stands calmly under its head and takes the room of
   the columns that have nothing to say. */
#include <math.h>
#include <string.h>

#include "compose/goals.h"

static const struct {
    const char *name, *style, *word;
} column_kinds[COLUMN_KINDS] = {
    [NUMBER] = { "number", "goal-number", NULL },   [TEXT] = { "text", "goal-text", "goal" },
    [BASELINE] = { "baseline", "goal-figure", "baseline" }, [TARGET] = { "target", "goal-target", "target" },
    [ACTUAL] = { "actual", "goal-figure", "actual" },   [CHANGE] = { "change", "goal-change", "change" },
    [CHART] = { "chart", "goal-figure", "chart" },      [STATUS] = { "status", "goal-words", "status" },
};

/* ---- measures of the template ----------------------------------------------------------------------------------------------- */
double run_goals_measure(const struct run_goals_table *t, const char *name, double missing)
{
    return t->element ? design_length(t->run->design, t->element, name, 0, missing) : missing;
}

const struct design_style *run_goals_style(struct run_goals_table *t, const struct design_element *e, const char *name,
                                           const char *missing)
{
    const char *style = e ? design_attribute(e, name) : NULL;
    return run_style(t->run, style ? style : missing, e ? e->at : t->context->part->at);
}

static enum run_goals_kind kind_of(const char *name)
{
    for (int i = 0; i < COLUMN_KINDS; i++)
        if (!strcmp(name, column_kinds[i].name))
            return (enum run_goals_kind)i;
    return TEXT;
}

static void add_column(struct run_goals_table *t, const struct design_element *e, enum run_goals_kind kind)
{
    if ((kind == STATUS && !t->run->status) || t->count == MOST_COLUMNS)
        return;
    struct run_goals_column *column = &t->columns[t->count++];
    const char *align = e ? design_attribute(e, "align") : NULL;
    column->kind = kind;
    column->style = run_goals_style(t, e, "style", column_kinds[kind].style);
    column->words = run_goals_style(t, e, "words", "goal-words");
    column->word = e && design_attribute(e, "word") ? design_attribute(e, "word") : column_kinds[kind].word;
    column->width = e ? design_length(t->run->design, e, "width", 0, 0) : 0;
    column->gap = run_goals_measure(t, "gap", 6);
    if (e)
        column->gap = design_length(t->run->design, e, "gap", 0, column->gap);
    column->align = !align ? column->style->align : !strcmp(align, "end") ? DESIGN_END
                    : !strcmp(align, "centre") ? DESIGN_CENTRE : DESIGN_START;
}

static void read_columns(struct run_goals_table *t)
{
    static const struct { enum run_goals_kind kind; double mm; } usual[] = {
        { NUMBER, 8 }, { TEXT, 0 }, { BASELINE, 20 }, { TARGET, 20 }, { CHANGE, 14 }, { STATUS, 14 },
    };
    for (const struct design_element *e = t->element ? t->element->first : NULL; e; e = e->next)
        add_column(t, e, kind_of(design_attribute(e, "of")));
    bool declared = t->count > 0;
    for (size_t i = 0; !declared && i < sizeof usual / sizeof *usual; i++) {
        int before = t->count;
        add_column(t, NULL, usual[i].kind);
        if (t->count > before)
            t->columns[before].width = usual[i].mm * PT_PER_MM;
    }
}

static const double *widths(struct run_goals_table *t)
{
    double *all = arena_array(t->run->arena, double, t->count);
    for (int i = 0; i < t->count; i++)
        all[i] = t->columns[i].width;
    return all;
}

/* ---- rows and cells ------------------------------------------------------------------------------------------------------------- */
static struct layout_box *add_row(struct run_goals_table *t, struct display_node *section, struct source at,
                                  struct display_node **tr)
{
    struct layout_box *row = run_box(t->run, t->box, LAYOUT_TABLE_ROW, at, "row");
    *tr = display_add_node(t->run->document, section, DISPLAY_TR, at);
    return row;
}

static struct layout_box *add_cell(struct run_goals_table *t, struct layout_box *row, struct display_node *tr,
                                   enum display_role role, int column, int span, struct source at)
{
    double pad = run_goals_measure(t, "pad", 3);
    struct layout_box *cell = run_box(t->run, row, LAYOUT_STACK, at, "cell");
    cell->node = display_add_node(t->run->document, tr, role, at);
    cell->node->column_span = cell->column_span = span;
    cell->padding = (struct layout_edge){ pad, column + span == t->count ? 0 : t->columns[column + span - 1].gap, pad,
                                           0 };
    return cell;
}

/* Two paragraphs of a cell are two elements, else their words would run together for a reader. */
static struct display_node *paragraph_node(struct run_goals_table *t, struct layout_box *cell, struct source at)
{
    if (!cell->first)
        return cell->node;
    if (cell->first->node == cell->node)
        cell->first->node = display_add_node(t->run->document, cell->node, DISPLAY_P, cell->first->at);
    return display_add_node(t->run->document, cell->node, DISPLAY_P, at);
}

static void put_text(struct run_goals_table *t, struct layout_box *cell, struct run_text text, const struct design_style *style,
                     enum design_align align, struct source at)
{
    if (!text.count)
        return;
    struct layout_box *box = run_paragraph(t->run, cell, text, style, paragraph_node(t, cell, at), at, "cell");
    box->no_indent = true;
    box->text_align = align;
}

static void put_words(struct run_goals_table *t, struct layout_box *cell, const char *words, const struct design_style *style,
                      enum design_align align, const struct design_colour *colour, struct source at)
{
    put_text(t, cell, run_words(t->run, words, style, colour, t->context->lang, at), style, align, at);
}

/* ---- head and group rows ------------------------------------------------------------------------------------------------------------ */
const char *run_goals_word(struct run_goals_table *t, const struct run_goals_column *column)
{
    const char *pairs[] = { "period", t->period ? t->period : "", NULL };
    return column->word ? run_word(t->run, t->context->lang, column->word, pairs) : NULL;
}

static void add_head(struct run_goals_table *t)
{
    const struct design_style *style = run_goals_style(t, t->element, "head", "goal-head");
    struct display_node *head = display_add_node(t->run->document, t->node, DISPLAY_THEAD, t->context->part->at), *tr;
    struct layout_box *row = add_row(t, head, t->context->part->at, &tr);
    row->repeat_header = true;
    row->rule = run_goals_measure(t, "head-rule", 1);
    row->rule_colour = run_colour(t->run, "primary", 0);
    for (int i = 0; i < t->count; i++) {
        bool named = t->columns[i].word != NULL;
        struct layout_box *cell = add_cell(t, row, tr, named ? DISPLAY_TH : DISPLAY_TD, i, 1, row->at);
        if (!named)
            continue;
        cell->node->scope = DISPLAY_SCOPE_COLUMN;
        put_words(t, cell, run_goals_word(t, &t->columns[i]), style,
                  t->columns[i].kind == CHART ? DESIGN_START : t->columns[i].align, NULL, row->at);
    }
}

static void add_group(struct run_goals_table *t, const struct plan_part *group, int hue)
{
    if (!group->title)
        return;
    struct run *run = t->run;
    const struct design_style *style = run_goals_style(t, t->element, "group", "goal-group");
    const struct design_colour *colour = run_colour(run, hue ? "deep" : "primary", hue);
    struct display_node *tr;
    struct layout_box *row = add_row(t, t->body, group->at, &tr);
    row->group_heading = true;
    row->margin.top = run_goals_measure(t, t->box->first->next == row ? "head-gap" : "group-gap", 6);
    row->background = run_colour(run, hue ? "tint" : "field-deep", hue);
    row->bar = run_goals_measure(t, "bar", 0);
    row->bar_colour = run_colour(run, "main", hue);
    if (hue)
        row->areas |= 1ul << (hue - 1);
    struct layout_box *cell = add_cell(t, row, tr, DISPLAY_TH, 0, t->count, group->at);
    cell->node->scope = DISPLAY_SCOPE_ROW;
    cell->padding.top = cell->padding.bottom = run_goals_measure(t, "group-pad", 2);
    cell->padding.left = t->columns[0].kind == NUMBER ? t->columns[0].width : 0;
    run_take(run, &group->title);
    put_text(t, cell, run_inline(run, group->title, style, colour, t->context->lang, cell->node), style, style->align,
             group->at);
}

/* ---- remarks --------------------------------------------------------------------------------------------------------------------------- */
static const struct remark *remark_of(struct run_goals_table *t, const struct plan_inline *text)
{
    if (!text)
        return NULL;
    const char *words = run_plain(t->run, text, t->context->lang);
    struct remark **end = &t->remarks;
    int number = 0;
    for (; *end; end = &(*end)->next, number++)
        if (!strcmp((*end)->text, words))
            return *end;
    *end = arena_new_of(t->run->arena, struct remark);
    **end = (struct remark){ .text = words, .mark = arena_printf(t->run->arena, "%c", 'a' + number % 26),
                             .node = display_add_node(t->run->document, t->node->parent, DISPLAY_NOTE, text->at) };
    return *end;
}

static struct text_span mark_span(struct run_goals_table *t, const struct remark *remark, bool first, struct display_node *cell,
                                  const struct design_style *style, struct source at)
{
    struct run *run = t->run;
    const char *mark = arena_printf(run->arena, "%s%s", first ? "\u202F" : ",", remark->mark);
    struct display_node *link = display_add_node(run->document, cell, DISPLAY_LINK, at);
    link->target = remark->node;
    link->title = arena_printf(run->arena, "%s %s", design_word(run->design, t->context->lang, "footnote"), remark->mark);
    return (struct text_span){ .text = mark, .length = strlen(mark), .style = style, .flags = TEXT_SUPERSCRIPT,
                               .lang = t->context->lang, .mark = link, .at = at };
}

static struct run_text with_marks(struct run_goals_table *t, struct run_text text, const struct remark *const remarks[3],
                                  struct display_node *cell, const struct design_style *style, struct source at)
{
    struct text_span *spans = arena_array(t->run->arena, struct text_span, text.count + 3);
    memcpy(spans, text.spans, text.count * sizeof *spans);
    size_t count = text.count;
    for (int i = 0; i < 3; i++) {
        if (!remarks[i])
            continue;
        spans[count] = mark_span(t, remarks[i], count == text.count, cell, style, at);
        count++;
    }
    return (struct run_text){ spans, count };
}

static void add_remarks(struct run_goals_table *t, struct layout_box *parent)
{
    struct run *run = t->run;
    const struct design_style *style = run_style(run, "caption", t->context->part->at);
    if (!t->remarks)
        return;
    struct layout_box *grid = run_box(run, parent, LAYOUT_GRID, t->context->part->at, "remarks");
    grid->columns = t->element ? (int)design_number(t->element, "remark-columns", 1) : 1;
    grid->gap = run_goals_measure(t, "remark-gap", 0);
    grid->margin.top = run_goals_measure(t, "legend-gap", 6);
    for (const struct remark *remark = t->remarks; remark; remark = remark->next) {
        struct source at = t->context->part->at;
        const char *line = arena_printf(run->arena, "%s\u2002%s", remark->mark, remark->text);
        struct layout_box *cell = run_box(run, grid, LAYOUT_STACK, at, "remark");
        run_paragraph(run, cell, run_words(run, line, style, NULL, t->context->lang, at), style, remark->node,
                      at, "remark")->no_indent = true;
    }
}

/* ---- a measure's cells ---------------------------------------------------------------------------------------------------------------------- */
const struct chart_indicator *run_goals_indicator(const struct run_goals_table *t, const struct run_goals_line *line)
{
    return &t->indicators[line->indicator];
}

static bool fits_line(const struct run_goals_table *t, const struct run_text *text, const struct run_goals_column *column)
{
    return column->width > 0 && run_natural_width(t->run, *text) <= column->width - column->gap;
}

/* Two texts after one another, a space between. */
static struct run_text joined(struct run_goals_table *t, struct run_text a, const char *space, struct run_text b)
{
    struct text_span *spans = arena_array(t->run->arena, struct text_span, a.count + b.count + 1);
    memcpy(spans, a.spans, a.count * sizeof *spans);
    memcpy(spans + a.count + 1, b.spans, b.count * sizeof *spans);
    spans[a.count] = (struct text_span){ .text = space, .length = strlen(space), .style = b.spans[0].style,
                                         .lang = t->context->lang, .at = b.spans[0].at };
    return (struct run_text){ spans, a.count + b.count + 1 };
}

/* A number after what it is, "Antal 381": beside it where the column has the room, else below. */
static void put_number(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line, const struct run_goals_column *column,
                       const char *number)
{
    struct run *run = t->run;
    const struct plan_measure *m = line->measure;
    struct run_text value = run_words(run, number, column->style, NULL, t->context->lang, m->at);
    if (m->label) {
        struct run_text label = run_inline(run, m->label, column->words, NULL, t->context->lang, cell->node);
        struct run_text both = joined(t, label, "\u00a0", value);
        if (fits_line(t, &both, column)) {
            put_text(t, cell, both, column->style, column->align, m->at);
            return;
        }
        /* A paragraph of its own in the cell: else a reader hears label and number as one word. */
        struct display_node *whole = cell->node, *own = display_add_node(run->document, whole, DISPLAY_P, m->at);
        cell->node = own;
        put_text(t, cell, run_inline(run, m->label, column->words, NULL, t->context->lang, own), column->words,
                 column->align, m->at);
        cell->node = whole;
    }
    put_text(t, cell, value, column->style, column->align, m->at);
}

static const char *inline_label(struct run_goals_table *t, const struct plan_measure *measure, const char *value)
{
    if (!measure->label)
        return value;
    return arena_printf(t->run->arena, "%s %s", run_plain(t->run, measure->label, t->context->lang), value);
}

/* The figures that a measure is compared with stand below its own. */
static void put_comparisons(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line,
                            const struct run_goals_column *column, enum design_align align)
{
    for (const struct plan_measure *m = line->goal->measures; m; m = m->next) {
        if (!m->comparison_of || strcmp(m->comparison_of, line->measure->id))
            continue;
        struct chart_indicator other = run_indicator(t->run, line->goal, m, t->context->lang);
        const char *value = other.baseline.present ? other.baseline.text : other.baseline_words;
        if (value)
            put_words(t, cell, inline_label(t, m, value), column->words, align, NULL, m->at);
    }
}

bool run_goals_compared(const struct run_goals_line *line)
{
    for (const struct plan_measure *m = line->goal->measures; m; m = m->next)
        if (m->comparison_of && !strcmp(m->comparison_of, line->measure->id))
            return true;
    return false;
}

static void put_baseline(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line, const struct run_goals_column *column)
{
    const struct chart_indicator *in = run_goals_indicator(t, line);
    const struct chart_number *number = &in->baseline;
    if (run_goals_compared(line)) {
        put_words(t, cell, inline_label(t, line->measure, number->present ? number->text : in->baseline_words),
                  column->words, DESIGN_START, NULL, line->measure->at);
        put_comparisons(t, cell, line, column, DESIGN_START);
    } else if (number->present) {
        put_number(t, cell, line, column, number->text);
    } else if (in->baseline_words) {
        put_words(t, cell, in->baseline_words, column->words, DESIGN_START, NULL, line->measure->at);
    }
}

static void put_target(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line, const struct run_goals_column *column)
{
    const struct plan_measure *m = line->measure;
    const struct remark *remarks[3] = { remark_of(t, m->reason), remark_of(t, m->note), remark_of(t, line->goal->note) };
    const struct chart_indicator *in = run_goals_indicator(t, line);
    bool number = in->target.present;
    const char *words = number ? in->target.text : in->target_words;
    const struct design_style *style = number ? column->style : column->words;
    struct run_text text = run_words(t->run, words ? words : "", style, NULL, t->context->lang, m->at);
    put_text(t, cell, with_marks(t, text, remarks, cell->node, style, m->at), style, number ? column->align : DESIGN_START, m->at);
}

/* From baseline to target; NULL when one of them has no number. */
static const char *change_of(const struct run_goals_table *t, const struct chart_indicator *in)
{
    struct decimal change;
    if (!in->baseline.present || !in->target.present ||
        !decimal_subtract(in->target.value, in->baseline.value, &change))
        return NULL;
    return text_quantity(t->run->design, t->context->lang, change, in->unit, TEXT_SIGNED_BARE, t->run->arena);
}

static void put_change(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line, const struct run_goals_column *column)
{
    const char *change = change_of(t, run_goals_indicator(t, line));
    if (change)
        put_words(t, cell, change, column->style, column->align, NULL, line->measure->at);
}

static void put_drawing(struct run_goals_table *t, struct layout_box *cell, struct layout_drawing *drawing, const char *alt,
                        int place, struct source at)
{
    struct layout_box *box = run_box(t->run, cell, LAYOUT_DRAWING, at, "chart");
    box->node = display_add_node(t->run->document, cell->node, DISPLAY_FIGURE, at);
    box->node->alt = alt;
    box->drawing = drawing;
    box->place = place;
    box->height = run_goals_measure(t, "chart-height", 12);
}

/* The row's header and numbers have been read when the chart comes: its text only joins them. */
static void put_chart(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line)
{
    struct run *run = t->run;
    const struct chart_indicator *in = run_goals_indicator(t, line);
    double low = 0, high = 0;
    if (!in->baseline.present || !in->target.present)
        return;
    const char *direction = in->better > 0 ? "up" : in->better < 0 ? "down" : "none";
    const char *pairs[] = { "from", in->baseline.text, "to", in->target.text, NULL };
    const char *key = arena_printf(run->arena, "goal-row.alt.%s", direction);
    chart_goal_window(&t->scale, in, &low, &high);
    put_drawing(t, cell, chart_goal_row(&run->charts, in, low, high), run_word(run, t->context->lang, key, pairs), -1,
                in->at);
}

static void put_status(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line, const struct run_goals_column *column)
{
    const struct chart_indicator *in = run_goals_indicator(t, line);
    put_drawing(t, cell, chart_status_mark(&t->run->charts, in->status, in->hue, run_goals_measure(t, "mark", 9)), in->status_text,
                0, in->at);
    if (line->measure->status)
        put_text(t, cell, run_inline(t->run, line->measure->status, column->words, NULL, t->context->lang, cell->node),
                 column->words, DESIGN_START, in->at);
}

/* Why it has its state, below the goal's text. */
static void put_reason(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line,
                       const struct run_goals_column *column)
{
    if (t->run->status && line->measure && run_goals_indicator(t, line)->status != CHART_NO_TARGET)
        put_words(t, cell, run_reason(t->run, line->measure, t->context->lang), column->words, column->align, NULL,
                  line->measure->at);
}

/* ---- rows of goals ---------------------------------------------------------------------------------------------------------------------------- */
/* Words that stand for a target take the room of the change and the chart that they cannot have. */
static int span_of(const struct run_goals_table *t, int at, const struct run_goals_line *line)
{
    bool words = line->measure && !run_goals_indicator(t, line)->target.present && run_goals_indicator(t, line)->target_words;
    int span = 1;
    if (!words || t->columns[at].kind != TARGET)
        return 1;
    while (at + span < t->count && (t->columns[at + span].kind == CHANGE || t->columns[at + span].kind == CHART))
        span++;
    return span;
}

void run_goals_fill(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line, const struct run_goals_column *column)
{
    struct source at = line->measure ? line->measure->at : line->goal->at;
    switch (column->kind) {
    case NUMBER:
        if (line->number && line->goal->number)
            put_words(t, cell, line->goal->number, column->style, column->align,
                      run_colour(t->run, line->hue ? "deep" : "primary", line->hue), at);
        break;
    case TEXT:
        put_text(t, cell, run_inline(t->run, line->text, column->style, NULL, t->context->lang, cell->node),
                 column->style, column->align, at);
        put_reason(t, cell, line, column);
        break;
    case BASELINE:
        if (line->measure)
            put_baseline(t, cell, line, column);
        break;
    case TARGET:
        if (line->measure)
            put_target(t, cell, line, column);
        break;
    case ACTUAL:
        if (line->measure && run_goals_indicator(t, line)->actual.present)
            put_words(t, cell, run_goals_indicator(t, line)->actual.text, column->style, column->align, NULL, at);
        break;
    case CHANGE:
        if (line->measure)
            put_change(t, cell, line, column);
        break;
    case CHART:
        if (line->measure)
            put_chart(t, cell, line);
        break;
    case STATUS:
        if (line->measure)
            put_status(t, cell, line, column);
        break;
    case COLUMN_KINDS:
        break;
    }
}

static void add_line(struct run_goals_table *t, const struct run_goals_line *line)
{
    struct display_node *tr;
    struct layout_box *row = add_row(t, t->body, line->measure ? line->measure->at : line->goal->at, &tr);
    row->keep_together = true;
    row->rule = line->last ? 0 : run_goals_measure(t, "rule", 0.5);
    row->rule_colour = run_colour(t->run, "rule", 0);
    row->rule_from = line->goes_on && t->columns[0].kind == NUMBER ? t->columns[0].width : 0;
    if (line->hue)
        row->areas |= 1ul << (line->hue - 1);
    for (int i = 0; i < t->count;) {
        const struct run_goals_column *column = &t->columns[i];
        int span = span_of(t, i, line);
        struct layout_box *cell = add_cell(t, row, tr, column->kind == TEXT ? DISPLAY_TH : DISPLAY_TD, i, span,
                                           row->at);
        if (column->kind == TEXT)
            cell->node->scope = DISPLAY_SCOPE_ROW;
        run_goals_fill(t, cell, line, column);
        i += span;
    }
    if (line->number)
        run_map_set(&t->run->nodes, line->goal, tr);
}

/* ---- lines, before any row is built: the small charts share their scale ------------------------------------------------------ */
static void note_line(struct run_goals_table *t, struct run_goals_line line)
{
    line.hue = line.goal->group->area ? plan_area_index(t->run->plan, line.goal->group->area) : 0;
    if (line.measure) {
        line.indicator = t->indicator_count;
        VEC_GROW(t->indicators, t->indicator_capacity, t->indicator_count + 1);
        t->indicators[t->indicator_count++] = run_indicator(t->run, line.goal, line.measure, t->context->lang);
    }
    VEC_GROW(t->lines, t->line_capacity, t->line_count + 1);
    t->lines[t->line_count++] = line;
}

static void note_goal(struct run_goals_table *t, const struct plan_goal *goal, const struct plan_part *group)
{
    bool number = true;
    if (goal->title && goal->measures && goal->measures->title) {
        note_line(t, (struct run_goals_line){ .group = group, .goal = goal, .text = goal->title, .number = true });
        number = false;
        group = NULL;
    }
    for (const struct plan_measure *m = goal->measures; m; m = m->next) {
        if (m->comparison_of)
            continue;
        note_line(t, (struct run_goals_line){ .group = group, .goal = goal, .measure = m, .number = number,
                                    .text = m->title ? m->title : number ? goal->title : NULL });
        number = false;
        group = NULL;
    }
}

static void note_group(struct run_goals_table *t, const struct plan_part *group)
{
    size_t before = t->line_count;
    for (const struct plan_goal *goal = group->goals; goal; goal = goal->next)
        note_goal(t, goal, goal == group->goals ? group : NULL);
    for (size_t i = before; i + 1 < t->line_count; i++)
        t->lines[i].goes_on = t->lines[i + 1].goal == t->lines[i].goal;
    if (t->line_count > before)
        t->lines[t->line_count - 1].last = true;
}

static void note_all(struct run_goals_table *t)
{
    struct run *run = t->run;
    for (const struct plan_block *block = t->context->blocks; block; block = block->next) {
        if (block->kind != PLAN_PART || block->part->kind != PLAN_GOAL_GROUP || run_is_taken(run, block->part))
            continue;
        run_take(run, block->part);
        note_group(t, block->part);
    }
    struct chart_indicator *kept = arena_copy(run->arena, t->indicators, t->indicator_count * sizeof *kept);
    mem_free(t->indicators);
    t->indicators = kept;
    t->scale = chart_goal_scale(kept, t->indicator_count);
}

/* The period of all targets, for the head of their column. */
static const char *find_target_period(const struct run *run)
{
    const char *period = NULL;
    for (size_t i = 0; i < run->plan->goal_count; i++) {
        for (const struct plan_measure *m = run->plan->goals[i]->measures; m; m = m->next) {
            struct plan_evidence evidence = plan_measure_evidence(run->plan, m);
            const char *own = evidence.target ? evidence.target->period : NULL;
            if (own && period && strcmp(own, period))
                return NULL;
            period = own ? own : period;
        }
    }
    return period;
}

static const char *target_period(struct run *run)
{
    if (!run->target_period_known)
        run->target_period = find_target_period(run);
    run->target_period_known = true;
    return run->target_period;
}

/* ---- sources ------------------------------------------------------------------------------------------------------------------------------------- */
static void add_sources(struct run_goals_table *t, struct layout_box *parent)
{
    struct buf all = BUF_EMPTY;
    struct run *run = t->run;
    for (size_t i = 0; i < plan_figure_count(run->plan->figures); i++) {
        const struct plan_figure *figure = plan_figure_at(run->plan->figures, i);
        if (*figure->source && !strstr(buf_text(&all), figure->source) && plan_lookup_measure(run->plan, figure->id))
            buf_printf(&all, "%s%s", all.length ? "; " : "", figure->source);
    }
    if (all.length) {
        const char *pairs[] = { "source", arena_strdup(run->arena, buf_text(&all)), NULL };
        const struct design_style *style = run_style(run, "caption", t->context->part->at);
        struct display_node *node = display_add_node(run->document, t->node->parent, DISPLAY_P, t->context->part->at);
        run_paragraph(run, parent, run_words(run, run_word(run, t->context->lang, "source-line", pairs), style, NULL,
                                             t->context->lang, t->context->part->at),
                      style, node, t->context->part->at, "source")->no_indent = true;
    }
    buf_free(&all);
}

/* The legend is told by the alt texts of the charts it explains: for the eye alone. */
static void add_legend(struct run_goals_table *t, struct layout_box *parent)
{
    struct layout_box *box = run_box(t->run, parent, LAYOUT_DRAWING, t->context->part->at, "legend");
    box->drawing = chart_legend(&t->run->charts, t->indicators, t->indicator_count, t->run->status);
    box->place = -1;
    box->margin.top = run_goals_measure(t, "legend-gap", 6);
}

/* ---- columns that their words need wider ------------------------------------------------------------------------------------------------------- */
static double width_of(const struct run_goals_table *t, const char *words, const struct design_style *style)
{
    return run_natural_width(t->run, run_words(t->run, words, style, NULL, t->context->lang, t->context->part->at));
}

/* The widest word: what a head cannot be broken into less than. */
static double widest_word(const struct run_goals_table *t, const char *words, const struct design_style *style)
{
    double widest = 0;
    for (; words && *words; words += strspn(words, " ")) {
        size_t n = strcspn(words, " ");
        widest = fmax(widest, width_of(t, arena_strndup(t->run->arena, words, n), style));
        words += n;
    }
    return widest;
}

/* What stands in a column of numbers; NULL: no number. */
static const char *number_in(const struct run_goals_table *t, const struct chart_indicator *in, enum run_goals_kind kind)
{
    const struct chart_number *number =
        kind == BASELINE ? &in->baseline : kind == TARGET ? &in->target : kind == ACTUAL ? &in->actual : NULL;
    return kind == CHANGE ? change_of(t, in) : number && number->present ? number->text : NULL;
}

/* Declared widths are those of usual words and numbers; what is longer takes from the columns that have none. */
static void widen_columns(struct run_goals_table *t)
{
    const struct design_style *head = run_goals_style(t, t->element, "head", "goal-head");
    for (int i = 0; i < t->count; i++) {
        struct run_goals_column *column = &t->columns[i];
        if (!(column->width > 0) || column->kind == TEXT || !column_kinds[column->kind].word)
            continue;
        double needed = widest_word(t, run_goals_word(t, column), head);
        for (size_t k = 0; k < t->indicator_count; k++) {
            const char *number = number_in(t, &t->indicators[k], column->kind);
            if (number)
                needed = fmax(needed, width_of(t, number, column->style));
        }
        column->width = fmax(column->width, needed + (i + 1 < t->count ? column->gap : 0) + 0.1);
    }
}

/* A chart needs this much; what large numbers took of it comes from the text, which can break. */
#define CHART_LEAST (26 * PT_PER_MM)

static void keep_chart(struct run_goals_table *t)
{
    struct run_goals_column *text = NULL;
    double rest = run_width(t->run);
    bool open = false;
    for (int i = 0; i < t->count; i++) {
        rest -= t->columns[i].width;
        open = open || (t->columns[i].kind == CHART && !(t->columns[i].width > 0));
        text = t->columns[i].kind == TEXT ? &t->columns[i] : text;
    }
    if (open && text && text->width > 0 && rest < CHART_LEAST)
        text->width -= fmin(CHART_LEAST - rest, text->width / 2);
}

static void make_table(struct run_goals_table *t)
{
    widen_columns(t);
    keep_chart(t);
    t->box->column_widths = widths(t);
    t->box->column_count = t->count;
    add_head(t);
    t->body = display_add_node(t->run->document, t->node, DISPLAY_TBODY, t->context->part->at);
    for (size_t i = 0; i < t->line_count; i++) {
        if (t->lines[i].group)
            add_group(t, t->lines[i].group, t->lines[i].hue);
        add_line(t, &t->lines[i]);
    }
}

void run_goals(struct run *run, const struct run_context *context, const struct design_element *element,
               struct layout_box *parent)
{
    struct run_goals_table t = { .run = run, .context = context, .element = element, .period = target_period(run) };
    bool cards = element && !strcmp(element->name, "goals-cards");
    t.node = run_node(run, &context->part->blocks);
    if (!cards)
        t.box = run_box(run, parent, LAYOUT_TABLE, context->part->at, context->part->id);
    read_columns(&t);
    note_all(&t);
    if (cards) {
        run_goals_cards(&t, parent);
        parent = parent->parent ? parent->parent : parent;
    } else {
        make_table(&t);
    }
    add_remarks(&t, parent);
    add_sources(&t, parent);
    if (element && design_flag(element, "legend", false))
        add_legend(&t, parent);
    if (run->status)
        run_trends(run, t.indicators, t.indicator_count, t.node->parent, parent);
    mem_free(t.lines);
}
