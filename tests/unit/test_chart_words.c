/* Alt texts and CSV, word by word. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "chart_cases.h"
#include "unit.h"

static struct arena *arena;
static struct diag *diag;
static const struct design *design;
static struct chart_context context;

static void start(void)
{
    arena = arena_new();
    diag = diag_new();
    design = design_read("standard", arena, diag);
    ck_assert(design != NULL);
    context = (struct chart_context){ .document = display_new(design, "da"), .arena = arena, .design = design,
                                      .lang = "da", .area_count = 5, .diag = diag };
}

static void stop(void)
{
    display_free(context.document);
    arena_free(arena);
    diag_free(diag);
}

static struct chart_chart chart_of(const struct case_goal *goals, size_t n)
{
    return (struct chart_chart){ .context = &context, .id = "test", .indicators = case_indicators(&context, goals, n),
                                 .count = n, .at = case_at };
}

static void says(const char *lang, const char *kind, const struct chart_chart *chart, const char *text)
{
    context.lang = lang;
    const char *got = chart_alt(kind, chart);
    context.lang = "da";
    ck_assert_msg(strcmp(got, text) == 0, "\n  got  %s\n  want %s", got, text);
}

START_TEST(one_goal)
{
    struct chart_chart chart = chart_of(case_goals_2021 + 1, 1);
    says("da", "goal-row", &chart,
         "Målrækker over Midlertidig forsørgelse, hvor målet ligger 0,3\u00A0procentpoint over udgangspunktet. Midlertidig "
         "forsørgelse: baseline 8,4\u00A0% (2019), mål 8,7\u00A0% (2021), forventet 9,4\u00A0% (2021), lavere er bedre.");
    says("en-GB", "bullet", &chart,
         "Bullet chart of Midlertidig forsørgelse, where the target is 0.3\u00A0percentage\u00A0points above the baseline. "
         "Midlertidig forsørgelse: baseline 8,4\u00A0% (2019), target 8,7\u00A0% (2021), forecast 9,4\u00A0% (2021), lower "
         "is better.");
}
END_TEST

START_TEST(several_goals_of_one_unit)
{
    struct chart_chart chart = chart_of(case_goals_2021 + 1, 3);
    says("da", "bars", &chart,
         "Søjlediagram over Midlertidig forsørgelse, Permanent forsørgelse og Ledige med ordinære timer, hvor Ledige med "
         "ordinære timer er højest med 30,2\u00A0% (2020) og Midlertidig forsørgelse lavest med 8,7\u00A0% (2021). Midlertidig "
         "forsørgelse: baseline 8,4\u00A0% (2019), mål 8,7\u00A0% (2021), forventet 9,4\u00A0% (2021), lavere er bedre. Permanent "
         "forsørgelse: baseline 10,7\u00A0% (2019), mål 11,6\u00A0% (2021), forventet 11,9\u00A0% (2021), lavere er bedre. Ledige "
         "med ordinære timer: baseline 29,7\u00A0% (2019), aktuelt 30,2\u00A0% (2020), mål 31\u00A0% (2021), højere er bedre.");
}
END_TEST

START_TEST(words_and_nothing_instead_of_numbers)
{
    struct chart_chart words = chart_of(case_goals_2021, 1), nothing = chart_of(case_goals_extreme + 5, 1);
    says("da", "board", &words, "Tavle over Placering på benchmarking. Placering på benchmarking: baseline Nr. 48, mål Bedre end "
                                "rammevilkår (nr. 58), lavere er bedre.");
    ck_assert_ptr_nonnull(strstr(chart_alt("bars", &nothing), "intet tal"));
}
END_TEST

START_TEST(a_series)
{
    struct chart_indicator i = case_indicator(&context, &case_goals_2021[5]);
    struct chart_number series[] = { case_number(&context, "12.4", TEXT_UNIT_PERCENT, "2016"),
                                     case_number(&context, NULL, TEXT_UNIT_PERCENT, "2017"),
                                     case_number(&context, "11.2", TEXT_UNIT_PERCENT, "2020") };
    i.series = series;
    i.series_count = 3;
    struct chart_chart chart = { .context = &context, .id = "unge", .indicators = &i, .count = 1, .title = "unge" };
    ck_assert_ptr_nonnull(strstr(chart_alt("trend", &chart),
                                 "Kurve over unge, der er faldet fra 12,4\u00A0% (2016) til 11,2\u00A0% (2020)."));
    struct display_data *data = chart_data(&chart);
    ck_assert_str_eq(data->name, "chart-unge");
    ck_assert_str_eq(data->csv, "\xEF\xBB\xBFid;label;kind;period;value;unit\r\n"
                                "6;Unge på midlertidig forsørgelse;baseline;2019;11,2;percent\r\n"
                                "6;Unge på midlertidig forsørgelse;actual;2016;12,4;percent\r\n"
                                "6;Unge på midlertidig forsørgelse;actual;2020;11,2;percent\r\n"
                                "6;Unge på midlertidig forsørgelse;forecast;2021;12,1;percent\r\n"
                                "6;Unge på midlertidig forsørgelse;target;2021;11,4;percent\r\n");
    ck_assert_uint_eq(data->length, strlen(data->csv));
}
END_TEST

/* A lower place is the better one: nothing may be said to lie above, to rise or to be highest. */
START_TEST(places)
{
    struct case_goal goals[] = { case_goals_2021[0], case_goals_2021[0] };
    struct chart_chart chart = chart_of(goals, 2);
    struct chart_indicator *in = (struct chart_indicator *)chart.indicators;
    for (int i = 0; i < 2; i++) {
        in[i].unit = TEXT_UNIT_RANK;
        in[i].baseline = case_number(&context, i ? "44" : "48", TEXT_UNIT_RANK, "2019");
        in[i].target = case_number(&context, "40", TEXT_UNIT_RANK, "2021");
        in[i].target_words = NULL;
    }
    ck_assert_ptr_null(strstr(chart_alt("bars", &chart), "højest"));
    chart.count = 1;
    char *alt = chart_alt("bullet", &chart);
    ck_assert_msg(strstr(alt, "benchmarking, hvor målet er nr.\u00A040 (2021) og udgangspunktet nr.\u00A048 (2019).") != NULL, "%s", alt);
    struct chart_number series[] = { case_number(&context, "44", TEXT_UNIT_RANK, "2018"),
                                     case_number(&context, "48", TEXT_UNIT_RANK, "2019") };
    in[0].series = series;
    in[0].series_count = 2;
    alt = chart_alt("trend", &chart);
    ck_assert_msg(strstr(alt, "der er rykket fra nr.\u00A044 (2018) til nr.\u00A048 (2019).") != NULL, "%s", alt);
}
END_TEST

START_TEST(separators_in_labels_are_quoted)
{
    struct case_goal goal = case_goals_2021[1];
    goal.label = "A; \"B\"";
    goal.forecast = NULL;
    struct chart_chart chart = chart_of(&goal, 1);
    ck_assert_ptr_nonnull(strstr(chart_data(&chart)->csv, "2;\"A; \"\"B\"\"\";baseline;2019;8,4;percent\r\n"));
}
END_TEST

START_TEST(illustrations)
{
    struct chart_station parts[] = { { .label = "Op\u00ADkvalificering", .highlighted = true }, { .label = "Job" } };
    struct chart_station rows[] = { { .label = "Unge" }, { .label = "Syge" }, { .label = "Andre" } };
    bool cells[] = { true, true, true, false, false, false };
    struct chart_illustration f = { .context = &context, .stations = parts, .count = 2, .hub = "Borger", .from = "let",
                                    .to = "svært", .rows = rows, .row_count = 3, .cells = cells };
    ck_assert_str_eq(chart_illustration_alt("wheel", &f),
                     "Hjul med 2 dele omkring Borger: Opkvalificering; Job. Fremhævet: Opkvalificering.");
    f.hub_second = "Virksomhed";
    ck_assert_str_eq(chart_illustration_alt("cycle", &f),
                     "Kredsløb med 2 led omkring Borger og Virksomhed: Opkvalificering; Job.");
    ck_assert_str_eq(chart_illustration_alt("continuum", &f), "Trin, der stiger fra let til svært: Opkvalificering; Job.");
    ck_assert_str_eq(chart_illustration_alt("matrix", &f),
                     "Oversigt med 3 rækker på tværs af Opkvalificering; Job. Unge: alle. Syge: Opkvalificering. Andre: ingen.");
}
END_TEST

/* Each fault of a template's measures, at its place and with its remedy. */
START_TEST(measures_of_a_template)
{
    static const char *const twice[] = { "gap", "1mm", NULL }, *const wheel[] = { "radius", "40mm", "spokes", "7", NULL };
    static const char *const key[] = { "shape", "disk", "quarters", "no", NULL };
    static const char *const steps[] = { "tones", "area-1-tint pink", "figures", "figures/wave.svg", NULL };
    static const char *const other[] = { "anything", "1", NULL };
    struct design_element e[6] = {
        { .name = "bullet", .attributes = other, .at = { "t.xml", 1, 1 } },
        { .name = "wheel", .attributes = wheel, .at = { "t.xml", 2, 1 } },
        { .name = "key-figure", .attributes = key, .at = { "t.xml", 3, 1 } },
        { .name = "continuum", .attributes = steps, .at = { "t.xml", 4, 1 } },
        { .name = "wheel", .attributes = twice, .at = { "t.xml", 5, 1 } },
    };
    for (int i = 0; i < 4; i++)
        e[i].next = &e[i + 1];
    struct design changed = *design;
    changed.components = e;
    chart_check_components(&changed, diag);
    char *said;
    size_t n;
    FILE *f = open_memstream(&said, &n);
    diag_print(diag, f, DIAG_TEXT);
    fclose(f);
    static const char *const lines[] = {
        "t.xml:2:1: error: E682: <wheel> has no measure \"spokes\"\n    its measures are shape, radius, radius-most, hub, gap,",
        "t.xml:3:1: error: E683: <key-figure>: shape=\"disk\" is none of: disc square plain\n",
        "t.xml:4:1: error: E684: <continuum>: tones names the colour \"pink\", which the palette does not have\n",
        "t.xml:5:1: error: E681: <wheel> is written twice in <components>; only the first counts\n" };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ck_assert_msg(strstr(said, lines[i]), "no \"%s\" in:\n%s", lines[i], said);
    ck_assert_uint_eq(diag_errors(diag), 4);
    free(said);
}
END_TEST

START_TEST(shipped_templates_name_what_there_is)
{
    static const char *const names[] = { "standard", "blok" };
    for (size_t i = 0; i < 2; i++)
        chart_check_components(design_read(names[i], arena, diag), diag);
    ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("chart/words");
    TCase *tcase = tcase_create("words");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_add_test(tcase, one_goal);
    tcase_add_test(tcase, several_goals_of_one_unit);
    tcase_add_test(tcase, words_and_nothing_instead_of_numbers);
    tcase_add_test(tcase, a_series);
    tcase_add_test(tcase, places);
    tcase_add_test(tcase, separators_in_labels_are_quoted);
    tcase_add_test(tcase, illustrations);
    tcase_add_test(tcase, measures_of_a_template);
    tcase_add_test(tcase, shipped_templates_name_what_there_is);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
