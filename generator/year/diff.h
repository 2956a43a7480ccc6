/* Differences of two word sequences: the shortest edit script (Myers, An O(ND) Difference Algorithm, 1986). */
#ifndef YEAR_DIFF_H
#define YEAR_DIFF_H
#include <stdbool.h>
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

/* A text as its words. */
struct year_text {
    const char **words;
    bool *ends;                /* with this word a line of the text ends: what follows is another block */
    size_t count;
};

/* Cut text at white space; all of it lies in the arena. */
struct year_text year_words(const char *text, struct arena *);

/* Settle where lines end when the edits are read in order, kept words once: `old->ends` for kept and dropped words, `new->ends`
   for added ones. A word that replaces the last one of a line stands on that line. */
void year_settle_lines(struct year_text *old, const struct year_text *new, const struct year_edit *, size_t n);
#endif
