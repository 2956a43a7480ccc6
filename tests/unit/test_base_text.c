/* UTF-8, buffers, hashes, messages and their language. */
#include <check.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "unit.h"

/* ---- UTF-8 ------------------------------------------------------------------------------------------------------ */

START_TEST(every_character_both_ways)
{
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        char bytes[4];
        uint32_t back;
        size_t n = utf8_encode(c, bytes);
        if (utf8_decode(bytes, n, &back) != n || back != c || !utf8_valid(bytes, n) || (n > 1 && utf8_valid(bytes, n - 1)))
            ck_abort_msg("U+%04X", (unsigned)c);
    }
    char bytes[4];
    ck_assert(utf8_encode(0xD800, bytes) == 3 && !memcmp(bytes, "\xEF\xBF\xBD", 3));
    ck_assert(utf8_encode(0x110000, bytes) == 3 && !memcmp(bytes, "\xEF\xBF\xBD", 3));
}
END_TEST

START_TEST(malformed_bytes)
{
    /* RFC 3629: stray continuations, overlong forms, surrogates, beyond U+10FFFF, bytes that never occur, cut short. */
    static const char *const texts[] = { "\x80", "\xBF", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xF0\x80\x80\xAF",
                                         "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xE2\x82",
                                         "\xF0\x9F\x98", "\xC3", "\xC3(" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        uint32_t c = 0;
        ck_assert(!utf8_valid(texts[i], strlen(texts[i])));
        ck_assert_uint_eq(utf8_decode(texts[i], strlen(texts[i]), &c), 1);
        ck_assert_uint_eq(c, 0xFFFD);
    }
}
END_TEST

START_TEST(stepping_back)
{
    static const char text[] = "a\xC3\xA5\xE2\x82\xAC\xF0\x9F\x98\x80\x80\xC3";
    static const size_t starts[] = { 11, 10, 6, 3, 1, 0 };
    size_t at = sizeof text - 1;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        ck_assert_uint_eq(at = utf8_previous(text, at), starts[i]);
    ck_assert_uint_eq(utf8_previous(text, 0), 0);
    ck_assert_uint_eq(utf8_length(text, 10), 4);
}
END_TEST

START_TEST(capital_and_small)
{
    static const uint32_t pairs[][2] = { { 'A', 'a' }, { 0xC6, 0xE6 }, { 0xD8, 0xF8 }, { 0xC5, 0xE5 }, { 0xDC, 0xFC },
                                         { 0x178, 0xFF }, { 0x15E, 0x15F }, { 0x141, 0x142 }, { 0x17D, 0x17E },
                                         { 0x391, 0x3B1 }, { 0x3A3, 0x3C3 }, { 0x38F, 0x3CE }, { 0x416, 0x436 },
                                         { 0x401, 0x451 }, { 0x4D8, 0x4D9 }, { 0x4C0, 0x4CF }, { 0x1E84, 0x1E85 } };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        ck_assert_uint_eq(utf8_lower(pairs[i][0]), pairs[i][1]);
        ck_assert_uint_eq(utf8_upper(pairs[i][1]), pairs[i][0]);
        ck_assert_uint_eq(utf8_upper(pairs[i][0]), pairs[i][0]);
        ck_assert_uint_eq(utf8_lower(pairs[i][1]), pairs[i][1]);
        ck_assert(utf8_is_letter(pairs[i][0]) && utf8_is_letter(pairs[i][1]));
    }
    static const uint32_t caseless[] = { 0xDF, 0xD7, 0xF7, '1', 0x2013, 0x149, 0x3A2, 0x2605 };
    for (size_t i = 0; i < sizeof caseless / sizeof *caseless; i++)
        ck_assert(utf8_lower(caseless[i]) == caseless[i] && utf8_upper(caseless[i]) == caseless[i]);
    ck_assert(!utf8_is_letter('1') && !utf8_is_letter(0xD7) && !utf8_is_letter(0x2013) && !utf8_is_letter('-'));
    ck_assert(utf8_is_space(0xA0) && utf8_is_space(0x202F) && utf8_is_space('\n') && !utf8_is_space(0x200B));
    ck_assert_uint_eq(utf8_from_windows1252(0x80), 0x20AC);
    ck_assert_uint_eq(utf8_from_windows1252(0xE6), 0xE6);
    ck_assert_uint_eq(utf8_from_windows1252(0x81), 0xFFFD);
}
END_TEST

/* ---- numbers in bytes ------------------------------------------------------------------------------------------- */

START_TEST(reals_as_pdf_wants_them)
{
    static const struct {
        double v;
        int decimals;
        const char *text;
    } cases[] = { { 0, 3, "0" }, { -0.0001, 3, "0" }, { 1.5, 3, "1.5" }, { -12.3456, 3, "-12.346" }, { 100, 2, "100" },
                  { 0.05, 2, "0.05" }, { 0.995, 0, "1" }, { 123456789.25, 6, "123456789.25" }, { -0.000001, 6, "-0.000001" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = BUF_EMPTY;
        buf_put_real(&b, cases[i].v, cases[i].decimals);
        ck_assert_str_eq(buf_text(&b), cases[i].text);
        buf_free(&b);
    }
    struct buf b = BUF_EMPTY;
    ck_assert_str_eq(buf_text(&b), "");
    buf_put_int(&b, -9223372036854775807LL - 1);
    ck_assert_str_eq(buf_text(&b), "-9223372036854775808");
    buf_clear(&b);
    ck_assert_str_eq(buf_text(&b), "");
    buf_free(&b);
}
END_TEST

/* ---- hashes (FIPS 180-4 examples; FNV's own test vectors) --------------------------------------------------------- */

START_TEST(sha256_of_known_texts)
{
    char hex[65];
    sha256_allow_native(_i);
    sha256_hex("", 0, hex);
    ck_assert_str_eq(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_hex("abc", 3, hex);
    ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, hex);
    ck_assert_str_eq(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    /* A million times "a", in pieces of every length. */
    struct sha256 h;
    unsigned char digest[32];
    char as[257];
    memset(as, 'a', sizeof as);
    sha256_begin(&h);
    for (size_t left = 1000000, n = 1; left; n = n % 257 + 1) {
        size_t piece = n < left ? n : left;
        sha256_put(&h, as, piece);
        left -= piece;
    }
    sha256_end(&h, digest);
    static const unsigned char wanted[4] = { 0xcd, 0xc7, 0x6e, 0x5c };
    ck_assert_int_eq(memcmp(digest, wanted, 4), 0);
    ck_assert_uint_eq(hash_bytes("", 0, 0), 0x811c9dc5);
    ck_assert_uint_eq(hash_bytes("foobar", 6, 0), 0xbf9cf968);
    ck_assert_uint_ne(hash_bytes("foobar", 6, 1), 0xbf9cf968);
}
END_TEST

/* Reckoned by hand: the length, then words from the lowest byte up; the second sum knows the words' order. */
START_TEST(sums_of_known_texts)
{
    char hex[33];
    hash_sum_hex("", 0, hex);
    ck_assert_str_eq(hex, "00000000000000000000000000000000");
    hash_sum_hex("\1\2\0\0\3", 5, hex);         /* 5 + 0x201 = 0x206; + 3 = 0x209; 0x206 + 0x209 = 0x40f */
    ck_assert_str_eq(hex, "0000000000000209000000000000040f");
    hash_sum_hex("\3\0\0\0\1\2\0\0", 8, hex);
    ck_assert_str_eq(hex, "000000000000020c0000000000000217");
    hash_sum_hex("\377\377\377\377\377\377\377\377", 8, hex);
    ck_assert_str_eq(hex, "0000000200000006000000030000000d");
}
END_TEST

/* ---- messages ----------------------------------------------------------------------------------------------------- */

START_TEST(messages_in_order_and_once)
{
    struct diag *diag = diag_new();
    diag_error(diag, (struct source){ "b.xml", 9, 2 }, "E202", "second of %s", "b");
    diag_remedy(diag, "do %d", 1);
    diag_error(diag, (struct source){ "a.csv", 3, 0 }, "E301", "of a");
    diag_warning(diag, (struct source){ "b.xml", 2, 7 }, "W201", "first");
    diag_error(diag, (struct source){ "b.xml", 9, 2 }, "E202", "second of b");
    diag_remedy(diag, "lost with its message");
    diag_note(diag, (struct source){ 0 }, "E900", "of all");
    ck_assert_uint_eq(diag_errors(diag), 2);
    ck_assert_uint_eq(diag_warnings(diag), 1);
    ck_assert_str_eq(unit_told(diag, DIAG_TEXT), "b.xml:2:7: warning: W201: first\n"
                                               "b.xml:9:2: error: E202: second of b\n"
                                               "    do 1\n"
                                               "a.csv:3: error: E301: of a\n"
                                               "plantryk: note: E900: of all\n");
    ck_assert_str_eq(unit_told(diag, DIAG_TEXT), "");
    ck_assert_uint_eq(diag_errors(diag), 2);
    diag_free(diag);
}
END_TEST

START_TEST(messages_as_json_and_without_harm)
{
    struct diag *diag = diag_new();
    diag_error(diag, (struct source){ "a\"b", 1, 1 }, "E101", "esc \x1B[31m æ \xFF \\ \n end");
    const char *text = unit_told(diag, DIAG_JSON);
    ck_assert_str_eq(text, "{\"severity\":\"error\",\"code\":\"E101\",\"file\":\"a\\\"b\",\"line\":1,\"column\":1,"
                           "\"message\":\"esc \\u001b[31m æ \xEF\xBF\xBD \\\\ \\u000a end\"}\n");
    diag_error(diag, (struct source){ "a", 1, 1 }, "E101", "esc \x1B[31m \xC2\x9B \n end");
    ck_assert_str_eq(unit_told(diag, DIAG_TEXT), "a:1:1: error: E101: esc \xEF\xBF\xBD[31m \xEF\xBF\xBD   end\n");
    diag_free(diag);
}
END_TEST

START_TEST(many_messages)
{
    struct diag *diag = diag_new();
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 50000; i++)
            diag_error(diag, (struct source){ "a", i, 1 }, "E101", "number %d", i % 7);
    ck_assert_uint_eq(diag_errors(diag), 50000);
    diag_free(diag);
}
END_TEST

/* ---- the user's language --------------------------------------------------------------------------------------------- */

static const struct {
    const char *language, *all, *messages, *lang, *said;
} locales[] = {
    { NULL, NULL, NULL, NULL, "error" },              { "da", NULL, NULL, NULL, "fejl" },
    { NULL, NULL, NULL, "da_DK.UTF-8", "fejl" },      { NULL, "en_GB.UTF-8", NULL, "da_DK.UTF-8", "error" },
    { NULL, NULL, "da", "C", "fejl" },                { "en:da", NULL, NULL, "da_DK.UTF-8", "error" },
    { "sv:da", NULL, NULL, "C.UTF-8", "fejl" },       { "da", NULL, NULL, "C.UTF-8", "fejl" },
    { "", "C", NULL, "da_DK.UTF-8", "error" },        { "da_DK", NULL, NULL, NULL, "fejl" },
};

static void set(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

START_TEST(language_of_messages)
{
    set("LANGUAGE", locales[_i].language);
    set("LC_ALL", locales[_i].all);
    set("LC_MESSAGES", locales[_i].messages);
    set("LANG", locales[_i].lang);
    i18n_start();
    ck_assert_str_eq(_("error"), locales[_i].said);
    ck_assert_str_eq(_("the file \"%s\" does not exist"),
                     *locales[_i].said == 'f' ? "filen \"%s\" findes ikke" : "the file \"%s\" does not exist");
    ck_assert_str_eq(localeconv()->decimal_point, ".");  /* numbers stay as they are */
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("text");
    tcase_add_test(tests, every_character_both_ways);
    tcase_add_test(tests, malformed_bytes);
    tcase_add_test(tests, stepping_back);
    tcase_add_test(tests, capital_and_small);
    tcase_add_test(tests, reals_as_pdf_wants_them);
    tcase_add_loop_test(tests, sha256_of_known_texts, 0, 2);
    tcase_add_test(tests, sums_of_known_texts);
    tcase_add_test(tests, messages_in_order_and_once);
    tcase_add_test(tests, messages_as_json_and_without_harm);
    tcase_add_test(tests, many_messages);
    tcase_add_loop_test(tests, language_of_messages, 0, sizeof locales / sizeof *locales);
    Suite *suite = suite_create("base");
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
