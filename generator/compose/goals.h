/* Inside the goals: what the table (goals.c) and the cards (goals_cards.c) share. Both show the same lines with the same
   columns, and both are a table for a screen reader. */
#ifndef COMPOSE_GOALS_H
#define COMPOSE_GOALS_H
#include "compose/run.h"

enum run_goals_kind {
    RUN_GOALS_NUMBER, RUN_GOALS_TEXT, RUN_GOALS_BASELINE, RUN_GOALS_TARGET, RUN_GOALS_ACTUAL, RUN_GOALS_CHANGE, RUN_GOALS_CHART,
    RUN_GOALS_STATUS, RUN_GOALS_KINDS
};

enum { RUN_GOALS_COLUMNS = 9 };             /* at most */

struct run_goals_column {
    enum run_goals_kind kind;
    double width, gap;                     /* gap: right of what stands in it */
    const struct design_style *style, *words;
    enum design_align align;
    const char *word;                      /* the key of its head, or NULL */
};

struct run_goals_remark {                  /* a note below the table: a goal's reason, told once for all that share it */
    const char *text, *mark;
    struct display_node *node;
    struct run_goals_remark *next;
};

struct run_goals_line {                    /* what a row or a card shows */
    const struct plan_part *group;         /* that begins with this line, or NULL */
    const struct plan_goal *goal;
    const struct plan_measure *measure;    /* NULL: a goal's own line above its measures */
    const struct plan_inline *text;
    bool number, last;                     /* shows the goal's number; ends its group */
    bool goes_on;                          /* the next line is of the same goal */
    size_t indicator;                      /* of the measure, in the table's indicators */
    int hue;
};

struct run_goals_table {
    struct run *run;
    const struct run_context *context;
    const struct design_element *element;
    struct run_goals_column columns[RUN_GOALS_COLUMNS];
    int count;
    struct layout_box *box;
    struct display_node *node, *body;
    struct run_goals_line *lines;
    size_t line_count, line_capacity;
    struct chart_indicator *indicators;
    size_t indicator_count, indicator_capacity;
    struct chart_goal_scale scale;         /* of all of them */
    struct run_goals_remark *remarks;
    const char *period;                    /* of all targets, or NULL when they differ */
};

/* A measure of the element, in points; a text style that it names, or the usual one. */
double run_goals_measure(const struct run_goals_table *, const char *name, double missing);
const struct design_style *run_goals_style(struct run_goals_table *, const struct design_element *, const char *name,
                                           const char *missing);
/* The head of a column in the plan's language; NULL when it has none. */
const char *run_goals_word(struct run_goals_table *, const struct run_goals_column *);

/* ---- goals_cells.c: what stands in a cell --------------------------------------------------------------------- */
/* The figures of a line's measure; the line has one. */
const struct chart_indicator *run_goals_indicator(const struct run_goals_table *, const struct run_goals_line *);
/* What a column of numbers shows of them; NULL: the kind is none. */
const struct chart_number *run_goals_number(const struct chart_indicator *, enum run_goals_kind);
/* From baseline to target; NULL when one of them has no number. In the run's arena. */
const char *run_goals_change(const struct run_goals_table *, const struct chart_indicator *);
/* Are the figures of another measure shown below this line's own? */
bool run_goals_compared(const struct run_goals_line *);
/* A paragraph more in a cell; without words none. */
void run_goals_put_text(struct run_goals_table *, struct layout_box *cell, struct run_text, const struct design_style *,
                        enum design_align, struct source);
void run_goals_put_words(struct run_goals_table *, struct layout_box *cell, const char *words, const struct design_style *,
                         enum design_align, const struct design_colour *, struct source);
/* What a column says of a line, into a box whose node is the cell's. */
void run_goals_fill(struct run_goals_table *, struct layout_box *cell, const struct run_goals_line *,
                    const struct run_goals_column *);
/* How wide the number in its column of targets is, with the marks of its remarks; 0 without a number. */
double run_goals_target_width(struct run_goals_table *, const struct run_goals_line *, const struct run_goals_column *);
/* `goal "x"`: what messages call its row or card. */
const char *run_goals_called(struct run *, const struct run_goals_line *);
/* The remarks whose marks stand in the cells, below the table. */
void run_goals_add_remarks(struct run_goals_table *, struct layout_box *parent);
/* What stands in a column of numbers for that measure; NULL: no number. */
const char *run_goals_words_in(const struct run_goals_table *, const struct chart_indicator *, enum run_goals_kind);
/* The column of the goals' numbers becomes as wide as the widest of them. */
void run_goals_widen_number(struct run_goals_table *);

/* ---- goals_cards.c: all lines as cells of a grid --------------------------------------------------------------- */
void run_goals_cards(struct run_goals_table *, struct layout_box *grid);
#endif
