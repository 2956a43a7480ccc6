#include <assert.h>
#include <string.h>

#include "display/display_internal.h"

struct display_document *display_new(const struct design *design, const char *lang)
{
    struct arena *arena = arena_new();
    struct display_document *doc = arena_new_of(arena, struct display_document);
    doc->arena = arena;
    doc->cache = arena_new_of(arena, struct display_cache);
    doc->design = design;
    doc->lang = arena_strdup(arena, lang);
    doc->root = display_add_node(doc, NULL, DISPLAY_DOCUMENT, (struct source){ 0 });
    doc->root->lang = doc->lang;
    return doc;
}

void display_free(struct display_document *doc)
{
    if (!doc)
        return;
    for (size_t i = 0; i < doc->page_count; i++) {
        arena_free(doc->pages[i]->arena);
        display_packed_free(doc->pages[i]->packed);
    }
    mem_free(doc->pages);
    mem_free(doc->cache->symbols);
    mem_free(doc->cache->colours);
    arena_free(doc->arena);
}

struct display_page *display_add_page(struct display_document *doc, double width, double height)
{
    struct display_page *page = arena_new_of(doc->arena, struct display_page);
    page->arena = arena_new();
    page->document = doc;
    page->width = width;
    page->height = height;
    page->index = (int)doc->page_count;
    page->artifact = DISPLAY_UNMARKED;
    page->layer = DISPLAY_LAYER_CONTENT;
    VEC_GROW(doc->pages, doc->page_capacity, doc->page_count + 1);
    doc->pages[doc->page_count++] = page;
    return page;
}

/* ---- structure ---------------------------------------------------------------------------------------------- */

const char *display_role_name(enum display_role role)
{
    static const char *const names[DISPLAY_ROLES] = {
        "Document", "Part", "Sect", "Div", "H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody",
        "Table", "THead", "TBody", "TR", "TH", "TD", "Figure", "Caption", "Note", "Link", "Reference",
        "BlockQuote", "Quote", "TOC", "TOCI", "Span",
    };
    return names[role];
}

static void append_node(struct display_node *parent, struct display_node *node)
{
    node->parent = parent;
    node->next = NULL;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
}

struct display_node *display_add_node(struct display_document *doc, struct display_node *parent,
                                      enum display_role role, struct source at)
{
    struct display_node *node = arena_new_of(doc->arena, struct display_node);
    node->role = role;
    node->at = at;
    node->page = -1;
    node->box = rect_empty;
    if (parent)
        append_node(parent, node);
    return node;
}

struct display_node *display_next_node(const struct display_node *root, const struct display_node *node)
{
    if (node->first)
        return node->first;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

struct display_node *display_link_of(struct display_node *node)
{
    for (; node; node = node->parent)
        if (node->role == DISPLAY_LINK || (node->role == DISPLAY_REFERENCE && node->target))
            return node;
    return NULL;
}

void display_mark(struct display_page *page, struct display_node *node, struct source at)
{
    page->node = node;
    page->at = at;
    if (!node && page->artifact == DISPLAY_UNMARKED)
        page->artifact = DISPLAY_ARTIFACT_LAYOUT;
}

void display_mark_artifact(struct display_page *page, enum display_artifact artifact)
{
    page->node = NULL;
    page->artifact = artifact;
}

/* ---- boxes -------------------------------------------------------------------------------------------------- */

struct rect display_box_through(struct affine m, struct rect box)
{
    if (box.width < 0)
        return box;
    struct rect out = rect_empty;
    for (int corner = 0; corner < 4; corner++) {
        struct point p = { box.x + (corner & 1 ? box.width : 0), box.y + (corner & 2 ? box.height : 0) };
        p = affine_apply(m, p);
        out = rect_union(out, (struct rect){ p.x, p.y, 0, 0 });
    }
    return out;
}

struct rect display_run_box(const struct text_run *run, double x, double y)
{
    double unit = run->size / run->face->upem;
    double top = run->face->ascender * unit + run->rise, bottom = -run->face->descender * unit - run->rise;
    return (struct rect){ x, y - top, run->width, top + bottom };
}

static struct rect intersect(struct rect a, struct rect b)
{
    double left = a.x > b.x ? a.x : b.x, top = a.y > b.y ? a.y : b.y;
    double right = a.x + a.width < b.x + b.width ? a.x + a.width : b.x + b.width;
    double bottom = a.y + a.height < b.y + b.height ? a.y + a.height : b.y + b.height;
    if (right < left || bottom < top)
        return rect_empty;
    return (struct rect){ left, top, right - left, bottom - top };
}

/* From the coordinates of the groups that are open to the page's, cut by their clips. */
static struct rect box_on_page(const struct display_page *page, struct rect box)
{
    const struct display_group *group = page->group;
    if (!group)
        return box;
    box = display_box_through(group->matrix, box);
    return group->clip.width < 0 ? box : intersect(box, group->clip);
}

/* ---- items -------------------------------------------------------------------------------------------------- */

static struct display_item *add_item(struct display_page *page, enum display_kind kind, struct rect box)
{
    assert(page->arena && !page->packed);
    struct display_item *item = arena_new_of(page->arena, struct display_item);
    item->kind = kind;
    item->node = page->node;
    item->artifact = page->artifact;
    item->meaning = page->meaning;
    item->bleeds = page->bleeds;
    /* A group is painted as one: what stands inside keeps its layer, or sorting would tear push and pop apart. */
    item->layer = page->group ? page->group->layer : page->layer;
    item->at = page->at;
    item->box = box_on_page(page, box);
    if (page->last)
        page->last->next = item;
    else
        page->first = item;
    page->last = item;
    page->item_count++;
    return item;
}

static struct display_item *add_run(struct display_page *page, const struct text_run *run, double x, double y)
{
    struct display_item *item = add_item(page, DISPLAY_GLYPHS, rect_empty);
    item->run = *run;
    /* As exact as they will be when the page is packed, so that nobody sees a difference: 0.00003 pt. */
    item->run.x = (float)run->x;
    item->run.width = (float)run->width;
    item->run.stretch = (float)run->stretch;
    item->run.tracking = (float)run->tracking;
    item->x = (float)x;
    item->y = (float)y;
    if (run->at.file)
        item->at = run->at;
    item->run.at = item->at;
    item->box = box_on_page(page, display_run_box(&item->run, item->x, item->y));
    if (run->mark)
        item->node = run->mark;
    return item;
}

struct display_item *display_add_glyphs(struct display_page *page, const struct text_run *run, double x, double y)
{
    struct display_item *item = add_run(page, run, x, y);
    item->run.glyphs = arena_copy(page->arena, run->glyphs, run->count * sizeof *run->glyphs);
    item->run.text = arena_strndup(page->arena, run->text, run->text_length);
    return item;
}

/* An area for each link that the runs of a line show; pieces of one link are joined. */
static void add_run_link(struct display_page *page, const struct display_item *item)
{
    struct display_node *link = display_link_of(item->run.mark);
    if (!link)
        return;
    struct display_link *last = page->links;
    double gap = last ? item->box.x - (last->area.x + last->area.width) : 0;
    if (last && last->node == link && last->area.y == item->box.y && gap < item->run.size && gap > -item->run.size)
        last->area = rect_union(last->area, item->box);
    else
        display_add_link(page, item->box, link);
}

/* Under the words, or through their small letters; as thick as a hairline of the face. */
static void decorate(struct display_page *page, const struct text_run *run, double x, double y)
{
    const struct display_node *node = run->mark;
    if (!node || node->decoration == DISPLAY_NO_DECORATION)
        return;
    double thick = run->size * 0.06, at = node->decoration == DISPLAY_UNDERLINED ? y + run->size * 0.16 : y - run->size * 0.24;
    display_add_rect(page, (struct rect){ x, at, run->width, thick }, run->colour);
}

void display_add_line(struct display_page *page, struct text_para *para, const struct text_line *line, double x,
                      double y)
{
    struct text_run *runs;
    size_t n = text_line_runs(para, line, page->arena, &runs);
    for (size_t i = 0; i < n; i++) {
        const struct display_item *item = add_run(page, &runs[i], x + line->x + runs[i].x, y);
        if (runs[i].mark)
            add_run_link(page, item);
        decorate(page, &runs[i], x + line->x + runs[i].x, y);
    }
}

void display_add_label(struct display_page *page, const struct text_label *label, double x, double y, double width,
                       enum design_align align)
{
    double share = align == DESIGN_CENTRE ? 0.5 : align == DESIGN_END ? 1 : 0;
    for (size_t i = 0; i < label->lines.count; i++) {
        const struct text_line *line = &label->lines.lines[i];
        double left, right;
        text_line_ink(label->para, line, &left, &right);
        double shift = share * (width - (right - left)) - left - line->x;
        display_add_line(page, label->para, line, x + shift, y + label->ascent + (double)i * label->leading);
    }
}

static struct path copy_path(struct arena *arena, const struct path *path)
{
    return (struct path){
        .verbs = arena_copy(arena, path->verbs, path->verb_count),
        .points = arena_copy(arena, path->points, path->point_count * sizeof *path->points),
        .verb_count = path->verb_count, .verb_capacity = path->verb_count,
        .point_count = path->point_count, .point_capacity = path->point_count,
    };
}

static struct display_paint copy_paint(struct arena *arena, const struct display_paint *paint)
{
    if (!paint)
        return (struct display_paint){ .kind = DISPLAY_NO_PAINT };
    struct display_paint copy = *paint;
    if (paint->stop_count)
        copy.stops = arena_copy(arena, paint->stops, paint->stop_count * sizeof *paint->stops);
    return copy;
}

struct display_item *display_add_path(struct display_page *page, const struct path *path,
                                      const struct display_paint *fill, const struct display_stroke *stroke)
{
    struct rect box = path_bounds(path);
    if (stroke && stroke->paint.kind != DISPLAY_NO_PAINT && box.width >= 0) {
        double half = stroke->width / 2;
        box = (struct rect){ box.x - half, box.y - half, box.width + 2 * half, box.height + 2 * half };
    }
    struct display_item *item = add_item(page, DISPLAY_PATH, box);
    item->path.path = copy_path(page->arena, path);
    item->path.fill = copy_paint(page->arena, fill);
    if (stroke) {
        item->path.stroke = *stroke;
        item->path.stroke.paint = copy_paint(page->arena, &stroke->paint);
    }
    return item;
}

struct display_item *display_fill(struct display_page *page, const struct path *path,
                                  const struct design_colour *colour)
{
    struct display_paint paint = { .kind = DISPLAY_SOLID, .colour = colour, .opacity = 1 };
    return display_add_path(page, path, &paint, NULL);
}

struct display_item *display_stroke(struct display_page *page, const struct path *path,
                                    const struct design_colour *colour, double width)
{
    struct display_stroke stroke = { .paint = { .kind = DISPLAY_SOLID, .colour = colour, .opacity = 1 },
                                     .width = width };
    return display_add_path(page, path, NULL, &stroke);
}

struct display_item *display_add_rect(struct display_page *page, struct rect rect, const struct design_colour *colour)
{
    struct path path = PATH_EMPTY;
    path_rect(&path, rect);
    struct display_item *item = display_fill(page, &path, colour);
    path_free(&path);
    return item;
}

struct display_item *display_add_bitmap(struct display_page *page, const struct image_bitmap *bitmap,
                                        struct affine matrix)
{
    struct display_item *item =
        add_item(page, DISPLAY_BITMAP, display_box_through(matrix, (struct rect){ 0, 0, 1, 1 }));
    item->bitmap.bitmap = bitmap;
    item->bitmap.matrix = affine_multiply(image_upright(bitmap), matrix);
    return item;
}

struct display_item *display_add_symbol(struct display_page *page, const struct display_symbol *symbol,
                                        struct affine matrix)
{
    struct display_item *item = add_item(page, DISPLAY_SYMBOL, display_box_through(matrix, symbol->box));
    item->symbol.symbol = symbol;
    item->symbol.matrix = matrix;
    return item;
}

/* ---- groups ------------------------------------------------------------------------------------------------- */

static struct display_group *push_group(struct display_page *page)
{
    struct display_group *group = arena_new_of(page->arena, struct display_group);
    struct display_group outermost = { .matrix = affine_identity, .clip = rect_empty, .layer = page->layer };
    *group = page->group ? *page->group : outermost;
    group->outer = page->group;
    return group;
}

void display_push_clip(struct display_page *page, const struct path *path)
{
    struct rect box = path_bounds(path);
    struct display_item *item = add_item(page, DISPLAY_PUSH_CLIP, box);
    item->clip.path = copy_path(page->arena, path);
    struct display_group *group = push_group(page);
    box = display_box_through(group->matrix, box);
    group->clip = group->clip.width < 0 ? box : intersect(group->clip, box);
    page->group = group;
}

void display_push_opacity(struct display_page *page, double opacity)
{
    add_item(page, DISPLAY_PUSH_OPACITY, rect_empty)->opacity = opacity;
    page->group = push_group(page);
}

void display_push_transform(struct display_page *page, struct affine matrix)
{
    add_item(page, DISPLAY_PUSH_TRANSFORM, rect_empty)->matrix = matrix;
    struct display_group *group = push_group(page);
    group->matrix = affine_multiply(matrix, group->matrix);
    page->group = group;
}

void display_pop(struct display_page *page)
{
    add_item(page, DISPLAY_POP, rect_empty);
    if (page->group)
        page->group = page->group->outer;
}

void display_add_link(struct display_page *page, struct rect area, struct display_node *node)
{
    struct display_link *link = arena_new_of(page->arena, struct display_link);
    link->area = area;
    link->node = node;
    link->next = page->links;
    page->links = link;
}
