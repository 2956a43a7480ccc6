/* XML documents with places: the only layer that includes libxml2. No network, no external entities, no DTD. */
#ifndef XML_XML_H
#define XML_XML_H
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"

struct xml_document;
struct xml_node;               /* an element; borrowed from its document */
struct xml_schema;

/* Limits, told by name in the message: XML_MAX_BYTES, XML_MAX_DEPTH, XML_MAX_NODES. */
enum { XML_MAX_BYTES = 32 * 1024 * 1024, XML_MAX_DEPTH = 100, XML_MAX_NODES = 2000000 };

/* Read a document. A DOCTYPE, an entity beyond the five built in, an XInclude or a syntax error is an error with its
   line and column. NULL on failure. `path` is kept in every place. */
struct xml_document *xml_read(const char *path, struct diag *);
struct xml_document *xml_read_bytes(const char *name, const void *bytes, size_t n, struct diag *);
void xml_free(struct xml_document *);

/* A compiled XSD from a trusted file of ours. NULL with an error. */
struct xml_schema *xml_schema_read(const char *path, struct diag *);
void xml_schema_free(struct xml_schema *);
/* Check a document; each violation is an error at the element's start tag, naming element, what was found and what
   is allowed, in the user's language. */
bool xml_matches(const struct xml_document *, const struct xml_schema *, struct diag *);

struct xml_node *xml_root(const struct xml_document *);
const char *xml_name(const struct xml_node *);                        /* local name */
const char *xml_namespace(const struct xml_node *);                   /* "" without one */
struct source xml_source(const struct xml_node *);                    /* its start tag */
struct xml_node *xml_first(const struct xml_node *);                  /* first child element, or NULL */
struct xml_node *xml_next(const struct xml_node *);                   /* next sibling element, or NULL */
struct xml_node *xml_child(const struct xml_node *, const char *name);        /* first child of that name */
/* Attribute of no namespace; NULL when absent. Borrowed. "xml:lang" gives that attribute. */
const char *xml_attribute(const struct xml_node *, const char *name);
/* Attribute of that namespace (office:value, r:id); NULL when absent. */
const char *xml_attribute_ns(const struct xml_node *, const char *uri, const char *name);
size_t xml_attribute_count(const struct xml_node *);
const char *xml_attribute_name(const struct xml_node *, size_t i);

/* All text below the element, as written. */
char *xml_text(const struct xml_node *, struct arena *);

/* Mixed content in order: text chunks (node NULL) and child elements (text NULL). Comments are left out. */
struct xml_piece {
    const char *text;
    struct xml_node *node;
    int line;                  /* line where the text chunk begins */
};
size_t xml_pieces(const struct xml_node *, struct arena *, struct xml_piece **out);
/* True when the element holds text other than white space. */
bool xml_has_text(const struct xml_node *);

/* The document as UTF-8 bytes without byte order mark, and where an element stands in them: its start tag from `begin`
   to `text`, its content to `text_end`, its end tag to `end`. For edits that leave all else as it was written. */
struct xml_extent {
    size_t begin, text, text_end, end;
};
void xml_extent(const struct xml_node *, struct xml_extent *out);
const char *xml_bytes(const struct xml_document *, size_t *n);         /* borrowed */
#endif
