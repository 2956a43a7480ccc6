#include "pdf/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEAF = 64,                             /* keys in a leaf of a number or name tree: no long arrays anywhere */
    ID_ROOM = 80
};

/* A piece of a node's own content: marked content, or (mcid < 0) an annotation. Chained in order of painting. */
struct mark {
    const struct pdf_page *page;
    int mcid;
    unsigned object;                       /* of the annotation */
    unsigned order;                        /* counts over the document */
    unsigned next;                         /* index + 1 */
};

struct node {
    struct pdf_tree *tree;
    const struct display_node *display;
    const char *type;
    struct pdf_object *object;             /* NULL until the tree is built: stray if it stays so */
    unsigned parent;                       /* object number */
    unsigned first_mark, last_mark;        /* index + 1 */
    unsigned first_paint;                  /* of it and its descendants; NOT_PAINTED */
    unsigned place;                        /* among its parent's kids */
    struct node **kids;                    /* in order; in the arena */
    size_t kid_count;
};

#define NOT_PAINTED 0xFFFFFFFFu

struct pdf_tree {
    struct pdf_document *document;
    struct pdf_map index;                  /* node index + 1 by display node */
    struct node **nodes;
    size_t count, capacity;
    struct mark *marks;
    size_t mark_count, mark_capacity;
    unsigned *annotation_owners;           /* node indices */
    size_t annotation_count, annotation_capacity;
    struct pdf_object *root;
    int last_heading;
    bool open_table, table_has_header;
};

/* A reference that can be followed is a link: its annotation must stand in a Link (ISO 14289-1, 7.18.5); where nothing can
   be followed, its words are words. */
const char *pdf_tree_type(const struct pdf_document *document, const struct display_node *display)
{
    enum display_role role = display->role;
    if (role == DISPLAY_LINK || (role == DISPLAY_REFERENCE && display->target))
        role = document->options.no_navigation ? DISPLAY_SPAN : DISPLAY_LINK;
    return display_role_name(role);
}

struct pdf_tree *pdf_tree_new(struct pdf_document *document)
{
    struct pdf_tree *t = mem_alloc(sizeof *t);
    t->document = document;
    return t;
}

void pdf_tree_free(struct pdf_tree *t)
{
    if (!t)
        return;
    pdf_map_free(&t->index);
    mem_free(t->nodes);
    mem_free(t->marks);
    mem_free(t->annotation_owners);
    mem_free(t);
}

/* ---- marks --------------------------------------------------------------------------------------------- */

static unsigned node_index(struct pdf_tree *t, const struct display_node *display)
{
    unsigned found = pdf_map_lookup(&t->index, display);
    if (found)
        return found - 1;
    struct node *node = arena_new_of(t->document->arena, struct node);
    node->tree = t;
    node->display = display;
    node->type = pdf_tree_type(t->document, display);
    node->first_paint = NOT_PAINTED;
    VEC_GROW(t->nodes, t->capacity, t->count + 1);
    t->nodes[t->count++] = node;
    pdf_map_put(&t->index, display, (unsigned)t->count);
    return (unsigned)t->count - 1;
}

static void append_mark(struct pdf_tree *t, struct node *node, struct mark mark)
{
    VEC_GROW(t->marks, t->mark_capacity, t->mark_count + 1);
    mark.order = (unsigned)t->mark_count;
    t->marks[t->mark_count++] = mark;
    if (node->last_mark)
        t->marks[node->last_mark - 1].next = (unsigned)t->mark_count;
    else
        node->first_mark = (unsigned)t->mark_count;
    node->last_mark = (unsigned)t->mark_count;
}

unsigned pdf_tree_mark(struct pdf_tree *t, const struct display_node *display, struct pdf_page *page)
{
    unsigned index = node_index(t, display);
    unsigned mcid = (unsigned)page->owner_count;
    VEC_GROW(page->owners, page->owner_capacity, page->owner_count + 1);
    page->owners[page->owner_count++] = index;
    append_mark(t, t->nodes[index], (struct mark){ page, (int)mcid, 0, 0, 0 });
    return mcid;
}

unsigned pdf_tree_annotation(struct pdf_tree *t, const struct display_node *display, const struct pdf_page *page,
                             unsigned object)
{
    unsigned index = node_index(t, display);
    VEC_GROW(t->annotation_owners, t->annotation_capacity, t->annotation_count + 1);
    t->annotation_owners[t->annotation_count++] = index;
    append_mark(t, t->nodes[index], (struct mark){ page, -1, object, 0, 0 });
    return (unsigned)(t->document->page_count + t->annotation_count - 1);
}

/* ---- one element --------------------------------------------------------------------------------------- */

static const char *const scopes[] = { NULL, "Column", "Row", "Both" };
static const char *const numberings[] = { NULL, "Disc", "Decimal", "LowerAlpha" };

/* Ids are unique in a display document; those of a second one get its number in front. */
static const char *id_of(const struct pdf_tree *t, const struct display_node *d, char room[ID_ROOM])
{
    size_t part = t->document->part_count > 1 ? pdf_part_of(t->document, d) : 0;
    if (!part)
        return d->id;
    snprintf(room, ID_ROOM, "%zu-%s", part, d->id);
    return room;
}

static void put_id(const struct pdf_tree *t, struct buf *out, const struct display_node *d)
{
    char room[ID_ROOM];
    const char *id = id_of(t, d, room);
    pdf_put_literal(out, id, strlen(id));
}

static void put_table_attributes(const struct pdf_tree *t, struct buf *out, const struct display_node *d)
{
    if (!d->scope && d->column_span < 2 && d->row_span < 2 && !d->headers)
        return;
    buf_puts(out, "/A<</O/Table");
    if (d->scope && d->role == DISPLAY_TH)
        buf_printf(out, "/Scope/%s", scopes[d->scope]);
    if (d->column_span > 1)
        buf_printf(out, "/ColSpan %d", d->column_span);
    if (d->row_span > 1)
        buf_printf(out, "/RowSpan %d", d->row_span);
    if (d->headers && d->headers[0]) {
        buf_puts(out, "/Headers[");
        for (const struct display_node *const *h = d->headers; *h; h++)
            if ((*h)->id)
                put_id(t, out, *h);
        buf_putc(out, ']');
    }
    buf_puts(out, ">>");
}

static void put_attributes(struct buf *out, const struct node *n)
{
    const struct display_node *d = n->display;
    const struct pdf_page *page = d->role == DISPLAY_FIGURE ? pdf_page_of(n->tree->document, d) : NULL;
    if (d->role == DISPLAY_TH || d->role == DISPLAY_TD)
        put_table_attributes(n->tree, out, d);
    if (d->role == DISPLAY_L && d->numbering)
        buf_printf(out, "/A<</O/List/ListNumbering/%s>>", numberings[d->numbering]);
    if (page && d->box.width >= 0) {
        buf_puts(out, "/A<</O/Layout/Placement/Block/BBox");
        pdf_put_box(out, page, d->box);
        buf_puts(out, ">>");
    }
}

static void put_texts(const struct pdf_tree *t, struct buf *out, const struct display_node *d)
{
    const struct {
        const char *key, *text;
    } texts[] = { { "/Lang", d->lang }, { "/Alt", d->alt }, { "/ActualText", d->actual_text } };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].text && texts[i].text[0]) {
            buf_puts(out, texts[i].key);
            pdf_put_text(out, texts[i].text);
        }
    }
    if (d->id) {
        buf_puts(out, "/ID");
        put_id(t, out, d);
    }
}

static void put_mark(struct buf *out, const struct mark *m, const struct pdf_page *page)
{
    if (m->mcid < 0)
        buf_printf(out, "<</Type/OBJR/Obj %u 0 R/Pg %u 0 R>>", m->object, pdf_object_number(m->page->object));
    else if (m->page == page)
        buf_printf(out, "%d ", m->mcid);
    else
        buf_printf(out, "<</Type/MCR/Pg %u 0 R/MCID %d>>", pdf_object_number(m->page->object), m->mcid);
}

/* Kids of a node with content of its own follow the order of first paint, so that a link stands where it is read in its
   paragraph; annotations stand last. */
static void put_kids(struct buf *out, const struct node *n, const struct pdf_page *page)
{
    const struct pdf_tree *t = n->tree;
    size_t kid = 0;
    buf_puts(out, "/K[");
    for (unsigned at = n->first_mark; at; at = t->marks[at - 1].next) {
        const struct mark *m = &t->marks[at - 1];
        for (; kid < n->kid_count && (m->mcid < 0 || n->kids[kid]->first_paint < m->order); kid++)
            buf_printf(out, "%u 0 R ", pdf_object_number(n->kids[kid]->object));
        put_mark(out, m, page);
    }
    for (; kid < n->kid_count; kid++)
        buf_printf(out, "%u 0 R ", pdf_object_number(n->kids[kid]->object));
    if (out->data[out->length - 1] == ' ')
        out->length--;
    buf_putc(out, ']');
}

static void write_node(const void *context, struct buf *out)
{
    const struct node *n = context;
    const struct pdf_page *page = n->first_mark ? n->tree->marks[n->first_mark - 1].page : NULL;
    buf_printf(out, "/Type/StructElem/S/%s/P %u 0 R", n->type, n->parent);
    if (page)
        buf_printf(out, "/Pg %u 0 R", pdf_object_number(page->object));
    put_texts(n->tree, out, n->display);
    put_attributes(out, n);
    if (n->first_mark || n->kid_count)
        put_kids(out, n, page);
}

/* ---- building ------------------------------------------------------------------------------------------ */

static int by_first_paint(const void *a, const void *b)
{
    const struct node *x = *(struct node *const *)a, *y = *(struct node *const *)b;
    if (x->first_paint != y->first_paint)
        return x->first_paint < y->first_paint ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static bool has_content(const struct pdf_tree *t, const struct node *n)
{
    return n->first_mark && t->marks[n->first_mark - 1].mcid >= 0;
}

static void note(struct pdf_tree *t, enum pdf_fact fact, const struct display_node *d)
{
    pdf_facts_note(&t->document->facts, fact, d->at, d->title, t->document->arena);
}

static void check_node(struct pdf_tree *t, const struct display_node *d)
{
    if (d->role == DISPLAY_FIGURE && (!d->alt || !d->alt[0]) && !d->actual_text)
        note(t, PDF_FACT_FIGURE_WITHOUT_ALT, d);
    if (d->role >= DISPLAY_H1 && d->role <= DISPLAY_H6) {
        int level = (int)d->role - DISPLAY_H1 + 1;
        if (level > t->last_heading + 1)
            note(t, PDF_FACT_HEADING_GAP, d);
        t->last_heading = level;
    }
    if (d->role == DISPLAY_TH)
        t->table_has_header = true;
}

static struct node *build_node(struct pdf_tree *t, const struct display_node *d, unsigned parent);

static void build_kids(struct pdf_tree *t, struct node *n)
{
    const struct display_node *d = n->display;
    size_t count = 0;
    for (const struct display_node *k = d->first; k; k = k->next)
        count++;
    n->kids = arena_array(t->document->arena, struct node *, count);
    unsigned before = n->first_paint;
    for (const struct display_node *k = d->first; k; k = k->next) {
        struct node *kid = build_node(t, k, pdf_object_number(n->object));
        if (kid->first_paint == NOT_PAINTED)       /* an empty cell stays behind the one before it */
            kid->first_paint = before;
        before = kid->first_paint;
        if (kid->first_paint < n->first_paint)
            n->first_paint = kid->first_paint;
        kid->place = (unsigned)n->kid_count;
        n->kids[n->kid_count++] = kid;
    }
    if (has_content(t, n) && count > 1)
        qsort(n->kids, count, sizeof *n->kids, by_first_paint);
}

static struct node *build_node(struct pdf_tree *t, const struct display_node *d, unsigned parent)
{
    struct pdf_objects *objects = t->document->objects;
    unsigned index = node_index(t, d);     /* may move t->nodes */
    struct node *n = t->nodes[index];
    bool outer = t->table_has_header;
    n->display = d;
    n->type = pdf_tree_type(t->document, d);
    n->object = pdf_object_lean(objects, write_node, n);
    n->parent = parent;
    if (has_content(t, n))
        n->first_paint = t->marks[n->first_mark - 1].order;
    if (d->role == DISPLAY_TABLE)
        t->table_has_header = false;
    check_node(t, d);
    build_kids(t, n);
    if (d->role == DISPLAY_TABLE && !t->table_has_header)
        note(t, PDF_FACT_TABLE_WITHOUT_HEADERS, d);
    if (d->role == DISPLAY_TABLE)
        t->table_has_header = outer;
    return n;
}

/* Several roots (front pages, then the plan) become parts of one document. */
static struct display_node *wrap_roots(struct pdf_tree *t, const struct display_node *const *roots, size_t n)
{
    struct arena *arena = t->document->arena;
    struct display_node *document = arena_new_of(arena, struct display_node);
    struct display_node **link = &document->first;
    document->role = DISPLAY_DOCUMENT;
    document->page = -1;
    for (size_t i = 0; i < n; i++) {
        struct display_node *part = arena_copy(arena, roots[i], sizeof *part);
        part->role = DISPLAY_PART;
        part->next = NULL;
        *link = part;
        link = &part->next;
        unsigned known = pdf_map_lookup(&t->index, roots[i]);
        if (known)
            pdf_map_put(&t->index, part, known);
    }
    return document;
}

void pdf_tree_build(struct pdf_tree *t, const struct display_node *const *roots, size_t n)
{
    struct pdf_objects *objects = t->document->objects;
    if (!n)
        return;
    t->root = pdf_object_indirect(objects, pdf_object_make(objects, "<< /Type /StructTreeRoot >>"));
    const struct display_node *top = n == 1 ? roots[0] : wrap_roots(t, roots, n);
    struct node *document = build_node(t, top, pdf_object_number(t->root));
    pdf_object_put(objects, t->root, "/K [%o]", document->object);
    for (size_t i = 0; i < t->count; i++)
        if (!t->nodes[i]->object)
            note(t, PDF_FACT_STRAY_CONTENT, t->nodes[i]->display);
}

/* ---- number and name trees ----------------------------------------------------------------------------- */

static unsigned owner_number(const struct pdf_tree *t, unsigned index)
{
    const struct node *n = t->nodes[index];
    return n->object ? pdf_object_number(n->object) : 0;
}

static void put_parents(struct pdf_tree *t, size_t key, struct buf *out)
{
    const struct pdf_document *document = t->document;
    buf_putc(out, ' ');
    buf_put_int(out, (long long)key);
    if (key >= document->page_count) {
        pdf_put_reference(out, owner_number(t, t->annotation_owners[key - document->page_count]));
        return;
    }
    const struct pdf_page *page = document->pages[key];
    buf_putc(out, '[');                    /* from mark to element by index: entry i is the parent of MCID i (14.7.4.4) */
    for (size_t i = 0; i < page->owner_count; i++) {
        buf_put_int(out, owner_number(t, page->owners[i]));
        buf_puts(out, i + 1 < page->owner_count ? " 0 R " : " 0 R");
    }
    buf_putc(out, ']');
}

static struct pdf_object *write_parent_tree(struct pdf_tree *t, size_t total)
{
    struct pdf_objects *objects = t->document->objects;
    struct pdf_object *leaves = pdf_object_make(objects, "[]");
    struct buf leaf = BUF_EMPTY;
    for (size_t low = 0; low < total; low += LEAF) {
        size_t high = low + LEAF < total ? low + LEAF : total;
        buf_clear(&leaf);
        buf_printf(&leaf, "/Limits[%zu %zu]/Nums[", low, high - 1);
        for (size_t key = low; key < high; key++)
            put_parents(t, key, &leaf);
        buf_putc(&leaf, ']');
        pdf_object_append(objects, leaves,
                          pdf_object_indirect(objects, pdf_object_text(objects, leaf.data, leaf.length)));
    }
    buf_free(&leaf);
    return pdf_object_indirect(objects, pdf_object_make(objects, "<< /Kids %o >>", leaves));
}

struct name {
    const char *id;
    unsigned object;
};

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct name *)a)->id, ((const struct name *)b)->id);
}

/* All nodes with ids, sorted as a name tree wants them (7.9.6). */
static struct name *collect_ids(struct pdf_tree *t, size_t *n)
{
    struct arena *arena = t->document->arena;
    struct name *names = arena_array(arena, struct name, t->count);
    char room[ID_ROOM];
    *n = 0;
    for (size_t i = 0; i < t->count; i++) {
        const struct node *node = t->nodes[i];
        if (node->display->id && node->object)
            names[(*n)++] = (struct name){ arena_strdup(arena, id_of(t, node->display, room)),
                                           pdf_object_number(node->object) };
    }
    qsort(names, *n, sizeof *names, by_id);
    return names;
}

static void put_names(struct buf *leaf, const struct name *names, size_t n)
{
    buf_clear(leaf);
    buf_puts(leaf, "/Limits[");
    pdf_put_literal(leaf, names[0].id, strlen(names[0].id));
    pdf_put_literal(leaf, names[n - 1].id, strlen(names[n - 1].id));
    buf_puts(leaf, "]/Names[");
    for (size_t i = 0; i < n; i++) {
        pdf_put_literal(leaf, names[i].id, strlen(names[i].id));
        pdf_put_reference(leaf, names[i].object);
    }
    buf_putc(leaf, ']');
}

static struct pdf_object *write_id_tree(struct pdf_tree *t)
{
    struct pdf_objects *objects = t->document->objects;
    size_t n;
    const struct name *names = collect_ids(t, &n);
    if (!n)
        return NULL;
    struct pdf_object *leaves = pdf_object_make(objects, "[]");
    struct buf leaf = BUF_EMPTY;
    for (size_t low = 0; low < n; low += LEAF) {
        put_names(&leaf, names + low, n - low < LEAF ? n - low : LEAF);
        pdf_object_append(objects, leaves,
                          pdf_object_indirect(objects, pdf_object_text(objects, leaf.data, leaf.length)));
    }
    buf_free(&leaf);
    return pdf_object_indirect(objects, pdf_object_make(objects, "<< /Kids %o >>", leaves));
}

void pdf_tree_write(struct pdf_tree *t)
{
    struct pdf_document *document = t->document;
    struct pdf_objects *objects = document->objects;
    size_t total = document->page_count + t->annotation_count;
    if (!t->root)
        return;
    pdf_object_put(objects, t->root, "/ParentTree %o /ParentTreeNextKey %d", write_parent_tree(t, total), (int)total);
    struct pdf_object *ids = write_id_tree(t);
    if (ids)
        pdf_object_put(objects, t->root, "/IDTree %o", ids);
    pdf_object_put(objects, document->catalog, "/StructTreeRoot %o /MarkInfo << /Marked true >>", t->root);
}
