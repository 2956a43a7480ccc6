/* Tables: rows and cells, and whether their spans make a rectangle. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "plan/plan_internal.h"

/* The columns that cells above still cover, row by row. */
struct grid {
    int left[PLAN_MAX_TABLE_COLUMNS];      /* rows that the cell above still covers */
    int columns;                           /* of the first row; 0 before it */
};

static int read_span(struct plan_reader *r, const struct xml_node *node, const char *name, int most)
{
    const char *text = xml_attribute(node, name);
    if (!text)
        return 1;
    long n = strtol(text, NULL, 10);
    if (n >= 1 && n <= most)
        return (int)n;
    if (n > most) {
        diag_error(r->diag, plan_at(r, node), "E217", _("%s=\"%s\" is more than the limit of %d"), name, text, most);
        diag_remedy(r->diag, _("split the table"));
    }
    return 1;                              /* less than 1: the schema has told that */
}

static const struct plan_cell *read_cells(struct plan_reader *r, const struct xml_node *row, bool is_head)
{
    const struct plan_cell *first = NULL, **tail = &first;
    for (const struct xml_node *node = xml_first(row); node; node = xml_next(node)) {
        if (!plan_is(node, "cell"))
            continue;
        struct plan_cell *cell = arena_new_of(r->arena, struct plan_cell);
        cell->at = plan_at(r, node);
        cell->header = is_head || plan_flag(node, "header");
        cell->column_span = read_span(r, node, "colspan", PLAN_MAX_TABLE_COLUMNS);
        cell->row_span = read_span(r, node, "rowspan", PLAN_MAX_TABLE_ROWS);
        cell->align = plan_attribute(r, node, "align");
        if (xml_has_text(node) || xml_first(node))         /* an empty cell is a cell */
            cell->text = plan_read_inline(r, node);
        *tail = cell;
        tail = &cell->next;
    }
    return first;
}

/* Put the row into the grid; returns the columns it fills, more than the limit when it is too wide. */
static int place_row(struct grid *grid, const struct plan_row *row)
{
    int column = 0;
    for (const struct plan_cell *cell = row->cells; cell; cell = cell->next) {
        while (column < PLAN_MAX_TABLE_COLUMNS && grid->left[column])
            column++;
        if (column + cell->column_span > PLAN_MAX_TABLE_COLUMNS)
            return PLAN_MAX_TABLE_COLUMNS + 1;
        for (int i = 0; i < cell->column_span; i++)
            grid->left[column + i] =
                grid->left[column + i] > cell->row_span ? grid->left[column + i] : cell->row_span;
        column += cell->column_span;
    }
    int filled = 0;
    for (int i = 0; i < PLAN_MAX_TABLE_COLUMNS; i++) {
        filled += grid->left[i] > 0;
        grid->left[i] -= grid->left[i] > 0;
    }
    return filled;
}

static void check_row(struct plan_reader *r, struct grid *grid, const struct plan_row *row)
{
    int columns = place_row(grid, row);
    if (columns > PLAN_MAX_TABLE_COLUMNS) {
        diag_error(r->diag, row->at, "E217", _("the row has more than %d columns, the limit"),
                   PLAN_MAX_TABLE_COLUMNS);
        diag_remedy(r->diag, _("split the table"));
        memset(grid->left, 0, sizeof grid->left);
    } else if (!grid->columns) {
        grid->columns = columns;
    } else if (columns != grid->columns) {
        diag_error(r->diag, row->at, "E221", _("columns in this row: %d; in the table: %d"), columns, grid->columns);
        diag_remedy(r->diag, _("add or take out a cell, or change colspan or rowspan"));
    }
}

/* A cell must not reach from the head into the body, nor below the last row. */
static void check_end(struct plan_reader *r, struct grid *grid, const struct plan_row *last)
{
    int over = 0;
    for (int i = 0; i < PLAN_MAX_TABLE_COLUMNS; i++) {
        over = grid->left[i] > over ? grid->left[i] : over;
        grid->left[i] = 0;
    }
    if (!over || !last)
        return;
    diag_error(r->diag, last->at, "E221", _("a cell reaches below the last row: rowspan is too large by %d"), over);
    diag_remedy(r->diag, _("make its rowspan smaller"));
}

static const struct plan_row **read_rows(struct plan_reader *r, const struct xml_node *rows, bool is_head,
                                         struct grid *grid, int *count, const struct plan_row **tail)
{
    const struct plan_row *last = NULL;
    for (const struct xml_node *node = rows ? xml_first(rows) : NULL; node; node = xml_next(node)) {
        if (!plan_is(node, "row"))
            continue;
        if (++*count > PLAN_MAX_TABLE_ROWS) {
            diag_error(r->diag, plan_at(r, node), "E217", _("the table has more than %d rows, the limit"),
                       PLAN_MAX_TABLE_ROWS);
            diag_remedy(r->diag, _("split the table"));
            break;
        }
        struct plan_row *row = arena_new_of(r->arena, struct plan_row);
        row->header = is_head;
        row->at = plan_at(r, node);
        row->cells = read_cells(r, node, is_head);
        check_row(r, grid, row);
        *tail = last = row;
        tail = &row->next;
    }
    check_end(r, grid, last);
    return tail;
}

void plan_read_table(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    struct grid grid = { .columns = 0 };
    int count = 0;
    block->title = plan_read_child(r, node, "title");
    const struct plan_row **tail = read_rows(r, xml_child(node, "head"), true, &grid, &count, &block->rows);
    read_rows(r, xml_child(node, "body"), false, &grid, &count, tail);
    block->column_count = grid.columns;
    const struct xml_node *note = xml_child(node, "source-note");
    block->source_name = note ? plan_needed_words(r, note) : NULL;
}
