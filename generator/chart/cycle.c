/* The cycle: stations round a core that may have two halves. Short words stand on the ring; longer ones beside discs;
   words that fit in neither way go into a numbered key. */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "chart/arc.h"
#include "chart/draw.h"
#include "chart/place.h"

static const double pi = 3.14159265358979323846;

enum mode { ON_RING, BESIDE, IN_KEY };

struct station_label {
    struct text_label label;
    double x, y;                           /* of its ink box, from the frame's corner */
    enum design_align align;
};

struct cycle {
    const struct chart_context *context;
    const struct chart_illustration *figure;
    bool set;
    struct layout_size room, size;
    enum mode mode;
    double radius, ring;                   /* outer radius and width of the band; BESIDE: of the discs' circle */
    double cx, cy;                         /* centre, from the frame's corner */
    struct station_label *labels;
    double label_width;
    struct chart_key *key;
};

static double angle_of(const struct cycle *y, size_t i)
{
    return 2 * pi * (double)i / (double)y->figure->count - pi / 2;
}

static bool has_icons(const struct cycle *y)
{
    for (size_t i = 0; i < y->figure->count; i++)
        if (y->figure->stations[i].icon)
            return true;
    return false;
}

static const struct design_colour *ground_of(const struct cycle *y, size_t i)
{
    return chart_colour(y->context, "main", y->figure->stations[i].hue);
}

/* ---- words on the ring -------------------------------------------------------------------------------------------- */
/* Words on arcs have a style of their own, spaced capitals perhaps; longer ones are set as plain labels. */
static const struct design_style *ring_style(const struct cycle *y, bool plain)
{
    const struct design_style *own = design_lookup_style(y->context->design, "figure-label-arc");
    return own && !plain ? own : chart_style(y->context, "figure-label-on");
}

static double ring_icon(const struct cycle *y)
{
    return has_icons(y) ? fmin(chart_length(y->context, "cycle", "icon"), y->ring * 0.78) : 0;
}

static const double icon_gap = 1.8 * MM;

/* Length along the ring's middle for icon and words: the segment less its notch, its head and some air. */
static double ring_room(const struct cycle *y)
{
    double middle = y->radius - y->ring / 2, head = chart_number(y->context, "cycle", "head") * pi / 180;
    double share = 2 * pi / (double)y->figure->count - head;
    return share * middle - chart_length(y->context, "cycle", "gap") - 3.5 * MM;
}

/* Does every label go on the ring in at most two lines of whole words? */
static bool set_ring_labels(struct cycle *y, const struct chart_context *c, const struct design_style *style, double size,
                            double room)
{
    enum { MOST_LINES = 2 };
    double cap = chart_cap_height(c, style) * size / style->size, height = y->ring - 2.2 * MM;
    const struct design_style *sized = chart_style_at(y->context, style, size);
    for (size_t i = 0; i < y->figure->count; i++) {
        const struct chart_station *s = &y->figure->stations[i];
        struct chart_text t = chart_text_new_flagged(c, sized, chart_on(c, ground_of(y, i)), s->label, s->at,
                                                     TEXT_NO_HYPHENS | TEXT_STRONG);
        struct text_label *l = &y->labels[i].label;
        *l = chart_text_set(&t, room);
        if (l->lines.count > MOST_LINES || l->overfull ||
            cap + (double)(l->lines.count - 1) * l->leading > height)
            return false;
    }
    return true;
}

/* What a size that is too large leaves behind is let go. */
static bool labels_fit(struct cycle *y, const struct design_style *style, double size, double room)
{
    struct chart_context trial = *y->context;
    trial.arena = arena_new();
    bool fit = set_ring_labels(y, &trial, style, size, room);
    for (size_t i = 0; i < y->figure->count; i++) {
        text_para_free(y->labels[i].label.para);
        y->labels[i].label = (struct text_label){ 0 };
    }
    arena_free(trial.arena);
    return fit && set_ring_labels(y, y->context, style, size, room);
}

static bool set_on_ring(struct cycle *y, bool plain)
{
    const struct design_style *style = ring_style(y, plain);
    double icon = ring_icon(y), room = ring_room(y) - (icon > 0 ? icon + icon_gap : 0);
    if (y->figure->count < 2 || room < 10 * MM)
        return false;
    for (double size = style->size; size >= CHART_SMALLEST_TEXT - 0.01; size -= 0.2)
        /* The inner line of two stands on a shorter arc. */
        if (labels_fit(y, style, size, room * 0.96))
            return true;
    return false;
}

static bool try_ring(struct cycle *y, struct layout_size room)
{
    const struct chart_context *c = y->context;
    double least = chart_length(c, "cycle", "radius"), most = chart_length(c, "cycle", "radius-most");
    double ring = chart_length(c, "cycle", "ring"), limit = most;
    if (room.width > 0)
        limit = fmin(limit, room.width / 2);
    if (room.height > 0)
        limit = fmin(limit, room.height / 2);
    least = fmin(least, limit);
    /* The smallest ring that holds the words; a band a little wider holds two lines. */
    for (int plain = 0; plain < 2; plain++)
        for (double radius = least; radius <= limit + 0.01;
             radius = radius < limit ? fmin(limit, radius + 2 * MM) : limit + 1)
            for (y->ring = ring; y->ring <= ring * 1.42; y->ring += 0.8 * MM) {
                y->radius = radius;
                if (!set_on_ring(y, plain))
                    continue;
                y->cx = y->cy = y->radius;
                y->size = (struct layout_size){ 2 * y->radius, 2 * y->radius };
                return true;
            }
    y->ring = ring;
    return false;
}

/* ---- words beside discs ------------------------------------------------------------------------------------------- */
static const double beside_gap = 3.2 * MM, least_side = 24 * MM, most_side = 52 * MM;

/* -1 left, 1 right, 0 above or below the disc: only straight above and below, where there is one. */
static int side_of(const struct cycle *y, size_t i)
{
    double x = cos(angle_of(y, i));
    return x > 0.02 ? 1 : x < -0.02 ? -1 : 0;
}

/* Many stations have smaller discs, so that an arrow stands between each two. */
static double disc_of(const struct cycle *y)
{
    double disc = chart_length(y->context, "cycle", "disc"),
           most = chart_length(y->context, "cycle", "radius-most");
    double chord = 2 * (most - disc) * sin(pi / fmax(2, (double)y->figure->count));
    return fmax(4.5 * MM, fmin(disc, chord * 0.33));
}

static bool set_labels(struct cycle *y, double width)
{
    const struct chart_context *c = y->context;
    const struct design_style *style = chart_style(c, "figure-label");
    for (size_t i = 0; i < y->figure->count; i++) {
        const struct chart_station *s = &y->figure->stations[i];
        struct chart_text t = chart_text_new(c, style, style->colour, s->label, s->at);
        double room = side_of(y, i) ? width : fmin(2 * (y->radius + width), 70 * MM);
        if (!chart_text_fit(&t, room, 24 * MM, &y->labels[i].label))
            return false;
    }
    return true;
}

/* The labels of one side stand in a column, as near to their discs' height as their neighbours let them. */
static void place_side(struct cycle *y, int side, double *top, double *bottom)
{
    size_t n = y->figure->count, count = 0;
    double centre[64] = { 0 }, height[64] = { 0 };
    size_t index[64];
    for (size_t k = 0; k < n && count < 64; k++) {
        size_t i = side > 0 ? k : n - 1 - k;               /* from the top down */
        if (side_of(y, i) != side)
            continue;
        index[count] = i;
        centre[count] = y->radius * sin(angle_of(y, i));
        height[count] = chart_label_height(&y->labels[i].label);
        count++;
    }
    chart_spread(centre, height, count, 2.5 * MM, -CHART_UNLIMITED, CHART_UNLIMITED);
    for (size_t k = 0; k < count; k++) {
        y->labels[index[k]].y = centre[k] - height[k] / 2;
        *top = fmin(*top, centre[k] - height[k] / 2);
        *bottom = fmax(*bottom, centre[k] + height[k] / 2);
    }
}

static bool try_beside(struct cycle *y, struct layout_size room)
{
    const struct chart_context *c = y->context;
    double disc = disc_of(y), most = chart_length(c, "cycle", "radius-most") - disc;
    double width = room.width > 0 ? room.width : 2 * (most + disc + beside_gap + most_side);
    y->radius = fmin(most, width / 2 - disc - beside_gap - least_side);
    /* Neighbouring discs leave room for an arrow between them. */
    if (y->figure->count < 2 || y->figure->count > 60 ||
        y->radius * 2 * sin(pi / (double)y->figure->count) < 2.6 * disc)
        return false;
    double side = fmin(most_side, width / 2 - y->radius - disc - beside_gap);
    if (!set_labels(y, side))
        return false;
    double top = -y->radius - disc, bottom = -top;
    place_side(y, 1, &top, &bottom);
    place_side(y, -1, &top, &bottom);
    /* Words above and below the circle stand clear of the columns at its sides. */
    double over = fmin(top - beside_gap, -y->radius - disc - beside_gap * 0.6);
    double under = fmax(bottom + beside_gap, -over);
    for (size_t i = 0; i < y->figure->count; i++) {
        struct station_label *l = &y->labels[i];
        double height = chart_label_height(&l->label);
        if (side_of(y, i) != 0 || !l->label.lines.count)
            continue;
        bool crowded = l->label.width > 2 * (y->radius + disc);
        double reach = y->radius + disc + beside_gap * 0.6;
        bool above = sin(angle_of(y, i)) < 0;
        l->y = above ? (crowded ? over : -reach) - height : crowded ? under : reach;
        top = fmin(top, l->y);
        bottom = fmax(bottom, l->y + height);
    }
    y->label_width = side;
    y->cx = y->radius + disc + beside_gap + side;
    y->cy = -top;
    y->size = (struct layout_size){ 2 * y->cx, bottom - top };
    return room.height <= 0 || y->size.height <= room.height + 0.1;
}

/* ---- measuring ---------------------------------------------------------------------------------------------------- */
static void set_key(struct cycle *y, struct layout_size room)
{
    const struct chart_context *c = y->context;
    double width = room.width > 0 ? room.width : 2 * chart_length(c, "cycle", "radius");
    y->radius = fmin(chart_length(c, "cycle", "radius"), width / 2);
    y->ring = fmin(chart_length(c, "cycle", "ring"), y->radius * 0.3);
    y->key = chart_key_new(c, y->figure->stations, y->figure->count, width);
    y->cx = width / 2;
    y->cy = y->radius;
    y->size = (struct layout_size){ width, 2 * y->radius + 4 * MM + chart_key_height(y->key) };
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct cycle *y = data;
    if (y->set && ((fabs(room.width - y->room.width) < 0.01 && fabs(room.height - y->room.height) < 0.01) ||
                   fabs(room.width - y->size.width) < 0.01))
        return y->size;
    y->set = true;
    y->room = room;
    y->labels = arena_array(y->context->arena, struct station_label, y->figure->count + 1);
    y->key = NULL;
    y->mode = ON_RING;
    if (try_ring(y, room))
        return y->size;
    y->mode = BESIDE;
    if (try_beside(y, room))
        return y->size;
    y->mode = IN_KEY;
    set_key(y, room);
    return y->size;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------ */
static struct point polar(double cx, double cy, double r, double angle)
{
    return (struct point){ cx + r * cos(angle), cy + r * sin(angle) };
}

/* A bent arrow with a notch behind and a head before; all gaps are as wide as the template says. */
static void draw_segment(const struct cycle *y, struct display_page *page, size_t i, double cx, double cy)
{
    const struct chart_context *c = y->context;
    double outer = y->radius, inner = outer - y->ring, middle = (inner + outer) / 2;
    double head = chart_number(c, "cycle", "head") * pi / 180, gap = chart_length(c, "cycle", "gap") / middle;
    double half = pi / (double)y->figure->count, angle = angle_of(y, i);
    double from = angle - half + gap / 2 - head / 2, to = angle + half - gap / 2 - head / 2;
    struct point tip = polar(cx, cy, middle, to + head), notch = polar(cx, cy, middle, from + head);
    struct path path = PATH_EMPTY;
    path_arc(&path, cx, cy, outer, from, to, false);
    path_line(&path, tip.x, tip.y);
    path_arc(&path, cx, cy, inner, to, from, true);
    path_line(&path, notch.x, notch.y);
    path_close(&path);
    display_fill(page, &path, ground_of(y, i));
    path_free(&path);
}

/* Icon and words as one group, centred on the segment; upright above, turned below. */
static void draw_ring_label(const struct cycle *y, struct display_page *page, size_t i, double cx, double cy)
{
    const struct chart_context *c = y->context;
    const struct chart_station *s = &y->figure->stations[i];
    const struct text_label *label = &y->labels[i].label;
    double middle = y->radius - y->ring / 2, angle = angle_of(y, i), way = 1;
    bool turned = sin(angle) > 0.3;
    if (turned)
        way = -1;
    if (s->icon) {
        double icon = ring_icon(y), group = icon + icon_gap + label->width;
        double at = angle - way * (group - icon) / 2 / middle;
        struct point p = polar(cx, cy, middle, at);
        chart_fill_disc(page, p.x, p.y, icon / 2, chart_colour(c, "paper", 0));
        chart_put_icon(c, page, s->icon, p.x, p.y, icon * 0.72, s->hue);
        angle += way * (icon + icon_gap) / 2 / middle;
    }
    chart_arc_label(c, page, label, cx, cy, middle, angle, turned);
}

static void draw_ring(const struct cycle *y, struct display_page *page, double cx, double cy)
{
    for (size_t i = 0; i < y->figure->count; i++) {
        draw_segment(y, page, i, cx, cy);
        if (y->mode == ON_RING) {
            draw_ring_label(y, page, i, cx, cy);
        } else {
            struct point p = polar(cx, cy, y->radius - y->ring / 2, angle_of(y, i));
            chart_put_number(y->context, page, i + 1, p.x, p.y, fmin(y->ring * 0.36, 3.4 * MM),
                             chart_colour(y->context, "paper", 0));
        }
    }
}

static void draw_arrow_between(const struct cycle *y, struct display_page *page, size_t i, double cx, double cy)
{
    double disc = disc_of(y), head = 2.4 * MM, line = 0.9 * MM;
    double clear = 2 * asin(fmin(1, (disc + 1 * MM) / 2 / y->radius));
    double from = angle_of(y, i) + clear, to = angle_of(y, i + 1) - clear, back = to - head / y->radius;
    const struct design_colour *colour = ground_of(y, i);
    if (back > from) {
        struct path arc = PATH_EMPTY;
        path_arc(&arc, cx, cy, y->radius, from, back + 0.01, false);
        display_stroke(page, &arc, colour, line);
        path_free(&arc);
    }
    struct point tip = polar(cx, cy, y->radius, to), a = polar(cx, cy, y->radius + head * 0.62, back);
    struct point b = polar(cx, cy, y->radius - head * 0.62, back);
    struct path path = PATH_EMPTY;
    path_move(&path, tip.x, tip.y);
    path_line(&path, a.x, a.y);
    path_line(&path, b.x, b.y);
    path_close(&path);
    display_fill(page, &path, colour);
    path_free(&path);
}

static void draw_station_disc(const struct cycle *y, struct display_page *page, size_t i, double cx, double cy)
{
    const struct chart_context *c = y->context;
    const struct chart_station *s = &y->figure->stations[i];
    struct point p = polar(cx, cy, y->radius, angle_of(y, i));
    double disc = disc_of(y);
    if (!s->icon) {
        chart_put_number(c, page, i + 1, p.x, p.y, disc * 0.82, ground_of(y, i));
        return;
    }
    chart_fill_disc(page, p.x, p.y, disc,
                    s->hue ? chart_colour(c, "tint", s->hue) : chart_colour(c, "field-deep", 0));
    chart_put_icon(c, page, s->icon, p.x, p.y, disc * 1.2, s->hue);
}

static void draw_beside(const struct cycle *y, struct display_page *page, double left, double cx, double cy)
{
    double disc = disc_of(y);
    for (size_t i = 0; i < y->figure->count; i++) {
        draw_arrow_between(y, page, i, cx, cy);
        draw_station_disc(y, page, i, cx, cy);
        const struct station_label *l = &y->labels[i];
        int side = side_of(y, i);
        double top = cy + l->y, height = chart_label_height(&l->label);
        if (side == 0) {
            chart_put(page, &l->label, cx - l->label.width / 2, top, l->label.width, DESIGN_CENTRE);
            continue;
        }
        double edge = side > 0 ? left + y->size.width - y->label_width : left + y->label_width;
        struct point at = polar(cx, cy, y->radius, angle_of(y, i));
        struct rect near = { edge - 1.2 * MM * side, top + height / 2, 0, 0 };
        /* Discs that stand back from the column are tied to their words. */
        if (fabs(edge - at.x) - disc > beside_gap + 2 * MM || fabs(top + height / 2 - at.y) > disc)
            chart_leader(page, near, at, disc + 1, chart_colour(y->context, "grey", 0));
        chart_put(page, &l->label, side > 0 ? edge : left, top, y->label_width,
                  side > 0 ? DESIGN_START : DESIGN_END);
    }
}

/* ---- the core ----------------------------------------------------------------------------------------------------- */
static int core_hue(const struct cycle *y, bool second)
{
    int hue = (int)chart_number(y->context, "cycle", second ? "hub-second-hue" : "hub-hue");
    return hue <= y->context->area_count ? hue : 0;
}

/* Words in a half, centred where it is widest enough: in the dark foot below an icon, else in the middle. */
static void put_core_words(const struct cycle *y, struct display_page *page, const char *words, double cx,
                           double cy, double width, double height, const struct design_colour *ground)
{
    const struct chart_context *c = y->context;
    const struct design_style *style = chart_style(c, "figure-label-on");
    struct chart_text t = chart_text_new_flagged(c, chart_style_at(c, style, style->size * 1.18),
                                                 chart_on(c, ground), words, y->figure->at, TEXT_STRONG);
    struct text_label label;
    if (!chart_text_fit(&t, width, height, &label)) {
        diag_warning(c->diag, y->figure->at, "W682", _("illustration \"%s\": its hub has no room for \"%s\""),
                     y->figure->id ? y->figure->id : "cycle", words);
        diag_remedy(c->diag, _("write a shorter <hub>, or give the words places to break with soft hyphens"));
        return;
    }
    chart_put(page, &label, cx - label.width / 2, cy - chart_label_height_to_baseline(&label) / 2, label.width,
              DESIGN_CENTRE);
}

static void half_path(struct path *path, double cx, double cy, double r, bool right)
{
    path_arc(path, cx, cy, r, right ? -pi / 2 : pi / 2, right ? pi / 2 : 3 * pi / 2, false);
    path_close(path);
}

/* Art stands on the dark foot; a tall figure behind it, like behind a desk; a sign of the icons' grid floats above it. */
static void draw_core_art(const struct cycle *y, struct display_page *page, const struct image_vector *art,
                          double cx, double ground, double r, int hue)
{
    bool sign = fabs(art->width - art->height) < 0.01 * art->width && art->width <= 48.01,
         tall = art->height > art->width * 1.6;
    double size = sign ? r * 0.78 : fmin(r * 0.98, r * 0.82 * art->height / art->width);
    if (tall)
        size = r * 1.75;
    double centre = sign ? ground - r * 0.48 : tall ? ground - r * 1.02 + size / 2 : ground - size / 2;
    double fit = sign ? size : size * fmax(art->width, art->height) / art->height;
    chart_put_icon(y->context, page, art, cx, centre, fit, hue);
}

static void draw_half(const struct cycle *y, struct display_page *page, bool right, double cx, double cy,
                      double r)
{
    const struct chart_context *c = y->context;
    const char *words = right ? y->figure->hub_second : y->figure->hub;
    const struct image_vector *icon = right ? y->figure->hub_icon_second : y->figure->hub_icon;
    int hue = core_hue(y, right);
    double gap = chart_length(c, "cycle", "core-gap") / 2, x = cx + (right ? gap : -gap), way = right ? 1 : -1;
    double foot = 0.36 * r;                /* below the middle: where the dark part begins */
    const struct design_colour *deep = chart_colour(c, "deep", hue);
    struct path half = PATH_EMPTY;
    half_path(&half, x, cy, r, right);
    display_fill(page, &half, icon ? chart_colour(c, "light", hue) : chart_colour(c, "main", hue));
    if (icon) {
        display_push_clip(page, &half);
        draw_core_art(y, page, icon, x + way * r * 0.43, cy + foot, r, hue);
        display_add_rect(page, (struct rect){ cx - r - gap, cy + foot, 2 * (r + gap), r }, deep);
        display_pop(page);
    }
    path_free(&half);
    if (!words || !*words)
        return;
    if (icon)
        put_core_words(y, page, words, x + way * r * 0.42, cy + foot + r * 0.19, r * 0.78, r * 0.34, deep);
    else
        put_core_words(y, page, words, x + way * r * 0.43, cy, r * 0.78, r * 0.9, chart_colour(c, "main", hue));
}

static void draw_core(const struct cycle *y, struct display_page *page, double cx, double cy, double r)
{
    const struct chart_context *c = y->context;
    const struct chart_illustration *f = y->figure;
    if (f->hub_second && *f->hub_second) {
        draw_half(y, page, false, cx, cy, r);
        draw_half(y, page, true, cx, cy, r);
    } else if ((f->hub && *f->hub) || f->hub_icon) {
        const struct design_colour *ground = chart_colour(c, "main", f->hue);
        const struct design_colour *tint = f->hub_icon ? chart_colour(c, "tint", f->hue) : ground;
        chart_fill_disc(page, cx, cy, r, tint);
        chart_put_icon(c, page, f->hub_icon, cx, cy - r * (f->hub ? 0.25 : 0), r * 0.8, f->hue);
        if (f->hub && *f->hub)
            put_core_words(y, page, f->hub, cx, cy + (f->hub_icon ? r * 0.42 : 0), r * 1.36,
                           r * (f->hub_icon ? 0.5 : 1.1), tint);
    }
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct cycle *y = data;
    const struct chart_context *c = y->context;
    measure(y, (struct layout_size){ frame.width, 0 });
    double left = frame.x + (frame.width - y->size.width) / 2, cx = left + y->cx, cy = frame.y + y->cy;
    double free = y->mode == BESIDE ? y->radius - disc_of(y) : y->radius - y->ring;
    double core = fmin(y->radius * chart_number(c, "cycle", "core"), free - 4 * MM);
    if (y->mode == BESIDE)
        draw_beside(y, page, left, cx, cy);
    else
        draw_ring(y, page, cx, cy);
    if (core > 6 * MM)
        draw_core(y, page, cx, cy, core);
    if (y->key)
        chart_key_draw(y->key, page, left, cy + y->radius + 4 * MM);
}

static void outline(void *data, struct rect frame, struct path *out)
{
    struct cycle *y = data;
    measure(y, (struct layout_size){ frame.width, 0 });
    if (y->mode == ON_RING)
        path_circle(out, frame.x + frame.width / 2, frame.y + y->cy, y->radius);
    else
        path_rect(out, frame);
}

struct layout_drawing *chart_cycle(const struct chart_illustration *figure)
{
    if (chart_chosen(figure->context, "cycle", "shape", "square"))
        return chart_tiles(figure, true);
    struct cycle *y = arena_new_of(figure->context->arena, struct cycle);
    y->context = figure->context;
    y->figure = chart_illustration_copy(figure);
    return chart_drawing(figure->context, y, measure, draw, outline);
}
