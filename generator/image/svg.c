/* SVG art of the documented subset (docs/svg.md) as a list of paths in view box coordinates.

   Shapes are mapped by their transforms while reading, so that a painter only replays paths. What the list cannot say
   exactly (a circle's stroke under a skew, say) is reported as foreign rather than drawn nearly right. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "image/svg_internal.h"

/* ---- ids ---------------------------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    const struct svg_named *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void collect_ids(struct svg *svg, const struct xml_node *from)
{
    for (const struct xml_node *node = xml_first(from); node; node = xml_next(node)) {
        const char *id = xml_attribute(node, "id");
        if (id) {
            VEC_GROW(svg->named, svg->named_capacity, svg->named_count + 1);
            svg->named[svg->named_count] = (struct svg_named){ id, node, svg->named_count };
            svg->named_count++;
        }
        collect_ids(svg, node);
    }
}

const struct xml_node *svg_find_id(struct svg *svg, const char *id)
{
    if (!svg->named) {
        collect_ids(svg, svg->root);
        if (!svg->named_count)
            return NULL;
        qsort(svg->named, svg->named_count, sizeof *svg->named, by_id);
    }
    size_t low = 0, high = svg->named_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(svg->named[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < svg->named_count && !strcmp(svg->named[low].id, id) ? svg->named[low].node : NULL;
}

/* ---- context ------------------------------------------------------------------------------------------------ */

static const char svg_namespace[] = "http://www.w3.org/2000/svg";

bool svg_stop_foreign(struct svg *svg)
{
    svg->foreign = true;
    return false;
}

bool svg_stop_broken(struct svg *svg)
{
    svg->broken = true;
    return false;
}

bool svg_take(struct svg *svg, enum svg_result result)
{
    if (result == SVG_FOREIGN)
        return svg_stop_foreign(svg);
    return result == SVG_GOOD || svg_stop_broken(svg);
}

/* ---- attributes --------------------------------------------------------------------------------------------- */

static bool is_in(const char *name, const char *const *names)
{
    for (; names && *names; names++)
        if (*name == **names && !strcmp(name, *names))
            return true;
    return false;
}

/* Attributes that change nothing that is drawn. */
static bool is_silent(const char *name)
{
    static const char *const silent[] = { "id", "class", "style", "transform", "version", "baseProfile", "role",
                                          "tabindex", "focusable", "xml:lang", "xml:space", "lang", "space", NULL };
    return is_in(name, silent) || !strncmp(name, "data-", 5) || !strncmp(name, "aria-", 5);
}

bool svg_has_known_attributes(struct svg *svg, const struct xml_node *node, const char *const *own)
{
    for (size_t i = 0; i < xml_attribute_count(node); i++) {
        const char *name = xml_attribute_name(node, i);
        if (!is_silent(name) && !svg_is_property(name) && !is_in(name, own))
            return svg_stop_foreign(svg);
    }
    return true;
}

bool svg_read_coordinate(struct svg *svg, const struct xml_node *node, const char *name, double missing, double *out)
{
    const char *s = xml_attribute(node, name);
    *out = missing;
    return !s || svg_read_length(s, out) || svg_stop_foreign(svg);
}

bool svg_read_map(struct svg *svg, const struct xml_node *node, const char *name, struct affine *out)
{
    const char *s = xml_attribute(node, name);
    *out = affine_identity;
    return !s || svg_read_transform(s, out) || svg_stop_foreign(svg);
}

/* ---- the list ----------------------------------------------------------------------------------------------- */

static bool tell_limit(struct svg *svg, const struct xml_node *node)
{
    diag_error(svg->diag, xml_source(node), "E932", _("the drawing has more than %d parts or %d points"), SVG_MAX_ITEMS,
               SVG_MAX_POINTS);
    diag_remedy(svg->diag, _("simplify the drawing, or save it as a PNG picture"));
    return svg_stop_broken(svg);
}

static struct path keep_path(struct svg *svg, const struct path *path)
{
    return (struct path){ .verbs = arena_copy(svg->arena, path->verbs, path->verb_count),
                          .points = arena_copy(svg->arena, path->points, path->point_count * sizeof *path->points),
                          .verb_count = path->verb_count, .verb_capacity = path->verb_count,
                          .point_count = path->point_count, .point_capacity = path->point_count };
}

static bool put_item(struct svg *svg, const struct xml_node *node, const struct svg_context *context, struct image_item item)
{
    svg->points += item.path.point_count;
    if (svg->count >= SVG_MAX_ITEMS || svg->points > SVG_MAX_POINTS)
        return tell_limit(svg, node);
    VEC_GROW(svg->items, svg->capacity, svg->count + 1);
    item.min_areas = context->min_areas;
    item.max_areas = context->max_areas;
    svg->items[svg->count++] = item;
    return true;
}

/* ---- painting ----------------------------------------------------------------------------------------------- */

static void set_stroke(struct image_item *item, const struct svg_style *style, double stretch)
{
    item->width = style->width * stretch;
    item->miter = style->miter;
    item->cap = style->cap;
    item->join = style->join;
    item->dash_count = style->dash_count;
    item->dash_offset = style->dash_offset * stretch;
    for (int i = 0; i < style->dash_count; i++)
        item->dash[i] = style->dash[i] * stretch;
}

static struct rect common_part(struct rect a, struct rect b)
{
    double x = fmax(a.x, b.x), y = fmax(a.y, b.y);
    struct rect r = { x, y, fmin(a.x + a.width, b.x + b.width) - x, fmin(a.y + a.height, b.y + b.height) - y };
    return a.width < 0 || b.width < 0 || r.width < 0 || r.height < 0 ? rect_empty : r;
}

static void grow_ink(struct svg *svg, const struct image_item *item, struct rect visible)
{
    struct rect box = path_bounds(&item->path);
    /* How far a stroke reaches beyond its path: a miter farther than half its width. */
    double reach = item->stroke.kind == IMAGE_NONE ? 0 : item->width / 2 * (item->join == 0 ? item->miter : 1);
    if (box.width >= 0)
        box = (struct rect){ box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach };
    svg->ink = rect_union(svg->ink, common_part(box, visible));
}

static bool put_shape(struct svg *svg, const struct xml_node *node, const struct svg_context *context,
                      const struct path *path)
{
    const struct svg_style *style = &context->style;
    struct image_item item = { .op = IMAGE_PATH, .even_odd = style->even_odd, .opacity = 1 };
    if (!svg_make_paint(svg, &style->fill, path, context->map, &item.fill) ||
        !svg_make_paint(svg, &style->stroke, path, context->map, &item.stroke))
        return false;
    if (style->width <= 0)
        item.stroke.kind = IMAGE_NONE;
    if (style->hidden || (item.fill.kind == IMAGE_NONE && item.stroke.kind == IMAGE_NONE))
        return true;
    if (item.stroke.kind != IMAGE_NONE && !svg_is_similarity(context->map))
        return svg_stop_foreign(svg);
    set_stroke(&item, style, affine_stretch(context->map));
    struct path mapped = PATH_EMPTY;
    path_append(&mapped, path, context->map);
    item.path = keep_path(svg, &mapped);
    path_free(&mapped);
    grow_ink(svg, &item, context->visible);
    return put_item(svg, node, context, item);
}

static bool read_shape_element(struct svg *svg, const struct xml_node *node, const struct svg_shape *shape,
                               const struct svg_context *context)
{
    struct path path = PATH_EMPTY;
    bool good = svg_has_known_attributes(svg, node, shape->own) && !xml_first(node) && shape->read(svg, node, &path);
    if (xml_first(node))
        svg_stop_foreign(svg);     /* an animation, or a title that a drawing program puts there */
    if (good && path.verb_count)
        good = put_shape(svg, node, context, &path);
    path_free(&path);
    return good;
}

/* ---- clipping ----------------------------------------------------------------------------------------------- */

/* A clipPath holds one shape: the union of several is a path only when they do not overlap. */
static bool push_clip(struct svg *svg, const struct xml_node *at, struct svg_context *context)
{
    const struct xml_node *node = svg_find_id(svg, context->style.clip);
    const struct xml_node *inner = node && !strcmp(xml_name(node), "clipPath") ? xml_first(node) : NULL;
    const struct svg_shape *shape = inner ? svg_find_shape(xml_name(inner)) : NULL;
    if (!shape || xml_next(inner) || xml_first(inner))
        return svg_stop_foreign(svg);
    static const char *const own[] = { "clipPathUnits", NULL };
    const char *units = xml_attribute(node, "clipPathUnits");
    struct svg_style style;
    struct affine outer_map, inner_map;
    svg_style_initial(&style);
    if ((units && strcmp(units, "userSpaceOnUse")) || !svg_has_known_attributes(svg, node, own) ||
        !svg_has_known_attributes(svg, inner, shape->own) || !svg_read_map(svg, node, "transform", &outer_map) ||
        !svg_read_map(svg, inner, "transform", &inner_map) ||
        !svg_take(svg, svg_style_apply(&style, node, svg->arena)) || style.clip ||
        !svg_take(svg, svg_style_apply(&style, inner, svg->arena)) || style.clip)
        return svg_stop_foreign(svg);
    struct path path = PATH_EMPTY, mapped = PATH_EMPTY;
    bool good = shape->read(svg, inner, &path);
    path_append(&mapped, &path, affine_multiply(affine_multiply(inner_map, outer_map), context->map));
    struct image_item item = { .op = IMAGE_CLIP, .even_odd = style.clip_even_odd, .opacity = 1 };
    item.path = keep_path(svg, &mapped);
    context->visible = common_part(context->visible, path_bounds(&mapped));
    path_free(&path);
    path_free(&mapped);
    return good && put_item(svg, at, context, item);
}

/* ---- elements ----------------------------------------------------------------------------------------------- */

static bool read_children(struct svg *, const struct xml_node *, const struct svg_context *);
static bool read_element(struct svg *, const struct xml_node *, const struct svg_context *);

/* "4": at least 4; "2-3": from 2 to 3. What the parents ask for holds as well. */
static bool read_areas(struct svg *svg, const struct xml_node *node, struct svg_context *context)
{
    const char *s = xml_attribute(node, "data-areas");
    double low, high = 0;
    if (!s)
        return true;
    bool read = svg_scan_number(&s, &low) && (!*s || (*s++ == '-' && svg_scan_number(&s, &high) && !*s));
    if (!read || low < 0 || low > 99 || high < 0 || high > 99) {
        diag_error(svg->diag, xml_source(node), "E931", _("data-areas=\"%s\" is no number of focus areas"),
                   xml_attribute(node, "data-areas"));
        diag_remedy(svg->diag, _("write \"4\" for at least four, or \"2-3\" for two or three"));
        return svg_stop_broken(svg);
    }
    context->min_areas = low > context->min_areas ? (int)low : context->min_areas;
    if (high > 0 && (!context->max_areas || high < context->max_areas))
        context->max_areas = (int)high;
    return true;
}

/* <symbol> is drawn only where it is used. With a viewBox of its own it would be fitted and cut: foreign. */
static bool read_symbol(struct svg *svg, const struct xml_node *node, struct svg_context *context)
{
    static const char *const own[] = { "overflow", NULL };
    const char *overflow = xml_attribute(node, "overflow");
    if (!overflow || strcmp(overflow, "visible") || !svg_has_known_attributes(svg, node, own))
        return svg_stop_foreign(svg);
    if (!svg_take(svg, svg_style_apply(&context->style, node, svg->arena)))
        return false;
    if (context->style.opacity < 1 || context->style.clip || xml_attribute(node, "transform"))
        return svg_stop_foreign(svg);
    return read_children(svg, node, context);
}

static bool read_use(struct svg *svg, const struct xml_node *node, struct svg_context *context)
{
    static const char *const own[] = { "href", "x", "y", NULL };
    const char *href = xml_attribute(node, "href");        /* xlink:href, of another namespace, is foreign */
    double x, y;
    if (!svg_has_known_attributes(svg, node, own) || !svg_read_coordinate(svg, node, "x", 0, &x) ||
        !svg_read_coordinate(svg, node, "y", 0, &y))
        return false;
    const struct xml_node *target = href && *href == '#' ? svg_find_id(svg, href + 1) : NULL;
    if (!target)
        return svg_stop_foreign(svg);
    if (++context->uses > SVG_MAX_USE_DEPTH) {
        diag_error(svg->diag, xml_source(node), "E932", _("<use> stands inside <use> more than %d deep"),
                   SVG_MAX_USE_DEPTH);
        diag_remedy(svg->diag, _("the drawing refers to itself: save it with the symbols resolved"));
        return svg_stop_broken(svg);
    }
    context->map = affine_multiply(affine_translate(x, y), context->map);
    if (!strcmp(xml_name(target), "symbol"))
        return ++svg->visits > SVG_MAX_VISITS ? tell_limit(svg, node) : read_symbol(svg, target, context);
    return read_element(svg, target, context);
}

static bool is_named(const struct xml_node *node, const char *const *names)
{
    return is_in(xml_name(node), names);
}

/* What is inside an element's clip and opacity. */
static bool read_content(struct svg *svg, const struct xml_node *node, struct svg_context *context)
{
    const struct svg_shape *shape = svg_find_shape(xml_name(node));
    if (shape)
        return read_shape_element(svg, node, shape, context);
    if (!strcmp(xml_name(node), "use"))
        return read_use(svg, node, context);
    return svg_has_known_attributes(svg, node, NULL) && read_children(svg, node, context);
}

/* The group that an opacity makes is left out where one paint does the same. */
static bool fold_opacity(const struct xml_node *node, struct svg_style *style)
{
    if (!svg_find_shape(xml_name(node)) || (style->fill.kind != SVG_NO_PAINT && style->stroke.kind != SVG_NO_PAINT))
        return false;
    style->fill.opacity *= style->opacity;
    style->stroke.opacity *= style->opacity;
    return true;
}

static bool read_wrapped(struct svg *svg, const struct xml_node *node, struct svg_context *context)
{
    bool group = context->style.opacity < 1 && !fold_opacity(node, &context->style);
    bool clip = context->style.clip != NULL;
    if (clip && !push_clip(svg, node, context))
        return false;
    struct image_item push = { .op = IMAGE_GROUP, .opacity = context->style.opacity };
    struct image_item pop = { .op = IMAGE_POP, .opacity = 1 };
    if (group && !put_item(svg, node, context, push))
        return false;
    struct svg_context inside = *context;
    if (!read_content(svg, node, &inside))
        return false;
    return (!group || put_item(svg, node, context, pop)) && (!clip || put_item(svg, node, context, pop));
}

static bool read_element(struct svg *svg, const struct xml_node *node, const struct svg_context *parent)
{
    static const char *const silent[] = { "title", "desc", "metadata", "defs", "symbol", "linearGradient",
                                          "radialGradient", "clipPath", NULL };
    if (strcmp(xml_namespace(node), svg_namespace) || is_named(node, silent))
        return true;           /* SVG 1.1, 23.3: elements of other namespaces are not drawn */
    if (!svg_find_shape(xml_name(node)) && strcmp(xml_name(node), "g") && strcmp(xml_name(node), "use"))
        return svg_stop_foreign(svg);
    if (++svg->visits > SVG_MAX_VISITS)
        return tell_limit(svg, node);
    struct svg_context context = *parent;
    struct affine own;
    if (!svg_take(svg, svg_style_apply(&context.style, node, svg->arena)) || !read_areas(svg, node, &context) ||
        !svg_read_map(svg, node, "transform", &own))
        return false;
    if (context.style.dropped)
        return true;
    context.map = affine_multiply(own, parent->map);
    return read_wrapped(svg, node, &context);
}

static bool read_children(struct svg *svg, const struct xml_node *node, const struct svg_context *context)
{
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child))
        if (!read_element(svg, child, context))
            return false;
    return true;
}

/* ---- the drawing -------------------------------------------------------------------------------------------- */

static bool read_view_box(struct svg *svg, struct rect *box)
{
    const char *s = xml_attribute(svg->root, "viewBox"), *fit = xml_attribute(svg->root, "preserveAspectRatio");
    double v[4];
    if (fit && strcmp(fit, "xMidYMid meet") && strcmp(fit, "xMidYMid"))
        return svg_stop_foreign(svg);
    if (!s) {
        if (!xml_attribute(svg->root, "width") || !xml_attribute(svg->root, "height"))
            return svg_stop_foreign(svg);
        *box = (struct rect){ 0, 0, 0, 0 };
        return svg_read_coordinate(svg, svg->root, "width", 0, &box->width) &&
               svg_read_coordinate(svg, svg->root, "height", 0, &box->height);
    }
    bool four = svg_read_numbers(s, v, 4) == 4;
    if (!four || !(v[2] > 0) || !(v[3] > 0) || v[2] > SVG_MAX_COORDINATE || v[3] > SVG_MAX_COORDINATE) {
        diag_error(svg->diag, xml_source(svg->root), "E931", _("viewBox=\"%s\" is no box"), s);
        diag_remedy(svg->diag, _("write four numbers: left, top, width, height"));
        return svg_stop_broken(svg);
    }
    *box = (struct rect){ v[0], v[1], v[2], v[3] };
    return true;
}

/* SVG 1.1, 14.3.1: the outermost svg element clips to its view box. Art that stays inside needs no clip. */
static void clip_to_view_box(struct svg *svg, struct rect box)
{
    box.x = box.y = 0;
    if (rect_contains(box, svg->ink, 1e-6) || !svg->count)
        return;
    struct path path = PATH_EMPTY;
    path_rect(&path, box);
    VEC_GROW(svg->items, svg->capacity, svg->count + 2);
    memmove(svg->items + 1, svg->items, svg->count * sizeof *svg->items);
    svg->items[0] = (struct image_item){ .op = IMAGE_CLIP, .opacity = 1, .path = keep_path(svg, &path) };
    svg->items[svg->count + 1] = (struct image_item){ .op = IMAGE_POP, .opacity = 1 };
    svg->count += 2;
    path_free(&path);
}

static bool read_drawing(struct svg *svg, struct rect *box)
{
    static const char *const own[] = { "viewBox", "width", "height", "preserveAspectRatio", "x", "y", NULL };
    if (strcmp(xml_namespace(svg->root), svg_namespace) || strcmp(xml_name(svg->root), "svg")) {
        diag_error(svg->diag, xml_source(svg->root), "E931", _("<%s> is no SVG drawing"), xml_name(svg->root));
        diag_remedy(svg->diag, _("the outermost element must be <svg xmlns=\"%s\">"), svg_namespace);
        return svg_stop_broken(svg);
    }
    if (!svg_has_known_attributes(svg, svg->root, own) || !read_view_box(svg, box))
        return false;
    if (!(box->width > 0) || !(box->height > 0))
        return svg_stop_foreign(svg);
    const double all = 4 * SVG_MAX_COORDINATE;
    struct svg_context context = { .map = affine_translate(-box->x, -box->y), .visible = { -all, -all, 2 * all, 2 * all } };
    svg_style_initial(&context.style);
    if (!svg_take(svg, svg_style_apply(&context.style, svg->root, svg->arena)))
        return false;
    if (context.style.opacity < 1 || context.style.clip || xml_attribute(svg->root, "transform"))
        return svg_stop_foreign(svg);
    if (!read_children(svg, svg->root, &context))
        return false;
    clip_to_view_box(svg, *box);
    return true;
}

bool image_item_shown(const struct image_item *item, int areas)
{
    return areas >= item->min_areas && (!item->max_areas || areas <= item->max_areas);
}

static const struct image_vector *read_document(const char *name, struct xml_document *doc, struct arena *arena,
                                                bool *foreign, struct diag *diag)
{
    struct svg svg = { .arena = arena, .diag = diag, .root = xml_root(doc), .ink = rect_empty };
    struct rect box;
    struct image_vector *vector = NULL;
    if (read_drawing(&svg, &box)) {
        vector = arena_new_of(arena, struct image_vector);
        *vector = (struct image_vector){ box.width, box.height,
                                         arena_copy(arena, svg.items, svg.count * sizeof *svg.items), svg.count,
                                         arena_strdup(arena, name) };
    }
    *foreign = svg.foreign && !svg.broken;
    mem_free(svg.items);
    mem_free(svg.named);
    return vector;
}

const struct image_vector *image_read_svg(const char *path, struct arena *arena, bool *foreign, struct diag *diag)
{
    *foreign = false;
    struct xml_document *doc = xml_read(path, diag);
    const struct image_vector *vector = doc ? read_document(path, doc, arena, foreign, diag) : NULL;
    xml_free(doc);
    return vector;
}

const struct image_vector *image_decode_svg(const char *name, const void *bytes, size_t n, struct arena *arena,
                                            bool *foreign, struct diag *diag)
{
    *foreign = false;
    struct xml_document *doc = xml_read_bytes(name, bytes, n, diag);
    const struct image_vector *vector = doc ? read_document(name, doc, arena, foreign, diag) : NULL;
    xml_free(doc);
    return vector;
}
