/* Replies in JSON: the tables of jobindsats.dk (version 2 and 3), and JSON-stat. jansson says what is there; a scan of the
   same text, which is valid by then, says where it stands and with which digits: a JSON number must not become a double. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "plan/figures_reply.h"

struct reader {
    const char *file, *text;
    struct arena *arena;
    struct diag *diag;
    struct reply_cursor cursor;
    struct reply *first, **last;           /* the replies read so far */
};

/* ---- where: scanning valid JSON -------------------------------------------------------------------------- */
static const char *skip_space(const char *s)
{
    return s + strspn(s, " \t\r\n");
}

static const char *skip_string(const char *s)
{
    for (s++; *s && *s != '"'; s++)
        s += *s == '\\' && s[1];
    return *s ? s + 1 : s;
}

/* Behind the value that begins at `s`. */
static const char *skip_value(const char *s)
{
    size_t depth = 0;
    do {
        if (*s == '"') {
            s = skip_string(s);
            continue;
        }
        if (!depth && *s != '{' && *s != '[')
            return s + strcspn(s, ",]} \t\r\n");
        depth += *s == '{' || *s == '[';
        depth -= *s == '}' || *s == ']';
        s++;
    } while (depth && *s);
    return s;
}

/* The first value in an array, or the first name in an object; NULL when it is empty. */
static const char *first_of(const char *s)
{
    s = skip_space(s + 1);
    return *s == ']' || *s == '}' ? NULL : s;
}

/* What follows the value at `s` in its array or object. */
static const char *next_of(const char *s)
{
    s = skip_space(skip_value(s));
    return *s == ',' ? skip_space(s + 1) : NULL;
}

/* The value of a name in the object at `s`; NULL without it, also where the name is written with escapes ("v\u0061lue"). */
static const char *member_of(const char *s, const char *name)
{
    size_t n = strlen(name);
    for (s = s ? first_of(s) : NULL; s;) {
        const char *value = skip_space(skip_space(skip_string(s)) + 1);
        if (!strncmp(s + 1, name, n) && s[n + 1] == '"')
            return value;
        s = next_of(value);
    }
    return NULL;
}

static struct source place_of(struct reader *r, const char *s)
{
    return s ? reply_cursor_move(&r->cursor, s) : r->cursor.place;
}

/* ---- what ------------------------------------------------------------------------------------------------ */
/* The text of the first of these names that the object has; "" without one. */
static const char *text_of(struct reader *r, const json_t *object, const char *const *names)
{
    for (; *names; names++) {
        const char *text = json_string_value(json_object_get(object, *names));
        if (text)
            return plan_trim(r->arena, text, strlen(text));
    }
    return "";
}

/* A day at the beginning of "2020-11-02T08:00:00Z"; "" without one. */
static const char *day_of(struct reader *r, const char *text)
{
    char day[11];
    snprintf(day, sizeof day, "%s", text);
    return plan_date_read(day, false, day) ? arena_strdup(r->arena, day) : "";
}

static void tell(struct reader *r, struct source at, const char *what)
{
    diag_error(r->diag, at, "E334", "%s", what);
    diag_remedy(r->diag, _("save the reply once more, as the service gave it"));
}

static struct reply *append_reply(struct reader *r, enum reply_service service, const char *array)
{
    struct reply *reply = reply_new(r->file, service, r->arena);
    reply->array = array;
    *r->last = reply;
    r->last = &reply->next;
    return reply;
}

/* A value of the JSON as a cell; `s` is where it stands. */
static struct figures_cell cell_of(struct reader *r, const json_t *value, const char *s)
{
    struct figures_cell cell = { .text = "", .type = FIGURES_TEXT, .at = place_of(r, s) };
    if (json_is_string(value)) {
        cell.text = plan_trim(r->arena, json_string_value(value), json_string_length(value));
    } else if (!json_is_null(value)) {
        cell.text = arena_strndup(r->arena, s, (size_t)(skip_value(s) - s));
        cell.type = json_is_number(value) ? FIGURES_NUMBER : FIGURES_TEXT;
    }
    return cell;
}

/* ---- the tables of jobindsats.dk ------------------------------------------------------------------------- */
static bool read_variables(struct reader *r, struct reply *reply, const json_t *variables, const char *s)
{
    static const char *const labels[] = { "Label", "label", "title", "Name", "name", NULL },
                             *const names[] = { "Name", "name", "id", NULL };
    size_t i;
    const json_t *variable;
    struct source at = place_of(r, s);
    json_array_foreach (variables, i, variable) {
        const char *label = json_is_string(variable) ? json_string_value(variable) : text_of(r, variable, labels);
        reply_append_column(reply, arena_strdup(r->arena, label), text_of(r, variable, names), at);
    }
    if (reply->column_count && reply->column_count <= PLAN_MAX_COLUMNS)
        return true;
    tell(r, at, _("the reply names no columns, or more than any table has"));
    return false;
}

static bool read_rows(struct reader *r, struct reply *reply, const json_t *rows, const char *s)
{
    struct figures_cell cells[PLAN_MAX_COLUMNS];
    size_t i = 0;
    for (s = first_of(s); s; s = next_of(s), i++) {
        const json_t *row = json_array_get(rows, i);
        size_t n = json_array_size(row);
        if (!json_is_array(row) || !n || n > PLAN_MAX_COLUMNS) {
            tell(r, place_of(r, s), _("this is no row of cells"));
            return false;
        }
        const char *at = first_of(s);
        for (size_t c = 0; c < n; c++, at = next_of(at))
            cells[c] = cell_of(r, json_array_get(row, c), at);
        if (!reply_append_row(reply, cells, n, r->diag))
            return false;
    }
    return true;
}

static bool read_table(struct reader *r, const json_t *table, const char *s, const char *head, const char *body)
{
    static const char *const tables[] = { "TableId", "tableId", "table", NULL },
                             *const updates[] = { "LatestUpdate", "updated", NULL };
    const json_t *variables = json_object_get(table, head), *rows = json_object_get(table, body);
    const char *first = member_of(s, head), *second = member_of(s, body);
    if (!json_is_array(variables) || !json_is_array(rows) || !first || !second) {
        tell(r, place_of(r, s), _("this is no table of jobindsats.dk: its columns or rows are missing"));
        return false;
    }
    struct reply *reply = append_reply(r, REPLY_JOBINDSATS, body);
    reply->table = text_of(r, table, tables);
    reply->updated = day_of(r, text_of(r, table, updates));
    /* The order in the file decides which is read first: places only move forward. */
    struct reply_cursor start = r->cursor;
    if (!read_variables(r, reply, variables, first))
        return false;
    r->cursor = start;
    if (!read_rows(r, reply, rows, second))
        return false;
    if (!reply->row_count) {
        diag_error(r->diag, place_of(r, second), "E332", _("the reply has no rows: the query chose nothing"));
        diag_remedy(r->diag, _("mend the query, and save its reply once more"));
        return false;
    }
    reply_find_roles(reply);
    return true;
}

/* ---- JSON-stat ------------------------------------------------------------------------------------------- */
static bool has_role(const json_t *roles, const char *role, const char *id)
{
    size_t i;
    const json_t *name;
    json_array_foreach (json_object_get(roles, role), i, name)
        if (json_is_string(name) && !strcmp(json_string_value(name), id))
            return true;
    return false;
}

/* The categories in the order of their index: an array of codes, or an object that gives each code its number. */
static bool read_categories(struct reader *r, const json_t *category, struct reply_column *column, size_t size)
{
    const json_t *index = json_object_get(category, "index"), *texts = json_object_get(category, "label"), *number;
    struct reply_label *labels = arena_array(r->arena, struct reply_label, size);
    const char *code;
    column->labels = labels;
    column->count = size;
    for (size_t i = 0; i < size; i++)
        labels[i].text = labels[i].code = NULL;
    for (size_t i = 0; i < size && json_is_array(index); i++)
        labels[i].code = json_string_value(json_array_get(index, i));
    json_object_foreach ((json_t *)(json_is_object(index) ? index : texts), code, number) {
        json_int_t i = json_is_object(index) ? json_integer_value(number) : 0;     /* one category needs no index */
        if (!json_is_array(index) && i >= 0 && (size_t)i < size)
            labels[i].code = code;
    }
    for (size_t i = 0; i < size; i++) {
        if (!labels[i].code)
            return false;
        const char *text = json_string_value(json_object_get(texts, labels[i].code));
        labels[i].code = arena_strdup(r->arena, labels[i].code);
        labels[i].text = text ? plan_trim(r->arena, text, strlen(text)) : labels[i].code;
    }
    return true;
}

static bool read_dimension(struct reader *r, struct reply *reply, const json_t *dimensions, const json_t *roles,
                           const char *id, json_int_t size)
{
    static const char *const labels[] = { "label", NULL };
    const json_t *dimension = id ? json_object_get(dimensions, id) : NULL;
    if (!dimension || size < 1 || size > PLAN_MAX_REPLY_CELLS)
        return false;
    const char *label = text_of(r, dimension, labels);
    struct reply_column *column = reply_append_column(reply, *label ? label : arena_strdup(r->arena, id),
                                                      arena_strdup(r->arena, id), r->cursor.place);
    column->role = has_role(roles, "time", id)     ? REPLY_PERIOD
                   : has_role(roles, "geo", id)    ? REPLY_AREA
                   : has_role(roles, "metric", id) ? REPLY_MEASURE
                                                   : REPLY_OTHER;
    return read_categories(r, json_object_get(dimension, "category"), column, (size_t)size);
}

/* Cells that an object names by their number; all others are empty. */
static bool read_sparse(struct reader *r, struct reply *reply, const json_t *values, const char *s)
{
    for (s = first_of(s); s;) {
        char *end, *name = arena_strndup(r->arena, s + 1, (size_t)(skip_string(s) - s - 2));
        unsigned long i = strtoul(name, &end, 10);
        const char *value = skip_space(skip_space(skip_string(s)) + 1);
        if (*end || end == name || i >= reply->row_count)
            return false;
        reply->cells[i] = cell_of(r, json_object_get(values, name), value);
        s = next_of(value);
    }
    return true;
}

static bool read_values(struct reader *r, struct reply *reply, const json_t *values, const char *s)
{
    size_t size = reply_cube_size(reply, r->diag), i = 0;
    if (!size)
        return false;
    reply->cells = arena_array(r->arena, struct figures_cell, size);
    reply->row_count = size;
    struct source at = place_of(r, s);
    for (i = 0; i < size; i++)
        reply->cells[i] = (struct figures_cell){ .text = "", .type = FIGURES_TEXT, .at = at };
    if (json_is_object(values)) {
        if (read_sparse(r, reply, values, s))
            return true;
        tell(r, at, _("a cell has a number that the cube does not have"));
        return false;
    }
    if (json_array_size(values) != size) {
        diag_error(r->diag, at, "E334", P_("the reply holds %zu figure, its dimensions have room for %zu",
                                              "the reply holds %zu figures, its dimensions have room for %zu",
                                              json_array_size(values)), json_array_size(values), size);
        diag_remedy(r->diag, _("save the reply once more, as the service gave it"));
        return false;
    }
    for (i = 0, s = first_of(s); s; s = next_of(s), i++)
        reply->cells[i] = cell_of(r, json_array_get(values, i), s);
    return true;
}

/* "dataset": {…} (JSON-stat 1) or the whole (2); id, size and role stand in "dimension" or beside it. */
static bool read_stat(struct reader *r, const json_t *set, const char *s)
{
    static const char *const labels[] = { "label", NULL }, *const sources[] = { "source", NULL },
                             *const updates[] = { "updated", NULL };
    const json_t *dimensions = json_object_get(set, "dimension"), *values = json_object_get(set, "value");
    const json_t *inner = json_object_get(dimensions, "id") ? dimensions : set;
    const json_t *ids = json_object_get(inner, "id"), *sizes = json_object_get(inner, "size"),
                 *roles = json_object_get(inner, "role");
    const char *value = member_of(s, "value");
    struct reply *reply = append_reply(r, REPLY_STATBANK, "value");
    size_t n = json_array_size(ids);
    bool good = n && n == json_array_size(sizes) && n <= PLAN_MAX_COLUMNS && value &&
                (json_is_array(values) || json_is_object(values));
    struct reply_cursor start = r->cursor;
    place_of(r, member_of(s, "dimension"));
    for (size_t i = 0; good && i < n; i++)
        good = read_dimension(r, reply, dimensions, roles, json_string_value(json_array_get(ids, i)),
                              json_integer_value(json_array_get(sizes, i)));
    if (!good) {
        tell(r, r->cursor.place, _("the JSON-stat is incomplete: id, size, the categories of each dimension, and value are needed"));
        return false;
    }
    r->cursor = start;
    reply->contents = text_of(r, set, labels);
    reply->source = text_of(r, set, sources);
    reply->updated = day_of(r, text_of(r, set, updates));
    if (!read_values(r, reply, values, value))
        return false;
    reply_find_roles(reply);
    return true;
}

/* ---- what it is ------------------------------------------------------------------------------------------ */
static bool read_error(struct reader *r, const json_t *root, const char *s)
{
    static const char *const codes[] = { "errorTypeCode", "code", "error", "Code", NULL },
                             *const messages[] = { "message", "Message", "title", "detail", "error_description", NULL };
    const char *code = text_of(r, root, codes), *message = text_of(r, root, messages);
    if (!*code && !*message)
        return false;
    diag_error(r->diag, place_of(r, s), "E333", _("the service answered with an error instead of figures: %s%s%s"), code,
               *code && *message ? ": " : "", message);
    diag_remedy(r->diag, _("mend the query, and save its reply once more"));
    return true;
}

static bool read_object(struct reader *r, const json_t *object, const char *s)
{
    const json_t *set = json_object_get(object, "dataset");
    if (json_object_get(object, "Variables") || json_object_get(object, "Data"))
        return read_table(r, object, s, "Variables", "Data");
    if (json_object_get(object, "columns") || json_object_get(object, "rows"))
        return read_table(r, object, s, "columns", "rows");
    if (json_is_object(set) && member_of(s, "dataset"))
        return read_stat(r, set, member_of(s, "dataset"));
    if (json_object_get(object, "dimension"))
        return read_stat(r, object, s);
    if (read_error(r, object, s))
        return false;
    diag_error(r->diag, place_of(r, s), "E332", _("this JSON is no reply of jobindsats.dk or Statistikbanken"));
    diag_remedy(r->diag, _("import reads replies that were saved as JSON, JSON-stat, PX or CSV"));
    return false;
}

static bool read_root(struct reader *r, const json_t *root)
{
    const char *s = skip_space(r->text);
    if (json_is_object(root))
        return read_object(r, root, s);
    bool good = json_array_size(root) > 0 && json_array_size(root) <= PLAN_MAX_REPLY_TABLES;
    if (!good)
        tell(r, place_of(r, s), _("the list of tables is empty, or longer than any reply"));
    s = first_of(s);
    for (size_t i = 0; good && s; i++, s = next_of(s)) {
        const json_t *table = json_array_get(root, i);
        if (json_is_object(table)) {
            good = read_object(r, table, s);
        } else {
            tell(r, place_of(r, s), _("this is no table of jobindsats.dk: its columns or rows are missing"));
            good = false;
        }
    }
    return good;
}

static void tell_syntax(struct reader *r, const json_error_t *error)
{
    struct source at = { r->file, error->line > 0 ? error->line : 1, error->column > 0 ? error->column : 1 };
    switch (json_error_code(error)) {
    case json_error_premature_end_of_input:
        tell(r, at, _("the JSON breaks off here: the file was not saved to its end"));
        break;
    case json_error_stack_overflow:
        tell(r, at, _("the JSON is nested deeper than any reply"));
        break;
    case json_error_duplicate_key:
        tell(r, at, _("a name stands twice in the same object"));
        break;
    default:
        tell(r, at, _("this is no valid JSON"));
        break;
    }
}

struct reply *reply_json_read(const char *file, const struct buf *text, struct arena *arena, struct diag *diag)
{
    struct reader r = { .file = file, .text = buf_text(text), .arena = arena, .diag = diag };
    json_error_t error;
    size_t values = 0;
    r.last = &r.first;
    r.cursor = (struct reply_cursor){ r.text, { file, 1, 1 } };
    for (const char *s = r.text; *s; s++)
        values += *s == ',' || *s == '[' || *s == '{';
    if (values > 3 * PLAN_MAX_REPLY_CELLS) {
        diag_error(diag, r.cursor.place, "E314", _("the reply has more than %d cells, the limit"), PLAN_MAX_REPLY_CELLS);
        diag_remedy(diag, _("ask the service for fewer areas, groups or periods"));
        return NULL;
    }
    json_t *root = json_loadb(buf_text(text), text->length, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        tell_syntax(&r, &error);
    bool good = root && read_root(&r, root);
    json_decref(root);
    return good ? r.first : NULL;
}
