/* The line breaker against brute force: over all breakings of short random paragraphs none is cheaper. */
#include <float.h>
#include <math.h>

#include "text/break.h"
#include "text_fixture.h"

/* ---- brute force -------------------------------------------------------------------------------------------- */
struct brute {
    struct text_job job;
    double best[64];                       /* demerits by number of lines */
    size_t tried;
};

static bool is_forced(const struct text_para *para, int at)
{
    return para->breaks[at].kind == TEXT_BREAK_FORCED || para->breaks[at].kind == TEXT_BREAK_END;
}

static void try_all(struct brute *b, int from, int line, const struct text_state *state, double demerits)
{
    const struct text_para *para = b->job.para;
    if (from == para->break_count - 1) {
        b->tried++;
        if (line < 64 && demerits < b->best[line])
            b->best[line] = demerits;
        return;
    }
    for (int to = from + 1; to < para->break_count; to++) {
        struct text_fit fit = text_job_fit(&b->job, from, to, line);
        if (fit.fits && !fit.too_short) {
            struct text_state after;
            double cost = text_job_cost(&b->job, state, &fit, to, line, &after);
            try_all(b, to, line + 1, &after, demerits + cost);
        }
        if (is_forced(para, to))
            break;
    }
}

static int cheapest(const struct brute *b)
{
    int best = -1;
    for (int i = 0; i < 64; i++)
        if (b->best[i] < DBL_MAX && (best < 0 || b->best[i] < b->best[best]))
            best = i;
    return best;
}

/* The optimum by the engine's own rules: tolerances 4, 16 and any until no rule is broken; then the line count. */
static double brute_force(struct text_para *para, const struct text_request *request, struct brute *b)
{
    static const double tolerances[] = { 4, 16, 1e9 };
    int best = -1;
    for (int i = 0; i < 3 && (best < 0 || b->best[best] >= text_job_breach); i++) {
        text_job_begin(&b->job, para, request);
        b->job.tolerance = tolerances[i];
        for (int k = 0; k < 64; k++)
            b->best[k] = DBL_MAX;
        struct text_state start = { .fitness = 1, .begins = true };
        try_all(b, 0, 0, &start, 0);
        best = cheapest(b);
    }
    if (best < 0)
        return -1;
    int wanted = best + request->looseness;
    return wanted >= 0 && wanted < 64 && b->best[wanted] < DBL_MAX ? b->best[wanted] : b->best[best];
}

/* ---- random paragraphs -------------------------------------------------------------------------------------- */
/* Short words with few break points, so that there are some ten thousand breakings and not millions. */
static char *random_text(unsigned words)
{
    static const char *const list[] = { "en", "vi", "job", "mål,", "plan", "\"arbejde\"", "sygedagpenge", "løntilskud.",
                                        "i\u00adi", "a\u00adl\u00adlt", "og/eller", "VIBORG", "målgruppe", "–",
                                        "8,4\u00a0%", "fx\u00a0det", "tilbage", "virksomhed" };
    char *text = arena_alloc(fx.arena, words * 32);
    for (unsigned i = 0; i < words; i++) {
        if (i)
            strcat(text, fixture_random(25) ? " " : "\n");
        strcat(text, list[fixture_random(sizeof list / sizeof *list)]);
    }
    return text;
}

static void random_rooms(struct text_room rooms[6], size_t n)
{
    for (size_t i = 0; i < n; i++)
        rooms[i] = (struct text_room){ .x = fixture_random(20), .width = 90 + fixture_random(70),
                                       .left_shape = !fixture_random(4), .right_shape = !fixture_random(4) };
}

static void check_request(struct text_para *para, const struct text_request *request, size_t *compared)
{
    enum { MOST_BREAKS = 16 };             /* 2^14 breakings */
    if (para->break_count > MOST_BREAKS)
        return;
    struct brute b = { .tried = 0 };
    double best = brute_force(para, request, &b);
    struct text_lines lines = text_para_break(para, request, fx.arena);
    if (best < 0)                          /* nothing fits: the engine sets it overfull */
        return;
    (*compared)++;
    ck_assert_msg(fabs(lines.demerits - best) <= 1e-9 * best + 1e-6, "seed %u: engine %.9g, brute force %.9g",
                  (unsigned)fx.seed, lines.demerits, best);
}

enum { PARAGRAPHS = 60 };

static void check_many(enum design_align align, bool varied, bool column_ends, bool looseness)
{
    size_t compared = 0;
    fx.design.setting.narrow = varied ? 10 : 0;
    for (int i = 0; i < PARAGRAPHS; i++) {
        struct text_para *para = fixture_para(random_text(6 + fixture_random(5)));
        struct text_room rooms[6];
        int ends[2] = { (int)fixture_random(3), 3 };
        struct text_request request = { .rooms = rooms, .room_count = varied ? 1 + fixture_random(6) : 1,
                                        .indent = fixture_random(2) * 12.0, .align = align };
        random_rooms(rooms, request.room_count);
        if (column_ends) {
            request.column_ends = ends;
            request.column_end_count = 2;
        }
        if (looseness)
            request.looseness = (int)fixture_random(3) - 1;
        check_request(para, &request, &compared);
        text_para_free(para);
    }
    ck_assert_uint_ge(compared, PARAGRAPHS / 2);
}

START_TEST(plain_columns) { check_many(DESIGN_JUSTIFY, false, false, false); } END_TEST
START_TEST(rooms_of_different_widths) { check_many(DESIGN_JUSTIFY, true, false, false); } END_TEST
START_TEST(no_hyphen_at_a_column_end) { check_many(DESIGN_JUSTIFY, false, true, false); } END_TEST
START_TEST(a_line_more_or_fewer) { check_many(DESIGN_JUSTIFY, true, false, true); } END_TEST
START_TEST(ragged) { check_many(DESIGN_START, true, false, false); } END_TEST
START_TEST(centred) { check_many(DESIGN_CENTRE, false, false, false); } END_TEST

/* All break points that some breaking reaches line by line, at natural widths. */
static bool some_breaking_fits(const struct text_para *para, const struct text_room *rooms, size_t n)
{
    bool reached[256] = { true }, ends = false;
    ck_assert_int_le(para->break_count, 256);
    for (size_t line = 0; line < n; line++) {
        bool next[256] = { false };
        for (int from = 0; from < para->break_count; from++)
            for (int to = from + 1; reached[from] && to < para->break_count; to++) {
                next[to] |= para->breaks[to].end - para->breaks[from].next <= rooms[line].width + 1e-6;
                if (para->breaks[to].kind == TEXT_BREAK_FORCED)
                    break;
            }
        memcpy(reached, next, sizeof reached);
        ends |= reached[para->break_count - 1];
    }
    return ends;
}

START_TEST(fits_when_some_breaking_does)
{
    size_t fitting = 0, rooms_tried = 300;
    for (size_t i = 0; i < rooms_tried; i++) {
        struct text_para *para = fixture_para(random_text(6 + fixture_random(12)));
        struct text_room rooms[6];
        size_t n = 1 + fixture_random(6);
        random_rooms(rooms, n);
        bool fits = some_breaking_fits(para, rooms, n);
        ck_assert_msg(text_para_fits(para, rooms, n) == fits, "seed %u, paragraph %zu", (unsigned)fx.seed, i);
        fitting += fits;
        text_para_free(para);
    }
    ck_assert_uint_gt(fitting, rooms_tried / 10);
    ck_assert_uint_lt(fitting, rooms_tried * 9 / 10);
}
END_TEST

/* ---- rules -------------------------------------------------------------------------------------------------- */
static struct text_lines set(struct text_para *para, double width, enum design_align align)
{
    struct text_room room = { .width = width };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = align };
    return text_para_break(para, &request, fx.arena);
}

START_TEST(a_word_too_wide_is_overfull_and_said_so)
{
    struct text_para *para = fixture_para("en DONAUDAMPFSCHIFFFAHRTSGESELLSCHAFTSKAPITÄN til");       /* capitals: no hyphens */
    struct text_lines lines = set(para, 80, DESIGN_JUSTIFY);
    ck_assert_uint_eq(lines.count, 3);
    ck_assert(!lines.lines[0].overfull && lines.lines[1].overfull && lines.lines[1].emergency);
    ck_assert(!lines.lines[2].overfull);
    text_para_free(para);
}
END_TEST

START_TEST(a_style_without_hyphens_divides_only_what_is_too_wide)
{
    fx.body.hyphenate = false;
    struct text_para *para = fixture_para("en kommunal beskæftigelsesindsats for virksomhederne");
    struct text_lines lines = set(para, 120, DESIGN_START);
    for (size_t i = 0; i < lines.count; i++)
        ck_assert(!lines.lines[i].hyphenated && !lines.lines[i].overfull);
    lines = set(para, 70, DESIGN_START);
    size_t divided = 0;
    for (size_t i = 0; i < lines.count; i++) {
        divided += lines.lines[i].hyphenated;
        ck_assert(!lines.lines[i].overfull);
    }
    ck_assert_uint_ge(divided, 1);
    text_para_free(para);
}
END_TEST

/* A hyphen that waits for the rest of its word in the next one stands at the line's end like any other. */
START_TEST(suspended_hyphens_count)
{
    struct text_para *para = fixture_para("sommer- og vinter- og forårs- og efterårs- og dags- og natte- og uge- og måneds- og "
                                          "sommer- og vinter- og forårs- og efterårs- og dags- og natte- og uge- og årsplaner");
    size_t seen = 0;
    for (double width = 60; width < 260; width += 3) {
        struct text_lines lines = set(para, width, width < 150 ? DESIGN_START : DESIGN_JUSTIFY);
        int run = 0;
        for (size_t i = 0; i < lines.count; i++) {
            run = lines.lines[i].hyphenated ? run + 1 : 0;
            seen += lines.lines[i].hyphenated;
            ck_assert_msg(run <= 2 || lines.lines[i].emergency, "line %zu at %.0f points", i, width);
        }
    }
    ck_assert_uint_gt(seen, 20);
    text_para_free(para);
}
END_TEST

START_TEST(looseness_gives_a_line_more)
{
    struct text_para *para = fixture_para("Ledigheden i kommunen er lav sammenlignet med landet som helhed, men tallet dækker "
                                          "over store forskelle, og for de unge uden uddannelse er den høj.");
    struct text_room room = { .width = 176 };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = DESIGN_JUSTIFY };
    size_t plain = text_para_break(para, &request, fx.arena).count;
    request.looseness = 1;
    ck_assert_uint_eq(text_para_break(para, &request, fx.arena).count, plain + 1);
    request.looseness = -1;                /* not to be had: as it was */
    ck_assert_uint_eq(text_para_break(para, &request, fx.arena).count, plain);
    ck_assert_uint_eq(text_para_line_count(para, 176, DESIGN_JUSTIFY, 0), plain);
    text_para_free(para);
}
END_TEST

START_TEST(narrow_rooms_are_ragged)
{
    struct text_para *para = fixture_para("Borgere, der selv kan booke samtaler, uploade dokumenter og følge deres sag, skal have "
                                          "gode muligheder for det.");
    struct text_room rooms[] = { { .width = 200 }, { .width = 90 }, { .width = 200 } };
    struct text_request request = { .rooms = rooms, .room_count = 3, .align = DESIGN_JUSTIFY };
    fx.design.setting.narrow = 17;
    struct text_lines lines = text_para_break(para, &request, fx.arena);
    ck_assert_double_le(lines.lines[1].ink, 90);
    ck_assert_double_le(lines.lines[1].ratio, 0);
    ck_assert_double_le(lines.lines[1].tracking, 0);
    text_para_free(para);
}
END_TEST

START_TEST(no_protrusion_beside_a_shape)
{
    struct text_para *para = fixture_para("Borgere, der selv kan booke samtaler, uploade dokumenter og følge deres sag.");
    struct text_room room = { .width = 170, .right_shape = true };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = DESIGN_JUSTIFY };
    struct text_lines lines = text_para_break(para, &request, fx.arena);
    for (size_t i = 0; i < lines.count; i++) {
        double left, right;
        text_line_ink(para, &lines.lines[i], &left, &right);
        ck_assert_double_le(right, 170 + 1e-6);
    }
    text_para_free(para);
}
END_TEST

/* A line beside a shape that would be loose stays short, on the shape's side. */
START_TEST(gaps_are_not_torn_open_beside_a_shape)
{
    fx.body.hyphenate = false;
    struct text_para *para = fixture_para("en overordentlig virksomhedskonsulent beskæftigelsesindsats");
    for (int left = 0; left < 2; left++) {
        struct text_room room = { .width = 190, .left_shape = left, .right_shape = !left };
        struct text_request request = { .rooms = &room, .room_count = 1, .align = DESIGN_JUSTIFY };
        fx.design.setting.narrow = 10;
        struct text_lines lines = text_para_break(para, &request, fx.arena);
        const struct text_line *first = &lines.lines[0];
        ck_assert_uint_eq(lines.count, 2);
        ck_assert_double_eq_tol(first->ratio, 0.5 * fx.design.setting.stretch, 1e-9);
        ck_assert_double_le(first->tracking, fx.design.setting.tracking);
        ck_assert_double_lt(first->ink, 189);
        ck_assert_double_eq_tol(first->offset, left ? 190 - first->ink : 0, 1e-9);
    }
    text_para_free(para);
}
END_TEST

START_TEST(a_column_ends_short_sooner_than_with_a_hyphen_beside_a_shape)
{
    struct text_para *para = fixture_para("blandt andet med en tidlig uddannelsesvejledning, der fremmer det gode valg");
    int end = 1;
    struct text_room room = { .width = 100, .left_shape = true };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = DESIGN_JUSTIFY, .column_ends = &end,
                                    .column_end_count = 1 };
    fx.design.setting.narrow = 9;
    ck_assert(!text_para_break(para, &request, fx.arena).lines[1].hyphenated);
    request.column_end_count = 0;
    ck_assert(text_para_break(para, &request, fx.arena).lines[1].hyphenated);
    text_para_free(para);
}
END_TEST

/* Lines tried grow with the text and not with its square: counted, not timed. */
START_TEST(the_work_is_linear)
{
    static const char sentence[] = "Ledigheden i kommunen er lav sammenlignet med landet som helhed, men tallet dækker over "
                                   "store forskelle, og for de unge uden uddannelse er den høj. ";
    double per_word[2];
    for (int i = 0; i < 2; i++) {
        size_t times = i ? 160 : 40;
        char *text = arena_alloc(fx.arena, times * sizeof sentence);
        for (size_t k = 0; k < times; k++)
            strcat(text + k * (sizeof sentence - 1), sentence);
        struct text_para *para = fixture_para(text);
        size_t before = text_statistics(fx.engine).fits;
        set(para, 236, DESIGN_JUSTIFY);
        per_word[i] = (double)(text_statistics(fx.engine).fits - before) / (double)(times * 26);
        text_para_free(para);
    }
    ck_assert_double_lt(per_word[1], 1.05 * per_word[0]);
    ck_assert_double_lt(per_word[1], 12);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text_break");
    TCase *brute = tcase_create("brute force"), *rules = tcase_create("rules");
    tcase_add_checked_fixture(brute, fixture_begin, fixture_end);
    tcase_add_test(brute, plain_columns);
    tcase_add_test(brute, rooms_of_different_widths);
    tcase_add_test(brute, no_hyphen_at_a_column_end);
    tcase_add_test(brute, a_line_more_or_fewer);
    tcase_add_test(brute, ragged);
    tcase_add_test(brute, centred);
    tcase_add_test(brute, fits_when_some_breaking_does);
    tcase_add_checked_fixture(rules, fixture_begin, fixture_end);
    tcase_add_test(rules, a_word_too_wide_is_overfull_and_said_so);
    tcase_add_test(rules, a_style_without_hyphens_divides_only_what_is_too_wide);
    tcase_add_test(rules, suspended_hyphens_count);
    tcase_add_test(rules, looseness_gives_a_line_more);
    tcase_add_test(rules, narrow_rooms_are_ragged);
    tcase_add_test(rules, no_protrusion_beside_a_shape);
    tcase_add_test(rules, gaps_are_not_torn_open_beside_a_shape);
    tcase_add_test(rules, a_column_ends_short_sooner_than_with_a_hyphen_beside_a_shape);
    tcase_add_test(rules, the_work_is_linear);
    suite_add_tcase(suite, brute);
    suite_add_tcase(suite, rules);
    return unit_run_here(suite);
}
