/* The work list of new-year: what became of the goals, what a human must decide and read, and all that the program changed
   by itself. Plain text; lines are those of the new plan.xml. */
#ifndef YEAR_WORKLIST_H
#define YEAR_WORKLIST_H
#include "base/buf.h"
#include "plan/figures.h"
#include "xml/edit.h"

enum year_section {
    YEAR_TO_DECIDE,            /* targets, reasons and notes */
    YEAR_TO_READ,              /* texts */
    YEAR_TO_CHECK,             /* years that nobody marked as moving */
    YEAR_OLD_NUMBERS,          /* figures without a newer one */
    YEAR_CHANGED,              /* by the program */
    YEAR_SECTIONS
};

struct year_worklist;

struct year_worklist *year_worklist_new(struct arena *);
/* Note a point; `node` (NULL: none) of the document that the edit is made on. Points with the same `about` (NULL: none) that
   follow one another stand below it. The texts are copied. */
void year_worklist_add(struct year_worklist *, enum year_section, const struct xml_node *, const char *about,
                       const char *text);
/* The judgement of every goal of `old` by the merged figures, then the points. Call it when all changes are noted. */
void year_worklist_write(const struct year_worklist *, const struct plan *old, const struct plan_figures *merged,
                         const char *period, const struct xml_edit *, struct buf *out);
#endif
