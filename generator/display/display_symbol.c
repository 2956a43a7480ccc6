/* Vector art as symbols: roles become colours of the design, once for each hue. */
#include <string.h>

#include "display/display_internal.h"

static const struct design_colour *area_colour(const struct design *design, const char *tone, int hue)
{
    struct buf name = BUF_EMPTY;
    buf_printf(&name, "area-%d-%s", hue, tone);
    const struct design_colour *colour = design_lookup_colour(design, buf_text(&name));
    buf_free(&name);
    return colour;
}

/* The palette's name of a relative role: by hue, or the primary family where the place has none. A tile is the hue's
   `main`, unless the palette gives it a colour of its own, which can be pale in the agenda edition. */
static const struct design_colour *relative_colour(const struct design *design, const char *role, int hue)
{
    static const struct { const char *role, *primary; } family[] = {
        { "main", "primary" }, { "deep", "primary-deep" }, { "light", "primary-light" }, { "tint", "field" }, { "tile", "ground" },
    };
    for (size_t i = 0; i < sizeof family / sizeof *family; i++) {
        if (strcmp(role, family[i].role) != 0)
            continue;
        if (hue > 0) {
            const struct design_colour *colour = area_colour(design, role, hue);
            if (!colour && !strcmp(role, "tile"))
                colour = area_colour(design, "main", hue);
            if (colour)
                return colour;
        }
        const struct design_colour *colour = design_lookup_colour(design, family[i].primary);
        return colour ? colour : design_lookup_colour(design, "primary");
    }
    return NULL;
}

/* Art on the hue's own `main`. Where ink is what can be read there (amber), the light tone is too near: paper is not. */
static const struct design_colour *colour_on_main(const struct design *design, const char *role, int hue)
{
    const struct design_colour *on = display_role_colour(design, "on", hue);
    if (!strcmp(role, "main") || !strcmp(role, "deep"))
        return on;
    if (!strcmp(role, "light") && on && on != design_lookup_colour(design, "paper"))
        return design_lookup_colour(design, "paper");
    return display_role_colour(design, role, hue);
}

/* Art on the palette's `ground`, which is light in the agenda edition: what stands on it changes with it. */
static const struct design_colour *colour_on_ground(const struct design *design, const char *role)
{
    const struct design_colour *on = design_lookup_colour(design, "on-ground");
    const struct design_colour *accent = design_lookup_colour(design, "on-ground-accent");
    return !strcmp(role, "main") || !strcmp(role, "deep") ? on
           : !strcmp(role, "light")                       ? (accent ? accent : on)
                                                          : display_role_colour(design, role, 0);
}

/* Art on the hue's tile. Its second shape lies between the tile and what is written on it. */
static const struct design_colour *colour_on_tile(const struct design *design, const char *role, int hue)
{
    return display_role_colour(design, !strcmp(role, "main") || !strcmp(role, "deep") ? "on-tile" : role, hue);
}

static const struct design_colour *on_relative(const struct design *design, const char *role, int hue)
{
    const struct design_colour *ground = relative_colour(design, role, hue);
    return ground ? design_on(design, ground) : NULL;
}

const struct design_colour *display_role_colour(const struct design *design, const char *role, int hue)
{
    if (hue >= DISPLAY_ON_TILE)
        return colour_on_tile(design, role, hue - DISPLAY_ON_TILE);
    if (hue >= DISPLAY_ON_GROUND)
        return colour_on_ground(design, role);
    if (hue >= DISPLAY_ON_MAIN)
        return colour_on_main(design, role, hue - DISPLAY_ON_MAIN);
    if (!strcmp(role, "on"))
        return on_relative(design, "main", hue);
    if (!strcmp(role, "on-tile"))
        return on_relative(design, "tile", hue);
    const struct design_colour *colour = relative_colour(design, role, hue);
    return colour ? colour : design_lookup_colour(design, role);
}

/* A colour of foreign art: no one has picked its CMYK, so black is taken out and the rest left (no ink sum over 300 %). */
static const struct design_colour *foreign_colour(struct display_document *doc, const unsigned char rgb[3])
{
    struct display_cache *cache = doc->cache;
    for (size_t i = 0; i < cache->colour_count; i++)
        if (!memcmp(cache->colours[i]->rgb, rgb, 3))
            return cache->colours[i];
    struct design_colour *colour = arena_new_of(doc->arena, struct design_colour);
    unsigned char brightest = rgb[0] > rgb[1] ? rgb[0] : rgb[1];
    brightest = brightest > rgb[2] ? brightest : rgb[2];
    for (int i = 0; i < 3; i++) {
        colour->rgb[i] = colour->agenda[i] = rgb[i];
        colour->cmyk[i] = brightest ? 100.0 * (brightest - rgb[i]) / brightest : 0;
    }
    colour->cmyk[3] = 100.0 * (255 - brightest) / 255;
    colour->name = arena_printf(doc->arena, "#%02X%02X%02X", rgb[0], rgb[1], rgb[2]);
    VEC_GROW(cache->colours, cache->colour_capacity, cache->colour_count + 1);
    cache->colours[cache->colour_count++] = colour;
    return colour;
}

static const struct design_colour *art_colour(struct display_document *doc, const struct image_colour *colour, int hue)
{
    const struct design_colour *found = colour->role ? display_role_colour(doc->design, colour->role, hue) : NULL;
    /* The one light shape of an icon: "primary-light" is the second dark step, too dark for it. */
    if (found && hue < DISPLAY_ON_GROUND && hue % DISPLAY_ON_MAIN == 0 && !strcmp(colour->role, "light")) {
        const struct design_colour *bright = design_lookup_colour(doc->design, "primary-bright");
        found = bright ? bright : found;
    }
    return found ? found : foreign_colour(doc, colour->rgb);
}

static struct display_paint art_paint(struct display_document *doc, const struct image_paint *paint, double opacity,
                                      int hue)
{
    static const enum display_paint_kind kinds[] = {
        [IMAGE_NONE] = DISPLAY_NO_PAINT, [IMAGE_SOLID] = DISPLAY_SOLID,
        [IMAGE_LINEAR] = DISPLAY_LINEAR, [IMAGE_RADIAL] = DISPLAY_RADIAL,
    };
    struct display_paint out = { .kind = kinds[paint->kind] };
    if (paint->kind == IMAGE_NONE)
        return out;
    out.opacity = (paint->opacity > 0 ? paint->opacity : 1) * opacity;
    if (paint->kind == IMAGE_SOLID) {
        out.colour = art_colour(doc, &paint->colour, hue);
        return out;
    }
    out.from = paint->from;
    out.to = paint->to;
    out.radius = paint->radius;
    struct display_stop *stops = arena_array(doc->arena, struct display_stop, paint->stop_count);
    for (size_t i = 0; i < paint->stop_count; i++) {
        stops[i].offset = paint->stops[i].offset;
        stops[i].opacity = paint->stops[i].opacity;
        stops[i].colour = art_colour(doc, &paint->stops[i].colour, hue);
    }
    out.stops = stops;
    out.stop_count = paint->stop_count;
    if (paint->stop_count)
        out.colour = stops[0].colour;
    return out;
}

static void art_path(struct display_document *doc, const struct image_item *art, int hue, struct display_item *item)
{
    double opacity = art->opacity > 0 ? art->opacity : 1;
    item->kind = DISPLAY_PATH;
    item->box = path_bounds(&art->path);
    item->path.path = art->path;           /* the art outlives the document: it is shared, not copied */
    item->path.even_odd = art->even_odd;
    item->path.fill = art_paint(doc, &art->fill, opacity, hue);
    item->path.stroke = (struct display_stroke){
        .paint = art_paint(doc, &art->stroke, opacity, hue), .width = art->width, .cap = art->cap,
        .join = art->join, .dash_offset = art->dash_offset, .dash_count = art->dash_count,
    };
    memcpy(item->path.stroke.dash, art->dash, sizeof art->dash);
}

static struct display_item *art_item(struct display_document *doc, const struct image_item *art, int hue)
{
    struct display_item *item = arena_new_of(doc->arena, struct display_item);
    item->box = rect_empty;
    switch (art->op) {
    case IMAGE_PATH:
        art_path(doc, art, hue, item);
        break;
    case IMAGE_CLIP:
        item->kind = DISPLAY_PUSH_CLIP;
        item->clip.path = art->path;
        item->clip.even_odd = art->even_odd;
        break;
    case IMAGE_GROUP:
        item->kind = DISPLAY_PUSH_OPACITY;
        item->opacity = art->opacity;
        break;
    case IMAGE_POP:
        item->kind = DISPLAY_POP;
        break;
    }
    return item;
}

/* Items of the plan's number of focus areas; a group that is left out is left out whole. */
static struct display_item *art_items(struct display_document *doc, const struct image_vector *art, int hue, int areas)
{
    struct display_item *first = NULL, **end = &first;
    int hidden = 0;                        /* depth of groups inside one that is not shown */
    for (size_t i = 0; i < art->count; i++) {
        const struct image_item *a = &art->items[i];
        bool push = a->op == IMAGE_CLIP || a->op == IMAGE_GROUP;
        if (hidden || (a->op != IMAGE_POP && !image_item_shown(a, areas))) {
            hidden += push ? 1 : hidden && a->op == IMAGE_POP ? -1 : 0;
            continue;
        }
        *end = art_item(doc, a, hue);
        end = &(*end)->next;
    }
    return first;
}

const struct display_symbol *display_symbol_of(struct display_document *doc, const struct image_vector *art, int hue,
                                               int areas)
{
    struct display_cache *cache = doc->cache;
    for (size_t i = 0; i < cache->symbol_count; i++) {
        const struct display_cache_symbol *s = &cache->symbols[i];
        if (s->art == art && s->hue == hue && s->areas == areas)
            return s->symbol;
    }
    struct display_symbol *symbol = arena_new_of(doc->arena, struct display_symbol);
    const char *slash = strrchr(art->path, '/');
    symbol->name = slash ? slash + 1 : art->path;          /* the machine's folders do not belong in the output */
    symbol->box = (struct rect){ 0, 0, art->width, art->height };
    symbol->items = art_items(doc, art, hue, areas);
    VEC_GROW(cache->symbols, cache->symbol_capacity, cache->symbol_count + 1);
    cache->symbols[cache->symbol_count++] = (struct display_cache_symbol){ art, hue, areas, symbol };
    return symbol;
}
