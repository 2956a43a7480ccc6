/* Charts and illustrations: drawings made from figures and words. They have never heard of employment: compose fills
   these plain values from the plan. */
#ifndef CHART_CHART_H
#define CHART_CHART_H
#include <stdbool.h>
#include <stddef.h>

#include "base/num.h"
#include "layout/layout.h"

/* What every drawing needs; lives as long as the document. */
struct chart_context {
    struct display_document *document;     /* its arena holds what pages show: colours, styles, data */
    struct text_engine *engine;
    struct arena *arena;                   /* of what a drawing needs until it is drawn */
    const struct design *design;
    const char *lang;
    int area_count;                        /* hues there are */
    struct diag *diag;
    struct chart_sizes *sizes;             /* chart_sizes_new; NULL: styles of other sizes are made anew each time */
};

/* Styles of other sizes that drawings have asked for, made once: the text engine keeps what it has shaped by style. */
struct chart_sizes *chart_sizes_new(struct arena *);

/* The measures that a template gives for charts and illustrations: unknown names, words and colours, and components that
   are written twice, are errors at their place. */
void chart_check_components(const struct design *, struct diag *);

/* ---- illustrations ------------------------------------------------------------------------------------------------ */
struct chart_station {         /* a station, sector, step, head or row */
    const char *label;
    const char *detail;                    /* second line, or NULL */
    const struct image_vector *icon;       /* or NULL */
    bool highlighted;
    int hue;                               /* 0 primary, n focus area n */
    struct source at;
};

struct chart_illustration {
    const struct chart_context *context;
    const struct chart_station *stations;
    size_t count;
    const char *hub, *from, *to;           /* words of the middle, of the ends of a continuum; NULL */
    const char *hub_second;                /* cycle: second half of the core, or NULL */
    const struct image_vector *hub_icon, *hub_icon_second;
    /* matrix */
    const struct chart_station *rows;
    size_t row_count;
    const bool *cells;                     /* row_count * count: served */
    bool strands;                          /* heads bend out to the page's edge */
    double page_right;                     /* x of the trim edge, for strands */
    const struct image_vector *const *walkers;             /* people on a matrix' outermost strand, the foremost
                                                              first; on a continuum's ramp, the lowest first */
    size_t walker_count;
    double height;                         /* that tiles are to fill, and a matrix is not to exceed; 0: its own */
    int hue;
    struct source at;
    const char *id;
};

/* The kinds: "cycle", "wheel", "continuum", "matrix". NULL when there is no such kind. The text of the labels is tagged
   by the figure's alt text (the drawing is one Figure). */
struct layout_drawing *chart_illustration(const char *kind, const struct chart_illustration *);
const char *const *chart_illustration_kinds(void);         /* NULL-terminated */

struct chart_number {          /* a number and how it is written in the plan's language */
    bool present;
    struct decimal value;
    const char *text;                      /* "8,7 %" */
    const char *period;
};

/* A value in a circle (or the template's other shape) that text runs round. */
struct chart_key_figure {
    const struct chart_context *context;
    const char *value, *label;             /* "11,2 %", "ungeledighed" */
    double share;                          /* 0 to 1: ring; below 0: a count, full ring */
    const struct chart_number *history;    /* sparkline, in order of time; or NULL */
    size_t history_count;
    double mark;                           /* comparison on the ring, 0 to 1; below 0: none */
    int hue;
    const struct design_colour *ground;    /* it stands on this: no shape of its own, what it shows is light or dark as
                                              the ground needs; NULL: the component's shape */
    double radius, height;                 /* 0: the component's; a square or plain one is at least so high */
    struct source at;
    const char *id;
};

struct layout_drawing *chart_key_figure(const struct chart_key_figure *);

/* Picture or art in a frame, cropped to "rectangle" or "circle"; `bitmap` or `vector`. */
struct layout_drawing *chart_picture(const struct chart_context *, const struct image_bitmap *,
                                     const struct image_vector *, const char *shape, int hue, double width,
                                     double height);
/* An icon on `ground` (NULL: paper), of which a shape is drawn round it: "disc" (or NULL), "square" or "none". */
struct layout_drawing *chart_icon(const struct chart_context *, const struct image_vector *, int hue,
                                  const struct design_colour *ground, const char *shape, double size);

/* Which areas something serves: a dot each in its hue, hollow where not `highlighted`, its name beside. */
struct layout_drawing *chart_dots(const struct chart_context *, const struct chart_station *, size_t count,
                                  double size, double row);

/* ---- charts of indicators against goals ------------------------------------------------------------------------------ */
enum chart_status { CHART_REACHED, CHART_ON_THE_WAY, CHART_NOT_REACHED, CHART_NOT_MEASURED, CHART_NO_TARGET };

struct chart_indicator {
    const char *id, *label, *number;       /* number: "6", as printed */
    struct chart_number baseline, target, forecast, actual;
    const char *baseline_words, *target_words;             /* in place of a number; NULL */
    const struct chart_number *series;     /* for trend, slope: in order of time */
    size_t series_count;
    int better;                            /* +1 higher, -1 lower, 0 unknown */
    enum text_unit unit;
    bool has_status;
    enum chart_status status;
    const char *status_text;
    const char *source_note;
    int hue;
    struct source at;
};

struct chart_chart {
    const struct chart_context *context;
    const char *id;
    const struct chart_indicator *indicators;
    size_t count;
    const char *title, *source_note;
    /* matrix, stacked: see chart_illustration */
    double width, height;                  /* 0: as the place gives */
    struct source at;
};

/* The kinds: "bullet", "dumbbell", "goal-row", "trend", "ring", "bars", "stacked", "slope", "board". NULL when there is no
   such kind. */
struct layout_drawing *chart_new(const char *kind, const struct chart_chart *);
const char *const *chart_kinds(void);

/* The row chart of a goals table, without words, in a frame `height` high. `low`, `high`: a common scale, or both 0. */
struct layout_drawing *chart_goal_row(const struct chart_context *, const struct chart_indicator *, double low,
                                      double high);
/* What the row charts of a table share, so that they can be compared: all baselines stand below one another, and indicators
   of one unit have one scale. Indicators without numbers are passed too. */
struct chart_goal_scale {
    double share;                          /* of the width, where the baselines stand */
    struct chart_goal_changes {
        double down, up;                   /* the most of any indicator of the unit */
    } units[TEXT_UNIT_POINTS + 1];
};

struct chart_goal_scale chart_goal_scale(const struct chart_indicator *, size_t n);
/* The window in which one of them is drawn. */
void chart_goal_window(const struct chart_goal_scale *, const struct chart_indicator *, double *low, double *high);
/* What the marks of a table of row charts mean: only those that occur in it; `states`: its status marks too. */
struct layout_drawing *chart_legend(const struct chart_context *, const struct chart_indicator *, size_t n,
                                    bool states);
/* The mark of a state: its shape, `size` wide. */
struct layout_drawing *chart_status_mark(const struct chart_context *, enum chart_status, int hue, double size);

/* Alt text from the figures: kind, what, the point; in the context's language; in the arena. */
char *chart_alt(const char *kind, const struct chart_chart *);
char *chart_illustration_alt(const char *kind, const struct chart_illustration *);
/* The numbers as CSV, for attaching. */
struct display_data *chart_data(const struct chart_chart *);
#endif
