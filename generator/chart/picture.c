/* Pictures cropped to a shape, and icons, alone or in a disc. */
#include <math.h>
#include <string.h>

#include "chart/draw.h"

struct picture {
    const struct chart_context *context;
    const struct image_bitmap *bitmap;
    const struct image_vector *vector;
    bool circle;
    int hue;
    double width, height;
};

static struct layout_size natural_size(const struct picture *p)
{
    if (p->vector)
        return (struct layout_size){ p->vector->width, p->vector->height };
    if (p->bitmap) {
        int width, height;
        image_upright_size(p->bitmap, &width, &height);
        return (struct layout_size){ width, height };
    }
    return (struct layout_size){ 1, 1 };
}

static struct layout_size measure_picture(void *data, struct layout_size room)
{
    struct picture *p = data;
    struct layout_size natural = natural_size(p);
    double width = p->width > 0 ? p->width : room.width > 0 ? room.width : natural.width;
    if (room.width > 0)
        width = fmin(width, room.width);
    double height = p->circle ? width : p->height > 0 ? p->height : width * natural.height / natural.width;
    double most = chart_length(p->context, "picture", p->circle ? "most-circle" : "most");
    if (p->width <= 0 && p->height <= 0 && height > most) {
        width *= most / height;
        height = most;
    }
    if (room.height > 0 && height > room.height) {
        /* A frame of its own height is cropped; a picture's own shape is kept. */
        if (p->circle || p->height <= 0)
            width *= room.height / height;
        height = room.height;
    }
    return (struct layout_size){ width, height };
}

static void shape_path(const struct picture *p, struct rect frame, struct path *path)
{
    if (p->circle)
        path_circle(path, frame.x + frame.width / 2, frame.y + frame.height / 2,
                    fmin(frame.width, frame.height) / 2);
    else
        path_rect(path, frame);
}

/* Filled and centred: what is too much at two sides is cut off. */
static void draw_picture(void *data, struct display_page *page, struct rect frame)
{
    struct picture *p = data;
    if (!p->vector && !p->bitmap)
        return;
    struct layout_size natural = natural_size(p);
    double scale = fmax(frame.width / natural.width, frame.height / natural.height);
    double width = natural.width * scale, height = natural.height * scale;
    double x = frame.x + (frame.width - width) / 2, y = frame.y + (frame.height - height) / 2;
    struct path clip = PATH_EMPTY;
    shape_path(p, frame, &clip);
    display_push_clip(page, &clip);
    if (p->vector)
        display_add_symbol(page,
                           display_symbol_of(p->context->document, p->vector, p->hue, p->context->area_count),
                           affine_multiply(affine_scale(scale, scale), affine_translate(x, y)));
    else
        /* The unit square's first row is at y = 0: the top, as on the page. */
        display_add_bitmap(page, p->bitmap, (struct affine){ width, 0, 0, height, x, y });
    display_pop(page);
    path_free(&clip);
}

static void outline_picture(void *data, struct rect frame, struct path *out)
{
    shape_path(data, frame, out);
}

struct layout_drawing *chart_picture(const struct chart_context *c, const struct image_bitmap *bitmap,
                                     const struct image_vector *vector, const char *shape, int hue,
                                     double width, double height)
{
    struct picture *p = arena_new_of(c->arena, struct picture);
    *p = (struct picture){ c, bitmap, vector, shape && strcmp(shape, "circle") == 0, hue, width, height };
    return chart_drawing(c, p, measure_picture, draw_picture, outline_picture);
}

/* ---- icons -------------------------------------------------------------------------------------------------------- */
struct icon {
    const struct chart_context *context;
    const struct image_vector *icon;
    int hue;
    const struct design_colour *ground;
    enum { NO_SHAPE, ON_DISC, ON_SQUARE } shape;
    double size;
};

static struct layout_size measure_icon(void *data, struct layout_size room)
{
    struct icon *i = data;
    double size = room.width > 0 ? fmin(i->size, room.width) : i->size;
    return (struct layout_size){ size, size };
}

static void draw_icon(void *data, struct display_page *page, struct rect frame)
{
    struct icon *i = data;
    double size = fmin(frame.width, frame.height), cx = frame.x + frame.width / 2,
           cy = frame.y + frame.height / 2;
    if (i->shape == ON_SQUARE)
        display_add_rect(page, (struct rect){ cx - size / 2, cy - size / 2, size, size }, i->ground);
    else if (i->shape == ON_DISC)
        chart_fill_disc(page, cx, cy, size / 2, i->ground);
    chart_put_icon_on(i->context, page, i->icon, cx, cy, i->shape == NO_SHAPE ? size : size * 0.6, i->hue, i->ground);
}

static void outline_icon(void *data, struct rect frame, struct path *out)
{
    struct icon *i = data;
    if (i->shape == ON_DISC)
        path_circle(out, frame.x + frame.width / 2, frame.y + frame.height / 2,
                    fmin(frame.width, frame.height) / 2);
    else
        path_rect(out, frame);
}

struct layout_drawing *chart_icon(const struct chart_context *c, const struct image_vector *vector, int hue,
                                  const struct design_colour *ground, const char *shape, double size)
{
    struct icon *i = arena_new_of(c->arena, struct icon);
    *i = (struct icon){ c, vector, hue, ground, ON_DISC, size };
    if (!ground || (shape && strcmp(shape, "none") == 0))
        i->shape = NO_SHAPE;
    else if (shape && strcmp(shape, "square") == 0)
        i->shape = ON_SQUARE;
    return chart_drawing(c, i, measure_icon, draw_icon, outline_icon);
}
