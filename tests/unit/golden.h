/* Goldens: a text that a test gives, kept beside its input. PLANTRYK_BLESS=1 writes them anew: read the diff. */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"

/* All messages of `diag` as a person reads them, appended to `out`. */
static inline void golden_put_messages(struct diag *diag, struct buf *out)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    diag_print(diag, f, DIAG_TEXT);
    fclose(f);
    buf_put(out, text, n);
    free(text);
}

/* The first line in which they differ; Check's own messages are short. */
static inline void golden_tell_difference(const char *path, const char *wanted, const char *got)
{
    int line = 1;
    const char *w = wanted, *g = got;
    while (*w && strcspn(w, "\n") == strcspn(g, "\n") && !strncmp(w, g, strcspn(w, "\n") + 1)) {
        size_t n = strcspn(w, "\n");
        w += n + (w[n] == '\n');
        g += n + (g[n] == '\n');
        line++;
    }
    printf("%s:%d differs; all that was got:\n%s", path, line, got);
    fflush(stdout);
    ck_abort_msg("%s:%d:\nwanted %.*s\ngot    %.*s", path, line, (int)strcspn(w, "\n"), w, (int)strcspn(g, "\n"), g);
}

static inline void golden_check(const char *path, const struct buf *got)
{
    struct diag *diag = diag_new();
    struct buf wanted = BUF_EMPTY;
    const char *bless = getenv("PLANTRYK_BLESS");
    if (bless && *bless == '1')
        ck_assert(file_write(path, buf_text(got), got->length, diag));
    else if (!file_read(path, 1 << 24, &wanted, (struct source){ 0 }, diag))
        ck_abort_msg("%s is missing; PLANTRYK_BLESS=1 writes it", path);
    else if (strcmp(buf_text(&wanted), buf_text(got)) != 0)
        golden_tell_difference(path, buf_text(&wanted), buf_text(got));
    buf_free(&wanted);
    diag_free(diag);
}
#endif
