/* Tables: columns by width, cells that span, rows whole, header rows again after a break, no heading alone at a foot. */
#include "layout/layout_internal.h"

enum { MOST_COLUMNS = 64 };

struct table {
    struct layout_run *run;
    struct layout_box *box;
    const struct layout_place *place;
    struct layout_fragment *fragment;
    int columns;
    double x[MOST_COLUMNS + 1];            /* left edges; the last is the right edge of the table */
    double y;
    struct {                               /* cells that reach into rows to come, by column */
        int rows;
        struct layout_fragment *cell;
    } open[MOST_COLUMNS];
};

/* ---- columns -------------------------------------------------------------------------------------------------- */

static int span_of(const struct layout_box *cell)
{
    return cell->column_span > 1 ? cell->column_span : 1;
}

static int count_columns(const struct layout_box *table)
{
    int most = table->column_count;
    for (const struct layout_box *row = table->first; row && !table->column_count; row = row->next) {
        int n = 0;
        for (const struct layout_box *cell = row->first; cell; cell = cell->next)
            n += span_of(cell);
        most = n > most ? n : most;
    }
    return most < 1 ? 1 : most > MOST_COLUMNS ? MOST_COLUMNS : most;
}

static void set_given_widths(struct table *t, const double *widths)
{
    double left = t->place->width;
    int open = 0;
    for (int i = 0; i < t->columns; i++) {
        double width = widths ? widths[i] : 0;
        left -= width;
        open += !(width > 0);
    }
    double share = open ? fmax(left / open, 1) : 0;
    for (int i = 0; i < t->columns; i++)
        t->x[i + 1] = t->x[i] + (widths && widths[i] > 0 ? widths[i] : share);
}

/* The columns do not even have their least widths. Those that cannot break (numbers) keep theirs, while the others have a third of
   the table left: words can be hyphenated. */
static double share_of_too_little(const struct layout_column *want, double width, double least, double firm)
{
    bool keeps = firm < least && firm <= width * 2 / 3;
    if (!keeps)
        return want->least * width / least;
    return want->least < want->natural ? want->least * (width - firm) / (least - firm) : want->least;
}

/* Room to spare is shared in proportion to what the columns hold. Where there is too little, no column falls below its least
   width as long as that can be helped, and what is above it is shared in proportion to what each would still need. */
static void share_width(struct table *t, const struct layout_column *wants)
{
    double natural = 0, least = 0, firm = 0, width = t->place->width;
    for (int i = 0; i < t->columns; i++) {
        natural += wants[i].natural;
        least += wants[i].least;
        firm += wants[i].least < wants[i].natural ? 0 : wants[i].least;
    }
    for (int i = 0; i < t->columns; i++) {
        double share = natural <= width ? wants[i].natural * (natural > 0 ? width / natural : 1)
                       : least >= width ? share_of_too_little(&wants[i], width, least, firm)
                                        : wants[i].least + (wants[i].natural - wants[i].least) * (width - least) /
                                                               (natural - least);
        t->x[i + 1] = t->x[i] + fmax(share, 1);
    }
}

static void set_columns(struct table *t)
{
    t->columns = count_columns(t->box);
    t->x[0] = t->place->x;
    if (t->box->column_wants)
        share_width(t, t->box->column_wants);
    else
        set_given_widths(t, t->box->column_widths);
}

/* ---- rows ----------------------------------------------------------------------------------------------------- */

static int free_column(const struct table *t, int column)
{
    while (column < t->columns && t->open[column].rows > 0)
        column++;
    return column;
}

static struct layout_fragment *fit_cell(struct table *t, struct layout_box *cell, int column, int span, bool grid)
{
    int end = column + span < t->columns ? column + span : t->columns;
    struct layout_place place = *t->place;
    place.x = t->x[column];
    place.width = t->x[end] - t->x[column];
    place.y = t->y + layout_space_before(cell, true);
    place.limit = INFINITY;                /* rows are whole: the table looks whether they fit */
    place.above = NULL;
    place.ceiling = place.y;
    place.below = 0;
    place.grid = grid;
    place.must = true;
    return layout_fit(t->run, cell, &place, NULL);
}

static void open_cell(struct table *t, struct layout_fragment *piece, int column, int span)
{
    int rows = piece->box->row_span > 1 ? piece->box->row_span : 1;
    for (int i = column; i < column + span && i < t->columns; i++) {
        t->open[i].rows = rows;
        t->open[i].cell = i == column ? piece : NULL;
    }
}

/* The row's lower edge: under its own cells and those that end here. */
static double row_bottom(const struct table *t, double least)
{
    double bottom = least;
    for (int i = 0; i < t->columns; i++)
        if (t->open[i].rows == 1 && t->open[i].cell)
            bottom = fmax(bottom, t->open[i].cell->bottom + layout_space_after(t->open[i].cell->box));
    return bottom;
}

static void close_cells(struct table *t, double bottom)
{
    for (int i = 0; i < t->columns; i++) {
        if (t->open[i].rows == 1 && t->open[i].cell)
            layout_align_cell(t->run, t->open[i].cell, bottom);
        if (t->open[i].rows > 0 && --t->open[i].rows == 0)
            t->open[i].cell = NULL;
    }
}

/* No rule goes through a cell that reaches into the next row. */
static void strip_rule(struct table *t, struct layout_fragment *row)
{
    int joined = 0;
    for (int i = 0; i < t->columns; i++)
        joined += t->open[i].rows > 0;
    if (!joined)
        return;
    row->strips = arena_array(t->run->scratch, struct layout_strip, t->columns);
    for (int i = 0; i < t->columns; i++) {
        struct layout_strip *last = row->strip_count ? &row->strips[row->strip_count - 1] : NULL;
        if (t->open[i].rows > 0)
            continue;
        if (last && last->x + last->width >= t->x[i])
            last->width = t->x[i + 1] - last->x;
        else
            row->strips[row->strip_count++] = (struct layout_strip){ t->x[i], t->x[i + 1] - t->x[i] };
    }
}

static struct layout_fragment *fit_row(struct table *t, struct layout_box *row)
{
    bool grid = t->run->step > 0 && (row->grid || t->box->grid);
    if (t->fragment->last && !t->fragment->last->repeated)
        t->y += row->margin.top;           /* a group stands off from the one before; not at a page's top */
    t->y = grid ? layout_row_up(t->run, t->y) : t->y;
    struct layout_place place = *t->place;
    place.y = t->y;
    struct layout_fragment *fragment = layout_fragment_new(t->run, row, &place);
    t->y += row->padding.top;
    int column = 0;
    for (struct layout_box *cell = row->first; cell; cell = cell->next) {
        column = free_column(t, column);
        if (column >= t->columns)
            break;
        int span = span_of(cell);
        struct layout_fragment *piece = fit_cell(t, cell, column, span, grid);
        layout_add_fragment(fragment, piece);
        fragment->cost += piece->cost;
        open_cell(t, piece, column, span);
        column += span;
    }
    double bottom = row_bottom(t, fmax(t->y, place.y + fmax(row->height, row->min_height)));
    bottom += row->padding.bottom;
    bottom = grid ? layout_row_up(t->run, bottom) : bottom;
    close_cells(t, bottom - row->padding.bottom);
    strip_rule(t, fragment);
    fragment->frame.height = bottom - place.y;
    fragment->bottom = t->y = bottom;
    return fragment;
}

static bool cells_open(const struct table *t)
{
    for (int i = 0; i < t->columns; i++)
        if (t->open[i].rows > 0)
            return true;
    return false;
}

/* ---- the table ------------------------------------------------------------------------------------------------ */

static struct layout_box *first_body_row(const struct layout_box *table)
{
    struct layout_box *row = table->first;
    while (row && row->repeat_header)
        row = row->next;
    return row;
}

static void repeat_headers(struct table *t)
{
    for (struct layout_box *row = t->box->first; row && row->repeat_header; row = row->next) {
        struct layout_fragment *fragment = fit_row(t, row);
        fragment->repeated = true;
        layout_add_fragment(t->fragment, fragment);
    }
}

static bool holds_next(const struct layout_box *row)
{
    return row->repeat_header || row->group_heading || row->keep_next;
}

/* Rows from `row` on while they fit; back to the last row before which a break is allowed. */
static bool add_rows(struct table *t, struct layout_box *row)
{
    struct layout_fragment *keep = NULL;   /* what stands before the last allowed break */
    struct layout_box *again = NULL;
    const struct layout_box *before = NULL;
    double bottom = t->y;
    bool any = false;
    for (; row; row = row->next) {
        if (any && !holds_next(before) && !cells_open(t) && !row->repeat_header) {
            keep = t->fragment->last;
            again = row;
            bottom = t->y;
        }
        struct layout_fragment *fragment = fit_row(t, row);
        bool fits = fragment->bottom <= t->place->limit + 0.05;
        if (!fits && again) {
            keep->next = NULL;
            t->fragment->last = keep;
            t->y = bottom;
            t->fragment->rest = layout_token_new(t->run, again, NULL);
            t->fragment->cost += layout_parting_cost(t->run, t->place, LAYOUT_COST_SPLIT_TABLE);
            return true;
        }
        if (!fits && !t->place->must)
            return false;
        layout_add_fragment(t->fragment, fragment);
        t->fragment->cost += fragment->cost;
        if (!fits) {
            fragment->faults |= LAYOUT_OVERSET;
            fragment->over = fragment->bottom - t->place->limit;
            t->fragment->cost += LAYOUT_COST_OVERSET;
        }
        any = true;
        before = row;
    }
    return true;
}

bool layout_fit_table(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                      const struct layout_token *token, struct layout_fragment *fragment)
{
    struct table t = { .run = run, .box = box, .place = place, .fragment = fragment, .y = place->y };
    struct layout_box *row = token ? (struct layout_box *)token->child : box->first;
    set_columns(&t);
    if (token && row != first_body_row(box))
        repeat_headers(&t);
    if (!add_rows(&t, row))
        return false;
    fragment->bottom = t.y;
    return true;
}
