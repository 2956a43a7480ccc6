/* The choice of page ends against every choice that there is: all rows at which each page might end, followed to the end of
   the document. */
#include "layout/pages.h"
#include "layout_fixture.h"

/* ---- documents by chance -------------------------------------------------------------------------------------- */

static void put_box(struct layout_box *page)
{
    struct layout_box *box = fixture_box(page, LAYOUT_STACK, "box");
    box->background = design_lookup_colour(fx.design, "field");
    box->padding = (struct layout_edge){ 13, 10, 13, 10 };
    box->margin.top = box->margin.bottom = 13;
    box->grid = true;
    box->keep_together = fixture_random(3) > 0;
    fixture_paragraph(box, "h4", "Kasse");
    fixture_paragraph(box, "box-text", fixture_text(40 + fixture_random(160)));
}

static void put_columns(struct layout_box *page)
{
    struct layout_box *columns = fixture_box(page, LAYOUT_COLUMNS, "columns");
    columns->columns = 2;
    for (unsigned i = 0, n = 1 + fixture_random(5); i < n; i++)
        fixture_paragraph(columns, "body", fixture_text(20 + fixture_random(80)));
}

static void put_document(void)
{
    struct layout_box *page = fixture_sequence();
    for (int i = 0; i < 14; i++)
        switch (fixture_random(5)) {
        case 0:
            fixture_shape(page, 200, 60 + fixture_random(260), false);
            break;
        case 1:
            put_box(page);
            break;
        case 2:
            put_columns(page);
            break;
        case 3:
            fixture_paragraph(page, "h2", "TÆT SAMARBEJDE");
            fixture_paragraph(page, "body", fixture_text(20 + fixture_random(90)));
            break;
        default:
            fixture_paragraph(page, "body", fixture_text(20 + fixture_random(90)));
        }
}

/* ---- every choice --------------------------------------------------------------------------------------------- */

struct place {
    const struct layout_token *token;
    double level, cost;
};

struct places {
    struct place *items;
    size_t count, capacity;
};

static void keep(struct places *places, const struct layout_token *token, double level, double cost)
{
    for (size_t i = 0; i < places->count; i++) {
        struct place *p = &places->items[i];
        if (!layout_tokens_equal(p->token, token) || fabs(p->level - level) > 1)
            continue;
        p->cost = fmin(p->cost, cost);
        return;
    }
    VEC_GROW(places->items, places->capacity, places->count + 1);
    places->items[places->count++] = (struct place){ layout_token_copy(fx.arena, token), level, cost };
}

static double cost_of_page(const struct layout_run *run, const struct page_fill *page, const struct place *from)
{
    double cost = page_cost(page);
    if (!page->place.right_hand || !(from->level > 0) || !page->text->rest)
        return cost;
    double rows = fabs(round((page->used - from->level) / run->step));
    return cost + (rows <= 3 ? LAYOUT_COST_FACING * rows : 0);
}

/* All pages that begin at a place, with every end from a full page up to half of one. The last page is what is left. */
static void every_page(struct layout_run *run, size_t index, const struct place *from, struct places *next, double *least)
{
    const struct layout_sequence *s = fx.sequences;
    struct layout_place whole = page_type_area(run, s, index, !from->token);
    run->scratch = arena_new();
    run->serial = ++run->last_serial;
    for (double limit = whole.limit; limit > (whole.y + whole.limit) / 2; limit -= run->step) {
        struct page_fill page = page_fill(run, s->content, &whole, limit, (struct page_start){ .token = from->token });
        if (!page.text || (limit < whole.limit && page.text->faults & (LAYOUT_OVERSET | LAYOUT_STRANDED)))
            continue;
        double cost = from->cost + cost_of_page(run, &page, from);
        if (page.text->rest)
            keep(next, page.text->rest, page.place.right_hand ? 0 : page.used, cost);
        else if (limit == whole.limit)
            *least = fmin(*least, cost);
    }
    arena_free(run->scratch);
}

static double least_of_every_choice(struct layout_run *run)
{
    double least = INFINITY;
    struct places here = { 0 }, next = { 0 };
    keep(&here, NULL, 0, 0);
    for (size_t index = 0; here.count; index++) {
        for (size_t i = 0; i < here.count; i++)
            if (here.items[i].cost < least)
                every_page(run, index, &here.items[i], &next, &least);
        mem_free(here.items);
        here = next;
        next = (struct places){ 0 };
    }
    mem_free(here.items);
    return least;
}

static double cost_of_choice(struct layout_run *run)
{
    struct page_search *search = page_search_new(run, fx.sequences, 0, NULL, 0);
    const struct page_break *end = NULL;
    double cost = 0;
    for (const struct page_way *way; (way = page_search_next(search, &end));)
        cost += way->cost;
    page_search_free(search);
    return cost;
}

START_TEST(no_choice_is_better)
{
    struct layout_job job = { .document = fx.doc, .engine = fx.engine, .arena = fx.arena, .first_page = 1 + _i % 2 };
    fx.seed = (uint32_t)_i * 2654435761u + 17;
    put_document();
    struct layout_run run = page_begin_run(&job);
    page_begin_sequence(&run, fx.sequences);
    double chosen = cost_of_choice(&run), least = least_of_every_choice(&run);
    page_end_sequence(fx.sequences);
    if (getenv("PLANTRYK_SEEDS"))
        printf("%d: %.2f, least %.2f\n", _i, chosen, least);
    ck_assert_msg(chosen <= least + 0.01, "document %d: %.2f, but there is %.2f", _i, chosen, least);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layout choose");
    TCase *tests = tcase_create("choose");
    const char *more = getenv("PLANTRYK_SEEDS");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, fixture_begin, fixture_end);
    tcase_add_loop_test(tests, no_choice_is_better, 0, more ? atoi(more) : 12);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
