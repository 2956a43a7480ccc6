/* Pages as a whole, asked of the display list alone: nothing lost, in order, on the grid, inside the page. */
#include "layout_fixture.h"

static double grid_distance(double y)
{
    const struct design_page *page = &fx.design->page;
    double rows = (y - page->first_baseline) / page->baseline_step;
    return fabs(rows - round(rows)) * page->baseline_step;
}

static bool is_body(const struct display_item *item)
{
    const struct design_style *body = design_lookup_style(fx.design, "body");
    return item->kind == DISPLAY_GLYPHS && fabs(item->run.size - body->size) < 0.01 &&
           !strcmp(item->run.face->family, body->family);
}

static void assert_body_on_grid(void)
{
    for (size_t i = 0; i < fx.doc->page_count; i++) {
        struct display_page *page = display_open_page(fx.doc, i);
        for (const struct display_item *item = page->first; item; item = item->next)
            if (is_body(item))
                ck_assert_msg(grid_distance(item->y) < 0.02, "page %zu: a line of body at %f", i + 1, item->y);
        display_close_page(page);
    }
}

/* The words of all paragraphs in the order of the boxes, as display_text gives them. */
static void put_words(const struct layout_box *box, struct buf *out)
{
    if (box->kind == LAYOUT_PARAGRAPH) {
        if (box->label)
            buf_puts(out, "• ");
        buf_put(out, box->spans->text, box->spans->length);
        buf_putc(out, '\n');
    }
    for (const struct layout_box *child = box->first; child; child = child->next)
        put_words(child, out);
}

static void assert_text_is_whole(void)
{
    struct buf wanted = BUF_EMPTY, got = BUF_EMPTY;
    for (const struct layout_sequence *s = fx.sequences; s; s = s->next)
        put_words(s->content, &wanted);
    display_text(fx.doc, &got);
    size_t same = 0;
    while (same < got.length && same < wanted.length && got.data[same] == wanted.data[same])
        same++;
    ck_assert_msg(same == got.length && same == wanted.length, "from byte %zu on: \"%.60s\" instead of \"%.60s\"", same,
                  buf_text(&got) + same, buf_text(&wanted) + same);
    buf_free(&wanted);
    buf_free(&got);
}

static void assert_inside_pages(void)
{
    for (size_t i = 0; i < fx.doc->page_count; i++) {
        struct display_page *page = display_open_page(fx.doc, i);
        for (const struct display_item *item = page->first; item; item = item->next)
            ck_assert(item->box.width < 0 || (item->box.y > 0 && item->box.y + item->box.height < page->height));
        display_close_page(page);
    }
}

START_TEST(columns_of_prose_over_pages)
{
    struct layout_box *columns = fixture_box(fixture_sequence(), LAYOUT_COLUMNS, "columns");
    columns->columns = 2;
    fx.seed = (uint32_t)_i;
    for (int i = 0; i < 20; i++) {
        if (i % 5 == 0)
            fixture_paragraph(columns, "h2", "TÆT SAMARBEJDE");
        fixture_paragraph(columns, "body", fixture_text(20 + fixture_random(120)));
        for (int k = 0; i % 7 == 3 && k < 4; k++)
            fixture_item(columns, fixture_text(8 + fixture_random(12)));
    }
    ck_assert_msg(fixture_set(false), "%s", unit_told(fx.diag, DIAG_TEXT));
    ck_assert_uint_gt(fx.doc->page_count, 1);
    assert_text_is_whole();
    assert_body_on_grid();
    assert_inside_pages();
}
END_TEST

START_TEST(a_stack_of_everything)
{
    struct layout_box *page = fixture_sequence();
    fx.seed = (uint32_t)_i;
    fixture_paragraph(page, "h1", "Indsatser");
    for (int i = 0; i < 12; i++) {
        fixture_paragraph(page, "body", fixture_text(10 + fixture_random(90)));
        struct layout_box *row = fixture_box(page, LAYOUT_ROW, "row");
        row->margin.top = row->margin.bottom = 13;
        for (int k = 0; k < 3; k++) {
            struct layout_box *cell = fixture_box(row, LAYOUT_STACK, "cell");
            cell->span = 4;
            cell->padding = (struct layout_edge){ 10, 10, 10, 10 };
            fixture_paragraph(cell, "h4", "Kasse");
            fixture_paragraph(cell, "box-text", fixture_text(5 + fixture_random(20)));
        }
        fixture_shape(page, 100, 40 + fixture_random(100), true);
    }
    ck_assert_msg(fixture_set(false), "%s", unit_told(fx.diag, DIAG_TEXT));
    assert_body_on_grid();
    assert_inside_pages();
}
END_TEST

START_TEST(a_link_over_two_lines_has_two_areas)
{
    struct layout_box *box = fixture_paragraph(fixture_sequence(), "body", fixture_text(30));
    struct text_span *spans = arena_array(fx.arena, struct text_span, 3);
    struct display_node *link = display_add_node(fx.doc, box->node, DISPLAY_LINK, box->at);
    link->uri = "https://viborg.dk/";
    box->width_limit = 200;
    for (int i = 0; i < 3; i++)
        spans[i] = box->spans[0];
    spans[0].length = 20;
    spans[1].text += 20;
    spans[1].length = 60;
    spans[1].mark = link;
    spans[2].text += 80;
    spans[2].length -= 80;
    box->spans = spans;
    box->span_count = 3;
    ck_assert(fixture_set(false));
    struct display_page *page = display_open_page(fx.doc, 0);
    int areas = 0;
    for (const struct display_link *l = page->links; l; l = l->next, areas++) {
        ck_assert_ptr_eq(l->node, link);
        ck_assert(l->area.x >= box->frame.x - 0.5 && l->area.x + l->area.width <= box->frame.x + 201);
        ck_assert_double_gt(l->area.width, 20);
    }
    ck_assert_int_ge(areas, 2);
    ck_assert_int_le(areas, 3);
    ck_assert_int_eq(link->page, 0);
    display_close_page(page);
}
END_TEST

START_TEST(proof_changes_nothing_but_what_lies_above)
{
    struct buf plain = BUF_EMPTY, proof = BUF_EMPTY;
    for (int k = 0; k < 2; k++) {
        fx.sequences = NULL;
        fx.seed = 3;
        fx.line = 1;
        display_free(fx.doc);
        fx.doc = display_new(fx.design, "da");
        struct layout_box *columns = fixture_box(fixture_sequence(), LAYOUT_COLUMNS, "columns");
        columns->columns = 2;
        fixture_float(columns, LAYOUT_SIDE_GUTTER, 0.5, 90);
        for (int i = 0; i < 4; i++)
            fixture_paragraph(columns, "body", fixture_text(50));
        ck_assert(fixture_set(k));
        ck_assert_msg(!k || strstr(unit_told(fx.diag, DIAG_TEXT), "E6") == NULL, "an error in proof mode");
        struct display_page *page = display_open_page(fx.doc, 0);
        for (const struct display_item *i = page->first; i; i = i->next)
            if (i->layer < DISPLAY_LAYER_OVERLAY)
                buf_printf(k ? &proof : &plain, "%d %f %f\n", i->kind, i->box.x, i->box.y);
        ck_assert(!k || page->last->layer == DISPLAY_LAYER_OVERLAY);
        display_close_page(page);
    }
    ck_assert_str_eq(buf_text(&plain), buf_text(&proof));
    buf_free(&plain);
    buf_free(&proof);
}
END_TEST

/* ---- footnotes ------------------------------------------------------------------------------------------------ */

/* A paragraph that ends in a mark, and its note. */
static struct layout_note *noted(struct layout_box *parent, size_t words, size_t order, size_t note_words)
{
    struct layout_box *box = fixture_paragraph(parent, "body", fixture_text(words));
    struct text_span *spans = arena_array(fx.arena, struct text_span, 2);
    struct layout_note *note = arena_new_of(fx.arena, struct layout_note);
    spans[0] = box->spans[0];
    spans[1] = box->spans[0];
    spans[1].text = "7";
    spans[1].length = 1;
    spans[1].flags = TEXT_SUPERSCRIPT;
    spans[1].mark = display_add_node(fx.doc, box->node, DISPLAY_LINK, box->at);
    box->spans = spans;
    box->span_count = 2;
    *note = (struct layout_note){ .mark = spans[1].mark, .order = order,
                                  .box = fixture_paragraph(NULL, "footnote", fixture_text(note_words)) };
    note->box->name = "footnote";
    box->notes = note;
    return note;
}

/* The page that has an item of the node, and the lowest line of body text there. */
static int page_of(const void *node, double *lowest)
{
    for (size_t i = 0; i < fx.doc->page_count; i++) {
        struct display_page *page = display_open_page(fx.doc, i);
        bool found = false;
        *lowest = 0;
        for (const struct display_item *item = page->first; item; item = item->next) {
            found |= item->node == node;
            if (is_body(item))
                *lowest = fmax(*lowest, item->y);
        }
        display_close_page(page);
        if (found)
            return (int)i;
    }
    return -1;
}

START_TEST(footnotes_stand_at_the_foot_of_the_page_with_their_mark)
{
    enum { NOTES = 12 };
    struct layout_box *columns = fixture_box(fixture_sequence(), LAYOUT_COLUMNS, "columns");
    struct layout_note *notes[NOTES];
    columns->columns = 2;
    fx.seed = (uint32_t)_i;
    for (size_t i = 0; i < NOTES; i++) {
        notes[i] = noted(columns, 20 + fixture_random(60), i, 5 + fixture_random(40));
        fixture_paragraph(columns, "body", fixture_text(20 + fixture_random(120)));
    }
    ck_assert_msg(fixture_set(false), "%s", unit_told(fx.diag, DIAG_TEXT));
    ck_assert_uint_gt(fx.doc->page_count, 1);
    for (size_t i = 0; i < NOTES; i++) {
        double lowest, foot = fx.design->page.last_baseline + fx.design->page.baseline_step / 4;
        ck_assert_int_eq(notes[i]->box->page, page_of(notes[i]->mark, &lowest));
        ck_assert_double_gt(notes[i]->box->frame.y, lowest);
        ck_assert_double_lt(notes[i]->box->frame.y + notes[i]->box->frame.height, foot + 0.1);
    }
    assert_body_on_grid();
    assert_inside_pages();
}
END_TEST

static void assert_note_is_whole(const struct layout_note *note)
{
    struct buf text = BUF_EMPTY;
    display_text(fx.doc, &text);
    ck_assert_msg(strstr(buf_text(&text), note->box->spans->text) != NULL, "a word of a note is lost, or stands elsewhere");
    buf_free(&text);
}

/* Lines of a node's text on each page. */
static void count_lines(const struct display_node *node, size_t lines[], size_t pages)
{
    for (size_t i = 0; i < fx.doc->page_count && i < pages; i++) {
        struct display_page *page = display_open_page(fx.doc, i);
        double y = 0, x = 0;
        lines[i] = 0;
        for (const struct display_item *item = page->first; item; item = item->next) {
            if (item->node != node || item->kind != DISPLAY_GLYPHS)
                continue;
            lines[i] += item->y != y || item->x < x;
            y = item->y;
            x = item->x;
        }
        display_close_page(page);
    }
}

START_TEST(a_footnote_longer_than_its_page_goes_on)
{
    size_t lines[8];
    const struct layout_note *note = noted(fixture_sequence(), 40, 1, 3000);
    ck_assert_msg(fixture_set(false), "%s", unit_told(fx.diag, DIAG_TEXT));
    ck_assert_uint_gt(fx.doc->page_count, 2);
    assert_note_is_whole(note);
    assert_inside_pages();
    count_lines(note->box->node, lines, 8);
    for (size_t i = 0; i < fx.doc->page_count; i++)
        ck_assert_uint_ge(lines[i], 2);
    ck_assert_msg(!strstr(unit_told(fx.diag, DIAG_TEXT), "W612"), "%s", unit_told(fx.diag, DIAG_TEXT));
}
END_TEST

/* Long notes in running text: each begins on the page of its mark, pages are full, no piece is a single line. */
START_TEST(long_footnotes_are_divided_rather_than_leave_a_hole)
{
    enum { NOTES = 8 };
    struct layout_box *columns = fixture_box(fixture_sequence(), LAYOUT_COLUMNS, "columns");
    struct layout_note *notes[NOTES];
    size_t lines[16];
    int divided = 0;
    columns->columns = 2;
    fx.seed = (uint32_t)_i * 77 + 5;
    for (size_t i = 0; i < NOTES; i++) {
        notes[i] = noted(columns, 40 + fixture_random(100), i, 120 + fixture_random(400));
        fixture_paragraph(columns, "body", fixture_text(40 + fixture_random(160)));
    }
    ck_assert_msg(fixture_set(false), "%s", unit_told(fx.diag, DIAG_TEXT));
    for (size_t i = 0; i < NOTES; i++) {
        double lowest;
        int pages = 0;
        ck_assert_int_eq(notes[i]->box->page, page_of(notes[i]->mark, &lowest));
        assert_note_is_whole(notes[i]);
        count_lines(notes[i]->box->node, lines, 16);
        for (size_t k = 0; k < fx.doc->page_count; k++) {
            ck_assert_msg(lines[k] != 1, "note %zu has one line on page %zu", i, k + 1);
            pages += lines[k] > 0;
        }
        divided += pages > 1;
    }
    for (size_t k = 0; k + 1 < fx.doc->page_count; k++) {
        const struct display_page *page = display_open_page(fx.doc, k);
        double lowest = 0, note_top = page->height;
        for (const struct display_item *item = page->first; item; item = item->next) {
            if (is_body(item))
                lowest = fmax(lowest, item->y);
            else if (item->kind == DISPLAY_GLYPHS)
                note_top = fmin(note_top, item->y);
        }
        double foot = fmin(fx.design->page.last_baseline, note_top - fx.design->page.baseline_step);
        ck_assert_msg(foot - lowest < 6 * fx.design->page.baseline_step, "a hole of %.0f rows on page %zu",
                      (foot - lowest) / fx.design->page.baseline_step, k + 1);
        display_close_page((struct display_page *)page);
    }
    ck_assert_int_gt(divided, 0);
}
END_TEST

START_TEST(a_footnote_that_has_no_room_on_its_page_is_told)
{
    struct layout_box *page = fixture_sequence();
    struct layout_box *box = fixture_box(page, LAYOUT_STACK, "box");
    box->keep_together = true;
    box->height = fx.design->page.last_baseline - fx.design->page.first_baseline;
    const struct layout_note *note = noted(box, 20, 1, 30);
    fixture_paragraph(page, "body", fixture_text(60));
    ck_assert_msg(fixture_set(false), "%s", unit_told(fx.diag, DIAG_TEXT));
    ck_assert_msg(strstr(unit_told(fx.diag, DIAG_TEXT), "W612: a footnote begins on the page after page 1"), "%s", unit_told(fx.diag, DIAG_TEXT));
    ck_assert_int_eq(note->box->page, 1);
    assert_note_is_whole(note);
}
END_TEST

/* ---- the last page -------------------------------------------------------------------------------------------- */

START_TEST(a_last_page_is_not_left_with_a_few_lines)
{
    struct layout_box *columns = fixture_box(fixture_sequence(), LAYOUT_COLUMNS, "columns");
    columns->columns = 2;
    fx.seed = (uint32_t)_i;
    for (int i = 0; i < 9; i++)
        fixture_paragraph(columns, "body", fixture_text(80));
    fixture_paragraph(columns, "body", fixture_text(10 + 4 * (size_t)_i));
    ck_assert(fixture_set(false));
    size_t pages = fx.doc->page_count, lines = 0;
    struct display_page *page = display_open_page(fx.doc, pages - 1);
    double y = 0;
    for (const struct display_item *item = page->first; item; item = item->next)
        if (is_body(item) && item->y != y) {
            lines++;
            y = item->y;
        }
    display_close_page(page);
    ck_assert_msg(pages == 1 || lines >= 8, "%zu lines on page %zu", lines, pages);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layout pages");
    TCase *tests = tcase_create("pages");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, fixture_begin, fixture_end);
    tcase_add_loop_test(tests, columns_of_prose_over_pages, 0, 3);
    tcase_add_loop_test(tests, a_stack_of_everything, 0, 3);
    tcase_add_test(tests, a_link_over_two_lines_has_two_areas);
    tcase_add_loop_test(tests, footnotes_stand_at_the_foot_of_the_page_with_their_mark, 0, 6);
    tcase_add_test(tests, a_footnote_longer_than_its_page_goes_on);
    tcase_add_loop_test(tests, long_footnotes_are_divided_rather_than_leave_a_hole, 0, 3);
    tcase_add_test(tests, a_footnote_that_has_no_room_on_its_page_is_told);
    tcase_add_loop_test(tests, a_last_page_is_not_left_with_a_few_lines, 24, 40);
    tcase_add_test(tests, proof_changes_nothing_but_what_lies_above);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
