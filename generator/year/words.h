/* The running text of a plan as plain words: what is compared. */
#ifndef YEAR_WORDS_H
#define YEAR_WORDS_H
#include "base/buf.h"
#include "design/design.h"
#include "plan/figures.h"

/* How figures in prose are written: as the template writes them in the plan's language; NULL: as "8.7 percent". */
struct year_speech {
    const struct design *design;
    const char *lang;
    struct arena *arena;
};

/* Inline text without its marks. */
void year_put_inline(struct buf *, const struct plan_inline *, const struct year_speech *);
/* All text of a part's own blocks, a block a line; nested parts are left out: they are compared by themselves. */
void year_put_part(struct buf *, const struct plan_part *, const struct year_speech *);
/* "8.7 percent", "381", "rank 48"; "" for a missing one. */
void year_put_figure(struct buf *, const struct plan_figure *);
/* The same for people, in the user's language: "8,7 %", "no. 48", "381". */
void year_say_figure(struct buf *, const struct plan_figure *);
/* "Goal 2, Reducere andelen af …"; by its id when it has no number. */
char *year_goal_name(const struct plan_goal *, struct arena *);
char *year_inline_text(const struct plan_inline *, struct arena *);
#endif
