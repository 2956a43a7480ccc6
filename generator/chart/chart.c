/* The kinds, by name. */
#include <string.h>

#include "chart/draw.h"

static const struct {
    const char *name;
    struct layout_drawing *(*make)(const struct chart_illustration *);
} illustrations[] = {
    { "cycle", chart_cycle },
    { "wheel", chart_wheel },
    { "continuum", chart_continuum },
    { "matrix", chart_matrix },
};

static const struct {
    const char *name;
    struct layout_drawing *(*make)(const struct chart_chart *);
} charts[] = {
    { "bullet", chart_bullet },
    { "dumbbell", chart_dumbbell },
    { "goal-row", chart_goal_rows },
    { "trend", chart_trend },
    { "ring", chart_rings },
    { "bars", chart_bars },
    { "stacked", chart_stacked },
    { "slope", chart_slope },
    { "board", chart_board },
};

enum { ILLUSTRATIONS = sizeof illustrations / sizeof *illustrations, CHARTS = sizeof charts / sizeof *charts };

struct layout_drawing *chart_illustration(const char *kind, const struct chart_illustration *figure)
{
    for (size_t i = 0; i < ILLUSTRATIONS; i++)
        if (strcmp(illustrations[i].name, kind) == 0)
            return illustrations[i].make(figure);
    return NULL;
}

const char *const *chart_illustration_kinds(void)
{
    static const char *names[ILLUSTRATIONS + 1];
    for (size_t i = 0; i < ILLUSTRATIONS; i++)
        names[i] = illustrations[i].name;
    return names;
}

struct layout_drawing *chart_new(const char *kind, const struct chart_chart *chart)
{
    for (size_t i = 0; i < CHARTS; i++)
        if (strcmp(charts[i].name, kind) == 0)
            return charts[i].make(chart);
    return NULL;
}

const char *const *chart_kinds(void)
{
    static const char *names[CHARTS + 1];
    for (size_t i = 0; i < CHARTS; i++)
        names[i] = charts[i].name;
    return names;
}

bool chart_has_negative(const struct chart_indicator *in)
{
    const struct chart_number *numbers[] = { &in->baseline, &in->target, &in->forecast, &in->actual };
    for (size_t i = 0; i < 4; i++)
        if (numbers[i]->present && decimal_sign(numbers[i]->value) < 0)
            return true;
    return false;
}
