/* Foreign SVG: taken apart or drawn by librsvg, which is opened only when such a drawing is there. */
#include <cairo-svg.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/library.h"
#include "image/image.h"

enum { FOREIGN_MAX_BYTES = 8 * 1024 * 1024, FOREIGN_MAX_SIDE = 4000 };

/* Opened at need: GdkPixbuf and the runtime of Rust come with it. It brings Cairo and GObject, whose functions are found
   through it. */
#define RSVG(F) F(cairo_create) F(cairo_destroy) F(cairo_image_surface_create) F(cairo_image_surface_get_data) \
    F(cairo_image_surface_get_stride) F(cairo_status) F(cairo_surface_destroy) F(cairo_surface_finish) \
    F(cairo_surface_flush) F(cairo_surface_status) F(cairo_svg_surface_create_for_stream) F(g_error_free) \
    F(g_object_unref) F(rsvg_handle_get_intrinsic_dimensions) F(rsvg_handle_get_intrinsic_size_in_pixels) \
    F(rsvg_handle_new_from_data) F(rsvg_handle_render_document) F(rsvg_handle_set_dpi)
static struct { RSVG(LIBRARY_SLOT) } lib;
static const char *const lib_names[] = { RSVG(LIBRARY_NAME) NULL };

static bool tell(const char *path, const char *why, struct source from, struct diag *diag)
{
    diag_error(diag, from, "E934", _("the drawing \"%s\" cannot be drawn: %s"), path, why);
    diag_remedy(diag, _("save it as plain SVG without filters and scripts, or as PNG"));
    return false;
}

/* Its size in CSS pixels (1/96 inch): as written, else the view box. */
static bool find_size(RsvgHandle *handle, double *width, double *height)
{
    gboolean has_width, has_height, has_box;
    RsvgLength w, h;
    RsvgRectangle box;
    if (!lib.rsvg_handle_get_intrinsic_size_in_pixels(handle, width, height)) {
        lib.rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &w, &has_height, &h, &has_box, &box);
        if (!has_box)
            return false;
        *width = box.width;
        *height = box.height;
    }
    return *width > 0 && *height > 0 && *width < 1e6 && *height < 1e6;
}

/* Cairo's premultiplied ARGB as RGB rows and an alpha plane. */
static void keep_pixels(cairo_surface_t *surface, struct arena *arena, struct image_bitmap *out)
{
    size_t width = (size_t)out->width, height = (size_t)out->height;
    int stride = lib.cairo_image_surface_get_stride(surface);
    const unsigned char *data = lib.cairo_image_surface_get_data(surface);
    unsigned char *rgb = arena_alloc(arena, width * height * 3), *alpha = arena_alloc(arena, width * height);
    for (size_t y = 0; y < height; y++)
        for (size_t x = 0; x < width; x++) {
            uint32_t pixel;
            memcpy(&pixel, data + y * (size_t)stride + x * 4, 4);
            unsigned a = pixel >> 24;
            unsigned char *to = rgb + (y * width + x) * 3;
            for (int c = 0; c < 3; c++) {
                unsigned v = pixel >> (16 - 8 * c) & 0xff;
                to[c] = a ? (unsigned char)((v * 255 + a / 2) / a) : 255;
            }
            alpha[y * width + x] = (unsigned char)a;
        }
    out->bytes = rgb;
    out->alpha = alpha;
    out->size = width * height * 3;
}

static bool draw(RsvgHandle *handle, struct arena *arena, struct image_bitmap *out)
{
    cairo_surface_t *surface = lib.cairo_image_surface_create(CAIRO_FORMAT_ARGB32, out->width, out->height);
    cairo_t *cairo = lib.cairo_create(surface);
    const RsvgRectangle all = { 0, 0, out->width, out->height };
    GError *error = NULL;
    bool good = lib.rsvg_handle_render_document(handle, cairo, &all, &error) && lib.cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    if (error)
        lib.g_error_free(error);
    lib.cairo_destroy(cairo);
    lib.cairo_surface_flush(surface);
    if (good)
        keep_pixels(surface, arena, out);
    lib.cairo_surface_destroy(surface);
    return good;
}

static bool render(RsvgHandle *handle, struct arena *arena, struct image_bitmap *out, double *width,
                   double *height)
{
    if (!find_size(handle, width, height))
        return false;
    double scale = fmin(300.0 / 96, FOREIGN_MAX_SIDE / fmax(*width, *height));
    out->width = (int)fmax(1, ceil(*width * scale));
    out->height = (int)fmax(1, ceil(*height * scale));
    out->components = 3;
    out->orientation = 1;
    *width *= 72.0 / 96;
    *height *= 72.0 / 96;
    return draw(handle, arena, out);
}

/* ---- opening ------------------------------------------------------------------------------------------------- */

struct foreign {
    struct buf file;
    RsvgHandle *handle;
};

static bool open_foreign(struct foreign *f, const char *path, struct source from, struct diag *diag)
{
    if (!library_open("librsvg-2.so.2", lib_names, &lib, from, diag))
        return false;
    if (!file_read(path, FOREIGN_MAX_BYTES, &f->file, from, diag))
        return false;
    /* From memory and without a base address: librsvg then refuses every reference to a file. */
    GError *error = NULL;
    f->handle = lib.rsvg_handle_new_from_data((const guint8 *)buf_text(&f->file), f->file.length, &error);
    if (!f->handle)
        tell(path, error ? error->message : _("it has no size, or it is too complex"), from, diag);
    if (error)
        lib.g_error_free(error);
    if (f->handle)
        lib.rsvg_handle_set_dpi(f->handle, 96);    /* CSS; librsvg takes an inch for 90 pixels */
    return f->handle != NULL;
}

static void close_foreign(struct foreign *f)
{
    if (f->handle)
        lib.g_object_unref(f->handle);
    buf_free(&f->file);
}

/* ---- as paths ------------------------------------------------------------------------------------------------ */

static cairo_status_t put_bytes(void *closure, const unsigned char *bytes, unsigned n)
{
    buf_put(closure, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

/* Cairo's SVG painter writes nearly our subset: style sheets, units and letters have become paths. */
static bool make_plain(RsvgHandle *handle, double width, double height, struct buf *out)
{
    cairo_surface_t *surface = lib.cairo_svg_surface_create_for_stream(put_bytes, out, width, height);
    cairo_t *cairo = lib.cairo_create(surface);
    const RsvgRectangle all = { 0, 0, width, height };
    GError *error = NULL;
    bool good = lib.rsvg_handle_render_document(handle, cairo, &all, &error);
    if (error)
        lib.g_error_free(error);
    lib.cairo_destroy(cairo);
    lib.cairo_surface_finish(surface);
    good = good && lib.cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    lib.cairo_surface_destroy(surface);
    return good;
}

/* Cairo writes SVG 1.1's xlink:href, of another namespace; the subset has SVG 2's href. */
static void drop_prefix(struct buf *svg)
{
    static const char prefix[] = " xlink:href=";
    for (char *at = svg->data; at && (at = memmem(at, (size_t)(svg->data + svg->length - at), prefix, 12));)
        memset(at + 1, ' ', 6);
}

static const struct image_vector *read_as_paths(struct foreign *f, const char *path, struct arena *arena, double width,
                                                double height)
{
    struct buf plain = BUF_EMPTY;
    struct diag *quiet = diag_new();       /* what cannot be paths becomes a picture: no one's fault */
    const struct image_vector *vector = NULL;
    bool beyond;
    if (make_plain(f->handle, width, height, &plain)) {
        drop_prefix(&plain);
        vector = image_decode_svg(path, plain.data, plain.length, arena, &beyond, quiet);
    }
    diag_free(quiet);
    buf_free(&plain);
    return vector;
}

static void warn_of_letters(const struct foreign *f, const char *path, struct source from, struct diag *diag)
{
    if (!memmem(f->file.data, f->file.length, "<text", 5))
        return;
    diag_warning(diag, from, "W936", _("the letters in \"%s\" are drawn with the fonts of this machine"), path);
    diag_remedy(diag, _("turn the letters into paths before saving the drawing"));
}

/* ---- both ---------------------------------------------------------------------------------------------------- */

static const struct image_bitmap *read_as_pixels(struct foreign *f, const char *path, struct arena *arena, double *width,
                                                 double *height, struct source from, struct diag *diag)
{
    struct image_bitmap *out = arena_new_of(arena, struct image_bitmap);
    if (!render(f->handle, arena, out, width, height)) {
        tell(path, _("it has no size, or it is too complex"), from, diag);
        return NULL;
    }
    out->path = arena_strdup(arena, path);
    diag_warning(diag, from, "W935", _("the drawing \"%s\" uses more than the SVG subset and becomes a picture of pixels"),
                 path);
    diag_remedy(diag, _("docs/svg.md says what can be kept as a drawing"));
    return out;
}

static bool read_foreign_art(const char *path, struct arena *arena, struct image_art *out, struct source from,
                             struct diag *diag)
{
    struct foreign f = { 0 };
    double width, height;
    if (open_foreign(&f, path, from, diag)) {
        if (find_size(f.handle, &width, &height)) {
            out->width = width * 72 / 96;
            out->height = height * 72 / 96;
            out->vector = read_as_paths(&f, path, arena, out->width, out->height);
        }
        if (!out->vector)
            out->bitmap = read_as_pixels(&f, path, arena, &out->width, &out->height, from, diag);
        if (out->vector || out->bitmap)
            warn_of_letters(&f, path, from, diag);
    }
    close_foreign(&f);
    return out->vector || out->bitmap;
}

bool image_read_art(const char *path, struct arena *arena, struct image_art *out, struct source from, struct diag *diag)
{
    bool foreign;
    *out = (struct image_art){ .vector = image_read_svg(path, arena, &foreign, diag) };
    if (out->vector) {
        out->width = out->vector->width;
        out->height = out->vector->height;
        return true;
    }
    return foreign && read_foreign_art(path, arena, out, from, diag);
}
