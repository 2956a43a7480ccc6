/* No word of a plan is lost, whatever a template does: each text of plan.xml stands in what a screen reader gets. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "compose/compose.h"
#include "xml/xml.h"
#include "unit.h"

/* Letters and digits alone, in lower case: quotes, dashes and spaces are the typographer's. */
static char *bare(const char *text)
{
    struct buf out = BUF_EMPTY;
    size_t n = strlen(text);
    for (size_t at = 0; at < n;) {
        uint32_t c;
        char bytes[4];
        at += utf8_decode(text + at, n - at, &c);
        if (utf8_is_letter(c) || (c >= '0' && c <= '9'))
            buf_put(&out, bytes, utf8_encode(utf8_lower(c), bytes));
    }
    buf_putc(&out, 0);
    return out.data;
}

/* What is said elsewhere: the summary stands before the pages in the agenda edition alone. */
static bool is_passed_over(const struct xml_node *node)
{
    static const char *const names[] = { "summary", "derived-figures", "adopted", "period", "short-title" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(xml_name(node), names[i]))
            return true;
    return false;
}

static size_t count_lost(const struct xml_node *node, const char *pages, struct arena *arena)
{
    struct xml_piece *pieces;
    size_t n = xml_pieces(node, arena, &pieces), lost = 0;
    for (size_t i = 0; i < n; i++) {
        if (pieces[i].node) {
            lost += is_passed_over(pieces[i].node) ? 0 : count_lost(pieces[i].node, pages, arena);
            continue;
        }
        char *wanted = bare(pieces[i].text);
        if (*wanted && !strstr(pages, wanted)) {
            fprintf(stderr, "line %d: lost: %s\n", pieces[i].line, pieces[i].text);
            lost++;
        }
        mem_free(wanted);
    }
    return lost;
}

static void check_plan(const char *path, const char *template_name)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct compose_options options = { .status = false };
    struct compose_result pages;
    const struct plan *plan = plan_read(path, NULL, arena, diag);
    const struct design *design = plan ? design_read(template_name, arena, diag) : NULL;
    bool good = design && compose_plan(plan, design, &options, &pages, diag);
    if (!good)
        diag_print(diag, stderr, DIAG_TEXT);
    ck_assert_msg(good, "%s cannot be set", path);
    struct buf text = BUF_EMPTY;
    display_text(pages.document, &text);
    char *set = bare(buf_text(&text));
    struct xml_document *document = xml_read(path, diag);
    ck_assert_msg(count_lost(xml_root(document), set, arena) == 0, "%s in the template %s", path, template_name);
    mem_free(set);
    buf_free(&text);
    xml_free(document);
    compose_free(&pages);
    diag_free(diag);
    arena_free(arena);
}

START_TEST(no_word_is_lost)
{
    check_plan(SOURCE_DIR "/examples/viborg-2021/plan.xml", "standard");
    check_plan(TESTS_DIR "/plans/everything/plan.xml", "standard");
    check_plan(TESTS_DIR "/plans/everything/plan.xml", "blok");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compose_words");
    TCase *words = tcase_create("words");
    tcase_set_timeout(words, 60);
    tcase_add_test(words, no_word_is_lost);
    suite_add_tcase(suite, words);
    return unit_run(suite);
}
