/* Tables: rows whole, headers again, headings never last, cells that span. */
#include "layout_fixture.h"

static const double widths[] = { 30, 0, 60, 60 };

static struct layout_box *table_in(struct layout_box *parent)
{
    struct layout_box *table = fixture_box(parent, LAYOUT_TABLE, "table");
    table->column_widths = widths;
    table->column_count = 4;
    table->node = display_add_node(fx.doc, fx.doc->root, DISPLAY_TABLE, table->at);
    return table;
}

static struct layout_box *row_in(struct layout_box *table)
{
    struct layout_box *row = fixture_box(table, LAYOUT_TABLE_ROW, "row");
    row->padding.top = row->padding.bottom = 3;
    row->rule = 0.5;
    row->rule_colour = design_lookup_colour(fx.design, "rule");
    row->node = display_add_node(fx.doc, table->node, DISPLAY_TR, row->at);
    return row;
}

static struct layout_box *cell_in(struct layout_box *row, const char *text)
{
    return fixture_paragraph_of(row, "caption", text, row->node, DISPLAY_TD);
}

static void put_row(struct layout_box *table, size_t words)
{
    struct layout_box *row = row_in(table);
    for (int k = 0; k < 4; k++)
        cell_in(row, k == 1 ? fixture_text(words) : "8,4");
}

static void put_header(struct layout_box *table)
{
    struct layout_box *row = row_in(table);
    row->repeat_header = true;
    for (int k = 0; k < 4; k++)
        cell_in(row, "Hoved")->node->role = DISPLAY_TH;
}

static struct layout_box *put_group(struct layout_box *table)
{
    struct layout_box *row = row_in(table);
    row->group_heading = true;
    cell_in(row, "Gruppe")->column_span = 4;
    return row;
}

/* Baseline of the first run of that text on a page; 0: none. `artifact`: among what is no content. */
static double find_text(int index, const char *text, bool artifact)
{
    struct display_page *page = display_open_page(fx.doc, (size_t)index);
    double y = 0;
    for (const struct display_item *i = page->first; i && y == 0; i = i->next)
        if (i->kind == DISPLAY_GLYPHS && !i->node == artifact && !strncmp(i->run.text, text, strlen(text)))
            y = i->y;
    display_close_page(page);
    return y;
}

/* The text that stands lowest on a page. */
static const char *last_text(int index)
{
    static char text[40];
    struct display_page *page = display_open_page(fx.doc, (size_t)index);
    double y = 0;
    for (const struct display_item *i = page->first; i; i = i->next)
        if (i->kind == DISPLAY_GLYPHS && i->y >= y) {
            y = i->y;
            snprintf(text, sizeof text, "%.*s", (int)i->run.text_length, i->run.text);
        }
    display_close_page(page);
    return text;
}

START_TEST(a_long_table_repeats_its_header_as_an_artifact)
{
    struct layout_box *table = table_in(fixture_sequence());
    put_header(table);
    for (int r = 0; r < 60; r++)
        put_row(table, 20);
    ck_assert_msg(fixture_set(false), "%s", unit_told(fx.diag, DIAG_TEXT));
    ck_assert_uint_ge(fx.doc->page_count, 2);
    ck_assert_double_gt(find_text(0, "Hoved", false), 0);
    for (int i = 1; i < (int)fx.doc->page_count; i++) {
        ck_assert_double_eq(find_text(i, "Hoved", false), 0);
        double header = find_text(i, "Hoved", true), first = find_text(i, "8,4", false);
        ck_assert_double_gt(header, 0);
        ck_assert_double_gt(first, header);
    }
}
END_TEST

START_TEST(a_group_heading_is_never_last)
{
    struct layout_box *page = fixture_sequence();
    fixture_paragraph(page, "body", fixture_text(60 + 40 * (size_t)_i));
    struct layout_box *table = table_in(page);
    put_header(table);
    for (int r = 0; r < 60; r++) {
        if (r % 2 == 0)
            put_group(table);
        put_row(table, 4 + fixture_random(30));
    }
    ck_assert(fixture_set(false));
    for (int i = 0; i < (int)fx.doc->page_count; i++)
        ck_assert_str_ne(last_text(i), "Gruppe");
}
END_TEST

START_TEST(rows_are_not_divided)
{
    struct layout_box *table = table_in(fixture_sequence());
    fx.seed = (uint32_t)_i + 1;
    for (int r = 0; r < 40; r++)
        put_row(table, 40 + fixture_random(60));
    ck_assert(fixture_set(false));
    /* Each cell's node stands on one page alone: as many rows begin as figures stand. */
    for (size_t i = 0; i < fx.doc->page_count; i++) {
        struct display_page *page = display_open_page(fx.doc, i);
        for (const struct display_item *item = page->first; item; item = item->next)
            ck_assert(!item->node || item->node->page == (int)i);
        display_close_page(page);
    }
}
END_TEST

START_TEST(cells_span_rows_and_columns)
{
    struct layout_box *table = table_in(fixture_sequence());
    struct layout_box *group = put_group(table), *first = row_in(table), *second = row_in(table);
    struct layout_box *tall = cell_in(first, "6");
    tall->row_span = 2;
    cell_in(first, "en");
    struct layout_box *wide = cell_in(first, "bred");
    wide->column_span = 2;
    struct layout_box *text = cell_in(second, "to");
    cell_in(second, "a");
    cell_in(second, "b");
    ck_assert(fixture_set(false));
    double left = fx.design->page.inside, width = fx.design->page.width - left - fx.design->page.outside;
    ck_assert_double_eq_tol(group->first->frame.width, width, 0.01);
    ck_assert_double_eq_tol(wide->frame.width, 120, 0.01);
    ck_assert_double_eq_tol(wide->frame.x, left + width - 120, 0.01);
    ck_assert_double_eq_tol(text->frame.x, left + 30, 0.01);       /* beside the tall one */
    ck_assert_double_gt(second->frame.y, first->frame.y + 5);
}
END_TEST

/* The rule of the upper row leaves out the cell that goes on below it. */
START_TEST(no_rule_through_a_joined_cell)
{
    struct layout_box *table = table_in(fixture_sequence());
    struct layout_box *first = row_in(table), *second = row_in(table);
    cell_in(first, "a");
    cell_in(first, "b")->row_span = 2;
    cell_in(first, "c");
    cell_in(first, "d");
    for (int k = 0; k < 3; k++)
        cell_in(second, "e");
    ck_assert(fixture_set(false));
    double upper = first->frame.y + first->frame.height, joined = first->frame.x + 30;
    int rules = 0;
    struct display_page *page = display_open_page(fx.doc, 0);
    for (const struct display_item *i = page->first; i; i = i->next) {
        struct rect box = i->box;
        if (i->kind != DISPLAY_PATH || fabs(box.y + box.height / 2 - upper) > 1)
            continue;
        rules++;
        ck_assert(box.x + box.width < joined + 0.1 || box.x > joined + 1);
    }
    display_close_page(page);
    ck_assert_int_eq(rules, 2);
}
END_TEST

/* What is to spare is shared by what the columns hold; where there is too little, what cannot break keeps its width. */
START_TEST(columns_share_the_width)
{
    static const struct layout_column roomy[] = { { 100, 40 }, { 20, 20 }, { 20, 20 }, { 60, 30 } };
    static const struct layout_column tight[] = { { 900, 60 }, { 50, 50 }, { 50, 50 }, { 300, 60 } };
    for (int k = 0; k < 2; k++) {
        const struct layout_column *wants = k ? tight : roomy;
        struct layout_box *table = table_in(fixture_sequence());
        struct layout_box *row = row_in(table), *cell;
        double left = fx.design->page.inside, width = fx.design->page.width - left - fx.design->page.outside;
        table->column_wants = wants;
        for (int i = 0; i < 4; i++)
            cell_in(row, "x");
        ck_assert(fixture_set(false));
        int i = 0;
        double sum = 0;
        for (cell = row->first; cell; cell = cell->next, i++) {
            double share = k ? wants[i].least + (wants[i].natural - wants[i].least) * (width - 220) / (1300 - 220)
                             : wants[i].natural * width / 200;
            ck_assert_double_eq_tol(cell->frame.width, share, 0.01);
            sum += cell->frame.width;
        }
        ck_assert_double_eq_tol(sum, width, 0.01);
    }
}
END_TEST

/* Too little even for the least widths: numbers keep theirs, words give way; where all are numbers, all do alike. */
START_TEST(numbers_keep_their_width)
{
    const double width = fx.design->page.width - fx.design->page.inside - fx.design->page.outside;
    const struct layout_column mixed[] = { { 900, width }, { 60, 60 }, { 40, 40 } }, firm[] = { { width, width }, { 60, 60 }, { 40, 40 } };
    for (int k = 0; k < 2; k++) {
        struct layout_box *table = table_in(fixture_sequence()), *row = row_in(table);
        table->column_count = 3;
        table->column_wants = k ? firm : mixed;
        for (int i = 0; i < 3; i++)
            cell_in(row, "x");
        ck_assert(fixture_set(false));
        ck_assert_double_eq_tol(row->first->frame.width, k ? width * width / (width + 100) : width - 100, 0.01);
        ck_assert_double_eq_tol(row->first->next->frame.width, k ? 60 * width / (width + 100) : 60, 0.01);
    }
}
END_TEST

START_TEST(joined_rows_stay_on_one_page)
{
    struct layout_box *table = table_in(fixture_sequence());
    for (int r = 0; r < 120; r++) {
        struct layout_box *row = row_in(table);
        if (r % 3 == 0)
            cell_in(row, "mål")->row_span = 3;
        for (int k = 1; k < 4; k++)
            cell_in(row, "tekst");
    }
    ck_assert(fixture_set(false));
    ck_assert_uint_ge(fx.doc->page_count, 2);
    int r = 0, page = 0;
    for (const struct layout_box *row = table->first; row; row = row->next, r++) {
        if (r % 3)
            ck_assert_int_eq(row->page, page);
        page = row->page;
    }
}
END_TEST

/* A table as high as two pages flows through two columns of one, its header above each part. */
START_TEST(a_tall_table_goes_through_columns)
{
    struct layout_box *columns = fixture_box(fixture_sequence(), LAYOUT_COLUMNS, "columns");
    columns->columns = 2;
    struct layout_box *table = table_in(columns);
    put_header(table);
    for (int r = 0; r < 55; r++)
        put_row(table, 2);
    fixture_paragraph(columns, "body", fixture_text(20));
    ck_assert_msg(fixture_set(false), "%s", unit_told(fx.diag, DIAG_TEXT));
    ck_assert_uint_eq(fx.doc->page_count, 1);
    ck_assert_double_gt(find_text(0, "Hoved", false), 0);
    ck_assert_double_gt(find_text(0, "Hoved", true), 0);
    ck_assert_double_gt(table->last->frame.x, fx.design->page.width / 2);
}
END_TEST

START_TEST(a_row_higher_than_a_page_is_told_and_set)
{
    struct layout_box *table = table_in(fixture_sequence());
    put_row(table, 4000);
    struct source at = table->first->at;
    ck_assert(!fixture_set(false));
    const char *told = unit_told(fx.diag, DIAG_TEXT);
    char place[40];
    snprintf(place, sizeof place, "plan.xml:%d:5: error: E601", at.line);
    ck_assert_msg(strstr(told, place) != NULL, "%s", told);
    ck_assert_msg(strstr(told, "mm") != NULL, "%s", told);
}
END_TEST

START_TEST(a_cell_in_the_middle_of_a_higher_row)
{
    struct layout_box *table = table_in(fixture_sequence());
    struct layout_box *row = row_in(table);
    struct layout_box *top = cell_in(row, "x"), *text = cell_in(row, fixture_text(60)), *low = cell_in(row, "x");
    low->align = 1;
    ck_assert(fixture_set(false));
    ck_assert_double_eq_tol(top->frame.y, text->frame.y, 0.01);
    ck_assert_double_eq_tol(low->frame.y + low->frame.height, text->frame.y + text->frame.height, 0.01);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layout table");
    TCase *tests = tcase_create("table");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, fixture_begin, fixture_end);
    tcase_add_test(tests, a_long_table_repeats_its_header_as_an_artifact);
    tcase_add_loop_test(tests, a_group_heading_is_never_last, 0, 3);
    tcase_add_loop_test(tests, rows_are_not_divided, 0, 2);
    tcase_add_test(tests, cells_span_rows_and_columns);
    tcase_add_test(tests, no_rule_through_a_joined_cell);
    tcase_add_test(tests, columns_share_the_width);
    tcase_add_test(tests, numbers_keep_their_width);
    tcase_add_test(tests, joined_rows_stay_on_one_page);
    tcase_add_test(tests, a_tall_table_goes_through_columns);
    tcase_add_test(tests, a_row_higher_than_a_page_is_told_and_set);
    tcase_add_test(tests, a_cell_in_the_middle_of_a_higher_row);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
