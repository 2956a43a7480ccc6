/* From the plan of 2021 and made-up figures to the plan of 2022, and on to 2023. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "plan/state.h"
#include "year/compare.h"
#include "year/move.h"
#include "year/new_year.h"
#include "unit.h"

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/plantryk-year-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void clear_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static char *said(struct diag *diag)
{
    char *text;
    size_t n;
    FILE *f = open_memstream(&text, &n);
    diag_print(diag, f, DIAG_TEXT);
    fclose(f);
    return text;
}

static enum year_outcome make(const char *plan, const char *figures, const char *period, const char *to, struct diag *diag)
{
    struct year_request request = { plan, NULL, figures, period, to };
    return year_new(&request, diag);
}

static char *path_of(struct arena *arena, const char *year, const char *name)
{
    return arena_printf(arena, "%s/%s/%s", folder, year, name);
}

static const char *old_plan = SOURCE_DIR "/examples/viborg-2021/plan.xml";
static const char *new_figures = TESTS_DIR "/year/figures-2021.csv";

static const struct plan *make_2022(struct arena *arena, struct diag *diag)
{
    enum year_outcome outcome = make(old_plan, new_figures, "2022", path_of(arena, "2022", ""), diag);
    char *text = said(diag);
    ck_assert_msg(outcome == YEAR_DONE, "%s", text);
    free(text);
    const struct plan *plan = plan_read(path_of(arena, "2022", "plan.xml"), NULL, arena, diag);
    text = said(diag);
    ck_assert_msg(plan != NULL, "%s", text);
    ck_assert_msg(!strstr(text, "error:") && strstr(text, "W230"), "%s", text);
    free(text);
    return plan;
}

static void expect_figure(const struct plan *plan, const char *id, int kind, const char *period, const char *value)
{
    const struct plan_figure *f = plan_figures_lookup(plan->figures, id, kind, period);
    char digits[DECIMAL_TEXT];
    if (!value) {
        ck_assert_msg(f == NULL, "%s has a figure of kind %d for %s", id, kind, period);
        return;
    }
    ck_assert_msg(f != NULL, "%s has no figure of kind %d for %s", id, kind, period);
    decimal_write(f->value, digits);
    ck_assert_str_eq(digits, value);
}

START_TEST(baselines_move_and_targets_are_open)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    make_folder();
    const struct plan *plan = make_2022(arena, diag);
    ck_assert_str_eq(plan->title, "Beskæftigelsesplan 2022");
    ck_assert_str_eq(plan->period, "2022");
    expect_figure(plan, "offentlig-midlertidig", PLAN_BASELINE, "2021", "8.6");
    expect_figure(plan, "offentlig-midlertidig", PLAN_ACTUAL, "2020", "8.4");
    expect_figure(plan, "offentlig-midlertidig", PLAN_BASELINE, "2020", NULL);
    expect_figure(plan, "offentlig-midlertidig", PLAN_TARGET, "2021", NULL);
    expect_figure(plan, "integration-kvinder", PLAN_BASELINE, "2020", "20.2");     /* no actual: stays */
    expect_figure(plan, "arbejdspladser-vaekst", PLAN_TARGET, "2025", "5");        /* no measure: stays */
    expect_figure(plan, "integration-ledige", -1, NULL, "62.6");                   /* 100 - 37.4: the baseline moved */
    ck_assert_uint_eq(plan->goal_count, 14);
    for (size_t i = 0; i < plan->goal_count; i++)
        for (const struct plan_measure *m = plan->goals[i]->measures; m; m = m->next)
            if (!m->comparison_of)
                ck_assert_msg(m->target_words != NULL, "%s has no open target", m->id);
    clear_folder();
    diag_free(diag);
    arena_free(arena);
}
END_TEST

static const struct {
    const char *words;
} judgements[] = {
    { "Goal 1, Forbedre placeringen på Beskæftigelsesministeriets …: reached\n    no. 44 in 2021 is better than no. 55" },
    { "på midlertidig …: reached\n    8.6 % in 2021 is at most the target, 8.7 %" },           /* though above the baseline */
    { ": on the way\n    11.9 % in 2021 is better than the forecast, 12.1 %, but the target was 11.6 %" },
    { ": on the way\n    30.2 % in 2021 is better than the baseline, 29.7 %, but the target was 31 %" },
    { ": not reached\n    3.4 % in 2021 misses the target, 3.2 %" },                         /* no forecast */
    { "    unge-andel: reached; 11.4 % in 2021 is at most the target, 11.4 %" },
    { "    unge-antal: on the way; 1478 in 2021 is better than the forecast, 1500, but the target was 1460" },
    { ": on the way\n    2.1 % in 2021 is better than the baseline, 2.2 %, but the target was 2.0 %" },
    { ": not reached\n    510 in 2021 misses the target, 490" },
    { ": reached\n    37.4 % in 2021 is at least the target, 37 %" },
    { ": not measured\n    there is no figure after the baseline, 20.2 %; the target was 21 %" },
    { "14 goals: 3 reached, 4 on the way, 2 not reached, 1 not measured, 4 no target number" },
};

START_TEST(every_goal_is_judged_in_the_work_list)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct buf list = BUF_EMPTY;
    make_folder();
    make_2022(arena, diag);
    ck_assert(file_read(path_of(arena, "2022", "worklist.txt"), 1 << 20, &list, (struct source){ 0 }, diag));
    char *to = list.data;
    for (const char *from = list.data; *from; from++)          /* no-break spaces as spaces */
        if (!strncmp(from, "\u00a0", 2))
            *to++ = *++from ? ' ' : 0;
        else
            *to++ = *from;
    *to = 0;
    for (size_t i = 0; i < sizeof judgements / sizeof *judgements; i++) {
        const char *words = judgements[i].words;
        ck_assert_msg(strstr(list.data, words) != NULL, "not in the list: %s", words);
    }
    ck_assert_ptr_nonnull(strstr(list.data, "beskaeftigede, actual 2020: revised, 48668 before, 48670 now"));
    ck_assert_ptr_nonnull(strstr(list.data, "there is no figure after the baseline: it stays as it is. \"20.2 % (2020)\""));
    ck_assert_ptr_nonnull(strstr(list.data, "Viborg-modellen (<section> viborg-modellen)"));
    ck_assert_ptr_nonnull(strstr(list.data, "[ ] ledighedsprocent: 3.6 % (2020)"));
    buf_free(&list);
    clear_folder();
    diag_free(diag);
    arena_free(arena);
}
END_TEST

/* Only lines that the program means to change differ: everything else stays byte for byte. */
START_TEST(the_rest_of_the_xml_stays)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct buf before = BUF_EMPTY, after = BUF_EMPTY;
    make_folder();
    make_2022(arena, diag);
    ck_assert(file_read(old_plan, 1 << 20, &before, (struct source){ 0 }, diag));
    ck_assert(file_read(path_of(arena, "2022", "plan.xml"), 1 << 20, &after, (struct source){ 0 }, diag));
    ck_assert_ptr_nonnull(strstr(after.data, "<!-- Figures, headings, goals and names are those"));
    size_t changed = 0, lines = 0;
    for (char *rest = after.data, *line; (line = strsep(&rest, "\n"));) {
        lines++;
        if (strstr(before.data, line))
            continue;
        changed++;
        ck_assert_msg(strstr(line, "review=") || strstr(line, "2022") || strstr(line, "@2021@") ||
                          strstr(line, "measure>") || (strstr(line, "<measure ") && line[strlen(line) - 2] != '/'),
                      "changed: %s", line);
    }
    ck_assert_uint_gt(lines, 200);
    ck_assert_uint_lt(changed, 70);
    buf_free(&before);
    buf_free(&after);
    clear_folder();
    diag_free(diag);
    arena_free(arena);
}
END_TEST

START_TEST(a_second_year_follows)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    make_folder();
    make_2022(arena, diag);
    struct buf rows = BUF_EMPTY;
    buf_puts(&rows, "id;period;kind;value;unit\noffentlig-midlertidig;2022;actual;8,2;percent\n");
    ck_assert(file_write(path_of(arena, "2022", "new.csv"), rows.data, rows.length, diag));
    buf_free(&rows);
    enum year_outcome outcome = make(path_of(arena, "2022", "plan.xml"), path_of(arena, "2022", "new.csv"), "2023-2024",
                                     path_of(arena, "2023", ""), diag);
    char *text = said(diag);
    ck_assert_msg(outcome == YEAR_DONE, "%s", text);
    free(text);
    const struct plan *plan = plan_read(path_of(arena, "2023", "plan.xml"), NULL, arena, diag);
    ck_assert_ptr_nonnull(plan);
    ck_assert_str_eq(plan->title, "Beskæftigelsesplan 2023-2024");
    expect_figure(plan, "offentlig-midlertidig", PLAN_BASELINE, "2022", "8.2");
    expect_figure(plan, "offentlig-midlertidig", PLAN_ACTUAL, "2021", "8.6");
    expect_figure(plan, "unge-andel", PLAN_BASELINE, "2021", "11.4");
    clear_folder();
    diag_free(diag);
    arena_free(arena);
}
END_TEST

START_TEST(bad_use_and_bad_input_write_nothing)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    make_folder();
    const char *to = path_of(arena, "again", "");
    ck_assert_int_eq(make(old_plan, new_figures, "2021", to, diag), YEAR_BAD_USE);
    ck_assert_int_eq(make(old_plan, new_figures, "næste år", to, diag), YEAR_BAD_USE);
    ck_assert_int_eq(make(old_plan, "/nowhere/figures.csv", "2022", to, diag), YEAR_BAD_INPUT);
    ck_assert(!file_exists(to));
    diag_free(diag);
    diag = diag_new();
    make_2022(arena, diag);
    ck_assert_int_eq(make(old_plan, new_figures, "2022", path_of(arena, "2022", ""), diag), YEAR_BAD_INPUT);
    char *text = said(diag);
    ck_assert_ptr_nonnull(strstr(text, "E801"));
    free(text);
    clear_folder();
    diag_free(diag);
    arena_free(arena);
}
END_TEST

START_TEST(comparison_finds_what_new_year_changed)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    make_folder();
    const struct plan *new = make_2022(arena, diag), *old = plan_read(old_plan, NULL, arena, diag);
    const struct year_comparison *same = year_compare(old, old, NULL, arena);
    ck_assert_uint_eq(same->count, 0);
    const struct year_comparison *c = year_compare(old, new, NULL, arena);
    ck_assert_uint_eq(c->by_kind[YEAR_PLAN_FACT], 2);              /* title, period */
    ck_assert_uint_eq(c->by_kind[YEAR_BASELINE], 11);
    ck_assert_uint_eq(c->by_kind[YEAR_GOAL_ADDED] + c->by_kind[YEAR_GOAL_DROPPED], 0);
    ck_assert_uint_eq(c->by_kind[YEAR_TARGET], 10);                /* numbers that are open now; words that stay are none */
    struct buf text = BUF_EMPTY, json = BUF_EMPTY;
    year_compare_write_text(c, &text);
    year_compare_write_json(c, &json);
    ck_assert_ptr_nonnull(strstr(text.data, "8.4\u00a0% (2020) → 8.6\u00a0% (2021)"));
    ck_assert_ptr_nonnull(strstr(json.data, "\"kind\":\"baseline\",\"id\":\"offentlig-midlertidig\""));
    buf_free(&text);
    buf_free(&json);
    clear_folder();
    diag_free(diag);
    arena_free(arena);
}
END_TEST

START_TEST(years_in_text_move)
{
    struct buf out = BUF_EMPTY;
    const struct year_shift one = { "2021", "2022", 1 }, range = { "2021-2024", "2025-2027", 4 }, wider = { "2021", "2024-2026", 3 };
    ck_assert(year_move_text("Plan 2021-2024, 20210 og 1.2021", &one, &out));
    ck_assert_str_eq(out.data, "Plan 2022-2025, 20210 og 1.2022");
    buf_clear(&out);
    ck_assert(!year_move_text("12021 3.442", &one, &out));
    buf_clear(&out);
    ck_assert(year_move_text("Plan 2021–2024, 2021-2024 og 2021-2025", &range, &out));
    ck_assert_str_eq(out.data, "Plan 2025–2027, 2025-2027 og 2025-2029");
    buf_clear(&out);
    ck_assert(year_move_text("Plan 2021; 2020", &wider, &out));
    ck_assert_str_eq(out.data, "Plan 2024-2026; 2023");
    buf_free(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("year/new_year");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, baselines_move_and_targets_are_open);
    tcase_add_test(tcase, every_goal_is_judged_in_the_work_list);
    tcase_add_test(tcase, the_rest_of_the_xml_stays);
    tcase_add_test(tcase, a_second_year_follows);
    tcase_add_test(tcase, bad_use_and_bad_input_write_nothing);
    tcase_add_test(tcase, comparison_finds_what_new_year_changed);
    tcase_add_test(tcase, years_in_text_move);
    suite_add_tcase(suite, tcase);
    return unit_run_here(suite);
}
