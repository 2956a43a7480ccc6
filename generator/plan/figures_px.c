/* Replies as PX (PC-Axis): KEYWORD("variable")=value; … DATA=the cells of a cube, row after row; the variables of STUB come
   before those of HEADING, and the last one runs fastest. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "plan/figures_reply.h"

enum { MAX_KEYWORDS = 20000, MAX_WORDS = PLAN_MAX_REPLY_CELLS };

struct word {
    const char *text;
    bool is_quoted;
    struct source at;
};

struct keyword {
    const char *name, *variable;           /* variable: "" without one */
    bool has_language;                     /* a translation of another one */
    struct word *words;
    size_t count;
    struct source at;
};

struct reader {
    const char *file, *s, *end;
    struct arena *arena;
    struct diag *diag;
    struct reply_cursor cursor;
    struct keyword *keywords;
    size_t count, capacity;
    struct word *words;                    /* of the keyword in work */
    size_t word_count, word_capacity, words_in_all;
    struct reply *reply;
    bool has_failed;
};

static struct source place_of(struct reader *r, const char *s)
{
    return reply_cursor_move(&r->cursor, s);
}

static void tell(struct reader *r, struct source at, const char *what)
{
    if (r->has_failed)
        return;                            /* what follows a first fault in the form is guesswork */
    r->has_failed = true;
    diag_error(r->diag, at, "E334", "%s", what);
    diag_remedy(r->diag, _("save the reply once more, as the service gave it"));
}

/* ---- keywords -------------------------------------------------------------------------------------------- */
static void skip_space(struct reader *r)
{
    r->s += strspn(r->s, " \t\r\n");
}

/* Quoted pieces that follow one another on lines of their own are one text. */
static const char *read_quoted(struct reader *r)
{
    struct buf text = BUF_EMPTY;
    struct source at = place_of(r, r->s);
    while (*r->s == '"') {
        const char *close = strchr(r->s + 1, '"');
        if (!close) {
            tell(r, at, _("the quotation mark that opens here is never closed"));
            r->s = r->end;
            break;
        }
        buf_put(&text, r->s + 1, (size_t)(close - r->s - 1));
        r->s = close + 1;
        skip_space(r);
    }
    const char *copy = plan_trim(r->arena, buf_text(&text), text.length);
    buf_free(&text);
    return copy;
}

/* YES, 12, or TLIST(A1,"2000"-"2010") whole. */
static const char *read_bare(struct reader *r)
{
    const char *from = r->s;
    while (r->s < r->end && !strchr(" \t\r\n,;\"", *r->s)) {
        const char *close = *r->s == '(' ? strchr(r->s, ')') : NULL;
        r->s = close ? close + 1 : r->s + 1;
    }
    const char *text = arena_strndup(r->arena, from, (size_t)(r->s - from));
    return text;
}

static bool read_words(struct reader *r, bool is_data)
{
    r->word_count = 0;
    for (skip_space(r); !r->has_failed && r->s < r->end && *r->s != ';'; skip_space(r)) {
        if (*r->s == ',') {
            r->s++;
            continue;
        }
        struct word word = { .is_quoted = *r->s == '"', .at = place_of(r, r->s) };
        if (!word.is_quoted || !is_data) {
            word.text = word.is_quoted ? read_quoted(r) : read_bare(r);
        } else {                           /* "..".".." are two cells, not one text */
            const char *close = strchr(r->s + 1, '"');
            word.text = close ? arena_strndup(r->arena, r->s + 1, (size_t)(close - r->s - 1)) : "";
            if (!close)
                tell(r, word.at, _("the quotation mark that opens here is never closed"));
            r->s = close ? close + 1 : r->end;
        }
        if (++r->words_in_all > MAX_WORDS) {
            diag_error(r->diag, word.at, "E314", _("the reply has more than %d cells, the limit"), PLAN_MAX_REPLY_CELLS);
            diag_remedy(r->diag, _("ask the service for fewer areas, groups or periods"));
            r->has_failed = true;
            return false;
        }
        VEC_GROW(r->words, r->word_capacity, r->word_count + 1);
        r->words[r->word_count++] = word;
    }
    if (r->s >= r->end && !r->has_failed)
        tell(r, place_of(r, r->end), _("the PX breaks off here: the file was not saved to its end"));
    if (!r->has_failed)
        r->s++;
    return !r->has_failed;
}

static size_t name_length(const char *s)
{
    return strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
}

/* KEYWORD[da]("Område")= ; false with an error. */
static bool read_name(struct reader *r, struct keyword *keyword)
{
    size_t n = name_length(r->s);
    *keyword = (struct keyword){ .name = arena_strndup(r->arena, r->s, n), .variable = "", .at = place_of(r, r->s) };
    r->s += n;
    if (*r->s == '[') {
        const char *close = strchr(r->s, ']');
        keyword->has_language = true;
        r->s = close ? close + 1 : r->end;
    }
    if (*r->s == '(') {
        r->s++;
        skip_space(r);
        keyword->variable = *r->s == '"' ? read_quoted(r) : "";
        r->s += strcspn(r->s, ")=;");      /* notes may name a category too */
        r->s += *r->s == ')';
    }
    skip_space(r);
    if (n && *r->s == '=') {
        r->s++;
        return true;
    }
    tell(r, keyword->at, _("a keyword with \"=\" is expected here: KEYWORD=\"value\";"));
    return false;
}

static bool read_keyword(struct reader *r)
{
    struct keyword keyword;
    if (!read_name(r, &keyword) || !read_words(r, !strcmp(keyword.name, "DATA")))
        return false;
    keyword.words = arena_copy(r->arena, r->words, r->word_count * sizeof *r->words);
    keyword.count = r->word_count;
    if (r->count >= MAX_KEYWORDS) {
        tell(r, keyword.at, _("the PX has more keywords than any reply"));
        return false;
    }
    VEC_GROW(r->keywords, r->capacity, r->count + 1);
    r->keywords[r->count++] = keyword;
    return true;
}

static const struct keyword *lookup(const struct reader *r, const char *name, const char *variable)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct keyword *k = &r->keywords[i];
        if (!k->has_language && !strcmp(k->name, name) && (!variable || !strcmp(k->variable, variable)))
            return k;
    }
    return NULL;
}

static const char *text_of(const struct reader *r, const char *name)
{
    const struct keyword *k = lookup(r, name, NULL);
    return k && k->count ? k->words[0].text : "";
}

/* "20201102 09:00"; "" for anything else. */
static const char *day_of(struct reader *r, const char *name)
{
    const char *text = text_of(r, name);
    char day[11];
    if (strspn(text, "0123456789") < 8)
        return "";
    const char *dashed = arena_printf(r->arena, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
    return plan_date_read(dashed, false, day) ? dashed : "";
}

/* ---- the cube -------------------------------------------------------------------------------------------- */
/* A variable of STUB or HEADING with its values and codes. */
static bool read_variable(struct reader *r, const struct word *name)
{
    const struct keyword *values = lookup(r, "VALUES", name->text), *codes = lookup(r, "CODES", name->text);
    if (!values || !values->count || (codes && codes->count != values->count)) {
        tell(r, name->at, arena_printf(r->arena, _("VALUES or CODES of \"%s\" are missing, or not as many as each other"),
                                       name->text));
        return false;
    }
    struct reply_column *column = reply_append_column(r->reply, name->text, "", values->at);
    struct reply_label *labels = arena_array(r->arena, struct reply_label, values->count);
    for (size_t i = 0; i < values->count; i++)
        labels[i] = (struct reply_label){ values->words[i].text, codes ? codes->words[i].text : "" };
    column->labels = labels;
    column->count = values->count;
    if (lookup(r, "TIMEVAL", name->text))
        column->role = REPLY_PERIOD;
    else if (!strcmp(text_of(r, "CONTVARIABLE"), name->text))
        column->role = REPLY_MEASURE;
    return true;
}

/* In DATA a figure that is missing is ".", ".." … or "-"; DATASYMBOL1 … say what is shown for it. Some programs write
   what is shown into DATA. */
static void read_symbols(struct reader *r)
{
    for (size_t i = 0; i < REPLY_SYMBOLS; i++) {
        const char *shown = text_of(r, arena_printf(r->arena, "DATASYMBOL%zu", i + 1));
        r->reply->symbols[i] = *shown ? shown : NULL;
    }
}

static bool is_symbol(const struct reader *r, const char *text)
{
    for (size_t i = 0; i < REPLY_SYMBOLS; i++)
        if (r->reply->symbols[i] && !strcmp(r->reply->symbols[i], text))
            return true;
    return false;
}

static bool read_data(struct reader *r, const struct keyword *data)
{
    size_t size = reply_cube_size(r->reply, r->diag);
    if (!size)
        return false;
    if (data->count != size) {
        diag_error(r->diag, data->at, "E334", P_("DATA holds %zu figure, its variables have room for %zu",
                                                    "DATA holds %zu figures, its variables have room for %zu", data->count),
                   data->count, size);
        diag_remedy(r->diag, _("save the reply once more, as the service gave it"));
        return false;
    }
    read_symbols(r);
    r->reply->cells = arena_array(r->arena, struct figures_cell, size);
    r->reply->row_count = size;
    for (size_t i = 0; i < size; i++) {
        const struct word *word = &data->words[i];
        const char *text = plan_trim(r->arena, word->text, strlen(word->text));
        if (word->is_quoted && is_symbol(r, text))
            text = "..";
        bool is_number = !word->is_quoted && !figures_is_missing(text);
        r->reply->cells[i] = (struct figures_cell){ text, is_number ? FIGURES_NUMBER : FIGURES_TEXT, word->at };
    }
    return true;
}

static bool read_cube(struct reader *r)
{
    static const char *const sides[] = { "STUB", "HEADING" };
    const struct keyword *data = lookup(r, "DATA", NULL), *keys = lookup(r, "KEYS", NULL);
    if (keys) {
        tell(r, keys->at, _("a PX with KEYS, which leaves cells out, is not read"));
        return false;
    }
    for (int side = 0; side < 2; side++) {
        const struct keyword *names = lookup(r, sides[side], NULL);
        for (size_t i = 0; names && i < names->count; i++)
            if (r->reply->column_count >= PLAN_MAX_COLUMNS || !read_variable(r, &names->words[i]))
                return false;
    }
    if (!data || !r->reply->column_count) {
        tell(r, (struct source){ r->file, 1, 1 }, _("the PX has no DATA, or neither STUB nor HEADING"));
        return false;
    }
    return read_data(r, data);
}

/* ---- the file -------------------------------------------------------------------------------------------- */
bool reply_is_px(const struct buf *bytes)
{
    const char *s = buf_text(bytes);
    if (bytes->length >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3))
        s += 3;
    s += strspn(s, " \t\r\n");
    size_t n = name_length(s);
    return n > 2 && *s >= 'A' && *s <= 'Z' && (s[n] == '=' || s[n] == '[' || s[n] == '(') && memchr(s, ';', strlen(s)) != NULL;
}

/* What the file says of its own bytes stands in ASCII near its beginning. */
static const char *find_codepage(const struct buf *bytes, struct arena *arena)
{
    static const char key[] = "CODEPAGE=\"";
    const char *s = memmem(bytes->data, bytes->length < 4096 ? bytes->length : 4096, key, strlen(key));
    return s ? arena_strndup(arena, s + strlen(key), strcspn(s + strlen(key), "\"\r\n")) : "";
}

/* A file that was saved again by an editor may be UTF-8 whatever it says. */
static bool to_text(const char *file, const struct buf *bytes, struct buf *out, struct arena *arena, struct diag *diag)
{
    static const char *const known[] = { "", "utf-8", "windows-1252", "iso-8859-1" };
    const char *codepage = find_codepage(bytes, arena), *charset = memmem(bytes->data, bytes->length, "CHARSET=\"ANSI\"", 14);
    bool is_known = false, is_utf8 = utf8_valid(bytes->data, bytes->length);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        is_known |= !strcasecmp(codepage, known[i]);
    if (!is_known) {
        diag_error(diag, (struct source){ file, 1, 1 }, "E301", _("the reply is written in %s, which is not read"), codepage);
        diag_remedy(diag, _("save it as Windows-1252 or UTF-8"));
        return false;
    }
    if (!is_utf8 && (charset || *codepage) && strcasecmp(codepage, "utf-8") != 0 &&
        !memchr(bytes->data, '\0', bytes->length))
        return figures_text_from_windows_1252(file, bytes, out, diag);
    return figures_text_read(file, bytes, out, diag);
}

struct reply *reply_px_read(const char *file, const struct buf *bytes, struct arena *arena, struct diag *diag)
{
    struct buf text = BUF_EMPTY;
    struct reply *reply = NULL;
    struct reader r = { .file = file, .arena = arena, .diag = diag };
    if (!to_text(file, bytes, &text, arena, diag))
        goto out;
    r.s = buf_text(&text);
    r.end = r.s + text.length;
    r.cursor = (struct reply_cursor){ r.s, { file, 1, 1 } };
    for (skip_space(&r); r.s < r.end; skip_space(&r))
        if (!read_keyword(&r))
            goto out;
    r.reply = reply_new(file, REPLY_STATBANK, arena);
    r.reply->array = "DATA";
    if (!read_cube(&r))
        goto out;
    reply = r.reply;
    reply->table = text_of(&r, "MATRIX");
    reply->contents = text_of(&r, "CONTENTS");
    reply->source = text_of(&r, "SOURCE");
    reply->made = day_of(&r, "CREATION-DATE");
    reply->updated = day_of(&r, "LAST-UPDATED");
    reply_find_roles(reply);
out:
    mem_free(r.keywords);
    mem_free(r.words);
    buf_free(&text);
    return reply;
}
