/* How the lines of a paragraph share what they lack. The search prices each line by itself; here the lines that it chose are
   settled together: the least sum of squares of what gaps differ from their natural width, and of what neighbouring lines
   differ in expansion and tracking beyond what is not seen. The sum is convex and each line is bound to its neighbours only,
   so a few rounds of setting one line after another to its best come close, and the work is linear in the lines. */
#include <math.h>

#include "text/break.h"

/* In what glyphs can give: 1.5 % of expansion where the design allows 2. */
static const double UNSEEN = 0.75;
static const double ALIKE = 1;             /* points: what a difference seen weighs against gaps */
enum { ROUNDS = 8 };

static double clamp_between(double v, double low, double high)
{
    return v < low ? low : v > high ? high : v;
}

/* The nearest strain to `own` that does not differ visibly from a neighbour's. */
static void pull_to(const struct text_share *neighbour, double own, double *weight, double *pull)
{
    double difference = own - neighbour->strain;
    if (fabs(difference) <= UNSEEN)
        return;
    *weight += ALIKE;
    *pull += ALIKE * (neighbour->strain + (difference > 0 ? UNSEEN : -UNSEEN));
}

static void settle(struct text_share *lines, size_t n, size_t i)
{
    struct text_share *line = &lines[i];
    double weight = line->capacity * line->capacity / line->gaps, pull = line->capacity * line->lack / line->gaps;
    if (i > 0 && !line->begins)
        pull_to(line - 1, line->strain, &weight, &pull);
    if (i + 1 < n && !line[1].begins)
        pull_to(line + 1, line->strain, &weight, &pull);
    line->strain = clamp_between(pull / weight, line->least, line->most);
}

void text_share(struct text_share *lines, size_t n)
{
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < n; i++)
            if (!lines[i].fixed)
                settle(lines, n, i);
}
