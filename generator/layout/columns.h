/* Columns in hand: flow.c takes them from top to bottom, balance.c seeks their height, columns.c fills it, floats.c places
   the shapes. */
#ifndef LAYOUT_COLUMNS_H
#define LAYOUT_COLUMNS_H
#include "layout/layout_internal.h"

enum { LAYOUT_MOST_SHAPES = 16 };

struct columns {
    struct layout_run *run;
    const struct layout_box *box;
    const struct layout_place *place;
    int count;
    double width, gap;                     /* of a column */
    double top;                            /* edge of the first row that the place has */
    double below;                          /* blank space below them, */
    bool ends;                             /* and whether no line comes after it */
    int rows;                              /* that the place has */
    int lowered;                           /* rows that the text stands lower, in the middle of a higher shape */
    int block;                             /* rows of text and shapes together */
    struct layout_box **blocks;            /* paragraphs and boxes in order, plain stacks opened */
    size_t block_count;
    bool fills;                            /* one column after the other: not balanced */
    bool more;                             /* than these; they are enough to fill the place */
    struct layout_box *across;             /* the box after them, which runs across the columns; NULL: none */
    struct layout_box *first_figure;       /* that waited for the top of the first column; NULL: none */
    struct layout_box *waits;              /* a figure among them that stands on the next page in any case; NULL: none */
    struct layout_box *stop;               /* where they end because what follows must not come before it */
    const struct layout_token *first_inner;
    struct columns_float {
        const struct layout_float *of;
        struct layout_size size;
        double x, gap;
        double highest;                    /* y: it may rise as far as there */
    } floats[LAYOUT_MOST_SHAPES];
    int float_count;
    const struct layout_float *floats_after;               /* for another page in any case */
    struct layout_shape shapes[LAYOUT_MOST_SHAPES];        /* of the try in hand, in order of the floats */
    int shape_count;
    struct columns_memo {                  /* rooms by row and column, for ink of one style */
        double cap, descent;
        struct columns_room {
            struct text_room room;
            bool known;
        } *rooms;
        size_t capacity;
    } memo;
};

/* What makes columns level: paragraphs set a line longer or shorter than they like, headings a row lower. */
enum { COLUMNS_MOST_CHOICES = 4 };

struct columns_choice {
    const struct layout_box *box[COLUMNS_MOST_CHOICES];
    int lines[COLUMNS_MOST_CHOICES];       /* of a paragraph, or blank rows above a heading, more than usual */
    int count;
};

struct columns_result {
    int height;                            /* rows asked for */
    int *ends;                             /* rows used, by column */
    struct layout_fragment *out;           /* holds the pieces as children */
    bool complete, any;
    size_t block;                          /* the first that is not complete */
    const struct layout_token *inner;
    int lines_left;                        /* rows that a paragraph lacks which the columns' end cuts */
    bool forced;
    enum layout_break kind;
    struct layout_box *figure;             /* waits for the next page */
};

/* A try with its price; smaller is better. */
struct columns_attempt {
    struct columns_result result;
    const struct layout_float *floats;     /* left over */
    struct columns_choice choice;
    double cost;
    double ends;                           /* the part of the cost that is due to ends which are not level */
    double setting;                        /* the part of the cost that only this text in these columns can help */
    int uneven;
    bool lenient;                          /* nothing stood by the rules: what the others would try is worse */
};

double columns_edge(const struct columns *, int row);     /* of the text's rows */
void columns_forget_rooms(struct columns *);              /* shapes have moved */
/* Floats: what is known before any height is tried; a place for each beside so many rows of text; the first without. */
void columns_open_floats(struct columns *, const struct layout_float *);
void columns_place_floats(struct columns *, int rows);
double columns_end_of_floats(const struct columns *);     /* where what follows may begin */
const struct layout_float *columns_floats_left(const struct columns *);
double columns_rows_of_floats(const struct columns *);    /* rows of a column that they take at least */
/* Is it a heading on the page, which may stand a row lower? */
bool columns_is_heading(const struct layout_box *);
/* May it wait for the next page, with text going on before it? Named in the text, and no higher than a page. */
bool columns_may_move(struct columns *, struct layout_box *, double width);
/* Lines of text as they flow from column to column, not a heading, not a box. */
bool columns_is_flowing(const struct columns *, const struct layout_box *);
/* A figure at the top of an empty page where it has no room: it stands all the same, and is told. */
struct layout_fragment *columns_fit_all_the_same(struct layout_run *, struct layout_box *, struct layout_place);
/* Fill columns of that height. `lenient`: rules may be broken, so that an empty page takes something. */
struct columns_result columns_fill(struct columns *, int height, const struct columns_choice *, bool lenient);
/* The best of the heights and choices that were tried. The shapes stand as in the last one: place them again. */
struct columns_attempt columns_choose(struct columns *, bool must);
#endif
