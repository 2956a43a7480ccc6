#include "pdf/pdf.h"

#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "pdf/font.h"
#include "pdf/pdf_internal.h"
#include "pdf/tree.h"

static struct pdf_options copy_options(struct arena *arena, const struct pdf_options *from)
{
    struct pdf_options o = *from;
    o.title = arena_strdup(arena, from->title);
    o.author = arena_strdup(arena, from->author);
    o.subject = arena_strdup(arena, from->subject);
    o.keywords = arena_strdup(arena, from->keywords);
    o.lang = arena_strdup(arena, from->lang);
    o.id_seed = arena_strdup(arena, from->id_seed);
    o.output_condition = arena_strdup(arena, from->output_condition);
    o.output_condition_identifier = arena_strdup(arena, from->output_condition_identifier);
    o.registry = arena_strdup(arena, from->registry);
    return o;
}

struct pdf_document *pdf_new(const struct pdf_options *options, struct diag *diag)
{
    struct pdf_document *d = mem_alloc(sizeof *d);
    d->arena = arena_new();
    d->options = copy_options(d->arena, options);
    d->diag = diag;
    d->objects = pdf_objects_new(options->classic);
    pdf_save_begin(d);
    d->fonts = pdf_fonts_new(d);
    d->tree = pdf_tree_new(d);
    d->catalog = pdf_object_indirect(d->objects, pdf_object_make(d->objects, "<< /Type /Catalog >>"));
    d->info = pdf_object_indirect(d->objects, pdf_object_make(d->objects, "<< >>"));
    return d;
}

void pdf_free(struct pdf_document *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->page_count; i++) {
        mem_free(d->pages[i]->owners);
        mem_free(d->pages[i]->annotations);
    }
    for (int kind = 0; kind < PDF_RESOURCES; kind++)
        mem_free(d->shared[kind].items);
    mem_free(d->pages);
    for (size_t i = 0; i < d->word_count; i++)
        buf_free(&d->words[i]);
    mem_free(d->words);
    pdf_map_free(&d->linked);
    mem_free(d->parts);
    mem_free(d->links);
    mem_free(d->attachments);
    pdf_map_free(&d->symbols);
    pdf_map_free(&d->bitmaps);
    pdf_map_free(&d->inky);
    pdf_map_free(&d->veiled);
    mem_free(d->profiles);
    mem_free(d->reduced);
    pdf_tree_free(d->tree);
    pdf_fonts_free(d->fonts);
    pdf_facts_free(&d->facts);
    pdf_objects_free(d->objects);
    arena_free(d->arena);
    mem_free(d);
}

unsigned pdf_share(struct pdf_document *document, enum pdf_resource kind, const struct buf *definition)
{
    struct pdf_shared_table *t = &document->shared[kind];
    uint32_t hash = hash_bytes(definition->data, definition->length, 0);
    for (size_t i = 0; i < t->count; i++)
        if (t->items[i].hash == hash && t->items[i].length == definition->length &&
            !memcmp(t->items[i].definition, definition->data, definition->length))
            return (unsigned)i;
    VEC_GROW(t->items, t->capacity, t->count + 1);
    struct pdf_shared *s = &t->items[t->count++];
    *s = (struct pdf_shared){ arena_strndup(document->arena, definition->data, definition->length), definition->length,
                              hash, 0 };
    if (kind == PDF_SHADING || kind == PDF_PATTERN)
        s->object = pdf_object_number(pdf_object_indirect(
            document->objects, pdf_object_text(document->objects, definition->data, definition->length)));
    return (unsigned)(t->count - 1);
}

void pdf_attach(struct pdf_document *d, const struct pdf_attachment *attachment)
{
    VEC_GROW(d->attachments, d->attachment_capacity, d->attachment_count + 1);
    struct pdf_attachment *copy = arena_copy(d->arena, attachment, sizeof *copy);
    copy->name = arena_strdup(d->arena, attachment->name);
    copy->mime = arena_strdup(d->arena, attachment->mime);
    copy->description = arena_strdup(d->arena, attachment->description);
    copy->relationship = arena_strdup(d->arena, attachment->relationship);
    d->attachments[d->attachment_count++] = copy;
}

static void note_options(struct pdf_document *d, size_t roots)
{
    const struct source nowhere = { 0 };
    if (!d->options.title || !d->options.title[0])
        pdf_facts_note(&d->facts, PDF_FACT_NO_TITLE, nowhere, NULL, d->arena);
    if (!d->options.lang || !d->options.lang[0])
        pdf_facts_note(&d->facts, PDF_FACT_NO_LANGUAGE, nowhere, NULL, d->arena);
    if (!roots)
        pdf_facts_note(&d->facts, PDF_FACT_NO_STRUCTURE, nowhere, NULL, d->arena);
    if (!d->options.icc || !d->options.icc_size)
        pdf_facts_note(&d->facts, PDF_FACT_NO_INTENT, nowhere, NULL, d->arena);
    for (size_t i = 0; i < d->attachment_count; i++)
        pdf_facts_note(&d->facts, PDF_FACT_ATTACHMENT, nowhere, d->attachments[i]->name, d->arena);
}

bool pdf_finish(struct pdf_document *d, const struct display_node *const *roots, size_t n, struct buf *out)
{
    note_options(d, n);
    pdf_tree_build(d->tree, roots, n);
    pdf_meta_write(d, roots, n);
    pdf_tree_write(d->tree);
    pdf_fonts_write(d->fonts);
    if (pdf_facts_judge(&d->facts, d->options.claims, d->diag))
        return false;
    if (pdf_objects_error(d->objects)) {
        diag_error(d->diag, (struct source){ 0 }, "E719", _("the PDF could not be put together (libharu: %#lx)"),
                   pdf_objects_error(d->objects));
        diag_remedy(d->diag, "%s", _("this is a fault in the program: please report it with the plan"));
        return false;
    }
    pdf_save(d, out);
    return true;
}
