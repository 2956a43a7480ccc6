/* Tables from CSV: RFC 4180 with ';', tab or ',' between the cells, in UTF-8 or Windows-1252, every cell with its place. */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "plan/figures_internal.h"

/* ---- cells ----------------------------------------------------------------------------------------------- */

struct reader {
    const char *file;
    const char *s, *end;
    int line, column;
    char separator;
    struct arena *arena;
    struct diag *diag;
    struct figures_cell *cells;
    size_t count, capacity;
    bool is_broken;                        /* this row has a fault of its own */
};

static struct source here(const struct reader *r)
{
    return (struct source){ r->file, r->line, r->column };
}

/* Step over one character; CRLF, LF and a lone CR end a line. */
static void advance(struct reader *r)
{
    uint32_t c;
    size_t step = utf8_decode(r->s, (size_t)(r->end - r->s), &c);
    bool ends_line = c == '\n' || (c == '\r' && !(r->s + 1 < r->end && r->s[1] == '\n'));
    r->s += step;
    if (ends_line) {
        r->line++;
        r->column = 1;
    } else if (c != '\r') {
        r->column++;
    }
}

static bool at_line_end(const struct reader *r)
{
    return r->s >= r->end || *r->s == '\n' || *r->s == '\r';
}

static bool at_cell_end(const struct reader *r)
{
    return at_line_end(r) || *r->s == r->separator;
}

static void skip_spaces(struct reader *r)
{
    while (!at_cell_end(r)) {
        uint32_t c;
        utf8_decode(r->s, (size_t)(r->end - r->s), &c);
        if (!utf8_is_space(c))
            return;
        advance(r);
    }
}

static void read_quoted(struct reader *r, struct buf *text)
{
    struct source opening = here(r);
    advance(r);
    for (;;) {
        if (r->s >= r->end) {
            diag_error(r->diag, opening, "E302", _("the quotation mark that opens here is never closed"));
            diag_remedy(r->diag, _("close it at the end of the cell, or write it twice if it belongs to the text"));
            r->is_broken = true;
            return;
        }
        if (*r->s == '"') {
            advance(r);
            if (r->s >= r->end || *r->s != '"')
                break;
        }
        const char *from = r->s;
        advance(r);
        buf_put(text, from, (size_t)(r->s - from));
    }
    skip_spaces(r);
    if (at_cell_end(r))
        return;
    diag_error(r->diag, here(r), "E303", _("text stands after the quotation mark that closes the cell"));
    diag_remedy(r->diag, _("write a quotation mark that belongs to the text twice: \"\""));
    r->is_broken = true;
}

static void read_cell(struct reader *r)
{
    struct buf text = BUF_EMPTY;
    skip_spaces(r);
    struct figures_cell cell = { .type = FIGURES_TEXT, .at = here(r) };
    if (!at_cell_end(r) && *r->s == '"')
        read_quoted(r, &text);
    const char *from = r->s;
    while (!at_cell_end(r))
        advance(r);
    if (!r->is_broken || !text.length)
        buf_put(&text, from, (size_t)(r->s - from));
    cell.text = plan_trim(r->arena, buf_text(&text), text.length);
    buf_free(&text);
    VEC_GROW(r->cells, r->capacity, r->count + 1);
    r->cells[r->count++] = cell;
}

static void skip_line_end(struct reader *r)
{
    bool is_pair = r->s + 1 < r->end && r->s[0] == '\r' && r->s[1] == '\n';
    if (r->s < r->end)
        advance(r);
    if (is_pair)
        advance(r);
}

/* False at the end of the file, or after more columns than any table of figures has. */
static bool read_line(struct reader *r)
{
    r->count = 0;
    r->is_broken = false;
    if (r->s >= r->end)
        return false;
    for (;;) {
        read_cell(r);
        if (at_line_end(r))
            break;
        if (r->count >= PLAN_MAX_COLUMNS) {
            diag_error(r->diag, here(r), "E314", _("the row has more than %d cells, the limit"), PLAN_MAX_COLUMNS);
            return false;
        }
        advance(r);
    }
    skip_line_end(r);
    return true;
}

/* ---- the file -------------------------------------------------------------------------------------------- */

/* The mark between the cells is the one that the first line with words has outside of quotes: ';' before tab
   before ','. */
static char find_separator(const char *s, const char *end)
{
    bool has_semicolon = false, has_tab = false, is_quoted = false;
    while (s < end && strchr("\r\n ", *s))
        s++;
    for (; s < end && (is_quoted || (*s != '\n' && *s != '\r')); s++) {
        is_quoted ^= *s == '"';
        has_semicolon |= !is_quoted && *s == ';';
        has_tab |= !is_quoted && *s == '\t';
    }
    return has_semicolon ? ';' : has_tab ? '\t' : ',';
}

/* Spreadsheets may name the mark in a line of its own: "sep=;". */
static void read_separator(struct reader *r)
{
    if (r->end - r->s < 5 || memcmp(r->s, "sep=", 4) != 0 || !strchr(";,\t", r->s[4]) ||
        !(r->end - r->s == 5 || r->s[5] == '\r' || r->s[5] == '\n')) {
        r->separator = find_separator(r->s, r->end);
        return;
    }
    r->separator = r->s[4];
    while (!at_line_end(r))
        advance(r);
    skip_line_end(r);
}

void figures_csv_each_row(const char *file, const struct buf *text, figures_row_visitor *visit, void *data,
                          struct arena *arena, struct diag *diag)
{
    struct reader r = { .file = file, .line = 1, .column = 1, .arena = arena, .diag = diag };
    r.s = buf_text(text);
    r.end = r.s + text->length;
    read_separator(&r);
    while (read_line(&r))
        if (!r.is_broken && !visit(data, r.cells, r.count))
            break;
    mem_free(r.cells);
}

static bool put_row(void *rows, const struct figures_cell *cells, size_t n)
{
    return figures_rows_put(rows, cells, n);
}

void figures_csv_read(struct plan_figures *figures, const struct buf *bytes, struct diag *diag)
{
    struct buf text = BUF_EMPTY;
    struct figures_rows *rows = figures_rows_new(figures, NULL, diag);
    if (figures_text_read(figures->file, bytes, &text, diag)) {
        figures_csv_each_row(figures->file, &text, put_row, rows, figures->arena, diag);
        figures_rows_finish(rows);
    }
    plan_figures_seal(figures);
    figures_rows_free(rows);
    buf_free(&text);
}
