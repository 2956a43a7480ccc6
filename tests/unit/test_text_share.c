/* What neighbouring lines share, against every combination of strains on a fine grid. */
#include <math.h>

#include "text/break.h"
#include "text_fixture.h"

/* The sum that text_share makes small; its numbers stand in share.c. */
static double sum_of(const struct text_share *lines, const double *strains, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double rest = lines[i].lack - strains[i] * lines[i].capacity;
        sum += rest * rest / lines[i].gaps;
        double seen = i > 0 && !lines[i].begins ? fmax(fabs(strains[i] - strains[i - 1]) - 0.75, 0) : 0;
        sum += seen * seen;
    }
    return sum;
}

static double least_sum(const struct text_share *lines, double *strains, size_t at, size_t n)
{
    enum { STEPS = 40 };
    if (at == n)
        return sum_of(lines, strains, n);
    double least = INFINITY;
    for (int i = 0; i <= STEPS; i++) {
        strains[at] = lines[at].least + (lines[at].most - lines[at].least) * i / STEPS;
        least = fmin(least, least_sum(lines, strains, at + 1, n));
    }
    return least;
}

START_TEST(no_other_strains_are_better)
{
    enum { LINES = 3 };
    for (int i = 0; i < 40; i++) {
        struct text_share lines[LINES];
        double strains[LINES], found[LINES];
        for (size_t k = 0; k < LINES; k++)
            lines[k] = (struct text_share){ .lack = (double)fixture_random(240) / 10 - 10, .gaps = 10 + fixture_random(20),
                                            .capacity = 5 + fixture_random(4), .least = -1, .most = 1,
                                            .begins = k == 0 || !fixture_random(6) };
        text_share(lines, LINES);
        for (size_t k = 0; k < LINES; k++) {
            ck_assert(lines[k].strain >= lines[k].least && lines[k].strain <= lines[k].most);
            found[k] = lines[k].strain;
        }
        double sum = sum_of(lines, found, LINES), best = least_sum(lines, strains, 0, LINES);
        ck_assert_msg(sum <= best + 0.02, "seed %u: %.4f, on the grid %.4f", (unsigned)fx.seed, sum, best);
    }
}
END_TEST

START_TEST(a_line_alone_gives_what_it_lacks)
{
    struct text_share line = { .lack = 3, .gaps = 20, .capacity = 6, .least = -1, .most = 1, .begins = true };
    text_share(&line, 1);
    ck_assert_double_eq_tol(line.strain, 0.5, 1e-9);
    line.lack = 30;
    text_share(&line, 1);
    ck_assert_double_eq_tol(line.strain, 1, 1e-9);
    line = (struct text_share){ .lack = 3, .strain = 0.1, .fixed = true };
    text_share(&line, 1);
    ck_assert(line.strain == 0.1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text_share");
    TCase *share = tcase_create("share");
    tcase_add_checked_fixture(share, fixture_begin, fixture_end);
    tcase_add_test(share, no_other_strains_are_better);
    tcase_add_test(share, a_line_alone_gives_what_it_lacks);
    suite_add_tcase(suite, share);
    return unit_run_here(suite);
}
