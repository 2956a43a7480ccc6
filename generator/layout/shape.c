/* Shapes that text runs round. */
#include "layout/layout_internal.h"

#include <float.h>

static const struct layout_slice nothing = { FLT_MAX, -FLT_MAX };

static void widen(struct layout_slice *slice, const struct layout_slice *by, float gap)
{
    if (by->left > by->right)
        return;
    float left = by->left - gap, right = by->right + gap;
    if (left < slice->left)                /* some hundred thousand times a shape: fminf is a call */
        slice->left = left;
    if (right > slice->right)
        slice->right = right;
}

/* The outline's own extent in each slice. */
static struct layout_slice *slice_outline(const struct path *flat, const struct layout_profile *profile)
{
    size_t n = (size_t)profile->count;
    struct layout_slice *slices = mem_alloc(n * sizeof *slices);
    struct path_extent *bands = mem_alloc(n * sizeof *bands);
    path_spans(flat, profile->top, LAYOUT_SLICE, n, bands);
    for (size_t i = 0; i < n; i++)
        slices[i] = bands[i].left > bands[i].right ? nothing
                                                   : (struct layout_slice){ (float)bands[i].left, (float)bands[i].right };
    mem_free(bands);
    return slices;
}

/* A point of the outline as far as the gap above or below a slice still pushes it aside, but by less: the shape is
   widened by a disc (its Minkowski sum). Slices count from their nearer edges, so never by too little. */
static void widen_slices(struct layout_profile *profile, const struct layout_slice *own)
{
    int reach = (int)ceil(profile->gap / LAYOUT_SLICE);
    float *by = mem_alloc((size_t)(reach + 2) * sizeof *by);
    for (int d = 0; d <= reach + 1; d++) {
        double away = d > 1 ? (d - 1) * LAYOUT_SLICE : 0;
        by[d] = away < profile->gap ? (float)sqrt(profile->gap * profile->gap - away * away) : 0;
    }
    for (int i = 0; i < profile->count; i++) {
        profile->slices[i] = nothing;
        for (int k = i - reach; k <= i + reach; k++)
            if (k >= 0 && k < profile->count)
                widen(&profile->slices[i], &own[k], by[k < i ? i - k : k - i]);
    }
    mem_free(by);
}

static struct layout_profile *make_profile(const struct layout_drawing *drawing, struct rect frame, double gap)
{
    struct path outline = PATH_EMPTY, flat = PATH_EMPTY;
    frame.y = 0;
    if (drawing->outline)
        drawing->outline(drawing->data, frame, &outline);
    else
        path_rect(&outline, frame);
    path_flatten(&outline, 0.1, &flat);
    struct rect box = path_bounds(&flat);
    struct layout_profile *profile = mem_alloc(sizeof *profile);
    *profile = (struct layout_profile){ .x = frame.x, .width = frame.width, .height = frame.height, .gap = gap };
    if (box.width >= 0) {
        profile->top = box.y - gap;
        profile->count = (int)ceil((box.height + 2 * gap) / LAYOUT_SLICE);
        profile->slices = mem_alloc((size_t)profile->count * sizeof *profile->slices);
        struct layout_slice *own = slice_outline(&flat, profile);
        widen_slices(profile, own);
        mem_free(own);
    }
    path_free(&outline);
    path_free(&flat);
    return profile;
}

void layout_profile_free(struct layout_profile *profile)
{
    if (!profile)
        return;
    mem_free(profile->slices);
    mem_free(profile);
}

struct layout_shape layout_shape_at(struct layout_box *box, struct rect frame, double gap)
{
    if (!box->state)
        box->state = mem_alloc(sizeof *box->state);
    struct layout_profile *known = box->state->profile;
    if (!known || known->x != frame.x || known->width != frame.width || known->height != frame.height ||
        known->gap != gap) {
        layout_profile_free(known);
        box->state->profile = known = make_profile(box->drawing, frame, gap);
    }
    return (struct layout_shape){ box, frame, known };
}

bool layout_shape_extent(const struct layout_shape *shape, double top, double bottom, double *left, double *right)
{
    const struct layout_profile *profile = shape->profile;
    double start = shape->frame.y + profile->top;
    int first = (int)floor(fmax(top - start, 0) / LAYOUT_SLICE), last = (int)floor((bottom - start) / LAYOUT_SLICE);
    struct layout_slice extent = nothing;
    for (int i = first; i <= last && i < profile->count; i++)
        widen(&extent, &profile->slices[i], 0);
    *left = extent.left;
    *right = extent.right;
    return extent.left <= extent.right;
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
