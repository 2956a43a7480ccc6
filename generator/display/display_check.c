/* The invariants of a finished document. What breaks one is told at its source, before any writer sees it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "display/display_internal.h"

/* Smaller print is not read on paper by the plan's readers (look of the pages: never below 7 pt); raised figures and
   letters may be, but not much. */
static const double smallest_size = 7, smallest_raised = 4.3;

struct check {
    const struct display_document *doc;
    struct diag *diag;
    size_t errors_before;
};

/* ---- items -------------------------------------------------------------------------------------------------- */

static void check_place(struct check *c, const struct display_page *page, const struct display_item *item)
{
    double bleed = item->bleeds ? c->doc->design->page.bleed : 0;
    struct rect room = { -bleed, -bleed, page->width + 2 * bleed, page->height + 2 * bleed };
    if (item->box.width < 0 || rect_contains(room, item->box, 0.5))
        return;
    double over = fmax(fmax(room.x - item->box.x, item->box.x + item->box.width - room.x - room.width),
                       fmax(room.y - item->box.y, item->box.y + item->box.height - room.y - room.height));
    diag_error(c->diag, item->at, "E650", _("on page %d something reaches %.1f mm beyond the page"), page->index + 1,
               over / PT_PER_MM);
    diag_remedy(c->diag, item->kind == DISPLAY_GLYPHS ? _("shorten the text, or give it more room in the template")
                                                      : _("make it smaller, or let the template give it more room"));
}

int display_excerpt(const struct text_run *run)
{
    size_t n = run->text_length < 40 ? run->text_length : 40;
    while (n && n < run->text_length && ((unsigned char)run->text[n] & 0xC0) == 0x80)
        n--;
    return (int)n;
}

static void check_glyphs(struct check *c, const struct display_page *page, const struct display_item *item,
                         double scale)
{
    const struct text_run *run = &item->run;
    if (!item->node && item->artifact == DISPLAY_UNMARKED) {
        diag_error(c->diag, item->at, "E651", _("the text \"%.*s\" on page %d is neither content nor decoration"),
                   display_excerpt(run), run->text, page->index + 1);
        diag_remedy(c->diag, _("this is a fault of the program; please report it with the plan"));
    }
    double smallest = run->rise != 0 ? smallest_raised : smallest_size;
    if (run->size * scale < smallest - 0.01) {
        diag_error(c->diag, item->at, "E652", _("the text \"%.*s\" on page %d is set in %.1f pt; the smallest size is %g pt"),
                   display_excerpt(run), run->text, page->index + 1,
                   run->size * scale, smallest);
        diag_remedy(c->diag, _("shorten the label, or give its style a larger size in the template"));
    }
}

static bool holds_no_content(enum display_role role)
{
    return role == DISPLAY_L || role == DISPLAY_LI || role == DISPLAY_TABLE || role == DISPLAY_THEAD ||
           role == DISPLAY_TBODY || role == DISPLAY_TR || role == DISPLAY_TOC || role == DISPLAY_DOCUMENT;
}

static void check_owner(struct check *c, const struct display_page *page, const struct display_item *item)
{
    if (!item->node || !holds_no_content(item->node->role))
        return;
    diag_error(c->diag, item->at, "E653", _("on page %d something is marked as %s, which holds no content itself"),
               page->index + 1, display_role_name(item->node->role));
    diag_remedy(c->diag, _("this is a fault of the program; please report it with the plan"));
}

static void check_page(struct check *c, size_t index)
{
    enum { MOST_DEPTH = 64 };
    double scale[MOST_DEPTH + 1] = { 1 };
    int depth = 0;
    bool balanced = true;
    struct display_page *page = display_open_page(c->doc, index);
    for (const struct display_item *i = page->first; i && balanced; i = i->next) {
        if (i->kind == DISPLAY_POP) {
            balanced = depth-- > 0;
        } else if (i->kind >= DISPLAY_PUSH_CLIP) {
            double stretch = i->kind == DISPLAY_PUSH_TRANSFORM ? affine_stretch(i->matrix) : 1;
            balanced = ++depth <= MOST_DEPTH;
            if (balanced)
                scale[depth] = scale[depth - 1] * stretch;
        } else {
            check_place(c, page, i);
            check_owner(c, page, i);
            if (i->kind == DISPLAY_GLYPHS)
                check_glyphs(c, page, i, scale[depth]);
        }
    }
    display_check_contrast(c->doc, page, c->diag);
    if (!balanced || depth != 0) {
        struct source at = page->last ? page->last->at : (struct source){ 0 };
        diag_error(c->diag, at, "E654", _("on page %d a clip or transformation is not closed"), page->index + 1);
        diag_remedy(c->diag, _("this is a fault of the program; please report it with the plan"));
    }
    display_close_page(page);
}

/* ---- tree --------------------------------------------------------------------------------------------------- */

/* ISO 32000-1, 14.8.4.3: which parents these roles may have. */
static bool parent_fits(enum display_role role, enum display_role parent)
{
    switch (role) {
    case DISPLAY_TR:
        return parent == DISPLAY_TABLE || parent == DISPLAY_THEAD || parent == DISPLAY_TBODY;
    case DISPLAY_TH:
    case DISPLAY_TD:
        return parent == DISPLAY_TR;
    case DISPLAY_THEAD:
    case DISPLAY_TBODY:
        return parent == DISPLAY_TABLE;
    case DISPLAY_LI:
        return parent == DISPLAY_L;
    case DISPLAY_LBODY:
        return parent == DISPLAY_LI;
    case DISPLAY_TOCI:
        return parent == DISPLAY_TOC;
    default:
        return parent != DISPLAY_TABLE && parent != DISPLAY_TR && parent != DISPLAY_L ? true
               : role == DISPLAY_CAPTION || (role == DISPLAY_L && parent == DISPLAY_L);
    }
}

static void check_parent(struct check *c, const struct display_node *node)
{
    if (!node->parent || parent_fits(node->role, node->parent->role))
        return;
    diag_error(c->diag, node->at, "E655", _("a %s may not stand in a %s"), display_role_name(node->role),
               display_role_name(node->parent->role));
    diag_remedy(c->diag, _("this is a fault of the program; please report it with the plan"));
}

static void check_figure(struct check *c, const struct display_node *node)
{
    if (node->role != DISPLAY_FIGURE || (node->alt && *node->alt) || (node->actual_text && *node->actual_text))
        return;
    diag_error(c->diag, node->at, "E656", _("the figure on page %d has no alternative text"), node->page + 1);
    diag_remedy(c->diag, _("say in alt=\"…\" what the picture shows"));
}

static bool has_ink(const struct display_node *node)
{
    return node->page >= 0;
}

static void check_link(struct check *c, const struct display_node *node)
{
    if (node->role != DISPLAY_LINK)
        return;
    if (!has_ink(node)) {
        diag_error(c->diag, node->at, "E657", _("a link has no text"));
        diag_remedy(c->diag, _("write the words that the reader is to follow"));
    }
    if (!node->uri && !node->target) {
        diag_error(c->diag, node->at, "E658", _("a link leads nowhere"));
        diag_remedy(c->diag, _("name its address or the part that it refers to"));
    }
}

/* ISO 14289-1, 7.4.2: headings begin at H1 and descend without leaving out a level. */
static void check_heading(struct check *c, const struct display_node *node, int *level)
{
    if (node->role < DISPLAY_H1 || node->role > DISPLAY_H6)
        return;
    int is = node->role - DISPLAY_H1 + 1;
    if (is > *level + 1) {
        diag_error(c->diag, node->at, "E659", _("the heading of level %d on page %d follows one of level %d"), is,
                   node->page + 1, *level);
        diag_remedy(c->diag, _("give the part above it a title, or let this part stand one level higher"));
    }
    *level = is;
}

static int compare_ids(const void *a, const void *b)
{
    const struct display_node *x = *(const struct display_node *const *)a;
    const struct display_node *y = *(const struct display_node *const *)b;
    int order = strcmp(x->id, y->id);
    return order ? order : x->number - y->number;
}

static void check_ids(struct check *c)
{
    const struct display_node **nodes = NULL;
    size_t n = 0, capacity = 0;
    for (struct display_node *node = c->doc->root; node; node = display_next_node(c->doc->root, node)) {
        if (!node->id)
            continue;
        VEC_GROW(nodes, capacity, n + 1);
        nodes[n++] = node;
    }
    if (n)
        qsort(nodes, n, sizeof *nodes, compare_ids);
    for (size_t i = 1; i < n; i++) {
        if (strcmp(nodes[i]->id, nodes[i - 1]->id) != 0)
            continue;
        diag_error(c->diag, nodes[i]->at, "E660", _("the id \"%s\" is used twice"), nodes[i]->id);
        diag_remedy(c->diag, _("give each part an id of its own"));
    }
    mem_free(nodes);
}

static void check_tree(struct check *c)
{
    int level = 0;
    for (const struct display_node *n = c->doc->root; n; n = display_next_node(c->doc->root, n)) {
        check_parent(c, n);
        check_figure(c, n);
        check_link(c, n);
        check_heading(c, n, &level);
    }
    check_ids(c);
}

bool display_check(const struct display_document *doc, struct diag *diag)
{
    struct check check = { doc, diag, diag_errors(diag) };
    for (size_t i = 0; i < doc->page_count; i++)
        check_page(&check, i);
    check_tree(&check);
    return diag_errors(diag) == check.errors_before;
}
