/* The objects of a PDF: notation, strings, names, and a file that holds them. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "pdf/object.h"
#include "unit.h"

static struct pdf_objects *objects;

static void setup(void)
{
    objects = pdf_objects_new(false);
}

static void teardown(void)
{
    pdf_objects_free(objects);
}

/* What an indirect object is written as, with line feeds as blanks. */
static const char *written(struct pdf_object *object)
{
    static char text[2000];
    struct buf out = BUF_EMPTY;
    pdf_objects_write(objects, pdf_object_number(object), &out);
    snprintf(text, sizeof text, "%s", buf_text(&out));
    for (char *s = text; *s; s++)
        *s = *s == '\n' ? ' ' : *s;
    buf_free(&out);
    return text;
}

START_TEST(notation_becomes_objects)
{
    struct pdf_object *inner = pdf_object_indirect(objects, pdf_object_make(objects, "[1 -2 true null]"));
    struct pdf_object *d = pdf_object_make(objects, "<< /Type /Font /Size %d /Name %n /Text %s /Kids [%o << /A /B >>] >>", 7,
                                           "Abc", "a(b)\\c", inner);
    pdf_object_indirect(objects, d);
    pdf_object_put(objects, d, "/More %o", inner);
    ck_assert_str_eq(written(inner), "[ 1 -2 true null ]");
    ck_assert_str_eq(written(d), "<< /Type /Font /Size 7 /Name /Abc /Text (a\\050b\\051\\134c) /Kids [ 1 0 R << /A /B >> ]"
                                 " /More 1 0 R >>");
    ck_assert_uint_eq(pdf_objects_error(objects), 0);
}
END_TEST

static void put_lean(const void *context, struct buf *out)
{
    buf_printf(out, "/Lean/%s", (const char *)context);
}

START_TEST(lean_dictionaries_write_their_own_text)
{
    struct pdf_object *lean = pdf_object_indirect(objects, pdf_object_lean(objects, put_lean, "Late"));
    struct pdf_object *text = pdf_object_indirect(objects, pdf_object_text(objects, "/W[1[0.25]]xyz", 11));
    ck_assert_str_eq(written(lean), "<< /Lean/Late>>");
    ck_assert_str_eq(written(text), "<< /W[1[0.25]]>>");
    pdf_object_put(objects, text, "/After 1");
    ck_assert_str_eq(written(text), "<< /After 1 /W[1[0.25]]>>");
}
END_TEST

START_TEST(streams_are_in_the_file_at_once)
{
    buf_puts(pdf_objects_settle(objects), "%PDF\n");
    struct pdf_object *dictionary = pdf_object_make(objects, "<< /Type /Metadata >>");
    struct pdf_object *plain = pdf_object_stream(objects, dictionary, "abc", 3, PDF_PLAIN);
    ck_assert_str_eq(buf_text(pdf_objects_settle(objects)),
                     "%PDF\n1 0 obj\n<<\n/Type /Metadata\n/Length 3>>stream\nabc\nendstream\nendobj\n");
    size_t before = pdf_objects_settle(objects)->length;
    struct pdf_object *packed = pdf_object_stream(objects, NULL, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 32, PDF_DEFLATE);
    const char *file = buf_text(pdf_objects_settle(objects));
    ck_assert_uint_eq(pdf_objects_offset(objects, pdf_object_number(plain)), 5);
    ck_assert_uint_eq(pdf_objects_offset(objects, pdf_object_number(packed)), before);
    ck_assert_ptr_nonnull(strstr(file + before, "2 0 obj\n<</Filter/FlateDecode/Length "));
    ck_assert_uint_lt(pdf_objects_settle(objects)->length - before, 100);
}
END_TEST

static const struct {
    const char *utf8, *expected;
} texts[] = {
    { "", "()" },
    { "Abc", "(Abc)" },
    { "a(b)\\c", "(a\\(b\\)\\\\c)" },
    { "Mål æøå", "(M\xE5l \xE6\xF8\xE5)" },                /* PDFDocEncoding is Latin-1 there */
    { "8,7\xC2\xA0%", "<FEFF0038002C003700A00025>" },      /* A0 is the euro sign in PDFDocEncoding */
    { "af\xC2\xADgrund", "<FEFF0061006600AD006700720075006E0064>" },
    { "1–2", "<FEFF003120130032>" },
    { "😀", "<FEFFD83DDE00>" },
};

START_TEST(text_strings_take_their_shortest_form)
{
    struct buf out = BUF_EMPTY;
    pdf_put_text(&out, texts[_i].utf8);
    ck_assert_str_eq(buf_text(&out), texts[_i].expected);
    buf_free(&out);
}
END_TEST

START_TEST(names_and_literals_are_escaped)
{
    struct buf out = BUF_EMPTY;
    pdf_put_name(&out, "PANTONE 1655 C");
    pdf_put_name(&out, "a/b#c(å)");
    ck_assert_str_eq(buf_text(&out), "/PANTONE#201655#20C/a#2Fb#23c#28#C3#A5#29");
    buf_clear(&out);
    pdf_put_literal(&out, "\r\n()\\\0x", 7);
    ck_assert_uint_eq(out.length, 13);
    ck_assert_mem_eq(out.data, "(\\r\n\\(\\)\\\\\0x)", 13);
    buf_free(&out);
}
END_TEST

START_TEST(what_libharu_refuses_stays_noted)
{
    char *long_string = malloc(70001);     /* its strings end at 65535 bytes */
    memset(long_string, 'x', 70000);
    long_string[70000] = '\0';
    pdf_object_indirect(objects, pdf_object_make(objects, "<< /A %s >>", long_string));
    ck_assert_uint_ne(pdf_objects_error(objects), 0);
    free(long_string);
}
END_TEST

int main(void)
{
    TCase *c = tcase_create("objects");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, notation_becomes_objects);
    tcase_add_test(c, lean_dictionaries_write_their_own_text);
    tcase_add_test(c, streams_are_in_the_file_at_once);
    tcase_add_loop_test(c, text_strings_take_their_shortest_form, 0, sizeof texts / sizeof *texts);
    tcase_add_test(c, names_and_literals_are_escaped);
    tcase_add_test(c, what_libharu_refuses_stays_noted);
    Suite *suite = suite_create("pdf_object");
    suite_add_tcase(suite, c);
    return unit_run(suite);
}
