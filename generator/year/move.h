/* Figures and years moved on to the next period. */
#ifndef YEAR_MOVE_H
#define YEAR_MOVE_H
#include "base/buf.h"
#include "plan/figures.h"
#include "year/worklist.h"

/* Old and new rows as one table: a new row takes the place of the old one of its id, kind and period; one that says
   another number is told in `list`. Derived figures are left out: the plan declares them. */
const struct plan_figures *year_merge_figures(const struct plan_figures *old, const struct plan_figures *news,
                                              struct arena *, struct year_worklist *list);
/* The table of next year: a measure's newest actual after its baseline is its baseline now, and what was the baseline
   stays as an actual; a measure's targets and forecasts whose time is over before `period` go; a row without a number waits in
   place of the last of them, so that what prose says of it can be set. A measure without an actual keeps its baseline. All
   of it is told in `list`. */
const struct plan_figures *year_move_figures(const struct plan *, const struct plan_figures *merged, const char *period,
                                             struct arena *, struct year_worklist *list);
/* What a row is next year, in place; false when its time is over. */
bool year_move_row(const struct plan_figures *merged, const char *period, struct plan_figure *row);
/* The actual that becomes the measure's baseline; NULL when none does. */
const struct plan_figure *year_new_baseline(const struct plan_figures *merged, const char *measure);

/* From one period to the next: "2021" to "2024-2026" is three years on. */
struct year_shift {
    const char *from, *to;
    int years;
};

/* `text` with the old period where it stands replaced by the new one, and each other year from 1900 to 2099 moved on; true
   when there was one. */
bool year_move_text(const char *text, const struct year_shift *, struct buf *out);
/* True when there is a year in it. */
bool year_is_in(const char *text);
#endif
