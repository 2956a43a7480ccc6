/* Any bytes as a table of figures: CSV, XLSX, ODS. What is read must be written and read again alike. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plan/figures_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_again(const struct plan_figures *figures, struct arena *arena)
{
    struct diag *diag = diag_new();
    struct buf written = BUF_EMPTY, again = BUF_EMPTY;
    struct plan_figures *copy = plan_figures_new("again.csv", arena);
    plan_figures_write(figures, &written);
    figures_csv_read(copy, &written, diag);
    plan_figures_write(copy, &again);
    if (diag_errors(diag) || strcmp(buf_text(&written), buf_text(&again)) != 0)
        abort();
    buf_free(&written);
    buf_free(&again);
    diag_free(diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct buf table = BUF_EMPTY;
    struct plan_figures *figures = plan_figures_new("fuzz", arena);
    buf_put(&table, bytes, n);
    figures_read_bytes(figures, &table, diag);
    for (size_t i = 0; i < plan_figure_count(figures); i++) {
        const struct plan_figure *f = plan_figure_at(figures, i);
        if (!plan_figures_lookup(figures, f->id, (int)f->kind, f->period) || f->at.line < 1 || f->at.column < 1)
            abort();
    }
    if (!diag_errors(diag))
        check_again(figures, arena);
    buf_free(&table);
    diag_free(diag);
    arena_free(arena);
    return 0;
}
