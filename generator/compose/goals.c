/* The goals as a table: a group row in its hue, a goal's number and text, baseline, target, change, a small chart and, when
   there is something to report, its state. Text in place of a number stands calmly under its head and takes the room of
   the columns that have nothing to say. goals_cells.c fills the cells; goals_cards.c makes cards of the same lines. */
#include <math.h>
#include <string.h>

#include "compose/goals.h"

static const struct {
    const char *name, *style, *word;
} column_kinds[RUN_GOALS_KINDS] = {
    [RUN_GOALS_NUMBER] = { "number", "goal-number", NULL },   [RUN_GOALS_TEXT] = { "text", "goal-text", "goal" },
    [RUN_GOALS_BASELINE] = { "baseline", "goal-figure", "baseline" }, [RUN_GOALS_TARGET] = { "target", "goal-target", "target" },
    [RUN_GOALS_ACTUAL] = { "actual", "goal-figure", "actual" },   [RUN_GOALS_CHANGE] = { "change", "goal-change", "change" },
    [RUN_GOALS_CHART] = { "chart", "goal-figure", "chart" },      [RUN_GOALS_STATUS] = { "status", "goal-words", "status" },
};

/* ---- measures of the template ------------------------------------------------------------------------------- */
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
    for (int i = 0; i < RUN_GOALS_KINDS; i++)
        if (!strcmp(name, column_kinds[i].name))
            return (enum run_goals_kind)i;
    return RUN_GOALS_TEXT;
}

static void add_column(struct run_goals_table *t, const struct design_element *e, enum run_goals_kind kind)
{
    if ((kind == RUN_GOALS_STATUS && !t->run->status) || t->count == RUN_GOALS_COLUMNS)
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
        { RUN_GOALS_NUMBER, 8 },  { RUN_GOALS_TEXT, 0 },    { RUN_GOALS_BASELINE, 20 },
        { RUN_GOALS_TARGET, 20 }, { RUN_GOALS_CHANGE, 14 }, { RUN_GOALS_STATUS, 14 },
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
    double *all = arena_array(t->run->building, double, t->count);
    for (int i = 0; i < t->count; i++)
        all[i] = t->columns[i].width;
    return all;
}

/* ---- rows and cells ----------------------------------------------------------------------------------------- */
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

/* ---- head and group rows ------------------------------------------------------------------------------------ */
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
        run_goals_put_words(t, cell, run_goals_word(t, &t->columns[i]), style,
                            t->columns[i].kind == RUN_GOALS_CHART ? DESIGN_START : t->columns[i].align, NULL, row->at);
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
    cell->padding.left = t->columns[0].kind == RUN_GOALS_NUMBER ? t->columns[0].width : 0;
    run_take(run, &group->title);
    run_goals_put_text(t, cell, run_inline(run, group->title, style, colour, t->context->lang, cell->node), style,
                       style->align, group->at);
}

/* ---- rows of goals ------------------------------------------------------------------------------------------ */
/* Words that stand for a target take the room of the change and the chart that they cannot have. */
static int span_of(const struct run_goals_table *t, int at, const struct run_goals_line *line)
{
    const struct chart_indicator *in = line->measure ? run_goals_indicator(t, line) : NULL;
    int span = 1;
    if (!in || in->target.present || !in->target_words || t->columns[at].kind != RUN_GOALS_TARGET)
        return 1;
    while (at + span < t->count &&
           (t->columns[at + span].kind == RUN_GOALS_CHANGE || t->columns[at + span].kind == RUN_GOALS_CHART))
        span++;
    return span;
}

static void add_line(struct run_goals_table *t, const struct run_goals_line *line)
{
    struct display_node *tr;
    struct layout_box *row = add_row(t, t->body, line->measure ? line->measure->at : line->goal->at, &tr);
    row->name = run_goals_called(t->run, line);
    row->keep_together = true;
    row->keep_next = !line->measure && line->goes_on;    /* a goal's own line heads its measures */
    row->rule = line->last ? 0 : run_goals_measure(t, "rule", 0.5);
    row->rule_colour = run_colour(t->run, "rule", 0);
    row->rule_from = line->goes_on && t->columns[0].kind == RUN_GOALS_NUMBER ? t->columns[0].width : 0;
    if (line->hue)
        row->areas |= 1ul << (line->hue - 1);
    for (int i = 0; i < t->count;) {
        const struct run_goals_column *column = &t->columns[i];
        int span = span_of(t, i, line);
        struct layout_box *cell = add_cell(t, row, tr, column->kind == RUN_GOALS_TEXT ? DISPLAY_TH : DISPLAY_TD, i, span,
                                           row->at);
        if (column->kind == RUN_GOALS_TEXT)
            cell->node->scope = DISPLAY_SCOPE_ROW;
        run_goals_fill(t, cell, line, column);
        i += span;
    }
    if (line->number)
        run_map_set(&t->run->nodes, line->goal, tr);
}

/* ---- lines, before any row is built: the small charts share their scale ------------------------------------- */
/* "0.6 percentage points" may be broken in a cell: it has a line a word, where a number with a sign stays whole. */
static void loosen(const struct run_goals_table *t, struct chart_number *n)
{
    static const char space[] = "\u00a0";
    if (!n->text || !strstr(n->text, space))
        return;
    char *text = arena_strdup(t->run->building, n->text), *at = strstr(text, space);
    *at = ' ';
    memmove(at + 1, at + 2, strlen(at + 2) + 1);
    n->text = text;
}

static void note_line(struct run_goals_table *t, struct run_goals_line line)
{
    line.hue = line.goal->group->area ? plan_area_index(t->run->plan, line.goal->group->area) : 0;
    if (line.measure) {
        line.indicator = t->indicator_count;
        VEC_GROW(t->indicators, t->indicator_capacity, t->indicator_count + 1);
        struct chart_indicator *in = &t->indicators[t->indicator_count++];
        *in = run_indicator(t->run, line.goal, line.measure, t->context->lang);
        if (in->unit == TEXT_UNIT_POINTS) {
            loosen(t, &in->baseline);
            loosen(t, &in->target);
            loosen(t, &in->actual);
        }
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
    struct chart_indicator *kept = arena_copy(run->building, t->indicators, t->indicator_count * sizeof *kept);
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

/* ---- sources ------------------------------------------------------------------------------------------------ */
static void add_sources(struct run_goals_table *t, struct layout_box *parent)
{
    struct run *run = t->run;
    struct source at = t->context->part->at;
    const char *line = run_sources(run, NULL, t->context->lang);
    if (!line)
        return;
    const struct design_style *style = run_style(run, "caption", at);
    struct display_node *node = display_add_node(run->document, t->node->parent, DISPLAY_P, at);
    struct layout_box *box = run_paragraph(run, parent, run_words(run, line, style, NULL, t->context->lang, at), style,
                                           node, at, "source");
    box->no_indent = box->belongs_above = true;
    bool below_cards = t->element && !strcmp(t->element->name, "goals-cards") && !t->remarks;
    box->margin.top = below_cards ? run_goals_measure(t, "legend-gap", 6) : 0;
}

/* The legend is told by the alt texts of the charts it explains: for the eye alone. */
static void add_legend(struct run_goals_table *t, struct layout_box *parent)
{
    struct layout_box *box = run_box(t->run, parent, LAYOUT_DRAWING, t->context->part->at, "legend");
    box->drawing = chart_legend(&t->run->charts, t->indicators, t->indicator_count, t->run->status);
    box->place = -1;
    box->belongs_above = true;
    box->margin.top = run_goals_measure(t, "legend-gap", 6);
}

/* ---- columns that their words need wider -------------------------------------------------------------------- */
static double width_of(const struct run_goals_table *t, const char *words, const struct design_style *style)
{
    return run_natural_width(t->run, run_words(t->run, words, style, NULL, t->context->lang, t->context->part->at));
}

const char *run_goals_called(struct run *run, const struct run_goals_line *line)
{
    return run_called(run, "goal", line->goal->id);
}

const char *run_goals_words_in(const struct run_goals_table *t, const struct chart_indicator *in,
                               enum run_goals_kind kind)
{
    const struct chart_number *number = run_goals_number(in, kind);
    return kind == RUN_GOALS_CHANGE ? run_goals_change(t, in) : number && number->present ? number->text : NULL;
}

/* Declared widths are those of usual words and numbers; what is longer takes from the columns that have none. */
static void widen_columns(struct run_goals_table *t)
{
    const struct design_style *head = run_goals_style(t, t->element, "head", "goal-head");
    for (int i = 0; i < t->count; i++) {
        struct run_goals_column *column = &t->columns[i];
        if (!(column->width > 0) || column->kind == RUN_GOALS_TEXT || !column_kinds[column->kind].word)
            continue;
        const char *word = run_goals_word(t, column);
        double needed = word ? run_widest_word(t->run, word, head, t->context->lang) : 0;
        for (size_t k = 0; k < t->indicator_count; k++) {
            const char *number = run_goals_words_in(t, &t->indicators[k], column->kind);
            if (number)
                needed = fmax(needed, run_widest_word(t->run, number, column->style, t->context->lang));
        }
        for (size_t k = 0; column->kind == RUN_GOALS_TARGET && k < t->line_count; k++)
            if (t->lines[k].measure)
                needed = fmax(needed, run_goals_target_width(t, &t->lines[k], column));
        column->width = fmax(column->width, needed + (i + 1 < t->count ? column->gap : 0) + 0.1);
    }
}

/* Goals may be numbered by the thousand, or "2026-5A". */
void run_goals_widen_number(struct run_goals_table *t)
{
    for (int i = 0; i < t->count; i++) {
        struct run_goals_column *column = &t->columns[i];
        for (size_t k = 0; column->kind == RUN_GOALS_NUMBER && column->width > 0 && k < t->line_count; k++) {
            const char *number = t->lines[k].goal->number;
            if (number)
                column->width = fmax(column->width, width_of(t, number, column->style) + column->gap + 0.1);
        }
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
        open = open || (t->columns[i].kind == RUN_GOALS_CHART && !(t->columns[i].width > 0));
        text = t->columns[i].kind == RUN_GOALS_TEXT ? &t->columns[i] : text;
    }
    if (open && text && text->width > 0 && rest < CHART_LEAST)
        text->width -= fmin(CHART_LEAST - rest, text->width / 2);
}

static void make_table(struct run_goals_table *t)
{
    widen_columns(t);
    run_goals_widen_number(t);
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
        t.box = run_box(run, parent, LAYOUT_TABLE, context->part->at,
                        run_called(run, plan_part_name(context->part->kind), context->part->id));
    read_columns(&t);
    note_all(&t);
    if (cards) {
        run_goals_cards(&t, parent);
        parent = parent->parent ? parent->parent : parent;
    } else {
        make_table(&t);
    }
    run_goals_add_remarks(&t, parent);
    add_sources(&t, parent);
    if (element && design_flag(element, "legend", false))
        add_legend(&t, parent);
    if (run->status)
        run_trends(run, t.indicators, t.indicator_count, t.node->parent, parent);
    mem_free(t.lines);
}
