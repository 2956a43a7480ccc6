#include "base/buf.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

static void reserve(struct buf *b, size_t more)
{
    if (b->length + more + 1 > b->capacity) {
        size_t want = b->capacity * 2 > b->length + more + 1 ? b->capacity * 2 : b->length + more + 64;
        b->data = mem_resize(b->data, want);
        b->capacity = want;
    }
}

void buf_reserve(struct buf *b, size_t more)
{
    reserve(b, more);
    b->data[b->length] = '\0';
}

void buf_free(struct buf *b)
{
    free(b->data);
    *b = (struct buf)BUF_EMPTY;
}

void buf_clear(struct buf *b)
{
    b->length = 0;
    if (b->data)
        b->data[0] = '\0';
}

void buf_put(struct buf *b, const void *bytes, size_t n)
{
    reserve(b, n);
    if (n)
        memcpy(b->data + b->length, bytes, n);
    b->length += n;
    b->data[b->length] = '\0';
}

void buf_putc(struct buf *b, char c)
{
    buf_put(b, &c, 1);
}

void buf_puts(struct buf *b, const char *s)
{
    buf_put(b, s, strlen(s));
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(n >= 0);
    reserve(b, (size_t)n);
    vsnprintf(b->data + b->length, (size_t)n + 1, format, again);
    va_end(again);
    b->length += (size_t)n;
}

const char *buf_text(const struct buf *b)
{
    return b->data ? b->data : "";
}

void buf_put_int(struct buf *b, long long v)
{
    char digits[24];
    int n = 0;
    unsigned long long u = v < 0 ? 0ULL - (unsigned long long)v : (unsigned long long)v;
    do
        digits[n++] = (char)('0' + u % 10);
    while (u /= 10);
    reserve(b, (size_t)n + 1);
    if (v < 0)
        b->data[b->length++] = '-';
    while (n)
        b->data[b->length++] = digits[--n];
    b->data[b->length] = '\0';
}

void buf_put_real(struct buf *b, double v, int decimals)
{
    static const long long power[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
    assert(decimals >= 0 && decimals <= 6 && isfinite(v) && fabs(v) < 1e12);
    long long scaled = llround(v * (double)power[decimals]);
    if (scaled < 0) {
        buf_putc(b, '-');
        scaled = -scaled;
    }
    buf_put_int(b, scaled / power[decimals]);
    long long fraction = scaled % power[decimals];
    if (!fraction)
        return;
    buf_putc(b, '.');
    for (int i = decimals - 1; i >= 0 && fraction; i--) {
        buf_putc(b, (char)('0' + fraction / power[i]));
        fraction %= power[i];
    }
}

void buf_put_json_string(struct buf *b, const char *s)
{
    buf_putc(b, '"');
    for (size_t n = strlen(s), step; n; s += step, n -= step) {
        uint32_t c;
        char utf8[4];
        step = utf8_decode(s, n, &c);
        if (c == '"' || c == '\\')
            buf_putc(b, '\\');
        if (c < 0x20 || (c >= 0x7F && c < 0xA0))
            buf_printf(b, "\\u%04x", (unsigned)c);
        else
            buf_put(b, utf8, utf8_encode(c, utf8));
    }
    buf_putc(b, '"');
}

static const char *value_of(const char *const *pairs, const char *name, size_t length)
{
    for (; pairs && pairs[0]; pairs += 2)
        if (strlen(pairs[0]) == length && !memcmp(pairs[0], name, length))
            return pairs[1] ? pairs[1] : "";
    return NULL;
}

void buf_put_filled(struct buf *b, const char *words, const char *const *pairs)
{
    while (*words) {
        const char *close = *words == '{' ? strchr(words, '}') : NULL;
        const char *value = close ? value_of(pairs, words + 1, (size_t)(close - words) - 1) : NULL;
        if (value) {
            buf_puts(b, value);
            words = close + 1;
        } else {
            buf_putc(b, *words++);
        }
    }
}

void buf_put_wrapped(struct buf *b, const char *text, size_t at, size_t indent, size_t width)
{
    text += strspn(text, " ");
    for (bool first = true; *text; first = false) {
        size_t n = strcspn(text, " "), wide = utf8_length(text, n);
        if (!first && at + 1 + wide > width) {
            buf_printf(b, "\n%*s", (int)indent, "");
            at = indent;
        } else if (!first) {
            buf_putc(b, ' ');
            at++;
        }
        buf_put(b, text, n);
        at += wide;
        text += n + strspn(text + n, " ");
    }
    buf_putc(b, '\n');
}

void buf_put_heading(struct buf *b, const char *text)
{
    buf_printf(b, "\n%s\n", text);
    for (size_t i = utf8_length(text, strlen(text)); i > 0; i--)
        buf_putc(b, '-');
    buf_putc(b, '\n');
}
