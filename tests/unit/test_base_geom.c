/* Affine maps, boxes, paths; a shape's extent in a band, which text runs round. */
#include <check.h>
#include <math.h>

#include "base/geom.h"
#include "unit.h"

#define NEAR(a, b) ck_assert_double_eq_tol((a), (b), 1e-9)
#define CLOSE(a, b, far) ck_assert_double_eq_tol((a), (b), (far))

START_TEST(maps_are_taken_in_order)
{
    struct point p = { 1, 2 };
    struct affine m = affine_multiply(affine_translate(10, 0), affine_scale(2, 3));
    struct point q = affine_apply(m, p);
    NEAR(q.x, 22);
    NEAR(q.y, 6);
    m = affine_multiply(m, affine_rotate(M_PI / 2));     /* clockwise on the page: x to y */
    q = affine_apply(m, p);
    NEAR(q.x, -6);
    NEAR(q.y, 22);
    struct affine back;
    ck_assert(affine_invert(m, &back));
    struct point r = affine_apply(back, q);
    NEAR(r.x, p.x);
    NEAR(r.y, p.y);
    NEAR(affine_stretch(m), sqrt(6));
    ck_assert(!affine_invert(affine_scale(1, 0), &back));
    ck_assert(!affine_invert((struct affine){ NAN, 0, 0, 1, 0, 0 }, &back));
    q = affine_apply(affine_multiply(affine_identity, affine_identity), p);
    NEAR(q.x, 1);
}
END_TEST

START_TEST(boxes)
{
    struct rect a = { 0, 0, 10, 10 }, b = { 10, 5, 10, 10 }, c = { 9, 9, 2, 2 };
    struct rect both = rect_union(a, b);
    NEAR(both.width, 20);
    NEAR(both.height, 15);
    NEAR(rect_union(rect_empty, a).width, 10);
    NEAR(rect_union(a, rect_empty).width, 10);
    ck_assert(rect_union(rect_empty, rect_empty).width < 0);
    ck_assert(!rect_intersects(a, b));                   /* they touch */
    ck_assert(rect_intersects(a, c) && rect_intersects(c, b));
    ck_assert(!rect_intersects(a, rect_empty));
    ck_assert(rect_contains(a, (struct rect){ 0, 0, 10, 10.05 }, 0.1));
    ck_assert(!rect_contains(a, (struct rect){ 0, 0, 10, 10.05 }, 0.01));
    ck_assert(rect_contains(a, rect_empty, 0));
}
END_TEST

START_TEST(bounds_are_of_the_curve)
{
    struct path path = PATH_EMPTY;
    ck_assert(path_bounds(&path).width < 0);
    path_circle(&path, 10, 20, 5);
    struct rect r = path_bounds(&path);
    NEAR(r.x, 5);
    NEAR(r.y, 15);
    NEAR(r.width, 10);
    NEAR(r.height, 10);
    path_clear(&path);
    path_move(&path, 0, 0);
    path_curve(&path, 0, 40, 30, -40, 30, 0);            /* its control points reach farther than it does */
    r = path_bounds(&path);
    NEAR(r.width, 30);
    CLOSE(r.y, -11.547, 0.001);
    CLOSE(r.height, 23.094, 0.001);
    path_free(&path);
}
END_TEST

START_TEST(arcs_keep_their_radius)
{
    static const double turns[][2] = { { 0, 2 * M_PI }, { 1, 1.2 }, { 3, -4 }, { -M_PI / 2, 1.3 * M_PI } };
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        struct path path = PATH_EMPTY, flat = PATH_EMPTY;
        path_arc(&path, 100, 50, 40, turns[i][0], turns[i][1], false);
        path_flatten(&path, 0.01, &flat);
        for (size_t k = 0; k < flat.point_count; k++)
            CLOSE(hypot(flat.points[k].x - 100, flat.points[k].y - 50), 40, 0.03);
        struct point last = flat.points[flat.point_count - 1];
        NEAR(last.x, 100 + 40 * cos(turns[i][1]));
        NEAR(last.y, 50 + 40 * sin(turns[i][1]));
        path_free(&path);
        path_free(&flat);
    }
}
END_TEST

START_TEST(flat_lines_are_near_the_curve)
{
    struct path path = PATH_EMPTY, flat = PATH_EMPTY;
    path_circle(&path, 0, 0, 100);
    path_flatten(&path, 0.1, &flat);
    ck_assert_uint_le(flat.point_count, 120);
    for (size_t k = 1; k < flat.point_count; k++) {
        struct point a = flat.points[k - 1], b = flat.points[k];
        double middle = hypot((a.x + b.x) / 2, (a.y + b.y) / 2);
        ck_assert(middle > 99.85 && middle < 100.05);
    }
    path_free(&path);
    path_free(&flat);
    /* A curve to nowhere must not loop. */
    path_move(&path, 0, 0);
    path_curve(&path, INFINITY, 0, 0, NAN, 1, 1);
    path_flatten(&path, 0.1, &flat);
    ck_assert_uint_le(flat.point_count, 1001);
    path_free(&path);
    path_free(&flat);
}
END_TEST

START_TEST(round_corners_shrink_to_fit)
{
    struct path path = PATH_EMPTY;
    const double radius[4] = { 18, 0, 100, 0 };
    path_round_rect(&path, (struct rect){ 0, 0, 40, 30 }, radius);
    struct rect r = path_bounds(&path);
    CLOSE(r.x, 0, 1e-6);
    CLOSE(r.y, 0, 1e-6);
    CLOSE(r.width, 40, 1e-6);
    CLOSE(r.height, 30, 1e-6);
    path_free(&path);
}
END_TEST

/* One band. */
static bool span(const struct path *flat, double top, double bottom, double *left, double *right)
{
    struct path_extent band;
    path_spans(flat, top, bottom - top, 1, &band);
    *left = band.left;
    *right = band.right;
    return band.left <= band.right;
}

START_TEST(span_of_a_circle)
{
    struct path path = PATH_EMPTY, flat = PATH_EMPTY;
    path_circle(&path, 100, 100, 50);
    path_flatten(&path, 0.01, &flat);
    double left, right;
    ck_assert(span(&flat, 90, 110, &left, &right)); /* the widest line lies in the band */
    CLOSE(left, 50, 0.05);
    CLOSE(right, 150, 0.05);
    ck_assert(span(&flat, 130, 140, &left, &right)); /* below the middle: the upper edge of the band counts */
    CLOSE(left, 60, 0.05);
    CLOSE(right, 140, 0.05);
    ck_assert(span(&flat, 0, 1000, &left, &right));
    CLOSE(right - left, 100, 0.05);
    ck_assert(!span(&flat, 150, 160, &left, &right)); /* it only touches */
    ck_assert(!span(&flat, 20, 50, &left, &right));
    ck_assert(!span(&flat, 151, 160, &left, &right));
    /* Many bands at once: each as it is alone. */
    struct path_extent bands[30];
    path_spans(&flat, 40, 4, 30, bands);
    for (int i = 0; i < 30; i++) {
        bool reaches = span(&flat, 40 + 4 * i, 44 + 4 * i, &left, &right);
        ck_assert(reaches == (bands[i].left <= bands[i].right));
        ck_assert(!reaches || (left == bands[i].left && right == bands[i].right));
        ck_assert(reaches == (44 + 4 * i > 50 && 40 + 4 * i < 150));
    }
    path_free(&path);
    path_free(&flat);
}
END_TEST

START_TEST(span_closes_subpaths_and_joins_them)
{
    struct path path = PATH_EMPTY;
    double left, right;
    path_move(&path, 0, 0);                              /* a triangle left open: its hypotenuse counts */
    path_line(&path, 0, 10);
    path_line(&path, 10, 10);
    ck_assert(span(&path, 4, 5, &left, &right));
    NEAR(left, 0);
    NEAR(right, 5);
    path_rect(&path, (struct rect){ 20, 4, 5, 1 });
    ck_assert(span(&path, 4, 5, &left, &right));
    NEAR(right, 25);
    ck_assert(span(&path, 6, 7, &left, &right));
    NEAR(right, 7);
    path_clear(&path);
    ck_assert(!span(&path, 0, 1, &left, &right));
    path_free(&path);
}
END_TEST

START_TEST(a_path_appended_to_itself)
{
    struct path path = PATH_EMPTY;
    path_rect(&path, (struct rect){ 0, 0, 1, 1 });
    for (int i = 0; i < 6; i++)
        path_append(&path, &path, affine_translate(1 << i, 0));
    ck_assert_uint_eq(path.point_count, 256);
    NEAR(path_bounds(&path).width, 64);
    path_free(&path);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("geom");
    tcase_add_test(tests, maps_are_taken_in_order);
    tcase_add_test(tests, boxes);
    tcase_add_test(tests, bounds_are_of_the_curve);
    tcase_add_test(tests, arcs_keep_their_radius);
    tcase_add_test(tests, flat_lines_are_near_the_curve);
    tcase_add_test(tests, round_corners_shrink_to_fit);
    tcase_add_test(tests, span_of_a_circle);
    tcase_add_test(tests, span_closes_subpaths_and_joins_them);
    tcase_add_test(tests, a_path_appended_to_itself);
    Suite *suite = suite_create("base");
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
