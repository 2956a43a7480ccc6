/* Edits to an XML file as text: what is not named stays as people wrote it, byte for byte. */
#ifndef XML_EDIT_H
#define XML_EDIT_H
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "xml/xml.h"

struct xml_edit;

/* `bytes` are those that the document of all later nodes was read from: UTF-8, well-formed; they are copied. */
struct xml_edit *xml_edit_new(const void *bytes, size_t n);
void xml_edit_free(struct xml_edit *);

/* Each notes a change; nodes that lie within a replaced or removed one must not be named again. `text` is escaped, `markup`
   is not. */
void xml_edit_set_text(struct xml_edit *, const struct xml_node *, const char *text);           /* in place of the content */
void xml_edit_set_markup(struct xml_edit *, const struct xml_node *, const char *markup);
void xml_edit_set_attribute(struct xml_edit *, const struct xml_node *, const char *name, const char *value);
void xml_edit_remove(struct xml_edit *, const struct xml_node *);      /* with its line, when it stands alone on it */
/* On a line of its own before the element, indented as it is. */
void xml_edit_insert_before(struct xml_edit *, const struct xml_node *, const char *markup);
/* On a line of its own as the last child; an empty element is opened for it. */
void xml_edit_append(struct xml_edit *, const struct xml_node *, const char *markup);

/* The line on which the element's start tag stands in the text with all changes noted so far. */
int xml_edit_line(const struct xml_edit *, const struct xml_node *);
/* The text with all changes. */
void xml_edit_write(const struct xml_edit *, struct buf *out);
#endif
