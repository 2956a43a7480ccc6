/* Import: the cells of saved replies of jobindsats.dk and Statistikbanken become rows of figures, by a map. Never the net. */
#ifndef PLAN_IMPORT_H
#define PLAN_IMPORT_H
#include "base/buf.h"
#include "plan/figures.h"

struct plan_import_request {
    const char *const *replies;            /* paths, NULL-terminated */
    const char *map;                       /* path */
    const char *into;                      /* the table that the rows go into; NULL, or a file that may be absent */
    const char *retrieved;                 /* the day on which the replies were fetched, YYYY-MM-DD; or NULL */
};

struct plan_import {
    const struct plan_figures *figures;    /* the rows that were there, in their order, then the new ones */
    size_t added, revised, same, kept;     /* kept: rows that no reply speaks of */
    bool has_mark;                         /* the table began with a byte order mark, and is to do so again */
};

/* NULL with errors. What is missing, doubled, revised or not named by the map is told at its place. */
const struct plan_import *plan_import(const struct plan_import_request *, struct arena *, struct diag *);
/* The whole table as it is to be written. */
void plan_import_write(const struct plan_import *, struct buf *);
#endif
