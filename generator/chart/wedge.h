/* Text set to a wedge: size, number of lines, axis and hyphens chosen together. Lengths are points, the circle's centre
   is the origin, angles are radians clockwise from 3 o'clock. */
#ifndef CHART_WEDGE_H
#define CHART_WEDGE_H
#include "chart/draw.h"

struct chart_wedge {
    double inner, outer;                   /* the text keeps between them */
    double from, to;
    double side;                           /* distance kept from the two straight edges */
    bool has_disc;                         /* a disc that is in the way */
    double disc_x, disc_y, disc_r;
};

enum { CHART_WEDGE_LINES = 14 };

struct chart_wedge_text {
    struct chart_text text;
    struct text_lines lines;
    double axis, baseline[CHART_WEDGE_LINES];
    double quality;                        /* 0 is best */
};

/* Set at one size, lines centred on one axis. False: it does not go in without cutting a word. */
bool chart_wedge_set(const struct chart_wedge *, const struct chart_text *, double size,
                     struct chart_wedge_text *out);
/* Draw it; (cx, cy) is where the centre is on the page. */
void chart_wedge_draw(const struct chart_wedge_text *, struct display_page *, double cx, double cy);
#endif
