/* Inside the trend chart: its panels, set by trend.c and drawn by trend_draw.c. */
#ifndef CHART_TREND_H
#define CHART_TREND_H
#include "chart/draw.h"
#include "chart/scale.h"

/* What stands at the right end of a line, from top to bottom. */
struct chart_trend_label {
    const char *text;
    const struct design_colour *colour;
    struct point at;
    const struct chart_number *number;     /* whose point it stands at */
    struct text_label label;
};

struct chart_trend_panel {
    enum text_unit unit;
    const struct chart_indicator **lines;
    size_t line_count;
    struct chart_scale scale;
    bool alone;                            /* a small multiple: its line is named above it */
    struct rect frame;                     /* from the drawing's corner */
    struct text_label title, words;        /* words: instead of a line that has no figures */
    struct chart_trend_label *ends;
    size_t end_count;
    double ends_width, ends_height;
};

struct chart_trend_period {
    const char *text;
    double place;                          /* 0 to 1 */
};

struct chart_trend {
    const struct chart_context *context;
    const struct chart_chart *chart;
    bool set;
    struct layout_size size;
    struct chart_trend_panel *panels;
    size_t panel_count;
    struct chart_trend_period *periods;
    size_t period_count;
    bool tiny;                             /* so many panels that they have neither axes nor grids */
};

/* Above and below a panel's grid, between two labels at its right, and left of a grid without figures (half a dot). */
#define CHART_TREND_HEAD (4.5 * MM)
#define CHART_TREND_FOOT (2.6 * MM + 9)
#define CHART_TREND_GAP 1.5
#define CHART_TREND_NO_TICKS 5.0

double chart_trend_place(const struct chart_trend *, const char *period, double width);
/* The last figure that is not a plan: where target and forecast begin. NULL: none. */
const struct chart_number *chart_trend_last(const struct chart_indicator *);
/* The figure that a tiny panel tells; NULL: none. */
const struct chart_number *chart_trend_told(const struct chart_indicator *);
const char *chart_trend_value(const struct chart_trend *, const struct chart_indicator *, const struct chart_number *);
bool chart_trend_has_lines(const struct chart_trend_panel *);
const char *chart_trend_tick(const struct chart_trend *, const struct chart_trend_panel *, int i);
/* Room for the axis' figures: none where they would take more than a third. */
double chart_trend_axis_room(const struct chart_trend *, const struct chart_trend_panel *, double width);
void chart_trend_draw(const struct chart_trend *, struct display_page *, const struct chart_trend_panel *, struct rect frame);
#endif
