/* Goldens one can review: every item of a small plan's pages, and the example's text in the order a screen reader has it.
   PLANTRYK_BLESS=1 writes them anew; read the diff. */
#include "compose/compose.h"
#include "golden.h"
#include "unit.h"

static void made(const char *path, void (*put)(const struct display_document *, struct buf *), struct buf *out)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct compose_options options = { .status = false };
    struct compose_result pages;
    const struct plan *plan = plan_read(path, NULL, arena, diag);
    const struct design *design = design_read("standard", arena, diag);
    bool good = plan && design && compose_plan(plan, design, &options, &pages, diag);
    if (!good)
        diag_print(diag, stderr, DIAG_TEXT);
    ck_assert_msg(good, "%s does not set", path);
    put(pages.document, out);
    compose_free(&pages);
    diag_free(diag);
    arena_free(arena);
}

/* The template's lines move with every word that is added to it; the plan's stay. */
static void drop_template_lines(struct buf *out)
{
    static const char name[] = "template.xml:";
    char *to = out->data;
    for (const char *from = out->data; *from;) {
        bool found = !strncmp(from, name, sizeof name - 1);
        size_t n = found ? sizeof name - 2 : 1;
        memmove(to, from, n);
        to += n;
        from += found ? n + 1 : n;
        while (found && *from >= '0' && *from <= '9')
            from++;
    }
    *to = 0;
    out->length = (size_t)(to - out->data);
}

static const struct {
    const char *plan;
    void (*put)(const struct display_document *, struct buf *);
    const char *golden;
} goldens[] = {
    { TESTS_DIR "/plans/small/plan.xml", display_dump, TESTS_DIR "/golden/small.dump" },
    { TESTS_DIR "/plans/budget/plan.xml", display_dump, TESTS_DIR "/golden/budget.dump" },
    { SOURCE_DIR "/examples/viborg-2021/plan.xml", display_text, TESTS_DIR "/golden/viborg-2021.txt" },
};

START_TEST(pages)
{
    struct buf out = BUF_EMPTY;
    made(goldens[_i].plan, goldens[_i].put, &out);
    drop_template_lines(&out);
    golden_check(goldens[_i].golden, &out);
    buf_free(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compose_golden");
    TCase *tcase = tcase_create("goldens");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, pages, 0, sizeof goldens / sizeof *goldens);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
