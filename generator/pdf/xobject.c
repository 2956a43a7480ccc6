/* Symbols as forms and bitmaps as images: each written once, when it is first shown. */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "pdf/paint.h"

/* ---- symbols ------------------------------------------------------------------------------------------- */

/* Anything in it that is not opaque makes the form a group, so that the page's colours show through as one. */
unsigned pdf_symbol_object(struct pdf_document *document, const struct display_symbol *symbol)
{
    unsigned known = pdf_map_lookup(&document->symbols, symbol);
    if (known)
        return known;
    struct pdf_content c;
    struct rect box = symbol->box;
    pdf_content_begin(&c, document, 0, 0);
    c.decimals = box.width < 64 ? 3 : 2;           /* icons are shown enlarged */
    for (const struct display_item *i = symbol->items; i;)
        i = pdf_paint_items(&c, i, NULL);
    pdf_content_end_text(&c);
    struct buf d = BUF_EMPTY;
    buf_puts(&d, "/Type/XObject/Subtype/Form/BBox[");
    const double corners[4] = { box.x, -box.y - box.height, box.x + box.width, -box.y };
    for (int i = 0; i < 4; i++) {
        buf_puts(&d, i ? " " : "");
        pdf_put_real(&d, corners[i], 3);
    }
    buf_puts(&d, "]/Resources");
    pdf_content_put_resources(&c, &d);
    if (c.transparent)
        buf_printf(&d, "/Group<</S/Transparency/CS%s>>", pdf_colour_process_space(document));
    struct pdf_object *dictionary = pdf_object_text(document->objects, d.data, d.length);
    unsigned object = pdf_object_number(
        pdf_object_stream(document->objects, dictionary, buf_text(&c.out), c.out.length, PDF_DEFLATE));
    pdf_map_put(&document->symbols, symbol, object);
    if (c.transparent)
        pdf_map_put(&document->veiled, symbol, 1);
    buf_free(&d);
    pdf_content_end(&c);
    return object;
}

/* ---- bitmaps ------------------------------------------------------------------------------------------- */

/* What is written: the file's own bytes, or pixels that were decoded because the edition cannot show it as it is. */
struct picture {
    const unsigned char *bytes;
    size_t size;
    int components;
    enum pdf_packing packing;
    bool inverted;
    const unsigned char *icc;
    size_t icc_size;
    unsigned char *decoded;
};

static struct picture raw_picture(const struct image_bitmap *b, unsigned char *pixels, int components)
{
    size_t size = (size_t)b->width * (size_t)b->height * (size_t)components;
    return (struct picture){ .bytes = pixels, .size = size, .components = components, .packing = PDF_DEFLATE,
                             .decoded = pixels };
}

/* Where a profile's darkest pixels take more than the printer allows, the colours give way and black stays: that is what
   holds the drawing. */
static void limit_ink(unsigned char *inks, size_t pixels, double percent)
{
    int limit = (int)(percent * 2.55);
    for (unsigned char *p = inks; limit > 255 && p < inks + 4 * pixels; p += 4) {
        int colours = p[0] + p[1] + p[2], room = limit - p[3];
        for (int i = 0; colours > room && i < 3; i++)
            p[i] = (unsigned char)(p[i] * room / colours);
    }
}

/* Into the inks of the profile; without one it stays as it is, and the register says so. */
static bool to_inks(struct pdf_document *document, const struct image_bitmap *b, struct picture *p)
{
    if (!document->options.icc_size)
        return true;
    size_t pixels = (size_t)b->width * (size_t)b->height;
    struct image_transform *transform =
        image_transform_new(NULL, 0, 3, document->options.icc, document->options.icc_size, 4);
    unsigned char *rgb = transform ? image_pixels_rgb(b, document->diag) : NULL;
    if (rgb) {
        unsigned char *inks = mem_alloc(pixels * 4);
        image_transform_rows(transform, rgb, inks, pixels);
        limit_ink(inks, pixels, document->options.ink_limit);
        *p = raw_picture(b, inks, 4);
    }
    image_transform_free(transform);
    mem_free(rgb);
    return p->decoded != NULL;
}

/* Inks that somebody else has mixed are not touched, but told of. */
static void check_inks(struct pdf_document *document, const struct image_bitmap *b, struct source at)
{
    double limit = document->options.ink_limit;
    unsigned char *inks = limit > 0 ? image_pixels(b, document->diag) : NULL;
    int most = 0;
    for (size_t i = 0, n = (size_t)b->width * (size_t)b->height; inks && i < n; i++) {
        int sum = inks[4 * i] + inks[4 * i + 1] + inks[4 * i + 2] + inks[4 * i + 3];
        most = sum > most ? sum : most;
    }
    mem_free(inks);
    if (most > limit * 2.55 + 4)           /* a percent more or less is JPEG's own noise */
        pdf_facts_note(&document->facts, PDF_FACT_INK_OF_PICTURE, at,
                       arena_printf(document->arena, "%s (%d %%)", b->path, (int)(most / 2.55 + 0.5)), document->arena);
}

static bool take_picture(struct pdf_document *document, const struct image_bitmap *b, struct picture *p)
{
    bool press = document->options.colours == PDF_CMYK;
    *p = (struct picture){ b->bytes, b->size, b->components, b->coding == IMAGE_JPEG ? PDF_DCT : PDF_DEFLATE,
                           b->inverted, b->icc, b->icc_size, NULL };
    if (press && b->components == 3)
        return to_inks(document, b, p);
    if (press && b->components == 4)       /* its inks are taken to be the printer's: converting twice would soil them */
        p->icc_size = 0;
    return true;
}

/* A camera's profile is in every photo it took, and in the file once. */
static unsigned profile_object(struct pdf_document *document, const struct picture *p)
{
    struct pdf_objects *objects = document->objects;
    uint32_t hash = hash_bytes(p->icc, p->icc_size, 0);
    for (size_t i = 0; i < document->profile_count; i++) {
        const struct pdf_profile *known = &document->profiles[i];
        if (known->hash == hash && known->size == p->icc_size && !memcmp(known->bytes, p->icc, p->icc_size))
            return known->object;
    }
    struct pdf_object *dictionary = pdf_object_make(objects, "<< /N %d >>", p->components);
    unsigned object = pdf_object_number(pdf_object_stream(objects, dictionary, p->icc, p->icc_size, PDF_DEFLATE));
    VEC_GROW(document->profiles, document->profile_capacity, document->profile_count + 1);
    document->profiles[document->profile_count++] =
        (struct pdf_profile){ hash, arena_copy(document->arena, p->icc, p->icc_size), p->icc_size, object };
    return object;
}

static void put_colour_space(struct pdf_document *document, const struct picture *p, struct buf *out)
{
    static const char *const device[] = { NULL, "/DeviceGray", NULL, "/DeviceRGB", "/DeviceCMYK" };
    buf_puts(out, "/ColorSpace");
    if (!p->icc || !p->icc_size) {
        buf_puts(out, device[p->components]);
        return;
    }
    buf_printf(out, "[/ICCBased %u 0 R]", profile_object(document, p));
}

/* The predictor of PNG (ISO 32000-1, 7.4.4.4), "up" on every row: photographs shrink by a fifth or more. */
static void put_rows(struct buf *out, const unsigned char *bytes, size_t row, size_t height)
{
    for (size_t y = 0; y < height; y++) {
        const unsigned char *now = bytes + y * row, *up = y ? now - row : NULL;
        buf_putc(out, 2);
        for (size_t x = 0; x < row; x++)
            buf_putc(out, (char)(now[x] - (up ? up[x] : 0)));
    }
}

static unsigned write_pixels(struct pdf_document *document, struct buf *entries, const unsigned char *bytes, int width,
                             int height, int components)
{
    struct buf rows = BUF_EMPTY;
    buf_printf(entries, "/DecodeParms<</Predictor 15/Colors %d/Columns %d>>", components, width);
    put_rows(&rows, bytes, (size_t)width * (size_t)components, (size_t)height);
    struct pdf_object *dictionary = pdf_object_text(document->objects, entries->data, entries->length);
    unsigned object =
        pdf_object_number(pdf_object_stream(document->objects, dictionary, rows.data, rows.length, PDF_ROWS));
    buf_free(&rows);
    return object;
}

static void put_size(struct buf *out, const struct image_bitmap *b)
{
    buf_printf(out, "/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8", b->width, b->height);
}

static unsigned write_alpha(struct pdf_document *document, const struct image_bitmap *b)
{
    struct buf entries = BUF_EMPTY;
    put_size(&entries, b);
    buf_puts(&entries, "/ColorSpace/DeviceGray");
    unsigned object = write_pixels(document, &entries, b->alpha, b->width, b->height, 1);
    buf_free(&entries);
    return object;
}

static unsigned write_image(struct pdf_document *document, const struct image_bitmap *b, const struct picture *p)
{
    struct buf entries = BUF_EMPTY;
    unsigned object;
    put_size(&entries, b);
    put_colour_space(document, p, &entries);
    if (b->alpha)
        buf_printf(&entries, "/SMask %u 0 R", write_alpha(document, b));
    if (p->inverted)
        buf_puts(&entries, "/Decode[1 0 1 0 1 0 1 0]");
    if (p->packing == PDF_DCT) {
        struct pdf_object *dictionary = pdf_object_text(document->objects, entries.data, entries.length);
        object = pdf_object_number(pdf_object_stream(document->objects, dictionary, p->bytes, p->size, PDF_DCT));
    } else {
        object = write_pixels(document, &entries, p->bytes, b->width, b->height, p->components);
    }
    buf_free(&entries);
    return object;
}

/* ---- as many pixels as are seen ------------------------------------------------------------------------ */
/* Has the picture half as many pixels again as are seen where it is placed? Then those are enough. */
static bool has_too_many(const struct pdf_document *document, const struct image_bitmap *b, struct affine placed,
                         int *columns, int *rows)
{
    double enough = document->options.image_resolution / 72;
    double width = hypot(placed.a, placed.b) * enough, height = hypot(placed.c, placed.d) * enough;
    if (width <= 0 || height <= 0 || b->width < 1.5 * width || b->height < 1.5 * height)
        return false;
    *columns = (int)ceil(width);
    *rows = (int)ceil(height);
    return true;
}

/* The picture as the edition wants it: as many pixels as are seen, and no inks on a screen. Inks that somebody else has
   mixed go to the printer as they are. NULL when it is broken. */
static const struct image_bitmap *fit_bitmap(struct pdf_document *document, const struct image_bitmap *b,
                                             struct affine placed)
{
    bool press = document->options.colours == PDF_CMYK, inks = b->components == 4;
    int columns = b->width, rows = b->height;
    if (press && inks)
        return b;
    if (!has_too_many(document, b, placed, &columns, &rows) && !inks)
        return b;
    for (size_t i = 0; i < document->reduced_count; i++) {
        const struct pdf_reduced *r = &document->reduced[i];
        if (r->from == b && r->to->width == columns && r->to->height == rows)
            return r->to;
    }
    const struct image_bitmap *fewer = image_reduce(b, columns, rows, document->arena, document->diag);
    if (!fewer)
        return NULL;
    VEC_GROW(document->reduced, document->reduced_capacity, document->reduced_count + 1);
    document->reduced[document->reduced_count++] = (struct pdf_reduced){ b, fewer };
    return fewer;
}

unsigned pdf_bitmap_object(struct pdf_document *document, const struct image_bitmap *original, struct affine placed,
                           struct source at)
{
    const struct image_bitmap *b = fit_bitmap(document, original, placed);
    unsigned object = b ? pdf_map_lookup(&document->bitmaps, b) : 0;
    struct picture p;
    if (object)
        return object;
    if (!b || !take_picture(document, b, &p)) {
        pdf_facts_note(&document->facts, PDF_FACT_BROKEN_PICTURE, at, original->path, document->arena);
        return 0;
    }
    if (document->options.colours == PDF_CMYK && p.components == 3)
        pdf_facts_note(&document->facts, document->options.claims ? PDF_FACT_RGB_UNDER_CMYK : PDF_FACT_RGB_LEFT, at, b->path,
                       document->arena);
    if (document->options.colours == PDF_CMYK && p.components == 4 && !p.decoded)
        check_inks(document, b, at);
    object = write_image(document, b, &p);
    pdf_map_put(&document->bitmaps, b, object);
    mem_free(p.decoded);
    return object;
}
