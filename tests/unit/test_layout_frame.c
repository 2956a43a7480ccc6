/* The place of boxes in stacks, rows and grids, and what a page does with too much or too little. */
#include "layout_fixture.h"

static double step(void)
{
    return fx.design->page.baseline_step;
}

static double type_width(void)
{
    return fx.design->page.width - fx.design->page.inside - fx.design->page.outside;
}

static struct layout_box *box_of(struct layout_box *parent, double height)
{
    struct layout_box *box = fixture_box(parent, LAYOUT_STACK, "box");
    box->background = design_lookup_colour(fx.design, "field");
    box->min_height = height;
    return box;
}

static struct display_item *first_field(struct display_page *page)
{
    for (struct display_item *i = page->first; i; i = i->next)
        if (i->kind == DISPLAY_PATH && i->layer == DISPLAY_LAYER_FIELD)
            return i;
    return NULL;
}

/* ---- places --------------------------------------------------------------------------------------------------- */

START_TEST(cells_take_their_span_of_the_grid)
{
    struct layout_box *row = fixture_box(fixture_sequence(), LAYOUT_ROW, "row");
    struct layout_box *a = box_of(row, 50), *b = box_of(row, 50), *c = box_of(row, 50);
    a->span = 6;
    b->width = 40;
    ck_assert(fixture_set(false));
    const struct design_page *page = &fx.design->page;
    double column = (type_width() - 11 * page->gutter) / 12;
    ck_assert_double_eq_tol(a->frame.width, 6 * column + 5 * page->gutter, 0.01);
    ck_assert_double_eq_tol(b->frame.x, a->frame.x + a->frame.width + page->gutter, 0.01);
    ck_assert_double_eq_tol(b->frame.width, 40, 0.01);
    ck_assert_double_eq_tol(c->frame.x + c->frame.width, page->inside + type_width(), 0.01);
}
END_TEST

START_TEST(cells_are_as_high_as_their_row)
{
    struct layout_box *row = fixture_box(fixture_sequence(), LAYOUT_ROW, "row");
    struct layout_box *low = box_of(row, 0), *high = box_of(row, 100);
    struct layout_box *p = fixture_paragraph(low, "box-text", "kort");
    low->align = 1;
    fixture_paragraph(high, "box-text", "kort");
    ck_assert(fixture_set(false));
    ck_assert_double_eq_tol(low->frame.height, high->frame.height, 0.01);
    ck_assert_double_gt(p->frame.y, high->frame.y + 70);
}
END_TEST

START_TEST(a_grid_breaks_between_its_rows)
{
    struct layout_box *grid = fixture_box(fixture_sequence(), LAYOUT_GRID, "grid");
    grid->columns = 3;
    for (int i = 0; i < 12; i++)
        box_of(grid, 250);
    ck_assert(fixture_set(false));
    ck_assert_uint_eq(fx.doc->page_count, 2);
    int i = 0;
    for (const struct layout_box *cell = grid->first; cell; cell = cell->next, i++)
        ck_assert_int_eq(cell->page, i / 6);
}
END_TEST

START_TEST(boxes_take_whole_steps)
{
    struct layout_box *page = fixture_sequence();
    double y = 0;
    for (int i = 0; i < 5; i++) {
        struct layout_box *box = box_of(page, 20 + 7 * i);
        box->grid = true;
        box->margin.top = 5;
    }
    ck_assert(fixture_set(false));
    for (const struct layout_box *box = page->first; box; box = box->next) {
        double steps = box->frame.height / step();
        ck_assert_double_eq_tol(steps, round(steps), 1e-6);
        ck_assert(y == 0 || fabs(box->frame.y - y - step()) < 1e-6);
        y = box->frame.y + box->frame.height;
    }
}
END_TEST

START_TEST(a_field_bleeds_over_the_edges_it_names)
{
    struct layout_box *box = box_of(fixture_sequence(), 100);
    box->bleed = LAYOUT_LEFT | LAYOUT_TOP | LAYOUT_RIGHT;
    box->bar = 12;
    box->bar_colour = design_lookup_colour(fx.design, "area-1-main");
    ck_assert(fixture_set(false));
    ck_assert_msg(display_check(fx.doc, fx.diag), "%s", unit_told(fx.diag, DIAG_TEXT));
    struct display_page *page = display_open_page(fx.doc, 0);
    const struct display_item *field = first_field(page), *bar = field->next;
    double bleed = fx.design->page.bleed;
    ck_assert_double_eq_tol(field->box.x, -bleed, 1e-6);
    ck_assert_double_eq_tol(field->box.y, -bleed, 1e-6);
    ck_assert_double_eq_tol(field->box.width, fx.design->page.width + 2 * bleed, 1e-6);
    ck_assert_double_eq_tol(field->box.y + field->box.height, box->frame.y + box->frame.height, 1e-6);
    ck_assert_double_eq_tol(bar->box.width, bleed + 12, 1e-6);
    display_close_page(page);
}
END_TEST

START_TEST(inside_and_outside_change_sides)
{
    struct layout_box *page = fixture_sequence();
    struct layout_box *first = box_of(page, 100), *second = box_of(page, 100);
    second->break_before = true;
    ck_assert(fixture_set(false));
    ck_assert(fx.design->page.facing);
    ck_assert_double_eq_tol(first->frame.x, fx.design->page.inside, 1e-6);
    ck_assert_double_eq_tol(second->frame.x, fx.design->page.outside, 1e-6);
    ck_assert_int_eq(second->page, 1);
}
END_TEST

/* ---- breaks --------------------------------------------------------------------------------------------------- */

START_TEST(what_is_kept_together_goes_to_the_next_page)
{
    struct layout_box *page = fixture_sequence();
    box_of(page, 500);
    struct layout_box *kept = box_of(page, 0);
    kept->keep_together = true;
    for (int i = 0; i < 4; i++)
        fixture_paragraph(kept, "body", fixture_text(120));
    ck_assert(fixture_set(false));
    ck_assert_int_eq(kept->page, 1);
    ck_assert_int_eq(kept->last->page, 1);
}
END_TEST

START_TEST(what_is_kept_together_but_too_high_is_divided_and_told)
{
    struct layout_box *page = fixture_sequence(), *kept = box_of(page, 0);
    kept->keep_together = true;
    for (int i = 0; i < 12; i++)
        fixture_paragraph(kept, "body", fixture_text(120));
    ck_assert(fixture_set(false));
    ck_assert_uint_eq(fx.doc->page_count, 2);
    ck_assert(strstr(unit_told(fx.diag, DIAG_TEXT), "W604") != NULL);
}
END_TEST

START_TEST(a_heading_goes_with_what_follows)
{
    struct layout_box *page = fixture_sequence();
    box_of(page, 690);
    struct layout_box *heading = fixture_paragraph(page, "h2", "TÆT SAMARBEJDE");
    struct layout_box *text = fixture_paragraph(page, "body", fixture_text(100));
    ck_assert(fixture_set(false));
    ck_assert_int_eq(heading->page, 1);
    ck_assert_int_eq(text->page, 1);
}
END_TEST

/* Boxes that fill a page as far as they go, so that the note below the last of them has room on it or not. */
START_TEST(a_note_goes_with_the_end_of_what_stands_above)
{
    struct layout_box *page = fixture_sequence(), *last = NULL;
    for (int i = 0; i < 5; i++)
        last = box_of(page, 91 + 13 * _i);
    struct layout_box *note = fixture_paragraph(page, "body", fixture_text(40));
    note->belongs_above = true;
    fixture_paragraph(page, "body", fixture_text(200));
    ck_assert(fixture_set(false));
    ck_assert_int_eq(note->page, last->page);
}
END_TEST

START_TEST(breaks_that_are_asked_for)
{
    struct layout_box *page = fixture_sequence();
    box_of(page, 100);
    fixture_box(page, LAYOUT_BREAK, "break")->break_kind = LAYOUT_BREAK_RIGHT;
    struct layout_box *right = box_of(page, 100);
    fixture_box(page, LAYOUT_BREAK, "break")->break_kind = LAYOUT_BREAK_LEFT;
    struct layout_box *left = box_of(page, 100);
    struct layout_sequence *next = NULL;
    fixture_sequence();
    next = fx.sequences->next;
    next->start = LAYOUT_BREAK_RIGHT;
    struct layout_box *last = box_of(next->content, 100);
    ck_assert(fixture_set(false));
    ck_assert_int_eq(right->page, 2);      /* page 3; page 2 is blank */
    ck_assert_int_eq(left->page, 3);
    ck_assert_int_eq(last->page, 4);
}
END_TEST

START_TEST(a_break_inside_columns_and_boxes)
{
    struct layout_box *page = fixture_sequence();
    struct layout_box *columns = fixture_box(page, LAYOUT_COLUMNS, "columns");
    columns->columns = 2;
    fixture_paragraph(columns, "body", fixture_text(40));
    fixture_box(columns, LAYOUT_BREAK, "break")->break_kind = LAYOUT_BREAK_PAGE;
    struct layout_box *second = fixture_paragraph(columns, "body", fixture_text(40));
    struct layout_box *after = fixture_paragraph(page, "body", fixture_text(10));
    ck_assert(fixture_set(false));
    ck_assert_int_eq(second->page, 1);
    ck_assert_int_eq(after->page, 1);
}
END_TEST

/* ---- too much and too little ---------------------------------------------------------------------------------- */

START_TEST(a_drawing_too_high_for_a_page_is_told)
{
    struct layout_box *page = fixture_sequence();
    fixture_paragraph(page, "body", fixture_text(40));
    struct layout_box *drawing = fixture_shape(page, 100, 900, false);
    struct layout_box *after = fixture_paragraph(page, "body", fixture_text(40));
    char place[40];
    snprintf(place, sizeof place, "plan.xml:%d:5: error: E601", drawing->at.line);
    ck_assert(!fixture_set(false));
    const char *told = unit_told(fx.diag, DIAG_TEXT);
    ck_assert_msg(strstr(told, place) != NULL, "%s", told);
    ck_assert_int_eq(drawing->page, 1);
    ck_assert_int_eq(after->page, 2);
}
END_TEST

START_TEST(spare_height_is_shared_in_whole_steps)
{
    struct layout_box *page = fixture_sequence();
    struct layout_box *boxes[3];
    for (int i = 0; i < 3; i++) {
        boxes[i] = box_of(page, 130);
        boxes[i]->grid = true;
        boxes[i]->stretch = i;
    }
    ck_assert(fixture_set(false));
    ck_assert_double_eq_tol(boxes[0]->frame.height, 130, 1e-6);
    double more = boxes[1]->frame.height - 130, most = boxes[2]->frame.height - 130;
    ck_assert_double_gt(more, 5 * step());
    ck_assert_double_le(fabs(2 * more - most), 2 * step() + 1e-6);
    ck_assert_double_eq_tol(more / step(), round(more / step()), 1e-6);
    /* Nothing of a step is left at the foot. */
    double foot = boxes[2]->frame.y + boxes[2]->frame.height;
    ck_assert_double_le(fx.design->page.last_baseline - foot, step());
}
END_TEST

START_TEST(content_stands_in_a_higher_box_by_its_align)
{
    struct layout_box *page = fixture_sequence();
    double tops[3];
    for (int i = 0; i < 3; i++) {
        struct layout_box *box = box_of(page, 130);
        box->align = i - 1;
        struct layout_box *p = fixture_paragraph(box, "caption", "kort");
        (void)p;
    }
    ck_assert(fixture_set(false));
    int i = 0;
    for (const struct layout_box *box = page->first; box; box = box->next)
        tops[i++] = box->first->frame.y - box->frame.y;
    ck_assert_double_lt(tops[0], 1);
    ck_assert_double_eq_tol(tops[1], 60, 1);
    ck_assert_double_eq_tol(tops[2], 120, 1);
}
END_TEST

START_TEST(a_page_ends_early_rather_than_divide_a_box)
{
    struct layout_box *page = fixture_sequence();
    box_of(page, 600);
    struct layout_box *box = box_of(page, 0);
    for (int i = 0; i < 3; i++)
        fixture_paragraph(box, "body", fixture_text(80));
    fixture_paragraph(page, "body", fixture_text(120));
    ck_assert(fixture_set(false));
    ck_assert_int_eq(box->page, 1);
}
END_TEST

/* Where a box of paragraphs that follows `above` points of something else begins: its page, counted from the first. */
static int page_of_box(int first_page, double above)
{
    fx.sequences = NULL;
    fx.seed = 7;
    fx.first_page = first_page;
    display_free(fx.doc);
    fx.doc = display_new(fx.design, "da");
    struct layout_box *page = fixture_sequence();
    box_of(page, above);
    struct layout_box *box = box_of(page, 0);
    for (int i = 0; i < 7; i++)
        fixture_paragraph(box, "body", fixture_text(80));
    fixture_paragraph(page, "body", fixture_text(120));
    ck_assert(fixture_set(false));
    return box->page;
}

/* On a spread both parts of a box are in sight: there it is divided where it would go to the next leaf as a whole. */
START_TEST(a_box_is_divided_sooner_on_a_spread_than_over_the_leaf)
{
    int sooner = 0;
    for (double above = 260; above < 560; above += 26) {
        int on_spread = page_of_box(2, above), over_leaf = page_of_box(1, above);
        ck_assert_int_le(on_spread, over_leaf);
        sooner += on_spread < over_leaf;
    }
    ck_assert_int_gt(sooner, 0);
}
END_TEST

START_TEST(a_line_that_must_be_loose_is_told)
{
    struct layout_box *box = fixture_paragraph(fixture_sequence(), "body",
        "En 1234567890123456789012345678901234 og 2345678901234567890123456789012345 og 3456789012345678901234567890123456 "
        "og så videre til enden.");
    box->width_limit = 226;
    ck_assert(fixture_set(false));
    ck_assert_msg(strstr(unit_told(fx.diag, DIAG_TEXT), "plan.xml:2:5: warning: W608: line 1 of a paragraph on page 1 is loose"), "%s", unit_told(fx.diag, DIAG_TEXT));
}
END_TEST

static struct {
    int calls, with_content;
} furniture_seen;

static void furniture(void *data, struct display_page *page)
{
    (void)data;
    furniture_seen.calls++;
    furniture_seen.with_content += page->first != NULL;
    display_add_rect(page, (struct rect){ 10, 10, 5, 5 }, design_lookup_colour(fx.design, "grey"));
}

START_TEST(furniture_comes_after_the_content_and_areas_are_known)
{
    struct layout_box *page = fixture_sequence();
    box_of(page, 100)->areas = 1;
    box_of(page, 100)->areas = 4;
    struct layout_box *next = box_of(page, 100);
    next->break_before = true;
    next->areas = 2;
    furniture_seen.calls = furniture_seen.with_content = 0;
    struct layout_job job = { .document = fx.doc, .engine = fx.engine, .arena = fx.arena, .sequences = fx.sequences,
                              .first_page = 7, .furniture = furniture };
    ck_assert(layout_run(&job, fx.diag));
    ck_assert_int_eq(furniture_seen.calls, 2);
    ck_assert_int_eq(furniture_seen.with_content, 2);
    ck_assert_uint_eq(fx.doc->pages[0]->areas, 5);
    ck_assert_uint_eq(fx.doc->pages[1]->areas, 2);
    ck_assert_str_eq(fx.doc->pages[1]->label, "8");
    ck_assert_str_eq(fx.doc->pages[1]->master, "plain");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layout frame");
    TCase *tests = tcase_create("frame");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, fixture_begin, fixture_end);
    tcase_add_test(tests, cells_take_their_span_of_the_grid);
    tcase_add_test(tests, cells_are_as_high_as_their_row);
    tcase_add_test(tests, a_grid_breaks_between_its_rows);
    tcase_add_test(tests, boxes_take_whole_steps);
    tcase_add_test(tests, a_field_bleeds_over_the_edges_it_names);
    tcase_add_test(tests, inside_and_outside_change_sides);
    tcase_add_test(tests, what_is_kept_together_goes_to_the_next_page);
    tcase_add_test(tests, what_is_kept_together_but_too_high_is_divided_and_told);
    tcase_add_test(tests, a_heading_goes_with_what_follows);
    tcase_add_loop_test(tests, a_note_goes_with_the_end_of_what_stands_above, 0, 6);
    tcase_add_test(tests, breaks_that_are_asked_for);
    tcase_add_test(tests, a_break_inside_columns_and_boxes);
    tcase_add_test(tests, a_drawing_too_high_for_a_page_is_told);
    tcase_add_test(tests, spare_height_is_shared_in_whole_steps);
    tcase_add_test(tests, content_stands_in_a_higher_box_by_its_align);
    tcase_add_test(tests, a_page_ends_early_rather_than_divide_a_box);
    tcase_add_test(tests, a_box_is_divided_sooner_on_a_spread_than_over_the_leaf);
    tcase_add_test(tests, a_line_that_must_be_loose_is_told);
    tcase_add_test(tests, furniture_comes_after_the_content_and_areas_are_known);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
