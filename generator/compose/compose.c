/* The run: fonts, structure, boxes, pages; and what is left to do when all pages stand. */
#include "compose/run.h"

static void describe(struct display_document *document, const struct plan *plan)
{
    document->title = arena_strdup(document->arena, plan->title);
    document->author = arena_strdup(document->arena, plan->organisation);
    document->subject = arena_strdup(document->arena, plan->subtitle);
}

/* Before the pages are painted: boxes and shaped text are a third of what a long plan needs. */
static void end(struct run *run)
{
    run_end(run);
    run_map_free(&run->nodes);
    run_map_free(&run->headings);
    run_map_free(&run->taken);
    run_map_free(&run->notes);
    run_map_free(&run->note_marks);
}

/* Pages from the boxes that were built, and those that are built on the way. */
static bool set_pages(struct run *run)
{
    struct layout_job job = { .document = run->document, .engine = run->engine, .arena = run->arena,
                              .sequences = run->first, .turn = run->front ? NULL : run_turn, .first_page = 1,
                              .furniture = run_furniture, .data = run, .proof = run->options->proof,
                              .partial = run->front || run->options->as };
    run->sequence = run->first;
    if (diag_errors(run->diag) || !run->first || !layout_run(&job, run->diag))
        return false;
    run_references(run);
    run_late_numbers(run);
    display_finish(run->document);
    run_tell_named(run);
    return display_check(run->document, run->diag) && diag_errors(run->diag) == 0;
}

static struct run begin(const struct plan *plan, const struct design *design, const struct compose_options *options,
                        struct text_engine *engine, struct diag *diag)
{
    struct run run = { .plan = plan, .design = design, .options = options, .engine = engine, .diag = diag,
                       .status = options->status || plan_has_status(plan) };
    run.document = display_new(design, plan->lang);
    run.arena = run.document->arena;
    run_begin(&run);
    describe(run.document, plan);
    return run;
}

/* Drawings keep it as long as the run; the arena is that of the chapter in hand. */
static struct chart_context drawings_of(const struct run *run)
{
    return (struct chart_context){ .document = run->document, .engine = run->engine, .arena = run->building,
                                   .design = run->design, .lang = run->plan->lang,
                                   .area_count = (int)run->plan->area_count, .diag = run->diag,
                                   .sizes = chart_sizes_new(run->arena) };
}

bool compose_plan(const struct plan *plan, const struct design *design, const struct compose_options *options,
                  struct compose_result *result, struct diag *diag)
{
    *result = (struct compose_result){ .fonts = font_set_new(diag) };
    if (!result->fonts)
        return false;
    result->engine = text_engine_new(result->fonts, design, diag);
    struct run run = begin(plan, design, options, result->engine, diag);
    run.charts = drawings_of(&run);
    result->document = run.document;
    chart_check_components(design, diag);
    run_structure(&run);
    run_plan(&run);
    bool good = set_pages(&run);
    end(&run);
    if (!good)
        compose_free(result);
    return good;
}

bool compose_drawing(const struct plan *plan, const struct design *design, const struct plan_block *block, double width,
                     struct compose_result *result, struct diag *diag)
{
    static const struct compose_options usual = { 0 };
    *result = (struct compose_result){ .fonts = font_set_new(diag) };
    if (!result->fonts)
        return false;
    result->engine = text_engine_new(result->fonts, design, diag);
    struct run run = begin(plan, design, &usual, result->engine, diag);
    run.charts = drawings_of(&run);
    result->document = run.document;
    bool good = run_alone(&run, block, width) && diag_errors(diag) == 0;
    if (good) {
        display_finish(run.document);
        good = display_check(run.document, diag);
    }
    end(&run);
    if (!good)
        compose_free(result);
    return good;
}

struct display_document *compose_front(const struct plan *plan, const struct design *design,
                                       const struct compose_options *options, const struct compose_front *front,
                                       const struct compose_result *pages, struct diag *diag)
{
    struct run run = begin(plan, design, options, pages->engine, diag);
    run.charts = drawings_of(&run);
    bool good = run_front(&run, front);
    good = good && set_pages(&run);
    end(&run);
    if (good)
        return run.document;
    display_free(run.document);
    return NULL;
}

void compose_free(struct compose_result *result)
{
    display_free(result->document);
    text_engine_free(result->engine);
    font_set_free(result->fonts);
    *result = (struct compose_result){ 0 };
}
