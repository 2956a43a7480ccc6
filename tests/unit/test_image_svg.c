/* SVG art: what the subset says becomes these paths; all else is foreign or an error, never something nearly right. */
#include <check.h>
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "design/design.h"
#include "image/image.h"
#include "unit.h"

static struct arena *arena;
static struct diag *diag;
static bool foreign;
static char path[] = "image-svg.XXXXXX.svg";

static void setup(void)
{
    arena = arena_new();
    diag = diag_new();
    memcpy(strchr(path, '.') + 1, "XXXXXX", 6);
    int fd = mkstemps(path, 4);
    ck_assert_int_ge(fd, 0);
    close(fd);
}

static void teardown(void)
{
    unlink(path);
    diag_free(diag);
    arena_free(arena);
}

/* Read `inner` inside an svg of 100 x 100. */
static const struct image_vector *read_inner(const char *inner)
{
    FILE *f = fopen(path, "w");
    fprintf(f, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\">%s</svg>", inner);
    fclose(f);
    return image_read_svg(path, arena, &foreign, diag);
}

/* Move and line as M and L, curves as C, rounded to hundredths. */
static const char *dump(const struct path *p)
{
    static char out[4000];
    size_t n = 0, at = 0;
    out[0] = 0;
    for (size_t i = 0; i < p->verb_count; i++) {
        static const int points[] = { 1, 1, 3, 0 };
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%c", i ? " " : "", "MLCZ"[p->verbs[i]]);
        for (int k = 0; k < points[p->verbs[i]]; k++, at++)
            n += (size_t)snprintf(out + n, sizeof out - n, "%s%g,%g", k ? " " : "", round(p->points[at].x * 100) / 100 + 0.0,
                                  round(p->points[at].y * 100) / 100 + 0.0);
    }
    return out;
}

static const struct image_vector *read_good(const char *inner)
{
    const struct image_vector *v = read_inner(inner);
    if (!v)
        diag_print(diag, stderr, DIAG_TEXT);
    ck_assert_msg(v != NULL && !foreign, "refused: %s", inner);
    return v;
}

/* ---- paths --------------------------------------------------------------------------------------------------- */

static const struct {
    const char *d, *want;
} path_cases[] = {
    { "M1 2L3 4", "M1,2 L3,4" },
    { "m1 2 3 4 5 6z", "M1,2 L4,6 L9,12 Z" },
    { "M1,2H5V6h1v1", "M1,2 L5,2 L5,6 L6,6 L6,7" },
    { "M.5.5-1-1", "M0.5,0.5 L-1,-1" },
    { "M1e1 2.5E-1L+3 4", "M10,0.25 L3,4" },
    { "M0 0C1 1 2 2 3 3S5 5 6 6", "M0,0 C1,1 2,2 3,3 C4,4 5,5 6,6" },
    { "M0 0S1 1 2 2", "M0,0 C0,0 1,1 2,2" },
    { "M0 0Q3 0 3 3T6 6", "M0,0 C2,0 3,1 3,3 C3,5 4,6 6,6" },
    { "M0 0T3 3", "M0,0 C0,0 1,1 3,3" },
    { "m0 0q3 0 3 3t3 3", "M0,0 C2,0 3,1 3,3 C3,5 4,6 6,6" },
    { "M10 0A10 10 0 0 1 0 10", "M10,0 C10,5.52 5.52,10 0,10" },
    { "M10 0a10 10 0 01-10 10", "M10,0 C10,5.52 5.52,10 0,10" },           /* flags without spaces */
    { "M10 0A10 10 0 1010 20", "M10,0 C4.48,0 0,4.48 0,10 C0,15.52 4.48,20 10,20" },
    { "M0 0A1 1 0 0 1 20 0", "M0,0 C0,-5.52 4.48,-10 10,-10 C15.52,-10 20,-5.52 20,0" },        /* radii grow */
    { "M0 0A0 5 0 0 1 9 9", "M0,0 L9,9" },
    { "M0 0A5 5 0 0 1 0 0L1 1", "M0,0 L1,1" },
    { "M1 1L5 5ZL2 2", "M1,1 L5,5 Z M1,1 L2,2" },
    { "M1 1zm2 2h1", "M1,1 Z M3,3 L4,3" },
    { "M0 0 10 10 20 0", "M0,0 L10,10 L20,0" },
};

START_TEST(test_path)
{
    char inner[200];
    snprintf(inner, sizeof inner, "<path d=\"%s\"/>", path_cases[_i].d);
    const struct image_vector *v = read_good(inner);
    const struct image_item *item = &v->items[v->count > 1];               /* some reach out of the view box */
    ck_assert_str_eq(dump(&item->path), path_cases[_i].want);
}
END_TEST

static const char *const broken_paths[] = {
    "L1 1", "M", "M1", "M1 1L", "M1 1 2", "M1 1X2 2", "M1 1C1 1 2 2", "M1 1A5 5 0 2 0 9 9", "M1 1e99 2", "M2000000 1",
    "M1 1Z1", "10", "M1 1L2 2#", "M--1 1", "M1 . 2",
};

START_TEST(test_broken_path)
{
    char inner[200];
    snprintf(inner, sizeof inner, "<path d=\"%s\"/>", broken_paths[_i]);
    ck_assert_msg(!read_inner(inner), "accepted: %s", broken_paths[_i]);
    ck_assert(!foreign);
    ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

static const struct {
    const char *inner, *want;
} shape_cases[] = {
    { "<rect x='1' y='2' width='3' height='4'/>", "M1,2 L4,2 L4,6 L1,6 Z" },
    { "<rect width='10' height='10' rx='5'/>",
      "M0,5 C0,2.24 2.24,0 5,0 L5,0 C7.76,0 10,2.24 10,5 L10,5 C10,7.76 7.76,10 5,10 L5,10 C2.24,10 0,7.76 0,5 Z" },
    { "<line x1='11' y1='12' x2='3' y2='4' stroke='#000'/>", "M11,12 L3,4" },
    { "<polyline points='1,2 3,4 5,6'/>", "M1,2 L3,4 L5,6" },
    { "<polygon points='1 2 3 4 5 6'/>", "M1,2 L3,4 L5,6 Z" },
    { "<g transform='translate(10 20) scale(2)'><path d='M1 1L2 2'/></g>", "M12,22 L14,24" },
    { "<path transform='rotate(90 5 5)' d='M5 5L10 5'/>", "M5,5 L5,10" },
    { "<path transform='matrix(1 0 0 -1 0 50)' d='M5 5L10 5'/>", "M5,45 L10,45" },
    { "<path transform='skewX(45)' d='M0 0L0 10'/>", "M0,0 L10,10" },
    { "<defs><path id='a' d='M1 1L2 2'/></defs><use href='#a' x='5' transform='translate(0 7)'/>", "M6,8 L7,9" },
};

START_TEST(test_shape)
{
    const struct image_vector *v = read_good(shape_cases[_i].inner);
    ck_assert_uint_eq(v->count, 1);
    ck_assert_str_eq(dump(&v->items[0].path), shape_cases[_i].want);
}
END_TEST

/* ---- style --------------------------------------------------------------------------------------------------- */

START_TEST(test_roles)
{
    const struct image_vector *v = read_good(
        "<g class='stroke-deep' fill='none' stroke='#004176' stroke-width='2.3' stroke-linecap='round'>"
        "<path d='M21 21L29 29'/><path class='fill-light' fill='#93CDF1' d='M21 21L29 29Z'/><path stroke='#f00' d='M21 21L29 29'/></g>");
    ck_assert_uint_eq(v->count, 3);
    ck_assert_int_eq(v->items[0].fill.kind, IMAGE_NONE);
    ck_assert_str_eq(v->items[0].stroke.colour.role, "deep");
    ck_assert_int_eq(v->items[0].stroke.colour.rgb[2], 0x76);
    ck_assert_double_eq(v->items[0].width, 2.3);
    ck_assert_int_eq(v->items[0].cap, 1);
    ck_assert_str_eq(v->items[1].fill.colour.role, "light");
    ck_assert_str_eq(v->items[1].stroke.colour.role, "deep");
    ck_assert_ptr_null(v->items[2].stroke.colour.role);     /* a colour without a role stays that colour */
    ck_assert_int_eq(v->items[2].stroke.colour.rgb[0], 255);
}
END_TEST

START_TEST(test_stroke_is_scaled)
{
    const struct image_vector *v = read_good("<g transform='scale(3)'><path d='M21 21L29 29' fill='none' stroke='red' "
                                             "stroke-width='2' stroke-dasharray='1 2' stroke-dashoffset='1'/></g>");
    ck_assert_double_eq_tol(v->items[0].width, 6, 1e-9);
    ck_assert_int_eq(v->items[0].dash_count, 2);
    ck_assert_double_eq_tol(v->items[0].dash[1], 6, 1e-9);
    ck_assert_double_eq_tol(v->items[0].dash_offset, 3, 1e-9);
}
END_TEST

START_TEST(test_opacity_and_clip)
{
    const struct image_vector *v = read_good(
        "<defs><clipPath id='c'><circle cx='50' cy='50' r='40'/></clipPath></defs>"
        "<g clip-path='url(#c)' opacity='.5'><path d='M1 1H9V9Z'/></g><path opacity='.25' d='M1 1H9V9Z'/>");
    const enum image_op want[] = { IMAGE_CLIP, IMAGE_GROUP, IMAGE_PATH, IMAGE_POP, IMAGE_POP, IMAGE_PATH };
    ck_assert_uint_eq(v->count, 6);
    for (size_t i = 0; i < 6; i++)
        ck_assert_int_eq(v->items[i].op, want[i]);
    ck_assert_double_eq(v->items[1].opacity, 0.5);
    ck_assert_double_eq(v->items[5].fill.opacity, 0.25);
}
END_TEST

START_TEST(test_areas)
{
    const struct image_vector *v = read_good("<g data-areas='3'><path d='M1 1H9'/><path data-areas='2-5' d='M1 1H9'/></g>"
                                             "<path d='M1 1H9'/>");
    static const bool shown[3][8] = { { 0, 0, 0, 1, 1, 1, 1, 1 }, { 0, 0, 0, 1, 1, 1, 0, 0 }, { 1, 1, 1, 1, 1, 1, 1, 1 } };
    ck_assert_uint_eq(v->count, 3);
    for (int i = 0; i < 3; i++)
        for (int n = 0; n < 8; n++)
            ck_assert_msg(image_item_shown(&v->items[i], n) == shown[i][n], "item %d, %d areas", i, n);
    ck_assert_ptr_null(read_inner("<path data-areas='many' d='M1 1'/>"));
    ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

/* A gradient of the bounding box: under a skew the axis must stay at right angles to the lines of one colour. */
START_TEST(test_linear_gradient)
{
    const struct image_vector *v = read_good(
        "<defs><linearGradient id='g'><stop offset='0' stop-color='#fff'/><stop offset='100%' class='fill-main' "
        "stop-color='#000' stop-opacity='.5'/></linearGradient></defs>"
        "<rect x='10' y='10' width='40' height='20' fill='url(#g)'/>"
        "<rect transform='skewX(45)' x='10' y='10' width='40' height='20' fill='url(#g)'/>");
    const struct image_paint *p = &v->items[0].fill, *q = &v->items[1].fill;
    ck_assert_int_eq(p->kind, IMAGE_LINEAR);
    ck_assert_double_eq_tol(p->from.x, 10, 1e-9);
    ck_assert_double_eq_tol(p->to.x, 50, 1e-9);
    ck_assert_double_eq_tol(p->to.y, p->from.y, 1e-9);
    ck_assert_uint_eq(p->stop_count, 2);
    ck_assert_str_eq(p->stops[1].colour.role, "main");
    ck_assert_double_eq(p->stops[1].opacity, 0.5);
    /* skewX moves (10, y) to (10 + y, y): the lines of one colour run down to the right, the axis up to the right. */
    ck_assert_double_eq_tol(q->to.x - q->from.x, -(q->to.y - q->from.y), 1e-9);
    ck_assert_double_eq_tol(q->to.x - q->from.x, 20, 1e-9);
}
END_TEST

START_TEST(test_radial_gradient)
{
    const struct image_vector *v = read_good(
        "<defs><radialGradient id='g' gradientUnits='userSpaceOnUse' cx='20' cy='20' r='10' fx='22'>"
        "<stop offset='0' stop-color='#fff'/><stop offset='1' stop-color='#000'/></radialGradient></defs>"
        "<rect transform='scale(2)' width='40' height='40' fill='url(#g)'/>");
    const struct image_paint *p = &v->items[0].fill;
    ck_assert_int_eq(p->kind, IMAGE_RADIAL);
    ck_assert_double_eq_tol(p->radius, 20, 1e-9);
    ck_assert_double_eq_tol(p->from.x, 40, 1e-9);
    ck_assert_double_eq_tol(p->to.x, 44, 1e-9);
}
END_TEST

START_TEST(test_view_box)
{
    FILE *f = fopen(path, "w");
    fputs("<svg xmlns='http://www.w3.org/2000/svg' viewBox='10 20 40 30'><path d='M10 20H200V30Z'/></svg>", f);
    fclose(f);
    const struct image_vector *v = image_read_svg(path, arena, &foreign, diag);
    ck_assert_double_eq(v->width, 40);
    ck_assert_double_eq(v->height, 30);
    ck_assert_uint_eq(v->count, 3);
    ck_assert_int_eq(v->items[0].op, IMAGE_CLIP);          /* what reaches beyond the view box is not shown */
    ck_assert_str_eq(dump(&v->items[1].path), "M0,0 L190,0 L190,10 Z");
    ck_assert_int_eq(v->items[2].op, IMAGE_POP);
}
END_TEST

/* ---- foreign and hostile --------------------------------------------------------------------------------------- */

static const char *const foreign_cases[] = {
    "<text>Hej</text>",
    "<image href='x.png'/>",
    "<style>path{fill:red}</style>",
    "<script/>",
    "<filter id='f'/>",
    "<path d='M1 1H9' filter='url(#f)'/>",
    "<path d='M1 1H9' fill='currentColor'/>",
    "<path d='M1 1H9' fill='rebeccapurple'/>",
    "<path d='M1 1H9' fill='url(#missing)'/>",
    "<path d='M1 1H9' stroke='red' transform='scale(2 1)'/>",
    "<path d='M1 1H9' stroke-width='2mm' stroke='red'/>",
    "<path d='M1 1H9' marker-end='url(#m)'/>",
    "<path d='M1 1H9'><animate/></path>",
    "<path d='M1 1H9' onclick='x()'/>",
    "<rect width='50%' height='10'/>",
    "<use href='other.svg#a'/>",
    "<use href='#missing'/>",
    "<svg/>",
    "<g clip-path='url(#c)'><path d='M1 1H9'/></g>",
    "<clipPath id='c'><path d='M1 1H9'/><path d='M1 1H9'/></clipPath><g clip-path='url(#c)'><path d='M1 1H9'/></g>",
    "<path d='M1 1H9' transform='turn(4)'/>",
    "<path d='M1 1H9' style='fill:red;mix-blend-mode:multiply'/>",
    "<polygon points='1 2 3'/>",
};

START_TEST(test_foreign)
{
    ck_assert_msg(!read_inner(foreign_cases[_i]), "accepted: %s", foreign_cases[_i]);
    ck_assert_msg(foreign, "not foreign: %s", foreign_cases[_i]);
    ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(test_silent_elements)
{
    const struct image_vector *v = read_good(
        "<title>Et hus</title><desc>Med dør</desc><metadata/><x:namedview xmlns:x='urn:x' x:zoom='2'/>"
        "<path style='fill:#ff0000; stroke:none' d='M1 1H9V9Z'/><path display='none' d='M1 1H9V9Z'/>"
        "<path visibility='hidden' d='M1 1H9V9Z'/><path d=''/><rect width='0' height='9'/><circle r='0'/>");
    ck_assert_uint_eq(v->count, 1);
    ck_assert_int_eq(v->items[0].fill.colour.rgb[0], 255);
}
END_TEST

START_TEST(test_use_of_itself)
{
    ck_assert_ptr_null(read_inner("<g id='a'><use href='#a'/></g>"));
    ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

/* Ten uses of ten uses of ...: small to write, endless to draw. */
START_TEST(test_use_bomb)
{
    struct buf b = BUF_EMPTY;
    buf_puts(&b, "<defs><g id='a0'><g/></g>");
    for (int i = 1; i < 8; i++) {
        buf_printf(&b, "<g id='a%d'>", i);
        for (int k = 0; k < 30; k++)
            buf_printf(&b, "<use href='#a%d'/>", i - 1);
        buf_puts(&b, "</g>");
    }
    buf_puts(&b, "</defs><use href='#a7'/>");
    ck_assert_ptr_null(read_inner(buf_text(&b)));
    ck_assert_uint_eq(diag_errors(diag), 1);
    buf_free(&b);
}
END_TEST

START_TEST(test_not_svg)
{
    static const char *const roots[] = {
        "<html/>", "<svg viewBox='0 0 9 9'/>", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 -1 9'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 nan 9'/>", "<!DOCTYPE svg><svg/>", "", "<svg",
    };
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        FILE *f = fopen(path, "w");
        fputs(roots[i], f);
        fclose(f);
        size_t before = diag_errors(diag);
        ck_assert_ptr_null(image_read_svg(path, arena, &foreign, diag));
        ck_assert_msg(diag_errors(diag) > before && !foreign, "no error: %s", roots[i]);
    }
}
END_TEST

/* ---- what we ship ---------------------------------------------------------------------------------------------- */

/* The colour of a role in the standard palette; relative ones as for the first focus area. */
static const struct design_colour *role_colour(const struct design *design, const char *role)
{
    static const char *const relative[] = { "main", "deep", "light", "tint" };
    char name[40];
    for (int i = 0; i < 4; i++)
        if (!strcmp(role, relative[i])) {
            snprintf(name, sizeof name, "area-1-%s", role);
            return design_lookup_colour(design, name);
        }
    return design_lookup_colour(design, strcmp(role, "on") ? role : "paper");
}

/* Every colour has a role of the palette, and the colour written beside it is the palette's: previews are true. */
static void check_paint(const char *file, const struct image_paint *paint, const struct design *design)
{
    if (paint->kind != IMAGE_SOLID)
        return;
    const char *role = paint->colour.role;
    ck_assert_msg(role != NULL, "%s: a colour without a role", file);
    const struct design_colour *colour = role_colour(design, role);
    ck_assert_msg(colour != NULL, "%s: the role \"%s\" is not in the palette", file, role);
    ck_assert_msg(!memcmp(colour->rgb, paint->colour.rgb, 3), "%s: the preview of \"%s\" is not the palette's", file, role);
}

/* assets/README.md: icons keep to the live area, so that they look equally large in their discs. */
static void check_live_area(const char *file, const struct image_vector *v)
{
    struct rect ink = rect_empty;
    for (size_t i = 0; i < v->count; i++)
        ink = rect_union(ink, path_bounds(&v->items[i].path));
    ck_assert_msg(rect_contains((struct rect){ 4, 4, 40, 40 }, ink, 0.6), "%s: %g %g to %g %g", file, ink.x, ink.y,
                  ink.x + ink.width, ink.y + ink.height);
    ck_assert_msg(fmax(ink.width, ink.height) >= 33, "%s is small: %g x %g", file, ink.width, ink.height);
}

static void check_art(const char *file, const struct design *design)
{
    const struct image_vector *v = image_read_svg(file, arena, &foreign, diag);
    if (diag_errors(diag))
        diag_print(diag, stderr, DIAG_TEXT);
    ck_assert_msg(!foreign, "%s is foreign", file);
    ck_assert_msg(v && v->count, "%s is empty or broken", file);
    bool clipped = v->items[0].op == IMAGE_CLIP && v->items[0].path.verb_count == 5;
    for (size_t i = 0; i < v->count; i++) {
        const struct image_item *item = &v->items[i];
        if (item->op != IMAGE_PATH)
            continue;
        check_paint(file, &item->fill, design);
        check_paint(file, &item->stroke, design);
    }
    /* Only the strands leave their page; an icon that is cut off at its edge is a fault in the drawing. */
    if (strstr(file, "/icons/"))
        check_live_area(file, v);
    bool strands = strstr(file, "/cover") || strstr(file, "/corner");
    ck_assert_msg(!clipped || strands, "%s reaches beyond its view box", file);
}

static size_t check_folder(const char *folder, const struct design *design)
{
    char name[600];
    snprintf(name, sizeof name, "%s/%s", SOURCE_DIR, folder);
    DIR *dir = opendir(name);
    ck_assert_ptr_nonnull(dir);
    size_t n = 0;
    for (const struct dirent *e; (e = readdir(dir));) {
        size_t length = strlen(e->d_name);
        if (length < 5 || strcmp(e->d_name + length - 4, ".svg"))
            continue;
        snprintf(name, sizeof name, "%s/%s/%s", SOURCE_DIR, folder, e->d_name);
        check_art(name, design);
        n++;
    }
    closedir(dir);
    return n;
}

START_TEST(test_shipped_art)
{
    const struct design *design = design_read(SOURCE_DIR "/templates/standard", arena, diag);
    ck_assert_ptr_nonnull(design);
    ck_assert_uint_ge(check_folder("assets/icons", design), 20);
    ck_assert_uint_ge(check_folder("assets/figures", design), 9);
    ck_assert_uint_ge(check_folder("assets/spots", design), 6);
    ck_assert_uint_ge(check_folder("templates/standard/art", design), 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("image svg");
    TCase *tc = tcase_create("svg");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, test_path, 0, sizeof path_cases / sizeof *path_cases);
    tcase_add_loop_test(tc, test_broken_path, 0, sizeof broken_paths / sizeof *broken_paths);
    tcase_add_loop_test(tc, test_shape, 0, sizeof shape_cases / sizeof *shape_cases);
    tcase_add_test(tc, test_roles);
    tcase_add_test(tc, test_stroke_is_scaled);
    tcase_add_test(tc, test_opacity_and_clip);
    tcase_add_test(tc, test_areas);
    tcase_add_test(tc, test_linear_gradient);
    tcase_add_test(tc, test_radial_gradient);
    tcase_add_test(tc, test_view_box);
    tcase_add_loop_test(tc, test_foreign, 0, sizeof foreign_cases / sizeof *foreign_cases);
    tcase_add_test(tc, test_silent_elements);
    tcase_add_test(tc, test_use_of_itself);
    tcase_add_test(tc, test_use_bomb);
    tcase_add_test(tc, test_not_svg);
    tcase_add_test(tc, test_shipped_art);
    suite_add_tcase(suite, tc);
    return unit_run(suite);
}
