/* JPEG (ITU-T T.81): our own walk over the markers, so that the file can go into a PDF as it is; libjpeg only proves
   that it can be decoded, and makes pixels. */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "image/bitmap_internal.h"

enum {
    SOF0 = 0xc0, SOF1 = 0xc1, SOF2 = 0xc2, DHT = 0xc4, JPG = 0xc8, DAC = 0xcc, SOF15 = 0xcf, RST0 = 0xd0, RST7 = 0xd7,
    SOI = 0xd8, EOI = 0xd9, SOS = 0xda, APP0 = 0xe0, APP1 = 0xe1, APP2 = 0xe2, APP14 = 0xee, APP15 = 0xef, COM = 0xfe
};

enum { MAX_SCANS = 200, ICC_HEAD = 14 };

struct walk {
    const struct bitmap_input *in;
    struct image_bitmap *out;
    struct buf kept;           /* the file without private notes */
    size_t at;
    const unsigned char *icc[256];         /* profile chunks by number from 1 (ICC.1:2022, B.4) */
    size_t icc_length[256];
    int icc_total;
    bool frame, adobe, rgb_ids;
    int scans;
};

static unsigned read_16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static bool ends_early(const struct walk *w)
{
    return bitmap_tell_broken(w->in, _("it ends too early"));
}

/* ---- segments ------------------------------------------------------------------------------------------------ */

static bool take_frame(struct walk *w, int marker, const unsigned char *p, size_t n)
{
    if (marker > SOF2)
        return bitmap_tell_broken(w->in, _("this kind of JPEG (lossless, hierarchical or arithmetic) is not supported"));
    if (w->frame || n < 6)
        return bitmap_tell_broken(w->in, _("its frame header is wrong"));
    int components = p[5];
    if (p[0] != 8)
        return bitmap_tell_broken(w->in, _("only eight bits a colour are supported"));
    if (n != 6 + 3 * (size_t)components || (components != 1 && components != 3 && components != 4))
        return bitmap_tell_broken(w->in, _("its number of colours is wrong"));
    w->out->height = (int)read_16(p + 1);
    w->out->width = (int)read_16(p + 3);
    w->out->components = components;
    w->rgb_ids = components == 3 && p[6] == 'R' && p[9] == 'G' && p[12] == 'B';
    w->frame = true;
    return bitmap_fits(w->in, w->out->width, w->out->height);
}

static void take_icc(struct walk *w, const unsigned char *p, size_t n)
{
    if (n <= ICC_HEAD || memcmp(p, "ICC_PROFILE", 12))
        return;
    int number = p[12];
    if (!number || number > p[13] || (w->icc_total && w->icc_total != p[13]))
        return;
    w->icc_total = p[13];
    w->icc[number] = p + ICC_HEAD;
    w->icc_length[number] = n - ICC_HEAD;
}

static unsigned exif_16(const unsigned char *p, bool little)
{
    return little ? (unsigned)p[1] << 8 | p[0] : read_16(p);
}

static unsigned long exif_32(const unsigned char *p, bool little)
{
    unsigned long first = exif_16(p, little), second = exif_16(p + 2, little);
    return little ? second << 16 | first : first << 16 | second;
}

/* Exif 2.3, 4.5 and 4.6.4: tag 274 in the first directory. Anything odd is no orientation. */
static void take_orientation(struct walk *w, const unsigned char *p, size_t n)
{
    if (n < 14 || memcmp(p, "Exif\0", 6))
        return;
    p += 6;
    n -= 6;
    bool little = p[0] == 'I';
    unsigned long directory = exif_32(p + 4, little);
    if (memcmp(p, little ? "II" : "MM", 2) || exif_16(p + 2, little) != 42 || directory > n - 2)
        return;
    unsigned entries = exif_16(p + directory, little);
    for (unsigned long i = 0, at = directory + 2; i < entries && at + 12 <= n; i++, at += 12) {
        unsigned value = exif_16(p + at + 8, little);
        if (exif_16(p + at, little) == 274 && exif_16(p + at + 2, little) == 3 && value >= 1 && value <= 8)
            w->out->orientation = (int)value;
    }
}

/* Adobe Technical Note 5116: with this marker, CMYK is stored inverted. */
static void take_adobe(struct walk *w, const unsigned char *p, size_t n)
{
    if (n >= 12 && !memcmp(p, "Adobe", 5))
        w->adobe = true;
}

static bool is_frame(int marker)
{
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
}

static bool take_segment(struct walk *w, int marker, const unsigned char *p, size_t n)
{
    if (is_frame(marker))
        return take_frame(w, marker, p, n);
    if (marker == APP1)
        take_orientation(w, p, n);
    else if (marker == APP2)
        take_icc(w, p, n);
    else if (marker == APP14)
        take_adobe(w, p, n);
    else if (marker == SOS && (!w->frame || ++w->scans > MAX_SCANS))
        return bitmap_tell_broken(w->in, w->frame ? _("it has too many scans")
                                                  : _("its pixels stand before their header"));
    return true;
}

/* Exif, comments, thumbnails and maker's notes stay out; the profile travels apart. */
static bool is_private(int marker, const unsigned char *p, size_t n)
{
    if (marker == APP0 || marker == APP14)
        return n < 5 || memcmp(p, marker == APP0 ? "JFIF" : "Adobe", 5);
    return (marker > APP0 && marker <= APP15) || marker == COM;
}

/* ---- the walk ------------------------------------------------------------------------------------------------ */

/* The entropy-coded data behind a scan header: up to the next marker that is neither stuffing nor a restart. */
static bool keep_scan(struct walk *w)
{
    const unsigned char *bytes = w->in->bytes;
    size_t begin = w->at;
    for (;;) {
        const unsigned char *ff = memchr(bytes + w->at, 0xff, w->in->size - w->at);
        if (!ff || (size_t)(ff - bytes) + 1 >= w->in->size)
            return ends_early(w);
        w->at = (size_t)(ff - bytes);
        if (ff[1] != 0 && ff[1] != 0xff && !(ff[1] >= RST0 && ff[1] <= RST7))
            break;
        w->at += ff[1] == 0xff ? 1 : 2;
    }
    buf_put(&w->kept, bytes + begin, w->at - begin);
    return true;
}

static bool next_marker(struct walk *w, int *marker)
{
    const unsigned char *bytes = w->in->bytes;
    if (w->at >= w->in->size)
        return ends_early(w);
    if (bytes[w->at] != 0xff)
        return bitmap_tell_broken(w->in, _("a marker is missing"));
    while (w->at < w->in->size && bytes[w->at] == 0xff)    /* T.81, B.1.1.2: fill bytes */
        w->at++;
    if (w->at >= w->in->size)
        return ends_early(w);
    *marker = bytes[w->at++];
    return true;
}

/* APP14 that says "these are RGB": a PDF reader cannot know it from the component names alone. */
static void keep_rgb_mark(struct walk *w)
{
    static const unsigned char mark[] = { 0xff, APP14, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0 };
    buf_put(&w->kept, mark, sizeof mark);
    w->adobe = true;
}

static bool keep_segment(struct walk *w, int marker)
{
    const unsigned char *p = w->in->bytes + w->at;
    if (w->in->size - w->at < 2)
        return ends_early(w);
    size_t length = read_16(p);
    if (length < 2 || length > w->in->size - w->at)
        return length < 2 ? bitmap_tell_broken(w->in, _("a segment has no length")) : ends_early(w);
    if (!take_segment(w, marker, p + 2, length - 2))
        return false;
    if (is_frame(marker) && w->rgb_ids && !w->adobe)
        keep_rgb_mark(w);
    if (!is_private(marker, p + 2, length - 2)) {
        buf_put(&w->kept, (const unsigned char[]){ 0xff, (unsigned char)marker }, 2);
        buf_put(&w->kept, p, length);
    }
    w->at += length;
    return marker != SOS || keep_scan(w);
}

static bool walk_markers(struct walk *w)
{
    int marker = 0;
    buf_put(&w->kept, "\xff\xd8", 2);
    w->at = 2;
    for (;;) {
        if (!next_marker(w, &marker))
            return false;
        if (marker == EOI)
            break;
        if (marker == SOI || marker == 0 || (marker >= RST0 && marker <= RST7))
            return bitmap_tell_broken(w->in, _("a marker stands where it may not"));
        if (!keep_segment(w, marker))
            return false;
    }
    buf_put(&w->kept, "\xff\xd9", 2);
    return w->scans || bitmap_tell_broken(w->in, _("it has no pixels"));
}

/* The chunks in order; a profile of which one is missing is none. */
static void join_profile(const struct walk *w, struct arena *arena)
{
    struct buf icc = BUF_EMPTY;
    for (int i = 1; i <= w->icc_total; i++) {
        if (!w->icc[i]) {
            buf_free(&icc);
            return;
        }
        buf_put(&icc, w->icc[i], w->icc_length[i]);
    }
    if (icc.length) {
        w->out->icc = arena_copy(arena, icc.data, icc.length);
        w->out->icc_size = icc.length;
    }
    buf_free(&icc);
}

/* ---- libjpeg ------------------------------------------------------------------------------------------------- */

struct decoder {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf stop;
    char why[JMSG_LENGTH_MAX];
    unsigned char *row, *pixels;
};

static _Noreturn void stop(j_common_ptr jpeg)
{
    struct decoder *d = jpeg->client_data;
    jpeg->err->format_message(jpeg, d->why);
    longjmp(d->stop, 1);
}

/* A warning means that pixels were made up: corrupt or missing data. The two harmless ones are about markers. */
static void on_message(j_common_ptr jpeg, int level)
{
    int code = jpeg->err->msg_code;
    if (level < 0 && code != JWRN_EXTRANEOUS_DATA && code != JWRN_ADOBE_XFORM)
        stop(jpeg);
}

static void print_nothing(j_common_ptr jpeg)
{
    (void)jpeg;
}

/* A small file of many scans over a large picture would keep a machine busy for hours. */
static void watch_scans(j_common_ptr jpeg)
{
    struct decoder *d = jpeg->client_data;
    if (d->jpeg.input_scan_number > MAX_SCANS) {
        strncpy(d->why, _("it has too many scans"), sizeof d->why - 1);
        longjmp(d->stop, 1);
    }
}

static void start(struct decoder *d, const unsigned char *bytes, size_t n)
{
    jpeg_create_decompress(&d->jpeg);
    d->jpeg.client_data = d;
    d->jpeg.progress = &d->progress;
    d->progress.progress_monitor = watch_scans;
    jpeg_mem_src(&d->jpeg, bytes, n);
    jpeg_read_header(&d->jpeg, TRUE);
    d->jpeg.dct_method = JDCT_ISLOW;       /* the same pixels on every machine */
    if (d->jpeg.num_components == 4)
        d->jpeg.out_color_space = JCS_CMYK;
    else
        d->jpeg.out_color_space = d->jpeg.num_components == 3 ? JCS_RGB : JCS_GRAYSCALE;
}

/* Read every row, into `pixels` when there is one, else over the same row. */
static void read_rows(struct decoder *d, bool keep)
{
    jpeg_start_decompress(&d->jpeg);
    size_t stride = (size_t)d->jpeg.output_width * (size_t)d->jpeg.output_components;
    d->pixels = keep ? mem_alloc(stride * d->jpeg.output_height) : NULL;
    d->row = keep ? NULL : mem_alloc(stride);
    while (d->jpeg.output_scanline < d->jpeg.output_height) {
        JSAMPROW row = keep ? d->pixels + stride * d->jpeg.output_scanline : d->row;
        jpeg_read_scanlines(&d->jpeg, &row, 1);
    }
    jpeg_finish_decompress(&d->jpeg);
}

/* `keep`: the pixels at full size; else only the proof, at an eighth: all data is decoded, few pixels are made. */
static unsigned char *decode(const struct bitmap_input *in, const unsigned char *bytes, size_t n, bool keep, bool *good)
{
    struct decoder *d = mem_alloc(sizeof *d);              /* in memory: no volatile beside setjmp */
    d->jpeg.err = jpeg_std_error(&d->errors);
    d->errors.error_exit = stop;
    d->errors.emit_message = on_message;
    d->errors.output_message = print_nothing;
    d->jpeg.client_data = d;
    *good = false;
    if (setjmp(d->stop)) {
        bitmap_tell_broken(in, d->why);
        mem_free(d->pixels);
        d->pixels = NULL;
    } else {
        start(d, bytes, n);
        if (!keep)
            d->jpeg.scale_denom = 8;
        read_rows(d, keep);
        *good = true;
    }
    jpeg_destroy_decompress(&d->jpeg);
    unsigned char *pixels = d->pixels;
    mem_free(d->row);
    mem_free(d);
    return pixels;
}

unsigned char *jpeg_decode(const struct bitmap_input *in, const struct image_bitmap *bitmap)
{
    bool good;
    unsigned char *pixels = decode(in, bitmap->bytes, bitmap->size, true, &good);
    if (!good || !bitmap->inverted)
        return pixels;
    size_t n = (size_t)bitmap->width * (size_t)bitmap->height * 4;
    for (size_t i = 0; i < n; i++)
        pixels[i] = (unsigned char)(255 - pixels[i]);
    return pixels;
}

bool jpeg_read(const struct bitmap_input *in, struct arena *arena, struct image_bitmap *out)
{
    struct walk *w = mem_alloc(sizeof *w);
    w->in = in;
    w->out = out;
    bool good = walk_markers(w);
    if (good)
        decode(in, (const unsigned char *)w->kept.data, w->kept.length, false, &good);
    if (good) {
        out->coding = IMAGE_JPEG;
        out->bytes = arena_copy(arena, w->kept.data, w->kept.length);
        out->size = w->kept.length;
        out->inverted = w->adobe && out->components == 4;
        join_profile(w, arena);
    }
    buf_free(&w->kept);
    mem_free(w);
    return good;
}
