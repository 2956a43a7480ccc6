#include "design/length.h"

#include <string.h>

#include "base/geom.h"
#include "base/num.h"

static bool read_digits(const char *s, size_t n, double *out)
{
    char digits[32];
    struct decimal v;
    if (!n || n >= sizeof digits)
        return false;
    memcpy(digits, s, n);
    digits[n] = '\0';
    if (!decimal_read(digits, &v))
        return false;
    *out = decimal_to_double(v);
    return true;
}

bool design_number_read(const char *s, double *out)
{
    return read_digits(s, strlen(s), out);
}

bool design_length_read(const char *s, double step, double whole, double *points)
{
    static const char *const units[] = { "", "pt", "mm", "gl", "%", "em" };
    const double factors[] = { 0, 1, PT_PER_MM, step, whole / 100, 1 };
    size_t n = strspn(s, "+-0123456789.");
    double v;
    if (!read_digits(s, n, &v))
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(s + n, units[i]))
            continue;
        *points = v * factors[i];
        return i > 0 || v == 0;
    }
    return false;
}
