/* Charts of rows: labels at the left, marks on a horizontal axis, one axis for each unit. Only for chart/. */
#ifndef CHART_ROWS_H
#define CHART_ROWS_H
#include "chart/draw.h"
#include "chart/place.h"
#include "chart/scale.h"

struct chart_row {
    const struct chart_indicator *indicator;
    size_t group;
    int column;
    double y, height;                      /* from the chart's top */
    struct text_label number, label, note; /* note: right of the marks */
    struct text_label words;               /* in the plot, where there is no number */
    bool has_number;
    struct decimal from;                   /* its baseline, where the group shows changes from it; else 0 */
};

/* The rows of one unit. Different units never share an axis. */
struct chart_row_group {
    enum text_unit unit;
    struct chart_scale scale;
    bool has_numbers;                      /* without: no axis */
    int better;                            /* of all its rows; 0: none or mixed */
    bool mixed;                            /* higher is better in some rows, lower in others: each says it */
    bool from_baseline;                    /* the axis shows changes: all baselines stand below one another */
};

struct chart_rows;

/* What a kind adds to the rows. */
struct chart_rows_kind {
    bool from_zero;                        /* bars: the axis holds zero */
    bool axis;                             /* draw ticks and grid */
    bool may_align;                        /* changes that would be lost on a common axis are shown from the baseline */
    bool directions;                       /* rows say which way is better where it is not the same for all */
    double row, least;                     /* height of a row: wished and least, points */
    double left, right;                    /* room wished in the plot for values beside the outermost marks */
    const char *(*words)(const struct chart_rows *, const struct chart_indicator *);   /* in the plot of a row without number */
    bool states;                           /* marks of states at the right end */
    /* What the marks are, above the rows: the word of entry `which` ("": does not occur, NULL: no more), and its mark,
       with the middle at x, y. */
    const char *(*sample_word)(const struct chart_rows *, int which);
    void (*sample)(const struct chart_rows *, struct display_page *, int which, double x, double y);
    /* The words right of a row's marks; NULL: none. */
    const char *(*note)(const struct chart_rows *, const struct chart_indicator *);
    void (*draw)(const struct chart_rows *, struct display_page *, const struct chart_row *, struct rect plot);
};

struct chart_rows {
    const struct chart_context *context;
    const struct chart_chart *chart;
    struct chart_rows_kind kind;
    bool set, compact;                     /* compact: smaller words and closer rows, to stay on the page */
    struct layout_size room, size;
    struct chart_row *rows;
    size_t count;
    struct chart_goal_scale scale;         /* of rows that draw what the goals table draws */
    struct chart_row_group groups[8];
    size_t group_count;
    int columns;
    bool noted;                            /* values stand in the note: beside the marks there is no room */
    double left, right;                    /* of the plot, for values; 0 where noted */
    double column_width, label_width, number_width, note_width, head;
};

struct layout_drawing *chart_rows_new(const struct chart_chart *, const struct chart_rows_kind *);
/* x of a value in a row's plot. */
double chart_rows_place(const struct chart_rows *, const struct chart_row *, struct rect plot,
                        struct decimal v);
#endif
