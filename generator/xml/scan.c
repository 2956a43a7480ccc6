#include <string.h>

#include "base/i18n.h"
#include "xml/xml_internal.h"

enum { MAX_ATTRIBUTES = 1000 };        /* libxml2 compares each attribute of an element with each other */

struct scan {
    struct xml_document *doc;
    struct diag *diag;
    const char *p, *end, *line_start;
    int line;
    size_t nodes;
    size_t open[XML_MAX_DEPTH + 1];    /* numbers of the open elements; deeper ones are refused by the parser */
    size_t depth;
};

/* Columns are asked for at "<" only, mostly near the line's start; counting anew from there is linear in all but
   documents of one long line, so the last answer is kept. */
struct column {
    const char *line_start, *at;
    int column;
};

static int column_of(struct column *known, const char *line_start, const char *at)
{
    if (known->line_start != line_start || known->at > at)
        *known = (struct column){ line_start, line_start, 1 };
    for (; known->at < at; known->at++)
        known->column += (*known->at & 0xC0) != 0x80;
    return known->column;
}

static void advance(struct scan *s, const char *to)
{
    for (const char *nl; (nl = memchr(s->p, '\n', (size_t)(to - s->p))); s->p = nl + 1) {
        s->line++;
        s->line_start = nl + 1;
    }
    s->p = to;
}

/* Beyond `what`, or at the end of the document. */
static const char *after(const struct scan *s, const char *from, const char *what)
{
    size_t n = strlen(what);
    const char *found = memmem(from, (size_t)(s->end - from), what, n);
    return found ? found + n : s->end;
}

static bool starts(const struct scan *s, const char *what)
{
    size_t n = strlen(what);
    return (size_t)(s->end - s->p) >= n && !memcmp(s->p, what, n);
}

/* The end of a tag, after its ">": quoted values may hold one. Counts the values. */
static const char *tag_end(const struct scan *s, size_t *values)
{
    const char *p = s->p;
    while (p < s->end && *p != '>') {
        if (*p == '"' || *p == '\'') {
            const char *quote = memchr(p + 1, *p, (size_t)(s->end - p - 1));
            if (!quote)
                return s->end;
            ++*values;
            p = quote;
        }
        p++;
    }
    return p < s->end ? p + 1 : s->end;
}

static bool tell_limit(const struct scan *s, int column, const char *limit, unsigned value)
{
    struct source at = { s->doc->name, s->line, column };
    diag_error(s->diag, at, "E107", _("the document passes the limit %s of %u"), limit, value);
    return false;
}

static void end_element(struct scan *s, uint32_t text_end)
{
    if (!s->depth)
        return;
    s->depth--;
    if (s->depth > XML_MAX_DEPTH)
        return;
    struct place *place = &s->doc->places[s->open[s->depth]];
    place->text_end = text_end;
    place->end = (uint32_t)(s->p - s->doc->bytes.data);
    place->tail_line = s->line;
}

static bool start_element(struct scan *s, struct column *known)
{
    struct xml_document *doc = s->doc;
    struct place place = { .line = s->line, .column = column_of(known, s->line_start, s->p),
                           .begin = (uint32_t)(s->p - doc->bytes.data) };
    size_t values = 0;
    const char *end = tag_end(s, &values);
    if (values > MAX_ATTRIBUTES)
        return tell_limit(s, place.column, "XML_MAX_ATTRIBUTES", MAX_ATTRIBUTES);
    s->nodes += 2 + values;                      /* with the text that follows it */
    if (s->nodes > XML_MAX_NODES)
        return tell_limit(s, place.column, "XML_MAX_NODES", XML_MAX_NODES);
    advance(s, end);
    place.text_line = s->line;
    place.text = (uint32_t)(s->p - doc->bytes.data);
    VEC_GROW(doc->places, doc->place_capacity, doc->place_count + 1);
    doc->places[doc->place_count] = place;
    if (s->depth <= XML_MAX_DEPTH)
        s->open[s->depth] = doc->place_count;
    doc->place_count++;
    s->depth++;
    if (end - doc->bytes.data >= 2 && end[-2] == '/')
        end_element(s, place.text);
    return true;
}

static bool tell_doctype(const struct scan *s, struct column *known)
{
    struct source at = { s->doc->name, s->line, column_of(known, s->line_start, s->p) };
    diag_error(s->diag, at, "E104", _("a DOCTYPE is not allowed: it could bring in other files and entities"));
    diag_remedy(s->diag, _("delete the whole <!DOCTYPE ...>; write special characters as themselves"));
    return false;
}

bool xml_scan(struct xml_document *doc, struct diag *diag)
{
    const char *begin = doc->bytes.data;
    struct scan s = { .doc = doc, .diag = diag, .p = begin, .end = begin + doc->bytes.length, .line_start = begin, .line = 1 };
    struct column known = { NULL, NULL, 1 };
    for (;;) {
        const char *tag = memchr(s.p, '<', (size_t)(s.end - s.p));
        if (!tag)
            return true;
        advance(&s, tag);
        if (starts(&s, "<!--")) {
            advance(&s, after(&s, s.p + 4, "-->"));
        } else if (starts(&s, "<![CDATA[")) {
            advance(&s, after(&s, s.p + 9, "]]>"));
        } else if (starts(&s, "<!DOCTYPE")) {
            return tell_doctype(&s, &known);
        } else if (starts(&s, "<?")) {
            advance(&s, after(&s, s.p + 2, "?>"));
        } else if (starts(&s, "</")) {
            uint32_t text_end = (uint32_t)(s.p - begin);
            advance(&s, after(&s, s.p, ">"));
            end_element(&s, text_end);
        } else if (!start_element(&s, &known)) {
            return false;
        }
    }
}

struct source xml_place_of_byte(const struct xml_document *doc, size_t offset)
{
    const char *p = doc->bytes.data, *at = p + (offset < doc->bytes.length ? offset : doc->bytes.length);
    struct source place = { doc->name, 1, 1 };
    for (; p < at; p++) {
        if (*p == '\n') {
            place.line++;
            place.column = 1;
        } else {
            place.column += (*p & 0xC0) != 0x80;
        }
    }
    return place;
}
