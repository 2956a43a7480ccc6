/* Chart axes: from a range of exact figures to round steps. */
#ifndef CHART_SCALE_H
#define CHART_SCALE_H
#include <stdbool.h>
#include <stddef.h>

#include "base/num.h"

struct chart_scale {
    struct decimal low, high, step;
    int ticks;                             /* low, low + step, ... high */
    int decimals;                          /* the same on all ticks */
    bool cut;                              /* zero is left out: to be marked */
};

/* Ticks 1, 2, 2.5 or 5 times a power of ten, at most `intervals` steps, that hold every value. `from_zero`: zero is in
   it (bars). Otherwise it is cut when the values' spread is small beside their size, so that 8.4 and 8.7 can be told
   apart; then only points and ticks may stand on it. No values: 0 to 1. Equal values get room on both sides. */
struct chart_scale chart_scale_choose(const struct decimal *values, size_t n, int intervals, bool from_zero);
/* Scales of one step and one number of ticks for several ranges: a change is as long on each, wherever it begins. False
   where one scale for all serves as well: a range reaches over two fifths of it. */
struct chart_range { struct decimal low, high; };
bool chart_scale_equal(const struct chart_range *, size_t n, int intervals, struct chart_scale *out);
struct decimal chart_scale_tick(const struct chart_scale *, int i);
/* Position of `v` along `length`; outside the scale it is clamped. */
double chart_scale_place(const struct chart_scale *, struct decimal v, double length);

/* The round ticks that lie within a window given as doubles (it was reckoned for drawing), at most `most`. */
struct chart_scale chart_scale_inside(double low, double high, int most);
#endif
