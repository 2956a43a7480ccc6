/* What the readers of XLSX and ODS share: the package, a sheet's cells and their numbers. */
#ifndef PLAN_FIGURES_SHEET_H
#define PLAN_FIGURES_SHEET_H
#include "plan/figures_internal.h"
#include "xml/xml.h"

/* A file inside the package as a document; NULL with an error, or without one when it is absent and not `needed`. */
struct figures_package;
struct figures_package *figures_package_open(const char *file, const struct buf *, struct diag *);
void figures_package_free(struct figures_package *);
struct xml_document *figures_package_read(struct figures_package *, const char *name, bool needed);

/* A sheet while it is read. */
struct figures_sheet {
    struct plan_figures *figures;
    struct arena *arena;
    struct diag *diag;
    struct figures_rows *rows;
    const char *name;
    struct figures_cell *cells;            /* of one row; position is column */
    size_t count, capacity;
    int row;                               /* from 1 */
    size_t merged;                         /* merged ranges told */
    bool has_hidden;                       /* a hidden row was told */
};

void figures_sheet_begin(struct figures_sheet *, struct plan_figures *, const char *name, struct diag *);
void figures_sheet_end(struct figures_sheet *);        /* the checks of the whole table; frees what the sheet holds */

/* Put a cell into the current row; columns count from 0. False when it lies beyond the limit. */
bool figures_sheet_put(struct figures_sheet *, int column, enum figures_cell_type, const char *text);
/* Hand the row over and empty it; false when nothing more is wanted. */
bool figures_sheet_end_row(struct figures_sheet *);
/* A fault of one cell. */
struct source figures_sheet_at(const struct figures_sheet *, int row, int column);
const char *figures_sheet_where(const struct figures_sheet *, int row, int column);
void figures_sheet_tell_merged(struct figures_sheet *, int row, int column, const char *range);
void figures_sheet_tell_formula(struct figures_sheet *, int column);
void figures_sheet_tell_fault(struct figures_sheet *, int column, const char *shown);      /* "#REF!" */

/* The current row is hidden: said once, for its figures count. */
void figures_sheet_tell_hidden(struct figures_sheet *);

/* Which sheet to read: that named "figures", "tal" or "nøgletal" (case ignored), else the first; hidden ones are not offered. */
struct figures_sheet_choice {
    const struct xml_node *node;
    const char *name;
    bool is_named;
    size_t offered;
};
void figures_sheet_offer(struct figures_sheet_choice *, const struct xml_node *, const char *name);
/* Say when there is none, or when the first was taken of several. */
void figures_sheet_tell_choice(const struct figures_sheet_choice *, const char *file, struct diag *);

/* ---- numbers --------------------------------------------------------------------------------------------- */
enum { FIGURES_GENERAL = -1 };             /* decimals of a cell without a number format */

/* A double as spreadsheets store it ("8.6999999999999993", "8.4E-2"), times 10^shift, rounded to the 15 digits that a
   spreadsheet shows and then to `decimals` (FIGURES_GENERAL: all of them), as a canonical number in the arena. NULL when
   it is none, or has more digits than a figure may have. */
const char *figures_sheet_number(struct arena *, const char *text, int shift, int decimals);
/* Put the number, or tell what is wrong with it. */
void figures_sheet_put_number(struct figures_sheet *, int column, const char *text, bool is_percent, int decimals);
/* Put the day with that number, counted from 1899-12-30 (or 1904-01-01). */
void figures_sheet_put_day(struct figures_sheet *, int column, const char *serial, bool from_1904);
#endif
