/* The signs of a language's numbers and quotes. */
#ifndef TEXT_NUMBERS_H
#define TEXT_NUMBERS_H
#include "text/text.h"

/* As the template says; ISO 80000-1's for a language that it does not know. No member is NULL. */
struct design_numbers text_numbers(const struct design *, const char *lang);
#endif
