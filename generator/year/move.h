/* Figures and years moved on to the next period. */
#ifndef YEAR_MOVE_H
#define YEAR_MOVE_H
#include "base/buf.h"
#include "plan/figures.h"

/* Old and new rows as one table: a new row takes the place of the old one of its id, kind and period; one that says
   another number is told in `list`. Derived figures are left out: the plan declares them. */
const struct plan_figures *year_merge_figures(const struct plan_figures *old, const struct plan_figures *news,
                                              struct arena *, struct buf *list);
/* The table of next year: a measure's newest actual after its baseline is its baseline now, and what was the baseline
   stays as an actual; a measure's targets and forecasts whose time is over before `period` go. A measure without an actual
   keeps its baseline and is told in `list`. */
const struct plan_figures *year_move_figures(const struct plan *, const struct plan_figures *merged, const char *period,
                                             struct arena *, struct buf *list);
/* The actual that becomes the measure's baseline; NULL when none does. */
const struct plan_figure *year_new_baseline(const struct plan_figures *merged, const char *measure);

/* `text` with each year from 1900 to 2099 moved by `delta`; true when there was one. */
bool year_move_text(const char *text, int delta, struct buf *out);
#endif
