/* Figures: the rows of the table beside the plan, and figures derived from them. */
#ifndef PLAN_FIGURES_H
#define PLAN_FIGURES_H
#include "plan/plan.h"

enum plan_figure_kind { PLAN_ACTUAL, PLAN_BASELINE, PLAN_TARGET, PLAN_FORECAST };

struct plan_figure {
    const char *id, *period;               /* period "" without one */
    enum plan_figure_kind kind;
    bool missing;                          /* "..", "-", "x" or empty: never 0 */
    struct decimal value;                  /* scale = decimals as written, and as shown */
    enum plan_unit unit;
    const char *source, *retrieved;        /* "" without one */
    const char *derived;                   /* the expression, for a declared derived figure, else NULL */
    const struct plan_figure *const *operands;         /* of a derived one: what it is worked out from, NULL-terminated */
    const char *sheet;                     /* of a workbook, else NULL; the place is row and column in it */
    struct source at;
};

/* How prose, a circle or a chart names a figure. NULL parts mean: the only one, or the newest. */
enum plan_figure_form {
    PLAN_FORM_VALUE, PLAN_FORM_NUMBER /* without unit */, PLAN_FORM_DIFFERENCE, PLAN_FORM_PERIOD, PLAN_FORM_WORDS,
    PLAN_FORM_ABOUT, PLAN_FORM_RANK
};

struct plan_figure_use {
    const char *id;
    const char *period;                    /* or NULL */
    int kind;                              /* enum plan_figure_kind, or -1 */
    const char *from_period, *to_period;   /* for difference and trend */
    int from_kind, to_kind;
    enum plan_figure_form form;
    const char *one, *many;                /* the noun that follows the number, in both numbers; or NULL */
    const char *gender;                    /* of the noun, for "one" in words: "neuter", ...; NULL: common */
    struct decimal within;                 /* a trend of at most so much is none */
    const struct plan_inline *label;       /* of a key figure */
    const struct plan_figure *figure;      /* resolved; never NULL after plan_read (may be missing) */
    const struct plan_figure *from, *to;   /* resolved for difference and trend */
    struct source at;
};

size_t plan_figure_count(const struct plan_figures *);
const struct plan_figure *plan_figure_at(const struct plan_figures *, size_t i);      /* in order of the file */
/* All *n figures of an id, by kind and then period; borrowed. */
const struct plan_figure *const *plan_figures_of(const struct plan_figures *, const char *id, size_t *n);
/* The figure of that id, kind (-1: any) and period (NULL: the newest); NULL when absent. Of any kind means: what was
   measured last (an actual before a baseline of the same period), else the target, else the forecast. */
const struct plan_figure *plan_figures_lookup(const struct plan_figures *, const char *id, int kind,
                                              const char *period);
/* Read a table without a plan, CSV, XLSX or ODS by its contents. Never NULL: what could not be read is told as an error at
   its row and left out. */
const struct plan_figures *plan_figures_read(const char *path, struct arena *, struct diag *);
/* A table of these rows, which are copied; their strings are shared. */
const struct plan_figures *plan_figures_from(const struct plan_figure *rows, size_t n, struct arena *);
/* The file the figures came from, as named; NULL when the plan has none. */
const char *plan_figures_file(const struct plan_figures *);
/* Order of two periods ("2019", "2020-06", "2020K2", "2021-2024"): -1, 0, 1; by their end. No period is the oldest. */
int plan_period_compare(const char *a, const char *b);
/* "2020-12-18", a day there is; also "18-12-2020", "18.12.2020", "18/12/2020" when `danish`. Writes YYYY-MM-DD. */
bool plan_date_read(const char *text, bool danish, char out[11]);
const char *plan_figure_kind_name(enum plan_figure_kind);
const char *plan_unit_name(enum plan_unit);
/* The table as canonical CSV: UTF-8, ';', English names, decimal comma (a point before three digits would be read as
   parting thousands). Derived figures are left out: the plan declares them. */
struct buf;
void plan_figures_write(const struct plan_figures *, struct buf *);
#endif
