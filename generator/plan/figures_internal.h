/* Inside of figures: the table while it grows, and what the readers of CSV, XLSX and ODS hand to it. */
#ifndef PLAN_FIGURES_INTERNAL_H
#define PLAN_FIGURES_INTERNAL_H
#include "base/buf.h"
#include "plan/figures.h"

/* Limits, told by name in the message. */
enum {
    PLAN_MAX_FIGURES_BYTES = 32 * 1024 * 1024,
    PLAN_MAX_FIGURES = 100000,                 /* rows of figures */
    PLAN_MAX_COLUMNS = 200,
    PLAN_MAX_ROWS_OF_ONE = 2000,               /* rows with one id: more than a hundred years of months */
    PLAN_MAX_LIKENED = 10000,                  /* ids that are compared for "did you mean" */
    PLAN_MAX_FAULTY_ROWS = 200                 /* then the rest of the table is not read */
};

/* ---- the table ------------------------------------------------------------------------------------------- */
struct plan_figures {
    struct arena *arena;
    const char *file;                          /* NULL without one */
    const struct plan_figure **items;          /* in order of the file, derived figures last */
    const struct plan_figure **sorted;         /* by id, kind, period, order; made by plan_figures_seal */
    size_t count, capacity;
};

struct plan_figures *plan_figures_new(const char *file, struct arena *);
/* A zeroed figure at the end of the table; plan_figures_seal must follow before a lookup. */
struct plan_figure *plan_figures_append(struct plan_figures *);
void plan_figures_seal(struct plan_figures *);
/* The figures of one id, sorted by kind and period; *n is 0 when there are none. */
const struct plan_figure *const *plan_figures_of(const struct plan_figures *, const char *id, size_t *n);
/* The id of the table most like `id`, for "did you mean"; NULL when none is near. */
const char *plan_figures_nearest(const struct plan_figures *, const char *id);

/* ---- rows ------------------------------------------------------------------------------------------------ */
enum figures_cell_type {
    FIGURES_TEXT,              /* as a person wrote it: decimal comma, thousands point */
    FIGURES_NUMBER,            /* a spreadsheet's number: canonical, with a point */
    FIGURES_PERCENT,           /* the same, shown as per cent: `text` is already times a hundred */
    FIGURES_DATE               /* a spreadsheet's date: YYYY-MM-DD */
};

struct figures_cell {
    const char *text;          /* UTF-8 without white space at its ends; "" when empty */
    enum figures_cell_type type;
    struct source at;          /* file, row, and column: in characters for CSV, else that of the sheet */
};

struct figures_rows;           /* turns rows of cells into figures, and tells what is wrong with them */

/* `sheet`: its name, so that messages say `sheet "Tal", cell D12: `; NULL for CSV. */
struct figures_rows *figures_rows_new(struct plan_figures *, const char *sheet, struct diag *);
/* Those words for a cell; "" for CSV. */
const char *figures_rows_where(const struct figures_rows *, struct source);
void figures_rows_free(struct figures_rows *);
/* The next row. The first that is not blank is the heading. False when nothing more is wanted (a heading that makes no
   sense, a limit). `cells` need not outlive the call, but what their text points to must live as long as the table. */
bool figures_rows_put(struct figures_rows *, const struct figures_cell *cells, size_t n);
/* After the last row: the doubled keys, the units that differ, a table without a heading. Seals the table. */
void figures_rows_finish(struct figures_rows *);

/* ---- readers: each fills the table with the rows of a whole file ----------------------------------------- */
void figures_csv_read(struct plan_figures *, const struct buf *, struct diag *);
void figures_xlsx_read(struct plan_figures *, const struct buf *, struct diag *);
void figures_ods_read(struct plan_figures *, const struct buf *, struct diag *);
/* Any of them: the first bytes tell the kind. */
void figures_read_bytes(struct plan_figures *, const struct buf *, struct diag *);
/* Read `path`; `from` is the place that names it. Never NULL: what could not be read is
   told and left out. */
struct plan_figures *figures_read(const char *path, struct source from, struct arena *, struct diag *);

/* ---- words and numbers ----------------------------------------------------------------------------------- */
enum figures_number { FIGURES_OK, FIGURES_MISSING, FIGURES_NO_NUMBER, FIGURES_TOO_LONG, FIGURES_ENGLISH };

/* A number as people write it: decimal comma, or a decimal point where it cannot be a thousands point; points or spaces
   between groups of three. FIGURES_ENGLISH: comma and point the English way round. */
enum figures_number figures_number_read(const char *text, struct decimal *out);
bool figures_is_missing(const char *text);

/* The words of the table, English and Danish, case ignored; -1 for others. */
enum figures_column {
    COLUMN_ID, COLUMN_PERIOD, COLUMN_KIND, COLUMN_VALUE, COLUMN_UNIT, COLUMN_SOURCE, COLUMN_RETRIEVED, COLUMN_COUNT
};
int figures_column_read(const char *text);
int figures_kind_read(const char *text);
int figures_unit_read(const char *text);
const char *figures_column_name(int);
/* "baseline", "percent" in the language of the messages. */
const char *plan_kind_words(enum plan_figure_kind);
const char *plan_unit_words(enum plan_unit);

/* ---- periods --------------------------------------------------------------------------------------------- */
struct plan_period {
    int first, last;           /* months since year 0, the last one included */
};

/* "2021", "2021-2024", "2020-06", "2020M06", "2020K2", "2020Q2"; false for anything else. */
bool plan_period_read(const char *text, struct plan_period *out);
/* Order by the end, then by the beginning: 0 only for the same span of time. */
int plan_period_order(const char *a, const char *b);
/* The same span of time, also when written in two ways ("2020K2", "2020Q2"). */
bool plan_period_same(const char *a, const char *b);
/* "2020-12-18", a day there is; also "18-12-2020", "18.12.2020", "18/12/2020" when `danish`. Writes YYYY-MM-DD. */
bool plan_date_read(const char *text, bool danish, char out[11]);

/* ---- small helpers --------------------------------------------------------------------------------------- */
/* How many letters must change to make one of the other; stops counting above `most`. */
int plan_distance(const char *a, const char *b, int most);
/* So many changes in a word of that length may be a slip: two in "andle" for "andel". */
int plan_most_changes(const char *id);
/* `s` on one line, without white space at its ends (UTF-8 spaces too), in the arena. */
const char *plan_trim(struct arena *, const char *s, size_t n);
#endif
