/* How a sequence becomes pages: one page filled (page.c), the ends of all its pages chosen together (choose.c), pages that
   stand painted (pages.c). */
#ifndef LAYOUT_PAGES_H
#define LAYOUT_PAGES_H
#include "layout/layout_internal.h"

/* ---- a run (pages.c) ------------------------------------------------------------------------------------------- */
struct layout_run page_begin_run(const struct layout_job *);
/* What the boxes must know of one another before any is fitted; and what was shaped for them is let go. */
void page_begin_sequence(struct layout_run *, const struct layout_sequence *);
void page_end_sequence(const struct layout_sequence *);

/* ---- one page (page.c) ---------------------------------------------------------------------------------------- */

/* A page as it was filled. Text and notes belong to the scratch arena of the run, or to whoever copied them. */
struct page_fill {
    struct layout_place place;             /* of the text; its limit is above the notes */
    double foot;                           /* of the type area */
    struct layout_fragment *text, *notes;  /* notes: NULL: none */
    double used;                           /* where the text ends */
    const struct layout_carry *carry;      /* notes that go on, on the next page */
    int late;                              /* of them, those that do not even begin on the page with their mark */
};

/* Where a page begins: what is still to come, NULL: everything; and notes that go on. */
struct page_start {
    const struct layout_token *token;
    const struct layout_carry *carry;
};

int page_number(const struct layout_job *, size_t index);
double page_last_row_end(const struct layout_run *);
/* `first`: of the sequence. With facing pages, odd ones are right-hand. */
struct layout_place page_type_area(const struct layout_run *, const struct layout_sequence *, size_t index, bool first);
/* As much of the content as stands above `limit` and above its own notes, which are divided where the page would else be left
   with a hole. `text` is NULL when nothing stands, which never happens where the limit is the place's own. */
struct page_fill page_fill(struct layout_run *, struct layout_box *content, const struct layout_place *whole,
                           double limit, struct page_start);
/* Notes alone, when no text is to come before the next break. */
struct page_fill page_fill_notes(struct layout_run *, struct layout_box *content, const struct layout_place *whole,
                                 struct page_start);
/* The text once more in the same place: for a height that has been shared out to its boxes. */
struct layout_fragment *page_fill_again(struct layout_run *, struct layout_box *content, const struct page_fill *,
                                        const struct layout_token *);
/* Shares of the spare height that boxes of the page take. */
double page_stretch(const struct layout_fragment *);
/* The top of the outermost box that the page's end divides; 0: none is. */
double page_top_of_divided(const struct layout_fragment *);
/* What the page costs by itself: a page more, what its boxes could not keep, and the space that stays blank. */
double page_cost(const struct page_fill *);

/* ---- all pages together (choose.c) ----------------------------------------------------------------------------- */

/* A place where a page may end and the next one begin. */
struct page_break {
    const struct layout_token *token;      /* what is still to come; NULL: nothing */
    const struct layout_carry *carry;      /* notes that go on */
    double level;                          /* where the left-hand page before it ends, for the one that faces it; 0: no matter */
    struct page_way *ways, *best;          /* pages that end here */
    double cost;                           /* of all pages up to here, by the best way */
    enum { PAGES_UNTRIED, PAGES_TRIED, PAGES_SEARCHED } tried;     /* the page that begins here */
    double divided, used;                  /* ... where it might end, when it has been tried */
    bool gone;
};

/* A page from one break to another. */
struct page_way {
    struct page_break *from;
    struct page_fill page;
    double cost;                           /* its own */
    struct page_way *next;                 /* another one with the same end */
};

/* From one break that was asked for to the next, pages are chosen so that the sum of their costs is least: the shortest
   way through the breaks (Plass 1981, "Optimal pagination techniques", chapter 3). A page is first filled as far as it
   goes; where one comes out badly, it and the pages before it are searched for earlier ends, further and further back for
   as long as that wins something. */
struct page_search;

/* `index`: of the first page. The token and what it holds are copied. */
struct page_search *page_search_new(struct layout_run *, const struct layout_sequence *, size_t index,
                                    const struct layout_token *from, double level);
/* The next page that is decided, which lives until the next call; NULL: the last one was given. */
const struct page_way *page_search_next(struct page_search *, const struct page_break **end);
void page_search_free(struct page_search *);
#endif
