/* Between the files of the interpreter: arrange.c has what is left and one chapter, chapters.c all of them, container.c the
   containers, selector.c and selector_line.c the elements that take content. */
#ifndef COMPOSE_ARRANGE_H
#define COMPOSE_ARRANGE_H
#include "compose/run.h"

/* Make what an element says, with the context in hand, below `parent`. */
typedef void run_builder(struct run *, const struct design_element *, struct run_context *, struct layout_box *parent,
                         struct run_look);

/* The builder of a selector; NULL when the name is none. */
run_builder *run_selector(const char *name);
/* selector_line.c */
run_builder run_build_title, run_build_number, run_build_lead, run_build_field, run_build_summary, run_build_word;

/* A <body/> or <rest/>: what is left is known only when its context has been walked. */
struct run_hole {
    const struct design_element *element;
    struct layout_box *place;              /* an empty box that the content replaces */
    struct run_look look;
    struct run_hole *next;
};

/* What is inside an element. */
void run_children(struct run *, const struct design_element *, struct run_context *, struct layout_box *parent, struct run_look);

/* An attribute as points (a share: of the type area's width), or `missing`. */
double run_length(const struct run *, const struct design_element *, const char *name, double missing);
/* An attribute as an alignment of lines, or `missing`. */
enum design_align run_align(const struct design_element *, const char *name, enum design_align missing);
enum layout_break run_break_of(const char *to);            /* NULL: the next page */
/* The attribute align as -1 (top), 0, 1 (bottom), or `missing`. */
int run_vertical(const struct design_element *, int missing);
/* The look inside an element that may name styles and a hue. */
struct run_look run_look_of(const struct design_element *, struct run_look);

/* The title and the place of what is in hand: an item's, a block's, a part's. */
const struct plan_inline *const *run_title_of(const struct run_context *);
struct source run_place_of(const struct run_context *);
/* Fields of the plan that stand in the document once have their own node: its key; NULL for the others. */
const void *run_field_thing(const struct plan *, const char *name);
/* The page master that an arrangement names, with where its type area begins and ends. */
void run_set_master(struct run *, struct layout_sequence *, const struct design_element *);
/* The content of the sequence that an arrangement or its <page> begins, or flows on in. */
struct layout_box *run_begin_sequence(struct run *, const struct design_element *, struct source at);
#endif
