/* Chapter by chapter: boxes are built when the pages have come to them, and let go when they have left them, so that a plan
   of a thousand pages needs no more for them than one of ten. */
#include <limits.h>

#include "compose/arrange.h"

/* What was built for a chapter: boxes, drawings, words. */
struct run_store {
    unsigned chapter;
    struct arena *arena;
    struct run_store *next;
};

/* What is made from now on, lines and labels too, is this chapter's. */
static void use_store(struct run *run, const struct run_store *store)
{
    run->building = run->charts.arena = store->arena;
    text_engine_group(run->engine, store->chapter);
}

static void begin_store(struct run *run)
{
    struct run_store *store = mem_alloc(sizeof *store);
    *store = (struct run_store){ run->building_chapter, arena_new(), NULL };
    *(run->last_store ? &run->last_store->next : &run->first_store) = store;
    run->last_store = store;
    use_store(run, store);
}

void run_begin(struct run *run)
{
    run->building_chapter = 0;
    begin_store(run);
    run->next_part = run->plan->parts;
}

/* Where headings of chapters that go came to stand stays known. */
static void settle_headings(struct run *run, unsigned chapter)
{
    while (run->first_open && run->first_open->chapter < chapter) {
        struct run_heading *heading = run->first_open;
        heading->page = heading->box->page;
        heading->top = heading->box->frame.y;
        heading->box = NULL;
        run->first_open = heading->next;
    }
}

/* Let go of all that was built for chapters before that one. */
static void forget_before(struct run *run, unsigned chapter)
{
    settle_headings(run, chapter);
    while (run->first_store && run->first_store->chapter < chapter) {
        struct run_store *store = run->first_store;
        run->first_store = store->next;
        arena_free(store->arena);
        mem_free(store);
    }
    if (!run->first_store)
        run->last_store = NULL;
    text_engine_forget(run->engine, chapter);
}

void run_end(struct run *run)
{
    forget_before(run, UINT_MAX);
}

/* ---- where headings stand ----------------------------------------------------------------------------------------- */

void run_note_heading(struct run *run, const struct plan_part *part, const struct layout_box *box)
{
    struct run_heading *heading = run_map_lookup(&run->headings, part);
    if (heading) {
        heading->box = box;
        return;
    }
    heading = arena_new_of(run->arena, struct run_heading);
    *heading = (struct run_heading){ .part = part, .box = box, .chapter = run->building_chapter };
    run_map_set(&run->headings, part, heading);
    *(run->last_heading ? &run->last_heading->next : &run->first_heading) = heading;
    run->last_heading = heading;
    if (!run->first_open)
        run->first_open = heading;
}

int run_heading_page(const struct run_heading *heading)
{
    return heading->box ? heading->box->page : heading->page;
}

double run_heading_top(const struct run_heading *heading)
{
    return heading->box ? heading->box->frame.y : heading->top;
}

/* ---- what no arrangement showed ------------------------------------------------------------------------------------- */

/* A field of the plan that no arrangement showed. */
static void plain_field(struct run *run, const char *name, const char *style, struct layout_box *parent)
{
    struct run_context context = { .lang = run->plan->lang };
    const char *pair[] = { "name", name, "style", style, NULL };
    struct design_element e = { .name = "field", .attributes = pair, .at = { run->design->file, 1, 1 } };
    if (!run_is_taken(run, run_field_thing(run->plan, name)))
        run_selector("field")(run, &e, &context, parent, (struct run_look){ 0 });
}

static void plain_rest(struct run *run, struct layout_box *parent)
{
    plain_field(run, "subtitle", "body", parent);
    plain_field(run, "organisation", "body", parent);
    plain_field(run, "unit", "body", parent);
}

/* The title as the template has it, or plainly. */
static void build_cover(struct run *run, const struct design_element *cover, struct layout_box *content)
{
    struct plan_part *nothing = arena_new_of(run->building, struct plan_part);
    *nothing = (struct plan_part){ .at = { run->plan->file, 1, 1 } };
    struct run_context context = run_part_context(run, NULL, nothing);
    if (cover)
        run_children(run, cover, &context, content, run_look_of(cover, (struct run_look){ 0 }));
    plain_field(run, "title", "h1", content);
}

/* A page before the first that holds what no arrangement showed. */
static void title_page(struct run *run, const struct design_element *cover)
{
    struct layout_sequence *first = run->first, *last = run->last;
    const char *none[] = { NULL };
    struct design_element e = { .name = "arrangement", .attributes = none, .at = { run->design->file, 1, 1 } };
    run->first = run->last = NULL;
    struct layout_box *content = run_begin_sequence(run, cover ? cover : &e, (struct source){ run->plan->file, 1, 1 });
    build_cover(run, cover, content);
    plain_rest(run, content);
    run->first->next = first;
    run->last = last;
}

/* The title begins the first page; its master becomes the cover's, which may begin above the type area. */
static void title_above(struct run *run, const struct design_element *cover)
{
    struct layout_box *content = run->first->content, *own = content->first;
    content->first = content->last = NULL;
    if (cover)
        run_set_master(run, run->first, cover);
    build_cover(run, cover, content);
    while (own) {
        struct layout_box *next = own->next;
        own->next = NULL;
        layout_append(content, own);
        own = next;
    }
}

/* A title that no arrangement showed. Where the first page's master begins above the type area, for a band or art in its head,
   it has a page of its own. */
static void place_title(struct run *run)
{
    bool head_taken = run->first->top < run->design->page.top && run_master(run, "plain");
    const struct design_element *cover = run_cover(run, !head_taken);
    if (cover ? !run_flows(cover) : head_taken)
        title_page(run, cover);
    else
        title_above(run, cover);
}

/* ---- chapters ---------------------------------------------------------------------------------------------------------- */

/* What stands behind the last chapter. */
static void end_plan(struct run *run)
{
    if (run->contact && run->last) {
        struct run_context context = { .lang = run->plan->lang, .count = 1, .blocks = run->contact };
        run_left(run, &context, run->last->content, (struct run_look){ 0 }, NULL, NULL);
        run_footnotes(run, NULL, run->last->content);
    }
    if (!run->last)
        return;
    if (!run_is_taken(run, run_field_thing(run->plan, "title")))
        place_title(run);
    plain_rest(run, run->last->content);
}

static void build_next(struct run *run)
{
    const struct plan_part *part = run->next_part;
    size_t errors = diag_errors(run->diag);
    run->building_chapter++;
    begin_store(run);
    run_chapter(run, part, run->building_chapter - 1, run->chapter_count);
    run->next_part = part->next;
    if (!run->next_part)
        end_plan(run);
    run->failed |= diag_errors(run->diag) > errors;
}

/* The last sequence may still grow: a chapter may flow on behind the one before. Without a title on its first chapter the
   plan's title is set before all others, which is known when all are built. And after an error there will be no pages: then
   the rest is built for its own. */
static void build_until_next(struct run *run, const struct layout_sequence *after)
{
    while (run->next_part) {
        const struct layout_sequence *next = after ? after->next : run->first;
        bool titled = run_is_taken(run, run_field_thing(run->plan, "title"));
        if (next && next != run->last && titled && !run->failed)
            return;
        build_next(run);
    }
}

void run_plan(struct run *run)
{
    run->failed = diag_errors(run->diag) > 0;
    for (const struct plan_part *part = run->plan->parts; part; part = part->next)
        run->chapter_count++;
    build_until_next(run, NULL);
}

bool run_turn(void *data, struct layout_sequence *done)
{
    struct run *run = data;
    build_until_next(run, done);
    run->sequence = done->next;
    if (run->failed || !run->sequence)
        return !run->failed;
    unsigned chapter = ((const struct run_sequence *)run->sequence)->chapter;
    forget_before(run, chapter);
    const struct run_store *store = run->first_store;
    while (store->chapter != chapter)
        store = store->next;
    use_store(run, store);
    return true;
}
