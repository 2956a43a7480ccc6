/* From sequences to pages that stand: painted, told of, finished. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "layout/pages.h"

struct layout_run page_begin_run(const struct layout_job *job)
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
    run.page_rows = layout_rows_within(&run, page_last_row_end(&run) - run.origin);
    run.column = (page->width - page->inside - page->outside - (columns - 1) * page->gutter) / columns;
    return run;
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
static void stretch_page(struct layout_run *run, const struct layout_sequence *sequence, struct page_fill *page,
                         const struct layout_token *from)
{
    double shares = page_stretch(page->text);
    int steps = layout_rows_within(run, page->place.limit - page->used);
    if (!(shares > 0) || steps < 1)
        return;
    share_out(run, page->text, &steps, &shares);
    run->serial = ++run->last_serial;
    struct layout_fragment *higher = page_fill_again(run, sequence->content, page, from);
    clear_extra(page->text);
    if (higher && layout_tokens_equal(higher->rest, page->text->rest) && !(higher->faults & LAYOUT_OVERSET))
        page->text = higher;
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

/* Notes that do not begin on the page with their mark. */
static void tell_late_notes(struct layout_painter *p, const struct layout_carry *before, const struct layout_carry *after)
{
    for (; after; after = after->next) {
        if (!layout_carry_is_late(after, before))
            continue;
        diag_warning(p->diag, after->note->box->at, "W612", _("a footnote begins on the page after page %s, where its mark stands"),
                     p->page->label);
        diag_remedy(p->diag, _("shorten the footnotes of that page, or what leaves them no room"));
    }
}

static void paint_page(struct layout_run *run, const struct layout_sequence *sequence, const struct page_way *way,
                       struct diag *diag)
{
    struct page_fill page = way->page;
    run->scratch = arena_new();
    stretch_page(run, sequence, &page, way->from->token);
    struct layout_painter painter = { run, add_page(run, sequence->master), diag };
    if (page.notes)
        layout_place_notes(run, page.notes, page.foot);
    if (diag)
        layout_tell_faults(&painter, page.text);
    if (diag && page.notes)
        layout_tell_faults(&painter, page.notes);
    if (diag)
        tell_late_notes(&painter, way->from->carry, page.carry);
    if (run->job->proof)
        layout_paint_proof(&painter, page.text, &(struct rect){ page.place.x, page.place.y, page.place.width,
                                                                page.place.limit - page.place.y });
    layout_paint(&painter, page.text);
    if (page.notes)
        layout_paint(&painter, page.notes);
    finish_page(run, painter.page);
    arena_free(run->scratch);
    run->scratch = NULL;
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

/* ---- sequences --------------------------------------------------------------------------------------------------- */

/* The pages up to a break that was asked for, or to the end; *from and *level are that place. False: it is the end. */
static bool set_part(struct layout_run *run, const struct layout_sequence *sequence, struct arena **place,
                     const struct layout_token **from, double *level, struct diag *diag)
{
    struct page_search *search = page_search_new(run, sequence, run->job->document->page_count, *from, *level);
    const struct page_break *end = NULL, *last = NULL;
    for (const struct page_way *way; (way = page_search_next(search, &end)); last = end)
        paint_page(run, sequence, way, diag);
    struct arena *fresh = arena_new();
    *from = layout_token_copy(fresh, last->token);
    *level = last->level;
    arena_free(*place);
    *place = fresh;
    page_search_free(search);
    return *from != NULL;
}

static void set_sequence(struct layout_run *run, const struct layout_sequence *sequence, struct diag *diag)
{
    const struct layout_token *from = NULL;
    struct arena *place = NULL;
    double level = 0;
    do {
        while (!starts_here(run, from ? from->kind : sequence->start))
            blank_page(run, sequence->master);
    } while (set_part(run, sequence, &place, &from, &level, diag));
    arena_free(place);
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
        if (!run->notes)
            run->notes = layout_notes_box(run->job->arena, note);
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

void page_begin_sequence(struct layout_run *run, const struct layout_sequence *sequence)
{
    link_tree(sequence->content, &(int){ 0 });
    run->notes = NULL;
    link_notes(run, sequence->content);
}

void page_end_sequence(const struct layout_sequence *sequence)
{
    forget_tree(sequence->content);
}

bool layout_run(const struct layout_job *job, struct diag *diag)
{
    struct layout_run run = page_begin_run(job);
    size_t errors = diag_errors(diag);
    for (struct layout_sequence *s = job->sequences; s; s = s->next) {
        page_begin_sequence(&run, s);
        set_sequence(&run, s, diag);
        page_end_sequence(s);
        if (job->turn && !job->turn(job->data, s))
            return false;
    }
    check_multiple(&run, diag);
    return diag_errors(diag) == errors;
}

void layout_set_alone(const struct layout_job *job, struct layout_box *box, double width, double pad, struct diag *diag)
{
    struct layout_run run = page_begin_run(job);
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
