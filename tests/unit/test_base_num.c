/* Decimals against arithmetic that is done another way: whole numbers of 10^-9, digit by digit or in __int128. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "unit.h"

/* Knuth's MMIX generator: the same numbers in every run. */
static uint64_t state;

static uint64_t next(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return state >> 11;
}

static struct decimal any(int digits)
{
    int64_t most = 1;
    for (int i = (int)(next() % (unsigned)digits) + 1; i; i--)
        most *= 10;
    int64_t v = (int64_t)(next() % (uint64_t)most);
    return (struct decimal){ next() & 1 ? v : -v, (uint8_t)(next() % (DECIMAL_MAX_SCALE + 1)) };
}

/* The value in units of 10^-18. */
static __int128 units(struct decimal v)
{
    __int128 u = v.digits;
    for (int i = v.scale; i < 18; i++)
        u *= 10;
    return u;
}

START_TEST(text_both_ways)
{
    static const struct {
        const char *text;
        int64_t digits;
        int scale;
    } cases[] = {
        { "0", 0, 0 },           { "8.7", 87, 1 },        { "8.70", 870, 2 },
        { "-0.05", -5, 2 },      { "3442", 3442, 0 },     { "0.000000001", 1, 9 },
        { "0.0", 0, 1 },         { "100", 100, 0 },       { "999999999999999999", 999999999999999999, 0 },
        { "-999999999.999999999", -999999999999999999, 9 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal v = { 42, 3 };
        ck_assert_msg(decimal_read(cases[i].text, &v), "%s", cases[i].text);
        ck_assert_int_eq(v.digits, cases[i].digits);
        ck_assert_int_eq(v.scale, cases[i].scale);
        char text[DECIMAL_TEXT];
        decimal_write(v, text);
        ck_assert_str_eq(text, cases[i].text);
    }
    /* Read, but not canonical. */
    struct decimal v;
    ck_assert(decimal_read("007.50", &v) && v.digits == 750 && v.scale == 2);
    ck_assert(decimal_read("-0", &v) && v.digits == 0);
}
END_TEST

START_TEST(not_numbers)
{
    static const char *const texts[] = { "",     "-",    ".",     ".5",     "5.",    "+1",  "1,5", " 1",  "1 ",  "1e3",
                                         "--1",  "1.2.3", "0x1",  "1-",     "nan",   ("\xC2\xA0" "1"), "1000000000000000000",
                                         "0.0000000001", "12345678901234567.89" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct decimal v = { 42, 3 };
        ck_assert_msg(!decimal_read(texts[i], &v), "%s", texts[i]);
        ck_assert_int_eq(v.digits, 42);          /* untouched */
    }
}
END_TEST

START_TEST(sums_and_order)
{
    for (int i = 0; i < 20000; i++) {
        struct decimal a = any(17), b = any(17), c;
        __int128 x = units(a), y = units(b);
        ck_assert_int_eq(decimal_compare(a, b), (x > y) - (x < y));
        ck_assert_int_eq(decimal_sign(a), (x > 0) - (x < 0));
        if (decimal_add(a, b, &c))
            ck_assert(units(c) == x + y);
        if (decimal_subtract(a, b, &c)) {
            ck_assert(units(c) == x - y);
            ck_assert_int_ge(c.scale, 0);
        }
        ck_assert(units(decimal_absolute(a)) == (x < 0 ? -x : x));
    }
}
END_TEST

START_TEST(sums_are_only_refused_when_they_must_be)
{
    struct decimal most = { 999999999999999999, 0 }, one = { 1, 0 }, small = { 1, 9 }, out;
    ck_assert(!decimal_add(most, one, &out));
    ck_assert(!decimal_add(most, small, &out));
    ck_assert(decimal_subtract(most, one, &out) && out.digits == 999999999999999998);
    /* 999999999 + 0,5 at nine decimals has the same value with one. */
    struct decimal wide = { 999999999000000000, 9 }, also = { 1000000000, 9 };
    ck_assert(decimal_add(wide, also, &out) && units(out) == units(wide) + units(also));
}
END_TEST

START_TEST(products)
{
    for (int i = 0; i < 20000; i++) {
        struct decimal a = any(9), b = any(9), c;
        __int128 wanted = (__int128)a.digits * b.digits;      /* in units of 10^-(both scales) */
        if (!decimal_multiply(a, b, &c))
            continue;
        for (int scale = c.scale; scale < a.scale + b.scale; scale++)
            ck_assert(wanted % 10 == 0), wanted /= 10;
        ck_assert(c.digits == wanted);
    }
    struct decimal share = { 637, 1 }, hundred = { 100, 0 }, c;
    ck_assert(decimal_multiply(share, hundred, &c) && decimal_compare(c, (struct decimal){ 6370, 0 }) == 0);
    ck_assert(!decimal_multiply((struct decimal){ 1000000000000, 0 }, (struct decimal){ 1000000000000, 0 }, &c));
}
END_TEST

/* q is a / b at its scale, half away from zero: |a| - |q b| is at most half of b's step, and at exactly half q is the
   larger one. */
static void check_quotient(struct decimal a, struct decimal b, struct decimal q)
{
    __int128 n = a.digits, d = b.digits, scale = 1;
    for (int i = 0; i < q.scale; i++)
        scale *= 10;
    for (int i = a.scale; i < b.scale; i++)
        n *= 10;
    for (int i = b.scale; i < a.scale; i++)
        d *= 10;
    n = n < 0 ? -n : n;
    d = d < 0 ? -d : d;
    __int128 quotient = q.digits < 0 ? -(__int128)q.digits : q.digits;
    __int128 twice = 2 * (n * scale - quotient * d);
    ck_assert(twice < d && twice >= -d);
    if (q.digits)
        ck_assert_int_eq(q.digits < 0, (a.digits < 0) != (b.digits < 0));
}

START_TEST(quotients)
{
    for (int i = 0; i < 20000; i++) {
        struct decimal a = any(9), b = any(8), q;
        int scale = (int)(next() % 10);
        if (!b.digits)
            ck_assert(!decimal_divide(a, b, scale, &q));
        else if (decimal_divide(a, b, scale, &q)) {
            ck_assert_int_eq(q.scale, scale);
            check_quotient(a, b, q);
        }
    }
    struct decimal q;
    ck_assert(decimal_divide((struct decimal){ 1, 0 }, (struct decimal){ 3, 0 }, 2, &q) && q.digits == 33);
    ck_assert(decimal_divide((struct decimal){ -2, 0 }, (struct decimal){ 3, 0 }, 0, &q) && q.digits == -1);
    ck_assert(decimal_divide((struct decimal){ 5, 1 }, (struct decimal){ 1, 0 }, 0, &q) && q.digits == 1);
    ck_assert(decimal_divide((struct decimal){ 999999999999999999, 0 }, (struct decimal){ 1, 9 }, 0, &q) == false);
    ck_assert(decimal_divide((struct decimal){ 999999999999999999, 9 }, (struct decimal){ 999999999999999999, 9 }, 9, &q));
    ck_assert(q.digits == 1000000000 && q.scale == 9);
}
END_TEST

START_TEST(rounding)
{
    static const struct {
        int64_t digits;
        int scale, to;
        int64_t wanted;
    } cases[] = {
        { 845, 2, 1, 85 },   { 844, 2, 1, 84 },    { -845, 2, 1, -85 }, { 5, 1, 0, 1 },        { -5, 1, 0, -1 },
        { 4999, 4, 0, 0 },   { 84, 1, 2, 840 },    { 0, 3, 0, 0 },      { 999999999, 9, 0, 1 }, { 449, 2, 0, 4 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal v = decimal_round((struct decimal){ cases[i].digits, (uint8_t)cases[i].scale }, cases[i].to);
        ck_assert_int_eq(v.digits, cases[i].wanted);
        ck_assert_int_eq(v.scale, cases[i].to);
    }
    for (int i = 0; i < 20000; i++) {
        struct decimal v = any(17);
        int to = (int)(next() % (v.scale + 1u));
        struct decimal r = decimal_round(v, to);
        __int128 step = 1, away = units(r) - units(v);
        for (int k = to; k < 18; k++)
            step *= 10;
        ck_assert(2 * (away < 0 ? -away : away) <= step && units(r) % step == 0);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("num");
    tcase_add_test(tests, text_both_ways);
    tcase_add_test(tests, not_numbers);
    tcase_add_test(tests, sums_and_order);
    tcase_add_test(tests, sums_are_only_refused_when_they_must_be);
    tcase_add_test(tests, products);
    tcase_add_test(tests, quotients);
    tcase_add_test(tests, rounding);
    Suite *suite = suite_create("base");
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
