/* Plane geometry: points, boxes, affine maps, paths. Lengths are points (1/72 inch), y downwards. */
#ifndef BASE_GEOM_H
#define BASE_GEOM_H
#include <stdbool.h>
#include <stddef.h>

#define PT_PER_MM (72.0 / 25.4)

struct point {
    double x, y;
};

struct rect {
    double x, y, width, height;
};

/* x' = a x + c y + e; y' = b x + d y + f (as in PDF, SVG and Cairo). */
struct affine {
    double a, b, c, d, e, f;
};

extern const struct affine affine_identity;
struct affine affine_multiply(struct affine first, struct affine then);
struct affine affine_translate(double x, double y);
struct affine affine_scale(double x, double y);
struct affine affine_rotate(double radians);
struct point affine_apply(struct affine, struct point);
bool affine_invert(struct affine, struct affine *out);
/* The factor by which lengths grow: square root of |determinant|. */
double affine_stretch(struct affine);

struct rect rect_union(struct rect a, struct rect b);           /* an empty box (width < 0) is neutral */
bool rect_intersects(struct rect a, struct rect b);
bool rect_contains(struct rect outer, struct rect inner, double tolerance);
extern const struct rect rect_empty;

enum path_verb { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };      /* 1, 1, 3, 0 points */

/* Grows by malloc; path_clear keeps the memory; path_free lets it go. */
struct path {
    unsigned char *verbs;
    struct point *points;
    size_t verb_count, verb_capacity, point_count, point_capacity;
};

#define PATH_EMPTY { NULL, NULL, 0, 0, 0, 0 }

void path_free(struct path *);
void path_clear(struct path *);
void path_move(struct path *, double x, double y);
void path_line(struct path *, double x, double y);
void path_curve(struct path *, double x1, double y1, double x2, double y2, double x, double y);
void path_close(struct path *);
void path_append(struct path *, const struct path *, struct affine);

/* Shapes as new subpaths. Angles are radians, clockwise on the page from the positive x axis (3 o'clock). */
void path_rect(struct path *, struct rect);
/* Radii per corner: top left, top right, bottom right, bottom left. */
void path_round_rect(struct path *, struct rect, const double radius[4]);
void path_circle(struct path *, double cx, double cy, double r);
void path_ellipse(struct path *, double cx, double cy, double rx, double ry);
/* An arc as curves of at most 90 degrees; joins the current point with a line when `join`, else moves. */
void path_arc(struct path *, double cx, double cy, double r, double from, double to, bool join);

/* The box round all points of the flattened path; rect_empty when there is none. */
struct rect path_bounds(const struct path *);
/* Curves become lines no farther than `tolerance` from them. */
void path_flatten(const struct path *, double tolerance, struct path *out);

/* How far a closed shape reaches to left and right in each of `n` bands that are `step` high, the first from y = top on
   (left > right: it does not reach the band). Used to set text round it. The path must be flat. */
struct path_extent {
    double left, right;
};
void path_spans(const struct path *flat, double top, double step, size_t n, struct path_extent *bands);
#endif
