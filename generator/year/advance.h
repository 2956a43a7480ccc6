/* The plan's text on its way to the next period: what moves by itself is moved, what a human must see is marked, and both are
   noted in the work list. */
#ifndef YEAR_ADVANCE_H
#define YEAR_ADVANCE_H
#include "year/move.h"

struct year_advance {
    const struct plan *old;
    const struct plan_figures *merged, *news;      /* old and new rows as one table; the new ones alone */
    struct year_shift shift;
    struct arena *arena;
    struct xml_edit *edit;
    struct year_worklist *list;
};

/* `text` is that of the document, which the edit was made from. */
void year_advance(struct year_advance *, const struct xml_document *, const char *text);
#endif
