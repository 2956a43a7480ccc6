/* Bars, bullets, dumbbells and goal rows: the kinds that are made of rows. */
#include <math.h>
#include <string.h>

#include "chart/rows.h"

static const struct chart_number *newest(const struct chart_indicator *i)
{
    return i->actual.present ? &i->actual : &i->baseline;
}

static const char *number_text(const struct chart_context *c, const struct chart_indicator *i,
                               const struct chart_number *n)
{
    if (n->text && *n->text)
        return n->text;
    return text_quantity(c->design, c->lang, n->value, i->unit, TEXT_VALUE, c->arena);
}

static double widest_text(const struct chart_chart *chart, const struct design_style *style)
{
    double widest = 0;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_indicator *in = &chart->indicators[i];
        const struct chart_number *numbers[] = { &in->baseline, &in->target, &in->forecast, &in->actual };
        for (size_t k = 0; k < 4; k++)
            if (numbers[k]->present)
                widest = fmax(
                    widest, chart_width(chart->context, style, number_text(chart->context, in, numbers[k])));
    }
    return widest;
}

/* The words of a row without any number, or with words in place of one. */
static const char *words_of(const struct chart_rows *r, const struct chart_indicator *i)
{
    const struct chart_context *c = r->context;
    if (!i->target.present && i->target_words && *i->target_words)
        return arena_printf(c->arena, "%s: %s", chart_word(c, "target"), i->target_words);
    return i->baseline_words && *i->baseline_words ? i->baseline_words : chart_word(c, "missing");
}

static void put_value(const struct chart_rows *r, struct display_page *page, const char *text, double x,
                      double middle, enum design_align align, const struct design_colour *colour)
{
    const struct design_style *style = chart_style(r->context, "figure-label");
    chart_put_line(r->context, page, style, colour, text, x, middle + chart_cap_height(r->context, style) / 2,
                   align);
}

/* ---- bars --------------------------------------------------------------------------------------------------------- */
static void draw_bar_rect(const struct chart_rows *r, struct display_page *page, const struct chart_row *row,
                          struct rect plot, const struct chart_number *n, double thickness,
                          const struct design_colour *colour)
{
    double zero = chart_rows_place(r, row, plot, decimal_from_int(0)),
           end = chart_rows_place(r, row, plot, n->value);
    bool before = chart_meaning(page, true);
    display_add_rect(page,
                     (struct rect){ fmin(zero, end), plot.y + (plot.height - thickness) / 2,
                                    fmax(fabs(end - zero), 0.6), thickness },
                     colour);
    chart_meaning(page, before);
}

static void draw_bar(const struct chart_rows *r, struct display_page *page, const struct chart_row *row,
                     struct rect plot)
{
    const struct chart_context *c = r->context;
    const struct chart_indicator *i = row->indicator;
    const struct chart_number *n = newest(i)->present ? newest(i) : &i->target;
    double middle = plot.y + plot.height / 2;
    if (!n->present) 
        return;
    double thickness = fmin(chart_length(c, "chart", "bar"), plot.height * 0.62);
    draw_bar_rect(r, page, row, plot, n, thickness, chart_colour(c, "main", i->hue));
    if (r->noted)
        return;
    double end = chart_rows_place(r, row, plot, n->value);
    bool negative = decimal_sign(n->value) < 0;
    put_value(r, page, number_text(c, i, n), end + (negative ? -3 : 3), middle,
              negative ? DESIGN_END : DESIGN_START, chart_colour(c, "deep", i->hue));
}

static bool has_negative(const struct chart_chart *chart)
{
    for (size_t i = 0; i < chart->count; i++)
        if (chart_has_negative(&chart->indicators[i]))
            return true;
    return false;
}

static const char *bar_note(const struct chart_rows *r, const struct chart_indicator *i)
{
    const struct chart_number *n = newest(i)->present ? newest(i) : &i->target;
    return r->noted && n->present ? number_text(r->context, i, n) : "";
}

struct layout_drawing *chart_bars(const struct chart_chart *chart)
{
    const struct chart_context *c = chart->context;
    double value = widest_text(chart, chart_style(c, "figure-label")) + 5;
    struct chart_rows_kind kind = { .from_zero = true,
                                    .axis = true,
                                    .row = chart_length(c, "chart", "row") * 0.82,
                                    .least = 3.9 * MM,
                                    .left = has_negative(chart) ? value : 0,
                                    .right = value,
                                    .note = bar_note,
                                    .words = words_of,
                                    .draw = draw_bar };
    return chart_rows_new(chart, &kind);
}

/* ---- bullets ------------------------------------------------------------------------------------------------------ */
static const char *bullet_note(const struct chart_rows *r, const struct chart_indicator *i)
{
    const struct chart_context *c = r->context;
    if (!newest(i)->present && !i->target.present)
        return words_of(r, i);
    const char *target =
        i->target.present
            ? arena_printf(c->arena, "%s %s", chart_word(c, "target"), number_text(c, i, &i->target))
        : i->target_words ? arena_printf(c->arena, "%s: %s", chart_word(c, "target"), i->target_words)
                          : "";
    if (!i->forecast.present)
        return target;
    return arena_printf(c->arena, "%s%s%s %s", target, *target ? ", " : "", chart_word(c, "forecast"),
                        number_text(c, i, &i->forecast));
}

static void draw_forecast_bar(const struct chart_rows *r, struct display_page *page,
                              const struct chart_row *row, struct rect plot, double thickness)
{
    const struct chart_context *c = r->context;
    const struct chart_indicator *i = row->indicator;
    double from = chart_rows_place(r, row, plot, newest(i)->present ? newest(i)->value : decimal_from_int(0));
    double to = chart_rows_place(r, row, plot, i->forecast.value), top = plot.y + (plot.height - thickness) / 2;
    struct path path = PATH_EMPTY;
    path_rect(&path, (struct rect){ fmin(from, to), top, fmax(fabs(to - from), 0.8), thickness });
    bool before = chart_meaning(page, true);
    chart_hatch(page, &path, chart_colour(c, "main", i->hue), 3, 1);
    display_stroke(page, &path, chart_colour(c, "main", i->hue), 0.6);
    chart_meaning(page, before);
    path_free(&path);
}

static void draw_bullet(const struct chart_rows *r, struct display_page *page, const struct chart_row *row,
                        struct rect plot)
{
    const struct chart_context *c = r->context;
    const struct chart_indicator *i = row->indicator;
    const struct chart_number *n = newest(i);
    double middle = plot.y + plot.height / 2,
           track = fmin(chart_length(c, "chart", "bar") * 1.5, plot.height * 0.72);
    const struct design_colour *main = chart_colour(c, "main", i->hue), *deep = chart_colour(c, "deep", i->hue);
    double zero = chart_rows_place(r, row, plot, decimal_from_int(0));
    if (i->target.present) {
        /* The tint reaches as far as the goal: full when it is reached. */
        double to = chart_rows_place(r, row, plot, i->target.value);
        display_add_rect(page, (struct rect){ fmin(zero, to), middle - track / 2, fabs(to - zero), track },
                         chart_colour(c, "tint", i->hue));
    }
    if (i->forecast.present)
        draw_forecast_bar(r, page, row, plot, track * 0.72);
    if (n->present)
        draw_bar_rect(r, page, row, plot, n, track * 0.5, main);
    if (i->target.present) {
        double x = chart_rows_place(r, row, plot, i->target.value);
        bool before = chart_meaning(page, true);
        display_add_rect(page, (struct rect){ x - 1.3, middle - track / 2 - 2, 2.6, track + 4 }, deep);
        chart_meaning(page, before);
    }
}

/* Value, target and forecast right of the marks, all rows alike: few bars are long enough to hold words. */
static const char *bullet_words(const struct chart_rows *r, const struct chart_indicator *i)
{
    const struct chart_context *c = r->context;
    const char *note = bullet_note(r, i);
    if (!newest(i)->present)
        return note;
    return arena_printf(c->arena, "%s%s%s", number_text(c, i, newest(i)), *note ? ", " : "", note);
}

struct layout_drawing *chart_bullet(const struct chart_chart *chart)
{
    struct chart_rows_kind kind = { .from_zero = true,
                                    .axis = true,
                                    .directions = true,
                                    .row = chart_length(chart->context, "chart", "row"),
                                    .least = 4.2 * MM,
                                    .left = 0,
                                    .right = 2,
                                    .states = true,
                                    .note = bullet_words,
                                    .draw = draw_bullet };
    return chart_rows_new(chart, &kind);
}

/* ---- dumbbells ---------------------------------------------------------------------------------------------------- */
enum knob_look { OPEN, FULL, HATCHED, DIAMOND };

static void knob_path(struct path *path, double x, double y, double r, bool square)
{
    if (square)
        path_rect(path, (struct rect){ x - r, y - r, 2 * r, 2 * r });
    else
        path_circle(path, x, y, r);
}

static void draw_knob(const struct chart_context *c, struct display_page *page, double x, double y,
                      enum knob_look look, int hue)
{
    double size = chart_length(c, "goal-row", "dot") * 1.15;
    if (look == DIAMOND) {
        chart_draw_goal_actual(c, page, x, y, size * 1.15, chart_colour(c, "deep", hue));
        return;
    }
    const struct design_colour *colour = chart_colour(c, look == FULL ? "deep" : "main", hue);
    const struct design_colour *paper = chart_colour(c, "paper", 0);
    bool square = chart_chosen(c, "chart", "shape", "square"), before = chart_meaning(page, false);
    struct path path = PATH_EMPTY;
    /* A rim, so that it can be told from a mark that it covers. */
    knob_path(&path, x, y, size / 2 + 0.9, square);
    display_fill(page, &path, paper);
    path_clear(&path);
    knob_path(&path, x, y, size / 2 - (look == FULL ? 0 : 0.8), square);
    chart_meaning(page, true);
    if (look == FULL)
        display_fill(page, &path, colour);
    if (look == HATCHED)
        chart_hatch(page, &path, colour, 2.4, 0.9);
    if (look != FULL)
        display_stroke(page, &path, colour, look == HATCHED ? 0.8 : 1.6);
    path_free(&path);
    chart_meaning(page, before);
}

struct knob {
    const struct chart_number *number;
    enum knob_look look;
    double x;
};

static size_t knobs_of(const struct chart_rows *r, const struct chart_row *row, struct rect plot,
                       struct knob *out)
{
    const struct chart_indicator *i = row->indicator;
    struct knob all[] = { { &i->baseline, OPEN, 0 }, { &i->forecast, HATCHED, 0 }, { &i->target, FULL, 0 },
                          { &i->actual, DIAMOND, 0 } };
    size_t n = 0;
    for (size_t k = 0; k < 4; k++)
        if (all[k].number->present) {
            out[n] = all[k];
            out[n++].x = chart_rows_place(r, row, plot, all[k].number->value);
        }
    for (size_t a = 1; a < n; a++)         /* from the left; four at most */
        for (size_t b = a; b > 0 && out[b].x < out[b - 1].x; b--) {
            struct knob swap = out[b];
            out[b] = out[b - 1];
            out[b - 1] = swap;
        }
    return n;
}

static void put_knob_value(const struct chart_rows *r, struct display_page *page, struct chart_placer *placer,
                           const struct chart_row *row, const struct knob *k, const char *sides)
{
    const struct chart_context *c = r->context;
    const struct design_style *style = chart_style(c, "figure-label");
    const char *text = number_text(c, row->indicator, k->number);
    double cap = chart_cap_height(c, style), reach = chart_length(c, "goal-row", "dot") * 0.6 + 2.5;
    struct layout_size size = { chart_width(c, style, text), cap + 1 };
    struct point at = { k->x, placer->frame.y + placer->frame.height / 2 };
    bool leader;
    struct rect box = chart_placer_find_at(placer, at, reach, size, sides, text, &leader);
    if (box.width < 0)
        return;
    if (leader)
        chart_leader(page, box, at, reach - 2, chart_colour(c, "grey", 0));
    if (fabs(box.y + box.height / 2 - at.y) > size.height)         /* above or below its mark: the axis runs behind it */
        display_add_rect(page, (struct rect){ box.x - 0.4, box.y - 0.4, box.width + 0.8, box.height + 0.8 },
                         chart_colour(c, "paper", 0));
    chart_put_line(c, page, style, chart_colour(c, "deep", row->indicator->hue), text, box.x, box.y + cap + 0.5,
                   DESIGN_START);
}

static void draw_dumbbell(const struct chart_rows *r, struct display_page *page, const struct chart_row *row,
                          struct rect plot)
{
    const struct chart_context *c = r->context;
    const struct chart_indicator *i = row->indicator;
    double y = plot.y + plot.height / 2;
    struct knob knobs[4];
    size_t n = knobs_of(r, row, plot, knobs);
    if (!n) 
        return;
    if (n > 1)
        chart_line(page, knobs[0].x, y, knobs[n - 1].x, y, chart_colour(c, "light", i->hue), 3.4, 0);
    struct chart_placer placer = chart_placer_new(c, plot, r->chart->id, i->at);
    double dot = chart_length(c, "goal-row", "dot") * 1.2;
    for (size_t k = 0; k < n; k++) {
        draw_knob(c, page, knobs[k].x, y, knobs[k].look, i->hue);
        chart_placer_take(&placer, (struct rect){ knobs[k].x - dot / 2, y - dot / 2, dot, dot });
    }
    if (r->noted)
        return;
    /* The outermost values stand outside; what lies between goes above or below. */
    put_knob_value(r, page, &placer, row, &knobs[0], n > 1 ? "wns" : "enws");
    if (n > 1)
        put_knob_value(r, page, &placer, row, &knobs[n - 1], "ens");
    for (size_t k = 1; k + 1 < n; k++)
        put_knob_value(r, page, &placer, row, &knobs[k], "ns");
}

static const struct {
    enum knob_look look;
    const char *word;
} dumbbell_marks[] = {
    { OPEN, "baseline" }, { DIAMOND, "actual" }, { HATCHED, "forecast" }, { FULL, "target" }
};

static const char *dumbbell_word(const struct chart_rows *r, int which)
{
    if (which >= 4)
        return NULL;
    for (size_t i = 0; i < r->count; i++) {
        const struct chart_indicator *in = r->rows[i].indicator;
        const struct chart_number *numbers[] = { &in->baseline, &in->actual, &in->forecast, &in->target };
        if (numbers[which]->present)
            return chart_word(r->context, dumbbell_marks[which].word);
    }
    return "";
}

static void dumbbell_sample(const struct chart_rows *r, struct display_page *page, int which, double x,
                            double y)
{
    draw_knob(r->context, page, x, y, dumbbell_marks[which].look, 0);
}

/* Values that have no room beside their marks. */
static const char *dumbbell_note(const struct chart_rows *r, const struct chart_indicator *i)
{
    return r->noted && (newest(i)->present || i->target.present || i->forecast.present) ? bullet_words(r, i)
                                                                                        : "";
}

struct layout_drawing *chart_dumbbell(const struct chart_chart *chart)
{
    const struct chart_context *c = chart->context;
    double value = widest_text(chart, chart_style(c, "figure-label")) + chart_length(c, "goal-row", "dot") + 4;
    struct chart_rows_kind kind = { .axis = true,
                                    .may_align = true,
                                    .directions = true,
                                    .row = chart_length(c, "chart", "row"),
                                    .least = 4.2 * MM,
                                    .sample = dumbbell_sample,
                                    .sample_word = dumbbell_word,
                                    .note = dumbbell_note,
                                    .left = value,
                                    .right = value,
                                    .words = words_of,
                                    .draw = draw_dumbbell };
    return chart_rows_new(chart, &kind);
}

/* ---- goal rows ---------------------------------------------------------------------------------------------------- */
static const char *goal_note(const struct chart_rows *r, const struct chart_indicator *i)
{
    const struct chart_context *c = r->context;
    const char *from = i->baseline.present ? number_text(c, i, &i->baseline) : i->baseline_words;
    const char *to = i->target.present ? number_text(c, i, &i->target) : i->target_words;
    if (from && *from && to && *to)
        return arena_printf(c->arena, "%s \u2192 %s", from, to);
    return to && *to ? to : from && *from ? from : chart_word(c, "missing");
}

static void draw_goal(const struct chart_rows *r, struct display_page *page, const struct chart_row *row,
                      struct rect plot)
{
    const struct chart_context *c = r->context;
    double low, high, height = chart_length(c, "goal-row", "height");
    chart_goal_window(&r->scale, row->indicator, &low, &high);
    chart_draw_goal_row(c, page, row->indicator, low, high,
                        (struct rect){ plot.x, plot.y + (plot.height - height) / 2, plot.width, height });
}

struct layout_drawing *chart_goal_rows(const struct chart_chart *chart)
{
    struct chart_rows_kind kind = { .row = chart_length(chart->context, "chart", "row") * 0.8,
                                    .least = 4.8 * MM,
                                    .states = true,
                                    .note = goal_note,
                                    .draw = draw_goal };
    return chart_rows_new(chart, &kind);
}
