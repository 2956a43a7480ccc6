/* The continuum: steps with one rounded corner that rise from tint to the darkest tone over an axis with a dot and an
   arrow. Where only the ends have words, a ramp of narrow strips leads from one to the other: strips are no steps that
   someone forgot to name. */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "chart/draw.h"

struct step {
    double x, width, height;               /* from the frame's left edge; of the filled shape */
    const struct design_colour *colour;
    const struct chart_station *station;   /* NULL: a strip of the ramp */
    struct text_label label;
};

struct continuum {
    const struct chart_context *context;
    const struct chart_illustration *figure;
    bool set;
    struct layout_size room, size;
    struct step *steps;
    size_t step_count;
    double steps_height;                   /* of the highest, and the figures that stand on them */
    double headroom;
    struct chart_key *key;
    struct text_label from, to;
};

static bool has_words(const struct chart_station *s)
{
    return s->label && *s->label;
}

/* Two worded ends and nothing named between. */
static bool is_ramp(const struct chart_illustration *f)
{
    if (f->count < 2 || !has_words(&f->stations[0]) || !has_words(&f->stations[f->count - 1]))
        return f->count == 2;
    for (size_t i = 1; i + 1 < f->count; i++)
        if (has_words(&f->stations[i]))
            return false;
    return true;
}

/* No words at all: one true wedge. */
static bool is_wedge(const struct chart_illustration *f)
{
    for (size_t i = 0; i < f->count; i++)
        if (has_words(&f->stations[i]))
            return false;
    return true;
}

static bool has_figures(const struct chart_illustration *f)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->stations[i].icon)
            return true;
    return false;
}

/* ---- steps -------------------------------------------------------------------------------------------------------- */
/* From the palest tone to the darkest over four that the palette has, mixed where there are more steps. */
static const struct design_colour *tone(const struct continuum *k, double share)
{
    const struct chart_context *c = k->context;
    static const char *const roles[] = { "tint", "light", "main", "deep" };
    double at = share * 3;
    int i = at >= 3 ? 2 : (int)at, hue = k->figure->hue;
    const struct design_colour *low =
        hue ? chart_colour(c, roles[i], hue) : chart_named_colour(c, "continuum", "tones", i);
    const struct design_colour *high = hue ? chart_colour(c, roles[i + 1], hue)
                                           : chart_named_colour(c, "continuum", "tones", i + 1);
    return chart_mix(c, low, high, at - i);
}

static void lay_steps(struct continuum *k, double width)
{
    const struct chart_context *c = k->context;
    const struct chart_illustration *f = k->figure;
    double gap = chart_length(c, "continuum", "gap");
    bool ramp = is_ramp(f) && !is_wedge(f);
    size_t strips = ramp ? (size_t)fmax(1, chart_number(c, "continuum", "ramp")) : 0;
    k->step_count = ramp ? strips + 2 : f->count;
    k->steps = arena_array(c->arena, struct step, k->step_count + 1);
    /* The worded ends take twice what a third of the ramp takes. */
    double end = ramp ? fmax(0.27 * width, 30 * MM) : 0;
    double inner = ramp ? (width - 2 * end - gap * (double)(strips + 1)) / (double)strips
                        : (width - gap * (double)(f->count - 1)) / (double)f->count;
    double x = 0;
    for (size_t i = 0; i < k->step_count; i++) {
        struct step *s = &k->steps[i];
        bool is_end = ramp && (i == 0 || i + 1 == k->step_count);
        s->x = x;
        s->width = is_end ? end : inner;
        s->station = !ramp    ? &f->stations[i]
                     : i == 0 ? &f->stations[0]
                     : is_end ? &f->stations[f->count - 1]
                              : NULL;
        s->colour = tone(k, k->step_count > 1 ? (double)i / (double)(k->step_count - 1) : 1);
        if (s->station && s->station->hue)
            s->colour = chart_colour(c, "main", s->station->hue);
        x += s->width + gap;
    }
}

/* Words below the corner; the step is as high as they need. False: a word is wider than the step. */
static bool set_labels(struct continuum *k)
{
    const struct chart_context *c = k->context;
    double padding = chart_length(c, "continuum", "padding");
    for (size_t i = 0; i < k->step_count; i++) {
        struct step *s = &k->steps[i];
        if (!s->station || !has_words(s->station))
            continue;
        double pad = fmin(padding, s->width * 0.1);
        const struct design_colour *ink = chart_on(c, s->colour);
        const struct design_style *style = chart_component_style(
            c, "continuum", ink == chart_colour(c, "ink", 0) ? "figure-label" : "figure-label-on");
        struct chart_text t = chart_text_new(c, style, ink, s->station->label, s->station->at);
        if (!chart_text_fit(&t, s->width - 2 * pad, 70 * MM, &s->label))
            return false;
    }
    return true;
}

static void set_heights(struct continuum *k)
{
    const struct chart_context *c = k->context;
    double first = chart_length(c, "continuum", "first"), last = chart_length(c, "continuum", "height");
    double padding = chart_length(c, "continuum", "padding"), lift = 0;
    double figure = has_figures(k->figure) ? chart_length(c, "continuum", "figure") : 0;
    last = fmax(first, last - figure);
    k->steps_height = 0;
    for (size_t i = 0; i < k->step_count; i++) {
        struct step *s = &k->steps[i];
        double share = k->step_count > 1 ? (double)i / (double)(k->step_count - 1) : 1;
        double needed = s->label.lines.count ? chart_label_height_to_baseline(&s->label) + 2 * padding : 0;
        s->height = first + (last - first) * share;
        lift = fmax(lift, needed - s->height);
    }
    for (size_t i = 0; i < k->step_count; i++) {
        struct step *s = &k->steps[i];
        s->height += lift;
        k->steps_height = fmax(k->steps_height, s->height + (s->station && s->station->icon ? figure : 0));
    }
}

static const double axis_room = 4.5 * MM, axis_label_gap = 3.2 * MM;

static double axis_height(const struct continuum *k)
{
    double labels = fmax(chart_label_height(&k->from), chart_label_height(&k->to));
    return axis_room + (labels > 0 ? axis_label_gap + labels : 4);
}

static struct text_label end_label(const struct continuum *k, const char *words, double width)
{
    const struct chart_context *c = k->context;
    if (!words || !*words)
        return (struct text_label){ 0 };
    const struct design_style *style = chart_component_style(c, "continuum", "figure-label");
    struct chart_text t =
        chart_text_new(c, style, chart_colour(c, "deep", k->figure->hue), words, k->figure->at);
    struct text_label label;
    chart_text_fit(&t, width, CHART_UNLIMITED, &label);
    return label;
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct continuum *k = data;
    const struct chart_context *c = k->context;
    if (k->set && fabs(room.width - k->room.width) < 0.01)
        return k->size;
    k->set = true;
    k->room = room;
    double width = room.width > 0 ? room.width : 170 * MM;
    lay_steps(k, width);
    k->key = NULL;
    if (!set_labels(k)) {
        k->key = chart_key_new(c, k->figure->stations, k->figure->count, width);
        for (size_t i = 0; i < k->step_count; i++)
            k->steps[i].label = (struct text_label){ 0 };
    }
    set_heights(k);
    k->from = end_label(k, k->figure->from, width * 0.48);
    k->to = end_label(k, k->figure->to, width * 0.48);
    double key = k->key ? 4 * MM + chart_key_height(k->key) : 0;
    k->size = (struct layout_size){ width, k->steps_height + axis_height(k) + key };
    return k->size;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------ */
static double corner_of(const struct continuum *k, const struct step *s)
{
    return fmin(chart_length(k->context, "continuum", "corner"), fmin(s->width * 0.6, s->height * 0.8));
}

static void draw_step(const struct continuum *k, struct display_page *page, size_t i, double left, double floor)
{
    const struct chart_context *c = k->context;
    const struct step *s = &k->steps[i];
    double padding = fmin(chart_length(c, "continuum", "padding"), s->width * 0.1);
    double corner = corner_of(k, s), top = floor - s->height;
    struct path path = PATH_EMPTY;
    path_round_rect(&path, (struct rect){ left + s->x, top, s->width, s->height },
                    (double[4]){ corner, 0, 0, 0 });
    display_fill(page, &path, s->colour);
    path_free(&path);
    if (s->label.lines.count) {
        /* At the foot, so that the words of all steps begin to read on the axis. */
        double height = chart_label_height_to_baseline(&s->label),
               pad = chart_length(c, "continuum", "padding");
        chart_put(page, &s->label, left + s->x + padding, floor - pad - height, s->width - 2 * padding,
                  DESIGN_START);
    } else if (k->key && s->station) {
        size_t number = (size_t)(s->station - k->figure->stations) + 1;
        const struct design_colour *on = chart_on(c, s->colour);
        chart_put_number(c, page, number, left + s->x + s->width / 2, floor - fmin(6 * MM, s->height / 2),
                         fmin(3.2 * MM, s->width * 0.4),
                         on == chart_colour(c, "ink", 0) ? chart_colour(c, "main", 0) : on);
    }
}

/* Feet on the step, on its flat part. */
static void draw_figure(const struct continuum *k, struct display_page *page, size_t i, double left, double floor,
                        const struct image_vector *figure)
{
    const struct chart_context *c = k->context;
    const struct step *s = &k->steps[i];
    double height = chart_length(c, "continuum", "figure"), wide = figure->width * height / figure->height;
    double flat = s->station ? corner_of(k, s) * 0.7 + wide / 2 : 0;
    chart_put_icon(c, page, figure, left + s->x + fmax(s->width / 2, flat), floor - s->height - height / 2,
                   fmax(height, wide), s->station ? s->station->hue : 0);
}

/* On the named steps their own, on the ramp between them the walkers, evenly. */
static void draw_figures(const struct continuum *k, struct display_page *page, double left, double floor)
{
    size_t walkers = k->figure->walker_count, strips = k->step_count > 2 ? k->step_count - 2 : 0;
    for (size_t i = 0; i < k->step_count; i++)
        if (k->steps[i].station && k->steps[i].station->icon)
            draw_figure(k, page, i, left, floor, k->steps[i].station->icon);
    for (size_t i = 0; walkers <= strips / 2 && i < walkers; i++)
        draw_figure(k, page, 1 + (2 * i + 1) * strips / (2 * walkers), left, floor, k->figure->walkers[i]);
}

/* Strips of half a point would show their seams: one shape with a straight back. */
static void draw_wedge(const struct continuum *k, struct display_page *page, double left, double width,
                       double floor)
{
    const struct chart_context *c = k->context;
    double first = chart_length(c, "continuum", "first") * 0.25, height = k->steps_height;
    struct path path = PATH_EMPTY;
    path_move(&path, left, floor);
    path_line(&path, left, floor - first);
    path_line(&path, left + width, floor - height);
    path_line(&path, left + width, floor);
    path_close(&path);
    display_push_clip(page, &path);
    for (size_t i = 0; i < k->step_count; i++)
        display_add_rect(page, (struct rect){ left + k->steps[i].x, floor - height, k->steps[i].width, height },
                         k->steps[i].colour);
    display_pop(page);
    path_free(&path);
}

static void draw_axis(const struct continuum *k, struct display_page *page, double left, double y, double width)
{
    const struct chart_context *c = k->context;
    const struct design_colour *colour = chart_colour(c, "main", k->figure->hue);
    double line = chart_length(c, "continuum", "axis"), head = 3.6;
    chart_line(page, left + 3, y, left + width - line, y, colour, line, 0);
    chart_fill_disc(page, left + 3, y, 3, colour);
    struct point tip[] = { { left + width - head - line, y - head }, { left + width - line, y },
                           { left + width - head - line, y + head } };
    chart_polyline(page, tip, 3, colour, line);
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct continuum *k = data;
    measure(k, (struct layout_size){ frame.width, 0 });
    double floor = frame.y + k->steps_height, y = floor + axis_room, width = k->size.width;
    if (is_wedge(k->figure))
        draw_wedge(k, page, frame.x, width, floor);
    else
        for (size_t i = 0; i < k->step_count; i++)
            draw_step(k, page, i, frame.x, floor);
    draw_figures(k, page, frame.x, floor);
    draw_axis(k, page, frame.x, y, width);
    chart_put(page, &k->from, frame.x, y + axis_label_gap, width * 0.48, DESIGN_START);
    chart_put(page, &k->to, frame.x + width * 0.52, y + axis_label_gap, width * 0.48, DESIGN_END);
    if (k->key)
        chart_key_draw(k->key, page, frame.x, floor + axis_height(k) + 4 * MM);
}

struct layout_drawing *chart_continuum(const struct chart_illustration *figure)
{
    struct continuum *k = arena_new_of(figure->context->arena, struct continuum);
    k->context = figure->context;
    k->figure = chart_illustration_copy(figure);
    return chart_drawing(figure->context, k, measure, draw, NULL);
}
