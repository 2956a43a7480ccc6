/* The matrix: rows across columns, each column in its hue. The heads can be strands that bend out to the page's edge. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "chart/draw.h"

static const double pi = 3.14159265358979323846;

struct matrix {
    const struct chart_context *context;
    const struct chart_illustration *figure;
    bool set;
    struct layout_size room, size;
    double label_width, column, gap;       /* of row labels; of a column; between columns */
    double head, *row_tops;                /* heights; row_tops[row_count] is the end, from the head's foot */
    double strands;                        /* height above the head */
    bool turned;                           /* heads read upwards */
    struct text_label *heads, *labels;
    struct chart_key *key;
};

static bool has_strands(const struct matrix *m)
{
    return m->figure->strands && chart_flag(m->context, "matrix", "strands") && m->figure->count > 0;
}

static bool has_icons(const struct matrix *m)
{
    for (size_t i = 0; i < m->figure->count; i++)
        if (m->figure->stations[i].icon)
            return true;
    return false;
}

static double icon_size(const struct matrix *m)
{
    return fmin(chart_length(m->context, "matrix", "icon"), m->column * 0.7);
}

static const double head_padding = 2.2 * MM, label_gap = 3 * MM;

static const struct design_colour *hue_colour(const struct matrix *m, const char *role, size_t column)
{
    return chart_colour(m->context, role, m->figure->stations[column].hue);
}

/* ---- setting ------------------------------------------------------------------------------------------------------ */
static struct chart_text head_text(const struct matrix *m, size_t i)
{
    const struct chart_context *c = m->context;
    const struct chart_station *s = &m->figure->stations[i];
    return chart_text_new(c, chart_component_style(c, "matrix", "figure-label-on"),
                          chart_on(c, hue_colour(m, "main", i)), s->label, s->at);
}

/* Heads across, else turned to read upwards, else numbers and a key. */
static void set_heads(struct matrix *m, double width)
{
    const struct chart_context *c = m->context;
    double least = chart_length(c, "matrix", "head"), icon = has_icons(m) ? icon_size(m) + 2 * MM : 0;
    for (int way = 0; way < 2; way++) {
        bool fits = true;
        double longest = 0;
        m->turned = way == 1;
        for (size_t i = 0; i < m->figure->count && fits; i++) {
            struct chart_text t = head_text(m, i);
            double across = m->column - (m->turned ? 1.5 * MM : 2 * 1.1 * MM);
            fits = m->turned ? chart_text_fit(&t, 42 * MM, across, &m->heads[i])
                             : chart_text_fit(&t, across, 16 * MM, &m->heads[i]);
            longest = fmax(longest, m->turned ? m->heads[i].width : chart_label_height(&m->heads[i]));
        }
        if (fits) {
            m->head = fmax(least, head_padding + icon + longest + head_padding);
            return;
        }
    }
    m->turned = false;
    memset(m->heads, 0, m->figure->count * sizeof *m->heads);
    m->key = chart_key_new(c, m->figure->stations, m->figure->count, width);
    m->head = fmax(10 * MM, 2 * head_padding + icon + 4 * MM);
}

static void set_rows(struct matrix *m, double available)
{
    const struct chart_context *c = m->context;
    const struct design_style *style = chart_component_style(c, "matrix", "figure-label");
    size_t n = m->figure->row_count;
    double row = chart_length(c, "matrix", "row"), least = chart_length(c, "matrix", "row-least"), total = 0;
    if (available > 0 && n)
        row = fmin(row, available / (double)n);
    for (size_t i = 0; i < n; i++) {
        const struct chart_station *s = &m->figure->rows[i];
        struct chart_text t = chart_text_new(c, style, style->colour, s->label, s->at);
        chart_text_fit(&t, m->label_width - label_gap, CHART_UNLIMITED, &m->labels[i]);
        m->row_tops[i] = total;
        total += fmax(fmax(row, least), chart_label_height(&m->labels[i]) + 2.4 * MM);
    }
    m->row_tops[n] = total;
}

/* The arcs are concentric about a point a little right of the columns, so that each strand keeps its width. */
static double arc_centre(const struct matrix *m, double left)
{
    return left + m->size.width + chart_length(m->context, "matrix", "beyond");
}

static double strands_height(const struct matrix *m)
{
    double columns = m->size.width - m->label_width;
    return chart_length(m->context, "matrix", "bend") + columns + chart_length(m->context, "matrix", "beyond");
}

static void set_columns(struct matrix *m, double width, double label_width)
{
    double n = (double)m->figure->count;
    m->label_width = label_width;
    m->column = n > 0 ? fmax(1, (width - m->label_width - m->gap * (n - 1)) / n) : 0;
    m->key = NULL;
    set_heads(m, width);
    m->strands = has_strands(m) ? strands_height(m) : 0;
}

static double total_height(const struct matrix *m)
{
    return m->strands + m->head + m->row_tops[m->figure->row_count] +
           (m->key ? 4 * MM + chart_key_height(m->key) : 0);
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct matrix *m = data;
    const struct chart_context *c = m->context;
    if (m->set && fabs(room.width - m->room.width) < 0.01 && fabs(room.height - m->room.height) < 0.01)
        return m->size;
    m->set = true;
    m->room = room;
    double width = room.width > 0 ? room.width : 170 * MM, n = (double)m->figure->count;
    double wish = m->figure->height, high = room.height > 0 && !(wish > 0 && wish < room.height) ? room.height : wish;
    double limit = high > 0 ? high : 240 * MM;
    m->size.width = width;
    m->gap = chart_length(c, "matrix", "gap");
    m->heads = arena_array(c->arena, struct text_label, m->figure->count + 1);
    m->labels = arena_array(c->arena, struct text_label, m->figure->row_count + 1);
    m->row_tops = arena_array(c->arena, double, m->figure->row_count + 1);
    /* Many columns take from the row labels, which can break, before they are squeezed. */
    double label = fmin(chart_length(c, "matrix", "label"), width * 0.45);
    if (n > 7)
        label = fmax(width * 0.18, label - (n - 7) * 1.5 * MM);
    set_columns(m, width, label);
    set_rows(m, high > 0 ? fmax(1, high - m->strands - m->head) : 0);
    /* Too high for a page: close rows, then a wider place for their words. */
    for (double wider = label; total_height(m) > limit + 0.01 && wider <= width * 0.56; wider += 8 * MM) {
        set_columns(m, width, wider);
        set_rows(m, 1);
    }
    m->size.height = total_height(m);
    return m->size;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------ */
static double column_left(const struct matrix *m, double left, size_t i)
{
    return left + m->label_width + (double)i * (m->column + m->gap);
}

/* Strands fill a third of the page. They have a role of their own where the palette has one, pale in the agenda edition,
   which is printed on every councillor's own printer; the heads keep their dark one. */
static const struct design_colour *strand_colour(const struct matrix *m, size_t column)
{
    char role[32];
    snprintf(role, sizeof role, "area-%d-strand", m->figure->stations[column].hue);
    const struct design_colour *own = design_lookup_colour(m->context->design, role);
    return own ? own : hue_colour(m, "main", column);
}

/* A strand: up from the head, round a quarter of a circle, out over the page's edge. */
static void strand_path(const struct matrix *m, struct path *path, size_t i, double left, double head_top,
                        double edge)
{
    double x = column_left(m, left, i), centre = arc_centre(m, left);
    double bend = head_top - chart_length(m->context, "matrix", "bend");
    double outer = centre - x, inner = outer - m->column;
    path_move(path, x, head_top + 3);
    path_line(path, x, bend);
    path_arc(path, centre, bend, outer, pi, 3 * pi / 2, true);
    path_line(path, edge, bend - outer);
    path_line(path, edge, bend - inner);
    path_line(path, centre, bend - inner);
    path_arc(path, centre, bend, inner, 3 * pi / 2, pi, true);
    path_line(path, x + m->column, head_top + 3);
    path_close(path);
}

static double strand_edge(const struct matrix *m, double left)
{
    double right = left + m->size.width;
    if (m->figure->page_right > right)
        return m->figure->page_right + m->context->design->page.bleed;
    return arc_centre(m, left);
}

/* People on the crest of the outermost strand, from the page's edge inwards; they stand above the drawing's frame. */
static void draw_walkers(const struct matrix *m, struct display_page *page, double left, double head_top)
{
    const struct chart_context *c = m->context;
    double height = chart_length(c, "matrix", "walker"), step = chart_length(c, "matrix", "walker-gap");
    double centre = arc_centre(m, left), outer = centre - column_left(m, left, 0);
    double crest = head_top - chart_length(c, "matrix", "bend") - outer;
    double x = fmin(strand_edge(m, left), m->figure->page_right) - step * 0.7;
    for (size_t i = 0; i < m->figure->walker_count; i++, x -= step) {
        const struct image_vector *figure = m->figure->walkers[i];
        double away = fmax(0, centre - x + height * 0.1);  /* where the rear foot stands: the lower one */
        double drop = away < outer ? outer - sqrt(outer * outer - away * away) : outer;
        if (crest - height < 0 || drop > height)
            return;
        double size = height * fmax(1, figure->width / figure->height);
        chart_put_icon(c, page, figure, x, crest + drop - height / 2, size, 0);
    }
}

static void draw_head(const struct matrix *m, struct display_page *page, size_t i, double left, double top)
{
    const struct chart_context *c = m->context;
    const struct chart_station *s = &m->figure->stations[i];
    double x = column_left(m, left, i), centre = x + m->column / 2;
    const struct design_colour *main = hue_colour(m, "main", i);
    bool icons = has_icons(m);
    display_add_rect(page, (struct rect){ x, top, m->column, m->head }, main);
    double icon = icons ? icon_size(m) : 0, y = top + head_padding;
    if (s->icon)
        chart_put_icon_on(c, page, s->icon, centre, y + icon / 2, icon, s->hue, main);
    y += icon + (icons ? 2 * MM : 0);
    double free = top + m->head - head_padding - y;
    const struct text_label *label = &m->heads[i];
    if (m->key) {
        /* In columns narrower than a number every other one stands lower. */
        double lower = m->column < 12 ? (i % 2 ? 5.2 : -5.2) : 0,
               r = m->column < 12 ? 4.8 : fmin(2.4 * MM, m->column * 0.42);
        double at = fmin(centre, left + m->size.width - r);
        chart_put_number(c, page, i + 1, at, y + free / 2 + lower, r, chart_on(c, main));
    } else if (m->turned) {
        double height = chart_label_height_to_baseline(label);
        display_push_transform(
            page, affine_multiply(affine_rotate(-pi / 2),
                                  affine_translate(centre - height / 2, top + m->head - head_padding)));
        chart_put(page, label, 0, 0, label->width, DESIGN_START);
        display_pop(page);
    } else {
        double height = chart_label_height_to_baseline(label);
        chart_put(page, label, centre - label->width / 2,
                  icons ? y + fmax(0, (free - height) / 2) : y + (free - height) / 2, label->width,
                  DESIGN_CENTRE);
    }
}

static void draw_cell(const struct matrix *m, struct display_page *page, size_t row, size_t column, double cx,
                      double cy, double height)
{
    const struct chart_context *c = m->context;
    double r = fmin(chart_length(c, "matrix", "disc"), fmin(m->column, height) * 0.36);
    bool before = chart_meaning(page, true);
    if (m->figure->cells && m->figure->cells[row * m->figure->count + column]) {
        const struct design_colour *main = hue_colour(m, "main", column);
        if (chart_chosen(c, "matrix", "mark", "square"))
            display_add_rect(page, (struct rect){ cx - r, cy - r, 2 * r, 2 * r }, main);
        else
            chart_fill_disc(page, cx, cy, r, main);
        chart_tick(page, cx, cy, r, chart_on(c, main));
    } else {
        chart_line(page, cx - r * 0.5, cy, cx + r * 0.5, cy, chart_colour(c, "grey", 0), fmax(0.8, r * 0.13),
                   0);
    }
    chart_meaning(page, before);
}

static void draw_rows(const struct matrix *m, struct display_page *page, double left, double top)
{
    const struct chart_context *c = m->context;
    const struct design_colour *rule = chart_colour(c, "rule", 0);
    size_t rows = m->figure->row_count;
    for (size_t i = 0; i < m->figure->count; i++)
        display_add_rect(page, (struct rect){ column_left(m, left, i), top, m->column, m->row_tops[rows] },
                         hue_colour(m, "tint", i));
    for (size_t r = 0; r < rows; r++) {
        double y = top + m->row_tops[r], height = m->row_tops[r + 1] - m->row_tops[r], middle = y + height / 2;
        chart_line(page, left, y + height, left + m->size.width, y + height, rule,
                   chart_length(c, "matrix", "rule"), 0);
        chart_put(page, &m->labels[r], left, middle - chart_label_height_to_baseline(&m->labels[r]) / 2,
                  m->label_width - label_gap, DESIGN_START);
        for (size_t i = 0; i < m->figure->count; i++)
            draw_cell(m, page, r, i, column_left(m, left, i) + m->column / 2, middle, height);
    }
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct matrix *m = data;
    measure(m, (struct layout_size){ frame.width, m->room.height });
    double head_top = frame.y + m->strands;
    if (m->strands > 0) {
        bool bleeds = page->bleeds;
        page->bleeds = true;
        for (size_t i = 0; i < m->figure->count; i++) {
            struct path path = PATH_EMPTY;
            strand_path(m, &path, i, frame.x, head_top, strand_edge(m, frame.x));
            display_fill(page, &path, strand_colour(m, i));
            path_free(&path);
        }
        page->bleeds = bleeds;
        draw_walkers(m, page, frame.x, head_top);
    }
    for (size_t i = 0; i < m->figure->count; i++)
        draw_head(m, page, i, frame.x, head_top);
    draw_rows(m, page, frame.x, head_top + m->head);
    if (m->key)
        chart_key_draw(m->key, page, frame.x, head_top + m->head + m->row_tops[m->figure->row_count] + 4 * MM);
}

/* Text runs round the outermost strand and ends above the rows. */
static void outline(void *data, struct rect frame, struct path *out)
{
    struct matrix *m = data;
    measure(m, (struct layout_size){ frame.width, m->room.height });
    double head_top = frame.y + m->strands;
    if (m->strands > 0) {
        double x = column_left(m, frame.x, 0), centre = arc_centre(m, frame.x), edge = strand_edge(m, frame.x);
        double bend = head_top - chart_length(m->context, "matrix", "bend");
        path_move(out, x, head_top);
        path_line(out, x, bend);
        path_arc(out, centre, bend, centre - x, pi, 3 * pi / 2, true);
        path_line(out, edge, bend - (centre - x));
        path_line(out, edge, head_top);
        path_close(out);
        path_rect(out, (struct rect){ x, head_top, frame.x + frame.width - x, m->head });
    } else {
        path_rect(out, (struct rect){ frame.x, head_top, frame.width, m->head });
    }
    path_rect(out, (struct rect){ frame.x, head_top + m->head, frame.width,
                                  frame.y + m->size.height - head_top - m->head });
}

struct layout_drawing *chart_matrix(const struct chart_illustration *figure)
{
    struct matrix *m = arena_new_of(figure->context->arena, struct matrix);
    m->context = figure->context;
    m->figure = chart_illustration_copy(figure);
    return chart_drawing(figure->context, m, measure, draw, outline);
}
