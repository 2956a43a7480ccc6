/* Every kind of drawing, with little, usual and extreme data, asks the display list: is all ink in the frame, is no text
   on another, is none too small, does a second measuring say the same? */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "chart_cases.h"
#include "chart_checks.h"
#include "unit.h"

static struct arena *arena;
static struct diag *diag;
static const struct design *design;
static struct font_set *fonts;
static struct text_engine *engine;
static struct display_document *document;
static struct chart_context context;
static struct chart_cases cases;

static void start(const char *template)
{
    arena = arena_new();
    diag = diag_new();
    design = design_read(template, arena, diag);
    fonts = font_set_new(diag);
    if (!design || !fonts) {
        diag_print(diag, stderr, DIAG_TEXT);
        exit(1);
    }
    engine = text_engine_new(fonts, design, diag);
    document = display_new(design, "da");
    context = (struct chart_context){ document, engine, arena, design, "da", 7, diag, chart_sizes_new(arena) };
    chart_cases_make(&cases, &context);
}

static void stop(void)
{
    display_free(document);
    text_engine_free(engine);
    font_set_free(fonts);
    arena_free(arena);
    diag_free(diag);
}

static const double left = 20 * PT_PER_MM, top = 30 * PT_PER_MM;

/* The case on a page of its own that is as high as it needs. */
static struct display_page *draw_case(const struct chart_case *it, struct rect *frame)
{
    struct layout_size size = it->drawing->measure(it->drawing->data, (struct layout_size){ it->width, 0 });
    struct display_page *page = display_add_page(document, 210 * PT_PER_MM, size.height + 2 * top);
    struct display_node *figure = display_add_node(document, document->root, DISPLAY_FIGURE, case_at);
    figure->alt = it->name;
    display_mark(page, figure, case_at);
    *frame = (struct rect){ left, top, size.width, size.height };
    it->drawing->draw(it->drawing->data, page, *frame);
    return page;
}

START_TEST(ink_stays_in_the_frame_and_no_text_is_on_another)
{
    const struct chart_case *it = &cases.items[_i];
    struct rect frame;
    struct display_page *page = draw_case(it, &frame);
    if (frame.width > it->width + 0.1)
        ck_abort_msg("%s is %.1f wide in a room of %.1f", it->name, frame.width, it->width);
    const char *fault = frame_fault(page, frame, arena);
    fault = fault ? fault : overlap_fault(page, arena);
    if (fault)
        ck_abort_msg("%s: %s", it->name, fault);
    ck_assert_msg(count_texts(page) > 0 || strcmp(it->name, "status") == 0, "%s has no text at all", it->name);
}
END_TEST

static const struct design_colour *ink_of(const struct display_item *i)
{
    if (i->kind != DISPLAY_PATH)
        return NULL;
    return i->path.fill.kind == DISPLAY_SOLID ? i->path.fill.colour : i->path.stroke.paint.colour;
}

/* What is painted last before an item at its middle: paper where nothing is. */
static const struct design_colour *ground_of(const struct display_page *page, const struct display_item *item)
{
    const struct design_colour *ground = design_lookup_colour(design, "paper");
    struct rect middle = { item->box.x + item->box.width / 2, item->box.y + item->box.height / 2, 0, 0 };
    for (const struct display_item *i = page->first; i != item; i = i->next)
        if (i->kind == DISPLAY_PATH && i->path.fill.kind == DISPLAY_SOLID && rect_contains(i->box, middle, 0))
            ground = i->path.fill.colour;
    return ground;
}

/* WCAG 2.1, 1.4.11: graphics that one must see to understand stand out 3:1, on paper or on what is below them. */
START_TEST(what_has_meaning_stands_out)
{
    const struct chart_case *it = &cases.items[_i];
    struct rect frame;
    struct display_page *page = draw_case(it, &frame);
    const struct design_colour *paper = design_lookup_colour(design, "paper");
    for (const struct display_item *i = page->first; i; i = i->next) {
        const struct design_colour *ink = i->meaning ? ink_of(i) : NULL;
        if (ink && design_contrast(ink, paper, false) < 3 && design_contrast(ink, ground_of(page, i), false) < 3)
            ck_abort_msg("%s: %s on %s, %.1f x %.1f at %.1f %.1f", it->name, ink->name, ground_of(page, i)->name, i->box.width,
                         i->box.height, i->box.x, i->box.y);
    }
}
END_TEST

START_TEST(measures_the_same_twice)
{
    const struct chart_case *it = &cases.items[_i];
    struct layout_size first = it->drawing->measure(it->drawing->data, (struct layout_size){ it->width, 0 });
    it->drawing->measure(it->drawing->data, (struct layout_size){ it->width * 0.8, 0 });
    struct layout_size again = it->drawing->measure(it->drawing->data, (struct layout_size){ it->width, 0 });
    ck_assert_double_eq_tol(first.width, again.width, 0.01);
    ck_assert_double_eq_tol(first.height, again.height, 0.01);
    struct layout_size drawn = it->drawing->measure(it->drawing->data, (struct layout_size){ first.width, 0 });
    ck_assert_double_eq_tol(first.height, drawn.height, 0.01);
}
END_TEST

/* 2013, 2014, 2015, a missing one, 2019, 2020: two lines, whose points are as far apart as the years. */
START_TEST(a_sparkline_has_its_years_in_proportion)
{
    static const double years[] = { 0, 1, 2, 6, 7 };
    double x[8];
    size_t n = 0, lines = 0;
    struct rect frame;
    const struct chart_case *it = cases.items;
    while (strcmp(it->name, "key-figure-history"))
        it++;
    for (const struct display_item *i = draw_case(it, &frame)->first; i; i = i->next) {
        const struct path *path = &i->path.path;
        if (i->kind != DISPLAY_PATH || i->path.stroke.paint.kind != DISPLAY_SOLID || fabs(i->path.stroke.width - 1.2) > 0.001 ||
            path->point_count > 3 || path->points[0].x == path->points[1].x)      /* a ring, a tick */
            continue;
        lines++;
        for (size_t k = 0; k < path->point_count && n < 8; k++)
            x[n++] = path->points[k].x;
    }
    ck_assert_uint_eq(lines, 2);
    ck_assert_uint_eq(n, sizeof years / sizeof *years);
    for (size_t k = 0; k < n; k++)
        ck_assert_double_eq_tol((x[k] - x[0]) / (x[4] - x[0]), years[k] / 7, 0.001);
}
END_TEST

/* After the loop: all pages that it has drawn. */
START_TEST(nothing_is_complained_of)
{
    display_finish(document);
    bool good = display_check(document, diag);
    if (!good || diag_warnings(diag))
        diag_print(diag, stdout, DIAG_TEXT);
    ck_assert(good);
    ck_assert_uint_eq(diag_warnings(diag), 0);
}
END_TEST

/* The second template has squares and bars where the first has circles. */
static int run(const char *template, bool all)
{
    start(template);
    Suite *suite = suite_create(template);
    TCase *tcase = tcase_create("cases");
    tcase_add_loop_test(tcase, ink_stays_in_the_frame_and_no_text_is_on_another, 0, (int)cases.count);
    tcase_add_loop_test(tcase, what_has_meaning_stands_out, 0, (int)cases.count);
    if (all)
        tcase_add_loop_test(tcase, measures_the_same_twice, 0, (int)cases.count);
    tcase_add_test(tcase, a_sparkline_has_its_years_in_proportion);
    tcase_add_test(tcase, nothing_is_complained_of);
    suite_add_tcase(suite, tcase);
    int failed = unit_run_here(suite);
    stop();
    return failed;
}

int main(void)
{
    int failed = run("standard", true);
    return failed + run("blok", false) != 0;
}
