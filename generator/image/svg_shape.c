/* Shapes of SVG as paths in their own coordinates. */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "image/svg_internal.h"

static bool shape_path(struct svg *svg, const struct xml_node *node, struct path *out)
{
    const char *d = xml_attribute(node, "d");
    size_t fault;
    if (!d || svg_read_path(d, out, &fault))
        return true;
    diag_error(svg->diag, xml_source(node), "E930", _("the path data is wrong at \"%.24s\" (character %zu)"), d + fault,
               fault + 1);
    diag_remedy(svg->diag, _("save the drawing again from the program that made it"));
    return svg_stop_broken(svg);
}

/* SVG 1.1, 9.2: a missing radius is the other one; both at most half the side. Elliptic corners as arcs. */
static bool shape_rect(struct svg *svg, const struct xml_node *node, struct path *out)
{
    double x, y, w, h, rx, ry;
    if (!svg_read_coordinate(svg, node, "x", 0, &x) || !svg_read_coordinate(svg, node, "y", 0, &y) ||
        !svg_read_coordinate(svg, node, "width", 0, &w) || !svg_read_coordinate(svg, node, "height", 0, &h) ||
        !svg_read_coordinate(svg, node, "rx", -1, &rx) || !svg_read_coordinate(svg, node, "ry", -1, &ry))
        return false;
    if (w <= 0 || h <= 0)
        return true;
    rx = fmin(rx < 0 ? fmax(ry, 0) : rx, w / 2);
    ry = fmin(ry < 0 ? rx : ry, h / 2);
    if (rx <= 0 || ry <= 0) {
        path_rect(out, (struct rect){ x, y, w, h });
        return true;
    }
    /* One radius, and the sides measured in it: the corners become circles. */
    struct path round = PATH_EMPTY;
    path_round_rect(&round, (struct rect){ 0, 0, w / rx, h / ry }, (const double[4]){ 1, 1, 1, 1 });
    path_append(out, &round, (struct affine){ rx, 0, 0, ry, x, y });
    path_free(&round);
    return true;
}

static bool shape_circle(struct svg *svg, const struct xml_node *node, struct path *out)
{
    double cx, cy, r;
    if (!svg_read_coordinate(svg, node, "cx", 0, &cx) || !svg_read_coordinate(svg, node, "cy", 0, &cy) ||
        !svg_read_coordinate(svg, node, "r", 0, &r))
        return false;
    if (r > 0)
        path_circle(out, cx, cy, r);
    return true;
}

static bool shape_ellipse(struct svg *svg, const struct xml_node *node, struct path *out)
{
    double cx, cy, rx, ry;
    if (!svg_read_coordinate(svg, node, "cx", 0, &cx) || !svg_read_coordinate(svg, node, "cy", 0, &cy) ||
        !svg_read_coordinate(svg, node, "rx", 0, &rx) || !svg_read_coordinate(svg, node, "ry", 0, &ry))
        return false;
    if (rx > 0 && ry > 0)
        path_ellipse(out, cx, cy, rx, ry);
    return true;
}

static bool shape_line(struct svg *svg, const struct xml_node *node, struct path *out)
{
    double x1, y1, x2, y2;
    if (!svg_read_coordinate(svg, node, "x1", 0, &x1) || !svg_read_coordinate(svg, node, "y1", 0, &y1) ||
        !svg_read_coordinate(svg, node, "x2", 0, &x2) || !svg_read_coordinate(svg, node, "y2", 0, &y2))
        return false;
    path_move(out, x1, y1);
    path_line(out, x2, y2);
    return true;
}

static bool shape_points(struct svg *svg, const struct xml_node *node, struct path *out)
{
    const char *s = xml_attribute(node, "points");
    if (!s)
        return true;
    for (svg_skip_separator(&s); *s; svg_skip_separator(&s)) {
        double x, y;
        if (!svg_scan_number(&s, &x))
            return svg_stop_foreign(svg);
        svg_skip_separator(&s);
        if (!svg_scan_number(&s, &y) || out->point_count >= SVG_MAX_POINTS)
            return svg_stop_foreign(svg);
        (out->verb_count ? path_line : path_move)(out, x, y);
    }
    if (out->verb_count && !strcmp(xml_name(node), "polygon"))
        path_close(out);
    return true;
}

static const struct svg_shape shapes[] = {
    { "path", shape_path, (const char *const[]){ "d", NULL } },
    { "rect", shape_rect, (const char *const[]){ "x", "y", "width", "height", "rx", "ry", NULL } },
    { "circle", shape_circle, (const char *const[]){ "cx", "cy", "r", NULL } },
    { "ellipse", shape_ellipse, (const char *const[]){ "cx", "cy", "rx", "ry", NULL } },
    { "line", shape_line, (const char *const[]){ "x1", "y1", "x2", "y2", NULL } },
    { "polyline", shape_points, (const char *const[]){ "points", NULL } },
    { "polygon", shape_points, (const char *const[]){ "points", NULL } },
};

const struct svg_shape *svg_find_shape(const char *name)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (!strcmp(name, shapes[i].name))
            return &shapes[i];
    return NULL;
}
