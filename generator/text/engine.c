#include "text/engine.h"

#include <hb.h>
#include <string.h>

#include "text/fallback.h"
#include "text/paragraph.h"

/* A raised mark where the face has no superiors of its own: size and rise in em. */
static const double SUPERSCRIPT_SIZE = 0.62, SUPERSCRIPT_RISE = 0.36;
/* From this letterspacing on, in em, letters are set apart and no longer tied into ligatures. */
static const double LIGATURE_TRACKING = 0.02;

struct text_engine *text_engine_new(struct font_set *fonts, const struct design *design, struct diag *diag)
{
    struct text_engine *engine = mem_alloc(sizeof *engine);
    engine->fonts = fonts;
    engine->design = design;
    engine->diag = diag;
    engine->arena = arena_new();
    engine->buffer = hb_buffer_create();
    return engine;
}

void text_engine_group(struct text_engine *engine, unsigned group)
{
    engine->group = group;
}

void text_engine_forget(struct text_engine *engine, unsigned group)
{
    for (struct text_para *para = engine->paras, *next; para; para = next) {
        next = para->next;
        if (para->group < group)
            text_para_free(para);
    }
}

void text_engine_free(struct text_engine *engine)
{
    if (!engine)
        return;
    while (engine->paras)
        text_para_free(engine->paras);
    text_fallback_free(engine->fallback);
    text_shapers_free(engine);
    for (struct text_language *l = engine->languages; l; l = l->next)
        text_dictionary_free(l->dictionary);
    hb_buffer_destroy(engine->buffer);
    mem_free(engine->words.slots);
    mem_free(engine->scratch.nodes);
    mem_free(engine->scratch.active);
    arena_free(engine->arena);
    mem_free(engine);
}

const struct design *text_design(const struct text_engine *engine)
{
    return engine->design;
}

struct text_statistics text_statistics(const struct text_engine *engine)
{
    return engine->statistics;
}

/* ---- languages ---------------------------------------------------------------------------------------------- */
struct text_dictionary *text_language_lookup(struct text_engine *engine, const char *lang)
{
    char name[sizeof engine->languages->name] = "";
    size_t n = strcspn(lang, "-_");
    if (n >= sizeof name)
        return NULL;
    for (size_t i = 0; i < n; i++)
        name[i] = (char)(lang[i] >= 'A' && lang[i] <= 'Z' ? lang[i] + 32 : lang[i]);
    for (const struct text_language *l = engine->languages; l; l = l->next)
        if (!strcmp(l->name, name))
            return l->dictionary;
    struct text_language *l = arena_new_of(engine->arena, struct text_language);
    memcpy(l->name, name, sizeof name);
    l->dictionary = text_dictionary_new(name, engine->design->exceptions, engine->diag);
    l->next = engine->languages;
    engine->languages = l;
    return l->dictionary;
}

/* ---- styles to faces ---------------------------------------------------------------------------------------- */
const struct font_face *text_face(struct text_engine *engine, const struct design_style *style, bool emphasis,
                                  bool strong)
{
    const char *weight = style->weight;
    if (emphasis && style->emphasis)
        weight = style->emphasis;
    if (strong && style->strong)
        weight = style->strong;
    return font_lookup(engine->fonts, style->family, weight, style->at, engine->diag);
}

static unsigned features_of(const struct design_style *style, unsigned flags)
{
    static const unsigned figures[][2] = {
        { DESIGN_LINING, TEXT_FEATURE_LINING },
        { DESIGN_OLD_STYLE, TEXT_FEATURE_OLD_STYLE },
        { DESIGN_TABULAR, TEXT_FEATURE_TABULAR },
        { DESIGN_PROPORTIONAL, TEXT_FEATURE_PROPORTIONAL },
    };
    unsigned features = 0, wanted = style->figures;
    if (flags & TEXT_TABULAR)
        wanted = (wanted & ~(unsigned)DESIGN_PROPORTIONAL) | DESIGN_TABULAR;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (wanted & figures[i][0])
            features |= figures[i][1];
    if (style->caps == DESIGN_CAPS_UPPER)
        features |= TEXT_FEATURE_UPPER;
    if (style->caps == DESIGN_CAPS_SMALL)
        features |= TEXT_FEATURE_SMALL_CAPS;
    if (style->tracking >= LIGATURE_TRACKING)
        features |= TEXT_FEATURE_NO_LIGATURES;
    return features;
}

/* In justified text the space is the design's; else the face's own. */
static double space_of(const struct text_engine *engine, const struct text_font *font)
{
    if (font->style->align == DESIGN_JUSTIFY && engine->design->setting.space > 0)
        return engine->design->setting.space * font->size + font->tracking;
    return font->shaper->space * font->unit + font->tracking;
}

struct font_key {
    const struct design_style *style;
    unsigned flags;
    const char *lang;
    const struct font_face *face;
    uint32_t script;
    bool rtl;
};

enum { SUPERIORS = 1u << 16 };             /* a flag of this file: digits that the face has drawn raised and small */

static void put_shaper(struct text_engine *engine, struct text_font *font, const struct font_face *face, unsigned features)
{
    font->shaper = text_shaper_lookup(engine, face, font->lang, features, font->script, font->rtl);
    font->unit = font->size / face->upem;
    font->space = space_of(engine, font);
}

static struct text_font *new_font(struct text_engine *engine, const struct font_key *key)
{
    struct text_font *font = arena_new_of(engine->arena, struct text_font);
    *font = (struct text_font){ .style = key->style, .flags = key->flags, .face = key->face, .script = key->script, .rtl = key->rtl };
    font->lang = arena_strdup(engine->arena, key->lang);
    font->size = key->style->size;
    bool superiors = key->flags & SUPERIORS;
    if ((key->flags & TEXT_SUPERSCRIPT) && !superiors) {
        font->rise = SUPERSCRIPT_RISE * key->style->size;
        font->size = SUPERSCRIPT_SIZE * key->style->size;
    }
    font->tracking = key->style->tracking * font->size;
    const struct font_face *face = key->face;
    if (!face)
        face = text_face(engine, key->style, key->flags & TEXT_EMPHASIS, key->flags & TEXT_STRONG);
    if (face)
        put_shaper(engine, font, face, features_of(key->style, key->flags) | (superiors ? TEXT_FEATURE_SUPERIORS : 0));
    font->next = engine->used;
    engine->used = font;
    return font;
}

/* The one found comes first in the list: a large plan uses hundreds, but a few at a time. */
static struct text_font *find_font(struct text_engine *engine, const struct font_key *key)
{
    for (struct text_font **at = &engine->used; *at; at = &(*at)->next) {
        struct text_font *f = *at;
        if (f->style != key->style || f->flags != key->flags || f->face != key->face || f->script != key->script ||
            f->rtl != key->rtl || strcmp(f->lang, key->lang))
            continue;
        *at = f->next;
        f->next = engine->used;
        engine->used = f;
        return f;
    }
    return new_font(engine, key);
}

static void find_superiors(struct text_engine *engine, struct text_font *font, struct font_key key)
{
    if (!(key.flags & TEXT_SUPERSCRIPT) || !font->shaper || font->superiors)
        return;
    key.flags |= SUPERIORS;
    const struct text_font *superiors = find_font(engine, &key);
    bool drawn = text_shaper_changes_digits(engine, font->shaper, superiors->shaper);
    font->superiors = drawn ? superiors : font;
}

const struct text_font *text_font_lookup(struct text_engine *engine, const struct design_style *style, unsigned flags,
                                         const char *lang)
{
    struct font_key key = { .style = style, .lang = lang ? lang : "" };
    key.flags = flags & (TEXT_EMPHASIS | TEXT_STRONG | TEXT_SUPERSCRIPT | TEXT_TABULAR);
    struct text_font *font = find_font(engine, &key);
    find_superiors(engine, font, key);
    return font;
}

const struct text_font *text_font_vary(struct text_engine *engine, const struct text_font *font, const struct font_face *face,
                                       uint32_t script, bool rtl)
{
    struct font_key key = { font->style, font->flags, font->lang, face, script, rtl };
    return find_font(engine, &key);
}

/* What libraries lose and we cannot free: libhyphen 2.8.8 some strings of German patterns (a pattern that is there twice);
   Pango 1.50 a reference to the configuration that is current when a font map is made. */
#if defined(__SANITIZE_ADDRESS__)
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libhyphen\nleak:libfontconfig";
}
#endif
