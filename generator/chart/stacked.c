/* A stacked bar: parts of a whole, side by side. Parts are named above it where their words fit, else numbered below with a
   key. What has no whole (negative figures, several units) is drawn as bars instead. */
#include <math.h>
#include <string.h>

#include "chart/draw.h"
#include "chart/place.h"

enum { PARTS_MOST = 24 };

struct part {
    const struct chart_indicator *indicator;
    double value, x, width;
    const struct design_colour *colour;
    struct text_label label;
    double centre;
};

struct stacked {
    const struct chart_context *context;
    const struct chart_chart *chart;
    struct part parts[PARTS_MOST];
    size_t count;
    double total;
    struct layout_size size;
    bool set, named;
    double names;                          /* height of the names above */
    struct chart_station *stations;        /* of the key */
    struct chart_key *key;
};

static const double bar_height = 11 * MM, name_gap = 4 * MM, number_r = 2.3 * MM;

static const struct chart_number *newest(const struct chart_indicator *i)
{
    return i->actual.present ? &i->actual : i->baseline.present ? &i->baseline : &i->target;
}

static const char *value_text(const struct stacked *s, const struct chart_indicator *i)
{
    const struct chart_context *c = s->context;
    const struct chart_number *n = newest(i);
    if (!n->present)
        return chart_word(c, "missing");
    return n->text && *n->text ? n->text
                               : text_quantity(c->design, c->lang, n->value, i->unit, TEXT_VALUE, c->arena);
}

static bool one_whole(const struct chart_chart *chart)
{
    double total = 0;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_number *n = newest(&chart->indicators[i]);
        if (chart->indicators[i].unit != chart->indicators[0].unit ||
            (n->present && decimal_sign(n->value) < 0))
            return false;
        total += n->present ? decimal_to_double(n->value) : 0;
    }
    return total > 0 && chart->count <= PARTS_MOST;
}

/* Neighbours of one hue are told apart by tone: from dark to light and back is never needed, six at most are distinct. */
static const struct design_colour *part_colour(const struct stacked *s, size_t i)
{
    const struct chart_context *c = s->context;
    int hue = s->chart->indicators[i].hue;
    bool alone = true;
    for (size_t k = 0; k < s->chart->count; k++)
        alone &= k == i || s->chart->indicators[k].hue != hue;
    const struct design_colour *main = chart_colour(c, "main", hue);
    if (alone)
        return main;
    const struct design_colour *light = chart_colour(c, hue ? "light" : "field-deep", hue);
    double steps = s->chart->count > 1 ? (double)(s->chart->count - 1) : 1;
    return chart_mix(c, main, light, (double)i / steps);
}

/* ---- setting ------------------------------------------------------------------------------------------------------ */
static void lay_parts(struct stacked *s, double width)
{
    double x = 0;
    for (size_t i = 0; i < s->count; i++) {
        struct part *p = &s->parts[i];
        p->x = x;
        p->width = width * p->value / s->total;
        x += p->width;
    }
}

/* Names stand over their parts when all of them fit in one row. */
static bool set_names(struct stacked *s, double width)
{
    const struct chart_context *c = s->context;
    const struct design_style *style = chart_style(c, "figure-label");
    double centres[PARTS_MOST], widths[PARTS_MOST], highest = 0;
    for (size_t i = 0; i < s->count; i++) {
        struct part *p = &s->parts[i];
        const char *words = arena_printf(c->arena, "%s\n%s", p->indicator->label ? p->indicator->label : "",
                                         value_text(s, p->indicator));
        struct chart_text t =
            chart_text_new(c, style, chart_colour(c, "deep", p->indicator->hue), words, p->indicator->at);
        chart_text_fit(&t, fmax(p->width - 3, 26 * MM), CHART_UNLIMITED, &p->label);
        widths[i] = p->label.width;
        /* At the part's left edge, where the eye begins. */
        centres[i] = p->x + widths[i] / 2;
        highest = fmax(highest, chart_label_height_to_baseline(&p->label));
    }
    for (size_t i = 0; i < s->count; i++)
        if (s->parts[i].label.overfull)
            return false;
    if (highest > 20 * MM || !chart_spread(centres, widths, s->count, 2.5 * MM, 0, width))
        return false;
    for (size_t i = 0; i < s->count; i++)
        s->parts[i].centre = centres[i];
    s->names = highest;
    return true;
}

static void set_key(struct stacked *s, double width)
{
    const struct chart_context *c = s->context;
    s->stations = arena_array(c->arena, struct chart_station, s->count + 1);
    for (size_t i = 0; i < s->count; i++) {
        const struct chart_indicator *in = s->parts[i].indicator;
        s->stations[i] =
            (struct chart_station){ .label = arena_printf(c->arena, "%s %s", in->label ? in->label : "",
                                                          value_text(s, in)),
                                    .hue = in->hue,
                                    .at = in->at };
    }
    s->key = chart_key_new(c, s->stations, s->count, width);
    double centres[PARTS_MOST], widths[PARTS_MOST];
    for (size_t i = 0; i < s->count; i++) {
        centres[i] = s->parts[i].x + s->parts[i].width / 2;
        widths[i] = 2 * number_r;
    }
    chart_spread(centres, widths, s->count, 1, 0, width);
    for (size_t i = 0; i < s->count; i++)
        s->parts[i].centre = centres[i];
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct stacked *s = data;
    double width = s->chart->width > 0 ? s->chart->width : 170 * MM;
    if (room.width > 0)
        width = s->chart->width > 0 ? fmin(width, room.width) : room.width;
    if (s->set && fabs(s->size.width - width) < 0.01)
        return s->size;
    s->set = true;
    s->key = NULL;
    lay_parts(s, width);
    s->named = set_names(s, width);
    double height = bar_height;
    if (s->named) {
        height += s->names + name_gap;
    } else {
        set_key(s, width);
        height += name_gap + 2 * number_r + 4 * MM + chart_key_height(s->key);
    }
    s->size = (struct layout_size){ width, height };
    return s->size;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------ */
static void draw_names(const struct stacked *s, struct display_page *page, struct rect frame, double bar)
{
    const struct design_colour *grey = chart_colour(s->context, "grey", 0);
    for (size_t i = 0; i < s->count; i++) {
        const struct part *p = &s->parts[i];
        double left = frame.x + p->centre - p->label.width / 2, at = frame.x + p->x + fmin(p->width / 2, 1.5);
        double foot = bar - name_gap;
        chart_put(page, &p->label, left, foot - chart_label_height_to_baseline(&p->label), p->label.width,
                  DESIGN_START);
        chart_line(page, fmax(left, fmin(at, left + p->label.width)), foot + 2, at, bar - 1, grey, 0.5, 0);
    }
}

static void draw_numbers(const struct stacked *s, struct display_page *page, struct rect frame, double bar)
{
    const struct chart_context *c = s->context;
    double y = bar + bar_height + name_gap + number_r;
    for (size_t i = 0; i < s->count; i++) {
        const struct part *p = &s->parts[i];
        double from = frame.x + p->x + p->width / 2, to = frame.x + p->centre;
        chart_line(page, from, bar + bar_height + 1, to, y - number_r - 0.5, chart_colour(c, "grey", 0), 0.5,
                   0);
        chart_put_number(c, page, i + 1, to, y, number_r, chart_colour(c, "main", p->indicator->hue));
    }
    chart_key_draw(s->key, page, frame.x, y + number_r + 4 * MM);
}

/* A pale part is told from the paper by its edge. */
static void draw_part(const struct stacked *s, struct display_page *page, const struct part *p, struct rect box)
{
    const struct chart_context *c = s->context;
    bool pale = design_contrast(p->colour, chart_colour(c, "paper", 0), false) < 3;
    bool before = chart_meaning(page, !pale);
    display_add_rect(page, box, p->colour);
    if (pale && box.width > 1) {
        struct path edge = PATH_EMPTY;
        path_rect(&edge, (struct rect){ box.x + 0.35, box.y + 0.35, box.width - 0.7, box.height - 0.7 });
        chart_meaning(page, true);
        display_stroke(page, &edge, chart_colour(c, "deep", p->indicator->hue), 0.7);
        path_free(&edge);
    }
    chart_meaning(page, before);
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct stacked *s = data;
    measure(s, (struct layout_size){ frame.width, 0 });
    double bar = frame.y + (s->named ? s->names + name_gap : 0);
    for (size_t i = 0; i < s->count; i++) {
        const struct part *p = &s->parts[i];
        double cut = i + 1 < s->count && p->width > 2 ? 1 : 0;         /* white between neighbours */
        draw_part(s, page, p, (struct rect){ frame.x + p->x, bar, fmax(p->width - cut, 0.3), bar_height });
    }
    if (s->named)
        draw_names(s, page, frame, bar);
    else
        draw_numbers(s, page, frame, bar);
}

/* Shares are parts of a hundred: what they leave is left open, so that the bar is the whole. */
static void add_rest(struct stacked *s)
{
    const struct chart_context *c = s->context;
    struct decimal rest = decimal_from_int(100);
    if (s->chart->indicators[0].unit != TEXT_UNIT_PERCENT || s->total >= 99.5 || s->count >= PARTS_MOST)
        return;
    for (size_t i = 0; i < s->chart->count; i++) {
        const struct chart_number *n = newest(&s->chart->indicators[i]);
        if (n->present && !decimal_subtract(rest, n->value, &rest))
            return;
    }
    struct chart_indicator *open = arena_new_of(c->arena, struct chart_indicator);
    *open = (struct chart_indicator){ .id = "", .label = chart_word(c, "rest"), .unit = TEXT_UNIT_PERCENT,
                                      .actual = { .present = true, .value = rest }, .at = s->chart->at };
    s->parts[s->count++] = (struct part){ .indicator = open, .colour = chart_colour(c, "paper", 0),
                                          .value = decimal_to_double(rest) };
    s->total = 100;
}

struct layout_drawing *chart_stacked(const struct chart_chart *chart)
{
    if (!one_whole(chart))
        return chart_bars(chart);
    struct stacked *s = arena_new_of(chart->context->arena, struct stacked);
    s->context = chart->context;
    s->chart = chart_chart_copy(chart);
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_number *n = newest(&s->chart->indicators[i]);
        s->parts[i] = (struct part){ .indicator = &s->chart->indicators[i], .colour = part_colour(s, i),
                                     .value = n->present ? decimal_to_double(n->value) : 0 };
        s->total += s->parts[i].value;
    }
    s->count = chart->count;
    add_rest(s);
    return chart_drawing(chart->context, s, measure, draw, NULL);
}
