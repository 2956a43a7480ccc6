/* The row chart: from the baseline's dot to the target's tick on one axis, the forecast hatched behind, the
   wanted direction as a triangle. Also the marks of states and the legend of both. */
#include "chart/draw.h"

#include <math.h>
#include <string.h>

/* ---- the window
 * --------------------------------------------------------------------------------------------------- */
static double anchor_of(const struct chart_indicator *i)
{
    return decimal_to_double(i->baseline.present ? i->baseline.value
                             : i->target.present ? i->target.value
                             : i->actual.present ? i->actual.value
                                                 : i->forecast.value);
}

static void put_changes(struct chart_goal_changes *most, const struct chart_indicator *i)
{
    const struct chart_number *numbers[] = {&i->baseline, &i->target, &i->forecast, &i->actual};
    for (size_t k = 0; k < 4; k++)
        if (numbers[k]->present) {
            double change = decimal_to_double(numbers[k]->value) - anchor_of(i);
            most->down = fmax(most->down, -change);
            most->up = fmax(most->up, change);
        }
}

struct chart_goal_scale chart_goal_scale(const struct chart_indicator *indicators, size_t n)
{
    struct chart_goal_scale scale = {.share = 0};
    for (size_t i = 0; i < n; i++)
        put_changes(&scale.units[indicators[i].unit], &indicators[i]);
    /* Where the baselines stand: the share of the width that the widest fall of any unit needs. */
    for (size_t unit = 0; unit < sizeof scale.units / sizeof *scale.units; unit++) {
        const struct chart_goal_changes *c = &scale.units[unit];
        if (c->down + c->up > 0)
            scale.share = fmax(scale.share, c->down / (c->down + c->up));
    }
    scale.share = fmin(scale.share, 0.75);
    return scale;
}

void chart_goal_window(const struct chart_goal_scale *scale, const struct chart_indicator *indicator, double *low,
                       double *high)
{
    const struct chart_goal_changes *own = &scale->units[indicator->unit];
    double share = scale->share, span = fmax(own->up / (1 - share), share > 0 ? own->down / share : 0);
    if (span <= 0)
        span = 1;
    double anchor = anchor_of(indicator);
    *low = anchor - share * span;
    *high = anchor + (1 - share) * span;
}

/* ---- one row
 * ------------------------------------------------------------------------------------------------------ */
struct row {
    const struct chart_context *context;
    struct chart_indicator indicator;
    double low, high;
};

struct axis {
    double x, width, y, low, high;
};

static double place(const struct axis *a, const struct chart_number *n)
{
    double share = a->high > a->low ? (decimal_to_double(n->value) - a->low) / (a->high - a->low) : 0.5;
    return a->x + fmin(fmax(share, 0), 1) * a->width;
}

void chart_draw_goal_dot(const struct chart_context *c, struct display_page *page, double x, double y,
                         double size, const struct design_colour *colour)
{
    const struct design_colour *paper = chart_colour(c, "paper", 0);
    double edge = 0.9;
    if (chart_chosen(c, "goal-row", "shape", "square")) {
        display_add_rect(
            page, (struct rect){x - size / 2 - edge, y - size / 2 - edge, size + 2 * edge, size + 2 * edge},
            paper);
        chart_meaning(page, true);
        display_add_rect(page, (struct rect){x - size / 2, y - size / 2, size, size}, colour);
    } else {
        chart_fill_disc(page, x, y, size / 2 + edge, paper);
        chart_meaning(page, true);
        chart_fill_disc(page, x, y, size / 2, colour);
    }
    chart_meaning(page, false);
}

static void diamond(struct path *path, double x, double y, double reach)
{
    path_move(path, x, y - reach);
    path_line(path, x + reach, y);
    path_line(path, x, y + reach);
    path_line(path, x - reach, y);
    path_close(path);
}

void chart_draw_goal_actual(const struct chart_context *c, struct display_page *page, double x, double y,
                            double size, const struct design_colour *colour)
{
    struct path rim = PATH_EMPTY, path = PATH_EMPTY;
    diamond(&rim, x, y, size / 2 + 1.4);
    diamond(&path, x, y, size / 2);
    display_fill(page, &rim, chart_colour(c, "paper", 0));
    chart_meaning(page, true);
    display_fill(page, &path, colour);
    chart_meaning(page, false);
    path_free(&rim);
    path_free(&path);
}

/* Where the forecast lies: a capsule without fill, hatched, so that it never looks like something that has
 * happened. */
void chart_draw_goal_capsule(const struct chart_context *c, struct display_page *page, double from, double to,
                             double y, const struct design_colour *colour)
{
    double height = chart_length(c, "goal-row", "capsule"), r = height / 2;
    if (chart_chosen(c, "goal-row", "shape", "square"))
        r = 0;
    double left = fmin(from, to), right = fmax(fmax(from, to), left + height);
    struct path path = PATH_EMPTY;
    path_round_rect(&path, (struct rect){left, y - height / 2, right - left, height},
                    (double[4]){r, r, r, r});
    display_fill(page, &path, chart_colour(c, "paper", 0));
    chart_meaning(page, true);
    chart_hatch(page, &path, colour, chart_length(c, "goal-row", "hatch"),
                chart_length(c, "goal-row", "hatch-line") * 0.6);
    display_stroke(page, &path, colour, 0.7);
    chart_meaning(page, false);
    path_free(&path);
}

void chart_draw_goal_target(const struct chart_context *c, struct display_page *page, double x, double y,
                            int hue)
{
    double width = chart_length(c, "goal-row", "tick"), height = chart_length(c, "goal-row", "tick-height");
    chart_meaning(page, true);
    display_add_rect(page, (struct rect){x - width / 2, y - height / 2, width, height},
                     chart_colour(c, "deep", hue));
    chart_meaning(page, false);
}

/* Where figures stand within a row chart: between the ends that the arrow may need, right of the cut. */
void chart_goal_row_axis(const struct chart_context *c, double low, double high, struct rect frame,
                         double *left, double *width)
{
    double end = chart_length(c, "goal-row", "arrow") + 2, dot = chart_length(c, "goal-row", "dot");
    bool cut = low > 0 || high < 0;
    *left = frame.x + end + (cut ? 13 : 2) + dot / 2;
    *width = fmax(1, frame.x + frame.width - end - dot / 2 - 2 - *left);
}

/* Axis, cut mark and wanted direction; gives the part in which figures are placed. */
static struct axis draw_axis(const struct row *r, struct display_page *page, struct rect frame)
{
    const struct chart_context *c = r->context;
    double arrow = chart_length(c, "goal-row", "arrow"), y = frame.y + frame.height / 2;
    const struct design_colour *grey = chart_colour(c, "grey", 0), *rule = chart_colour(c, "rule", 0);
    double left = frame.x + arrow + 2, right = frame.x + frame.width - arrow - 2;
    struct axis axis = { .y = y, .low = r->low, .high = r->high };
    chart_goal_row_axis(c, r->low, r->high, frame, &axis.x, &axis.width);
    chart_line(page, left, y, right, y, rule, chart_length(c, "goal-row", "axis"), 0);
    if (r->low > 0 || r->high < 0)
        chart_cut_mark(page, left + 6, y, false, grey);
    if (r->indicator.better)
        chart_arrow(page, r->indicator.better > 0 ? right : left, y, r->indicator.better, false, arrow, grey);
    return axis;
}

static void draw_row(const struct row *r, struct display_page *page, struct rect frame)
{
    const struct chart_context *c = r->context;
    const struct chart_indicator *i = &r->indicator;
    if (!i->baseline.present && !i->target.present && !i->forecast.present && !i->actual.present)
        return; /* words stand in the table: no empty axis */
    bool before = chart_meaning(page, false);
    struct axis axis = draw_axis(r, page, frame);
    const struct design_colour *main = chart_colour(c, "main", i->hue);
    double bar = chart_length(c, "goal-row", "bar"), dot = chart_length(c, "goal-row", "dot");
    if (i->forecast.present)
        chart_draw_goal_capsule(c, page,
                                i->baseline.present ? place(&axis, &i->baseline) : place(&axis, &i->forecast),
                                place(&axis, &i->forecast), axis.y, main);
    /* What the dot hides need not be drawn. */
    if (i->baseline.present && i->target.present &&
        fabs(place(&axis, &i->target) - place(&axis, &i->baseline)) > dot / 2 + 1) {
        chart_meaning(page, true);
        chart_line(page, place(&axis, &i->baseline), axis.y, place(&axis, &i->target), axis.y, main, bar, 0);
        chart_meaning(page, false);
    }
    if (i->target.present)
        chart_draw_goal_target(c, page, place(&axis, &i->target), axis.y, i->hue);
    if (i->baseline.present)
        chart_draw_goal_dot(c, page, place(&axis, &i->baseline), axis.y, dot, main);
    if (i->actual.present)
        chart_draw_goal_actual(c, page, place(&axis, &i->actual), axis.y, dot * 1.2,
                               chart_colour(c, "deep", i->hue));
    chart_meaning(page, before);
}

static struct layout_size measure_row(void *data, struct layout_size room)
{
    struct row *r = data;
    double width = room.width > 0 ? room.width : 30 * MM;
    return (struct layout_size){width, chart_length(r->context, "goal-row", "height")};
}

static void draw_one(void *data, struct display_page *page, struct rect frame)
{
    draw_row(data, page, frame);
}

static void choose_range(struct row *r)
{
    if (r->low < r->high)
        return;
    struct chart_goal_scale scale = chart_goal_scale(&r->indicator, 1);
    chart_goal_window(&scale, &r->indicator, &r->low, &r->high);
}

struct layout_drawing *chart_goal_row(const struct chart_context *c, const struct chart_indicator *indicator,
                                      double low, double high)
{
    struct row *r = arena_new_of(c->arena, struct row);
    *r = (struct row){.context = c, .indicator = *indicator, .low = low, .high = high};
    choose_range(r);
    return chart_drawing(c, r, measure_row, draw_one, NULL);
}

void chart_draw_goal_row(const struct chart_context *c, struct display_page *page,
                         const struct chart_indicator *indicator, double low, double high, struct rect frame)
{
    struct row r = {.context = c, .indicator = *indicator, .low = low, .high = high};
    choose_range(&r);
    draw_row(&r, page, frame);
}

/* ---- a state's mark
 * ----------------------------------------------------------------------------------------------- */
struct mark {
    const struct chart_context *context;
    enum chart_status status;
    int hue;
    double size;
};

static struct layout_size measure_mark(void *data, struct layout_size room)
{
    (void)room;
    struct mark *m = data;
    return (struct layout_size){m->size, m->size};
}

static void draw_mark(void *data, struct display_page *page, struct rect frame)
{
    struct mark *m = data;
    chart_draw_status(m->context, page, m->status, m->hue, frame.x + frame.width / 2,
                      frame.y + frame.height / 2, m->size);
}

struct layout_drawing *chart_status_mark(const struct chart_context *c, enum chart_status status, int hue,
                                         double size)
{
    struct mark *m = arena_new_of(c->arena, struct mark);
    *m = (struct mark){c, status, hue, size > 0 ? size : chart_length(c, "status", "size")};
    return chart_drawing(c, m, measure_mark, draw_mark, NULL);
}
