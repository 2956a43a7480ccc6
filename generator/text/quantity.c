/* Numbers for people: the template's signs for the language, U+00A0 before units, a true minus. */
#include <string.h>

#include "base/buf.h"
#include "text/numbers.h"

static const char *or_else(const char *sign, const char *plain)
{
    return sign ? sign : plain;
}

struct design_numbers text_numbers(const struct design *design, const char *lang)
{
    struct design_numbers n = design_numbers(design, lang ? lang : "");
    return (struct design_numbers){
        or_else(n.decimal, "."),           or_else(n.thousands, "\u00a0"), or_else(n.percent_space, "\u00a0"),
        or_else(n.minus, "\u2212"),        or_else(n.range, "\u2013"),     or_else(n.quote_open, "\u201c"),
        or_else(n.quote_close, "\u201d"),
    };
}

static void put_whole(struct buf *out, const char *digits, size_t n, const char *thousands)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            buf_puts(out, thousands);
        buf_putc(out, digits[i]);
    }
}

static void put_number(struct buf *out, const struct design_numbers *signs, struct decimal value, bool is_signed)
{
    char text[DECIMAL_TEXT];
    decimal_write(decimal_absolute(value), text);
    int sign = decimal_sign(value);
    if (sign < 0)
        buf_puts(out, signs->minus);
    else if (sign > 0 && is_signed)
        buf_putc(out, '+');
    size_t whole = strcspn(text, ".");
    put_whole(out, text, whole, signs->thousands);
    if (text[whole]) {
        buf_puts(out, signs->decimal);
        buf_puts(out, text + whole + 1);
    }
}

/* A template's words with the value in their place ("nr. {value}"); spaces in them do not end a line. */
static void put_words(struct buf *out, const char *words, const struct buf *number)
{
    static const char PLACE[] = "{value}", NO_BREAK[] = "\u00a0";
    for (const char *at = words; *at; at++) {
        if (!strncmp(at, PLACE, sizeof PLACE - 1)) {
            buf_puts(out, buf_text(number));
            at += sizeof PLACE - 2;
        } else if (*at == ' ') {
            buf_puts(out, NO_BREAK);
        } else {
            buf_putc(out, *at);
        }
    }
}

/* "points": the word after the number; "points.one" after 1, where the language has another; 1.0 is plural. */
static const char *points_word(const struct design *design, const char *lang, struct decimal value)
{
    if (!value.scale && !decimal_compare(decimal_absolute(value), decimal_from_int(1))) {
        const char *one = design_word(design, lang, "points.one");
        if (strcmp(one, "points.one"))
            return one;
    }
    return design_word(design, lang, "points");
}

char *text_quantity(const struct design *design, const char *lang, struct decimal value, enum text_unit unit,
                    enum text_quantity_form form, struct arena *arena)
{
    struct design_numbers signs = text_numbers(design, lang);
    bool is_signed = form == TEXT_SIGNED || form == TEXT_SIGNED_BARE;
    bool bare = form == TEXT_BARE || form == TEXT_SIGNED_BARE;
    struct buf number = BUF_EMPTY, out = BUF_EMPTY;
    put_number(&number, &signs, value, is_signed);
    if (unit == TEXT_UNIT_RANK && form == TEXT_VALUE) {
        put_words(&out, design_word(design, lang, "rank"), &number);
    } else {
        buf_puts(&out, buf_text(&number));
        if (unit == TEXT_UNIT_PERCENT && !bare) {
            buf_puts(&out, signs.percent_space);
            buf_putc(&out, '%');
        } else if (unit == TEXT_UNIT_POINTS && !bare) {
            buf_puts(&out, "\u00a0");
            put_words(&out, points_word(design, lang, value), &number);
        }
    }
    char *text = arena_strdup(arena, buf_text(&out));
    buf_free(&number);
    buf_free(&out);
    return text;
}
