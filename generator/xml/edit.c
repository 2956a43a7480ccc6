#include "xml/edit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct change {
    size_t from, to;           /* bytes taken out */
    char *text;                /* put in their place */
    size_t order;
};

struct xml_edit {
    char *bytes;
    size_t length;
    size_t *lines, line_count;             /* where each line begins */
    struct change *changes;
    size_t count, capacity;
};

/* Where the pieces of an element stand. */
struct range {
    size_t start, open_end;    /* '<' of the start tag, behind its '>' */
    size_t close, end;         /* '<' of the end tag, behind its '>'; both open_end when the element is empty */
    bool empty;                /* <a/> */
};

struct xml_edit *xml_edit_new(const void *bytes, size_t n)
{
    struct xml_edit *edit = mem_alloc(sizeof *edit);
    edit->bytes = mem_alloc(n + 1);
    if (n)
        memcpy(edit->bytes, bytes, n);
    edit->length = n;
    size_t capacity = 0;
    VEC_GROW(edit->lines, capacity, 1);
    edit->lines[edit->line_count++] = 0;
    for (size_t i = 0; i < n; i++)
        if (edit->bytes[i] == '\n') {
            VEC_GROW(edit->lines, capacity, edit->line_count + 1);
            edit->lines[edit->line_count++] = i + 1;
        }
    return edit;
}

void xml_edit_free(struct xml_edit *edit)
{
    if (!edit)
        return;
    for (size_t i = 0; i < edit->count; i++)
        mem_free(edit->changes[i].text);
    mem_free(edit->changes);
    mem_free(edit->lines);
    mem_free(edit->bytes);
    mem_free(edit);
}

/* ---- finding an element in the text -------------------------------------------------------------------------------- */

static size_t start_of(const struct xml_edit *edit, const struct xml_node *node)
{
    struct source at = xml_source(node);
    assert(at.line >= 1 && (size_t)at.line <= edit->line_count);
    size_t i = edit->lines[at.line - 1];
    if (at.line == 1 && edit->length >= 3 && !memcmp(edit->bytes, "\xef\xbb\xbf", 3))
        i += 3;
    for (int column = 1; column < at.column && i < edit->length; column++)
        do
            i++;
        while (i < edit->length && ((unsigned char)edit->bytes[i] & 0xc0) == 0x80);
    assert(i < edit->length && edit->bytes[i] == '<');
    return i;
}

static size_t find(const struct xml_edit *edit, size_t i, const char *what)
{
    const char *found = strstr(edit->bytes + i, what);
    return found ? (size_t)(found - edit->bytes) + strlen(what) : edit->length;
}

/* Behind the '>' of the tag at i; quoted values may hold a '>'. */
static size_t tag_end(const struct xml_edit *edit, size_t i, bool *empty)
{
    char quote = 0;
    for (; i < edit->length; i++) {
        char c = edit->bytes[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            break;
    }
    *empty = i > 0 && edit->bytes[i - 1] == '/';
    return i + 1;
}

static struct range range_of(const struct xml_edit *edit, const struct xml_node *node)
{
    struct range r = { .start = start_of(edit, node) };
    r.open_end = tag_end(edit, r.start, &r.empty);
    r.close = r.end = r.open_end;
    int depth = r.empty ? 0 : 1;
    for (size_t i = r.open_end; depth && i < edit->length;) {
        if (edit->bytes[i] != '<') {
            i++;
        } else if (!strncmp(edit->bytes + i, "<!--", 4)) {
            i = find(edit, i + 4, "-->");
        } else if (!strncmp(edit->bytes + i, "<![CDATA[", 9)) {
            i = find(edit, i + 9, "]]>");
        } else if (edit->bytes[i + 1] == '?') {
            i = find(edit, i + 2, "?>");
        } else {
            bool empty, closing = edit->bytes[i + 1] == '/';
            size_t end = tag_end(edit, i, &empty);
            depth += closing ? -1 : !empty;
            if (!depth) {
                r.close = i;
                r.end = end;
            }
            i = end;
        }
    }
    return r;
}

/* ---- changes --------------------------------------------------------------------------------------------------------- */

static void change(struct xml_edit *edit, size_t from, size_t to, const char *text)
{
    VEC_GROW(edit->changes, edit->capacity, edit->count + 1);
    char *copy = mem_alloc(strlen(text) + 1);
    strcpy(copy, text);
    edit->changes[edit->count] = (struct change){ from, to, copy, edit->count };
    edit->count++;
}

static void put_escaped(struct buf *b, const char *text, bool attribute)
{
    for (; *text; text++) {
        if (*text == '&')
            buf_puts(b, "&amp;");
        else if (*text == '<')
            buf_puts(b, "&lt;");
        else if (*text == '>')
            buf_puts(b, "&gt;");
        else if (*text == '"' && attribute)
            buf_puts(b, "&quot;");
        else
            buf_putc(b, *text);
    }
}

static void put_name(const struct xml_edit *edit, size_t start, struct buf *b)
{
    size_t n = strcspn(edit->bytes + start + 1, " \t\r\n/>");
    buf_put(b, edit->bytes + start + 1, n);
}

void xml_edit_set_markup(struct xml_edit *edit, const struct xml_node *node, const char *markup)
{
    struct range r = range_of(edit, node);
    if (!r.empty) {
        change(edit, r.open_end, r.close, markup);
        return;
    }
    struct buf b = BUF_EMPTY;
    buf_printf(&b, ">%s</", markup);
    put_name(edit, r.start, &b);
    buf_putc(&b, '>');
    change(edit, r.open_end - 2, r.open_end, b.data);
    buf_free(&b);
}

void xml_edit_set_text(struct xml_edit *edit, const struct xml_node *node, const char *text)
{
    struct buf b = BUF_EMPTY;
    put_escaped(&b, text, false);
    xml_edit_set_markup(edit, node, buf_text(&b));
    buf_free(&b);
}

/* The value of an attribute in the start tag, without its quotes; false when it has none of that name. */
static bool find_attribute(const struct xml_edit *edit, const struct range *r, const char *name, size_t *from, size_t *to)
{
    size_t n = strlen(name);
    char quote = 0;
    for (size_t i = r->start + 1; i < r->open_end; i++) {
        char c = edit->bytes[i];
        if (quote) {
            quote = c == quote ? 0 : quote;
            continue;
        }
        if (c == '"' || c == '\'') {
            quote = c;
            continue;
        }
        if (!strchr(" \t\r\n", c) || strncmp(edit->bytes + i + 1, name, n))
            continue;
        size_t j = i + 1 + n;
        j += strspn(edit->bytes + j, " \t\r\n");
        if (edit->bytes[j] != '=')
            continue;
        j++;
        j += strspn(edit->bytes + j, " \t\r\n");
        *from = j + 1;
        *to = j + 1 + strcspn(edit->bytes + j + 1, edit->bytes[j] == '"' ? "\"" : "'");
        return true;
    }
    return false;
}

void xml_edit_set_attribute(struct xml_edit *edit, const struct xml_node *node, const char *name, const char *value)
{
    struct range r = range_of(edit, node);
    struct buf b = BUF_EMPTY;
    size_t from, to;
    if (find_attribute(edit, &r, name, &from, &to)) {
        put_escaped(&b, value, true);
        change(edit, from, to, buf_text(&b));
    } else {
        buf_printf(&b, " %s=\"", name);
        put_escaped(&b, value, true);
        buf_putc(&b, '"');
        from = r.open_end - (r.empty ? 2 : 1);
        change(edit, from, from, b.data);
    }
    buf_free(&b);
}

static size_t line_start(const struct xml_edit *edit, size_t i)
{
    while (i > 0 && edit->bytes[i - 1] != '\n')
        i--;
    return i;
}

static bool only_blanks(const struct xml_edit *edit, size_t from, size_t to)
{
    while (from < to && (edit->bytes[from] == ' ' || edit->bytes[from] == '\t' || edit->bytes[from] == '\r'))
        from++;
    return from == to;
}

void xml_edit_remove(struct xml_edit *edit, const struct xml_node *node)
{
    struct range r = range_of(edit, node);
    size_t begin = line_start(edit, r.start), end = r.end;
    while (end < edit->length && edit->bytes[end] != '\n')
        end++;
    if (only_blanks(edit, begin, r.start) && only_blanks(edit, r.end, end) && end < edit->length)
        change(edit, begin, end + 1, "");
    else
        change(edit, r.start, r.end, "");
}

static void put_indent(const struct xml_edit *edit, size_t start, struct buf *b)
{
    size_t begin = line_start(edit, start), n = strspn(edit->bytes + begin, " \t");
    buf_put(b, edit->bytes + begin, begin + n > start ? start - begin : n);
}

void xml_edit_insert_before(struct xml_edit *edit, const struct xml_node *node, const char *markup)
{
    size_t start = start_of(edit, node);
    struct buf b = BUF_EMPTY;
    buf_printf(&b, "%s\n", markup);
    put_indent(edit, start, &b);
    change(edit, start, start, b.data);
    buf_free(&b);
}

void xml_edit_append(struct xml_edit *edit, const struct xml_node *node, const char *markup)
{
    struct range r = range_of(edit, node);
    struct buf b = BUF_EMPTY;
    size_t begin = line_start(edit, r.close);
    bool own_line = !r.empty && only_blanks(edit, begin, r.close);
    buf_puts(&b, r.empty ? ">\n" : own_line ? "" : "\n");
    put_indent(edit, r.start, &b);
    buf_printf(&b, "  %s\n", markup);
    if (!own_line)
        put_indent(edit, r.start, &b);
    if (r.empty) {
        buf_puts(&b, "</");
        put_name(edit, r.start, &b);
        buf_putc(&b, '>');
        change(edit, r.open_end - 2, r.open_end, b.data);
    } else {
        size_t at = own_line ? begin : r.close;
        change(edit, at, at, b.data);
    }
    buf_free(&b);
}

static int count_lines(const char *s, size_t n)
{
    int lines = 0;
    for (size_t i = 0; i < n; i++)
        lines += s[i] == '\n';
    return lines;
}

int xml_edit_line(const struct xml_edit *edit, const struct xml_node *node)
{
    size_t start = start_of(edit, node);
    int line = xml_source(node).line;
    for (size_t i = 0; i < edit->count; i++) {
        const struct change *c = &edit->changes[i];
        if (c->to <= start)
            line += count_lines(c->text, strlen(c->text)) - count_lines(edit->bytes + c->from, c->to - c->from);
    }
    return line;
}

static int by_place(const void *x, const void *y)
{
    const struct change *a = x, *b = y;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    bool inserts = a->to == a->from, other = b->to == b->from;
    if (inserts != other)                  /* an attribute goes into <a/> before its "/>" is opened */
        return inserts ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

void xml_edit_write(const struct xml_edit *edit, struct buf *out)
{
    struct change *sorted = mem_alloc((edit->count + 1) * sizeof *sorted);
    if (edit->count)
        memcpy(sorted, edit->changes, edit->count * sizeof *sorted);
    qsort(sorted, edit->count, sizeof *sorted, by_place);
    size_t at = 0;
    for (size_t i = 0; i < edit->count; i++) {
        assert(sorted[i].from >= at);
        buf_put(out, edit->bytes + at, sorted[i].from - at);
        buf_puts(out, sorted[i].text);
        at = sorted[i].to;
    }
    buf_put(out, edit->bytes + at, edit->length - at);
    mem_free(sorted);
}
