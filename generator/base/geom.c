#include "base/geom.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* ---- affine maps -------------------------------------------------------------------------------------------- */

const struct affine affine_identity = { 1, 0, 0, 1, 0, 0 };

struct affine affine_multiply(struct affine m, struct affine n)
{
    return (struct affine){ m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d, m.c * n.a + m.d * n.c, m.c * n.b + m.d * n.d,
                            m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f };
}

struct affine affine_translate(double x, double y)
{
    return (struct affine){ 1, 0, 0, 1, x, y };
}

struct affine affine_scale(double x, double y)
{
    return (struct affine){ x, 0, 0, y, 0, 0 };
}

struct affine affine_rotate(double radians)
{
    double c = cos(radians), s = sin(radians);
    return (struct affine){ c, s, -s, c, 0, 0 };
}

struct point affine_apply(struct affine m, struct point p)
{
    return (struct point){ m.a * p.x + m.c * p.y + m.e, m.b * p.x + m.d * p.y + m.f };
}

bool affine_invert(struct affine m, struct affine *out)
{
    double det = m.a * m.d - m.b * m.c;
    if (!isnormal(det))
        return false;
    *out = (struct affine){ m.d / det, -m.b / det, -m.c / det, m.a / det, (m.c * m.f - m.d * m.e) / det,
                            (m.b * m.e - m.a * m.f) / det };
    return true;
}

double affine_stretch(struct affine m)
{
    return sqrt(fabs(m.a * m.d - m.b * m.c));
}

/* ---- boxes -------------------------------------------------------------------------------------------------- */

const struct rect rect_empty = { 0, 0, -1, -1 };

static bool is_empty(struct rect r)
{
    return r.width < 0 || r.height < 0;
}

struct rect rect_union(struct rect a, struct rect b)
{
    if (is_empty(a))
        return b;
    if (is_empty(b))
        return a;
    double x = fmin(a.x, b.x), y = fmin(a.y, b.y);
    return (struct rect){ x, y, fmax(a.x + a.width, b.x + b.width) - x, fmax(a.y + a.height, b.y + b.height) - y };
}

bool rect_intersects(struct rect a, struct rect b)
{
    if (is_empty(a) || is_empty(b))
        return false;
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool rect_contains(struct rect outer, struct rect inner, double tolerance)
{
    if (is_empty(inner))
        return true;
    return inner.x >= outer.x - tolerance && inner.y >= outer.y - tolerance &&
           inner.x + inner.width <= outer.x + outer.width + tolerance &&
           inner.y + inner.height <= outer.y + outer.height + tolerance;
}

/* ---- paths -------------------------------------------------------------------------------------------------- */

void path_free(struct path *path)
{
    mem_free(path->verbs);
    mem_free(path->points);
    *path = (struct path)PATH_EMPTY;
}

void path_clear(struct path *path)
{
    path->verb_count = path->point_count = 0;
}

static void put_verb(struct path *path, enum path_verb verb)
{
    VEC_GROW(path->verbs, path->verb_capacity, path->verb_count + 1);
    path->verbs[path->verb_count++] = (unsigned char)verb;
}

static void put_point(struct path *path, double x, double y)
{
    VEC_GROW(path->points, path->point_capacity, path->point_count + 1);
    path->points[path->point_count++] = (struct point){ x, y };
}

void path_move(struct path *path, double x, double y)
{
    put_verb(path, PATH_MOVE);
    put_point(path, x, y);
}

void path_line(struct path *path, double x, double y)
{
    assert(path->verb_count);
    put_verb(path, PATH_LINE);
    put_point(path, x, y);
}

void path_curve(struct path *path, double x1, double y1, double x2, double y2, double x, double y)
{
    assert(path->verb_count);
    put_verb(path, PATH_CURVE);
    put_point(path, x1, y1);
    put_point(path, x2, y2);
    put_point(path, x, y);
}

void path_close(struct path *path)
{
    assert(path->verb_count);
    put_verb(path, PATH_CLOSE);
}

void path_append(struct path *path, const struct path *other, struct affine map)
{
    /* The counts are taken first: a path may be appended to itself. */
    size_t verbs = other->verb_count, points = other->point_count;
    for (size_t i = 0; i < verbs; i++)
        put_verb(path, other->verbs[i]);
    for (size_t i = 0; i < points; i++) {
        struct point p = affine_apply(map, other->points[i]);
        put_point(path, p.x, p.y);
    }
}

void path_rect(struct path *path, struct rect r)
{
    path_move(path, r.x, r.y);
    path_line(path, r.x + r.width, r.y);
    path_line(path, r.x + r.width, r.y + r.height);
    path_line(path, r.x, r.y + r.height);
    path_close(path);
}

void path_round_rect(struct path *path, struct rect r, const double radius[4])
{
    /* CSS Backgrounds 3, 5.5: radii that overlap shrink by one common factor. */
    double fit = 1;
    const double side[4] = { r.width, r.height, r.width, r.height };
    for (int i = 0; i < 4; i++) {
        double sum = radius[i] + radius[(i + 1) % 4];
        if (sum > side[i])
            fit = fmin(fit, side[i] / sum);
    }
    const struct point corner[4] = { { r.x, r.y }, { r.x + r.width, r.y }, { r.x + r.width, r.y + r.height },
                                     { r.x, r.y + r.height } };
    static const struct point inwards[4] = { { 1, 1 }, { -1, 1 }, { -1, -1 }, { 1, -1 } };
    for (int i = 0; i < 4; i++) {
        double q = radius[i] * fit;
        if (q > 0)
            path_arc(path, corner[i].x + inwards[i].x * q, corner[i].y + inwards[i].y * q, q, M_PI + i * M_PI_2,
                     M_PI + (i + 1) * M_PI_2, i > 0);
        else if (i)
            path_line(path, corner[i].x, corner[i].y);
        else
            path_move(path, corner[i].x, corner[i].y);
    }
    path_close(path);
}

void path_circle(struct path *path, double cx, double cy, double r)
{
    path_ellipse(path, cx, cy, r, r);
}

void path_ellipse(struct path *path, double cx, double cy, double rx, double ry)
{
    const double k = 4.0 / 3.0 * (M_SQRT2 - 1);          /* a quarter as one curve: off by 0.03 % of the radius */
    double x = rx * k, y = ry * k;
    path_move(path, cx + rx, cy);
    path_curve(path, cx + rx, cy + y, cx + x, cy + ry, cx, cy + ry);
    path_curve(path, cx - x, cy + ry, cx - rx, cy + y, cx - rx, cy);
    path_curve(path, cx - rx, cy - y, cx - x, cy - ry, cx, cy - ry);
    path_curve(path, cx + x, cy - ry, cx + rx, cy - y, cx + rx, cy);
    path_close(path);
}

void path_arc(struct path *path, double cx, double cy, double r, double from, double to, bool join)
{
    int pieces = (int)ceil(fabs(to - from) / M_PI_2 - 1e-9);
    if (pieces < 1)
        pieces = 1;
    double step = (to - from) / pieces, k = 4.0 / 3.0 * tan(step / 4) * r;
    double c = cos(from), s = sin(from);
    (join ? path_line : path_move)(path, cx + r * c, cy + r * s);
    for (int i = 1; i <= pieces; i++) {
        double angle = i == pieces ? to : from + i * step, c2 = cos(angle), s2 = sin(angle);
        path_curve(path, cx + r * c - k * s, cy + r * s + k * c, cx + r * c2 + k * s2, cy + r * s2 - k * c2,
                   cx + r * c2, cy + r * s2);
        c = c2;
        s = s2;
    }
}

/* ---- measuring paths ---------------------------------------------------------------------------------------- */

static const int points_of[] = { [PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0 };

static double curve_at(double p0, double p1, double p2, double p3, double t)
{
    double u = 1 - t;
    return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
}

struct range {
    double low, high;
};

static void widen(struct range *range, double v)
{
    range->low = fmin(range->low, v);
    range->high = fmax(range->high, v);
}

/* The extremes of one coordinate of a curve: its ends, and where its derivative a t^2 + b t + c is zero. */
static void widen_by_curve(struct range *range, double p0, double p1, double p2, double p3)
{
    widen(range, p3);
    double a = -p0 + 3 * p1 - 3 * p2 + p3, b = 2 * (p0 - 2 * p1 + p2), c = p1 - p0;
    double roots[2];
    int n = 0;
    double det = b * b - 4 * a * c;
    if (fabs(a) < 1e-12 * (fabs(b) + fabs(c))) {
        if (b != 0)
            roots[n++] = -c / b;
    } else if (a != 0 && det >= 0) {
        roots[n++] = (-b + sqrt(det)) / (2 * a);
        roots[n++] = (-b - sqrt(det)) / (2 * a);
    }
    while (n--)
        if (roots[n] > 0 && roots[n] < 1)
            widen(range, curve_at(p0, p1, p2, p3, roots[n]));
}

struct rect path_bounds(const struct path *path)
{
    if (!path->point_count)
        return rect_empty;
    struct range x = { INFINITY, -INFINITY }, y = x;
    const struct point *p = path->points;
    for (size_t i = 0; i < path->verb_count; i++) {
        if (path->verbs[i] == PATH_CURVE) {
            widen_by_curve(&x, p[-1].x, p[0].x, p[1].x, p[2].x);
            widen_by_curve(&y, p[-1].y, p[0].y, p[1].y, p[2].y);
        } else if (path->verbs[i] != PATH_CLOSE) {
            widen(&x, p->x);
            widen(&y, p->y);
        }
        p += points_of[path->verbs[i]];
    }
    return (struct rect){ x.low, y.low, x.high - x.low, y.high - y.low };
}

static void flatten_curve(struct point a, const struct point p[3], double tolerance, struct path *out)
{
    /* A chord leaves its curve by at most 1/8 of the second derivative's bound, 6 d, over n squared pieces. */
    double d1 = hypot(a.x - 2 * p[0].x + p[1].x, a.y - 2 * p[0].y + p[1].y);
    double d2 = hypot(p[0].x - 2 * p[1].x + p[2].x, p[0].y - 2 * p[1].y + p[2].y);
    double want = ceil(sqrt(0.75 * fmax(d1, d2) / tolerance));
    int n = want >= 1 ? (want < 1000 ? (int)want : 1000) : 1;          /* want is no number: one piece */
    for (int i = 1; i < n; i++) {
        double t = (double)i / n;
        path_line(out, curve_at(a.x, p[0].x, p[1].x, p[2].x, t), curve_at(a.y, p[0].y, p[1].y, p[2].y, t));
    }
    path_line(out, p[2].x, p[2].y);
}

void path_flatten(const struct path *path, double tolerance, struct path *out)
{
    assert(tolerance > 0 && path != out);
    const struct point *p = path->points;
    struct point start = { 0, 0 }, at = start;
    for (size_t i = 0; i < path->verb_count; i++) {
        int n = points_of[path->verbs[i]];
        switch (path->verbs[i]) {
        case PATH_MOVE:
            path_move(out, p->x, p->y);
            start = *p;
            break;
        case PATH_LINE:
            path_line(out, p->x, p->y);
            break;
        case PATH_CURVE:
            flatten_curve(at, p, tolerance, out);
            break;
        default:
            path_close(out);
            at = start;
        }
        if (n)
            at = p[n - 1];
        p += n;
    }
}

static void widen_by_edge(struct path_extent *range, struct point upper, struct point lower, double top, double bottom)
{
    double slope = lower.y > upper.y ? (lower.x - upper.x) / (lower.y - upper.y) : 0;
    double x1 = upper.y < top ? upper.x + (top - upper.y) * slope : upper.x;
    double x2 = lower.y > bottom ? upper.x + (bottom - upper.y) * slope : lower.x;
    if (x1 > x2) {
        double swap = x1;
        x1 = x2;
        x2 = swap;
    }
    if (x1 < range->left)
        range->left = x1;
    if (x2 > range->right)
        range->right = x2;
}

/* Where the edge a-b runs inside a band, its x is in the band's range. An edge that only touches the band from outside does
   not count, else a circle would push away the line it stands under. */
static void clip_edge(struct point a, struct point b, double top, double step, size_t n, struct path_extent *bands)
{
    struct point upper = a.y <= b.y ? a : b, lower = a.y <= b.y ? b : a;
    double first = fmax(0, floor((upper.y - top) / step) - 1), last = fmin((double)n - 1, ceil((lower.y - top) / step) + 1);
    for (double i = first; i <= last; i++) {
        double above = top + i * step, below = above + step;
        if (lower.y > above && upper.y < below)
            widen_by_edge(&bands[(size_t)i], upper, lower, above, below);
    }
}

/* Edge by edge, and each into the bands that it crosses: an outline has as many edges as bands. */
void path_spans(const struct path *flat, double top, double step, size_t n, struct path_extent *bands)
{
    assert(step > 0);
    const struct point *p = flat->points;
    struct point start = { 0, 0 }, at = start;
    for (size_t i = 0; i < n; i++)
        bands[i] = (struct path_extent){ INFINITY, -INFINITY };
    for (size_t i = 0; i < flat->verb_count; i++) {
        assert(flat->verbs[i] != PATH_CURVE);
        if (flat->verbs[i] == PATH_LINE) {
            clip_edge(at, *p, top, step, n, bands);
            at = *p++;
            continue;
        }
        if (i)                                   /* a subpath ends: filled, it is closed in any case */
            clip_edge(at, start, top, step, n, bands);
        at = start;
        if (flat->verbs[i] == PATH_MOVE)
            start = at = *p++;
    }
    if (flat->verb_count)
        clip_edge(at, start, top, step, n, bands);
}
