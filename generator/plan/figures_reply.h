/* A saved reply of a statistics service, whatever its format: a table whose rows hold labels and figures, or a cube whose
   cells are found by their labels. Every figure has its place in the file. */
#ifndef PLAN_FIGURES_REPLY_H
#define PLAN_FIGURES_REPLY_H
#include "plan/figures_internal.h"

/* Limits, told by name in the message. */
enum { PLAN_MAX_REPLY_CELLS = 1000000, PLAN_MAX_REPLY_TABLES = 100, REPLY_SYMBOLS = 6 };

enum reply_role { REPLY_OTHER, REPLY_AREA, REPLY_PERIOD, REPLY_MEASURE /* says what is counted */, REPLY_VALUE };
enum reply_service { REPLY_JOBINDSATS, REPLY_STATBANK };

struct reply_label {
    const char *text, *code;               /* "Viborg", "791"; code "" without one */
};

struct reply_column {
    struct reply_label name;
    enum reply_role role;
    struct source at;
    const struct reply_label *labels;      /* of a cube: the categories */
    size_t count, stride;                  /* of a cube: how many, and how many cells lie between two of them */
};

struct reply {
    const char *file;
    const char *table, *contents, *source; /* "" where the reply does not say */
    const char *made, *updated;            /* days, YYYY-MM-DD, or "" */
    const char *symbols[REPLY_SYMBOLS];    /* what is shown for ".", ".." …, where the reply says so; else NULL */
    const char *array;                     /* how a cell's place is said: "DATA", "value", "rows"; NULL: line and column do */
    enum reply_service service;
    bool is_cube;
    struct arena *arena;
    struct reply_column *columns;
    size_t column_count, column_capacity;
    struct figures_cell *cells;            /* row after row; of a cube one a row. FIGURES_NUMBER: digits as they stand */
    const char **codes;                    /* of a table, cell for cell: the code before a text, or NULL; NULL: none has one */
    size_t row_count, cell_capacity;
    size_t used;                           /* cells that the map names */
    struct reply *next;                    /* a file may hold several */
};

/* Read the bytes of a reply: JSON, PX or CSV, as its first bytes say. NULL with an error. */
struct reply *reply_read(const char *file, const struct buf *, struct arena *, struct diag *);

struct reply_label reply_label(const struct reply *, size_t row, size_t column);
const struct figures_cell *reply_value(const struct reply *, size_t row, size_t column);
/* "DATA, cell 12: ", "rows[3][5]: ": what stands in a message behind the place. */
const char *reply_where(const struct reply *, size_t row, size_t column);
/* Is the label this word? Its text or its code; case ignored. */
bool reply_is(struct reply_label, const char *word);

/* ---- for the readers ------------------------------------------------------------------------------------- */
struct reply *reply_new(const char *file, enum reply_service, struct arena *);
struct reply_column *reply_append_column(struct reply *, const char *text, const char *code, struct source);
/* A table's row; false with an error when it has another number of cells than there are columns, or beyond the limit. */
bool reply_append_row(struct reply *, const struct figures_cell *, size_t n, struct diag *);
/* How many cells the cube has whose columns have their counts; strides are set. 0 with an error beyond the limit. */
size_t reply_cube_size(struct reply *, struct diag *);
/* Which column is area, period, measure, value, by their names where no role is set yet. */
void reply_find_roles(struct reply *);
/* A place that only moves forward is found fast. */
struct reply_cursor {
    const char *at;
    struct source place;
};
struct source reply_cursor_move(struct reply_cursor *, const char *to);

struct reply *reply_json_read(const char *file, const struct buf *text, struct arena *, struct diag *);
struct reply *reply_px_read(const char *file, const struct buf *bytes, struct arena *, struct diag *);
bool reply_is_px(const struct buf *bytes);

/* ---- the map --------------------------------------------------------------------------------------------- */
/* "Viborg", or "Viborg + Skive": values whose figures are added. A reply may also hold the whole as one value. */
struct import_values {
    const char *whole;                     /* "" where the cell is empty */
    const char *const *parts;              /* at least one */
    size_t count;
};

struct import_condition {
    const char *column;                    /* NULL: whichever holds the values */
    struct import_values values;
    struct source at;
};

struct import_rule {                       /* a row of the map: which cells become which figure */
    struct plan_figure figure;             /* id, kind, unit; source "" when the reply is to say it */
    const char *table, *measure, *period, *as;         /* "" where the cell is empty */
    struct import_values area, measure_value;          /* a measure is one value, never a sum */
    struct import_condition *groups;
    size_t group_count;
    int decimals;                          /* -1: as in the reply */
    bool has_factor;
    struct decimal factor;                 /* the figures are that many times what the service writes */
    struct source at, table_at, area_at, measure_at, period_at;
    struct import_rule *next;
};

/* The rules in order; NULL with an error. */
struct import_rule *import_map_read(const char *path, struct arena *, struct diag *);
/* Is the reply from the rule's table? By the name the reply gives itself, or a word of its file's name. */
bool import_is_table(const struct import_rule *, const struct reply *);
#endif
