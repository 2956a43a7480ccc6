/* The height of columns: the smallest in which their text and shapes stand, with ends as level as lines allow. */
#include <stdlib.h>
#include <string.h>

#include "layout/columns.h"

/* ---- what flows ----------------------------------------------------------------------------------------------- */

static size_t count_blocks(const struct layout_box *box)
{
    size_t n = 0;
    for (const struct layout_box *child = box->first; child; child = child->next)
        n += layout_is_plain(child) && !child->keep_together ? count_blocks(child) : 1;
    return n;
}

static void gather_blocks(struct columns *c, struct layout_box *box)
{
    for (struct layout_box *child = box->first; child; child = child->next) {
        if (layout_is_plain(child) && !child->keep_together)
            gather_blocks(c, child);
        else
            c->blocks[c->block_count++] = child;
    }
}

static void find_start(struct columns *c, const struct layout_token *token)
{
    if (!token)
        return;
    while (c->first_block < c->block_count && c->blocks[c->first_block] != token->child)
        c->first_block++;
    c->first_inner = token->inner;
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

static struct layout_size float_size(const struct columns *c, const struct layout_float *f)
{
    struct layout_size room = { f->width > 0 ? f->width : c->width, 0 };
    if (isfinite(c->place->limit))
        room.height = c->rows * c->run->step;
    const struct layout_drawing *d = f->box->drawing;
    return d->measure(d->data, room);
}

/* The y of a float in columns `rows` high; false when they are too low for it. It may rise into the blank space above,
   and keeps its distance from the line before it. `force`: it stands all the same. */
static bool float_y(const struct columns *c, const struct layout_float *f, int rows, double height, bool force,
                    double *y)
{
    const struct layout_run *run = c->run;
    double gap = shape_gap(c, f), cap = 0.55 * run->step;
    double first_ink = layout_row_baseline(run, c->top) - cap;
    double last_ink = columns_edge(c, rows) - run->drop;
    double low = c->top - c->place->above + (c->place->above > 0 || !c->place->must ? gap - run->drop / 2 : 0);
    low = fmin(low, first_ink);
    double high = columns_edge(c, rows) + fmax(c->place->below - gap, 0) - height;
    *y = first_ink + f->align * (last_ink - first_ink - height) + f->offset;
    if (high < low - 0.05) {
        *y = low;
        return force;
    }
    *y = fmax(low, fmin(*y, high));
    return true;
}

static void set_shape(struct columns *c, const struct layout_float *f, struct rect frame)
{
    struct layout_shape *shape = &c->shapes[c->shape_count++];
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

/* Place the floats for columns `rows` high: all that there is room for, in order. Returns those that are left. On an
   empty page the first one stands whatever its height: the text must not wait for it for ever. */
static const struct layout_float *place_floats(struct columns *c, const struct layout_float *floats, int rows)
{
    c->shape_count = 0;
    columns_forget_rooms(c);
    for (; floats && c->shape_count < LAYOUT_MOST_SHAPES; floats = floats->next) {
        struct layout_size size = float_size(c, floats);
        struct rect frame = { float_x(c, floats, size.width), 0, size.width, size.height };
        double below;
        bool force = c->place->must && rows >= c->rows && c->shape_count == 0;
        if (!float_y(c, floats, rows, size.height, force, &frame.y))
            return floats;
        while (overlaps(c, frame, shape_gap(c, floats), &below)) {
            frame.y = below + 0.01;
            if (frame.y + frame.height > columns_edge(c, rows) + c->place->below)
                return floats;
        }
        set_shape(c, floats, frame);
    }
    return floats;
}

static void free_shapes(struct columns *c)
{
    mem_free(c->memo.rooms);
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

/* Paragraphs of a try that could take a line more or less: those with three lines or more, the longest first. */
static size_t candidates(const struct columns_result *r, struct layout_box **out, size_t most)
{
    size_t n = 0;
    for (size_t wanted = 40; wanted >= 3 && n < most; wanted = wanted > 12 ? 12 : wanted > 6 ? 6 : wanted > 3 ? 3 : 0) {
        size_t below = wanted == 40 ? SIZE_MAX : wanted == 12 ? 40 : wanted == 6 ? 12 : 6;
        for (const struct layout_fragment *f = r->out->first; f && n < most; f = f->next)
            if (f->line_count >= wanted && f->line_count < below && !f->continued)
                out[n++] = f->box;
    }
    return n;
}

static bool better(const struct attempt *a, const struct attempt *b)
{
    return a->cost < b->cost - 0.01;
}

/* Try the paragraphs a line longer and shorter, one at a time. */
static struct attempt loosen(struct columns *c, const struct layout_float *floats, struct attempt best, bool must_stand)
{
    enum { MOST = 8 };
    struct layout_box *boxes[MOST];
    size_t n = candidates(&best.result, boxes, MOST);
    int rows = best.result.height;
    for (size_t i = 0; i < n; i++)
        for (int looseness = -1; looseness <= 1; looseness += 2) {
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
        area += size.width * size.height * (floats->side == LAYOUT_SIDE_GUTTER ? 0.6 : 0.75);
    }
    return area / (c->width * c->run->step);
}

/* The smallest height that a count of lines allows; rules only add to it. */
static int least_rows(struct columns *c, const struct layout_float *floats)
{
    double rows = rows_of_shapes(c, floats), most = (double)c->rows * c->count;
    for (size_t i = c->first_block; i < c->block_count && rows <= most; i++) {
        struct layout_box *box = c->blocks[i];
        if (box->kind != LAYOUT_PARAGRAPH)
            continue;
        layout_paragraph(c->run, box);
        double width = c->width - layout_text_left(box);
        double natural = text_para_natural_width(box->state->para);
        rows += fmax(1, floor(0.9 * natural / width)) * layout_pitch(c->run, box) / c->run->step;
    }
    int least = (int)fmin(floor(rows / c->count), c->rows);
    return least < 1 ? 1 : least;
}

/* The lowest columns in which everything stands, or those as high as the place when it does not. */
static struct attempt lowest(struct columns *c, const struct layout_float *floats, bool must)
{
    int rows = least_rows(c, floats);
    for (; rows < c->rows; rows++) {
        struct attempt a = try_height(c, floats, rows, NULL, false);
        if (stands(&a))
            return a;
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
    fragment->bottom = columns_edge(c, most);
    for (int i = 0; i < c->shape_count; i++)
        fragment->bottom = fmax(fragment->bottom, c->shapes[i].frame.y + c->shapes[i].frame.height);
    fragment->cost += a->cost - a->setting;
    if (a->uneven > 1) {
        fragment->faults |= LAYOUT_UNEVEN;
        fragment->spare_rows = a->uneven;
    }
    if (r->complete && !a->floats && !r->forced)
        return;
    struct layout_token *rest =
        layout_token_new(c->run, r->complete ? NULL : c->blocks[r->block], r->inner);
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
    c->blocks = arena_array(run->scratch, struct layout_box *, count_blocks(box));
    gather_blocks(c, box);
    if (token && !token->child)
        c->first_block = c->block_count;   /* only floats are left */
    else
        find_start(c, token);
    double height = c->place->limit - c->top;
    c->rows = isfinite(height) ? layout_rows_within(run, height) : 100000;
}

bool layout_fit_columns(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                        const struct layout_token *token, struct layout_fragment *fragment)
{
    struct columns c = { .run = run, .box = box, .place = place };
    open_columns(&c, box, token);
    const struct layout_float *floats = token ? token->floats : box->floats;
    if (c.rows < 1 && place->must)
        c.rows = 1;
    struct attempt best = c.rows > 0 ? choose(&c, floats, place->must) : (struct attempt){ 0 };
    bool fits = c.rows > 0 && (best.result.any || best.result.forced || (best.result.complete && !best.floats) ||
                               (place->must && best.floats != floats));
    if (fits) {
        place_floats(&c, floats, best.result.height);      /* of the chosen try: others were tried after it */
        take(&c, &best, fragment);
    }
    free_shapes(&c);
    return fits;
}
