/* Axes over exact decimals, and boxes that are spread along a line. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "chart/place.h"
#include "chart/scale.h"
#include "chart/time.h"
#include "unit.h"

/* The ticks as text, with "cut" behind where zero is left out; appended to `out`. */
static void put_ticks(const struct chart_scale *scale, char *out, size_t size)
{
    for (int i = 0; i < scale->ticks; i++) {
        char text[DECIMAL_TEXT];
        decimal_write(chart_scale_tick(scale, i), text);
        snprintf(out + strlen(out), size - strlen(out), "%s%s", i ? " " : "", text);
    }
    if (scale->cut)
        snprintf(out + strlen(out), size - strlen(out), " cut");
}

/* "8.4 8.7" -> the ticks as text, with "cut" behind where zero is left out. */
static const char *ticks(const char *values, int intervals, bool from_zero)
{
    static char out[256];
    struct decimal v[16];
    size_t n = 0;
    char copy[128];
    snprintf(copy, sizeof copy, "%s", values);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        ck_assert(decimal_read(word, &v[n++]));
    struct chart_scale scale = chart_scale_choose(v, n, intervals, from_zero);
    out[0] = '\0';
    put_ticks(&scale, out, sizeof out);
    return out;
}

START_TEST(round_steps)
{
    static const struct { const char *values; int intervals; bool from_zero; const char *ticks; } cases[] = {
        { "8.4 8.7", 5, false, "8.4 8.5 8.6 8.7 cut" },
        { "8.4 8.7", 5, true, "0 2 4 6 8 10" },
        { "10.9 12.4", 4, false, "10.5 11.0 11.5 12.0 12.5 cut" },
        { "2.0 36.3", 5, false, "0 10 20 30 40" },
        { "381 1460", 4, false, "0 500 1000 1500" },
        { "-3.5 1.5", 5, true, "-4 -2 0 2" },
        { "-5 -2", 5, true, "-5 -4 -3 -2 -1 0" },
        { "5 5 5", 4, false, "4.5 5.0 5.5 cut" },
        { "0", 4, false, "-1 0 1" },
        { "", 4, true, "0.00 0.25 0.50 0.75 1.00" },
        { "1 1000000000", 4, false, "0 250000000 500000000 750000000 1000000000" },
        { "0.000001 0.000002", 4, false, "0.00000100 0.00000125 0.00000150 0.00000175 0.00000200 cut" },
        { "999999999999999999 1", 4, true, "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = ticks(cases[i].values, cases[i].intervals, cases[i].from_zero);
        if (*cases[i].ticks)
            ck_assert_msg(strcmp(got, cases[i].ticks) == 0, "%s: %s, not %s", cases[i].values, got, cases[i].ticks);
    }
}
END_TEST

/* "5.6 8.6, 20 30.3" -> the ticks of each range; "" where one scale serves as well. */
static const char *equal(const char *ranges)
{
    static char out[512];
    struct chart_range range[8];
    struct chart_scale scales[8];
    size_t n = 0;
    char copy[128];
    snprintf(copy, sizeof copy, "%s", ranges);
    for (char *word = strtok(copy, " ,"); word; word = strtok(NULL, " ,")) {
        ck_assert(decimal_read(word, &range[n].low) && decimal_read(strtok(NULL, " ,"), &range[n].high));
        n++;
    }
    out[0] = '\0';
    if (chart_scale_equal(range, n, 4, scales))
        for (size_t i = 0; i < n; i++) {
            snprintf(out + strlen(out), sizeof out - strlen(out), "%s", i ? " | " : "");
            put_ticks(&scales[i], out + strlen(out), sizeof out - strlen(out));
        }
    return out;
}

START_TEST(equal_steps_for_ranges_far_apart)
{
    static const struct { const char *ranges, *ticks; } cases[] = {
        { "5.2 8.6, 20 30.3, 74.2 80", "0 5 10 15 | 20 25 30 35 cut | 65 70 75 80 cut" },
        { "3 4, 3 4", "" },                                /* one scale is as good */
        { "0 100, 50 51", "" },
        { "-40 -38, 10 12", "-40.0 -39.5 -39.0 -38.5 -38.0 cut | 10.0 10.5 11.0 11.5 12.0 cut" },
        { "7 7, 90 92", "6.0 6.5 7.0 7.5 8.0 cut | 90.0 90.5 91.0 91.5 92.0 cut" },      /* a single figure has a line too */
        { "0 0, 0 0", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(equal(cases[i].ranges), cases[i].ticks);
}
END_TEST

START_TEST(places_are_in_proportion_and_clamped)
{
    struct decimal v[] = { { 0, 0 }, { 10, 0 } };
    struct chart_scale scale = chart_scale_choose(v, 2, 5, true);
    ck_assert_double_eq_tol(chart_scale_place(&scale, (struct decimal){ 25, 1 }, 200), 50, 1e-9);
    ck_assert_double_eq_tol(chart_scale_place(&scale, (struct decimal){ -3, 0 }, 200), 0, 1e-9);
    ck_assert_double_eq_tol(chart_scale_place(&scale, (struct decimal){ 99, 0 }, 200), 200, 1e-9);
}
END_TEST

/* "2013 2014 2019" -> "0.00 0.17 1.00" */
START_TEST(periods_stand_where_their_time_is)
{
    static const struct { const char *periods, *places; } cases[] = {
        { "2013 2014 2019", "0.00 0.17 1.00" },
        { "2019K1 2019K2 2020Q1", "0.00 0.25 1.00" },
        { "2020-01 2020M04 2020-12", "0.00 0.27 1.00" },
        { "2018 2018-2019 2022", "0.00 0.25 1.00" },
        { "2019 2020K2 2020K4 2020", "0.00 0.50 1.00 1.00" },
        { "2020K4 2020", "0.00 1.00" },                  /* one time: evenly, and no division by nothing */
        { "2019 senere 2030", "0.00 0.50 1.00" },
        { "2020", "0.50" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char copy[80], out[80] = "";
        const char *periods[8];
        double places[8];
        size_t n = 0;
        strcpy(copy, cases[i].periods);
        for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
            periods[n++] = word;
        chart_time_places(periods, n, places);
        for (size_t k = 0; k < n; k++)
            snprintf(out + strlen(out), sizeof out - strlen(out), "%s%.2f", k ? " " : "", places[k]);
        ck_assert_str_eq(out, cases[i].places);
    }
}
END_TEST

START_TEST(labels_spread_without_overlap)
{
    double centre[] = { 10, 11, 12, 50, 99 }, size[] = { 10, 10, 10, 10, 10 };
    ck_assert(chart_spread(centre, size, 5, 2, 0, 100));
    for (int i = 0; i < 5; i++) {
        ck_assert(centre[i] - 5 >= -1e-9 && centre[i] + 5 <= 100 + 1e-9);
        ck_assert(i == 0 || centre[i] - centre[i - 1] >= 12 - 1e-9);
    }
    ck_assert_double_eq_tol(centre[3], 50, 1e-9);          /* what is in no one's way stays */
    double tight[] = { 5, 5, 5 }, wide[] = { 50, 50, 50 };
    ck_assert(!chart_spread(tight, wide, 3, 2, 0, 100));   /* said, and still without overlap */
    ck_assert(tight[1] - tight[0] >= 52 - 1e-9 && tight[2] - tight[1] >= 52 - 1e-9);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("chart/scale");
    TCase *tcase = tcase_create("scale and place");
    tcase_add_test(tcase, round_steps);
    tcase_add_test(tcase, equal_steps_for_ranges_far_apart);
    tcase_add_test(tcase, places_are_in_proportion_and_clamped);
    tcase_add_test(tcase, periods_stand_where_their_time_is);
    tcase_add_test(tcase, labels_spread_without_overlap);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
