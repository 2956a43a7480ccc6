/* Paint of SVG shapes: colours and gradients, brought to the art's coordinates. */
#include <math.h>
#include <string.h>

#include "image/svg_internal.h"

/* ---- gradients ---------------------------------------------------------------------------------------------- */

static bool read_stop(struct svg *svg, const struct xml_node *node, double least, struct image_stop *out)
{
    static const char *const own[] = { "offset", NULL };
    struct svg_style style;
    svg_style_initial(&style);
    if (strcmp(xml_name(node), "stop") || !svg_has_known_attributes(svg, node, own))
        return svg_stop_foreign(svg);
    if (!svg_take(svg, svg_style_apply(&style, node, svg->arena)))
        return false;
    double offset = 0;
    const char *s = xml_attribute(node, "offset");
    if (s && (!svg_scan_number(&s, &offset) || (*s && strcmp(s, "%"))))
        return svg_stop_foreign(svg);
    if (s && *s)
        offset /= 100;
    /* SVG 1.1, 13.2.4: a stop before its predecessor moves up to it. */
    *out = (struct image_stop){ fmin(fmax(offset, least), 1), style.stop, style.stop_opacity };
    return true;
}

static bool read_stops(struct svg *svg, const struct xml_node *node, struct image_paint *paint)
{
    size_t n = 0;
    for (const struct xml_node *c = xml_first(node); c; c = xml_next(c))
        n++;
    if (n < 2 || n > 64)
        return svg_stop_foreign(svg);
    struct image_stop *stops = arena_array(svg->arena, struct image_stop, n);
    size_t i = 0;
    for (const struct xml_node *c = xml_first(node); c; c = xml_next(c), i++)
        if (!read_stop(svg, c, i ? stops[i - 1].offset : 0, &stops[i]))
            return false;
    paint->stops = stops;
    paint->stop_count = n;
    paint->colour = stops[n - 1].colour;
    return true;
}

/* "50%" of the box, or a plain number. */
static bool read_fraction(struct svg *svg, const struct xml_node *node, const char *name, double missing, double *out)
{
    const char *s = xml_attribute(node, name);
    *out = missing;
    if (!s)
        return true;
    const char *at = s;
    if (svg_scan_number(&at, out) && !strcmp(at, "%")) {
        *out /= 100;
        return true;
    }
    return svg_read_length(s, out) || svg_stop_foreign(svg);
}

/* From the gradient's own coordinates to the art's: units, then gradientTransform, then the shape's map. */
static bool gradient_map(struct svg *svg, const struct xml_node *node, struct rect box, struct affine shape,
                         struct affine *out)
{
    const char *units = xml_attribute(node, "gradientUnits"), *spread = xml_attribute(node, "spreadMethod");
    bool user = units && !strcmp(units, "userSpaceOnUse");
    if ((units && !user && strcmp(units, "objectBoundingBox")) || (spread && strcmp(spread, "pad")))
        return svg_stop_foreign(svg);
    struct affine own;
    if (!svg_read_map(svg, node, "gradientTransform", &own))
        return false;
    if (!user) {
        struct affine unit = { box.width, 0, 0, box.height, box.x, box.y };
        own = affine_multiply(own, unit);
    }
    *out = affine_multiply(own, shape);
    return true;
}

/* The colour of a linear gradient is a linear function of the place, under any map: the mapped axis runs along the
   gradient of that function, which after a skew is no longer the image of the old axis. */
static bool read_linear(struct svg *svg, const struct xml_node *node, struct affine map, struct image_paint *paint)
{
    static const char *const own[] = { "x1", "y1", "x2", "y2", "gradientUnits", "gradientTransform", "spreadMethod",
                                       NULL };
    double x1, y1, x2, y2;
    if (!svg_has_known_attributes(svg, node, own) || !read_fraction(svg, node, "x1", 0, &x1) ||
        !read_fraction(svg, node, "y1", 0, &y1) || !read_fraction(svg, node, "x2", 1, &x2) ||
        !read_fraction(svg, node, "y2", 0, &y2))
        return false;
    struct affine back;
    double dx = x2 - x1, dy = y2 - y1, length = dx * dx + dy * dy;
    if (!affine_invert(map, &back) || length < 1e-12)
        return svg_stop_foreign(svg);
    double gx = (back.a * dx + back.b * dy) / length, gy = (back.c * dx + back.d * dy) / length;
    double steep = gx * gx + gy * gy;
    if (!isnormal(steep))
        return svg_stop_foreign(svg);
    paint->kind = IMAGE_LINEAR;
    paint->from = affine_apply(map, (struct point){ x1, y1 });
    paint->to = (struct point){ paint->from.x + gx / steep, paint->from.y + gy / steep };
    return true;
}

static bool read_radial(struct svg *svg, const struct xml_node *node, struct affine map, struct image_paint *paint)
{
    static const char *const own[] = { "cx", "cy", "r", "fx", "fy", "gradientUnits", "gradientTransform", "spreadMethod",
                                       NULL };
    double cx, cy, r, fx, fy;
    if (!svg_has_known_attributes(svg, node, own) || !read_fraction(svg, node, "cx", 0.5, &cx) ||
        !read_fraction(svg, node, "cy", 0.5, &cy) || !read_fraction(svg, node, "r", 0.5, &r) ||
        !read_fraction(svg, node, "fx", cx, &fx) || !read_fraction(svg, node, "fy", cy, &fy))
        return false;
    if (!svg_is_similarity(map) || r <= 0 || hypot(fx - cx, fy - cy) >= r)
        return svg_stop_foreign(svg);
    paint->kind = IMAGE_RADIAL;
    paint->from = affine_apply(map, (struct point){ cx, cy });
    paint->to = affine_apply(map, (struct point){ fx, fy });
    paint->radius = r * affine_stretch(map);
    return true;
}

static bool read_gradient(struct svg *svg, const char *id, struct rect box, struct affine shape,
                          struct image_paint *paint)
{
    const struct xml_node *node = svg_find_id(svg, id);
    if (!node)
        return svg_stop_foreign(svg);
    bool linear = !strcmp(xml_name(node), "linearGradient");
    struct affine map;
    if (!linear && strcmp(xml_name(node), "radialGradient"))
        return svg_stop_foreign(svg);
    return gradient_map(svg, node, box, shape, &map) && read_stops(svg, node, paint) &&
           (linear ? read_linear : read_radial)(svg, node, map, paint);
}

/* ---- any paint ---------------------------------------------------------------------------------------------- */

bool svg_make_paint(struct svg *svg, const struct svg_paint *from, const struct path *path, struct affine map,
                       struct image_paint *out)
{
    *out = (struct image_paint){ .kind = IMAGE_NONE };
    if (from->kind == SVG_NO_PAINT || from->opacity <= 0)
        return true;
    out->opacity = from->opacity;
    if (from->kind == SVG_REFERENCE)
        return read_gradient(svg, from->reference, path_bounds(path), map, out);
    out->kind = IMAGE_SOLID;
    out->colour = from->colour;
    return true;
}
