/* The structure tree, from the plan alone: one Sect a part, headings without gaps, blocks in the plan's order. What an
   arrangement does with the ink later changes nothing here: a screen reader gets the same document in every template. */
#include <string.h>

#include "compose/run.h"

/* A document's title is H1; a chapter's heading is one level below what holds it (ISO 32000-1, 14.8.4.3.2). */
enum { TITLE_LEVEL = 1, LAST_LEVEL = 6 };

struct display_node *run_node(const struct run *run, const void *thing)
{
    return run_map_lookup(&run->nodes, thing);
}

static struct display_node *add(struct run *run, struct display_node *parent, enum display_role role, const void *thing,
                                struct source at)
{
    struct display_node *node = display_add_node(run->document, parent, role, at);
    run_map_set(&run->nodes, thing, node);
    return node;
}

static enum display_role heading_role(int level)
{
    return (enum display_role)(DISPLAY_H1 + (level > LAST_LEVEL ? LAST_LEVEL : level) - 1);
}

/* ---- footnotes: numbered in reading order, before any box is made -------------------------------------------------- */
static void number_notes(struct run *run, const struct plan_inline *text)
{
    for (; text; text = text->next) {
        if (text->kind == PLAN_FOOTNOTE)
            run_add_note(run, text);
        else
            number_notes(run, text->first);
    }
}

/* ---- blocks ---------------------------------------------------------------------------------------------------------- */
static void add_blocks(struct run *, const struct plan_block *, struct display_node *parent, int level);
static void add_part(struct run *, const struct plan_part *, struct display_node *parent, int level);

static void add_heading(struct run *run, const struct plan_inline *const *title, struct display_node *parent, int level,
                        struct source at)
{
    add(run, parent, heading_role(level), title, at);
    number_notes(run, *title);
}

static enum display_numbering numbering_of(const struct plan_block *list)
{
    if (list->style && !strcmp(list->style, "number"))
        return DISPLAY_DECIMAL;
    if (list->style && !strcmp(list->style, "letter"))
        return DISPLAY_LOWER_ALPHA;
    return DISPLAY_DISC;
}

static void add_items(struct run *run, const struct plan_block *block, struct display_node *list, int level)
{
    for (const struct plan_item *item = block->items; item; item = item->next) {
        struct display_node *node = add(run, list, DISPLAY_LI, item, item->at);
        add(run, node, DISPLAY_LBL, &item->title, item->at);
        struct display_node *body = add(run, node, DISPLAY_LBODY, &item->text, item->at);
        number_notes(run, item->title);
        number_notes(run, item->text);
        add_blocks(run, item->blocks, body, level);
    }
}

/* A table's caption stands in it; a figure's beside it, since the alternative text replaces all that is inside. */
static void add_captioned(struct run *run, const struct plan_block *block, struct display_node *parent,
                          enum display_role role, const struct plan_inline *const *caption)
{
    if (*caption && role == DISPLAY_FIGURE)
        parent = display_add_node(run->document, parent, DISPLAY_DIV, block->at);
    struct display_node *node = add(run, parent, role, block, block->at);
    if (*caption) {
        add(run, role == DISPLAY_TABLE ? node : parent, DISPLAY_CAPTION, caption, block->at);
        number_notes(run, *caption);
    }
}

/* A circle that shows a measure's figure is one fact with the goal's row, and leads there. */
static void add_key_figure(struct run *run, const struct plan_block *block, struct display_node *parent)
{
    if (plan_lookup_goal(run->plan, block->figure->id)) {
        parent = add(run, parent, DISPLAY_LINK, &block->figure, block->at);
        run_refer(run, parent, block->figure->id, run->plan->lang);
    }
    add(run, parent, DISPLAY_FIGURE, block, block->at);
}

static void note_cells(struct run *run, const struct plan_block *table)
{
    for (const struct plan_row *row = table->rows; row; row = row->next)
        for (const struct plan_cell *cell = row->cells; cell; cell = cell->next)
            number_notes(run, cell->text);
}

static void add_box(struct run *run, const struct plan_block *box, struct display_node *parent, int level)
{
    struct display_node *sect = add(run, parent, DISPLAY_SECT, box, box->at);
    if (box->title)
        add_heading(run, &box->title, sect, level, box->at);
    add_blocks(run, box->blocks, sect, level + (box->title != NULL));
}

static void add_block(struct run *run, const struct plan_block *block, struct display_node *parent, int level)
{
    switch (block->kind) {
    case PLAN_PARAGRAPH:
    case PLAN_LEAD:
        add(run, parent, DISPLAY_P, block, block->at);
        number_notes(run, block->text);
        break;
    case PLAN_SUBHEADING:
        add(run, parent, heading_role(level + block->level), block, block->at);
        number_notes(run, block->title);
        break;
    case PLAN_LIST:
    case PLAN_DEFINITIONS: {
        struct display_node *list = add(run, parent, DISPLAY_L, block, block->at);
        list->numbering = block->kind == PLAN_LIST ? numbering_of(block) : DISPLAY_NUMBERING_NONE;
        add_items(run, block, list, level);
        break;
    }
    case PLAN_TABLE:
        add_captioned(run, block, parent, DISPLAY_TABLE, &block->title);
        note_cells(run, block);
        break;
    case PLAN_BOX:
        add_box(run, block, parent, level);
        break;
    case PLAN_QUOTE: {
        struct display_node *quote = add(run, parent, DISPLAY_BLOCKQUOTE, block, block->at);
        add_blocks(run, block->blocks, quote, level);
        add(run, quote, DISPLAY_P, &block->text, block->at);
        add(run, quote, DISPLAY_P, &block->attribution, block->at);
        break;
    }
    case PLAN_PICTURE:
        add_captioned(run, block, parent, DISPLAY_FIGURE, &block->text);
        break;
    case PLAN_KEY_FIGURE:
        add_key_figure(run, block, parent);
        break;
    case PLAN_ILLUSTRATION:
    case PLAN_CHART:
        add_captioned(run, block, parent, DISPLAY_FIGURE, &block->title);
        break;
    case PLAN_CONTENTS:
        add(run, parent, DISPLAY_TOC, block, block->at);
        break;
    case PLAN_PART:
        add_part(run, block->part, parent, level);
        break;
    case PLAN_PAGE_HINT:
    case PLAN_COLUMN_HINT:
        break;
    }
}

/* A block in another language says so, for a voice that reads it. */
static void mark_language(struct run *run, const struct plan_block *block)
{
    struct display_node *node = run_node(run, block);
    if (node && block->lang)
        node->lang = block->lang;
}

static void add_blocks(struct run *run, const struct plan_block *block, struct display_node *parent, int level)
{
    for (; block; block = block->next) {
        add_block(run, block, parent, level);
        mark_language(run, block);
    }
}

/* ---- parts ------------------------------------------------------------------------------------------------------------- */
static void add_part(struct run *run, const struct plan_part *part, struct display_node *parent, int level)
{
    struct display_node *sect = add(run, parent, DISPLAY_SECT, part, part->at);
    if (part->lang && strcmp(part->lang, run->plan->lang))
        sect->lang = part->lang;
    /* The groups of a goals table are rows of one table, not sections: goals.c adds them below the table's node. */
    if (part->kind == PLAN_GOAL_GROUP)
        return;
    if (part->title) {
        add_heading(run, &part->title, sect, level, part->at);
        struct display_node *heading = run_node(run, &part->title);
        char *title = run_plain(run, part->title, part->lang ? part->lang : run->plan->lang);
        heading->title = part->number ? arena_printf(run->arena, "%s %s", part->number, title) : arena_strdup(run->arena, title);
        heading->outline_level = level - TITLE_LEVEL;
    }
    if (part->kind == PLAN_GOALS)
        add(run, sect, DISPLAY_TABLE, &part->blocks, part->at);
    add_blocks(run, part->blocks, sect, level + (part->title != NULL));
}

/* Without a heading of its own the contact is a box with the template's word for one; a template may have no such word. */
static const struct plan_block *contact_of(struct run *run)
{
    const struct plan_block *own = run->plan->contact;
    const char *word = design_word(run->design, run->plan->lang, "contact");
    if (!own || own->kind == PLAN_BOX || own->kind == PLAN_SUBHEADING || !strcmp(word, "contact"))
        return own;
    struct plan_inline *title = arena_new_of(run->arena, struct plan_inline);
    *title = (struct plan_inline){ .kind = PLAN_TEXT, .text = word, .at = own->at };
    struct plan_block *box = arena_new_of(run->arena, struct plan_block);
    *box = (struct plan_block){ .kind = PLAN_BOX, .style = "note", .title = title, .blocks = own, .at = own->at };
    return box;
}

static void add_chapter(struct run *run, const struct plan_part *part)
{
    size_t first = run->note_count;
    run->chapter = part;
    add_part(run, part, run->document->root, TITLE_LEVEL + 1);
    run_end_notes(run, run_node(run, part), first);
}

void run_structure(struct run *run)
{
    const struct plan *plan = run->plan;
    struct display_node *root = run->document->root;
    struct source at = { plan->file, 1, 1 };
    add(run, root, DISPLAY_P, &plan->organisation, at);
    add(run, root, heading_role(TITLE_LEVEL), &plan->title, at);
    add(run, root, DISPLAY_P, &plan->subtitle, at);
    add(run, root, DISPLAY_P, &plan->unit_name, at);
    for (const struct plan_part *part = plan->parts; part; part = part->next)
        add_chapter(run, part);
    run->chapter = NULL;
    size_t first = run->note_count;
    run->contact = contact_of(run);
    add_blocks(run, run->contact, root, TITLE_LEVEL + 1);
    run_end_notes(run, root, first);
}

void run_front_structure(struct run *run, const struct plan_part *part)
{
    add_part(run, part, run->document->root, TITLE_LEVEL);
}

/* A circle alone leads nowhere: its goal is not in this document. */
void run_drawing_structure(struct run *run, const struct plan_block *block)
{
    if (block->kind == PLAN_KEY_FIGURE)
        add(run, run->document->root, DISPLAY_FIGURE, block, block->at);
    else
        add_block(run, block, run->document->root, TITLE_LEVEL + 1);
    mark_language(run, block);
    run_end_notes(run, run->document->root, 0);
}
