/* Foreign SVG: taken apart or drawn by librsvg, which is opened only when such a drawing is there. */
#include <cairo-svg.h>
#include <dlfcn.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "image/image.h"

enum { FOREIGN_MAX_BYTES = 8 * 1024 * 1024, FOREIGN_MAX_SIDE = 4000 };

struct rsvg {
    void *library;
    __typeof__(rsvg_handle_new_from_data) *new_from_data;
    __typeof__(rsvg_handle_set_dpi) *set_dpi;
    __typeof__(rsvg_handle_get_intrinsic_size_in_pixels) *size_in_pixels;
    __typeof__(rsvg_handle_get_intrinsic_dimensions) *dimensions;
    __typeof__(rsvg_handle_render_document) *render;
    __typeof__(g_object_unref) *unref;
    __typeof__(g_error_free) *error_free;
};

/* ISO C has no cast from an object pointer to a function: POSIX promises the bytes are the same (dlsym). */
static bool find(void *library, const char *name, void *function)
{
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

static bool open_rsvg(struct rsvg *r)
{
    r->library = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);
    return r->library && find(r->library, "rsvg_handle_new_from_data", &r->new_from_data) &&
           find(r->library, "rsvg_handle_set_dpi", &r->set_dpi) &&
           find(r->library, "rsvg_handle_get_intrinsic_size_in_pixels", &r->size_in_pixels) &&
           find(r->library, "rsvg_handle_get_intrinsic_dimensions", &r->dimensions) &&
           find(r->library, "rsvg_handle_render_document", &r->render) && find(r->library, "g_object_unref", &r->unref) &&
           find(r->library, "g_error_free", &r->error_free);
}

static bool tell(const char *path, const char *why, struct source from, struct diag *diag)
{
    diag_error(diag, from, "E934", _("the drawing \"%s\" cannot be drawn: %s"), path, why);
    diag_remedy(diag, _("save it as plain SVG without filters and scripts, or as PNG"));
    return false;
}

/* Its size in CSS pixels (1/96 inch): as written, else the view box. */
static bool find_size(const struct rsvg *r, RsvgHandle *handle, double *width, double *height)
{
    gboolean has_width, has_height, has_box;
    RsvgLength w, h;
    RsvgRectangle box;
    if (!r->size_in_pixels(handle, width, height)) {
        r->dimensions(handle, &has_width, &w, &has_height, &h, &has_box, &box);
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
    int stride = cairo_image_surface_get_stride(surface);
    const unsigned char *data = cairo_image_surface_get_data(surface);
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

static bool draw(const struct rsvg *r, RsvgHandle *handle, struct arena *arena, struct image_bitmap *out)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, out->width, out->height);
    cairo_t *cairo = cairo_create(surface);
    const RsvgRectangle all = { 0, 0, out->width, out->height };
    GError *error = NULL;
    bool good = r->render(handle, cairo, &all, &error) && cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    if (error)
        r->error_free(error);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    if (good)
        keep_pixels(surface, arena, out);
    cairo_surface_destroy(surface);
    return good;
}

static bool render(const struct rsvg *r, RsvgHandle *handle, struct arena *arena, struct image_bitmap *out, double *width,
                   double *height)
{
    if (!find_size(r, handle, width, height))
        return false;
    double scale = fmin(300.0 / 96, FOREIGN_MAX_SIDE / fmax(*width, *height));
    out->width = (int)fmax(1, ceil(*width * scale));
    out->height = (int)fmax(1, ceil(*height * scale));
    out->components = 3;
    out->orientation = 1;
    *width *= 72.0 / 96;
    *height *= 72.0 / 96;
    return draw(r, handle, arena, out);
}

/* ---- opening ------------------------------------------------------------------------------------------------- */

struct foreign {
    struct rsvg rsvg;
    struct buf file;
    RsvgHandle *handle;
};

static bool open_foreign(struct foreign *f, const char *path, struct source from, struct diag *diag)
{
    if (!open_rsvg(&f->rsvg))
        return tell(path, _("librsvg is not installed"), from, diag);
    if (!file_read(path, FOREIGN_MAX_BYTES, &f->file, from, diag))
        return false;
    /* From memory and without a base address: librsvg then refuses every reference to a file. */
    GError *error = NULL;
    f->handle = f->rsvg.new_from_data((const guint8 *)buf_text(&f->file), f->file.length, &error);
    if (!f->handle)
        tell(path, error ? error->message : _("it has no size, or it is too complex"), from, diag);
    if (error)
        f->rsvg.error_free(error);
    if (f->handle)
        f->rsvg.set_dpi(f->handle, 96);    /* CSS; librsvg takes an inch for 90 pixels */
    return f->handle != NULL;
}

/* The library stays open: GLib's types cannot be unloaded. */
static void close_foreign(struct foreign *f)
{
    if (f->handle)
        f->rsvg.unref(f->handle);
    buf_free(&f->file);
}

/* ---- as paths ------------------------------------------------------------------------------------------------ */

static cairo_status_t put_bytes(void *closure, const unsigned char *bytes, unsigned n)
{
    buf_put(closure, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

/* Cairo's SVG painter writes nearly our subset: style sheets, units and letters have become paths. */
static bool make_plain(const struct rsvg *r, RsvgHandle *handle, double width, double height, struct buf *out)
{
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(put_bytes, out, width, height);
    cairo_t *cairo = cairo_create(surface);
    const RsvgRectangle all = { 0, 0, width, height };
    GError *error = NULL;
    bool good = r->render(handle, cairo, &all, &error);
    if (error)
        r->error_free(error);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    good = good && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
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
    if (make_plain(&f->rsvg, f->handle, width, height, &plain)) {
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
    if (!render(&f->rsvg, f->handle, arena, out, width, height)) {
        tell(path, _("it has no size, or it is too complex"), from, diag);
        return NULL;
    }
    out->path = arena_strdup(arena, path);
    diag_warning(diag, from, "W935", _("the drawing \"%s\" uses more than the SVG subset and becomes a picture of pixels"),
                 path);
    diag_remedy(diag, _("docs/svg.md says what can be kept as a drawing"));
    return out;
}

const struct image_bitmap *image_read_foreign(const char *path, struct arena *arena, double *width, double *height,
                                              struct source from, struct diag *diag)
{
    struct foreign f = { 0 };
    const struct image_bitmap *bitmap = NULL;
    if (open_foreign(&f, path, from, diag))
        bitmap = read_as_pixels(&f, path, arena, width, height, from, diag);
    close_foreign(&f);
    return bitmap;
}

static bool read_foreign_art(const char *path, struct arena *arena, struct image_art *out, struct source from,
                             struct diag *diag)
{
    struct foreign f = { 0 };
    double width, height;
    if (open_foreign(&f, path, from, diag)) {
        if (find_size(&f.rsvg, f.handle, &width, &height)) {
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
