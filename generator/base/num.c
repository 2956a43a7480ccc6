#include "base/num.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const int64_t power10[] = { 1LL,          10LL,          100LL,          1000LL,          10000LL,
                                   100000LL,     1000000LL,     10000000LL,     100000000LL,     1000000000LL,
                                   10000000000LL, 100000000000LL, 1000000000000LL };
static const int64_t limit = 999999999999999999LL;             /* 18 digits: __int128 covers every product of two */

bool decimal_read(const char *s, struct decimal *out)
{
    bool negative = *s == '-';
    s += negative;
    int64_t digits = 0;
    int scale = -1, count = 0, seen = 0;
    for (; *s; s++) {
        if (*s == '.') {
            if (scale >= 0 || !seen)
                return false;
            scale = 0;
            continue;
        }
        if (*s < '0' || *s > '9')
            return false;
        seen = 1;
        if ((digits || *s != '0') && ++count > 18)
            return false;
        digits = digits * 10 + (*s - '0');
        if (scale >= 0 && ++scale > DECIMAL_MAX_SCALE)
            return false;
    }
    if (!seen || scale == 0)
        return false;
    *out = (struct decimal){ negative ? -digits : digits, (uint8_t)(scale < 0 ? 0 : scale) };
    return true;
}

void decimal_write(struct decimal v, char out[DECIMAL_TEXT])
{
    char reversed[DECIMAL_TEXT];
    int n = 0;
    uint64_t u = v.digits < 0 ? 0ULL - (uint64_t)v.digits : (uint64_t)v.digits;
    do {
        if (n && n == v.scale)
            reversed[n++] = '.';
        reversed[n++] = (char)('0' + u % 10);
        u /= 10;
        if (n == v.scale && v.scale && !u)
            reversed[n++] = '.', reversed[n++] = '0';
    } while (u || n < v.scale);
    if (v.digits < 0)
        reversed[n++] = '-';
    for (int i = 0; i < n; i++)
        out[i] = reversed[n - 1 - i];
    out[n] = '\0';
}

static __int128 widen(struct decimal v, int scale)
{
    assert(scale >= v.scale && scale - v.scale <= DECIMAL_MAX_SCALE);
    return (__int128)v.digits * power10[scale - v.scale];
}

static bool narrow(__int128 digits, int scale, struct decimal *out)
{
    while (scale > 0 && (digits > limit || digits < -limit || scale > DECIMAL_MAX_SCALE) && digits % 10 == 0) {
        digits /= 10;
        scale--;
    }
    if (digits > limit || digits < -limit || scale > DECIMAL_MAX_SCALE)
        return false;
    *out = (struct decimal){ (int64_t)digits, (uint8_t)scale };
    return true;
}

int decimal_compare(struct decimal a, struct decimal b)
{
    int scale = a.scale > b.scale ? a.scale : b.scale;
    __int128 x = widen(a, scale), y = widen(b, scale);
    return (x > y) - (x < y);
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *out)
{
    int scale = a.scale > b.scale ? a.scale : b.scale;
    return narrow(widen(a, scale) + widen(b, scale), scale, out);
}

bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *out)
{
    return decimal_add(a, decimal_negate(b), out);
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *out)
{
    return narrow((__int128)a.digits * b.digits, a.scale + b.scale, out);
}

static __int128 divide_half_away(__int128 n, __int128 d)
{
    bool negative = (n < 0) != (d < 0);
    __int128 x = n < 0 ? -n : n, y = d < 0 ? -d : d, q = (x + y / 2) / y;
    /* For an odd y there is no exact half, and y / 2 rounded down decides right on both sides of it. */
    return negative ? -q : q;
}

bool decimal_divide(struct decimal a, struct decimal b, int scale, struct decimal *out)
{
    assert(scale >= 0 && scale <= DECIMAL_MAX_SCALE);
    if (!b.digits)
        return false;
    int shift = scale + b.scale - a.scale;
    __int128 n = a.digits, d = b.digits;
    for (; shift > 0; shift--) {
        if (n > ((__int128)1 << 120) || n < -((__int128)1 << 120))
            return false;
        n *= 10;
    }
    for (; shift < 0; shift++)
        d *= 10;
    __int128 q = divide_half_away(n, d);
    if (q > limit || q < -limit)
        return false;
    *out = (struct decimal){ (int64_t)q, (uint8_t)scale };
    return true;
}

struct decimal decimal_round(struct decimal v, int scale)
{
    assert(scale >= 0 && scale <= DECIMAL_MAX_SCALE);
    if (scale >= v.scale) {
        __int128 w = widen(v, scale);
        if (w > limit || w < -limit)
            return v;
        return (struct decimal){ (int64_t)w, (uint8_t)scale };
    }
    return (struct decimal){ (int64_t)divide_half_away(v.digits, power10[v.scale - scale]), (uint8_t)scale };
}

struct decimal decimal_negate(struct decimal v)
{
    v.digits = -v.digits;
    return v;
}

struct decimal decimal_absolute(struct decimal v)
{
    return v.digits < 0 ? decimal_negate(v) : v;
}

struct decimal decimal_from_int(int64_t v)
{
    assert(v <= limit && v >= -limit);
    return (struct decimal){ v, 0 };
}

int decimal_sign(struct decimal v)
{
    return (v.digits > 0) - (v.digits < 0);
}

double decimal_to_double(struct decimal v)
{
    return (double)v.digits / (double)power10[v.scale];
}
