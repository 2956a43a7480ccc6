/* Hyphenation: libhyphen's patterns, after the compound heads and exceptions that a template's lists name. */
#ifndef TEXT_HYPHENATE_H
#define TEXT_HYPHENATE_H
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

struct text_dictionary;

/* The dictionary of a language (by its first subtag), with the lists in `folder`; NULL when there are no patterns for
   it. Loaded when the first word asks for it. */
struct text_dictionary *text_dictionary_new(const char *lang, const char *folder, struct diag *);
void text_dictionary_free(struct text_dictionary *);

struct text_hyphen {
    uint8_t at;                            /* first byte after the break */
    uint8_t kind, quality;                 /* enum text_break_kind, text_break_quality */
};

/* Break points of a word with whatever punctuation stands round it; sorted; at most `room`. `dictionary` may be NULL:
   only breaks after hyphens that stand there. */
size_t text_hyphenate(struct text_dictionary *, const char *word, size_t n, struct text_hyphen *out, size_t room);
#endif
