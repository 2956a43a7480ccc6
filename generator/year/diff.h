/* Differences of two word sequences: the shortest edit script (Myers, An O(ND) Difference Algorithm, 1986). */
#ifndef YEAR_DIFF_H
#define YEAR_DIFF_H
#include <stddef.h>

#include "base/arena.h"

enum year_edit_kind { YEAR_KEPT, YEAR_DROPPED, YEAR_ADDED };

/* A run of words: from the first sequence for kept and dropped ones, from the second for added ones. */
struct year_edit {
    enum year_edit_kind kind;
    size_t at, count;
};

/* The edits in order, dropped before added where both stand in one place. Beyond YEAR_DIFF_MOST edits the middle is taken
   as replaced whole. The array lies in the arena; returns how many. */
enum { YEAR_DIFF_MOST = 3000 };
size_t year_diff(const char *const *a, size_t na, const char *const *b, size_t nb, struct arena *,
                 struct year_edit **out);

/* Cut text at white space; the words lie in the arena. */
size_t year_words(const char *text, struct arena *, const char ***out);
#endif
