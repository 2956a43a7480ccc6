/* Set lines: whatever the paragraph and the rooms, no text is lost, put out of order, or wider than its room. And the word
   cache: words put together are the paragraph shaped as a whole, glyph by glyph, in every shipped face. */
#include <harfbuzz/hb.h>
#include <math.h>

#include "base/utf8.h"
#include "text/paragraph.h"
#include "text_fixture.h"

/* ---- properties --------------------------------------------------------------------------------------------- */
static const char *const words[] = {
    "en", "til", "job", "målgruppen,", "beskæftigelsesindsatsen", "COVID-19", "\u201darbejde\u201d", "8,4\u00a0%", "1.\u00a0januar",
    "syge\u00addagpenge", "virksomhederne.", "og/eller", "–", "Viborg-modellen", "fi", "affald", "(stk.\u00a03)", "Æblehøst", "å",
    "www.viborg.dk/borger/beskaeftigelse", "Ελλάδα", "Москва", "x\u00b2",
};

/* Text over one to six spans that may begin anywhere, in words too. */
static size_t random_spans(struct text_span spans[6], struct design_style styles[6])
{
    char *text = arena_alloc(fx.arena, 4096);
    size_t count = 1 + fixture_random(40), n = 1 + fixture_random(6);
    for (size_t i = 0; i < count; i++) {
        static const char *const gaps[] = { " ", "  ", " ", "\n", "\u00a0", " \t" };
        strcat(text, words[fixture_random(sizeof words / sizeof *words)]);
        unsigned gap = fixture_random(30);
        strcat(text, gap < 6 ? gaps[gap] : " ");
    }
    static const unsigned flags[] = { 0, TEXT_EMPHASIS, TEXT_STRONG, TEXT_SUPERSCRIPT, TEXT_NO_HYPHENS, TEXT_TABULAR };
    size_t at = 0, length = strlen(text);
    for (size_t i = 0; i < n; i++) {
        size_t end = i + 1 == n ? length : at + fixture_random((unsigned)(length - at) + 1);
        while (end < length && (text[end] & 0xc0) == 0x80)
            end++;
        styles[i] = fx.body;
        styles[i].tracking = fixture_random(5) ? 0 : 0.075;
        styles[i].size = fixture_random(5) ? 10 : 8;
        spans[i] = (struct text_span){ .text = text + at, .length = end - at, .style = &styles[i],
                                       .flags = flags[fixture_random(6)], .lang = fixture_random(3) ? "da" : "en",
                                       .mark = &styles[i] };
        at = end;
    }
    return n;
}

static void put_plain(struct buf *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool space = text[i] == ' ' || text[i] == '\t' || text[i] == '\n';
        if (!strncmp(text + i, "\u00ad", 2)) {
            i++;
        } else if (!strncmp(text + i, "\u00a0", 2)) {
            i++;
            space = true;
        }
        if (strncmp(text + i - (i > 0), "\u00ad", 2) == 0)
            continue;
        if (!space)
            buf_putc(out, text[i]);
        else if (out->length && out->data[out->length - 1] != ' ')
            buf_putc(out, ' ');
    }
}

static void check_run(const struct text_run *run)
{
    size_t bytes = 0;
    for (size_t i = 0; i < run->count; i++) {
        bytes += run->glyphs[i].text_length;
        ck_assert_uint_le(run->glyphs[i].text_at + run->glyphs[i].text_length, run->text_length);
        ck_assert_uint_ne(run->glyphs[i].glyph, 0);
        if (i > 0)
            ck_assert_float_ge(run->glyphs[i].x, run->glyphs[i - 1].x - 2);
    }
    ck_assert_uint_eq(bytes, run->text_length);        /* each byte of the text has its glyph */
}

static void check_line(const struct text_line *line, const struct text_run *runs, size_t n)
{
    double right = line->offset + line->ink + line->hang_right, end = 0;
    for (size_t i = 0; i < n; i++) {
        check_run(&runs[i]);
        if (i > 0)
            ck_assert_double_ge(runs[i].x, runs[i - 1].x);
        if (runs[i].width > 0)             /* not the space at the end */
            end = fmax(end, runs[i].x + runs[i].width - runs[i].tracking);
    }
    /* Half words are estimated while lines are broken; the gaps take up the difference, where there are any. */
    ck_assert_double_le(fabs(end - right), 0.75);
    if (!line->overfull)
        ck_assert_double_le(line->offset + line->ink, line->width + 1e-6);
}

static void check_paragraph(void)
{
    struct text_span spans[6];
    struct design_style styles[6];
    size_t n = random_spans(spans, styles);
    struct text_para *para = text_para_new(fx.engine, spans, n);
    struct text_room rooms[4];
    for (int i = 0; i < 4; i++)
        rooms[i] = (struct text_room){ .width = 60 + fixture_random(240), .right_shape = !fixture_random(3) };
    struct text_request request = { .rooms = rooms, .room_count = 1 + fixture_random(4), .indent = fixture_random(2) * 12.0,
                                    .align = (enum design_align)fixture_random(4) };
    struct text_lines lines = text_para_break(para, &request, fx.arena);
    struct buf got = BUF_EMPTY, want = BUF_EMPTY;
    for (size_t i = 0; i < lines.count; i++) {
        struct text_run *runs;
        size_t count = text_line_runs(para, &lines.lines[i], fx.arena, &runs);
        check_line(&lines.lines[i], runs, count);
        for (size_t k = 0; k < count; k++)
            put_plain(&got, runs[k].text, runs[k].text_length);
    }
    for (size_t i = 0; i < n; i++)
        put_plain(&want, spans[i].text, spans[i].length);
    struct buf *both[] = { &want, &got };              /* a no-break space at the very end stays, others go */
    for (size_t i = 0; i < 2; i++)
        while (both[i]->length && both[i]->data[both[i]->length - 1] == ' ')
            both[i]->data[--both[i]->length] = '\0';
    ck_assert_str_eq(buf_text(&got), buf_text(&want));
    buf_free(&got);
    buf_free(&want);
    text_para_free(para);
}

START_TEST(nothing_is_lost)
{
    for (int i = 0; i < 100; i++)
        check_paragraph();
}
END_TEST

/* ---- single rules ------------------------------------------------------------------------------------------- */
static char *text_of_lines(struct text_para *para, double width, enum design_align align)
{
    struct text_room room = { .width = width };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = align };
    struct text_lines lines = text_para_break(para, &request, fx.arena);
    struct buf out = BUF_EMPTY;
    for (size_t i = 0; i < lines.count; i++) {
        struct text_run *runs;
        size_t n = text_line_runs(para, &lines.lines[i], fx.arena, &runs);
        for (size_t k = 0; k < n; k++)
            buf_put(&out, runs[k].text, runs[k].text_length);
        buf_puts(&out, "|");
    }
    char *text = arena_strdup(fx.arena, buf_text(&out));
    buf_free(&out);
    return text;
}

START_TEST(a_line_ends_with_its_space_or_its_soft_hyphen)
{
    struct text_para *para = fixture_para("en stor beskæftigelsesindsats\nog mere");
    ck_assert_str_eq(text_of_lines(para, 85, DESIGN_START), "en stor beskæfti\u00ad|gelsesindsats |og mere|");
    text_para_free(para);
}
END_TEST

START_TEST(capitals_by_style_are_hyphenated_as_words)
{
    struct design_style upper = fx.body;
    upper.caps = DESIGN_CAPS_UPPER;
    struct text_span span = { .text = "målgruppens straße", .length = strlen("målgruppens straße"), .style = &upper, .lang = "da" };
    struct text_para *para = text_para_new(fx.engine, &span, 1);
    ck_assert_str_eq(text_of_lines(para, 56, DESIGN_START), "MÅL\u00ad|GRUPPENS |STRASSE|");
    text_para_free(para);
}
END_TEST

START_TEST(a_mark_above_the_line_keeps_its_mark)
{
    int note = 0;
    struct text_span spans[] = {
        { .text = "ordet", .length = 5, .style = &fx.body, .lang = "da" },
        { .text = "1", .length = 1, .style = &fx.body, .flags = TEXT_SUPERSCRIPT, .lang = "da", .mark = &note },
        { .text = " igen", .length = 5, .style = &fx.body, .lang = "da" },
    };
    struct text_para *para = text_para_new(fx.engine, spans, 3);
    struct text_room room = { .width = 200 };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = DESIGN_START };
    struct text_lines lines = text_para_break(para, &request, fx.arena);
    struct text_run *runs;
    ck_assert_uint_eq(text_line_runs(para, &lines.lines[0], fx.arena, &runs), 3);
    ck_assert_ptr_eq(runs[1].mark, &note);
    ck_assert(runs[1].rise > 0 || runs[1].size == runs[0].size);
    ck_assert_double_eq_tol(runs[1].x, runs[0].x + runs[0].width, 1e-3);
    ck_assert_str_eq(arena_strndup(fx.arena, runs[2].text, runs[2].text_length), " igen");
    text_para_free(para);
}
END_TEST

START_TEST(labels_are_aligned_in_their_own_width)
{
    struct text_label label = text_label_set(fx.engine, &fx.body, "da", "mål\nresultater", 0, DESIGN_CENTRE, fx.arena);
    ck_assert_uint_eq(label.lines.count, 2);
    ck_assert_double_eq_tol(label.width, text_width(fx.engine, &fx.body, "da", "resultater"), 1e-6);
    ck_assert_double_eq_tol(label.lines.lines[1].offset, 0, 1e-9);
    ck_assert_double_eq_tol(label.lines.lines[0].offset * 2 + label.lines.lines[0].ink, label.width, 1e-6);
    ck_assert_double_eq_tol(label.height, 2 * fx.body.leading, 1e-9);
    ck_assert(!label.overfull);
    label = text_label_set(fx.engine, &fx.body, "da", "COVID-19", 20, DESIGN_START, fx.arena);
    ck_assert(label.overfull);
}
END_TEST

START_TEST(a_character_that_no_font_has_is_told)
{
    struct diag *diag = diag_new();
    struct text_engine *engine = text_engine_new(fx.fonts, &fx.design, diag);
    struct text_span span = { .text = "et \u4e2d tegn", .length = strlen("et \u4e2d tegn"), .style = &fx.body, .lang = "da",
                              .at = { "plan.xml", 7, 3 } };
    text_para_new(engine, &span, 1);
    ck_assert_uint_eq(diag_errors(diag), 1);
    ck_assert_uint_eq(text_statistics(engine).missing_glyphs, 1);
    text_engine_free(engine);
    diag_free(diag);
}
END_TEST

static double width_with(unsigned figures, const char *text)
{
    struct design_style *style = arena_copy(fx.arena, &fx.body, sizeof fx.body);
    style->figures = figures;
    return text_width(fx.engine, style, "da", text);
}

START_TEST(figures_are_those_of_the_style)
{
    ck_assert_double_eq_tol(width_with(DESIGN_LINING | DESIGN_TABULAR, "1111"), width_with(DESIGN_LINING | DESIGN_TABULAR, "8080"), 1e-6);
    ck_assert_double_lt(width_with(DESIGN_OLD_STYLE | DESIGN_PROPORTIONAL, "1111"),
                        width_with(DESIGN_OLD_STYLE | DESIGN_PROPORTIONAL, "8080") - 1);
    struct text_span span = { .text = "1111", .length = 4, .style = &fx.body, .flags = TEXT_TABULAR, .lang = "da" };
    struct text_para *para = text_para_new(fx.engine, &span, 1);
    ck_assert_double_gt(text_para_natural_width(para), width_with(fx.body.figures, "1111") + 1);
    text_para_free(para);
}
END_TEST

START_TEST(letterspacing_ends_with_the_last_letter)
{
    struct design_style spaced = fx.body;
    spaced.tracking = 0.1;
    double plain = text_width(fx.engine, &fx.body, "da", "nav"), wide = text_width(fx.engine, &spaced, "da", "nav");
    ck_assert_double_eq_tol(wide - plain, 2 * 0.1 * fx.body.size, 1e-6);
}
END_TEST

/* Lato kerns with the space: two words would look like one. */
START_TEST(a_gap_keeps_three_quarters_of_its_space)
{
    fx.body.family = "Lato";
    fx.body.strong = NULL;
    struct text_para *para = fixture_para("r Ty V. AT Tó r. V");
    double space = para->pieces[1].font->space;
    bool clamped = false;
    for (size_t i = 1; i < para->piece_count; i++) {
        ck_assert_float_ge(para->pieces[i].gap + para->pieces[i].kern, (float)(0.75 * space) - 1e-4f);
        clamped = clamped || para->pieces[i].kern < -0.24f * (float)space;
    }
    ck_assert(clamped);
    text_para_free(para);
}
END_TEST

START_TEST(digits_above_the_line_are_drawn_ones_where_the_face_has_them)
{
    static const struct { const char *family, *weight; } faces[] = { { "Manrope", "Bold" }, { "Vollkorn", "Regular" }, { "Lato", "Regular" } };
    for (size_t i = 0; i < 3; i++) {
        struct design_style *style = arena_copy(fx.arena, &fx.body, sizeof fx.body);
        style->family = faces[i].family;
        style->weight = faces[i].weight;
        struct text_span span = { .text = "12", .length = 2, .style = style, .flags = TEXT_SUPERSCRIPT, .lang = "da" };
        struct text_label label = text_label_set_spans(fx.engine, &span, 1, 0, DESIGN_START, fx.arena);
        struct text_run *runs;
        ck_assert_uint_eq(text_line_runs(label.para, &label.lines.lines[0], fx.arena, &runs), 1);
        bool drawn = runs[0].size == style->size;
        ck_assert(drawn ? runs[0].rise == 0 : runs[0].rise > 0);
        ck_assert_double_lt(label.width, text_width(fx.engine, style, "da", "12"));
    }
}
END_TEST

/* ---- what is not shaped word by word ------------------------------------------------------------------------ */
static size_t runs_of(const char *text, struct text_run **runs)
{
    struct text_para *para = fixture_para(text);
    struct text_room room = { .width = 400 };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = DESIGN_START };
    struct text_lines lines = text_para_break(para, &request, fx.arena);
    ck_assert_uint_eq(lines.count, 1);
    return text_line_runs(para, &lines.lines[0], fx.arena, runs);
}

/* A character that the body's face lacks and another of our faces has. */
static uint32_t foreign_character(void)
{
    struct source nowhere = { NULL, 0, 0 };
    const struct font_face *own = text_face(fx.engine, &fx.body, false, false);
    for (uint32_t c = 0x2190; c < 0x2c00; c++)
        for (size_t i = 0; !font_glyph(own, c) && i < font_count(fx.fonts); i++)
            if (font_glyph(font_at(fx.fonts, i, nowhere, fx.diag), c))
                return c;
    ck_abort_msg("the body's face has everything");
    return 0;
}

START_TEST(a_missing_character_comes_from_another_face_of_ours)
{
    char text[32] = "på vej ", sign[5] = "";
    sign[utf8_encode(foreign_character(), sign)] = '\0';
    strcat(strcat(text, sign), "nu");
    struct text_run *runs;
    size_t n = runs_of(text, &runs), other = 0;
    struct buf all = BUF_EMPTY;
    for (size_t i = 0; i < n; i++) {
        buf_put(&all, runs[i].text, runs[i].text_length);
        for (size_t k = 0; k < runs[i].count; k++)
            ck_assert_uint_ne(runs[i].glyphs[k].glyph, 0);
        if (strcmp(runs[i].face->family, fx.body.family)) {
            other++;
            ck_assert_str_eq(arena_strndup(fx.arena, runs[i].text, runs[i].text_length), sign);
        }
    }
    ck_assert_uint_eq(other, 1);
    ck_assert_str_eq(buf_text(&all), text);
    buf_free(&all);
}
END_TEST

/* "ab cd" turned by U+202E stands as "dc ba"; the runs follow the text, and so do the glyphs in them. */
START_TEST(text_from_right_to_left)
{
    struct text_run *runs;
    size_t n = runs_of("x \u202eab cd\u202c y", &runs);
    const struct text_run *ab = NULL, *cd = NULL, *y = NULL;
    for (size_t i = 0; i < n; i++) {
        ab = runs[i].text_length && !strncmp(runs[i].text, "ab", 2) ? &runs[i] : ab;
        cd = runs[i].text_length && !strncmp(runs[i].text, "cd", 2) ? &runs[i] : cd;
        y = memchr(runs[i].text, 'y', runs[i].text_length) ? &runs[i] : y;
    }
    ck_assert(ab && cd && y && ab < cd && cd < y);
    ck_assert_double_gt(ab->x, cd->x + cd->width);
    ck_assert_double_gt(y->x + y->width, ab->x + ab->width);
    ck_assert_float_gt(ab->glyphs[0].x, ab->glyphs[1].x);
    ck_assert_uint_lt(ab->glyphs[0].text_at, ab->glyphs[1].text_at);
}
END_TEST

/* ---- the word cache is exact -------------------------------------------------------------------------------- */
struct whole {
    hb_buffer_t *buffer;
    const hb_glyph_info_t *infos;
    const hb_glyph_position_t *positions;
    unsigned count;
};

static struct whole shape_whole(const struct text_shaper *shaper, const char *text)
{
    hb_feature_t features[2] = { { HB_TAG('c', 'a', 'l', 't'), 0, 0, (unsigned)-1 }, { HB_TAG('c', 'a', 's', 'e'), 1, 0, (unsigned)-1 } };
    struct whole w = { .buffer = hb_buffer_create() };
    hb_buffer_add_utf8(w.buffer, text, -1, 0, -1);
    hb_buffer_set_direction(w.buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(w.buffer, HB_SCRIPT_LATIN);
    hb_buffer_set_language(w.buffer, (hb_language_t)shaper->hb_lang);
    hb_shape(shaper->font, w.buffer, features, shaper->no_alternates ? 1 : 0);
    w.infos = hb_buffer_get_glyph_infos(w.buffer, &w.count);
    w.positions = hb_buffer_get_glyph_positions(w.buffer, NULL);
    return w;
}

/* One word against the glyphs from `at` on: glyph numbers, and all advances but the last, which has the kern with the
   space in it. Returns the glyph after the word. */
static unsigned compare_word(const struct whole *w, unsigned at, const struct text_word *word, const char *face)
{
    for (unsigned i = 0; i < word->glyph_count; i++, at++) {
        ck_assert_uint_lt(at, w->count);
        ck_assert_msg(w->infos[at].codepoint == word->glyphs[i].glyph, "%s: \"%s\" glyph %u is %u, whole %u", face, word->text,
                      i, word->glyphs[i].glyph, w->infos[at].codepoint);
        if (i + 1u < word->glyph_count)
            ck_assert_msg(w->positions[at].x_advance == word->glyphs[i].advance, "%s: \"%s\" glyph %u", face, word->text, i);
    }
    return at;
}

static void compare_paragraph(const struct text_shaper *shaper, const char *text, const char *face)
{
    struct whole w = shape_whole(shaper, text);
    const struct text_word *before = NULL;
    unsigned at = 0;
    for (const char *s = text; *s; s += strspn(s, " ")) {
        size_t n = strcspn(s, " ");
        const struct text_word *word = text_word_lookup(fx.engine, (struct text_shaper *)shaper, s, n);
        if (before) {
            int space = w.positions[at].x_advance + w.positions[at - 1].x_advance - before->glyphs[before->glyph_count - 1].advance;
            ck_assert_msg(space == shaper->space + before->kern_after + word->kern_before,
                          "%s: gap between \"%s\" and \"%s\" is %d, whole %d", face, before->text, word->text,
                          shaper->space + before->kern_after + word->kern_before, space);
            at++;
        }
        at = compare_word(&w, at, word, face);
        before = word;
        s += n;
    }
    ck_assert_uint_eq(at, w.count);
    hb_buffer_destroy(w.buffer);
}

START_TEST(words_are_the_paragraph_shaped_whole)
{
    static char *paragraphs[8];
    size_t n = fixture_paragraphs(TESTS_DIR "/text/proof-da.txt", paragraphs, 2);
    paragraphs[n++] = arena_strdup(fx.arena, "”Tal” 1.234,5 – 8,4 % og (a) §3, AVT: W. Vi, To. 'Y' f fi ffi Å! --> <- 10x10 1/2 * _ #");
    struct source nowhere = { NULL, 0, 0 };
    for (size_t i = 0; i < font_count(fx.fonts); i++) {
        const struct font_face *face = font_at(fx.fonts, i, nowhere, fx.diag);
        ck_assert_ptr_nonnull(face);
        const struct text_shaper *shaper = text_shaper_lookup(fx.engine, face, "da", 0, 0, false);
        for (size_t k = 0; k < n; k++)
            compare_paragraph(shaper, paragraphs[k], face->postscript_name);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text_line");
    TCase *lines = tcase_create("lines");
    tcase_add_checked_fixture(lines, fixture_begin, fixture_end);
    tcase_add_test(lines, nothing_is_lost);
    tcase_add_test(lines, a_line_ends_with_its_space_or_its_soft_hyphen);
    tcase_add_test(lines, capitals_by_style_are_hyphenated_as_words);
    tcase_add_test(lines, a_mark_above_the_line_keeps_its_mark);
    tcase_add_test(lines, labels_are_aligned_in_their_own_width);
    tcase_add_test(lines, figures_are_those_of_the_style);
    tcase_add_test(lines, letterspacing_ends_with_the_last_letter);
    tcase_add_test(lines, a_gap_keeps_three_quarters_of_its_space);
    tcase_add_test(lines, digits_above_the_line_are_drawn_ones_where_the_face_has_them);
    tcase_add_test(lines, a_character_that_no_font_has_is_told);
    tcase_add_test(lines, a_missing_character_comes_from_another_face_of_ours);
    tcase_add_test(lines, text_from_right_to_left);
    tcase_add_test(lines, words_are_the_paragraph_shaped_whole);
    suite_add_tcase(suite, lines);
    return unit_run_here(suite);
}
