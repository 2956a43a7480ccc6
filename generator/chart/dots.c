/* Which focus areas something serves: a list of dots in their hues, hollow where it does not, with names beside. */
#include "chart/draw.h"

struct dots {
    const struct chart_context *context;
    const struct chart_station *stations;
    size_t count;
    double size, row;
};

/* The name beside a dot, in the room that is left of `width` (0: no limit). */
static struct text_label label_of(const struct dots *d, size_t i, double width)
{
    const struct chart_station *station = &d->stations[i];
    const struct design_colour *colour = chart_colour(d->context, station->highlighted ? "ink" : "grey", 0);
    struct chart_text text = chart_text_new(d->context, chart_style(d->context, "figure-label"), colour,
                                            station->label, station->at);
    return chart_text_set(&text, width > 0 ? width - 1.6 * d->size : CHART_UNLIMITED);
}

/* A name of two lines takes the room of its lines. */
static double height_of(const struct dots *d, const struct text_label *label)
{
    double needed = (double)label->lines.count * label->leading;
    return needed > d->row ? needed : d->row;
}

static struct layout_size measure_dots(void *data, struct layout_size room)
{
    const struct dots *d = data;
    struct layout_size size = { 0, 0 };
    for (size_t i = 0; i < d->count; i++) {
        struct text_label label = label_of(d, i, room.width);
        double width = label.width + 1.6 * d->size;
        size.width = width > size.width ? width : size.width;
        size.height += height_of(d, &label);
    }
    return size;
}

static void draw_dot(const struct dots *d, struct display_page *page, const struct chart_station *station,
                     double cx, double cy)
{
    if (station->highlighted) {
        chart_fill_disc(page, cx, cy, d->size / 2, chart_colour(d->context, "main", station->hue));
        return;
    }
    struct path path = PATH_EMPTY;
    path_circle(&path, cx, cy, d->size / 2 - 0.35);
    display_stroke(page, &path, chart_colour(d->context, "grey", 0), 0.7);
    path_free(&path);
}

static void draw_dots(void *data, struct display_page *page, struct rect frame)
{
    const struct dots *d = data;
    double left = frame.x + 1.6 * d->size, y = frame.y, width = frame.x + frame.width - left;
    bool before = chart_meaning(page, true);
    for (size_t i = 0; i < d->count; i++) {
        struct text_label label = label_of(d, i, frame.width);
        double height = height_of(d, &label);
        draw_dot(d, page, &d->stations[i], frame.x + d->size / 2, y + height / 2);
        chart_put(page, &label, left, y + height / 2 - chart_label_height_to_baseline(&label) / 2, width,
                  DESIGN_START);
        y += height;
    }
    chart_meaning(page, before);
}

struct layout_drawing *chart_dots(const struct chart_context *context, const struct chart_station *stations,
                                  size_t count, double size, double row)
{
    struct dots *dots = arena_new_of(context->arena, struct dots);
    struct layout_drawing *drawing = arena_new_of(context->arena, struct layout_drawing);
    *dots = (struct dots){ context, stations, count, size, row };
    *drawing = (struct layout_drawing){ .data = dots, .measure = measure_dots, .draw = draw_dots };
    return drawing;
}
