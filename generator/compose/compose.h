/* Compose: what appears, in which words, style and order. It reads the plan and the template's arrangements and builds
   boxes; it knows no coordinates. */
#ifndef COMPOSE_COMPOSE_H
#define COMPOSE_COMPOSE_H
#include "base/buf.h"
#include "design/design.h"
#include "display/display.h"
#include "plan/plan.h"

struct compose_options {
    bool status;               /* goals with their states, even when nothing is newer than the baselines */
    bool proof;
    bool draft;                /* stamped, with numbered lines */
    const char *as;            /* "compare": chapters by <arrangement match="compare">, else "*"; NULL: by their kind */
};

struct compose_result {
    struct display_document *document;     /* finished and checked */
    struct font_set *fonts;
    struct text_engine *engine;
};

struct plan_figure;

/* What the council's front pages tell besides summary and goals. */
struct compose_change {
    const char *kind;          /* "target": the template's word "change.target" says it, or that it is not told */
    const char *name;
    const char *before, *after;            /* in words; NULL where there is none */
    const struct plan_figure *old, *new;   /* the figures where there are; NULL: the words */
    const char *measure;       /* of baselines and targets: its goal's number is name enough; else NULL */
};

struct compose_front {
    const char *appendix;      /* "Bilag 2", or NULL */
    const struct compose_change *changes;
    size_t change_count;
};

/* What a figure named in prose says, in that language; NULL when it is no figure. */
char *compose_figure_text(const struct design *, const struct plan_inline *, const char *lang, struct arena *);

/* Lay the plan out. False with errors (and what was made is freed). */
bool compose_plan(const struct plan *, const struct design *, const struct compose_options *, struct compose_result *,
                  struct diag *);
void compose_free(struct compose_result *);

/* One drawing with its caption and source line, on a page as large as it: a chart, illustration, picture or circle that
   has an id. `width`: the room it has, in points; 0: the template's type area. False with errors, as compose_plan. */
const struct plan_block *compose_lookup_drawing(const struct plan *, const char *id);      /* NULL when there is none */
/* The ids of all of them in order, with commas between. */
void compose_list_drawings(const struct plan *, struct buf *);
bool compose_drawing(const struct plan *, const struct design *, const struct plan_block *, double width,
                     struct compose_result *, struct diag *);

/* The pages before page 1 of the agenda edition, numbered i, ii, ...; after compose_plan, with its fonts. NULL when there
   is nothing to put on them, or with errors. Free with display_free before the result. */
struct display_document *compose_front(const struct plan *, const struct design *, const struct compose_options *,
                                       const struct compose_front *, const struct compose_result *, struct diag *);
#endif
