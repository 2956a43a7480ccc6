/* Inside compose: one run over a plan. A run interprets the template's arrangements with the plan's content in hand and
   builds layout boxes. The structure tree is built first, from the plan alone, so that reading order and headings are
   the same in every template; boxes only look up the node that their ink belongs to. */
#ifndef COMPOSE_RUN_H
#define COMPOSE_RUN_H
#include "chart/chart.h"
#include "compose/compose.h"
#include "plan/figures.h"
#include "plan/state.h"

/* ---- maps from things of the plan (by address) ----------------------------------------------------------------- */
struct run_map {
    const void **keys;
    void **values;
    size_t count, capacity;
};

void run_map_free(struct run_map *);
void run_map_set(struct run_map *, const void *key, void *value);
void *run_map_lookup(const struct run_map *, const void *key);

/* ---- the run ----------------------------------------------------------------------------------------------------- */
struct run_art {
    const char *src;
    const struct image_vector *art;        /* NULL: there is none */
    struct run_art *next;
};

struct run_reference {         /* a link whose target may be made after it: a goal's row */
    struct display_node *link;
    const char *id;
    struct run_reference *next;
};

/* Where a part's heading came to stand: its box while there is one, later what the box said. */
struct run_heading {
    const struct plan_part *part;
    const struct layout_box *box;
    unsigned chapter;                      /* that it was built for */
    int page;                              /* -1: nowhere yet */
    double top;
    struct run_heading *next;
};

/* The chapter that begins it, counted from 1. `layout` comes first: a layout_sequence is a run_sequence. */
struct run_sequence {
    struct layout_sequence layout;
    unsigned chapter;
};

struct run_store;

struct run_named;              /* a figure that the text names */
struct run_late;               /* a page number that is written when all pages stand */
struct run_footnote;

struct run {
    const struct plan *plan;
    const struct design *design;
    const struct compose_options *options;
    struct display_document *document;
    struct text_engine *engine;
    struct arena *arena;                   /* the document's */
    struct arena *building;                /* of the chapter in hand: boxes, drawings, words; gone when its pages stand */
    unsigned building_chapter;             /* counted from 1; 0: none yet */
    size_t chapter_count;                  /* of the plan */
    struct run_store *first_store, *last_store;
    const struct plan_part *next_part;     /* the chapter that is to be built next */
    bool failed;                           /* an error was found in building */
    struct diag *diag;
    struct chart_context charts;
    bool alone;                            /* one drawing is made, on a page of its own */
    bool status;                           /* goals show their states */

    struct run_map nodes;                  /* thing -> display_node */
    struct run_map headings;               /* part -> run_heading, for page numbers */
    struct run_heading *first_heading, *last_heading, *first_open;         /* open: its box is still there */
    struct run_map taken;                  /* thing -> non-NULL: it stands somewhere */
    struct run_map notes, note_marks;      /* inline -> run_footnote; node of its mark -> run_footnote */
    struct run_footnote *first_note, *last_note;
    size_t note_count;
    const struct plan_part *chapter;       /* that the structure is at */
    struct run_art *art;                   /* drawings that were read */
    struct run_late *late;
    struct run_reference *references;
    struct run_named *named;

    const struct plan_block *contact;      /* what stands at the plan's end, or NULL */

    struct layout_sequence *first, *last;
    const struct layout_sequence *sequence;                /* that the pages have come to */
    const struct run_heading *passed;      /* the last chapter that begins before the page in hand */
    const char *target_period;             /* of all targets; NULL: they differ, or it was not asked */
    bool target_period_known;
    const struct plan_part *front;         /* the council's pages are being made, with this as their part; or NULL */
};

/* ---- contexts: what an arrangement has in hand -------------------------------------------------------------------- */
/* Styles that content takes when its selector names none. */
struct run_look {
    const char *text, *list, *heading;     /* NULL: body, list, heading-N */
    int hue;                               /* 0: primary, n: focus area n */
    const char *across;                    /* blocks that run across the columns they stand in; NULL: none */
};

/* What <each of> walks over: things of a kind in the context, in order, NULL-terminated, in the arena. */
enum run_thing { RUN_PART, RUN_ITEM, RUN_BLOCK };
struct run_each {
    enum run_thing thing;
    const void **things;
    size_t count;
    const char *of;                        /* as the element says it */
    const struct plan_block *list;         /* the block whose items they are, or NULL */
};

struct run_hole;               /* a <body/> or <rest/>, filled when its context ends */

struct run_context {
    const struct run_context *outer;
    const struct plan_part *part;          /* the nearest part; NULL: the plan */
    const struct plan_block *block;        /* box, list, quote, ... in hand, or NULL */
    const struct plan_item *item;          /* item in hand, or NULL */
    const struct plan_block *blocks;       /* its content in order */
    const char *lang;
    int hue;                               /* 0: primary, n: focus area n */
    size_t index, count;                   /* place among its siblings in <each>, or among the chapters */
    const struct run_each *window;         /* those that <each by> has in hand just now, or NULL */
    struct run_hole *first_hole, *last_hole;
};

/* structure.c: all nodes in the plan's order, headings' levels, footnotes' numbers. */
void run_structure(struct run *);
/* The same for the council's pages. */
void run_front_structure(struct run *, const struct plan_part *);
/* The same for one drawing alone. */
void run_drawing_structure(struct run *, const struct plan_block *);
struct display_node *run_node(const struct run *, const void *thing);

/* select.c: choosing and taking. */
bool run_is_taken(const struct run *, const void *thing);
void run_take(struct run *, const void *thing);
/* "box:feature" against a block; "*" matches all. */
bool run_block_matches(const struct plan_block *, const char *match, size_t length);
/* The first block in hand, not taken, that matches one of the space-separated names; NULL. */
const struct plan_block *run_find_block(const struct run *, const struct run_context *, const char *matches);
/* True when has, lacks, count, whole and position of an element hold. */
bool run_condition(const struct run *, const struct run_context *, const struct design_element *);
/* The first arrangement for a part or a block; NULL when the template has none. */
const struct design_element *run_arrangement(const struct run *, const struct run_context *);
/* start="flow": on the same page as what stands before. */
bool run_flows(const struct design_element *);
/* That of a title that no other arrangement shows; `above`: the first page has room for it, so that it may flow. NULL when the
   template has none. */
const struct design_element *run_cover(const struct run *, bool above);
struct run_each run_find_each(struct run *, const struct run_context *, const char *of);
struct run_context run_part_context(const struct run *, const struct run_context *outer, const struct plan_part *);
struct run_context run_block_context(const struct run *, const struct run_context *outer, const struct plan_block *);
struct run_context run_item_context(const struct run *, const struct run_context *outer, const struct plan_item *);

/* chapters.c: what was built is freed by run_end. */
void run_begin(struct run *);
void run_end(struct run *);
/* Build the plan's first pages; run_turn builds on when a sequence is set (layout_job.turn). */
void run_plan(struct run *);
bool run_turn(void *run, struct layout_sequence *done);
/* The box of a part's heading, and where it stands (page -1: nowhere yet). */
void run_note_heading(struct run *, const struct plan_part *, const struct layout_box *);
int run_heading_page(const struct run_heading *);
double run_heading_top(const struct run_heading *);

/* arrange.c */
/* One chapter, on pages of its own or after the one before. */
void run_chapter(struct run *, const struct plan_part *, size_t index, size_t count);
/* Interpret the children of an element with the context in hand, then what it did not take. */
void run_arrange(struct run *, const struct design_element *, struct run_context *, struct layout_box *parent,
                 struct run_look);
/* A part inside another's body: by its arrangement, else plainly. */
void run_nested(struct run *, const struct run_context *outer, const struct plan_part *, struct layout_box *parent,
                struct run_look);
struct layout_box *run_box(struct run *, struct layout_box *parent, enum layout_kind, struct source, const char *name);
/* A box's name for messages: `table "budget"`, or the element alone without an id. */
const char *run_called(struct run *, const char *element, const char *id);
double run_width(const struct run *);      /* of the type area */
const struct design_colour *run_colour(const struct run *, const char *role, int hue);
/* The style of that name; an error at the element and the first style when the template has none. */
const struct design_style *run_style(struct run *, const char *name, struct source);

/* inline.c: running text. */
struct run_text {
    const struct text_span *spans;
    size_t count;
};
struct run_text run_inline(struct run *, const struct plan_inline *, const struct design_style *,
                           const struct design_colour *, const char *lang, struct display_node *parent);
struct run_text run_words(struct run *, const char *text, const struct design_style *, const struct design_colour *,
                          const char *lang, struct source);
/* Width of a text on one line. */
double run_natural_width(struct run *, struct run_text);
/* Of its widest word: what a text cannot be broken into less than without hyphens. */
double run_widest_word(struct run *, const char *words, const struct design_style *, const char *lang);
/* Let a link lead to a part or goal: its words now, its target when run_references is called after the last box. */
void run_refer(struct run *, struct display_node *link, const char *id, const char *lang);
void run_references(struct run *);

/* named.c: does the text above a figure, in its section, name it? What it names is remembered, and told after the layout where
   it does not stand on the same spread. */
bool run_is_named(struct run *, const struct plan_block *);
void run_tell_named(struct run *);
/* The text alone, polished, figures filled in: for drawings, alt texts, bookmarks. */
char *run_plain(struct run *, const struct plan_inline *, const char *lang);
/* Give a paragraph the footnotes whose marks are in its spans: they stand at the foot of its page. */
void run_place_notes(struct run *, struct layout_box *paragraph);
/* The footnotes of a chapter (NULL: the contact) whose marks stand in no paragraph, below it. */
void run_footnotes(struct run *, const struct plan_part *chapter, struct layout_box *parent);
/* Number a footnote; called in reading order, before any box is made. */
void run_add_note(struct run *, const struct plan_inline *);
/* Its node, below the chapter's Sect, for the notes met since `first`. */
void run_end_notes(struct run *, struct display_node *sect, size_t first);

/* words.c: sentences that follow the figures. */
char *run_figure(struct run *, const struct plan_figure_use *, const char *lang);
char *run_trend(struct run *, const struct plan_figure_use *, const char *lang);
char *run_quantity(struct run *, const struct plan_figure *, enum text_quantity_form, const char *lang);
/* The template's word for a key, with {names} filled in from pairs (name, value, ..., NULL). */
char *run_word(struct run *, const char *lang, const char *key, const char *const *pairs);

/* indicator.c: targets of other periods than the row shows, and words beside its numbers: "Øvrige mål: 8,5 % (2024)"; NULL: none. */
const char *run_others(struct run *, const struct plan_measure *, const char *lang);

/* status.c: the half-year report. */
/* "11,9 % i 2021 er bedre end fremskrivningen på 12,1 %, men målet er 11,6 %" */
char *run_reason(struct run *, const struct plan_measure *, const char *lang);
/* "3 nået, 4 på vej, 2 ikke nået": the goals of the groups among the blocks; of the whole plan where none is a group. */
char *run_states(struct run *, const struct plan_block *, const char *lang);
/* A line chart for each indicator that has been measured often enough, in a grid. */
void run_trends(struct run *, const struct chart_indicator *, size_t n, struct display_node *, struct layout_box *parent);

/* block.c: blocks, plainly. */
struct layout_box *run_paragraph(struct run *, struct layout_box *parent, struct run_text, const struct design_style *,
                                 struct display_node *, struct source, const char *name);
void run_block(struct run *, const struct run_context *, const struct plan_block *, struct layout_box *parent,
               struct run_look, bool follows);
void run_blocks(struct run *, struct run_context *, const struct plan_block *, struct layout_box *parent,
                struct run_look);
/* What no element took of the context, in reading order: all of it, or the blocks named by `of`, or those before or after
   the parts in it (`where`). */
void run_left(struct run *, struct run_context *, struct layout_box *parent, struct run_look, const char *of,
              const char *where);
struct run_text run_title(struct run *, const struct run_context *, const struct plan_inline *const *title,
                          const struct design_style *, const struct design_colour *);
const char *run_heading_style(struct run *, const struct display_node *, struct run_look);
void run_heading(struct run *, const struct run_context *, struct layout_box *parent, struct run_look);
void run_item(struct run *, const struct run_context *, const struct plan_block *list, const struct plan_item *,
              size_t number, struct layout_box *parent, struct run_look);

/* table.c */
/* `above`: the box that it follows, from which a blank line parts it; NULL: none. */
void run_table(struct run *, const struct run_context *, const struct plan_block *, struct layout_box *parent,
               struct layout_box *above);

/* goals.c */
/* The table of all goals in hand, with the columns that the element declares (NULL: the usual ones). */
void run_goals(struct run *, const struct run_context *, const struct design_element *, struct layout_box *parent);

/* indicator.c: measures as charts know them. */
enum text_unit run_unit(enum plan_unit);
/* The baselines and actuals of that id in order of time; where both exist for a period the actual counts. */
void run_series(struct run *, const char *id, const char *lang, struct chart_indicator *out);
struct chart_indicator run_indicator(struct run *, const struct plan_goal *, const struct plan_measure *,
                                     const char *lang);
/* Measured in periods enough for a line; one through fewer tells nothing that its numbers do not tell. */
bool run_has_line(const struct chart_indicator *);

/* figures.c: drawings from the plan. A width or height of 0: the drawing's own. */
struct run_drawing {
    double width, height, radius;
    int place;
    enum design_align caption;             /* of the caption's lines */
    const char *style;
    const char *ground;                    /* colour that a key figure stands on, without a shape of its own; NULL */
};
void run_illustration(struct run *, const struct run_context *, const struct plan_block *, struct layout_box *parent,
                      struct run_drawing);
/* Where the numbers of a chart (NULL: of all measures) come from, each source once; NULL: the table of figures does not say. */
const char *run_sources(struct run *, const struct plan_block *chart, const char *lang);
/* Caption, credit and source note of a drawing. */
void run_caption(struct run *, const struct run_context *, const struct plan_block *, struct layout_box *parent,
                 enum design_align);
struct layout_box *run_key_figure(struct run *, const struct run_context *, const struct plan_block *,
                                  struct run_drawing);
struct layout_box *run_drawn(struct run *, const struct run_context *, const struct plan_block *, struct run_drawing);
const struct image_vector *run_art(struct run *, const char *src, struct source, bool required);
const struct image_vector *run_icon(struct run *, const char *name, struct source);
void run_dots(struct run *, const struct run_context *, const struct design_element *, struct layout_box *parent);

/* contents.c: contents lists; page numbers come late. */
void run_contents(struct run *, const struct run_context *, const struct plan_block *, struct layout_box *parent);
void run_late_numbers(struct run *);

/* front.c: the council's pages; false when they would be empty. */
bool run_front(struct run *, const struct compose_front *);

/* alone.c: the page of one drawing, `width` wide at most; false when the plan does not hold it. */
bool run_alone(struct run *, const struct plan_block *, double width);

/* draft.c: stamp and line numbers. */
void run_draft(struct run *, struct display_page *, bool left);

/* furniture.c */
void run_furniture(void *run, struct display_page *);
const struct design_element *run_master(const struct run *, const char *name);
const char *run_field(struct run *, const struct run_context *, const char *name, const char *lang);
#endif
