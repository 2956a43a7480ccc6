/* What changed between two plans: figures, goals, parts and texts. Parts, goals and measures are the same when their ids
   are; numbers and places may differ. */
#ifndef YEAR_COMPARE_H
#define YEAR_COMPARE_H
#include "base/buf.h"
#include "display/display.h"
#include "plan/figures.h"
#include "year/diff.h"

enum year_change_kind {
    YEAR_PLAN_FACT,            /* title, period, organisation, adoption */
    YEAR_PART_ADDED, YEAR_PART_DROPPED, YEAR_PART_MOVED, YEAR_PART_RENAMED,
    YEAR_PART_TEXT,            /* words: the edit script */
    YEAR_GOAL_ADDED, YEAR_GOAL_DROPPED, YEAR_GOAL_RENUMBERED, YEAR_GOAL_REWORDED,
    YEAR_MEASURE_ADDED, YEAR_MEASURE_DROPPED, YEAR_MEASURE_AIM,
    YEAR_BASELINE, YEAR_TARGET,            /* newest of each */
    YEAR_FIGURE_CHANGED,       /* the same period and kind, another value: revised */
    YEAR_FIGURE_ADDED, YEAR_FIGURE_DROPPED,
    YEAR_CHANGE_KINDS
};

struct year_change {
    enum year_change_kind kind;
    const char *id;            /* of part, goal, measure or figure; "" for the plan */
    const char *name;          /* its title or number, for people */
    const char *before, *after;            /* in words or canonical decimals; NULL where there is none */
    const struct plan_figure *old_figure, *new_figure;     /* of baselines, targets and figures; NULL where words stand */
    const char *old_period, *new_period;   /* of baselines and targets; NULL or "" without one */
    const struct year_edit *edits;         /* YEAR_PART_TEXT */
    size_t edit_count;
    struct year_text old_text, new_text;   /* their lines are blocks */
    struct source old_at, new_at;          /* file NULL where there is none */
    const struct year_change *next;
};

struct year_comparison {
    const struct plan *old, *new;
    const struct year_change *changes;     /* in the order of the new plan, what was dropped after it */
    size_t count, by_kind[YEAR_CHANGE_KINDS];
    bool paged;                            /* both were laid out: */
    size_t old_pages, new_pages;
    const size_t *changed_pages;           /* of the new plan, from 1: those whose text is that of no page of the old one */
    size_t changed_page_count;
};

/* Both plans must outlive the result, which lies in the arena. Figures in prose are compared as the template writes them;
   without one as "8.7 percent". */
struct year_comparison *year_compare(const struct plan *old, const struct plan *new, const struct design *, struct arena *);
/* Pages beside one another. */
void year_compare_pages(struct year_comparison *, const struct display_document *old, const struct display_document *new,
                        struct arena *);
/* The comparison as a plan of its own, for compose_plan with as = "compare"; in the language of the new plan. */
const struct plan *year_compare_plan(const struct year_comparison *, const struct design *, struct arena *);
const char *year_change_name(enum year_change_kind);
void year_compare_write_text(const struct year_comparison *, struct buf *);
void year_compare_write_json(const struct year_comparison *, struct buf *);
#endif
