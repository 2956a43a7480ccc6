/* Import: replies are read, the map's rules choose their cells, and these go into the table. */
#include "plan/figures_import.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "plan/import.h"

enum { MAX_REPLIES = 1000, MAX_TOLD = 100 };

/* ---- replies --------------------------------------------------------------------------------------------- */
static struct reply *read_replies(const char *const *paths, struct arena *arena, struct diag *diag)
{
    struct reply *first = NULL, **last = &first;
    for (size_t i = 0; paths[i] && i < MAX_REPLIES; i++) {
        struct buf bytes = BUF_EMPTY;
        if (file_read(paths[i], PLAN_MAX_FIGURES_BYTES, &bytes, (struct source){ 0 }, diag))
            *last = reply_read(arena_strdup(arena, paths[i]), &bytes, arena, diag);
        while (*last)
            last = &(*last)->next;
        buf_free(&bytes);
    }
    return first;
}

/* A figure of the newest months changes afterwards: without the day of retrieval nobody can tell which one this is. */
static void check_retrieved(const struct reply *reply, struct diag *diag)
{
    struct source at = { reply->file, 1, 1 };
    if (*reply->made) {
        diag_note(diag, at, "N333", _("the file says that it was made on %s; that day is written as the day of retrieval"),
                  reply->made);
        diag_remedy(diag, _("give another day with --retrieved"));
        return;
    }
    diag_warning(diag, at, "W333", _("the file does not say when it was fetched%s%s; the rows get no day of retrieval"),
                 *reply->updated ? _(", only that its figures are of ") : "", reply->updated);
    diag_remedy(diag, _("give the day with --retrieved 2020-12-18"));
}

static bool is_named(const struct reply *reply, struct reply_label measure, const struct import_rule *rules)
{
    for (const struct import_rule *rule = rules; rule; rule = rule->next)
        if (import_is_table(rule, reply) && (!*rule->measure || reply_is(measure, rule->measure)))
            return true;
    return false;
}

static void put_name(struct buf *out, struct reply_label measure)
{
    buf_printf(out, "%s\"%s\"", out->length ? ", " : "", measure.text);
}

/* Measures that no rule takes: "Antal personer", "Antal fuldtidspersoner". In a table they are the columns with numbers. */
static const char *unused_measures(const struct reply *reply, const struct import_rule *rules, struct arena *arena)
{
    struct buf out = BUF_EMPTY;
    for (size_t i = 0; i < reply->column_count; i++) {
        struct decimal number;
        const struct reply_column *column = &reply->columns[i];
        for (size_t j = 0; reply->is_cube && column->role == REPLY_MEASURE && j < column->count && j < MAX_TOLD; j++)
            if (!is_named(reply, column->labels[j], rules))
                put_name(&out, column->labels[j]);
        if (reply->is_cube || column->role != REPLY_OTHER || is_named(reply, column->name, rules))
            continue;
        const struct figures_cell *cell = reply_value(reply, 0, i);
        if (cell->type == FIGURES_NUMBER || figures_number_read(cell->text, &number) != FIGURES_NO_NUMBER)
            put_name(&out, column->name);
    }
    const char *text = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return text;
}

static void check_reply(const struct reply *reply, const struct import_rule *rules, const char *retrieved, struct arena *arena,
                        struct diag *diag)
{
    struct source at = { reply->file, 1, 1 };
    bool has_rule = false;
    for (const struct import_rule *rule = rules; rule && !has_rule; rule = rule->next)
        has_rule = import_is_table(rule, reply);
    if (!has_rule) {
        diag_warning(diag, at, "W334", _("no row of the map takes anything from this reply"));
        diag_remedy(diag, _("its table is known by the name that it gives itself (%s), or by a word of the file's name"),
                    *reply->table ? reply->table : "–");
        return;
    }
    if (!reply->used)
        return;                        /* told at the rules of its table */
    const char *unused = unused_measures(reply, rules, arena);
    diag_note(diag, at, "N331", _("figures taken by the map: %zu, rows in the reply: %zu%s%s"), reply->used, reply->row_count,
              *unused ? _("; it does not name ") : "", unused);
    if (!retrieved)
        check_retrieved(reply, diag);
}

/* ---- into the table -------------------------------------------------------------------------------------- */
struct merger {
    struct plan_figures *old;              /* the table that is there; its rows are revised in place */
    struct plan_import *result;
    struct diag *diag;
};

static const char *number_of(const struct plan_figure *f, char out[DECIMAL_TEXT])
{
    strcpy(out, "..");
    if (!f->missing)
        decimal_write(f->value, out);
    for (char *p = out; !f->missing && *p; p++)
        if (*p == '.')
            *p = ',';
    return out;
}

/* The row of the table with the choice's key; NULL without one. A row with the same id in another unit is an error. */
static struct plan_figure *find_old(struct merger *m, const struct import_choice *choice)
{
    size_t n;
    const struct plan_figure *new = &choice->figure;
    const struct plan_figure *const *rows = plan_figures_of(m->old, new->id, &n);
    if (n && rows[0]->unit != new->unit) {
        diag_error(m->diag, choice->rule->at, "E338", _("\"%s\" is in %s here, but in %s at %s:%d"), new->id,
                   plan_unit_words(new->unit), plan_unit_words(rows[0]->unit), rows[0]->at.file, rows[0]->at.line);
        diag_remedy(m->diag, _("all rows of one id have the same unit; give the other figure an id of its own"));
    }
    for (size_t i = 0; i < n; i++)
        if (rows[i]->kind == new->kind && plan_period_same(rows[i]->period, new->period))
            return (struct plan_figure *)rows[i];      /* the table was read here and is nobody else's */
    return NULL;
}

/* The same number keeps the spelling it has; its day of retrieval moves on. */
static void confirm(struct merger *m, struct plan_figure *old, const struct plan_figure *new)
{
    if (*new->retrieved)
        old->retrieved = new->retrieved;
    if (!*old->source)
        old->source = new->source;
    m->result->same++;
}

static void revise(struct merger *m, struct plan_figure *old, const struct import_choice *choice)
{
    char before[DECIMAL_TEXT], after[DECIMAL_TEXT];
    const struct plan_figure *new = &choice->figure;
    diag_warning(m->diag, new->at, "W331", _("%s\"%s\" %s %s was revised: %s at %s:%d, now %s"),
                 reply_where(choice->reply, choice->row, choice->column), new->id, plan_kind_words(new->kind), new->period,
                 number_of(old, before), old->at.file, old->at.line, number_of(new, after));
    diag_remedy(m->diag, _("the new value is written; check the sentences and targets that were built on the old one"));
    old->value = new->value;
    old->missing = false;
    old->source = new->source;
    old->retrieved = new->retrieved;       /* the old day would say when another number was fetched */
    m->result->revised++;
}

static void put(struct merger *m, struct import_choice *choice)
{
    const struct plan_figure *new = &choice->figure;
    struct plan_figure *old = find_old(m, choice);
    choice->is_new = !old;
    if (!old)
        m->result->added++;
    else if (old->missing ? new->missing : !new->missing && decimal_compare(old->value, new->value) == 0)
        confirm(m, old, new);
    else if (!new->missing)
        revise(m, old, choice);        /* a figure that the service no longer gives stays */
}

/* The rows that were there, in their order, then the new ones. */
static const struct plan_figures *join(const struct plan_figures *old, const struct import_choices *choices, struct arena *arena)
{
    struct plan_figures *all = plan_figures_new(old->file, arena);
    for (size_t i = 0; i < old->count; i++)
        *plan_figures_append(all) = *old->items[i];
    for (size_t i = 0; i < choices->count; i++)
        if (choices->items[i].is_new)
            *plan_figures_append(all) = choices->items[i].figure;
    plan_figures_seal(all);
    return all;
}

/* ---- the table that is there ----------------------------------------------------------------------------- */
/* A table that people wrote gets its plain form; that is said. */
static void check_form(const struct plan_figures *figures, const char *path, const struct buf *bytes, bool has_mark,
                       struct diag *diag)
{
    struct buf plain = BUF_EMPTY;
    size_t skip = has_mark ? 3 : 0;
    plan_figures_write(figures, &plain);
    if (plain.length != bytes->length - skip || memcmp(plain.data, bytes->data + skip, plain.length) != 0) {
        diag_note(diag, (struct source){ path, 1, 1 }, "N332",
                  _("the table is written anew in its plain form: English column names, \";\", UTF-8; rows and order stay"));
        diag_remedy(diag, _("keep a copy if its own form matters"));
    }
    buf_free(&plain);
}

static bool read_old(struct merger *m, const char *path)
{
    struct buf bytes = BUF_EMPTY;
    if (!path || !file_exists(path))
        return true;
    size_t errors = diag_errors(m->diag);
    if (file_read(path, PLAN_MAX_FIGURES_BYTES, &bytes, (struct source){ 0 }, m->diag)) {
        bool is_text = bytes.length < 4 || (memcmp(bytes.data, "PK\3\4", 4) != 0 && (unsigned char)bytes.data[0] != 0xD0);
        if (!is_text) {
            diag_error(m->diag, (struct source){ path, 0, 0 }, "E339", _("import writes CSV, and this is a workbook"));
            diag_remedy(m->diag, _("name another file with -o, and copy the rows from there"));
        } else {
            figures_csv_read(m->old, &bytes, m->diag);
            m->result->has_mark = bytes.length >= 3 && !memcmp(bytes.data, "\xEF\xBB\xBF", 3);
            if (diag_errors(m->diag) == errors)
                check_form(m->old, path, &bytes, m->result->has_mark, m->diag);
        }
    }
    buf_free(&bytes);
    return diag_errors(m->diag) == errors;
}

/* ---- the whole ------------------------------------------------------------------------------------------- */
const struct plan_import *plan_import(const struct plan_import_request *request, struct arena *arena, struct diag *diag)
{
    size_t errors = diag_errors(diag);
    struct import_choices choices = { NULL, 0, 0 };
    struct plan_import *result = arena_new_of(arena, struct plan_import);
    struct merger m = { plan_figures_new(request->into, arena), result, diag };
    struct import_rule *rules = import_map_read(request->map, arena, diag);
    struct reply *replies = read_replies(request->replies, arena, diag);
    plan_figures_seal(m.old);
    bool good = read_old(&m, request->into);
    if (rules && replies) {
        import_choose(rules, replies, request->retrieved, arena, &choices, diag);
        for (struct reply *reply = replies; reply; reply = reply->next)
            check_reply(reply, rules, request->retrieved, arena, diag);
        import_drop_doubled(&choices, arena, diag);
    }
    for (size_t i = 0; good && i < choices.count; i++)
        put(&m, &choices.items[i]);
    result->kept = m.old->count - result->same - result->revised;
    result->figures = join(m.old, &choices, arena);
    mem_free(choices.items);
    return diag_errors(diag) == errors ? result : NULL;
}

void plan_import_write(const struct plan_import *import, struct buf *out)
{
    if (import->has_mark)
        buf_puts(out, "\xEF\xBB\xBF");
    plan_figures_write(import->figures, out);
}
