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

/* Notes that do not begin on the page with their mark: of those that go on, those that did not do so on the page before. */
static int late_notes(const struct layout_carry *before, const struct layout_carry *after)
{
    int late = 0;
    for (; after; after = after->next)
        late += layout_carry_is_late(after, before);
    return late;
}

static void put_notes(struct layout_run *run, struct page_fill *page, const struct layout_place *whole,
                      struct page_start from, double most)
{
    page->notes = layout_fit_notes(run, page->text, from.carry, whole, most, &page->carry);
    if (page->notes)
        page->place.limit -= page->notes->bottom;
    page->late = late_notes(from.carry, page->carry);
}

/* Text down to `limit`, and its notes; `divide`: as much of them as goes below it. */
static struct page_fill fill_to(struct layout_run *run, struct layout_box *content, const struct layout_place *whole,
                                double limit, struct page_start from, bool divide)
{
    struct page_fill page = { .place = *whole, .foot = whole->limit };
    struct layout_place place = *whole;
    place.limit = limit;
    page.text = fit_text(run, content, place, from.token);
    if (!page.text)
        return page;
    page.used = end_of_content(page.text);
    if (run->notes)
        put_notes(run, &page, whole, from, divide ? whole->limit - page.used : INFINITY);
    return page;
}

static bool fits(const struct page_fill *page)
{
    return page->text && page->used <= page->place.limit + 0.05;
}

/* Whole notes, which did not fit below the full page: what must leave it takes its notes along. At least half of it is the
   text's. */
static struct page_fill fill_whole(struct layout_run *run, struct layout_box *content, const struct layout_place *whole,
                                   double limit, struct page_start from, const struct page_fill *full)
{
    double room = fmax(full->place.limit, (whole->y + whole->limit) / 2);
    struct page_fill page = fill_to(run, content, whole, room, from, false);
    double more = fmin(page.place.limit, limit);
    if (!fits(&page) || more < room + run->step / 2)
        return page;
    struct page_fill fuller = fill_to(run, content, whole, more, from, false);
    return fits(&fuller) ? fuller : page;
}

/* As much text as there is room for below it to begin its notes: less text has fewer of them and leaves more room. Half a
   page where there is nowhere so much, or what must stand in one. */
static struct page_fill fill_divided(struct layout_run *run, struct layout_box *content, const struct layout_place *whole,
                                     struct page_start from)
{
    double half = (whole->y + whole->limit) / 2, least = (whole->y + half) / 2;
    struct page_fill best = { .text = NULL };
    for (int few = 0, many = layout_rows_within(run, whole->limit - 3 * run->step - least); few < many;) {
        int rows = (few + many + 1) / 2;
        struct page_fill page = fill_to(run, content, whole, least + rows * run->step, from, true);
        bool good = fits(&page) && !page.late;
        best = good ? page : best;
        *(good ? &few : &many) = good ? rows : rows - 1;
    }
    if (best.text)
        return best;
    struct page_fill page = fill_to(run, content, whole, half, from, true);
    return page.text && page.text->cost < LAYOUT_COST_CUT ? page : fill_to(run, content, whole, whole->limit, from, true);
}

struct page_fill page_fill(struct layout_run *run, struct layout_box *content, const struct layout_place *whole,
                           double limit, struct page_start from)
{
    struct page_fill full = fill_to(run, content, whole, limit, from, false);
    if (!full.text || fits(&full))
        return full;
    struct page_fill page = fill_whole(run, content, whole, limit, from, &full);
    bool fit = fits(&page);
    if (fit && (limit < whole->limit || page_cost(&page) < full.text->cost + LAYOUT_COST_PAGE + LAYOUT_COST_SPLIT_NOTE))
        return page;
    if (limit < whole->limit)
        return (struct page_fill){ .text = NULL };         /* the full page has been divided already */
    struct page_fill divided = fill_divided(run, content, whole, from);
    return !fit || page_cost(&divided) < page_cost(&page) ? divided : page;
}

struct page_fill page_fill_notes(struct layout_run *run, struct layout_box *content, const struct layout_place *whole,
                                 struct page_start from)
{
    struct page_fill page = { .place = *whole, .foot = whole->limit, .used = whole->y };
    page.text = layout_fragment_new(run, content, whole);
    page.text->rest = from.token;
    page.text->continued = true;
    put_notes(run, &page, whole, from, whole->limit - whole->y);
    return page;
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
    double cost = text->cost + LAYOUT_COST_PAGE + (page->notes ? page->notes->cost : 0);
    cost += LAYOUT_COST_LATE_NOTE * page->late;
    double share = fmax(page->place.limit - page->used, 0) / (page->place.limit - page->place.y);
    if (!text->rest || text->rest->forced)
        share = text->continued ? fmax(share - 0.5, 0) : 0;
    else if (page_stretch(text) > 0)
        share /= 2;
    return cost + LAYOUT_COST_BLANK * share * share;
}
