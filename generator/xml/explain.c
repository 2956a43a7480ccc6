/* Violations of a schema in words. What the XSD says of names, types and values is looked up in it, so that it stands
   there alone: the xs:appinfo of a simple type is what a message says is expected, and a text of the catalogue
   (xs:documentation is for editors and the manual, in whole sentences). */
#include <libxml/uri.h>
#include <libxml/xmlschemas.h>
#include <string.h>

#include "base/i18n.h"
#include "xml/xml_internal.h"

#define XS "http://www.w3.org/2001/XMLSchema"

/* ---- looking into the XSD ------------------------------------------------------------------------------------- */

static bool is_xs(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns && !strcmp((const char *)node->ns->href, XS) &&
           (!name || !strcmp((const char *)node->name, name));
}

static const char *attribute_of(const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (!a->ns && !strcmp((const char *)a->name, name))
            return a->children && a->children->content ? (const char *)a->children->content : "";
    return NULL;
}

static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static void read_file(struct xml_schema *schema, const char *path)
{
    for (size_t i = 0; i < schema->file_count; i++)
        if (schema->files[i]->URL && !strcmp((const char *)schema->files[i]->URL, path))
            return;
    xmlDoc *tree = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!tree)
        return;
    VEC_GROW(schema->files, schema->file_capacity, schema->file_count + 1);
    schema->files[schema->file_count++] = tree;
    const xmlNode *root = xmlDocGetRootElement(tree);
    for (const xmlNode *n = root ? root->children : NULL; n; n = n->next) {
        const char *location = is_xs(n, "include") ? attribute_of(n, "schemaLocation") : NULL;
        xmlChar *other = location ? xmlBuildURI(BAD_CAST location, BAD_CAST path) : NULL;
        if (other)
            read_file(schema, (const char *)other);
        xmlFree(other);
    }
}

static const xmlNode *next_below(const xmlNode *node, const xmlNode *top)
{
    if (node->children)
        return node->children;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

/* A definition at the top of the schema: a type, a group. */
static const xmlNode *definition(struct xml_schema *schema, const char *kind, const char *name)
{
    if (!schema->file_count)
        read_file(schema, schema->path);
    for (size_t i = 0; i < schema->file_count; i++) {
        const xmlNode *root = xmlDocGetRootElement(schema->files[i]);
        for (const xmlNode *n = root ? root->children : NULL; n; n = n->next)
            if (is_xs(n, kind) && attribute_of(n, "name") && !strcmp(attribute_of(n, "name"), local(name)))
                return n;
    }
    return NULL;
}

enum { DEEPEST = 20 };         /* of types that build on types: a schema may go in circles */

struct names {
    struct buf list;           /* "a, b" */
    const char *wanted;        /* the declaration of this name is looked for */
    const xmlNode *declaration;
};

static void put_name(struct names *names, const char *name, const xmlNode *declaration)
{
    if (names->wanted && !strcmp(names->wanted, name) && !names->declaration)
        names->declaration = declaration;
    if (names->list.length)
        buf_puts(&names->list, ", ");
    buf_puts(&names->list, name);
}

/* The attributes that a complex type, attribute group or extension declares, those of its bases and groups with them. */
static void collect_attributes(struct xml_schema *schema, const xmlNode *node, struct names *names, int depth)
{
    if (depth > DEEPEST)
        return;
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (!is_xs(n, NULL) || is_xs(n, "element"))
            continue;
        const char *name = attribute_of(n, "name"), *ref = attribute_of(n, "ref"), *base = attribute_of(n, "base");
        const xmlNode *other = NULL;
        if (is_xs(n, "attribute") && (name || ref))
            put_name(names, name ? name : ref, n);
        else if (is_xs(n, "attributeGroup") && ref)
            other = definition(schema, "attributeGroup", ref);
        else if (is_xs(n, "extension") && base)
            other = definition(schema, "complexType", base);
        if (other)
            collect_attributes(schema, other, names, depth + 1);
        if (!is_xs(n, "attribute"))
            collect_attributes(schema, n, names, depth + 1);
    }
}

typedef void element_visit(struct xml_schema *, const xmlNode *declaration, const char *name, void *context);

/* Every declaration of an element, at any depth; of one name when `name` is not NULL. */
static void each_element(struct xml_schema *schema, const char *name, element_visit *visit, void *context)
{
    definition(schema, "schema", "");            /* has the files read */
    for (size_t i = 0; i < schema->file_count; i++) {
        const xmlNode *root = xmlDocGetRootElement(schema->files[i]);
        for (const xmlNode *n = root; n; n = next_below(n, root)) {
            const char *found = is_xs(n, "element") ? attribute_of(n, "name") : NULL;
            if (found && (!name || !strcmp(found, name)))
                visit(schema, n, found, context);
        }
    }
}

static void put_attributes_of(struct xml_schema *schema, const xmlNode *declaration, const char *name, void *context)
{
    (void)name;
    const char *type = attribute_of(declaration, "type");
    const xmlNode *definition_of = type ? definition(schema, "complexType", type) : declaration;
    if (definition_of)
        collect_attributes(schema, definition_of, context, 0);
}

static void put_element(struct xml_schema *schema, const xmlNode *declaration, const char *name, void *context)
{
    (void)schema;
    put_name(context, name, declaration);
}

static void put_root(struct xml_schema *schema, const xmlNode *declaration, const char *name, void *context)
{
    if (declaration->parent && is_xs(declaration->parent, "schema"))
        put_element(schema, declaration, name, context);
}

bool xml_is_in_list(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = list; *p; p += strspn(p, ", ")) {
        size_t m = strcspn(p, ",");
        if (m == n && !memcmp(p, name, n))
            return true;
        p += m;
    }
    return false;
}

/* The names of an "a, a, b" list, each once. */
static const char *each_once(struct names *names, struct arena *arena)
{
    struct buf once = BUF_EMPTY;
    for (const char *p = buf_text(&names->list); *p; p += strspn(p, ", ")) {
        size_t n = strcspn(p, ",");
        const char *name = arena_strndup(arena, p, n);
        if (!xml_is_in_list(buf_text(&once), name))
            buf_printf(&once, "%s%s", once.length ? ", " : "", name);
        p += n;
    }
    const char *copy = arena_strdup(arena, buf_text(&once));
    buf_free(&once);
    buf_free(&names->list);
    return copy;
}

/* ---- what was probably meant ---------------------------------------------------------------------------------------- */

enum { LONGEST = 40 };

/* How many letters must be put in, left out, changed or swapped with their neighbour. */
static int distance(const char *a, size_t n, const char *b, size_t m)
{
    int rows[3][LONGEST + 1];
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int best = above[j - 1] + (a[i - 1] != b[j - 1]);
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[n % 3][m];
}

const char *xml_nearest(const char *list, const char *name, struct arena *arena)
{
    size_t n = strlen(name);
    int best = n < 3 ? 0 : n < 6 ? 1 : n < 10 ? 2 : 3;
    const char *found = NULL;
    size_t found_length = 0;
    if (n > LONGEST)
        return NULL;
    for (const char *p = list; *p;) {
        size_t m = strcspn(p, ", ");
        int away = m && m <= LONGEST ? distance(name, n, p, m) : LONGEST;
        if (away > 0 && away <= best && (!found || away < best)) {
            best = away;
            found = p;
            found_length = m;
        }
        p += m;
        p += strspn(p, ", ");
    }
    return found ? arena_strndup(arena, found, found_length) : NULL;
}

/* ---- what is expected ----------------------------------------------------------------------------------------------- */

/* Types of XSD itself. */
static const struct {
    const char *type, *words;
} built_in[] = {
    { "date", N_("a date like 2020-12-18") },
    { "gYear", N_("a year like 2021") },
    { "integer", N_("a whole number") },
    { "nonNegativeInteger", N_("a whole number, 0 or more") },
    { "positiveInteger", N_("a whole number, 1 or more") },
    { "decimal", N_("a number with a point, like 8.7") },
    { "boolean", N_("true or false") },
    { "ID", N_("a name: a letter, then letters, digits, \"-\", \"_\" or \".\"") },
    { "IDREF", N_("the id of an element") },
    { "IDREFS", N_("ids of elements, with spaces between") },
    { "NCName", N_("a name: a letter, then letters, digits, \"-\", \"_\" or \".\"") },
    { "NMTOKEN", N_("a word of letters, digits, \"-\", \"_\", \":\" or \".\"") },
    { "language", N_("a language like da or en-GB") },
    { "anyURI", N_("an address") },
};

static const char *single_spaced(const char *p, struct arena *arena)
{
    struct buf words = BUF_EMPTY;
    while (*(p += strspn(p, " \t\r\n"))) {
        size_t length = strcspn(p, " \t\r\n");
        if (words.length)
            buf_putc(&words, ' ');
        buf_put(&words, p, length);
        p += length;
    }
    const char *copy = arena_strdup(arena, buf_text(&words));
    buf_free(&words);
    return copy;
}

/* What the XSD says for messages: the xs:appinfo of a simple type, or else of the type it restricts. */
static const char *words_of_own_type(struct xml_schema *schema, const char *type, struct arena *arena)
{
    for (int depth = 0; type && depth < DEEPEST; depth++) {
        const xmlNode *own = definition(schema, "simpleType", type);
        type = NULL;
        for (const xmlNode *n = own; n; n = next_below(n, own)) {
            if (is_xs(n, "appinfo") && n->children && n->children->content)
                return gettext(single_spaced((const char *)n->children->content, arena));
            if (is_xs(n, "restriction") && !type)
                type = attribute_of(n, "base");
        }
    }
    return NULL;
}

/* The type of XSD itself that a type comes from, by restrictions. */
static const char *built_in_of(struct xml_schema *schema, const char *type)
{
    for (int depth = 0; type && depth < DEEPEST; depth++) {
        const xmlNode *own = definition(schema, "simpleType", type), *n = own;
        while (n && !is_xs(n, "restriction"))
            n = next_below(n, own);
        if (!n || !attribute_of(n, "base"))
            break;
        type = attribute_of(n, "base");
    }
    return type;
}

static const char *words_of_type(struct xml_schema *schema, const char *type, struct arena *arena)
{
    const char *words = words_of_own_type(schema, type, arena), *base = built_in_of(schema, type);
    for (size_t i = 0; base && !words && i < sizeof built_in / sizeof *built_in; i++)
        if (!strcmp(built_in[i].type, local(base)))
            words = _(built_in[i].words);
    return words;
}

/* The declaration of the attribute, or of the element when `attribute` is NULL; NULL when there is none. */
static const xmlNode *declaration_of(struct xml_schema *schema, const char *element, const char *attribute)
{
    struct names names = { .list = BUF_EMPTY, .wanted = attribute ? attribute : element };
    each_element(schema, element, attribute ? put_attributes_of : put_element, &names);
    buf_free(&names.list);
    return names.declaration;
}

/* The names of all elements of the schema, gathered once. */
static const char *element_names(struct xml_schema *schema)
{
    if (schema->names)
        return schema->names;
    struct arena *arena = arena_new();
    struct names all = { .list = BUF_EMPTY };
    each_element(schema, NULL, put_element, &all);
    const char *names = each_once(&all, arena);
    schema->names = strcpy(mem_alloc(strlen(names) + 1), names);
    arena_free(arena);
    return schema->names;
}

bool xml_declares(struct xml_schema *schema, const char *element)
{
    return xml_is_in_list(element_names(schema), element);
}

/* The name of the type of a value, for its documentation. */
static const char *type_of_value(struct xml_schema *schema, const struct violation *v)
{
    const xmlNode *declaration = declaration_of(schema, (const char *)v->element->name, v->attribute);
    const char *type = declaration ? attribute_of(declaration, "type") : NULL;
    const xmlNode *complex = type && !v->attribute ? definition(schema, "complexType", type) : NULL;
    for (const xmlNode *n = type && !complex ? NULL : complex ? complex : declaration; n;
         n = next_below(n, complex ? complex : declaration))
        if ((is_xs(n, "extension") || is_xs(n, "restriction")) && attribute_of(n, "base"))
            return attribute_of(n, "base");
    return type;
}

/* ---- messages ------------------------------------------------------------------------------------------------------- */

/* "<p> in <section id="indsatser">", "<title> in <contact> of <plan id="plan">": which one it is, for those who look by name. */
static const char *who(const xmlNode *element, struct arena *arena)
{
    const char *name = (const char *)element->name, *id = attribute_of(element, "id");
    if (id)
        return arena_printf(arena, "<%s id=\"%s\">", name, id);
    const xmlNode *parent = element->parent;
    for (const xmlNode *up = parent; up && up->type == XML_ELEMENT_NODE; up = up->parent)
        if ((id = attribute_of(up, "id")))
            return up == parent ? arena_printf(arena, _("<%s> in <%s id=\"%s\">"), name, (const char *)up->name, id)
                                : arena_printf(arena, _("<%s> in <%s> of <%s id=\"%s\">"), name, (const char *)parent->name,
                                               (const char *)up->name, id);
    return arena_printf(arena, "<%s>", name);
}

/* "a, b" as "<a>, <b>". */
static const char *as_tags(const char *names, struct arena *arena)
{
    struct buf tags = BUF_EMPTY;
    int count = 0;
    for (const char *p = names; *p; count++) {
        size_t n = strcspn(p, ",");
        if (tags.length)
            buf_puts(&tags, ", ");
        if (*p == '#')
            buf_puts(&tags, _("any element"));
        else
            buf_printf(&tags, "<%.*s>", (int)n, p);
        p += n;
        p += strspn(p, ", ");
    }
    if (count == 10)                   /* libxml2 gives no more */
        buf_puts(&tags, ", ...");
    const char *copy = arena_strdup(arena, buf_text(&tags));
    buf_free(&tags);
    return copy;
}

static void tell_misplaced(struct xml_schema *schema, const struct violation *v, struct source at, struct arena *arena,
                           struct diag *diag)
{
    const xmlNode *parent = v->element->parent;
    const char *name = (const char *)v->element->name, *meant = v->expected ? xml_nearest(v->expected, name, arena) : NULL;
    bool known = xml_declares(schema, name);
    if (!meant && !known)
        meant = xml_nearest(element_names(schema), name, arena);
    if (known)
        diag_error(diag, at, "E112", _("%s is not allowed here"), who(v->element, arena));
    else
        diag_error(diag, at, "E112", _("%s: there is no such element"), who(v->element, arena));
    struct names attributes = { .list = BUF_EMPTY };
    if (!known && parent)
        each_element(schema, (const char *)parent->name, put_attributes_of, &attributes);
    if (xml_is_in_list(each_once(&attributes, arena), name))
        diag_remedy(diag, _("it is an attribute: <%s %s=\"...\">"), (const char *)parent->name, name);
    else if (meant)
        diag_remedy(diag, _("perhaps <%s> was meant"), meant);
    else if (v->expected)
        diag_remedy(diag, _("allowed here: %s"), as_tags(v->expected, arena));
    else
        diag_remedy(diag, _("nothing more is allowed in <%s> here"), parent ? (const char *)parent->name : "");
}

static void tell_incomplete(const struct violation *v, struct source at, struct arena *arena, struct diag *diag)
{
    diag_error(diag, at, "E113", _("%s is not complete"), who(v->element, arena));
    if (v->expected)
        diag_remedy(diag, strchr(v->expected, ',') ? _("one of these is missing: %s") : _("this is missing: %s"),
                    as_tags(v->expected, arena));
}

static void tell_unknown_attribute(struct xml_schema *schema, const struct violation *v, struct source at,
                                   struct arena *arena, struct diag *diag)
{
    struct names names = { .list = BUF_EMPTY };
    each_element(schema, (const char *)v->element->name, put_attributes_of, &names);
    const char *list = each_once(&names, arena), *meant = xml_nearest(list, v->attribute, arena);
    diag_error(diag, at, "E115", _("%s has no attribute \"%s\""), who(v->element, arena), v->attribute);
    if (meant)
        diag_remedy(diag, _("perhaps \"%s\" was meant"), meant);
    else if (*list)
        diag_remedy(diag, _("its attributes are: %s"), list);
    else
        diag_remedy(diag, _("it has no attributes"));
}

/* "'a', 'b'" as "a, b". */
static const char *without_quotes(const char *set, struct arena *arena)
{
    char *copy = arena_strdup(arena, set), *to = copy;
    for (const char *p = copy; *p; p++)
        if (*p != '\'')
            *to++ = *p;
    *to = '\0';
    return copy;
}

static void tell_missing_attribute(struct xml_schema *schema, const struct violation *v, struct source at,
                                   struct arena *arena, struct diag *diag)
{
    struct violation of_attribute = *v;
    of_attribute.attribute = v->value;           /* libxml2 names it where the value is else */
    const char *type = type_of_value(schema, &of_attribute), *words = words_of_type(schema, type, arena);
    diag_error(diag, at, "E116", _("%s lacks the attribute \"%s\""), who(v->element, arena), v->value);
    if (words)
        diag_remedy(diag, _("write %s=\"...\" with %s"), v->value, words);
    else
        diag_remedy(diag, _("write %s=\"...\" in its start tag"), v->value);
}

static void tell_found(const struct violation *v, const char *code, struct source at, struct arena *arena, struct diag *diag)
{
    enum { SHOWN = 80 };
    const char *value = v->value ? v->value : "", *dots = strlen(value) > SHOWN ? "..." : "";
    int n = (int)strlen(value);
    for (n = n > SHOWN ? SHOWN : n; n > 0 && (value[n] & 0xC0) == 0x80;)
        n--;
    if (v->attribute)
        diag_error(diag, at, code, _("the attribute \"%s\" of %s cannot be \"%.*s%s\""), v->attribute, who(v->element, arena), n,
                   value, dots);
    else
        diag_error(diag, at, code, _("the text of %s cannot be \"%.*s%s\""), who(v->element, arena), n, value, dots);
}

/* A value that the schema does not allow, with what it does. */
static void tell_value(struct xml_schema *schema, const struct violation *v, struct source at, struct arena *arena,
                       struct diag *diag)
{
    const char *type = type_of_value(schema, v);
    if (v->type && !strcmp(v->type, "xs:ID") && v->value && !xmlValidateNCName(BAD_CAST v->value, 0)) {
        diag_error(diag, at, "E120", _("the id \"%s\" is used twice"), v->value);
        diag_remedy(diag, _("give each element its own id"));
        return;
    }
    tell_found(v, "E117", at, arena, diag);
    if (v->code == XML_SCHEMAV_CVC_ENUMERATION_VALID && v->set) {
        const char *list = without_quotes(v->set, arena), *meant = v->value ? xml_nearest(list, v->value, arena) : NULL;
        if (meant)
            diag_remedy(diag, _("perhaps \"%s\" was meant; allowed: %s"), meant, list);
        else
            diag_remedy(diag, _("allowed: %s"), list);
        return;
    }
    const char *words = words_of_own_type(schema, type, arena);
    if (words)
        diag_remedy(diag, _("expected: %s"), words);
    else if (v->code == XML_SCHEMAV_CVC_MINLENGTH_VALID)
        diag_remedy(diag, _("it must not be empty"));
    else if (v->set && (v->code == XML_SCHEMAV_CVC_MININCLUSIVE_VALID || v->code == XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID))
        diag_remedy(diag, _("the least allowed value is %s"), v->set);
    else if (v->set && (v->code == XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID || v->code == XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID))
        diag_remedy(diag, _("the greatest allowed value is %s"), v->set);
    else if (v->set && v->code == XML_SCHEMAV_CVC_PATTERN_VALID)
        diag_remedy(diag, _("expected: text of the form %s"), v->set);
    else if ((words = words_of_type(schema, type, arena)) || (words = words_of_type(schema, v->type, arena)))
        diag_remedy(diag, _("expected: %s"), words);
}

static void tell_root(struct xml_schema *schema, const struct violation *v, struct source at, struct arena *arena,
                      struct diag *diag)
{
    struct names roots = { .list = BUF_EMPTY };
    each_element(schema, NULL, put_root, &roots);
    const char *list = each_once(&roots, arena);
    const xmlNode *top = schema->file_count ? xmlDocGetRootElement(schema->files[0]) : NULL;
    const char *space = top ? attribute_of(top, "targetNamespace") : NULL;
    const char *found = v->element->ns ? (const char *)v->element->ns->href : "";
    diag_error(diag, at, "E111", _("the root element is <%s> in the namespace \"%s\""), v->element->name, found);
    diag_remedy(diag, _("expected: %s in the namespace \"%s\""), as_tags(list, arena), space ? space : "");
}

static void tell_identity(const struct violation *v, struct source at, struct arena *arena, struct diag *diag)
{
    const char *open = strstr(v->message, "['"), *close = open ? strstr(open, "']") : NULL;
    const char *key = open && close ? arena_strndup(arena, open + 2, (size_t)(close - open) - 2) : "";
    if (strstr(v->message, "Duplicate key-sequence"))
        diag_error(diag, at, "E120", _("%s: \"%s\" is used twice"), who(v->element, arena), key);
    else
        diag_error(diag, at, "E120", _("%s: there is no \"%s\""), who(v->element, arena), key);
}

void xml_tell_violation(struct xml_schema *schema, const struct violation *v, struct arena *arena, struct diag *diag)
{
    struct source at = xml_source_of(v->element);
    switch (v->code) {
    case XML_SCHEMAV_CVC_ELT_1:
        tell_root(schema, v, at, arena, diag);
        break;
    case XML_SCHEMAV_ELEMENT_CONTENT:
        if (strstr(v->message, ": Missing child element(s)"))
            tell_incomplete(v, at, arena, diag);
        else
            tell_misplaced(schema, v, at, arena, diag);
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
        diag_error(diag, at, "E114", _("%s holds text, which is not allowed in it"), who(v->element, arena));
        diag_remedy(diag, _("put the text into an element inside it, such as <p> or <title>, or delete it"));
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2:
    case XML_SCHEMAV_CVC_TYPE_3_1_2:
        diag_error(diag, at, "E114", _("%s holds elements; only text is allowed in it"), who(v->element, arena));
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
    case XML_SCHEMAV_CVC_TYPE_3_1_1:
        if (v->attribute)
            tell_unknown_attribute(schema, v, at, arena, diag);
        else
            diag_error(diag, at, "E115", _("%s has an attribute that is not allowed"), who(v->element, arena));
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
        tell_missing_attribute(schema, v, at, arena, diag);
        break;
    case XML_SCHEMAV_CVC_IDC:
        tell_identity(v, at, arena, diag);
        break;
    default:
        if (v->value && v->code >= XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 && v->code <= XML_SCHEMAV_CVC_ENUMERATION_VALID)
            tell_value(schema, v, at, arena, diag);
        else
            diag_error(diag, at, "E121", _("%s does not match its schema: %.*s"), who(v->element, arena),
                       (int)strcspn(v->message, "\n"), v->message);
    }
}
