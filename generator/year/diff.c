#include "year/diff.h"

#include <string.h>

struct year_text year_words(const char *text, struct arena *arena)
{
    size_t count = 0;
    for (const char *s = text; *s; s++)
        count += (*s != ' ' && *s != '\n') && (s == text || s[-1] == ' ' || s[-1] == '\n');
    struct year_text cut = { arena_array(arena, const char *, count + 1), arena_array(arena, bool, count + 1), 0 };
    for (const char *s = text; *s;) {
        size_t length = strcspn(s, " \n");
        if (length)
            cut.words[cut.count++] = arena_strndup(arena, s, length);
        s += length;
        if (*s == '\n' && cut.count)
            cut.ends[cut.count - 1] = true;
        s += *s != '\0';
    }
    return cut;
}

void year_settle_lines(struct year_text *old, const struct year_text *new, const struct year_edit *edits, size_t n)
{
    size_t at = 0;                         /* in the new text */
    bool owed = false;                     /* a kept word ends a line now, but dropped words stood on that line after it */
    for (size_t i = 0; i < n; i++) {
        const struct year_edit *edit = &edits[i], *next = i + 1 < n ? edit + 1 : NULL;
        bool *ends = old->ends + edit->at, *last = &ends[edit->count - 1];
        if (edit->kind == YEAR_KEPT) {
            bool went_on = !*last;
            for (size_t j = 0; j < edit->count; j++)
                ends[j] = new->ends[at + j];
            owed = *last && went_on && next && next->kind == YEAR_DROPPED && !(i + 2 < n && edits[i + 2].kind == YEAR_ADDED);
            *last = *last && !owed;
        } else if (edit->kind == YEAR_DROPPED) {
            *last = owed || (*last && !(next && next->kind == YEAR_ADDED && new->ends[at + next->count - 1]));
            owed = false;
        }
        at += edit->kind == YEAR_DROPPED ? 0 : edit->count;
    }
}

struct script {
    struct year_edit *edits;
    size_t count;
};

static void put(struct script *script, enum year_edit_kind kind, size_t at, size_t n)
{
    if (!n)
        return;
    struct year_edit *last = script->count ? &script->edits[script->count - 1] : NULL;
    if (last && last->kind == kind && last->at + last->count == at)
        last->count += n;
    else
        script->edits[script->count++] = (struct year_edit){ kind, at, n };
}

/* How the furthest path of d edits comes to diagonal k: one word down (added), or to the right (dropped). */
static bool comes_down(const int *v, int k, int d)
{
    return k == -d || (k != d && v[k - 1] < v[k + 1]);
}

/* From the end (x, y) of a path of d edits back to its start; fills `steps` from `at` downwards, returns the first. */
static size_t trace(int *const *history, int d, int x, int y, enum year_edit_kind *steps, size_t at)
{
    for (; d > 0; d--) {
        const int *v = history[d];
        int k = x - y;
        bool down = comes_down(v, k, d);
        int from_x = down ? v[k + 1] : v[k - 1], from_y = from_x - (down ? k + 1 : k - 1);
        for (; x > from_x + !down && y > from_y + down; x--, y--)
            steps[--at] = YEAR_KEPT;
        steps[--at] = down ? YEAR_ADDED : YEAR_DROPPED;
        x = from_x;
        y = from_y;
    }
    for (; x > 0; x--)
        steps[--at] = YEAR_KEPT;
    return at;
}

/* One step a word into `steps`, from its end; returns the index of the first, `total` when the two are too far apart. */
static size_t walk(const char *const *a, int na, const char *const *b, int nb, struct arena *arena,
                   enum year_edit_kind *steps, size_t total)
{
    int most = na + nb < YEAR_DIFF_MOST ? na + nb : YEAR_DIFF_MOST;
    int *v = arena_array(arena, int, 2 * most + 5);
    v += most + 2;
    int **history = arena_array(arena, int *, most + 1);
    for (int d = 0; d <= most; d++) {
        history[d] = (int *)arena_copy(arena, v - d - 1, sizeof *v * (size_t)(2 * d + 3)) + d + 1;
        for (int k = -d; k <= d; k += 2) {
            int x = comes_down(v, k, d) ? v[k + 1] : v[k - 1] + 1;
            while (x < na && x - k < nb && !strcmp(a[x], b[x - k]))
                x++;
            v[k] = x;
            if (x >= na && x - k >= nb)
                return trace(history, d, na, nb, steps, total);
        }
    }
    return total;
}

/* Runs of edits, the dropped words of a place before the added ones. */
static void group(struct script *script, const enum year_edit_kind *steps, size_t n, size_t x, size_t y)
{
    for (size_t i = 0; i < n;) {
        size_t dropped = 0, added = 0, kept = 0;
        for (; i < n && steps[i] != YEAR_KEPT; i++)
            *(steps[i] == YEAR_DROPPED ? &dropped : &added) += 1;
        for (; i < n && steps[i] == YEAR_KEPT; i++)
            kept++;
        put(script, YEAR_DROPPED, x, dropped);
        put(script, YEAR_ADDED, y, added);
        put(script, YEAR_KEPT, x + dropped, kept);
        x += dropped + kept;
        y += added + kept;
    }
}

size_t year_diff(const char *const *a, size_t na, const char *const *b, size_t nb, struct arena *arena,
                 struct year_edit **out)
{
    struct script script = { arena_array(arena, struct year_edit, na + nb + 3), 0 };
    *out = script.edits;
    size_t head = 0, tail = 0;
    while (head < na && head < nb && !strcmp(a[head], b[head]))
        head++;
    while (tail < na - head && tail < nb - head && !strcmp(a[na - 1 - tail], b[nb - 1 - tail]))
        tail++;
    size_t ma = na - head - tail, mb = nb - head - tail, total = ma + mb;
    put(&script, YEAR_KEPT, 0, head);
    struct arena *work = arena_new();
    enum year_edit_kind *steps = arena_array(work, enum year_edit_kind, total + 1);
    size_t first = total ? walk(a + head, (int)ma, b + head, (int)mb, work, steps, total) : 0;
    if (total && first == total) {
        put(&script, YEAR_DROPPED, head, ma);
        put(&script, YEAR_ADDED, head, mb);
    } else {
        group(&script, steps + first, total - first, head, head);
    }
    put(&script, YEAR_KEPT, na - tail, tail);
    arena_free(work);
    return script.count;
}
