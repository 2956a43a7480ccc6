/* The plan: an immutable model of what plan.xml and its figures say. It knows no pages. Everything lives in the
   arena given to plan_read. Strings are UTF-8, white space folded. */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/num.h"

/* ---- running text ---------------------------------------------------------------------------------------- */
enum plan_inline_kind {
    PLAN_TEXT,                 /* text */
    PLAN_EMPHASIS, PLAN_STRONG,                /* children */
    PLAN_LINK,                 /* target = URI; children */
    PLAN_REFERENCE,            /* target = id in this plan; children may be empty: then the part's number and title */
    PLAN_FOOTNOTE,             /* children = the note's text */
    PLAN_LANGUAGE,             /* lang; children */
    PLAN_FIGURE_VALUE,         /* figure */
    PLAN_FIGURE_TREND,         /* figure */
    PLAN_LINE_BREAK,
    PLAN_YEAR,                 /* text: a year that new-year moves along */
    PLAN_INSERTED, PLAN_DELETED            /* children: in a comparison of two plans alone; no plan.xml has them */
};

struct plan_figure_use;        /* how a figure is named in prose: figures.h */

struct plan_inline {
    enum plan_inline_kind kind;
    const char *text, *target, *lang;
    const struct plan_figure_use *figure;
    const struct plan_inline *first, *next;
    struct source at;
};

/* ---- blocks ---------------------------------------------------------------------------------------------- */
enum plan_block_kind {
    PLAN_PARAGRAPH, PLAN_LEAD, PLAN_LIST, PLAN_DEFINITIONS, PLAN_TABLE, PLAN_BOX, PLAN_QUOTE, PLAN_PICTURE,
    PLAN_ILLUSTRATION, PLAN_CHART, PLAN_KEY_FIGURE, PLAN_CONTENTS, PLAN_PAGE_HINT, PLAN_COLUMN_HINT,
    PLAN_SUBHEADING, PLAN_PART /* a nested part */
};

struct plan_item {             /* list item, definition (term + blocks), station of an illustration, label */
    const char *id, *icon;
    const struct plan_inline *title;       /* term of a definition, label of a station; may be NULL */
    const struct plan_inline *text;        /* may be NULL */
    const struct plan_block *blocks;       /* of a list item that holds more than text */
    bool highlighted;
    struct source at;
    const struct plan_item *next;
};

struct plan_cell {
    const struct plan_inline *text;
    bool header;
    int column_span, row_span;
    const char *align;         /* "start", "end", "center" or NULL */
    struct source at;
    const struct plan_cell *next;
};

struct plan_row {
    const struct plan_cell *cells;
    bool header;               /* in <head> */
    struct source at;
    const struct plan_row *next;
};

struct plan_block {
    enum plan_block_kind kind;
    const char *id;
    const char *lang;                      /* own language, or NULL */
    const struct plan_inline *title;       /* of box, table, chart, illustration (its caption), subheading */
    const struct plan_inline *text;        /* of paragraph, lead, quote, caption of a picture */
    const struct plan_item *items;         /* of list, definitions, illustration */
    const struct plan_row *rows;           /* of table */
    int column_count;                      /* of table */
    const struct plan_block *blocks;       /* of box, quote, part's children where nested */
    const struct plan_part *part;          /* of PLAN_PART */
    int level;                             /* of subheading: 1 is below one of 0; a plan has no others than 0 */
    const char *style;                     /* list: "bullet", "number", "letter"; box: "note", "feature";
                                              hint: "page", "left", "right" */
    const char *variant;                   /* illustration: "cycle", "wheel", "continuum", "matrix";
                                              chart: "bullet", "dumbbell", "trend", ... */
    const char *source_name;               /* picture: file; chart, table: source note */
    const char *alt, *credit;
    const char *attribution;               /* of quote */
    const char *shape;                     /* picture: "rectangle", "circle" */
    const struct plan_inline *hub, *hub_second;            /* wheel's hub, halves of the cycle's core */
    const struct plan_inline *from, *to;   /* continuum's ends */
    const struct plan_figure_use *figure;  /* of key-figure */
    const char *const *measures;           /* of chart: ids, NULL-terminated; NULL = all */
    const char *icon;
    struct source at;
    const struct plan_block *next;
};

/* ---- parts ----------------------------------------------------------------------------------------------- */
enum plan_part_kind {
    PLAN_SECTION, PLAN_FOREWORD, PLAN_VALUES, PLAN_VALUE, PLAN_FOCUS_AREAS, PLAN_FOCUS_AREA, PLAN_INITIATIVES,
    PLAN_INITIATIVE, PLAN_GOALS, PLAN_GOAL_GROUP, PLAN_APPENDIX
};

struct plan_goal;

struct plan_part {
    enum plan_part_kind kind;
    const char *id, *number, *lang, *icon;
    const struct plan_inline *title;       /* NULL only where the schema allows it */
    const char *short_title;               /* for narrow places; NULL */
    int depth;                             /* 1 = chapter */
    int rank;                              /* focus area: 1 .. n in order of priority, as it stands in the plan */
    const char *area;                      /* goal group, section: id of the focus area it belongs to, or NULL */
    const char *const *serves;             /* initiative: ids of focus areas, NULL-terminated */
    const struct plan_block *blocks;       /* all content in order, nested parts as PLAN_PART */
    const struct plan_goal *goals;         /* of a goal group */
    const struct plan_part *parent, *next; /* next on the same level */
    struct source at;
};

/* ---- goals ----------------------------------------------------------------------------------------------- */
enum plan_aim { PLAN_RAISE, PLAN_LOWER, PLAN_AT_MOST, PLAN_AT_LEAST, PLAN_REACH, PLAN_KEEP, PLAN_BEAT, PLAN_NO_AIM };
enum plan_unit { PLAN_PERCENT, PLAN_COUNT, PLAN_RANK, PLAN_POINTS };
enum plan_better { PLAN_BETTER_UNKNOWN, PLAN_BETTER_LOWER, PLAN_BETTER_HIGHER };

struct plan_words {            /* text in place of a number, by period */
    const char *period;        /* "" without one */
    const struct plan_inline *text;
    struct source at;
    const struct plan_words *next;
};

struct plan_measure {
    const char *id;
    enum plan_unit unit;
    enum plan_aim aim;
    enum plan_better better;               /* declared, or what the aim says */
    const char *than;                      /* of PLAN_BEAT: id of the other measure or comparison */
    const struct plan_inline *title;       /* when the goal has several measures, or NULL */
    const struct plan_inline *label;       /* what the number is ("Placering"), or NULL */
    const struct plan_words *baseline_words, *target_words;
    const struct plan_inline *reason;      /* why aim and numbers disagree, or NULL */
    const struct plan_inline *note;
    const struct plan_inline *status;      /* words of the plan's own, or NULL */
    const char *comparison_of;             /* this measure only compares with that one (rank 58 beside 48), or NULL */
    struct source at;
    const struct plan_measure *next;
};

struct plan_goal {
    const char *id, *number;
    const struct plan_inline *title;
    const struct plan_inline *note;
    const struct plan_measure *measures;
    const struct plan_part *group;
    struct source at;
    const struct plan_goal *next;          /* in its group */
};

/* ---- the whole ------------------------------------------------------------------------------------------- */
struct plan_figures;

struct plan {
    const char *file, *folder;             /* plan.xml as named; the folder that its pictures and figures lie in */
    const char *id, *lang;
    const char *title, *subtitle, *organisation, *unit_name;   /* unit_name: department or committee, or NULL */
    const char *short_title;               /* for folios */
    const char *period;                    /* "2021" or "2021-2024" */
    int first_year, last_year;
    const char *adopted;                   /* "2020-12-18" or NULL */
    const char *template_name;             /* or NULL */
    const struct plan_block *summary;      /* or NULL */
    const struct plan_block *contact;      /* box with the contact, or NULL */
    const struct plan_part *parts;         /* chapters in order */
    const struct plan_part *const *areas;  /* focus areas in order, whole plan */
    size_t area_count;
    const struct plan_part *const *initiatives;
    size_t initiative_count;
    const struct plan_goal *const *goals;  /* in order, whole plan */
    size_t goal_count;
    const struct plan_figures *figures;
};

/* Read plan and figures; `figures_path` NULL: the file named by the plan, else figures.csv beside it. All errors and
   warnings of plan and figures go to `diag`; NULL when there was an error. */
const struct plan *plan_read(const char *path, const char *figures_path, struct arena *, struct diag *);

const struct plan_part *plan_lookup_part(const struct plan *, const char *id);         /* NULL when absent */
/* A block by its id; by a station's, the illustration that it stands in. */
const struct plan_block *plan_lookup_block(const struct plan *, const char *id);
const struct plan_measure *plan_lookup_measure(const struct plan *, const char *id);
const struct plan_goal *plan_lookup_goal(const struct plan *, const char *measure_or_goal_id);
/* 1-based index of a focus area by id; 0 when it is none. Hue and number follow it. */
int plan_area_index(const struct plan *, const char *id);
/* The name an element has in plan.xml ("focus-area"). */
const char *plan_part_name(enum plan_part_kind);
const char *plan_block_name(enum plan_block_kind);
#endif
