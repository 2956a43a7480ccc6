/* The legend of row charts: each mark that occurs, with its word; and the marks of states. */
#include <math.h>
#include <string.h>

#include "chart/draw.h"

enum entry_kind { DOT, TARGET, CAPSULE, ACTUAL, CUT, DIRECTION, STATE };

struct entry {
    enum entry_kind kind;
    enum chart_status status;
    struct text_label label;
    double x, y, mark;                     /* mark: width of the sample */
};

struct legend {
    const struct chart_context *context;
    struct entry entries[12];
    size_t count;
    double height, width;
};

static const double sample_gap = 4, entry_gap = 5.5 * MM, line_height = 14;

static void add(struct legend *l, enum entry_kind kind, enum chart_status status, const char *key, double mark)
{
    const struct chart_context *c = l->context;
    const struct design_style *style = chart_style(c, "caption");
    struct chart_text t = chart_text_new(c, style, chart_colour(c, "ink", 0),
                                         design_word(c->design, c->lang, key), (struct source){ 0 });
    l->entries[l->count++] =
        (struct entry){ .kind = kind, .status = status, .label = chart_text_set(&t, 0), .mark = mark };
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct legend *l = data;
    double width = room.width > 0 ? room.width : CHART_UNLIMITED, x = 0, y = 0, widest = 0;
    for (size_t i = 0; i < l->count; i++) {
        struct entry *e = &l->entries[i];
        double wide = e->mark + sample_gap + e->label.width;
        bool states_begin = e->kind == STATE && i && l->entries[i - 1].kind != STATE;
        if (x > 0 && (x + wide > width || (states_begin && x + wide * 5 > width))) {
            x = 0;
            y += line_height;
        }
        e->x = x;
        e->y = y;
        widest = fmax(widest, x + wide);
        x += wide + entry_gap;
    }
    l->height = l->count ? y + line_height : 0;
    l->width = widest;
    return (struct layout_size){ room.width > 0 ? room.width : widest, l->height };
}

static void draw_sample(const struct legend *l, struct display_page *page, const struct entry *e, double x,
                        double y)
{
    const struct chart_context *c = l->context;
    const struct design_colour *grey = chart_colour(c, "grey", 0);
    double dot = chart_length(c, "goal-row", "dot"), arrow = chart_length(c, "goal-row", "arrow");
    switch (e->kind) {
    case DOT:
        chart_draw_goal_dot(c, page, x + dot / 2, y, dot, chart_colour(c, "main", 0));
        break;
    case TARGET:
        chart_draw_goal_target(c, page, x + e->mark / 2, y, 0);
        break;
    case CAPSULE:
        chart_draw_goal_capsule(c, page, x, x + e->mark, y, chart_colour(c, "main", 0));
        break;
    case ACTUAL:
        chart_draw_goal_actual(c, page, x + e->mark / 2, y, dot * 1.2, chart_colour(c, "deep", 0));
        break;
    case CUT:
        chart_line(page, x, y, x + e->mark, y, chart_colour(c, "rule", 0),
                   chart_length(c, "goal-row", "axis"), 0);
        chart_cut_mark(page, x + e->mark / 2, y, false, grey);
        break;
    case DIRECTION:
        chart_arrow(page, x + arrow, y, -1, false, arrow, grey);
        chart_arrow(page, x + e->mark - arrow, y, 1, false, arrow, grey);
        break;
    case STATE:
        chart_draw_status(c, page, e->status, 0, x + e->mark / 2, y, e->mark);
        break;
    }
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct legend *l = data;
    measure(l, (struct layout_size){ frame.width, 0 });
    for (size_t i = 0; i < l->count; i++) {
        const struct entry *e = &l->entries[i];
        double middle = frame.y + e->y + line_height / 2;
        draw_sample(l, page, e, frame.x + e->x, middle);
        chart_put(page, &e->label, frame.x + e->x + e->mark + sample_gap, middle - e->label.ascent / 2,
                  e->label.width, DESIGN_START);
    }
}

struct layout_drawing *chart_legend(const struct chart_context *c, const struct chart_indicator *indicators,
                                    size_t n, bool states)
{
    struct legend *l = arena_new_of(c->arena, struct legend);
    l->context = c;
    bool dot = false, target = false, forecast = false, actual = false, direction = false,
         occurs[5] = { false };
    for (size_t i = 0; i < n; i++) {
        const struct chart_indicator *in = &indicators[i];
        bool drawn = in->baseline.present || in->target.present || in->forecast.present || in->actual.present;
        dot |= in->baseline.present;
        target |= in->target.present;
        forecast |= in->forecast.present;
        actual |= in->actual.present;
        direction |= drawn && in->better != 0;
        if (in->has_status)
            occurs[in->status] = true;
    }
    double size = chart_length(c, "goal-row", "dot"), status = chart_length(c, "status", "size");
    if (dot)
        add(l, DOT, 0, "legend.baseline", size);
    if (target)
        add(l, TARGET, 0, "legend.target", chart_length(c, "goal-row", "tick") + 1);
    if (actual)
        add(l, ACTUAL, 0, "actual", size * 1.2);
    if (forecast)
        add(l, CAPSULE, 0, "legend.forecast", 22);
    if (dot || target)
        add(l, CUT, 0, "legend.cut", 16);
    if (direction)
        add(l, DIRECTION, 0, "legend.direction", 2 * chart_length(c, "goal-row", "arrow") + 4);
    static const char *const words[] = { "state.reached", "state.on-the-way", "state.not-reached",
                                         "state.not-measured", "state.no-target" };
    for (int i = 0; states && i < 5; i++)
        if (occurs[i])
            add(l, STATE, (enum chart_status)i, words[i], status);
    return chart_drawing(c, l, measure, draw, NULL);
}
