/* Pages: marked content in the order of painting, boxes, links. */
#include <string.h>

#include "pdf/paint.h"
#include "pdf/tree.h"

double pdf_page_x(const struct pdf_page *page, double x)
{
    return page->x0 + x;
}

double pdf_page_y(const struct pdf_page *page, double y)
{
    return page->y0 + page->height - y;
}

static void put_corners(struct buf *out, double x0, double y0, double x1, double y1)
{
    const double v[4] = { x0, y0, x1, y1 };
    for (int i = 0; i < 4; i++) {
        buf_putc(out, i ? ' ' : '[');
        pdf_put_real(out, v[i], 2);
    }
    buf_putc(out, ']');
}

void pdf_put_box(struct buf *out, const struct pdf_page *page, struct rect r)
{
    put_corners(out, pdf_page_x(page, r.x), pdf_page_y(page, r.y + r.height), pdf_page_x(page, r.x + r.width),
                pdf_page_y(page, r.y));
}

/* ---- marked content ------------------------------------------------------------------------------------ */

struct page_marker {
    struct pdf_marker base;
    struct pdf_page *page;
    bool open;
    const struct display_node *node;
    enum display_artifact artifact;
    const struct display_node *spelled;    /* the last span whose ActualText was written */
};

static void close_mark(struct pdf_marker *base, struct pdf_content *c)
{
    struct page_marker *m = (struct page_marker *)base;
    if (!m->open)
        return;
    pdf_content_end_text(c);
    buf_puts(&c->out, "EMC\n");
    m->open = false;
}

/* ISO 32000-1, 14.8.2.2: artifacts by kind; a background states its box. */
static void open_artifact(struct page_marker *m, struct pdf_content *c, const struct display_item *item)
{
    switch (item->artifact) {
    case DISPLAY_ARTIFACT_PAGINATION:
        buf_puts(&c->out, "/Artifact<</Type/Pagination>>BDC\n");
        break;
    case DISPLAY_ARTIFACT_PAGE:
        buf_puts(&c->out, "/Artifact<</Type/Page>>BDC\n");
        break;
    case DISPLAY_ARTIFACT_BACKGROUND:
        buf_puts(&c->out, "/Artifact<</Type/Background/BBox");
        pdf_put_box(&c->out, m->page, item->box);
        buf_puts(&c->out, ">>BDC\n");
        break;
    default:
        buf_puts(&c->out, "/Artifact<</Type/Layout>>BDC\n");
    }
}

static void open_mark(struct pdf_marker *base, struct pdf_content *c, const struct display_item *item)
{
    struct page_marker *m = (struct page_marker *)base;
    bool alike = item->node ? m->node == item->node
                            : !m->node && m->artifact == item->artifact && item->artifact != DISPLAY_ARTIFACT_BACKGROUND;
    if (m->open && alike)
        return;
    close_mark(base, c);
    m->open = true;
    m->node = item->node;
    m->artifact = item->artifact;
    if (!item->node) {
        open_artifact(m, c, item);
        return;
    }
    unsigned mcid = pdf_tree_mark(c->document->tree, item->node, m->page);
    buf_printf(&c->out, "/%s<</MCID %u", pdf_tree_type(c->document, item->node), mcid);
    /* Said once in the content too: text extraction does not look at the tree. */
    if (item->node->role == DISPLAY_SPAN && item->node->actual_text && m->spelled != item->node) {
        buf_puts(&c->out, "/ActualText");
        pdf_put_text(&c->out, item->node->actual_text);
        m->spelled = item->node;
    }
    buf_puts(&c->out, ">>BDC\n");
}

/* ---- the page ------------------------------------------------------------------------------------------ */

static void write_page(const void *context, struct buf *out)
{
    const struct pdf_page *p = context;
    const struct pdf_options *o = &p->document->options;
    double w = p->width, h = p->height, b = o->bleed;
    buf_printf(out, "/Type/Page/Parent %u 0 R/Contents %u 0 R/Resources%s/MediaBox", p->parent, p->contents,
               p->resources);
    put_corners(out, 0, 0, w + 2 * p->x0, h + 2 * p->y0);
    if (p->x0 > 0) {
        buf_puts(out, "/TrimBox");
        put_corners(out, p->x0, p->y0, p->x0 + w, p->y0 + h);
        buf_puts(out, "/BleedBox");
        put_corners(out, p->x0 - b, p->y0 - b, p->x0 + w + b, p->y0 + h + b);
    }
    if (p->owner_count || p->annotation_count)
        buf_printf(out, "/StructParents %zu/Tabs/S", p->index);
    if (p->transparent)
        buf_printf(out, "/Group<</S/Transparency/CS%s>>",
                   o->colours == PDF_CMYK ? "/DeviceCMYK" : "/DeviceRGB");
    if (p->annotation_count) {
        buf_puts(out, "/Annots[");
        for (size_t i = 0; i < p->annotation_count; i++)
            buf_printf(out, i ? " %u 0 R" : "%u 0 R", p->annotations[i]);
        buf_putc(out, ']');
    }
}

static struct pdf_page *add_page(struct pdf_document *d, const struct display_page *from)
{
    struct pdf_page *p = arena_new_of(d->arena, struct pdf_page);
    p->document = d;
    p->index = d->page_count;
    p->label = arena_strdup(d->arena, from->label);
    p->width = from->width;
    p->height = from->height;
    p->x0 = p->y0 = d->options.bleed + d->options.slug;
    p->object = pdf_object_lean(d->objects, write_page, p);
    VEC_GROW(d->pages, d->page_capacity, d->page_count + 1);
    d->pages[d->page_count++] = p;
    return p;
}

static void note_part(struct pdf_document *d, const struct display_page *from)
{
    const struct display_node *root = from->document ? from->document->root : NULL;
    if (d->part_count && d->parts[d->part_count - 1].root == root)
        return;
    VEC_GROW(d->parts, d->part_capacity, d->part_count + 1);
    d->parts[d->part_count++] = (struct pdf_part){ root, d->page_count };
}

size_t pdf_part_of(const struct pdf_document *d, const struct display_node *node)
{
    size_t i = 0;
    while (node->parent)
        node = node->parent;
    while (i < d->part_count && d->parts[i].root != node)
        i++;
    return i;
}

const struct pdf_page *pdf_page_of(const struct pdf_document *d, const struct display_node *node)
{
    size_t part = pdf_part_of(d, node);
    size_t first = part < d->part_count ? d->parts[part].first_page : 0;
    size_t end = part + 1 < d->part_count ? d->parts[part + 1].first_page : d->page_count;
    return node->page >= 0 && first + (size_t)node->page < end ? d->pages[first + (size_t)node->page] : NULL;
}

static void add_links(struct pdf_document *d, struct pdf_page *page, const struct display_link *links)
{
    for (const struct display_link *l = links; l; l = l->next) {
        VEC_GROW(d->links, d->link_capacity, d->link_count + 1);
        d->links[d->link_count++] = (struct pdf_link){ page, l->area, l->node };
    }
}

bool pdf_paint(struct pdf_document *d, const struct display_page *from)
{
    note_part(d, from);
    struct pdf_page *page = add_page(d, from);
    struct pdf_content c;
    struct page_marker marker = { .base = { open_mark, close_mark }, .page = page };
    pdf_content_begin(&c, d, page->x0, page->y0 + page->height);
    if (d->options.slug > 0)
        pdf_marks_clip(&c, page);
    for (const struct display_item *i = from->first; i;)
        i = pdf_paint_items(&c, i, &marker.base);
    close_mark(&marker.base, &c);
    if (d->options.slug > 0)
        pdf_marks_paint(&c, page);
    struct buf resources = BUF_EMPTY;
    pdf_content_put_resources(&c, &resources);
    page->resources = arena_strdup(d->arena, resources.data);
    page->transparent = c.transparent;
    page->contents =
        pdf_object_number(pdf_object_stream(d->objects, NULL, buf_text(&c.out), c.out.length, PDF_DEFLATE));
    buf_free(&resources);
    pdf_content_end(&c);
    if (!d->options.no_navigation)
        add_links(d, page, from->links);
    return !pdf_objects_error(d->objects);
}
