/* Tables of the plan: header rows that repeat, scopes, spans, numbers to the right. */
#include <math.h>
#include <string.h>

#include "compose/run.h"

/* What a column holds, and which columns the cells above still cover. */
struct column {
    bool numbers;                          /* nothing but numbers below its head */
    int covered;                           /* rows that a cell above still reaches into */
};

struct table {
    struct run *run;
    const struct run_context *context;
    const struct plan_block *block;
    const struct design_element *measures;
    struct column *columns;
    double pad;                            /* right of a cell; half of it above and below */
};

/* Room right of what ends in a column: numbers stand close to the words that begin right of them. */
static double room_after(const struct table *t, int column)
{
    const struct column *c = &t->columns[column];
    return column + 1 >= t->block->column_count ? 0 : c->numbers && !c[1].numbers ? 3 * t->pad : t->pad;
}

static int span_of(const struct plan_cell *cell)
{
    return cell->column_span > 1 ? cell->column_span : 1;
}

/* The column that the row's next cell begins in; it is covered from here on. Cells come in the row's order. */
static int place_cell(struct table *t, const struct plan_cell *cell, int column)
{
    while (column < t->block->column_count && t->columns[column].covered)
        column++;
    for (int i = column; i < column + span_of(cell) && i < t->block->column_count; i++)
        t->columns[i].covered = cell->row_span > 1 ? cell->row_span : 1;
    return column;
}

static void end_row(struct table *t)
{
    for (int i = 0; i < t->block->column_count; i++)
        t->columns[i].covered -= t->columns[i].covered > 0;
}

static const struct design_style *style_of(const struct table *t, const struct plan_row *row, const struct plan_cell *cell)
{
    const struct design_style *stub = row->header || !cell->header ? NULL : design_lookup_style(t->run->design, "table-stub");
    return stub ? stub : run_style(t->run, row->header ? "table-head" : "table-cell", cell->at);
}

/* ---- columns of numbers ----------------------------------------------------------------------------------------- */
/* Digits and what belongs to a number: separators, signs, per cent. A dash or points say that there is none. */
static bool is_number(const char *text)
{
    static const char *const signs[] = { "\u00a0", "\u202f", "\u2212", "\u2013", "\u2014" };
    bool digit = false, absent = *text != 0;
    while (*text) {
        size_t n = strspn(text, " .,+-%()0123456789");
        digit |= strcspn(text, "0123456789") < n;
        for (size_t i = 0; !n && i < sizeof signs / sizeof *signs; i++)
            if (!strncmp(text, signs[i], strlen(signs[i])))
                n = strlen(signs[i]);
        if (!n)
            return false;
        text += n;
    }
    return digit || absent;
}

/* The first column names the rows, also where it does so by numbers. */
static void find_numbers(struct table *t)
{
    int count = t->block->column_count;
    bool *others = arena_array(t->run->building, bool, count);
    for (const struct plan_row *row = t->block->rows; row; row = row->next) {
        int column = 0;
        for (const struct plan_cell *cell = row->cells; cell && column < count; cell = cell->next) {
            column = place_cell(t, cell, column);
            if (!row->header && cell->text && span_of(cell) == 1 && column < count) {
                bool number = is_number(run_plain(t->run, cell->text, t->context->lang));
                t->columns[column].numbers |= number;
                others[column] |= !number || cell->header;
            }
            column += span_of(cell);
        }
        end_row(t);
    }
    for (int i = 0; i < count; i++)
        t->columns[i].numbers &= i > 0 && !others[i];
}

static bool all_numbers(const struct table *t, int column, int span)
{
    bool all = true;
    for (int i = column; i < column + span && i < t->block->column_count; i++)
        all &= t->columns[i].numbers;
    return all;
}

/* ---- widths --------------------------------------------------------------------------------------------------- */
/* A column of words needs room for its longest word, but never more than a quarter of the page: longer words are hyphenated. */
static struct layout_column wants_of(struct table *t, const struct plan_row *row, const struct plan_cell *cell, int last)
{
    double room = fmax(room_after(t, last), t->pad);           /* the last column has its rules' ends */
    const struct design_style *style = style_of(t, row, cell);
    const char *text = run_plain(t->run, cell->text, t->context->lang);
    return (struct layout_column){ text_width(t->run->engine, style, t->context->lang, text) + room,
                                   fmin(run_widest_word(t->run, text, style, t->context->lang), run_width(t->run) / 4) + room };
}

/* A cell over several columns asks for what they lack together, in equal parts. */
static void widen(struct layout_column *wants, int count, struct layout_column cell)
{
    for (int i = 0; count > 1 && i < count; i++) {
        cell.natural -= wants[i].natural;
        cell.least -= wants[i].least;
    }
    for (int i = 0; i < count; i++) {
        double natural = count > 1 ? wants[i].natural + cell.natural / count : cell.natural;
        double least = count > 1 ? wants[i].least + cell.least / count : cell.least;
        wants[i] = (struct layout_column){ fmax(wants[i].natural, natural), fmax(wants[i].least, least) };
    }
}

static void widen_by_cells(struct table *t, bool over_several, struct layout_column *wants)
{
    int count = t->block->column_count;
    for (const struct plan_row *row = t->block->rows; row; row = row->next) {
        int column = 0;
        for (const struct plan_cell *cell = row->cells; cell && column < count; cell = cell->next) {
            column = place_cell(t, cell, column);
            int span = span_of(cell), within = column + span < count ? span : count - column;
            if (cell->text && (span > 1) == over_several && within > 0)
                widen(wants + column, within, wants_of(t, row, cell, column + within - 1));
            column += span;
        }
        end_row(t);
    }
}

/* What each column asks for: first what its own cells hold, then the cells over several. */
static const struct layout_column *column_wants(struct table *t)
{
    int count = t->block->column_count;
    struct layout_column *wants = arena_array(t->run->building, struct layout_column, count);
    widen_by_cells(t, false, wants);
    widen_by_cells(t, true, wants);
    for (int i = 0; i < count; i++)
        if (t->columns[i].numbers)
            wants[i].least = wants[i].natural;
    return wants;
}

/* ---- rows ----------------------------------------------------------------------------------------------------- */
static enum design_align align_of(const struct table *t, const struct plan_row *row, const struct plan_cell *cell, int column,
                                  const struct design_style *style)
{
    if (cell->align)
        return !strcmp(cell->align, "end") ? DESIGN_END : !strcmp(cell->align, "center") ? DESIGN_CENTRE : DESIGN_START;
    if (!all_numbers(t, column, span_of(cell)))
        return style->align;
    return row->header && span_of(cell) > 1 ? DESIGN_CENTRE : DESIGN_END;
}

static void add_cell(struct table *t, const struct plan_row *row, const struct plan_cell *cell, int column, struct display_node *tr,
                     struct layout_box *parent)
{
    struct run *run = t->run;
    bool header = row->header || cell->header;
    const struct design_style *style = style_of(t, row, cell);
    struct display_node *node = display_add_node(run->document, tr, header ? DISPLAY_TH : DISPLAY_TD, cell->at);
    struct layout_box *box = run_box(run, parent, LAYOUT_STACK, cell->at, "cell");
    node->scope = row->header ? DISPLAY_SCOPE_COLUMN : cell->header ? DISPLAY_SCOPE_ROW : DISPLAY_SCOPE_NONE;
    node->column_span = box->column_span = span_of(cell);
    node->row_span = box->row_span = cell->row_span;
    box->padding = (struct layout_edge){ t->pad / 2, room_after(t, column + span_of(cell) - 1), t->pad / 2, 0 };
    box->align = row->header ? 1 : -1;     /* heads stand on the rule below them */
    if (!cell->text)
        return;
    struct layout_box *text = run_paragraph(run, box, run_inline(run, cell->text, style, NULL, t->context->lang, node),
                                            style, node, cell->at, "cell");
    text->no_indent = true;
    text->text_align = align_of(t, row, cell, column, style);
}

static void add_row(struct table *t, const struct plan_row *row, struct display_node *parent, struct layout_box *table)
{
    struct run *run = t->run;
    struct display_node *tr = display_add_node(run->document, parent, DISPLAY_TR, row->at);
    struct layout_box *box = run_box(run, table, LAYOUT_TABLE_ROW, row->at, "row");
    bool last_head = row->header && (!row->next || !row->next->header);
    box->repeat_header = row->header;
    box->rule = t->measures ? design_length(run->design, t->measures, last_head ? "head-rule" : "rule", 0, 0.5) : 0.5;
    box->rule_colour = run_colour(run, last_head ? "primary" : "rule", 0);
    int column = 0;
    for (const struct plan_cell *cell = row->cells; cell; cell = cell->next) {
        column = place_cell(t, cell, column);
        add_cell(t, row, cell, column, tr, box);
        column += span_of(cell);
    }
    end_row(t);
}

static void add_line(struct run *run, const struct run_context *context, const struct plan_inline *text,
                     struct layout_box *parent, struct display_node *node, struct source at)
{
    const struct design_style *style = run_style(run, "caption", at);
    run_paragraph(run, parent, run_inline(run, text, style, NULL, context->lang, node), style, node, at,
                  "caption")->no_indent = true;
}

/* A blank line parts a table from text above and from what follows; a heading stands close to it. The room is that of the boxes
   before: it goes when they end a page. */
static void part_from_text(struct run *run, struct layout_box *above, struct layout_box *last, const struct plan_block *next)
{
    double blank = run->design->page.baseline_step;
    if (above && above->kind == LAYOUT_PARAGRAPH && !above->keep_next)
        above->margin.bottom = fmax(above->margin.bottom, blank);
    if (next)
        last->margin.bottom = fmax(last->margin.bottom, blank);
}

void run_table(struct run *run, const struct run_context *context, const struct plan_block *block,
               struct layout_box *parent, struct layout_box *above)
{
    struct table t = { .run = run, .context = context, .block = block, .measures = design_lookup_component(run->design, "table"),
                       .columns = arena_array(run->building, struct column, block->column_count) };
    t.pad = t.measures ? design_length(run->design, t.measures, "pad", 0, 6) : 6;
    struct display_node *node = run_node(run, block), *head = NULL, *body = NULL;
    if (block->title) {
        add_line(run, context, block->title, parent, run_node(run, &block->title), block->at);
        parent->last->keep_next = true;
    }
    struct layout_box *table = run_box(run, parent, LAYOUT_TABLE, block->at, run_called(run, "table", block->id));
    table->column_count = block->column_count;
    find_numbers(&t);
    table->column_wants = column_wants(&t);
    for (const struct plan_row *row = block->rows; row; row = row->next) {
        if (row->header && !head)
            head = display_add_node(run->document, node, DISPLAY_THEAD, row->at);
        if (!row->header && !body)
            body = display_add_node(run->document, node, DISPLAY_TBODY, row->at);
        add_row(&t, row, row->header ? head : body, table);
    }
    if (block->source_name) {
        const struct design_style *style = run_style(run, "caption", block->at);
        struct display_node *note = display_add_node(run->document, node->parent, DISPLAY_P, block->at);
        run_paragraph(run, parent, run_words(run, block->source_name, style, NULL, context->lang, block->at), style,
                      note, block->at, "source-note")->no_indent = true;
        parent->last->belongs_above = true;
    }
    part_from_text(run, above, parent->last, block->next);
}
