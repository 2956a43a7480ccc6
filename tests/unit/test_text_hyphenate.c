/* Hyphenation against lists that a reader of the language has gone through: tests/text/hyphens-LANG.txt has a word a
   line, a tab, and the word with its breaks: "=" a seam, "-" a plain break, "." a poor one, ":" one for a loose line only, "|" one without a hyphen of
   ours. BLESS=1 writes what the program does now; read the difference. */
#include "text/cache.h"
#include "text/hyphenate.h"
#include "text_fixture.h"

static const char *const languages[] = { "da", "sv", "nb", "en", "de" };

static void show(struct text_dictionary *dictionary, const char *word, struct buf *out)
{
    static const char soft[] = { [TEXT_BREAK_SEAM] = '=', [TEXT_BREAK_PLAIN] = '-', [TEXT_BREAK_POOR] = '.', [TEXT_BREAK_SPARE] = ':' };
    struct text_hyphen breaks[60];
    size_t n = text_hyphenate(dictionary, word, strlen(word), breaks, 60), next = 0;
    for (size_t i = 0; word[i]; i++) {
        if (next < n && breaks[next].at == i) {
            buf_putc(out, breaks[next].kind == TEXT_BREAK_HARD ? '|' : soft[breaks[next].quality]);
            next++;
        }
        buf_putc(out, word[i]);
    }
    ck_assert_uint_eq(next, n);            /* sorted, and inside the word */
}

START_TEST(words_are_broken_as_reviewed)
{
    const char *lang = languages[_i];
    char *path = arena_printf(fx.arena, "%s/text/hyphens-%s.txt", TESTS_DIR, lang);
    struct text_dictionary *dictionary = text_dictionary_new(lang, fx.design.exceptions, fx.diag);
    ck_assert_ptr_nonnull(dictionary);
    struct buf want = BUF_EMPTY, got = BUF_EMPTY;
    ck_assert(file_read(path, 1 << 20, &want, (struct source){ NULL, 0, 0 }, fx.diag));
    for (const char *line = buf_text(&want); *line; line += strcspn(line, "\n") + 1) {
        size_t at = got.length;
        const char *wanted = arena_strndup(fx.arena, line, strcspn(line, "\n"));
        char *word = arena_strndup(fx.arena, line, strcspn(line, "\t\n"));
        buf_puts(&got, word);
        buf_putc(&got, '\t');
        show(dictionary, word, &got);
        if (!getenv("BLESS"))
            ck_assert_str_eq(got.data + at, wanted);
        buf_putc(&got, '\n');
    }
    if (getenv("BLESS"))
        ck_assert(file_write(path, got.data, got.length, fx.diag));
    buf_free(&want);
    buf_free(&got);
    text_dictionary_free(dictionary);
}
END_TEST

START_TEST(a_language_without_patterns_has_only_its_own_hyphens)
{
    ck_assert_ptr_null(text_dictionary_new("zz", fx.design.exceptions, fx.diag));
    struct text_hyphen breaks[4];
    ck_assert_uint_eq(text_hyphenate(NULL, "og/eller", 8, breaks, 4), 1);
    ck_assert_uint_eq(breaks[0].at, 3);
    ck_assert_int_eq(breaks[0].kind, TEXT_BREAK_HARD);
    ck_assert_uint_eq(text_hyphenate(NULL, "", 0, breaks, 4), 0);
}
END_TEST

/* Whatever the bytes: no crash, breaks sorted and at the start of a character. */
START_TEST(any_bytes)
{
    struct text_dictionary *dictionary = text_dictionary_new("da", fx.design.exceptions, fx.diag);
    for (int i = 0; i < 400; i++) {
        char word[TEXT_WORD_LIMIT + 1];
        size_t n = fixture_random(TEXT_WORD_LIMIT);
        for (size_t k = 0; k < n; k++)
            word[k] = (char)(fixture_random(5) ? "abegløåmål-'s/.\xc3"[fixture_random(18)] : (char)fixture_random(256));
        struct text_hyphen breaks[60];
        size_t count = text_hyphenate(dictionary, word, n, breaks, 60);
        for (size_t k = 0; k < count; k++) {
            ck_assert_uint_lt(breaks[k].at, n);
            ck_assert(k == 0 || breaks[k].at > breaks[k - 1].at);
        }
    }
    text_dictionary_free(dictionary);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text_hyphenate");
    TCase *hyphens = tcase_create("hyphens");
    tcase_add_checked_fixture(hyphens, fixture_begin, fixture_end);
    tcase_add_loop_test(hyphens, words_are_broken_as_reviewed, 0, sizeof languages / sizeof *languages);
    tcase_add_test(hyphens, a_language_without_patterns_has_only_its_own_hyphens);
    tcase_add_test(hyphens, any_bytes);
    suite_add_tcase(suite, hyphens);
    return unit_run_here(suite);
}
