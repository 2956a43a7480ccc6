/* Blocks, plainly: what a <body/> sets in reading order, and what no arrangement took. */
#include <string.h>

#include "compose/arrange.h"

/* ---- paragraphs -------------------------------------------------------------------------------------------------------- */
struct layout_box *run_paragraph(struct run *run, struct layout_box *parent, struct run_text text,
                                 const struct design_style *style, struct display_node *node, struct source at,
                                 const char *name)
{
    struct layout_box *box = run_box(run, parent, LAYOUT_PARAGRAPH, at, name);
    box->spans = text.spans;
    box->span_count = text.count;
    box->style = style;
    box->text_align = style->align;
    box->node = node;
    box->grid = style->grid;
    box->margin.top = style->space_before;
    box->margin.bottom = style->space_after;
    box->keep_next = style->keep_next > 0;
    run_place_notes(run, box);
    return box;
}

static struct layout_box *put_text(struct run *run, const struct run_context *context, struct layout_box *parent,
                                   const struct plan_inline *text, const char *style_name, const void *thing,
                                   struct source at)
{
    const struct design_style *style = run_style(run, style_name, at);
    struct display_node *node = run_node(run, thing);
    return run_paragraph(run, parent, run_inline(run, text, style, NULL, context->lang, node), style, node, at, "p");
}

/* ---- headings ------------------------------------------------------------------------------------------------------------ */
/* The style of a heading's level: <headings styles="cover-title h1 h3 h2"/>; deeper ones are set like the deepest. */
const char *run_heading_style(struct run *run, const struct display_node *node, struct run_look look)
{
    const struct design_element *headings = design_lookup_component(run->design, "headings");
    const char *styles = headings ? design_attribute(headings, "styles") : NULL;
    int level = node ? (int)(node->role - DISPLAY_H1) + 1 : 2;
    if (look.heading || !styles)
        return look.heading ? look.heading : "h1";
    for (; level > 1 && strchr(styles, ' '); level--)
        styles = strchr(styles, ' ') + 1;
    return arena_strndup(run->building, styles, strcspn(styles, " "));
}

/* Title of what is in hand; a part's number before it, unless <number/> has taken that. */
struct run_text run_title(struct run *run, const struct run_context *context, const struct plan_inline *const *title,
                          const struct design_style *style, const struct design_colour *colour)
{
    struct run_text text = run_inline(run, *title, style, colour, context->lang, run_node(run, title));
    const struct plan_part *part = context->item || context->block ? NULL : context->part;
    if (!part || !part->number || run_is_taken(run, &part->number))
        return text;
    const char *number = arena_printf(run->building, "%s\u2002", part->number);
    struct run_text label = run_words(run, number, style, colour, context->lang, part->at);
    struct text_span *both = arena_array(run->building, struct text_span, label.count + text.count);
    memcpy(both, label.spans, label.count * sizeof *both);
    memcpy(both + label.count, text.spans, text.count * sizeof *both);
    run_take(run, &part->number);
    return (struct run_text){ both, label.count + text.count };
}

void run_heading(struct run *run, const struct run_context *context, struct layout_box *parent, struct run_look look)
{
    const struct plan_inline *const *title = context->item    ? &context->item->title
                                             : context->block ? &context->block->title
                                                              : &context->part->title;
    struct source at = context->block ? context->block->at : context->part->at;
    struct display_node *node = run_node(run, title);
    const struct design_style *style = run_style(run, run_heading_style(run, node, look), at);
    run_take(run, title);
    struct layout_box *box = run_paragraph(run, parent, run_title(run, context, title, style, NULL), style, node, at,
                                           "title");
    box->keep_next = box->no_indent = true;
    if (!context->block && !context->item)
        run_note_heading(run, context->part, box);
}

/* ---- lists ----------------------------------------------------------------------------------------------------------------- */
static const char *label_text(struct run *run, const struct plan_block *list, size_t number)
{
    if (list->style && !strcmp(list->style, "number"))
        return arena_printf(run->building, "%zu.", number);
    if (list->style && !strcmp(list->style, "letter"))
        return arena_printf(run->building, "%c)", (int)('a' + (number - 1) % 26));
    const struct design_element *bullet = design_lookup_component(run->design, "bullet");
    const char *text = bullet ? design_attribute(bullet, "text") : NULL;
    return text ? text : "\u2022";
}

static struct layout_label *item_label(struct run *run, const struct run_context *context, const struct plan_block *list,
                                       const struct plan_item *item, size_t number, const struct design_style *style,
                                       int hue)
{
    const struct design_element *bullet = design_lookup_component(run->design, "bullet");
    const char *role = bullet ? design_attribute(bullet, "colour") : NULL;
    const struct design_colour *colour = role && !style->label_colour ? run_colour(run, role, hue) : style->label_colour;
    struct run_text text = run_words(run, label_text(run, list, number), style, colour, context->lang, item->at);
    struct layout_label *label = arena_new_of(run->building, struct layout_label);
    *label = (struct layout_label){ .spans = text.spans, .count = text.count, .node = run_node(run, &item->title),
                                    .colour = colour ? colour : style->colour };
    label->disc = (!list->style || !strcmp(list->style, "bullet")) && !(bullet && design_attribute(bullet, "text"));
    label->size = label->disc && bullet ? design_length(run->design, bullet, "size", 0, 4.2) : 4.2;
    return label;
}

void run_item(struct run *run, const struct run_context *context, const struct plan_block *list,
              const struct plan_item *item, size_t number, struct layout_box *parent, struct run_look look)
{
    const struct design_style *style = run_style(run, look.list ? look.list : "list", item->at);
    struct layout_box *before = parent->last;
    if (item->text)
        put_text(run, context, parent, item->text, style->name, &item->text, item->at)->no_indent = true;
    struct run_context inner = run_item_context(run, context, item);
    look.text = style->name;
    run_take(run, &item->text);
    run_blocks(run, &inner, item->blocks, parent, look);
    struct layout_box *first = before ? before->next : parent->first;
    for (struct layout_box *box = first; box; box = box->next) {
        if (box->kind == LAYOUT_PARAGRAPH)
            box->left += box == first ? 0 : style->hang;
        if (box == first && box->kind == LAYOUT_PARAGRAPH)
            box->label = item_label(run, context, list, item, number, style, look.hue);
    }
}

static void put_list(struct run *run, const struct run_context *context, const struct plan_block *list,
                     struct layout_box *parent, struct run_look look)
{
    size_t number = 0;
    for (const struct plan_item *item = list->items; item; item = item->next) {
        number++;
        if (!run_is_taken(run, item))
            run_item(run, context, list, item, number, parent, look);
    }
}

static void put_definitions(struct run *run, const struct run_context *context, const struct plan_block *list,
                            struct layout_box *parent, struct run_look look)
{
    for (const struct plan_item *item = list->items; item; item = item->next) {
        struct run_context inner = run_item_context(run, context, item);
        put_text(run, context, parent, item->title, "term", &item->title, item->at)->keep_next = true;
        struct layout_box *term = parent->last;
        if (item->text)
            put_text(run, context, parent, item->text, look.text ? look.text : "body", &item->text, item->at);
        run_blocks(run, &inner, item->blocks, parent, look);
        for (struct layout_box *box = term->next; box; box = box->next)
            if (box->kind == LAYOUT_PARAGRAPH)
                box->left += term->style->hang;
    }
}

/* ---- blocks with an arrangement of their own ------------------------------------------------------------------------------ */
static void put_box(struct run *run, const struct run_context *context, const struct plan_block *block,
                    struct layout_box *parent, struct run_look look)
{
    struct run_context inner = run_block_context(run, context, block);
    const struct design_element *arrangement = run_arrangement(run, &inner);
    if (arrangement) {
        const char *text = design_attribute(arrangement, "text"), *list = design_attribute(arrangement, "lists");
        look.text = text ? text : look.text;
        look.list = list ? list : look.list;
        run_arrange(run, arrangement, &inner, parent, look);
        return;
    }
    if (block->title && !run_is_taken(run, &block->title))
        run_heading(run, &inner, parent, look);
    run_left(run, &inner, parent, look, NULL, NULL);
}

static void put_break(struct run *run, const struct plan_block *block, struct layout_box *parent)
{
    struct layout_box *box = run_box(run, parent, LAYOUT_BREAK, block->at, plan_block_name(block->kind));
    box->break_kind = block->kind == PLAN_COLUMN_HINT ? LAYOUT_BREAK_COLUMN : run_break_of(block->style);
}

/* A blank line parts a drawing from the text above it, and its caption from what follows. */
static void put_drawing(struct run *run, const struct run_context *context, const struct plan_block *block,
                        struct layout_box *parent, bool follows)
{
    struct layout_box *before = parent->last;
    run_illustration(run, context, block, parent, (struct run_drawing){ .caption = DESIGN_START });
    if (parent->last == before)
        return;
    if (follows && block->kind != PLAN_CHART)
        parent->last->margin.top = run->design->page.baseline_step;
    if (block->next)
        parent->last->margin.bottom = run->design->page.baseline_step;
}

/* Title, table and source note as one box where the text names them: they move together. */
static void put_table(struct run *run, const struct run_context *context, const struct plan_block *block, struct layout_box *parent)
{
    struct layout_box *above = parent->last;
    if (!run_is_named(run, block)) {
        run_table(run, context, block, parent, above);
        return;
    }
    struct layout_box *stack = run_box(run, parent, LAYOUT_STACK, block->at, block->id);
    stack->movable = true;
    run_table(run, context, block, stack, above);
}

void run_block(struct run *run, const struct run_context *context, const struct plan_block *block,
               struct layout_box *parent, struct run_look look, bool follows)
{
    struct run_context own = *context;
    if (block->lang)
        own.lang = block->lang;
    switch (block->kind) {
    case PLAN_PARAGRAPH:
        put_text(run, &own, parent, block->text, look.text ? look.text : "body", block, block->at)->no_indent = !follows;
        break;
    case PLAN_LEAD:
        put_text(run, &own, parent, block->text, "lead", block, block->at)->no_indent = true;
        break;
    case PLAN_SUBHEADING:
        put_text(run, &own, parent, block->title ? block->title : block->text,
                 block->level && design_lookup_style(run->design, "subheading-2") ? "subheading-2" : "subheading", block,
                 block->at)->keep_next = true;
        break;
    case PLAN_LIST:
        put_list(run, &own, block, parent, look);
        break;
    case PLAN_DEFINITIONS:
        put_definitions(run, &own, block, parent, look);
        break;
    case PLAN_TABLE:
        put_table(run, &own, block, parent);
        break;
    case PLAN_BOX:
    case PLAN_QUOTE:
        put_box(run, &own, block, parent, look);
        break;
    case PLAN_PICTURE:
    case PLAN_ILLUSTRATION:
    case PLAN_CHART:
    case PLAN_KEY_FIGURE:
        put_drawing(run, &own, block, parent, follows);
        break;
    case PLAN_CONTENTS:
        run_contents(run, &own, block, parent);
        break;
    case PLAN_PART:
        run_nested(run, &own, block->part, parent, look);
        break;
    case PLAN_PAGE_HINT:
    case PLAN_COLUMN_HINT:
        put_break(run, block, parent);
        break;
    }
}

/* ---- what is left of a context --------------------------------------------------------------------------------------- */
static bool in_list(const struct plan_block *block, const char *of)
{
    while (of && *of) {
        size_t n = strcspn(of, " ");
        if (run_block_matches(block, of, n))
            return true;
        of += n + (of[n] == ' ');
    }
    return false;
}

static const struct plan_block *last_part(const struct plan_block *block)
{
    const struct plan_block *last = NULL;
    for (; block; block = block->next)
        if (block->kind == PLAN_PART)
            last = block;
    return last;
}

static void put_blocks(struct run *run, struct run_context *context, const struct plan_block *first,
                       struct layout_box *parent, struct run_look look, const char *of, bool before)
{
    bool follows = false;
    for (const struct plan_block *block = first; block && !(before && block->kind == PLAN_PART); block = block->next) {
        if (run_is_taken(run, block) || (of && !in_list(block, of)))
            continue;
        run_take(run, block);
        if (block->kind == PLAN_PART && run_is_taken(run, block->part))
            continue;
        struct layout_box *last = parent->last;
        run_block(run, context, block, parent, look, follows);
        for (struct layout_box *box = last ? last->next : parent->first; box; box = box->next)
            box->across = look.across && in_list(block, look.across);
        follows = block->kind == PLAN_PARAGRAPH;
    }
}

void run_blocks(struct run *run, struct run_context *context, const struct plan_block *block, struct layout_box *parent,
                struct run_look look)
{
    put_blocks(run, context, block, parent, look, NULL, false);
}

/* The text that a block or item holds beside its blocks. */
static void put_own_text(struct run *run, struct run_context *context, struct layout_box *parent, struct run_look look)
{
    const struct plan_block *block = context->block;
    const struct plan_item *item = context->item;
    const char *style = look.text ? look.text : item ? "list" : "body";
    if (item && item->text && !run_is_taken(run, &item->text)) {
        run_take(run, &item->text);
        put_text(run, context, parent, item->text, style, &item->text, item->at)->no_indent = true;
    }
    if (item || !block || run_is_taken(run, &block->kind))
        return;
    run_take(run, &block->kind);
    if (block->kind != PLAN_BOX && block->kind != PLAN_QUOTE) {
        run_block(run, context->outer, block, parent, look, false);
        return;
    }
    if (block->kind == PLAN_QUOTE && block->text)
        put_text(run, context, parent, block->text, look.text ? look.text : "quote", &block->text, block->at);
}

static void put_attribution(struct run *run, struct run_context *context, struct layout_box *parent)
{
    const struct plan_block *block = context->block;
    if (context->item || !block || block->kind != PLAN_QUOTE || !block->attribution ||
        run_is_taken(run, &block->attribution))
        return;
    const struct design_style *style = run_style(run, "attribution", block->at);
    run_take(run, &block->attribution);
    run_paragraph(run, parent, run_words(run, block->attribution, style, NULL, context->lang, block->at), style,
                  run_node(run, &block->attribution), block->at, "attribution")->no_indent = true;
}

static bool has_groups(const struct run *run, const struct run_context *context)
{
    for (const struct plan_block *block = context->blocks; block; block = block->next)
        if (block->kind == PLAN_PART && block->part->kind == PLAN_GOAL_GROUP && !run_is_taken(run, block->part))
            return true;
    return false;
}

void run_left(struct run *run, struct run_context *context, struct layout_box *parent, struct run_look look,
              const char *of, const char *where)
{
    const struct plan_block *first = context->blocks, *last = last_part(first);
    bool all = !of && !where;
    if (all || (where && !strcmp(where, "before")))
        put_own_text(run, context, parent, look);
    if (where && !strcmp(where, "after"))
        first = last ? last->next : NULL;
    if (context->part && context->part->kind == PLAN_GOALS && !context->block && all && has_groups(run, context))
        run_goals(run, context, NULL, parent);
    put_blocks(run, context, first, parent, look, of, where && !strcmp(where, "before"));
    if (all)
        put_attribution(run, context, parent);
}
