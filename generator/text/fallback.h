/* Runs that the fast path refuses: text from right to left, other scripts, characters that the style's face lacks. */
#ifndef TEXT_FALLBACK_H
#define TEXT_FALLBACK_H
#include "text/engine.h"

void text_fallback_free(struct text_fallback *);
/* Say at the span's source which character no shipped font has; counted. */
void text_fallback_tell(struct text_engine *, const struct text_span *, const struct text_word *);
#endif
