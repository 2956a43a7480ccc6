/* Reading XML: places, text, and input that means harm. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "xml/xml.h"
#include "unit.h"

static struct diag *diag;
static struct arena *arena;

static void setup(void)
{
    diag = diag_new();
    arena = arena_new();
}

static void teardown(void)
{
    arena_free(arena);
    diag_free(diag);
}

static struct xml_document *read_text(const char *text)
{
    return xml_read_bytes("x", text, strlen(text), diag);
}

static char *messages(void)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    diag_print(diag, out, DIAG_TEXT);
    fclose(out);
    char *copy = arena_strdup(arena, text);
    free(text);
    return copy;
}

static void check_place(const struct xml_node *node, int line, int column)
{
    ck_assert_ptr_nonnull(node);
    ck_assert_str_eq(xml_source(node).file, "x");
    ck_assert_int_eq(xml_source(node).line, line);
    ck_assert_int_eq(xml_source(node).column, column);
}

START_TEST(places_of_start_tags)
{
    /* Markup that looks like tags and is none, quotes that hold ">", a tag over two lines, characters of many bytes. */
    struct xml_document *doc = read_text("\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- <no> -->\n<a>æøå€𝔸<b x='>' y=\"<\n");
    ck_assert_ptr_null(doc);                     /* "<" in a value */
    doc = read_text("\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- <no> --><?pi <no> ?>\n<a>æøå€𝔸<b x='>' y=\"'\n/>\"/>"
                    "<![CDATA[<no>]]>\n  <c\n>t</c ><d/></a>");
    ck_assert_ptr_nonnull(doc);
    const struct xml_node *a = xml_root(doc), *b = xml_first(a), *c = xml_next(b), *d = xml_child(a, "d");
    check_place(a, 3, 1);
    check_place(b, 3, 9);
    check_place(c, 5, 3);
    check_place(d, 6, 8);
    ck_assert_ptr_null(xml_next(d));
    ck_assert_str_eq(xml_attribute(b, "x"), ">");
    ck_assert_str_eq(xml_attribute(b, "y"), "' />");
    ck_assert_str_eq(xml_text(a, arena), "æøå€𝔸<no>\n  t");
    xml_free(doc);
}
END_TEST

START_TEST(places_beyond_65535_lines)
{
    struct buf text = BUF_EMPTY;
    buf_puts(&text, "<a>");
    for (int i = 0; i < 70000; i++)
        buf_putc(&text, '\n');
    buf_puts(&text, " <b/>\n<c>&nbsp;</c></a>");
    ck_assert_ptr_null(xml_read_bytes("x", text.data, text.length, diag));
    ck_assert_ptr_nonnull(strstr(messages(), "x:70002:4: error: E105"));
    text.length -= strlen("<c>&nbsp;</c></a>");
    buf_puts(&text, "</a>");
    struct xml_document *doc = xml_read_bytes("x", text.data, text.length, diag);
    check_place(xml_first(xml_root(doc)), 70001, 2);
    xml_free(doc);
    buf_free(&text);
}
END_TEST

START_TEST(places_in_one_long_line)
{
    /* A column is counted from the last one, not from the line's start: else this takes minutes. */
    struct buf text = BUF_EMPTY;
    buf_puts(&text, "<a>");
    for (int i = 0; i < 200000; i++)
        buf_puts(&text, "<b/>");
    buf_puts(&text, "<c/></a>");
    struct xml_document *doc = xml_read_bytes("x", text.data, text.length, diag);
    check_place(xml_child(xml_root(doc), "c"), 1, 4 + 200000 * 4);
    xml_free(doc);
    buf_free(&text);
}
END_TEST

START_TEST(pieces_of_mixed_content)
{
    struct xml_document *doc = read_text("<p>en <em>to</em>\ntre<!-- to\nlinjer --> fire\n<br/><![CDATA[ & ]]>&lt;fem&#xE5;</p>");
    struct xml_piece *pieces;
    size_t n = xml_pieces(xml_root(doc), arena, &pieces);
    ck_assert_uint_eq(n, 5);
    ck_assert_str_eq(pieces[0].text, "en ");
    ck_assert_int_eq(pieces[0].line, 1);
    ck_assert_str_eq(xml_name(pieces[1].node), "em");
    ck_assert_str_eq(pieces[2].text, "\ntre fire\n");
    ck_assert_int_eq(pieces[2].line, 1);
    ck_assert_str_eq(xml_name(pieces[3].node), "br");
    ck_assert_int_eq(pieces[3].line, 4);
    ck_assert_str_eq(pieces[4].text, " & <femå");
    ck_assert_int_eq(pieces[4].line, 4);
    ck_assert(xml_has_text(xml_root(doc)));
    xml_free(doc);
    doc = read_text("<p> \n<em>x</em>\t</p>");
    ck_assert(!xml_has_text(xml_root(doc)));
    xml_free(doc);
}
END_TEST

START_TEST(attributes_of_the_vocabulary)
{
    struct xml_document *doc = read_text("<a xmlns='urn:a' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' b='1' "
                                         "xsi:schemaLocation='urn:a /etc/passwd' xml:lang='da' c=''/>");
    const struct xml_node *a = xml_root(doc);
    ck_assert_str_eq(xml_namespace(a), "urn:a");
    ck_assert_uint_eq(xml_attribute_count(a), 3);
    ck_assert_str_eq(xml_attribute_name(a, 0), "b");
    ck_assert_str_eq(xml_attribute_name(a, 1), "xml:lang");
    ck_assert_str_eq(xml_attribute_name(a, 2), "c");
    ck_assert_ptr_null(xml_attribute_name(a, 3));
    ck_assert_str_eq(xml_attribute(a, "xml:lang"), "da");
    ck_assert_str_eq(xml_attribute(a, "c"), "");
    ck_assert_ptr_null(xml_attribute(a, "schemaLocation"));
    xml_free(doc);
}
END_TEST

START_TEST(extents_cut_the_bytes)
{
    struct xml_document *doc = read_text("<a>\n<b x='å>'>c<d/></b >\n</a>");
    const struct xml_node *b = xml_first(xml_root(doc));
    struct xml_extent e;
    size_t n;
    const char *bytes = xml_bytes(doc, &n);
    xml_extent(b, &e);
    ck_assert_str_eq(arena_strndup(arena, bytes + e.begin, e.text - e.begin), "<b x='å>'>");
    ck_assert_str_eq(arena_strndup(arena, bytes + e.text, e.text_end - e.text), "c<d/>");
    ck_assert_str_eq(arena_strndup(arena, bytes + e.text_end, e.end - e.text_end), "</b >");
    xml_extent(xml_first(b), &e);
    ck_assert_str_eq(arena_strndup(arena, bytes + e.begin, e.end - e.begin), "<d/>");
    ck_assert_uint_eq(e.text, e.end);
    ck_assert_uint_eq(n, strlen(bytes));
    xml_free(doc);
}
END_TEST

static const struct {
    const char *document, *message;
} refused[] = {
    { "", "x:1:1: error: E101: the document does not begin with an element" },
    { "<a><b></a>", "x:1:7: error: E102: </a> stands where <b> of line 1 should be closed" },
    { "<a>\n<b>", "x:2:4: error: E102: the document ends before <b> of line 2 is closed" },
    { "<a>Kommunen & byen</a>", "x:1:14: error: E101: a name is missing after \"<\" or \"&\"" },
    { "<a>\n  R&D</a>", "x:2:4: error: E101: the \"&\" begins an entity, and its \";\" is missing" },
    { "<a>ø &oslash;</a>", "x:1:6: error: E105: the entity \"&oslash;\" is not known" },
    { "<a b=1/>", "x:1:1: error: E101: the value of an attribute stands without quotation marks" },
    { "<a b='1' b='2'/>", "x:1:1: error: E101: the attribute \"b\" stands twice in one tag" },
    { "<a/>\n<b/>", "x:2:1: error: E101: there is more after the end of the root element" },
    { "<x:a/>", "x:1:1: error: E108: the prefix \"x\" belongs to no namespace" },
    { "<a><!-- b</a>", "x:1:4: error: E101: the comment is not closed" },
    { "\n<?xml version='1.0'?><a/>", "x:2:1: error: E101: the XML declaration stands only at the very beginning" },
    { "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "x:1:1: error: E104: a DOCTYPE is not allowed" },
    { "<!-- æ -->\n <!DOCTYPE a SYSTEM 'http://x.invalid/x.dtd'><a/>", "x:2:2: error: E104: a DOCTYPE is not allowed" },
    { "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;'>]><l>&c;</l>",
      "x:1:1: error: E104" },
    { "<a xmlns:i='http://www.w3.org/2001/XInclude'>\n <i:include href='/etc/passwd'/></a>",
      "x:2:2: error: E106: XInclude is not supported: <include> would bring in another file" },
    { "<a>\n bl\xE5</a>", "x:2:4: error: E103: the file is not UTF-8: the byte 0xE5" },
    { "<?xml version='1.0' encoding='koi8-r'?><a/>", "x:1:1: error: E103: the encoding koi8-r is not read" },
    { "<a>\x01</a>", "x:1:4: error: E101: a character that XML does not allow" },
};

START_TEST(refusals)
{
    ck_assert_ptr_null(read_text(refused[_i].document));
    const char *found = messages();
    ck_assert_msg(!strncmp(found, refused[_i].message, strlen(refused[_i].message)), "%s\nis not\n%s", found,
                  refused[_i].message);
}
END_TEST

START_TEST(every_fault_of_one_run)
{
    ck_assert_ptr_null(read_text("<a>R&D og &nbsp; samt\n<b c=d/>\n<e f=\"1\"g=\"2\"/></a>"));
    const char *found = messages();
    ck_assert_ptr_nonnull(strstr(found, "x:1:5: error: E101"));
    ck_assert_ptr_nonnull(strstr(found, "x:1:11: error: E105"));
    ck_assert_ptr_nonnull(strstr(found, "x:2:1: error: E101"));
}
END_TEST

START_TEST(western_encodings)
{
    struct xml_document *doc = read_text("<?xml version='1.0' encoding='ISO-8859-1'?><a b='\xE6'>\xE5\x80<c/></a>");
    ck_assert_ptr_nonnull(doc);
    ck_assert_str_eq(xml_text(xml_root(doc), arena), "å€");
    ck_assert_str_eq(xml_attribute(xml_root(doc), "b"), "æ");
    check_place(xml_first(xml_root(doc)), 1, 55);
    xml_free(doc);
    ck_assert_ptr_null(xml_read_bytes("x", "\xFF\xFE<\0a\0/\0>\0", 10, diag));
    ck_assert_ptr_nonnull(strstr(messages(), "E103: the encoding UTF-16"));
}
END_TEST

static void repeat(struct buf *b, const char *s, int times)
{
    while (times--)
        buf_puts(b, s);
}

START_TEST(limits_have_names)
{
    struct buf text = BUF_EMPTY;
    repeat(&text, "<a>", XML_MAX_DEPTH);
    repeat(&text, "</a>", XML_MAX_DEPTH);
    struct xml_document *doc = xml_read_bytes("x", text.data, text.length, diag);
    ck_assert_ptr_nonnull(doc);
    xml_free(doc);

    buf_clear(&text);
    repeat(&text, "<a>", XML_MAX_DEPTH + 1);
    repeat(&text, "</a>", XML_MAX_DEPTH + 1);
    ck_assert_ptr_null(xml_read_bytes("x", text.data, text.length, diag));
    ck_assert_ptr_nonnull(strstr(messages(), "x:1:301: error: E107: the document passes the limit XML_MAX_DEPTH of 100"));

    buf_clear(&text);
    repeat(&text, "<a>", 100000);               /* never closed */
    ck_assert_ptr_null(xml_read_bytes("x", text.data, text.length, diag));
    ck_assert_ptr_nonnull(strstr(messages(), "XML_MAX_DEPTH"));

    buf_clear(&text);
    buf_puts(&text, "<a");
    for (int i = 0; i < 1001; i++)
        buf_printf(&text, " b%d=''", i);
    buf_puts(&text, "/>");
    ck_assert_ptr_null(xml_read_bytes("x", text.data, text.length, diag));
    ck_assert_ptr_nonnull(strstr(messages(), "x:1:1: error: E107: the document passes the limit XML_MAX_ATTRIBUTES of 1000"));

    buf_clear(&text);
    buf_puts(&text, "<a>");
    repeat(&text, "<b/>", XML_MAX_NODES / 2);
    buf_puts(&text, "</a>");
    ck_assert_ptr_null(xml_read_bytes("x", text.data, text.length, diag));
    ck_assert_ptr_nonnull(strstr(messages(), "the limit XML_MAX_NODES of 2000000"));

    ck_assert_ptr_null(xml_read_bytes("x", text.data, XML_MAX_BYTES + 1, diag));
    ck_assert_ptr_nonnull(strstr(messages(), "the limit XML_MAX_BYTES of 33554432"));
    buf_free(&text);
}
END_TEST

START_TEST(many_faults_end)
{
    struct buf text = BUF_EMPTY;
    buf_puts(&text, "<a>");
    repeat(&text, "& \n", 100000);
    buf_puts(&text, "</a>");
    ck_assert_ptr_null(xml_read_bytes("x", text.data, text.length, diag));
    ck_assert_uint_le(diag_errors(diag), 100);
    buf_free(&text);
}
END_TEST

START_TEST(missing_file)
{
    ck_assert_ptr_null(xml_read("/nowhere/plan.xml", diag));
    ck_assert_ptr_nonnull(strstr(messages(), "E901: the file \"/nowhere/plan.xml\" does not exist"));
    ck_assert_ptr_null(xml_read("/", diag));
    ck_assert_ptr_nonnull(strstr(messages(), "E903"));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("read");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, places_of_start_tags);
    tcase_add_test(tests, places_beyond_65535_lines);
    tcase_add_test(tests, places_in_one_long_line);
    tcase_add_test(tests, pieces_of_mixed_content);
    tcase_add_test(tests, attributes_of_the_vocabulary);
    tcase_add_test(tests, extents_cut_the_bytes);
    tcase_add_loop_test(tests, refusals, 0, sizeof refused / sizeof *refused);
    tcase_add_test(tests, every_fault_of_one_run);
    tcase_add_test(tests, western_encodings);
    tcase_add_test(tests, limits_have_names);
    tcase_add_test(tests, many_faults_end);
    tcase_add_test(tests, missing_file);
    Suite *suite = suite_create("xml");
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
