/* Every violation of a schema in one run, each at its start tag and in words. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xml/xml.h"
#include "unit.h"

#define HEAD "<shop xmlns=\"urn:shop\">\n"
#define GOODS(inside) HEAD "<goods width=\"1mm\">" inside "</goods>\n</shop>"

static char *messages(const char *document)
{
    struct diag *diag = diag_new();
    struct xml_schema *schema = xml_schema_read(TESTS_DIR "/xml/shop.xsd", diag);
    ck_assert_ptr_nonnull(schema);
    struct xml_document *doc = xml_read_bytes("x", document, strlen(document), diag);
    ck_assert_ptr_nonnull(doc);
    bool valid = xml_matches(doc, schema, diag);
    ck_assert_int_eq(valid, diag_errors(diag) == 0);
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    diag_print(diag, out, DIAG_TEXT);
    fclose(out);
    xml_free(doc);
    xml_schema_free(schema);
    diag_free(diag);
    return text;
}

static const struct {
    const char *document, *messages;
} cases[] = {
    { GOODS("<title>a</title><date>2020-12-18</date>"), "" },
    /* the wrong root, and the right one in the wrong namespace */
    { "<shop/>", "x:1:1: error: E111: the root element is <shop> in the namespace \"\"\n"
                 "    expected: <shop> in the namespace \"urn:shop\"\n" },
    /* a name mistyped: what it holds is checked all the same, and what follows it */
    { GOODS("<titel>a</titel>\n<date>18/12</date>"),
      "x:2:20: error: E112: <titel>: there is no such element\n    perhaps <title> was meant\n"
      "x:3:1: error: E117: the text of <date> cannot be \"18/12\"\n    expected: a date like 2020-12-18\n" },
    /* left out: one message, no echo from what follows */
    { GOODS("<price>1</price>\n<date>2020-12-18</date>"),
      "x:2:20: error: E112: <price> is not allowed here\n    allowed here: <title>\n" },
    /* unknown elements between, one after the other, and a fault behind them */
    { GOODS("<title>a</title><foo/>\n<bar/>\n<date>x</date>"),
      "x:2:36: error: E112: <foo>: there is no such element\n    allowed here: <price>, <note>, <date>\n"
      "x:3:1: error: E112: <bar>: there is no such element\n    allowed here: <price>, <note>, <date>\n"
      "x:4:1: error: E117: the text of <date> cannot be \"x\"\n    expected: a date like 2020-12-18\n" },
    /* one too much before what is wanted: it alone is told of */
    { GOODS("<date>2020-12-18</date><title>a</title><price/>\n<date>2020-12-18</date>"),
      "x:2:20: error: E112: <date> is not allowed here\n    allowed here: <title>\n"
      "x:2:59: error: E117: the text of <price> cannot be \"\"\n    it must not be empty\n" },
    /* two that changed places: told of once */
    { GOODS("<date>2020-12-18</date><title>a</title>"),
      "x:2:20: error: E112: <date> is not allowed here\n    allowed here: <title>\n" },
    { GOODS("<title>a</title>"), "x:2:1: error: E113: <goods> is not complete\n"
                                 "    one of these is missing: <price>, <note>, <date>\n" },
    { GOODS("<title>a</title><date>2020-12-18</date>\n<note/>"),
      "x:3:1: error: E112: <note> is not allowed here\n    nothing more is allowed in <goods> here\n" },
    /* both goods are told of, though libxml2 stops at the first child that does not fit */
    { HEAD "<goods width=\"1mm\"><title/><x/><date>2020-12-18</date></goods><y/>\n<goods id=\"b\" width=\"1\"><title/></goods></shop>",
      "x:2:28: error: E112: <x>: there is no such element\n    allowed here: <price>, <note>, <date>\n"
      "x:2:63: error: E112: <y>: there is no such element\n    allowed here: <goods>, <end>\n"
      "x:3:1: error: E117: the attribute \"width\" of <goods id=\"b\"> cannot be \"1\"\n"
      "    expected: a length with a unit, like 12mm\n"
      "x:3:1: error: E113: <goods id=\"b\"> is not complete\n    one of these is missing: <price>, <note>, <date>\n" },
    /* text where none belongs, and none where some does */
    { GOODS("hej<title>a</title><price/><note>b</note><date>2020-12-18</date>"),
      "x:2:1: error: E114: <goods> holds text, which is not allowed in it\n"
      "    put the text into an element inside it, such as <p> or <title>, or delete it\n"
      "x:2:39: error: E117: the text of <price> cannot be \"\"\n    it must not be empty\n"
      "x:2:47: error: E114: <note> holds text, which is not allowed in it\n"
      "    put the text into an element inside it, such as <p> or <title>, or delete it\n" },
    /* attributes */
    { HEAD "<goods id=\"a\" widht=\"1mm\" unit=\"precent\" pieces=\"0\" share=\"101\"><title/><date>2020-12-18</date></goods></shop>",
      "x:2:1: error: E117: the attribute \"unit\" of <goods id=\"a\"> cannot be \"precent\"\n"
      "    perhaps \"percent\" was meant; allowed: percent, count\n"
      "x:2:1: error: E117: the attribute \"pieces\" of <goods id=\"a\"> cannot be \"0\"\n"
      "    expected: a whole number, 1 or more\n"
      "x:2:1: error: E117: the attribute \"share\" of <goods id=\"a\"> cannot be \"101\"\n"
      "    the greatest allowed value is 100\n"
      "x:2:1: error: E115: <goods id=\"a\"> has no attribute \"widht\"\n    perhaps \"width\" was meant\n"
      "x:2:1: error: E116: <goods id=\"a\"> lacks the attribute \"width\"\n"
      "    write width=\"...\" with a length with a unit, like 12mm\n" },
    { HEAD "<goods width=\"1mm\" colour=\"x\"><title/><date>2020-12-18</date></goods></shop>",
      "x:2:1: error: E115: <goods> has no attribute \"colour\"\n"
      "    its attributes are: id, width, unit, units, pieces, share\n" },
    { HEAD "<goods id=\"a\" width=\"1mm\"><title/><date>2020-12-18</date></goods>\n"
           "<goods id=\"a\" width=\"1mm\"><title/><date>2020-12-18</date></goods></shop>",
      "x:3:1: error: E120: the id \"a\" is used twice\n    give each element its own id\n" },
    { HEAD "<goods width=\"1mm\" units=\"count persent\"><title/><date>2020-12-18</date></goods></shop>",
      "x:2:1: error: E117: the attribute \"units\" of <goods> cannot be \"persent\"\n"
      "    perhaps \"percent\" was meant; allowed: percent, count\n" },
    /* the column counts characters, and the value is shown whole */
    { "<shop xmlns=\"urn:shop\"><!-- æøå --><goods width=\"æ:ø'\"><title/><date>2020-12-18</date></goods></shop>",
      "x:1:36: error: E117: the attribute \"width\" of <goods> cannot be \"æ:ø'\"\n"
      "    expected: a length with a unit, like 12mm\n" },
};

START_TEST(violations)
{
    char *found = messages(cases[_i].document);
    ck_assert_str_eq(found, cases[_i].messages);
    free(found);
}
END_TEST

START_TEST(many_violations_end)
{
    /* 20,000 wrong children of one element: libxml2 finds one a pass. It must end soon, and say that there is more. */
    static const char bad[] = "<bad/>";
    size_t n = 0, room = 64 + 20000 * sizeof bad;
    char *document = malloc(room);
    n += (size_t)snprintf(document, room, HEAD);
    for (int i = 0; i < 20000; i++)
        n += (size_t)snprintf(document + n, room - n, "%s", bad);
    snprintf(document + n, room - n, "</shop>");
    char *found = messages(document);
    ck_assert_ptr_nonnull(strstr(found, "there may be more faults"));
    free(found);
    free(document);
}
END_TEST

START_TEST(faults_everywhere_end)
{
    /* 20,000 faulty children of one element: what is told is cut, and the time stays linear. */
    static const char bad[] = "<goods/>\n";
    size_t n = 0, room = 64 + 20000 * sizeof bad;
    char *document = malloc(room);
    n += (size_t)snprintf(document, room, HEAD);
    for (int i = 0; i < 20000; i++, n += sizeof bad - 1)
        memcpy(document + n, bad, sizeof bad);
    snprintf(document + n, room - n, "</shop>");
    char *found = messages(document);
    ck_assert_ptr_nonnull(strstr(found, "x:2000:1: error: E116"));
    ck_assert_ptr_nonnull(strstr(found, "there may be more faults"));
    free(found);
    free(document);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("schema");
    tcase_add_loop_test(tests, violations, 0, sizeof cases / sizeof *cases);
    tcase_add_test(tests, many_violations_end);
    tcase_add_test(tests, faults_everywhere_end);
    Suite *suite = suite_create("xml");
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
