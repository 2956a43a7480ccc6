/* JPEG and PNG: made here with the libraries, then read whole, cut off, and lying. */
#include <check.h>
#include <lcms2.h>
#include <png.h>
#include <stdio.h>
#include <jpeglib.h>           /* needs stdio.h before it */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "image/image.h"
#include "unit.h"

static struct arena *arena;
static struct diag *diag;
static struct buf file;

static void setup(void)
{
    arena = arena_new();
    diag = diag_new();
}

static void teardown(void)
{
    buf_free(&file);
    diag_free(diag);
    arena_free(arena);
}

static const struct source here = { "plan.xml", 7, 5 };

static const struct image_bitmap *decode(size_t n)
{
    return image_decode_bitmap("billede", file.data, n, arena, here, diag);
}

static const struct image_bitmap *decode_good(void)
{
    const struct image_bitmap *b = decode(file.length);
    if (!b)
        diag_print(diag, stderr, DIAG_TEXT);
    ck_assert_ptr_nonnull(b);
    ck_assert_uint_eq(diag_errors(diag), 0);
    return b;
}

/* A picture that no two neighbours share, so that a slip shows. */
static unsigned char sample(int x, int y, int c)
{
    return (unsigned char)(x * 7 + y * 13 + c * 50);
}

/* ---- PNG ------------------------------------------------------------------------------------------------------ */

static void put_bytes(png_structp png, png_bytep bytes, size_t n)
{
    buf_put(png_get_io_ptr(png), bytes, n);
}

static void flush(png_structp png)
{
    (void)png;
}

struct png_kind {
    const char *name;
    int type, depth, interlace, components;
    bool alpha;
};

static const struct png_kind png_kinds[] = {
    { "grey", PNG_COLOR_TYPE_GRAY, 8, PNG_INTERLACE_NONE, 1, false },
    { "grey alpha", PNG_COLOR_TYPE_GRAY_ALPHA, 8, PNG_INTERLACE_NONE, 1, true },
    { "rgb", PNG_COLOR_TYPE_RGB, 8, PNG_INTERLACE_NONE, 3, false },
    { "rgb interlaced", PNG_COLOR_TYPE_RGB, 8, PNG_INTERLACE_ADAM7, 3, false },
    { "rgba", PNG_COLOR_TYPE_RGB_ALPHA, 8, PNG_INTERLACE_NONE, 3, true },
    { "rgba interlaced", PNG_COLOR_TYPE_RGB_ALPHA, 8, PNG_INTERLACE_ADAM7, 3, true },
    { "rgb 16", PNG_COLOR_TYPE_RGB, 16, PNG_INTERLACE_NONE, 3, false },
};

enum { WIDTH = 19, HEIGHT = 11 };

/* `kind` of WIDTH x HEIGHT; with a profile when there is one. */
static void make_png(const struct png_kind *kind, const void *icc, size_t icc_size)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    buf_clear(&file);
    png_set_write_fn(png, &file, put_bytes, flush);
    png_set_IHDR(png, info, WIDTH, HEIGHT, kind->depth, kind->type, kind->interlace, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (icc)
        png_set_iCCP(png, info, "profil", PNG_COMPRESSION_TYPE_BASE, icc, (png_uint_32)icc_size);
    png_write_info(png, info);
    int channels = png_get_channels(png, info), size = kind->depth / 8;
    unsigned char *bytes = mem_alloc((size_t)(WIDTH * HEIGHT * channels * size)), *rows[HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
        rows[y] = bytes + y * WIDTH * channels * size;
        for (int x = 0; x < WIDTH; x++)
            for (int c = 0; c < channels; c++)
                for (int k = 0; k < size; k++)
                    rows[y][(x * channels + c) * size + k] = sample(x, y, c);
    }
    png_write_image(png, rows);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    mem_free(bytes);
}

START_TEST(test_png_kinds)
{
    const struct png_kind *kind = &png_kinds[_i];
    make_png(kind, NULL, 0);
    const struct image_bitmap *b = decode_good();
    ck_assert_int_eq(b->width, WIDTH);
    ck_assert_int_eq(b->height, HEIGHT);
    ck_assert_int_eq(b->components, kind->components);
    ck_assert_int_eq(b->coding, IMAGE_RAW);
    ck_assert_uint_eq(b->size, (size_t)(WIDTH * HEIGHT * kind->components));
    ck_assert_msg((b->alpha != NULL) == kind->alpha, "%s: alpha", kind->name);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            for (int c = 0; c < kind->components; c++)
                ck_assert_int_eq(b->bytes[(y * WIDTH + x) * kind->components + c], sample(x, y, c));
            if (kind->alpha)
                ck_assert_int_eq(b->alpha[y * WIDTH + x], sample(x, y, kind->components));
        }
}
END_TEST

/* Two bits a pixel, one colour of the palette half transparent. */
START_TEST(test_png_palette)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &file, put_bytes, flush);
    png_set_IHDR(png, info, 4, 1, 2, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_PLTE(png, info, (const png_color[]){ { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } }, 3);
    png_set_tRNS(png, info, (png_byte[]){ 255, 128 }, 2, NULL);
    png_write_info(png, info);
    png_write_row(png, (const png_byte[]){ 0x18 });        /* 0 1 2 0 */
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    const struct image_bitmap *b = decode_good();
    ck_assert_mem_eq(b->bytes, ((const unsigned char[]){ 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3 }), 12);
    ck_assert_mem_eq(b->alpha, ((const unsigned char[]){ 255, 128, 255, 255 }), 4);
}
END_TEST

static void must_be_refused(size_t n, const char *what)
{
    size_t before = diag_errors(diag);
    ck_assert_msg(!decode(n), "%s: accepted %zu of %zu bytes", what, n, file.length);
    ck_assert_msg(diag_errors(diag) > before || n == 0, "%s: no error for %zu bytes", what, n);
    diag_free(diag);
    diag = diag_new();
}

START_TEST(test_png_truncated)
{
    make_png(&png_kinds[_i], NULL, 0);
    for (size_t n = 0; n < file.length; n += 7)
        must_be_refused(n, png_kinds[_i].name);
}
END_TEST

/* A chunk's checksum over type and data, as PNG wants it. */
static void mend_crc(unsigned char *chunk)
{
    size_t n = (size_t)chunk[0] << 24 | (size_t)chunk[1] << 16 | (size_t)chunk[2] << 8 | chunk[3];
    unsigned long crc = 0xffffffff;
    for (size_t i = 4; i < 8 + n; i++)
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (((crc ^ (unsigned long)(chunk[i] >> bit)) & 1) ? 0xedb88320 : 0);
    crc ^= 0xffffffff;
    for (int i = 0; i < 4; i++)
        chunk[8 + n + (size_t)i] = (unsigned char)(crc >> (24 - 8 * i));
}

START_TEST(test_png_lies)
{
    make_png(&png_kinds[2], NULL, 0);
    file.data[40 + 5] ^= 1;                                /* inside IDAT: the checksum tells */
    must_be_refused(file.length, "IDAT");
    make_png(&png_kinds[2], NULL, 0);
    file.data[8 + 15] = HEIGHT * 2;                        /* IHDR promises more rows than there are */
    mend_crc((unsigned char *)file.data + 8);
    must_be_refused(file.length, "IHDR");
    make_png(&png_kinds[2], NULL, 0);
    memcpy(file.data + 16, "\0\1\0\0\0\1\0\0", 8);         /* 65536 x 65536 from a hundred bytes */
    mend_crc((unsigned char *)file.data + 8);
    must_be_refused(file.length, "size");
    buf_clear(&file);
    buf_puts(&file, "GIF89a and no more");
    must_be_refused(file.length, "GIF");
}
END_TEST

/* ---- JPEG ----------------------------------------------------------------------------------------------------- */

struct jpeg_kind {
    const char *name;
    int components;
    J_COLOR_SPACE stored;
    bool progressive;
};

static const struct jpeg_kind jpeg_kinds[] = {
    { "grey", 1, JCS_GRAYSCALE, false },  { "ycc", 3, JCS_YCbCr, false }, { "ycc progressive", 3, JCS_YCbCr, true },
    { "rgb", 3, JCS_RGB, false },         { "cmyk", 4, JCS_CMYK, false }, { "ycck", 4, JCS_YCCK, false },
};

enum { SIDE = 40 };

/* A smooth picture, so that loss stays small. */
static int smooth(int x, int y, int c)
{
    return 40 + c * 40 + x * 2 + y;
}

static void (*put_markers)(struct jpeg_compress_struct *);

static void make_jpeg(const struct jpeg_kind *kind)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL, row[SIDE * 4];
    unsigned long n = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &out, &n);
    jpeg.image_width = jpeg.image_height = SIDE;
    jpeg.input_components = kind->components;
    jpeg.in_color_space = kind->components == 1 ? JCS_GRAYSCALE : kind->components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_set_colorspace(&jpeg, kind->stored);
    jpeg_set_quality(&jpeg, 95, TRUE);
    if (kind->progressive)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    if (put_markers)
        put_markers(&jpeg);
    for (int y = 0; y < SIDE; y++) {
        for (int i = 0; i < SIDE * kind->components; i++)
            row[i] = (unsigned char)smooth(i / kind->components, y, i % kind->components);
        JSAMPROW rows = row;
        jpeg_write_scanlines(&jpeg, &rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    buf_clear(&file);
    buf_put(&file, out, n);
    free(out);
    put_markers = NULL;
}

START_TEST(test_jpeg_kinds)
{
    const struct jpeg_kind *kind = &jpeg_kinds[_i];
    make_jpeg(kind);
    const struct image_bitmap *b = decode_good();
    ck_assert_int_eq(b->width, SIDE);
    ck_assert_int_eq(b->height, SIDE);
    ck_assert_int_eq(b->components, kind->components);
    ck_assert_int_eq(b->coding, IMAGE_JPEG);
    ck_assert_int_eq(b->inverted, kind->components == 4);  /* libjpeg writes Adobe's marker */
    unsigned char *rgb = image_pixels_rgb(b, diag);
    ck_assert_ptr_nonnull(rgb);
    for (int c = 0; c < 3; c++) {
        const int x = 20, y = 20;
        int want = smooth(x, y, kind->components == 1 ? 0 : c);
        if (kind->components == 4) {                       /* stored inverted: v * k / 255 */
            want = smooth(x, y, c) * smooth(x, y, 3) / 255;
        }
        ck_assert_int_le(abs(rgb[(y * SIDE + x) * 3 + c] - want), 4);
    }
    mem_free(rgb);
}
END_TEST

START_TEST(test_jpeg_truncated)
{
    make_jpeg(&jpeg_kinds[_i]);
    for (size_t n = 0; n < file.length; n += 7)
        must_be_refused(n, jpeg_kinds[_i].name);
}
END_TEST

/* The end mark is there, data is not: only decoding tells. */
START_TEST(test_jpeg_lacks_data)
{
    make_jpeg(&jpeg_kinds[1]);
    file.length -= 40;
    buf_put(&file, "\xff\xd9", 2);
    must_be_refused(file.length, "cut with an end mark");
}
END_TEST

static unsigned char *find_marker(int marker)
{
    unsigned char *at = memmem(file.data, file.length, (char[]){ (char)0xff, (char)marker }, 2);
    ck_assert_ptr_nonnull(at);
    return at;
}

START_TEST(test_jpeg_lies)
{
    make_jpeg(&jpeg_kinds[1]);
    find_marker(0xc0)[6] = SIDE * 2;                       /* twice the height */
    must_be_refused(file.length, "height");
    make_jpeg(&jpeg_kinds[1]);
    memcpy(find_marker(0xc0) + 5, "\xff\xff\xff\xff", 4);
    must_be_refused(file.length, "size");
    make_jpeg(&jpeg_kinds[1]);
    memcpy(find_marker(0xc0) + 5, "\0\0", 2);              /* height told later (DNL): nobody writes it */
    must_be_refused(file.length, "no height");
    make_jpeg(&jpeg_kinds[1]);
    find_marker(0xc0)[4] = 12;
    must_be_refused(file.length, "twelve bits");
    make_jpeg(&jpeg_kinds[1]);
    find_marker(0xc0)[1] = 0xc9;
    must_be_refused(file.length, "arithmetic");
    make_jpeg(&jpeg_kinds[1]);
    find_marker(0xc0)[9] = 2;
    must_be_refused(file.length, "two components");
    make_jpeg(&jpeg_kinds[1]);
    find_marker(0xdb)[3] = 1;                              /* a segment shorter than its length */
    must_be_refused(file.length, "segment");
}
END_TEST

/* Exif in big-endian order: orientation 6, then a place where somebody lives. */
static void put_exif(struct jpeg_compress_struct *jpeg)
{
    static const unsigned char exif[] = "Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
                                        "56.4532N 9.4020E";
    jpeg_write_marker(jpeg, JPEG_APP0 + 1, exif, sizeof exif);
    jpeg_write_marker(jpeg, JPEG_COM, (const unsigned char *)"hjemme hos fotografen", 21);
}

START_TEST(test_jpeg_private_notes)
{
    put_markers = put_exif;
    make_jpeg(&jpeg_kinds[1]);
    ck_assert_ptr_nonnull(memmem(file.data, file.length, "9.4020E", 7));
    buf_puts(&file, "a film behind the picture");
    const struct image_bitmap *b = decode_good();
    ck_assert_int_eq(b->orientation, 6);
    ck_assert_ptr_null(memmem(b->bytes, b->size, "9.4020E", 7));
    ck_assert_ptr_null(memmem(b->bytes, b->size, "fotografen", 10));
    ck_assert_ptr_null(memmem(b->bytes, b->size, "a film", 6));
    ck_assert_ptr_nonnull(memmem(b->bytes, b->size, "JFIF", 4));
    unsigned char *rgb = image_pixels_rgb(b, diag);
    ck_assert_ptr_nonnull(rgb);
    mem_free(rgb);
}
END_TEST

/* Where the stored picture's corner (0, 0), and the point right of it, come to lie. */
START_TEST(test_orientation)
{
    static const struct point corner[9] = { { 0, 0 }, { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 }, { 0, 0 }, { 1, 0 }, { 1, 1 },
                                            { 0, 1 } };
    for (int o = 1; o <= 8; o++) {
        struct image_bitmap b = { .width = 30, .height = 20, .orientation = o };
        int w, h;
        image_upright_size(&b, &w, &h);
        ck_assert_int_eq(w, o < 5 ? 30 : 20);
        ck_assert_int_eq(h, o < 5 ? 20 : 30);
        struct affine m = image_upright(&b);
        struct point p = affine_apply(m, (struct point){ 0, 0 }), q = affine_apply(m, (struct point){ 1, 1 });
        ck_assert_double_eq(p.x, corner[o].x);
        ck_assert_double_eq(p.y, corner[o].y);
        ck_assert_double_eq(q.x, 1 - corner[o].x);
        ck_assert_double_eq(q.y, 1 - corner[o].y);
        ck_assert(o < 5 ? m.b == 0 : m.a == 0);
    }
}
END_TEST

/* Component names R, G, B and no mark: a PDF reader would take it for YCbCr. */
START_TEST(test_jpeg_rgb_names)
{
    make_jpeg(&jpeg_kinds[3]);
    unsigned char *adobe = find_marker(0xee);
    memmove(adobe, adobe + 16, file.length - (size_t)(adobe + 16 - (unsigned char *)file.data));
    file.length -= 16;
    const struct image_bitmap *b = decode_good();
    const unsigned char *mark = memmem(b->bytes, b->size, "Adobe", 5);
    ck_assert_ptr_nonnull(mark);
    ck_assert_int_eq(mark[11], 0);                         /* transform: none */
    unsigned char *rgb = image_pixels_rgb(b, diag);
    ck_assert_int_le(abs(rgb[0] - smooth(0, 0, 0)), 4);
    mem_free(rgb);
}
END_TEST

/* ---- colour ---------------------------------------------------------------------------------------------------- */

/* Adobe RGB (1998): wider than sRGB, so that its pure colours change. */
static void make_wide_profile(struct buf *out)
{
    const cmsCIExyY white = { 0.3127, 0.3290, 1 };
    const cmsCIExyYTRIPLE primaries = { { 0.64, 0.33, 1 }, { 0.21, 0.71, 1 }, { 0.15, 0.06, 1 } };
    cmsToneCurve *gamma = cmsBuildGamma(NULL, 2.19921875), *curves[3] = { gamma, gamma, gamma };
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
    cmsUInt32Number n = 0;
    cmsSaveProfileToMem(profile, NULL, &n);
    char *bytes = mem_alloc(n);
    cmsSaveProfileToMem(profile, bytes, &n);
    buf_put(out, bytes, n);
    mem_free(bytes);
    cmsCloseProfile(profile);
    cmsFreeToneCurve(gamma);
}

static struct buf wide;

/* In two chunks, the second one first. */
static void put_icc(struct jpeg_compress_struct *jpeg)
{
    size_t half = wide.length / 2;
    for (int i = 2; i >= 1; i--) {
        struct buf chunk = BUF_EMPTY;
        buf_put(&chunk, "ICC_PROFILE", 12);
        buf_putc(&chunk, (char)i);
        buf_putc(&chunk, 2);
        buf_put(&chunk, wide.data + (i == 2 ? half : 0), i == 2 ? wide.length - half : half);
        jpeg_write_marker(jpeg, JPEG_APP0 + 2, (unsigned char *)chunk.data, (unsigned)chunk.length);
        buf_free(&chunk);
    }
}

START_TEST(test_profiles)
{
    make_wide_profile(&wide);
    put_markers = put_icc;
    make_jpeg(&jpeg_kinds[1]);
    const struct image_bitmap *b = decode_good();
    ck_assert_uint_eq(b->icc_size, wide.length);
    ck_assert_mem_eq(b->icc, wide.data, wide.length);
    ck_assert_ptr_null(memmem(b->bytes, b->size, "ICC_PROFILE", 11));      /* it travels beside the picture */

    make_png(&png_kinds[2], wide.data, wide.length);
    b = decode_good();
    ck_assert_uint_eq(b->icc_size, wide.length);
    unsigned char *rgb = image_pixels_rgb(b, diag);
    ck_assert_int_ne(memcmp(rgb, b->bytes, b->size), 0);
    mem_free(rgb);
    buf_free(&wide);
}
END_TEST

START_TEST(test_profile_that_does_not_fit)
{
    make_wide_profile(&wide);
    put_markers = put_icc;
    make_jpeg(&jpeg_kinds[0]);                             /* grey */
    const struct image_bitmap *b = decode_good();
    ck_assert_ptr_null(b->icc);
    ck_assert_uint_eq(diag_warnings(diag), 1);
    buf_free(&wide);
}
END_TEST

START_TEST(test_transform)
{
    make_wide_profile(&wide);
    struct image_transform *t = image_transform_new(wide.data, wide.length, 3, NULL, 0, 3);
    ck_assert_ptr_nonnull(t);
    const unsigned char in[] = { 0, 0, 0, 255, 255, 255, 128, 128, 128, 200, 120, 120 };
    unsigned char out[sizeof in];
    image_transform_rows(t, in, out, 4);
    for (int i = 0; i < 9; i++)
        ck_assert_int_le(abs(in[i] - out[i]), 2);          /* greys stay greys */
    ck_assert_int_gt(out[9], 205);                         /* the same red needs more of sRGB's */
    image_transform_free(t);
    ck_assert_int_eq(image_profile_components(wide.data, wide.length), 3);
    ck_assert_int_eq(image_profile_components(wide.data, 100), 0);
    ck_assert_ptr_null(image_transform_new(wide.data, wide.length, 4, NULL, 0, 3));
    ck_assert_ptr_null(image_transform_new("junk", 4, 3, NULL, 0, 3));
    ck_assert_ptr_null(image_transform_new(NULL, 0, 4, NULL, 0, 3));
    image_transform_free(NULL);
    buf_free(&wide);
}
END_TEST

/* ---- foreign drawings ------------------------------------------------------------------------------------------ */

static bool read_art(const char *svg, struct image_art *out)
{
    char path[] = "image-art.XXXXXX";
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    fputs(svg, f);
    fclose(f);
    bool good = image_read_art(path, arena, out, here, diag);
    unlink(path);
    return good;
}

/* A style sheet, units and a symbol: not in the subset, yet paths when librsvg has read them. */
START_TEST(test_art_as_paths)
{
    struct image_art art;
    ck_assert(read_art("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='2in'"
                       " height='1in' viewBox='0 0 96 48'><style>rect{fill:#00f}</style><defs><symbol id='s'"
                       " viewBox='0 0 9 9'><rect width='9' height='9'/></symbol><linearGradient id='g'><stop"
                       " stop-color='red'/><stop offset='1' stop-color='navy'/></linearGradient></defs>"
                       "<rect width='48' height='48'/><use xlink:href='#s' width='9' height='9'/>"
                       "<circle cx='70' cy='20' r='10mm' style='fill:url(#g)'/></svg>", &art));
    ck_assert_uint_eq(diag_warnings(diag), 0);
    ck_assert_ptr_nonnull(art.vector);
    ck_assert_ptr_null(art.bitmap);
    ck_assert_double_eq_tol(art.width, 144, 0.01);
    ck_assert_double_eq_tol(art.vector->width, 144, 0.01);
    const struct image_item *first = NULL;
    bool linear = false;
    for (size_t i = 0; i < art.vector->count; i++) {
        const struct image_item *item = &art.vector->items[i];
        first = first || item->op != IMAGE_PATH ? first : item;
        linear = linear || item->fill.kind == IMAGE_LINEAR;
    }
    ck_assert_ptr_nonnull(first);
    ck_assert_mem_eq(first->fill.colour.rgb, "\x00\x00\xff", 3);
    ck_assert_double_eq_tol(path_bounds(&first->path).width, 72, 0.01);
    ck_assert(linear);
}
END_TEST

START_TEST(test_art_as_pixels)
{
    struct image_art art;
    ck_assert(read_art("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 96 48'><filter id='f'><feGaussianBlur"
                       " stdDeviation='0.1'/></filter><style>rect{fill:#00f}</style><rect filter='url(#f)' width='48' height='48'/>"
                       "<image href='file:///etc/hostname' width='9' height='9'/></svg>", &art));
    ck_assert_ptr_null(art.vector);
    ck_assert_ptr_nonnull(art.bitmap);
    ck_assert_uint_eq(diag_warnings(diag), 1);
    ck_assert_double_eq(art.width, 72);
    ck_assert_double_eq(art.height, 36);
    ck_assert_int_eq(art.bitmap->width, 300);
    ck_assert_int_eq(art.bitmap->height, 150);
    ck_assert_mem_eq(art.bitmap->bytes + (75 * 300 + 60) * 3, "\x00\x00\xff", 3);
    ck_assert_int_eq(art.bitmap->alpha[75 * 300 + 60], 255);
    ck_assert_int_eq(art.bitmap->alpha[75 * 300 + 250], 0);
    ck_assert(read_art("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='3' height='3'/></svg>", &art));
    ck_assert_double_eq(art.width, 9);
    ck_assert(!read_art("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='Q'/></svg>", &art));
    ck_assert_uint_eq(diag_errors(diag), 1);
    ck_assert(!read_art("<svg", &art));
    ck_assert_uint_eq(diag_errors(diag), 2);
}
END_TEST

/* ---- fewer pixels ---------------------------------------------------------------------------------------------- */

START_TEST(test_fewer_pixels_of_a_photo)
{
    make_jpeg(&jpeg_kinds[_i]);
    const struct image_bitmap *b = decode_good(), *half = image_reduce(b, SIDE / 2, SIDE / 2, arena, diag);
    ck_assert_ptr_nonnull(half);
    ck_assert_int_eq(half->width, SIDE / 2);
    ck_assert_int_eq(half->coding, IMAGE_JPEG);
    ck_assert_int_eq(half->components, b->components == 4 ? 3 : b->components);
    unsigned char *whole = image_pixels_rgb(b, diag), *less = image_pixels_rgb(half, diag);
    ck_assert(whole && less);
    int off = 0, count = 0;                /* of 255 times 1000: JPEG halves what differs in colour alone, so light is asked */
    for (int y = 0; y < SIDE / 2; y++)
        for (int x = 0; x < SIDE / 2; x++, count++) {
            int mean = 0, light = 0;
            for (int c = 0; c < 3; c++) {
                static const int share[] = { 299, 587, 114 };
                const unsigned char *p = whole + (2 * y * SIDE + 2 * x) * 3 + c;
                mean += share[c] * (p[0] + p[3] + p[SIDE * 3] + p[SIDE * 3 + 3]) / 4;
                light += share[c] * less[(y * SIDE / 2 + x) * 3 + c];
            }
            off += abs(light - mean);
        }
    ck_assert_int_le(off / count, 2500);
    mem_free(whole);
    mem_free(less);
}
END_TEST

/* What is transparent lends no colour: a letter on nothing keeps its colour at the rim. */
START_TEST(test_fewer_pixels_of_glass)
{
    static const unsigned char pixels[] = { 200, 0, 0, 0, 255, 0, 200, 0, 0, 0, 255, 0 }, alpha[] = { 255, 0, 255, 0 };
    const struct image_bitmap glass = { .width = 2, .height = 2, .components = 3, .coding = IMAGE_RAW, .bytes = pixels,
                                        .size = sizeof pixels, .alpha = alpha, .orientation = 6, .path = "glas.png" };
    const struct image_bitmap *dot = image_reduce(&glass, 1, 1, arena, diag);
    ck_assert_ptr_nonnull(dot);
    ck_assert_mem_eq(dot->bytes, pixels, 3);
    ck_assert_int_eq(dot->alpha[0], 128);
    ck_assert_int_eq(dot->orientation, 6);
    const struct image_bitmap *same = image_reduce(&glass, 9, 9, arena, diag);             /* never more than there are */
    ck_assert_int_eq(same->width, 2);
    ck_assert_mem_eq(same->bytes, pixels, sizeof pixels);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("image bitmap");
    TCase *tc = tcase_create("bitmap");
    const int pngs = sizeof png_kinds / sizeof *png_kinds, jpegs = sizeof jpeg_kinds / sizeof *jpeg_kinds;
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, test_png_kinds, 0, pngs);
    tcase_add_test(tc, test_png_palette);
    tcase_add_loop_test(tc, test_png_truncated, 0, pngs);
    tcase_add_test(tc, test_png_lies);
    tcase_add_loop_test(tc, test_jpeg_kinds, 0, jpegs);
    tcase_add_loop_test(tc, test_jpeg_truncated, 0, jpegs);
    tcase_add_test(tc, test_jpeg_lacks_data);
    tcase_add_test(tc, test_jpeg_lies);
    tcase_add_test(tc, test_jpeg_private_notes);
    tcase_add_test(tc, test_orientation);
    tcase_add_test(tc, test_jpeg_rgb_names);
    tcase_add_test(tc, test_profiles);
    tcase_add_test(tc, test_profile_that_does_not_fit);
    tcase_add_test(tc, test_transform);
    tcase_add_test(tc, test_art_as_paths);
    tcase_add_test(tc, test_art_as_pixels);
    tcase_add_loop_test(tc, test_fewer_pixels_of_a_photo, 0, jpegs);
    tcase_add_test(tc, test_fewer_pixels_of_glass);
    suite_add_tcase(suite, tc);
    return unit_run(suite);
}
