/* The wheel: objectives round a hub, some highlighted. The wheel grows until its words fit; words that fit in no wheel
   that the place allows go into a numbered key below. */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "chart/draw.h"
#include "chart/wedge.h"

static const double pi = 3.14159265358979323846;

struct wheel {
    const struct chart_context *context;
    const struct chart_illustration *figure;
    /* as it was set last */
    double width, height;                  /* of the room it was set for, then of the frame: 0: not yet */
    double radius, extent;                 /* of the quiet sectors; of everything */
    struct chart_wedge_text *texts;        /* one a sector; NULL: numbers and a key */
    struct chart_key *key;
    struct text_label hub;
    bool hub_outside;
    bool set;
    double room_width, room_height;
};

/* The measures of the template, read once a drawing. */
struct measures {
    double hub, gap, highlight, medallion, padding;
};

static struct measures read_measures(const struct chart_context *c)
{
    return (struct measures){ chart_length(c, "wheel", "hub"), chart_length(c, "wheel", "gap"),
                              chart_length(c, "wheel", "highlight"), chart_length(c, "wheel", "medallion"),
                              chart_length(c, "wheel", "padding") };
}

static bool has_icons(const struct chart_illustration *f)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->stations[i].icon)
            return true;
    return false;
}

static bool has_highlights(const struct chart_illustration *f)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->stations[i].highlighted)
            return true;
    return false;
}

static double angle_of(const struct wheel *w, size_t i)
{
    return 2 * pi * (double)i / (double)w->figure->count - pi / 2;
}

static double outer_of(const struct wheel *w, size_t i, const struct measures *m)
{
    return w->radius + (w->figure->stations[i].highlighted ? m->highlight : 0);
}

/* A medallion's size: not so large that neighbours touch. */
static double medallion_of(const struct wheel *w, const struct measures *m)
{
    double apart = w->figure->count > 1 ? 2 * w->radius * sin(pi / (double)w->figure->count) : INFINITY;
    return fmin(m->medallion, apart * 0.36);
}

/* Most of a medallion stands outside the rim: inside, the room belongs to the words. */
static double medallion_distance(const struct wheel *w, size_t i, const struct measures *m)
{
    return outer_of(w, i, m) + medallion_of(w, m) * 0.3;
}

static double extra_outside(const struct wheel *w, const struct measures *m)
{
    double medallion = has_icons(w->figure) ? m->medallion * 1.3 + 0.6 : 0;
    return (has_highlights(w->figure) ? m->highlight : 0) + medallion;
}

/* Beside the hub lines are longest near the horizontal: there the medallion moves towards the pole and leaves it to the
   words. */
static double medallion_angle(const struct wheel *w, size_t i)
{
    double angle = angle_of(w, i), sector = 2 * pi / (double)w->figure->count;
    if (w->figure->count > 8 || fabs(cos(angle)) < 0.2 || fabs(sin(angle)) < 0.05)
        return angle;
    bool clockwise = (cos(angle) > 0) == (sin(angle) > 0);
    return angle + (clockwise ? 1 : -1) * sector * 0.24;
}

static struct chart_wedge wedge_of(const struct wheel *w, size_t i, const struct measures *m)
{
    double half = pi / (double)w->figure->count, angle = angle_of(w, i), r = medallion_of(w, m);
    struct chart_wedge wedge = { .inner = m->hub + m->gap + m->padding,
                                 .outer = outer_of(w, i, m) - m->padding,
                                 .from = angle - half, .to = angle + half,
                                 .side = m->gap / 2 + m->padding };
    if (w->figure->stations[i].icon) {
        double distance = medallion_distance(w, i, m), at = medallion_angle(w, i);
        wedge.has_disc = true;
        wedge.disc_x = distance * cos(at);
        wedge.disc_y = distance * sin(at);
        wedge.disc_r = r + m->padding * 0.6;
    }
    return wedge;
}

/* ---- setting ------------------------------------------------------------------------------------------------------ */
static const struct design_colour *ground_of(const struct wheel *w, size_t i)
{
    const struct chart_station *s = &w->figure->stations[i];
    const struct chart_context *c = w->context;
    if (s->highlighted)
        return chart_colour(c, "main", s->hue);
    return s->hue ? chart_colour(c, "tint", s->hue) : chart_colour(c, "field-deep", 0);
}

static const struct design_style *style_of(const struct wheel *w, size_t i)
{
    return chart_style(w->context, w->figure->stations[i].highlighted ? "figure-label-on" : "figure-label");
}

/* A label as it is tried: whole words first, divided ones where whole ones do not go in. */
struct trial {
    struct chart_text whole, divided;
};

static void start_texts(const struct wheel *w, struct trial *trials)
{
    for (size_t i = 0; i < w->figure->count; i++) {
        const struct chart_station *s = &w->figure->stations[i];
        const struct design_style *style = style_of(w, i);
        const struct design_colour *colour = chart_on(w->context, ground_of(w, i));
        trials[i].whole = chart_text_new_flagged(w->context, style, colour, s->label, s->at, TEXT_NO_HYPHENS);
        trials[i].divided = chart_text_new(w->context, style, colour, s->label, s->at);
    }
}

/* All labels at one size, so that no objective speaks louder than another. Gives how good it looks, INFINITY where a
   label does not go in. */
static double set_texts(const struct wheel *w, const struct trial *trials, const struct measures *m,
                        double share, struct chart_wedge_text *out)
{
    double cost = 0;
    for (size_t i = 0; i < w->figure->count; i++) {
        struct chart_wedge wedge = wedge_of(w, i, m);
        double size =
            fmax(trials[i].whole.style->size * share, fmin(CHART_SMALLEST_TEXT, trials[i].whole.style->size));
        if (!chart_wedge_set(&wedge, &trials[i].whole, size, &out[i]) &&
            !chart_wedge_set(&wedge, &trials[i].divided, size, &out[i]))
            return INFINITY;
        cost += out[i].quality;
    }
    return cost / (double)w->figure->count;
}

/* A few short words in wide sectors may be larger than labels are. */
static bool set_larger(struct wheel *w, const struct trial *trials, const struct measures *m, double radius)
{
    static const double shares[] = { 1.45, 1.3, 1.15 };
    w->radius = radius;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        struct chart_wedge_text *texts =
            arena_array(w->context->arena, struct chart_wedge_text, w->figure->count + 1);
        bool airy = true;
        for (size_t k = 0; k < w->figure->count && airy; k++) {
            struct chart_wedge wedge = wedge_of(w, k, m);
            airy = chart_wedge_set(&wedge, &trials[k].whole, trials[k].whole.style->size * shares[i],
                                   &texts[k]) &&
                   texts[k].lines.count <= 4;
        }
        if (airy) {
            w->texts = texts;
            return true;
        }
    }
    return false;
}

static bool divides(const struct chart_wedge_text *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < texts[i].lines.count; k++)
            if (texts[i].lines.lines[k].hyphenated && !(texts[i].text.flags & TEXT_NO_HYPHENS))
                return true;
    return false;
}

/* The smallest wheel that holds its words, or one a little larger that holds them better; in it the largest size. */
static bool set_in_sectors(struct wheel *w, const struct trial *trials, const struct measures *m,
                           double least, double most)
{
    static const double shares[] = { 1, 0.96, 0.92 };
    enum { LARGER = 3 };                   /* steps beyond the first that holds the words */
    double best = INFINITY, chosen = least, step = 1.5 * MM;
    int larger = -1;
    if (set_larger(w, trials, m, least))
        return true;
    for (double radius = least; radius <= most + 0.01 && larger < LARGER; radius += step) {
        larger += larger >= 0;
        for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
            w->radius = radius;
            struct chart_wedge_text *texts =
                arena_array(w->context->arena, struct chart_wedge_text, w->figure->count + 1);
            /* A step of the radius and one of the size weigh as much as a divided word in one of ten labels. */
            double cost =
                set_texts(w, trials, m, shares[i], texts) + 0.09 * (radius - least) / step + 0.09 * (double)i;
            if (!isfinite(cost))
                continue;
            larger = larger < 0 ? 0 : larger;
            if (cost < best) {
                best = cost;
                chosen = radius;
                w->texts = texts;
            }
            /* In whole words there is nothing to be won by a larger wheel or smaller words. */
            if (!divides(texts, w->figure->count)) {
                larger = LARGER;
                break;
            }
        }
    }
    w->radius = chosen;
    return isfinite(best);
}

static void set_hub(struct wheel *w, const struct measures *m)
{
    const struct chart_context *c = w->context;
    if (!w->figure->hub || !*w->figure->hub)
        return;
    const struct design_style *style = chart_style(c, "figure-label-on");
    const struct design_colour *ground = chart_colour(c, "main", w->figure->hue);
    struct chart_text t =
        chart_text_new_flagged(c, chart_style_at(c, style, style->size * 1.25), chart_on(c, ground),
                               w->figure->hub, w->figure->at, TEXT_STRONG);
    /* The square in the circle is a fair room for a few centred lines. */
    double room = m->hub * 1.66;
    if (!chart_text_fit(&t, room, m->hub * 1.3, &w->hub)) {
        diag_warning(c->diag, w->figure->at, "W682", _("illustration \"%s\": its hub has no room for \"%s\""),
                     w->figure->id ? w->figure->id : "wheel", w->figure->hub);
        diag_remedy(c->diag, _("write a shorter <hub>, or give the words places to break with soft hyphens"));
        w->hub = (struct text_label){ 0 };
    }
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct wheel *w = data;
    const struct chart_context *c = w->context;
    if (w->set && ((fabs(room.width - w->room_width) < 0.01 && fabs(room.height - w->room_height) < 0.01) ||
                   fabs(room.width - w->width) < 0.01))
        return (struct layout_size){ w->width, w->height };
    struct measures m = read_measures(c);
    double base = chart_length(c, "wheel", "radius"), outside = extra_outside(w, &m);
    double limit = chart_length(c, "wheel", "radius-most");
    if (room.width > 0)
        limit = fmin(limit, room.width / 2 - outside);
    if (room.height > 0)
        limit = fmin(limit, room.height / 2 - outside);
    limit = fmax(limit, m.hub * 1.8);
    w->room_width = room.width;
    w->room_height = room.height;
    w->set = true;
    w->key = NULL;
    w->texts = NULL;
    struct trial *trials = arena_array(c->arena, struct trial, w->figure->count + 1);
    start_texts(w, trials);
    set_hub(w, &m);
    bool inside = set_in_sectors(w, trials, &m, fmin(base, limit), limit);
    if (!inside)
        w->radius = fmin(base, limit);
    w->extent = w->radius + outside;
    w->width = w->height = 2 * w->extent;
    if (!inside) {
        w->width = fmax(w->width, room.width);
        w->key = chart_key_new(c, w->figure->stations, w->figure->count, w->width);
        w->height += 4 * MM + chart_key_height(w->key);
    }
    return (struct layout_size){ w->width, w->height };
}

/* ---- drawing ------------------------------------------------------------------------------------------------------ */
/* A sector whose straight edges run parallel to its neighbour's, at half the gap: the white between them is a strip, not
   a wedge. */
static void sector_path(struct path *path, double cx, double cy, double inner, double outer, double from,
                        double to, double gap)
{
    double at_inner = asin(fmin(1, gap / 2 / inner)), at_outer = asin(fmin(1, gap / 2 / outer));
    if (to - from > 2 * pi - 0.001)
        at_inner = at_outer = 0;
    path_arc(path, cx, cy, outer, from + at_outer, to - at_outer, false);
    if (to - at_inner > from + at_inner)
        path_arc(path, cx, cy, inner, to - at_inner, from + at_inner, true);
    path_close(path);
}

static void draw_sector(const struct wheel *w, struct display_page *page, size_t i, const struct measures *m,
                        double cx, double cy)
{
    const struct chart_context *c = w->context;
    double half = pi / (double)w->figure->count, angle = angle_of(w, i);
    struct path path = PATH_EMPTY;
    sector_path(&path, cx, cy, m->hub + m->gap, outer_of(w, i, m), angle - half, angle + half, m->gap);
    display_fill(page, &path, ground_of(w, i));
    path_free(&path);
    if (w->texts) {
        chart_wedge_draw(&w->texts[i], page, cx, cy);
    } else {
        double at = (m->hub + m->gap + outer_of(w, i, m)) / 2, r = fmin(4 * MM, at * sin(half) * 0.6);
        bool dark = w->figure->stations[i].highlighted;
        chart_put_number(c, page, i + 1, cx + at * cos(angle), cy + at * sin(angle), r,
                         dark ? chart_colour(c, "paper", 0)
                              : chart_colour(c, "main", w->figure->stations[i].hue));
    }
}

static void draw_medallion(const struct wheel *w, struct display_page *page, size_t i,
                           const struct measures *m, double cx, double cy)
{
    const struct chart_station *s = &w->figure->stations[i];
    if (!s->icon)
        return;
    const struct chart_context *c = w->context;
    double r = medallion_of(w, m), distance = medallion_distance(w, i, m), angle = medallion_angle(w, i);
    double x = cx + distance * cos(angle), y = cy + distance * sin(angle);
    double edge = chart_length(c, "wheel", "medallion-edge");
    chart_fill_disc(page, x, y, r, chart_colour(c, "paper", 0));
    chart_stroke_disc(page, x, y, r - edge / 2, chart_colour(c, "main", s->hue), edge);
    chart_put_icon(c, page, s->icon, x, y, r * 1.22, s->hue);
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct wheel *w = data;
    const struct chart_context *c = w->context;
    measure(w, (struct layout_size){ frame.width, 0 });
    struct measures m = read_measures(c);
    double cx = frame.x + frame.width / 2, cy = frame.y + w->extent;
    for (size_t i = 0; i < w->figure->count; i++)
        draw_sector(w, page, i, &m, cx, cy);
    chart_fill_disc(page, cx, cy, m.hub, chart_colour(c, "main", w->figure->hue));
    chart_put(page, &w->hub, cx - w->hub.width / 2, cy - chart_label_height_to_baseline(&w->hub) / 2,
              w->hub.width, DESIGN_CENTRE);
    for (size_t i = 0; i < w->figure->count; i++)
        draw_medallion(w, page, i, &m, cx, cy);
    if (w->key)
        chart_key_draw(w->key, page, frame.x, frame.y + 2 * w->extent + 4 * MM);
}

static void outline(void *data, struct rect frame, struct path *out)
{
    struct wheel *w = data;
    measure(w, (struct layout_size){ frame.width, 0 });
    struct measures m = read_measures(w->context);
    double cx = frame.x + frame.width / 2, cy = frame.y + w->extent, half = pi / (double)w->figure->count;
    for (size_t i = 0; i < w->figure->count; i++) {
        double angle = angle_of(w, i), distance = medallion_distance(w, i, &m), at = medallion_angle(w, i);
        /* From the centre, so that the hub is in it too. */
        chart_sector(out, cx, cy, 0, outer_of(w, i, &m), angle - half, angle + half);
        if (w->figure->stations[i].icon)
            path_circle(out, cx + distance * cos(at), cy + distance * sin(at), medallion_of(w, &m));
    }
    if (w->key)
        path_rect(out, (struct rect){ frame.x, cy + w->extent, frame.width, frame.height - 2 * w->extent });
}

struct layout_drawing *chart_wheel(const struct chart_illustration *figure)
{
    if (chart_chosen(figure->context, "wheel", "shape", "square"))
        return chart_tiles(figure, false);
    struct wheel *w = arena_new_of(figure->context->arena, struct wheel);
    w->context = figure->context;
    w->figure = chart_illustration_copy(figure);
    return chart_drawing(figure->context, w, measure, draw, outline);
}
