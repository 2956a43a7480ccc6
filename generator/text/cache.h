/* The word cache: each different word is shaped once, in font units, whatever the size it is set at. */
#ifndef TEXT_CACHE_H
#define TEXT_CACHE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "font/font.h"

struct text_engine;
struct text_dictionary;

enum text_feature {
    TEXT_FEATURE_LINING = 1,
    TEXT_FEATURE_OLD_STYLE = 2,
    TEXT_FEATURE_TABULAR = 4,
    TEXT_FEATURE_PROPORTIONAL = 8,
    TEXT_FEATURE_SMALL_CAPS = 16,
    TEXT_FEATURE_UPPER = 32,               /* characters are made capitals before shaping */
    TEXT_FEATURE_NO_LIGATURES = 64,        /* letterspaced text */
    TEXT_FEATURE_SUPERIORS = 128,
};

/* Kerning of a character with what stands beside it at a word's edge. */
enum text_pair { TEXT_PAIR_SPACE_BEFORE, TEXT_PAIR_SPACE_AFTER, TEXT_PAIR_HYPHEN_AFTER, TEXT_PAIRS };
enum { TEXT_PAIR_PAGE = 128, TEXT_PAIR_PAGES = 0x2100 / TEXT_PAIR_PAGE };

/* A face with features, in one language: all that decides how a word is shaped, except the word. */
struct text_shaper {
    struct text_shaper *next;
    const struct font_face *face;
    void *font;                            /* hb_font_t, scaled to font units: exact sums on every machine */
    const char *lang;
    const void *hb_lang;
    uint32_t script;                       /* hb_script_t; 0: Latin, Greek or Cyrillic, by the word's first letter */
    bool rtl;
    const struct text_dictionary *dictionary;
    unsigned features;
    unsigned index;                        /* in the engine: part of a word's key */
    bool kerns_space;
    bool no_alternates;                    /* `calt` sees across spaces in this face: words would differ */
    int space, hyphen;                     /* advances */
    uint16_t space_glyph, no_break_glyph, hyphen_glyph, soft_hyphen_glyph;
    int16_t *pairs[TEXT_PAIRS][TEXT_PAIR_PAGES];
};

struct text_word_glyph {
    int32_t advance;                       /* font units */
    int16_t dx, dy;
    uint16_t glyph;
    uint8_t at;                            /* first byte of its cluster in the word's text */
    uint8_t length;                        /* bytes of that cluster; 0 for its further glyphs */
};

enum text_break_kind {
    TEXT_BREAK_SOFT,                       /* a hyphen is put */
    TEXT_BREAK_HARD,                       /* after a hyphen or solidus that stands there already */
    TEXT_BREAK_SPACE, TEXT_BREAK_FORCED, TEXT_BREAK_END
};
/* SPARE: two letters after the break; only where the line would else be loose. LAST: in a style that is not hyphenated, for a word that is wider than its room. */
enum text_break_quality { TEXT_BREAK_SEAM, TEXT_BREAK_PLAIN, TEXT_BREAK_POOR, TEXT_BREAK_SPARE, TEXT_BREAK_LAST };

/* Where a word may be broken, and what that does to its width. */
struct text_word_break {
    uint8_t at, glyph;                     /* first byte and first glyph after the break */
    uint8_t kind, quality;
    bool inside;                           /* in a ligature: its halves have other glyphs */
    int32_t left, right;                   /* added to the width of the glyphs before, taken from that of those after */
};

struct text_word {
    struct text_word *next;
    const struct text_shaper *shaper;
    const char *text;                      /* as shaped: capitals by style, U+00AD taken out */
    const char *plain;                     /* the same bytes without the capitals */
    struct text_word_glyph *glyphs;
    struct text_word_break *breaks;
    uint32_t hash;
    int32_t width;
    int16_t kern_before, kern_after;       /* with a space */
    uint8_t length, key_length, glyph_count, break_count;
    bool part;                             /* half of a broken word: not broken again */
    bool missing;                          /* a character that the face has not */
    bool refused;                          /* missing, or of a script or direction that is not shaped word by word */
    char key[];
};

enum { TEXT_WORD_LIMIT = 240 };            /* bytes; longer ones are cut by the paragraph */

struct text_word_table {
    struct text_word **slots;
    size_t capacity, count;
};

/* `script` 0: Latin, Greek or Cyrillic. */
struct text_shaper *text_shaper_lookup(struct text_engine *, const struct font_face *, const char *lang,
                                       unsigned features, uint32_t script, bool rtl);
/* Does a feature change each of the digits? */
bool text_shaper_changes_digits(struct text_engine *, struct text_shaper *plain, struct text_shaper *with);
/* Release what HarfBuzz holds. */
void text_shapers_free(struct text_engine *);

/* A word of at most TEXT_WORD_LIMIT bytes; never NULL; lives as long as the engine. */
const struct text_word *text_word_lookup(struct text_engine *, struct text_shaper *, const char *bytes, size_t n);
/* The part of a word between two of its breaks (-1: its start, its end), with the hyphen it is set with. */
const struct text_word *text_word_part(struct text_engine *, const struct text_word *, int from, int to);
#endif
