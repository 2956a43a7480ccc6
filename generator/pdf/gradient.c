/* Gradients: shadings of type 2 and 3 (ISO 32000-1, 8.7.4.5), and the soft masks of stops that are not opaque. */
#include <math.h>
#include <string.h>

#include "pdf/content.h"

static double stop_opacity(const struct display_stop *s)
{
    return s->opacity > 0 ? s->opacity : 0;
}

static bool is_bare(const struct design_colour *colour)
{
    return colour && !colour->spot && colour->cmyk[0] + colour->cmyk[1] + colour->cmyk[2] + colour->cmyk[3] <= 0;
}

/* The one spot colour of a gradient that has no other ink: it fades into the paper, or out. Its plate is kept. NULL: none. */
static const struct design_colour *only_spot(const struct pdf_document *document, const struct display_paint *p)
{
    const struct design_colour *spot = NULL;
    for (size_t i = 0; document->options.colours == PDF_CMYK && i < p->stop_count; i++) {
        const struct design_colour *colour = p->stops[i].colour;
        if (is_bare(colour))
            continue;
        if (!colour || !colour->spot || (spot && strcmp(colour->spot, spot->spot)))
            return NULL;
        spot = colour;
    }
    return spot;
}

/* Colours; tones of one spot; or, for a mask, opacities as grey. */
static void put_value(struct pdf_document *document, struct buf *out, const struct display_stop *s, bool mask,
                      const struct design_colour *spot)
{
    if (spot) {
        buf_puts(out, s->colour->spot ? "[1]" : "[0]");
        return;
    }
    if (!mask) {
        if (document->options.colours == PDF_CMYK && s->colour && s->colour->spot)
            pdf_facts_note(&document->facts, PDF_FACT_SPOT_IN_GRADIENT, s->colour->at, s->colour->spot, document->arena);
        pdf_put_components(document, out, s->colour);
        return;
    }
    buf_putc(out, '[');
    pdf_put_real(out, stop_opacity(s), 3);
    buf_putc(out, ']');
}

static void put_segment(struct pdf_document *document, struct buf *out, const struct display_stop *a,
                        const struct display_stop *b, bool mask, const struct design_colour *spot)
{
    buf_puts(out, "<</FunctionType 2/Domain[0 1]/N 1/C0");
    put_value(document, out, a, mask, spot);
    buf_puts(out, "/C1");
    put_value(document, out, b, mask, spot);
    buf_puts(out, ">>");
}

static double clamp(double v, double low)
{
    return v < low ? low : v > 1 ? 1 : v;
}

/* Stops become segments; before the first and after the last the colour stays. */
static void put_function(struct pdf_document *document, struct buf *out, const struct display_paint *p, bool mask,
                         const struct design_colour *spot)
{
    struct buf segments = BUF_EMPTY, bounds = BUF_EMPTY;
    size_t n = p->stop_count, count = 0;
    double at = 0;
    for (size_t i = 0; i <= n; i++) {
        const struct display_stop *a = &p->stops[i ? i - 1 : 0], *b = &p->stops[i < n ? i : n - 1];
        double end = i < n ? clamp(b->offset, at) : 1;
        if (end <= at && !(i == n && !count))
            continue;
        if (count++) {
            pdf_put_real(&bounds, at, 4);
            buf_putc(&bounds, ' ');
        }
        put_segment(document, &segments, a, b, mask, spot);
        at = end;
    }
    if (count == 1) {
        buf_puts(out, segments.data);
    } else {
        buf_printf(out, "<</FunctionType 3/Domain[0 1]/Functions[%s]/Bounds[%s]/Encode[", segments.data, buf_text(&bounds));
        for (size_t i = 0; i < count; i++)
            buf_puts(out, i ? " 0 1" : "0 1");
        buf_puts(out, "]>>");
    }
    buf_free(&segments);
    buf_free(&bounds);
}

static void put_shading(struct pdf_content *c, struct buf *out, const struct display_paint *p, bool mask)
{
    bool radial = p->kind == DISPLAY_RADIAL;
    const double linear[] = { c->x0 + p->from.x, c->y0 - p->from.y, c->x0 + p->to.x, c->y0 - p->to.y };
    const double circles[] = { c->x0 + p->to.x, c->y0 - p->to.y, 0, c->x0 + p->from.x, c->y0 - p->from.y, p->radius };
    const double *coords = radial ? circles : linear;
    const struct design_colour *spot = mask ? NULL : only_spot(c->document, p);
    buf_printf(out, "/ShadingType %d/ColorSpace", radial ? 3 : 2);
    if (spot) {
        struct pdf_colour tone = pdf_colour_of(c->document, spot);
        pdf_put_separation(out, &tone);
    } else {
        buf_puts(out, mask ? "/DeviceGray" : pdf_colour_process_space(c->document));
    }
    buf_puts(out, "/Coords[");
    for (int i = 0; i < (radial ? 6 : 4); i++) {
        pdf_put_real(out, coords[i], 3);
        buf_putc(out, ' ');
    }
    buf_puts(out, "]/Extend[true true]/Function");
    put_function(c->document, out, p, mask, spot);
}

static double uniform_opacity(const struct display_paint *p)
{
    for (size_t i = 1; i < p->stop_count; i++)
        if (p->stops[i].opacity != p->stops[0].opacity)
            return -1;
    return stop_opacity(&p->stops[0]);
}

unsigned pdf_gradient_shading(struct pdf_content *c, const struct display_paint *p, double *uniform)
{
    struct buf d = BUF_EMPTY;
    put_shading(c, &d, p, false);
    unsigned index = pdf_share(c->document, PDF_SHADING, &d);
    buf_free(&d);
    *uniform = uniform_opacity(p);
    return index;
}

unsigned pdf_gradient_pattern(struct pdf_content *c, const struct display_paint *p, double *uniform)
{
    struct affine m = c->state.matrix;
    const double v[6] = { m.a, m.b, m.c, m.d, m.e, m.f };
    struct buf d = BUF_EMPTY;
    buf_puts(&d, "/PatternType 2/Matrix[");
    for (int i = 0; i < 6; i++) {
        pdf_put_real(&d, v[i], 5);
        buf_putc(&d, ' ');
    }
    buf_puts(&d, "]/Shading<<");
    put_shading(c, &d, p, false);
    buf_puts(&d, ">>");
    unsigned index = pdf_share(c->document, PDF_PATTERN, &d);
    buf_free(&d);
    *uniform = fabs(uniform_opacity(p));
    return index;
}

/* A group painted with the opacities as grey; its luminosity masks what follows (11.6.5.3). */
static unsigned write_mask(struct pdf_content *c, const struct display_paint *p, struct rect box)
{
    struct pdf_objects *objects = c->document->objects;
    struct buf d = BUF_EMPTY;
    buf_puts(&d, "/Type/XObject/Subtype/Form/Group<</S/Transparency/CS/DeviceGray>>/BBox[");
    const double corners[] = { c->x0 + box.x - 1, c->y0 - box.y - box.height - 1, c->x0 + box.x + box.width + 1,
                               c->y0 - box.y + 1 };
    for (int i = 0; i < 4; i++) {
        pdf_put_real(&d, corners[i], 2);
        buf_putc(&d, ' ');
    }
    buf_puts(&d, "]/Resources<</Shading<</S<<");
    put_shading(c, &d, p, true);
    buf_puts(&d, ">>>>>>");
    struct pdf_object *dictionary = pdf_object_text(objects, d.data, d.length);
    buf_free(&d);
    return pdf_object_number(pdf_object_stream(objects, dictionary, "/S sh", 5, PDF_PLAIN));
}

unsigned pdf_gradient_mask(struct pdf_content *c, const struct display_paint *p, struct rect box)
{
    struct buf d = BUF_EMPTY;
    buf_printf(&d, "/SMask<</S/Luminosity/G %u 0 R>>", write_mask(c, p, box));
    unsigned index = pdf_share(c->document, PDF_GSTATE, &d);
    buf_free(&d);
    c->transparent = true;
    return index;
}
