/* The engine's insides, for the files of this layer. */
#ifndef TEXT_ENGINE_H
#define TEXT_ENGINE_H
#include "base/arena.h"
#include "text/cache.h"
#include "text/hyphenate.h"
#include "text/text.h"

/* A style as it is shaped: made once for each (style, flags, language). */
struct text_font {
    struct text_font *next;
    const struct design_style *style;
    unsigned flags;
    const char *lang;
    const struct font_face *face;          /* another than the style's; NULL: the style's */
    uint32_t script;                       /* see struct text_shaper */
    bool rtl;
    struct text_shaper *shaper;            /* NULL: the face is missing, told already */
    const struct text_font *superiors;     /* for digits above the line, where the face has drawn ones */
    double size, rise, tracking;           /* points */
    double unit;                           /* points a font unit */
    double space;                          /* width of a word space, tracking in it */
};

struct text_language {
    struct text_language *next;
    char name[12];                         /* first subtag */
    struct text_dictionary *dictionary;
};

struct text_node;
struct text_scratch {                      /* of the line breaker, kept between paragraphs */
    struct text_node *nodes;
    int *active;
    size_t node_capacity, active_capacity;
};

struct text_fallback;

struct text_engine {
    struct font_set *fonts;
    const struct design *design;
    struct diag *diag;
    struct arena *arena;                   /* words, shapers, fonts */
    void *buffer;                          /* hb_buffer_t */
    struct text_shaper *shapers;
    struct text_font *used;
    struct text_language *languages;
    struct text_word_table words;
    struct text_para *paras;               /* those not freed yet */
    unsigned group;                        /* of those that are made */
    struct text_scratch scratch;
    struct text_fallback *fallback;
    struct text_statistics statistics;
};

const struct text_font *text_font_lookup(struct text_engine *, const struct design_style *, unsigned flags,
                                         const char *lang);
/* The same style in another face, script or direction. */
const struct text_font *text_font_vary(struct text_engine *, const struct text_font *, const struct font_face *,
                                       uint32_t script, bool rtl);
struct text_dictionary *text_language_lookup(struct text_engine *, const char *lang);
#endif
