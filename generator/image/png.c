/* PNG by libpng: every kind becomes grey or RGB at eight bits, with alpha apart. */
#include <png.h>
#include <string.h>

#include "base/i18n.h"
#include "image/bitmap_internal.h"

struct png_source {
    const struct bitmap_input *in;
    size_t at;
    char why[160];
    unsigned char **rows, *pixels;
};

static void read_bytes(png_structp png, png_bytep out, size_t n)
{
    struct png_source *source = png_get_io_ptr(png);
    if (n > source->in->size - source->at)
        png_error(png, _("it ends too early"));
    memcpy(out, source->in->bytes + source->at, n);
    source->at += n;
}

static _Noreturn void fail(png_structp png, png_const_charp why)
{
    struct png_source *source = png_get_error_ptr(png);
    strncpy(source->why, why, sizeof source->why - 1);
    png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp why)
{
    (void)png, (void)why;      /* a lost text chunk changes no pixel */
}

/* Ask libpng for grey or RGB with alpha, eight bits. */
static void set_transforms(png_structp png, png_infop info)
{
    int type = png_get_color_type(png, info);
    if (type == PNG_COLOR_TYPE_PALETTE)
        png_set_palette_to_rgb(png);
    if (type == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, info) < 8)
        png_set_expand_gray_1_2_4_to_8(png);
    if (png_get_valid(png, info, PNG_INFO_tRNS))
        png_set_tRNS_to_alpha(png);
    else if (!(type & PNG_COLOR_MASK_ALPHA))
        png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
    png_set_scale_16(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

static void keep_profile(png_structp png, png_infop info, struct arena *arena, struct image_bitmap *out)
{
    png_charp name;
    int method;
    png_bytep icc;
    png_uint_32 n;
    if (png_get_iCCP(png, info, &name, &method, &icc, &n) != PNG_INFO_iCCP)
        return;
    out->icc = arena_copy(arena, icc, n);
    out->icc_size = n;
}

/* Colour and alpha apart; alpha that is opaque everywhere is left out. */
static void split(const unsigned char *in, size_t pixels, int components, struct arena *arena, struct image_bitmap *out)
{
    bool opaque = true;
    size_t step = (size_t)components + 1;
    for (size_t i = 0; i < pixels && opaque; i++)
        opaque = in[i * step + step - 1] == 0xff;
    unsigned char *colour = arena_alloc(arena, pixels * (size_t)components);
    unsigned char *alpha = opaque ? NULL : arena_alloc(arena, pixels);
    for (size_t i = 0; i < pixels; i++) {
        memcpy(colour + i * (size_t)components, in + i * step, (size_t)components);
        if (alpha)
            alpha[i] = in[i * step + step - 1];
    }
    out->coding = IMAGE_RAW;
    out->bytes = colour;
    out->size = pixels * (size_t)components;
    out->alpha = alpha;
}

static bool read_header(png_structp png, png_infop info, struct png_source *source, struct image_bitmap *out)
{
    png_set_read_fn(png, source, read_bytes);
    png_set_user_limits(png, 1000000, 1000000);            /* our own message speaks of pixels */
    png_set_chunk_malloc_max(png, 16 * 1024 * 1024);
    png_set_chunk_cache_max(png, 100);
    png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_QUIET_USE);
    png_read_info(png, info);
    if (!bitmap_fits(source->in, png_get_image_width(png, info), png_get_image_height(png, info)))
        return false;
    out->width = (int)png_get_image_width(png, info);
    out->height = (int)png_get_image_height(png, info);
    out->components = png_get_color_type(png, info) & PNG_COLOR_MASK_COLOR ? 3 : 1;
    return true;
}

static void read_rows(png_structp png, png_infop info, struct png_source *source, const struct image_bitmap *out)
{
    size_t stride = png_get_rowbytes(png, info), height = (size_t)out->height;
    source->pixels = mem_alloc(stride * height);
    source->rows = mem_alloc(height * sizeof *source->rows);
    for (size_t y = 0; y < height; y++)
        source->rows[y] = source->pixels + y * stride;
    png_read_image(png, source->rows);
    png_read_end(png, NULL);   /* the checksums, and that the file ends as it should */
}

bool png_read(const struct bitmap_input *in, struct arena *arena, struct image_bitmap *out)
{
    /* Changed between setjmp and longjmp only inside this struct, which lives in memory: no volatile is needed. */
    struct png_source source = { .in = in };
    bool good = false;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, fail, ignore);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) {
        bitmap_tell_broken(in, _("libpng cannot start"));
    } else if (setjmp(png_jmpbuf(png))) {
        bitmap_tell_broken(in, source.why);
        good = false;
    } else if (read_header(png, info, &source, out)) {
        set_transforms(png, info);
        read_rows(png, info, &source, out);
        keep_profile(png, info, arena, out);
        split(source.pixels, (size_t)out->width * (size_t)out->height, out->components, arena, out);
        good = true;
    }
    png_destroy_read_struct(&png, &info, NULL);
    mem_free(source.rows);
    mem_free(source.pixels);
    return good;
}
