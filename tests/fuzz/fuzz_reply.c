/* Any bytes as the reply of a statistics service. What a map takes from it must be a table that reads back alike. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plan/figures_import.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void choose(struct reply *reply, struct arena *arena, struct diag *diag)
{
    static const char *const all_parts[] = { "I alt" }, *const areas[] = { "Midtstad", "Nystad" }, *const measures[] = { "Andel", "" };
    struct import_condition group = { .values = { "I alt", all_parts, 1 } };
    struct import_rule newest = { .figure = { .id = "a", .unit = PLAN_COUNT, .period = "", .source = "", .retrieved = "" },
                                  .table = "T1", .area = { "Midtstad + Nystad", areas, 2 }, .measure = "Andel",
                                  .measure_value = { "Andel", &measures[0], 1 }, .period = "newest", .as = "",
                                  .groups = &group, .group_count = 1, .decimals = 1, .has_factor = true, .factor = { 1, 3 } };
    struct import_rule all = { .figure = { .id = "b", .unit = PLAN_COUNT, .period = "", .source = "", .retrieved = "" },
                               .table = "T1", .area = { "", areas, 1 }, .measure = "",
                               .measure_value = { "", &measures[1], 1 }, .period = "", .as = "", .decimals = -1 };
    struct import_choices choices = { NULL, 0, 0 };
    all.next = &newest;
    import_choose(&all, reply, NULL, arena, &choices, diag);
    import_drop_doubled(&choices, arena, diag);
    for (size_t i = 0; i < choices.count; i++)
        if (choices.items[i].figure.at.line < 1 || choices.items[i].figure.at.column < 1)
            abort();
    mem_free(choices.items);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct buf file = BUF_EMPTY;
    buf_put(&file, bytes, n);
    struct reply *reply = reply_read("T1", &file, arena, diag);
    if (!reply && !diag_errors(diag))
        abort();                           /* refused without a word */
    if (reply)
        choose(reply, arena, diag);
    buf_free(&file);
    diag_free(diag);
    arena_free(arena);
    return 0;
}
