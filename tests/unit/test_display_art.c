/* Art on the page: roles by the hue of the place, parts by the number of focus areas, photos upright. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "design/design.h"
#include "display/display.h"
#include "unit.h"

static struct arena *arena;
static struct diag *diag;
static const struct design *design;
static struct display_document *doc;

static void setup(void)
{
    arena = arena_new();
    diag = diag_new();
    design = design_read(SOURCE_DIR "/templates/standard", arena, diag);
    ck_assert_ptr_nonnull(design);
    doc = display_new(design, "da");
}

static void teardown(void)
{
    display_free(doc);
    diag_free(diag);
    arena_free(arena);
}

static const struct {
    const char *role;
    int hue;
    const char *want;
} roles[] = {
    { "main", 0, "primary" },
    { "main", 3, "area-3-main" },
    { "light", 2, "area-2-light" },
    { "on", 1, "paper" },
    { "on", 3, "ink" },                                    /* white on amber is 3.6 : 1 */
    { "deep", 1 + DISPLAY_ON_MAIN, "paper" },
    { "light", 1 + DISPLAY_ON_MAIN, "area-1-light" },
    { "deep", 3 + DISPLAY_ON_MAIN, "ink" },
    { "light", 3 + DISPLAY_ON_MAIN, "paper" },
    { "deep", DISPLAY_ON_MAIN, "paper" },
    { "tile", 2, "area-2-main" },                          /* this palette has no tiles of its own */
    { "on-tile", 3, "ink" },
    { "tile", 0, "ground" },
    { "on-tile", 0, "on-ground" },
    { "deep", 1 + DISPLAY_ON_TILE, "paper" },
    { "deep", DISPLAY_ON_TILE, "on-ground" },
    { "skin-2", 4, "skin-2" },
    { "area-5-tint", 4, "area-5-tint" },
};

START_TEST(test_roles)
{
    const struct design_colour *colour = display_role_colour(design, roles[_i].role, roles[_i].hue);
    ck_assert_ptr_nonnull(colour);
    ck_assert_str_eq(colour->name, roles[_i].want);
}
END_TEST

static const struct display_symbol *symbol_of(const char *svg, int hue, int areas)
{
    bool foreign;
    const struct image_vector *art = image_decode_svg("art.svg", svg, strlen(svg), arena, &foreign, diag);
    ck_assert_ptr_nonnull(art);
    return display_symbol_of(doc, art, hue, areas);
}

/* The one light shape of an icon must be light also where no focus area is meant. */
START_TEST(test_icon_without_hue)
{
    const char *svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>"
                      "<path class='fill-light stroke-deep' stroke-linejoin='round' d='M2 2H7V7Z'/></svg>";
    const struct display_symbol *plain = symbol_of(svg, 0, 5), *on = symbol_of(svg, DISPLAY_ON_MAIN, 5);
    ck_assert_str_eq(plain->items->path.fill.colour->name, "primary-bright");
    ck_assert_str_eq(plain->items->path.stroke.paint.colour->name, "primary");
    ck_assert_str_eq(on->items->path.fill.colour->name, "primary-bright");
    ck_assert_str_eq(on->items->path.stroke.paint.colour->name, "paper");
}
END_TEST

START_TEST(test_parts_by_areas)
{
    const char *svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>"
                      "<g data-areas='2-3' opacity='.5'><path d='M2 2H7V7Z'/><path d='M2 2H7V7Z'/></g>"
                      "<path data-areas='4' d='M2 2H7V7Z'/></svg>";
    static const int want[] = { 0, 0, 4, 4, 1, 1 };        /* two paths between push and pop; later the other one */
    for (int areas = 0; areas < 6; areas++) {
        int n = 0;
        for (const struct display_item *i = symbol_of(svg, 0, areas)->items; i; i = i->next)
            n++;
        ck_assert_int_eq(n, want[areas]);
    }
}
END_TEST

/* Stored lying, with the top at the right (Exif 6): its first row must end up at the right edge of the frame. */
START_TEST(test_photo_upright)
{
    struct image_bitmap photo = { .width = 40, .height = 30, .components = 3, .orientation = 6 };
    struct display_page *page = display_add_page(doc, 600, 800);
    struct affine frame = { 30, 0, 0, 40, 100, 200 };
    const struct display_item *item = display_add_bitmap(page, &photo, frame);
    struct point first = affine_apply(item->bitmap.matrix, (struct point){ 0, 0 });
    struct point along = affine_apply(item->bitmap.matrix, (struct point){ 1, 0 });
    ck_assert_double_eq(first.x, 130);
    ck_assert_double_eq(first.y, 200);
    ck_assert_double_eq(along.x, 130);
    ck_assert_double_eq(along.y, 240);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("display art");
    TCase *tc = tcase_create("art");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, test_roles, 0, sizeof roles / sizeof *roles);
    tcase_add_test(tc, test_icon_without_hue);
    tcase_add_test(tc, test_parts_by_areas);
    tcase_add_test(tc, test_photo_upright);
    suite_add_tcase(suite, tc);
    return unit_run(suite);
}
