/* What lies under a point of a page: the paints that were put there one upon another. Fills by their outline, broad lines
   by their width, both within their clips; gradients and tints as they are at the point. */
#include <math.h>

#include "display/display_internal.h"

static const double flatness = 0.2, narrowest_line = 3;

/* A clip that is open, in the coordinates that `inverse` leads to from the page's. */
struct clip {
    const struct display_item *item;
    struct affine inverse;
    struct path flat;
    struct clip *outer;
    struct clip *before;                   /* the one that was opened before it, for whoever frees them */
};

/* What is open round an item. */
struct state {
    struct affine matrix, inverse;
    double opacity;
    struct clip *clip;
};

struct display_ground {
    const struct display_item *item;
    struct state state;
    struct path *flats;                    /* the outlines of the item, or of a symbol's items, made when first asked for */
    size_t flat_count;
    struct display_ground *below;
};

enum { MOST_DEPTH = 64 };

struct display_grounds {
    struct arena *arena;
    struct display_ground *top;
    struct clip *last_clip;
    struct state states[MOST_DEPTH + 1];
    int depth;
};

/* ---- is the point in it? -------------------------------------------------------------------------------------- */

static double distance(struct point p, struct point a, struct point b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    double t = length > 0 ? fmax(0, fmin(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length)) : 0;
    return hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

struct winding {
    struct point p;
    int turns, crossings;
    bool measured;                         /* how near the path comes is asked for, too */
    double nearest;
};

static void pass(struct winding *w, struct point a, struct point b, bool drawn)
{
    if (drawn && w->measured)
        w->nearest = fmin(w->nearest, distance(w->p, a, b));
    if ((a.y <= w->p.y) == (b.y <= w->p.y))
        return;
    if (a.x + (w->p.y - a.y) / (b.y - a.y) * (b.x - a.x) <= w->p.x)
        return;
    w->turns += a.y < b.y ? 1 : -1;
    w->crossings++;
}

/* How a flat path goes round a point, and how near when that is to be measured. */
static struct winding wind(const struct path *flat, struct point p, bool measured)
{
    struct winding w = { p, 0, 0, measured, INFINITY };
    struct point start = { 0, 0 }, at = { 0, 0 };
    const struct point *next = flat->points;
    for (size_t i = 0; i < flat->verb_count; i++) {
        struct point to = flat->verbs[i] == PATH_CLOSE ? start : *next++;
        if (flat->verbs[i] == PATH_MOVE) {
            pass(&w, at, start, false);
            start = to;
        } else {
            pass(&w, at, to, true);
        }
        at = to;
    }
    pass(&w, at, start, false);
    return w;
}

static bool inside(struct winding w, bool even_odd)
{
    return even_odd ? w.crossings % 2 != 0 : w.turns != 0;
}

/* The same points are asked of again and again, hence each outline is made flat once. */
static const struct path *flatten_once(const struct path *path, struct path *flat)
{
    if (!flat->verb_count)
        path_flatten(path, flatness, flat);
    return flat;
}

static bool inside_clip(const struct display_item *item, struct path *flat, struct point p)
{
    return inside(wind(flatten_once(&item->clip.path, flat), p, false), item->clip.even_odd);
}

static bool inside_clips(struct clip *clip, struct point p)
{
    for (; clip; clip = clip->outer)
        if (!inside_clip(clip->item, &clip->flat, affine_apply(clip->inverse, p)))
            return false;
    return true;
}

/* ---- its colour ----------------------------------------------------------------------------------------------- */

static void mix(struct display_under *under, const struct design_colour *colour, double opacity)
{
    under->name = opacity >= 0.5 ? colour->name : under->name;
    under->known = under->known || opacity >= 1;
    for (int i = 0; i < 3; i++) {
        under->rgb[i] += (colour->rgb[i] - under->rgb[i]) * opacity;
        under->agenda[i] += (colour->agenda[i] - under->agenda[i]) * opacity;
    }
}

static double opacity_of(double opacity)
{
    return opacity <= 0 ? 1 : fmin(opacity, 1);
}

/* The colour of a gradient at `t`, as two stops blend. */
static void mix_stops(struct display_under *under, const struct display_paint *paint, double t, double opacity)
{
    size_t i = 1;
    while (i < paint->stop_count && paint->stops[i].offset < t)
        i++;
    const struct display_stop *a = &paint->stops[i - 1], *b = i < paint->stop_count ? &paint->stops[i] : a;
    double room = b->offset - a->offset, share = room > 0 ? fmax(0, fmin(1, (t - a->offset) / room)) : 0;
    struct display_under blend = { .known = true };
    mix(&blend, a->colour, 1);
    mix(&blend, b->colour, share);
    double cover = opacity * (a->opacity + (b->opacity - a->opacity) * share);
    under->known = under->known || cover >= 1;
    under->name = cover >= 0.5 ? blend.name : under->name;
    for (int k = 0; k < 3; k++) {
        under->rgb[k] += (blend.rgb[k] - under->rgb[k]) * cover;
        under->agenda[k] += (blend.agenda[k] - under->agenda[k]) * cover;
    }
}

static void mix_paint(struct display_under *under, const struct display_paint *paint, struct point p, double opacity)
{
    opacity *= opacity_of(paint->opacity);
    if (paint->kind == DISPLAY_SOLID) {
        mix(under, paint->colour, opacity);
    } else if (paint->kind != DISPLAY_NO_PAINT && paint->stop_count) {
        double dx = paint->to.x - paint->from.x, dy = paint->to.y - paint->from.y, length = dx * dx + dy * dy;
        double along = length > 0 ? ((p.x - paint->from.x) * dx + (p.y - paint->from.y) * dy) / length : 0;
        double out = paint->radius > 0 ? hypot(p.x - paint->from.x, p.y - paint->from.y) / paint->radius : 0;
        mix_stops(under, paint, paint->kind == DISPLAY_LINEAR ? along : out, opacity);
    }
}

static void mix_path(struct display_under *under, const struct display_item *item, const struct path *flat,
                     struct point p, double opacity)
{
    const struct display_stroke *stroke = &item->path.stroke;
    bool stroked = stroke->paint.kind != DISPLAY_NO_PAINT && stroke->width >= narrowest_line && !stroke->dash_count;
    struct winding w = wind(flat, p, stroked);
    if (item->path.fill.kind != DISPLAY_NO_PAINT && inside(w, item->path.even_odd))
        mix_paint(under, &item->path.fill, p, opacity);
    if (stroked && w.nearest <= stroke->width / 2)
        mix_paint(under, &stroke->paint, p, opacity);
}

/* A symbol's items, which hold clips and opacities but no transformations. */
static void mix_symbol(struct display_under *under, struct display_ground *ground, struct point p)
{
    double cover[MOST_DEPTH + 1] = { ground->state.opacity };
    struct path *flat = ground->flats;
    int depth = 0;
    for (const struct display_item *i = ground->item->symbol.symbol->items; i; i = i->next, flat++) {
        if (i->kind == DISPLAY_POP) {
            depth -= depth > 0;
        } else if (i->kind >= DISPLAY_PUSH_CLIP && depth < MOST_DEPTH) {
            double factor = i->kind == DISPLAY_PUSH_OPACITY ? i->opacity : 1;
            if (i->kind == DISPLAY_PUSH_CLIP && !inside_clip(i, flat, p))
                factor = 0;
            cover[depth + 1] = cover[depth] * factor;
            depth++;
        } else if (i->kind == DISPLAY_PATH && cover[depth] > 0) {
            mix_path(under, i, flatten_once(&i->path.path, flat), p, cover[depth]);
        }
    }
}

static void mix_ground(struct display_under *under, struct display_ground *ground, struct point p)
{
    const struct display_item *item = ground->item;
    if (!rect_contains(item->box, (struct rect){ p.x, p.y, 0, 0 }, 0) || !inside_clips(ground->state.clip, p))
        return;
    p = affine_apply(ground->state.inverse, p);
    struct affine back;
    if (item->kind == DISPLAY_BITMAP) {
        under->known = false;
    } else if (item->kind == DISPLAY_SYMBOL) {
        if (affine_invert(item->symbol.matrix, &back))
            mix_symbol(under, ground, affine_apply(back, p));
    } else {
        mix_path(under, item, flatten_once(&item->path.path, ground->flats), p, ground->state.opacity);
    }
}

/* ---- a page, item by item ------------------------------------------------------------------------------------- */

struct display_grounds *display_grounds_new(struct arena *arena)
{
    struct display_grounds *grounds = arena_new_of(arena, struct display_grounds);
    grounds->arena = arena;
    grounds->states[0] = (struct state){ affine_identity, affine_identity, 1, NULL };
    return grounds;
}

void display_grounds_free(struct display_grounds *grounds)
{
    for (struct display_ground *g = grounds->top; g; g = g->below)
        for (size_t i = 0; i < g->flat_count; i++)
            path_free(&g->flats[i]);
    for (struct clip *clip = grounds->last_clip; clip; clip = clip->before)
        path_free(&clip->flat);
}

static void push(struct display_grounds *grounds, const struct display_item *item)
{
    if (grounds->depth >= MOST_DEPTH)
        return;
    struct state *state = &grounds->states[++grounds->depth];
    *state = state[-1];
    if (item->kind == DISPLAY_PUSH_OPACITY) {
        state->opacity *= item->opacity;
    } else if (item->kind == DISPLAY_PUSH_TRANSFORM) {
        state->matrix = affine_multiply(item->matrix, state->matrix);
        affine_invert(state->matrix, &state->inverse);
    } else {
        struct clip *clip = arena_new_of(grounds->arena, struct clip);
        *clip = (struct clip){ item, state->inverse, PATH_EMPTY, state->clip, grounds->last_clip };
        state->clip = grounds->last_clip = clip;
    }
}

void display_grounds_add(struct display_grounds *grounds, const struct display_item *item)
{
    if (item->kind == DISPLAY_POP)
        grounds->depth -= grounds->depth > 0;
    else if (item->kind >= DISPLAY_PUSH_CLIP)
        push(grounds, item);
    if (item->kind == DISPLAY_GLYPHS || item->kind >= DISPLAY_PUSH_CLIP)
        return;
    if (item->box.width < narrowest_line || item->box.height < narrowest_line)
        return;
    struct display_ground *ground = arena_new_of(grounds->arena, struct display_ground);
    *ground = (struct display_ground){ item, grounds->states[grounds->depth], NULL, 1, grounds->top };
    if (item->kind == DISPLAY_SYMBOL)
        for (const struct display_item *i = item->symbol.symbol->items; i; i = i->next)
            ground->flat_count++;
    ground->flats = arena_array(grounds->arena, struct path, ground->flat_count);
    grounds->top = ground;
}

double display_grounds_opacity(const struct display_grounds *grounds)
{
    return grounds->states[grounds->depth].opacity;
}

struct point display_grounds_place(const struct display_grounds *grounds, struct point p)
{
    return affine_apply(grounds->states[grounds->depth].matrix, p);
}

size_t display_grounds_below(const struct display_grounds *grounds, struct rect box, struct display_ground **out,
                             size_t most)
{
    size_t n = 0;
    for (struct display_ground *g = grounds->top; g && n < most; g = g->below)
        if (rect_intersects(g->item->box, box))
            out[n++] = g;
    return n;
}

struct display_under display_grounds_at(struct display_ground *const *below, size_t n, const struct design_colour *paper,
                                        struct point p)
{
    struct display_under under = { .known = true };
    mix(&under, paper, 1);
    while (n)
        mix_ground(&under, below[--n], p);
    return under;
}
