/* Links: their annotations, what they say, and the places they lead to. */
#include <string.h>

#include "pdf/pdf_internal.h"
#include "pdf/tree.h"

/* "/Dest[5 0 R/XYZ 0 700 null]": a little above the node's ink. */
bool pdf_put_destination(const struct pdf_document *d, const struct display_node *node, struct buf *out)
{
    enum { AIR = 12 };
    const struct pdf_page *page = node ? pdf_page_of(d, node) : NULL;
    if (!page)
        return false;
    double top = node->box.width < 0 || node->box.y < AIR ? 0 : node->box.y - AIR;
    buf_printf(out, "/Dest[%u 0 R/XYZ ", pdf_object_number(page->object));
    pdf_put_real(out, pdf_page_x(page, 0), 1);
    buf_putc(out, ' ');
    pdf_put_real(out, pdf_page_y(page, top), 1);
    buf_puts(out, " null]");
    return true;
}

/* ---- words --------------------------------------------------------------------------------------------- */

static const struct display_node *link_round(const struct display_node *node)
{
    for (; node; node = node->parent)
        if (node->role == DISPLAY_LINK || (node->role == DISPLAY_REFERENCE && node->target))
            return node;
    return NULL;
}

static bool says_something(const char *s)
{
    return s && s[strspn(s, " \t\n")];
}

/* Without soft hyphens: the words are one again. */
static void put_words(struct buf *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && text[i] == '\xC2' && text[i + 1] == '\xAD')
            i++;
        else
            buf_putc(out, text[i]);
    }
}

void pdf_links_read(struct pdf_document *d, const struct display_item *glyphs)
{
    const struct display_node *link = link_round(glyphs->node);
    if (!link || d->options.no_navigation || says_something(link->alt) || says_something(link->title))
        return;
    unsigned index = pdf_map_lookup(&d->linked, link);
    if (!index) {
        VEC_GROW(d->words, d->word_capacity, d->word_count + 1);
        d->words[d->word_count++] = (struct buf)BUF_EMPTY;
        index = (unsigned)d->word_count;
        pdf_map_put(&d->linked, link, index);
    }
    put_words(&d->words[index - 1], glyphs->run.text, glyphs->run.text_length);
}

/* What a link says to those who do not see it (ISO 14289-1, 7.18.5): a description, else its own words, else its target. */
static const char *link_words(const struct pdf_document *d, const struct display_node *node)
{
    unsigned index = pdf_map_lookup(&d->linked, node);
    const char *const all[] = { node->alt, node->title, index ? buf_text(&d->words[index - 1]) : NULL, node->uri,
                                node->target ? node->target->title : NULL };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (says_something(all[i]))
            return all[i];
    return NULL;
}

/* ---- annotations --------------------------------------------------------------------------------------- */

/* 7-bit ASCII (12.6.4.7): other bytes, as in a path with æøå, are percent-encoded. */
static void put_uri(struct buf *out, const char *uri)
{
    struct buf ascii = BUF_EMPTY;
    for (const unsigned char *s = (const unsigned char *)uri; *s; s++) {
        if (*s > ' ' && *s < 0x7F)
            buf_putc(&ascii, (char)*s);
        else
            buf_printf(&ascii, "%%%02X", *s);
    }
    pdf_put_literal(out, ascii.data, ascii.length);
    buf_free(&ascii);
}

static void write_link(struct pdf_document *d, const struct pdf_link *link)
{
    const struct display_node *node = link->node;
    const char *words = link_words(d, node);
    struct buf entry = BUF_EMPTY;
    buf_puts(&entry, "/Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect");
    pdf_put_box(&entry, link->page, link->area);
    if (node->uri) {
        buf_puts(&entry, "/A<</S/URI/URI");
        put_uri(&entry, node->uri);
        buf_puts(&entry, ">>");
    } else if (!pdf_put_destination(d, node->target, &entry)) {
        pdf_facts_note(&d->facts, PDF_FACT_LINK_NOWHERE, node->at, NULL, d->arena);
    }
    if (words) {
        buf_puts(&entry, "/Contents");
        pdf_put_text(&entry, words);
    } else {
        pdf_facts_note(&d->facts, PDF_FACT_LINK_WITHOUT_WORDS, node->at, NULL, d->arena);
    }
    struct pdf_object *annotation =
        pdf_object_indirect(d->objects, pdf_object_text(d->objects, entry.data, entry.length));
    unsigned object = pdf_object_number(annotation);
    unsigned key = pdf_tree_annotation(d->tree, node, link->page, object);
    pdf_object_put(d->objects, annotation, "/StructParent %d", (int)key);
    VEC_GROW(link->page->annotations, link->page->annotation_capacity, link->page->annotation_count + 1);
    link->page->annotations[link->page->annotation_count++] = object;
    buf_free(&entry);
}

void pdf_links_write(struct pdf_document *d)
{
    for (size_t i = 0; i < d->link_count; i++)
        write_link(d, &d->links[i]);
}
