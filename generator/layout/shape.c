/* Shapes that text runs round. */
#include "layout/layout_internal.h"

static void widen(double l, double r, double by, double *left, double *right, bool *any)
{
    if (!*any || l - by < *left)
        *left = l - by;
    if (!*any || r + by > *right)
        *right = r + by;
    *any = true;
}

/* Points as far as the gap above or below the band still push the text aside, but by less: the shape is widened by a disc
   of the gap's radius (its Minkowski sum), reckoned in slices, each by its nearer edge, so never by too little. */
bool layout_shape_extent(const struct layout_shape *shape, double top, double bottom, double *left, double *right)
{
    enum { SLICES = 8 };
    if (bottom < shape->reach.y || top > shape->reach.y + shape->reach.height)
        return false;
    bool any = false;
    double l, r, gap = shape->gap;
    if (path_span(&shape->flat, top, bottom, &l, &r))
        widen(l, r, gap, left, right, &any);
    for (int i = 0; i < SLICES; i++) {
        double near = gap * i / SLICES, far = gap * (i + 1) / SLICES, by = sqrt(gap * gap - near * near);
        if (path_span(&shape->flat, top - far, top - near, &l, &r))
            widen(l, r, by, left, right, &any);
        if (path_span(&shape->flat, bottom + near, bottom + far, &l, &r))
            widen(l, r, by, left, right, &any);
    }
    return any;
}
