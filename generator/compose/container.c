/* The containers of an arrangement: what they look like, and what stands in them. */
#include <string.h>

#include "compose/arrange.h"

/* ---- what every container may say ------------------------------------------------------------------------------------ */
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

static struct layout_edge edge_lengths(const struct run *run, const struct design_element *e, const char *all,
                                       const char *const names[4])
{
    double every = all ? run_length(run, e, all, 0) : 0;
    return (struct layout_edge){ run_length(run, e, names[0], every), run_length(run, e, names[1], every),
                                 run_length(run, e, names[2], every), run_length(run, e, names[3], every) };
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
        radius[i] = run_length(run, &one, "radius", 0);
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

static void dress(struct run *run, const struct design_element *e, struct layout_box *box, int hue)
{
    static const char *const padding[4] = { "pad-top", "pad-right", "pad-bottom", "pad-left" };
    static const char *const margin[4] = { "margin-top", "margin-right", "margin-bottom", "margin-left" };
    static const char *const border[4] = { "border-top", "border-right", "border-bottom", "border-left" };
    const char *keep = design_attribute(e, "keep");
    box->background = run_colour(run, design_attribute(e, "background"), hue);
    box->bleed = edges(design_attribute(e, "bleed"));
    box->width = run_length(run, e, "width", 0);
    box->height = run_length(run, e, "height", 0);
    box->min_height = run_length(run, e, "min-height", 0);
    box->padding = edge_lengths(run, e, "pad", padding);
    box->margin = edge_lengths(run, e, NULL, margin);
    box->border = edge_lengths(run, e, NULL, border);
    box->border_colour = run_colour(run, design_attribute(e, "border-colour"), hue);
    box->bar = run_length(run, e, "bar", 0);
    box->bar_colour = run_colour(run, design_attribute(e, "bar-colour"), hue);
    box->stretch = design_number(e, "stretch", 0);
    box->align = run_vertical(e, -1);
    box->grid = design_flag(e, "grid", false);
    box->keep_together = keep && strstr(keep, "together");
    box->keep_next = keep && strstr(keep, "next");
    read_radius(run, e, box->radius);
    set_backdrop(run, e, box, hue);
}

/* ---- the containers -------------------------------------------------------------------------------------------------- */
/* What of the plan is in hand, for messages. */
static const struct layout_subject *subject_of(struct run *run, const struct run_context *context)
{
    struct layout_subject subject = { .name = "item" };
    if (!context->item && !context->block && !context->part)
        return NULL;
    if (context->block && !context->item)
        subject.name = run_called(run, plan_block_name(context->block->kind), context->block->id);
    else if (!context->item)
        subject.name = run_called(run, plan_part_name(context->part->kind), context->part->id);
    subject.at = run_place_of(context);
    return arena_copy(run->building, &subject, sizeof subject);
}

static struct layout_box *container(struct run *run, const struct design_element *e, enum layout_kind kind,
                                    struct run_context *context, struct layout_box *parent, struct run_look look)
{
    struct layout_box *box = run_box(run, parent, kind, e->at, e->name);
    box->holds = subject_of(run, context);
    look = run_look_of(e, look);
    dress(run, e, box, look.hue);
    box->gap = run_length(run, e, "gap", 0);
    box->row_gap = run_length(run, e, "row-gap", 0);
    run_children(run, e, context, box, look);
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

/* The cells of a grid, which is empty then. */
static struct layout_box **take_cells(struct run *run, struct layout_box *grid, size_t *count)
{
    *count = 0;
    for (struct layout_box *cell = grid->first; cell; cell = cell->next)
        ++*count;
    struct layout_box **cells = arena_array(run->building, struct layout_box *, *count + 1), *next;
    *count = 0;
    for (struct layout_box *cell = grid->first; cell; cell = next) {
        next = cell->next;
        cell->next = cell->parent = NULL;
        cells[(*count)++] = cell;
    }
    grid->first = grid->last = NULL;
    return cells;
}

/* Rows of as equal a number of cells as can be, each as wide as the place: seven in threes are three, two and two. */
static void order_even(struct run *run, struct layout_box *grid)
{
    size_t count, columns = (size_t)grid->columns, at = 0;
    struct layout_box **cells = take_cells(run, grid, &count);
    size_t rows = (count + columns - 1) / columns;
    grid->kind = LAYOUT_STACK;
    for (size_t row = 0; row < rows; row++) {
        struct layout_box *line = run_box(run, grid, LAYOUT_ROW, grid->at, "row");
        line->gap = grid->gap;
        line->margin.top = row ? grid->row_gap : 0;
        for (size_t end = at + (count - at + rows - row - 1) / (rows - row); at < end; at++)
            layout_append(line, cells[at]);
    }
}

/* Cells that read down the columns: cell i of a column-wise order stands at row i % rows, column i / rows. */
static void order_down(struct run *run, struct layout_box *grid)
{
    size_t count, columns = (size_t)grid->columns;
    struct layout_box **cells = take_cells(run, grid, &count);
    size_t rows = (count + columns - 1) / columns;
    for (size_t row = 0; row < rows; row++) {
        for (size_t column = 0; column < columns; column++) {
            size_t at = column * rows + row;
            if (at >= count) {
                run_box(run, grid, LAYOUT_STACK, grid->at, "cell");
                continue;
            }
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
    if (order && !strcmp(order, "even"))
        order_even(run, box);
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
        run_children(run, e, context, parent, look);
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
            run_children(run, e, &inner, parent, run_look_of(e, own));
            continue;
        }
        run_take(run, each.things[i]);
        run_arrange(run, e, &inner, parent, run_look_of(e, own));
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
    run_arrange(run, e, &inner, parent, run_look_of(e, look));
}

static void build_when(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    if (run_condition(run, context, e))
        run_children(run, e, context, parent, look);
}

static void build_space(struct run *run, const struct design_element *e, struct run_context *context,
                        struct layout_box *parent, struct run_look look)
{
    (void)context;
    (void)look;
    run_box(run, parent, LAYOUT_SPACE, e->at, e->name)->height = run_length(run, e, "height", 0);
}

enum layout_break run_break_of(const char *to)
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
    run_box(run, parent, LAYOUT_BREAK, e->at, e->name)->break_kind = run_break_of(design_attribute(e, "to"));
}

static void build_hole(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    struct run_hole *hole = arena_new_of(run->building, struct run_hole);
    if (design_attribute(e, "style"))
        look.text = design_attribute(e, "style");
    *hole = (struct run_hole){ .element = e, .look = look, .place = run_box(run, parent, LAYOUT_STACK, e->at, e->name) };
    *(context->last_hole ? &context->last_hole->next : &context->first_hole) = hole;
    context->last_hole = hole;
}

/* ---- the table of containers ----------------------------------------------------------------------------------------- */
static const struct {
    const char *name;
    run_builder *build;
} containers[] = {
    { "stack", build_stack }, { "band", build_band }, { "cell", build_cell },   { "row", build_row },
    { "columns", build_columns }, { "grid", build_grid }, { "each", build_each }, { "with", build_with },
    { "when", build_when },   { "space", build_space }, { "break", build_break }, { "body", build_hole },
    { "rest", build_hole },
};

static run_builder *builder_of(const char *name)
{
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++)
        if (!strcmp(name, containers[i].name))
            return containers[i].build;
    return run_selector(name);
}

void run_children(struct run *run, const struct design_element *e, struct run_context *context, struct layout_box *parent,
                  struct run_look look)
{
    for (const struct design_element *child = e->first; child; child = child->next) {
        run_builder *build = builder_of(child->name);
        if (build)
            build(run, child, context, parent, look);
    }
}
