/* What goes with the accessibility statement of the screen edition: which success criteria of WCAG the program has proved
   by writing the file at all, and what only a person can judge, with everything quoted that it is judged on. */
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "output/output.h"

enum { WIDTH = 76, FIRST_WORDS = 5 };      /* characters of a line; words that a block is known by */

enum access_list { LIST_NONE, LIST_ALTS, LIST_TABLES, LIST_ORDER, LIST_LINKS, LIST_HEADINGS, LIST_LANGUAGES, LISTS };

struct access {
    const struct display_document *document;
    struct buf text;                       /* of the whole document */
    struct display_span *spans;            /* of each node in it */
    size_t counts[LISTS];
    size_t dim, faint;                     /* graphics and texts of too little contrast that were told of */
};

/* ---- what is said of every file --------------------------------------------------------------------------------------- */
/* The two that are warnings. */
#define CONTRAST_OF_TEXT "1.4.3"
#define CONTRAST_OF_GRAPHICS "1.4.11"

/* Without these there would have been no file: the facts of PDF/UA-1 and the checks of plan and template are errors. */
static const struct {
    const char *criterion, *text;
} proved[] = {
    { "1.1.1", N_("Every picture and chart has an alternative text; decoration is marked as such.") },
    { "1.3.1", N_("Headings, lists, tables and notes are marked as what they are; no heading skips a level, and every table has header cells.") },
    { "1.3.2", N_("Everything on the pages has its place in one reading order.") },
    { CONTRAST_OF_TEXT, N_("All text has a contrast of at least 4.5:1 to what lies under it; on a photo it is not measured.") },
    { CONTRAST_OF_GRAPHICS, N_("Graphics that carry meaning have a contrast of at least 3:1 where they stand on one plain ground.") },
    { "1.4.5", N_("All text is text, with its characters in Unicode; only pictures can hold painted letters.") },
    { "2.4.2", N_("The document has a title, and a reader shows it.") },
    { "2.4.4", N_("Every link has words, and links within the document lead to a place that is there.") },
    { "2.4.5", N_("Chapters have bookmarks, and pages the numbers that are printed on them.") },
    { "3.1.1", N_("The document says its language.") },
};

static const struct {
    const char *criterion, *question;
    enum access_list list;
} questions[] = {
    { "1.1.1", N_("Does each alternative text say what the picture says to those who see it?"), LIST_ALTS },
    { "1.3.1", N_("Are the header cells of each table the right ones?"), LIST_TABLES },
    { "1.3.2", N_("Does the order make sense when it is read aloud?"), LIST_ORDER },
    { "1.4.1", N_("Is nothing said by colour alone? Look at the pages in grey."), LIST_NONE },
    { "1.4.3", N_("Can text on pictures and on colours that fade be read?"), LIST_NONE },
    { "2.4.2", N_("Does the title say what the document is?"), LIST_NONE },
    { "2.4.4", N_("Do the words of each link say where it leads?"), LIST_LINKS },
    { "2.4.6", N_("Do the headings say what stands below them?"), LIST_HEADINGS },
    { "3.1.2", N_("Is each part in another language marked with that language?"), LIST_LANGUAGES },
};

static const struct {
    const char *key, *title;
} lists[LISTS] = {
    [LIST_ALTS] = { "alternative_texts", N_("Alternative texts") },
    [LIST_TABLES] = { "tables", N_("Tables and their header cells") },
    [LIST_ORDER] = { "reading_order", N_("Reading order, by the first words of each block") },
    [LIST_LINKS] = { "links", N_("Links, and what they lead to") },
    [LIST_HEADINGS] = { "headings", N_("Headings") },
    [LIST_LANGUAGES] = { "languages", N_("Parts in another language") },
};

/* ---- asking the tree ---------------------------------------------------------------------------------------------------- */
static int heading_level(const struct display_node *n)
{
    return n->role >= DISPLAY_H1 && n->role <= DISPLAY_H6 ? (int)(n->role - DISPLAY_H1) + 1 : 0;
}

/* A block that is read as one: what is inside it is not listed again. */
static bool is_block(const struct display_node *n)
{
    switch (n->role) {
    case DISPLAY_P:
    case DISPLAY_LI:
    case DISPLAY_TABLE:
    case DISPLAY_FIGURE:
    case DISPLAY_CAPTION:
    case DISPLAY_NOTE:
    case DISPLAY_BLOCKQUOTE:
    case DISPLAY_TOCI:
        return true;
    default:
        return heading_level(n) > 0;
    }
}

static bool lies_in_block(const struct display_node *n)
{
    for (n = n->parent; n; n = n->parent)
        if (is_block(n))
            return true;
    return false;
}

static bool belongs(enum access_list list, const struct display_node *n)
{
    switch (list) {
    case LIST_ALTS:
        return n->role == DISPLAY_FIGURE;
    case LIST_ORDER:
        return is_block(n) && n->page >= 0 && !lies_in_block(n);
    case LIST_HEADINGS:
        return heading_level(n) > 0;
    case LIST_LINKS:
        return n->role == DISPLAY_LINK;
    case LIST_TABLES:
        return n->role == DISPLAY_TABLE;
    case LIST_LANGUAGES:
        return n->lang && n->parent;
    default:
        return false;
    }
}

static const struct display_node *next_of(const struct access *a, enum access_list list, const struct display_node *n)
{
    const struct display_node *root = a->document->root;
    for (n = n ? display_next_node(root, n) : root; n; n = display_next_node(root, n))
        if (belongs(list, n))
            return n;
    return NULL;
}

/* The text of a node on one line; at most so many words, 0: all. */
static void put_words(const struct access *a, const struct display_node *n, size_t most, struct buf *out)
{
    struct display_span span = a->spans[n->number];
    const char *s = buf_text(&a->text) + span.start, *end = s + span.length;
    size_t words = 0;
    bool gap = false;
    while (s < end) {
        uint32_t c;
        size_t length = utf8_decode(s, (size_t)(end - s), &c);
        bool space = c == ' ' || c == '\n' || c == '\t' || (!words && utf8_is_space(c));
        if (!space && (gap || !words)) {
            if (most && words == most) {
                buf_puts(out, " …");
                return;
            }
            buf_puts(out, words++ ? " " : "");
        }
        gap = space;
        if (!space)
            buf_put(out, s, length);
        s += length;
    }
}

static const struct display_node *child_of(const struct display_node *n, enum display_role role)
{
    for (const struct display_node *c = n->first; c; c = c->next)
        if (c->role == role)
            return c;
    return NULL;
}

/* The header cells of the first row that has some; below one another in the head of a table they are all named. */
static size_t put_header_cells(const struct access *a, const struct display_node *table, struct buf *out)
{
    const struct display_node *head = child_of(table, DISPLAY_THEAD), *within = head ? head : table;
    size_t count = 0;
    for (const struct display_node *n = within; n; n = display_next_node(within, n)) {
        if (n->role != DISPLAY_TH || a->spans[n->number].length == 0)
            continue;
        buf_puts(out, count++ ? " | " : "");
        put_words(a, n, 0, out);
    }
    return count;
}

static size_t rows_of(const struct display_node *table)
{
    size_t rows = 0;
    for (const struct display_node *n = table; n; n = display_next_node(table, n))
        rows += n->role == DISPLAY_TR;
    return rows;
}

static void put_destination(const struct access *a, const struct display_node *link, struct buf *out)
{
    const struct display_node *to = link->target;
    if (!to || link->uri) {
        buf_puts(out, link->uri ? link->uri : "");
        return;
    }
    buf_printf(out, _("page %d"), to->page + 1);
    buf_puts(out, ": ");
    put_words(a, to, FIRST_WORDS, out);
}

static void gather(struct access *a, const struct diag *diag)
{
    size_t nodes = 0;
    struct diag_message m;
    for (const struct display_node *n = a->document->root; n; n = display_next_node(a->document->root, n))
        nodes++;
    a->spans = mem_alloc(nodes * sizeof *a->spans);
    display_text_of_nodes(a->document, &a->text, a->spans);
    for (enum access_list list = LIST_NONE + 1; list < LISTS; list++)
        for (const struct display_node *n = NULL; (n = next_of(a, list, n));)
            a->counts[list]++;
    for (size_t i = 0; diag_get(diag, i, &m); i++) {
        a->dim += !strcmp(m.code, "W661");
        a->faint += !strcmp(m.code, "W662");
    }
}

/* ---- text: one page to tick off, then what it is judged on ------------------------------------------------------------ */
static char letter_of(enum access_list list)
{
    return (char)('A' + (int)list - 1);
}

static void put_proved(struct buf *out, const struct access *a)
{
    buf_put_heading(out, _("Proved by the program: else there would be no file"));
    for (size_t i = 0; i < sizeof proved / sizeof *proved; i++) {
        struct buf line = BUF_EMPTY;
        bool dim = a->dim && !strcmp(proved[i].criterion, CONTRAST_OF_GRAPHICS);
        bool faint = a->faint && !strcmp(proved[i].criterion, CONTRAST_OF_TEXT);
        if (faint)
            buf_printf(&line, P_("%zu text has a contrast of less than 4.5:1: see the message W662.",
                                  "%zu texts have a contrast of less than 4.5:1: see the messages W662.", a->faint), a->faint);
        else if (dim)
            buf_printf(&line, P_("%zu graphic that carries meaning has a contrast of less than 3:1: see the message W661.",
                                  "%zu graphics that carry meaning have a contrast of less than 3:1: see the messages W661.",
                                  a->dim), a->dim);
        else
            buf_puts(&line, _(proved[i].text));
        buf_printf(out, "%s %-7s", dim || faint ? "!" : " ", proved[i].criterion);
        buf_put_wrapped(out, buf_text(&line), 9, 9, WIDTH);
        buf_free(&line);
    }
}

static void put_questions(struct buf *out, const struct access *a)
{
    buf_put_heading(out, _("To be judged by a person"));
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct buf line = BUF_EMPTY;
        enum access_list list = questions[i].list;
        buf_puts(&line, _(questions[i].question));
        if (!strcmp(questions[i].criterion, "2.4.2"))
            buf_printf(&line, " »%s«", a->document->title);
        if (list != LIST_NONE && a->counts[list])
            buf_printf(&line, _(" %zu, list %c."), a->counts[list], letter_of(list));
        else if (list != LIST_NONE)
            buf_printf(&line, " %s", _("There are none."));
        buf_printf(out, "  [ ] %-7s", questions[i].criterion);
        buf_put_wrapped(out, buf_text(&line), 13, 13, WIDTH);
        buf_free(&line);
    }
}

static void begin_entry(struct buf *out, const struct display_node *n)
{
    buf_printf(out, _("  page %-3d "), n->page + 1);
}

static void put_quoted(const struct access *a, const struct display_node *n, struct buf *out)
{
    buf_puts(out, "»");
    put_words(a, n, 0, out);
    buf_puts(out, "«");
}

static void put_entry(struct buf *line, const struct access *a, enum access_list list, const struct display_node *n)
{
    switch (list) {
    case LIST_ALTS:
        buf_puts(line, n->alt ? n->alt : "");
        break;
    case LIST_HEADINGS:
        for (int level = heading_level(n); level > 1; level--)
            buf_puts(line, "·\xC2\xA0\xC2\xA0");
        put_words(a, n, 0, line);
        break;
    case LIST_LINKS:
        put_quoted(a, n, line);
        buf_puts(line, " → ");
        put_destination(a, n, line);
        break;
    case LIST_TABLES:
        buf_printf(line, P_("%zu row: ", "%zu rows: ", rows_of(n)), rows_of(n));
        put_header_cells(a, n, line);
        break;
    case LIST_LANGUAGES:
        buf_printf(line, "%s: ", n->lang);
        put_quoted(a, n, line);
        break;
    default:
        put_words(a, n, FIRST_WORDS, line);
    }
}

/* Entries of one page in a row: the order is read as a sentence. */
static void put_order(struct buf *out, const struct access *a)
{
    const struct display_node *n = next_of(a, LIST_ORDER, NULL);
    while (n) {
        struct buf line = BUF_EMPTY;
        int page = n->page;
        begin_entry(out, n);
        for (; n && n->page == page; n = next_of(a, LIST_ORDER, n)) {
            buf_puts(&line, line.length ? " / " : "");
            put_entry(&line, a, LIST_ORDER, n);
        }
        buf_put_wrapped(out, buf_text(&line), 11, 11, WIDTH);
        buf_free(&line);
    }
}

static void put_list(struct buf *out, const struct access *a, enum access_list list)
{
    struct buf title = BUF_EMPTY;
    if (!a->counts[list])
        return;
    buf_printf(&title, "%c. %s", letter_of(list), _(lists[list].title));
    buf_put_heading(out, buf_text(&title));
    buf_free(&title);
    if (list == LIST_ORDER) {
        put_order(out, a);
        return;
    }
    for (const struct display_node *n = NULL; (n = next_of(a, list, n));) {
        struct buf line = BUF_EMPTY;
        put_entry(&line, a, list, n);
        begin_entry(out, n);
        buf_put_wrapped(out, buf_text(&line), 11, 11, WIDTH);
        buf_free(&line);
    }
}

static void write_text(struct buf *out, const struct access *a)
{
    const struct display_document *d = a->document;
    const char *heading = _("For the accessibility statement");
    buf_printf(out, "%s\n", heading);
    for (size_t i = utf8_length(heading, strlen(heading)); i > 0; i--)
        buf_putc(out, '=');
    buf_printf(out, "\n%s\n", d->title);
    buf_printf(out, P_("%zu page; language: %s; standards: PDF/UA-1 and PDF/A-3a\n",
                       "%zu pages; language: %s; standards: PDF/UA-1 and PDF/A-3a\n", d->page_count), d->page_count, d->lang);
    buf_puts(out, _("Numbers are success criteria of WCAG 2.1 (EN 301 549, chapter 10).\n"));
    put_proved(out, a);
    put_questions(out, a);
    for (enum access_list list = LIST_NONE + 1; list < LISTS; list++)
        put_list(out, a, list);
}

/* ---- JSON: keys in English, sentences in the user's language ----------------------------------------------------------- */
static void json_text(struct buf *out, const char *key, const char *value)
{
    buf_printf(out, ", \"%s\": ", key);
    if (value)
        buf_put_json_string(out, value);
    else
        buf_puts(out, "null");
}

static void json_words(struct buf *out, const char *key, const struct access *a, const struct display_node *n)
{
    struct buf words = BUF_EMPTY;
    put_words(a, n, 0, &words);
    json_text(out, key, buf_text(&words));
    buf_free(&words);
}

static void json_entry(struct buf *out, const struct access *a, enum access_list list, const struct display_node *n)
{
    struct buf more = BUF_EMPTY;
    buf_printf(out, "{\"page\": %d", n->page + 1);
    if (list == LIST_ALTS)
        json_text(out, "alt", n->alt);
    else if (list == LIST_TABLES)
        put_header_cells(a, n, &more);
    else
        json_words(out, "text", a, n);
    if (list == LIST_TABLES) {
        json_text(out, "header_cells", buf_text(&more));
        buf_printf(out, ", \"rows\": %zu", rows_of(n));
    }
    if (list == LIST_HEADINGS)
        buf_printf(out, ", \"level\": %d", heading_level(n));
    if (list == LIST_LANGUAGES)
        json_text(out, "language", n->lang);
    if (list == LIST_LINKS) {
        put_destination(a, n, &more);
        json_text(out, "to", buf_text(&more));
    }
    json_text(out, "file", n->at.file);
    buf_printf(out, ", \"line\": %d}", n->at.line);
    buf_free(&more);
}

static void json_points(struct buf *out, const char *key, bool questions_of_people)
{
    size_t n = questions_of_people ? sizeof questions / sizeof *questions : sizeof proved / sizeof *proved;
    buf_printf(out, ",\n  \"%s\": [", key);
    for (size_t i = 0; i < n; i++) {
        enum access_list list = questions_of_people ? questions[i].list : LIST_NONE;
        buf_printf(out, "%s\n    {\"criterion\": \"%s\"", i ? "," : "",
                   questions_of_people ? questions[i].criterion : proved[i].criterion);
        json_text(out, "text", questions_of_people ? _(questions[i].question) : _(proved[i].text));
        if (questions_of_people)
            json_text(out, "list", lists[list].key);
        buf_putc(out, '}');
    }
    buf_puts(out, "]");
}

static void write_json(struct buf *out, const struct access *a)
{
    buf_puts(out, "{\n  \"report\": \"accessibility\"");
    json_text(out, "title", a->document->title);
    json_text(out, "language", a->document->lang);
    buf_printf(out, ", \"pages\": %zu, \"standards\": [\"PDF/UA-1\", \"PDF/A-3a\"]", a->document->page_count);
    buf_printf(out, ", \"texts_of_low_contrast\": %zu, \"graphics_of_low_contrast\": %zu", a->faint, a->dim);
    json_points(out, "proved", false);
    json_points(out, "to_be_judged", true);
    for (enum access_list list = LIST_NONE + 1; list < LISTS; list++) {
        buf_printf(out, ",\n  \"%s\": [", lists[list].key);
        const char *comma = "";
        for (const struct display_node *n = NULL; (n = next_of(a, list, n)); comma = ",") {
            buf_printf(out, "%s\n    ", comma);
            json_entry(out, a, list, n);
        }
        buf_puts(out, "]");
    }
    buf_puts(out, "\n}\n");
}

bool output_access_report(const char *path, const struct display_document *document, struct diag *diag)
{
    struct access a = { .document = document, .text = BUF_EMPTY };
    struct buf out = BUF_EMPTY;
    size_t n = strlen(path);
    gather(&a, diag);
    (n > 5 && !strcmp(path + n - 5, ".json") ? write_json : write_text)(&out, &a);
    bool good = file_write(path, out.data, out.length, diag);
    buf_free(&out);
    buf_free(&a.text);
    mem_free(a.spans);
    return good;
}
