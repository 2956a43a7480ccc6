/* What became of measures and goals, one case for each corner of the rules. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "plan/figures_internal.h"
#include "plan/state.h"
#include "unit.h"

static struct arena *arena;
static struct diag *diag;

static void setup(void)
{
    arena = arena_new();
    diag = diag_new();
}

static void teardown(void)
{
    diag_free(diag);
    arena_free(arena);
}

static struct plan make_plan(const char *rows)
{
    struct buf table = BUF_EMPTY;
    struct plan_figures *figures = plan_figures_new("t.csv", arena);
    buf_printf(&table, "id;period;kind;value;unit\n%s", rows);
    figures_csv_read(figures, &table, diag);
    ck_assert_uint_eq(diag_errors(diag), 0);
    buf_free(&table);
    return (struct plan){ .file = "p.xml", .period = "2021", .figures = figures };
}

static void put_row(struct buf *rows, const char *id, const char *period, const char *kind, const char *value)
{
    if (value)
        buf_printf(rows, "%s;%s;%s;%s;percent\n", id, period, kind, value);
}

/* ---- one measure: baseline 2020, the others 2021 --------------------------------------------------------- */
static const struct {
    const char *what;
    enum plan_aim aim;
    enum plan_better better;
    const char *baseline, *target, *forecast, *actual, *other;
    enum plan_state state;
} cases[] = {
#define HIGHER PLAN_BETTER_HIGHER
#define LOWER PLAN_BETTER_LOWER
    { "raise reached", PLAN_RAISE, HIGHER, "29,7", "31", NULL, "31", NULL, PLAN_REACHED },
    { "raise passed", PLAN_RAISE, HIGHER, "29,7", "31", NULL, "33", NULL, PLAN_REACHED },
    { "raise on the way", PLAN_RAISE, HIGHER, "29,7", "31", NULL, "30,9", NULL, PLAN_ON_THE_WAY },
    { "raise unchanged", PLAN_RAISE, HIGHER, "29,7", "31", NULL, "29,7", NULL, PLAN_NOT_REACHED },
    { "raise worse", PLAN_RAISE, HIGHER, "29,7", "31", NULL, "29", NULL, PLAN_NOT_REACHED },
    { "raise worse, but better than the forecast", PLAN_RAISE, HIGHER, "29,7", "31", "28", "29", NULL, PLAN_NOT_REACHED },
    { "raise without target", PLAN_RAISE, HIGHER, "29,7", NULL, NULL, "31", NULL, PLAN_NO_TARGET },
    { "raise not measured", PLAN_RAISE, HIGHER, "29,7", "31", NULL, NULL, NULL, PLAN_NOT_MEASURED },
    { "raise without baseline", PLAN_RAISE, HIGHER, NULL, "31", NULL, "30", NULL, PLAN_NOT_REACHED },
    { "raise without baseline, reached", PLAN_RAISE, HIGHER, NULL, "31", NULL, "31", NULL, PLAN_REACHED },
    { "raise to below the baseline", PLAN_RAISE, HIGHER, "31", "30", "28", "29", NULL, PLAN_ON_THE_WAY },
    { "lower reached", PLAN_LOWER, LOWER, "2,2", "2,0", NULL, "2", NULL, PLAN_REACHED },
    { "lower on the way", PLAN_LOWER, LOWER, "2,2", "2,0", NULL, "2,1", NULL, PLAN_ON_THE_WAY },
    { "lower worse", PLAN_LOWER, LOWER, "2,2", "2,0", NULL, "2,3", NULL, PLAN_NOT_REACHED },
    /* The target lies above the baseline: goals 2, 3, 5, 6 and 8 of the plan for 2021. */
    { "goal 2 reached", PLAN_LOWER, LOWER, "8,4", "8,7", "9,1", "8,7", NULL, PLAN_REACHED },
    { "goal 2 reached, below the baseline", PLAN_LOWER, LOWER, "8,4", "8,7", NULL, "8,3", NULL, PLAN_REACHED },
    { "goal 2 on the way: better than the forecast", PLAN_LOWER, LOWER, "8,4", "8,7", "9,1", "9,0", NULL, PLAN_ON_THE_WAY },
    { "goal 2 as the forecast", PLAN_LOWER, LOWER, "8,4", "8,7", "9,1", "9,1", NULL, PLAN_NOT_REACHED },
    { "goal 2 worse, no forecast", PLAN_LOWER, LOWER, "8,4", "8,7", NULL, "8,8", NULL, PLAN_NOT_REACHED },
    { "goal 3 reached", PLAN_AT_MOST, LOWER, "10,7", "11,6", NULL, "11,6", NULL, PLAN_REACHED },
    { "goal 3 on the way", PLAN_AT_MOST, LOWER, "10,7", "11,6", "12,4", "12", NULL, PLAN_ON_THE_WAY },
    { "goal 3 not reached", PLAN_AT_MOST, LOWER, "10,7", "11,6", "11,8", "12", NULL, PLAN_NOT_REACHED },
    { "goal 5 reached", PLAN_LOWER, LOWER, "2,4", "3,2", NULL, "3,1", NULL, PLAN_REACHED },
    { "goal 6 reached", PLAN_LOWER, LOWER, "1432", "1460", NULL, "1460", NULL, PLAN_REACHED },
    { "goal 6 not reached", PLAN_LOWER, LOWER, "1432", "1460", NULL, "1461", NULL, PLAN_NOT_REACHED },
    { "goal 8 on the way", PLAN_LOWER, LOWER, "381", "490", "600", "500", NULL, PLAN_ON_THE_WAY },
    { "at most, below the baseline", PLAN_AT_MOST, LOWER, "12", "10", NULL, "11", NULL, PLAN_ON_THE_WAY },
    { "at least reached", PLAN_AT_LEAST, HIGHER, "90", "85", NULL, "85", NULL, PLAN_REACHED },
    { "at least missed", PLAN_AT_LEAST, HIGHER, "90", "85", NULL, "84,9", NULL, PLAN_NOT_REACHED },
    { "reach met", PLAN_REACH, PLAN_BETTER_UNKNOWN, "40", "50", NULL, "50,0", NULL, PLAN_REACHED },
    { "reach nearer from below", PLAN_REACH, PLAN_BETTER_UNKNOWN, "40", "50", NULL, "45", NULL, PLAN_ON_THE_WAY },
    { "reach nearer from beyond", PLAN_REACH, PLAN_BETTER_UNKNOWN, "40", "50", NULL, "55", NULL, PLAN_ON_THE_WAY },
    { "reach as far off on the other side", PLAN_REACH, PLAN_BETTER_UNKNOWN, "40", "50", NULL, "60", NULL, PLAN_NOT_REACHED },
    { "reach without baseline", PLAN_REACH, PLAN_BETTER_UNKNOWN, NULL, "50", NULL, "49", NULL, PLAN_NOT_REACHED },
    { "keep the same", PLAN_KEEP, LOWER, "20,7", NULL, NULL, "20,7", NULL, PLAN_REACHED },
    { "keep better", PLAN_KEEP, LOWER, "20,7", NULL, NULL, "20", NULL, PLAN_REACHED },
    { "keep worse", PLAN_KEEP, LOWER, "20,7", NULL, NULL, "20,8", NULL, PLAN_NOT_REACHED },
    { "keep upwards", PLAN_KEEP, HIGHER, "20,7", NULL, NULL, "20,8", NULL, PLAN_REACHED },
    { "keep without baseline", PLAN_KEEP, LOWER, NULL, NULL, NULL, "20,7", NULL, PLAN_NO_TARGET },
    { "keep not measured", PLAN_KEEP, LOWER, "20,7", NULL, NULL, NULL, NULL, PLAN_NOT_MEASURED },
    { "beat the other", PLAN_BEAT, LOWER, "48", NULL, NULL, "45", "46", PLAN_REACHED },
    { "beat: level is not better", PLAN_BEAT, LOWER, "48", NULL, NULL, "46", "46", PLAN_ON_THE_WAY },
    { "beat: behind, but better than before", PLAN_BEAT, LOWER, "48", NULL, NULL, "47", "46", PLAN_ON_THE_WAY },
    { "beat: behind and worse", PLAN_BEAT, LOWER, "48", NULL, NULL, "50", "46", PLAN_NOT_REACHED },
    { "beat: the other is not measured", PLAN_BEAT, LOWER, "48", NULL, NULL, "45", NULL, PLAN_NOT_MEASURED },
    { "no aim", PLAN_NO_AIM, PLAN_BETTER_UNKNOWN, "48", "40", NULL, "40", NULL, PLAN_NO_TARGET },
    { "a missing target is none", PLAN_RAISE, HIGHER, "29,7", "..", NULL, "31", NULL, PLAN_NO_TARGET },
    { "a missing actual is none", PLAN_RAISE, HIGHER, "29,7", "31", NULL, "..", NULL, PLAN_NOT_MEASURED },
};

/* The states that a reason can be given for, by its place in the enumeration. */
static enum plan_state state_of(enum plan_reason reason)
{
    return reason <= PLAN_BEATS ? PLAN_REACHED : reason <= PLAN_BEHIND_BUT_BETTER ? PLAN_ON_THE_WAY
           : reason <= PLAN_BEHIND ? PLAN_NOT_REACHED : reason <= PLAN_OTHER_NOT_MEASURED ? PLAN_NOT_MEASURED : PLAN_NO_TARGET;
}

START_TEST(test_measure)
{
    struct buf rows = BUF_EMPTY;
    put_row(&rows, "m", "2020", "baseline", cases[_i].baseline);
    put_row(&rows, "m", "2021", "target", cases[_i].target);
    put_row(&rows, "m", "2021", "forecast", cases[_i].forecast);
    put_row(&rows, "m", "2021", "actual", cases[_i].actual);
    put_row(&rows, "other", "2020", "baseline", "58");
    put_row(&rows, "other", "2021", "actual", cases[_i].other);
    struct plan plan = make_plan(buf_text(&rows));
    struct plan_measure m = { .id = "m", .aim = cases[_i].aim, .better = cases[_i].better, .than = "other" };
    enum plan_state state = plan_measure_state(&plan, &m);
    ck_assert_msg(state == cases[_i].state, "%s: %s", cases[_i].what, plan_state_name(state));
    ck_assert_msg(state_of(plan_measure_reason(&plan, &m)) == state, "%s: %s", cases[_i].what,
                  plan_reason_name(plan_measure_reason(&plan, &m)));
    buf_free(&rows);
}
END_TEST

/* ---- every aim, side, forecast and result, against the rules written down anew ----------------------------- */
/* In tenths; 0: none. The target lies before or behind the baseline as the aim sees it, the forecast at three places. */
static const int BASE = 100, TARGETS[] = { 0, 90, 100, 110 }, FORECASTS[] = { 0, 85, 105, 120 };

static enum plan_state judge(enum plan_aim aim, int sign, int target, int forecast, int actual)
{
    int gain = sign * (actual - BASE), beyond = target && sign * (target - BASE) < 0;
    int bettered = beyond && forecast && sign * (actual - forecast) > 0;
    if (aim == PLAN_KEEP)
        return gain >= 0 ? PLAN_REACHED : bettered ? PLAN_ON_THE_WAY : PLAN_NOT_REACHED;
    if (!target)
        return PLAN_NO_TARGET;
    if (aim == PLAN_REACH)
        return actual == target ? PLAN_REACHED : abs(actual - target) < abs(BASE - target) ? PLAN_ON_THE_WAY : PLAN_NOT_REACHED;
    if (sign * (actual - target) >= 0)
        return PLAN_REACHED;
    if (gain > 0 || bettered)
        return PLAN_ON_THE_WAY;
    return PLAN_NOT_REACHED;
}

static void put_tenths(struct buf *rows, const char *period, const char *kind, int tenths, int decimals)
{
    if (tenths)
        buf_printf(rows, "m;%s;%s;%d,%d%s;percent\n", period, kind, tenths / 10, tenths % 10, decimals > 1 ? "0" : "");
}

START_TEST(test_grid)
{
    static const struct {
        enum plan_aim aim;
        enum plan_better better;
        int sign;
    } aims[] = { { PLAN_RAISE, HIGHER, 1 },   { PLAN_AT_LEAST, HIGHER, 1 }, { PLAN_LOWER, LOWER, -1 }, { PLAN_AT_MOST, LOWER, -1 },
                 { PLAN_KEEP, HIGHER, 1 },    { PLAN_KEEP, LOWER, -1 },     { PLAN_REACH, PLAN_BETTER_UNKNOWN, 0 } };
    int target = TARGETS[_i / 4 % 4], forecast = FORECASTS[_i % 4];
    struct plan_measure m = { .id = "m", .aim = aims[_i / 16].aim, .better = aims[_i / 16].better };
    /* 30,0 and 30 are one number: as many decimals as are written are shown, and only what is shown is judged. */
    for (int actual = 84; actual <= 121; actual++)
        for (int decimals = 1; decimals <= 2; decimals++) {
            struct buf rows = BUF_EMPTY;
            put_tenths(&rows, "2020", "baseline", BASE, 1);
            put_tenths(&rows, "2021", "target", target, 1);
            put_tenths(&rows, "2021", "forecast", forecast, decimals);
            put_tenths(&rows, "2021", "actual", actual, decimals);
            struct plan plan = make_plan(buf_text(&rows));
            enum plan_state state = plan_measure_state(&plan, &m), wanted = judge(m.aim, aims[_i / 16].sign, target, forecast, actual);
            ck_assert_msg(state == wanted, "aim %d, target %d, forecast %d, actual %d: %s, wanted %s", m.aim, target, forecast,
                          actual, plan_state_name(state), plan_state_name(wanted));
            enum plan_reason reason = plan_measure_reason(&plan, &m);
            ck_assert_msg(state_of(reason) == state, "%s for %s", plan_reason_name(reason), plan_state_name(state));
            buf_free(&rows);
        }
}
END_TEST

/* ---- which numbers are judged ---------------------------------------------------------------------------- */
static struct plan_evidence evidence(const char *rows)
{
    struct plan plan = make_plan(rows);
    struct plan_measure m = { .id = "m", .aim = PLAN_LOWER, .better = PLAN_BETTER_LOWER, .than = "other" };
    return plan_measure_evidence(&plan, &m);
}

#define PERIOD(figure) ((figure) ? (figure)->period : "none")

START_TEST(test_periods)
{
    /* The newest actual after the baseline, the target of its year. */
    struct plan_evidence e = evidence("m;2019;baseline;9;count\nm;2020;baseline;8;count\nm;2020;actual;7;count\n"
                                      "m;2021;actual;6;count\nm;2022;actual;5;count\nm;2021;target;7;count\n"
                                      "m;2022;target;6;count\nm;2025;target;4;count\n");
    ck_assert_str_eq(PERIOD(e.baseline), "2020");
    ck_assert_str_eq(PERIOD(e.actual), "2022");
    ck_assert_str_eq(PERIOD(e.target), "2022");
    ck_assert(!e.target_beyond);
    /* Without one for the year, the nearest later target; a month of the target's year counts towards it. */
    e = evidence("m;2020;baseline;8;count\nm;2021M06;actual;6;count\nm;2021;target;7;count\nm;2025;target;4;count\n");
    ck_assert_str_eq(PERIOD(e.actual), "2021M06");
    ck_assert_str_eq(PERIOD(e.target), "2021");
    /* Years after the last target do not unseat the one that a target is for. */
    e = evidence("m;2020;baseline;8;count\nm;2021;actual;6;count\nm;2022;actual;9;count\nm;2021;target;7;count\n");
    ck_assert_str_eq(PERIOD(e.actual), "2021");
    /* An actual of the baseline's own period or before is no result. */
    e = evidence("m;2020;baseline;8;count\nm;2020;actual;6;count\nm;2020M12;actual;6;count\nm;2021;target;9;count\n");
    ck_assert_ptr_null(e.actual);
    ck_assert_str_eq(PERIOD(e.target), "2021");
    ck_assert(e.target_beyond);
    /* While nothing is measured: the target of the plan's year, not the last one; the other's baseline. */
    e = evidence(
        "m;2020;baseline;8;count\nm;2021;target;7;count\nm;2025;target;4;count\nother;2020;baseline;3;count\n");
    ck_assert_str_eq(PERIOD(e.target), "2021");
    ck_assert_str_eq(PERIOD(e.other), "2020");
}
END_TEST

/* ---- goals ----------------------------------------------------------------------------------------------- */
/* Measures by letter: r reached, w on the way, n not reached, m not measured, - without a number. */
static const struct {
    const char *measures;
    enum plan_state state;
} goals[] = {
    { "r", PLAN_REACHED },        { "rr", PLAN_REACHED },     { "rw", PLAN_ON_THE_WAY },  { "rn", PLAN_ON_THE_WAY },
    { "wn", PLAN_ON_THE_WAY },    { "n", PLAN_NOT_REACHED },  { "nm", PLAN_NOT_REACHED }, { "m", PLAN_NOT_MEASURED },
    { "rm", PLAN_ON_THE_WAY },    { "-", PLAN_NO_TARGET },    { "r-", PLAN_REACHED },     { "m-", PLAN_NOT_MEASURED },
    { "n--", PLAN_NOT_REACHED },  { "--", PLAN_NO_TARGET },   { "", PLAN_NO_TARGET },
};

START_TEST(test_goal)
{
    struct plan plan = make_plan("r;2020;baseline;8;count\nr;2021;target;7;count\nr;2021;actual;7;count\n"
                                 "w;2020;baseline;8;count\nw;2021;target;6;count\nw;2021;actual;7;count\n"
                                 "n;2020;baseline;8;count\nn;2021;target;7;count\nn;2021;actual;9;count\n"
                                 "m;2020;baseline;8;count\nm;2021;target;7;count\n");
    const char *letters = goals[_i].measures;
    size_t n = strlen(letters);
    struct plan_measure measures[4] = { { 0 } };
    char ids[4][2] = { { 0 } };
    for (size_t i = 0; i < n; i++) {
        ids[i][0] = letters[i];
        measures[i] = (struct plan_measure){ .id = ids[i], .aim = PLAN_LOWER, .better = PLAN_BETTER_LOWER,
                                             .next = i + 1 < n ? &measures[i + 1] : NULL };
    }
    struct plan_goal goal = { .id = "g", .measures = n ? measures : NULL };
    const struct plan_goal *list[] = { &goal };
    plan.goals = list;
    plan.goal_count = 1;
    enum plan_state state = plan_goal_state(&plan, &goal);
    ck_assert_msg(state == goals[_i].state, "\"%s\": %s", letters, plan_state_name(state));
    ck_assert(plan_has_status(&plan) == (strpbrk(letters, "rwn") != NULL));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan state");
    TCase *tests = tcase_create("state");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, test_measure, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(tests, test_grid, 0, 7 * 16);
    tcase_add_test(tests, test_periods);
    tcase_add_loop_test(tests, test_goal, 0, sizeof goals / sizeof *goals);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
