/* Layout: where things stand. It takes boxes and gives pages, and has never heard of employment. Lengths are points. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H
#include <stdbool.h>
#include <stddef.h>

#include "display/display.h"

/* ---- drawings: what charts and illustrations offer ------------------------------------------------------------ */
struct layout_size {
    double width, height;
};

struct layout_state;

struct layout_drawing {
    void *data;
    /* The size it wants in a place at most `room.width` wide and `room.height` high (0: no limit). */
    struct layout_size (*measure)(void *data, struct layout_size room);
    /* Draw into the frame. The page's mark has been set to the box's node. */
    void (*draw)(void *data, struct display_page *, struct rect frame);
    /* The outline that text runs round, in page coordinates; NULL: the frame. */
    void (*outline)(void *data, struct rect frame, struct path *out);
};

/* ---- footnotes ------------------------------------------------------------------------------------------------ */
struct layout_box;

struct layout_note {           /* stands at the foot of the page that has its mark */
    const void *mark;          /* of the span that refers to it */
    size_t order;              /* of several on a page the lower one stands first */
    struct layout_box *box;    /* PARAGRAPH */
    const struct layout_note *next;
};

/* ---- boxes ---------------------------------------------------------------------------------------------------- */
enum layout_kind {
    LAYOUT_STACK,              /* children one below the other */
    LAYOUT_ROW,                /* children side by side, by span of the page's layout grid or by width */
    LAYOUT_GRID,               /* children in rows of `columns` equal cells, each row as high as its highest */
    LAYOUT_COLUMNS,            /* children flow through `columns` balanced columns; floats stand among them */
    LAYOUT_PARAGRAPH,
    LAYOUT_DRAWING,
    LAYOUT_TABLE,              /* children are LAYOUT_TABLE_ROW, theirs the cells (any box; mostly stacks) */
    LAYOUT_TABLE_ROW,
    LAYOUT_SPACE,              /* height */
    LAYOUT_BREAK               /* page or column break */
};

enum layout_break { LAYOUT_BREAK_COLUMN, LAYOUT_BREAK_PAGE, LAYOUT_BREAK_LEFT, LAYOUT_BREAK_RIGHT };
enum layout_side { LAYOUT_SIDE_LEFT, LAYOUT_SIDE_RIGHT, LAYOUT_SIDE_GUTTER, LAYOUT_SIDE_OUTER, LAYOUT_SIDE_INNER };
enum layout_edges { LAYOUT_TOP = 1, LAYOUT_RIGHT = 2, LAYOUT_BOTTOM = 4, LAYOUT_LEFT = 8 };

struct layout_edge {           /* top, right, bottom, left */
    double top, right, bottom, left;
};

struct layout_label {          /* bullet or number before a paragraph's first line */
    const struct text_span *spans;
    size_t count;
    double x;                  /* from the paragraph's left edge; its text begins at style.hang */
    struct display_node *node; /* Lbl */
    bool disc;                 /* a drawn disc of `size` instead of text (spans then hold the bullet for extraction) */
    double size;
    const struct design_colour *colour;
};

struct layout_float {          /* a drawing in columns that text runs round */
    struct layout_box *box;    /* LAYOUT_DRAWING */
    enum layout_side side;
    double align;              /* 0 top of the block, 0.5 middle, 1 bottom */
    double offset;             /* added downwards */
    double gap;                /* text to its outline; 0: the design's shape gap */
    double width;              /* room for it; 0: its own wish */
    struct layout_float *next;
};

/* A table's column: the width at which nothing in it breaks, and the least that it can do with. Points. */
struct layout_column {
    double natural, least;
};

/* What messages say of a box that the template makes: the person who reads them wrote the plan. */
struct layout_subject {
    const char *name;
    struct source at;
};

struct layout_box {
    enum layout_kind kind;
    struct source at;
    const char *name;                      /* for messages: the element and id */
    const struct layout_subject *holds;    /* of a box that is an element of the template: what of the plan it holds; or NULL */
    struct display_node *node;             /* ink of its own belongs to it; NULL: artifact */
    struct layout_box *first, *last, *next, *parent;

    /* size and place */
    int span;                              /* in a ROW: columns of the layout grid; 0: what is left */
    double width, height, min_height;      /* 0: as needed */
    /* Vertical ones are rounded up to whole grid steps on the grid. Of the space between two boxes the larger counts. A
       paragraph's are its style's space_before and space_after unless it is to have others: then they stay also at the
       top of a page or box, where a style's own vanish. */
    struct layout_edge margin, padding;
    bool grid;                             /* top and bottom on the baseline grid (an undecorated stack inherits it) */
    double stretch;                        /* share of the page's spare height that it takes, in grid steps */
    int align;                             /* content in a higher box: -1 top, 0 middle, 1 bottom */

    /* look */
    const struct design_colour *background, *border_colour, *bar_colour;
    int bleed;                             /* enum layout_edges: page edges that the background runs out over: left and
                                              right always, top and bottom where the box stands there */
    double radius[4];                      /* top left, top right, bottom right, bottom left */
    struct layout_edge border;             /* widths */
    double bar;                            /* width of a bar at the left edge (at the page edge when it bleeds) */
    struct layout_drawing *backdrop;       /* drawn behind the content, over the background; artifact */

    /* breaking */
    bool keep_together, keep_next, break_before;
    bool belongs_above;                    /* a note to what stands above: dear to part from it */
    enum layout_break break_kind;
    bool repeat_header;                    /* TABLE_ROW: is a header row, repeated after a break */
    bool group_heading;                    /* TABLE_ROW: never last before a break */

    /* STACK and COLUMNS, GRID */
    int columns;
    double gap;                            /* between columns or cells; 0: the page's gutter */
    double row_gap;
    bool unbalanced;                       /* fill columns one after the other on their first page */
    bool across;                           /* a box in COLUMNS that runs across them: text is balanced above it */
    bool movable;                          /* a figure in COLUMNS that the text before it names: where it has no room, text
                                              goes on and it stands at the top of the next column or page */
    struct layout_float *floats;

    /* PARAGRAPH */
    const struct text_span *spans;
    size_t span_count;
    const struct design_style *style;
    enum design_align text_align;          /* what counts; whoever builds it copies the style's */
    struct layout_label *label;
    double left;                           /* indent of the whole paragraph */
    const struct layout_note *notes;       /* whose marks are in its text */
    bool no_indent;                        /* a first paragraph: no first-line indent */
    double width_limit;                    /* measure, 0: all */

    /* DRAWING */
    struct layout_drawing *drawing;
    int place;                             /* in a wider place: -1 left, 0 middle, 1 right */

    /* TABLE */
    const double *column_widths;           /* points; 0 = share what is left; in a TABLE */
    const struct layout_column *column_wants;              /* instead of widths: what each column's content asks for */
    int column_count;
    int column_span, row_span;             /* cell; 0 = 1. Rows that a cell joins stay on one page */
    double rule, rule_from;                /* hairline below a TABLE_ROW, and how far from its left edge it begins */
    const struct design_colour *rule_colour;

    /* marks for the furniture: bit n set = focus area n+1 stands on the page */
    unsigned long areas;
    /* filled by layout: where its first part came to stand (page: 0-based, -1: nowhere yet) */
    int page;
    struct rect frame;
    struct layout_box *previous;           /* layout's own, set when it begins */
    bool headings_above;                   /* ... so many headings stand right above that this one keeps nothing */
    struct layout_state *state;            /* ... the shaped paragraph and what was reckoned before */
};

/* `align` is -1 (top), `page` -1, everything else 0. */
struct layout_box *layout_box_new(struct arena *, enum layout_kind, struct source at);
void layout_append(struct layout_box *parent, struct layout_box *child);

/* ---- a document -------------------------------------------------------------------------------------------------- */
/* Boxes that flow through pages of one master; it begins on a new page. */
struct layout_sequence {
    const char *master;
    struct layout_box *content;            /* a STACK as wide as the type area */
    enum layout_break start;               /* LAYOUT_BREAK_PAGE, _LEFT, _RIGHT */
    double top, bottom;                    /* margins of its first page when the master says otherwise; NAN: the page's */
    struct layout_sequence *next;
};

struct layout_job {
    struct display_document *document;
    struct text_engine *engine;
    struct arena *arena;
    struct layout_sequence *sequences;
    /* Called when a sequence's pages stand: its boxes may go, and others may be put behind it. False: no further ones can
       be made, for which there was an error. May be NULL. */
    bool (*turn)(void *data, struct layout_sequence *done);
    int first_page;                        /* number of the first page, 1 */
    /* Called for each page when its content stands: background, art, folio. May be NULL. */
    void (*furniture)(void *data, struct display_page *);
    void *data;                            /* of both */
    bool partial;                          /* pages beside the document's own: their count is not judged */
    bool proof;                            /* draw grid, frames, shapes, line badness over the pages */
};

/* Set everything. What does not fit anywhere is told at its source with frame, lines and millimetres over, and still
   set; rules that could not be kept are warnings with place and cost. False when there was an error. */
bool layout_run(const struct layout_job *, struct diag *);

/* One box on a page of its own that is as wide and high as it, with `pad` round it; sequences, furniture and the design's
   page are not used. Faults are told as by layout_run. */
void layout_set_alone(const struct layout_job *, struct layout_box *, double width, double pad, struct diag *);
#endif
