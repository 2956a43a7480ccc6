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
struct diag *figures_rows_diag(const struct figures_rows *);
/* For cells that are in no sheet: what figures_rows_where gives from now on ("DATA, cell 12: "), or NULL. */
void figures_rows_set_place(struct figures_rows *, const char *place);
/* The next row. The first that is not blank is the heading. False when nothing more is wanted (a heading that makes no
   sense, a limit). `cells` need not outlive the call, but what their text points to must live as long as the table. */
bool figures_rows_put(struct figures_rows *, const struct figures_cell *cells, size_t n);
/* After the last row: the doubled keys, the units that differ, a table without a heading. Seals the table. */
void figures_rows_finish(struct figures_rows *);

/* One cell of a row, read into a figure; false when it is wrong, which is told. `cell` NULL: the row has none, and its
   place is `row_at`. */
bool figures_rows_read_id(struct figures_rows *, const struct figures_cell *cell, struct source row_at, struct plan_figure *);
bool figures_rows_read_kind(struct figures_rows *, const struct figures_cell *cell, struct source row_at, struct plan_figure *);
bool figures_rows_read_unit(struct figures_rows *, const struct figures_cell *cell, struct source row_at, struct plan_figure *);
bool figures_rows_read_value(struct figures_rows *, const struct figures_cell *cell, struct plan_figure *);

/* What the heading of a table may be, and what is said of one that is not. */
struct figures_heading_spec {
    int (*read)(const char *text);             /* which column a word names; -1 for none */
    const char *(*name)(int column);
    int needed[8];                             /* columns without which no row makes sense; ends with -1 */
    const char *all, *first_row;               /* remedies, marked for translation */
};

/* Where each column stands goes to columns[], which hold -1 before. False when a needed one is missing. */
bool figures_heading_read(const struct figures_heading_spec *, struct figures_rows *, const struct figures_cell *cells,
                          size_t n, int *columns);

/* ---- text ------------------------------------------------------------------------------------------------ */
/* The bytes of a file as UTF-8 without a byte order mark, also one that was encoded once more: UTF-8 as it stands, else
   Windows-1252 with a note. False with an error for anything else. */
bool figures_text_read(const char *file, const struct buf *bytes, struct buf *out, struct diag *);
/* The same for a file that says it is Windows-1252 (or ISO 8859-1, which that holds). */
bool figures_text_from_windows_1252(const char *file, const struct buf *bytes, struct buf *out, struct diag *);

/* Each row of a CSV text that is whole, in order, blank ones too; until `visit` gives false. The texts of the cells are in
   the arena. Faults of the form are told. */
typedef bool figures_row_visitor(void *data, const struct figures_cell *cells, size_t n);
void figures_csv_each_row(const char *file, const struct buf *text, figures_row_visitor *visit, void *data,
                          struct arena *, struct diag *);

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
/* Those of an import's map. */
enum figures_map_column {
    MAP_ID, MAP_KIND, MAP_UNIT, MAP_TABLE, MAP_AREA, MAP_GROUP, MAP_MEASURE, MAP_PERIOD, MAP_AS, MAP_FACTOR, MAP_DECIMALS,
    MAP_SOURCE, MAP_NOTE, MAP_COLUMN_COUNT
};
int figures_map_column_read(const char *text);
const char *figures_map_column_name(int);
bool figures_is_sheet_name(const char *text);          /* that of the sheet with the figures: "figures", "tal", "nøgletal" */
bool figures_is_newest(const char *text);              /* "newest", "nyeste", "seneste" */
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
/* What a statistics service calls it, as a plan writes it: "2020M09" is 2020-09, "2024QMAT03" and "2020Q3" are 2024K3
   and 2020K3, "2021Y01" is 2021. False for what a plan has no word for (weeks, days, half-years). */
enum { PLAN_PERIOD_TEXT = 16 };
bool plan_period_from_service(const char *text, char out[PLAN_PERIOD_TEXT]);
/* Order by the end, then by the beginning: 0 only for the same span of time. */
int plan_period_order(const char *a, const char *b);
/* The same span of time, also when written in two ways ("2020K2", "2020Q2"). */
bool plan_period_same(const char *a, const char *b);

/* ---- small helpers --------------------------------------------------------------------------------------- */
/* How many letters must change to make one of the other; stops counting above `most`. */
int plan_distance(const char *a, const char *b, int most);
/* So many changes in a word of that length may be a slip: two in "andle" for "andel". */
int plan_most_changes(const char *id);
/* `s` on one line, without white space at its ends (UTF-8 spaces too), in the arena. */
const char *plan_trim(struct arena *, const char *s, size_t n);
#endif
