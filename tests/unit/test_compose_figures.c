/* Sentences that follow the figures, in every language of both templates. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "compose/compose.h"
#include "plan/figures.h"
#include "unit.h"

enum { LANGUAGES = 5 };
static const char *const languages[LANGUAGES] = { "da", "sv", "nb", "en", "de" };

static struct plan_figure figure(const char *value, enum plan_unit unit, const char *period)
{
    struct plan_figure f = { .id = "x", .period = period, .unit = unit, .missing = value == NULL };
    if (value)
        ck_assert(decimal_read(value, &f.value));
    return f;
}

/* ---- <figure-value> ------------------------------------------------------------------------------------------------- */
static const struct {
    const char *value;
    enum plan_unit unit;
    enum plan_figure_form form;
    const char *one, *many, *gender;
    const char *said[LANGUAGES];           /* with plain spaces */
} values[] = {
    { "8.4", PLAN_PERCENT, PLAN_FORM_VALUE, NULL, NULL, NULL, { "8,4 %", "8,4 %", "8,4 %", "8.4%", "8,4 %" } },
    { "8.4", PLAN_PERCENT, PLAN_FORM_NUMBER, NULL, NULL, NULL, { "8,4", "8,4", "8,4", "8.4", "8,4" } },
    { "5", PLAN_COUNT, PLAN_FORM_WORDS, NULL, NULL, NULL, { "fem", "fem", "fem", "five", "fünf" } },
    { "2", PLAN_COUNT, PLAN_FORM_WORDS, NULL, NULL, NULL, { "to", "två", "to", "two", "zwei" } },
    { "12", PLAN_COUNT, PLAN_FORM_WORDS, NULL, NULL, NULL, { "tolv", "tolv", "tolv", "twelve", "zwölf" } },
    { "13", PLAN_COUNT, PLAN_FORM_WORDS, NULL, NULL, NULL, { "13", "13", "13", "13", "13" } },
    { "2.5", PLAN_COUNT, PLAN_FORM_WORDS, NULL, NULL, NULL, { "2,5", "2,5", "2,5", "2.5", "2,5" } },
    { "5", PLAN_PERCENT, PLAN_FORM_WORDS, NULL, NULL, NULL, { "5 %", "5 %", "5 %", "5%", "5 %" } },
    { "1", PLAN_COUNT, PLAN_FORM_WORDS, NULL, NULL, NULL, { "en", "en", "en", "one", "ein" } },
    { "1", PLAN_COUNT, PLAN_FORM_WORDS, NULL, NULL, "neuter", { "et", "ett", "ett", "one", "ein" } },
    { "1", PLAN_COUNT, PLAN_FORM_WORDS, NULL, NULL, "feminine", { "en", "en", "ei", "one", "eine" } },
    { "1", PLAN_COUNT, PLAN_FORM_WORDS, "A", "B", "neuter", { "et A", "ett A", "ett A", "one A", "ein A" } },
    { "2", PLAN_COUNT, PLAN_FORM_WORDS, "A", "B", "neuter", { "to B", "två B", "to B", "two B", "zwei B" } },
    { "1", PLAN_COUNT, PLAN_FORM_VALUE, "A", "B", NULL, { "1 A", "1 A", "1 A", "1 A", "1 A" } },
    { "0", PLAN_COUNT, PLAN_FORM_VALUE, "A", "B", NULL, { "0 B", "0 B", "0 B", "0 B", "0 B" } },
    { "1.5", PLAN_COUNT, PLAN_FORM_VALUE, "A", "B", NULL, { "1,5 B", "1,5 B", "1,5 B", "1.5 B", "1,5 B" } },
    { "3442", PLAN_COUNT, PLAN_FORM_VALUE, NULL, NULL, NULL, { "3.442", "3 442", "3 442", "3,442", "3.442" } },
    { "3442", PLAN_COUNT, PLAN_FORM_ABOUT, NULL, NULL, NULL, { "cirka 3.400", "cirka 3 400", "cirka 3 400", "about 3,400", "etwa 3.400" } },
    { "48668", PLAN_COUNT, PLAN_FORM_ABOUT, NULL, NULL, NULL, { "cirka 49.000", "cirka 49 000", "cirka 49 000", "about 49,000", "etwa 49.000" } },
    { "996", PLAN_COUNT, PLAN_FORM_ABOUT, NULL, NULL, NULL, { "cirka 1.000", "cirka 1 000", "cirka 1 000", "about 1,000", "etwa 1.000" } },
    { "8.6", PLAN_PERCENT, PLAN_FORM_ABOUT, NULL, NULL, NULL, { "cirka 9 %", "cirka 9 %", "cirka 9 %", "about 9%", "etwa 9 %" } },
    { "44", PLAN_RANK, PLAN_FORM_RANK, NULL, NULL, NULL, { "nr. 44", "plats 44", "nr. 44", "no. 44", "Nr. 44" } },
    { "2021", PLAN_COUNT, PLAN_FORM_PERIOD, NULL, NULL, NULL, { "2020", "2020", "2020", "2020", "2020" } },
    { NULL, PLAN_COUNT, PLAN_FORM_ABOUT, "A", "B", NULL, { "mangler", "saknas", "mangler", "missing", "fehlt" } },
};

/* No-break spaces of both widths become plain ones: which one a language takes is said in test_text_quantity. */
static const char *plain(const char *text)
{
    static char out[200];
    size_t n = 0;
    for (; *text && n < sizeof out - 1; text++) {
        bool wide = !strncmp(text, "\u00a0", 2), narrow = !strncmp(text, "\u202f", 3);
        out[n++] = wide || narrow ? ' ' : *text;
        text += wide ? 1 : narrow ? 2 : 0;
    }
    out[n] = 0;
    return out;
}

static void expect(const struct design *design, const struct plan_inline *inline_, const char *const *said, struct arena *arena)
{
    for (int i = 0; i < LANGUAGES; i++)
        ck_assert_str_eq(plain(compose_figure_text(design, inline_, languages[i], arena)), said[i]);
}

START_TEST(values_are_said)
{
    static const char *const templates[] = { "standard", "blok" };
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    for (int t = 0; t < 2; t++) {
        const struct design *design = design_read(templates[t], arena, diag);
        ck_assert_ptr_nonnull(design);
        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            struct plan_figure f = figure(values[i].value, values[i].unit, "2020");
            struct plan_figure_use use = { .form = values[i].form, .figure = &f, .one = values[i].one, .many = values[i].many,
                                           .gender = values[i].gender };
            expect(design, &(struct plan_inline){ .kind = PLAN_FIGURE_VALUE, .figure = &use }, values[i].said, arena);
        }
    }
    diag_free(diag);
    arena_free(arena);
}
END_TEST

/* ---- differences and trends ---------------------------------------------------------------------------------------------- */
static const struct {
    const char *from, *to;
    enum plan_unit unit;
    const char *within;                    /* NULL: a difference, no trend */
    const char *said[LANGUAGES];
} changes[] = {
    { "8.1", "8.4", PLAN_PERCENT, "0", { "er steget fra 8,1 % til 8,4 %", "har ökat från 8,1 % till 8,4 %",
        "har steget fra 8,1 % til 8,4 %", "has risen from 8.1% to 8.4%", "ist von 8,1 % auf 8,4 % gestiegen" } },
    { "8.4", "8.1", PLAN_PERCENT, "0", { "er faldet fra 8,4 % til 8,1 %", "har minskat från 8,4 % till 8,1 %",
        "har falt fra 8,4 % til 8,1 %", "has fallen from 8.4% to 8.1%", "ist von 8,4 % auf 8,1 % gefallen" } },
    { "8.4", "8.40", PLAN_PERCENT, "0", { "er uændret 8,40 %", "är oförändrat 8,40 %", "er uendret 8,40 %",
        "is unchanged at 8.40%", "ist unverändert 8,40 %" } },
    /* As much as counts as unchanged is unchanged; a hair more is not. */
    { "8.3", "8.4", PLAN_PERCENT, "0.1", { "er uændret 8,4 %", "är oförändrat 8,4 %", "er uendret 8,4 %", "is unchanged at 8.4%",
        "ist unverändert 8,4 %" } },
    { "8.29", "8.4", PLAN_PERCENT, "0.1", { "er steget fra 8,29 % til 8,4 %", "har ökat från 8,29 % till 8,4 %",
        "har steget fra 8,29 % til 8,4 %", "has risen from 8.29% to 8.4%", "ist von 8,29 % auf 8,4 % gestiegen" } },
    /* A place goes up when its number falls. */
    { "48", "44", PLAN_RANK, "0", { "er rykket op fra nr. 48 til nr. 44", "har gått upp från plats 48 till plats 44",
        "har gått opp fra nr. 48 til nr. 44", "has moved up from no. 48 to no. 44", "ist von Nr. 48 auf Nr. 44 vorgerückt" } },
    { "44", "48", PLAN_RANK, "0", { "er rykket ned fra nr. 44 til nr. 48", "har gått ned från plats 44 till plats 48",
        "har gått ned fra nr. 44 til nr. 48", "has gone down from no. 44 to no. 48", "ist von Nr. 44 auf Nr. 48 zurückgefallen" } },
    { "44", "44", PLAN_RANK, "0", { "er fortsat nr. 44", "är fortsatt plats 44", "er fortsatt nr. 44", "is still no. 44",
        "ist weiterhin Nr. 44" } },
    { "8.4", "8.7", PLAN_PERCENT, NULL, { "0,3 procentpoint", "0,3 procentenheter", "0,3 prosentpoeng", "0.3 percentage points",
        "0,3 Prozentpunkte" } },
    { "7.4", "8.4", PLAN_PERCENT, NULL, { "1,0 procentpoint", "1,0 procentenheter", "1,0 prosentpoeng", "1.0 percentage points",
        "1,0 Prozentpunkte" } },
    { "7", "8", PLAN_PERCENT, NULL, { "1 procentpoint", "1 procentenhet", "1 prosentpoeng", "1 percentage point", "1 Prozentpunkt" } },
    { "1500", "1432", PLAN_COUNT, NULL, { "68", "68", "68", "68", "68" } },
    { NULL, "1432", PLAN_COUNT, "0", { "mangler", "saknas", "mangler", "missing", "fehlt" } },
};

START_TEST(changes_are_said)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    const struct design *design = design_read("standard", arena, diag);
    ck_assert_ptr_nonnull(design);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct plan_figure from = figure(changes[i].from, changes[i].unit, "2020"), to = figure(changes[i].to, changes[i].unit, "2021");
        struct plan_figure_use use = { .form = PLAN_FORM_DIFFERENCE, .from = &from, .to = &to, .figure = &to };
        struct plan_inline inline_ = { .kind = changes[i].within ? PLAN_FIGURE_TREND : PLAN_FIGURE_VALUE, .figure = &use };
        if (changes[i].within)
            ck_assert(decimal_read(changes[i].within, &use.within));
        expect(design, &inline_, changes[i].said, arena);
    }
    diag_free(diag);
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compose/figures");
    TCase *tests = tcase_create("words");
    tcase_add_test(tests, values_are_said);
    tcase_add_test(tests, changes_are_said);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
