/* A measure as chart sees it: its numbers, the words in place of numbers, its state. */
#include <string.h>

#include "compose/run.h"

static struct chart_number number(struct run *run, const struct plan_figure *figure, const char *lang)
{
    if (!figure || figure->missing)
        return (struct chart_number){ 0 };
    return (struct chart_number){ .present = true, .value = figure->value, .period = figure->period,
                                  .text = run_quantity(run, figure, TEXT_VALUE, lang) };
}

enum text_unit run_unit(enum plan_unit unit)
{
    static const enum text_unit units[] = { [PLAN_PERCENT] = TEXT_UNIT_PERCENT, [PLAN_COUNT] = TEXT_UNIT_COUNT,
                                            [PLAN_RANK] = TEXT_UNIT_RANK, [PLAN_POINTS] = TEXT_UNIT_POINTS };
    return units[unit];
}

static enum chart_status status_of(enum plan_state state)
{
    static const enum chart_status states[] = {
        [PLAN_REACHED] = CHART_REACHED, [PLAN_ON_THE_WAY] = CHART_ON_THE_WAY, [PLAN_NOT_REACHED] = CHART_NOT_REACHED,
        [PLAN_NOT_MEASURED] = CHART_NOT_MEASURED, [PLAN_NO_TARGET] = CHART_NO_TARGET,
    };
    return states[state];
}

void run_series(struct run *run, const char *id, const char *lang, struct chart_indicator *out)
{
    size_t n = plan_figure_count(run->plan->figures), count = 0;
    struct chart_number *series = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < n; i++) {
        const struct plan_figure *figure = plan_figure_at(run->plan->figures, i);
        if (strcmp(figure->id, id) || figure->kind == PLAN_TARGET || figure->kind == PLAN_FORECAST)
            continue;
        size_t at = count;
        while (at && plan_period_compare(series[at - 1].period, figure->period) > 0)
            at--;
        if (at && !strcmp(series[at - 1].period, figure->period)) {
            if (figure->kind == PLAN_ACTUAL)
                series[at - 1] = number(run, figure, lang);
            continue;
        }
        VEC_GROW(series, capacity, count + 1);
        memmove(series + at + 1, series + at, (count - at) * sizeof *series);
        series[at] = number(run, figure, lang);
        if (!series[at].period)
            series[at].period = figure->period;
        count++;
    }
    out->series = arena_copy(run->building, series, count * sizeof *series);
    out->series_count = count;
    mem_free(series);
}

bool run_has_line(const struct chart_indicator *in)
{
    enum { LEAST_PERIODS = 3 };
    size_t present = 0;
    for (size_t i = 0; i < in->series_count; i++)
        present += in->series[i].present;
    return present >= LEAST_PERIODS;
}

static const char *words_of(struct run *run, const struct plan_words *words, const char *lang)
{
    return words ? run_plain(run, words->text, lang) : NULL;
}

static const char *label_of(struct run *run, const struct plan_goal *goal, const struct plan_measure *measure,
                            const char *lang)
{
    const struct plan_inline *title = measure->title ? measure->title : goal->title;
    return title ? run_plain(run, title, lang) : goal->id;
}

struct chart_indicator run_indicator(struct run *run, const struct plan_goal *goal, const struct plan_measure *measure,
                                     const char *lang)
{
    struct plan_evidence evidence = plan_measure_evidence(run->plan, measure);
    enum plan_state state = plan_measure_state(run->plan, measure);
    struct chart_indicator out = {
        .id = measure->id, .label = label_of(run, goal, measure, lang), .number = goal->number,
        .baseline = number(run, evidence.baseline, lang), .target = number(run, evidence.target, lang),
        .forecast = number(run, evidence.forecast, lang), .actual = number(run, evidence.actual, lang),
        .baseline_words = words_of(run, measure->baseline_words, lang),
        .target_words = words_of(run, measure->target_words, lang),
        .better = plan_measure_direction(measure), .unit = run_unit(measure->unit),
        .has_status = run->status, .status = status_of(state),
        .status_text = design_word(run->design, lang, arena_printf(run->building, "state.%s", plan_state_name(state))),
        .hue = goal->group->area ? plan_area_index(run->plan, goal->group->area) : 0, .at = measure->at,
    };
    run_series(run, measure->id, lang, &out);
    return out;
}

/* ---- what the row does not show ----------------------------------------------------------------------------------- */
static void put_other(struct run *run, struct buf *out, const char *key, const char *lang, const char *value, const char *period)
{
    if (!out->length)
        buf_printf(out, "%s: ", design_word(run->design, lang, key));
    else
        buf_puts(out, ", ");
    buf_puts(out, value);
    if (*period)
        buf_printf(out, " (%s)", period);
}

static void put_other_words(struct run *run, struct buf *out, const char *key, const char *lang, const struct plan_words *words)
{
    for (; words; words = words->next)
        put_other(run, out, key, lang, run_plain(run, words->text, lang), words->period);
}

const char *run_others(struct run *run, const struct plan_measure *measure, const char *lang)
{
    struct plan_evidence shown = plan_measure_evidence(run->plan, measure);
    bool number = shown.target && !shown.target->missing;
    const struct plan_words *words = measure->target_words;
    struct buf targets = BUF_EMPTY, baselines = BUF_EMPTY;
    size_t n;
    const struct plan_figure *const *figures = plan_figures_of(run->plan->figures, measure->id, &n);
    for (size_t i = 0; i < n; i++)
        if (figures[i]->kind == PLAN_TARGET && !figures[i]->missing && figures[i] != shown.target)
            put_other(run, &targets, "goals.others", lang, run_quantity(run, figures[i], TEXT_VALUE, lang), figures[i]->period);
    put_other_words(run, &targets, "goals.others", lang, number || !words ? words : words->next);
    words = measure->baseline_words;
    number = shown.baseline && !shown.baseline->missing;
    put_other_words(run, &baselines, "baseline", lang, number || !words ? words : words->next);
    const char *text = !targets.length && !baselines.length ? NULL
                       : arena_printf(run->building, "%s%s%s", buf_text(&targets), targets.length && baselines.length ? ". " : "",
                                      buf_text(&baselines));
    buf_free(&targets);
    buf_free(&baselines);
    return text;
}
