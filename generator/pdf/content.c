#include "pdf/content.h"

#include <math.h>
#include <string.h>

#include "pdf/tree.h"

enum { PDFA_NESTING = 28 };                /* ISO 19005-2, 6.1.13: deepest nesting of q */

/* ---- begin and end ------------------------------------------------------------------------------------------------------ */

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

static void put_number(struct pdf_content *c, double v, int decimals)
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

/* ---- graphics state ------------------------------------------------------------------------------------------------------ */

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

static void put_matrix(struct pdf_content *c, struct affine m)
{
    const double v[4] = { m.a, m.b, m.c, m.d };
    for (int i = 0; i < 4; i++)
        put_number(c, v[i], 5);
    put_number(c, m.e, 3);
    put_number(c, m.f, 3);
}

/* The matrix between spaces that are turned over: x' = x0 + x, y' = y0 - y outside; and y1 - y inside. */
static struct affine turn_over(const struct pdf_content *c, struct affine m, double x1, double y1)
{
    struct affine inner = { 1, 0, 0, -1, -x1, y1 }, outer = { 1, 0, 0, -1, c->x0, c->y0 };
    return affine_multiply(affine_multiply(inner, m), outer);
}

void pdf_content_transform(struct pdf_content *c, struct affine m)
{
    struct affine turned = turn_over(c, m, c->x0, c->y0);
    pdf_content_end_text(c);
    put_matrix(c, turned);
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
        put_number(c, colour->value[i], 3);
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

/* ---- paths --------------------------------------------------------------------------------------------------------------- */

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
    return !alone && fabs(p->points[at].x - p->points[at - 1].x) < step && fabs(p->points[at].y - p->points[at - 1].y) < step;
}

void pdf_content_trace(struct pdf_content *c, const struct path *p)
{
    static const struct {
        int points;
        const char *operator;
    } verbs[] = { [PATH_MOVE] = { 1, "m\n" }, [PATH_LINE] = { 1, "l\n" }, [PATH_CURVE] = { 3, "c\n" }, [PATH_CLOSE] = { 0, "h\n" } };
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
        put_number(c, s->width, 3);
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
        put_number(c, s->dash[i], 3);
    buf_puts(&c->out, "] ");
    put_number(c, s->dash_offset, 3);
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

/* ---- forms and images ---------------------------------------------------------------------------------------------------- */

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
    put_matrix(c, turn_over(c, matrix, 0, height));
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

/* ---- text ---------------------------------------------------------------------------------------------------------------- */

void pdf_content_end_text(struct pdf_content *c)
{
    if (c->in_text)
        buf_puts(&c->out, "ET\n");
    c->in_text = false;
}

static void begin_text(struct pdf_content *c)
{
    if (c->in_text)
        return;
    buf_puts(&c->out, "BT\n");
    c->in_text = true;
    c->text_x = c->text_y = 0;
    c->text_turned = false;
}

static double rounded(double v, double step)
{
    return round(v / step) * step;
}

/* Font, stretch and tracking; the values set are those written, so that advances are reckoned with what a viewer reads. */
static void set_text_state(struct pdf_content *c, const struct pdf_font *font, const struct text_run *run)
{
    double size = rounded(run->size, 0.001), stretch = rounded(run->stretch > 0 ? run->stretch : 1, 0.0001);
    double tracking = rounded(run->tracking / stretch, 0.0001);        /* Tz stretches Tc too */
    struct pdf_state *s = &c->state;
    if (s->font != font || s->size != size) {
        pdf_content_use(c, PDF_FONT, pdf_font_index(font), pdf_font_object(font));
        pdf_content_put_name(c, PDF_FONT, pdf_font_index(font));
        put_number(c, size, 3);
        buf_puts(&c->out, "Tf\n");
        s->font = font;
        s->size = size;
    }
    if (s->stretch != stretch) {
        put_number(c, stretch * 100, 2);
        buf_puts(&c->out, "Tz\n");
        s->stretch = stretch;
    }
    if (s->tracking != tracking) {
        put_number(c, tracking, 4);
        buf_puts(&c->out, "Tc\n");
        s->tracking = tracking;
    }
}

static void move_text(struct pdf_content *c, double x, double y)
{
    double px = rounded(c->x0 + x, 0.01), py = rounded(c->y0 - y, 0.01);
    if (c->text_turned) {
        put_matrix(c, affine_translate(px, py));
        buf_puts(&c->out, "Tm\n");
    } else {
        put_number(c, px - c->text_x, 2);
        put_number(c, py - c->text_y, 2);
        buf_puts(&c->out, "Td\n");
    }
    c->text_x = px;
    c->text_y = py;
    c->text_turned = false;
}

static void turn_text(struct pdf_content *c, double x, double y, struct affine matrix)
{
    struct affine origin = affine_translate(c->x0 + x, c->y0 - y);
    put_matrix(c, affine_multiply(origin, turn_over(c, matrix, c->x0, c->y0)));
    buf_puts(&c->out, "Tm\n");
    c->text_turned = true;
}

/* Room for a glyph at its longest: ")-12345(" and two escaped bytes. */
enum { GLYPH_ROOM = 16 };

static char *put_byte(char *out, unsigned char byte)
{
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r') {
        *out++ = '\\';
        if (byte == '\r')                  /* a bare one would be read as a line feed (7.3.4.2) */
            byte = 'r';
    }
    *out++ = (char)byte;
    return out;
}

/* U+E000 to U+F8FF and their like mean nothing to a reader (ISO 19005-3, 6.2.11.7.3). */
static bool is_text(const struct text_run *run, const struct text_glyph *g)
{
    if (g->text_at + g->text_length > run->text_length)
        return false;
    const unsigned char *s = (const unsigned char *)run->text + g->text_at;
    return g->text_length < 3 || !(s[0] == 0xEE || (s[0] == 0xEF && s[1] <= 0xA3));
}

static unsigned code_of(struct pdf_content *c, struct pdf_font *font, const struct text_run *run,
                        const struct text_glyph *g)
{
    struct pdf_document *document = c->document;
    if (!g->glyph)
        pdf_facts_note(&document->facts, PDF_FACT_MISSING_GLYPH, run->at, run->face->postscript_name, document->arena);
    if (!is_text(run, g)) {
        pdf_facts_note(&document->facts, PDF_FACT_GLYPH_WITHOUT_TEXT, run->at, run->face->postscript_name,
                       document->arena);
        return pdf_font_code(font, g->glyph, "", 0);
    }
    return pdf_font_code(font, g->glyph, run->text + g->text_at, g->text_length);
}

/* Whole thousandths of an em from where the pen stands back to where the glyph belongs. */
static int shift_of(double pen, double x, double per_unit)
{
    double shift = (pen - x) * per_unit;
    if (shift > -0.5 && shift < 0.5)
        return 0;
    return (int)lround(shift < -30000 ? -30000 : shift > 30000 ? 30000 : shift);
}

static void raise_glyphs(struct pdf_content *c, double rise, bool first)
{
    if (!first)
        buf_puts(&c->out, ")]TJ\n");
    put_number(c, rise, 3);
    buf_puts(&c->out, "Ts\n[(");
}

/* Show glyphs where the text engine put them: the strings of TJ with the differences from the natural advances
   (ISO 32000-1, 9.4.4: tx = ((w0 - Tj/1000) Tfs + Tc) Th). What is left of a difference is carried on, so that no
   glyph stands farther than half of 1/1000 em from its place. */
static void show(struct pdf_content *c, struct pdf_font *font, const struct text_run *run)
{
    const struct pdf_state *s = &c->state;
    double unit = s->size * s->stretch / 1000, per_unit = 1 / unit, pen = 0, rise = 0;
    struct buf *out = &c->out;
    if (run->glyphs[0].y == 0)
        buf_puts(out, "[(");
    for (size_t i = 0; i < run->count; i++) {
        const struct text_glyph *g = &run->glyphs[i];
        if (g->y != rise)
            raise_glyphs(c, rise = g->y, !i);
        unsigned code = code_of(c, font, run, g);
        int shift = shift_of(pen, g->x, per_unit);
        if (shift) {
            buf_putc(out, ')');
            buf_put_int(out, shift);
            buf_putc(out, '(');
            pen -= shift * unit;
        }
        VEC_GROW(out->data, out->capacity, out->length + GLYPH_ROOM);
        char *end = put_byte(put_byte(out->data + out->length, (unsigned char)(code >> 8)), (unsigned char)(code & 0xFF));
        out->length = (size_t)(end - out->data);
        pen += pdf_font_advance(font, g->glyph) * 0.01 * unit + s->tracking * s->stretch;
    }
    buf_puts(out, ")]TJ\n");
    if (rise != 0)
        buf_puts(out, "0 Ts\n");
}

void pdf_content_glyphs(struct pdf_content *c, const struct text_run *run, double x, double y, const struct affine *matrix)
{
    if (!run->count || run->size <= 0)
        return;
    struct pdf_font *font = pdf_fonts_of(c->document->fonts, run->face);
    begin_text(c);
    pdf_content_paint_fill(c, run->colour);
    bool overprint = c->document->options.overprint_black && pdf_colour_is_black_ink(&c->state.fill);
    pdf_content_gstate(c, 1, 1, overprint);
    set_text_state(c, font, run);
    if (matrix)
        turn_text(c, x, y - run->rise, *matrix);
    else
        move_text(c, x, y - run->rise);
    show(c, font, run);
}
