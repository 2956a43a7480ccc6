/* Checking a document against an XSD, so that one run lists everything.

   libxml2 stops looking at the children of an element at the first that does not fit. So the document is copied, the
   offending children are renamed to what was probably meant, completed or taken out, and the copy is checked again,
   until nothing new comes up. */
#include <libxml/xmlschemas.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "xml/xml_internal.h"

enum {
    MAX_VIOLATIONS = 5000,             /* told in one pass */
    MAX_WORK = 4000000,                /* elements checked in all passes: some seconds at the most */
    MAX_PASSES = 1000,
};

/* ---- the schema ------------------------------------------------------------------------------------------------- */

static void on_schema_error(void *context, xmlError *error)
{
    struct diag *diag = context;
    const char *message = error->message ? error->message : "";
    struct source at = { error->file, error->line, 0 };
    if (error->level >= XML_ERR_ERROR)
        diag_error(diag, at, "E110", _("the schema is broken: %.*s"), (int)strcspn(message, "\n"), message);
}

struct xml_schema *xml_schema_read(const char *path, struct diag *diag)
{
    /* Asked first, for libxml2 writes to the standard error of its own accord when the file is missing. */
    xmlSchemaParserCtxt *parser = file_exists(path) ? xmlSchemaNewParserCtxt(path) : NULL;
    if (!parser) {
        diag_error(diag, (struct source){ path, 0, 0 }, "E110", _("the schema cannot be read"));
        return NULL;
    }
    xmlSchemaSetParserStructuredErrors(parser, on_schema_error, diag);
    xmlSchema *compiled = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    if (!compiled) {
        diag_error(diag, (struct source){ path, 0, 0 }, "E110", _("the schema cannot be read"));
        return NULL;
    }
    struct xml_schema *schema = mem_alloc(sizeof *schema);
    schema->compiled = compiled;
    schema->path = strcpy(mem_alloc(strlen(path) + 1), path);
    return schema;
}

void xml_schema_free(struct xml_schema *schema)
{
    if (!schema)
        return;
    for (size_t i = 0; i < schema->file_count; i++)
        xmlFreeDoc(schema->files[i]);
    mem_free(schema->files);
    xmlSchemaFree(schema->compiled);
    mem_free(schema->path);
    mem_free(schema->names);
    mem_free(schema);
}

/* ---- one pass ----------------------------------------------------------------------------------------------------- */

struct pass {
    struct arena *arena;
    struct violation *found;
    size_t count, capacity;
    bool cut;                  /* there were more than are kept */
};

/* What stands in `text` between `before` and `after`; NULL when it does not. */
static const char *between(const char *text, const char *before, const char *after, struct arena *arena)
{
    const char *begin = strstr(text, before);
    if (!begin)
        return NULL;
    begin += strlen(before);
    const char *end = strstr(begin, after);
    return end ? arena_strndup(arena, begin, (size_t)(end - begin)) : NULL;
}

/* "{urn:x}title, {urn:x}lead" as "title, lead". */
static const char *without_namespaces(const char *names, struct arena *arena)
{
    if (!names)
        return NULL;
    struct buf b = BUF_EMPTY;
    for (const char *p = names; *p; p++) {
        const char *close = *p == '{' ? strchr(p, '}') : NULL;
        if (close)
            p = close;
        else
            buf_putc(&b, *p);
    }
    const char *copy = arena_strdup(arena, buf_text(&b));
    buf_free(&b);
    return copy;
}

/* Of a length libxml2 gives the number where it gives the value else. */
static const char *value_of(const xmlError *error, const xmlNode *element, const char *attribute, struct arena *arena)
{
    if (error->code < XML_SCHEMAV_CVC_LENGTH_VALID || error->code > XML_SCHEMAV_CVC_MAXLENGTH_VALID)
        return arena_strdup(arena, error->str1);
    xmlChar *value = attribute ? xmlGetProp(element, BAD_CAST attribute) : xmlNodeGetContent(element);
    const char *copy = arena_strdup(arena, (const char *)value);
    xmlFree(value);
    return copy;
}

static void on_violation(void *context, xmlError *error)
{
    struct pass *pass = context;
    xmlNode *node = error->node;
    if (node && node->type != XML_ELEMENT_NODE)
        node = node->parent;
    if (!node || !node->_private || node->type != XML_ELEMENT_NODE)
        return;                                  /* in an element that the repair put in */
    if (pass->count == MAX_VIOLATIONS) {
        pass->cut = true;
        return;
    }
    struct arena *arena = pass->arena;
    const char *message = arena_strdup(arena, error->message ? error->message : "");
    /* "Element 'x', attribute 'y': " comes before anything that is quoted from the document. */
    const char *colon = strstr(message, "': "), *head = colon ? arena_strndup(arena, message, (size_t)(colon - message) + 2) : "";
    const char *expected = between(message, "Expected is ( ", " ).", arena);
    if (!expected)
        expected = between(message, "Expected is one of ( ", " ).", arena);
    const char *attribute = without_namespaces(between(head, "', attribute '", "':", arena), arena);
    VEC_GROW(pass->found, pass->capacity, pass->count + 1);
    pass->found[pass->count++] = (struct violation){
        .code = error->code,
        .element = node,
        .attribute = attribute,
        .value = value_of(error, node, attribute, arena),
        .set = arena_strdup(arena, error->str2),
        .expected = without_namespaces(expected, arena),
        .type = without_namespaces(between(message, " type '", "'.", arena), arena),
        .message = message,
    };
}

static bool run_pass(const struct xml_schema *schema, xmlDoc *tree, struct pass *pass)
{
    xmlSchemaValidCtxt *check = xmlSchemaNewValidCtxt(schema->compiled);
    if (!check)
        return false;
    xmlSchemaSetValidStructuredErrors(check, on_violation, pass);
    bool valid = xmlSchemaValidateDoc(check, tree) == 0;
    xmlSchemaFreeValidCtxt(check);
    return valid;
}

/* ---- repair ------------------------------------------------------------------------------------------------------- */

struct repair {
    struct xml_schema *schema;
    struct arena *arena;
    struct diag *diag;
    unsigned char *put_in;             /* by place: how many elements were put in before it */
    const char **expected;             /* by place: what was expected when it was told of; NULL when it was not */
    const char **wanted;               /* by place: the same of the child that was last taken out of it */
    const char **taken;                /* by place: names of its children that were taken out, "a, b" */
};

static size_t number_of(const xmlNode *element)
{
    return (size_t)(uintptr_t)element->_private;
}

static bool is_misplaced(const struct violation *v)
{
    return v->code == XML_SCHEMAV_ELEMENT_CONTENT && !strstr(v->message, ": Missing child element(s)");
}

static bool is_incomplete(const struct violation *v)
{
    return v->code == XML_SCHEMAV_ELEMENT_CONTENT && !is_misplaced(v);
}

static bool same(const char *a, const char *b)
{
    return a && b && !strcmp(a, b);
}

/* Does what is expected here come later? Then the element is too much; else something is missing before it. */
static bool is_intruder(const xmlNode *element, const char *expected)
{
    for (const xmlNode *n = element->next; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && xml_is_in_list(expected, (const char *)n->name))
            return true;
    return false;
}

static void put_in_before(xmlNode *element, const char *names, struct arena *arena)
{
    const char *name = arena_strndup(arena, names, strcspn(names, ","));
    xmlNode *child = xmlNewDocNode(element->doc, element->ns, BAD_CAST name, NULL);
    if (child)
        xmlAddPrevSibling(element, child);
}

/* The first name of `names` that is in the other list too, to the end of `names`; NULL when none is. */
static const char *in_both(const char *names, const char *list)
{
    for (const char *p = names; list && *p; p += strcspn(p, ","), p += strspn(p, ", ")) {
        char name[64] = "";
        size_t n = strcspn(p, ",");
        if (n < sizeof name && xml_is_in_list(list, memcpy(name, p, n)))
            return p;
    }
    return NULL;
}

/* Take the element out, and what was put in before it in vain. */
static void take_out(xmlNode *element, unsigned put_in)
{
    for (xmlNode *n = element->prev, *before; n && put_in; n = before) {
        before = n->prev;
        if (n->type != XML_ELEMENT_NODE || n->_private)
            continue;
        xmlUnlinkNode(n);
        xmlFreeNode(n);
        put_in--;
    }
    xmlUnlinkNode(element);
    xmlFreeNode(element);
}

static void note_taken(struct repair *r, const struct violation *v)
{
    size_t number = number_of(v->element), above = number_of(v->element->parent);
    r->wanted[above] = r->expected[number];
    r->taken[above] = arena_printf(r->arena, "%s, %.200s", (const char *)v->element->name, r->taken[above] ? r->taken[above] : "");
}

/* Tell of an element that does not fit, unless it is the echo of one told before, and mend the copy there. It is an echo
   when what is expected was taken out earlier, or was expected before: two that have changed places are told of once. */
static void mend(struct repair *r, const struct violation *v)
{
    enum { MOST_PUT_IN = 8 };
    xmlNode *element = v->element;
    size_t number = number_of(element), above = number_of(element->parent);
    const char *name = (const char *)element->name, *expected = v->expected && v->expected[0] != '#' ? v->expected : NULL;
    bool known = xml_declares(r->schema, name), told = r->expected[number] != NULL;
    const char *taken = expected ? in_both(expected, r->taken[above]) : NULL;
    const char *meant = expected && !told ? xml_nearest(expected, name, r->arena) : NULL;
    if (!told && !(known && (taken || same(r->wanted[above], expected))))
        xml_tell_violation(r->schema, v, r->arena, r->diag);
    if (!told)
        r->expected[number] = expected ? expected : "";
    if (meant) {
        xmlNodeSetName(element, BAD_CAST meant);
    } else if (known && expected && r->put_in[number] < MOST_PUT_IN && (taken || !is_intruder(element, expected))) {
        r->put_in[number]++;
        put_in_before(element, taken ? taken : expected, r->arena);
    } else {
        note_taken(r, v);
        take_out(element, r->put_in[number]);
    }
}

/* After a first fault among the children of an element, keys and references cannot be trusted: what they point to may
   stand in what was not looked at. */
static bool is_identity(const struct violation *v)
{
    return v->code == XML_SCHEMAV_CVC_IDC;
}

/* Of a bad word in a list libxml2 tells twice: of the word, then of the list. */
static bool is_told_by_word(const struct pass *pass, size_t i)
{
    const struct violation *v = &pass->found[i], *before = i ? v - 1 : NULL;
    bool whole = v->code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2 || v->code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3;
    return whole && before && before->element == v->element && same(before->attribute, v->attribute);
}

/* What the element lacks at its end was taken out of it, or asked for before. */
static bool is_echo_at_end(const struct repair *r, const struct violation *v)
{
    size_t number = number_of(v->element);
    return same(r->wanted[number], v->expected) || (v->expected && in_both(v->expected, r->taken[number]));
}

static bool tell_and_mend(struct repair *r, const struct pass *pass, bool touched)
{
    for (size_t i = 0; i < pass->count; i++)
        touched |= pass->found[i].code == XML_SCHEMAV_ELEMENT_CONTENT;
    for (size_t i = 0; i < pass->count; i++) {
        const struct violation *v = &pass->found[i];
        if (is_misplaced(v) || (is_identity(v) && touched) || is_told_by_word(pass, i))
            continue;
        if (!is_incomplete(v) || !is_echo_at_end(r, v))
            xml_tell_violation(r->schema, v, r->arena, r->diag);
    }
    /* These last, for they change the tree that the others speak of. */
    bool mended = false;
    for (size_t i = 0; i < pass->count; i++) {
        const struct violation *v = &pass->found[i];
        if (!is_misplaced(v) || !v->element->parent || v->element->parent->type != XML_ELEMENT_NODE)
            continue;
        mend(r, v);
        mended = true;
    }
    return mended;
}

/* The copy keeps the numbers of the places, and asks the same document for them. */
static xmlDoc *copy_tree(const struct xml_document *doc)
{
    xmlDoc *copy = xmlCopyDoc(doc->tree, 1);
    if (!copy)
        return NULL;
    copy->_private = (void *)(uintptr_t)doc;
    const xmlNode *from = xmlDocGetRootElement(doc->tree);
    xmlNode *to = xmlDocGetRootElement(copy);
    const xmlNode *top = from;
    for (;;) {
        if (from->type == XML_ELEMENT_NODE)
            to->_private = from->_private;
        if (from->type == XML_ELEMENT_NODE && from->children) {
            from = from->children;
            to = to->children;
            continue;
        }
        while (from != top && !from->next) {
            from = from->parent;
            to = to->parent;
        }
        if (from == top)
            return copy;
        from = from->next;
        to = to->next;
    }
}

static void list_all(struct repair *r, xmlDoc *copy, size_t elements)
{
    size_t passes = MAX_WORK / (elements + 1);
    passes = passes < 3 ? 3 : passes > MAX_PASSES ? MAX_PASSES : passes;
    bool mended = true, cut = false;
    for (size_t i = 0; i < passes && mended && !cut; i++) {
        struct pass pass = { .arena = r->arena };
        bool valid = run_pass(r->schema, copy, &pass);
        mended = !valid && tell_and_mend(r, &pass, i > 0);
        cut = pass.cut;
        mem_free(pass.found);
    }
    if (mended || cut)
        diag_note(r->diag, (struct source){ ((struct xml_document *)copy->_private)->name, 0, 0 }, "E122",
                  _("there may be more faults, told when these are mended"));
}

bool xml_matches(const struct xml_document *doc, const struct xml_schema *schema, struct diag *diag)
{
    struct arena *arena = arena_new();
    struct pass first = { .arena = arena };
    bool valid = run_pass(schema, doc->tree, &first);
    mem_free(first.found);
    xmlDoc *copy = valid ? NULL : copy_tree(doc);
    if (copy) {
        struct repair repair = { (struct xml_schema *)(uintptr_t)schema, arena, diag,
                                 arena_array(arena, unsigned char, doc->place_count + 1),
                                 arena_array(arena, const char *, doc->place_count + 1),
                                 arena_array(arena, const char *, doc->place_count + 1),
                                 arena_array(arena, const char *, doc->place_count + 1) };
        size_t before = diag_errors(diag);
        list_all(&repair, copy, doc->place_count);
        if (diag_errors(diag) == before)         /* never false without a reason */
            diag_error(diag, (struct source){ doc->name, 1, 1 }, "E121", _("the document does not match its schema"));
        xmlFreeDoc(copy);
    }
    arena_free(arena);
    return valid;
}
