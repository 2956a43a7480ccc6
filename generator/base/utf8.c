#include "base/utf8.h"

/* RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
static size_t decode(const unsigned char *s, size_t n, uint32_t *c)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (s[0] < 0x80) {
        *c = s[0];
        return 1;
    }
    size_t length = s[0] >= 0xC2 && s[0] < 0xE0 ? 2 : s[0] >= 0xE0 && s[0] < 0xF0 ? 3 : s[0] >= 0xF0 && s[0] < 0xF5 ? 4 : 0;
    if (!length || length > n)
        return 0;
    uint32_t v = s[0] & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
        v = v << 6 | (s[i] & 0x3F);
    }
    if (v < least[length] || v > 0x10FFFF || (v >= 0xD800 && v < 0xE000))
        return 0;
    *c = v;
    return length;
}

size_t utf8_decode(const char *s, size_t n, uint32_t *c)
{
    size_t length = decode((const unsigned char *)s, n, c);
    if (length)
        return length;
    *c = 0xFFFD;
    return 1;
}

size_t utf8_encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        c = 0xFFFD;
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length; --i; c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(0xF00U >> length | c);       /* 110x xxxx, 1110 xxxx, 1111 0xxx: the high bits fall off */
    return length;
}

bool utf8_valid(const char *s, size_t n)
{
    uint32_t c;
    for (size_t i = 0, step; i < n; i += step)
        if (!(step = decode((const unsigned char *)s + i, n - i, &c)))
            return false;
    return true;
}

size_t utf8_length(const char *s, size_t n)
{
    size_t count = 0;
    uint32_t c;
    for (size_t i = 0; i < n; i += utf8_decode(s + i, n - i, &c))
        count++;
    return count;
}

size_t utf8_previous(const char *s, size_t at)
{
    if (!at)
        return 0;
    uint32_t c;
    /* Back over at most three continuation bytes, if they then make up one character; else one stray byte. */
    for (size_t back = 1; back <= 4 && back <= at; back++)
        if (((unsigned char)s[at - back] & 0xC0) != 0x80)
            return decode((const unsigned char *)s + at - back, back, &c) == back ? at - back : at - 1;
    return at - 1;
}

/* ---- letters (Unicode 15, simple case mappings of Latin, Greek and Cyrillic) ---------------------------------- */

/* Runs where capital and small letter stand `step` apart; step 1: they take turns, the capital first. */
struct case_run {
    uint16_t first, last;      /* capitals: the first, and the last (for step 1 the last small letter) */
    int16_t step;
};

static const struct case_run runs[] = {
    { 'A', 'Z', 32 },          { 0xC0, 0xD6, 32 },        { 0xD8, 0xDE, 32 },      { 0x100, 0x12F, 1 },
    { 0x132, 0x137, 1 },       { 0x139, 0x148, 1 },       { 0x14A, 0x177, 1 },     { 0x178, 0x178, -121 },
    { 0x179, 0x17E, 1 },       { 0x1CD, 0x1DC, 1 },       { 0x1DE, 0x1EF, 1 },     { 0x1F8, 0x21F, 1 },
    { 0x222, 0x233, 1 },       { 0x246, 0x24F, 1 },       { 0x386, 0x386, 38 },    { 0x388, 0x38A, 37 },
    { 0x38C, 0x38C, 64 },      { 0x38E, 0x38F, 63 },      { 0x391, 0x3A1, 32 },    { 0x3A3, 0x3AB, 32 },
    { 0x3D8, 0x3EF, 1 },       { 0x400, 0x40F, 80 },      { 0x410, 0x42F, 32 },    { 0x460, 0x481, 1 },
    { 0x48A, 0x4BF, 1 },       { 0x4C0, 0x4C0, 15 },      { 0x4C1, 0x4CE, 1 },     { 0x4D0, 0x52F, 1 },
    { 0x1E00, 0x1E95, 1 },     { 0x1EA0, 0x1EFF, 1 },
};
enum { RUNS = sizeof runs / sizeof *runs };

uint32_t utf8_lower(uint32_t c)
{
    if (c < 0x80)                          /* nearly all that is asked */
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c == 0x130)
        return 'i';
    if (c == 0x1E9E)
        return 0xDF;
    for (size_t i = 0; i < RUNS; i++)
        if (c >= runs[i].first && c <= runs[i].last) {
            if (runs[i].step == 1)
                return (c - runs[i].first) % 2 ? c : c + 1;
            return (uint32_t)((int32_t)c + runs[i].step);
        }
    return c;
}

uint32_t utf8_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    if (c == 0x131)
        return 'I';
    if (c == 0x17F)
        return 'S';
    if (c == 0x3C2)
        return 0x3A3;
    for (size_t i = 0; i < RUNS; i++) {
        if (runs[i].step == 1) {
            if (c >= runs[i].first && c <= runs[i].last)
                return (c - runs[i].first) % 2 ? c - 1 : c;
            continue;
        }
        int32_t capital = (int32_t)c - runs[i].step;
        if (capital >= runs[i].first && capital <= runs[i].last)
            return (uint32_t)capital;
    }
    return c;
}

bool utf8_is_letter(uint32_t c)
{
    static const struct {
        uint16_t first, last;
    } letters[] = {
        { 'A', 'Z' },         { 'a', 'z' },         { 0xAA, 0xAA },       { 0xBA, 0xBA },       { 0xC0, 0xD6 },
        { 0xD8, 0xF6 },       { 0xF8, 0x2AF },      { 0x370, 0x373 },     { 0x376, 0x377 },     { 0x37B, 0x37D },
        { 0x37F, 0x37F },     { 0x386, 0x386 },     { 0x388, 0x3F5 },     { 0x3F7, 0x481 },     { 0x48A, 0x52F },
        { 0x1E00, 0x1FBC },   { 0x2C60, 0x2C7F },   { 0xA722, 0xA787 },   { 0xFB00, 0xFB06 },
    };
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (c >= letters[i].first && c <= letters[i].last)
            return true;
    return false;
}

bool utf8_is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x2007 || c == 0x2009 || c == 0x202F || c == 0x2028 ||
           c == 0x2029;
}

uint32_t utf8_from_windows1252(unsigned char byte)
{
    static const uint16_t upper[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    };
    return byte >= 0x80 && byte < 0xA0 ? upper[byte - 0x80] : byte;
}
