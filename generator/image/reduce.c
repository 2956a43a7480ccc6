/* Pictures with fewer pixels: no reader sees more than a page shows, and every one waits for what it carries. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "image/bitmap_internal.h"

enum { JPEG_QUALITY = 82 };                /* no blocks are seen at the edges of roofs and letters in a photo */

/* ---- fewer pixels ----------------------------------------------------------------------------------------------------- */
struct shrink {
    const unsigned char *in, *alpha;       /* alpha or NULL */
    size_t width, height, channels, new_width, new_height;
};

/* The mean of the pixels that an output pixel covers; what is transparent lends no colour to it. Whole numbers only: the
   same pixels on every machine. */
static void mean_of(const struct shrink *s, size_t x, size_t y, unsigned char *out, unsigned char *alpha)
{
    size_t x0 = x * s->width / s->new_width, x1 = (x + 1) * s->width / s->new_width;
    size_t y0 = y * s->height / s->new_height, y1 = (y + 1) * s->height / s->new_height;
    uint64_t sums[4] = { 0 }, plain[4] = { 0 }, weight = 0, count = (uint64_t)(x1 - x0) * (y1 - y0);
    for (size_t row = y0; row < y1; row++) {
        const unsigned char *p = s->in + (row * s->width + x0) * s->channels;
        const unsigned char *a = s->alpha ? s->alpha + row * s->width + x0 : NULL;
        for (size_t column = x0; column < x1; column++, p += s->channels) {
            unsigned w = a ? *a++ : 1;
            weight += w;
            for (size_t c = 0; c < s->channels; c++) {
                sums[c] += (uint64_t)w * p[c];
                plain[c] += p[c];
            }
        }
    }
    for (size_t c = 0; c < s->channels; c++)
        out[c] = (unsigned char)(weight ? (sums[c] + weight / 2) / weight : (plain[c] + count / 2) / count);
    if (alpha)
        *alpha = (unsigned char)((weight + count / 2) / count);
}

static unsigned char *shrink(const struct shrink *s, unsigned char *alpha)
{
    unsigned char *out = mem_alloc(s->new_width * s->new_height * s->channels);
    for (size_t y = 0, at = 0; y < s->new_height; y++)
        for (size_t x = 0; x < s->new_width; x++, at++)
            mean_of(s, x, y, out + at * s->channels, alpha ? alpha + at : NULL);
    return out;
}

/* ---- JPEG out --------------------------------------------------------------------------------------------------------- */
struct encoder {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    jmp_buf stop;
    unsigned char *bytes;                  /* malloc'ed by libjpeg */
    unsigned long size;
};

static _Noreturn void stop(j_common_ptr jpeg)
{
    struct encoder *e = jpeg->client_data;
    longjmp(e->stop, 1);
}

static void write_rows(struct encoder *e, const unsigned char *pixels, int width, int height, int components)
{
    jpeg_create_compress(&e->jpeg);
    e->jpeg.client_data = e;
    jpeg_mem_dest(&e->jpeg, &e->bytes, &e->size);
    e->jpeg.image_width = (JDIMENSION)width;
    e->jpeg.image_height = (JDIMENSION)height;
    e->jpeg.input_components = components;
    e->jpeg.in_color_space = components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&e->jpeg);
    jpeg_set_quality(&e->jpeg, JPEG_QUALITY, TRUE);
    e->jpeg.dct_method = JDCT_ISLOW;
    e->jpeg.optimize_coding = TRUE;
    jpeg_start_compress(&e->jpeg, TRUE);
    while (e->jpeg.next_scanline < e->jpeg.image_height) {
        size_t row = (size_t)e->jpeg.next_scanline * (size_t)width * (size_t)components;
        JSAMPROW rows[1] = { (JSAMPROW)(uintptr_t)(pixels + row) };        /* only read */
        jpeg_write_scanlines(&e->jpeg, rows, 1);
    }
    jpeg_finish_compress(&e->jpeg);
}

/* libjpeg's only errors here are those of memory. */
static bool encode(const unsigned char *pixels, struct image_bitmap *out, struct arena *arena)
{
    struct encoder *e = mem_alloc(sizeof *e);              /* in memory: no volatile beside setjmp */
    bool good = false;
    e->jpeg.err = jpeg_std_error(&e->errors);
    e->errors.error_exit = stop;
    e->jpeg.client_data = e;
    if (!setjmp(e->stop)) {
        write_rows(e, pixels, out->width, out->height, out->components);
        out->bytes = arena_copy(arena, e->bytes, e->size);
        out->size = e->size;
        out->coding = IMAGE_JPEG;
        good = true;
    }
    jpeg_destroy_compress(&e->jpeg);
    free(e->bytes);
    mem_free(e);
    return good;
}

/* ---- both ------------------------------------------------------------------------------------------------------------- */
unsigned char *image_pixels(const struct image_bitmap *bitmap, struct diag *diag)
{
    struct bitmap_input in = { bitmap->path, bitmap->bytes, bitmap->size, { bitmap->path, 0, 0 }, diag };
    size_t size = (size_t)bitmap->width * (size_t)bitmap->height * (size_t)bitmap->components;
    if (bitmap->coding == IMAGE_JPEG)
        return jpeg_decode(&in, bitmap);
    return memcpy(mem_alloc(size), bitmap->bytes, size);
}

const struct image_bitmap *image_reduce(const struct image_bitmap *from, int width, int height, struct arena *arena,
                                        struct diag *diag)
{
    bool inks = from->components == 4;
    unsigned char *pixels = inks ? image_pixels_rgb(from, diag) : image_pixels(from, diag);
    if (!pixels)
        return NULL;
    struct image_bitmap *out = arena_copy(arena, from, sizeof *from);
    out->width = width < 1 ? 1 : width < from->width ? width : from->width;
    out->height = height < 1 ? 1 : height < from->height ? height : from->height;
    if (inks) {
        out->components = 3;
        out->icc = NULL;
        out->icc_size = 0;
        out->inverted = false;
    }
    struct shrink s = { pixels, from->alpha, (size_t)from->width, (size_t)from->height, (size_t)out->components,
                        (size_t)out->width, (size_t)out->height };
    unsigned char *alpha = from->alpha ? arena_alloc(arena, s.new_width * s.new_height) : NULL;
    unsigned char *fewer = shrink(&s, alpha);
    bool good = true;
    out->alpha = alpha;
    if (from->coding == IMAGE_JPEG) {
        good = encode(fewer, out, arena);
    } else {
        out->size = s.new_width * s.new_height * s.channels;
        out->bytes = arena_copy(arena, fewer, out->size);
    }
    mem_free(fewer);
    mem_free(pixels);
    return good ? out : NULL;
}
