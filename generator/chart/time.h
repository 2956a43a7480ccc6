/* Periods as places along an axis of time. */
#ifndef CHART_TIME_H
#define CHART_TIME_H
#include <stddef.h>

/* The end of "2021", "2021K3", "2021Q3", "2021M05", "2021-05" or "2020-2021" in years; NAN: not a date. By ends, as figures
   are ordered: a year stands where its last quarter does. */
double chart_time(const char *period);
/* The places of periods that are in order, 0 for the first and 1 for the last: by their dates, or evenly where one has
   none or all are the same. */
void chart_time_places(const char *const *periods, size_t n, double *places);
#endif
