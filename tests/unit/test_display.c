/* The display list: packing loses nothing, finishing reckons what it promises, and each breach is told at its source. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "display/display.h"
#include "unit.h"

/* A face of 1000 units whose glyph n has the advance 400 + n. */
static uint16_t advances[256];
static struct font_face face = { .family = "Test", .style = "Regular", .postscript_name = "Test-Regular", .upem = 1000,
                                 .ascender = 900, .descender = -250, .cap_height = 700, .glyph_count = 256,
                                 .advances = advances };
static const struct design_colour ink = { .name = "ink" };
static const struct design_colour paper = { .name = "paper", .rgb = { 255, 255, 255 }, .agenda = { 255, 255, 255 } };
static const struct design_colour pale = { .name = "pale", .rgb = { 250, 220, 150 }, .agenda = { 0, 0, 0 } };
static const struct design_colour *const colours[] = { &ink, &paper, &pale };
static const struct design design = { .page = { .width = 200, .height = 300, .bleed = 9 }, .colours = colours,
                                      .colour_count = 3 };
static struct display_document *doc;
static struct diag *diag;

/* Stand-ins, so that the display list can be tested alone; the text layer's own take their place when it is there. */
size_t text_line_runs(struct text_para *, const struct text_line *, struct arena *, struct text_run **)
    __attribute__((weak));
size_t text_line_runs(struct text_para *para, const struct text_line *line, struct arena *arena, struct text_run **out)
{
    (void)para, (void)line, (void)arena, (void)out;
    return 0;
}

void text_line_ink(struct text_para *, const struct text_line *, double *, double *) __attribute__((weak));
void text_line_ink(struct text_para *para, const struct text_line *line, double *left, double *right)
{
    (void)para, (void)line;
    *left = *right = 0;
}

static void setup(void)
{
    for (int i = 0; i < 256; i++)
        advances[i] = (uint16_t)(400 + i);
    doc = display_new(&design, "da");
    diag = diag_new();
}

static void teardown(void)
{
    display_free(doc);
    diag_free(diag);
}

static struct source at_line(int line)
{
    return (struct source){ "folder/plan.xml", line, 3 };
}

/* A run of ASCII text; every fifth glyph is kerned, "fi" is a ligature, 'o' is raised. */
static struct text_run run_of(const char *text, struct text_glyph *glyphs, double size)
{
    struct text_run run = { .face = &face, .size = size, .stretch = 1.01, .tracking = 0.02, .colour = &ink,
                            .text = text, .text_length = strlen(text), .lang = "da" };
    double x = 0;
    for (size_t i = 0; text[i];) {
        size_t n = text[i] == 'f' && text[i + 1] == 'i' ? 2 : 1;
        struct text_glyph *g = &glyphs[run.count++];
        *g = (struct text_glyph){ .glyph = (unsigned char)text[i], .text_length = (uint16_t)n, .text_at = (uint32_t)i,
                                  .x = (float)x, .y = text[i] == 'o' ? 1.5f : 0 };
        x += advances[g->glyph] * size / 1000 * 1.01 + 0.02 + (run.count % 5 ? 0 : 0.37);
        i += n;
    }
    run.glyphs = glyphs;
    run.width = x;
    return run;
}

static struct display_item *add_text(struct display_page *page, const char *text, double x, double y, double size)
{
    struct text_glyph glyphs[200];
    struct text_run run = run_of(text, glyphs, size);
    return display_add_glyphs(page, &run, x, y);
}

/* ---- packing ------------------------------------------------------------------------------------------------ */

START_TEST(a_packed_run_is_the_run)
{
    static const char text[] = "the finest of offices, afield; five words more";
    struct text_glyph glyphs[200];
    struct display_page *page = display_add_page(doc, 200, 300);
    display_mark(page, doc->root, at_line(5));
    struct text_run run = run_of(text, glyphs, 9.5);
    run.rise = 2;
    display_add_glyphs(page, &run, 12.25, 40);
    display_finish_page(page);
    ck_assert_ptr_null(page->first);
    struct display_page *open = display_open_page(doc, 0);
    const struct display_item *item = open->first;
    ck_assert_uint_eq(item->run.count, run.count);
    ck_assert_str_eq(item->run.text, text);
    ck_assert_ptr_eq(item->run.face, &face);
    ck_assert_ptr_eq(item->node, doc->root);
    ck_assert_double_eq(item->x, 12.25);
    ck_assert_double_eq(item->run.rise, 2);
    ck_assert_int_eq(item->at.line, 5);
    for (size_t i = 0; i < run.count; i++) {
        ck_assert_uint_eq(item->run.glyphs[i].glyph, glyphs[i].glyph);
        ck_assert_uint_eq(item->run.glyphs[i].text_at, glyphs[i].text_at);
        ck_assert_uint_eq(item->run.glyphs[i].text_length, glyphs[i].text_length);
        ck_assert_float_eq_tol(item->run.glyphs[i].x, glyphs[i].x, 0.0005);
        ck_assert_float_eq(item->run.glyphs[i].y, glyphs[i].y);
    }
    display_close_page(open);
}
END_TEST

START_TEST(packing_keeps_graphics_groups_and_links)
{
    struct display_page *page = display_add_page(doc, 200, 300);
    display_mark_artifact(page, DISPLAY_ARTIFACT_BACKGROUND);
    page->layer = DISPLAY_LAYER_BACKGROUND;
    struct path path = PATH_EMPTY;
    path_circle(&path, 50, 60, 20);
    struct display_stop stops[] = { { 0, &ink, 1 }, { 1, &ink, 0.5 } };
    struct display_paint fill = { .kind = DISPLAY_LINEAR, .colour = &ink, .stops = stops, .stop_count = 2 };
    struct display_stroke stroke = { .paint = { .kind = DISPLAY_SOLID, .colour = &ink, .opacity = 0.5 }, .width = 2,
                                     .dash = { 3, 1 }, .dash_count = 2, .cap = 1 };
    display_add_path(page, &path, &fill, &stroke);
    display_push_transform(page, affine_scale(0.5, 0.5));
    display_push_clip(page, &path);
    display_add_rect(page, (struct rect){ 0, 0, 100, 100 }, &ink);
    display_pop(page);
    display_pop(page);
    path_free(&path);
    struct display_node *link = display_add_node(doc, doc->root, DISPLAY_LINK, at_line(3));
    display_add_link(page, (struct rect){ 1, 2, 3, 4 }, link);
    display_finish_page(page);

    struct display_page *open = display_open_page(doc, 0);
    const struct display_item *i = open->first;
    ck_assert_int_eq(i->kind, DISPLAY_PATH);
    ck_assert_double_eq_tol(i->box.x, 29, 1e-6);
    ck_assert_uint_eq(i->path.fill.stop_count, 2);
    ck_assert_double_eq(i->path.fill.stops[1].opacity, 0.5);
    ck_assert_double_eq(i->path.stroke.dash[1], 1);
    ck_assert_int_eq(i->path.stroke.cap, 1);
    ck_assert_ptr_eq(i->path.stroke.paint.colour, &ink);
    i = i->next->next->next;
    /* Half as large, and cut by the clip, whose box is 30..70 by 40..80 before scaling. */
    ck_assert_double_eq_tol(i->box.x, 15, 1e-3);
    ck_assert_double_eq_tol(i->box.height, 20, 1e-3);
    ck_assert_int_eq(i->next->kind, DISPLAY_POP);
    ck_assert_ptr_eq(open->links->node, link);
    ck_assert_double_eq(open->links->area.height, 4);
    display_close_page(open);
}
END_TEST

/* ---- finishing ---------------------------------------------------------------------------------------------- */

START_TEST(layers_are_sorted_and_groups_stay_whole)
{
    struct display_page *page = display_add_page(doc, 200, 300);
    display_mark(page, doc->root, at_line(1));
    add_text(page, "first", 10, 50, 10);
    page->layer = DISPLAY_LAYER_BACKGROUND;
    display_add_rect(page, (struct rect){ 0, 0, 10, 10 }, &ink);
    display_push_opacity(page, 0.5);
    page->layer = DISPLAY_LAYER_OVERLAY;
    display_add_rect(page, (struct rect){ 5, 5, 10, 10 }, &ink);
    display_pop(page);
    display_finish_page(page);
    struct display_page *open = display_open_page(doc, 0);
    static const enum display_kind expected[] = { DISPLAY_PATH, DISPLAY_PUSH_OPACITY, DISPLAY_PATH, DISPLAY_POP,
                                                  DISPLAY_GLYPHS };
    size_t n = 0;
    for (const struct display_item *i = open->first; i; i = i->next)
        ck_assert_int_eq(i->kind, expected[n++]);
    ck_assert_uint_eq(n, 5);
    display_close_page(open);
}
END_TEST

START_TEST(nodes_learn_their_page_box_and_order)
{
    struct display_node *sect = display_add_node(doc, doc->root, DISPLAY_SECT, at_line(1));
    struct display_node *empty = display_add_node(doc, sect, DISPLAY_P, at_line(2));
    struct display_node *p = display_add_node(doc, sect, DISPLAY_P, at_line(3));
    display_add_page(doc, 200, 300);
    struct display_page *page = display_add_page(doc, 200, 300);
    display_mark(page, p, at_line(3));
    add_text(page, "words", 10, 50, 10);
    add_text(page, "words", 10, 63, 10);
    display_finish(doc);
    ck_assert_int_eq(p->page, 1);
    ck_assert_int_eq(sect->page, 1);
    ck_assert_double_eq_tol(sect->box.y, 41, 1e-9);
    ck_assert_double_eq_tol(sect->box.y + sect->box.height, 65.5, 1e-9);
    ck_assert_ptr_eq(sect->first, p);      /* the empty one is gone */
    ck_assert_ptr_eq(sect->last, p);
    ck_assert_int_eq(empty->page, -1);
    ck_assert_int_eq(p->number, 2);
}
END_TEST

START_TEST(empty_cells_stay_and_headers_get_ids)
{
    struct display_node *table = display_add_node(doc, doc->root, DISPLAY_TABLE, at_line(1));
    struct display_node *row = display_add_node(doc, table, DISPLAY_TR, at_line(2));
    struct display_node *th = display_add_node(doc, row, DISPLAY_TH, at_line(3));
    struct display_node *td = display_add_node(doc, row, DISPLAY_TD, at_line(4));
    struct display_page *page = display_add_page(doc, 200, 300);
    display_mark(page, th, at_line(3));
    add_text(page, "head", 10, 50, 10);
    display_finish(doc);
    ck_assert_ptr_eq(th->next, td);
    ck_assert_str_eq(th->id, "th-3");
}
END_TEST

START_TEST(text_comes_in_reading_order)
{
    struct display_node *list = display_add_node(doc, doc->root, DISPLAY_L, at_line(1));
    struct display_node *item = display_add_node(doc, list, DISPLAY_LI, at_line(2));
    struct display_node *label = display_add_node(doc, item, DISPLAY_LBL, at_line(2));
    struct display_node *body = display_add_node(doc, item, DISPLAY_LBODY, at_line(2));
    struct display_node *p = display_add_node(doc, doc->root, DISPLAY_P, at_line(4));
    struct display_node *link = display_add_node(doc, p, DISPLAY_LINK, at_line(4));
    struct display_node *figure = display_add_node(doc, doc->root, DISPLAY_FIGURE, at_line(6));
    figure->alt = "A wheel.";
    struct display_page *page = display_add_page(doc, 200, 300);
    display_mark(page, p, at_line(4));     /* painted first, read last */
    add_text(page, "before ", 10, 90, 10);
    display_mark(page, link, at_line(4));
    add_text(page, "lin\xC2\xAD", 40, 90, 10);
    add_text(page, "ked ", 10, 103, 10);
    display_mark(page, p, at_line(4));
    add_text(page, "after ", 60, 103, 10);
    display_mark(page, label, at_line(2));
    add_text(page, "1.", 10, 50, 10);
    display_mark(page, body, at_line(2));
    add_text(page, "an entry ", 20, 50, 10);
    display_mark(page, figure, at_line(6));
    add_text(page, "hub", 20, 150, 10);
    display_finish(doc);
    struct buf text = BUF_EMPTY;
    display_text(doc, &text);
    ck_assert_str_eq(buf_text(&text), "1. an entry\nbefore linked after\nA wheel.\n");
    buf_free(&text);
}
END_TEST

START_TEST(the_dump_can_be_read)
{
    struct display_node *p = display_add_node(doc, doc->root, DISPLAY_P, at_line(118));
    struct display_page *page = display_add_page(doc, 200, 300);
    page->label = "1";
    display_mark(page, p, at_line(118));
    add_text(page, "8,7\xC2\xA0%", 41, 233.5, 9.5);
    display_mark_artifact(page, DISPLAY_ARTIFACT_PAGINATION);
    display_add_rect(page, (struct rect){ 0, 290, 200, 1 }, &ink);
    display_finish(doc);
    struct buf text = BUF_EMPTY;
    display_dump(doc, &text);
    ck_assert_str_eq(buf_text(&text),
                     "page 1 200 300 label 1\n"
                     "glyphs 41 233.5 28.8 Test-Regular 9.5 ink \"8,7\\u00A0%\" P#1 plan.xml:118\n"
                     "path 0 290 200 1 verbs 5 fill ink -pagination plan.xml:118\n"
                     "\n"
                     "tree\n"
                     "Document#0 page 1 lang \"da\"\n"
                     "  P#1 page 1 plan.xml:118\n");
    buf_free(&text);
}
END_TEST

/* ---- checking ----------------------------------------------------------------------------------------------- */

static struct display_page *sound_page(void)
{
    struct display_node *p = display_add_node(doc, doc->root, DISPLAY_P, at_line(1));
    struct display_page *page = display_add_page(doc, 200, 300);
    display_mark(page, p, at_line(1));
    add_text(page, "sound", 10, 50, 10);
    return page;
}

static void assert_told(const char *what)
{
    display_finish(doc);
    ck_assert(!display_check(doc, diag));
    const char *messages = unit_told(diag, DIAG_TEXT);
    ck_assert_msg(strstr(messages, what) != NULL, "not told: %s in: %s", what, messages);
}

START_TEST(a_sound_document_passes)
{
    struct display_page *page = sound_page();
    page->bleeds = true;
    display_mark_artifact(page, DISPLAY_ARTIFACT_BACKGROUND);
    display_add_rect(page, (struct rect){ -9, -9, 218, 100 }, &ink);
    display_finish(doc);
    ck_assert_msg(display_check(doc, diag), "%s", unit_told(diag, DIAG_TEXT));
}
END_TEST

START_TEST(ink_beyond_the_page_is_told)
{
    struct display_page *page = sound_page();
    display_mark(page, doc->root->first, at_line(7));
    add_text(page, "too far to the right", 150, 50, 10);
    assert_told("plan.xml:7:3: error: E650");
}
END_TEST

START_TEST(bleed_without_leave_is_told)
{
    struct display_page *page = sound_page();
    display_mark_artifact(page, DISPLAY_ARTIFACT_BACKGROUND);
    display_add_rect(page, (struct rect){ -9, 0, 20, 20 }, &ink);
    assert_told("E650");
}
END_TEST

START_TEST(unmarked_text_is_told)
{
    struct display_page *page = display_add_page(doc, 200, 300);
    add_text(page, "whose", 10, 50, 10);
    assert_told("E651");
}
END_TEST

START_TEST(small_print_is_told_also_when_it_is_scaled)
{
    struct display_page *page = sound_page();
    display_push_transform(page, affine_scale(0.6, 0.6));
    add_text(page, "tiny", 50, 90, 10);
    display_pop(page);
    assert_told("E652");
}
END_TEST

START_TEST(an_open_group_is_told)
{
    struct display_page *page = sound_page();
    display_push_opacity(page, 0.5);
    assert_told("E654");
}
END_TEST

static void add_marked(enum display_role role, struct display_node *parent, int line)
{
    struct display_node *node = display_add_node(doc, parent, role, at_line(line));
    struct display_page *page = doc->page_count ? doc->pages[0] : display_add_page(doc, 200, 300);
    display_mark(page, node, at_line(line));
    add_text(page, "x", 10, 50, 10);
}

START_TEST(a_row_outside_a_table_is_told)
{
    add_marked(DISPLAY_TD, display_add_node(doc, doc->root, DISPLAY_TR, at_line(8)), 9);
    assert_told("plan.xml:8:3: error: E655");
}
END_TEST

START_TEST(content_of_a_list_itself_is_told)
{
    add_marked(DISPLAY_L, doc->root, 9);
    assert_told("E653");
}
END_TEST

START_TEST(a_figure_without_alt_is_told)
{
    add_marked(DISPLAY_FIGURE, doc->root, 12);
    assert_told("plan.xml:12:3: error: E656");
}
END_TEST

START_TEST(links_without_text_or_goal_are_told)
{
    add_marked(DISPLAY_P, doc->root, 4);
    display_add_node(doc, doc->root->first, DISPLAY_LINK, at_line(5))->uri = "https://viborg.dk/";
    add_marked(DISPLAY_LINK, doc->root->first, 6);
    display_finish(doc);
    ck_assert(!display_check(doc, diag));
    const char *messages = unit_told(diag, DIAG_TEXT);
    ck_assert(strstr(messages, "plan.xml:5:3: error: E657") != NULL);
    ck_assert(strstr(messages, "plan.xml:6:3: error: E658") != NULL);
}
END_TEST

START_TEST(a_gap_in_headings_is_told)
{
    add_marked(DISPLAY_H1, doc->root, 1);
    add_marked(DISPLAY_H3, doc->root, 2);
    assert_told("plan.xml:2:3: error: E659");
}
END_TEST

START_TEST(an_id_used_twice_is_told)
{
    add_marked(DISPLAY_P, doc->root, 1);
    add_marked(DISPLAY_P, doc->root, 2);
    doc->root->first->id = doc->root->last->id = "goals";
    assert_told("plan.xml:2:3: error: E660");
}
END_TEST

START_TEST(meaning_needs_contrast_with_what_it_stands_on)
{
    struct display_page *page = sound_page();
    display_add_rect(page, (struct rect){ 100, 100, 50, 50 }, &ink);
    page->meaning = true;
    page->at = at_line(20);
    display_add_rect(page, (struct rect){ 110, 110, 5, 5 }, &pale);        /* on ink: 15:1, black on black for the agenda */
    page->at = at_line(21);
    display_add_rect(page, (struct rect){ 10, 110, 5, 5 }, &pale);         /* on paper: 1.3:1 */
    page->at = at_line(22);
    display_add_rect(page, (struct rect){ 10, 130, 5, 5 }, &ink);
    page->meaning = false;
    page->at = at_line(23);
    display_add_rect(page, (struct rect){ 10, 150, 5, 5 }, &pale);
    display_finish(doc);
    ck_assert(display_check(doc, diag));
    const char *messages = unit_told(diag, DIAG_TEXT);
    ck_assert_msg(strstr(messages, "plan.xml:20:3: warning: W661: in the agenda's colours") != NULL, "%s", messages);
    ck_assert_msg(strstr(messages, "plan.xml:21:3: warning: W661: a graphic on page 1, pale on paper") != NULL, "%s", messages);
    ck_assert_ptr_null(strstr(messages, "plan.xml:22"));
    ck_assert_ptr_null(strstr(messages, "plan.xml:23"));
}
END_TEST

/* Nine letters of 5 points that begin at (x, y), told at that line of the plan. */
static void put_word(struct display_page *page, const struct design_colour *colour, double x, double y, int line)
{
    page->at = at_line(line);
    add_text(page, "ninechars", x, y, 10)->run.colour = colour;
}

START_TEST(text_needs_contrast_with_what_lies_under_it)
{
    struct display_page *page = sound_page();
    struct path round = PATH_EMPTY;
    path_circle(&round, 100, 200, 40);
    display_add_rect(page, (struct rect){ 10, 100, 80, 20 }, &ink);
    put_word(page, &ink, 20, 112, 30);     /* ink on ink */
    put_word(page, &pale, 20, 118, 31);    /* good on the screen, black on black for the agenda */
    display_add_rect(page, (struct rect){ 15, 102, 80, 16 }, &paper);
    put_word(page, &ink, 20, 112, 32);     /* the paper above is what counts */
    display_fill(page, &round, &ink);
    put_word(page, &ink, 95, 200, 33);     /* in the circle */
    put_word(page, &ink, 10, 238, 34);     /* beside it, within its box and without */
    put_word(page, &ink, 50, 200, 35);     /* only its end is over the circle */
    display_push_clip(page, &round);
    display_add_rect(page, (struct rect){ 0, 160, 200, 80 }, &paper);
    display_pop(page);
    put_word(page, &ink, 95, 200, 36);     /* the circle, cut out of paper */
    display_push_opacity(page, 0.2);
    put_word(page, &ink, 10, 280, 37);     /* as good as a grey */
    display_pop(page);
    display_push_transform(page, affine_translate(0, 180));
    put_word(page, &ink, 20, -66, 38);     /* at 114: on paper on ink */
    display_pop(page);
    display_finish(doc);
    ck_assert(display_check(doc, diag));
    const char *messages = unit_told(diag, DIAG_TEXT);
    static const int wrong[] = { 30, 31, 33, 35, 37 }, right[] = { 32, 34, 36, 38 };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(strstr(messages, arena_printf(doc->arena, "plan.xml:%d:3: warning: W662", wrong[i])) != NULL,
                      "line %d is not told: %s", wrong[i], messages);
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        ck_assert_msg(strstr(messages, arena_printf(doc->arena, "plan.xml:%d:", right[i])) == NULL, "line %d is told: %s",
                      right[i], messages);
    ck_assert_ptr_nonnull(strstr(messages, "W662: in the agenda's colours the text \"ninechars\" on page 1, pale on ink"));
    path_free(&round);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("display");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_packed_run_is_the_run);
    tcase_add_test(tests, packing_keeps_graphics_groups_and_links);
    tcase_add_test(tests, layers_are_sorted_and_groups_stay_whole);
    tcase_add_test(tests, nodes_learn_their_page_box_and_order);
    tcase_add_test(tests, empty_cells_stay_and_headers_get_ids);
    tcase_add_test(tests, text_comes_in_reading_order);
    tcase_add_test(tests, the_dump_can_be_read);
    tcase_add_test(tests, a_sound_document_passes);
    tcase_add_test(tests, ink_beyond_the_page_is_told);
    tcase_add_test(tests, bleed_without_leave_is_told);
    tcase_add_test(tests, unmarked_text_is_told);
    tcase_add_test(tests, small_print_is_told_also_when_it_is_scaled);
    tcase_add_test(tests, an_open_group_is_told);
    tcase_add_test(tests, a_row_outside_a_table_is_told);
    tcase_add_test(tests, content_of_a_list_itself_is_told);
    tcase_add_test(tests, a_figure_without_alt_is_told);
    tcase_add_test(tests, links_without_text_or_goal_are_told);
    tcase_add_test(tests, a_gap_in_headings_is_told);
    tcase_add_test(tests, an_id_used_twice_is_told);
    tcase_add_test(tests, meaning_needs_contrast_with_what_it_stands_on);
    tcase_add_test(tests, text_needs_contrast_with_what_lies_under_it);
    Suite *suite = suite_create("display");
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
