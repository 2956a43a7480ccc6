/* Pictures of pages: PNG by the Cairo painter. */
#include <cairo.h>
#include <math.h>

#include "base/i18n.h"
#include "output/cairo_paint.h"

static const struct output_cairo *const lib = &output_cairo;

static cairo_status_t put_bytes(void *out, const unsigned char *bytes, unsigned n)
{
    buf_put(out, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

static struct rect area_of(const struct display_page *page, const struct rect *area)
{
    return area ? *area : (struct rect){ 0, 0, page->width, page->height };
}

bool output_png(const struct display_page *page, const struct rect *area, double dpi, enum pdf_colours colours,
                struct buf *out, struct diag *diag)
{
    if (!output_cairo_open(diag))
        return false;
    struct rect r = area_of(page, area);
    double scale = dpi / 72;
    cairo_surface_t *surface =
        lib->cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(r.width * scale), (int)lround(r.height * scale));
    cairo_t *cr = lib->cairo_create(surface);
    lib->cairo_set_source_rgb(cr, 1, 1, 1);
    lib->cairo_paint(cr);
    lib->cairo_scale(cr, scale, scale);
    lib->cairo_translate(cr, -r.x, -r.y);
    bool good = output_cairo_paint(cr, page, colours, diag) &&
                lib->cairo_surface_write_to_png_stream(surface, put_bytes, out) == CAIRO_STATUS_SUCCESS;
    lib->cairo_destroy(cr);
    lib->cairo_surface_destroy(surface);
    return good;
}
