/* Text in a content stream: runs of glyphs where the text engine put them (ISO 32000-1, 9.4). */
#include <math.h>

#include "pdf/content.h"

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
        pdf_content_put_number(c, size, 3);
        buf_puts(&c->out, "Tf\n");
        s->font = font;
        s->size = size;
    }
    if (s->stretch != stretch) {
        pdf_content_put_number(c, stretch * 100, 2);
        buf_puts(&c->out, "Tz\n");
        s->stretch = stretch;
    }
    if (s->tracking != tracking) {
        pdf_content_put_number(c, tracking, 4);
        buf_puts(&c->out, "Tc\n");
        s->tracking = tracking;
    }
}

static void move_text(struct pdf_content *c, double x, double y)
{
    double px = rounded(c->x0 + x, 0.01), py = rounded(c->y0 - y, 0.01);
    if (c->text_turned) {
        pdf_content_put_matrix(c, affine_translate(px, py));
        buf_puts(&c->out, "Tm\n");
    } else {
        pdf_content_put_number(c, px - c->text_x, 2);
        pdf_content_put_number(c, py - c->text_y, 2);
        buf_puts(&c->out, "Td\n");
    }
    c->text_x = px;
    c->text_y = py;
    c->text_turned = false;
}

static void turn_text(struct pdf_content *c, double x, double y, struct affine matrix)
{
    struct affine origin = affine_translate(c->x0 + x, c->y0 - y);
    pdf_content_put_matrix(c, affine_multiply(origin, pdf_content_turn_over(c, matrix, c->x0, c->y0)));
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
    pdf_content_put_number(c, rise, 3);
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
