/* Shapes in columns: where each stands beside so many rows of text, and how high it may rise. */
#include "layout/columns.h"

/* ---- what is known before any height is tried ------------------------------------------------------------------ */

static double gap_of(const struct columns *c, const struct layout_float *f)
{
    return f->gap > 0 ? f->gap : c->run->design->setting.shape_gap;
}

/* On an empty page a drawing that is higher is asked to be lower: there is no place where it would have more. */
static struct layout_size size_of(const struct columns *c, const struct layout_float *f)
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

static double x_of(const struct columns *c, const struct layout_float *f, double width)
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

static bool is_clear(const struct layout_shape *shape, const struct layout_ink *ink)
{
    for (size_t i = 0; i < ink->count; i++) {
        const struct rect *r = &ink->items[i];
        double left, right;
        if (layout_shape_extent(shape, r->y, r->y + r->height, &left, &right) && left < r->x + r->width && right > r->x)
            return false;
    }
    return true;
}

/* How high a float may rise beside what stands above the columns: found from a place that is surely free, upwards. */
static double find_highest(const struct columns *c, const struct columns_float *f)
{
    struct layout_ink ink = { 0 };
    double up = c->run->step / 4, least = fmin(c->place->ceiling, c->top), y = c->top + f->gap;
    struct layout_shape shape = layout_shape_at(f->of->box, (struct rect){ f->x, y, f->size.width, f->size.height }, f->gap);
    for (const struct layout_above *a = c->place->above; a; a = a->outer)
        layout_collect_ink(a->fragment, least - f->gap, &ink);
    while (y > least) {
        shape.frame.y = fmax(y - up, least);
        if (!is_clear(&shape, &ink))
            break;
        y = shape.frame.y;
    }
    mem_free(ink.items);
    return y;
}

void columns_open_floats(struct columns *c, const struct layout_float *floats)
{
    for (; floats && c->float_count < LAYOUT_MOST_SHAPES; floats = floats->next) {
        struct columns_float *f = &c->floats[c->float_count++];
        f->of = floats;
        f->gap = gap_of(c, floats);
        f->size = size_of(c, floats);
        f->x = x_of(c, floats, f->size.width);
        f->highest = find_highest(c, f);
    }
    c->floats_after = floats;
}

/* ---- beside so many rows of text ------------------------------------------------------------------------------- */

/* How far it may reach below the block: into the blank space there by what its distance from the next line leaves of it;
   below 0: it must end above the block's foot. */
static double room_below(const struct columns *c, const struct columns_float *f)
{
    double slack = 0.2 * c->run->step;     /* above the capitals of the next row */
    return c->ends ? 0 : c->below + slack - f->gap;
}

static double wanted_y(const struct columns *c, const struct columns_float *f, int rows)
{
    double first_ink = layout_row_baseline(c->run, columns_edge(c, 0)) - 0.55 * c->run->step;
    double last_ink = columns_edge(c, rows) - c->run->drop;
    return first_ink + f->of->align * (last_ink - first_ink - f->size.height) + f->of->offset;
}

/* A shape that is higher than its text and stands in its middle, or at its foot, would rise too far: then the text stands
   lower. */
static void lower_text(struct columns *c, int rows)
{
    c->lowered = 0;
    for (int i = 0; i < c->float_count; i++) {
        const struct columns_float *f = &c->floats[i];
        int lower = f->of->align > 0 ? layout_rows(c->run, f->highest - wanted_y(c, f, rows)) : 0;
        if (c->lowered + lower + rows <= c->rows)
            c->lowered += lower;
    }
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

/* Beside the text and clear of the others. False: the place is too low for it. */
static bool place_float(struct columns *c, const struct columns_float *f, int rows, struct rect *frame)
{
    double below, foot = c->top + c->rows * c->run->step + fmax(room_below(c, f), 0), high = foot - f->size.height;
    *frame = (struct rect){ f->x, wanted_y(c, f, rows), f->size.width, f->size.height };
    frame->y = fmax(f->highest, fmin(frame->y, high));
    while (overlaps(c, *frame, f->gap, &below))
        frame->y = below + 0.01;
    return frame->y <= high + 0.05;
}

/* Rows from the top of the place to where the next line may follow a float. */
static int rows_down_to(const struct columns *c, const struct columns_float *f, const struct rect *frame)
{
    return layout_rows(c->run, frame->y + frame->height - room_below(c, f) - c->top);
}

/* All that there is room for, in order. On an empty page the first one stands whatever its height: the text must not wait
   for it for ever. */
void columns_place_floats(struct columns *c, int rows)
{
    c->shape_count = 0;
    lower_text(c, rows);
    c->block = c->lowered + rows;
    columns_forget_rooms(c);
    for (int i = 0; i < c->float_count; i++) {
        const struct columns_float *f = &c->floats[i];
        struct rect frame;
        bool force = c->place->must && c->block >= c->rows && i == 0;
        if (!place_float(c, f, rows, &frame) && !force)
            return;
        c->shapes[c->shape_count++] = layout_shape_at(f->of->box, frame, f->gap);
        c->block = (int)fmax(c->block, rows_down_to(c, f, &frame));
    }
}

double columns_end_of_floats(const struct columns *c)
{
    int rows = 0;
    for (int i = 0; i < c->shape_count; i++)
        rows = (int)fmax(rows, rows_down_to(c, &c->floats[i], &c->shapes[i].frame));
    return c->top + rows * c->run->step;
}

const struct layout_float *columns_floats_left(const struct columns *c)
{
    return c->shape_count < c->float_count ? c->floats[c->shape_count].of : c->floats_after;
}

double columns_rows_of_floats(const struct columns *c)
{
    double area = 0;
    for (int i = 0; i < c->float_count; i++)
        area += c->floats[i].size.width * c->floats[i].size.height;
    return 0.6 * area / (c->width * c->run->step);
}
