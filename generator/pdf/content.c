#include "pdf/content.h"

#include <math.h>
#include <string.h>


enum { PDFA_NESTING = 28 };                /* ISO 19005-2, 6.1.13: deepest nesting of q */

/* ---- begin and end ------------------------------------------------------------------------------------- */

void pdf_content_begin(struct pdf_content *c, struct pdf_document *document, double x0, double y0)
{
    memset(c, 0, sizeof *c);
    c->document = document;
    c->x0 = x0;
    c->y0 = y0;
    c->decimals = 2;                       /* 3.5 micrometres */
    c->state = (struct pdf_state){ .gstate = -1, .width = 1, .opacity = 1, .stretch = 1, .matrix = affine_identity };
}

void pdf_content_end(struct pdf_content *c)
{
    buf_free(&c->out);
    mem_free(c->stack);
    mem_free(c->used);
}

void pdf_content_put(struct pdf_content *c, double v)
{
    pdf_put_real(&c->out, v, c->decimals);
    buf_putc(&c->out, ' ');
}

void pdf_content_put_number(struct pdf_content *c, double v, int decimals)
{
    pdf_put_real(&c->out, v, decimals);
    buf_putc(&c->out, ' ');
}

static void put_point(struct pdf_content *c, struct point p)
{
    pdf_content_put(c, c->x0 + p.x);
    pdf_content_put(c, c->y0 - p.y);
}

void pdf_content_use(struct pdf_content *c, enum pdf_resource kind, unsigned index, unsigned object)
{
    for (size_t i = 0; i < c->used_count; i++)
        if (c->used[i].kind == kind && c->used[i].index == index)
            return;
    VEC_GROW(c->used, c->used_capacity, c->used_count + 1);
    c->used[c->used_count++] = (struct pdf_used){ kind, index, object };
}

static const struct {
    const char *dictionary;
    char letter;
} resources[PDF_RESOURCES] = {
    [PDF_FONT] = { "Font", 'F' },           [PDF_XOBJECT] = { "XObject", 'X' },
    [PDF_GSTATE] = { "ExtGState", 'G' },    [PDF_SHADING] = { "Shading", 'S' },
    [PDF_COLOURSPACE] = { "ColorSpace", 'C' }, [PDF_PATTERN] = { "Pattern", 'P' },
};

static void put_used(const struct pdf_content *c, const struct pdf_used *u, struct buf *out)
{
    buf_printf(out, "/%c%u", resources[u->kind].letter, u->index);
    if (u->object) {
        pdf_put_reference(out, u->object);
        return;
    }
    const struct pdf_shared *s = &c->document->shared[u->kind].items[u->index];
    bool array = s->definition[0] == '[';
    buf_puts(out, array ? "" : "<<");
    buf_put(out, s->definition, s->length);
    buf_puts(out, array ? "" : ">>");
}

void pdf_content_put_resources(const struct pdf_content *c, struct buf *out)
{
    buf_puts(out, "<<");
    for (int kind = 0; kind < PDF_RESOURCES; kind++) {
        bool open = false;
        for (size_t i = 0; i < c->used_count; i++) {
            if ((int)c->used[i].kind != kind)
                continue;
            if (!open)
                buf_printf(out, "/%s<<", resources[kind].dictionary);
            open = true;
            put_used(c, &c->used[i], out);
        }
        if (open)
            buf_puts(out, ">>");
    }
    buf_puts(out, ">>");
}

void pdf_content_put_name(struct pdf_content *c, enum pdf_resource kind, unsigned index)
{
    buf_putc(&c->out, '/');
    buf_putc(&c->out, resources[kind].letter);
    buf_put_int(&c->out, index);
    buf_putc(&c->out, ' ');
}

/* ---- graphics state ------------------------------------------------------------------------------------ */

void pdf_content_save(struct pdf_content *c)
{
    pdf_content_end_text(c);
    VEC_GROW(c->stack, c->stack_capacity, c->depth + 1);
    c->stack[c->depth++] = c->state;
    buf_puts(&c->out, "q\n");
    if (c->depth == PDFA_NESTING + 1)
        pdf_facts_note(&c->document->facts, PDF_FACT_NESTING, c->at, NULL, c->document->arena);
}

void pdf_content_restore(struct pdf_content *c)
{
    pdf_content_end_text(c);
    c->state = c->stack[--c->depth];
    buf_puts(&c->out, "Q\n");
}

void pdf_content_put_matrix(struct pdf_content *c, struct affine m)
{
    const double v[4] = { m.a, m.b, m.c, m.d };
    for (int i = 0; i < 4; i++)
        pdf_content_put_number(c, v[i], 5);
    pdf_content_put_number(c, m.e, 3);
    pdf_content_put_number(c, m.f, 3);
}

struct affine pdf_content_turn_over(const struct pdf_content *c, struct affine m, double x1, double y1)
{
    struct affine inner = { 1, 0, 0, -1, -x1, y1 }, outer = { 1, 0, 0, -1, c->x0, c->y0 };
    return affine_multiply(affine_multiply(inner, m), outer);
}

void pdf_content_transform(struct pdf_content *c, struct affine m)
{
    struct affine turned = pdf_content_turn_over(c, m, c->x0, c->y0);
    pdf_content_end_text(c);
    pdf_content_put_matrix(c, turned);
    buf_puts(&c->out, "cm\n");
    c->state.matrix = affine_multiply(turned, c->state.matrix);
}

void pdf_content_gstate(struct pdf_content *c, double fill, double stroke, bool overprint)
{
    struct buf d = BUF_EMPTY;
    fill *= c->state.opacity;
    stroke *= c->state.opacity;
    if (c->state.gstate < 0 && fill >= 1 && stroke >= 1 && !overprint)
        return;
    buf_puts(&d, "/ca ");
    pdf_put_real(&d, fill, 3);
    buf_puts(&d, "/CA ");
    pdf_put_real(&d, stroke, 3);
    if (c->document->options.colours == PDF_CMYK)
        buf_puts(&d, overprint ? "/OP true/op true/OPM 1" : "/OP false/op false/OPM 0");
    unsigned index = pdf_share(c->document, PDF_GSTATE, &d);
    buf_free(&d);
    if (fill < 1 || stroke < 1)
        c->transparent = true;
    if ((int)index == c->state.gstate)
        return;
    c->state.gstate = (int)index;
    pdf_content_use(c, PDF_GSTATE, index, 0);
    pdf_content_put_name(c, PDF_GSTATE, index);
    buf_puts(&c->out, "gs\n");
}

static bool same_colour(const struct pdf_colour *a, const struct pdf_colour *b)
{
    return a->components == b->components && a->spot == b->spot && !memcmp(a->value, b->value, sizeof a->value);
}

static void put_colour(struct pdf_content *c, const struct pdf_colour *colour, bool stroke)
{
    static const char *const operators[][2] = { { "g", "G" }, { 0 }, { "rg", "RG" }, { "k", "K" } };
    if (colour->spot) {
        unsigned index = pdf_colour_separation(c->document, colour);
        pdf_content_use(c, PDF_COLOURSPACE, index, 0);
        pdf_content_put_name(c, PDF_COLOURSPACE, index);
        buf_puts(&c->out, stroke ? "CS 1 SCN\n" : "cs 1 scn\n");
        return;
    }
    for (int i = 0; i < colour->components; i++)
        pdf_content_put_number(c, colour->value[i], 3);
    buf_puts(&c->out, operators[colour->components - 1][stroke]);
    buf_putc(&c->out, '\n');
}

void pdf_content_paint_fill(struct pdf_content *c, const struct design_colour *colour)
{
    struct pdf_colour want = pdf_colour_of(c->document, colour);
    if (c->state.fill_known && same_colour(&want, &c->state.fill))
        return;
    c->state.fill = want;
    c->state.fill_known = true;
    put_colour(c, &want, false);
}

void pdf_content_paint_stroke(struct pdf_content *c, const struct design_colour *colour)
{
    struct pdf_colour want = pdf_colour_of(c->document, colour);
    if (c->state.stroke_known && same_colour(&want, &c->state.stroke))
        return;
    c->state.stroke = want;
    c->state.stroke_known = true;
    put_colour(c, &want, true);
}

/* ---- paths --------------------------------------------------------------------------------------------- */

/* A subpath that is an upright rectangle, as "re": its corners in the order of path_rect, or any other. */
static bool put_rectangle(struct pdf_content *c, const struct path *p, size_t verb, size_t at)
{
    static const unsigned char verbs[] = { PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE };
    if (p->verb_count - verb < 5 || memcmp(p->verbs + verb, verbs, sizeof verbs))
        return false;
    const struct point *q = p->points + at;
    bool across = q[0].y == q[1].y && q[1].x == q[2].x && q[2].y == q[3].y && q[3].x == q[0].x;
    bool down = q[0].x == q[1].x && q[1].y == q[2].y && q[2].x == q[3].x && q[3].y == q[0].y;
    if (!across && !down)
        return false;
    put_point(c, (struct point){ fmin(q[0].x, q[2].x), fmax(q[0].y, q[2].y) });
    pdf_content_put(c, fabs(q[2].x - q[0].x));
    pdf_content_put(c, fabs(q[2].y - q[0].y));
    buf_puts(&c->out, "re\n");
    return true;
}

/* A line to where the pen is: dropped, unless it is all there is (with round caps that is a dot). */
static bool leads_nowhere(const struct pdf_content *c, const struct path *p, size_t verb, size_t at)
{
    double step = c->decimals > 2 ? 0.0005 : 0.005;
    bool alone = p->verbs[verb - 1] == PATH_MOVE &&
                 (verb + 1 == p->verb_count || p->verbs[verb + 1] == PATH_MOVE || p->verbs[verb + 1] == PATH_CLOSE);
    struct point from = p->points[at - 1], to = p->points[at];
    return !alone && fabs(to.x - from.x) < step && fabs(to.y - from.y) < step;
}

void pdf_content_trace(struct pdf_content *c, const struct path *p)
{
    static const struct {
        int points;
        const char *operator;
    } verbs[] = {
        [PATH_MOVE] = { 1, "m\n" },
        [PATH_LINE] = { 1, "l\n" },
        [PATH_CURVE] = { 3, "c\n" },
        [PATH_CLOSE] = { 0, "h\n" },
    };
    size_t at = 0;
    for (size_t i = 0; i < p->verb_count; i++) {
        if (p->verbs[i] == PATH_MOVE && put_rectangle(c, p, i, at)) {
            i += 4;
            at += 4;
            continue;
        }
        if (p->verbs[i] == PATH_LINE && i && p->verbs[i - 1] != PATH_CLOSE && leads_nowhere(c, p, i, at)) {
            at++;
            continue;
        }
        for (int k = 0; k < verbs[p->verbs[i]].points; k++)
            put_point(c, p->points[at++]);
        buf_puts(&c->out, verbs[p->verbs[i]].operator);
    }
}

void pdf_content_clip(struct pdf_content *c, const struct path *p, bool even_odd)
{
    pdf_content_end_text(c);
    if (p->verb_count)
        pdf_content_trace(c, p);
    else
        buf_puts(&c->out, "0 0 0 0 re\n");         /* an empty clip hides everything */
    buf_puts(&c->out, even_odd ? "W* n\n" : "W n\n");
}

static void set_line(struct pdf_content *c, const struct display_stroke *s)
{
    if (s->width != c->state.width) {
        pdf_content_put_number(c, s->width, 3);
        buf_puts(&c->out, "w\n");
        c->state.width = s->width;
    }
    if (s->cap != c->state.cap)
        buf_printf(&c->out, "%d J\n", c->state.cap = s->cap);
    if (s->join != c->state.join)
        buf_printf(&c->out, "%d j\n", c->state.join = s->join);
    if (!s->dash_count && !c->state.dashed)
        return;
    buf_putc(&c->out, '[');
    for (int i = 0; i < s->dash_count; i++)
        pdf_content_put_number(c, s->dash[i], 3);
    buf_puts(&c->out, "] ");
    pdf_content_put_number(c, s->dash_offset, 3);
    buf_puts(&c->out, "d\n");
    c->state.dashed = s->dash_count > 0;
}

static double opacity_of(const struct display_paint *p)
{
    return p->opacity > 0 ? p->opacity : 1;        /* display.h: 0 is taken for 1 */
}

static bool is_gradient(const struct display_paint *p)
{
    return p && (p->kind == DISPLAY_LINEAR || p->kind == DISPLAY_RADIAL) && p->stop_count;
}

static void set_mask(struct pdf_content *c, unsigned index)
{
    pdf_content_use(c, PDF_GSTATE, index, 0);
    pdf_content_put_name(c, PDF_GSTATE, index);
    buf_puts(&c->out, "gs\n");
}

static void fill_gradient(struct pdf_content *c, const struct path *p, bool even_odd, const struct display_paint *fill)
{
    double uniform;
    pdf_content_save(c);
    pdf_content_clip(c, p, even_odd);
    unsigned index = pdf_gradient_shading(c, fill, &uniform);
    pdf_content_gstate(c, opacity_of(fill) * (uniform < 0 ? 1 : uniform), 1, false);
    if (uniform < 0)
        set_mask(c, pdf_gradient_mask(c, fill, path_bounds(p)));
    pdf_content_use(c, PDF_SHADING, index, c->document->shared[PDF_SHADING].items[index].object);
    pdf_content_put_name(c, PDF_SHADING, index);
    buf_puts(&c->out, "sh\n");
    pdf_content_restore(c);
}

static double stroke_gradient(struct pdf_content *c, const struct display_paint *paint)
{
    double uniform;
    unsigned index = pdf_gradient_pattern(c, paint, &uniform);
    pdf_content_use(c, PDF_PATTERN, index, c->document->shared[PDF_PATTERN].items[index].object);
    buf_puts(&c->out, "/Pattern CS ");
    pdf_content_put_name(c, PDF_PATTERN, index);
    buf_puts(&c->out, "SCN\n");
    c->state.stroke_known = false;
    return uniform;
}

void pdf_content_path(struct pdf_content *c, const struct path *p, bool even_odd, const struct display_paint *fill,
                      const struct display_stroke *stroke)
{
    bool fills = fill && fill->kind != DISPLAY_NO_PAINT;
    bool strokes = stroke && stroke->paint.kind != DISPLAY_NO_PAINT && stroke->width > 0;
    if (!p->verb_count || (!fills && !strokes))
        return;
    pdf_content_end_text(c);
    if (fills && is_gradient(fill)) {
        fill_gradient(c, p, even_odd, fill);
        fills = false;
        if (!strokes)
            return;
    }
    double line_opacity = strokes ? opacity_of(&stroke->paint) : 1;
    if (strokes) {
        set_line(c, stroke);
        if (is_gradient(&stroke->paint))
            line_opacity *= stroke_gradient(c, &stroke->paint);
        else
            pdf_content_paint_stroke(c, stroke->paint.colour);
    }
    if (fills)
        pdf_content_paint_fill(c, fill->colour);
    pdf_content_gstate(c, fills ? opacity_of(fill) : 1, line_opacity, false);
    pdf_content_trace(c, p);
    buf_puts(&c->out, !strokes ? even_odd ? "f*\n" : "f\n" : !fills ? "S\n" : even_odd ? "B*\n" : "B\n");
}

/* ---- forms and images ---------------------------------------------------------------------------------- */

static void show_object(struct pdf_content *c, unsigned index, unsigned object)
{
    pdf_content_use(c, PDF_XOBJECT, index, object);
    pdf_content_put_name(c, PDF_XOBJECT, index);
    buf_puts(&c->out, "Do\n");
}

void pdf_content_object(struct pdf_content *c, unsigned index, unsigned object, struct affine matrix, double height)
{
    pdf_content_save(c);
    pdf_content_gstate(c, 1, 1, false);
    pdf_content_put_matrix(c, pdf_content_turn_over(c, matrix, 0, height));
    buf_puts(&c->out, "cm\n");
    show_object(c, index, object);
    pdf_content_restore(c);
}

void pdf_content_form(struct pdf_content *c, unsigned index, unsigned object, double opacity)
{
    pdf_content_save(c);
    pdf_content_gstate(c, opacity, opacity, false);
    show_object(c, index, object);
    pdf_content_restore(c);
}
