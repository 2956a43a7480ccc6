/* Periods and dates as figures and plans write them. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "plan/figures_internal.h"

static bool read_digits(const char **s, int count, int *out)
{
    int v = 0;
    for (int i = 0; i < count; i++) {
        if ((*s)[i] < '0' || (*s)[i] > '9')
            return false;
        v = v * 10 + ((*s)[i] - '0');
    }
    *s += count;
    *out = v;
    return true;
}

static bool read_year(const char **s, int *year)
{
    return read_digits(s, 4, year) && *year >= 1800 && *year <= 2999;
}

static struct plan_period months(int year, int first, int count)
{
    return (struct plan_period){ year * 12 + first, year * 12 + first + count - 1 };
}

/* What follows the year and its letter or hyphen. */
static bool read_part(const char *s, char letter, int year, struct plan_period *out)
{
    int n;
    if (letter == 'K' || letter == 'Q') {
        if (!read_digits(&s, 1, &n) || *s || n < 1 || n > 4)
            return false;
        *out = months(year, (n - 1) * 3, 3);
        return true;
    }
    if (!read_digits(&s, 2, &n) || *s || n < 1 || n > 12)
        return false;
    *out = months(year, n - 1, 1);
    return true;
}

bool plan_period_read(const char *s, struct plan_period *out)
{
    int year, last;
    if (!read_year(&s, &year))
        return false;
    *out = months(year, 0, 12);
    if (!*s)
        return true;
    char letter = (char)(*s >= 'a' && *s <= 'z' ? *s - 'a' + 'A' : *s);
    if (!strchr("-MKQ", letter))
        return false;
    s++;
    if (letter == '-' && strlen(s) == 4) {
        if (!read_year(&s, &last) || last < year)
            return false;
        out->last = last * 12 + 11;
        return true;
    }
    return read_part(s, letter, year, out);
}

/* The year that rolls is named by its last quarter: four quarters up to 2024QMAT03 are 2024K3. */
bool plan_period_from_service(const char *text, char out[PLAN_PERIOD_TEXT])
{
    const char *s = text;
    int year, n;
    struct plan_period span;
    if (!read_year(&s, &year))
        return false;
    bool is_rolling = !strncasecmp(s, "QMAT", 4), is_year = *s == 'Y' || *s == 'y';
    if (is_rolling || is_year) {
        s += is_rolling ? 4 : 1;
        if (!read_digits(&s, 2, &n) || *s || n < 1 || n > (is_rolling ? 4 : 1))
            return false;
        snprintf(out, PLAN_PERIOD_TEXT, is_rolling ? "%dK%d" : "%d", year, n);
        return true;
    }
    if (!plan_period_read(text, &span))
        return false;
    int months = span.last - span.first + 1;
    if (months == 1)
        snprintf(out, PLAN_PERIOD_TEXT, "%d-%02d", year, span.first % 12 + 1);
    else if (months == 3)
        snprintf(out, PLAN_PERIOD_TEXT, "%dK%d", year, span.first % 12 / 3 + 1);
    else
        snprintf(out, PLAN_PERIOD_TEXT, "%.9s", text);
    return true;
}

int plan_period_compare(const char *a, const char *b)
{
    struct plan_period x, y;
    bool has_x = plan_period_read(a, &x), has_y = plan_period_read(b, &y);
    if (!has_x || !has_y)
        return (int)has_x - (int)has_y;
    return (x.last > y.last) - (x.last < y.last);
}

int plan_period_order(const char *a, const char *b)
{
    struct plan_period x, y;
    int order = plan_period_compare(a, b);
    if (order || !plan_period_read(a, &x) || !plan_period_read(b, &y))
        return order;
    return (x.first > y.first) - (x.first < y.first);
}

bool plan_period_same(const char *a, const char *b)
{
    return !strncmp(a, b, 4) && plan_period_order(a, b) == 0;      /* another year is another period */
}

static bool is_day(int year, int month, int day)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return year >= 1800 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days[month - 1] + (month == 2 && leap);
}

static bool read_danish_date(const char *s, int *year, int *month, int *day)
{
    char mark;
    return read_digits(&s, s[0] && s[1] >= '0' && s[1] <= '9' ? 2 : 1, day) && (mark = *s++) && strchr("-./", mark) &&
           read_digits(&s, s[0] && s[1] >= '0' && s[1] <= '9' ? 2 : 1, month) && *s++ == mark &&
           read_digits(&s, 4, year) && !*s;
}

bool plan_date_read(const char *text, bool danish, char out[11])
{
    int year, month, day;
    const char *s = text;
    bool good = read_digits(&s, 4, &year) && *s++ == '-' && read_digits(&s, 2, &month) && *s++ == '-' &&
                read_digits(&s, 2, &day) && !*s;
    if (!good && !(danish && read_danish_date(text, &year, &month, &day)))
        return false;
    if (!is_day(year, month, day))
        return false;
    /* The remainders tell the compiler what is_day has seen to: an optimising build warns of truncation otherwise. */
    snprintf(out, 11, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100, (unsigned)day % 100);
    return true;
}
