/* The place of boxes: stacks, rows, grids, drawings, and the frame round each. */
#include <limits.h>
#include <string.h>

#include "layout/layout_internal.h"

static const double TOLERANCE = 0.05;      /* points; a hair that rounding leaves is no row */

/* ---- the grid ------------------------------------------------------------------------------------------------- */

double layout_row_up(const struct layout_run *run, double y)
{
    if (!(run->step > 0))
        return y;
    return run->origin + ceil((y - run->origin - TOLERANCE) / run->step) * run->step;
}

double layout_row_baseline(const struct layout_run *run, double edge)
{
    return edge + run->step - run->drop;
}

int layout_rows(const struct layout_run *run, double height)
{
    return height > TOLERANCE ? (int)ceil((height - TOLERANCE) / run->step) : 0;
}

int layout_rows_within(const struct layout_run *run, double height)
{
    return height > 0 ? (int)floor((height + TOLERANCE) / run->step) : 0;
}

static double whole_steps(const struct layout_run *run, double length, bool grid)
{
    return grid && run->step > 0 ? run->step * layout_rows(run, length) : length;
}

/* ---- spreads -------------------------------------------------------------------------------------------------- */

double layout_parting_cost(const struct layout_run *run, const struct layout_place *place, double cost)
{
    static const double ON_THE_SPREAD = 0.7, OVER_THE_LEAF = 1.5;
    if (!run->design->page.facing)
        return cost;
    return cost * (place->right_hand ? OVER_THE_LEAF : ON_THE_SPREAD);
}

double layout_parted_cost(const struct layout_token *rest)
{
    return rest->child && rest->child->belongs_above && !rest->inner ? LAYOUT_COST_PARTED : 0;
}

/* ---- stacks --------------------------------------------------------------------------------------------------- */

struct stack {
    struct layout_run *run;
    struct layout_box *box;
    const struct layout_place *place;
    struct layout_fragment *fragment;
    double y;                              /* bottom of what stands */
    const struct layout_box *before;       /* the child that stands last on this page */
    /* the last place where a break is allowed: before `child`, after which nothing of it counts */
    struct layout_box *child;
    struct layout_fragment *last;
    double bottom, cost;
    struct layout_above above;
};

static void stop(struct stack *s, const struct layout_box *child, const struct layout_token *inner)
{
    s->fragment->rest = layout_token_new(s->run, child, inner);
    s->fragment->cost += layout_parted_cost(s->fragment->rest);
}

static void stop_forced(struct stack *s, const struct layout_box *child, enum layout_break kind)
{
    struct layout_token *token = layout_token_new(s->run, child, NULL);
    token->forced = true;
    token->kind = kind;
    s->fragment->rest = token;
}

/* Back to the last allowed break. False: there is none. */
static bool go_back(struct stack *s)
{
    if (!s->child)
        return false;
    if (s->last)
        s->last->next = NULL;
    else
        s->fragment->first = NULL;
    s->fragment->last = s->last;
    s->y = s->bottom;
    s->fragment->cost = s->cost;
    stop(s, s->child, NULL);
    return true;
}

static void allow_break(struct stack *s, struct layout_box *child)
{
    s->child = child;
    s->last = s->fragment->last;
    s->bottom = s->y;
    s->cost = s->fragment->cost;
}

static struct layout_place place_of_child(const struct stack *s, const struct layout_box *child, bool first)
{
    bool plain = layout_is_plain(s->box);
    struct layout_place place = *s->place;
    double space = layout_space_before(child, first);
    if (first && (s->fragment->continued || plain))
        space = 0;                         /* after a page break, or given already by what holds a plain stack */
    if (s->before)
        space = fmax(space, layout_space_after(s->before));
    place.y = s->y + whole_steps(s->run, space, s->place->grid);
    place.above = &s->above;
    if (child->next)
        place.below = fmax(layout_space_after(child), layout_space_before(child->next, false));
    place.ends = !child->next && (!plain || s->place->ends);
    place.must = first && s->place->must;
    return place;
}

/* A heading must not stand above less of what follows than it keeps. */
static bool keeps_enough(const struct stack *s, const struct layout_fragment *piece)
{
    if (!piece->rest || !s->before || !layout_keeps_next(s->before))
        return true;
    const struct layout_box *heading = s->before;
    while (heading->kind == LAYOUT_SPACE && heading->previous)
        heading = heading->previous;
    while (layout_is_plain(heading) && heading->last)
        heading = heading->last;
    int lines = heading->kind == LAYOUT_PARAGRAPH && heading->style ? heading->style->keep_next : 0;
    double leading = s->run->step > 0 ? s->run->step : 12;
    return piece->bottom - piece->frame.y + TOLERANCE >= fmax(lines, LAYOUT_KEEP_LINES) * leading;
}

/* What to do when the child does not fit: go on elsewhere, or stand where it must. Ends the stack. */
static bool break_before(struct stack *s, struct layout_box *child)
{
    if (go_back(s))
        return true;
    if (!s->place->must || !s->fragment->first)
        return false;
    /* Only headings stand so far: better alone at a foot than nowhere. */
    s->fragment->faults |= LAYOUT_STRANDED;
    s->fragment->cost += LAYOUT_COST_STRANDED;
    stop(s, child, NULL);
    return true;
}

static bool is_page_break(const struct layout_box *child)
{
    return child->kind == LAYOUT_BREAK && child->break_kind != LAYOUT_BREAK_COLUMN;
}

/* Fit one child. False: the stack ends here; *fits tells whether anything of it stands. */
static bool add_child(struct stack *s, struct layout_box *child, const struct layout_token *inner, bool *fits)
{
    bool first = !s->fragment->first;
    if (is_page_break(child)) {
        if (child->next)
            stop_forced(s, child->next, child->break_kind);
        return !child->next;
    }
    if (child->kind == LAYOUT_BREAK)
        return true;
    if (child->break_before && !first && !inner) {
        stop_forced(s, child, LAYOUT_BREAK_PAGE);
        return false;
    }
    if (!first && !layout_keeps_next(s->before))
        allow_break(s, child);
    struct layout_place place = place_of_child(s, child, first);
    struct layout_fragment *piece = layout_fit(s->run, child, &place, inner);
    if (!piece && !first && s->place->must && !s->child) {
        /* Only headings stand above it on this page: another page would not have more room. */
        place.must = true;
        piece = layout_fit(s->run, child, &place, inner);
        piece = piece && piece->faults & LAYOUT_OVERSET ? NULL : piece;
    }
    if (!piece || !keeps_enough(s, piece)) {
        *fits = break_before(s, child);
        return false;
    }
    layout_add_fragment(s->fragment, piece);
    s->fragment->cost += piece->cost;
    s->y = piece->bottom;
    s->before = child;
    if (piece->rest) {
        stop(s, child, piece->rest);
        if (piece->rest->forced) {
            struct layout_token *token = arena_copy(s->run->scratch, s->fragment->rest, sizeof *token);
            token->forced = true;
            token->kind = piece->rest->kind;
            s->fragment->rest = token;
        }
        return false;
    }
    return true;
}

static bool fit_stack(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                      const struct layout_token *token, struct layout_fragment *fragment)
{
    struct stack s = { .run = run, .box = box, .place = place, .fragment = fragment, .y = place->y,
                       .above = { fragment, place->above } };
    struct layout_box *child = token ? (struct layout_box *)token->child : box->first;
    const struct layout_token *inner = token ? token->inner : NULL;
    bool fits = true, going = true;
    for (; child && going; child = child->next, inner = NULL)
        going = add_child(&s, child, inner, &fits);
    fragment->bottom = s.y;
    return fits;
}

/* ---- rows of cells -------------------------------------------------------------------------------------------- */

/* Cells side by side: a width of their own, a span of the layout grid, or a share of what is left. */
static double cell_width(const struct layout_run *run, const struct layout_box *cell)
{
    if (cell->width > 0)
        return cell->width + cell->margin.left + cell->margin.right;
    return cell->span > 0 ? cell->span * run->column + (cell->span - 1) * run->gutter : 0;
}

static double open_width(const struct layout_run *run, const struct layout_box *row, double width, double gap)
{
    int open = 0, cells = 0;
    for (const struct layout_box *cell = row->first; cell; cell = cell->next, cells++) {
        double own = cell_width(run, cell);
        width -= own;
        open += !(own > 0);
    }
    width -= gap * (cells > 1 ? cells - 1 : 0);
    return open ? fmax(width / open, 1) : 0;
}

static bool holds_grid_lines(const struct layout_run *run, const struct layout_fragment *f)
{
    if (f->line_count && layout_on_grid(run, f->box))
        return true;
    for (const struct layout_fragment *child = f->first; child; child = child->next)
        if (holds_grid_lines(run, child))
            return true;
    return false;
}

/* How far content goes down in `spare` height by an align; whole steps where its lines stand on the grid. */
static double shift_by(const struct layout_run *run, const struct layout_fragment *f, double spare, int align)
{
    double shift = spare * (align + 1) / 2;
    if (shift > 0 && run->step > 0 && holds_grid_lines(run, f))
        shift = run->step * floor(shift / run->step + TOLERANCE);
    return shift;
}

void layout_align_cell(const struct layout_run *run, struct layout_fragment *cell, double bottom)
{
    double spare = bottom - cell->bottom;
    if (spare <= TOLERANCE)
        return;
    double shift = shift_by(run, cell, spare, cell->box->align);
    for (struct layout_fragment *child = cell->first; child; child = child->next)
        layout_move_fragment(child, 0, shift);
    if (cell->first || cell->box->kind == LAYOUT_STACK)
        cell->frame.height += spare;       /* its field is as high as the row */
    else
        layout_move_fragment(cell, 0, shift);
    cell->bottom = bottom;
}

/* Cells that stand side by side. */
struct cells {
    struct layout_box *first;
    int count;
    double gap, open;                      /* between them; width of those that name none */
    const struct layout_token *const *tokens;              /* where they go on; NULL: they begin */
    const struct layout_token **rests;     /* where they will go on; NULL: they must be complete */
    bool broken;                           /* some of them will */
};

static void begin_cells(struct layout_run *run, struct cells *cells, struct layout_box *first, int most, bool may_break)
{
    cells->first = first;
    for (const struct layout_box *cell = first; cell && cells->count < most; cell = cell->next)
        cells->count++;
    cells->rests = may_break ? arena_array(run->scratch, const struct layout_token *, cells->count + 1) : NULL;
}

static double width_of(const struct layout_run *run, const struct cells *cells, const struct layout_box *cell)
{
    double own = cell_width(run, cell);
    return own > 0 ? own : cells->open;
}

static struct layout_fragment *fit_cell(struct layout_run *run, struct layout_box *cell, double width, double x,
                                        const struct layout_place *place, const struct layout_token *token)
{
    struct layout_place inner = *place;
    inner.x = x;
    inner.width = width;
    inner.y += token ? 0 : whole_steps(run, layout_space_before(cell, true), place->grid);
    return layout_fit(run, cell, &inner, token);
}

/* Fit the cells at one height; false when one of them does not fit. */
static bool fit_cells(struct layout_run *run, struct cells *cells, const struct layout_place *place,
                      struct layout_fragment *out)
{
    double x = place->x, bottom = place->y;
    struct layout_fragment *start = out->last;
    struct layout_box *cell = cells->first;
    for (int i = 0; i < cells->count; i++, cell = cell->next) {
        double width = width_of(run, cells, cell);
        bool done = cells->tokens && !cells->tokens[i];
        struct layout_fragment *piece =
            done ? NULL : fit_cell(run, cell, width, x, place, cells->tokens ? cells->tokens[i] : NULL);
        x += width + cells->gap;
        if (done)
            continue;
        if (!piece || (piece->rest && !cells->rests))
            return false;
        if (cells->rests)
            cells->rests[i] = piece->rest;
        cells->broken |= piece->rest != NULL;
        layout_add_fragment(out, piece);
        out->cost += piece->cost;
        bottom = fmax(bottom, piece->bottom + layout_space_after(cell));
    }
    for (struct layout_fragment *f = start ? start->next : out->first; f; f = f->next)
        layout_align_cell(run, f, bottom);
    out->bottom = bottom;
    return true;
}

/* Side by side boxes stay whole while they can; those that are higher than a page go on cell by cell. */
static void break_cells(struct layout_run *run, const struct cells *cells, const struct layout_place *place,
                        struct layout_fragment *fragment)
{
    struct layout_token *rest = layout_token_new(run, cells->first, NULL);
    rest->cells = cells->rests;
    rest->cell_count = cells->count;
    fragment->rest = rest;
    fragment->cost += layout_parting_cost(run, place, LAYOUT_COST_SPLIT_BOX);
}

static bool fit_row(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                    const struct layout_token *token, struct layout_fragment *fragment)
{
    struct cells cells = { .gap = box->gap > 0 ? box->gap : run->gutter };
    cells.open = open_width(run, box, place->width, cells.gap);
    cells.tokens = token ? token->cells : NULL;
    begin_cells(run, &cells, box->first, INT_MAX, place->must);
    if (!fit_cells(run, &cells, place, fragment))
        return false;
    if (cells.broken)
        break_cells(run, &cells, place, fragment);
    return place->must || fragment->bottom <= place->limit + TOLERANCE;
}

static struct layout_box *skip_cells(struct layout_box *cell, int count)
{
    while (cell && count-- > 0)
        cell = cell->next;
    return cell;
}

/* A row of the grid that does not fit: the grid goes on with it. */
static void end_grid(struct layout_run *run, struct layout_box *cell, struct layout_fragment *last,
                     struct layout_fragment *fragment, double bottom)
{
    if (last)
        last->next = NULL;
    fragment->last = last;
    fragment->rest = layout_token_new(run, cell, NULL);
    fragment->bottom = bottom;
}

static bool fit_grid(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                     const struct layout_token *token, struct layout_fragment *fragment)
{
    int columns = box->columns > 0 ? box->columns : 1;
    double gap = box->gap > 0 ? box->gap : run->gutter, y = place->y;
    struct layout_box *cell = token ? (struct layout_box *)token->child : box->first;
    for (bool first = true; cell; first = false) {
        struct layout_place inner = *place;
        inner.y = y + (first ? 0 : whole_steps(run, box->row_gap, place->grid));
        inner.must = place->must && first;
        struct cells cells = { .gap = gap, .open = (place->width - gap * (columns - 1)) / columns };
        cells.tokens = first && token ? token->cells : NULL;
        begin_cells(run, &cells, cell, columns, inner.must);
        struct layout_fragment *last = fragment->last;
        if (!fit_cells(run, &cells, &inner, fragment)) {
            if (!first)
                end_grid(run, cell, last, fragment, y);
            return !first;
        }
        y = fragment->bottom;
        if (cells.broken) {
            break_cells(run, &cells, place, fragment);
            return true;
        }
        cell = skip_cells(cell, columns);
    }
    return true;
}

/* ---- drawings, spaces ----------------------------------------------------------------------------------------- */

static bool fit_drawing(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                        struct layout_fragment *fragment)
{
    (void)run;
    struct layout_size room = { place->width, 0 }, size = box->drawing->measure(box->drawing->data, room);
    double page = place->limit - place->y;
    if (place->must && size.height > page + TOLERANCE && isfinite(page)) {
        room.height = page;                /* alone on its page and still too high: it is asked to be lower */
        size = box->drawing->measure(box->drawing->data, room);
    }
    double x = place->x + (place->width - size.width) * (box->place + 1) / 2;
    fragment->frame = (struct rect){ x, place->y, size.width, size.height };
    fragment->bottom = place->y + size.height;
    return true;
}

static bool fit_content(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                        const struct layout_token *token, struct layout_fragment *fragment)
{
    switch (box->kind) {
    case LAYOUT_STACK:
        return fit_stack(run, box, place, token, fragment);
    case LAYOUT_ROW:
        return fit_row(run, box, place, token, fragment);
    case LAYOUT_GRID:
        return fit_grid(run, box, place, token, fragment);
    case LAYOUT_COLUMNS:
        return layout_fit_columns(run, box, place, token, fragment);
    case LAYOUT_PARAGRAPH:
        return layout_fit_paragraph(run, box, place, token, fragment);
    case LAYOUT_DRAWING:
        return fit_drawing(run, box, place, fragment);
    case LAYOUT_TABLE:
        return layout_fit_table(run, box, place, token, fragment);
    case LAYOUT_TABLE_ROW:
        return fit_row(run, box, place, token, fragment);
    case LAYOUT_SPACE:
        fragment->bottom = place->y + whole_steps(run, box->height, place->grid);
        return true;
    case LAYOUT_BREAK:
        return true;
    }
    return true;
}

/* ---- the frame round a content -------------------------------------------------------------------------------- */

static bool is_decorated(const struct layout_box *box)
{
    return box->kind != LAYOUT_SPACE && box->kind != LAYOUT_PARAGRAPH && !layout_is_plain(box);
}

/* The place inside margins, borders and padding. */
static struct layout_place inside(const struct layout_run *run, const struct layout_box *box,
                                  const struct layout_place *place, bool grid)
{
    struct layout_place inner = *place;
    inner.x += box->padding.left + box->border.left;
    inner.width -= box->padding.left + box->padding.right + box->border.left + box->border.right;
    inner.y += whole_steps(run, box->padding.top + box->border.top, grid);
    inner.limit -= whole_steps(run, box->padding.bottom + box->border.bottom, grid);
    inner.grid = grid;
    if (is_decorated(box) && box->kind == LAYOUT_STACK) {
        inner.above = NULL;
        inner.ceiling = inner.y;
        inner.below = 0;
        inner.ends = true;
    }
    return inner;
}

static struct layout_place within_margins(const struct layout_box *box, const struct layout_place *place)
{
    struct layout_place outer = *place;
    outer.x += box->margin.left;
    outer.width = fmax(outer.width - box->margin.left - box->margin.right, 1);
    if (box->width > 0 && box->width < outer.width)
        outer.width = box->width;
    return outer;
}

static double own_height(const struct layout_run *run, const struct layout_box *box, double height, bool grid)
{
    if (box->kind == LAYOUT_SPACE)
        return height;
    height = fmax(height, fmax(box->height, box->min_height));
    return whole_steps(run, height, grid);
}

static void align_content(const struct layout_run *run, struct layout_fragment *fragment, double spare)
{
    double shift = shift_by(run, fragment, spare, fragment->box->align);
    if (shift <= 0)
        return;
    for (struct layout_fragment *child = fragment->first; child; child = child->next)
        layout_move_fragment(child, 0, shift);
}

/* Close the frame below the content: padding, height asked for, height shared out. */
static void close_frame(const struct layout_run *run, struct layout_fragment *fragment, const struct layout_place *outer,
                        const struct layout_place *inner, bool grid)
{
    const struct layout_box *box = fragment->box;
    double content = fragment->bottom - outer->y;
    double height = content + (outer->limit - inner->limit);
    if (!isfinite(outer->limit))
        height = content + whole_steps(run, box->padding.bottom + box->border.bottom, grid);
    if (!fragment->rest) {
        double natural = height;
        height = own_height(run, box, height, grid || (outer->grid && is_decorated(box))) + (box->state ? box->state->extra : 0);
        align_content(run, fragment, height - natural);
    } else if (is_decorated(box) && isfinite(outer->limit)) {
        height = fmax(height, outer->limit - outer->y);    /* the field of a box that goes on reaches the page's foot */
    }
    if (box->kind == LAYOUT_DRAWING) {
        /* A drawing in a higher place stands in its middle. */
        double spare = height - fragment->frame.height;
        fragment->frame.y += spare > 0 ? spare / 2 : 0;
    } else {
        fragment->frame = (struct rect){ outer->x, outer->y, outer->width, height };
    }
    fragment->bottom = outer->y + height;
}

/* True when the box breaks where it must not. */
static bool breaks_badly(const struct layout_box *box, const struct layout_fragment *fragment)
{
    return fragment->rest && box->keep_together && !fragment->rest->forced;
}

static struct layout_fragment *fit_box(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                                       const struct layout_token *token)
{
    struct layout_place outer = within_margins(box, place);
    bool grid = run->step > 0 && (box->grid || (place->grid && !(box->kind == LAYOUT_STACK && is_decorated(box))) ||
                                  (box->kind == LAYOUT_COLUMNS));
    if (box->kind == LAYOUT_TABLE || box->kind == LAYOUT_TABLE_ROW)
        grid = run->step > 0 && box->grid;
    if (grid || (place->grid && run->step > 0 && is_decorated(box)))
        outer.y = layout_row_up(run, outer.y);
    struct layout_fragment *fragment = layout_fragment_new(run, box, &outer);
    fragment->continued = token != NULL;
    struct layout_place inner = inside(run, box, &outer, grid);
    if (!fit_content(run, box, &inner, token, fragment))
        return NULL;
    close_frame(run, fragment, &outer, &inner, grid);
    if (breaks_badly(box, fragment)) {
        if (!place->must)
            return NULL;
        fragment->faults |= LAYOUT_CUT;
        fragment->cost += LAYOUT_COST_CUT;
    } else if (fragment->rest && is_decorated(box) && box->kind == LAYOUT_STACK && !fragment->rest->forced) {
        fragment->cost += layout_parting_cost(run, place, LAYOUT_COST_SPLIT_BOX);
    }
    double over = fragment->bottom - place->limit;
    if (over > TOLERANCE && !fragment->rest) {
        if (!place->must)
            return NULL;
        fragment->faults |= LAYOUT_OVERSET;
        fragment->over = over;
        fragment->cost += LAYOUT_COST_OVERSET;
    }
    return fragment;
}

/* ---- once for all ends of a page ------------------------------------------------------------------------------ */

/* A page is set several times with different ends; a box that stood whole well above them stands the same again. */
static bool is_remembered(const struct layout_box *box)
{
    return box->kind == LAYOUT_COLUMNS || box->kind == LAYOUT_ROW || box->kind == LAYOUT_GRID ||
           box->kind == LAYOUT_TABLE || (box->kind == LAYOUT_STACK && is_decorated(box));
}

static bool same_place(const struct layout_place *a, const struct layout_place *b)
{
    return a->x == b->x && a->width == b->width && a->y == b->y && a->ceiling == b->ceiling && a->below == b->below &&
           a->ends == b->ends && a->page == b->page && a->right_hand == b->right_hand && a->grid == b->grid &&
           a->must == b->must;
}

static struct layout_fragment *recall(struct layout_run *run, const struct layout_box *box,
                                      const struct layout_place *place)
{
    const struct layout_state *state = box->state;
    if (!state || !state->memo.fragment || state->memo.serial != run->serial || state->memo.extra != state->extra ||
        !same_place(&state->memo.place, place) || state->memo.fragment->bottom > place->limit + TOLERANCE)
        return NULL;
    return layout_copy_fragment(run->scratch, state->memo.fragment);
}

static void remember(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                     const struct layout_fragment *fragment)
{
    if (!box->state)
        box->state = mem_alloc(sizeof *box->state);
    box->state->memo.serial = run->serial;
    box->state->memo.place = *place;
    box->state->memo.extra = box->state->extra;
    box->state->memo.fragment = layout_copy_fragment(run->scratch, fragment);
}

struct layout_fragment *layout_fit(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                                   const struct layout_token *token)
{
    if (token || !is_remembered(box))
        return fit_box(run, box, place, token);
    struct layout_fragment *fragment = recall(run, box, place);
    if (fragment)
        return fragment;
    fragment = fit_box(run, box, place, NULL);
    if (fragment && !fragment->rest && !(fragment->faults & ~(unsigned)LAYOUT_UNEVEN))
        remember(run, box, place, fragment);
    return fragment;
}
