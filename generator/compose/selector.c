/* Selectors: the elements of an arrangement that take content from what is in hand and make boxes of it. Those that take a
   line of text are in selector_line.c. */
#include <string.h>

#include "compose/arrange.h"

/* ---- blocks ---------------------------------------------------------------------------------------------------------- */
static int place_word(const struct design_element *e, int missing)
{
    const char *place = design_attribute(e, "place");
    return !place ? missing : !strcmp(place, "left") ? -1 : !strcmp(place, "centre") ? 0 : 1;
}

static struct run_drawing drawing_of(const struct run *run, const struct design_element *e)
{
    return (struct run_drawing){ .width = run_length(run, e, "width", 0), .height = run_length(run, e, "height", 0),
                                 .radius = run_length(run, e, "radius", 0), .place = place_word(e, 0),
                                 .caption = run_align(e, "caption", DESIGN_START),
                                 .style = design_attribute(e, "style"),
                                 .ground = design_attribute(e, "ground") };
}

static void take_one(struct run *run, const struct design_element *e, struct run_context *context,
                     const struct plan_block *block, struct layout_box *parent, struct run_look look)
{
    struct layout_box *before = parent->last;
    bool drawn = block->kind == PLAN_ILLUSTRATION || block->kind == PLAN_CHART || block->kind == PLAN_KEY_FIGURE ||
                 block->kind == PLAN_PICTURE;
    if (design_attribute(e, "style"))
        look.text = look.list = design_attribute(e, "style");
    run_take(run, block);
    if (drawn)
        run_illustration(run, context, block, parent, drawing_of(run, e));
    else
        run_block(run, context, block, parent, look, false);
    struct layout_box *box = before ? before->next : parent->first;
    if (!box)
        return;
    box->margin.top += run_length(run, e, "margin-top", 0);
    parent->last->margin.bottom += run_length(run, e, "margin-bottom", 0);
}

static void build_take(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    bool all = design_flag(e, "all", false);
    const struct plan_block *block;
    while ((block = run_find_block(run, context, design_attribute(e, "what")))) {
        take_one(run, e, context, block, parent, look);
        if (!all)
            return;
    }
}

/* "gutter right left": the place of the context in its <each> chooses. */
static enum layout_side side_of(const char *sides, size_t index)
{
    static const struct { const char *name; enum layout_side side; } names[] = {
        { "left", LAYOUT_SIDE_LEFT },   { "right", LAYOUT_SIDE_RIGHT }, { "gutter", LAYOUT_SIDE_GUTTER },
        { "outer", LAYOUT_SIDE_OUTER }, { "inner", LAYOUT_SIDE_INNER },
    };
    size_t count = 1;
    for (const char *at = sides; at && *at; at++)
        count += *at == ' ';
    const char *at = sides ? sides : "right";
    for (size_t skip = index % count; skip; skip--)
        at = strchr(at, ' ') + 1;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strncmp(at, names[i].name, strlen(names[i].name)))
            return names[i].side;
    return LAYOUT_SIDE_RIGHT;
}

static void add_float(struct layout_box *columns, struct layout_float *one)
{
    struct layout_float **end = &columns->floats;
    while (*end)
        end = &(*end)->next;
    *end = one;
}

/* A drawing that takes all the height there is leaves some for the caption below the columns. */
struct reserved {
    struct layout_drawing *inner;
    double below;
};

static struct layout_size measure_reserved(void *data, struct layout_size room)
{
    const struct reserved *r = data;
    if (room.height > r->below)
        room.height -= r->below;
    return r->inner->measure(r->inner->data, room);
}

static void draw_reserved(void *data, struct display_page *page, struct rect frame)
{
    const struct reserved *r = data;
    r->inner->draw(r->inner->data, page, frame);
}

static void outline_reserved(void *data, struct rect frame, struct path *out)
{
    const struct reserved *r = data;
    if (r->inner->outline)
        r->inner->outline(r->inner->data, frame, out);
    else
        path_rect(out, frame);
}

static struct layout_drawing *reserved(struct run *run, struct layout_drawing *inner, double below)
{
    struct reserved *r = arena_new_of(run->building, struct reserved);
    struct layout_drawing *outer = arena_new_of(run->building, struct layout_drawing);
    *r = (struct reserved){ inner, below };
    *outer = (struct layout_drawing){ .data = r, .measure = measure_reserved, .draw = draw_reserved,
                                      .outline = outline_reserved };
    return outer;
}

static void build_float(struct run *run, const struct design_element *e, struct run_context *context,
                        struct layout_box *parent, struct run_look look)
{
    const struct plan_block *block = run_find_block(run, context, design_attribute(e, "of"));
    if (!block)
        return;
    run_take(run, block);
    struct layout_box *box = run_drawn(run, context, block, drawing_of(run, e));
    if (parent->kind != LAYOUT_COLUMNS || !box) {
        run_block(run, context, block, parent, look, false);
        return;
    }
    struct layout_float *one = arena_new_of(run->building, struct layout_float);
    *one = (struct layout_float){ .box = box, .side = side_of(design_attribute(e, "side"), context->index),
                                  .align = 0.5 + 0.5 * run_vertical(e, 0), .offset = run_length(run, e, "offset", 0),
                                  .gap = run_length(run, e, "gap", 0), .width = run_length(run, e, "width", 0) };
    add_float(parent, one);
    if (block->title || block->kind == PLAN_PICTURE)
        box->drawing = reserved(run, box->drawing, 2 * run->design->page.baseline_step);
    /* The caption of a drawing among columns stands below them. */
    if (parent->parent) {
        struct layout_box *last = parent->parent->last;
        run_caption(run, context, block, parent->parent, drawing_of(run, e).caption);
        parent->keep_next |= parent->parent->last != last;
    }
}

/* ---- drawings -------------------------------------------------------------------------------------------------------- */
static struct layout_box *drawing_box(struct run *run, const struct design_element *e, struct layout_box *parent,
                                      struct layout_drawing *drawing)
{
    struct layout_box *box = run_box(run, parent, LAYOUT_DRAWING, e->at, e->name);
    box->drawing = drawing;
    box->place = place_word(e, -1);
    box->margin.top = run_length(run, e, "margin-top", 0);
    box->margin.bottom = run_length(run, e, "margin-bottom", 0);
    box->margin.left = run_length(run, e, "margin-left", 0);
    return box;
}

static const char *icon_of(const struct run_context *context)
{
    return context->item ? context->item->icon : context->block ? context->block->icon : context->part->icon;
}

static void build_icon(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    const char *name = icon_of(context), *shape = design_attribute(e, "shape");
    const struct image_vector *art = name ? run_icon(run, name, run_place_of(context)) : NULL;
    look = run_look_of(e, look);
    if (art)
        drawing_box(run, e, parent, chart_icon(&run->charts, art, look.hue,
                                               run_colour(run, design_attribute(e, "ground"), look.hue),
                                               shape, run_length(run, e, "size", 24)));
}

/* A drawing whose foot stands out below its box: a scene that breaks out of its field. */
struct overhang {
    struct layout_drawing *inner;
    double depth;
};

static struct layout_size measure_overhang(void *data, struct layout_size room)
{
    const struct overhang *o = data;
    if (room.height > 0)
        room.height += o->depth;
    struct layout_size size = o->inner->measure(o->inner->data, room);
    size.height = size.height > o->depth ? size.height - o->depth : 0;
    return size;
}

static void draw_overhang(void *data, struct display_page *page, struct rect frame)
{
    const struct overhang *o = data;
    frame.height += o->depth;
    o->inner->draw(o->inner->data, page, frame);
}

static struct layout_drawing *overhung(struct run *run, struct layout_drawing *inner, double depth)
{
    if (depth <= 0)
        return inner;
    struct overhang *o = arena_new_of(run->building, struct overhang);
    struct layout_drawing *outer = arena_new_of(run->building, struct layout_drawing);
    *o = (struct overhang){ inner, depth };
    *outer = (struct layout_drawing){ .data = o, .measure = measure_overhang, .draw = draw_overhang };
    return outer;
}

/* "spots/{icon}.svg": {icon}, {index} and {id} of what is in hand; NULL when it has no icon. */
static const char *art_name(struct run *run, const struct run_context *context, const char *pattern)
{
    const char *icon = icon_of(context);
    if (!icon && strstr(pattern, "{icon}"))
        return NULL;
    const struct { const char *key, *value; } names[] = {
        { "{icon}", icon ? icon : "" },
        { "{id}", context->part->id },
        { "{index}", arena_printf(run->building, "%zu", context->index + 1) },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *at = strstr(pattern, names[i].key);
        if (at)
            pattern = arena_printf(run->building, "%.*s%s%s", (int)(at - pattern), pattern, names[i].value,
                                   at + strlen(names[i].key));
    }
    return pattern;
}

static void build_art(struct run *run, const struct design_element *e, struct run_context *context,
                      struct layout_box *parent, struct run_look look)
{
    const char *other = design_attribute(e, "else"), *shape = design_attribute(e, "shape");
    const char *src = art_name(run, context, design_attribute(e, "src"));
    const struct image_vector *art = src ? run_art(run, src, e->at, !other) : NULL;
    look = run_look_of(e, look);
    if (!art && other) {
        src = art_name(run, context, other);
        art = src ? run_art(run, src, e->at, true) : NULL;
    }
    if (!art)
        return;
    struct layout_drawing *drawn = chart_picture(&run->charts, NULL, art, shape ? shape : "rectangle", look.hue,
                                                 run_length(run, e, "width", 0), run_length(run, e, "height", 0));
    drawing_box(run, e, parent, overhung(run, drawn, run_length(run, e, "overhang", 0)));
}

static void build_dots(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    (void)look;
    run_dots(run, context, e, parent);
}

static void build_goals(struct run *run, const struct design_element *e, struct run_context *context,
                        struct layout_box *parent, struct run_look look)
{
    (void)look;
    run_goals(run, context, e, parent);
}

/* ---- the table of selectors ------------------------------------------------------------------------------------------ */
static const struct {
    const char *name;
    run_builder *build;
} selectors[] = {
    { "title", run_build_title }, { "number", run_build_number },   { "lead", run_build_lead },
    { "field", run_build_field }, { "summary", run_build_summary }, { "word", run_build_word },
    { "take", build_take },       { "float", build_float },         { "icon", build_icon },
    { "art", build_art },         { "dots", build_dots },           { "goals-table", build_goals },
    { "goals-cards", build_goals },
};

run_builder *run_selector(const char *name)
{
    for (size_t i = 0; i < sizeof selectors / sizeof *selectors; i++)
        if (!strcmp(name, selectors[i].name))
            return selectors[i].build;
    return NULL;
}
