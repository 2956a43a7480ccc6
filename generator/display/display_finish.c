/* What is reckoned when a page, and then the document, is complete. */
#include <stdlib.h>
#include <string.h>

#include "display/display_internal.h"

/* ---- a page ------------------------------------------------------------------------------------------------- */

struct sort_entry {
    struct display_item *item;
    size_t place;
};

static int compare_entries(const void *a, const void *b)
{
    const struct sort_entry *x = a, *y = b;
    if (x->item->layer != y->item->layer)
        return x->item->layer < y->item->layer ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static bool in_order(const struct display_page *page)
{
    for (const struct display_item *i = page->first; i && i->next; i = i->next)
        if (i->layer > i->next->layer)
            return false;
    return true;
}

static void sort_items(struct display_page *page)
{
    if (in_order(page))
        return;
    struct sort_entry *entries = mem_alloc(page->item_count * sizeof *entries);
    size_t n = 0;
    for (struct display_item *i = page->first; i; i = i->next, n++)
        entries[n] = (struct sort_entry){ i, n };
    qsort(entries, n, sizeof *entries, compare_entries);
    for (size_t i = 0; i + 1 < n; i++)
        entries[i].item->next = entries[i + 1].item;
    page->first = entries[0].item;
    page->last = entries[n - 1].item;
    page->last->next = NULL;
    mem_free(entries);
}

/* Tell a node and those it lies in that ink of theirs stands on the page. */
static void note_ink(struct display_node *node, const struct display_page *page, struct rect box, uint64_t order)
{
    for (; node; node = node->parent) {
        if (node->page < 0 || page->index < node->page) {
            node->page = page->index;
            node->box = box;
            node->order = order;
        } else if (node->page == page->index) {
            if (rect_contains(node->box, box, 0) && node->order <= order)
                return;                    /* then its ancestors hold it too */
            node->box = rect_union(node->box, box);
            if (order < node->order)
                node->order = order;
        } else {
            return;
        }
    }
}

static void note_nodes(struct display_page *page)
{
    uint64_t order = (uint64_t)page->index << 32;
    for (const struct display_item *i = page->first; i; i = i->next, order++)
        if (i->node && i->kind <= DISPLAY_SYMBOL)
            note_ink(i->node, page, i->box, order);
}

/* What the page says of itself outlives its items. */
static void keep_words(struct display_page *page)
{
    struct arena *arena = page->document->arena;
    page->label = arena_strdup(arena, page->label);
    page->master = arena_strdup(arena, page->master);
}

void display_finish_page(struct display_page *page)
{
    if (page->packed)
        return;
    sort_items(page);
    note_nodes(page);
    keep_words(page);
    display_pack(page);
}

/* ---- the tree ----------------------------------------------------------------------------------------------- */

/* An empty cell stays while its row has ink: a table must stay regular. An empty link stays to be told of. */
static bool stays_empty(const struct display_node *node)
{
    bool kept = node->role == DISPLAY_TH || node->role == DISPLAY_TD || node->role == DISPLAY_LINK;
    return kept && node->parent->page >= 0;
}

static void drop_empty(struct display_node *parent)
{
    struct display_node **link = &parent->first, *last = NULL;
    while (*link) {
        struct display_node *node = *link;
        if (node->page < 0 && !stays_empty(node)) {
            *link = node->next;
            continue;
        }
        drop_empty(node);
        last = node;
        link = &node->next;
    }
    parent->last = last;
}

static void number_tree(struct display_document *doc)
{
    int number = 0;
    for (struct display_node *n = doc->root; n; n = display_next_node(doc->root, n)) {
        n->number = number++;
        /* ISO 14289-1, 7.9: a note must have an ID; headers of cells are named by theirs. */
        if (!n->id && n->role == DISPLAY_TH)
            n->id = arena_printf(doc->arena, "th-%d", n->number);
        if (!n->id && n->role == DISPLAY_NOTE)
            n->id = arena_printf(doc->arena, "note-%d", n->number);
    }
}

void display_finish(struct display_document *doc)
{
    for (size_t i = 0; i < doc->page_count; i++)
        display_finish_page(doc->pages[i]);
    drop_empty(doc->root);
    number_tree(doc);
}

/* ---- pages at rest ------------------------------------------------------------------------------------------ */

/* An open page lends its items: they are not changed by looking at them. */
struct display_page *display_open_page(const struct display_document *doc, size_t index)
{
    const struct display_page *page = doc->pages[index];
    struct arena *arena = arena_new();
    struct display_page *copy = arena_copy(arena, page, sizeof *page);
    copy->arena = arena;
    copy->packed = NULL;
    if (page->packed)
        display_unpack(page->packed, copy);
    return copy;
}

void display_drop_page(const struct display_document *doc, size_t index)
{
    display_packed_free(doc->pages[index]->packed);
    doc->pages[index]->packed = NULL;
}

void display_close_page(struct display_page *page)
{
    if (page)
        arena_free(page->arena);
}
