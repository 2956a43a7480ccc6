/* The run: fonts, structure, boxes, pages; and what is left to do when all pages stand. */
#include <string.h>
#include <time.h>

#include "compose/run.h"

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void describe(struct display_document *document, const struct plan *plan)
{
    document->title = arena_strdup(document->arena, plan->title);
    document->author = arena_strdup(document->arena, plan->organisation);
    document->subject = arena_strdup(document->arena, plan->subtitle);
}

static void free_maps(struct run *run)
{
    run_map_free(&run->nodes);
    run_map_free(&run->boxes);
    run_map_free(&run->taken);
    run_map_free(&run->notes);
}

static bool lay_out(struct run *run, const struct compose_options *options, struct compose_result *result)
{
    double start = milliseconds();
    run_structure(run);
    run_plan(run);
    run_references(run);
    double built = milliseconds();
    struct layout_job job = { .document = run->document, .engine = run->engine, .arena = run->arena,
                              .sequences = run->first, .first_page = 1, .furniture = run_furniture, .data = run,
                              .proof = options->proof };
    bool good = diag_errors(run->diag) == 0 && run->first && layout_run(&job, run->diag);
    if (good) {
        run_late_numbers(run);
        display_finish(run->document);
        good = display_check(run->document, run->diag);
    }
    result->shaped_ms = built - start;
    result->layout_ms = milliseconds() - built;
    return good && diag_errors(run->diag) == 0;
}

bool compose_plan(const struct plan *plan, const struct design *design, const struct compose_options *options,
                  struct compose_result *result, struct diag *diag)
{
    struct run run = { .plan = plan, .design = design, .options = options, .diag = diag,
                       .status = options->status || plan_has_status(plan) };
    bool good = false;
    *result = (struct compose_result){ 0 };
    result->fonts = font_set_new(diag);
    if (result->fonts) {
        result->engine = run.engine = text_engine_new(result->fonts, design, diag);
        result->document = run.document = display_new(design, plan->lang);
        run.arena = run.document->arena;
        run.charts = (struct chart_context){ .document = run.document, .engine = run.engine, .arena = run.arena,
                                             .design = design, .lang = plan->lang, .area_count = (int)plan->area_count,
                                             .diag = diag, .sizes = chart_sizes_new(run.arena) };
        chart_check_components(design, diag);
        describe(run.document, plan);
        good = lay_out(&run, options, result);
        free_maps(&run);
    }
    if (!good)
        compose_free(result);
    return good;
}

void compose_free(struct compose_result *result)
{
    display_free(result->document);
    text_engine_free(result->engine);
    font_set_free(result->fonts);
    *result = (struct compose_result){ 0 };
}
