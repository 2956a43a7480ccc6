/* Where pages end: chosen over all pages between two breaks that were asked for. */
#include <stdlib.h>
#include <string.h>

#include "layout/pages.h"

enum {
    MOST_OPEN = 64,                        /* pages that are undecided at a time */
    AGREED = 24,                           /* when so many are, those are decided on which all ways agree */
    MOST_BREAKS = 12,                      /* ends of one page that are followed */
    MOST_ENDS = 24,                        /* ... and that are tried when it is searched: */
    ROWS_GIVEN = 14, ROWS_TAKEN = 5,       /* so many rows above its foot, and above where it ended when it was full, */
    LEAST_ROWS = 4,                        /* but not above these rows */
    MOST_FRUITLESS = 3                     /* pages searched backwards, one after another, that won nothing */
};

/* What a search must win to be worth it. */
static const double LEAST_WON = 1;

/* The breaks after so many pages. */
struct level {
    struct arena *arena;                   /* they, and the pages that end at them */
    struct page_break *breaks[MOST_BREAKS];
    int count;
};

struct page_search {
    struct layout_run *run;
    const struct layout_sequence *sequence;
    size_t index;                          /* of the page that begins at level 0 */
    bool first;                            /* ... which is the sequence's first */
    struct level levels[MOST_OPEN + 1];
    int last;                              /* level */
    bool complete;                         /* no way that is still open could be cheaper */
    struct arena *spent;                   /* of the page that was given last */
};

/* ---- breaks and ways ------------------------------------------------------------------------------------------ */

/* Pages lead here, and nothing is to come or what comes begins anew after a break that was asked for. */
static bool is_end(const struct page_break *b)
{
    return b->ways && !b->carry && (!b->token || b->token->forced);
}

/* Only notes are to come before the break that was asked for. */
static bool is_text_complete(const struct page_break *b)
{
    return b->carry && (!b->token || b->token->forced);
}

static bool same_break(const struct page_break *a, const struct page_fill *page, double level, double step)
{
    return layout_tokens_equal(a->token, page->text->rest) && layout_carries_equal(a->carry, page->carry) &&
           fabs(a->level - level) < step / 2;
}

/* Of those from which nothing has been tried, the costliest. */
static int worst_of(const struct level *level)
{
    int worst = -1;
    for (int i = 0; i < level->count; i++) {
        const struct page_break *b = level->breaks[i];
        if (b->tried == PAGES_UNTRIED && (worst < 0 || b->cost > level->breaks[worst]->cost))
            worst = i;
    }
    return worst;
}

/* The break at a page's end; NULL: it would cost more than those that there are. */
static struct page_break *break_at(struct level *level, const struct page_fill *page, double at, double cost, double step)
{
    for (int i = 0; i < level->count; i++)
        if (same_break(level->breaks[i], page, at, step))
            return level->breaks[i];
    int place = level->count;
    if (place == MOST_BREAKS) {
        place = worst_of(level);
        if (place < 0 || level->breaks[place]->cost <= cost)
            return NULL;
    } else {
        level->count++;
    }
    struct page_break *b = arena_new_of(level->arena, struct page_break);
    *b = (struct page_break){ .level = at, .cost = INFINITY };
    b->token = layout_token_copy(level->arena, page->text->rest);
    b->carry = layout_carry_copy(level->arena, page->carry);
    level->breaks[place] = b;
    return b;
}

static void take_best(struct page_break *b)
{
    b->cost = INFINITY;
    for (struct page_way *w = b->ways; w; w = w->next)
        if (w->from->cost + w->cost < b->cost) {
            b->cost = w->from->cost + w->cost;
            b->best = w;
        }
}

/* Rows by which a right-hand page ends higher or lower than the left-hand one that it faces. More than a few are no fault
   of setting: there a box or chapter ends. */
static int rows_off_facing(const struct layout_run *run, const struct page_break *from, const struct page_fill *page)
{
    enum { SEEN_AS_FAULT = 3 };
    const struct layout_token *rest = page->text->rest;
    if (!page->place.right_hand || !(from->level > 0) || !rest || rest->forced || page->notes)
        return 0;
    int rows = abs((int)lround((page->used - from->level) / run->step));
    return rows <= SEEN_AS_FAULT ? rows : 0;
}

/* Where a left-hand page ends, if the one that faces it is to end there, too. */
static double level_of(const struct layout_run *run, const struct page_fill *page)
{
    return run->design->page.facing && !page->place.right_hand && !page->notes ? page->used : 0;
}

static void add_way(struct page_search *s, int level, struct page_break *from, const struct page_fill *page)
{
    struct layout_run *run = s->run;
    struct level *next = &s->levels[level + 1];
    double cost = page_cost(page) + LAYOUT_COST_FACING * rows_off_facing(run, from, page);
    struct page_break *b = break_at(next, page, level_of(run, page), from->cost + cost, run->step);
    for (const struct page_way *w = b ? b->ways : NULL; w; w = w->next)
        if (w->from == from && w->cost <= cost)
            return;
    if (!b)
        return;
    struct page_way *way = arena_new_of(next->arena, struct page_way);
    *way = (struct page_way){ .from = from, .page = *page, .cost = cost, .next = b->ways };
    way->page.text = layout_copy_fragment(next->arena, page->text);
    way->page.notes = page->notes ? layout_copy_fragment(next->arena, page->notes) : NULL;
    way->page.carry = b->carry;
    b->ways = way;
    take_best(b);
}

/* ---- ends of a page ------------------------------------------------------------------------------------------- */

struct ends {
    double limits[MOST_ENDS];
    int count;
};

static void add_end(struct ends *ends, const struct layout_place *whole, double limit, double step)
{
    for (int i = 0; i < ends->count; i++)
        if (fabs(ends->limits[i] - limit) < 0.1)
            return;
    bool half_full = limit - whole->y > fmax(0.5 * (whole->limit - whole->y), LEAST_ROWS * step);
    if (ends->count < MOST_ENDS && half_full)
        ends->limits[ends->count++] = limit;
}

/* Where a right-hand page ends with the left-hand one that ends a few rows early; else 0. */
static double end_of_facing(const struct layout_run *run, const struct layout_place *whole, const struct page_break *from)
{
    double short_of = whole->right_hand && from->level > 0 ? whole->limit - from->level : 0;
    return short_of > 0.5 * run->step && short_of < 3.5 * run->step ? from->level : 0;
}

/* Before the box that the page's end divides (too little room for any of it), and some rows higher than its foot and than
   where it ended. */
static void add_earlier_ends(const struct layout_run *run, const struct page_break *from, const struct layout_place *whole,
                             struct ends *ends)
{
    if (from->divided > 0)
        add_end(ends, whole, from->divided + run->step / 4, run->step);
    for (int rows = 1; rows <= ROWS_GIVEN; rows++)
        add_end(ends, whole, whole->limit - rows * run->step, run->step);
    for (int rows = 1; rows <= ROWS_TAKEN; rows++)
        add_end(ends, whole, from->used - rows * run->step, run->step);
}

/* The pages that may begin at a break: as much as goes on one; `earlier`: then also with less. */
static void try_ends(struct page_search *s, int level, struct page_break *from, bool earlier)
{
    struct layout_run *run = s->run;
    struct layout_place whole = page_type_area(run, s->sequence, s->index + (size_t)level, s->first && level == 0);
    struct page_start start = { from->token, from->carry };
    struct ends ends = { { whole.limit }, 1 };
    int tried = 0;
    run->scratch = arena_new();
    run->serial = ++run->last_serial;
    add_end(&ends, &whole, end_of_facing(run, &whole, from), run->step);
    if (from->tried == PAGES_TRIED) {
        tried = ends.count;
        add_earlier_ends(run, from, &whole, &ends);
    }
    for (int i = tried; i < ends.count; i++) {
        struct page_fill page = is_text_complete(from)
                                    ? page_fill_notes(run, s->sequence->content, &whole, start)
                                    : page_fill(run, s->sequence->content, &whole, ends.limits[i], start);
        if (!page.text || (i > 0 && page.text->faults & (LAYOUT_OVERSET | LAYOUT_STRANDED)))
            continue;
        add_way(s, level, from, &page);
        double divided = page_top_of_divided(page.text);
        if (i == 0) {
            from->divided = divided;
            from->used = page.used;
            if (earlier)
                add_earlier_ends(run, from, &whole, &ends);
        } else if (earlier && divided > 0) {
            add_end(&ends, &whole, divided + run->step / 4, run->step);
        }
    }
    from->tried = earlier ? PAGES_SEARCHED : PAGES_TRIED;
    arena_free(run->scratch);
    run->scratch = NULL;
}

/* ---- the shortest way ----------------------------------------------------------------------------------------- */

static struct page_break *cheapest(const struct level *level, bool ended)
{
    struct page_break *best = NULL;
    for (int i = 0; i < level->count; i++) {
        struct page_break *b = level->breaks[i];
        if ((!ended || is_end(b)) && (!best || b->cost < best->cost))
            best = b;
    }
    return best;
}

static struct page_break *cheapest_end(const struct page_search *s)
{
    struct page_break *best = NULL;
    for (int i = 1; i <= s->last; i++) {
        struct page_break *b = cheapest(&s->levels[i], true);
        if (b && (!best || b->cost < best->cost))
            best = b;
    }
    return best;
}

/* Where the cheapest way leads at present: to the end, or as far as the search has come. */
static struct page_break *cheapest_now(const struct page_search *s)
{
    struct page_break *end = cheapest_end(s), *open = cheapest(&s->levels[s->last], false);
    return end && (!open || end->cost <= open->cost) ? end : open;
}

/* A break from which it may be worth going on. */
static bool is_open(const struct page_search *s, const struct page_break *b)
{
    const struct page_break *end = cheapest_end(s);
    return b->tried == PAGES_UNTRIED && !is_end(b) && (!end || b->cost < end->cost);
}

static void reckon(struct page_search *s, int from)
{
    for (int i = from; i <= s->last; i++)
        for (int k = 0; k < s->levels[i].count; k++)
            take_best(s->levels[i].breaks[k]);
}

static bool try_level(struct page_search *s, int level, bool earlier)
{
    bool any = false;
    for (int i = 0; i < s->levels[level].count; i++) {
        struct page_break *b = s->levels[level].breaks[i];
        if (!is_open(s, b))
            continue;
        try_ends(s, level, b, earlier);
        any = true;
    }
    return any;
}

/* One page further on all ways. False: none is open. */
static bool go_on(struct page_search *s)
{
    struct level *next = &s->levels[s->last + 1];
    *next = (struct level){ .arena = arena_new() };
    if (!try_level(s, s->last, false)) {
        arena_free(next->arena);
        return false;
    }
    s->last++;
    return true;
}

static int level_of_break(const struct page_search *s, const struct page_break *b)
{
    for (int i = 0; i <= s->last; i++)
        for (int k = 0; k < s->levels[i].count; k++)
            if (s->levels[i].breaks[k] == b)
                return i;
    return -1;
}

/* Could a way through the break be cheaper, if all its further pages were perfect? Less on the last page would only make one
   page more. */
static bool is_promising(const struct page_search *s, int level, const struct page_break *b, const struct page_break *to)
{
    int pages = level_of_break(s, to) - level;
    if (pages == 1 && is_end(to))
        pages++;
    return b->tried == PAGES_TRIED && b->cost + pages * LAYOUT_COST_PAGE < to->cost - LEAST_WON;
}

/* Search the pages that begin at a level for earlier ends, and follow the new ways as far as the others have come. False:
   there was nothing to search. */
static bool search_level(struct page_search *s, int level, const struct page_break *to)
{
    bool any = false;
    for (int i = 0; i < s->levels[level].count; i++) {
        struct page_break *b = s->levels[level].breaks[i];
        if (!is_promising(s, level, b, to))
            continue;
        try_ends(s, level, b, true);
        any = true;
    }
    for (int i = level + 1; any && i < s->last; i++) {
        reckon(s, i);
        try_level(s, i, true);
    }
    reckon(s, level + 1);
    return any;
}

/* From a page that came out badly backwards. True: there is a cheaper way now. */
static bool search_back(struct page_search *s, const struct page_break *to)
{
    double cost = to->cost;
    int fruitless = 0;
    for (int level = level_of_break(s, to) - 1; level >= 0 && fruitless < MOST_FRUITLESS; level--) {
        if (!search_level(s, level, to))
            continue;
        if (cheapest_now(s)->cost < cost - LEAST_WON)
            return true;
        fruitless++;
    }
    return false;
}

static bool any_open(const struct page_search *s)
{
    for (int i = 0; i < s->levels[s->last].count; i++)
        if (is_open(s, s->levels[s->last].breaks[i]))
            return true;
    return false;
}

static bool came_out_badly(const struct page_break *b)
{
    return b->best && b->best->cost - LAYOUT_COST_PAGE > LAYOUT_COST_WORTH;
}

static void improve(struct page_search *s)
{
    const struct page_break *to = cheapest_now(s);
    while (came_out_badly(to) && search_back(s, to))
        to = cheapest_now(s);
}

/* ---- what is decided ------------------------------------------------------------------------------------------- */

/* The break at level 1 on the best way to another. */
static struct page_break *first_on_way(struct page_break *to, int level)
{
    for (; level > 1; level--)
        to = to->best->from;
    return to;
}

/* The first page's end, when all ways that are open agree on it. */
static struct page_break *agreed(const struct page_search *s)
{
    const struct level *last = &s->levels[s->last];
    struct page_break *first = NULL;
    for (int i = 0; i < last->count; i++) {
        struct page_break *b = first_on_way(last->breaks[i], s->last);
        if (first && b != first)
            return NULL;
        first = b;
    }
    return cheapest_end(s) ? NULL : first;
}

static struct page_break *decided(struct page_search *s)
{
    struct page_break *to = cheapest_now(s);
    if (s->complete || s->last == MOST_OPEN)
        return first_on_way(to, level_of_break(s, to));
    return s->last >= AGREED ? agreed(s) : NULL;
}

static bool is_reached(const struct page_way *way)
{
    return !way->from->gone;
}

/* Ways from breaks that are gone go, and breaks to which none is left. */
static void drop_unreached(struct level *level)
{
    int kept = 0;
    for (int i = 0; i < level->count; i++) {
        struct page_break *b = level->breaks[i];
        struct page_way **way = &b->ways;
        while (*way)
            if (is_reached(*way))
                way = &(*way)->next;
            else
                *way = (*way)->next;
        b->gone = !b->ways;
        if (!b->gone)
            level->breaks[kept++] = b;
    }
    level->count = kept;
}

/* Level 1 becomes level 0 with one break in it. */
static void begin_at(struct page_search *s, struct page_break *chosen)
{
    struct level *first = &s->levels[1];
    for (int i = 0; i < first->count; i++)
        first->breaks[i]->gone = first->breaks[i] != chosen;
    first->breaks[0] = chosen;
    first->count = 1;
    for (int i = 2; i <= s->last; i++)
        drop_unreached(&s->levels[i]);
    s->spent = s->levels[0].arena;
    memmove(s->levels, s->levels + 1, (size_t)s->last * sizeof *s->levels);
    s->last--;
    s->index++;
    s->first = false;
}

/* ---- for others ------------------------------------------------------------------------------------------------ */

struct page_search *page_search_new(struct layout_run *run, const struct layout_sequence *sequence, size_t index,
                                    const struct layout_token *from, double level)
{
    struct page_search *s = mem_alloc(sizeof *s);
    s->run = run;
    s->sequence = sequence;
    s->index = index;
    s->first = !from;
    s->levels[0].arena = arena_new();
    struct page_break *b = arena_new_of(s->levels[0].arena, struct page_break);
    struct layout_token *token = from ? arena_copy(s->levels[0].arena, from, sizeof *from) : NULL;
    if (token)
        token->forced = false;             /* the break that was asked for is behind */
    *b = (struct page_break){ .token = layout_token_copy(s->levels[0].arena, token), .level = level };
    s->levels[0].breaks[0] = b;
    s->levels[0].count = 1;
    return s;
}

const struct page_way *page_search_next(struct page_search *s, const struct page_break **end)
{
    struct page_break *chosen = NULL;
    arena_free(s->spent);
    s->spent = NULL;
    if (is_end(s->levels[0].breaks[0]))
        return NULL;
    while (!(chosen = decided(s))) {
        bool further = go_on(s);
        improve(s);
        s->complete = !further && !any_open(s);
    }
    begin_at(s, chosen);
    *end = chosen;
    return chosen->best;
}

void page_search_free(struct page_search *s)
{
    for (int i = 0; i <= s->last; i++)
        arena_free(s->levels[i].arena);
    arena_free(s->spent);
    mem_free(s);
}
