/* Blocks: paragraphs, lists, boxes, pictures and what else a section is made of. */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "plan/plan_internal.h"

/* ---- lists ----------------------------------------------------------------------------------------------- */

static bool has_blocks(const struct xml_node *node)
{
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child))
        if (!plan_is_inline(child))
            return true;
    return false;
}

/* Words or inline elements directly inside, not in a block. */
static bool has_own_text(struct plan_reader *r, const struct xml_node *node)
{
    struct xml_piece *pieces;
    size_t n = xml_pieces(node, r->arena, &pieces);
    for (size_t i = 0; i < n; i++)
        if (pieces[i].node ? plan_is_inline(pieces[i].node)
                           : pieces[i].text[strspn(pieces[i].text, " \t\r\n")] != '\0')
            return true;
    return false;
}

static struct plan_item *new_item(struct plan_reader *r, const struct xml_node *node)
{
    struct plan_item *item = arena_new_of(r->arena, struct plan_item);
    item->icon = plan_attribute(r, node, "icon");
    item->at = plan_at(r, node);
    return item;
}

static struct plan_item *read_list_item(struct plan_reader *r, const struct xml_node *node)
{
    struct plan_item *item = new_item(r, node);
    if (!has_blocks(node)) {
        item->text = plan_read_inline(r, node);
        return item;
    }
    item->blocks = plan_read_blocks(r, node);
    if (has_own_text(r, node)) {
        diag_error(r->diag, item->at, "E219", _("<item>%s holds running text and blocks side by side"),
                   plan_in(r, r->part));
        diag_remedy(r->diag, _("put the text into a <p> of its own"));
    }
    return item;
}

static struct plan_item *read_entry(struct plan_reader *r, const struct xml_node *node)
{
    struct plan_item *item = new_item(r, node);
    item->title = plan_read_child(r, node, "term");
    item->blocks = plan_read_blocks(r, node);
    return item;
}

static struct plan_item *read_station(struct plan_reader *r, const struct xml_node *node)
{
    struct plan_item *item = new_item(r, node);
    item->id = plan_attribute(r, node, "id");
    item->highlighted = plan_flag(node, "highlighted");
    item->title = plan_read_inline(r, node);
    plan_add_id(r, item->id, ID_STATION, item, node);
    return item;
}

static void read_items(struct plan_reader *r, const struct xml_node *node, struct plan_block *block, const char *name,
                       struct plan_item *(*read)(struct plan_reader *, const struct xml_node *))
{
    const struct plan_item **tail = &block->items;
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child)) {
        if (!plan_is(child, name))
            continue;
        struct plan_item *item = read(r, child);
        *tail = item;
        tail = &item->next;
    }
}

/* ---- one reader for each kind ---------------------------------------------------------------------------- */

static void read_text(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    block->text = plan_read_inline(r, node);
}

static void read_subheading(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    block->title = plan_read_inline(r, node);
}

static void read_list(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    block->style = xml_attribute(node, "style") ? plan_attribute(r, node, "style") : "bullet";
    read_items(r, node, block, "item", read_list_item);
}

static void read_definitions(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    read_items(r, node, block, "entry", read_entry);
}

static void read_box(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    block->style = xml_attribute(node, "style") ? plan_attribute(r, node, "style") : "note";
    block->title = plan_read_child(r, node, "title");
    block->blocks = plan_read_blocks(r, node);
}

static void read_quote(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    block->attribution = plan_attribute(r, node, "attribution");
    block->blocks = plan_read_blocks(r, node);
}

/* A picture whose file is missing or lies elsewhere, and one that says nothing to those who cannot see it. */
static void check_picture(struct plan_reader *r, const struct plan_block *block)
{
    if (block->source_name)
        mem_free(file_resolve(r->plan->folder, block->source_name, block->at, r->diag));
    /* An attribute that is not there at all was told by the schema. */
    if (block->credit && !*block->credit) {
        diag_error(r->diag, block->at, "E212", _("the picture \"%s\"%s has an empty credit"),
                   block->source_name ? block->source_name : "", plan_in(r, r->part));
        diag_remedy(r->diag, _("say in credit who took or drew it"));
    }
    if (!block->alt || *block->alt)
        return;
    diag_error(r->diag, block->at, "E211", _("the picture \"%s\"%s has an empty alt text"),
               block->source_name ? block->source_name : "", plan_in(r, r->part));
    diag_remedy(r->diag, _("say in alt in a sentence or two what the picture shows"));
}

static void read_picture(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    block->source_name = plan_attribute(r, node, "file");
    block->alt = plan_attribute(r, node, "alt");
    block->credit = plan_attribute(r, node, "credit");
    block->shape = xml_attribute(node, "shape") ? plan_attribute(r, node, "shape") : "rectangle";
    block->text = plan_read_child(r, node, "caption");
    check_picture(r, block);
}

static void read_illustration(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    block->variant = plan_attribute(r, node, "kind");
    block->title = plan_read_child(r, node, "title");
    block->hub = plan_read_child(r, node, "hub");
    block->hub_second = plan_read_child(r, node, "hub-second");
    block->from = plan_read_child(r, node, "from");
    block->to = plan_read_child(r, node, "to");
    read_items(r, node, block, "station", read_station);
    if (block->items || !block->variant || !strcmp(block->variant, "matrix"))
        return;
    diag_error(r->diag, block->at, "E229", _("the illustration \"%s\"%s has no <station>"), block->variant,
               plan_in(r, r->part));
    diag_remedy(r->diag, _("name its stations; only the matrix is drawn from the plan itself"));
}

static void read_chart(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    block->variant = plan_attribute(r, node, "kind");
    block->title = plan_read_child(r, node, "title");
    block->measures = plan_id_list(r, node, "measures");
    for (size_t i = 0; block->measures && block->measures[i]; i++)
        plan_add_reference(r, block->measures[i], ID_MEASURE, "measures", node);
    const struct xml_node *note = xml_child(node, "source-note");
    block->source_name = note ? plan_needed_words(r, note) : NULL;
}

static void read_key_figure(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    struct plan_figure_use *use = plan_read_use(r, node);
    use->label = plan_read_child(r, node, "label");
    block->title = use->label;
    block->icon = plan_attribute(r, node, "icon");
    block->figure = use;
}

static void read_nothing(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    (void)r, (void)node, (void)block;
}

static void read_page_break(struct plan_reader *r, const struct xml_node *node, struct plan_block *block)
{
    block->style = xml_attribute(node, "to") ? plan_attribute(r, node, "to") : "page";
}

static const struct {
    const char *name;
    enum plan_block_kind kind;
    void (*read)(struct plan_reader *, const struct xml_node *, struct plan_block *);
} kinds[] = {
    { "p", PLAN_PARAGRAPH, read_text },
    { "lead", PLAN_LEAD, read_text },
    { "subheading", PLAN_SUBHEADING, read_subheading },
    { "list", PLAN_LIST, read_list },
    { "definitions", PLAN_DEFINITIONS, read_definitions },
    { "table", PLAN_TABLE, plan_read_table },
    { "box", PLAN_BOX, read_box },
    { "quote", PLAN_QUOTE, read_quote },
    { "picture", PLAN_PICTURE, read_picture },
    { "illustration", PLAN_ILLUSTRATION, read_illustration },
    { "chart", PLAN_CHART, read_chart },
    { "key-figure", PLAN_KEY_FIGURE, read_key_figure },
    { "contents", PLAN_CONTENTS, read_nothing },
    { "page-break", PLAN_PAGE_HINT, read_page_break },
    { "column-break", PLAN_COLUMN_HINT, read_nothing },
};

struct plan_block *plan_read_block(struct plan_reader *r, const struct xml_node *node)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!plan_is(node, kinds[i].name))
            continue;
        struct plan_block *block = arena_new_of(r->arena, struct plan_block);
        block->kind = kinds[i].kind;
        block->at = plan_at(r, node);
        block->id = plan_attribute(r, node, "id");
        block->lang = plan_language(r, node);
        const struct plan_block *outer = r->block;
        r->block = block;
        plan_add_id(r, block->id, ID_BLOCK, block, node);
        kinds[i].read(r, node, block);
        r->block = outer;
        return block;
    }
    return NULL;
}

const struct plan_block *plan_read_blocks(struct plan_reader *r, const struct xml_node *node)
{
    const struct plan_block *first = NULL, **tail = &first;
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child)) {
        struct plan_block *block = plan_read_block(r, child);
        if (!block)
            continue;
        *tail = block;
        tail = &block->next;
    }
    return first;
}
