/* Saved replies: which format it is, and how its cells are found. */
#include "plan/figures_reply.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/utf8.h"

/* ---- building -------------------------------------------------------------------------------------------- */
struct reply *reply_new(const char *file, enum reply_service service, struct arena *arena)
{
    struct reply *reply = arena_new_of(arena, struct reply);
    *reply = (struct reply){ .file = file, .service = service, .arena = arena };
    reply->table = reply->contents = reply->source = reply->made = reply->updated = "";
    return reply;
}

struct reply_column *reply_append_column(struct reply *reply, const char *text, const char *code, struct source at)
{
    if (reply->column_count == reply->column_capacity) {
        size_t capacity = reply->column_capacity ? reply->column_capacity * 2 : 16;
        struct reply_column *columns = arena_array(reply->arena, struct reply_column, capacity);
        if (reply->column_count)
            memcpy(columns, reply->columns, reply->column_count * sizeof *columns);
        reply->columns = columns;
        reply->column_capacity = capacity;
    }
    struct reply_column *column = &reply->columns[reply->column_count++];
    *column = (struct reply_column){ .name = { plan_trim(reply->arena, text, strlen(text)), code }, .at = at };
    return column;
}

static bool tell_limit(struct source at, struct diag *diag)
{
    diag_error(diag, at, "E314", _("the reply has more than %d cells, the limit"), PLAN_MAX_REPLY_CELLS);
    diag_remedy(diag, _("ask the service for fewer areas, groups or periods"));
    return false;
}

static void grow_cells(struct reply *reply, size_t n)
{
    if (n <= reply->cell_capacity)
        return;
    size_t capacity = n > 2 * reply->cell_capacity ? n + 1024 : 2 * reply->cell_capacity;
    struct figures_cell *cells = arena_array(reply->arena, struct figures_cell, capacity);
    if (reply->cells)
        memcpy(cells, reply->cells, reply->row_count * reply->column_count * sizeof *cells);
    reply->cells = cells;
    reply->cell_capacity = capacity;
}

bool reply_append_row(struct reply *reply, const struct figures_cell *cells, size_t n, struct diag *diag)
{
    if (n != reply->column_count) {
        diag_error(diag, n ? cells[0].at : (struct source){ reply->file, 0, 0 }, "E334",
                   P_("the row has %zu cell, the heading has %zu", "the row has %zu cells, the heading has %zu", n), n,
                   reply->column_count);
        diag_remedy(diag, _("save the reply once more, as the service gave it"));
        return false;
    }
    size_t used = reply->row_count * reply->column_count;
    if (used + n > PLAN_MAX_REPLY_CELLS)
        return tell_limit(cells[0].at, diag);
    grow_cells(reply, used + n);
    memcpy(reply->cells + used, cells, n * sizeof *cells);
    reply->row_count++;
    return true;
}

size_t reply_cube_size(struct reply *reply, struct diag *diag)
{
    size_t size = 1;
    reply->is_cube = true;
    for (size_t i = reply->column_count; i-- > 0;) {
        struct reply_column *column = &reply->columns[i];
        column->stride = size;
        if (column->count > PLAN_MAX_REPLY_CELLS / size) {
            tell_limit(column->at, diag);
            return 0;
        }
        size *= column->count;
    }
    return size;
}

static bool same_word(const char *a, const char *b)
{
    size_t m = strlen(a), n = strlen(b);
    while (m && n) {
        uint32_t c, d;
        size_t i = utf8_decode(a, m, &c), j = utf8_decode(b, n, &d);
        if (utf8_lower(c) != utf8_lower(d) && !(utf8_is_space(c) && utf8_is_space(d)))
            return false;
        a += i, m -= i;
        b += j, n -= j;
    }
    return !m && !n;
}

void reply_find_roles(struct reply *reply)
{
    static const struct {
        const char *name;
        enum reply_role role;
    } names[] = {
        { "område", REPLY_AREA },    { "omraade", REPLY_AREA }, { "area", REPLY_AREA },    { "region", REPLY_AREA },
        { "kommune", REPLY_AREA },   { "periode", REPLY_PERIOD }, { "period", REPLY_PERIOD }, { "tid", REPLY_PERIOD },
        { "time", REPLY_PERIOD },    { "indhold", REPLY_VALUE }, { "ContentsCode", REPLY_MEASURE },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bool is_taken = false;
        for (size_t c = 0; c < reply->column_count; c++)
            is_taken |= reply->columns[c].role == names[i].role;
        for (size_t c = 0; c < reply->column_count && !is_taken; c++) {
            struct reply_column *column = &reply->columns[c];
            if (column->role == REPLY_OTHER && !(reply->is_cube && names[i].role == REPLY_VALUE) &&
                (same_word(column->name.text, names[i].name) || same_word(column->name.code, names[i].name))) {
                column->role = names[i].role;
                is_taken = true;
            }
        }
    }
}

struct source reply_cursor_move(struct reply_cursor *cursor, const char *to)
{
    while (cursor->at < to) {
        uint32_t c;
        cursor->at += utf8_decode(cursor->at, (size_t)(to - cursor->at), &c);
        cursor->place.column++;
        if (c == '\n') {
            cursor->place.line++;
            cursor->place.column = 1;
        }
    }
    return cursor->place;
}

/* ---- looking --------------------------------------------------------------------------------------------- */
struct reply_label reply_label(const struct reply *reply, size_t row, size_t column)
{
    const struct reply_column *c = &reply->columns[column];
    if (reply->is_cube)
        return c->labels[row / c->stride % c->count];
    size_t i = row * reply->column_count + column;
    const char *text = reply->cells[i].text, *code = reply->codes ? reply->codes[i] : NULL;
    return (struct reply_label){ code ? text + strlen(code) + 1 : text, code ? code : "" };
}

const struct figures_cell *reply_value(const struct reply *reply, size_t row, size_t column)
{
    return &reply->cells[reply->is_cube ? row : row * reply->column_count + column];
}

const char *reply_where(const struct reply *reply, size_t row, size_t column)
{
    if (!reply->array)
        return "";
    if (!strcmp(reply->array, "DATA"))
        return arena_printf(reply->arena, _("DATA, cell %zu: "), row + 1);
    if (reply->is_cube)
        return arena_printf(reply->arena, "%s[%zu]: ", reply->array, row);
    return arena_printf(reply->arena, "%s[%zu][%zu]: ", reply->array, row, column);
}

bool reply_is(struct reply_label label, const char *word)
{
    return same_word(label.text, word) || (*label.code && same_word(label.code, word));
}

/* ---- CSV ------------------------------------------------------------------------------------------------- */
struct csv_reader {
    struct reply *reply;
    struct diag *diag;
    bool has_heading, has_failed;
};

static bool is_blank(const struct figures_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (*cells[i].text)
            return false;
    return true;
}

static bool put_csv_row(void *data, const struct figures_cell *cells, size_t n)
{
    struct csv_reader *r = data;
    if (is_blank(cells, n))
        return true;
    if (r->has_heading) {
        r->has_failed |= !reply_append_row(r->reply, cells, n, r->diag);
        return !r->has_failed;
    }
    r->has_heading = true;
    for (size_t i = 0; i < n; i++)
        reply_append_column(r->reply, cells[i].text, "", cells[i].at);
    return true;
}

/* The length of a code that stands before a text: "791 Viborg", "TOT I alt"; 0 without one. */
static size_t code_length(const char *text)
{
    size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    return text[n] == ' ' && text[n + 1] ? n : 0;
}

/* Statistikbanken gives texts, codes, or both in one cell: a column has codes when every cell of it begins with one. */
static void split_codes(struct reply *reply)
{
    reply->codes = arena_array(reply->arena, const char *, reply->row_count * reply->column_count);
    for (size_t c = 0; c < reply->column_count; c++) {
        size_t coded = 0;
        while (coded < reply->row_count && reply->columns[c].role != REPLY_VALUE &&
               code_length(reply->cells[coded * reply->column_count + c].text))
            coded++;
        for (size_t row = 0; coded == reply->row_count && row < coded; row++) {
            size_t i = row * reply->column_count + c;
            reply->codes[i] = arena_strndup(reply->arena, reply->cells[i].text, code_length(reply->cells[i].text));
        }
    }
}

static struct reply *read_csv(const char *file, const struct buf *text, struct arena *arena, struct diag *diag)
{
    struct csv_reader r = { reply_new(file, REPLY_JOBINDSATS, arena), diag, false, false };
    size_t errors = diag_errors(diag);
    figures_csv_each_row(file, text, put_csv_row, &r, arena, diag);
    if (r.has_failed || diag_errors(diag) > errors)
        return NULL;
    reply_find_roles(r.reply);
    for (size_t i = 0; i < r.reply->column_count; i++)
        if (r.reply->columns[i].role == REPLY_VALUE)
            r.reply->service = REPLY_STATBANK;
    if (r.reply->column_count < 2 || !r.reply->row_count) {
        diag_error(diag, (struct source){ file, 1, 1 }, "E332", _("this is no table of figures; columns: %zu, rows: %zu"),
                   r.reply->column_count, r.reply->row_count);
        diag_remedy(diag, _("import reads replies that were saved as JSON, JSON-stat, PX or CSV"));
        return NULL;
    }
    if (r.reply->service == REPLY_STATBANK)
        split_codes(r.reply);
    return r.reply;
}

/* ---- any format ------------------------------------------------------------------------------------------ */
static struct reply *refuse(const char *file, const char *what, struct diag *diag)
{
    diag_error(diag, (struct source){ file, 1, 1 }, "E332", "%s", what);
    diag_remedy(diag, _("import reads replies that were saved as JSON, JSON-stat, PX or CSV"));
    return NULL;
}

struct reply *reply_read(const char *file, const struct buf *bytes, struct arena *arena, struct diag *diag)
{
    struct buf text = BUF_EMPTY;
    struct reply *reply = NULL;
    if (bytes->length >= 2 && !memcmp(bytes->data, "PK", 2))
        return refuse(file, _("this is a workbook, not a reply"), diag);
    if (reply_is_px(bytes))
        return reply_px_read(file, bytes, arena, diag);
    if (!figures_text_read(file, bytes, &text, diag))
        goto out;
    const char *s = buf_text(&text);
    s += strspn(s, " \t\r\n");
    if (!*s)
        refuse(file, _("the file is empty"), diag);
    else if (*s == '<')
        refuse(file, _("this is a web page, not figures: the service answered with an error, or asked for a sign-in"), diag);
    else if (*s == '{' || *s == '[')
        reply = reply_json_read(file, &text, arena, diag);
    else
        reply = read_csv(file, &text, arena, diag);
out:
    buf_free(&text);
    return reply;
}
