/* Trees of boxes by chance: whatever they are, no word is lost, the order is kept, nothing leaves its page, body text stands
   on the grid, and no two lines stand on one another. */
#include "layout_fixture.h"

static void put_words(const struct layout_box *box, struct buf *out)
{
    if (box->kind == LAYOUT_PARAGRAPH) {
        if (box->label)
            buf_puts(out, "• ");
        buf_put(out, box->spans->text, box->spans->length);
        buf_putc(out, '\n');
    }
    if (box->kind == LAYOUT_DRAWING)
        buf_puts(out, "A shape.\n");
    for (const struct layout_box *child = box->first; child; child = child->next)
        put_words(child, out);
    for (const struct layout_float *f = box->floats; f; f = f->next)
        buf_puts(out, "A shape.\n");
}

/* ---- trees ---------------------------------------------------------------------------------------------------- */

static void grow(struct layout_box *parent, int depth);

static void put_text(struct layout_box *parent)
{
    switch (fixture_random(6)) {
    case 0:
        fixture_paragraph(parent, "h2", "TÆT SAMARBEJDE");
        fixture_paragraph(parent, "body", fixture_text(12 + fixture_random(30)));
        break;
    case 1:
        for (unsigned i = 0, n = 1 + fixture_random(5); i < n; i++)
            fixture_item(parent, fixture_text(3 + fixture_random(14)));
        break;
    case 2:
        fixture_paragraph(parent, "caption", fixture_text(4 + fixture_random(10)));
        break;
    default:
        fixture_paragraph(parent, "body", fixture_text(5 + fixture_random(90)));
    }
}

static void dress(struct layout_box *box)
{
    if (fixture_random(2))
        return;
    box->background = design_lookup_colour(fx.design, "field");
    box->padding = (struct layout_edge){ fixture_random(20), 4 + fixture_random(8), fixture_random(20), 8 };
    box->grid = fixture_random(2);
    box->keep_together = fixture_random(3) == 0;
    box->stretch = fixture_random(3);
    box->align = (int)fixture_random(3) - 1;
}

/* Inside cells one column is narrow enough: where no word fits, lines stand on one another, and it is told. */
static void put_columns(struct layout_box *parent, int depth)
{
    static const enum layout_side sides[] = { LAYOUT_SIDE_LEFT, LAYOUT_SIDE_GUTTER, LAYOUT_SIDE_RIGHT };
    struct layout_box *columns = fixture_box(parent, LAYOUT_COLUMNS, "columns");
    columns->columns = depth < 2 ? 1 + (int)fixture_random(3) : 1;
    columns->unbalanced = fixture_random(5) == 0;
    columns->margin.top = fixture_random(30);
    for (unsigned i = 0, n = 1 + fixture_random(6); i < n; i++) {
        put_text(columns);
        columns->last->across = fixture_random(6) == 0;
    }
    if (fixture_random(2))
        fixture_float(columns, sides[fixture_random(3)], 0.5 * fixture_random(3), 40 + fixture_random(90));
}

static void put_row(struct layout_box *parent, int depth)
{
    struct layout_box *row = fixture_box(parent, LAYOUT_ROW, "row");
    for (unsigned i = 0, n = 1 + fixture_random(depth ? 2 : 3); i < n; i++) {
        struct layout_box *cell = fixture_box(row, LAYOUT_STACK, "cell");
        dress(cell);
        grow(cell, depth + 2);
    }
}

static void put_grid(struct layout_box *parent, int depth)
{
    struct layout_box *grid = fixture_box(parent, LAYOUT_GRID, "grid");
    grid->columns = depth ? 2 : 2 + (int)fixture_random(2);
    grid->row_gap = fixture_random(20);
    for (unsigned i = 0, n = 1 + fixture_random(5); i < n; i++) {
        struct layout_box *cell = fixture_box(grid, LAYOUT_STACK, "cell");
        grow(cell, depth + 2);
    }
}

static void put_child(struct layout_box *parent, int depth)
{
    unsigned kind = depth < 3 ? fixture_random(9) : 8;
    struct layout_box *stack;
    switch (kind) {
    case 0:
    case 1:
        stack = fixture_box(parent, LAYOUT_STACK, "stack");
        dress(stack);
        grow(stack, depth + 1);
        break;
    case 2:
        put_row(parent, depth);
        break;
    case 3:
        put_grid(parent, depth);
        break;
    case 4:
    case 5:
        put_columns(parent, depth);
        break;
    case 6:
        fixture_shape(parent, 20 + fixture_random(80), 20 + fixture_random(100), fixture_random(2))->place = -1;
        break;
    default:
        put_text(parent);
    }
}

static void grow(struct layout_box *parent, int depth)
{
    for (unsigned i = 0, n = 1 + fixture_random(depth ? 4 : 9); i < n; i++)
        put_child(parent, depth);
}

/* ---- what must hold ------------------------------------------------------------------------------------------- */

/* A structure tree in the order of the boxes is the fixture's own; here the order of painting counts too: pages and the
   lines of a box come in order. */
static void assert_words(void)
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

static bool is_body(const struct display_item *item)
{
    return item->kind == DISPLAY_GLYPHS && !strcmp(item->run.face->family, "Vollkorn");
}

static void assert_item(const struct display_page *page, const struct display_item *item)
{
    const struct design_page *p = &fx.design->page;
    struct rect trim = { -p->bleed, -p->bleed, page->width + 2 * p->bleed, page->height + 2 * p->bleed };
    ck_assert(item->box.width < 0 || rect_contains(trim, item->box, 1));
    if (!is_body(item))
        return;
    double rows = (item->y - p->first_baseline) / p->baseline_step;
    ck_assert_msg(fabs(rows - round(rows)) < 0.002, "body at %f on page %d", item->y, page->index + 1);
}

START_TEST(trees_by_chance)
{
    fx.seed = (uint32_t)_i * 2654435761u + 17;
    for (int i = 0; i < 2; i++)
        grow(fixture_sequence(), 0);
    fixture_set(false);
    assert_words();
    for (size_t i = 0; i < fx.doc->page_count; i++) {
        struct display_page *page = display_open_page(fx.doc, i);
        for (const struct display_item *item = page->first; item; item = item->next)
            assert_item(page, item);
        fixture_assert_apart(page);
        display_close_page(page);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layout random");
    TCase *tests = tcase_create("random");
    const char *more = getenv("PLANTRYK_SEEDS");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, fixture_begin, fixture_end);
    tcase_add_loop_test(tests, trees_by_chance, 0, more ? atoi(more) : 12);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
