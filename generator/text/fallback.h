/* Text that is not shaped word by word in its style's face: from right to left, of other scripts, or with characters that
   the face lacks. Pango divides it, with our own font files and no others. */
#ifndef TEXT_FALLBACK_H
#define TEXT_FALLBACK_H
#include "text/engine.h"

/* A stretch of a paragraph's text with one face, script and direction. */
struct text_item {
    size_t start, end;                     /* bytes of the paragraph's text */
    const struct text_font *font;          /* NULL: the span's own */
    uint8_t level;
};

struct text_items {
    struct text_item *items;               /* in the order of the text; mem_free */
    size_t count;
};

/* Divide a paragraph's text. No items when Pango cannot be started. */
struct text_items text_fallback_items(struct text_para *);
/* The item at a byte; NULL when there is none. */
const struct text_item *text_items_at(const struct text_items *, size_t at);
void text_fallback_free(struct text_fallback *);
/* Say at the span's source which character no shipped font has; counted. */
void text_fallback_tell(struct text_engine *, const struct text_span *, const struct text_word *);
#endif
