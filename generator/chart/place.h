/* Labels without collisions: move, then draw a leader, then say so. Lengths are points. */
#ifndef CHART_PLACE_H
#define CHART_PLACE_H
#include "chart/draw.h"

/* What is taken in a frame: marks, and labels that have been placed. */
struct chart_placer {
    const struct chart_context *context;
    struct rect frame;
    struct rect *taken;                    /* in the context's arena */
    size_t count, capacity;
    const char *id;                        /* the chart's, for the warning */
    struct source at;
};

struct chart_placer chart_placer_new(const struct chart_context *, struct rect frame, const char *id,
                                     struct source at);
void chart_placer_take(struct chart_placer *, struct rect);
bool chart_placer_is_free(const struct chart_placer *, struct rect);

/* Find a place for a box of that size near `anchor`, whose mark reaches `reach` from it: on the `sides`, letters of
   "nsew", in their order, at the corners; then farther out in rings, to be tied by a leader (*leader: true). It is taken.
   When there is none inside the frame, W681 names the chart, and the box has a width below 0: left out is better than
   unreadable. */
struct rect chart_placer_find_at(struct chart_placer *, struct point anchor, double reach, struct layout_size,
                                 const char *sides, const char *label, bool *leader);
/* A hairline from the label's nearest edge to the mark. */
void chart_leader(struct display_page *, struct rect label, struct point anchor, double reach,
                  const struct design_colour *);

/* Spread boxes along a line: `centre[i]` wished, `size[i]` long, `gap` between, inside low to high; they keep their
   order and move as little as possible in all (pool adjacent violators). False when they are longer together than the
   room: then they are packed from `low` and reach beyond. Wishes are sorted ascending. */
bool chart_spread(double *centre, const double *size, size_t n, double gap, double low, double high);
#endif
