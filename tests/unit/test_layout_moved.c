/* Figures that the text names: where they have no room, text goes on and they stand at the top of the next column or page; in
   their section, in their order, and nothing is lost. */
#include "layout_fixture.h"

static struct layout_box *columns_of(int count)
{
    struct layout_box *columns = fixture_box(fixture_sequence(), LAYOUT_COLUMNS, "columns");
    columns->columns = count;
    return columns;
}

static struct layout_box *figure(struct layout_box *parent, double height, bool across)
{
    struct layout_box *stack = fixture_box(parent, LAYOUT_STACK, "figure");
    stack->keep_together = stack->movable = true;
    stack->across = across;
    fixture_shape(stack, 200, height, false);
    return stack;
}

static struct layout_box *text(struct layout_box *parent, size_t words)
{
    return fixture_paragraph(parent, "body", fixture_text(words));
}

/* What runs across stands below both columns. */
static bool stands_below(const struct layout_box *box, const struct layout_box *above)
{
    if (box->page != above->page)
        return box->page > above->page;
    bool across = box->frame.width > 300 || above->frame.width > 300;
    return (!across && box->frame.x > above->frame.x + 100) || box->frame.y > above->frame.y;
}

/* Lines of body text on a page. */
static size_t lines_on(size_t index)
{
    double last = -1;
    size_t n = 0;
    struct display_page *page = display_open_page(fx.doc, index);
    for (const struct display_item *i = page->first; i; i = i->next)
        if (i->kind == DISPLAY_GLYPHS && fabs(i->y - last) > 1) {
            last = i->y;
            n++;
        }
    display_close_page(page);
    return n;
}

/* A figure across the columns with text above and below it, on a page that text above nearly fills; and how many lines stand
   on that page. */
static size_t first_page(bool movable, bool across, struct layout_box **moved, struct layout_box **after)
{
    struct layout_box *columns = columns_of(2);
    for (int i = 0; i < 8; i++)
        text(columns, 90);
    *moved = figure(columns, across ? 200 : 420, across);
    (*moved)->movable = movable;
    for (int i = 0; i < 16; i++)
        *(i == 0 ? after : &(struct layout_box *){ NULL }) = text(columns, 90);
    fixture_set(false);
    return lines_on(0);
}

START_TEST(text_fills_the_page_that_a_figure_leaves)
{
    bool across = _i;
    struct layout_box *moved, *after;
    size_t held = first_page(false, across, &moved, &after);
    ck_assert_int_eq(moved->page, 1);
    fixture_end();
    fixture_begin();
    size_t filled = first_page(true, across, &moved, &after);
    ck_assert_int_eq(moved->page, 1);
    ck_assert_int_eq(after->page, 0);
    ck_assert_uint_gt(filled, held + 6);
    ck_assert_double_lt(moved->frame.y, fx.design->page.first_baseline);   /* at the page's top */
    ck_assert_ptr_null(strstr(unit_told(fx.diag, DIAG_TEXT), "W606"));
}
END_TEST

START_TEST(it_moves_to_the_next_column)
{
    struct layout_box *columns = columns_of(2);
    for (int i = 0; i < 4; i++)
        text(columns, 90);
    struct layout_box *moved = figure(columns, 420, false), *after = text(columns, 120);
    for (int i = 0; i < 6; i++)
        text(columns, 90);
    fixture_set(false);
    ck_assert_int_eq(moved->page, 0);
    ck_assert_double_gt(moved->frame.x, 290);
    ck_assert_double_lt(moved->frame.y, fx.design->page.first_baseline);
    ck_assert_double_lt(after->frame.x, 290);              /* it begins in the first column */
}
END_TEST

START_TEST(it_stays_in_its_section)
{
    struct layout_box *columns = columns_of(2);
    for (int i = 0; i < 8; i++)
        text(columns, 90);
    struct layout_box *moved = figure(columns, _i ? 200 : 420, _i);
    text(columns, 80);
    struct layout_box *heading = fixture_paragraph(columns, "h2", "DET NÆSTE AFSNIT");
    for (int i = 0; i < 16; i++)
        text(columns, 90);
    fixture_set(false);
    ck_assert(stands_below(heading, moved));
}
END_TEST

/* ---- by chance -------------------------------------------------------------------------------------------------- */

enum { MOST_BOXES = 60 };

struct chance {
    struct layout_box *boxes[MOST_BOXES];
    size_t count;
    size_t figures;
    struct buf words;
};

static void put(struct chance *c, struct layout_box *box)
{
    c->boxes[c->count++] = box;
    if (box->kind == LAYOUT_PARAGRAPH) {
        buf_put(&c->words, box->spans->text, box->spans->length);
        buf_putc(&c->words, '\n');
    } else {
        c->figures++;
    }
}

static void grow(struct chance *c, struct layout_box *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned kind = fixture_random(12);
        if (kind < 2 && i > 0)
            put(c, figure(columns, 40 + fixture_random(360), fixture_random(2)));
        else if (kind == 2)
            put(c, fixture_paragraph(columns, "h2", "TÆT SAMARBEJDE"));
        else
            put(c, text(columns, 5 + fixture_random(130)));
    }
    put(c, text(columns, 30));
}

/* Words in order, figures apart; and how many figures. */
static size_t without_figures(struct buf *out)
{
    static const char alt[] = "A shape.\n";
    struct buf all = BUF_EMPTY;
    size_t n = 0;
    display_text(fx.doc, &all);
    for (const char *s = buf_text(&all), *at; *s; s = at + sizeof alt - 1, n++) {
        at = strstr(s, alt);
        buf_put(out, s, at ? (size_t)(at - s) : strlen(s));
        if (!at)
            break;
    }
    buf_free(&all);
    return n;
}

/* Figures in their order, and each before the first heading after it. */
static void assert_places(const struct chance *c)
{
    const struct layout_box *last = NULL;
    for (size_t i = 0; i < c->count; i++) {
        const struct layout_box *box = c->boxes[i];
        bool heading = box->kind == LAYOUT_PARAGRAPH && !strcmp(box->name, "h2");
        ck_assert_int_ge(box->page, 0);
        if (last && heading)
            ck_assert_msg(stands_below(box, last), "plan.xml:%d at %d, %.0f %.0f stands before plan.xml:%d at %d, %.0f %.0f", box->at.line, box->page, box->frame.x,
                          box->frame.y, last->at.line, last->page, last->frame.x, last->frame.y);
        if (last && box->kind == LAYOUT_STACK)
            ck_assert_int_ge(box->page, last->page);
        last = box->kind == LAYOUT_STACK ? box : last;
    }
}

START_TEST(by_chance)
{
    struct chance c = { .words = BUF_EMPTY };
    struct buf got = BUF_EMPTY;
    fx.seed = (uint32_t)_i * 2654435761u + 5;
    grow(&c, columns_of(1 + (int)fixture_random(2)), 20 + fixture_random(20));
    grow(&c, columns_of(2), 5 + fixture_random(10));
    fixture_set(false);
    ck_assert_uint_eq(without_figures(&got), c.figures);
    ck_assert_str_eq(buf_text(&got), buf_text(&c.words));
    assert_places(&c);
    for (size_t i = 0; i < fx.doc->page_count; i++) {
        struct display_page *page = display_open_page(fx.doc, i);
        fixture_assert_apart(page);
        display_close_page(page);
    }
    buf_free(&got);
    buf_free(&c.words);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layout moved");
    TCase *tests = tcase_create("moved");
    const char *more = getenv("PLANTRYK_SEEDS");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, fixture_begin, fixture_end);
    tcase_add_loop_test(tests, text_fills_the_page_that_a_figure_leaves, 0, 2);
    tcase_add_test(tests, it_moves_to_the_next_column);
    tcase_add_loop_test(tests, it_stays_in_its_section, 0, 2);
    tcase_add_loop_test(tests, by_chance, 0, more ? atoi(more) : 12);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
