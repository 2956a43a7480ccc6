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

static void add_ink(struct layout_ink *ink, struct rect box, double top)
{
    if (box.y + box.height <= top)
        return;
    VEC_GROW(ink->items, ink->capacity, ink->count + 1);
    ink->items[ink->count++] = box;
}

static void add_lines(const struct layout_fragment *f, double top, struct layout_ink *ink)
{
    double size = f->box->style->size, cap = f->box->state ? f->box->state->cap : 0.72 * size;
    for (size_t i = 0; i < f->line_count; i++) {
        const struct text_line *l = &f->lines[i].line;
        double left = l->x + l->offset - l->hang_left, right = l->x + l->offset + l->ink + l->hang_right;
        if (i == 0 && f->box->label)
            left -= layout_text_left(f->box) - f->box->left;
        double above = f->lines[i].baseline - cap;
        add_ink(ink, (struct rect){ left, above, right - left, cap + 0.21 * size }, top);
    }
}

static bool is_field(const struct layout_box *box)
{
    return box->background || box->backdrop || box->border_colour || box->kind == LAYOUT_TABLE;
}

void layout_collect_ink(const struct layout_fragment *f, double top, struct layout_ink *ink)
{
    for (const struct layout_fragment *child = f->first; child; child = child->next) {
        if (child->bottom <= top)
            continue;
        if (child->box->kind == LAYOUT_PARAGRAPH)
            add_lines(child, top, ink);
        else if (child->box->kind == LAYOUT_DRAWING || is_field(child->box))
            add_ink(ink, child->frame, top);
        else
            layout_collect_ink(child, top, ink);
    }
}
