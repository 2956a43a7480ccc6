/* What the files of the layout layer share: places, tokens, fragments. A box is fitted into a place and gives a
   fragment: a piece of it with its lines and children, in page coordinates. What did not fit is named by a token, with
   which the next page goes on. Nothing is drawn until a page has been chosen. */
#ifndef LAYOUT_INTERNAL_H
#define LAYOUT_INTERNAL_H
#include <math.h>

#include "layout/layout.h"

/* A run, or a measurement. */
struct layout_run {
    const struct layout_job *job;
    const struct design *design;
    struct text_engine *engine;
    struct arena *scratch;                 /* fragments and tokens of the pages in hand */
    double step, origin, drop;             /* grid: its step, upper edge of row 0, baseline above a row's lower edge */
    double column, gutter;                 /* of the layout grid */
    int page_rows;                         /* of the whole type area */
    struct layout_box *notes;              /* what holds a page's footnotes; NULL: no box of the sequence has any */
    unsigned serial, last_serial;          /* of the way that led to the page in hand: see layout_state.memo */
};

/* What stands above a box already: the children so far of the stacks that hold it, inner ones first. */
struct layout_above {
    const struct layout_fragment *fragment;
    const struct layout_above *outer;
};

/* Where a box is to stand. */
struct layout_place {
    double x, width;
    double y, limit;                       /* its top; where the page, or what holds it, ends */
    const struct layout_above *above;      /* a float may rise beside what stands there, */
    double ceiling;                        /* but not over this */
    double below;                          /* blank space below the box, before the next line */
    bool ends;                             /* no line comes after it in what holds it */
    int page;
    bool right_hand;
    bool grid;                             /* what holds it stands on the grid */
    bool must;                             /* it stands first on its page: it begins here, whatever it costs */
};

/* Where a box goes on. Every member is about the child with which it does. */
struct layout_token {
    const struct layout_box *child;        /* STACK, GRID, TABLE, COLUMNS; NULL: it is complete (a cell of a ROW) */
    const struct layout_token *inner;      /* inside that child; NULL: from its beginning */
    int from;                              /* PARAGRAPH: break point */
    const struct layout_token *const *cells;               /* ROW, GRID: of the cells side by side; NULL: complete */
    int cell_count;
    const struct layout_float *floats;     /* COLUMNS: those that are still to be placed */
    struct layout_box *figure;             /* COLUMNS: stands before what the token names, at the top; NULL: none waits */
    bool forced;                           /* a break was asked for, of this kind */
    enum layout_break kind;
};

struct layout_line {
    struct text_line line;                 /* its x is the page's */
    double baseline;
};

enum layout_fault {
    LAYOUT_OVERSET = 1,                    /* higher than the place */
    LAYOUT_CUT = 2,                        /* keep_together broken */
    LAYOUT_STRANDED = 4,                   /* a heading without the lines that it keeps */
    LAYOUT_WIDOW = 8,                      /* one line of a paragraph alone */
    LAYOUT_UNEVEN = 16,                    /* column ends more than a line apart */
    LAYOUT_AWAY = 32                       /* text complete, but not its shape */
};

struct layout_strip {
    double x, width;
};

struct layout_fragment {
    struct layout_box *box;
    struct rect frame;
    double bottom;                         /* of its content; the frame may reach further */
    struct layout_fragment *first, *last, *next;
    const struct layout_token *rest;       /* NULL: complete */
    bool continued;                        /* not the box's first piece */
    bool repeated;                         /* a header row shown again */
    struct layout_line *lines;             /* of a PARAGRAPH */
    size_t line_count;
    double cost;                           /* its own and its children's */
    unsigned faults;
    double over;                           /* points beyond the place */
    int spare_rows;                        /* by which its columns are uneven */
    struct layout_strip *strips;           /* of a TABLE_ROW out of which cells reach down: where its rule is drawn */
    int strip_count;
};

/* What is kept with a box between pages and tries. */
struct layout_state {
    struct text_para *para;
    double cap, descent;                   /* of a PARAGRAPH's ink above and below a baseline */
    double extra;                          /* height shared out to it on the page in hand */
    double natural_width, natural_height;  /* of a box in columns, undivided */
    struct layout_profile *profile;        /* of a DRAWING that text runs round */
    struct layout_set {                    /* lines by what they were asked for; the oldest is forgotten */
        uint64_t key;
        struct text_lines lines;
    } sets[12];
    int next_set;
    struct {                               /* the box as it was fitted last, whole; good while the page begins alike */
        unsigned serial;
        struct layout_place place;
        double extra;
        const struct layout_fragment *fragment;
    } memo;
};

/* Penalties, to be compared with LAYOUT_COST_PAGE: the cost of one page more. */
enum {
    LAYOUT_COST_PAGE = 150,
    LAYOUT_COST_BLANK = 1500,              /* times the square of a page's share that stays blank */
    LAYOUT_COST_STRANDED = 5000, LAYOUT_COST_OVERSET = 20000, LAYOUT_COST_CUT = 3000, LAYOUT_COST_WIDOW = 1000,
    LAYOUT_COST_SPLIT_BOX = 300, LAYOUT_COST_SPLIT_TABLE = 60, LAYOUT_COST_SPLIT_PARAGRAPH = 10,
    LAYOUT_COST_WORTH = 3,                /* beyond a page: what costs less is not searched for a better end */
    LAYOUT_COST_PARTED = 150,              /* a note below a table that comes on another page than the table's end */
    LAYOUT_COST_AWAY = 200,                /* a float that comes on a later page than its text */
    LAYOUT_COST_MOVED = 20,                /* a figure that waits for the next page */
    LAYOUT_COST_SPLIT_NOTE = 15,           /* a footnote that goes on, on the next page */
    LAYOUT_COST_LATE_NOTE = 250,           /* ... that begins on another page than that of its mark */
    LAYOUT_COST_FACING = 8,                /* a row by which facing pages do not end level */
    LAYOUT_COST_LINE = 60,                 /* a column a line short beyond the first */
    LAYOUT_COST_UNEVEN = 150,              /* ... no more for all of them where they are complete: another page is no remedy */
    LAYOUT_COST_EMERGENCY = 100,           /* a line for which no limit could be kept, if another page end would help it */
    LAYOUT_COST_LOOSENESS = 12
};

enum { LAYOUT_KEEP_LINES = 2 };            /* of a paragraph, at either side of a break */

/* ---- the grid (frame.c) --------------------------------------------------------------------------------------- */
double layout_row_up(const struct layout_run *, double y);         /* the next row edge at or below y */
double layout_row_baseline(const struct layout_run *, double edge);
int layout_rows(const struct layout_run *, double height);         /* rows that hold the height */
int layout_rows_within(const struct layout_run *, double height);  /* rows that the height holds */

/* What it costs to part a box, or a shape and its text, at the end of the page: less where both stay in sight on one
   spread, more where the reader must turn the leaf. */
double layout_parting_cost(const struct layout_run *, const struct layout_place *, double cost);
/* What it costs to go on there on the next page, because it belongs to what stands above. */
double layout_parted_cost(const struct layout_token *rest);

/* ---- fitting -------------------------------------------------------------------------------------------------- */
/* NULL: not even its beginning fits (never when place.must). */
struct layout_fragment *layout_fit(struct layout_run *, struct layout_box *, const struct layout_place *,
                                   const struct layout_token *);
bool layout_is_plain(const struct layout_box *);                   /* a stack without look or size of its own */
/* The space that a box wants before and after it, children of plain stacks included; `top`: it stands at the top. */
double layout_space_before(const struct layout_box *, bool top);
double layout_space_after(const struct layout_box *);
bool layout_keeps_next(const struct layout_box *);
/* A cell that ends above its row's bottom: its content by its align, its field down to there. */
void layout_align_cell(const struct layout_run *, struct layout_fragment *cell, double bottom);
struct layout_fragment *layout_fragment_new(struct layout_run *, struct layout_box *, const struct layout_place *);
void layout_add_fragment(struct layout_fragment *parent, struct layout_fragment *child);
/* All of it but the box. */
struct layout_fragment *layout_copy_fragment(struct arena *, const struct layout_fragment *);
void layout_move_fragment(struct layout_fragment *, double dx, double dy);
struct layout_token *layout_token_new(struct layout_run *, const struct layout_box *child,
                                      const struct layout_token *inner);
bool layout_tokens_equal(const struct layout_token *, const struct layout_token *);
const struct layout_token *layout_token_copy(struct arena *, const struct layout_token *);

/* Contents by kind: fill the fragment from place.y on, set its bottom and rest. False: it does not fit. */
bool layout_fit_paragraph(struct layout_run *, struct layout_box *, const struct layout_place *,
                          const struct layout_token *, struct layout_fragment *);
bool layout_fit_columns(struct layout_run *, struct layout_box *, const struct layout_place *,
                        const struct layout_token *, struct layout_fragment *);
bool layout_fit_table(struct layout_run *, struct layout_box *, const struct layout_place *,
                      const struct layout_token *, struct layout_fragment *);

/* ---- paragraphs (paragraph.c) ---------------------------------------------------------------------------------- */
struct layout_state *layout_paragraph(struct layout_run *, struct layout_box *);   /* shaped */
void layout_forget(struct layout_box *);                           /* lets the shaped text go */
/* Its lines for these rooms (paragraph's own indents apart); borrowed from the box until it is forgotten. */
struct text_lines layout_break_lines(struct layout_run *, struct layout_box *, const struct text_request *);
double layout_indent(const struct layout_box *);
double layout_text_left(const struct layout_box *);               /* from its left edge to its text */
/* Distance of its lines; on the grid: a whole number of steps. */
double layout_pitch(const struct layout_run *, const struct layout_box *);
bool layout_on_grid(const struct layout_run *, const struct layout_box *);

/* ---- shapes (shape.c) ------------------------------------------------------------------------------------------ */
/* What a shape keeps clear, in thin slices from its reach's top down: its extent widened by the gap, round corners kept
   round. Made once, for a frame at y 0. */
#define LAYOUT_SLICE 0.5                   /* points */

struct layout_profile {
    double x, width, height, gap;          /* of the frame that it was made for */
    double top;                            /* of the first slice */
    int count;
    struct layout_slice {
        float left, right;                 /* left > right: nothing */
    } *slices;
};

struct layout_shape {
    struct layout_box *box;
    struct rect frame;
    const struct layout_profile *profile;  /* kept with the box */
};

struct layout_shape layout_shape_at(struct layout_box *drawing, struct rect frame, double gap);
void layout_profile_free(struct layout_profile *);
/* What it keeps clear of a band of ink; false: it does not come near. */
bool layout_shape_extent(const struct layout_shape *, double top, double bottom, double *left, double *right);

struct layout_ink {
    struct rect *items;
    size_t count, capacity;
};

/* The boxes of all ink of a fragment's children below `top`, appended to a malloc'ed array. */
void layout_collect_ink(const struct layout_fragment *, double top, struct layout_ink *);

/* ---- footnotes (notes.c) --------------------------------------------------------------------------------------- */
/* A note of which not all stands yet: it goes on at the foot of the next page. */
struct layout_carry {
    const struct layout_note *note;
    const struct layout_token *token;      /* NULL: nothing of it stands */
    const struct layout_carry *next;
};

/* What goes on from the page before and the footnotes of all lines of a page, set in the width of the type area from y 0 on,
   at most `most` high; NULL: nothing stands. Its `bottom` is the height in whole rows that they take from the page's foot.
   *rest becomes what goes on, on the next page. */
struct layout_fragment *layout_fit_notes(struct layout_run *, const struct layout_fragment *page,
                                         const struct layout_carry *carried, const struct layout_place *type_area,
                                         double most, const struct layout_carry **rest);
/* Does a note that goes on not even begin on the page with its mark? `before`: those that went on from the page before. */
bool layout_carry_is_late(const struct layout_carry *, const struct layout_carry *before);
bool layout_carries_equal(const struct layout_carry *, const struct layout_carry *);
const struct layout_carry *layout_carry_copy(struct arena *, const struct layout_carry *);
/* What holds them: a stack with the rule above them. */
struct layout_box *layout_notes_box(struct arena *, const struct layout_note *first);
/* Put them at the foot: the last baseline on the grid. */
void layout_place_notes(const struct layout_run *, struct layout_fragment *notes, double foot);

/* ---- painting (paint.c, proof.c) ------------------------------------------------------------------------------- */
struct layout_painter {
    struct layout_run *run;
    struct display_page *page;
    struct diag *diag;
};

void layout_paint(struct layout_painter *, const struct layout_fragment *);
void layout_paint_proof(struct layout_painter *, const struct layout_fragment *, const struct rect *area);
void layout_tell_faults(struct layout_painter *, const struct layout_fragment *);
#endif
