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
    ck_assert_msg(fixture_set(false), "%s", fixture_told());
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
    ck_assert_msg(fixture_set(false), "%s", fixture_told());
    assert_body_on_grid();
    assert_inside_pages();
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
    suite_add_tcase(suite, tests);
    return fixture_run(suite);
}
