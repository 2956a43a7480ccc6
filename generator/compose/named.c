/* Figures that the text names: where they have no room, the layout lets the text go on and moves them to the next column or
   page; on which spread they came to stand is asked when all pages do. */
#include <string.h>

#include "base/i18n.h"
#include "compose/run.h"

struct run_named {
    const struct plan_block *block;
    const struct display_node *link, *figure;
    struct run_named *next;
};

/* The node of the part that holds it. */
static const struct display_node *section_of(const struct display_node *node)
{
    while (node && node->role != DISPLAY_SECT && node->role != DISPLAY_PART && node->role != DISPLAY_DOCUMENT)
        node = node->parent;
    return node;
}

static bool lies_in(const struct display_node *node, const struct display_node *section)
{
    while (node && node != section)
        node = node->parent;
    return node != NULL;
}

/* The first link to it, of those that were made, in the section that the figure stands in or in one round it. */
static const struct display_node *first_link(const struct run *run, const char *id, const struct display_node *figure)
{
    const struct display_node *first = NULL;
    for (const struct run_reference *r = run->references; r; r = r->next)
        if (!strcmp(r->id, id) && lies_in(figure, section_of(r->link)))
            first = r->link;
    return first;
}

bool run_is_named(struct run *run, const struct plan_block *block)
{
    const struct display_node *figure = block->id ? run_node(run, block) : NULL;
    const struct display_node *link = figure ? first_link(run, block->id, figure) : NULL;
    if (!link)
        return false;
    struct run_named *named = arena_new_of(run->arena, struct run_named);
    *named = (struct run_named){ block, link, figure, run->named };
    run->named = named;
    return true;
}

/* Must the reader turn a leaf between the two? Pages 2 and 3 face each other. */
static bool on_one_spread(const struct run *run, int a, int b)
{
    return run->design->page.facing ? (a + 1) / 2 == (b + 1) / 2 : a - b >= -1 && a - b <= 1;
}

void run_tell_named(struct run *run)
{
    for (const struct run_named *n = run->named; n; n = n->next) {
        if (n->link->page < 0 || n->figure->page < 0 || on_one_spread(run, n->link->page, n->figure->page))
            continue;
        struct display_page *const *pages = run->document->pages;
        diag_warning(run->diag, n->block->at, "W610",
                     _("%s stands on page %s, and the text that names it first on page %s: the reader must turn the leaf"), n->block->id,
                     pages[n->figure->page]->label, pages[n->link->page]->label);
        diag_remedy(run->diag, _("let it come earlier, or make it smaller"));
    }
}
