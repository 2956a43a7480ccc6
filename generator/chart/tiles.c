/* Wheel and cycle in squares: the same stations as tiles in rows. A wheel's tiles stand below a bar with its hub; a
   cycle's go along the top and back along the bottom, clockwise, round a bar with its core. */
#include <math.h>

#include "chart/draw.h"

struct tile {
    const struct chart_station *station;
    const struct design_colour *ground;
    struct rect frame;                     /* from the drawing's corner */
    struct text_label label;
};

struct tiles {
    const struct chart_context *context;
    const struct chart_illustration *figure;
    bool round;                            /* a cycle */
    struct tile *tiles;
    double padding, gap, icon;             /* between tiles; of an icon, 0: there are none */
    struct layout_size room, size;         /* that it was set for; of everything */
    struct rect hub;
    struct text_label words[2];            /* of the hub */
};

static const double art_share = 0.42;      /* of half a core, at most, for its drawing */

static bool has_hub(const struct tiles *t)
{
    const struct chart_illustration *f = t->figure;
    return (f->hub && *f->hub) || (f->hub_second && *f->hub_second) || f->hub_icon;
}

static bool is_halved(const struct tiles *t)
{
    return t->figure->hub_second && *t->figure->hub_second;
}

static double icon_size(const struct tiles *t)
{
    for (size_t i = 0; i < t->figure->count; i++)
        if (t->figure->stations[i].icon)
            return chart_length(t->context, "tiles", t->round ? "step-icon" : "icon");
    return 0;
}

static const struct design_colour *ground_of(const struct tiles *t, const struct chart_station *s)
{
    if (s->highlighted)
        return chart_colour(t->context, "main", s->hue);
    if (t->round)
        return chart_colour(t->context, s->hue ? "main" : "ground", s->hue);
    return s->hue ? chart_colour(t->context, "tint", s->hue) : chart_colour(t->context, "field-deep", 0);
}

/* ---- setting ------------------------------------------------------------------------------------------------------ */
static const struct design_style *tile_style(const struct tiles *t)
{
    const struct design_style *style = chart_style(t->context, "figure-label");
    return chart_style_at(t->context, style, style->size * chart_number(t->context, "tiles", t->round ? "step-text" : "text"));
}

/* One row of tiles that fills the width; gives its height. `back`: from right to left. */
static double set_row(struct tiles *t, size_t first, size_t count, double y, double width, double least, bool back)
{
    double each = (width - t->gap * (double)(count - 1)) / (double)count, height = least;
    for (size_t i = 0; i < count; i++) {
        struct tile *tile = &t->tiles[first + i];
        size_t place = back ? count - 1 - i : i;
        struct chart_text text = chart_text_new(t->context, tile_style(t), chart_on(t->context, tile->ground),
                                                tile->station->label, tile->station->at);
        chart_text_fit(&text, each - 2 * t->padding, CHART_UNLIMITED, &tile->label);
        tile->frame = (struct rect){ (double)place * (each + t->gap), y, each, 0 };
        double icon = tile->station->icon ? t->icon + t->padding * 0.7 : 0;
        height = fmax(height, 2 * t->padding + icon + chart_label_height(&tile->label));
    }
    for (size_t i = 0; i < count; i++)
        t->tiles[first + i].frame.height = height;
    return height;
}

static struct text_label hub_label(const struct tiles *t, const char *words, const struct design_colour *ground, double width)
{
    const struct chart_context *c = t->context;
    struct text_label label = { 0 };
    const struct design_style *style = chart_style(c, "figure-label");
    style = chart_style_at(c, style, style->size * chart_number(c, "tiles", "hub-text"));
    if (!words || !*words)
        return label;
    struct chart_text text = chart_text_new(c, style, chart_on(c, ground), words, t->figure->at);
    chart_text_fit(&text, width, CHART_UNLIMITED, &label);
    return label;
}

static int half_hue(const struct tiles *t, int half)
{
    return (int)chart_number(t->context, "cycle", half ? "hub-second-hue" : "hub-hue");
}

static const struct design_colour *half_ground(const struct tiles *t, int half)
{
    int hue = is_halved(t) ? half_hue(t, half) : t->figure->hue;
    return chart_colour(t->context, hue ? "main" : "ground", hue);
}

static const struct image_vector *half_art(const struct tiles *t, int half)
{
    return half ? t->figure->hub_icon_second : t->figure->hub_icon;
}

/* The bar with the hub's words; two halves side by side have room for a drawing each. */
static double set_hub(struct tiles *t, double x, double y, double width)
{
    int halves = is_halved(t) ? 2 : 1;
    double each = halves == 2 ? (width - t->gap) / 2 : width, height = chart_length(t->context, "tiles", "hub");
    for (int i = 0; i < halves; i++)
        if (half_art(t, i))
            height = chart_length(t->context, "tiles", "hub-art");
    for (int i = 0; i < halves; i++) {
        double art = half_art(t, i) ? fmin(height, each * art_share) : 0;
        t->words[i] = hub_label(t, i ? t->figure->hub_second : t->figure->hub, half_ground(t, i), each - art - 2 * t->padding);
        height = fmax(height, chart_label_height(&t->words[i]) + 2 * t->padding);
    }
    t->hub = (struct rect){ x, y, width, height };
    return height;
}

static size_t tiles_across(const struct tiles *t, double width)
{
    double most = floor((width + t->gap) / (chart_length(t->context, "tiles", "width") + t->gap));
    size_t count = t->figure->count, across = (size_t)fmax(1, most), rows = (count + across - 1) / across;
    return rows ? (count + rows - 1) / rows : 1;
}

static double set_wheel(struct tiles *t, double width, double least)
{
    size_t count = t->figure->count, across = tiles_across(t, width), rows = (count + across - 1) / across, first = 0;
    double y = has_hub(t) ? set_hub(t, 0, 0, width) + t->gap : 0;
    for (size_t row = 0; row < rows; row++) {
        size_t own = (count - first + rows - row - 1) / (rows - row);
        y += set_row(t, first, own, y, width, least, false) + t->gap;
        first += own;
    }
    return y - t->gap;
}

static bool is_narrow(const struct tiles *t, double width)
{
    double top = (double)((t->figure->count + 1) / 2);
    return (width - t->gap * (top - 1)) / top < chart_length(t->context, "tiles", "step-width");
}

/* In a narrow place: down at the right and up again at the left, the core above them. */
static double set_narrow_cycle(struct tiles *t, double width, double least)
{
    size_t count = t->figure->count, down = (count + 1) / 2, up = count - down;
    double y = has_hub(t) ? set_hub(t, 0, 0, width) + t->gap : 0, each = (width - t->gap) / 2, height = least;
    for (size_t i = 0; i < count; i++)
        height = fmax(height, set_row(t, i, 1, y, each, least, false));
    double whole = (double)down * (height + t->gap) - t->gap;
    double left = up ? (whole - t->gap * (double)(up - 1)) / (double)up : 0;
    for (size_t i = 0; i < count; i++) {
        double row = i < down ? (double)i : (double)(count - 1 - i), own = i < down ? height : left;
        t->tiles[i].frame = (struct rect){ i < down ? each + t->gap : 0, y + row * (own + t->gap), each, own };
    }
    return y + whole;
}

static double set_cycle(struct tiles *t, double width, double least)
{
    size_t count = t->figure->count, top = (count + 1) / 2;
    if (count > 1 && is_narrow(t, width))
        return set_narrow_cycle(t, width, least);
    double y = top ? set_row(t, 0, top, 0, width, least, false) + t->gap : 0, aside = chart_length(t->context, "tiles", "aside");
    if (has_hub(t))
        y += set_hub(t, aside, y, width - 2 * aside) + t->gap;
    else if (count > 1)
        y += chart_length(t->context, "tiles", "hub") + t->gap;
    return count > top ? y + set_row(t, top, count - top, y, width, least, true) : y - t->gap;
}

static double set(struct tiles *t, double width, double least)
{
    return t->round ? set_cycle(t, width, least) : set_wheel(t, width, least);
}

static double rows_of(const struct tiles *t, double width)
{
    size_t across = tiles_across(t, width);
    if (!t->round)
        return (double)((t->figure->count + across - 1) / across);
    return is_narrow(t, width) ? (double)((t->figure->count + 1) / 2) : t->figure->count > 1 ? 2 : 1;
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct tiles *t = data;
    const struct chart_context *c = t->context;
    double width = room.width > 0 ? room.width : 170 * MM, least = chart_length(c, "tiles", "height");
    if (fabs(t->room.width - width) < 0.01 && fabs(t->room.height - room.height) < 0.01)
        return t->size;
    t->room = (struct layout_size){ width, room.height };
    t->padding = chart_length(c, "tiles", "padding");
    t->gap = chart_length(c, "tiles", t->round ? "step" : "gap");
    t->icon = icon_size(t);
    double height = set(t, width, least), rows = rows_of(t, width);
    double wish = room.height > 0 && room.height < t->figure->height ? room.height : t->figure->height;
    for (int i = 0; i < 3 && height < wish - 0.1; i++) {   /* rows that words make higher do not grow at once */
        least += (wish - height) / rows;
        height = set(t, width, least);
    }
    if (room.height > 0 && height > room.height)           /* no taller than their words */
        height = set(t, width, 0);
    t->size = (struct layout_size){ width, height };
    return t->size;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------ */
static struct rect moved(struct rect r, struct rect frame)
{
    return (struct rect){ r.x + frame.x, r.y + frame.y, r.width, r.height };
}

static void draw_tile(const struct tiles *t, struct display_page *page, const struct tile *tile, struct rect at)
{
    double x = at.x + t->padding, y = at.y + t->padding;
    bool before = chart_meaning(page, tile->station->highlighted);
    display_add_rect(page, at, tile->ground);
    chart_meaning(page, before);
    if (tile->station->icon) {
        chart_put_icon_on(t->context, page, tile->station->icon, x + t->icon / 2, y + t->icon / 2, t->icon,
                          tile->station->hue, tile->ground);
        y += t->icon + t->padding * 0.7;
    }
    chart_put(page, &tile->label, x, y, at.width - 2 * t->padding, DESIGN_START);
}

/* Art stands on the foot of its light square, which cuts it. */
static void draw_half_art(const struct tiles *t, struct display_page *page, int half, struct rect at)
{
    const struct image_vector *art = half_art(t, half);
    struct path square = PATH_EMPTY;
    path_rect(&square, at);
    display_add_rect(page, at, chart_colour(t->context, "light", half_hue(t, half)));
    double scale = fmin(at.width * 0.86 / art->width, at.height * 0.86 / art->height);
    if (art->height > art->width * 1.6)    /* of a tall figure the upper half is seen, like behind a desk */
        scale = at.height * 1.7 / art->height;
    double height = art->height * scale, top = art->height > art->width * 1.6 ? at.y + at.height * 0.12 : at.y + at.height - height;
    display_push_clip(page, &square);
    chart_put_icon(t->context, page, art, at.x + at.width / 2, top + height / 2, fmax(art->width, art->height) * scale,
                   half_hue(t, half));
    display_pop(page);
    path_free(&square);
}

static void draw_hub(const struct tiles *t, struct display_page *page, struct rect hub)
{
    int halves = is_halved(t) ? 2 : 1;
    double each = halves == 2 ? (hub.width - t->gap) / 2 : hub.width;
    for (int i = 0; i < halves; i++) {
        struct rect half = { hub.x + i * (each + t->gap), hub.y, each, hub.height };
        double art = half_art(t, i) ? fmin(hub.height, each * art_share) : 0;
        display_add_rect(page, half, half_ground(t, i));
        if (art > 0)
            draw_half_art(t, page, i, (struct rect){ half.x + each - art, half.y, art, half.height });
        chart_put(page, &t->words[i], half.x + t->padding, half.y + (half.height - chart_label_height(&t->words[i])) / 2,
                  each - art - 2 * t->padding, DESIGN_START);
    }
}

/* Between neighbours side by side. */
static void draw_step_aside(const struct tiles *t, struct display_page *page, struct rect frame, struct rect own,
                            struct rect next, double size, const struct design_colour *colour)
{
    double top = fmax(own.y, next.y), bottom = fmin(own.y + own.height, next.y + next.height);
    bool right = next.x > own.x;
    double base = right ? own.x + own.width + (t->gap - size) / 2 : own.x - (t->gap - size) / 2;
    chart_arrow(page, frame.x + base, frame.y + (top + bottom) / 2, right ? 1 : -1, false, size, colour);
}

/* Between tiles above one another: an arrow in the gap, or past the core at the side. */
static void draw_step_down(const struct tiles *t, struct display_page *page, struct rect frame, struct rect own,
                           struct rect next, double size, const struct design_colour *colour)
{
    bool down = next.y > own.y;
    double way = down ? 1 : -1, from = down ? own.y + own.height : own.y, to = down ? next.y : next.y + next.height;
    double aside = chart_length(t->context, "tiles", "aside") / 2, head = to - way * ((t->gap - size) / 2 + size);
    double x = own.x + own.width / 2;
    if (fabs(to - from) > t->gap + 0.1) {
        x = down ? t->size.width - aside : aside;
        chart_line(page, frame.x + x, frame.y + from + way * (t->gap - size) / 2, frame.x + x, frame.y + head, colour,
                   size * 0.36, 0);
    }
    chart_arrow(page, frame.x + x, frame.y + head, down ? -1 : 1, true, size, colour);
}

/* From tile to tile, clockwise. */
static void draw_steps(const struct tiles *t, struct display_page *page, struct rect frame)
{
    const struct design_colour *colour = chart_colour(t->context, "main", t->figure->hue);
    double size = fmin(t->gap * 0.72, 4 * MM);
    size_t count = t->figure->count;
    bool before = chart_meaning(page, true);
    for (size_t i = 0; i < count && count > 1; i++) {
        struct rect own = t->tiles[i].frame, next = t->tiles[(i + 1) % count].frame;
        bool beside = own.y < next.y + next.height && next.y < own.y + own.height;
        (beside ? draw_step_aside : draw_step_down)(t, page, frame, own, next, size, colour);
    }
    chart_meaning(page, before);
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct tiles *t = data;
    measure(t, (struct layout_size){ frame.width, t->room.height });
    for (size_t i = 0; i < t->figure->count; i++)
        draw_tile(t, page, &t->tiles[i], moved(t->tiles[i].frame, frame));
    if (has_hub(t))
        draw_hub(t, page, moved(t->hub, frame));
    if (t->round)
        draw_steps(t, page, frame);
}

struct layout_drawing *chart_tiles(const struct chart_illustration *figure, bool round)
{
    const struct chart_context *c = figure->context;
    struct tiles *t = arena_new_of(c->arena, struct tiles);
    t->context = c;
    t->figure = chart_illustration_copy(figure);
    t->round = round;
    t->tiles = arena_array(c->arena, struct tile, figure->count + 1);
    for (size_t i = 0; i < figure->count; i++) {
        t->tiles[i].station = &t->figure->stations[i];
        t->tiles[i].ground = ground_of(t, t->tiles[i].station);
    }
    return chart_drawing(c, t, measure, draw, NULL);
}
