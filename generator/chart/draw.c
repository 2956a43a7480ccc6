/* The small shapes of which charts and illustrations are made. */
#include "chart/draw.h"

#include <math.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

bool chart_meaning(struct display_page *page, bool meaning)
{
    bool before = page->meaning;
    page->meaning = meaning;
    return before;
}

void chart_sector(struct path *path, double cx, double cy, double inner, double outer, double from, double to)
{
    path_arc(path, cx, cy, outer, from, to, false);
    if (inner > 0)
        path_arc(path, cx, cy, inner, to, from, true);
    else
        path_line(path, cx, cy);
    path_close(path);
}

void chart_fill_disc(struct display_page *page, double cx, double cy, double r,
                     const struct design_colour *colour)
{
    struct path path = PATH_EMPTY;
    path_circle(&path, cx, cy, r);
    display_fill(page, &path, colour);
    path_free(&path);
}

void chart_stroke_disc(struct display_page *page, double cx, double cy, double r,
                       const struct design_colour *colour, double width)
{
    struct path path = PATH_EMPTY;
    path_circle(&path, cx, cy, r);
    display_stroke(page, &path, colour, width);
    path_free(&path);
}

static struct display_stroke solid_stroke(const struct design_colour *colour, double width, int cap)
{
    return (struct display_stroke){ .paint = { .kind = DISPLAY_SOLID, .colour = colour, .opacity = 1 },
                                    .width = width,
                                    .cap = cap,
                                    .join = cap };
}

void chart_line(struct display_page *page, double x1, double y1, double x2, double y2,
                const struct design_colour *colour, double width, int cap)
{
    struct path path = PATH_EMPTY;
    path_move(&path, x1, y1);
    path_line(&path, x2, y2);
    struct display_stroke stroke = solid_stroke(colour, width, cap);
    display_add_path(page, &path, NULL, &stroke);
    path_free(&path);
}

void chart_dashed_line(struct display_page *page, double x1, double y1, double x2, double y2,
                       const struct design_colour *colour, double width, double on, double off)
{
    struct path path = PATH_EMPTY;
    path_move(&path, x1, y1);
    path_line(&path, x2, y2);
    struct display_stroke stroke = solid_stroke(colour, width, 0);
    stroke.dash[0] = on;
    stroke.dash[1] = off;
    stroke.dash_count = 2;
    display_add_path(page, &path, NULL, &stroke);
    path_free(&path);
}

void chart_polyline(struct display_page *page, const struct point *points, size_t n,
                    const struct design_colour *colour, double width)
{
    if (n < 2)
        return;
    struct path path = PATH_EMPTY;
    path_move(&path, points[0].x, points[0].y);
    for (size_t i = 1; i < n; i++)
        path_line(&path, points[i].x, points[i].y);
    struct display_stroke stroke = solid_stroke(colour, width, 1);
    display_add_path(page, &path, NULL, &stroke);
    path_free(&path);
}

void chart_tick(struct display_page *page, double cx, double cy, double r, const struct design_colour *colour)
{
    /* The long arm is twice the short one; the mark's weight, not its box, stands in the middle of the disc. */
    struct point points[] = { { cx - 0.44 * r, cy + 0.05 * r },
                              { cx - 0.11 * r, cy + 0.37 * r },
                              { cx + 0.46 * r, cy - 0.32 * r } };
    chart_polyline(page, points, 3, colour, 0.24 * r);
}

void chart_hatch(struct display_page *page, const struct path *clip, const struct design_colour *colour,
                 double pitch, double width)
{
    struct rect box = path_bounds(clip);
    if (box.width <= 0 || box.height <= 0 || pitch <= 0)
        return;
    double step = pitch * sqrt(2);         /* along x, for `pitch` across the lines */
    double first = floor((box.x - box.height) / step) * step;
    struct path lines = PATH_EMPTY;
    /* Counted from the page's edge, not the shape's, so that neighbouring shapes hatch in one grain. */
    for (double x = first; x < box.x + box.width; x += step) {
        path_move(&lines, x, box.y + box.height);
        path_line(&lines, x + box.height, box.y);
    }
    display_push_clip(page, clip);
    struct display_stroke stroke = solid_stroke(colour, width, 0);
    display_add_path(page, &lines, NULL, &stroke);
    display_pop(page);
    path_free(&lines);
}

void chart_cut_mark(struct display_page *page, double x, double y, bool vertical,
                    const struct design_colour *colour)
{
    static const double long_way = 3.4, short_way = 1.5, apart = 2.6;
    for (int i = 0; i < 2; i++) {
        double shift = (i - 0.5) * apart;
        if (vertical)
            chart_line(page, x - long_way, y + short_way + shift, x + long_way, y - short_way + shift, colour,
                       0.8, 0);
        else
            chart_line(page, x - short_way + shift, y - long_way, x + short_way + shift, y + long_way, colour,
                       0.8, 0);
    }
}

void chart_arrow(struct display_page *page, double x, double y, int way, bool vertical, double size,
                 const struct design_colour *colour)
{
    double along = way * size, across = size * 0.55;
    struct path path = PATH_EMPTY;
    if (vertical) {
        path_move(&path, x, y - along);
        path_line(&path, x - across, y);
        path_line(&path, x + across, y);
    } else {
        path_move(&path, x + along, y);
        path_line(&path, x, y - across);
        path_line(&path, x, y + across);
    }
    path_close(&path);
    display_fill(page, &path, colour);
    path_free(&path);
}

void chart_put_icon(const struct chart_context *c, struct display_page *page, const struct image_vector *icon,
                    double cx, double cy, double size, int hue)
{
    if (!icon || icon->width <= 0 || icon->height <= 0)
        return;
    const struct display_symbol *symbol = display_symbol_of(c->document, icon, hue, c->area_count);
    double scale = size / fmax(icon->width, icon->height);
    struct affine place =
        affine_multiply(affine_scale(scale, scale),
                        affine_translate(cx - icon->width * scale / 2, cy - icon->height * scale / 2));
    display_add_symbol(page, symbol, place);
}

void chart_put_icon_on(const struct chart_context *c, struct display_page *page,
                       const struct image_vector *icon, double cx, double cy, double size, int hue,
                       const struct design_colour *ground)
{
    if (ground && ground == design_lookup_colour(c->design, "ground")) {
        chart_put_icon(c, page, icon, cx, cy, size, DISPLAY_ON_GROUND);
        return;
    }
    if (ground && ground == chart_colour(c, "tile", hue) && ground != chart_colour(c, "main", hue)) {
        chart_put_icon(c, page, icon, cx, cy, size, hue + DISPLAY_ON_TILE);
        return;
    }
    bool dark = ground && design_contrast(chart_colour(c, "deep", hue), ground, false) < 3;
    chart_put_icon(c, page, icon, cx, cy, size, dark ? hue + DISPLAY_ON_MAIN : hue);
}

/* ---- marks of states ---------------------------------------------------------------------------------------------- */
static void draw_half_disc(struct display_page *page, double cx, double cy, double r,
                           const struct design_colour *ink)
{
    struct path half = PATH_EMPTY;
    path_arc(&half, cx, cy, r * 0.9, -pi / 2, pi / 2, false);
    path_close(&half);
    display_fill(page, &half, ink);
    path_free(&half);
    chart_stroke_disc(page, cx, cy, r * 0.92, ink, r * 0.16);
}

static void draw_diamond(struct display_page *page, double cx, double cy, double r,
                         const struct design_colour *ink)
{
    double reach = r * 1.12;               /* as heavy to the eye as a disc of radius r */
    struct path path = PATH_EMPTY;
    path_move(&path, cx, cy - reach);
    path_line(&path, cx + reach, cy);
    path_line(&path, cx, cy + reach);
    path_line(&path, cx - reach, cy);
    path_close(&path);
    struct display_stroke stroke = solid_stroke(ink, r * 0.18, 1);
    display_add_path(page, &path, NULL, &stroke);
    path_free(&path);
    chart_line(page, cx - r * 0.38, cy, cx + r * 0.38, cy, ink, r * 0.2, 1);
}

static void draw_dashed_ring(struct display_page *page, double cx, double cy, double r,
                             const struct design_colour *ink)
{
    /* Arcs rather than a dash pattern: eight equal ones at every size, none cut where the circle closes. */
    for (int i = 0; i < 8; i++) {
        struct path arc = PATH_EMPTY;
        path_arc(&arc, cx, cy, r * 0.92, i * pi / 4 - 0.24, i * pi / 4 + 0.24, false);
        struct display_stroke stroke = solid_stroke(ink, r * 0.18, 0);
        display_add_path(page, &arc, NULL, &stroke);
        path_free(&arc);
    }
}

static void draw_card(struct display_page *page, double cx, double cy, double r,
                      const struct design_colour *ink)
{
    double corner = r * 0.36, half = r * 0.78;
    struct path path = PATH_EMPTY;
    path_round_rect(&path, (struct rect){ cx - r, cy - half, 2 * r, 2 * half },
                    (double[4]){ corner, corner, corner, corner });
    struct display_stroke stroke = solid_stroke(ink, r * 0.18, 1);
    display_add_path(page, &path, NULL, &stroke);
    path_free(&path);
    chart_line(page, cx - r * 0.5, cy - r * 0.22, cx + r * 0.5, cy - r * 0.22, ink, r * 0.17, 1);
    chart_line(page, cx - r * 0.5, cy + r * 0.25, cx + r * 0.15, cy + r * 0.25, ink, r * 0.17, 1);
}

void chart_draw_status(const struct chart_context *c, struct display_page *page, enum chart_status status,
                       int hue, double cx, double cy, double size)
{
    const struct design_colour *ink = chart_colour(c, "deep", hue);
    double r = size / 2 / 1.2;             /* the diamond's points reach beyond the discs */
    bool before = chart_meaning(page, true);
    switch (status) {
    case CHART_REACHED:
        chart_fill_disc(page, cx, cy, r, ink);
        chart_tick(page, cx, cy, r, chart_on(c, ink));
        break;
    case CHART_ON_THE_WAY:
        draw_half_disc(page, cx, cy, r, ink);
        break;
    case CHART_NOT_REACHED:
        draw_diamond(page, cx, cy, r, ink);
        break;
    case CHART_NOT_MEASURED:
        draw_dashed_ring(page, cx, cy, r, ink);
        break;
    case CHART_NO_TARGET:
        draw_card(page, cx, cy, r, ink);
        break;
    }
    chart_meaning(page, before);
}

/* ---- making a drawing --------------------------------------------------------------------------------------------- */
struct layout_drawing *chart_drawing(const struct chart_context *c, void *data,
                                     struct layout_size (*measure)(void *, struct layout_size),
                                     void (*draw)(void *, struct display_page *, struct rect),
                                     void (*outline)(void *, struct rect, struct path *))
{
    struct layout_drawing *drawing = arena_new_of(c->arena, struct layout_drawing);
    *drawing = (struct layout_drawing){ .data = data, .measure = measure, .draw = draw, .outline = outline };
    return drawing;
}

static void *copy_array(struct arena *arena, const void *items, size_t size)
{
    return items && size ? arena_copy(arena, items, size) : NULL;
}

struct chart_illustration *chart_illustration_copy(const struct chart_illustration *from)
{
    struct arena *arena = from->context->arena;
    struct chart_illustration *to = arena_copy(arena, from, sizeof *from);
    to->stations = copy_array(arena, from->stations, from->count * sizeof *from->stations);
    to->rows = copy_array(arena, from->rows, from->row_count * sizeof *from->rows);
    to->cells = copy_array(arena, from->cells, from->row_count * from->count * sizeof *from->cells);
    return to;
}

struct chart_chart *chart_chart_copy(const struct chart_chart *from)
{
    struct arena *arena = from->context->arena;
    struct chart_chart *to = arena_copy(arena, from, sizeof *from);
    struct chart_indicator *indicators =
        copy_array(arena, from->indicators, from->count * sizeof *from->indicators);
    for (size_t i = 0; i < from->count; i++)
        indicators[i].series = copy_array(arena, indicators[i].series,
                                          indicators[i].series_count * sizeof *indicators[i].series);
    to->indicators = indicators;
    return to;
}
