/* Templates: the shipped one reads without a word; each planted fault is told at its place. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "design/design.h"
#include "unit.h"

/* What diag_print writes, malloc'ed. */
static char *messages(struct diag *diag)
{
    char *text;
    size_t n;
    FILE *f = open_memstream(&text, &n);
    diag_print(diag, f, DIAG_TEXT);
    fclose(f);
    return text;
}

START_TEST(shipped_template_reads)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    const struct design *design = design_read("standard", arena, diag);
    char *said = messages(diag);
    ck_assert_msg(design != NULL, "%s", said);
    ck_assert_str_eq(said, "");
    ck_assert_double_eq_tol(design->page.width, 595.2756, 0.001);
    ck_assert_double_eq(design->page.baseline_step, 13);
    const struct design_style *list = design_lookup_style(design, "list");
    ck_assert_str_eq(list->family, "Vollkorn");
    ck_assert_double_eq(list->size, 9.6);
    ck_assert(list->grid && list->hyphenate);
    ck_assert_str_eq(design_word(design, "da-DK", "state.reached"), "nået");
    ck_assert_str_eq(design_word(design, "fi", "state.reached"), "reached");
    ck_assert_str_eq(design_word(design, "da", "no-such-word"), "no-such-word");
    ck_assert_str_eq(design_numbers(design, "de").decimal, ",");
    free(said);
    diag_free(diag);
    arena_free(arena);
}
END_TEST

START_TEST(colours_have_the_contrast_they_are_used_for)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    const struct design *design = design_read("standard", arena, diag);
    ck_assert(design != NULL);
    const struct design_colour *paper = design_lookup_colour(design, "paper");
    ck_assert_double_eq_tol(design_contrast(paper, design_lookup_colour(design, "ink"), false), 16.9, 0.1);
    for (int area = 1; area <= 7; area++) {
        char role[32];
        snprintf(role, sizeof role, "area-%d-main", area);
        const struct design_colour *main = design_lookup_colour(design, role);
        snprintf(role, sizeof role, "area-%d-deep", area);
        const struct design_colour *deep = design_lookup_colour(design, role);
        snprintf(role, sizeof role, "area-%d-tint", area);
        const struct design_colour *tint = design_lookup_colour(design, role);
        ck_assert_double_ge(design_contrast(main, paper, false), 3);
        ck_assert_double_ge(design_contrast(main, tint, false), 3);
        ck_assert_double_ge(design_contrast(deep, tint, false), 4.5);
        ck_assert_double_ge(design_contrast(deep, tint, true), 4.5);
        ck_assert_double_ge(design_contrast(design_on(design, main), main, false), 4.5);
    }
    diag_free(diag);
    arena_free(arena);
}
END_TEST

static const struct {
    const char *find, *replace, *code, *says;
} faults[] = {
    { "colour=\"on-ground-accent\"", "colour=\"acent\"", "E408", "acent" },
    { "family=\"Vollkorn\" weight=\"Regular\"", "family=\"Vollkorn\" weight=\"Roman\"", "E414", "Vollkorn has: Regular, Italic" },
    { "family=\"Vollkorn\" weight=\"Regular\" emphasis=\"Italic\"", "family=\"Vollkorn\" weight=\"Regular\" emphasis=\"Slanted\"",
      "E414", "Vollkorn Slanted" },
    { "colour=\"on-ground\" ground=\"ground\"", "colour=\"on-ground\"", "E415", "on-ground on paper has a contrast of only 1.0" },
    { "agenda=\"#E9EEF2\"", "agenda=\"#003A61\"", "E415", "in the colours of the agenda" },
    { "style=\"area-title\"", "style=\"area-titel\"", "E413", "area-titel" },
    { "background=\"ground\"", "background=\"grund\"", "E408", "grund" },
    { "cmyk=\"100 44 0 62\"", "cmyk=\"100 100 100 62\"", "E406", "362" },
    { "role=\"skin-2\"", "role=\"skin-9\"", "E407", "skin-2" },
    { "based-on=\"list\"", "based-on=\"lists\"", "E409", "lists" },
    { "<style name=\"axis\" family=\"Manrope\" weight=\"Medium\" size=\"7pt\"",
      "<style name=\"axis\" family=\"Manrope\" weight=\"Medium\" size=\"6pt\"", "E411", "axis" },
    { "size=\"10pt\" leading=\"13pt\"", "size=\"10pt\" leading=\"14pt\"", "E412", "body" },
    { "inside=\"20mm\"", "inside=\"120mm\"", "E403", "" },
    { "width=\"210mm\"", "width=\"210\"", "E1", "210" },
};

START_TEST(hues_stay_apart_in_grey)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    const struct design *design = design_read("standard", arena, diag);
    const struct design_colour *paper = design_lookup_colour(design, "paper");
    double seen[7];
    for (int area = 0; area < 7; area++) {
        char role[32];
        snprintf(role, sizeof role, "area-%d-main", area + 1);
        seen[area] = design_contrast(design_lookup_colour(design, role), paper, false);
        for (int other = 0; other < area; other++) {
            double further = seen[area] > seen[other] ? seen[area] / seen[other] : seen[other] / seen[area];
            ck_assert_msg(further >= 1.1, "areas %d and %d", area + 1, other + 1);
        }
    }
    diag_free(diag);
    arena_free(arena);
}
END_TEST

/* The text that is set on a dark field on the screen stands on a light one in the agenda. */
START_TEST(what_can_be_written_on_a_ground)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    const struct design *design = design_read("standard", arena, diag);
    static const char *const grounds[][2] = { { "ground", "on-ground" }, { "primary", "paper" }, { "field", "ink" },
                                              { "area-1-main", "paper" }, { "area-3-main", "ink" }, { "area-1-tint", "ink" } };
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++)
        ck_assert_str_eq(design_on(design, design_lookup_colour(design, grounds[i][0]))->name, grounds[i][1]);
    diag_free(diag);
    arena_free(arena);
}
END_TEST

START_TEST(every_language_has_every_word)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    const struct design *design = design_read("standard", arena, diag);
    for (const struct design_element *a = design->words; a; a = a->next)
        for (const struct design_element *word = a->first; word; word = word->next)
            for (const struct design_element *b = design->words; b; b = b->next) {
                bool found = false;
                const char *key = design_attribute(word, "key");
                for (const struct design_element *other = b->first; other; other = other->next)
                    found = found || !key || (design_attribute(other, "key") && !strcmp(design_attribute(other, "key"), key));
                ck_assert_msg(found, "%s has no word for %s", design_attribute(b, "lang"), key);
            }
    diag_free(diag);
    arena_free(arena);
}
END_TEST

START_TEST(planted_fault_is_told)
{
    char folder[] = "/tmp/plantryk-design-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    char *from = file_data("templates/standard/template.xml");
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct buf text = BUF_EMPTY, broken = BUF_EMPTY, path = BUF_EMPTY;
    ck_assert(file_read(from, 1 << 20, &text, (struct source){ 0 }, diag));
    const char *at = strstr(text.data, faults[_i].find);
    ck_assert_msg(at != NULL, "the template no longer has %s", faults[_i].find);
    buf_put(&broken, text.data, (size_t)(at - text.data));
    buf_puts(&broken, faults[_i].replace);
    buf_puts(&broken, at + strlen(faults[_i].find));
    buf_printf(&path, "%s/template.xml", folder);
    ck_assert(file_write(path.data, broken.data, broken.length, diag));
    ck_assert_ptr_null(design_read(folder, arena, diag));
    char *said = messages(diag), line[32];
    int number = 1;
    for (const char *s = text.data; s < at; s++)
        number += *s == '\n';
    snprintf(line, sizeof line, "template.xml:%d:", number);
    ck_assert_msg(strstr(said, faults[_i].code) && strstr(said, faults[_i].says), "%s", said);
    /* A palette's colour shows where it is missed or used. */
    if (strcmp(faults[_i].code, "E407") && strncmp(faults[_i].find, "agenda", 6))
        ck_assert_msg(strstr(said, line) != NULL, "not at %s\n%s", line, said);
    unlink(path.data);
    rmdir(folder);
    free(said);
    buf_free(&text);
    buf_free(&broken);
    buf_free(&path);
    diag_free(diag);
    arena_free(arena);
    free(from);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("design/read");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, shipped_template_reads);
    tcase_add_test(tcase, colours_have_the_contrast_they_are_used_for);
    tcase_add_test(tcase, hues_stay_apart_in_grey);
    tcase_add_test(tcase, what_can_be_written_on_a_ground);
    tcase_add_test(tcase, every_language_has_every_word);
    tcase_add_loop_test(tcase, planted_fault_is_told, 0, sizeof faults / sizeof *faults);
    suite_add_tcase(suite, tcase);
    return unit_run_here(suite);
}
