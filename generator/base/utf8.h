/* UTF-8: the only encoding inside the program. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decode one character of at least one byte; returns its length, 1 to 4. Malformed: U+FFFD and 1. */
size_t utf8_decode(const char *s, size_t n, uint32_t *c);
/* Encode into out[4]; returns the length. */
size_t utf8_encode(uint32_t c, char out[4]);
bool utf8_valid(const char *s, size_t n);
size_t utf8_length(const char *s, size_t n);               /* characters */
size_t utf8_previous(const char *s, size_t at);            /* start of the character that ends before `at` */
bool utf8_is_letter(uint32_t c);                           /* Latin, Greek, Cyrillic */
uint32_t utf8_lower(uint32_t c);
uint32_t utf8_upper(uint32_t c);                           /* one character for one: ß stays */
/* U+00A0, U+202F, U+2009, U+2007, U+0020, tab, line breaks. */
bool utf8_is_space(uint32_t c);
/* The character of a byte in Windows-1252, which holds ISO 8859-1; the five bytes without one give U+FFFD. */
uint32_t utf8_from_windows1252(unsigned char byte);
#endif
