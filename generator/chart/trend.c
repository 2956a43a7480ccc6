/* Trends: figures over time, with the target and a hatched forecast at the end. One panel a unit; more than four lines of
   one unit become small multiples with one scale. What is missing is a gap in the line, never zero. */
#include "chart/trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/time.h"

enum { LINES_MOST = 4 };

/* ---- time --------------------------------------------------------------------------------------------------------- */
static size_t find_period(const struct chart_trend *t, const char *text)
{
    size_t i = 0;
    while (i < t->period_count && strcmp(t->periods[i].text, text) != 0)
        i++;
    return i;
}

static void add_period(struct chart_trend *t, const struct chart_number *n)
{
    const char *text = n->period ? n->period : "";
    if (find_period(t, text) == t->period_count)
        t->periods[t->period_count++] = (struct chart_trend_period){ text, 0 };
}

static int compare_periods(const void *a, const void *b)
{
    const struct chart_trend_period *one = a, *other = b;
    double x = chart_time(one->text), y = chart_time(other->text);
    return (x > y) - (x < y);
}

/* By date where all have one, else in the order of the figures. */
static void place_periods(struct chart_trend *t)
{
    bool dated = true;
    for (size_t i = 0; i < t->period_count; i++)
        dated = dated && !isnan(chart_time(t->periods[i].text));
    if (dated)
        qsort(t->periods, t->period_count, sizeof *t->periods, compare_periods);
    const char **texts = mem_alloc((t->period_count + 1) * sizeof *texts);
    double *places = mem_alloc((t->period_count + 1) * sizeof *places);
    for (size_t i = 0; i < t->period_count; i++)
        texts[i] = t->periods[i].text;
    chart_time_places(texts, t->period_count, places);
    for (size_t i = 0; i < t->period_count; i++)
        t->periods[i].place = places[i];
    mem_free(texts);
    mem_free(places);
}

static void collect_periods(struct chart_trend *t)
{
    size_t most = 1;
    for (size_t i = 0; i < t->chart->count; i++)
        most += t->chart->indicators[i].series_count + 4;
    t->periods = arena_array(t->context->arena, struct chart_trend_period, most);
    for (size_t i = 0; i < t->chart->count; i++) {
        const struct chart_indicator *in = &t->chart->indicators[i];
        const struct chart_number *ends[] = { &in->baseline, &in->actual, &in->target, &in->forecast };
        for (size_t k = 0; k < in->series_count; k++)
            add_period(t, &in->series[k]);
        for (size_t k = 0; k < 4; k++)
            if (ends[k]->present)
                add_period(t, ends[k]);
    }
    place_periods(t);
}

double chart_trend_place(const struct chart_trend *t, const char *period, double width)
{
    return width * t->periods[find_period(t, period ? period : "")].place;
}

const struct chart_number *chart_trend_last(const struct chart_indicator *in)
{
    for (size_t k = in->series_count; k > 0; k--)
        if (in->series[k - 1].present)
            return &in->series[k - 1];
    return in->actual.present ? &in->actual : in->baseline.present ? &in->baseline : NULL;
}

static bool has_numbers(const struct chart_indicator *in)
{
    return chart_trend_last(in) || in->target.present || in->forecast.present;
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

static void choose_scale(struct chart_trend *t, enum text_unit unit, struct chart_scale *scale)
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
static void equal_scales(struct chart_trend *t, size_t first)
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

static void add_panel(struct chart_trend *t, const struct chart_indicator *first, size_t lines)
{
    struct chart_trend_panel *p = &t->panels[t->panel_count++];
    p->unit = first->unit;
    p->alone = lines > LINES_MOST;
    p->lines = arena_array(t->context->arena, const struct chart_indicator *, lines + 1);
    choose_scale(t, p->unit, &p->scale);
}

static size_t count_of_unit(const struct chart_trend *t, enum text_unit unit)
{
    size_t n = 0;
    for (size_t i = 0; i < t->chart->count; i++)
        n += t->chart->indicators[i].unit == unit;
    return n;
}

/* Panels of one unit stand together, units in the order in which they first occur. */
static void make_panels(struct chart_trend *t)
{
    t->panels = arena_array(t->context->arena, struct chart_trend_panel, t->chart->count + 1);
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
            struct chart_trend_panel *p = &t->panels[t->panel_count - 1];
            p->lines[p->line_count++] = in;
            done[i] = true;
        }
        if (t->panel_count > before && lines > LINES_MOST)
            equal_scales(t, before);
    }
}

const char *chart_trend_value(const struct chart_trend *t, const struct chart_indicator *in,
                              const struct chart_number *n)
{
    return n->text && *n->text ? n->text
                               : text_quantity(t->context->design, t->context->lang, n->value, in->unit,
                                               TEXT_VALUE, t->context->arena);
}

/* Are target and forecast one label at the line's end? Where lines share a panel: the name would stand twice. */
static bool joins_ends(const struct chart_trend_panel *p, const struct chart_indicator *in)
{
    return p->line_count > 1 && !p->alone && in->target.present && in->forecast.present;
}

static size_t end_labels(const struct chart_trend *t, const struct chart_trend_panel *p, struct chart_trend_label *out)
{
    const struct chart_context *c = t->context;
    size_t n = 0;
    for (size_t i = 0; i < p->line_count; i++) {
        const struct chart_indicator *in = p->lines[i];
        const struct chart_number *last = chart_trend_last(in);
        const char *name =
            p->alone || p->line_count == 1 ? "" : arena_printf(c->arena, "%s ", in->label ? in->label : "");
        const char *target = "", *forecast = "";
        const struct design_colour *colour = chart_colour(c, "deep", in->hue);
        if (in->target.present)
            target = arena_printf(c->arena, "%s%s %s", name, chart_word(c, "target"), chart_trend_value(t, in, &in->target));
        if (in->forecast.present)
            forecast = arena_printf(c->arena, "%s%s %s", joins_ends(p, in) ? ", " : name, chart_word(c, "forecast"),
                                    chart_trend_value(t, in, &in->forecast));
        if (joins_ends(p, in))
            target = arena_printf(c->arena, "%s%s", target, forecast);
        if (*target)
            out[n++] = (struct chart_trend_label){ .text = target, .colour = colour, .number = &in->target };
        if (*forecast && !joins_ends(p, in))
            out[n++] = (struct chart_trend_label){ .text = forecast, .colour = chart_colour(c, "ink", 0),
                                                   .number = &in->forecast };
        if (!in->target.present && !in->forecast.present && last && p->line_count > 1 && !p->alone)
            out[n++] =
                (struct chart_trend_label){ .text = arena_printf(c->arena, "%s%s", name, chart_trend_value(t, in, last)),
                                    .colour = colour, .number = last };
    }
    return n;
}

bool chart_trend_has_lines(const struct chart_trend_panel *p)
{
    return p->line_count > 1 || has_numbers(p->lines[0]);
}

const char *chart_trend_tick(const struct chart_trend *t, const struct chart_trend_panel *p, int i)
{
    return text_quantity(t->context->design, t->context->lang, chart_scale_tick(&p->scale, i), p->unit,
                         TEXT_BARE, t->context->arena);
}

double chart_trend_axis_room(const struct chart_trend *t, const struct chart_trend_panel *p, double width)
{
    double widest = 0;
    for (int i = 0; i < p->scale.ticks; i++)
        widest = fmax(widest, chart_width(t->context, chart_style(t->context, "axis"), chart_trend_tick(t, p, i)));
    return widest + 2.2 * MM < width / 3 ? fmax(widest + 2.2 * MM, CHART_TREND_NO_TICKS) : CHART_TREND_NO_TICKS;
}

const struct chart_number *chart_trend_told(const struct chart_indicator *in)
{
    return in->target.present ? &in->target : chart_trend_last(in);
}

/* Its words are set first: they say how high it must be. */
static double set_panel(struct chart_trend *t, struct chart_trend_panel *p, double width, double wished)
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
    if (!chart_trend_has_lines(p)) {
        const struct chart_indicator *in = p->lines[0];
        const char *words = in->target_words && *in->target_words ? in->target_words : chart_word(c, "missing");
        struct chart_text text = chart_text_new(c, style, chart_colour(c, "grey", 0), words, in->at);
        chart_text_fit(&text, width, CHART_UNLIMITED, &p->words);
        return (title > 0 ? title + 6 : 0) + chart_label_height(&p->words);
    }
    if (t->tiny && p->alone) {
        const struct chart_indicator *in = p->lines[0];
        const struct chart_number *told = chart_trend_told(in);
        const char *value = told ? chart_trend_value(t, in, told) : chart_word(c, "missing");
        struct chart_text text = chart_text_new(c, style, chart_colour(c, "deep", in->hue), value, in->at);
        chart_text_fit(&text, width * 0.55, CHART_UNLIMITED, &p->words);
        return title + 4 + fmax(fmin(wished, 9 * MM), chart_label_height(&p->words));
    }
    p->ends = arena_array(c->arena, struct chart_trend_label, 2 * p->line_count + 1);
    p->end_count = end_labels(t, p, p->ends);
    p->ends_width = p->ends_height = 0;
    for (size_t i = 0; i < p->end_count; i++) {
        struct chart_trend_label *e = &p->ends[i];
        struct chart_text text = chart_text_new(c, style, e->colour, e->text, t->chart->at);
        chart_text_fit(&text,
                       fmin(width * (p->alone ? 0.42 : 0.34), width - chart_trend_axis_room(t, p, width) - 12 * MM),
                       CHART_UNLIMITED, &e->label);
        p->ends_width = fmax(p->ends_width, e->label.width);
        p->ends_height += chart_label_height(&e->label) + CHART_TREND_GAP;
    }
    return title + fmax(p->alone ? fmin(wished, 34 * MM) : wished, p->ends_height + CHART_TREND_HEAD + CHART_TREND_FOOT);
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct chart_trend *t = data;
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
        struct chart_trend_panel *p = &t->panels[i];
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

/* ---- the whole ---------------------------------------------------------------------------------------------------- */
static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct chart_trend *t = data;
    measure(t, (struct layout_size){ frame.width, 0 });
    for (size_t i = 0; i < t->panel_count; i++) {
        struct rect f = t->panels[i].frame;
        chart_trend_draw(t, page, &t->panels[i], (struct rect){ frame.x + f.x, frame.y + f.y, f.width, f.height });
    }
}

struct layout_drawing *chart_trend(const struct chart_chart *chart)
{
    struct chart_trend *t = arena_new_of(chart->context->arena, struct chart_trend);
    t->context = chart->context;
    t->chart = chart_chart_copy(chart);
    return chart_drawing(chart->context, t, measure, draw, NULL);
}
