/* Tables of the plan: header rows that repeat, scopes, spans, numbers to the right. */
#include <string.h>

#include "compose/run.h"

/* Columns whose longest cell is narrower than this keep their natural width; the others share what is left. */
static double narrow_limit(const struct run *run)
{
    return 0.22 * run_width(run);
}

static void widen(struct run *run, const struct run_context *context, const struct plan_cell *cell,
                  const struct design_style *style, double *width)
{
    double natural = text_width(run->engine, style, context->lang, run_plain(run, cell->text, context->lang));
    if (natural > *width)
        *width = natural;
}

static const double *column_widths(struct run *run, const struct run_context *context, const struct plan_block *table,
                                   double pad)
{
    double *widths = arena_array(run->arena, double, table->column_count);
    bool shared = false;
    for (const struct plan_row *row = table->rows; row; row = row->next) {
        const struct design_style *style = run_style(run, row->header ? "table-head" : "table-cell", row->at);
        int column = 0;
        for (const struct plan_cell *cell = row->cells; cell && column < table->column_count; cell = cell->next) {
            if (cell->column_span <= 1)
                widen(run, context, cell, style, &widths[column]);
            column += cell->column_span > 1 ? cell->column_span : 1;
        }
    }
    for (int i = 0; i < table->column_count; i++) {
        widths[i] = widths[i] > narrow_limit(run) ? 0 : widths[i] + 2 * pad;
        shared |= widths[i] == 0;
    }
    if (!shared)
        widths[0] = 0;
    return widths;
}

static enum display_scope scope_of(const struct plan_row *row, const struct plan_cell *cell)
{
    return row->header && cell->header ? DISPLAY_SCOPE_COLUMN
           : row->header               ? DISPLAY_SCOPE_COLUMN
                                       : DISPLAY_SCOPE_ROW;
}

static enum design_align align_of(const struct plan_cell *cell, const struct design_style *style)
{
    return !cell->align                    ? style->align
           : !strcmp(cell->align, "end")    ? DESIGN_END
           : !strcmp(cell->align, "center") ? DESIGN_CENTRE
                                            : DESIGN_START;
}

static void add_cell(struct run *run, const struct run_context *context, const struct plan_row *row,
                     const struct plan_cell *cell, struct display_node *tr, struct layout_box *parent, double pad)
{
    bool header = row->header || cell->header;
    const struct design_style *style = run_style(run, header ? "table-head" : "table-cell", cell->at);
    struct display_node *node = display_add_node(run->document, tr, header ? DISPLAY_TH : DISPLAY_TD, cell->at);
    struct layout_box *box = run_box(run, parent, LAYOUT_STACK, cell->at, "cell");
    node->scope = header ? scope_of(row, cell) : DISPLAY_SCOPE_NONE;
    node->column_span = box->column_span = cell->column_span > 1 ? cell->column_span : 1;
    node->row_span = cell->row_span;
    box->padding = (struct layout_edge){ pad / 2, pad, pad / 2, 0 };
    if (!cell->text)
        return;
    struct layout_box *text = run_paragraph(run, box, run_inline(run, cell->text, style, NULL, context->lang, node),
                                            style, node, cell->at, "cell");
    text->no_indent = true;
    text->text_align = align_of(cell, style);
}

static void add_row(struct run *run, const struct run_context *context, const struct plan_row *row,
                    struct display_node *parent, struct layout_box *table, const struct design_element *measures)
{
    struct display_node *tr = display_add_node(run->document, parent, DISPLAY_TR, row->at);
    struct layout_box *box = run_box(run, table, LAYOUT_TABLE_ROW, row->at, "row");
    double pad = measures ? design_length(run->design, measures, "pad", 0, 6) : 6;
    box->repeat_header = row->header;
    box->rule = measures ? design_length(run->design, measures, row->header ? "head-rule" : "rule", 0, 0.5) : 0.5;
    box->rule_colour = run_colour(run, row->header ? "primary" : "rule", 0);
    for (const struct plan_cell *cell = row->cells; cell; cell = cell->next)
        add_cell(run, context, row, cell, tr, box, pad);
}

static void add_line(struct run *run, const struct run_context *context, const struct plan_inline *text,
                     struct layout_box *parent, struct display_node *node, struct source at)
{
    const struct design_style *style = run_style(run, "caption", at);
    run_paragraph(run, parent, run_inline(run, text, style, NULL, context->lang, node), style, node, at,
                  "caption")->no_indent = true;
}

void run_table(struct run *run, const struct run_context *context, const struct plan_block *block,
               struct layout_box *parent)
{
    const struct design_element *measures = design_lookup_component(run->design, "table");
    double pad = measures ? design_length(run->design, measures, "pad", 0, 6) : 6;
    struct display_node *node = run_node(run, block), *head = NULL, *body = NULL;
    if (block->title) {
        add_line(run, context, block->title, parent, run_node(run, &block->title), block->at);
        parent->last->keep_next = true;
    }
    struct layout_box *table = run_box(run, parent, LAYOUT_TABLE, block->at, block->id ? block->id : "table");
    table->column_count = block->column_count;
    table->column_widths = column_widths(run, context, block, pad);
    for (const struct plan_row *row = block->rows; row; row = row->next) {
        if (row->header && !head)
            head = display_add_node(run->document, node, DISPLAY_THEAD, row->at);
        if (!row->header && !body)
            body = display_add_node(run->document, node, DISPLAY_TBODY, row->at);
        add_row(run, context, row, row->header ? head : body, table, measures);
    }
    if (block->source_name) {
        const struct design_style *style = run_style(run, "caption", block->at);
        struct display_node *note = display_add_node(run->document, node->parent, DISPLAY_P, block->at);
        run_paragraph(run, parent, run_words(run, block->source_name, style, NULL, context->lang, block->at), style,
                      note, block->at, "source-note")->no_indent = true;
    }
}
