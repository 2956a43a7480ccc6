/* A value with its label in a shape that text runs round: disc with a ring, square with a bar, or plain. */
#include "chart/draw.h"
#include "chart/time.h"

#include <math.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

enum shape { DISC, SQUARE, PLAIN };

struct key_figure {
    const struct chart_context *context;
    struct chart_key_figure figure;
    enum shape shape;
    double radius;                         /* half the width, as it was set last; 0: not yet */
    double width, height;
    struct text_label value, label, outside;
    double air;                            /* kept round the value in a disc, as a share of the radius */
    bool label_outside, missing;           /* missing: no value, which is no empty count either */
    double value_height, gap, spark;       /* of the block: value, gap, label, gap, sparkline */
    const struct design_colour *ground;
};

/* ---- the block in a disc ------------------------------------------------------------------------------------------ */
static bool inside(double radius, double half_width, double top, double bottom)
{
    double far = fmax(fabs(top), fabs(bottom));
    return far < radius && half_width <= sqrt(radius * radius - far * far);
}

static double block_height(const struct key_figure *k)
{
    double label = chart_label_height_to_baseline(&k->label);
    return k->value_height + (label > 0 ? k->gap + label : 0) + (k->spark > 0 ? k->gap + k->spark : 0);
}

/* Between the large value's corners and what text must keep to, as a share of that radius, where the label leaves it. */
#define VALUE_AIR 0.13

/* Do value, each line of the label and the sparkline stay within a circle when the block is centred in it? */
static bool block_fits(const struct key_figure *k, double radius)
{
    double top = -block_height(k) / 2, y = top + k->value_height;
    if (!inside(radius * (1 - k->air), k->value.width / 2, top, y))
        return false;
    for (size_t i = 0; i < k->label.lines.count; i++) {
        double first = y + k->gap + k->label.leading * (double)i;
        if (!inside(radius, k->label.lines.lines[i].natural / 2, first, first + k->label.ascent))
            return false;
    }
    return k->spark <= 0 || inside(radius, radius * 0.45, -top - k->spark, -top);
}

static bool on_ground(const struct key_figure *k)
{
    return k->shape == SQUARE || k->figure.ground;
}

/* On a ground the deep hue where it can be read, else light or dark as the ground needs. */
static const struct design_colour *value_colour(const struct key_figure *k)
{
    const struct design_colour *deep = chart_colour(k->context, "deep", k->figure.hue);
    double contrast = fmin(design_contrast(deep, k->ground, false), design_contrast(deep, k->ground, true));
    return on_ground(k) && contrast < 4.5 ? chart_on(k->context, k->ground) : deep;
}

static struct text_label set_value(const struct key_figure *k, double size)
{
    const struct chart_context *c = k->context;
    const struct design_style *style = chart_style_at(c, chart_style(c, "key-figure"), size);
    struct chart_text t = chart_text_new(c, style, value_colour(k), k->figure.value, k->figure.at);
    return chart_text_set(&t, 0);
}

static struct chart_text label_text(const struct key_figure *k, double size)
{
    const struct chart_context *c = k->context;
    const struct design_style *style = chart_style(c, "key-figure-label");
    const struct design_colour *colour = on_ground(k) ? chart_on(c, k->ground) : style->colour;
    return chart_text_new(c, chart_style_at(c, style, size), colour, k->figure.label, k->figure.at);
}

/* The label at the largest size at which the block fits, among a few widths. */
static bool fit_label(struct key_figure *k, double text_radius)
{
    static const double widths[] = { 1.62, 1.45, 1.3, 1.15, 1.0, 0.85 };
    double base = chart_style(k->context, "key-figure-label")->size;
    for (double size = base; size > CHART_SMALLEST_TEXT - 0.3; size -= 0.3) {
        struct chart_text t = label_text(k, fmax(size, CHART_SMALLEST_TEXT));
        for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
            double width = widths[i] * text_radius;
            if (t.narrowest > width)
                break;
            k->label = chart_text_set(&t, width);
            if (!k->label.overfull && block_fits(k, text_radius))
                return true;
        }
        chart_text_free(&t);
    }
    k->label = (struct text_label){ 0 };
    return false;
}

/* Value and label in the disc, the value as large as the label lets it be, from `size` down to `least`. */
static bool fit_in_disc(struct key_figure *k, double size, double least, double text_radius)
{
    for (;; size = fmax(least, size * 0.94)) {
        k->value = set_value(k, size);
        k->value_height = k->value.ascent;
        k->gap = size * 0.2;
        if ((fit_label(k, text_radius) || !*k->figure.label) && k->value.width <= 2 * text_radius)
            return true;
        if (size <= least)
            return false;
    }
}

static void set_in_disc(struct key_figure *k)
{
    const struct chart_context *c = k->context;
    double r = k->radius;
    double text_radius =
        r * (1 - chart_number(c, "key-figure", "ring") - chart_number(c, "key-figure", "inset")) - 2.5;
    double most = r * chart_number(c, "key-figure", r < 20 * MM ? "value-width-small" : "value-width");
    const struct design_style *style = chart_style(c, "key-figure");
    double natural = chart_width(c, style, k->figure.value);
    double size =
        fmin(style->size * fmin(1, r / (20 * MM)), natural > 0 ? style->size * most / natural : style->size);
    double least = fmax(CHART_SMALLEST_TEXT, fmin(size, chart_length(c, "key-figure", "smallest-value")));
    size = fmax(size, least);
    k->spark = k->figure.history_count > 1 ? r * 0.2 : 0;
    k->air = VALUE_AIR;
    if (fit_in_disc(k, size, least, text_radius))
        return;
    k->air = 0;
    if (fit_in_disc(k, size, least, text_radius))
        return;
    k->spark = 0;                          /* before the label has to go */
    if (k->figure.history_count > 1 && fit_in_disc(k, size, least, text_radius))
        return;
    /* No room beside the value: the label stands below the disc, as wide as it; so does a value that is wider than it. */
    k->label_outside = true;
    k->label = (struct text_label){ 0 };
    const char *outside = k->figure.label;
    double smaller = k->value.width > 2 * text_radius ? least * 2 * text_radius / k->value.width : least;
    if (smaller >= CHART_SMALLEST_TEXT) {
        k->value = set_value(k, smaller);
    } else {
        k->value = (struct text_label){ 0 };
        outside = arena_printf(c->arena, "%s\n%s", k->figure.value, k->figure.label);
    }
    k->value_height = k->value.ascent;
    const struct design_style *label = chart_style(c, "key-figure-label");
    struct chart_text t = chart_text_new(c, label, label->colour, outside, k->figure.at);
    chart_text_fit(&t, 2 * r, CHART_UNLIMITED, &k->outside);
}

/* ---- the block in a square ---------------------------------------------------------------------------------------- */
/* The block with its value at that size; gives its height. */
static double set_block(struct key_figure *k, double size, double room, double padding)
{
    const struct chart_context *c = k->context;
    k->value = set_value(k, fmax(CHART_SMALLEST_TEXT, size));
    if (size < CHART_SMALLEST_TEXT) {
        const struct design_style *small = chart_style_at(c, chart_style(c, "key-figure"), CHART_SMALLEST_TEXT);
        struct chart_text value = chart_text_new(c, small, value_colour(k), k->figure.value, k->figure.at);
        chart_text_fit(&value, room, CHART_UNLIMITED, &k->value);
    }
    k->value_height = chart_label_height_to_baseline(&k->value);
    k->gap = k->value.ascent * 0.35;
    struct chart_text t = label_text(k, chart_style(c, "key-figure-label")->size);
    chart_text_fit(&t, room, CHART_UNLIMITED, &k->label);
    k->spark = k->figure.history_count > 1 ? 6 * MM : 0;
    double bar = k->figure.share >= 0 ? chart_length(c, "key-figure", "bar") + 2 * k->gap : 0;
    return 2 * padding + k->value_height + k->gap + chart_label_height(&k->label) +
           (k->spark > 0 ? k->spark + k->gap : 0) + bar;
}

static void set_in_square(struct key_figure *k)
{
    const struct chart_context *c = k->context;
    double padding = k->shape == SQUARE ? chart_length(c, "key-figure", "padding") : 0;
    double room = k->width - 2 * padding, wish = k->figure.height;
    const struct design_style *style = chart_style(c, "key-figure");
    double natural = chart_width(c, style, k->figure.value);
    double size = natural > room ? style->size * room / natural : style->size;
    double least = fmin(size, chart_length(c, "key-figure", "smallest-value"));
    double needed = set_block(k, size, room, padding);
    while (wish > 0 && needed > wish && size > least) {    /* so large as its height allows */
        size = fmax(least, size * 0.96);
        needed = set_block(k, size, room, padding);
    }
    if (!(wish > 0))
        wish = k->shape == SQUARE ? chart_length(c, "key-figure", "height") : 0;
    k->height = fmax(needed, wish);
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct key_figure *k = data;
    const struct chart_context *c = k->context;
    bool disc = k->shape == DISC;
    double wish = k->figure.radius > 0 ? 2 * k->figure.radius
                  : disc               ? 2 * chart_length(c, "key-figure", "radius")
                  : k->figure.ground   ? CHART_UNLIMITED
                                       : chart_length(c, "key-figure", "width");
    if (room.width > 0)
        wish = fmin(wish, room.width);
    if (disc && room.height > 0)
        wish = fmin(wish, room.height);
    if (k->radius <= 0 || fabs(k->width - wish) > 0.01) {
        k->width = k->height = wish;
        k->radius = wish / 2;
        k->label_outside = false;
        if (disc)
            set_in_disc(k);
        else
            set_in_square(k);
        if (k->label_outside)
            k->height = wish + k->gap + chart_label_height(&k->outside);
    }
    return (struct layout_size){ k->width, k->height };
}

/* ---- drawing ------------------------------------------------------------------------------------------------------ */
/* Places along the line are those in time; what is missing is a gap, never zero. */
static void draw_sparkline(const struct key_figure *k, struct display_page *page, struct rect box)
{
    const struct chart_number *history = k->figure.history;
    size_t n = k->figure.history_count, length = 0;
    const char **periods = mem_alloc(n * sizeof *periods);
    double *places = mem_alloc(n * sizeof *places), low = INFINITY, high = -INFINITY;
    struct point *run = mem_alloc(n * sizeof *run), last = { 0, 0 };
    for (size_t i = 0; i < n; i++) {
        periods[i] = history[i].period;
        if (history[i].present) {
            low = fmin(low, decimal_to_double(history[i].value));
            high = fmax(high, decimal_to_double(history[i].value));
        }
    }
    chart_time_places(periods, n, places);
    const struct design_colour *colour = on_ground(k) ? value_colour(k) : chart_colour(k->context, "main", k->figure.hue);
    for (size_t i = 0; i <= n; i++) {
        if (i < n && history[i].present) {
            double value = decimal_to_double(history[i].value), share = high > low ? (value - low) / (high - low) : 0.5;
            last = run[length++] = (struct point){ box.x + box.width * places[i], box.y + box.height * (1 - share) };
            continue;
        }
        if (length == 1 && i < n)          /* a value between two gaps is a dot */
            chart_fill_disc(page, run[0].x, run[0].y, 1, colour);
        chart_polyline(page, run, length, colour, 1.2);
        length = 0;
    }
    if (low <= high)
        chart_fill_disc(page, last.x, last.y, 2, colour);
    mem_free(periods);
    mem_free(places);
    mem_free(run);
}

static void radial_line(struct display_page *page, double cx, double cy, double from, double to, double share,
                        const struct design_colour *colour, double width)
{
    double angle = 2 * pi * share - pi / 2, x = cos(angle), y = sin(angle);
    chart_line(page, cx + x * from, cy + y * from, cx + x * to, cy + y * to, colour, width, 0);
}

/* Against which a share of a few per cent is seen for what it is. */
static void draw_ticks(struct display_page *page, double cx, double cy, double from, double to, int count,
                       const struct design_colour *colour, double width)
{
    struct path path = PATH_EMPTY;
    for (int i = 1; i < count; i++) {
        double angle = 2 * pi * i / count - pi / 2, x = cos(angle), y = sin(angle);
        path_move(&path, cx + x * from, cy + y * from);
        path_line(&path, cx + x * to, cy + y * to);
    }
    if (count > 1)
        display_stroke(page, &path, colour, width);
    path_free(&path);
}

static const struct design_colour *track_colour(const struct key_figure *k)
{
    return k->figure.hue ? chart_colour(k->context, "tint", k->figure.hue)
                         : chart_named_colour(k->context, "key-figure", "track", 0);
}

/* A calm circle of short strokes where there is no figure: intended, and neither nothing nor all. */
static void draw_missing_ring(const struct key_figure *k, struct display_page *page, double cx, double cy,
                              double r)
{
    enum { STROKES = 48 };
    const struct design_colour *main = chart_colour(k->context, "main", k->figure.hue);
    for (int i = 0; i < STROKES; i++) {
        struct path arc = PATH_EMPTY;
        double at = 2 * pi * i / STROKES;
        path_arc(&arc, cx, cy, r, at, at + pi / STROKES, false);
        display_stroke(page, &arc, main, 0.9);
        path_free(&arc);
    }
}

static void draw_ring(const struct key_figure *k, struct display_page *page, double cx, double cy)
{
    const struct chart_context *c = k->context;
    double r = k->radius, outer = r * (1 - chart_number(c, "key-figure", "inset"));
    double inner = outer - r * chart_number(c, "key-figure", "ring"),
           edge = chart_length(c, "key-figure", "edge");
    double share = fmin(k->figure.share, 1);
    if (k->missing) {
        draw_missing_ring(k, page, cx, cy, (inner + outer) / 2);
        return;
    }
    const struct design_colour *main = chart_colour(c, "main", k->figure.hue);
    struct path path = PATH_EMPTY;
    bool full = share < 0 || share >= 1;
    path_circle(&path, cx, cy, outer);
    path_circle(&path, cx, cy, inner);
    struct display_paint fill = { .kind = DISPLAY_SOLID, .opacity = 1,
                                  .colour = full ? main : track_colour(k) };
    struct display_item *band = display_add_path(page, &path, &fill, NULL);
    band->path.even_odd = true;
    if (!full) {
        chart_stroke_disc(page, cx, cy, outer - edge / 2, main, edge);
        chart_stroke_disc(page, cx, cy, inner + edge / 2, main, edge);
        draw_ticks(page, cx, cy, inner + 0.3 * (outer - inner), outer, (int)chart_number(c, "key-figure", "ticks"),
                   main, 0.6 * edge);
        if (chart_flag(c, "key-figure", "quarters"))
            for (int i = 1; i < 4; i++)
                radial_line(page, cx, cy, inner, outer, i / 4.0, main, edge);
        bool before = chart_meaning(page, true);
        if (share > 0) {
            path_clear(&path);
            chart_sector(&path, cx, cy, inner, outer, -pi / 2, 2 * pi * share - pi / 2);
            display_fill(page, &path, main);
        }
        /* Twelve o'clock is where a share begins; with a share near nothing it is all there is to see. */
        radial_line(page, cx, cy, inner, outer, 0, main, fmax(edge, 1.2));
        chart_meaning(page, before);
    }
    if (k->figure.mark >= 0)
        radial_line(page, cx, cy, inner - r * 0.05, outer + r * 0.03, fmin(k->figure.mark, 1),
                    chart_colour(c, "ink", 0), 1.6);
    path_free(&path);
}

static void draw_disc(const struct key_figure *k, struct display_page *page, struct rect frame)
{
    const struct chart_context *c = k->context;
    double cx = frame.x + frame.width / 2, cy = frame.y + k->radius;
    chart_fill_disc(page, cx, cy, k->radius, chart_colour(c, "paper", 0));
    draw_ring(k, page, cx, cy);
    double y = cy - block_height(k) / 2;
    chart_put(page, &k->value, cx - k->value.width / 2, y, k->value.width, DESIGN_CENTRE);
    y += k->value_height + k->gap;
    if (!k->label_outside && k->label.lines.count) {
        chart_put(page, &k->label, cx - k->label.width / 2, y, k->label.width, DESIGN_CENTRE);
        y += chart_label_height_to_baseline(&k->label) + k->gap;
    }
    if (k->spark > 0)
        draw_sparkline(k, page, (struct rect){ cx - k->radius * 0.4, y, k->radius * 0.8, k->spark });
    if (k->label_outside)
        chart_put(page, &k->outside, frame.x, frame.y + 2 * k->radius + k->gap, frame.width, DESIGN_CENTRE);
}

static void draw_share_bar(const struct key_figure *k, struct display_page *page, struct rect bar)
{
    const struct chart_context *c = k->context;
    const struct design_colour *colour = on_ground(k) ? value_colour(k) : chart_colour(c, "main", k->figure.hue);
    struct path path = PATH_EMPTY;
    path_rect(&path, bar);
    display_stroke(page, &path, colour, 0.8);
    path_free(&path);
    bool before = chart_meaning(page, true);
    double share = fmin(k->figure.share, 1);
    if (share > 0)
        display_add_rect(page, (struct rect){ bar.x, bar.y, bar.width * share, bar.height }, colour);
    if (k->figure.mark >= 0) {
        /* Below the bar: on it, it would vanish in the filled part. */
        chart_arrow(page, bar.x + bar.width * fmin(k->figure.mark, 1), bar.y + bar.height + 6, 1, true, 4.5,
                    colour);
    }
    chart_meaning(page, before);
}

/* A tile that is pale in the agenda edition still says its hue there, along its upper edge. */
static void draw_tile(const struct key_figure *k, struct display_page *page, struct rect tile)
{
    const struct chart_context *c = k->context;
    const struct design_colour *main = chart_colour(c, "main", k->figure.hue);
    double edge = k->ground == main ? 0 : fmin(chart_length(c, "key-figure", "bar") / 2, tile.height / 10);
    display_add_rect(page, (struct rect){ tile.x, tile.y + edge, tile.width, tile.height - edge }, k->ground);
    if (edge > 0)
        display_add_rect(page, (struct rect){ tile.x, tile.y, tile.width, edge }, main);
}

static void draw_square(const struct key_figure *k, struct display_page *page, struct rect frame)
{
    const struct chart_context *c = k->context;
    double padding = k->shape == SQUARE ? chart_length(c, "key-figure", "padding") : 0;
    if (k->shape == SQUARE)
        draw_tile(k, page, (struct rect){ frame.x, frame.y, frame.width, k->height });
    double x = frame.x + padding, y = frame.y + padding, width = frame.width - 2 * padding;
    chart_put(page, &k->value, x, y, width, DESIGN_START);
    y += k->value_height + k->gap;
    chart_put(page, &k->label, x, y, width, DESIGN_START);
    y += chart_label_height(&k->label) + k->gap;
    if (k->spark > 0)
        draw_sparkline(k, page, (struct rect){ x, y, width * 0.6, k->spark });
    if (k->figure.share >= 0) {
        double bar = chart_length(c, "key-figure", "bar");
        draw_share_bar(k, page, (struct rect){ x, frame.y + k->height - padding - bar, width, bar });
    }
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct key_figure *k = data;
    measure(k, (struct layout_size){ frame.width, 0 });
    if (k->shape == DISC)
        draw_disc(k, page, frame);
    else
        draw_square(k, page, frame);
}

static void outline(void *data, struct rect frame, struct path *out)
{
    struct key_figure *k = data;
    measure(k, (struct layout_size){ frame.width, 0 });
    if (k->shape != DISC) {
        path_rect(out, frame);
        return;
    }
    path_circle(out, frame.x + frame.width / 2, frame.y + k->radius, k->radius);
    if (k->label_outside)
        path_rect(out, (struct rect){ frame.x, frame.y + 2 * k->radius, frame.width,
                                      frame.height - 2 * k->radius });
}

struct layout_drawing *chart_key_figure(const struct chart_key_figure *figure)
{
    const struct chart_context *c = figure->context;
    struct key_figure *k = arena_new_of(c->arena, struct key_figure);
    k->context = c;
    k->figure = *figure;
    if (figure->history && figure->history_count)
        k->figure.history =
            arena_copy(c->arena, figure->history, figure->history_count * sizeof *figure->history);
    else
        k->figure.history_count = 0;
    if (!k->figure.label)
        k->figure.label = "";
    k->missing = !k->figure.value;
    if (k->missing)
        k->figure.value = chart_word(c, "missing");
    const char *shape = chart_choice(c, "key-figure", "shape");
    k->shape = strcmp(shape, "square") == 0 ? SQUARE : strcmp(shape, "plain") == 0 ? PLAIN : DISC;
    if (figure->ground)
        k->shape = PLAIN;
    k->ground = figure->ground ? figure->ground : chart_colour(c, "tile", figure->hue);
    return chart_drawing(c, k, measure, draw, outline);
}
