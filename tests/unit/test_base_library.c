/* Libraries that are opened at need: found, not installed, of another version. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/library.h"
#include "unit.h"

#define MATHS(F) F(cos) F(hypot)

static struct diag *diag;
static const struct source here = { "figures.xlsx", 3, 1 };

START_TEST(functions_are_found)
{
    static struct { MATHS(LIBRARY_SLOT) } lib;
    static const char *const names[] = { MATHS(LIBRARY_NAME) NULL };
    diag = diag_new();
    ck_assert_msg(library_open("libm.so.6", names, &lib, here, diag), "%s", unit_told(diag, DIAG_TEXT));
    ck_assert(lib.cos(0.0) == 1 && lib.hypot(3, 4) == 5);
    ck_assert(library_open("libm.so.6", names, &lib, here, diag));
    diag_free(diag);
}
END_TEST

START_TEST(what_is_missing_is_told)
{
    void *slots[2] = { NULL, NULL };
    static const char *const one[] = { "cos", NULL }, *const lacking[] = { "cos", "plantryk_has_none", NULL };
    diag = diag_new();
    ck_assert(!library_open("libnowhere.so.1", one, slots, here, diag));
    const char *said = unit_told(diag, DIAG_TEXT);
    ck_assert_ptr_nonnull(strstr(said, "figures.xlsx:3:1: error: E909: "));
    ck_assert_ptr_nonnull(strstr(said, "\n    install the package with libnowhere.so.1\n"));
    ck_assert(!library_open("libm.so.6", lacking, slots, here, diag));
    ck_assert_ptr_nonnull(strstr(unit_told(diag, DIAG_TEXT), "plantryk_has_none"));
    ck_assert_uint_eq(diag_errors(diag), 2);
    diag_free(diag);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("library");
    tcase_add_test(tests, functions_are_found);
    tcase_add_test(tests, what_is_missing_is_told);
    Suite *suite = suite_create("library");
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
