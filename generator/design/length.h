/* Lengths as templates write them. */
#ifndef DESIGN_LENGTH_H
#define DESIGN_LENGTH_H
#include <stdbool.h>

/* "12mm", "9pt", "3gl" (grid lines of `step` points), "50%" of `whole`, "0.075em" (the bare number), "0". False when `s`
   is none of them. */
bool design_length_read(const char *s, double step, double whole, double *points);
/* A decimal number with a point, in any locale: all of `s`. */
bool design_number_read(const char *s, double *out);
#endif
