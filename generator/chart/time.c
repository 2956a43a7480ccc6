#include "chart/time.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

double chart_time(const char *period)
{
    char *end, *rest;
    if (!period)
        return NAN;
    long year = strtol(period, &end, 10);
    if (end != period + 4 || year < 1000)
        return NAN;
    if (*end == '\0')
        return (double)year + 1;
    char kind = *end++;
    long part = strtol(end, &rest, 10);
    if (rest == end || *rest)
        return NAN;
    if (kind == 'K' || kind == 'Q')
        return (double)year + (double)part / 4;
    if (kind == 'M' || (kind == '-' && part <= 12))
        return (double)year + (double)part / 12;
    return kind == '-' && part > year ? (double)part + 1 : NAN;
}

void chart_time_places(const char *const *periods, size_t n, double *places)
{
    double first = n ? chart_time(periods[0]) : NAN, last = n ? chart_time(periods[n - 1]) : NAN;
    bool dated = last > first;
    for (size_t i = 0; i < n; i++) {
        places[i] = (chart_time(periods[i]) - first) / (last - first);
        dated = dated && places[i] >= 0 && places[i] <= 1;
    }
    for (size_t i = 0; i < n && !dated; i++)
        places[i] = n > 1 ? (double)i / (double)(n - 1) : 0.5;
}
