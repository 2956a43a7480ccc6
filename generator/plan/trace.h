/* Where each figure came from, and every place in the plan where it stands. */
#ifndef PLAN_TRACE_H
#define PLAN_TRACE_H
#include "base/buf.h"
#include "plan/figures.h"

/* One paragraph a figure, in order of the table: id, kind, period, value and its row; then a line a place:
   "plan.xml:118:9: measure offentlig-midlertidig", "plan.xml:79:5: key-figure", "plan.xml:31:60: text", "plan.xml:90:5: chart
   maal", "plan.xml:10:5: derived selvforsoergende". A figure that stands nowhere says so. */
void plan_trace_write(const struct plan *, struct buf *);
#endif
