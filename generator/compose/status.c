/* The half-year report: why a goal has its state, how many have which, and the years behind the figures. */
#include <string.h>

#include "base/utf8.h"
#include "compose/run.h"

static const char *said(struct run *run, const struct plan_figure *figure, const char *lang)
{
    return figure ? run_quantity(run, figure, TEXT_VALUE, lang) : design_word(run->design, lang, "missing");
}

char *run_reason(struct run *run, const struct plan_measure *measure, const char *lang)
{
    struct plan_evidence e = plan_measure_evidence(run->plan, measure);
    const char *key = arena_printf(run->building, "reason.%s", plan_reason_name(plan_measure_reason(run->plan, measure)));
    const char *pairs[] = { "actual", said(run, e.actual, lang), "period", e.actual ? e.actual->period : "",
                            "target", said(run, e.target, lang), "baseline", said(run, e.baseline, lang),
                            "forecast", said(run, e.forecast, lang), "other", said(run, e.other, lang), NULL };
    /* A sentence, though a place begins with a small letter: "Nr. 44 i 2021 …". */
    const char *text = run_word(run, lang, key, pairs);
    uint32_t first;
    char upper[4];
    size_t n = utf8_decode(text, strlen(text), &first), m = *text ? utf8_encode(utf8_upper(first), upper) : 0;
    return arena_printf(run->building, "%.*s%s", (int)m, upper, text + (m ? n : 0));
}

/* The goals of the groups among these blocks; without a group: all of the plan. */
char *run_states(struct run *run, const struct plan_block *blocks, const char *lang)
{
    size_t n[PLAN_NO_TARGET + 1] = { 0 };
    struct buf b = BUF_EMPTY;
    bool grouped = false;
    for (const struct plan_block *block = blocks; block; block = block->next) {
        if (block->kind != PLAN_PART || block->part->kind != PLAN_GOAL_GROUP)
            continue;
        grouped = true;
        for (const struct plan_goal *goal = block->part->goals; goal; goal = goal->next)
            n[plan_goal_state(run->plan, goal)]++;
    }
    for (size_t i = 0; !grouped && i < run->plan->goal_count; i++)
        n[plan_goal_state(run->plan, run->plan->goals[i])]++;
    for (int state = 0; state <= PLAN_NO_TARGET; state++) {
        const char *key = arena_printf(run->building, "state.%s", plan_state_name((enum plan_state)state));
        if (n[state])
            buf_printf(&b, "%s%zu\u00a0%s", b.length ? ", " : "", n[state], design_word(run->design, lang, key));
    }
    char *text = arena_strdup(run->building, buf_text(&b));
    buf_free(&b);
    return text;
}

static void add_trend(struct run *run, const struct chart_indicator *in, struct layout_box *grid, struct display_node *node)
{
    struct chart_chart *chart = arena_new_of(run->building, struct chart_chart);
    *chart = (struct chart_chart){ .context = &run->charts, .id = arena_printf(run->building, "trend-%s", in->id),
                                   .indicators = in, .count = 1, .at = in->at };
    struct layout_box *cell = run_box(run, grid, LAYOUT_STACK, in->at, "trend");
    const struct design_style *style = run_style(run, "h4", in->at);
    const char *title = arena_printf(run->building, "%s%s%s", in->number ? in->number : "", in->number ? "\u2002" : "", in->label);
    run_paragraph(run, cell, run_words(run, title, style, NULL, run->plan->lang, in->at), style,
                  display_add_node(run->document, node, DISPLAY_P, in->at), in->at, "trend")->no_indent = true;
    cell->keep_together = true;
    struct layout_box *box = run_box(run, cell, LAYOUT_DRAWING, in->at, "trend");
    box->node = display_add_node(run->document, node, DISPLAY_FIGURE, in->at);
    box->node->alt = arena_strdup(run->arena, chart_alt("trend", chart));
    box->node->data = chart_data(chart);
    box->drawing = chart_new("trend", chart);
}

void run_trends(struct run *run, const struct chart_indicator *indicators, size_t n, struct display_node *node,
                struct layout_box *parent)
{
    struct layout_box *grid = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!run_has_line(&indicators[i]))
            continue;
        if (!grid) {
            run_box(run, parent, LAYOUT_SPACE, indicators[i].at, "trends")->height = run->design->page.baseline_step;
            grid = run_box(run, parent, LAYOUT_GRID, indicators[i].at, "trends");
            grid->columns = 2;
        }
        add_trend(run, &indicators[i], grid, node);
    }
}
