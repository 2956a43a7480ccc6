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

/* How many bytes of a run's text a message quotes: whole characters. */
int display_excerpt(const struct text_run *);

/* What lies under a point of a page, as the screen and the agenda paint it: 0 to 255. Not known: a photo. */
struct display_under {
    double rgb[3], agenda[3];
    const char *name;                      /* of the colour that has the most part in it */
    bool known;
};

/* The paints of a page so far: add each item in painting order, and ask between. display_grounds_below gives those that
   reach into a box, the uppermost first; display_grounds_at what they make of a point, in page coordinates. The arena must
   outlive it. */
struct display_ground;
struct display_grounds;
struct display_grounds *display_grounds_new(struct arena *);
void display_grounds_free(struct display_grounds *);
void display_grounds_add(struct display_grounds *, const struct display_item *);
/* The opacity of the groups that are open, and a point of theirs on the page. */
double display_grounds_opacity(const struct display_grounds *);
struct point display_grounds_place(const struct display_grounds *, struct point);
size_t display_grounds_below(const struct display_grounds *, struct rect box, struct display_ground **out, size_t most);
struct display_under display_grounds_at(struct display_ground *const *below, size_t n, const struct design_colour *paper,
                                        struct point);

void display_check_contrast(const struct display_document *, const struct display_page *, struct diag *);

/* Is the node, or one that it lies in, an active link? That one, or NULL. */
struct display_node *display_link_of(struct display_node *);
#endif
