/* The edit script, against an independent longest common subsequence by dynamic programming. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "year/diff.h"
#include "unit.h"

static size_t longest_common(const char *const *a, size_t na, const char *const *b, size_t nb)
{
    size_t *row = calloc(nb + 1, sizeof *row);
    for (size_t i = 0; i < na; i++) {
        size_t corner = 0;
        for (size_t j = 0; j < nb; j++) {
            size_t above = row[j + 1];
            row[j + 1] = !strcmp(a[i], b[j]) ? corner + 1 : above > row[j] ? above : row[j];
            corner = above;
        }
    }
    size_t n = row[nb];
    free(row);
    return n;
}

static unsigned next(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

START_TEST(script_is_shortest_and_rebuilds_both)
{
    static const char *const alphabet[] = { "en", "to", "tre", "fire" };
    unsigned seed = (unsigned)_i * 7919u + 1;
    const char *a[40], *b[40];
    size_t na = next(&seed) % 40, nb = next(&seed) % 40;
    for (size_t i = 0; i < na; i++)
        a[i] = alphabet[next(&seed) % 4];
    for (size_t i = 0; i < nb; i++)
        b[i] = alphabet[next(&seed) % 4];
    struct arena *arena = arena_new();
    struct year_edit *edits;
    size_t n = year_diff(a, na, b, nb, arena, &edits), x = 0, y = 0, kept = 0;
    for (size_t i = 0; i < n; i++) {
        ck_assert_uint_eq(edits[i].at, edits[i].kind == YEAR_ADDED ? y : x);
        for (size_t j = 0; j < edits[i].count; j++) {
            if (edits[i].kind == YEAR_KEPT)
                ck_assert_str_eq(a[x], b[y]);
            kept += edits[i].kind == YEAR_KEPT;
            x += edits[i].kind != YEAR_ADDED;
            y += edits[i].kind != YEAR_DROPPED;
        }
    }
    ck_assert_uint_eq(x, na);
    ck_assert_uint_eq(y, nb);
    ck_assert_uint_eq(kept, longest_common(a, na, b, nb));
    arena_free(arena);
}
END_TEST

START_TEST(words_are_cut_at_white_space)
{
    struct arena *arena = arena_new();
    struct year_text text = year_words(" en  to\ntre ", arena);
    ck_assert_uint_eq(text.count, 3);
    ck_assert_str_eq(text.words[2], "tre");
    ck_assert(!text.ends[0] && text.ends[1] && !text.ends[2]);
    ck_assert_uint_eq(year_words("\n", arena).count, 0);
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("year/diff");
    TCase *tcase = tcase_create("all");
    tcase_add_loop_test(tcase, script_is_shortest_and_rebuilds_both, 0, 400);
    tcase_add_test(tcase, words_are_cut_at_white_space);
    suite_add_tcase(suite, tcase);
    return unit_run_here(suite);
}
