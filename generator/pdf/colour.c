#include "pdf/colour.h"

#include <string.h>

static struct pdf_colour from_rgb(const unsigned char rgb[3])
{
    struct pdf_colour c = { 3, { rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0 }, NULL };
    if (rgb[0] == rgb[1] && rgb[1] == rgb[2])
        c.components = 1;
    return c;
}

/* Told once a colour: the messages at one place are kept once. */
static void check_ink(struct pdf_document *document, const struct design_colour *colour)
{
    double ink = colour->cmyk[0] + colour->cmyk[1] + colour->cmyk[2] + colour->cmyk[3];
    if (document->options.ink_limit <= 0 || colour->spot || ink <= document->options.ink_limit + 0.01 ||
        pdf_map_lookup(&document->inky, colour))
        return;
    pdf_map_put(&document->inky, colour, 1);
    pdf_facts_note(&document->facts, PDF_FACT_INK, colour->at, colour->name, document->arena);
}

struct pdf_colour pdf_colour_of(struct pdf_document *document, const struct design_colour *colour)
{
    static const struct design_colour black = { .name = "black", .cmyk = { 0, 0, 0, 100 } };
    if (!colour)
        colour = &black;
    if (document->options.colours == PDF_RGB)
        return from_rgb(colour->rgb);
    if (document->options.colours == PDF_AGENDA)
        return from_rgb(colour->agenda);
    struct pdf_colour c = { 4, { 0 }, colour->spot };
    for (int i = 0; i < 4; i++)
        c.value[i] = colour->cmyk[i] / 100;
    check_ink(document, colour);
    return c;
}

bool pdf_colour_is_black_ink(const struct pdf_colour *c)
{
    return c->components == 4 && !c->spot && c->value[3] >= 1 && c->value[0] + c->value[1] + c->value[2] <= 0;
}

const char *pdf_colour_process_space(const struct pdf_document *document)
{
    return document->options.colours == PDF_CMYK ? "/DeviceCMYK" : "/DeviceRGB";
}

void pdf_put_components(struct pdf_document *document, struct buf *out, const struct design_colour *colour)
{
    struct pdf_colour c = pdf_colour_of(document, colour);
    int n = c.components == 1 ? 3 : c.components;
    for (int i = 0; i < n; i++) {
        buf_putc(out, i ? ' ' : '[');
        pdf_put_real(out, c.components == 1 ? c.value[0] : c.value[i], 3);
    }
    buf_putc(out, ']');
}

/* ISO 32000-1, 8.6.6.4: the tint of the spot colour becomes its process colour where there is no such plate. */
void pdf_put_separation(struct buf *out, const struct pdf_colour *c)
{
    buf_puts(out, "[/Separation");
    pdf_put_name(out, c->spot);
    buf_puts(out, "/DeviceCMYK<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[");
    for (int i = 0; i < 4; i++) {
        if (i)
            buf_putc(out, ' ');
        pdf_put_real(out, c->value[i], 3);
    }
    buf_puts(out, "]>>]");
}

unsigned pdf_colour_separation(struct pdf_document *document, const struct pdf_colour *c)
{
    struct buf definition = BUF_EMPTY;
    pdf_put_separation(&definition, c);
    unsigned index = pdf_share(document, PDF_COLOURSPACE, &definition);
    buf_free(&definition);
    return index;
}
