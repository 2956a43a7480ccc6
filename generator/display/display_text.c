/* The text in reading order: the tree's order, with a node's own text before the children that are painted after it. */
#include <stdlib.h>
#include <string.h>

#include "display/display_internal.h"

struct piece {                             /* the text of an item */
    const struct display_node *node;
    uint64_t order;
    size_t start, length;                  /* in the buffer of all texts */
};

struct pieces {
    struct piece *items;
    size_t count, capacity;
    struct buf text;
};

static int compare_pieces(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;
    if (x->node->number != y->node->number)
        return x->node->number < y->node->number ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void collect_page(const struct display_document *doc, size_t index, struct pieces *all)
{
    struct display_page *page = display_open_page(doc, index);
    uint64_t order = (uint64_t)index << 32;
    for (const struct display_item *i = page->first; i; i = i->next, order++) {
        if (i->kind != DISPLAY_GLYPHS || !i->node)
            continue;
        VEC_GROW(all->items, all->capacity, all->count + 1);
        all->items[all->count++] = (struct piece){ i->node, order, all->text.length, i->run.text_length };
        buf_put(&all->text, i->run.text, i->run.text_length);
    }
    display_close_page(page);
}

struct teller {
    const struct pieces *all;
    size_t next;                           /* piece; nodes come in the order of their numbers */
    bool after_label;                      /* an item's text stays on the line of its label */
    struct buf *out;
    struct display_span *spans;            /* by number of the node, or NULL */
};

static bool is_inline(const struct display_node *node)
{
    return node->role == DISPLAY_SPAN || node->role == DISPLAY_LINK || node->role == DISPLAY_REFERENCE ||
           node->role == DISPLAY_QUOTE || node->role == DISPLAY_LBL;
}

static void end_block(struct teller *t)
{
    struct buf *out = t->out;
    if (t->after_label)
        return;
    while (out->length && out->data[out->length - 1] == ' ')
        out->data[--out->length] = '\0';
    if (out->length && out->data[out->length - 1] != '\n')
        buf_putc(out, '\n');
}

/* The hyphen of a line's end stands for a soft one (C2 AD): the word is one. */
static void put_piece(struct teller *t, const struct piece *piece)
{
    const char *text = t->all->text.data + piece->start;
    size_t n = piece->length;
    t->after_label = false;
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && text[i] == '\xC2' && text[i + 1] == '\xAD')
            i++;
        else
            buf_putc(t->out, text[i]);
    }
}

static void tell_node(struct teller *t, const struct display_node *node);

static void tell_children(struct teller *t, const struct display_node *node)
{
    /* The node's own pieces stand in front of those of its children in the array. */
    size_t from = t->next, to = from;
    while (to < t->all->count && t->all->items[to].node == node)
        to++;
    t->next = to;
    for (const struct display_node *child = node->first;; child = child->next) {
        for (; from < to && (!child || t->all->items[from].order < child->order); from++)
            put_piece(t, &t->all->items[from]);
        if (!child)
            break;
        tell_node(t, child);
    }
}

static void skip_pieces(struct teller *t, const struct display_node *root)
{
    for (const struct display_node *n = root; n; n = display_next_node(root, n))
        while (t->next < t->all->count && t->all->items[t->next].node == n)
            t->next++;
}

static void tell_node(struct teller *t, const struct display_node *node)
{
    bool block = !is_inline(node);
    if (block)
        end_block(t);
    size_t start = t->out->length;
    const char *instead = node->actual_text ? node->actual_text : node->alt;
    if (instead) {
        t->after_label = false;
        buf_puts(t->out, instead);
        skip_pieces(t, node);
    } else {
        tell_children(t, node);
    }
    if (node->role == DISPLAY_LBL && t->out->length) {
        if (t->out->data[t->out->length - 1] != ' ')
            buf_putc(t->out, ' ');
        t->after_label = true;
    }
    if (block)
        end_block(t);
    if (t->spans)
        t->spans[node->number] = (struct display_span){ start, t->out->length > start ? t->out->length - start : 0 };
}

void display_text_of_nodes(const struct display_document *doc, struct buf *out, struct display_span *spans)
{
    struct pieces all = { .text = BUF_EMPTY };
    for (size_t i = 0; i < doc->page_count; i++)
        collect_page(doc, i, &all);
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_pieces);
    struct teller teller = { .all = &all, .out = out, .spans = spans };
    tell_node(&teller, doc->root);
    mem_free(all.items);
    buf_free(&all.text);
}

void display_text(const struct display_document *doc, struct buf *out)
{
    display_text_of_nodes(doc, out, NULL);
}
