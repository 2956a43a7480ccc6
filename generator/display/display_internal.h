/* What the files of the display layer share. */
#ifndef DISPLAY_INTERNAL_H
#define DISPLAY_INTERNAL_H
#include "base/buf.h"
#include "display/display.h"

/* An open clip, opacity or transform: what is added inside lies in its coordinates and on its layer. */
struct display_group {
    struct display_group *outer;
    struct affine matrix;                  /* from the group's coordinates to the page's */
    struct rect clip;                      /* in page coordinates; rect_empty: no clip */
    int layer;
};

struct display_cache {
    struct display_cache_symbol {
        const struct image_vector *art;
        int hue, areas;
        const struct display_symbol *symbol;
    } *symbols;
    size_t symbol_count, symbol_capacity;
    struct design_colour **colours;        /* of foreign art, by RGB */
    size_t colour_count, colour_capacity;
};

/* The items of a page at rest. */
struct display_packed {
    unsigned char *bytes;
    size_t size;
};

void display_pack(struct display_page *);
void display_unpack(const struct display_packed *, struct display_page *into);
void display_packed_free(struct display_packed *);

/* Boxes: of a run at (x, y) from the ascent to the descent of its face; of a box after a transformation. */
struct rect display_run_box(const struct text_run *, double x, double y);
struct rect display_box_through(struct affine, struct rect);

void display_check_contrast(const struct display_document *, const struct display_page *, struct diag *);

/* Is the node, or one that it lies in, an active link? That one, or NULL. */
struct display_node *display_link_of(struct display_node *);
#endif
