/* What all tests share: what was told, and how a suite is run. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"

/* All messages so far, good until the next call. */
static inline const char *unit_told(struct diag *diag, enum diag_format format)
{
    static char text[1 << 16];
    memset(text, 0, sizeof text);
    FILE *out = fmemopen(text, sizeof text - 1, "w");
    diag_print(diag, out, format);
    fclose(out);
    return text;
}

static inline int unit_run_as(Suite *suite, enum fork_status fork)
{
    SRunner *runner = srunner_create(suite);
    if (fork == CK_NOFORK)
        srunner_set_fork_status(runner, fork);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* The exit code of the program; frees the suite. */
static inline int unit_run(Suite *suite)
{
    return unit_run_as(suite, CK_FORK_GETENV);
}

/* The same in this process: for what is opened once for all tests. */
static inline int unit_run_here(Suite *suite)
{
    return unit_run_as(suite, CK_NOFORK);
}
#endif
