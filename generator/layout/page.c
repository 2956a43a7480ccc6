/* One page: its type area, filled with text and the notes whose marks stand in it, and what it costs. */
#include "layout/pages.h"

/* ---- the type area -------------------------------------------------------------------------------------------- */

int page_number(const struct layout_job *job, size_t index)
{
    return (int)index + (job->first_page > 0 ? job->first_page : 1);
}

double page_last_row_end(const struct layout_run *run)
{
    const struct design_page *page = &run->design->page;
    if (!(page->last_baseline > page->first_baseline))
        return page->height - page->bottom;
    int rows = layout_rows_within(run, page->last_baseline - page->first_baseline) + 1;
    return run->origin + rows * run->step;
}

struct layout_place page_type_area(const struct layout_run *run, const struct layout_sequence *sequence, size_t index,
                                   bool first)
{
    const struct design_page *page = &run->design->page;
    bool right = !page->facing || page_number(run->job, index) % 2;
    struct layout_place place = { .x = right ? page->inside : page->outside, .page = (int)index, .right_hand = right,
                                  .width = page->width - page->inside - page->outside, .must = true, .grid = true };
    place.y = page->top <= page->first_baseline ? run->origin : page->top;
    place.limit = page_last_row_end(run);
    if (first && !isnan(sequence->top))
        place.y = sequence->top;
    if (first && !isnan(sequence->bottom))
        place.limit = page->height - sequence->bottom;
    return place;
}

/* ---- filling -------------------------------------------------------------------------------------------------- */

static double end_of_content(const struct layout_fragment *f)
{
    double end = f->rest && f->box->kind == LAYOUT_STACK && f->first ? 0 : f->bottom;
    for (const struct layout_fragment *child = f->first; child && f->box->kind == LAYOUT_STACK; child = child->next)
        end = fmax(end, end_of_content(child));
    return end;
}

static struct layout_fragment *fit_text(struct layout_run *run, struct layout_box *content, struct layout_place place,
                                        const struct layout_token *token)
{
    place.ceiling = place.y;
    if (!token)
        place.y += layout_space_before(content, true);
    return layout_fit(run, content, &place, token);
}

/* Text down to `limit`, and the notes whose marks stand in it. */
static struct page_fill fill_to(struct layout_run *run, struct layout_box *content, const struct layout_place *whole,
                                double limit, const struct layout_token *token)
{
    struct page_fill page = { .place = *whole, .foot = whole->limit };
    struct layout_place place = *whole;
    place.limit = limit;
    page.text = fit_text(run, content, place, token);
    if (page.text && run->notes)
        page.notes = layout_fit_notes(run, page.text, whole);
    if (page.notes)
        page.place.limit -= page.notes->bottom;
    page.used = page.text ? end_of_content(page.text) : 0;
    return page;
}

/* What must leave the page takes its notes along. */
struct page_fill page_fill(struct layout_run *run, struct layout_box *content, const struct layout_place *whole,
                           double limit, const struct layout_token *token)
{
    struct page_fill page = fill_to(run, content, whole, limit, token);
    /* Half of the page is the text's, or it would wait for ever for a note that has room nowhere. */
    double room = fmax(page.place.limit, (whole->y + whole->limit) / 2);
    if (!page.notes || limit <= room + 0.05)
        return page;
    page = fill_to(run, content, whole, room, token);
    double more = fmin(page.place.limit, limit);
    if (!page.text || more < room + run->step / 2)
        return page;
    struct page_fill fuller = fill_to(run, content, whole, more, token);
    return fuller.text && more <= fuller.place.limit + 0.05 ? fuller : page;
}

struct layout_fragment *page_fill_again(struct layout_run *run, struct layout_box *content, const struct page_fill *page,
                                        const struct layout_token *token)
{
    return fit_text(run, content, page->place, token);
}

double page_top_of_divided(const struct layout_fragment *f)
{
    const struct layout_fragment *last = f->last;
    if (f->box->kind != LAYOUT_STACK || !last || !last->rest)
        return 0;
    return layout_is_plain(last->box) ? page_top_of_divided(last) : last->frame.y;
}

/* ---- cost ----------------------------------------------------------------------------------------------------- */

double page_stretch(const struct layout_fragment *f)
{
    double sum = f->rest || f->continued ? 0 : f->box->stretch;
    for (const struct layout_fragment *child = f->first; child; child = child->next)
        sum += page_stretch(child);
    return sum;
}

/* A page that is not full costs the square of what stays blank, less where boxes can take the blank space. The last one may
   end early, but not with so little that it had better not begin. */
double page_cost(const struct page_fill *page)
{
    const struct layout_fragment *text = page->text;
    double cost = text->cost + LAYOUT_COST_PAGE;
    double share = fmax(page->place.limit - page->used, 0) / (page->place.limit - page->place.y);
    if (!text->rest || text->rest->forced)
        share = text->continued ? fmax(share - 0.5, 0) : 0;
    else if (page_stretch(text) > 0)
        share /= 2;
    return cost + LAYOUT_COST_BLANK * share * share;
}
