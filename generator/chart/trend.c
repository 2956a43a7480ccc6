/* Trends: figures over time, with the target and a hatched forecast at the end. One panel a unit; more than four lines of
   one unit become small multiples with one scale. What is missing is a gap in the line, never zero. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/draw.h"
#include "chart/place.h"
#include "chart/scale.h"

enum { LINES_MOST = 4 };

struct end_label;

struct panel {
    enum text_unit unit;
    const struct chart_indicator **lines;
    size_t line_count;
    struct chart_scale scale;
    bool alone;                            /* a small multiple: its line is named above it */
    struct rect frame;                     /* from the drawing's corner */
    struct text_label title, words;        /* words: instead of a line that has no figures */
    struct end_label *ends;
    size_t end_count;
    double ends_width, ends_height;
};

struct period {
    const char *text;
    double time;                           /* years; NAN: not a date */
};

struct trend {
    const struct chart_context *context;
    const struct chart_chart *chart;
    bool set;
    struct layout_size size;
    struct panel *panels;
    size_t panel_count;
    struct period *periods;
    size_t period_count;
    bool tiny;                             /* so many panels that they have neither axes nor grids */
    bool dated;                            /* places follow the years, else the order */
};

/* ---- time --------------------------------------------------------------------------------------------------------- */
/* "2021", "2021K3", "2021Q3", "2021M05", "2021-05", "2020-2021" (its end). */
static double read_time(const char *text)
{
    char *end;
    if (!text)
        return NAN;
    long year = strtol(text, &end, 10);
    if (end != text + 4 || year < 1000)
        return NAN;
    if (*end == '\0')
        return (double)year;
    char kind = *end++;
    char *rest;
    long part = strtol(end, &rest, 10);
    if (rest == end || *rest)
        return NAN;
    if (kind == 'K' || kind == 'Q')
        return (double)year + (double)(part - 1) / 4;
    if (kind == 'M' || (kind == '-' && part <= 12))
        return (double)year + (double)(part - 1) / 12;
    return kind == '-' && part > year ? (double)part : NAN;
}

static size_t find_period(const struct trend *t, const char *text)
{
    size_t i = 0;
    while (i < t->period_count && strcmp(t->periods[i].text, text) != 0)
        i++;
    return i;
}

static void add_period(struct trend *t, const struct chart_number *n)
{
    const char *text = n->period ? n->period : "";
    if (find_period(t, text) == t->period_count)
        t->periods[t->period_count++] = (struct period){ text, read_time(text) };
}

static int compare_periods(const void *a, const void *b)
{
    double x = ((const struct period *)a)->time, y = ((const struct period *)b)->time;
    return x < y ? -1 : x > y;
}

static void collect_periods(struct trend *t)
{
    size_t most = 1;
    for (size_t i = 0; i < t->chart->count; i++)
        most += t->chart->indicators[i].series_count + 4;
    t->periods = arena_array(t->context->arena, struct period, most);
    for (size_t i = 0; i < t->chart->count; i++) {
        const struct chart_indicator *in = &t->chart->indicators[i];
        const struct chart_number *ends[] = { &in->baseline, &in->actual, &in->target, &in->forecast };
        for (size_t k = 0; k < in->series_count; k++)
            add_period(t, &in->series[k]);
        for (size_t k = 0; k < 4; k++)
            if (ends[k]->present)
                add_period(t, ends[k]);
    }
    t->dated = t->period_count > 0;
    for (size_t i = 0; i < t->period_count; i++)
        t->dated &= !isnan(t->periods[i].time);
    if (t->dated)
        qsort(t->periods, t->period_count, sizeof *t->periods, compare_periods);
}

static double place_period(const struct trend *t, const char *text, double width)
{
    size_t i = find_period(t, text ? text : "");
    if (t->period_count < 2)
        return width / 2;
    if (!t->dated)
        return width * (double)i / (double)(t->period_count - 1);
    double first = t->periods[0].time, last = t->periods[t->period_count - 1].time;
    return width * (t->periods[i].time - first) / (last - first);
}

/* The last figure that is not a plan: where target and forecast begin. */
static const struct chart_number *last_actual(const struct chart_indicator *in)
{
    for (size_t k = in->series_count; k > 0; k--)
        if (in->series[k - 1].present)
            return &in->series[k - 1];
    return in->actual.present ? &in->actual : in->baseline.present ? &in->baseline : NULL;
}

static bool has_numbers(const struct chart_indicator *in)
{
    return last_actual(in) || in->target.present || in->forecast.present;
}

/* ---- panels ------------------------------------------------------------------------------------------------------- */
static size_t collect_values(const struct chart_indicator *in, struct decimal *values)
{
    const struct chart_number *ends[] = { &in->baseline, &in->actual, &in->target, &in->forecast };
    size_t n = 0;
    for (size_t k = 0; k < in->series_count; k++)
        if (in->series[k].present)
            values[n++] = in->series[k].value;
    for (size_t k = 0; k < 4; k++)
        if (ends[k]->present)
            values[n++] = ends[k]->value;
    return n;
}

static void choose_scale(struct trend *t, enum text_unit unit, struct chart_scale *scale)
{
    size_t most = 1, n = 0;
    for (size_t i = 0; i < t->chart->count; i++)
        most += t->chart->indicators[i].series_count + 4;
    struct decimal *values = mem_alloc(most * sizeof *values);
    for (size_t i = 0; i < t->chart->count; i++)
        if (t->chart->indicators[i].unit == unit)
            n += collect_values(&t->chart->indicators[i], values + n);
    *scale = chart_scale_choose(values, n, 4, false);
    mem_free(values);
}

static bool find_range(const struct chart_indicator *in, struct chart_range *out)
{
    struct decimal *values = mem_alloc((in->series_count + 4) * sizeof *values);
    size_t n = collect_values(in, values);
    for (size_t i = 0; i < n; i++) {
        if (!i || decimal_compare(values[i], out->low) < 0)
            out->low = values[i];
        if (!i || decimal_compare(values[i], out->high) > 0)
            out->high = values[i];
    }
    mem_free(values);
    return n > 0;
}

/* Small multiples whose own changes would be lost on the common scale: equal steps from where each line is. */
static void equal_scales(struct trend *t, size_t first)
{
    size_t most = t->panel_count - first, n = 0;
    struct chart_range *ranges = mem_alloc((most + 1) * sizeof *ranges);
    struct chart_scale *scales = mem_alloc((most + 1) * sizeof *scales);
    for (size_t i = first; i < t->panel_count; i++)
        n += find_range(t->panels[i].lines[0], &ranges[n]);
    if (chart_scale_equal(ranges, n, 4, scales)) {
        n = 0;
        for (size_t i = first; i < t->panel_count; i++)
            if (find_range(t->panels[i].lines[0], &ranges[0]))
                t->panels[i].scale = scales[n++];
    }
    mem_free(ranges);
    mem_free(scales);
}

static void add_panel(struct trend *t, const struct chart_indicator *first, size_t lines)
{
    struct panel *p = &t->panels[t->panel_count++];
    p->unit = first->unit;
    p->alone = lines > LINES_MOST;
    p->lines = arena_array(t->context->arena, const struct chart_indicator *, lines + 1);
    choose_scale(t, p->unit, &p->scale);
}

static size_t count_of_unit(const struct trend *t, enum text_unit unit)
{
    size_t n = 0;
    for (size_t i = 0; i < t->chart->count; i++)
        n += t->chart->indicators[i].unit == unit;
    return n;
}

/* Panels of one unit stand together, units in the order in which they first occur. */
static void make_panels(struct trend *t)
{
    t->panels = arena_array(t->context->arena, struct panel, t->chart->count + 1);
    bool *done = arena_array(t->context->arena, bool, t->chart->count + 1);
    for (size_t first = 0; first < t->chart->count; first++) {
        enum text_unit unit = t->chart->indicators[first].unit;
        size_t lines = count_of_unit(t, unit), before = t->panel_count;
        for (size_t i = first; i < t->chart->count; i++) {
            const struct chart_indicator *in = &t->chart->indicators[i];
            if (done[i] || in->unit != unit)
                continue;
            if (i == first || lines > LINES_MOST)
                add_panel(t, in, lines);
            struct panel *p = &t->panels[t->panel_count - 1];
            p->lines[p->line_count++] = in;
            done[i] = true;
        }
        if (t->panel_count > before && lines > LINES_MOST)
            equal_scales(t, before);
    }
}

static const char *value_text(const struct trend *t, const struct chart_indicator *in,
                              const struct chart_number *n)
{
    return n->text && *n->text ? n->text
                               : text_quantity(t->context->design, t->context->lang, n->value, in->unit,
                                               TEXT_VALUE, t->context->arena);
}

/* What stands at the right end of a line, from top to bottom. */
struct end_label {
    const char *text;
    const struct design_colour *colour;
    struct point at;
    double centre, height;
    struct text_label label;
};

/* Two labels for a line that is alone, else one: its name would stand twice. */
static bool joins_ends(const struct panel *p, const struct chart_indicator *in)
{
    return p->line_count > 1 && !p->alone && in->target.present && in->forecast.present;
}

static size_t end_labels(const struct trend *t, const struct panel *p, struct end_label *out)
{
    const struct chart_context *c = t->context;
    size_t n = 0;
    for (size_t i = 0; i < p->line_count; i++) {
        const struct chart_indicator *in = p->lines[i];
        const struct chart_number *last = last_actual(in);
        const char *name =
            p->alone || p->line_count == 1 ? "" : arena_printf(c->arena, "%s ", in->label ? in->label : "");
        const char *target = "", *forecast = "";
        const struct design_colour *colour = chart_colour(c, "deep", in->hue);
        if (in->target.present)
            target = arena_printf(c->arena, "%s%s %s", name, chart_word(c, "target"), value_text(t, in, &in->target));
        if (in->forecast.present)
            forecast = arena_printf(c->arena, "%s%s %s", joins_ends(p, in) ? ", " : name, chart_word(c, "forecast"),
                                    value_text(t, in, &in->forecast));
        if (joins_ends(p, in))
            target = arena_printf(c->arena, "%s%s", target, forecast);
        if (*target)
            out[n++] = (struct end_label){ .text = target, .colour = colour };
        if (*forecast && !joins_ends(p, in))
            out[n++] = (struct end_label){ .text = forecast, .colour = chart_colour(c, "ink", 0) };
        if (!in->target.present && !in->forecast.present && last && p->line_count > 1 && !p->alone)
            out[n++] =
                (struct end_label){ .text = arena_printf(c->arena, "%s%s", name, value_text(t, in, last)),
                                    .colour = colour };
    }
    return n;
}

static const double head = 4.5 * MM, foot = 2.6 * MM + 9, end_gap = 1.5;

static bool has_lines(const struct panel *p)
{
    return p->line_count > 1 || has_numbers(p->lines[0]);
}

static const char *tick_text(const struct trend *t, const struct panel *p, int i)
{
    return text_quantity(t->context->design, t->context->lang, chart_scale_tick(&p->scale, i), p->unit,
                         TEXT_BARE, t->context->arena);
}

static const double no_ticks = 5;          /* for half a dot */

/* Room for the axis' figures: none where they would take more than a third. */
static double tick_room(const struct trend *t, const struct panel *p, double width)
{
    double widest = 0;
    for (int i = 0; i < p->scale.ticks; i++)
        widest = fmax(widest, chart_width(t->context, chart_style(t->context, "axis"), tick_text(t, p, i)));
    return widest + 2.2 * MM < width / 3 ? fmax(widest + 2.2 * MM, no_ticks) : no_ticks;
}

/* The figure that a tiny panel tells. */
static const struct chart_number *told_of(const struct chart_indicator *in)
{
    return in->target.present ? &in->target : last_actual(in);
}

/* Its words are set first: they say how high it must be. */
static double set_panel(struct trend *t, struct panel *p, double width, double wished)
{
    const struct chart_context *c = t->context;
    const struct design_style *style = chart_style(c, "figure-label");
    double title = 0;
    if (p->alone) {
        struct chart_text text = chart_text_new(c, style, chart_colour(c, "deep", p->lines[0]->hue),
                                                p->lines[0]->label, p->lines[0]->at);
        chart_text_fit(&text, width, CHART_UNLIMITED, &p->title);
        title = chart_label_height(&p->title);
    }
    if (!has_lines(p)) {
        const struct chart_indicator *in = p->lines[0];
        const char *words = in->target_words && *in->target_words ? in->target_words : chart_word(c, "missing");
        struct chart_text text = chart_text_new(c, style, chart_colour(c, "grey", 0), words, in->at);
        chart_text_fit(&text, width, CHART_UNLIMITED, &p->words);
        return (title > 0 ? title + 6 : 0) + chart_label_height(&p->words);
    }
    if (t->tiny && p->alone) {
        const struct chart_indicator *in = p->lines[0];
        const struct chart_number *told = told_of(in);
        const char *value = told ? value_text(t, in, told) : chart_word(c, "missing");
        struct chart_text text = chart_text_new(c, style, chart_colour(c, "deep", in->hue), value, in->at);
        chart_text_fit(&text, width * 0.55, CHART_UNLIMITED, &p->words);
        return title + 4 + fmax(fmin(wished, 9 * MM), chart_label_height(&p->words));
    }
    p->ends = arena_array(c->arena, struct end_label, 2 * p->line_count + 1);
    p->end_count = end_labels(t, p, p->ends);
    p->ends_width = p->ends_height = 0;
    for (size_t i = 0; i < p->end_count; i++) {
        struct end_label *e = &p->ends[i];
        struct chart_text text = chart_text_new(c, style, e->colour, e->text, t->chart->at);
        chart_text_fit(&text,
                       fmin(width * (p->alone ? 0.42 : 0.34), width - tick_room(t, p, width) - 12 * MM),
                       CHART_UNLIMITED, &e->label);
        p->ends_width = fmax(p->ends_width, e->label.width);
        p->ends_height += chart_label_height(&e->label) + end_gap;
    }
    return title + fmax(p->alone ? fmin(wished, 34 * MM) : wished, p->ends_height + head + foot);
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct trend *t = data;
    const struct chart_context *c = t->context;
    double width = t->chart->width > 0 ? t->chart->width : 170 * MM;
    if (room.width > 0)
        width = t->chart->width > 0 ? fmin(width, room.width) : room.width;
    if (t->set && fabs(t->size.width - width) < 0.01)
        return t->size;
    if (!t->set) {
        collect_periods(t);
        make_panels(t);
    }
    t->set = true;
    double full = t->chart->height > 0 ? t->chart->height : chart_length(c, "chart", "height");
    double gutter = 6 * MM, x = 0, y = 0, row = 0;
    t->tiny = t->panel_count > 18;
    int across = (int)fmax(1, floor((width + gutter) / ((t->tiny ? 26 : 50) * MM + gutter)));
    double small = (width - gutter * (across - 1)) / across;
    for (size_t i = 0; i < t->panel_count; i++) {
        struct panel *p = &t->panels[i];
        double wide = p->alone ? small : width, high = set_panel(t, p, wide, full);
        if (x > 0 && x + wide > width + 0.1) {
            x = 0;
            y += row + (t->tiny ? gutter * 0.6 : gutter);
            row = 0;
        }
        p->frame = (struct rect){ x, y, wide, high };
        row = fmax(row, high);
        x += wide + gutter;
    }
    t->size = (struct layout_size){ width, y + row };
    return t->size;
}

/* ---- drawing a panel ---------------------------------------------------------------------------------------------- */
struct plot {
    struct rect area;
    const struct panel *panel;
};

static struct point point_at(const struct trend *t, const struct plot *plot, const struct chart_number *n)
{
    double up = chart_scale_place(&plot->panel->scale, n->value, plot->area.height);
    return (struct point){ plot->area.x + place_period(t, n->period, plot->area.width),
                           plot->area.y + plot->area.height - up };
}


static void locate_end_labels(const struct trend *t, const struct plot *plot, struct end_label *out)
{
    size_t n = 0;
    for (size_t i = 0; i < plot->panel->line_count; i++) {
        const struct chart_indicator *in = plot->panel->lines[i];
        const struct chart_number *last = last_actual(in);
        if (in->target.present)
            out[n++].at = point_at(t, plot, &in->target);
        if (in->forecast.present && !joins_ends(plot->panel, in))
            out[n++].at = point_at(t, plot, &in->forecast);
        if (!in->target.present && !in->forecast.present && last && plot->panel->line_count > 1 &&
            !plot->panel->alone)
            out[n++].at = point_at(t, plot, last);
    }
}

static int compare_ends(const void *a, const void *b)
{
    double x = ((const struct end_label *)a)->at.y, y = ((const struct end_label *)b)->at.y;
    return x < y ? -1 : x > y;
}

static void draw_grid(const struct trend *t, struct display_page *page, const struct plot *plot, double left)
{
    const struct chart_context *c = t->context;
    const struct panel *p = plot->panel;
    const struct design_style *style = chart_style(c, "axis");
    const struct design_colour *grey = chart_colour(c, "grey", 0), *rule = chart_colour(c, "rule", 0);
    double cap = chart_cap_height(c, style), bottom = plot->area.y + plot->area.height;
    for (int i = 0; i < p->scale.ticks; i++) {
        struct decimal tick = chart_scale_tick(&p->scale, i);
        double y = bottom - chart_scale_place(&p->scale, tick, plot->area.height);
        bool base = i == 0 || decimal_sign(tick) == 0;
        chart_line(page, plot->area.x, y, plot->area.x + plot->area.width, y, base ? grey : rule,
                   chart_length(c, "chart", base ? "axis" : "grid"), 0);
        if (left > no_ticks)
            chart_put_line(c, page, style, grey, tick_text(t, p, i), plot->area.x - 2.2 * MM, y + cap / 2,
                           DESIGN_END);
    }
    if (p->scale.cut)
        chart_cut_mark(page, plot->area.x, bottom - 5, true, grey);
}

/* As many period names as do not touch; first and last before all others. */
static void draw_periods(const struct trend *t, struct display_page *page, const struct plot *plot, double left,
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
               x = plot->area.x + place_period(t, text, plot->area.width);
        x = fmax(fmin(x, right - half), left + half);
        if (i == 0) {
            const char *last = t->periods[t->period_count - 1].text;
            double last_half = chart_width(c, style, last) / 2;
            double last_x = fmin(plot->area.x + place_period(t, last, plot->area.width), right - last_half);
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

static void draw_forecast(const struct trend *t, struct display_page *page, const struct plot *plot,
                          const struct chart_indicator *in)
{
    const struct chart_context *c = t->context;
    const struct chart_number *last = last_actual(in);
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

static void draw_dot(const struct trend *t, struct display_page *page, struct point at, double size, bool open,
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
static void draw_series(const struct trend *t, struct display_page *page, const struct plot *plot,
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
    const struct chart_number *last = last_actual(in);
    if (last && total == 0)
        draw_dot(t, page, point_at(t, plot, last), 5, false, main);
}

static void draw_target(const struct trend *t, struct display_page *page, const struct plot *plot,
                        const struct chart_indicator *in)
{
    const struct chart_context *c = t->context;
    if (!in->target.present)
        return;
    struct point at = point_at(t, plot, &in->target);
    const struct chart_number *last = last_actual(in);
    if (last) {
        struct point from = point_at(t, plot, last);
        chart_line(page, from.x, from.y, at.x, at.y, chart_colour(c, "main", in->hue), 1, 0);
    }
    double half = t->tiny ? 2.6 : 5.5;
    display_add_rect(page, (struct rect){ at.x - 1.2, at.y - half, 2.4, 2 * half },
                     chart_colour(c, "deep", in->hue));
}

/* First and last figure of a line get their value, the highest and lowest too where it stands alone. */
static void label_points(const struct trend *t, struct display_page *page, const struct plot *plot,
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
        picked[0] = last_actual(in);
    for (size_t k = 0; k < 4; k++) {
        bool told = !picked[k];
        for (size_t b = 0; b < k && !told; b++)
            told = picked[b] == picked[k];
        if (told)
            continue;
        const char *text = value_text(t, in, picked[k]);
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

static void take_lines(const struct trend *t, const struct plot *plot, struct chart_placer *placer)
{
    for (size_t i = 0; i < plot->panel->line_count; i++) {
        const struct chart_indicator *in = plot->panel->lines[i];
        const struct chart_number *before = NULL, *last = last_actual(in);
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

static void draw_end_labels(const struct trend *t, struct display_page *page, const struct plot *plot,
                            double right)
{
    size_t n = plot->panel->end_count;
    struct end_label *ends = arena_copy(page->arena, plot->panel->ends, (n + 1) * sizeof *ends);
    locate_end_labels(t, plot, ends);
    const struct chart_context *c = t->context;
    double *centres = mem_alloc((n + 1) * sizeof *centres), *heights = mem_alloc((n + 1) * sizeof *heights);
    qsort(ends, n, sizeof *ends, compare_ends);
    for (size_t i = 0; i < n; i++) {
        heights[i] = chart_label_height(&ends[i].label);
        centres[i] = ends[i].at.y;
    }
    chart_spread(centres, heights, n, end_gap, plot->area.y - head, plot->area.y + plot->area.height);
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

static void draw_lines(const struct trend *t, struct display_page *page, const struct plot *plot)
{
    const struct panel *p = plot->panel;
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
static void draw_tiny(const struct trend *t, struct display_page *page, const struct panel *p,
                      struct rect frame)
{
    const struct chart_number *told = told_of(p->lines[0]);
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

static void draw_panel(const struct trend *t, struct display_page *page, const struct panel *p,
                       struct rect frame)
{
    const struct chart_context *c = t->context;
    double title = p->alone ? chart_label_height(&p->title) : 0, right = frame.x + frame.width;
    if (p->alone)
        chart_put(page, &p->title, frame.x, frame.y, frame.width, DESIGN_START);
    if (!has_lines(p)) {                   /* no empty axes */
        chart_put(page, &p->words, frame.x, frame.y + (p->alone ? title + 6 : 0), frame.width, DESIGN_START);
        return;
    }
    if (t->tiny && p->alone) {
        draw_tiny(t, page, p, frame);
        return;
    }
    double left = tick_room(t, p, frame.width), ends_width = p->end_count ? p->ends_width + 4 * MM : 4 * MM;
    struct plot plot = { { frame.x + left, frame.y + title + head, fmax(1, frame.width - left - ends_width),
                           fmax(1, frame.height - title - head - foot) },
                         p };
    draw_grid(t, page, &plot, left);
    draw_periods(t, page, &plot, frame.x, right);
    draw_lines(t, page, &plot);
    struct chart_placer placer = chart_placer_new(
        c, (struct rect){ plot.area.x, frame.y + title, plot.area.width + 3 * MM, plot.area.height + head },
        t->chart->id, t->chart->at);
    take_lines(t, &plot, &placer);
    for (size_t i = 0; i < p->line_count; i++)
        label_points(t, page, &plot, &placer, p->lines[i], p->line_count == 1);
    draw_end_labels(t, page, &plot, right);
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct trend *t = data;
    measure(t, (struct layout_size){ frame.width, 0 });
    for (size_t i = 0; i < t->panel_count; i++) {
        struct rect f = t->panels[i].frame;
        draw_panel(t, page, &t->panels[i], (struct rect){ frame.x + f.x, frame.y + f.y, f.width, f.height });
    }
}

struct layout_drawing *chart_trend(const struct chart_chart *chart)
{
    struct trend *t = arena_new_of(chart->context->arena, struct trend);
    t->context = chart->context;
    t->chart = chart_chart_copy(chart);
    return chart_drawing(chart->context, t, measure, draw, NULL);
}
