/* Next year's plan from this year's: figures moved on, goals judged, what a human must decide marked and listed. */
#ifndef YEAR_NEW_YEAR_H
#define YEAR_NEW_YEAR_H
#include "base/diag.h"

struct year_request {
    const char *plan_path;     /* plan.xml of the year that ends */
    const char *old_figures;   /* its figures; NULL: those that it names */
    const char *figures_path;  /* the new figures: new rows are enough */
    const char *period;        /* "2022" or "2024-2026" */
    const char *folder;        /* made when it is not there; nothing in it is overwritten */
};

enum year_outcome { YEAR_DONE, YEAR_BAD_INPUT, YEAR_BAD_USE };

/* Writes plan.xml, figures.csv, worklist.txt and the pictures into the folder, or nothing at all. Bad use: a period that
   is none, or does not come after the plan's. */
enum year_outcome year_new(const struct year_request *, struct diag *);
#endif
