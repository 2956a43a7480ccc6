#include "xml/xml.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "xml/xml_internal.h"

enum { MAX_SYNTAX_ERRORS = 100 };      /* after so many the rest says nothing new, and each costs a walk */

/* ---- encoding ------------------------------------------------------------------------------------------------- */

/* The encoding that the XML declaration names, in lower case; empty without one. */
static void declared_encoding(const char *p, size_t n, char out[32])
{
    *out = '\0';
    const char *end = memmem(p, n < 400 ? n : 400, "?>", 2);
    if (n < 6 || memcmp(p, "<?xml", 5) || !isspace((unsigned char)p[5]) || !end)
        return;
    const char *name = memmem(p, (size_t)(end - p), "encoding", 8);
    if (!name)
        return;
    name += 8;
    while (name < end && *name != '"' && *name != '\'')
        name++;
    size_t i = 0;
    for (name++; name < end && *name != '"' && *name != '\'' && i < 31; name++)
        out[i++] = (char)tolower((unsigned char)*name);
    out[i] = '\0';
}

static bool tell_encoding(const char *name, const char *encoding, struct diag *diag)
{
    diag_error(diag, (struct source){ name, 1, 1 }, "E103", _("the encoding %s is not read"), encoding);
    diag_remedy(diag, _("save the file as UTF-8"));
    return false;
}

static bool tell_not_utf8(const struct xml_document *doc, struct diag *diag)
{
    uint32_t c;
    size_t i = 0, n = doc->bytes.length;
    while (i < n && utf8_valid(doc->bytes.data + i, utf8_decode(doc->bytes.data + i, n - i, &c)))
        i += utf8_decode(doc->bytes.data + i, n - i, &c);
    diag_error(diag, xml_place_of_byte(doc, i), "E103", _("the file is not UTF-8: the byte 0x%02X here is no character"),
               (unsigned)(unsigned char)doc->bytes.data[i]);
    diag_remedy(diag, _("save the file as UTF-8"));
    return false;
}

/* Take over the bytes as UTF-8. The byte order mark is left out, so that column 1 is the first character. */
static bool put_bytes(struct xml_document *doc, const char *p, size_t n, struct diag *diag)
{
    if (n >= 2 && (!memcmp(p, "\xFF\xFE", 2) || !memcmp(p, "\xFE\xFF", 2) || !memcmp(p, "<", 2) || !memcmp(p, "\0<", 2)))
        return tell_encoding(doc->name, "UTF-16", diag);
    if (n >= 3 && !memcmp(p, "\xEF\xBB\xBF", 3)) {
        p += 3;
        n -= 3;
    }
    char encoding[32];
    declared_encoding(p, n, encoding);
    bool western = !strcmp(encoding, "iso-8859-1") || !strcmp(encoding, "windows-1252") || !strcmp(encoding, "latin1");
    if (western) {
        for (size_t i = 0; i < n; i++) {
            char utf8[4];
            buf_put(&doc->bytes, utf8, utf8_encode(utf8_from_windows1252((unsigned char)p[i]), utf8));
        }
        return true;
    }
    if (*encoding && strcmp(encoding, "utf-8") && strcmp(encoding, "utf8") && strcmp(encoding, "us-ascii"))
        return tell_encoding(doc->name, encoding, diag);
    buf_put(&doc->bytes, p, n);
    return utf8_valid(p, n) || tell_not_utf8(doc, diag);
}

/* ---- parsing ---------------------------------------------------------------------------------------------------- */

struct reader {
    struct xml_document *doc;
    struct diag *diag;
    size_t elements, errors;
    int depth;
};

static void stop(struct reader *reader, xmlParserCtxt *parser)
{
    reader->errors++;
    xmlStopParser(parser);
}

static void on_error(void *context, xmlError *error)
{
    xmlParserCtxt *parser = context;
    struct reader *reader = parser->_private;
    if (error->level < XML_ERR_ERROR || reader->errors >= MAX_SYNTAX_ERRORS)
        return;
    long offset = xmlByteConsumed(parser);
    xml_tell_syntax(reader->doc, error, offset > 0 ? (size_t)offset : 0, reader->diag);
    if (++reader->errors == MAX_SYNTAX_ERRORS)
        xmlStopParser(parser);
}

/* The scan has refused a DOCTYPE already; this is the second lock on the same door. */
static void on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    xmlParserCtxt *parser = context;
    stop(parser->_private, parser);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                     const xmlChar **declared, int attributes, int defaulted, const xmlChar **values)
{
    xmlParserCtxt *parser = context;
    struct reader *reader = parser->_private;
    struct xml_document *doc = reader->doc;
    xmlSAX2StartElementNs(parser, name, prefix, uri, namespaces, declared, attributes, defaulted, values);
    if (!parser->node || reader->elements >= doc->place_count) {
        stop(reader, parser);
        return;
    }
    const struct place *place = &doc->places[reader->elements++];
    parser->node->_private = (void *)(uintptr_t)reader->elements;
    struct source at = { doc->name, place->line, place->column };
    if (++reader->depth > XML_MAX_DEPTH) {
        diag_error(reader->diag, at, "E107", _("the document passes the limit %s of %u"), "XML_MAX_DEPTH",
                   (unsigned)XML_MAX_DEPTH);
        diag_remedy(reader->diag, _("elements stand too deep inside one another; look for one that is not closed"));
        stop(reader, parser);
    }
    if (uri && !strncmp((const char *)uri, "http://www.w3.org/", 18) && strstr((const char *)uri, "/XInclude")) {
        diag_error(reader->diag, at, "E106", _("XInclude is not supported: <%s> would bring in another file"), name);
        diag_remedy(reader->diag, _("put the text itself here"));
        reader->errors++;
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    xmlParserCtxt *parser = context;
    ((struct reader *)parser->_private)->depth--;
    xmlSAX2EndElementNs(parser, name, prefix, uri);
}

static bool parse(struct xml_document *doc, struct diag *diag)
{
    struct reader reader = { .doc = doc, .diag = diag };
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (!parser)
        return false;
    parser->_private = &reader;
    parser->sax->serror = on_error;
    parser->sax->startElementNs = on_start;
    parser->sax->endElementNs = on_end;
    parser->sax->internalSubset = on_doctype;
    /* The bytes are UTF-8 by now whatever the declaration says. Without XML_PARSE_HUGE libxml2 keeps its own limits. The
       tree gets no URL: for each error in one that has, libxml2 walks back over all earlier siblings, which takes minutes
       in a large file full of faults. */
    doc->tree = xmlCtxtReadMemory(parser, buf_text(&doc->bytes), (int)doc->bytes.length, NULL, NULL,
                                  XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC | XML_PARSE_BIG_LINES |
                                      XML_PARSE_COMPACT);
    if (!doc->tree && parser->myDoc)
        xmlFreeDoc(parser->myDoc);
    bool good = doc->tree && parser->wellFormed && !reader.errors && reader.elements == doc->place_count &&
                xmlDocGetRootElement(doc->tree);
    if (!good && !reader.errors)
        diag_error(diag, (struct source){ doc->name, 1, 1 }, "E101", _("the XML is not well-formed"));
    xmlFreeParserCtxt(parser);
    if (good)
        doc->tree->_private = doc;
    return good;
}

static struct xml_document *new_document(const char *name)
{
    struct xml_document *doc = mem_alloc(sizeof *doc);
    doc->name_memory = mem_alloc(strlen(name) + 1);
    doc->name = strcpy(doc->name_memory, name);
    return doc;
}

struct xml_document *xml_read_bytes(const char *name, const void *bytes, size_t n, struct diag *diag)
{
    if (n > XML_MAX_BYTES) {
        diag_error(diag, (struct source){ name, 0, 0 }, "E107", _("the document passes the limit %s of %u"), "XML_MAX_BYTES",
                   (unsigned)XML_MAX_BYTES);
        return NULL;
    }
    struct xml_document *doc = new_document(name);
    if (put_bytes(doc, bytes, n, diag) && xml_scan(doc, diag) && parse(doc, diag))
        return doc;
    xml_free(doc);
    return NULL;
}

struct xml_document *xml_read(const char *path, struct diag *diag)
{
    struct buf bytes = BUF_EMPTY;
    struct xml_document *doc = NULL;
    /* One byte more than allowed is let through, so that the limit is told by its name. */
    if (file_read(path, XML_MAX_BYTES + 1, &bytes, (struct source){ 0 }, diag))
        doc = xml_read_bytes(path, buf_text(&bytes), bytes.length, diag);
    buf_free(&bytes);
    return doc;
}

void xml_free(struct xml_document *doc)
{
    if (!doc)
        return;
    if (doc->tree)
        xmlFreeDoc(doc->tree);
    mem_free(doc->places);
    buf_free(&doc->bytes);
    mem_free(doc->name_memory);
    mem_free(doc);
}

/* ---- looking round ------------------------------------------------------------------------------------------------ */

static const xmlNode *raw(const struct xml_node *node)
{
    return (const xmlNode *)node;
}

static struct xml_node *cooked(const xmlNode *node)
{
    return (struct xml_node *)(uintptr_t)node;
}

static const struct place *place_of(const xmlNode *node)
{
    const struct xml_document *doc = node->doc->_private;
    size_t number = (size_t)(uintptr_t)node->_private;
    return number ? &doc->places[number - 1] : NULL;
}

struct source xml_source_of(const xmlNode *node)
{
    const struct xml_document *doc = node->doc->_private;
    while (node && (node->type != XML_ELEMENT_NODE || !node->_private))
        node = node->parent && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
    if (!node)
        return (struct source){ doc->name, 0, 0 };
    return (struct source){ doc->name, place_of(node)->line, place_of(node)->column };
}

struct xml_node *xml_root(const struct xml_document *doc)
{
    return cooked(xmlDocGetRootElement(doc->tree));
}

const char *xml_name(const struct xml_node *node)
{
    return (const char *)raw(node)->name;
}

const char *xml_namespace(const struct xml_node *node)
{
    return raw(node)->ns && raw(node)->ns->href ? (const char *)raw(node)->ns->href : "";
}

struct source xml_source(const struct xml_node *node)
{
    return xml_source_of(raw(node));
}

static struct xml_node *element_from(const xmlNode *node)
{
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return cooked(node);
}

struct xml_node *xml_first(const struct xml_node *node)
{
    return element_from(raw(node)->children);
}

struct xml_node *xml_next(const struct xml_node *node)
{
    return element_from(raw(node)->next);
}

struct xml_node *xml_child(const struct xml_node *node, const char *name)
{
    struct xml_node *child = xml_first(node);
    while (child && strcmp(xml_name(child), name))
        child = xml_next(child);
    return child;
}

/* Attributes that belong to the vocabulary: those without a namespace, and xml:lang. Others (xsi:schemaLocation,
   which editors put there) are passed over. */
static const char *attribute_name(const xmlAttr *attribute)
{
    if (!attribute->ns)
        return (const char *)attribute->name;
    bool lang = !strcmp((const char *)attribute->ns->href, (const char *)XML_XML_NAMESPACE) &&
                !strcmp((const char *)attribute->name, "lang");
    return lang ? "xml:lang" : NULL;
}

const char *xml_attribute(const struct xml_node *node, const char *name)
{
    for (const xmlAttr *a = raw(node)->properties; a; a = a->next) {
        const char *found = attribute_name(a);
        if (found && !strcmp(found, name))
            return a->children && a->children->content ? (const char *)a->children->content : "";
    }
    return NULL;
}

const char *xml_attribute_ns(const struct xml_node *node, const char *uri, const char *name)
{
    for (const xmlAttr *a = raw(node)->properties; a; a = a->next)
        if (a->ns && !strcmp((const char *)a->ns->href, uri) && !strcmp((const char *)a->name, name))
            return a->children && a->children->content ? (const char *)a->children->content : "";
    return NULL;
}

size_t xml_attribute_count(const struct xml_node *node)
{
    size_t n = 0;
    for (const xmlAttr *a = raw(node)->properties; a; a = a->next)
        n += attribute_name(a) != NULL;
    return n;
}

const char *xml_attribute_name(const struct xml_node *node, size_t i)
{
    for (const xmlAttr *a = raw(node)->properties; a; a = a->next)
        if (attribute_name(a) && i-- == 0)
            return attribute_name(a);
    return NULL;
}

void xml_extent(const struct xml_node *node, struct xml_extent *out)
{
    const struct place *place = place_of(raw(node));
    *out = (struct xml_extent){ place->begin, place->text, place->text_end, place->end };
}

const char *xml_bytes(const struct xml_document *doc, size_t *n)
{
    *n = doc->bytes.length;
    return doc->bytes.data;
}

/* ---- text ------------------------------------------------------------------------------------------------------- */

static bool is_text(const xmlNode *node)
{
    return (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content;
}

/* The node after `node` in document order below `top`, or NULL. */
static const xmlNode *following(const xmlNode *node, const xmlNode *top)
{
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

char *xml_text(const struct xml_node *element, struct arena *arena)
{
    struct buf text = BUF_EMPTY;
    const xmlNode *top = raw(element);
    for (const xmlNode *n = top; n; n = following(n, top))
        if (is_text(n))
            buf_puts(&text, (const char *)n->content);
    char *copy = arena_strndup(arena, buf_text(&text), text.length);
    buf_free(&text);
    return copy;
}

bool xml_has_text(const struct xml_node *element)
{
    for (const xmlNode *n = raw(element)->children; n; n = n->next)
        if (is_text(n) && strspn((const char *)n->content, " \t\r\n") != strlen((const char *)n->content))
            return true;
    return false;
}

static int lines_in(const xmlChar *text)
{
    int lines = 0;
    for (const char *p = (const char *)text; p && (p = strchr(p, '\n')); p++)
        lines++;
    return lines;
}

/* A run of text nodes, with comments between them left out, as one piece; returns the node behind it. `line` moves on. */
static const xmlNode *put_text_piece(const xmlNode *n, struct arena *arena, int *line, struct xml_piece *piece)
{
    struct buf text = BUF_EMPTY;
    piece->line = 0;
    for (; n && n->type != XML_ELEMENT_NODE; n = n->next) {
        if (is_text(n)) {
            if (!piece->line)
                piece->line = *line;
            buf_puts(&text, (const char *)n->content);
        }
        *line += lines_in(n->content);
    }
    piece->node = NULL;
    piece->text = text.length ? arena_strndup(arena, text.data, text.length) : NULL;
    buf_free(&text);
    return n;
}

size_t xml_pieces(const struct xml_node *element, struct arena *arena, struct xml_piece **out)
{
    size_t most = 1, count = 0;
    for (const xmlNode *n = raw(element)->children; n; n = n->next)
        most++;
    struct xml_piece *pieces = arena_array(arena, struct xml_piece, most);
    int line = place_of(raw(element))->text_line;
    for (const xmlNode *n = raw(element)->children; n;) {
        if (n->type == XML_ELEMENT_NODE) {
            pieces[count++] = (struct xml_piece){ NULL, cooked(n), place_of(n)->line };
            line = place_of(n)->tail_line;
            n = n->next;
            continue;
        }
        n = put_text_piece(n, arena, &line, &pieces[count]);
        count += pieces[count].text != NULL;
    }
    *out = pieces;
    return count;
}
