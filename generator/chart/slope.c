/* Slopes: from the baseline at the left to the target at the right, one panel a unit. A line that goes the wanted way is
   drawn full, one that goes the other way dashed: direction is the declared one, never the sign. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/draw.h"
#include "chart/place.h"
#include "chart/scale.h"

struct side {
    struct text_label label;
    double wish, centre, height;           /* of the label, down from the panel's plot */
};

struct line {
    const struct chart_indicator *indicator;
    struct side left, right;
};

struct panel {
    enum text_unit unit;
    struct chart_scale scale;
    struct line *lines;
    size_t count;
    double y, height;                      /* of the plot, from the drawing's top */
    double below;                          /* room under the plot for rows without any number */
};

struct slope {
    const struct chart_context *context;
    const struct chart_chart *chart;
    struct layout_size size;
    bool set;
    struct panel panels[8];
    size_t panel_count;
    double left, right;                    /* x of the two ends */
    double foot;                           /* where the note on dashed lines stands */
};

static const double head = 8 * MM, panel_gap = 8 * MM, mark_gap = 3 * MM, apart = 5 * MM, line_gap = 1.2;

static const struct chart_number *end_of(const struct chart_indicator *i)
{
    return i->target.present ? &i->target : &i->actual;
}

static const char *value_text(const struct slope *s, const struct chart_indicator *i,
                              const struct chart_number *n)
{
    const struct chart_context *c = s->context;
    return n->text && *n->text ? n->text
                               : text_quantity(c->design, c->lang, n->value, i->unit, TEXT_VALUE, c->arena);
}

static void make_panels(struct slope *s)
{
    struct arena *arena = s->context->arena;
    for (size_t i = 0; i < s->chart->count; i++) {
        const struct chart_indicator *in = &s->chart->indicators[i];
        size_t k = 0;
        while (k < s->panel_count && s->panels[k].unit != in->unit)
            k++;
        struct panel *p = &s->panels[k];
        if (k == s->panel_count) {
            s->panel_count++;
            p->unit = in->unit;
            p->lines = arena_array(arena, struct line, s->chart->count);
        }
        p->lines[p->count++].indicator = in;
    }
    for (size_t k = 0; k < s->panel_count; k++) {
        struct panel *p = &s->panels[k];
        struct decimal *values = mem_alloc((2 * p->count + 1) * sizeof *values);
        size_t n = 0;
        for (size_t i = 0; i < p->count; i++) {
            const struct chart_indicator *in = p->lines[i].indicator;
            if (in->baseline.present)
                values[n++] = in->baseline.value;
            if (end_of(in)->present)
                values[n++] = end_of(in)->value;
        }
        p->scale = chart_scale_choose(values, n, 5, false);
        mem_free(values);
    }
}

/* ---- setting ------------------------------------------------------------------------------------------------------ */
static const char *right_words(const struct slope *s, const struct chart_indicator *in)
{
    const char *value = end_of(in)->present ? value_text(s, in, end_of(in))
                        : in->target_words  ? in->target_words
                                            : chart_word(s->context, "missing");
    return arena_printf(s->context->arena, "%s  %s", value, in->label ? in->label : "");
}

static void set_labels(struct slope *s, double width)
{
    const struct chart_context *c = s->context;
    const struct design_style *style = chart_style(c, "figure-label");
    double widest = 0;
    for (size_t k = 0; k < s->panel_count; k++)
        for (size_t i = 0; i < s->panels[k].count; i++) {
            struct line *l = &s->panels[k].lines[i];
            const struct chart_indicator *in = l->indicator;
            const struct design_colour *colour = chart_colour(c, "deep", in->hue);
            const char *left = in->baseline.present ? value_text(s, in, &in->baseline)
                               : in->baseline_words ? in->baseline_words
                                                    : chart_word(c, "missing");
            struct chart_text from = chart_text_new(c, style, colour, left, in->at);
            struct chart_text to = chart_text_new(c, style, colour, right_words(s, in), in->at);
            chart_text_fit(&from, width * 0.22, CHART_UNLIMITED, &l->left.label);
            chart_text_fit(&to, width * 0.42, CHART_UNLIMITED, &l->right.label);
            l->left.height = chart_label_height(&l->left.label);
            l->right.height = chart_label_height(&l->right.label);
            widest = fmax(widest, l->left.label.width);
        }
    s->left = widest + mark_gap;
    s->right = fmax(s->left + width * 0.2, width * 0.58 - mark_gap);
}

static double place(const struct panel *p, const struct chart_number *n)
{
    return p->height - chart_scale_place(&p->scale, n->value, p->height);
}

static int compare_left(const void *a, const void *b)
{
    double x = ((const struct line *)a)->left.wish, y = ((const struct line *)b)->left.wish;
    return x < y                                                                       ? -1
           : x > y                                                                     ? 1
           : ((const struct line *)a)->indicator < ((const struct line *)b)->indicator ? -1
                                                                                       : 1;
}

static int compare_right(const void *a, const void *b)
{
    double x = ((const struct line *)a)->right.wish, y = ((const struct line *)b)->right.wish;
    return x < y                                                                       ? -1
           : x > y                                                                     ? 1
           : ((const struct line *)a)->indicator < ((const struct line *)b)->indicator ? -1
                                                                                       : 1;
}

static bool has_number(const struct line *l)
{
    return l->indicator->baseline.present || end_of(l->indicator)->present;
}

/* All labels of one side in one pass. */
static void spread_side(struct panel *p, bool right)
{
    qsort(p->lines, p->count, sizeof *p->lines, right ? compare_right : compare_left);
    double *centres = mem_alloc((p->count + 1) * sizeof *centres),
           *heights = mem_alloc((p->count + 1) * sizeof *heights);
    size_t n = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct side *side = right ? &p->lines[i].right : &p->lines[i].left;
        if (!has_number(&p->lines[i]))
            continue;
        centres[n] = side->wish;
        heights[n++] = side->height;
    }
    chart_spread(centres, heights, n, line_gap, -2 * MM, p->height + 2 * MM);
    n = 0;
    for (size_t i = 0; i < p->count; i++)
        if (has_number(&p->lines[i]))
            (right ? &p->lines[i].right : &p->lines[i].left)->centre = centres[n++];
    mem_free(centres);
    mem_free(heights);
}

/* Rows without any number stand below the axes, word beside word in the order of the document: at the foot of the plot
   they would read as values there. */
static void stand_apart(struct panel *p)
{
    p->below = 0;
    const struct chart_indicator *done = NULL;
    for (;;) {
        struct line *next = NULL;
        for (size_t i = 0; i < p->count; i++) {
            struct line *l = &p->lines[i];
            if (!has_number(l) && (!done || l->indicator > done) && (!next || l->indicator < next->indicator))
                next = l;
        }
        if (!next)
            break;
        double height = fmax(next->left.height, next->right.height);
        p->below += p->below > 0 ? line_gap : apart;
        next->left.centre = p->height + p->below + next->left.height / 2;
        next->right.centre = p->height + p->below + next->right.height / 2;
        p->below += height;
        done = next->indicator;
    }
}

static void set_panel(struct slope *s, struct panel *p)
{
    double left = 0, right = 0;
    size_t n = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (!has_number(&p->lines[i]))
            continue;
        n++;
        left += p->lines[i].left.height + line_gap;
        right += p->lines[i].right.height + line_gap;
    }
    double wish = s->chart->height > 0 ? s->chart->height : chart_length(s->context, "chart", "height");
    p->height = fmax(fmin(wish, 14 * MM + 7 * MM * (double)n), fmax(left, right));
    for (size_t i = 0; i < p->count; i++) {
        struct line *l = &p->lines[i];
        /* The words of an end without a number stand level with the other end. */
        const struct chart_number *from = &l->indicator->baseline, *to = end_of(l->indicator);
        l->left.wish = from->present ? place(p, from) : to->present ? place(p, to) : p->height;
        l->right.wish = to->present ? place(p, to) : l->left.wish;
    }
    spread_side(p, false);
    spread_side(p, true);
    stand_apart(p);
}

static bool wanted_way(const struct chart_indicator *i)
{
    int change = decimal_compare(end_of(i)->value, i->baseline.value);
    return !i->better || change == 0 || (change > 0) == (i->better > 0);
}

static bool has_unwanted(const struct slope *s)
{
    for (size_t i = 0; i < s->chart->count; i++) {
        const struct chart_indicator *in = &s->chart->indicators[i];
        if (in->baseline.present && end_of(in)->present && !wanted_way(in))
            return true;
    }
    return false;
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct slope *s = data;
    double width = s->chart->width > 0 ? s->chart->width : 120 * MM;
    if (room.width > 0)
        width = s->chart->width > 0 ? fmin(width, room.width) : room.width;
    if (s->set && fabs(s->size.width - width) < 0.01)
        return s->size;
    if (!s->set)
        make_panels(s);
    s->set = true;
    set_labels(s, width);
    double y = 0;
    for (size_t k = 0; k < s->panel_count; k++) {
        struct panel *p = &s->panels[k];
        set_panel(s, p);
        p->y = y + head;
        y += head + p->height + p->below + 4 * MM + (k + 1 < s->panel_count ? panel_gap : 0);
    }
    s->foot = y;
    s->size = (struct layout_size){ width, y + (has_unwanted(s) ? 5 * MM : 0) };
    return s->size;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------ */
static void draw_end(const struct slope *s, struct display_page *page, double x, double y,
                     const struct design_colour *colour)
{
    const struct chart_context *c = s->context;
    /* With a rim, so that one end can be told from another that it covers. */
    bool square = chart_chosen(c, "chart", "shape", "square"), before = page->meaning;
    for (int rim = 1; rim >= 0; rim--) {
        double r = 2.9 + rim * 0.9;
        const struct design_colour *fill = rim ? chart_colour(c, "paper", 0) : colour;
        chart_meaning(page, before && !rim);
        if (square)
            display_add_rect(page, (struct rect){ x - r, y - r, 2 * r, 2 * r }, fill);
        else
            chart_fill_disc(page, x, y, r, fill);
    }
    chart_meaning(page, before);
}

static void draw_line(const struct slope *s, struct display_page *page, const struct panel *p,
                      const struct line *l, double left, double top)
{
    const struct chart_context *c = s->context;
    const struct chart_indicator *in = l->indicator;
    const struct chart_number *end = end_of(in);
    const struct design_colour *main = chart_colour(c, "main", in->hue), *grey = chart_colour(c, "grey", 0);
    double x1 = left + s->left, x2 = left + s->right;
    bool before = chart_meaning(page, true);
    if (in->baseline.present && end->present) {
        double y1 = top + place(p, &in->baseline), y2 = top + place(p, end);
        if (wanted_way(in))
            chart_line(page, x1, y1, x2, y2, main, 1.8, 0);
        else
            chart_dashed_line(page, x1, y1, x2, y2, main, 1.4, 4, 2.4);
    }
    if (in->baseline.present)
        draw_end(s, page, x1, top + place(p, &in->baseline), main);
    if (end->present)
        draw_end(s, page, x2, top + place(p, end), chart_colour(c, "deep", in->hue));
    chart_meaning(page, before);
    if (in->baseline.present && fabs(l->left.centre - l->left.wish) > 2)
        chart_line(page, x1 - mark_gap + 1, top + l->left.centre, x1 - 4, top + l->left.wish, grey, 0.5, 0);
    if (end->present && fabs(l->right.centre - l->right.wish) > 2)
        chart_line(page, x2 + 4, top + l->right.wish, x2 + mark_gap - 1, top + l->right.centre, grey, 0.5, 0);
    chart_put(page, &l->left.label, left, top + l->left.centre - l->left.height / 2, s->left - mark_gap,
              DESIGN_END);
    chart_put(page, &l->right.label, x2 + mark_gap, top + l->right.centre - l->right.height / 2,
              s->size.width * 0.42, DESIGN_START);
}

static const char *head_words(const struct slope *s, const struct panel *p, bool right)
{
    const char *period = NULL;
    for (size_t i = 0; i < p->count && !period; i++) {
        const struct chart_number *n = right ? end_of(p->lines[i].indicator) : &p->lines[i].indicator->baseline;
        if (n->present && n->period && *n->period)
            period = n->period;
    }
    const char *word = chart_word(s->context, right ? "target" : "baseline");
    return period ? arena_printf(s->context->arena, "%s %s", word, period) : word;
}

static void draw_panel(const struct slope *s, struct display_page *page, const struct panel *p,
                       struct rect frame)
{
    const struct chart_context *c = s->context;
    const struct design_style *style = chart_style(c, "axis");
    const struct design_colour *grey = chart_colour(c, "grey", 0), *rule = chart_colour(c, "rule", 0);
    double top = frame.y + p->y, x1 = frame.x + s->left, x2 = frame.x + s->right;
    chart_line(page, x1, top - 2 * MM, x1, top + p->height + 2 * MM, rule, chart_length(c, "chart", "axis"), 0);
    chart_line(page, x2, top - 2 * MM, x2, top + p->height + 2 * MM, rule, chart_length(c, "chart", "axis"), 0);
    if (p->scale.cut) {
        chart_cut_mark(page, x1, top + p->height + 1.2 * MM, true, grey);
        chart_cut_mark(page, x2, top + p->height + 1.2 * MM, true, grey);
    }
    const char *from = head_words(s, p, false);
    double half = chart_width(c, style, from) / 2;
    chart_put_line(c, page, style, grey, from, fmax(x1, frame.x + half), top - 3.4 * MM, DESIGN_CENTRE);
    chart_put_line(c, page, style, grey, head_words(s, p, true), x2, top - 3.4 * MM, DESIGN_CENTRE);
    for (size_t i = 0; i < p->count; i++)
        draw_line(s, page, p, &p->lines[i], frame.x, top);
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct slope *s = data;
    measure(s, (struct layout_size){ frame.width, 0 });
    for (size_t k = 0; k < s->panel_count; k++)
        draw_panel(s, page, &s->panels[k], frame);
    if (!has_unwanted(s))
        return;
    const struct chart_context *c = s->context;
    const struct design_style *style = chart_style(c, "axis");
    double y = frame.y + s->foot + 2.6 * MM;
    chart_dashed_line(page, frame.x + 1, y, frame.x + 7 * MM, y, chart_colour(c, "grey", 0), 1.4, 4, 2.4);
    chart_put_line(c, page, style, chart_colour(c, "grey", 0), chart_word(c, "unwanted"), frame.x + 9 * MM,
                   y + chart_cap_height(c, style) / 2, DESIGN_START);
}

struct layout_drawing *chart_slope(const struct chart_chart *chart)
{
    struct slope *s = arena_new_of(chart->context->arena, struct slope);
    s->context = chart->context;
    s->chart = chart_chart_copy(chart);
    return chart_drawing(chart->context, s, measure, draw, NULL);
}
