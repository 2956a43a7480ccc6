/* What a screen reader is told comes from the plan alone: the same headings, figures and lists in every template, in the
   plan's order, with levels without gaps; and sentences follow the figures. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "compose/compose.h"
#include "unit.h"

#define EVERYTHING TESTS_DIR "/plans/everything/plan.xml"

struct made {
    struct arena *arena;
    struct diag *diag;
    struct compose_result pages;
};

static void setting(struct made *m, const char *template_name)
{
    struct compose_options options = { .status = true };
    m->arena = arena_new();
    m->diag = diag_new();
    const struct plan *plan = plan_read(EVERYTHING, NULL, m->arena, m->diag);
    const struct design *design = design_read(template_name, m->arena, m->diag);
    bool good = plan && design && compose_plan(plan, design, &options, &m->pages, m->diag);
    if (!good)
        diag_print(m->diag, stderr, DIAG_TEXT);
    ck_assert_msg(good, "%s does not set", template_name);
}

static void finish(struct made *m)
{
    compose_free(&m->pages);
    diag_free(m->diag);
    arena_free(m->arena);
}

/* Paragraphs apart, which a template may add words in, and what is inside tables, whose columns it chooses. */
static bool counts(const struct display_node *node)
{
    for (const struct display_node *n = node->parent; n; n = n->parent)
        if (n->role == DISPLAY_TABLE)
            return false;
    return node->role != DISPLAY_P && node->role != DISPLAY_SPAN;
}

static void put_tree(const struct display_node *node, struct buf *out)
{
    if (counts(node))
        buf_printf(out, "%s %s\n", display_role_name(node->role), node->title ? node->title : "");
    for (const struct display_node *child = node->first; child; child = child->next)
        put_tree(child, out);
}

static char *tree_in(const char *template_name)
{
    struct made m;
    struct buf out = BUF_EMPTY;
    setting(&m, template_name);
    put_tree(m.pages.document->root, &out);
    finish(&m);
    return out.data;
}

START_TEST(every_template_tells_the_same)
{
    char *standard = tree_in("standard"), *blok = tree_in("blok");
    ck_assert_str_eq(standard, blok);
    ck_assert_ptr_nonnull(strstr(standard, "H2 3 Kapitlet\n"));
    ck_assert_ptr_nonnull(strstr(standard, "H3 3.1 Underafsnittet\n"));
    ck_assert_ptr_nonnull(strstr(standard, "H4 Dybere endnu\n"));
    mem_free(standard);
    mem_free(blok);
}
END_TEST

START_TEST(sentences_follow_the_figures)
{
    struct made m;
    struct buf text = BUF_EMPTY;
    setting(&m, "standard");
    display_text(m.pages.document, &text);
    ck_assert_ptr_nonnull(strstr(buf_text(&text), "Ledigheden er steget fra 3,1\u00A0% til 3,6\u00A0% og er nu 3,5\u00A0%."));
    ck_assert_ptr_nonnull(strstr(buf_text(&text), "Andelen er uændret 4,0\u00A0%. Antallet er faldet fra 1.500 til 1.432, en"));
    ck_assert_ptr_nonnull(strstr(buf_text(&text), "forskel på 68."));
    buf_free(&text);
    finish(&m);
}
END_TEST

static const struct display_node *find(const struct display_node *node, enum display_role role, const char *title)
{
    if (node->role == role && node->title && !strcmp(node->title, title))
        return node;
    for (const struct display_node *child = node->first; child; child = child->next) {
        const struct display_node *found = find(child, role, title);
        if (found)
            return found;
    }
    return NULL;
}

static const struct display_node *find_language(const struct display_node *node, const char *lang)
{
    if (node->lang && !strcmp(node->lang, lang))
        return node;
    for (const struct display_node *child = node->first; child; child = child->next) {
        const struct display_node *found = find_language(child, lang);
        if (found)
            return found;
    }
    return NULL;
}

START_TEST(another_language_is_marked)
{
    struct made m;
    setting(&m, "standard");
    const struct display_node *english = find_language(m.pages.document->root, "en");
    ck_assert(english && english->role == DISPLAY_P && english->page >= 0);
    finish(&m);
}
END_TEST

/* A goal's row is made after the sentence that names it, a chapter's heading long before or after. */
START_TEST(references_lead_somewhere)
{
    struct made m;
    setting(&m, "standard");
    const struct display_node *goal = find(m.pages.document->root, DISPLAY_LINK, "Mål 2");
    const struct display_node *part = find(m.pages.document->root, DISPLAY_LINK, "3 Kapitlet");
    const struct display_node *note = find(m.pages.document->root, DISPLAY_LINK, "Note 1");
    ck_assert(goal && goal->target && goal->target->role == DISPLAY_TR && goal->target->page >= 0);
    ck_assert(part && part->target && part->target->role == DISPLAY_H2 && part->target->page == 1);
    ck_assert(note && note->target && note->target->role == DISPLAY_NOTE && note->target->page == 0);
    finish(&m);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compose_structure");
    TCase *tree = tcase_create("tree");
    tcase_set_timeout(tree, 60);
    tcase_add_test(tree, every_template_tells_the_same);
    tcase_add_test(tree, sentences_follow_the_figures);
    tcase_add_test(tree, another_language_is_marked);
    tcase_add_test(tree, references_lead_somewhere);
    suite_add_tcase(suite, tree);
    return unit_run(suite);
}
