/* The interpreter of arrangements: an element of the template, a context with the plan's content in hand, and the box
   that receives what it makes. What no element took is set plainly where <body/> or <rest/> stands, else at the end. */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "compose/run.h"

/* A <body/> or <rest/>: what is left is known only when its context has been walked. */
struct run_hole {
    const struct design_element *element;
    struct layout_box *place;              /* an empty box that the content replaces */
    struct run_look look;
    struct run_hole *next;
};

/* ---- boxes ------------------------------------------------------------------------------------------------------------ */
struct layout_box *run_box(struct run *run, struct layout_box *parent, enum layout_kind kind, struct source at,
                           const char *name)
{
    struct layout_box *box = layout_box_new(run->arena, kind, at);
    box->name = name;
    if (parent)
        layout_append(parent, box);
    return box;
}

const struct design_colour *run_colour(const struct run *run, const char *role, int hue)
{
    return role ? display_role_colour(run->design, role, hue) : NULL;
}

const struct design_style *run_style(struct run *run, const char *name, struct source at)
{
    const struct design_style *style = design_lookup_style(run->design, name);
    if (style)
        return style;
    diag_error(run->diag, at, "E460", _("the template has no text style \"%s\""), name);
    diag_remedy(run->diag, _("add <style name=\"%s\" .../> to %s, or name another style"), name, run->design->file);
    return run->design->styles[0];
}

double run_width(const struct run *run)
{
    const struct design_page *page = &run->design->page;
    return page->width - page->inside - page->outside;
}

static double length(const struct run *run, const struct design_element *e, const char *name, double missing)
{
    return design_length(run->design, e, name, run_width(run), missing);
}

static int edges(const char *words)
{
    static const struct { const char *name; int edge; } names[] = {
        { "top", LAYOUT_TOP }, { "right", LAYOUT_RIGHT }, { "bottom", LAYOUT_BOTTOM }, { "left", LAYOUT_LEFT },
    };
    int found = 0;
    for (size_t i = 0; words && i < sizeof names / sizeof *names; i++)
        if (strstr(words, names[i].name))
            found |= names[i].edge;
    return found;
}

static int vertical(const struct design_element *e, int missing)
{
    const char *align = design_attribute(e, "align");
    return !align ? missing : !strcmp(align, "top") ? -1 : !strcmp(align, "middle") ? 0 : 1;
}

static struct layout_edge edge_lengths(const struct run *run, const struct design_element *e, const char *all,
                                       const char *const names[4])
{
    double every = all ? length(run, e, all, 0) : 0;
    return (struct layout_edge){ length(run, e, names[0], every), length(run, e, names[1], every),
                                 length(run, e, names[2], every), length(run, e, names[3], every) };
}

/* "18mm" or "18mm 0 0 0" */
static void read_radius(const struct run *run, const struct design_element *e, double radius[4])
{
    const char *at = design_attribute(e, "radius");
    for (int i = 0; at && *at && i < 4; i++) {
        size_t n = strcspn(at, " ");
        char word[24] = "";
        memcpy(word, at, n < sizeof word ? n : sizeof word - 1);
        const char *pair[] = { "radius", word, NULL };
        struct design_element one = { .name = e->name, .attributes = pair, .at = e->at };
        radius[i] = length(run, &one, "radius", 0);
        if (i == 0)
            radius[1] = radius[2] = radius[3] = radius[0];
        at += n + (at[n] == ' ');
    }
}

static void set_backdrop(struct run *run, const struct design_element *e, struct layout_box *box, int hue)
{
    const char *src = design_attribute(e, "backdrop");
    const struct image_vector *art = src ? run_art(run, src, e->at, true) : NULL;
    if (art)
        box->backdrop = chart_picture(&run->charts, NULL, art, "rectangle", hue, 0, 0);
}

/* What every container may say. */
static void dress(struct run *run, const struct design_element *e, struct layout_box *box, int hue)
{
    static const char *const padding[4] = { "pad-top", "pad-right", "pad-bottom", "pad-left" };
    static const char *const margin[4] = { "margin-top", "margin-right", "margin-bottom", "margin-left" };
    static const char *const border[4] = { "border-top", "border-right", "border-bottom", "border-left" };
    const char *keep = design_attribute(e, "keep");
    box->background = run_colour(run, design_attribute(e, "background"), hue);
    box->bleed = edges(design_attribute(e, "bleed"));
    box->width = length(run, e, "width", 0);
    box->height = length(run, e, "height", 0);
    box->min_height = length(run, e, "min-height", 0);
    box->padding = edge_lengths(run, e, "pad", padding);
    box->margin = edge_lengths(run, e, NULL, margin);
    box->border = edge_lengths(run, e, NULL, border);
    box->border_colour = run_colour(run, design_attribute(e, "border-colour"), hue);
    box->bar = length(run, e, "bar", 0);
    box->bar_colour = run_colour(run, design_attribute(e, "bar-colour"), hue);
    box->stretch = design_number(e, "stretch", 0);
    box->align = vertical(e, -1);
    box->grid = design_flag(e, "grid", false);
    box->keep_together = keep && strstr(keep, "together");
    box->keep_next = keep && strstr(keep, "next");
    read_radius(run, e, box->radius);
    set_backdrop(run, e, box, hue);
}

static struct run_look look_of(const struct design_element *e, struct run_look look)
{
    const char *text = design_attribute(e, "text"), *list = design_attribute(e, "lists");
    const char *heading = design_attribute(e, "headings"), *hue = design_attribute(e, "hue");
    const char *across = design_attribute(e, "across");
    if (across)
        look.across = across;
    if (text)
        look.text = text;
    if (list)
        look.list = list;
    if (heading)
        look.heading = heading;
    if (hue && !strcmp(hue, "none"))
        look.hue = 0;
    else if (hue && *hue >= '1' && *hue <= '9')
        look.hue = *hue - '0';
    return look;
}

/* ---- containers --------------------------------------------------------------------------------------------------------- */
static void build_children(struct run *, const struct design_element *, struct run_context *, struct layout_box *parent,
                           struct run_look);

static struct layout_box *container(struct run *run, const struct design_element *e, enum layout_kind kind,
                                    struct run_context *context, struct layout_box *parent, struct run_look look)
{
    struct layout_box *box = run_box(run, parent, kind, e->at, e->name);
    look = look_of(e, look);
    dress(run, e, box, look.hue);
    box->gap = length(run, e, "gap", 0);
    box->row_gap = length(run, e, "row-gap", 0);
    build_children(run, e, context, box, look);
    return box;
}

static void build_stack(struct run *run, const struct design_element *e, struct run_context *context,
                        struct layout_box *parent, struct run_look look)
{
    container(run, e, LAYOUT_STACK, context, parent, look);
}

static void build_band(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    struct layout_box *band = container(run, e, LAYOUT_STACK, context, parent, look);
    if (!design_attribute(e, "bleed"))
        band->bleed = LAYOUT_LEFT | LAYOUT_RIGHT;
    if (look.hue)
        band->areas |= 1ul << (look.hue - 1);
}

static void build_cell(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    struct layout_box *cell = container(run, e, LAYOUT_STACK, context, parent, look);
    cell->span = (int)design_number(e, "span", 0);
}

static void build_row(struct run *run, const struct design_element *e, struct run_context *context,
                      struct layout_box *parent, struct run_look look)
{
    container(run, e, LAYOUT_ROW, context, parent, look);
}

static void build_columns(struct run *run, const struct design_element *e, struct run_context *context,
                          struct layout_box *parent, struct run_look look)
{
    struct layout_box *box = container(run, e, LAYOUT_COLUMNS, context, parent, look);
    box->columns = (int)design_number(e, "count", 1);
    box->unbalanced = !design_flag(e, "balance", true);
}

/* Cells that read down the columns: cell i of a column-wise order stands at row i % rows, column i / rows. */
static void order_down(struct run *run, struct layout_box *grid)
{
    size_t count = 0, columns = (size_t)grid->columns;
    for (struct layout_box *cell = grid->first; cell; cell = cell->next)
        count++;
    struct layout_box **cells = arena_array(run->arena, struct layout_box *, count + 1);
    count = 0;
    for (struct layout_box *cell = grid->first; cell; cell = cell->next)
        cells[count++] = cell;
    size_t rows = (count + columns - 1) / columns;
    grid->first = grid->last = NULL;
    for (size_t row = 0; row < rows; row++) {
        for (size_t column = 0; column < columns; column++) {
            size_t at = column * rows + row;
            if (at >= count) {
                run_box(run, grid, LAYOUT_STACK, grid->at, "cell");
                continue;
            }
            cells[at]->next = cells[at]->parent = NULL;
            layout_append(grid, cells[at]);
        }
    }
}

static void build_grid(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    struct layout_box *box = container(run, e, LAYOUT_GRID, context, parent, look);
    const char *order = design_attribute(e, "order");
    box->columns = (int)design_number(e, "columns", 1);
    if (order && !strcmp(order, "down"))
        order_down(run, box);
}

static struct run_context context_of(struct run *run, struct run_context *outer, enum run_thing thing, const void *what)
{
    return thing == RUN_PART   ? run_part_context(run, outer, what)
           : thing == RUN_ITEM ? run_item_context(run, outer, what)
                               : run_block_context(run, outer, what);
}

/* What is inside stands once for each group of `by` things; an <each> of the same kind in it walks over the group. */
static void build_groups(struct run *run, const struct design_element *e, struct run_context *context,
                         struct layout_box *parent, struct run_look look, const struct run_each *all, size_t by)
{
    for (size_t i = 0; i < all->count; i += by) {
        struct run_each group = *all;
        group.things += i;
        group.count = all->count - i < by ? all->count - i : by;
        context->window = &group;
        build_children(run, e, context, parent, look);
    }
    context->window = NULL;
}

static void build_each(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    struct run_each each = run_find_each(run, context, design_attribute(e, "of"));
    size_t by = (size_t)design_number(e, "by", 0);
    if (by) {
        build_groups(run, e, context, parent, look, &each, by);
        return;
    }
    bool take = design_flag(e, "take", true);
    for (size_t i = 0; i < each.count; i++) {
        struct run_context inner = context_of(run, context, each.thing, each.things[i]);
        struct run_look own = look;
        inner.index = i;
        inner.count = each.count;
        own.hue = each.thing == RUN_PART ? inner.hue : look.hue;
        if (!take) {
            build_children(run, e, &inner, parent, look_of(e, own));
            continue;
        }
        run_take(run, each.things[i]);
        run_arrange(run, e, &inner, parent, look_of(e, own));
    }
    if (take && each.list && each.count)
        run_take(run, each.list);
}

static void build_with(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    struct run_each each = run_find_each(run, context, design_attribute(e, "of"));
    if (!each.count)
        return;
    struct run_context inner = context_of(run, context, each.thing, each.things[0]);
    if (each.thing == RUN_PART)
        look.hue = inner.hue;
    run_take(run, each.things[0]);
    run_arrange(run, e, &inner, parent, look_of(e, look));
}

static void build_when(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    if (run_condition(run, context, e))
        build_children(run, e, context, parent, look);
}

static void build_space(struct run *run, const struct design_element *e, struct run_context *context,
                        struct layout_box *parent, struct run_look look)
{
    (void)context;
    (void)look;
    run_box(run, parent, LAYOUT_SPACE, e->at, e->name)->height = length(run, e, "height", 0);
}

static enum layout_break break_of(const char *to)
{
    return !to || !strcmp(to, "page") ? LAYOUT_BREAK_PAGE
           : !strcmp(to, "left")      ? LAYOUT_BREAK_LEFT
           : !strcmp(to, "right")     ? LAYOUT_BREAK_RIGHT
                                      : LAYOUT_BREAK_COLUMN;
}

static void build_break(struct run *run, const struct design_element *e, struct run_context *context,
                        struct layout_box *parent, struct run_look look)
{
    (void)context;
    (void)look;
    run_box(run, parent, LAYOUT_BREAK, e->at, e->name)->break_kind = break_of(design_attribute(e, "to"));
}

/* ---- selectors: lines ------------------------------------------------------------------------------------------------------ */
static enum design_align align_of(const struct design_element *e, enum design_align missing)
{
    const char *align = design_attribute(e, "align");
    return !align                    ? missing
           : !strcmp(align, "start")  ? DESIGN_START
           : !strcmp(align, "centre") ? DESIGN_CENTRE
           : !strcmp(align, "end")    ? DESIGN_END
                                      : DESIGN_JUSTIFY;
}

static void line(struct run *run, const struct design_element *e, struct layout_box *parent, struct run_text text,
                 const struct design_style *style, struct display_node *node, struct source at)
{
    struct layout_box *box = run_paragraph(run, parent, text, style, node, at, e->name);
    box->text_align = align_of(e, style->align);
    box->width_limit = length(run, e, "width", 0);
    box->margin.top = length(run, e, "margin-top", style->space_before);
    box->margin.bottom = length(run, e, "margin-bottom", style->space_after);
    box->margin.left = length(run, e, "margin-left", 0);
    box->no_indent = true;
}

static const char *style_name(const struct design_element *e, const char *missing)
{
    const char *name = design_attribute(e, "style");
    return name ? name : missing;
}

/* The title of what is in hand: an item's, a block's, a part's. */
static const struct plan_inline *const *title_of(const struct run_context *context)
{
    return context->item    ? &context->item->title
           : context->block ? &context->block->title
           : context->part  ? &context->part->title
                            : NULL;
}

static struct source place_of(const struct run_context *context)
{
    return context->item ? context->item->at : context->block ? context->block->at : context->part->at;
}

/* lines="2" else="h1-small": the other style when the first makes more lines. */
static const struct design_style *fitting_style(struct run *run, const struct design_element *e,
                                                const struct plan_inline *text, const struct run_context *context,
                                                const struct design_style *style)
{
    const char *other = design_attribute(e, "else");
    if (!other)
        return style;
    struct run_text tried = run_inline(run, text, style, NULL, context->lang, NULL);
    struct text_para *para = text_para_new(run->engine, tried.spans, tried.count);
    size_t lines = text_para_line_count(para, length(run, e, "width", run_width(run)), style->align, 0);
    text_para_free(para);
    return lines > (size_t)design_number(e, "lines", 1) ? run_style(run, other, e->at) : style;
}

static void build_title(struct run *run, const struct design_element *e, struct run_context *context,
                        struct layout_box *parent, struct run_look look)
{
    const struct plan_inline *const *title = title_of(context);
    if (!title || !*title || run_is_taken(run, title))
        return;
    struct display_node *node = run_node(run, title);
    const struct design_style *style = run_style(run, style_name(e, run_heading_style(run, node, look)), e->at);
    const struct design_colour *colour = run_colour(run, design_attribute(e, "colour"), look.hue);
    style = fitting_style(run, e, *title, context, style);
    run_take(run, title);
    line(run, e, parent, run_title(run, context, title, style, colour), style, node, place_of(context));
    if (!context->block && !context->item)
        run_map_set(&run->boxes, context->part, parent->last);
    parent->last->keep_next = true;
}

static void build_number(struct run *run, const struct design_element *e, struct run_context *context,
                         struct layout_box *parent, struct run_look look)
{
    const struct plan_part *part = context->part;
    if (context->block || !part || !part->number || run_is_taken(run, &part->number))
        return;
    const struct design_style *style = run_style(run, style_name(e, run_heading_style(run, run_node(run, &part->title), look)), e->at);
    const struct design_colour *colour = run_colour(run, design_attribute(e, "colour"), look.hue);
    /* The no-break space parts the number from the title in extracted text: both belong to the heading. */
    const char *number = arena_printf(run->arena, "%s\u00a0", part->number);
    run_take(run, &part->number);
    line(run, e, parent, run_words(run, number, style, colour, context->lang, part->at), style,
         run_node(run, part->title ? (const void *)&part->title : part), part->at);
    parent->last->keep_next = true;
}

static void build_lead(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    const struct plan_block *block = run_find_block(run, context, "lead");
    if (!block)
        return;
    const struct design_style *style = run_style(run, style_name(e, "lead"), e->at);
    const struct design_colour *colour = run_colour(run, design_attribute(e, "colour"), look.hue);
    struct display_node *node = run_node(run, block);
    run_take(run, block);
    line(run, e, parent, run_inline(run, block->text, style, colour, context->lang, node), style, node, block->at);
}

/* Fields of the plan that stand in the document once have their own node; where they come again they are furniture. */
static const void *field_thing(const struct plan *plan, const char *name)
{
    return !strcmp(name, "title")          ? (const void *)&plan->title
           : !strcmp(name, "subtitle")     ? (const void *)&plan->subtitle
           : !strcmp(name, "organisation") ? (const void *)&plan->organisation
           : !strcmp(name, "unit")         ? (const void *)&plan->unit_name
                                           : NULL;
}

static void build_field(struct run *run, const struct design_element *e, struct run_context *context,
                        struct layout_box *parent, struct run_look look)
{
    const char *name = design_attribute(e, "name"), *text = run_field(run, context, name, context->lang);
    if (!text || !*text)
        return;
    const void *thing = field_thing(run->plan, name);
    const struct design_style *style = run_style(run, style_name(e, "body"), e->at);
    const struct design_colour *colour = run_colour(run, design_attribute(e, "colour"), look.hue);
    struct display_node *node = thing && !run_is_taken(run, thing) ? run_node(run, thing) : NULL;
    if (thing)
        run_take(run, thing);
    line(run, e, parent, run_words(run, text, style, colour, context->lang, e->at), style, node,
         (struct source){ run->plan->file, 1, 1 });
}

/* A word of the template's own reads right after the heading of its part. */
static struct display_node *word_node(struct run *run, const struct run_context *context, struct source at)
{
    struct display_node *sect = context->part ? run_node(run, context->part) : run->document->root;
    struct display_node *heading = context->part ? run_node(run, &context->part->title) : NULL;
    struct display_node *node = display_add_node(run->document, sect, DISPLAY_P, at);
    if (!heading || heading->next == node)
        return node;
    struct display_node *before = heading;
    while (before->next != node)
        before = before->next;
    before->next = NULL;
    sect->last = before;
    node->next = heading->next;
    heading->next = node;
    return node;
}

static char *count_word(struct run *run, const char *lang, size_t n)
{
    const char *key = arena_printf(run->arena, "number.%zu", n), *word = design_word(run->design, lang, key);
    return arena_strdup(run->arena, strcmp(word, key) ? word : arena_printf(run->arena, "%zu", n));
}

/* "én gruppe", "otte grupper", "14 mål": the key for one, and for more. */
static char *count_of_things(struct run *run, const char *lang, const char *thing, size_t n)
{
    const char *pairs[] = { "n", count_word(run, lang, n), "number", arena_printf(run->arena, "%zu", n), NULL };
    return run_word(run, lang, arena_printf(run->arena, "%s.%s", thing, n == 1 ? "one" : "many"), pairs);
}

static void build_word(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    size_t groups = 0;
    for (const struct plan_block *b = context->blocks; b; b = b->next)
        groups += b->kind == PLAN_PART && b->part->kind == PLAN_GOAL_GROUP;
    const char *pairs[] = { "goals", count_of_things(run, context->lang, "goals", run->plan->goal_count),
                            "groups", count_of_things(run, context->lang, "groups", groups),
                            "areas", count_word(run, context->lang, run->plan->area_count),
                            "initiatives", count_word(run, context->lang, run->plan->initiative_count),
                            "period", run->plan->period, NULL };
    const char *text = run_word(run, context->lang, design_attribute(e, "key"), pairs);
    const struct design_style *style = run_style(run, style_name(e, "body"), e->at);
    const struct design_colour *colour = run_colour(run, design_attribute(e, "colour"), look.hue);
    line(run, e, parent, run_words(run, text, style, colour, context->lang, e->at), style,
         word_node(run, context, e->at), e->at);
}

/* ---- selectors: blocks ------------------------------------------------------------------------------------------------------ */
static int place_word(const struct design_element *e, int missing)
{
    const char *place = design_attribute(e, "place");
    return !place ? missing : !strcmp(place, "left") ? -1 : !strcmp(place, "centre") ? 0 : 1;
}

static struct run_drawing drawing_of(const struct run *run, const struct design_element *e)
{
    return (struct run_drawing){ .width = length(run, e, "width", 0), .height = length(run, e, "height", 0),
                                 .radius = length(run, e, "radius", 0), .place = place_word(e, 0),
                                 .caption = design_flag(e, "caption", true), .style = design_attribute(e, "style") };
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
    box->margin.top += length(run, e, "margin-top", 0);
    parent->last->margin.bottom += length(run, e, "margin-bottom", 0);
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
    struct reserved *r = arena_new_of(run->arena, struct reserved);
    struct layout_drawing *outer = arena_new_of(run->arena, struct layout_drawing);
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
    struct layout_float *one = arena_new_of(run->arena, struct layout_float);
    *one = (struct layout_float){ .box = box, .side = side_of(design_attribute(e, "side"), context->index),
                                  .align = 0.5 + 0.5 * vertical(e, 0), .offset = length(run, e, "offset", 0),
                                  .gap = length(run, e, "gap", 0), .width = length(run, e, "width", 0) };
    add_float(parent, one);
    if (block->title || block->kind == PLAN_PICTURE)
        box->drawing = reserved(run, box->drawing, 2 * run->design->page.baseline_step);
    /* The caption of a drawing among columns stands below them. */
    if (parent->parent)
        run_caption(run, context, block, parent->parent);
}

static void build_hole(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    struct run_hole *hole = arena_new_of(run->arena, struct run_hole);
    if (design_attribute(e, "style"))
        look.text = design_attribute(e, "style");
    *hole = (struct run_hole){ .element = e, .look = look, .place = run_box(run, parent, LAYOUT_STACK, e->at, e->name) };
    *(context->last_hole ? &context->last_hole->next : &context->first_hole) = hole;
    context->last_hole = hole;
}

/* ---- selectors: drawings ---------------------------------------------------------------------------------------------------- */
static struct layout_box *drawing_box(struct run *run, const struct design_element *e, struct layout_box *parent,
                                      struct layout_drawing *drawing)
{
    struct layout_box *box = run_box(run, parent, LAYOUT_DRAWING, e->at, e->name);
    box->drawing = drawing;
    box->place = place_word(e, -1);
    box->margin.top = length(run, e, "margin-top", 0);
    box->margin.bottom = length(run, e, "margin-bottom", 0);
    return box;
}

static const char *icon_of(const struct run_context *context)
{
    return context->item ? context->item->icon : context->block ? context->block->icon : context->part->icon;
}

static void build_icon(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    const char *name = icon_of(context);
    const struct image_vector *art = name ? run_icon(run, name, place_of(context)) : NULL;
    look = look_of(e, look);
    if (art)
        drawing_box(run, e, parent, chart_icon(&run->charts, art, look.hue,
                                               run_colour(run, design_attribute(e, "ground"), look.hue),
                                               length(run, e, "size", 24)));
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
    struct overhang *o = arena_new_of(run->arena, struct overhang);
    struct layout_drawing *outer = arena_new_of(run->arena, struct layout_drawing);
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
        { "{index}", arena_printf(run->arena, "%zu", context->index + 1) },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *at = strstr(pattern, names[i].key);
        if (at)
            pattern = arena_printf(run->arena, "%.*s%s%s", (int)(at - pattern), pattern, names[i].value,
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
    look = look_of(e, look);
    if (!art && other) {
        src = art_name(run, context, other);
        art = src ? run_art(run, src, e->at, true) : NULL;
    }
    if (!art)
        return;
    struct layout_drawing *drawn = chart_picture(&run->charts, NULL, art, shape ? shape : "rectangle", look.hue,
                                                 length(run, e, "width", 0), length(run, e, "height", 0));
    drawing_box(run, e, parent, overhung(run, drawn, length(run, e, "overhang", 0)));
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

/* ---- the table of elements ------------------------------------------------------------------------------------------------------ */
static const struct {
    const char *name;
    void (*build)(struct run *, const struct design_element *, struct run_context *, struct layout_box *parent,
                  struct run_look);
} builders[] = {
    { "stack", build_stack },   { "band", build_band },   { "cell", build_cell },   { "row", build_row },
    { "columns", build_columns }, { "grid", build_grid }, { "each", build_each },   { "with", build_with },
    { "when", build_when },     { "space", build_space }, { "break", build_break }, { "title", build_title },
    { "number", build_number }, { "lead", build_lead },   { "field", build_field }, { "word", build_word },
    { "take", build_take },     { "float", build_float }, { "body", build_hole },   { "rest", build_hole },
    { "icon", build_icon },     { "art", build_art },     { "dots", build_dots },   { "goals-table", build_goals },
};

static void build_children(struct run *run, const struct design_element *e, struct run_context *context,
                           struct layout_box *parent, struct run_look look)
{
    for (const struct design_element *child = e->first; child; child = child->next)
        for (size_t i = 0; i < sizeof builders / sizeof *builders; i++)
            if (!strcmp(child->name, builders[i].name))
                builders[i].build(run, child, context, parent, look);
}

/* ---- what is left ------------------------------------------------------------------------------------------------------------------ */
/* Put the children of `from` where the empty box `place` stands. */
static void replace(struct layout_box *place, struct layout_box *from)
{
    struct layout_box *parent = place->parent, *before = NULL;
    for (struct layout_box *box = parent->first; box != place; box = box->next)
        before = box;
    struct layout_box *first = from->first ? from->first : place->next;
    for (struct layout_box *box = from->first; box; box = box->next)
        box->parent = parent;
    if (from->last)
        from->last->next = place->next;
    *(before ? &before->next : &parent->first) = first;
    if (parent->last == place)
        parent->last = from->last ? from->last : before;
}

static void fill_hole(struct run *run, struct run_context *context, const struct run_hole *hole)
{
    const char *of = design_attribute(hole->element, "of"), *where = design_attribute(hole->element, "where");
    struct layout_box *inside = run_box(run, NULL, LAYOUT_STACK, hole->element->at, "body");
    run_left(run, context, inside, hole->look, of, where);
    replace(hole->place, inside);
}

/* A title that the arrangement left out stands before everything else of its part. */
static void plain_title(struct run *run, struct run_context *context, struct layout_box *parent,
                        struct layout_box *before, struct run_look look)
{
    const struct plan_inline *const *title = title_of(context);
    if (!title || !*title || run_is_taken(run, title))
        return;
    struct layout_box *inside = run_box(run, NULL, LAYOUT_STACK, place_of(context), "title");
    struct layout_box *place = run_box(run, NULL, LAYOUT_STACK, place_of(context), "title");
    run_heading(run, context, inside, look);
    place->parent = parent;
    place->next = before ? before->next : parent->first;
    *(before ? &before->next : &parent->first) = place;
    if (!place->next)
        parent->last = place;
    replace(place, inside);
}

static void finish(struct run *run, struct run_context *context, struct layout_box *parent, struct layout_box *before,
                   struct run_look look)
{
    for (const struct run_hole *hole = context->first_hole; hole; hole = hole->next)
        fill_hole(run, context, hole);
    run_left(run, context, parent, look, NULL, NULL);
    plain_title(run, context, parent, before, look);
}

void run_arrange(struct run *run, const struct design_element *e, struct run_context *context,
                 struct layout_box *parent, struct run_look look)
{
    struct layout_box *before = parent->last;
    build_children(run, e, context, parent, look);
    finish(run, context, parent, before, look);
}

void run_nested(struct run *run, const struct run_context *outer, const struct plan_part *part,
                struct layout_box *parent, struct run_look look)
{
    struct run_context context = run_part_context(run, outer, part);
    const struct design_element *arrangement = run_arrangement(run, &context);
    look.hue = context.hue;
    run_take(run, part);
    if (arrangement) {
        run_arrange(run, arrangement, &context, parent, look_of(arrangement, look));
        return;
    }
    struct layout_box *before = parent->last;
    finish(run, &context, parent, before, look);
}

/* ---- chapters ------------------------------------------------------------------------------------------------------------------------ */
static struct layout_box *begin_sequence(struct run *run, const struct design_element *e, struct source at)
{
    const char *master = design_attribute(e, "master"), *start = design_attribute(e, "start");
    if (start && !strcmp(start, "flow") && run->last)
        return run->last->content;
    struct layout_sequence *sequence = arena_new_of(run->arena, struct layout_sequence);
    const struct design_element *found = run_master(run, master ? master : "plain");
    *sequence = (struct layout_sequence){ .master = master ? master : "plain", .start = break_of(start),
                                          .content = run_box(run, NULL, LAYOUT_STACK, at, "page"),
                                          .top = found ? length(run, found, "top", NAN) : NAN,
                                          .bottom = found ? length(run, found, "bottom", NAN) : NAN };
    if (!found) {
        diag_error(run->diag, e->at, "E461", _("the template has no page master \"%s\""), sequence->master);
        diag_remedy(run->diag, _("add <master name=\"%s\"/> below <masters>"), sequence->master);
    }
    *(run->last ? &run->last->next : &run->first) = sequence;
    run->last = sequence;
    return sequence->content;
}

static bool has_pages(const struct design_element *arrangement)
{
    return arrangement->first && !strcmp(arrangement->first->name, "page");
}

static void arrange_chapter(struct run *run, const struct design_element *arrangement, struct run_context *context)
{
    struct run_look look = look_of(arrangement, (struct run_look){ .hue = context->hue });
    struct layout_box *first = NULL, *before = NULL, *content = NULL;
    const struct design_element *page = has_pages(arrangement) ? arrangement->first : arrangement;
    while (page) {
        content = begin_sequence(run, page, context->part->at);
        if (!first) {
            first = content;
            before = content->last;
        }
        build_children(run, page, context, content, look_of(page, look));
        page = page == arrangement ? NULL : page->next;
    }
    for (const struct run_hole *hole = context->first_hole; hole; hole = hole->next)
        fill_hole(run, context, hole);
    run_left(run, context, content, look, NULL, NULL);
    plain_title(run, context, first, before, look);
    run_footnotes(run, context->part, content);
}

/* A field of the plan that no arrangement showed. */
static void plain_field(struct run *run, const char *name, const char *style, struct layout_box *parent)
{
    struct run_context context = { .lang = run->plan->lang };
    const char *pair[] = { "name", name, "style", style, NULL };
    struct design_element e = { .name = "field", .attributes = pair, .at = { run->design->file, 1, 1 } };
    if (!run_is_taken(run, field_thing(run->plan, name)))
        build_field(run, &e, &context, parent, (struct run_look){ 0 });
}

/* The title begins the first page, the rest ends the last one. */
static void plain_fields(struct run *run)
{
    struct layout_box *content = run->first->content, *own = content->first;
    content->first = content->last = NULL;
    plain_field(run, "title", "h1", content);
    while (own) {
        struct layout_box *next = own->next;
        own->next = NULL;
        layout_append(content, own);
        own = next;
    }
    plain_field(run, "subtitle", "body", run->last->content);
    plain_field(run, "organisation", "body", run->last->content);
    plain_field(run, "unit", "body", run->last->content);
}

void run_chapter(struct run *run, const struct plan_part *part, size_t index, size_t count)
{
    struct run_context context = run_part_context(run, NULL, part);
    context.index = index;
    context.count = count;
    const struct design_element *arrangement = run_arrangement(run, &context);
    if (arrangement) {
        run_take(run, part);
        arrange_chapter(run, arrangement, &context);
    } else if (part != run->front) {       /* a template need not know the council's pages */
        diag_error(run->diag, part->at, "E462", _("the template has no arrangement for <%s>"), plan_part_name(part->kind));
        diag_remedy(run->diag, _("add an <arrangement match=\"*\"> as the last one in %s"), run->design->file);
    }
}

void run_plan(struct run *run)
{
    size_t count = 0, index = 0;
    for (const struct plan_part *part = run->plan->parts; part; part = part->next)
        count++;
    for (const struct plan_part *part = run->plan->parts; part; part = part->next)
        run_chapter(run, part, index++, count);
    if (run->plan->contact && run->last) {
        struct run_context context = { .lang = run->plan->lang, .count = 1, .blocks = run->plan->contact };
        run_left(run, &context, run->last->content, (struct run_look){ 0 }, NULL, NULL);
        run_footnotes(run, NULL, run->last->content);
    }
    if (run->first)
        plain_fields(run);
}
