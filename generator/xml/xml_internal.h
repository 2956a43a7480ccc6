/* What the files of this layer share: the document over libxml2's tree, and the places of its elements. */
#ifndef XML_INTERNAL_H
#define XML_INTERNAL_H
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdint.h>

#include "base/buf.h"
#include "xml/xml.h"

/* Where an element stands. libxml2 keeps a 16 bit line and no column, so we look ourselves. Offsets are bytes. */
struct place {
    int line, column;          /* of "<" */
    int text_line;             /* of the ">" of the start tag: where its text begins */
    int tail_line;             /* of the ">" of the end tag: where the text after it begins */
    uint32_t begin, text, text_end, end;           /* "<" of the start tag; after its ">"; "<" and after ">" of the end tag */
};

struct xml_document {
    xmlDoc *tree;              /* _private: this document; of an element: its place's number, from 1 */
    const char *name;
    char *name_memory;
    struct buf bytes;          /* UTF-8 without byte order mark */
    struct place *places;
    size_t place_count, place_capacity;
};

/* Find the places of all start tags of the document, in order, as XML's grammar has them; needs no more than that the
   bytes are UTF-8. False, with an error, when there is a DOCTYPE or a limit is passed. What is not well-formed is left
   to the parser, which says it better. */
bool xml_scan(struct xml_document *, struct diag *);
/* The line and column of a byte. */
struct source xml_place_of_byte(const struct xml_document *, size_t offset);
struct source xml_source_of(const xmlNode *);      /* a node without a place: its nearest ancestor with one */

/* ---- schemas (schema.c checks, explain.c looks into the XSD and finds the words) ------------------------------- */

struct xml_schema {
    void *compiled;            /* xmlSchema */
    char *path;
    xmlDoc **files;            /* the XSD and all it includes, read when there is something to explain */
    size_t file_count, file_capacity;
    char *names;               /* of all its elements, "a, b"; gathered when there is something to explain */
};

/* What libxml2 found, taken apart. Strings live in the arena of the check. */
struct violation {
    int code;                  /* XML_SCHEMAV_... */
    xmlNode *element;
    const char *attribute;     /* NULL: the element itself */
    const char *value;         /* as found; NULL without one */
    const char *set;           /* "'a', 'b'" for an enumeration; a bound for the other facets */
    const char *expected;      /* "title, lead": names of the elements that may stand here; NULL: none */
    const char *type;          /* of a value, "xs:date" or "length" */
    const char *message;
};

void xml_tell_violation(struct xml_schema *, const struct violation *, struct arena *, struct diag *);
/* Names in lists stand with commas between them, "a, b". */
bool xml_is_in_list(const char *list, const char *name);
bool xml_declares(struct xml_schema *, const char *element);
/* The name of the comma-separated list that `name` was probably meant to be, or NULL. */
const char *xml_nearest(const char *list, const char *name, struct arena *);

/* One message of libxml2's parser in our words. `offset` is where the parser stood. */
void xml_tell_syntax(const struct xml_document *, const xmlError *, size_t offset, struct diag *);
#endif
