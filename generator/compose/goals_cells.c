/* What the goals' table and cards say of a line: words, numbers, the small chart, the state, remarks with their marks. */
#include <string.h>

#include "compose/goals.h"

/* ---- text in a cell ----------------------------------------------------------------------------------------- */
/* Two paragraphs of a cell are two elements, else their words would run together for a reader. */
static struct display_node *paragraph_node(struct run_goals_table *t, struct layout_box *cell, struct source at)
{
    if (!cell->first)
        return cell->node;
    if (cell->first->node == cell->node)
        cell->first->node = display_add_node(t->run->document, cell->node, DISPLAY_P, cell->first->at);
    return display_add_node(t->run->document, cell->node, DISPLAY_P, at);
}

void run_goals_put_text(struct run_goals_table *t, struct layout_box *cell, struct run_text text,
                        const struct design_style *style, enum design_align align, struct source at)
{
    if (!text.count)
        return;
    struct layout_box *box = run_paragraph(t->run, cell, text, style, paragraph_node(t, cell, at), at, "cell");
    box->no_indent = true;
    box->text_align = align;
}

void run_goals_put_words(struct run_goals_table *t, struct layout_box *cell, const char *words,
                         const struct design_style *style, enum design_align align, const struct design_colour *colour,
                         struct source at)
{
    run_goals_put_text(t, cell, run_words(t->run, words, style, colour, t->context->lang, at), style, align, at);
}

/* ---- remarks ------------------------------------------------------------------------------------------------ */
/* a to z, aa to zz. */
static const char *letters(struct arena *arena, int number)
{
    char last = (char)('a' + number % 26);
    return number < 26 ? arena_printf(arena, "%c", last) : arena_printf(arena, "%s%c", letters(arena, number / 26 - 1), last);
}

static const struct run_goals_remark *remark_of(struct run_goals_table *t, const struct plan_inline *text)
{
    if (!text)
        return NULL;
    const char *words = run_plain(t->run, text, t->context->lang);
    struct run_goals_remark **end = &t->remarks;
    int number = 0;
    for (; *end; end = &(*end)->next, number++)
        if (!strcmp((*end)->text, words))
            return *end;
    *end = arena_new_of(t->run->building, struct run_goals_remark);
    **end = (struct run_goals_remark){ .text = words, .mark = letters(t->run->building, number),
                             .node = display_add_node(t->run->document, t->node->parent, DISPLAY_NOTE, text->at) };
    return *end;
}

/* `cell` NULL: to be measured, without a link. */
static struct text_span mark_span(struct run_goals_table *t, const struct run_goals_remark *remark, bool first,
                                  struct display_node *cell, const struct design_style *style, struct source at)
{
    struct run *run = t->run;
    const char *mark = arena_printf(run->building, "%s%s", first ? "\u202F" : ",", remark->mark);
    struct display_node *link = cell ? display_add_node(run->document, cell, DISPLAY_LINK, at) : NULL;
    if (link) {
        link->target = remark->node;
        link->title = arena_printf(run->arena, "%s %s", design_word(run->design, t->context->lang, "footnote"), remark->mark);
    }
    return (struct text_span){ .text = mark, .length = strlen(mark), .style = style, .flags = TEXT_SUPERSCRIPT,
                               .lang = t->context->lang, .mark = link, .at = at };
}

/* The words and the marks of what is remarked on them: the reason, the measure's note, the goal's. */
static struct run_text with_marks(struct run_goals_table *t, struct run_text text, const struct run_goals_line *line,
                                  struct display_node *cell, const struct design_style *style)
{
    const struct plan_measure *m = line->measure;
    const struct plan_inline *const remarks[] = { m->reason, m->note, line->goal->note };
    struct text_span *spans = arena_array(t->run->building, struct text_span, text.count + sizeof remarks / sizeof *remarks);
    memcpy(spans, text.spans, text.count * sizeof *spans);
    size_t count = text.count;
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++) {
        const struct run_goals_remark *remark = remark_of(t, remarks[i]);
        if (!remark)
            continue;
        spans[count] = mark_span(t, remark, count == text.count, cell, style, m->at);
        count++;
    }
    return (struct run_text){ spans, count };
}

void run_goals_add_remarks(struct run_goals_table *t, struct layout_box *parent)
{
    struct run *run = t->run;
    const struct design_style *style = run_style(run, "caption", t->context->part->at);
    if (!t->remarks)
        return;
    struct layout_box *grid = run_box(run, parent, LAYOUT_GRID, t->context->part->at, "remarks");
    grid->columns = t->element ? (int)design_number(t->element, "remark-columns", 1) : 1;
    grid->gap = run_goals_measure(t, "remark-gap", 0);
    grid->margin.top = run_goals_measure(t, "legend-gap", 6);
    for (const struct run_goals_remark *remark = t->remarks; remark; remark = remark->next) {
        struct source at = t->context->part->at;
        const char *line = arena_printf(run->building, "%s\u2002%s", remark->mark, remark->text);
        struct layout_box *cell = run_box(run, grid, LAYOUT_STACK, at, "remark");
        run_paragraph(run, cell, run_words(run, line, style, NULL, t->context->lang, at), style, remark->node,
                      at, "remark")->no_indent = true;
    }
}

const struct chart_number *run_goals_number(const struct chart_indicator *in, enum run_goals_kind kind)
{
    return kind == RUN_GOALS_BASELINE ? &in->baseline
           : kind == RUN_GOALS_TARGET ? &in->target
           : kind == RUN_GOALS_ACTUAL ? &in->actual
                                      : NULL;
}

/* ---- a measure's cells -------------------------------------------------------------------------------------- */
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
    struct text_span *spans = arena_array(t->run->building, struct text_span, a.count + b.count + 1);
    memcpy(spans, a.spans, a.count * sizeof *spans);
    memcpy(spans + a.count + 1, b.spans, b.count * sizeof *spans);
    spans[a.count] = (struct text_span){ .text = space, .length = strlen(space), .style = b.spans[0].style,
                                         .lang = t->context->lang, .at = b.spans[0].at };
    return (struct run_text){ spans, a.count + b.count + 1 };
}

/* A number after what it is, "Antal 381": beside it where the column has the room, else below. */
static void put_number(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line,
                       const struct run_goals_column *column, const char *number)
{
    struct run *run = t->run;
    const struct plan_measure *m = line->measure;
    struct run_text value = run_words(run, number, column->style, NULL, t->context->lang, m->at);
    if (m->label) {
        struct run_text label = run_inline(run, m->label, column->words, NULL, t->context->lang, cell->node);
        struct run_text both = joined(t, label, "\u00a0", value);
        if (fits_line(t, &both, column)) {
            run_goals_put_text(t, cell, both, column->style, column->align, m->at);
            return;
        }
        /* A paragraph of its own in the cell: else a reader hears label and number as one word. */
        struct display_node *whole = cell->node, *own = display_add_node(run->document, whole, DISPLAY_P, m->at);
        cell->node = own;
        run_goals_put_text(t, cell, run_inline(run, m->label, column->words, NULL, t->context->lang, own), column->words,
                 column->align, m->at);
        cell->node = whole;
    }
    run_goals_put_text(t, cell, value, column->style, column->align, m->at);
}

static const char *inline_label(struct run_goals_table *t, const struct plan_measure *measure, const char *value)
{
    if (!measure->label)
        return value;
    return arena_printf(t->run->building, "%s %s", run_plain(t->run, measure->label, t->context->lang), value);
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
            run_goals_put_words(t, cell, inline_label(t, m, value), column->words, align, NULL, m->at);
    }
}

bool run_goals_compared(const struct run_goals_line *line)
{
    for (const struct plan_measure *m = line->goal->measures; m; m = m->next)
        if (m->comparison_of && !strcmp(m->comparison_of, line->measure->id))
            return true;
    return false;
}

static void put_baseline(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line,
                         const struct run_goals_column *column)
{
    const struct chart_indicator *in = run_goals_indicator(t, line);
    const struct chart_number *number = &in->baseline;
    if (run_goals_compared(line)) {
        const char *own = number->present ? number->text : in->baseline_words;
        if (own)
            run_goals_put_words(t, cell, inline_label(t, line->measure, own), column->words, DESIGN_START, NULL,
                                line->measure->at);
        put_comparisons(t, cell, line, column, DESIGN_START);
    } else if (number->present) {
        put_number(t, cell, line, column, number->text);
    } else if (in->baseline_words) {
        run_goals_put_words(t, cell, in->baseline_words, column->words, DESIGN_START, NULL, line->measure->at);
    }
}

double run_goals_target_width(struct run_goals_table *t, const struct run_goals_line *line, const struct run_goals_column *column)
{
    const struct chart_indicator *in = run_goals_indicator(t, line);
    if (!in->target.present)
        return 0;
    struct run_text text = run_words(t->run, in->target.text, column->style, NULL, t->context->lang, line->measure->at);
    return run_natural_width(t->run, with_marks(t, text, line, NULL, column->style));
}

static void put_target(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line,
                       const struct run_goals_column *column)
{
    const struct plan_measure *m = line->measure;
    const struct chart_indicator *in = run_goals_indicator(t, line);
    bool number = in->target.present;
    const char *words = number ? in->target.text : in->target_words;
    const struct design_style *style = number ? column->style : column->words;
    struct run_text text = run_words(t->run, words ? words : "", style, NULL, t->context->lang, m->at);
    run_goals_put_text(t, cell, with_marks(t, text, line, cell->node, style), style, number ? column->align : DESIGN_START, m->at);
}

/* From baseline to target; NULL when one of them has no number. */
const char *run_goals_change(const struct run_goals_table *t, const struct chart_indicator *in)
{
    struct decimal change;
    if (!in->baseline.present || !in->target.present ||
        !decimal_subtract(in->target.value, in->baseline.value, &change))
        return NULL;
    return text_quantity(t->run->design, t->context->lang, change, in->unit, TEXT_SIGNED_BARE, t->run->building);
}

static void put_change(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line,
                       const struct run_goals_column *column)
{
    const char *change = run_goals_change(t, run_goals_indicator(t, line));
    if (change)
        run_goals_put_words(t, cell, change, column->style, column->align, NULL, line->measure->at);
}

static void put_drawing(struct run_goals_table *t, struct layout_box *cell, struct layout_drawing *drawing, const char *alt,
                        int place, struct source at)
{
    struct layout_box *box = run_box(t->run, cell, LAYOUT_DRAWING, at, "chart");
    box->node = display_add_node(t->run->document, cell->node, DISPLAY_FIGURE, at);
    box->node->alt = arena_strdup(t->run->arena, alt);
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
    const char *key = arena_printf(run->building, "goal-row.alt.%s", direction);
    chart_goal_window(&t->scale, in, &low, &high);
    put_drawing(t, cell, chart_goal_row(&run->charts, in, low, high), run_word(run, t->context->lang, key, pairs), -1,
                in->at);
}

static void put_status(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line,
                       const struct run_goals_column *column)
{
    const struct chart_indicator *in = run_goals_indicator(t, line);
    put_drawing(t, cell, chart_status_mark(&t->run->charts, in->status, in->hue, run_goals_measure(t, "mark", 9)),
                in->status_text, 0, in->at);
    if (line->measure->status)
        run_goals_put_text(t, cell,
                           run_inline(t->run, line->measure->status, column->words, NULL, t->context->lang, cell->node),
                           column->words, DESIGN_START, in->at);
}

/* Why it has its state, below the goal's text. */
static void put_reason(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line,
                       const struct run_goals_column *column)
{
    if (t->run->status && line->measure && run_goals_indicator(t, line)->status != CHART_NO_TARGET)
        run_goals_put_words(t, cell, run_reason(t->run, line->measure, t->context->lang), column->words, column->align, NULL,
                            line->measure->at);
}

/* Every number of a goal is printed: one target stands in its column, the others below the text. */
static void put_others(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line,
                       const struct run_goals_column *column)
{
    const char *others = line->measure ? run_others(t->run, line->measure, t->context->lang) : NULL;
    if (others)
        run_goals_put_words(t, cell, others, column->words, column->align, NULL, line->measure->at);
}

/* ---- any column --------------------------------------------------------------------------------------------- */
void run_goals_fill(struct run_goals_table *t, struct layout_box *cell, const struct run_goals_line *line,
                    const struct run_goals_column *column)
{
    struct source at = line->measure ? line->measure->at : line->goal->at;
    switch (column->kind) {
    case RUN_GOALS_NUMBER:
        if (line->number && line->goal->number)
            run_goals_put_words(t, cell, line->goal->number, column->style, column->align,
                                run_colour(t->run, line->hue ? "deep" : "primary", line->hue), at);
        break;
    case RUN_GOALS_TEXT:
        run_goals_put_text(t, cell, run_inline(t->run, line->text, column->style, NULL, t->context->lang, cell->node),
                           column->style, column->align, at);
        put_reason(t, cell, line, column);
        put_others(t, cell, line, column);
        break;
    case RUN_GOALS_BASELINE:
        if (line->measure)
            put_baseline(t, cell, line, column);
        break;
    case RUN_GOALS_TARGET:
        if (line->measure)
            put_target(t, cell, line, column);
        break;
    case RUN_GOALS_ACTUAL:
        if (line->measure && run_goals_indicator(t, line)->actual.present)
            run_goals_put_words(t, cell, run_goals_indicator(t, line)->actual.text, column->style, column->align, NULL, at);
        break;
    case RUN_GOALS_CHANGE:
        if (line->measure)
            put_change(t, cell, line, column);
        break;
    case RUN_GOALS_CHART:
        if (line->measure)
            put_chart(t, cell, line);
        break;
    case RUN_GOALS_STATUS:
        if (line->measure)
            put_status(t, cell, line, column);
        break;
    case RUN_GOALS_KINDS:
        break;
    }
}
