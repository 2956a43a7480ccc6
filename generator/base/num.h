/* Exact decimals: the figures of a plan, from file to page, never doubles. */
#ifndef BASE_NUM_H
#define BASE_NUM_H
#include <stdbool.h>
#include <stdint.h>

/* digits / 10^scale; 8,70 is {870, 2} and keeps its two decimals when it is shown. */
struct decimal {
    int64_t digits;
    uint8_t scale;             /* 0 to DECIMAL_MAX_SCALE */
};

enum { DECIMAL_MAX_SCALE = 9 };

/* Read the canonical form of XML and CSV, [-]digits[.digits], all of `s`. False when it is not one, or when it
   has more than 18 digits or more than DECIMAL_MAX_SCALE decimals. */
bool decimal_read(const char *s, struct decimal *out);

/* The canonical form, at most 24 bytes with the NUL. */
enum { DECIMAL_TEXT = 24 };
void decimal_write(struct decimal v, char out[DECIMAL_TEXT]);

int decimal_compare(struct decimal a, struct decimal b);               /* -1, 0, 1, by value */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *out);      /* false: out of range */
bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *out);  /* exact, or false */
/* a / b with `scale` decimals, half away from zero; false for b = 0 or out of range. */
bool decimal_divide(struct decimal a, struct decimal b, int scale, struct decimal *out);
/* Half away from zero. A larger scale widens, unless that needs more than 18 digits: then v is as it was. */
struct decimal decimal_round(struct decimal v, int scale);
struct decimal decimal_negate(struct decimal v);
struct decimal decimal_absolute(struct decimal v);
struct decimal decimal_from_int(int64_t v);
int decimal_sign(struct decimal v);                                    /* -1, 0, 1 */
/* For drawing only: where on an axis, how long an arc. */
double decimal_to_double(struct decimal v);
#endif
