/* Words along a circle. Lengths are points, angles radians clockwise from 3 o'clock. */
#ifndef CHART_ARC_H
#define CHART_ARC_H
#include "chart/draw.h"

/* Draw a set label along the circle of radius `middle` (where the block's middle comes), centred on `angle`. `turned`:
   the letters' feet point outwards, for the lower half, so that no one must turn the page. */
void chart_arc_label(const struct chart_context *, struct display_page *, const struct text_label *,
                     double cx, double cy, double middle, double angle, bool turned);
#endif
