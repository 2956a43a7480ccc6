/* Bitmaps: which format, which limits, and pixels for the painters. */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "image/bitmap_internal.h"

bool bitmap_tell_broken(const struct bitmap_input *in, const char *why)
{
    diag_error(in->diag, in->from, "E921", _("the picture \"%s\" is broken: %s"), in->name, why);
    diag_remedy(in->diag, _("get the picture again from where it came, or save it anew"));
    return false;
}

bool bitmap_fits(const struct bitmap_input *in, double width, double height)
{
    if (width >= 1 && height >= 1 && width * height <= IMAGE_MAX_PIXELS)
        return true;
    diag_error(in->diag, in->from, "E922", _("the picture \"%s\" has %.0f x %.0f pixels; the limit is %d million"),
               in->name, width, height, IMAGE_MAX_PIXELS / 1000000);
    diag_remedy(in->diag, _("save it smaller: a full page needs 2480 x 3508 pixels"));
    return false;
}

static bool is_jpeg(const struct bitmap_input *in)
{
    return in->size >= 3 && !memcmp(in->bytes, "\xff\xd8\xff", 3);
}

static bool is_png(const struct bitmap_input *in)
{
    return in->size >= 8 && !memcmp(in->bytes, "\x89PNG\r\n\x1a\n", 8);
}

static bool tell_unknown(const struct bitmap_input *in)
{
    diag_error(in->diag, in->from, "E920",
               in->size ? _("\"%s\" is neither JPEG nor PNG") : _("the picture \"%s\" is empty"), in->name);
    diag_remedy(in->diag, _("save it as JPEG (photos) or PNG; drawings as SVG"));
    return false;
}

/* A profile that says another number of components than the picture has cannot describe it. */
static void check_profile(const struct bitmap_input *in, struct image_bitmap *bitmap)
{
    if (!bitmap->icc || image_profile_components(bitmap->icc, bitmap->icc_size) == bitmap->components)
        return;
    diag_warning(in->diag, in->from, "W923", _("the colour profile in \"%s\" does not fit its pixels and is left out"),
                 in->name);
    diag_remedy(in->diag, _("save the picture again with the profile sRGB"));
    bitmap->icc = NULL;
    bitmap->icc_size = 0;
}

const struct image_bitmap *image_decode_bitmap(const char *name, const void *bytes, size_t n, struct arena *arena,
                                               struct source from, struct diag *diag)
{
    struct bitmap_input in = { name, bytes, n, from, diag };
    struct image_bitmap *bitmap = arena_new_of(arena, struct image_bitmap);
    bitmap->orientation = 1;
    bitmap->path = arena_strdup(arena, name);
    bool good = is_jpeg(&in) ? jpeg_read(&in, arena, bitmap)
                : is_png(&in) ? png_read(&in, arena, bitmap) : tell_unknown(&in);
    if (!good)
        return NULL;
    check_profile(&in, bitmap);
    return bitmap;
}

const struct image_bitmap *image_read_bitmap(const char *path, struct arena *arena, struct source from,
                                             struct diag *diag)
{
    struct buf file = BUF_EMPTY;
    const struct image_bitmap *bitmap = NULL;
    if (file_read(path, IMAGE_MAX_BYTES, &file, from, diag))
        bitmap = image_decode_bitmap(path, file.data, file.length, arena, from, diag);
    buf_free(&file);
    return bitmap;
}

/* ---- orientation --------------------------------------------------------------------------------------------- */

void image_upright_size(const struct image_bitmap *bitmap, int *width, int *height)
{
    bool turned = bitmap->orientation >= 5;
    *width = turned ? bitmap->height : bitmap->width;
    *height = turned ? bitmap->width : bitmap->height;
}

struct affine image_upright(const struct image_bitmap *bitmap)
{
    /* Exif 2.3, 4.6.4, tag 274: where the stored row 0 and column 0 belong. 6 is a quarter turn to the right. */
    static const struct affine maps[9] = {
        { 1, 0, 0, 1, 0, 0 },  { 1, 0, 0, 1, 0, 0 },  { -1, 0, 0, 1, 1, 0 },
        { -1, 0, 0, -1, 1, 1 }, { 1, 0, 0, -1, 0, 1 }, { 0, 1, 1, 0, 0, 0 },
        { 0, 1, -1, 0, 1, 0 }, { 0, -1, -1, 0, 1, 1 }, { 0, -1, 1, 0, 0, 1 },
    };
    int o = bitmap->orientation;
    return maps[o >= 1 && o <= 8 ? o : 1];
}

/* ---- pixels -------------------------------------------------------------------------------------------------- */

static void expand_grey(const unsigned char *in, unsigned char *out, size_t pixels)
{
    for (size_t i = 0; i < pixels; i++)
        out[3 * i] = out[3 * i + 1] = out[3 * i + 2] = in[i];
}

/* CMYK without a profile: what a reader without one shows (ISO 32000-1, 10.3.5). */
static void plain_cmyk(const unsigned char *in, unsigned char *out, size_t pixels)
{
    for (size_t i = 0; i < pixels; i++, in += 4, out += 3)
        for (int c = 0; c < 3; c++)
            out[c] = (unsigned char)((255 - in[c]) * (255 - in[3]) / 255);
}

static void to_rgb(const struct image_bitmap *bitmap, const unsigned char *in, unsigned char *out, size_t pixels)
{
    struct image_transform *transform = NULL;
    if (bitmap->icc)
        transform = image_transform_new(bitmap->icc, bitmap->icc_size, bitmap->components, NULL, 0, 3);
    if (transform)
        image_transform_rows(transform, in, out, pixels);
    else if (bitmap->components == 3)
        memcpy(out, in, pixels * 3);
    else
        (bitmap->components == 1 ? expand_grey : plain_cmyk)(in, out, pixels);
    image_transform_free(transform);
}

unsigned char *image_pixels_rgb(const struct image_bitmap *bitmap, struct diag *diag)
{
    struct bitmap_input in = { bitmap->path, bitmap->bytes, bitmap->size, { bitmap->path, 0, 0 }, diag };
    unsigned char *decoded = bitmap->coding == IMAGE_JPEG ? jpeg_decode(&in, bitmap) : NULL;
    if (bitmap->coding == IMAGE_JPEG && !decoded)
        return NULL;
    size_t pixels = (size_t)bitmap->width * (size_t)bitmap->height;
    unsigned char *rgb = mem_alloc(pixels * 3);
    to_rgb(bitmap, decoded ? decoded : bitmap->bytes, rgb, pixels);
    mem_free(decoded);
    return rgb;
}
