/* The height of columns: the smallest in which their text and shapes stand, with ends as level as lines allow. */
#include <stdlib.h>
#include <string.h>

#include "layout/columns.h"

/* ---- what flows ----------------------------------------------------------------------------------------------- */

static bool opens(const struct layout_box *box)
{
    return layout_is_plain(box) && !box->keep_together && box->first;
}

/* The first block at or below `box`; the block after one, inside `root`; NULL at the end. */
static struct layout_box *first_block(struct layout_box *box)
{
    while (box && opens(box))
        box = box->first;
    return box;
}

static struct layout_box *next_block(const struct layout_box *root, struct layout_box *box)
{
    while (box != root && !box->next)
        box = box->parent;
    return box == root ? NULL : first_block(box->next);
}

/* Blocks from the token on, no more than these rows can hold: a chapter of a hundred pages has thousands. */
static void gather_blocks(struct columns *c, const struct layout_token *token)
{
    size_t capacity = 0, most = (size_t)c->rows * (size_t)c->count + 16;
    const struct layout_box *root = c->box;
    struct layout_box *box = first_block(root->first);
    if (token) {
        box = (struct layout_box *)token->child;           /* NULL: only shapes are left */
        c->first_inner = token->inner;
    }
    for (; box && c->block_count < most; box = next_block(root, box)) {
        VEC_GROW(c->blocks, capacity, c->block_count + 1);
        c->blocks[c->block_count++] = box;
    }
    c->more = box != NULL;
}

/* ---- shapes --------------------------------------------------------------------------------------------------- */

struct float_place {
    const struct layout_float *of;
    struct rect frame;
};

static double float_x(const struct columns *c, const struct layout_float *f, double width)
{
    enum layout_side side = f->side;
    if (side == LAYOUT_SIDE_OUTER)
        side = c->place->right_hand ? LAYOUT_SIDE_RIGHT : LAYOUT_SIDE_LEFT;
    if (side == LAYOUT_SIDE_INNER)
        side = c->place->right_hand ? LAYOUT_SIDE_LEFT : LAYOUT_SIDE_RIGHT;
    double whole = c->place->width;
    if (side == LAYOUT_SIDE_LEFT)
        return c->place->x;
    if (side == LAYOUT_SIDE_RIGHT)
        return c->place->x + whole - width;
    if (c->count % 2)
        return c->place->x + (whole - width) / 2;
    return c->place->x + c->count / 2 * (c->width + c->gap) - c->gap / 2 - width / 2;
}

static double shape_gap(const struct columns *c, const struct layout_float *f)
{
    return f->gap > 0 ? f->gap : c->run->design->setting.shape_gap;
}

/* On an empty page a drawing that is higher is asked to be lower: there is no place where it would have more. */
static struct layout_size float_size(const struct columns *c, const struct layout_float *f)
{
    struct layout_size room = { f->width > 0 ? f->width : c->width, 0 };
    const struct layout_drawing *d = f->box->drawing;
    struct layout_size size = d->measure(d->data, room);
    if (c->place->must && isfinite(c->place->limit) && size.height > c->rows * c->run->step) {
        room.height = c->rows * c->run->step;
        size = d->measure(d->data, room);
    }
    return size;
}

/* The outline of a float in a frame, flat, with what it keeps clear. */
static void open_shape(const struct columns *c, const struct layout_float *f, struct rect frame,
                       struct layout_shape *shape)
{
    const struct layout_drawing *d = f->box->drawing;
    struct path outline = PATH_EMPTY;
    shape->box = f->box;
    shape->frame = frame;
    shape->gap = shape_gap(c, f);
    if (d->outline)
        d->outline(d->data, frame, &outline);
    else
        path_rect(&outline, frame);
    path_clear(&shape->flat);
    path_flatten(&outline, 0.1, &shape->flat);
    path_free(&outline);
    struct rect box = path_bounds(&shape->flat);
    shape->reach = (struct rect){ box.x - shape->gap, box.y - shape->gap, box.width + 2 * shape->gap,
                                  box.height + 2 * shape->gap };
}

/* Does the shape, moved down by dy, keep its distance from all ink? */
static bool is_clear(const struct layout_shape *shape, double dy, const struct layout_ink *ink)
{
    for (size_t i = 0; i < ink->count; i++) {
        const struct rect *r = &ink->items[i];
        double left, right;
        if (layout_shape_extent(shape, r->y - dy, r->y + r->height - dy, &left, &right) && left < r->x + r->width &&
            right > r->x)
            return false;
    }
    return true;
}

/* How high a float may rise beside what stands above the columns: found from a place that is surely free, upwards. */
static double find_highest(const struct columns *c, const struct layout_float *f, struct layout_size size)
{
    struct layout_shape shape = { 0 };
    struct layout_ink ink = { 0 };
    double up = c->run->step / 4, y = c->top + shape_gap(c, f), least = fmin(c->place->ceiling, c->top);
    for (const struct layout_above *a = c->place->above; a; a = a->outer)
        layout_collect_ink(a->fragment, least - shape_gap(c, f), &ink);
    open_shape(c, f, (struct rect){ float_x(c, f, size.width), 0, size.width, size.height }, &shape);
    while (y - up >= least && is_clear(&shape, y - up, &ink))
        y -= up;
    if (y - up < least && is_clear(&shape, least, &ink))
        y = least;
    path_free(&shape.flat);
    mem_free(ink.items);
    return y;
}

static double highest(struct columns *c, const struct layout_float *f)
{
    int i = 0;
    for (const struct layout_float *other = c->box->floats; other && other != f; other = other->next)
        i++;
    if (i >= LAYOUT_MOST_SHAPES)
        return c->top;
    if (!c->highest[i].known)
        c->highest[i].y = find_highest(c, f, float_size(c, f));
    c->highest[i].known = true;
    return c->highest[i].y;
}

/* How far it may reach below the block: into the blank space there by what its distance from the next line leaves of it;
   below 0: it must end above the block's foot. */
static double room_below(const struct columns *c, const struct layout_float *f)
{
    double slack = 0.2 * c->run->step;     /* above the capitals of the next row */
    return c->place->ends ? 0 : c->place->below + slack - shape_gap(c, f);
}

/* Where it wants to stand beside `rows` rows of text. */
static double wanted_y(const struct columns *c, const struct layout_float *f, int rows, double height)
{
    double first_ink = layout_row_baseline(c->run, columns_edge(c, 0)) - 0.55 * c->run->step;
    double last_ink = columns_edge(c, rows) - c->run->drop;
    return first_ink + f->align * (last_ink - first_ink - height) + f->offset;
}

static void set_shape(struct columns *c, const struct layout_float *f, struct rect frame)
{
    open_shape(c, f, frame, &c->shapes[c->shape_count++]);
}

static bool overlaps(const struct columns *c, struct rect frame, double gap, double *below)
{
    bool any = false;
    for (int i = 0; i < c->shape_count; i++) {
        struct rect r = c->shapes[i].frame;
        r = (struct rect){ r.x - gap, r.y - gap, r.width + 2 * gap, r.height + 2 * gap };
        if (!rect_intersects(r, frame))
            continue;
        *below = fmax(any ? *below : 0, r.y + r.height);
        any = true;
    }
    return any;
}

/* A shape that is higher than its text and stands in its middle, or at its foot, would rise too far: then the text stands
   lower. */
static void lower_text(struct columns *c, const struct layout_float *floats, int rows)
{
    c->lowered = 0;
    for (; floats; floats = floats->next) {
        double height = float_size(c, floats).height;
        double lack = highest(c, floats) - wanted_y(c, floats, rows, height);
        int lower = floats->align > 0 ? layout_rows(c->run, lack) : 0;
        if (c->lowered + lower + rows <= c->rows)
            c->lowered += lower;
    }
}

/* Rows of the block when a float ends at y. */
static int rows_down_to(const struct columns *c, const struct layout_float *f, double y)
{
    return layout_rows(c->run, y - room_below(c, f) - c->top);
}

/* Stand a float beside the text and clear of the others. False: the place is too low for it, unless it is forced. */
static bool place_float(struct columns *c, const struct layout_float *f, int rows, bool force, struct rect *frame)
{
    struct layout_size size = float_size(c, f);
    double below, low = highest(c, f), high = c->top + c->rows * c->run->step + fmax(room_below(c, f), 0) - size.height;
    *frame = (struct rect){ float_x(c, f, size.width), wanted_y(c, f, rows, size.height), size.width, size.height };
    frame->y = fmax(low, fmin(frame->y, high));
    while (overlaps(c, *frame, shape_gap(c, f), &below))
        frame->y = below + 0.01;
    return force || frame->y <= high + 0.05;
}

/* Place the floats beside `rows` rows of text: all that there is room for, in order. Returns those that are left. On an
   empty page the first one stands whatever its height: the text must not wait for it for ever. */
static const struct layout_float *place_floats(struct columns *c, const struct layout_float *floats, int rows)
{
    c->shape_count = 0;
    lower_text(c, floats, rows);
    c->block = c->lowered + rows;
    columns_forget_rooms(c);
    for (; floats && c->shape_count < LAYOUT_MOST_SHAPES; floats = floats->next) {
        struct rect frame;
        bool force = c->place->must && c->block >= c->rows && c->shape_count == 0;
        if (!place_float(c, floats, rows, force, &frame))
            return floats;
        set_shape(c, floats, frame);
        int block = rows_down_to(c, floats, frame.y + frame.height);
        c->block = block > c->block ? block : c->block;
    }
    return floats;
}

static void close_columns(struct columns *c)
{
    mem_free(c->memo.rooms);
    mem_free(c->blocks);
    for (int i = 0; i < LAYOUT_MOST_SHAPES; i++)
        path_free(&c->shapes[i].flat);
}

/* ---- judging -------------------------------------------------------------------------------------------------- */

/* A try with its price; smaller is better. */
struct attempt {
    struct columns_result result;
    const struct layout_float *floats;     /* left over */
    struct columns_choice choice;
    double cost;
    double setting;                        /* the part of the cost that only this text in these columns can help */
    int uneven;
};

/* Rows between the fullest and the emptiest column; the last one should be the shorter, if any. */
static int unevenness(const struct columns *c, const struct columns_result *r, int full, double *cost)
{
    int most = full, worst = 0, last = r->ends[c->count - 1];
    for (int i = 0; i < c->count; i++)
        most = r->ends[i] > most ? r->ends[i] : most;
    for (int i = 0; i < c->count; i++) {
        int lack = most - r->ends[i];
        worst = lack > worst ? lack : worst;
        if (lack > 1)
            *cost += LAYOUT_COST_LINE * (lack - 1) * (lack - 1);
        if (lack == 1 && i < c->count - 1)
            *cost += LAYOUT_COST_LINE / 5.0;
    }
    if (c->count > 1 && last == most && r->ends[0] < most)
        *cost += LAYOUT_COST_LINE / 3.0;
    return worst;
}

static double setting_cost(const struct columns_result *r)
{
    double cost = 0;
    for (const struct layout_fragment *f = r->out->first; f; f = f->next)
        for (size_t i = 0; i < f->line_count; i++) {
            const struct text_line *line = &f->lines[i].line;
            cost += line->emergency ? 40 : fmin(line->badness, 400) / 40;
        }
    return cost;
}

static struct attempt try_height(struct columns *c, const struct layout_float *floats, int rows,
                                 const struct columns_choice *choice, bool lenient)
{
    struct attempt a = { .cost = 0 };
    a.floats = place_floats(c, floats, rows);
    a.result = columns_fill(c, rows, choice, lenient);
    if (choice)
        a.choice = *choice;
    bool balanced = a.result.complete || a.result.forced;
    int full = balanced ? 0 : rows;
    if (!(c->box->unbalanced && balanced))
        a.uneven = unevenness(c, &a.result, full, &a.cost);
    a.setting = setting_cost(&a.result) + (choice ? LAYOUT_COST_LOOSENESS : 0);
    a.cost += a.result.out->cost + a.setting;
    for (const struct layout_float *f = a.floats; f; f = f->next)
        a.cost += LAYOUT_COST_AWAY;
    return a;
}

static bool stands(const struct attempt *a)
{
    return (a->result.complete || a->result.forced) && !a->floats;
}

/* ---- choosing ------------------------------------------------------------------------------------------------- */

/* Paragraphs of a try that could take a line more or less. Of middling ones first: short ones seldom can, and long ones
   take long to break. */
static size_t candidates(const struct columns_result *r, struct layout_box **out, size_t most)
{
    static const size_t lengths[][2] = { { 6, 18 }, { 19, 40 }, { 3, 5 } };
    size_t n = 0;
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++)
        for (const struct layout_fragment *f = r->out->first; f && n < most; f = f->next)
            if (f->line_count >= lengths[k][0] && f->line_count <= lengths[k][1] && !f->continued)
                out[n++] = f->box;
    return n;
}

static bool better(const struct attempt *a, const struct attempt *b)
{
    return a->cost < b->cost - 0.01;
}

/* Try the paragraphs a line longer and shorter, one at a time, until the ends are level. */
static struct attempt loosen(struct columns *c, const struct layout_float *floats, struct attempt best, bool must_stand)
{
    enum { MOST = 6 };
    struct layout_box *boxes[MOST];
    size_t n = candidates(&best.result, boxes, MOST);
    int rows = best.result.height;
    for (size_t i = 0; i < n && best.uneven > 1; i++)
        for (int looseness = 1; looseness >= -1; looseness -= 2) {
            struct columns_choice choice = { boxes[i], looseness };
            struct attempt a = try_height(c, floats, rows, &choice, false);
            if (must_stand ? stands(&a) && better(&a, &best) : better(&a, &best))
                best = a;
        }
    return best;
}

/* Rows that shapes take at least. */
static double rows_of_shapes(const struct columns *c, const struct layout_float *floats)
{
    double area = 0;
    for (; floats; floats = floats->next) {
        struct layout_size size = float_size(c, floats);
        area += size.width * size.height;
    }
    return 0.6 * area / (c->width * c->run->step);
}

/* Rows that blocks need at least, from one on; reckoned no further than the place reaches. */
static double rows_of_blocks(struct columns *c, size_t from)
{
    double rows = 0, most = (double)c->rows * c->count;
    for (size_t i = from; i < c->block_count && rows <= most; i++) {
        struct layout_box *box = c->blocks[i];
        if (box->kind != LAYOUT_PARAGRAPH)
            continue;
        layout_paragraph(c->run, box);
        double width = c->width - layout_text_left(box), natural = text_para_natural_width(box->state->para);
        rows += fmax(1, floor(0.9 * natural / width)) * layout_pitch(c->run, box) / c->run->step;
    }
    return rows;
}

static int least_rows(struct columns *c, const struct layout_float *floats)
{
    double rows = rows_of_shapes(c, floats) + rows_of_blocks(c, 0);
    int least = (int)fmin(floor(rows / c->count), c->rows);
    return least < 1 ? 1 : least;
}

/* How much higher the columns must be at least, when that much was left over. */
static int more_rows(struct columns *c, const struct attempt *a)
{
    double rows = rows_of_blocks(c, a->result.block + 1) / c->count;
    return rows < 1 ? 1 : (int)rows;
}

/* The lowest columns in which everything stands, or those as high as the place when it does not. */
static struct attempt lowest(struct columns *c, const struct layout_float *floats, bool must)
{
    int rows = least_rows(c, floats);
    while (rows < c->rows) {
        struct attempt a = try_height(c, floats, rows, NULL, false);
        if (stands(&a))
            return a;
        rows += more_rows(c, &a);
    }
    struct attempt a = try_height(c, floats, c->rows, NULL, false);
    if (!a.result.any && !a.result.forced && must)
        a = try_height(c, floats, c->rows, NULL, true);
    return a;
}

static struct attempt balance(struct columns *c, const struct layout_float *floats, bool must)
{
    struct attempt best = lowest(c, floats, must);
    bool whole = stands(&best);
    if (c->count < 2 || best.uneven <= 1)
        return best;
    best = loosen(c, floats, best, whole);
    for (int more = 1; whole && more <= 2 && best.uneven > 1 && best.result.height + 1 <= c->rows; more++) {
        struct attempt a = try_height(c, floats, best.result.height + 1, NULL, false);
        a.cost += LAYOUT_COST_LINE * more;
        if (!stands(&a))
            continue;
        if (a.uneven > 1)
            a = loosen(c, floats, a, true);
        if (better(&a, &best))
            best = a;
    }
    return best;
}

static struct attempt choose(struct columns *c, const struct layout_float *floats, bool must)
{
    if (!c->box->unbalanced)
        return balance(c, floats, must);
    struct attempt a = try_height(c, floats, c->rows, NULL, false);
    if (!a.result.any && !a.result.forced && must)
        a = try_height(c, floats, c->rows, NULL, true);
    return a;
}

/* ---- the outcome ---------------------------------------------------------------------------------------------- */

static void add_floats(struct columns *c, struct layout_fragment *fragment)
{
    for (int i = 0; i < c->shape_count; i++) {
        struct layout_fragment *piece = layout_fragment_new(c->run, c->shapes[i].box, c->place);
        piece->frame = c->shapes[i].frame;
        piece->bottom = piece->frame.y + piece->frame.height;
        layout_add_fragment(fragment, piece);
    }
}

static const struct layout_box *block_at(const struct columns *c, size_t i)
{
    return i < c->block_count ? c->blocks[i] : next_block(c->box, c->blocks[c->block_count - 1]);
}

static void take(struct columns *c, const struct attempt *a, struct layout_fragment *fragment)
{
    const struct columns_result *r = &a->result;
    int most = 0;
    add_floats(c, fragment);
    for (struct layout_fragment *f = r->out->first, *next; f; f = next) {
        next = f->next;
        layout_add_fragment(fragment, f);
    }
    for (int i = 0; i < c->count; i++)
        most = r->ends[i] > most ? r->ends[i] : most;
    bool shapes_end = c->block > c->lowered + r->height;
    fragment->bottom = shapes_end ? c->top + c->block * c->run->step : columns_edge(c, most);
    fragment->cost += a->cost - a->setting;
    if (a->uneven > 1) {
        fragment->faults |= LAYOUT_UNEVEN;
        fragment->spare_rows = a->uneven;
    }
    if (r->complete && !a->floats && !r->forced)
        return;
    struct layout_token *rest = layout_token_new(c->run, r->complete ? NULL : block_at(c, r->block), r->inner);
    rest->floats = a->floats;
    rest->forced = r->forced;
    rest->kind = r->kind;
    if (!r->complete || a->floats)
        fragment->rest = rest;
}

static void open_columns(struct columns *c, struct layout_box *box, const struct layout_token *token)
{
    struct layout_run *run = c->run;
    c->count = box->columns > 0 ? box->columns : 1;
    c->gap = box->gap > 0 ? box->gap : run->gutter;
    c->width = (c->place->width - c->gap * (c->count - 1)) / c->count;
    c->top = layout_row_up(run, c->place->y);
    double height = c->place->limit - c->top;
    c->rows = isfinite(height) ? layout_rows_within(run, height) : 100000;
    if (c->rows < 1 && c->place->must)
        c->rows = 1;
    gather_blocks(c, token);
}

bool layout_fit_columns(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                        const struct layout_token *token, struct layout_fragment *fragment)
{
    struct columns c = { .run = run, .box = box, .place = place };
    open_columns(&c, box, token);
    const struct layout_float *floats = token ? token->floats : box->floats;
    struct attempt best = c.rows > 0 ? choose(&c, floats, place->must) : (struct attempt){ 0 };
    bool fits = c.rows > 0 && (best.result.any || best.result.forced || (best.result.complete && !best.floats) ||
                               (place->must && best.floats != floats));
    if (fits) {
        place_floats(&c, floats, best.result.height);      /* of the chosen try: others were tried after it */
        take(&c, &best, fragment);
    }
    close_columns(&c);
    return fits;
}
