/* Everything beside the pages: metadata, profiles, bookmarks, page labels, attachments. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "pdf/pdf_internal.h"
#include "pdf/tree.h"

#define PRODUCER "Plantryk " PLANTRYK_VERSION

/* ---- dates --------------------------------------------------------------------------------------------- */

/* Days since 1970 to a date of the Gregorian calendar, in eras of 400 years that begin on 1 March. */
static void civil_date(int64_t days, int64_t *year, int *month, int *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

void pdf_meta_date(int64_t date, bool xmp, char out[32])
{
    int64_t days = date / 86400, seconds = date % 86400, year;
    int month, day;
    if (seconds < 0) {
        seconds += 86400;
        days--;
    }
    civil_date(days, &year, &month, &day);
    struct buf b = BUF_EMPTY;
    buf_printf(&b, xmp ? "%04d-%02d-%02dT%02d:%02d:%02dZ" : "D:%04d%02d%02d%02d%02d%02dZ", (int)(year % 10000),
               month, day, (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
    memcpy(out, b.data, b.length < 31 ? b.length + 1 : 31);
    out[31] = '\0';
    buf_free(&b);
}

/* ---- XMP (ISO 16684-1) and the information dictionary: they say the same ------------------------------- */

static void put_xml(struct buf *out, const char *s)
{
    for (; *s; s++) {
        switch (*s) {
        case '<':
            buf_puts(out, "&lt;");
            break;
        case '>':
            buf_puts(out, "&gt;");
            break;
        case '&':
            buf_puts(out, "&amp;");
            break;
        default:
            buf_putc(out, *s);
        }
    }
}

static void put_property(struct buf *out, const char *name, const char *value)
{
    if (!value || !value[0])
        return;
    buf_printf(out, "<%s>", name);
    put_xml(out, value);
    buf_printf(out, "</%s>\n", name);
}

static void put_list(struct buf *out, const char *name, const char *kind, const char *attribute, const char *value)
{
    if (!value || !value[0])
        return;
    buf_printf(out, "<%s><rdf:%s><rdf:li%s>", name, kind, attribute);
    put_xml(out, value);
    buf_printf(out, "</rdf:li></rdf:%s></%s>\n", kind, name);
}

/* Schemas that PDF/A does not know must be described in the file (ISO 19005-2, 6.6.2.3). */
static const struct {
    unsigned claim;
    const char *schema, *uri, *prefix, *property, *type;
} schemas[] = {
    { PDF_UA_1, "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part", "Integer" },
    { PDF_X_4, "PDF/X identification", "http://www.npes.org/pdfx/ns/id/", "pdfxid", "GTS_PDFXVersion", "Text" },
    { PDF_X_4, "Adobe PDF", "http://ns.adobe.com/pdf/1.3/", "pdf", "Trapped", "Text" },
};

static void put_schemas(struct buf *out, unsigned claims)
{
    buf_puts(out, "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                  " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                  " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"><pdfaExtension:schemas><rdf:Bag>\n");
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) {
        if (!(schemas[i].claim & claims))
            continue;
        buf_printf(out,
                   "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>%s</pdfaSchema:schema>"
                   "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI><pdfaSchema:prefix>%s</pdfaSchema:prefix>"
                   "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>%s</pdfaProperty:name>"
                   "<pdfaProperty:valueType>%s</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
                   "<pdfaProperty:description>version</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>"
                   "</rdf:li>\n",
                   schemas[i].schema, schemas[i].uri, schemas[i].prefix, schemas[i].property, schemas[i].type);
    }
    buf_puts(out, "</rdf:Bag></pdfaExtension:schemas></rdf:Description>\n");
}

static void put_claims(struct buf *out, unsigned claims)
{
    if (claims & (PDF_A_2A | PDF_A_2B | PDF_A_3A)) {
        put_property(out, "pdfaid:part", claims & PDF_A_3A ? "3" : "2");
        put_property(out, "pdfaid:conformance", claims & PDF_A_2B ? "B" : "A");
    }
    if (claims & PDF_UA_1)
        put_property(out, "pdfuaid:part", "1");
    if (claims & PDF_X_4) {
        put_property(out, "pdfxid:GTS_PDFXVersion", "PDF/X-4");
        put_property(out, "pdf:Trapped", "False");
    }
}

static void put_dublin_core(struct buf *out, const struct pdf_options *o)
{
    put_list(out, "dc:title", "Alt", " xml:lang=\"x-default\"", o->title);
    put_list(out, "dc:creator", "Seq", "", o->author);
    put_list(out, "dc:description", "Alt", " xml:lang=\"x-default\"", o->subject);
    put_list(out, "dc:language", "Bag", "", o->lang);
    put_property(out, "dc:format", "application/pdf");
}

static void put_xmp(struct buf *out, const struct pdf_options *o, const char *id)
{
    char date[32];
    pdf_meta_date(o->date, true, date);
    buf_puts(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                  "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                  " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                  " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                  " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n");
    put_dublin_core(out, o);
    put_property(out, "pdf:Producer", PRODUCER);
    put_property(out, "pdf:Keywords", o->keywords);
    put_property(out, "xmp:CreatorTool", PRODUCER);
    put_property(out, "xmp:CreateDate", date);
    put_property(out, "xmp:ModifyDate", date);
    put_property(out, "xmp:MetadataDate", date);
    put_property(out, "xmpMM:DocumentID", id);
    put_property(out, "xmpMM:VersionID", "1");
    put_property(out, "xmpMM:RenditionClass", "default");
    put_claims(out, o->claims);
    buf_puts(out, "</rdf:Description>\n");
    if (o->claims & (PDF_UA_1 | PDF_X_4))
        put_schemas(out, o->claims);
    buf_puts(out, "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
}

static void write_xmp(struct pdf_document *d)
{
    char hex[65];
    const char *seed = d->options.id_seed ? d->options.id_seed : "";
    sha256_hex(seed, strlen(seed), hex);
    struct buf xmp = BUF_EMPTY;
    put_xmp(&xmp, &d->options,
            arena_printf(d->arena, "uuid:%.8s-%.4s-5%.3s-8%.3s-%.12s", hex, hex + 8, hex + 13, hex + 17, hex + 20));
    struct pdf_object *dictionary = pdf_object_make(d->objects, "<< /Type /Metadata /Subtype /XML >>");
    /* Plain: a reader of metadata need not know Deflate (ISO 19005-1, 6.7.2). */
    struct pdf_object *stream = pdf_object_stream(d->objects, dictionary, xmp.data, xmp.length, PDF_PLAIN);
    pdf_object_put(d->objects, d->catalog, "/Metadata %o", stream);
    buf_free(&xmp);
}

static void write_info(struct pdf_document *d)
{
    const struct pdf_options *o = &d->options;
    char date[32];
    pdf_meta_date(o->date, false, date);
    pdf_object_put(d->objects, d->info, "/Producer %t /Creator %t /CreationDate %s /ModDate %s", PRODUCER, PRODUCER, date,
                   date);
    if (o->title && o->title[0])
        pdf_object_put(d->objects, d->info, "/Title %t", o->title);
    if (o->author && o->author[0])
        pdf_object_put(d->objects, d->info, "/Author %t", o->author);
    if (o->subject && o->subject[0])
        pdf_object_put(d->objects, d->info, "/Subject %t", o->subject);
    if (o->keywords && o->keywords[0])
        pdf_object_put(d->objects, d->info, "/Keywords %t", o->keywords);
    if (o->claims & PDF_X_4)
        pdf_object_put(d->objects, d->info, "/Trapped /False /GTS_PDFXVersion %s", "PDF/X-4");
}

/* ---- output intents ------------------------------------------------------------------------------------ */

static struct pdf_object *make_intent(struct pdf_document *d, const char *kind, struct pdf_object *profile)
{
    const struct pdf_options *o = &d->options;
    struct pdf_object *intent = pdf_object_make(
        d->objects, "<< /Type /OutputIntent /S %n /OutputConditionIdentifier %t /DestOutputProfile %o >>", kind,
        o->output_condition_identifier ? o->output_condition_identifier : "sRGB", profile);
    if (o->output_condition)
        pdf_object_put(d->objects, intent, "/OutputCondition %t /Info %t", o->output_condition, o->output_condition);
    if (o->registry && o->registry[0])
        pdf_object_put(d->objects, intent, "/RegistryName %t", o->registry);
    return intent;
}

static void write_intents(struct pdf_document *d)
{
    const struct pdf_options *o = &d->options;
    if (!o->icc || !o->icc_size)
        return;
    struct pdf_object *dictionary = pdf_object_make(d->objects, "<< /N %d >>", o->colours == PDF_CMYK ? 4 : 3);
    struct pdf_object *profile = pdf_object_stream(d->objects, dictionary, o->icc, o->icc_size, PDF_DEFLATE);
    struct pdf_object *intents = pdf_object_make(d->objects, "[]");
    if (o->claims & PDF_X_4)
        pdf_object_append(d->objects, intents, make_intent(d, "GTS_PDFX", profile));
    if (o->claims & (PDF_A_2A | PDF_A_2B | PDF_A_3A))
        pdf_object_append(d->objects, intents, make_intent(d, "GTS_PDFA1", profile));
    pdf_object_put(d->objects, d->catalog, "/OutputIntents %o", intents);
}

/* ---- page tree and labels ------------------------------------------------------------------------------ */

enum { KIDS = 50 };                        /* pages of a node of the page tree */

static void write_page_tree(struct pdf_document *d)
{
    struct pdf_objects *objects = d->objects;
    struct pdf_object *leaves = pdf_object_make(objects, "[]");
    struct pdf_object *root = pdf_object_indirect(objects, pdf_object_make(objects, "<< /Type /Pages >>"));
    for (size_t low = 0; low < d->page_count; low += KIDS) {
        size_t high = low + KIDS < d->page_count ? low + KIDS : d->page_count;
        struct pdf_object *kids = pdf_object_make(objects, "[]");
        struct pdf_object *leaf = pdf_object_indirect(
            objects, pdf_object_make(objects, "<< /Type /Pages /Parent %o /Count %d >>", root, (int)(high - low)));
        for (size_t i = low; i < high; i++) {
            pdf_object_append(objects, kids, d->pages[i]->object);
            d->pages[i]->parent = pdf_object_number(leaf);
        }
        pdf_object_put(objects, leaf, "/Kids %o", kids);
        pdf_object_append(objects, leaves, leaf);
    }
    pdf_object_put(objects, root, "/Kids %o /Count %d", leaves, (int)d->page_count);
    pdf_object_put(objects, d->catalog, "/Pages %o", root);
}

/* The number a label shows, 0 when it shows something else. */
static int label_number(const char *label)
{
    if (!label || !label[0] || strlen(label) > 6 || strspn(label, "0123456789") != strlen(label))
        return 0;
    return atoi(label);
}

static bool continues_labels(const struct pdf_document *d, size_t i)
{
    const char *before = d->pages[i - 1]->label, *label = d->pages[i]->label;
    int a = label_number(before), b = label_number(label);
    return (a && b && b == a + 1) || (!b && !a && !strcmp(before ? before : "", label ? label : ""));
}

/* ISO 32000-1, 12.4.2: ranges of pages whose labels count up, or all show the same. */
static void write_labels(struct pdf_document *d)
{
    struct buf nums = BUF_EMPTY;
    bool any = false;
    buf_puts(&nums, "/Nums[");
    for (size_t i = 0; i < d->page_count; i++) {
        const char *label = d->pages[i]->label;
        any |= label && label[0];
        if (i && continues_labels(d, i))
            continue;
        buf_printf(&nums, "%zu<<", i);
        if (label_number(label)) {
            buf_printf(&nums, "/S/D/St %d", label_number(label));
        } else if (label && label[0]) {
            buf_puts(&nums, "/P");
            pdf_put_text(&nums, label);
        }
        buf_puts(&nums, ">>");
    }
    buf_putc(&nums, ']');
    if (any)
        pdf_object_put(d->objects, d->catalog, "/PageLabels %o", pdf_object_text(d->objects, nums.data, nums.length));
    buf_free(&nums);
}

/* ---- bookmarks ----------------------------------------------------------------------------------------- */

struct bookmark {
    const struct display_node *node;
    struct pdf_object *object;
    int level;
    size_t parent, first, last, previous, next, count;     /* indices + 1; count: of all below, shown open */
};

struct bookmarks {
    struct pdf_document *document;
    struct bookmark *items;                /* item 0 is the root */
    size_t count, capacity;
};

static void collect_bookmarks(struct bookmarks *b, const struct display_node *node)
{
    for (; node; node = node->next) {
        if (node->outline_level > 0 && node->title && node->page >= 0) {
            VEC_GROW(b->items, b->capacity, b->count + 1);
            b->items[b->count++] = (struct bookmark){ .node = node, .level = node->outline_level };
        }
        collect_bookmarks(b, node->first);
    }
}

static void link_bookmarks(struct bookmarks *b)
{
    for (size_t i = 1; i < b->count; i++) {
        size_t parent = i - 1;
        while (b->items[parent].level >= b->items[i].level)
            parent = b->items[parent].parent - 1;
        struct bookmark *up = &b->items[parent];
        b->items[i].parent = parent + 1;
        b->items[i].previous = up->last;
        if (up->last)
            b->items[up->last - 1].next = i + 1;
        else
            up->first = i + 1;
        up->last = i + 1;
    }
    for (size_t i = b->count; --i > 0;)
        b->items[b->items[i].parent - 1].count += 1 + (b->items[i].parent == 1 ? 0 : b->items[i].count);
}

static void put_bookmark(const struct bookmarks *b, size_t i, struct buf *out)
{
    const struct bookmark *m = &b->items[i];
    const struct {
        const char *key;
        size_t to;
    } links[] = { { "/Parent", m->parent }, { "/First", m->first }, { "/Last", m->last }, { "/Prev", m->previous },
                  { "/Next", m->next } };
    for (size_t k = 0; k < sizeof links / sizeof *links; k++) {
        if (links[k].to) {
            buf_puts(out, links[k].key);
            pdf_put_reference(out, pdf_object_number(b->items[links[k].to - 1].object));
        }
    }
    if (!i)
        buf_printf(out, "/Type/Outlines");
    else {
        buf_puts(out, "/Title");
        pdf_put_text(out, m->node->title);
        pdf_put_destination(b->document, m->node, out);
    }
    if (m->count)                          /* chapters show their sections closed */
        buf_printf(out, "/Count %s%zu", m->parent == 1 ? "-" : "", m->count);
}

static void write_bookmark(const void *context, struct buf *out)
{
    const struct buf *text = context;
    buf_put(out, text->data, text->length);
}

static void write_bookmarks(struct pdf_document *d, const struct display_node *const *roots, size_t n)
{
    struct bookmarks b = { .document = d };
    VEC_GROW(b.items, b.capacity, 1);
    b.items[b.count++] = (struct bookmark){ .level = 0 };
    for (size_t i = 0; i < n; i++)
        collect_bookmarks(&b, roots[i]->first);
    if (b.count > 1) {
        struct buf *texts = arena_array(d->arena, struct buf, b.count);
        link_bookmarks(&b);
        for (size_t i = 0; i < b.count; i++)
            b.items[i].object = pdf_object_lean(d->objects, write_bookmark, &texts[i]);
        struct buf entry = BUF_EMPTY;
        for (size_t i = 0; i < b.count; i++) {
            buf_clear(&entry);
            put_bookmark(&b, i, &entry);
            texts[i].data = arena_copy(d->arena, entry.data, entry.length);
            texts[i].length = entry.length;
        }
        buf_free(&entry);
        pdf_object_put(d->objects, d->catalog, "/Outlines %o /PageMode /UseOutlines", b.items[0].object);
    }
    mem_free(b.items);
}

/* ---- attachments --------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const struct pdf_attachment *const *)a)->name, (*(const struct pdf_attachment *const *)b)->name);
}

static struct pdf_object *write_attachment(struct pdf_document *d, const struct pdf_attachment *a)
{
    char date[32];
    pdf_meta_date(d->options.date, false, date);
    struct pdf_object *dictionary =
        pdf_object_make(d->objects, "<< /Type /EmbeddedFile /Subtype %n /Params << /Size %d /ModDate %s >> >>",
                        a->mime, (int)a->size, date);
    struct pdf_object *file = pdf_object_stream(d->objects, dictionary, a->bytes, a->size, PDF_DEFLATE);
    struct pdf_object *spec =
        pdf_object_make(d->objects, "<< /Type /Filespec /F %t /UF %t /AFRelationship %n /EF << /F %o /UF %o >> >>",
                        a->name, a->name, a->relationship, file, file);
    if (a->description)
        pdf_object_put(d->objects, spec, "/Desc %t", a->description);
    return pdf_object_indirect(d->objects, spec);
}

static void write_attachments(struct pdf_document *d)
{
    if (!d->attachment_count)
        return;
    struct pdf_object *files = pdf_object_make(d->objects, "[]"), *names = pdf_object_make(d->objects, "[]");
    qsort(d->attachments, d->attachment_count, sizeof *d->attachments, by_name);   /* a name tree is sorted (7.9.6) */
    for (size_t i = 0; i < d->attachment_count; i++) {
        struct pdf_object *spec = write_attachment(d, d->attachments[i]);
        pdf_object_append(d->objects, files, spec);
        pdf_object_append(d->objects, names, pdf_object_make(d->objects, "%t", d->attachments[i]->name));
        pdf_object_append(d->objects, names, spec);
    }
    pdf_object_put(d->objects, d->catalog, "/AF %o /Names << /EmbeddedFiles << /Names %o >> >>", files, names);
}

/* ---- all of it ----------------------------------------------------------------------------------------- */

void pdf_meta_write(struct pdf_document *d, const struct display_node *const *roots, size_t n)
{
    const struct pdf_options *o = &d->options;
    write_page_tree(d);
    write_labels(d);
    if (!o->no_navigation)
        write_bookmarks(d, roots, n);
    pdf_links_write(d);
    write_attachments(d);
    write_intents(d);
    write_info(d);
    write_xmp(d);
    if (o->lang && o->lang[0])
        pdf_object_put(d->objects, d->catalog, "/Lang %t", o->lang);
    if (o->title && o->title[0])
        pdf_object_put(d->objects, d->catalog, "/ViewerPreferences << /DisplayDocTitle true >>");
}
