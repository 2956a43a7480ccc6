/* Columns: level, on the grid, no widows, and text round shapes at its distance. All is asked of the display list: the
   distances are reckoned here, from glyphs and circles, not taken from the layout. */
#include "layout_fixture.h"

/* ---- what stands where ---------------------------------------------------------------------------------------- */

struct line {                              /* the ink of a set line: runs with one baseline in one column */
    double x, right, baseline, size;
    const struct font_face *face;
    int source;                            /* line of the box in the plan */
    bool hyphen;
    int page;
};

struct lines {
    struct line items[4000];
    size_t count;
};

static bool is_space(const struct text_run *run, size_t glyph)
{
    const struct text_glyph *g = &run->glyphs[glyph];
    return g->text_length == 1 && run->text[g->text_at] == ' ';
}

/* First and last ink of a run, spaces apart. */
static bool ink_of(const struct display_item *item, double *left, double *right)
{
    const struct text_run *run = &item->run;
    bool any = false;
    for (size_t i = 0; i < run->count; i++) {
        if (is_space(run, i))
            continue;
        double x = item->x + run->glyphs[i].x;
        double advance = run->face->advances[run->glyphs[i].glyph] * run->size / run->face->upem * run->stretch;
        *left = any ? *left : x;
        *right = x + advance;
        any = true;
    }
    return any;
}

static void add_line(struct lines *out, const struct display_item *item, int page)
{
    double left = 0, right = 0;
    if (item->kind != DISPLAY_GLYPHS || !ink_of(item, &left, &right))
        return;
    const struct text_run *run = &item->run;
    bool hyphen = run->text_length > 2 && (unsigned char)run->text[run->text_length - 1] == 0xAD;
    struct line *last = out->count ? &out->items[out->count - 1] : NULL;
    if (last && last->page == page && last->baseline == item->y && left > last->right - 1 && left < last->right + 8) {
        last->right = right;
        last->hyphen = hyphen;
        return;
    }
    ck_assert_uint_lt(out->count, 4000);
    out->items[out->count++] = (struct line){ left, right, item->y, run->size, run->face, item->at.line, hyphen, page };
}

static const struct lines *all_lines(void)
{
    static struct lines out;
    out.count = 0;
    for (size_t i = 0; i < fx.doc->page_count; i++) {
        struct display_page *page = display_open_page(fx.doc, i);
        for (const struct display_item *item = page->first; item; item = item->next)
            add_line(&out, item, (int)i);
        display_close_page(page);
    }
    return &out;
}

static double middle(void)
{
    return fx.design->page.width / 2;
}

static int column_of(const struct line *l)
{
    return l->x > middle() - 10;
}

/* ---- the page ------------------------------------------------------------------------------------------------- */

static struct layout_box *two_columns(void)
{
    struct layout_box *columns = fixture_box(fixture_sequence(), LAYOUT_COLUMNS, "columns");
    columns->columns = 2;
    return columns;
}

static struct rect circle_of(const struct layout_float *f)
{
    return f->box->frame;
}

/* From the rectangle of a line's ink to a circle. */
static double distance(const struct line *l, struct rect circle)
{
    double r = circle.width / 2, cx = circle.x + r, cy = circle.y + r;
    double top = l->baseline - l->face->cap_height * l->size / l->face->upem, bottom = l->baseline + 0.21 * l->size;
    double dx = fmax(fmax(l->x - cx, cx - l->right), 0), dy = fmax(fmax(top - cy, cy - bottom), 0);
    return sqrt(dx * dx + dy * dy) - r;
}

/* ---- tests ---------------------------------------------------------------------------------------------------- */

START_TEST(no_line_comes_nearer_to_a_shape_than_the_gap)
{
    static const enum layout_side sides[] = { LAYOUT_SIDE_LEFT, LAYOUT_SIDE_GUTTER, LAYOUT_SIDE_RIGHT,
                                              LAYOUT_SIDE_OUTER, LAYOUT_SIDE_INNER };
    struct layout_box *columns = two_columns();
    fx.seed = (uint32_t)_i * 7 + 1;
    for (int i = 0; i < 4; i++)
        fixture_paragraph(columns, "body", fixture_text(30 + fixture_random(50)));
    double size = 60 + fixture_random(120), gap = fx.design->setting.shape_gap;
    struct layout_float *f = fixture_float(columns, sides[_i % 5], 0.5 * (_i % 3), size);
    ck_assert_msg(fixture_set(false), "%s", unit_told(fx.diag, DIAG_TEXT));
    const struct lines *lines = all_lines();
    struct rect circle = circle_of(f);
    double nearest = 1000;
    ck_assert_int_eq(f->box->page, 0);
    for (size_t i = 0; i < lines->count; i++) {
        double d = distance(&lines->items[i], circle);
        ck_assert_msg(d > gap - 0.25, "a line at %f is %f from the shape, not %f", lines->items[i].baseline, d, gap);
        nearest = fmin(nearest, d);
    }
    /* And not so far that nothing runs round it. */
    ck_assert_double_lt(nearest, gap + 3);
}
END_TEST

START_TEST(text_stands_on_both_sides_of_a_shape_between_the_columns)
{
    struct layout_box *columns = two_columns();
    for (int i = 0; i < 4; i++)
        fixture_paragraph(columns, "body", fixture_text(70));
    struct layout_float *f = fixture_float(columns, LAYOUT_SIDE_GUTTER, 0.5, 150);
    ck_assert(fixture_set(false));
    const struct lines *lines = all_lines();
    struct rect c = circle_of(f);
    int left = 0, right = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *l = &lines->items[i];
        if (l->baseline < c.y || l->baseline > c.y + c.height)
            continue;
        left += l->right < c.x + c.width / 2;
        right += l->x > c.x + c.width / 2;
    }
    ck_assert_int_ge(left, 9);
    ck_assert_int_ge(right, 9);
    ck_assert_double_eq_tol(c.x + c.width / 2, middle(), 0.01);
}
END_TEST

START_TEST(a_shape_clears_the_line_above_and_the_line_below)
{
    struct layout_box *page = fixture_sequence();
    fixture_paragraph(page, "body", fixture_text(60));
    struct layout_box *columns = fixture_box(page, LAYOUT_COLUMNS, "columns");
    columns->columns = 2;
    columns->margin.top = columns->margin.bottom = 13 * (_i % 3);
    fixture_paragraph(columns, "body", fixture_text(40));
    struct layout_float *f = fixture_float(columns, LAYOUT_SIDE_GUTTER, 0.5, 160);
    fixture_paragraph(page, "body", fixture_text(60));
    ck_assert(fixture_set(false));
    const struct lines *lines = all_lines();
    for (size_t i = 0; i < lines->count; i++)
        ck_assert_double_gt(distance(&lines->items[i], circle_of(f)), fx.design->setting.shape_gap - 0.25);
}
END_TEST

/* Lowest baselines of both columns of page `page`. */
static void column_ends(const struct lines *lines, int page, double end[2])
{
    end[0] = end[1] = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *l = &lines->items[i];
        if (l->page == page && l->baseline > end[column_of(l)])
            end[column_of(l)] = l->baseline;
    }
}

START_TEST(columns_end_level)
{
    struct layout_box *columns = two_columns();
    fx.seed = (uint32_t)_i + 3;
    for (int i = 0; i < 5; i++)
        fixture_paragraph(columns, "body", fixture_text(30 + fixture_random(60)));
    ck_assert(fixture_set(false));
    double end[2];
    column_ends(all_lines(), 0, end);
    /* Where no paragraph can take a line more or less without tearing its lines, it is told. */
    bool level = fabs(end[0] - end[1]) < 13.1;
    ck_assert_msg(level || strstr(unit_told(fx.diag, DIAG_TEXT), "W606"), "columns end at %f and %f", end[0], end[1]);
    ck_assert_msg(level || _i == 6, "columns end at %f and %f", end[0], end[1]);
}
END_TEST

/* Number of lines of the box from `source` that stand in one column of a page in one piece. */
static size_t piece_length(const struct lines *lines, size_t first)
{
    size_t n = 0;
    const struct line *l = lines->items;
    while (first + n < lines->count && l[first + n].source == l[first].source && l[first + n].page == l[first].page &&
           column_of(&l[first + n]) == column_of(&l[first]))
        n++;
    return n;
}

START_TEST(no_widows_orphans_or_hyphens_at_a_foot)
{
    struct layout_box *columns = two_columns();
    fx.seed = (uint32_t)_i + 11;
    for (int i = 0; i < 24; i++) {
        if (i % 4 == 0)
            fixture_paragraph(columns, "h2", "TÆT SAMARBEJDE");
        for (int k = 0; i % 5 == 2 && k < 5; k++)
            fixture_item(columns, fixture_text(6 + fixture_random(16)));
        fixture_paragraph(columns, "body", fixture_text(15 + fixture_random(100)));
    }
    ck_assert(fixture_set(false));
    const struct lines *lines = all_lines();
    const struct line *l = lines->items;
    for (size_t i = 0, n; i < lines->count; i += n) {
        n = piece_length(lines, i);
        bool begins = i == 0 || l[i - 1].source != l[i].source;
        bool ends = i + n == lines->count || l[i + n].source != l[i].source;
        ck_assert_msg(n >= 2 || (begins && ends), "one line of the box at %d alone on page %d", l[i].source,
                      l[i].page + 1);
        ck_assert_msg(ends || !l[i + n - 1].hyphen, "a hyphen at the foot of a column on page %d", l[i].page + 1);
    }
}
END_TEST

START_TEST(a_heading_keeps_two_lines_of_what_follows)
{
    struct layout_box *columns = two_columns();
    fx.seed = (uint32_t)_i + 21;
    int headings[40], count = 0;
    for (int i = 0; i < 40; i++) {
        headings[count++] = fixture_paragraph(columns, i % 3 ? "h2" : "h3", "TÆT SAMARBEJDE")->at.line;
        fixture_paragraph(columns, "body", fixture_text(15 + fixture_random(60)));
    }
    ck_assert(fixture_set(false));
    const struct lines *lines = all_lines();
    for (size_t i = 0; i + 2 < lines->count; i++) {
        const struct line *l = &lines->items[i];
        for (int k = 0; k < count; k++)
            if (l->source == headings[k])
                ck_assert_msg(l[1].page == l->page && column_of(&l[1]) == column_of(l) && l[2].page == l->page &&
                                  column_of(&l[2]) == column_of(l),
                              "the heading at %d is left alone on page %d", l->source, l->page + 1);
    }
}
END_TEST

START_TEST(a_heading_at_the_top_of_a_column_has_no_space_above)
{
    struct layout_box *columns = two_columns();
    fixture_paragraph(columns, "h2", "FØRST");
    fixture_paragraph(columns, "body", fixture_text(60));
    fixture_box(columns, LAYOUT_BREAK, "break");
    fixture_paragraph(columns, "h2", "SIDST");
    fixture_paragraph(columns, "body", fixture_text(60));
    ck_assert(fixture_set(false));
    const struct lines *lines = all_lines();
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].size < 9)
            ck_assert_double_eq_tol(lines->items[i].baseline, fx.design->page.first_baseline, 0.02);
}
END_TEST

START_TEST(a_box_runs_across_the_columns)
{
    struct layout_box *columns = two_columns();
    struct layout_box *above[3], *below[3];
    for (int i = 0; i < 3; i++)
        above[i] = fixture_paragraph(columns, "body", fixture_text(60));
    struct layout_box *heading = fixture_paragraph(columns, "h2", "BUDGET");
    struct layout_box *shape = fixture_shape(columns, 400, 100, false);
    shape->across = true;
    for (int i = 0; i < 3; i++)
        below[i] = fixture_paragraph(columns, "body", fixture_text(60));
    ck_assert(fixture_set(false));
    double end[2] = { 0, 0 };
    const struct lines *lines = all_lines();
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *l = &lines->items[i];
        bool before = l->source <= above[2]->at.line, after = l->source >= below[0]->at.line;
        ck_assert(!before || l->baseline < heading->frame.y);
        ck_assert(!after || l->baseline > shape->frame.y + shape->frame.height);
        if (before && l->baseline > end[column_of(l)])
            end[column_of(l)] = l->baseline;
    }
    ck_assert_double_le(fabs(end[0] - end[1]), 13.1);
    ck_assert_double_gt(heading->frame.width, 400);
    ck_assert_double_lt(shape->frame.y - heading->frame.y, 30);
    ck_assert_double_eq_tol(shape->frame.width, 400, 0.01);
}
END_TEST

/* A row higher than a page below its caption, in columns and across them: told and set, wherever the page begins. */
START_TEST(what_is_higher_than_a_page_below_its_heading)
{
    bool across = _i & 1, text_below = _i & 2;
    struct layout_box *columns = fixture_box(fixture_sequence(), LAYOUT_COLUMNS, "columns");
    columns->columns = 3;
    fixture_paragraph(columns, "body", fixture_text(400));
    fixture_paragraph(columns, "caption", "Tabellens titel")->keep_next = true;
    struct layout_box *table = fixture_box(columns, LAYOUT_TABLE, "table");
    table->across = across;
    table->column_count = 1;
    table->node = display_add_node(fx.doc, fx.doc->root, DISPLAY_TABLE, table->at);
    struct layout_box *row = fixture_box(table, LAYOUT_TABLE_ROW, "row");
    row->node = display_add_node(fx.doc, table->node, DISPLAY_TR, row->at);
    struct layout_box *cell = fixture_paragraph_of(row, "caption", fixture_text(4000), row->node, DISPLAY_TD);
    if (text_below)
        fixture_paragraph(columns, "body", fixture_text(60));
    ck_assert(!fixture_set(false));        /* too high is an error */
    ck_assert_ptr_nonnull(strstr(unit_told(fx.diag, DIAG_TEXT), "E601"));
    ck_assert_int_ge(cell->page, 0);
    ck_assert(!text_below || columns->last->page >= cell->page);
}
END_TEST

/* No column holds the chain, and there are pages all the same. */
START_TEST(nothing_but_headings)
{
    struct layout_box *columns = fixture_box(fixture_sequence(), LAYOUT_COLUMNS, "columns");
    columns->columns = 2 + _i;
    for (int i = 0; i < 200; i++)
        fixture_paragraph(columns, "caption", "En overskrift")->keep_next = true;
    fixture_paragraph(columns, "body", fixture_text(40));
    ck_assert_msg(fixture_set(false), "%s", unit_told(fx.diag, DIAG_TEXT));
    ck_assert_uint_le(fx.doc->page_count, 4);
}
END_TEST

START_TEST(a_shape_goes_on_to_the_next_page_when_this_one_is_full)
{
    struct layout_box *page = fixture_sequence();
    for (int i = 0; i < 9; i++)
        fixture_paragraph(page, "body", fixture_text(80));
    struct layout_box *columns = fixture_box(page, LAYOUT_COLUMNS, "columns");
    columns->columns = 2;
    for (int i = 0; i < 9; i++)
        fixture_paragraph(columns, "body", fixture_text(80));
    struct layout_float *f = fixture_float(columns, LAYOUT_SIDE_RIGHT, 0, 200);
    ck_assert_msg(fixture_set(false), "%s", unit_told(fx.diag, DIAG_TEXT));
    ck_assert_int_eq(f->box->page, 1);
    const struct lines *lines = all_lines();
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].page == 1)
            ck_assert_double_gt(distance(&lines->items[i], circle_of(f)), fx.design->setting.shape_gap - 0.25);
}
END_TEST

/* Three lines and four: the height that makes them level lies between two that do not. */
START_TEST(no_height_is_passed_over)
{
    struct layout_box *columns = fixture_box(fixture_sequence(), LAYOUT_COLUMNS, "columns");
    columns->columns = 2;
    fixture_paragraph(columns, "body", "En bjælke læses på sin længde. Skæres den, lyver den, og derfor kan aksen ikke skæres "
                                       "her. Er forskellene små, er håndvægten den rigtige form.");
    fixture_paragraph(columns, "body", "Rækkefølgen er planens egen, så læseren kan finde tilbage til tabellen. Den stablede "
                                       "bjælke viser, hvordan delene fylder det hele: den slutter ved hundrede, også når "
                                       "delene ikke gør det.");
    ck_assert(fixture_set(false));
    ck_assert_msg(!strstr(unit_told(fx.diag, DIAG_TEXT), "W606"), "%s", unit_told(fx.diag, DIAG_TEXT));
}
END_TEST

START_TEST(a_shape_that_comes_after_its_text_is_told)
{
    struct layout_box *columns = fixture_box(fixture_sequence(), LAYOUT_COLUMNS, "columns");
    columns->columns = 2;
    fixture_paragraph(columns, "body", fixture_text(60));
    for (int i = 0; i < 3; i++)
        fixture_float(columns, LAYOUT_SIDE_RIGHT, 0, 300);
    ck_assert(fixture_set(false));
    ck_assert_msg(strstr(unit_told(fx.diag, DIAG_TEXT), "W610: disc stands on the page after page 1"), "%s", unit_told(fx.diag, DIAG_TEXT));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layout columns");
    TCase *tests = tcase_create("columns");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, fixture_begin, fixture_end);
    tcase_add_loop_test(tests, no_line_comes_nearer_to_a_shape_than_the_gap, 0, 10);
    tcase_add_test(tests, text_stands_on_both_sides_of_a_shape_between_the_columns);
    tcase_add_loop_test(tests, a_shape_clears_the_line_above_and_the_line_below, 0, 3);
    tcase_add_loop_test(tests, columns_end_level, 0, 8);
    tcase_add_loop_test(tests, no_widows_orphans_or_hyphens_at_a_foot, 0, 3);
    tcase_add_loop_test(tests, a_heading_keeps_two_lines_of_what_follows, 0, 2);
    tcase_add_test(tests, a_heading_at_the_top_of_a_column_has_no_space_above);
    tcase_add_test(tests, a_box_runs_across_the_columns);
    tcase_add_loop_test(tests, what_is_higher_than_a_page_below_its_heading, 0, 4);
    tcase_add_loop_test(tests, nothing_but_headings, 0, 2);
    tcase_add_test(tests, a_shape_goes_on_to_the_next_page_when_this_one_is_full);
    tcase_add_test(tests, no_height_is_passed_over);
    tcase_add_test(tests, a_shape_that_comes_after_its_text_is_told);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
