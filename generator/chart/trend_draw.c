/* A panel of a trend chart on the page: grid, lines, target, forecast, labels. */
#include "chart/trend.h"

#include <math.h>
#include <stdlib.h>

#include "chart/place.h"

struct plot {
    struct rect area;
    const struct chart_trend_panel *panel;
};

static struct point point_at(const struct chart_trend *t, const struct plot *plot, const struct chart_number *n)
{
    double up = chart_scale_place(&plot->panel->scale, n->value, plot->area.height);
    return (struct point){ plot->area.x + chart_trend_place(t, n->period, plot->area.width),
                           plot->area.y + plot->area.height - up };
}

static int compare_ends(const void *a, const void *b)
{
    double x = ((const struct chart_trend_label *)a)->at.y, y = ((const struct chart_trend_label *)b)->at.y;
    return x < y ? -1 : x > y;
}

static void draw_grid(const struct chart_trend *t, struct display_page *page, const struct plot *plot, double left)
{
    const struct chart_context *c = t->context;
    const struct chart_trend_panel *p = plot->panel;
    const struct design_style *style = chart_style(c, "axis");
    const struct design_colour *grey = chart_colour(c, "grey", 0), *rule = chart_colour(c, "rule", 0);
    double cap = chart_cap_height(c, style), bottom = plot->area.y + plot->area.height;
    for (int i = 0; i < p->scale.ticks; i++) {
        struct decimal tick = chart_scale_tick(&p->scale, i);
        double y = bottom - chart_scale_place(&p->scale, tick, plot->area.height);
        bool base = i == 0 || decimal_sign(tick) == 0;
        chart_line(page, plot->area.x, y, plot->area.x + plot->area.width, y, base ? grey : rule,
                   chart_length(c, "chart", base ? "axis" : "grid"), 0);
        if (left > CHART_TREND_NO_TICKS)
            chart_put_line(c, page, style, grey, chart_trend_tick(t, p, i), plot->area.x - 2.2 * MM, y + cap / 2,
                           DESIGN_END);
    }
    if (p->scale.cut)
        chart_cut_mark(page, plot->area.x, bottom - 5, true, grey);
}

/* As many period names as do not touch; first and last before all others. */
static void draw_periods(const struct chart_trend *t, struct display_page *page, const struct plot *plot, double left,
                         double right)
{
    const struct chart_context *c = t->context;
    const struct design_style *style = chart_style(c, "axis");
    const struct design_colour *grey = chart_colour(c, "grey", 0);
    double y = plot->area.y + plot->area.height + 2.6 * MM + chart_cap_height(c, style),
           free = -CHART_UNLIMITED, end = 0;
    for (size_t step = 0; step < t->period_count; step++) {
        size_t i = step;
        const char *text = t->periods[i].text;
        double half = chart_width(c, style, text) / 2,
               x = plot->area.x + chart_trend_place(t, text, plot->area.width);
        x = fmax(fmin(x, right - half), left + half);
        if (i == 0) {
            const char *last = t->periods[t->period_count - 1].text;
            double last_half = chart_width(c, style, last) / 2;
            double last_x = fmin(plot->area.x + chart_trend_place(t, last, plot->area.width), right - last_half);
            end = t->period_count > 1 ? last_x - last_half - 4 : CHART_UNLIMITED;
        }
        bool is_last = i + 1 == t->period_count;
        if ((x - half < free || (!is_last && x + half > end)) && !is_last)
            continue;
        if (is_last && x - half < free)
            break;
        chart_put_line(c, page, style, grey, text, x, y, DESIGN_CENTRE);
        free = x + half + 4;
    }
}

static void draw_forecast(const struct chart_trend *t, struct display_page *page, const struct plot *plot,
                          const struct chart_indicator *in)
{
    const struct chart_context *c = t->context;
    const struct chart_number *last = chart_trend_last(in);
    if (!last || !in->forecast.present)
        return;
    struct point from = point_at(t, plot, last), to = point_at(t, plot, &in->forecast);
    const struct design_colour *main = chart_colour(c, "main", in->hue);
    if (in->target.present) {
        /* Between the two: what the effort is to prevent, or what it is to win. */
        struct point goal = point_at(t, plot, &in->target);
        struct path area = PATH_EMPTY;
        path_move(&area, from.x, from.y);
        path_line(&area, to.x, to.y);
        path_line(&area, goal.x, goal.y);
        path_close(&area);
        chart_hatch(page, &area, main, 3, 0.6);
        path_free(&area);
    }
    chart_dashed_line(page, from.x, from.y, to.x, to.y, main, 1.4, 3, 2);
}

static void draw_dot(const struct chart_trend *t, struct display_page *page, struct point at, double size, bool open,
                     const struct design_colour *colour)
{
    const struct chart_context *c = t->context;
    const struct design_colour *paper = chart_colour(c, "paper", 0);
    bool square = chart_chosen(c, "chart", "shape", "square"), before = page->meaning;
    for (int ring = 0; ring < 2 + open; ring++) {
        double r = size / 2 + 0.9 - ring * (ring == 2 ? 1.25 : 0.9);
        const struct design_colour *fill = ring == 1 ? colour : paper;
        chart_meaning(page, ring == 1);
        if (square)
            display_add_rect(page, (struct rect){ at.x - r, at.y - r, 2 * r, 2 * r }, fill);
        else
            chart_fill_disc(page, at.x, at.y, r, fill);
    }
    chart_meaning(page, before);
}

/* The line of what has been, broken where a figure is missing. */
static void draw_series(const struct chart_trend *t, struct display_page *page, const struct plot *plot,
                        const struct chart_indicator *in, bool strong)
{
    const struct design_colour *main = chart_colour(t->context, "main", in->hue);
    struct point *run = mem_alloc((in->series_count + 1) * sizeof *run);
    size_t n = 0, total = 0;
    for (size_t k = 0; k < in->series_count; k++) {
        if (in->series[k].present) {
            run[n++] = point_at(t, plot, &in->series[k]);
            total++;
            continue;
        }
        chart_polyline(page, run, n, main, strong ? 2 : 1.5);
        n = 0;
    }
    chart_polyline(page, run, n, main, strong ? 2 : 1.5);
    for (size_t k = 0; k < in->series_count; k++)
        if (in->series[k].present && (total <= 14 || k + 1 == in->series_count))
            draw_dot(t, page, point_at(t, plot, &in->series[k]), strong ? 5 : 4, false, main);
    mem_free(run);
    const struct chart_number *last = chart_trend_last(in);
    if (last && total == 0)
        draw_dot(t, page, point_at(t, plot, last), 5, false, main);
}

static void draw_target(const struct chart_trend *t, struct display_page *page, const struct plot *plot,
                        const struct chart_indicator *in)
{
    const struct chart_context *c = t->context;
    if (!in->target.present)
        return;
    struct point at = point_at(t, plot, &in->target);
    const struct chart_number *last = chart_trend_last(in);
    if (last) {
        struct point from = point_at(t, plot, last);
        chart_line(page, from.x, from.y, at.x, at.y, chart_colour(c, "main", in->hue), 1, 0);
    }
    double half = t->tiny ? 2.6 : 5.5;
    display_add_rect(page, (struct rect){ at.x - 1.2, at.y - half, 2.4, 2 * half },
                     chart_colour(c, "deep", in->hue));
}

/* First and last figure of a line get their value, the highest and lowest too where it stands alone. */
static void label_points(const struct chart_trend *t, struct display_page *page, const struct plot *plot,
                         struct chart_placer *placer, const struct chart_indicator *in, bool alone)
{
    const struct chart_context *c = t->context;
    const struct design_style *style = chart_style(c, "figure-label");
    const struct chart_number *picked[4] = { NULL };
    for (size_t k = 0; k < in->series_count; k++) {
        const struct chart_number *n = &in->series[k];
        if (!n->present)
            continue;
        picked[0] = picked[0] ? picked[0] : n;
        picked[1] = n;
        if (!alone)
            continue;
        if (!picked[2] || decimal_compare(n->value, picked[2]->value) > 0)
            picked[2] = n;
        if (!picked[3] || decimal_compare(n->value, picked[3]->value) < 0)
            picked[3] = n;
    }
    if (!picked[0])
        picked[0] = chart_trend_last(in);
    for (size_t k = 0; k < 4; k++) {
        bool told = !picked[k];
        for (size_t b = 0; b < k && !told; b++)
            told = picked[b] == picked[k];
        if (told)
            continue;
        const char *text = chart_trend_value(t, in, picked[k]);
        double cap = chart_cap_height(c, style);
        struct layout_size size = { chart_width(c, style, text) + 2, cap + 2 };
        struct point at = point_at(t, plot, picked[k]);
        bool leader;
        struct rect box = chart_placer_find_at(placer, at, 5, size, k == 3 ? "sn" : "ns", text, &leader);
        if (box.width < 0)
            continue;
        if (leader)
            chart_leader(page, box, at, 3, chart_colour(c, "grey", 0));
        chart_put_line(c, page, style, chart_colour(c, "deep", in->hue), text, box.x + 1, box.y + cap + 1,
                       DESIGN_START);
    }
}

/* Lines are in the way of labels: boxes along them. */
static void take_line(struct chart_placer *placer, struct point a, struct point b)
{
    int steps = (int)fmax(1, ceil(hypot(b.x - a.x, b.y - a.y) / 4));
    for (int i = 0; i <= steps; i++) {
        double share = (double)i / steps;
        chart_placer_take(placer, (struct rect){ a.x + (b.x - a.x) * share - 1.2,
                                                 a.y + (b.y - a.y) * share - 1.2, 2.4, 2.4 });
    }
}

static void take_lines(const struct chart_trend *t, const struct plot *plot, struct chart_placer *placer)
{
    for (size_t i = 0; i < plot->panel->line_count; i++) {
        const struct chart_indicator *in = plot->panel->lines[i];
        const struct chart_number *before = NULL, *last = chart_trend_last(in);
        for (size_t k = 0; k < in->series_count; k++) {
            const struct chart_number *n = in->series[k].present ? &in->series[k] : NULL;
            if (before && n)
                take_line(placer, point_at(t, plot, before), point_at(t, plot, n));
            before = n;
        }
        if (last && in->target.present)
            take_line(placer, point_at(t, plot, last), point_at(t, plot, &in->target));
        if (last && in->forecast.present)
            take_line(placer, point_at(t, plot, last), point_at(t, plot, &in->forecast));
    }
}

static void draw_end_labels(const struct chart_trend *t, struct display_page *page, const struct plot *plot,
                            double right)
{
    size_t n = plot->panel->end_count;
    struct chart_trend_label *ends = arena_copy(page->arena, plot->panel->ends, (n + 1) * sizeof *ends);
    for (size_t i = 0; i < n; i++)
        ends[i].at = point_at(t, plot, ends[i].number);
    const struct chart_context *c = t->context;
    double *centres = mem_alloc((n + 1) * sizeof *centres), *heights = mem_alloc((n + 1) * sizeof *heights);
    qsort(ends, n, sizeof *ends, compare_ends);
    for (size_t i = 0; i < n; i++) {
        heights[i] = chart_label_height(&ends[i].label);
        centres[i] = ends[i].at.y;
    }
    chart_spread(centres, heights, n, CHART_TREND_GAP, plot->area.y - CHART_TREND_HEAD, plot->area.y + plot->area.height);
    double x = plot->area.x + plot->area.width + 4 * MM;
    for (size_t i = 0; i < n; i++) {
        if (fabs(centres[i] - ends[i].at.y) > 3 || ends[i].at.x < x - 5 * MM)
            chart_line(page, ends[i].at.x + 4, ends[i].at.y, x - 1.5, centres[i], chart_colour(c, "grey", 0),
                       0.5, 0);
        chart_put(page, &ends[i].label, x, centres[i] - heights[i] / 2, right - x, DESIGN_START);
    }
    mem_free(centres);
    mem_free(heights);
}

static void draw_lines(const struct chart_trend *t, struct display_page *page, const struct plot *plot)
{
    const struct chart_trend_panel *p = plot->panel;
    bool before = chart_meaning(page, true);
    for (size_t i = 0; i < p->line_count; i++)
        draw_forecast(t, page, plot, p->lines[i]);
    for (size_t i = 0; i < p->line_count; i++) {
        const struct chart_indicator *in = p->lines[i];
        draw_target(t, page, plot, in);
        draw_series(t, page, plot, in, p->line_count == 1);
        if (in->forecast.present)
            draw_dot(t, page, point_at(t, plot, &in->forecast), 5, true,
                     chart_colour(t->context, "main", in->hue));
    }
    chart_meaning(page, before);
}

/* A panel of dozens: the line, its target or last figure. */
static void draw_tiny(const struct chart_trend *t, struct display_page *page, const struct chart_trend_panel *p,
                      struct rect frame)
{
    const struct chart_number *told = chart_trend_told(p->lines[0]);
    double title = chart_label_height(&p->title) + 4, foot_line = frame.y + frame.height - 1;
    struct plot plot = { { frame.x + 3, frame.y + title, fmax(1, frame.width - p->words.width - 14),
                           frame.height - title - 3 },
                         p };
    chart_line(page, frame.x, foot_line, plot.area.x + plot.area.width, foot_line,
               chart_colour(t->context, "rule", 0), 0.5, 0);
    draw_lines(t, page, &plot);
    double y = told ? point_at(t, &plot, told).y : frame.y + title + 8, height = chart_label_height(&p->words);
    y = fmax(fmin(y - height / 2, frame.y + frame.height - height), frame.y + title);
    chart_put(page, &p->words, frame.x + frame.width - p->words.width, y, p->words.width, DESIGN_START);
}

void chart_trend_draw(const struct chart_trend *t, struct display_page *page, const struct chart_trend_panel *p, struct rect frame)
{
    const struct chart_context *c = t->context;
    double title = p->alone ? chart_label_height(&p->title) : 0, right = frame.x + frame.width;
    if (p->alone)
        chart_put(page, &p->title, frame.x, frame.y, frame.width, DESIGN_START);
    if (!chart_trend_has_lines(p)) {                   /* no empty axes */
        chart_put(page, &p->words, frame.x, frame.y + (p->alone ? title + 6 : 0), frame.width, DESIGN_START);
        return;
    }
    if (t->tiny && p->alone) {
        draw_tiny(t, page, p, frame);
        return;
    }
    double left = chart_trend_axis_room(t, p, frame.width), ends_width = p->end_count ? p->ends_width + 4 * MM : 4 * MM;
    struct plot plot = { { frame.x + left, frame.y + title + CHART_TREND_HEAD, fmax(1, frame.width - left - ends_width),
                           fmax(1, frame.height - title - CHART_TREND_HEAD - CHART_TREND_FOOT) },
                         p };
    draw_grid(t, page, &plot, left);
    draw_periods(t, page, &plot, frame.x, right);
    draw_lines(t, page, &plot);
    struct chart_placer placer = chart_placer_new(
        c, (struct rect){ plot.area.x, frame.y + title, plot.area.width + 3 * MM, plot.area.height + CHART_TREND_HEAD },
        t->chart->id, t->chart->at);
    take_lines(t, &plot, &placer);
    for (size_t i = 0; i < p->line_count; i++)
        label_points(t, page, &plot, &placer, p->lines[i], p->line_count == 1);
    draw_end_labels(t, page, &plot, right);
}
