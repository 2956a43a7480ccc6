#include "chart/arc.h"

#include <math.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

struct arc {
    double cx, cy, baseline;               /* radius of the baseline */
    double reference;                      /* radius on which advances are laid off */
    double angle;                          /* where the line begins */
    bool turned;
};

/* One glyph, and the marks that sit on it, turned about the circle's centre. */
static void put_cluster(struct display_page *page, const struct text_run *run, size_t first, size_t end,
                        double from, double advance, const struct arc *a)
{
    double way = a->turned ? -1 : 1, middle = a->angle + way * (from + advance / 2) / a->reference;
    double turn = middle + way * pi / 2;
    struct affine place = affine_multiply(
        affine_multiply(affine_translate(-advance / 2, 0), affine_rotate(turn)),
        affine_translate(a->cx + a->baseline * cos(middle), a->cy + a->baseline * sin(middle)));
    size_t n = end - first;
    struct text_glyph *glyphs = arena_copy(page->arena, run->glyphs + first, n * sizeof *glyphs);
    struct text_run piece = *run;
    piece.text = run->text + glyphs[0].text_at;
    piece.text_length = glyphs[0].text_length;
    piece.x = 0;
    piece.width = advance;
    piece.glyphs = glyphs;
    piece.count = n;
    uint32_t at = glyphs[0].text_at;
    float x = glyphs[0].x;
    for (size_t i = 0; i < n; i++) {
        glyphs[i].x -= x;
        glyphs[i].text_at -= at;
    }
    display_push_transform(page, place);
    display_add_glyphs(page, &piece, 0, 0);
    display_pop(page);
}

static void put_run(struct display_page *page, const struct text_run *run, double start, const struct arc *a)
{
    for (size_t first = 0, end; first < run->count; first = end) {
        end = first + 1;
        while (end < run->count && run->glyphs[end].text_length == 0)
            end++;
        double from = run->glyphs[first].x, to = end < run->count ? run->glyphs[end].x : run->width;
        if (to > from)                     /* the last space of a line has no width */
            put_cluster(page, run, first, end, start + from, to - from, a);
    }
}

static void put_arc_line(struct display_page *page, const struct text_label *label, size_t i, struct arc a,
                         double angle)
{
    const struct text_line *line = &label->lines.lines[i];
    struct text_run *runs;
    size_t n = text_line_runs(label->para, line, page->arena, &runs);
    if (!n)
        return;
    double left, right;
    text_line_ink(label->para, line, &left, &right);
    double way = a.turned ? -1 : 1;
    a.angle = angle - way * (right - left) / 2 / a.reference;
    for (size_t k = 0; k < n; k++)
        put_run(page, &runs[k], runs[k].x - left, &a);
}

/* Letters that stand one by one are no words to a reader; the span says what they spell. */
static struct display_node *open_span(const struct chart_context *c, struct display_page *page,
                                      const struct text_label *label)
{
    struct display_node *before = page->node;
    if (!before)
        return NULL;
    struct buf words = BUF_EMPTY;
    for (size_t i = 0; i < label->lines.count; i++) {
        struct text_run *runs;
        size_t n = text_line_runs(label->para, &label->lines.lines[i], page->arena, &runs);
        for (size_t k = 0; k < n; k++)
            buf_put(&words, runs[k].text, runs[k].text_length);
    }
    struct display_node *span = display_add_node(c->document, before, DISPLAY_SPAN, page->at);
    span->actual_text = arena_strdup(c->document->arena, buf_text(&words));
    buf_free(&words);
    page->node = span;
    return before;
}

void chart_arc_label(const struct chart_context *c, struct display_page *page, const struct text_label *label,
                     double cx, double cy, double middle, double angle, bool turned)
{
    if (!label->lines.count)
        return;
    struct display_node *before = open_span(c, page, label);
    double height = chart_label_height_to_baseline(label);
    for (size_t i = 0; i < label->lines.count; i++) {
        double below = label->ascent + label->leading * (double)i - height / 2;     /* baseline under the middle */
        struct arc a = { .cx = cx, .cy = cy, .turned = turned,
                         .baseline = turned ? middle + below : middle - below };
        /* Half way up the capitals, so that turned and upright words are spaced alike. */
        a.reference = a.baseline + (turned ? -0.5 : 0.5) * label->ascent;
        put_arc_line(page, label, i, a, angle);
    }
    if (before)
        page->node = before;
}
