/* Columns: text in slots of one grid, round shapes, with level ends. A slot is a row of a column; what shapes leave of it
   is where a line may stand. Research: the measured design in ARCHITECTURE.md (columns, grid, circles). */
#include "layout/columns.h"

#include <string.h>

static const double NARROWEST = 60;        /* points; beside a shape narrower pieces of a line stay empty */

/* ---- slots ---------------------------------------------------------------------------------------------------- */

static double column_x(const struct columns *c, int column)
{
    return c->place->x + column * (c->width + c->gap);
}

double columns_edge(const struct columns *c, int row)
{
    return c->top + (c->lowered + row) * c->run->step;
}

/* What shapes leave of a column for ink between top and bottom: the wider side of each. */
static struct text_room room_between(const struct columns *c, int column, double top, double bottom)
{
    double left = column_x(c, column), right = left + c->width;
    struct text_room room = { 0 };
    for (int i = 0; i < c->shape_count; i++) {
        double from, to;
        if (!layout_shape_extent(&c->shapes[i], top, bottom, &from, &to) || to <= left || from >= right)
            continue;
        if (from - left >= right - to) {
            right = fmax(from, left);
            room.right_shape = true;
        } else {
            left = fmin(to, right);
            room.left_shape = true;
        }
    }
    room.x = left;
    room.width = right - left;
    return room;
}

/* What shapes leave of a row for a style's ink: asked for again and again while a height is sought. */
static struct text_room row_room(struct columns *c, const struct layout_state *ink, int column, int row)
{
    struct columns_memo *memo = &c->memo;
    double baseline = layout_row_baseline(c->run, columns_edge(c, row));
    if (!c->shape_count)
        return (struct text_room){ .x = column_x(c, column), .width = c->width };
    if (memo->cap != ink->cap || memo->descent != ink->descent) {
        columns_forget_rooms(c);
        memo->cap = ink->cap;
        memo->descent = ink->descent;
    }
    size_t at = (size_t)row * (size_t)c->count + (size_t)column;
    size_t known = memo->capacity;
    VEC_GROW(memo->rooms, memo->capacity, at + 1);
    if (memo->capacity > known)
        memset(memo->rooms + known, 0, (memo->capacity - known) * sizeof *memo->rooms);
    struct columns_room *room = &memo->rooms[at];
    if (!room->known) {
        room->room = room_between(c, column, baseline - ink->cap, baseline + ink->descent);
        room->known = true;
    }
    return room->room;
}

void columns_forget_rooms(struct columns *c)
{
    for (size_t i = 0; i < c->memo.capacity; i++)
        c->memo.rooms[i].known = false;
}

/* The room of a line in a row; false when it is too narrow to be used. `left`: the paragraph's own distance. */
static bool slot(struct columns *c, const struct layout_box *box, int column, int row, double left,
                 struct text_room *room)
{
    *room = row_room(c, box->state, column, row);
    double whole = c->width - left, start = column_x(c, column) + left;
    double end = room->right_shape ? room->x + room->width : start + whole;
    room->x = room->left_shape ? fmax(room->x, start) : start;
    /* Whole rows are alike to the last bit, or lines would be broken anew in each column. */
    room->width = room->left_shape || room->right_shape ? end - room->x : whole;
    if (box->width_limit > 0 && room->width > box->width_limit)
        room->width = box->width_limit;
    return room->width >= fmin(NARROWEST, whole);
}

/* ---- filling -------------------------------------------------------------------------------------------------- */

struct cursor {
    int column, row;
};

/* A try: columns `height` rows high. */
struct fill {
    struct columns *c;
    int height;
    struct cursor at;                      /* the next free slot */
    int *ends;                             /* rows used, by column */
    const struct columns_choice *choice;
    int *tops;                             /* rows that a figure takes at the top, by column */
    struct layout_box *figure;             /* that stands there, or waits for the next page, while text before it goes on */
    int figure_column;                     /* where it stands; `count`: on the next page */
    struct layout_fragment *out;
    const struct layout_box *before;       /* what stands last in this column; NULL at its top */
    bool lenient;                          /* rules give way: else nothing would fit an empty page */
    size_t block;
    const struct layout_token *inner;
    int lines_left;                        /* rows that the paragraph lacks which the columns' end cuts */
};

static bool in_room(const struct fill *f)
{
    return f->at.column < f->c->count;
}

static void next_column(struct fill *f)
{
    int column = f->at.column + 1, top = column < f->c->count ? f->tops[column] : 0;
    f->at = (struct cursor){ column, top };
    f->before = top > 0 ? f->figure : NULL;
}

static void use_rows(struct fill *f, int column, int rows)
{
    if (rows > f->ends[column])
        f->ends[column] = rows;
}

/* Lines, or rows above a heading, by which the try in hand changes a box. */
static int chosen(const struct columns_choice *choice, const struct layout_box *box)
{
    for (int i = 0; choice && i < choice->count; i++)
        if (choice->box[i] == box)
            return choice->lines[i];
    return 0;
}

bool columns_is_heading(const struct layout_box *box)
{
    return box->kind == LAYOUT_PARAGRAPH && layout_keeps_next(box);
}

/* Blank rows between what stands and the next box; none at a column's top. */
static int blank_rows(const struct fill *f, const struct layout_box *box)
{
    if (!f->before || f->at.row == 0)
        return 0;
    double space = fmax(layout_space_after(f->before), layout_space_before(box, false));
    return layout_rows(f->c->run, space) + (columns_is_heading(box) ? chosen(f->choice, box) : 0);
}

/* ---- paragraphs on the grid ----------------------------------------------------------------------------------- */

enum { MOST_COLUMNS = 12, MOST_ATTEMPTS = 12 };

/* A paragraph in hand: the slots it asks for, and where it must not stand. */
struct flow {
    struct fill *fill;
    struct layout_box *box;
    int from;                              /* break point */
    struct cursor start;
    int cut[MOST_COLUMNS];                 /* rows at a column's foot that it leaves free */
    struct text_room *rooms;
    struct cursor *slots;
    size_t slot_count, inside;             /* those inside the columns; then one more for what is to come */
    int pitch;                             /* rows a line */
    int looseness;
};

static void collect_slots(struct flow *w, size_t most)
{
    struct columns *c = w->fill->c;
    double left = layout_text_left(w->box);
    struct cursor at = w->start;
    w->slot_count = 0;
    for (; at.column < c->count && w->slot_count < most; at.column++) {
        at.row = at.row > w->fill->tops[at.column] ? at.row : w->fill->tops[at.column];
        for (; at.row + w->pitch <= w->fill->height - w->cut[at.column] && w->slot_count < most; at.row += w->pitch) {
            if (!slot(c, w->box, at.column, at.row + w->pitch - 1, left, &w->rooms[w->slot_count])) {
                at.row -= w->pitch - 1;    /* perhaps a row further on */
                continue;
            }
            w->slots[w->slot_count++] = at;
        }
        at.row = 0;
    }
    w->inside = w->slot_count;
    if (w->slot_count < most)              /* the next page: a column without shapes */
        w->rooms[w->slot_count++] = (struct text_room){ .x = column_x(c, 0) + left, .width = c->width - left };
}

/* Where a line stands does not change how it is broken: rooms are asked for without x, and the equal ones at the end as
   one, so that a paragraph that moves is not broken again. */
static size_t plain_rooms(const struct flow *w, struct text_room *rooms)
{
    size_t n = w->slot_count;
    for (size_t i = 0; i < n; i++) {
        rooms[i] = w->rooms[i];
        rooms[i].x = 0;
    }
    while (n > 1 && !memcmp(&rooms[n - 1].width, &rooms[n - 2].width, sizeof rooms->width) &&
           rooms[n - 1].left_shape == rooms[n - 2].left_shape && rooms[n - 1].right_shape == rooms[n - 2].right_shape)
        n--;
    return n;
}

static struct text_lines flow_lines(struct flow *w, const int *ends, size_t end_count)
{
    struct text_room *rooms = arena_array(w->fill->c->run->scratch, struct text_room, w->slot_count);
    size_t room_count = plain_rooms(w, rooms);
    struct text_request request = { .rooms = rooms, .room_count = room_count, .align = w->box->text_align,
                                    .start = w->from, .indent = w->from ? 0 : layout_indent(w->box),
                                    .looseness = w->looseness, .column_ends = ends, .column_end_count = end_count };
    return layout_break_lines(w->fill->c->run, w->box, &request);
}

/* Slots and lines together: as many slots as the lines turn out to need. */
static struct text_lines set_flow(struct flow *w, const int *ends, size_t end_count)
{
    struct layout_run *run = w->fill->c->run;
    size_t most = 8;
    for (;; most *= 2) {
        w->rooms = arena_array(run->scratch, struct text_room, most);
        w->slots = arena_array(run->scratch, struct cursor, most);
        collect_slots(w, most);
        struct text_lines lines = flow_lines(w, ends, end_count);
        if (lines.count <= w->slot_count || w->slot_count < most)
            return lines;
    }
}

/* Number of lines from `first` on that stand in one column. */
static size_t lines_in_column(const struct flow *w, size_t first, size_t count)
{
    size_t n = first;
    while (n < count && n < w->inside && w->slots[n].column == w->slots[first].column)
        n++;
    return n - first;
}

/* Mend the first widow or orphan by leaving rows free. True when something was changed. */
static bool mend_ends(struct flow *w, size_t count)
{
    for (size_t first = 0; first < count && first < w->inside;) {
        size_t here = lines_in_column(w, first, count), after = count - first - here;
        int column = w->slots[first].column;
        if (after == 0)
            return false;
        bool begins = first == 0 && w->from == 0;
        if (here < (begins ? LAYOUT_KEEP_LINES : 1) || (after < LAYOUT_KEEP_LINES && here <= LAYOUT_KEEP_LINES) ||
            w->box->keep_together) {
            if (first > 0)
                return false;              /* it fills whole columns: nothing to win */
            w->start = (struct cursor){ column + 1, 0 };
            return true;
        }
        if (after < LAYOUT_KEEP_LINES) {
            w->cut[column] = w->fill->height - w->slots[first + here - 1].row;
            return true;
        }
        first += here;
    }
    return false;
}

/* Lines that end a column with a hyphen; those that did before stay on the list. */
static bool find_hyphens(const struct flow *w, const struct text_lines *lines, int *ends, size_t *end_count)
{
    bool found = false;
    for (size_t i = 0; i + 1 < lines->count && i < w->inside; i++) {
        bool last = i + 1 >= w->inside || w->slots[i + 1].column != w->slots[i].column;
        if (!last || !lines->lines[i].hyphenated || *end_count >= MOST_COLUMNS)
            continue;
        ends[(*end_count)++] = (int)i;
        found = true;
    }
    return found;
}

static void place_lines(struct flow *w, const struct text_lines *lines, struct layout_fragment *piece)
{
    struct fill *f = w->fill;
    size_t n = lines->count < w->inside ? lines->count : w->inside;
    piece->lines = arena_array(f->c->run->scratch, struct layout_line, n);
    piece->line_count = n;
    double top = INFINITY, bottom = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        int last_row = w->slots[i].row + w->pitch - 1;
        piece->lines[i].line = lines->lines[i];
        piece->lines[i].line.x += w->rooms[i].x;
        piece->lines[i].baseline = layout_row_baseline(f->c->run, columns_edge(f->c, last_row));
        top = fmin(top, columns_edge(f->c, w->slots[i].row));
        bottom = fmax(bottom, columns_edge(f->c, last_row + 1));
        use_rows(f, w->slots[i].column, last_row + 1);
    }
    struct cursor at = w->slots[n - 1];
    f->at = (struct cursor){ at.column, at.row + w->pitch };
    double left = column_x(f->c, w->slots[0].column), right = column_x(f->c, at.column) + f->c->width;
    piece->frame = (struct rect){ left, top, right - left, bottom - top };
    piece->bottom = bottom;
    piece->continued = w->from > 0;
}

/* Lay a paragraph into the slots from the cursor on. False: the columns end before it is complete. */
static bool flow_paragraph(struct fill *f, struct layout_box *box, int from)
{
    struct layout_run *run = f->c->run;
    struct flow w = { .fill = f, .box = box, .from = from, .start = f->at };
    int ends[MOST_COLUMNS];
    size_t end_count = 0;
    layout_paragraph(run, box);
    w.pitch = (int)(layout_pitch(run, box) / run->step + 0.5);
    w.looseness = chosen(f->choice, box);
    struct text_lines lines = { 0 };
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        lines = set_flow(&w, ends, end_count);
        if (!f->lenient && mend_ends(&w, lines.count)) {
            end_count = 0;
            continue;
        }
        if (attempt + 1 < MOST_ATTEMPTS && end_count == 0 && find_hyphens(&w, &lines, ends, &end_count))
            continue;
        break;
    }
    f->lines_left = lines.count > w.inside ? (int)(lines.count - w.inside) * w.pitch : 0;
    if (w.inside == 0 || !lines.count) {
        f->at = (struct cursor){ f->c->count, 0 };
        return lines.count == 0;
    }
    struct layout_fragment *piece = layout_fragment_new(run, box, f->c->place);
    place_lines(&w, &lines, piece);
    layout_add_fragment(f->out, piece);
    f->out->cost += piece->cost;
    f->before = box;
    if (lines.count <= w.inside)
        return true;
    struct layout_token *rest = layout_token_new(run, NULL, NULL);
    rest->from = lines.lines[w.inside].start;
    piece->rest = f->inner = rest;
    f->out->cost += LAYOUT_COST_SPLIT_PARAGRAPH;
    f->at = (struct cursor){ f->c->count, 0 };
    return false;
}

/* ---- headings and boxes: whole rows of one column ------------------------------------------------------------- */

static int rows_of(const struct fill *f, const struct layout_fragment *piece, int row)
{
    return layout_rows(f->c->run, piece->bottom - columns_edge(f->c, row));
}

/* The box at a row, as wide as shapes leave room beside all its rows. */
static struct layout_fragment *fit_block(struct fill *f, struct layout_box *box, int column, int row,
                                         const struct layout_token *inner, bool must)
{
    const struct columns *c = f->c;
    struct layout_place place = *c->place;
    place.x = column_x(c, column);
    place.width = c->width;
    place.y = columns_edge(c, row);
    place.limit = columns_edge(c, f->height);
    place.grid = true;
    place.must = must;
    struct layout_fragment *piece = layout_fit(c->run, box, &place, inner);
    if (!piece || !c->shape_count)
        return piece;
    struct text_room room = room_between(c, column, place.y + 0.2 * c->run->step, piece->bottom - 0.2 * c->run->step);
    if (room.width >= c->width - 0.01)
        return piece;
    bool narrowable = box->kind == LAYOUT_PARAGRAPH && room.width >= NARROWEST;
    if (!narrowable)
        return must ? piece : NULL;
    place.x = room.x;
    place.width = room.width;
    return layout_fit(c->run, box, &place, inner);
}

bool columns_is_flowing(const struct columns *c, const struct layout_box *box)
{
    return box->kind == LAYOUT_PARAGRAPH && layout_on_grid(c->run, box) && !layout_keeps_next(box);
}

/* Its height, undivided, at that width; INFINITY: higher than a page. */
static double natural_height(const struct columns *c, struct layout_box *box, double width)
{
    if (!box->state)
        box->state = mem_alloc(sizeof *box->state);
    if (box->state->natural_width != width) {
        struct layout_place place = *c->place;
        place.x = column_x(c, 0);
        place.width = width;
        place.y = c->top;
        place.limit = c->top + c->run->page_rows * c->run->step;
        place.grid = place.must = true;
        struct layout_fragment *piece = layout_fit(c->run, box, &place, NULL);
        box->state->natural_width = width;
        box->state->natural_height = piece->rest ? INFINITY : piece->bottom - c->top;
    }
    return box->state->natural_height;
}

/* Higher than a page: such a box is divided wherever it stands, and may as well begin here. Others are moved. */
static bool is_tall(struct fill *f, struct layout_box *box)
{
    double height = natural_height(f->c, box, f->c->width);
    return !box->keep_together && isinf(height);
}

bool columns_may_move(struct columns *c, struct layout_box *box, double width)
{
    return box->movable && natural_height(c, box, width) <= c->run->page_rows * c->run->step;
}

struct layout_fragment *columns_fit_all_the_same(struct layout_run *run, struct layout_box *box, struct layout_place place)
{
    double limit = place.limit;
    place.must = true;
    place.limit = INFINITY;
    struct layout_fragment *piece = layout_fit(run, box, &place, NULL);
    if (piece->bottom > limit + 0.05) {
        piece->faults |= LAYOUT_OVERSET;
        piece->over = piece->bottom - limit;
        piece->cost += LAYOUT_COST_OVERSET;
    }
    return piece;
}

/* Less of a divided box is not begun at a column's foot. */
enum { LEAST_OF_TALL = 5 };

static int rows_of_text_kept(const struct fill *f, struct layout_box *text, int keep)
{
    const struct columns *c = f->c;
    layout_paragraph(c->run, text);
    int pitch = (int)(layout_pitch(c->run, text) / c->run->step + 0.5);
    double width = c->width - layout_text_left(text);
    int lines = (int)text_para_line_count(text->state->para, width, text->text_align, layout_indent(text));
    if (lines < keep + LAYOUT_KEEP_LINES)  /* what would be left could not stand alone */
        keep = lines;
    return keep * pitch;
}

/* Rows that what follows a heading must have below it: the lines that the heading keeps, or a box as a whole. */
static int rows_kept(struct fill *f, size_t i)
{
    const struct columns *c = f->c;
    const struct layout_box *heading = c->blocks[i - 1];
    if (i >= c->block_count || c->blocks[i]->kind == LAYOUT_BREAK)
        return 0;
    struct layout_box *next = c->blocks[i];
    int blank = layout_rows(c->run, fmax(layout_space_after(heading), layout_space_before(next, false)));
    int keep = heading->style && heading->style->keep_next > LAYOUT_KEEP_LINES ? heading->style->keep_next
                                                                                  : LAYOUT_KEEP_LINES;
    if (columns_is_flowing(c, next))
        return blank + rows_of_text_kept(f, next, keep);
    if (is_tall(f, next))
        return blank + LEAST_OF_TALL;
    return blank + layout_rows(c->run, next->state->natural_height) + (layout_keeps_next(next) ? rows_kept(f, i + 1) : 0);
}

/* What of a box may stand at the cursor; NULL: nothing. */
static struct layout_fragment *try_block(struct fill *f, size_t i, const struct layout_token *inner, bool must)
{
    struct layout_box *box = f->c->blocks[i];
    struct layout_fragment *piece = fit_block(f, box, f->at.column, f->at.row, inner, must);
    if (!piece || must)
        return piece;
    if (piece->rest)
        return f->height - f->at.row >= LEAST_OF_TALL && is_tall(f, box) ? piece : NULL;
    int kept = layout_keeps_next(box) ? rows_kept(f, i + 1) : 0;
    return f->at.row + rows_of(f, piece, f->at.row) + kept <= f->height ? piece : NULL;
}

static void add_block(struct fill *f, struct layout_fragment *piece)
{
    layout_add_fragment(f->out, piece);
    f->out->cost += piece->cost;
    f->at.row += rows_of(f, piece, f->at.row);
    use_rows(f, f->at.column, f->at.row < f->height ? f->at.row : f->height);
    f->before = piece->box;
}

/* Put a heading or box at the cursor, lower beside shapes, or at the top of the next column; a tall one goes on there.
   False: the columns end before it is complete. */
static bool put_block(struct fill *f, size_t i, const struct layout_token *inner)
{
    bool begun = false;
    f->at.row += blank_rows(f, f->c->blocks[i]);
    while (in_room(f)) {
        bool must = f->lenient && f->at.row == 0 && (begun || f->at.column == 0);
        struct layout_fragment *piece = try_block(f, i, inner, must);
        if (!piece && f->c->shape_count && ++f->at.row < f->height)
            continue;
        if (piece) {
            add_block(f, piece);
            inner = piece->rest;
            begun = true;
        }
        if (piece && !inner)
            return true;
        next_column(f);
    }
    f->inner = inner;
    return false;
}

/* ---- figures that move ---------------------------------------------------------------------------------------- */

/* At the top of a column; text begins below it. */
static bool put_at_top(struct fill *f, struct layout_box *box, int column)
{
    struct columns *c = f->c;
    struct layout_fragment *piece = fit_block(f, box, column, 0, NULL, false);
    if ((!piece || piece->rest) && f->lenient) {
        struct layout_place place = *c->place;
        place.x = column_x(c, column);
        place.width = c->width;
        place.y = columns_edge(c, 0);
        place.limit = columns_edge(c, f->height);
        place.grid = true;
        piece = columns_fit_all_the_same(c->run, box, place);
    }
    if (!piece || piece->rest)
        return false;
    layout_add_fragment(f->out, piece);
    f->out->cost += piece->cost;
    int rows = rows_of(f, piece, 0), blank = layout_rows(c->run, fmax(layout_space_after(box), c->run->step));
    use_rows(f, column, rows < f->height ? rows : f->height);
    f->tops[column] = rows + blank < f->height ? rows + blank : f->height;
    return true;
}

/* Is there text after a block that may come before it? Not a heading: a figure stays in its section. Nor another box: the
   order of figures stays. */
static bool text_follows(const struct fill *f, size_t i)
{
    const struct columns *c = f->c;
    return i + 1 < c->block_count && columns_is_flowing(c, c->blocks[i + 1]);
}

/* A figure has no room in what is left of the column: it moves to the top of the next one, and text goes on below the cursor.
   False: it is set as others are. */
static bool move_figure(struct fill *f, size_t i)
{
    struct layout_box *box = f->c->blocks[i];
    int left = f->height - f->at.row - blank_rows(f, box);
    bool wanted = box->movable && !f->figure && !f->c->waits && f->at.row > 0 && left >= LAYOUT_KEEP_LINES;
    if (!wanted || !text_follows(f, i) || !columns_may_move(f->c, box, f->c->width))
        return false;
    struct cursor here = f->at;
    f->at.row += blank_rows(f, box);
    bool fits = try_block(f, i, NULL, false) != NULL;
    f->at = here;
    if (fits)
        return false;
    int column = here.column + 1;
    if (column < f->c->count && !put_at_top(f, box, column))
        return false;
    f->figure = box;
    f->figure_column = column;
    return true;
}

/* Only text may come before a figure that has moved. False: the page ends here. */
static bool pass_figure(struct fill *f, const struct layout_box *box)
{
    if (!f->figure || f->at.column >= f->figure_column || columns_is_flowing(f->c, box))
        return true;
    while (f->at.column < f->figure_column)
        next_column(f);
    return in_room(f);
}

/* ---- the whole ------------------------------------------------------------------------------------------------ */

static bool put_next(struct fill *f)
{
    struct layout_box *box = f->c->blocks[f->block];
    if (!pass_figure(f, box))
        return false;
    if (f->figure && f->at.column >= f->figure_column)
        f->figure = NULL;                  /* behind us: another may move */
    if (!f->inner && move_figure(f, f->block))
        return true;
    if (box->kind == LAYOUT_BREAK) {
        if (box->break_kind != LAYOUT_BREAK_COLUMN)
            return false;
        if (f->at.row > 0)
            next_column(f);
        return true;
    }
    const struct layout_token *inner = f->inner;
    f->inner = NULL;
    if (!columns_is_flowing(f->c, box))
        return put_block(f, f->block, inner);
    f->at.row += blank_rows(f, box);
    return flow_paragraph(f, box, inner ? inner->from : 0);
}

static bool is_page_break(const struct layout_box *box)
{
    return box->kind == LAYOUT_BREAK && box->break_kind != LAYOUT_BREAK_COLUMN;
}

struct columns_result columns_fill(struct columns *c, int height, const struct columns_choice *choice, bool lenient)
{
    struct layout_run *run = c->run;
    struct columns_result result = { .height = height };
    struct fill f = { .c = c, .height = height, .choice = choice, .lenient = lenient,
                      .inner = c->first_inner };
    f.ends = result.ends = arena_array(run->scratch, int, c->count);
    f.out = result.out = arena_new_of(run->scratch, struct layout_fragment);
    f.tops = arena_array(run->scratch, int, c->count);
    if (c->first_figure && !put_at_top(&f, c->first_figure, 0)) {
        result.inner = c->first_inner;
        result.figure = c->first_figure;
        return result;
    }
    f.at.row = f.tops[0];
    f.before = c->first_figure;
    while (f.block < c->block_count && put_next(&f))
        f.block++;
    result.complete = f.block == c->block_count && !c->more;
    result.block = f.block;
    result.inner = f.inner;
    result.lines_left = result.complete ? 0 : f.lines_left;
    result.any = f.out->first != NULL;
    bool waits = f.figure && f.figure_column == c->count;
    result.figure = waits ? f.figure : c->waits;
    if (f.block < c->block_count && is_page_break(c->blocks[f.block])) {
        result.forced = true;
        result.kind = c->blocks[f.block]->break_kind;
        result.block++;
        result.complete = result.block == c->block_count && !c->more;
    }
    return result;
}
