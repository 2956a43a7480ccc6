/* From sequences to pages: which break ends each page is chosen over several pages together. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "layout/layout_internal.h"

/* ---- geometry ------------------------------------------------------------------------------------------------- */

static double last_row_end(const struct layout_run *run)
{
    const struct design_page *page = &run->design->page;
    if (!(page->last_baseline > page->first_baseline))
        return page->height - page->bottom;
    int rows = layout_rows_within(run, page->last_baseline - page->first_baseline) + 1;
    return run->origin + rows * run->step;
}

static struct layout_run begin_run(const struct layout_job *job)
{
    const struct design *design = text_design(job->engine);
    const struct design_page *page = &design->page;
    struct layout_run run = { .job = job, .design = design, .engine = job->engine };
    run.step = page->baseline_step > 0 ? page->baseline_step : 12;
    /* A quarter of a row below the baseline: room for descenders, and capitals stand in the middle of what is left. */
    run.drop = run.step / 4;
    run.origin = page->first_baseline - run.step + run.drop;
    int columns = page->columns > 0 ? page->columns : 12;
    run.gutter = page->gutter;
    run.page_rows = layout_rows_within(&run, last_row_end(&run) - run.origin);
    run.column = (page->width - page->inside - page->outside - (columns - 1) * page->gutter) / columns;
    return run;
}

static int page_number(const struct layout_job *job, size_t index)
{
    return (int)index + (job->first_page > 0 ? job->first_page : 1);
}

/* With facing pages, odd ones are right-hand. */
static bool is_right_hand(const struct layout_run *run, size_t index)
{
    return !run->design->page.facing || page_number(run->job, index) % 2;
}

static struct layout_place type_area(const struct layout_run *run, const struct layout_sequence *sequence, size_t index,
                                     bool first)
{
    const struct design_page *page = &run->design->page;
    bool right = is_right_hand(run, index);
    struct layout_place place = { .x = right ? page->inside : page->outside, .page = (int)index, .right_hand = right,
                                  .width = page->width - page->inside - page->outside, .must = true, .grid = true };
    place.y = page->top <= page->first_baseline ? run->origin : page->top;
    place.limit = last_row_end(run);
    if (first && !isnan(sequence->top))
        place.y = sequence->top;
    if (first && !isnan(sequence->bottom))
        place.limit = page->height - sequence->bottom;
    return place;
}

/* ---- pages in hand -------------------------------------------------------------------------------------------- */

/* A way to fill pages up to here. */
struct state {
    struct state *before;
    const struct layout_token *token;      /* what is still to come; NULL: nothing */
    struct layout_fragment *fragment;      /* the page that ends here */
    struct layout_place place;
    const struct layout_token *began;
    unsigned serial;
    double used;
    double cost;                           /* of all pages up to here */
    struct layout_fragment *notes;         /* at its foot */
    double foot;                           /* of the type area; place.limit is that of the text, above the notes */
    bool alone;                            /* there is no other way to here: all pages up to it are decided */
};

/* So many pages are looked at together where there are several ways, and where there is one. */
enum { MOST_DEPTH = 4, LONGEST_CHAIN = 12 };
enum { MOST_STATES = 6, MOST_BREAKS = 4, LEAST_ROWS = 4 };

struct level {
    struct state *states[MOST_STATES];
    int count;
};

/* A page that is not full costs the square of what stays blank, less where boxes can take the blank space. */
static double stretch_of(const struct layout_fragment *f)
{
    double sum = f->rest || f->continued ? 0 : f->box->stretch;
    for (const struct layout_fragment *child = f->first; child; child = child->next)
        sum += stretch_of(child);
    return sum;
}

/* Rows by which a right-hand page ends higher or lower than the left-hand one that it faces. More than a few are no fault
   of setting: there a box or chapter ends. */
static int rows_off_facing(const struct layout_run *run, const struct state *s)
{
    enum { SEEN_AS_FAULT = 3 };
    const struct state *left = s->before;
    if (!run->design->page.facing || !s->place.right_hand || !left || !left->used || !s->token || s->token->forced ||
        s->notes || left->place.limit < left->foot)
        return 0;
    int rows = abs((int)lround((s->used - left->used) / run->step));
    return rows <= SEEN_AS_FAULT ? rows : 0;
}

static double page_cost(const struct layout_run *run, const struct state *s)
{
    double cost = s->fragment->cost + LAYOUT_COST_PAGE + LAYOUT_COST_FACING * rows_off_facing(run, s);
    double height = s->place.limit - s->place.y, share = fmax(s->place.limit - s->used, 0) / height;
    if (!s->token)                         /* the last page may end early, but a few lines alone look like a mistake */
        return cost + (share > 0.8 ? LAYOUT_COST_BLANK * (share - 0.8) : 0);
    if (s->token->forced)
        return cost;
    double blank = LAYOUT_COST_BLANK * share * share;
    return cost + (stretch_of(s->fragment) > 0 ? blank / 4 : blank);
}

static double end_of_content(const struct layout_fragment *f)
{
    double end = f->rest && f->box->kind == LAYOUT_STACK && f->first ? 0 : f->bottom;
    for (const struct layout_fragment *child = f->first; child && f->box->kind == LAYOUT_STACK; child = child->next)
        end = fmax(end, end_of_content(child));
    return end;
}

/* A page as it was fitted: its text, and its notes. */
struct filled {
    struct layout_fragment *fragment, *notes;
};

static struct state *new_state(struct layout_run *run, struct state *before, const struct layout_place *place,
                               const struct filled *page)
{
    struct layout_fragment *fragment = page->fragment;
    struct state *s = arena_new_of(run->scratch, struct state);
    s->before = before;
    s->began = before ? before->token : NULL;
    s->serial = run->serial;
    s->token = fragment->rest;
    s->fragment = fragment;
    s->notes = page->notes;
    s->place = *place;
    s->foot = place->limit;
    s->place.limit = page->notes ? place->limit - page->notes->bottom : place->limit;
    s->used = end_of_content(fragment);
    s->cost = (before ? before->cost : 0) + page_cost(run, s);
    return s;
}

/* Keep the cheapest way to each token. */
static void keep(struct level *level, struct state *s)
{
    int worst = 0;
    for (int i = 0; i < level->count; i++) {
        if (layout_tokens_equal(level->states[i]->token, s->token)) {
            if (s->cost < level->states[i]->cost)
                level->states[i] = s;
            return;
        }
        if (level->states[i]->cost > level->states[worst]->cost)
            worst = i;
    }
    if (level->count < MOST_STATES)
        level->states[level->count++] = s;
    else if (s->cost < level->states[worst]->cost)
        level->states[worst] = s;
}

/* ---- one page ------------------------------------------------------------------------------------------------- */

static struct layout_fragment *fit_text(struct layout_run *run, struct layout_box *content, struct layout_place place,
                                        const struct layout_token *token)
{
    place.ceiling = place.y;
    if (!token)
        place.y += layout_space_before(content, true);
    return layout_fit(run, content, &place, token);
}

/* Text down to `limit`, and the notes whose marks stand in it. */
static struct filled fill_to(struct layout_run *run, struct layout_box *content, const struct layout_place *whole,
                             double limit, const struct layout_token *token)
{
    struct layout_place place = *whole;
    place.limit = limit;
    struct filled page = { .fragment = fit_text(run, content, place, token) };
    if (page.fragment && run->has_notes)
        page.notes = layout_fit_notes(run, page.fragment, whole);
    return page;
}

static double height_of_notes(const struct filled *page)
{
    return page->notes ? page->notes->bottom : 0;
}

/* As much text as goes above its own notes: what must leave the page takes its notes along. */
static struct filled fill_page(struct layout_run *run, struct layout_box *content, const struct layout_place *whole,
                               double limit, const struct layout_token *token)
{
    struct filled page = fill_to(run, content, whole, limit, token);
    /* Half of the page is the text's, or it would wait for ever for a note that has room nowhere. */
    double room = fmax(whole->limit - height_of_notes(&page), (whole->y + whole->limit) / 2);
    if (!page.notes || limit <= room + 0.05)
        return page;
    page = fill_to(run, content, whole, room, token);
    double more = fmin(whole->limit - height_of_notes(&page), limit);
    if (!page.fragment || more < room + run->step / 2)
        return page;
    struct filled fuller = fill_to(run, content, whole, more, token);
    return fuller.fragment && more + height_of_notes(&fuller) <= whole->limit + 0.05 ? fuller : page;
}

/* Is there anything to win by ending the page earlier? */
static bool worth_trying(const struct state *s, const struct state *before)
{
    double own = s->cost - (before ? before->cost : 0) - LAYOUT_COST_PAGE;
    return s->token && !s->token->forced && own > LAYOUT_COST_WORTH;
}

/* The top of the outermost box that the page's end divides; 0: none is. */
static double top_of_divided(const struct layout_fragment *f)
{
    const struct layout_fragment *last = f->last;
    if (f->box->kind != LAYOUT_STACK || !last || !last->rest)
        return 0;
    return layout_is_plain(last->box) ? top_of_divided(last) : last->frame.y;
}

/* Where the page might end instead: before the box that is divided, and a row higher. */
static int earlier_ends(const struct layout_run *run, const struct state *s, double ends[2])
{
    double divided = top_of_divided(s->fragment);
    int n = 0;
    if (divided > 0)
        ends[n++] = divided + run->step / 4;               /* too little for any of it */
    ends[n++] = fmin(s->used, s->place.limit) - run->step;
    return n;
}

/* Where a right-hand page ends with the left-hand one that ends a few rows early; else 0. */
static double end_of_facing(const struct layout_run *run, const struct layout_place *place, const struct state *left)
{
    double short_of = left && left->used && left->place.limit == left->foot ? place->limit - left->used : 0;
    bool faces = run->design->page.facing && place->right_hand;
    return faces && short_of > 0.5 * run->step && short_of < 3.5 * run->step ? left->used : 0;
}

/* All the ways to fill the next page: as much as goes on it, then less. */
static void expand(struct layout_run *run, const struct layout_sequence *sequence, size_t index, struct state *before,
                   struct level *next)
{
    struct layout_place whole = type_area(run, sequence, index, before == NULL || !before->token);
    const struct layout_token *token = before ? before->token : NULL;
    double limits[2 + 2 * MOST_BREAKS] = { whole.limit };    /* two at most to begin with, and two more from each try */
    int count = 1;
    if ((limits[1] = end_of_facing(run, &whole, before)) > 0)
        count++;
    run->serial = ++run->last_serial;
    for (int i = 0; i < count && i < MOST_BREAKS; i++) {
        if (limits[i] < whole.y + LEAST_ROWS * run->step)
            continue;
        struct filled page = fill_page(run, sequence->content, &whole, limits[i], token);
        if (!page.fragment || (i > 0 && page.fragment->faults & (LAYOUT_OVERSET | LAYOUT_STRANDED)))
            continue;
        struct state *s = new_state(run, before, &whole, &page);
        keep(next, s);
        if (worth_trying(s, before) && s->used - whole.y > 0.5 * (whole.limit - whole.y))
            count += earlier_ends(run, s, limits + count);
    }
}

/* ---- spare height --------------------------------------------------------------------------------------------- */

static void set_extra(struct layout_fragment *f, double extra)
{
    if (!f->box->state)
        f->box->state = mem_alloc(sizeof *f->box->state);
    f->box->state->extra = extra;
}

static void clear_extra(struct layout_fragment *f)
{
    if (f->box->state)
        f->box->state->extra = 0;
    for (struct layout_fragment *child = f->first; child; child = child->next)
        clear_extra(child);
}

/* Whole steps by share, the odd ones to the first boxes. */
static void share_out(struct layout_run *run, struct layout_fragment *f, int *steps, double *shares)
{
    if (f->box->stretch > 0 && !f->rest && !f->continued) {
        int own = (int)ceil(*steps * f->box->stretch / *shares - 1e-9);
        set_extra(f, own * run->step);
        *steps -= own;
        *shares -= f->box->stretch;
    }
    for (struct layout_fragment *child = f->first; child; child = child->next)
        share_out(run, child, steps, shares);
}

/* Only boxes that stand below one another share the page's height: those of plain stacks. */
static void stretch_page(struct layout_run *run, const struct layout_sequence *sequence, struct state *s)
{
    double shares = stretch_of(s->fragment);
    int steps = layout_rows_within(run, s->place.limit - s->used);
    if (!(shares > 0) || steps < 1)
        return;
    share_out(run, s->fragment, &steps, &shares);
    run->serial = s->serial;
    struct layout_fragment *higher = fit_text(run, sequence->content, s->place, s->began);
    clear_extra(s->fragment);
    if (higher && layout_tokens_equal(higher->rest, s->token) && !(higher->faults & LAYOUT_OVERSET))
        s->fragment = higher;
}

/* ---- pages that stand ----------------------------------------------------------------------------------------- */

static struct display_page *add_page(struct layout_run *run, const char *master)
{
    const struct design_page *size = &run->design->page;
    struct display_document *doc = run->job->document;
    struct display_page *page = display_add_page(doc, size->width, size->height);
    page->label = arena_printf(page->arena, "%d", page_number(run->job, (size_t)page->index));
    page->master = master;
    return page;
}

static void finish_page(struct layout_run *run, struct display_page *page)
{
    display_mark_artifact(page, DISPLAY_ARTIFACT_PAGINATION);
    if (run->job->furniture)
        run->job->furniture(run->job->data, page);
    if (!page->waits)
        display_finish_page(page);
}

/* Notes that leave the text no room go out over the page's foot, and are told. */
static void place_notes(struct layout_run *run, struct state *s)
{
    double over = s->used + s->notes->bottom - s->foot;
    layout_place_notes(run, s->notes, over > 0.05 ? s->foot + over : s->foot);
    if (over > 0.05) {
        s->notes->faults |= LAYOUT_OVERSET;
        s->notes->over = over;
    }
}

static void commit_page(struct layout_run *run, const struct layout_sequence *sequence, struct state *s,
                        struct diag *diag)
{
    stretch_page(run, sequence, s);
    struct layout_painter painter = { run, add_page(run, sequence->master), diag };
    if (s->notes)
        place_notes(run, s);
    if (diag)
        layout_tell_faults(&painter, s->fragment);
    if (diag && s->notes)
        layout_tell_faults(&painter, s->notes);
    if (run->job->proof)
        layout_paint_proof(&painter, s->fragment,
                           &(struct rect){ s->place.x, s->place.y, s->place.width, s->place.limit - s->place.y });
    layout_paint(&painter, s->fragment);
    if (s->notes)
        layout_paint(&painter, s->notes);
    finish_page(run, painter.page);
}

static void blank_page(struct layout_run *run, const char *master)
{
    finish_page(run, add_page(run, master));
}

static bool starts_here(const struct layout_run *run, enum layout_break kind)
{
    bool right = page_number(run->job, run->job->document->page_count) % 2;
    return kind == LAYOUT_BREAK_LEFT ? !right : kind == LAYOUT_BREAK_RIGHT ? right : true;
}

/* ---- the search over pages ------------------------------------------------------------------------------------ */

/* Nothing is to come, or what comes begins anew after a break that was asked for. */
static bool is_complete(const struct state *s)
{
    return !s->token || s->token->forced;
}

static struct state *cheapest(const struct level *level, bool only_complete)
{
    struct state *best = NULL;
    for (int i = 0; i < level->count; i++) {
        struct state *s = level->states[i];
        if ((!only_complete || is_complete(s)) && (!best || s->cost < best->cost))
            best = s;
    }
    return best;
}

/* A last page of a few lines looks like a mistake: the one before it may give some of its own. */
static struct state *mend_last(struct layout_run *run, const struct layout_sequence *sequence, size_t index,
                               struct state *last, const struct state *from)
{
    const struct state *full = last->before;
    bool meagre = last->used - last->place.y < 0.15 * (last->place.limit - last->place.y);
    if (last->token || !meagre || !full || full == from)
        return last;
    struct level ends = { { last }, 1 };
    for (int rows = 1; rows <= 5; rows++) {
        struct layout_place whole = full->place;
        whole.limit = full->foot;
        double limit = fmin(full->used, full->place.limit) - rows * run->step;
        run->serial = ++run->last_serial;
        struct filled page = fill_page(run, sequence->content, &whole, limit, full->began);
        if (page.fragment && page.fragment->rest && !(page.fragment->faults & (LAYOUT_OVERSET | LAYOUT_STRANDED)))
            expand(run, sequence, index, new_state(run, full->before, &whole, &page), &ends);
    }
    return cheapest(&ends, true);
}

/* The best way from a token over the next pages: until the content is complete, a break is forced, or far enough to
   tell. */
static struct state *look_ahead(struct layout_run *run, const struct layout_sequence *sequence, size_t index,
                                struct state *from)
{
    struct level level = { { from }, 1 };
    struct state *complete = NULL;
    bool chain = true;                     /* one way only so far */
    int most = MOST_DEPTH;
    for (int depth = 0; depth < most; depth++) {
        struct level next = { .count = 0 };
        for (int i = 0; i < level.count; i++)
            expand(run, sequence, index + (size_t)depth, level.states[i], &next);
        struct state *done = cheapest(&next, true);
        if (done)
            done = mend_last(run, sequence, index + (size_t)depth, done, from);
        if (done && (!complete || done->cost < complete->cost))
            complete = done;
        level.count = 0;
        for (int i = 0; i < next.count; i++)
            if (!is_complete(next.states[i]) && (!complete || next.states[i]->cost < complete->cost))
                level.states[level.count++] = next.states[i];
        if (!level.count)
            return complete;
        chain = chain && next.count == 1;
        level.states[0]->alone = level.count == 1 && !complete;
        if (level.states[0]->alone && !chain)
            return level.states[0];
        most = chain && depth + 1 + MOST_DEPTH < LONGEST_CHAIN ? depth + 1 + MOST_DEPTH : most;
    }
    struct state *open = cheapest(&level, false);
    return complete && complete->cost < open->cost ? complete : open;
}

/* Pages of the way, first one first. Of a way that is still open those that are decided, but not the last, which may give
   lines to the next; or only the first. */
static struct state *commit(struct layout_run *run, const struct layout_sequence *sequence, struct state *to,
                            struct state *from, struct diag *diag)
{
    struct state *path[LONGEST_CHAIN + 1];
    int n = 0, pages = 1;
    for (struct state *s = to; s != from; s = s->before)
        path[n++] = s;
    for (int i = n - 1; i >= 0; i--)
        pages = path[i]->alone ? n - i : pages;
    if (is_complete(to))
        pages = n;
    else if (pages == n && n > 1)
        pages--;
    for (int i = n - 1; i >= n - pages; i--)
        commit_page(run, sequence, path[i], diag);
    return path[n - pages];
}

static void set_sequence(struct layout_run *run, const struct layout_sequence *sequence, struct diag *diag)
{
    struct display_document *doc = run->job->document;
    enum layout_break start = sequence->start;
    struct state *from = NULL;
    run->scratch = arena_new();
    for (;;) {
        while (!starts_here(run, start))
            blank_page(run, sequence->master);
        struct state *to = look_ahead(run, sequence, doc->page_count, from);
        struct state *last = commit(run, sequence, to, from, diag);
        if (!last->token)
            break;
        start = last->token->forced ? last->token->kind : LAYOUT_BREAK_PAGE;
        /* Only the token goes on: all that was tried is let go. */
        struct arena *fresh = arena_new();
        from = arena_new_of(fresh, struct state);
        from->token = layout_token_copy(fresh, last->token);
        from->used = last->used;
        from->place = last->place;
        from->foot = last->foot;
        arena_free(run->scratch);
        run->scratch = fresh;
    }
    arena_free(run->scratch);
    run->scratch = NULL;
}

static void check_multiple(const struct layout_run *run, struct diag *diag)
{
    int multiple = run->design->page.multiple;
    size_t pages = run->job->document->page_count;
    if (run->job->partial || multiple < 2 || pages % (size_t)multiple == 0)
        return;
    diag_warning(diag, run->design->page.at, "W607",
                 P_("the document has %zu page; the template wants a multiple of %d",
                    "the document has %zu pages; the template wants a multiple of %d", pages), pages, multiple);
    diag_remedy(diag, _("add or take away so much that %zu pages are full"),
                (pages + (size_t)multiple - 1) / (size_t)multiple * (size_t)multiple);
}

/* Headings right below one another are kept together, but no more than these: a page of nothing but headings has to end, too. */
enum { MOST_HEADINGS = 4 };

static void link_tree(struct layout_box *box, int *headings)
{
    struct layout_box *before = NULL;
    int others = 0;
    for (struct layout_float *f = box->floats; f; f = f->next)
        link_tree(f->box, &others);
    for (struct layout_box *child = box->first; child; child = child->next) {
        child->previous = before;
        before = child;
        link_tree(child, headings);
    }
    if (box->first)
        return;
    *headings = layout_keeps_next(box) ? *headings + 1 : 0;
    if (*headings == MOST_HEADINGS) {
        box->headings_above = true;
        *headings = 0;
    }
}

/* Footnotes are trees of their own. */
static void link_notes(struct layout_run *run, struct layout_box *box)
{
    for (const struct layout_note *note = box->notes; note; note = note->next) {
        run->has_notes = true;
        link_tree(note->box, &(int){ 0 });
        link_notes(run, note->box);
    }
    for (struct layout_box *child = box->first; child; child = child->next)
        link_notes(run, child);
}

/* Shaped text of boxes that were measured but never painted. */
static void forget_tree(struct layout_box *box)
{
    layout_forget(box);
    for (const struct layout_note *note = box->notes; note; note = note->next)
        forget_tree(note->box);
    for (struct layout_float *f = box->floats; f; f = f->next)
        forget_tree(f->box);
    for (struct layout_box *child = box->first; child; child = child->next)
        forget_tree(child);
}

bool layout_run(const struct layout_job *job, struct diag *diag)
{
    struct layout_run run = begin_run(job);
    size_t errors = diag_errors(diag);
    for (struct layout_sequence *s = job->sequences; s; s = s->next) {
        link_tree(s->content, &(int){ 0 });
        run.has_notes = false;
        link_notes(&run, s->content);
        set_sequence(&run, s, diag);
        forget_tree(s->content);
        if (job->turn && !job->turn(job->data, s))
            return false;
    }
    check_multiple(&run, diag);
    return diag_errors(diag) == errors;
}

void layout_set_alone(const struct layout_job *job, struct layout_box *box, double width, double pad, struct diag *diag)
{
    struct layout_run run = begin_run(job);
    run.scratch = arena_new();
    struct layout_place place = { .x = pad, .width = width, .y = pad, .ceiling = pad, .limit = INFINITY,
                                  .right_hand = true, .must = true };
    link_tree(box, &(int){ 0 });
    struct layout_fragment *fragment = layout_fit(&run, box, &place, NULL);
    struct layout_painter painter = { &run, display_add_page(job->document, width + 2 * pad, fragment->bottom + pad), diag };
    painter.page->label = "1";
    layout_tell_faults(&painter, fragment);
    layout_paint(&painter, fragment);
    forget_tree(box);
    arena_free(run.scratch);
}
