/* The table of figures: kept in the order of the file, found by id. */
#include "plan/figures_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

struct plan_figures *plan_figures_new(const char *file, struct arena *arena)
{
    struct plan_figures *figures = arena_new_of(arena, struct plan_figures);
    figures->arena = arena;
    figures->file = arena_strdup(arena, file);
    return figures;
}

struct plan_figure *plan_figures_append(struct plan_figures *figures)
{
    if (figures->count == figures->capacity) {
        size_t capacity = figures->capacity ? figures->capacity * 2 : 64;
        const struct plan_figure **items = arena_array(figures->arena, const struct plan_figure *, capacity);
        if (figures->count)
            memcpy(items, figures->items, figures->count * sizeof *items);
        figures->items = items;
        figures->capacity = capacity;
    }
    struct plan_figure *figure = arena_new_of(figures->arena, struct plan_figure);
    figure->period = figure->source = figure->retrieved = "";
    figures->items[figures->count++] = figure;
    return figure;
}

const struct plan_figures *plan_figures_from(const struct plan_figure *rows, size_t n, struct arena *arena)
{
    struct plan_figures *figures = plan_figures_new(NULL, arena);
    for (size_t i = 0; i < n; i++)
        *plan_figures_append(figures) = rows[i];
    plan_figures_seal(figures);
    return figures;
}

const struct plan_figures *plan_figures_read(const char *path, struct arena *arena, struct diag *diag)
{
    return figures_read(path, (struct source){ 0 }, arena, diag);
}

static int by_key(const void *x, const void *y)
{
    const struct plan_figure *a = *(const struct plan_figure *const *)x, *b = *(const struct plan_figure *const *)y;
    int order = strcmp(a->id, b->id);
    if (!order)
        order = (int)a->kind - (int)b->kind;
    if (!order)
        order = plan_period_order(a->period, b->period);
    if (!order)
        order = a->at.line != b->at.line ? a->at.line - b->at.line : a->at.column - b->at.column;
    return order;
}

void plan_figures_seal(struct plan_figures *figures)
{
    figures->sorted = arena_array(figures->arena, const struct plan_figure *, figures->count);
    if (!figures->count)
        return;
    memcpy(figures->sorted, figures->items, figures->count * sizeof *figures->sorted);
    qsort(figures->sorted, figures->count, sizeof *figures->sorted, by_key);
}

/* The first place in the sorted table at or behind `low` whose id is not before `id` (or behind it, when `behind`). */
static size_t find_bound(const struct plan_figures *figures, size_t low, const char *id, bool behind)
{
    size_t high = figures->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(figures->sorted[middle]->id, id) < (behind ? 1 : 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct plan_figure *const *plan_figures_of(const struct plan_figures *figures, const char *id, size_t *n)
{
    size_t first = find_bound(figures, 0, id, false);
    *n = find_bound(figures, first, id, true) - first;
    return figures->sorted + first;
}

/* Among several kinds: what was measured, then what is aimed at, then what is expected. An actual goes before a
   baseline of the same period. */
static int preference(const struct plan_figure *f)
{
    static const int order[] = { [PLAN_ACTUAL] = 2, [PLAN_BASELINE] = 2, [PLAN_TARGET] = 1, [PLAN_FORECAST] = 0 };
    return order[f->kind];
}

static bool is_before(const struct plan_figure *candidate, const struct plan_figure *best)
{
    if (preference(candidate) != preference(best))
        return preference(candidate) > preference(best);
    int order = plan_period_compare(candidate->period, best->period);
    return order ? order > 0 : candidate->kind < best->kind;
}

const struct plan_figure *plan_figures_lookup(const struct plan_figures *figures, const char *id, int kind,
                                              const char *period)
{
    size_t n;
    const struct plan_figure *const *of = plan_figures_of(figures, id, &n);
    const struct plan_figure *best = NULL;
    for (size_t i = 0; i < n; i++) {
        bool is_newest = i + 1 == n || of[i + 1]->kind != of[i]->kind;         /* of its kind: they are sorted */
        if ((kind >= 0 && (int)of[i]->kind != kind) || (period ? !plan_period_same(of[i]->period, period) : !is_newest))
            continue;
        if (!best || is_before(of[i], best))
            best = of[i];
    }
    return best;
}

size_t plan_figure_count(const struct plan_figures *figures)
{
    return figures->count;
}

const struct plan_figure *plan_figure_at(const struct plan_figures *figures, size_t i)
{
    return figures->items[i];
}

const char *plan_figures_file(const struct plan_figures *figures)
{
    return figures->file;
}

/* ---- likeness -------------------------------------------------------------------------------------------- */

enum { LONGEST_LIKENED = 80 };

int plan_distance(const char *a, const char *b, int most)
{
    size_t m = strlen(a), n = strlen(b);
    if (m > LONGEST_LIKENED || n > LONGEST_LIKENED || (m > n ? m - n : n - m) > (size_t)most)
        return most + 1;
    int row[LONGEST_LIKENED + 1];
    for (size_t j = 0; j <= n; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= m; i++) {
        int diagonal = row[0], least = row[0] = (int)i;
        for (size_t j = 1; j <= n; j++) {
            int change = diagonal + (utf8_lower((unsigned char)a[i - 1]) != utf8_lower((unsigned char)b[j - 1]));
            diagonal = row[j];
            int insert = row[j - 1] + 1, drop = row[j] + 1;
            row[j] = change < insert ? change : insert;
            if (drop < row[j])
                row[j] = drop;
            if (row[j] < least)
                least = row[j];
        }
        if (least > most)
            return most + 1;
    }
    return row[n];
}

int plan_most_changes(const char *id)
{
    size_t n = strlen(id);
    return n < 4 ? 1 : n < 8 ? 2 : 3;
}

const char *plan_figures_nearest(const struct plan_figures *figures, const char *id)
{
    const char *nearest = NULL, *last = "";
    int most = plan_most_changes(id);
    for (size_t i = 0; figures->count <= PLAN_MAX_LIKENED && i < figures->count; i++) {
        const char *other = figures->sorted[i]->id;
        if (!strcmp(other, last))
            continue;
        int d = plan_distance(id, last = other, most);
        if (d <= most) {
            nearest = other;
            most = d - 1;
        }
    }
    return nearest;
}

/* ---- writing --------------------------------------------------------------------------------------------- */

static void put_field(struct buf *b, const char *text, char after)
{
    if (!strpbrk(text, ";\"\r\n")) {
        buf_puts(b, text);
    } else {
        buf_putc(b, '"');
        for (; *text; text++)
            buf_puts(b, *text == '"' ? "\"\"" : (char[]){ *text, 0 });
        buf_putc(b, '"');
    }
    buf_putc(b, after);
}

void plan_figures_write(const struct plan_figures *figures, struct buf *b)
{
    buf_puts(b, "id;period;kind;value;unit;source;retrieved\n");
    for (size_t i = 0; i < figures->count; i++) {
        const struct plan_figure *f = figures->items[i];
        char value[DECIMAL_TEXT] = "..";
        if (!f->missing)
            decimal_write(f->value, value);
        for (char *p = value; !f->missing && *p; p++)
            if (*p == '.')
                *p = ',';
        if (f->derived)
            continue;          /* declared in the plan, which is embedded beside it */
        put_field(b, f->id, ';');
        put_field(b, f->period, ';');
        put_field(b, plan_figure_kind_name(f->kind), ';');
        put_field(b, value, ';');
        put_field(b, plan_unit_name(f->unit), ';');
        put_field(b, f->source, ';');
        put_field(b, f->retrieved, '\n');
    }
}
