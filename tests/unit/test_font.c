/* Fonts: what the tables say, subsets, and files that are missing or another than pinned. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "font/font.h"
#include "unit.h"

static struct diag *diag;
static const struct source here = { "template.xml", 7, 3 };

START_TEST(measures_of_a_face)
{
    diag = diag_new();
    struct font_set *set = font_set_new(diag);
    const struct font_face *face = font_lookup(set, "Vollkorn", "Regular", here, diag);
    ck_assert_ptr_nonnull(face);
    ck_assert_ptr_eq(face, font_lookup(set, "Vollkorn", "Regular", here, diag));
    ck_assert_str_eq(face->postscript_name, "Vollkorn-Regular");
    ck_assert_int_eq(face->upem, 1000);
    ck_assert(face->ascender > 900 && face->descender < -300);
    ck_assert(face->x_height > 400 && face->x_height < face->cap_height && face->cap_height < face->ascender);
    ck_assert_uint_eq(face->weight, 400);
    ck_assert(!face->italic && face->italic_angle == 0 && !face->fixed_pitch);
    unsigned a = font_glyph(face, 'a'), space = font_glyph(face, ' '), ring = font_glyph(face, 0xE5);
    ck_assert(a && space && ring && a != ring);
    ck_assert_uint_eq(face->advances[a], face->advances[ring]);
    ck_assert(face->advances[space] > 150 && face->advances[space] < 350);
    ck_assert_uint_eq(font_glyph(face, 0x4E00), 0);
    const struct font_face *italic = font_lookup(set, "Vollkorn", "Italic", here, diag);
    ck_assert(italic->italic && italic->italic_angle < -5 && italic->italic_angle > -25);
    ck_assert_uint_ne(italic->index, face->index);
    font_set_free(set);
    ck_assert_uint_eq(diag_errors(diag), 0);
    diag_free(diag);
}
END_TEST

START_TEST(every_face_of_the_list_opens)
{
    static const char *const faces[][2] = {
        { "Manrope", "ExtraLight" }, { "Manrope", "Light" },      { "Manrope", "Regular" },  { "Manrope", "Medium" },
        { "Manrope", "SemiBold" },   { "Manrope", "Bold" },       { "Manrope", "ExtraBold" }, { "Vollkorn", "Medium" },
        { "Vollkorn", "SemiBold" },  { "Vollkorn", "Bold" },      { "Vollkorn", "BoldItalic" }, { "Roboto Condensed", "Light" },
        { "Roboto Condensed", "Regular" }, { "Roboto Condensed", "Medium" }, { "Roboto Condensed", "Bold" },
        { "Roboto Condensed", "Italic" }, { "Roboto Condensed", "BoldItalic" }, { "Lato", "Regular" }, { "Lato", "Italic" },
        { "Lato", "Bold" },          { "Lato", "Black" },         { "Lato", "BoldItalic" },
    };
    diag = diag_new();
    struct font_set *set = font_set_new(diag);
    for (size_t i = 0; i < sizeof faces / sizeof *faces; i++) {
        const struct font_face *face = font_lookup(set, faces[i][0], faces[i][1], here, diag);
        ck_assert_msg(face != NULL, "%s", unit_told(diag, DIAG_TEXT));
        /* Danish, and the signs of a plan: no, minus, range, per cent, quotes, ellipsis. */
        static const uint32_t needed[] = { 0xE6, 0xF8, 0xE5, 0xC6, 0xD8, 0xC5, 0x2212, 0x2013, '%', 0xBB, 0xAB, 0x2026, 0xE9, 0xA7 };
        for (size_t j = 0; j < sizeof needed / sizeof *needed; j++)
            ck_assert_msg(font_glyph(face, needed[j]), "%s lacks U+%04X", face->postscript_name, (unsigned)needed[j]);
        ck_assert(face->cap_height > 0 && face->x_height > 0 && *face->licence);
    }
    font_set_free(set);
    diag_free(diag);
}
END_TEST

START_TEST(unknown_faces)
{
    diag = diag_new();
    struct font_set *set = font_set_new(diag);
    ck_assert_ptr_null(font_lookup(set, "Vollkorn", "Heavy", here, diag));
    ck_assert_str_eq(unit_told(diag, DIAG_TEXT), "template.xml:7:3: error: E501: there is no font Vollkorn Heavy\n"
                                 "    Vollkorn has: Regular, Italic, Medium, SemiBold, Bold, BoldItalic\n");
    ck_assert_ptr_null(font_lookup(set, "Arial", "Regular", here, diag));
    ck_assert_str_eq(unit_told(diag, DIAG_TEXT), "template.xml:7:3: error: E501: there is no font Arial Regular\n"
                                 "    the fonts are: Manrope, Vollkorn, Roboto Condensed, Lato\n");
    font_set_free(set);
    diag_free(diag);
}
END_TEST

/* A data folder with one family, whose files are what the test makes of them. */
static void use_own_data(const char *face_line, const char *font_bytes)
{
    static char folder[] = "font-data-XXXXXX";
    char path[256];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/fonts", folder);
    ck_assert(file_make_folder(path, diag));
    snprintf(path, sizeof path, "%s/fonts/fonts.xml", folder);
    char list[1024];
    int n = snprintf(list, sizeof list, "<fonts><family name='A' licence='x'>%s</family></fonts>", face_line);
    ck_assert(file_write(path, list, (size_t)n, diag));
    if (font_bytes) {
        snprintf(path, sizeof path, "%s/fonts/A.ttf", folder);
        ck_assert(file_write(path, font_bytes, strlen(font_bytes), diag));
    }
    setenv("PLANTRYK_DATA", folder, 1);
}

static void clean_own_data(void)
{
    char command[256];
    snprintf(command, sizeof command, "rm -r '%s'", getenv("PLANTRYK_DATA"));
    ck_assert_int_eq(system(command), 0);
}

START_TEST(missing_file)
{
    diag = diag_new();
    use_own_data("<face style='R' source='/x/A.ttf' sha256='00'/>", NULL);
    struct font_set *set = font_set_new(diag);
    ck_assert_ptr_null(font_lookup(set, "A", "R", here, diag));
    ck_assert_ptr_nonnull(strstr(unit_told(diag, DIAG_TEXT), "template.xml:7:3: error: E502: the font A R cannot be opened"));
    font_set_free(set);
    clean_own_data();
    diag_free(diag);
}
END_TEST

START_TEST(another_file_than_pinned)
{
    diag = diag_new();
    use_own_data("<face style='R' source='/x/A.ttf' sha256='00'/>", "abc");
    struct font_set *set = font_set_new(diag);
    ck_assert_ptr_null(font_lookup(set, "A", "R", here, diag));
    const char *found = unit_told(diag, DIAG_TEXT);
    ck_assert_ptr_nonnull(strstr(found, "error: E503"));
    ck_assert_ptr_nonnull(strstr(found, "its SHA-256 is ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    font_set_free(set);
    clean_own_data();
    diag_free(diag);
}
END_TEST

START_TEST(no_font_at_all)
{
    diag = diag_new();
    use_own_data("<face style='R' source='/x/A.ttf' sha256='ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'/>",
                 "abc");
    struct font_set *set = font_set_new(diag);
    ck_assert_ptr_null(font_lookup(set, "A", "R", here, diag));
    ck_assert_ptr_nonnull(strstr(unit_told(diag, DIAG_TEXT), "error: E504"));
    font_set_free(set);
    clean_own_data();
    diag_free(diag);
}
END_TEST

START_TEST(subset_keeps_glyph_numbers)
{
    diag = diag_new();
    struct font_set *set = font_set_new(diag);
    const struct font_face *face = font_lookup(set, "Manrope", "Bold", here, diag);
    uint16_t glyphs[2] = { (uint16_t)font_glyph(face, 'P'), (uint16_t)font_glyph(face, 0xE5) };
    struct buf subset = BUF_EMPTY;
    ck_assert(font_subset(face, glyphs, 2, &subset));
    ck_assert_uint_lt(subset.length, face->size / 3);
    ck_assert_int_eq(memcmp(subset.data, "\0\1\0\0", 4), 0);
    /* numGlyphs stands in maxp at 4: all numbers up to the highest are kept. */
    const unsigned char *d = (const unsigned char *)subset.data;
    unsigned tables = (unsigned)d[4] << 8 | d[5], glyph_count = 0;
    for (unsigned i = 0; i < tables; i++) {
        const unsigned char *record = d + 12 + 16 * i;
        ck_assert(memcmp(record, "GSUB", 4) && memcmp(record, "GPOS", 4) && memcmp(record, "GDEF", 4));
        if (!memcmp(record, "maxp", 4)) {
            unsigned at = (unsigned)record[8] << 24 | (unsigned)record[9] << 16 | (unsigned)record[10] << 8 | record[11];
            glyph_count = (unsigned)d[at + 4] << 8 | d[at + 5];
        }
    }
    ck_assert_uint_gt(glyph_count, glyphs[0] > glyphs[1] ? glyphs[0] : glyphs[1]);
    struct buf again = BUF_EMPTY;
    ck_assert(font_subset(face, glyphs, 2, &again));
    ck_assert_uint_eq(again.length, subset.length);
    ck_assert_int_eq(memcmp(again.data, subset.data, subset.length), 0);
    buf_free(&again);
    buf_free(&subset);
    font_set_free(set);
    diag_free(diag);
}
END_TEST

START_TEST(profiles)
{
    diag = diag_new();
    struct font_set *set = font_set_new(diag);
    struct buf icc = BUF_EMPTY;
    ck_assert(font_set_profile(set, "sRGB", &icc, here, diag));
    ck_assert_int_eq(memcmp(icc.data + 36, "acsp", 4), 0);
    ck_assert(!font_set_profile(set, "none", &icc, here, diag));
    ck_assert_ptr_nonnull(strstr(unit_told(diag, DIAG_TEXT), "E505"));
    buf_free(&icc);
    font_set_free(set);
    diag_free(diag);
}
END_TEST

static int released;

static void release(void *object)
{
    released += *(int *)object;
}

START_TEST(slots_are_released)
{
    diag = diag_new();
    struct font_set *set = font_set_new(diag);
    const struct font_face *face = font_lookup(set, "Lato", "Regular", here, diag);
    ck_assert_ptr_null(font_slot(face, FONT_SLOT_SHAPER));
    int object = 3;
    font_set_slot(face, FONT_SLOT_SHAPER, &object, release);
    ck_assert_ptr_eq(font_slot(face, FONT_SLOT_SHAPER), &object);
    ck_assert_ptr_null(font_slot(face, FONT_SLOT_PAINTER));
    font_set_free(set);
    ck_assert_int_eq(released, 3);
    diag_free(diag);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("font");
    tcase_add_test(tests, measures_of_a_face);
    tcase_add_test(tests, every_face_of_the_list_opens);
    tcase_add_test(tests, unknown_faces);
    tcase_add_test(tests, missing_file);
    tcase_add_test(tests, another_file_than_pinned);
    tcase_add_test(tests, no_font_at_all);
    tcase_add_test(tests, subset_keeps_glyph_numbers);
    tcase_add_test(tests, profiles);
    tcase_add_test(tests, slots_are_released);
    Suite *suite = suite_create("font");
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
