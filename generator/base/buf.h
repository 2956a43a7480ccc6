/* Growing byte buffers, and numbers written without the locale. */
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include <stddef.h>

struct buf {
    char *data;                /* always followed by a NUL once anything was put */
    size_t length, capacity;
};

#define BUF_EMPTY { NULL, 0, 0 }

void buf_free(struct buf *);                        /* leaves an empty buffer */
void buf_reserve(struct buf *, size_t more);        /* room for so many bytes more */
void buf_clear(struct buf *);                       /* keeps the memory */
void buf_put(struct buf *, const void *bytes, size_t n);
void buf_putc(struct buf *, char c);
void buf_puts(struct buf *, const char *s);
void buf_printf(struct buf *, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *buf_text(const struct buf *);           /* "" when empty */

/* A real number as PDF and SVG want it: point, no exponent, no "-0", trailing zeros dropped; `decimals` 0 to 6. */
void buf_put_real(struct buf *, double v, int decimals);
void buf_put_int(struct buf *, long long v);
/* Words with {names}, each replaced by its value from pairs (name, value, ..., NULL); a value of NULL is empty, a {name}
   that is in no pair stays as it is. */
void buf_put_filled(struct buf *, const char *words, const char *const *pairs);
/* `text` broken at spaces into lines of `width` characters: the first begins in column `at`, where the line stands already, the
   others are indented. */
void buf_put_wrapped(struct buf *, const char *text, size_t at, size_t indent, size_t width);
void buf_put_heading(struct buf *, const char *text);      /* a blank line, the text, and a line below it */
/* A JSON string with its quotes (RFC 8259, 7); bytes of `s` that are no UTF-8 become U+FFFD. */
void buf_put_json_string(struct buf *, const char *s);
#endif
