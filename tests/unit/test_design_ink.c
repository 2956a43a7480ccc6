/* The palettes' inks, seen through the shipped press profile, are the colours of the screen: else the printed plan is
   another than the one that was approved. Passed over where the profile was not installed at build time. */
#include <check.h>
#include <lcms2.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "design/design.h"
#include "font/font.h"
#include "unit.h"

struct eye {
    cmsHTRANSFORM press, screen;           /* inks to sRGB, and sRGB to Lab */
};

static cmsHTRANSFORM transform(cmsHPROFILE from, cmsUInt32Number format, cmsHPROFILE to, cmsUInt32Number format_to)
{
    cmsHTRANSFORM made = cmsCreateTransform(from, format, to, format_to, INTENT_RELATIVE_COLORIMETRIC,
                                            cmsFLAGS_BLACKPOINTCOMPENSATION);
    cmsCloseProfile(from);
    cmsCloseProfile(to);
    ck_assert_ptr_nonnull(made);
    return made;
}

/* CIEDE2000 between what the palette names for the screen and what the screen shows of the inks: some, as the primary,
   are a little outside what it can show. */
static double distance(const struct eye *eye, const struct design_colour *colour)
{
    unsigned char seen[3];
    cmsCIELab named, printed;
    cmsDoTransform(eye->press, colour->cmyk, seen, 1);
    cmsDoTransform(eye->screen, seen, &printed, 1);
    cmsDoTransform(eye->screen, colour->rgb, &named, 1);
    return cmsCIE2000DeltaE(&named, &printed, 1, 1, 1);
}

START_TEST(inks_show_the_colours)
{
    static const char *const templates[] = { "standard", "blok" };
    struct diag *diag = diag_new();
    struct arena *arena = arena_new();
    struct font_set *set = font_set_new(diag);
    struct buf icc = BUF_EMPTY;
    const struct design *design = design_read(templates[_i], arena, diag);
    ck_assert_ptr_nonnull(design);
    if (font_set_profile(set, "FOGRA39L_coated", &icc, (struct source){ 0 }, diag)) {
        struct eye eye = { transform(cmsOpenProfileFromMem(icc.data, (cmsUInt32Number)icc.length), TYPE_CMYK_DBL,
                                     cmsCreate_sRGBProfile(), TYPE_RGB_8),
                           transform(cmsCreate_sRGBProfile(), TYPE_RGB_8, cmsCreateLab4Profile(NULL), TYPE_Lab_DBL) };
        for (size_t i = 0; i < design->colour_count; i++) {
            const struct design_colour *colour = design->colours[i];
            double far = distance(&eye, colour);
            ck_assert_msg(far <= 2, "%s: %s is %.1f off", templates[_i], colour->name, far);
        }
        cmsDeleteTransform(eye.screen);
        cmsDeleteTransform(eye.press);
    }
    buf_free(&icc);
    font_set_free(set);
    arena_free(arena);
    diag_free(diag);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("ink");
    tcase_add_loop_test(tests, inks_show_the_colours, 0, 2);
    Suite *suite = suite_create("design");
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
