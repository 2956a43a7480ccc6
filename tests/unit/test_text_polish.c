/* Microtypography and quantities, by language. In the tables "_" stands for U+00A0. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "text/text.h"
#include "unit.h"

static struct arena *arena;
static struct diag *diag;
static const struct design *design;

static void begin(void)
{
    arena = arena_new();
    diag = diag_new();
    design = design_read("standard", arena, diag);
    ck_assert_ptr_nonnull(design);
}

static void end(void)
{
    diag_free(diag);
    arena_free(arena);
}

static const char *show(const char *text)
{
    char *out = arena_alloc(arena, strlen(text) + 1), *to = out;
    for (const char *s = text; *s;) {
        if (!strncmp(s, "\u00a0", 2)) {
            *to++ = '_';
            s += 2;
        } else {
            *to++ = *s++;
        }
    }
    return out;
}

static const struct polish_case {
    const char *lang, *typed, *set;
} cases[] = {
    { "da", "Han sagde \"ja\" (\"nej\").", "Han sagde ”ja” (”nej”)." },
    { "da", "»ja« og “nej”", "”ja” og ”nej”" },
    { "nb", "Hun sa \"ja\".", "Hun sa «ja»." },
    { "de", "Sie sagte \"ja\".", "Sie sagte „ja“." },
    { "en", "\"yes\" - it's", "“yes”_– it’s" },
    { "en", "\"he called it 'a good plan' ...\" It's the '90s' best", "“he called it ‘a_good plan’ …” It’s the ’90s’ best" },
    { "en", "'yes', councils' and rock 'n roll", "‘yes’, councils’ and rock ’n roll" },
    { "de", "\"er nannte es 'einen Plan'.\"", "„er nannte es ‚einen Plan‘.“" },
    { "nb", "\"det 'en god plan' i går\"", "«det ‘en god plan’ i_går»" },
    { "da", "\"det 'en god plan' i går\"", "”det ’en god plan’ i_går”" },
    { "sv", "\"det 'en bra plan' i går\"", "”det ’en bra plan’ i_går”" },
    { "da", "steget fra 8,1 % til 8,4%", "steget fra 8,1_% til 8,4_%" },
    { "en", "from 8.1 % to 8.4%", "from 8.1% to 8.4%" },
    { "da", "stk. 3, kl. 17.30 og nr. 48", "stk._3, kl._17.30 og nr._48" },
    { "da", "den 18. december 2020, kl. 9", "den_18._december 2020, kl._9" },
    { "da", "i 2. kvartal", "i_2._kvartal" },
    { "da", "lov nr. 548 af 7. maj 2019 § 3, stk. 2", "lov nr._548 af 7._maj 2019 §_3, stk._2" },
    { "da", "Nu er det 2020. Så", "Nu er det 2020. Så" },
    { "en", "on 18 December 2020, p. 7", "on 18_December 2020, p._7" },
    { "de", "am 18. Dezember 2020, z. B. Seite 3", "am 18._Dezember 2020, z._B._Seite_3" },
    { "sv", "den 18 december, t. ex. i skolan", "den_18_december, t._ex. i_skolan" },
    { "da", "fx kurser, bl. a. praktik m.v. og job osv.", "fx_kurser, bl._a. praktik_m.v. og job_osv." },
    { "da", "kurser, job, m.m.", "kurser, job,_m.m." },
    { "da", "å i ø", "å_i_ø" },
    { "da", "ledige - også unge - i job", "ledige_– også unge_– i_job" },
    { "da", "ledige -- også", "ledige_– også" },
    { "da", "2017-2020, side 8-16", "2017–2020, side_8–16" },
    { "da", "2020-12-18, COVID-19, 87-87-87, 4-årig, a-kasse", "2020-12-18, COVID-19, 87-87-87, 4-årig, a-kasse" },
    { "da", "-0,3 procentpoint (-5)", "−0,3 procentpoint (−5)" },
    { "da", "50 mio. kr. og 48 668 kr.", "50_mio. kr. og 48_668_kr." },
    { "da", "i 2020 300 borgere", "i_2020 300 borgere" },
    { "da", "og så...", "og så…" },
    { "da", "COVID-19's følger", "COVID-19’s følger" },
    { "da", "ved J. Hansen", "ved J._Hansen" },
    { "xx", "8.4 % - \"a\"", "8.4%_– “a”" },
    { "", "", "" },
};

START_TEST(text_becomes_what_is_set)
{
    const struct polish_case *c = &cases[_i];
    char *set = text_polish(design, c->lang, c->typed, strlen(c->typed), 0, arena);
    ck_assert_str_eq(show(set), c->set);
}
END_TEST

START_TEST(polishing_twice_changes_nothing)
{
    const struct polish_case *c = &cases[_i];
    char *once = text_polish(design, c->lang, c->typed, strlen(c->typed), 0, arena);
    char *twice = text_polish(design, c->lang, once, strlen(once), 0, arena);
    ck_assert_str_eq(show(twice), show(once));
}
END_TEST

START_TEST(a_quote_looks_at_the_span_before)
{
    ck_assert_str_eq(text_polish(design, "de", "\" sagte", 7, 'a', arena), "“ sagte");
    ck_assert_str_eq(text_polish(design, "de", "\"ja", 3, ' ', arena), "„ja");
    /* The end of a word that began in another span is no one-letter word. */
    ck_assert_str_eq(show(text_polish(design, "da", "i går", 7, 'x', arena)), "i går");
    ck_assert_str_eq(show(text_polish(design, "da", "i går", 7, ' ', arena)), "i_går");
}
END_TEST

static const struct quantity_case {
    const char *lang;
    struct decimal value;
    enum text_unit unit;
    enum text_quantity_form form;
    const char *set;
} quantities[] = {
    { "da", { 87, 1 }, TEXT_UNIT_PERCENT, TEXT_VALUE, "8,7_%" },
    { "da", { 870, 2 }, TEXT_UNIT_PERCENT, TEXT_BARE, "8,70" },
    { "en", { 87, 1 }, TEXT_UNIT_PERCENT, TEXT_VALUE, "8.7%" },
    { "da", { 3442, 0 }, TEXT_UNIT_COUNT, TEXT_VALUE, "3.442" },
    { "sv", { 1234567, 0 }, TEXT_UNIT_COUNT, TEXT_VALUE, "1_234_567" },
    { "en", { 48668, 0 }, TEXT_UNIT_COUNT, TEXT_VALUE, "48,668" },
    { "da", { 100, 0 }, TEXT_UNIT_COUNT, TEXT_SIGNED, "+100" },
    { "da", { 48, 0 }, TEXT_UNIT_RANK, TEXT_VALUE, "nr._48" },
    { "da", { 48, 0 }, TEXT_UNIT_RANK, TEXT_BARE, "48" },
    { "da", { -3, 1 }, TEXT_UNIT_POINTS, TEXT_SIGNED, "−0,3_procentpoint" },
    { "da", { 3, 1 }, TEXT_UNIT_POINTS, TEXT_SIGNED_BARE, "+0,3" },
    { "da", { 0, 1 }, TEXT_UNIT_POINTS, TEXT_SIGNED_BARE, "0,0" },
    { "da", { -1234, 1 }, TEXT_UNIT_COUNT, TEXT_VALUE, "−123,4" },
    { "en", { 10, 1 }, TEXT_UNIT_POINTS, TEXT_SIGNED, "+1.0_percentage_points" },
    { "nb", { 87, 1 }, TEXT_UNIT_NONE, TEXT_VALUE, "8,7" },
};

START_TEST(quantities_follow_the_language)
{
    const struct quantity_case *c = &quantities[_i];
    ck_assert_str_eq(show(text_quantity(design, c->lang, c->value, c->unit, c->form, arena)), c->set);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text_polish");
    TCase *polish = tcase_create("polish");
    tcase_add_unchecked_fixture(polish, begin, end);
    tcase_add_loop_test(polish, text_becomes_what_is_set, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(polish, polishing_twice_changes_nothing, 0, sizeof cases / sizeof *cases);
    tcase_add_test(polish, a_quote_looks_at_the_span_before);
    tcase_add_loop_test(polish, quantities_follow_the_language, 0, sizeof quantities / sizeof *quantities);
    suite_add_tcase(suite, polish);
    return unit_run_here(suite);
}
