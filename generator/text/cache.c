#include "text/cache.h"

#include <hb-ot.h>
#include <hb.h>
#include <limits.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "text/engine.h"

/* ---- shaping ------------------------------------------------------------------------------------------------ */
struct shaped {
    unsigned count;
    const hb_glyph_info_t *infos;
    const hb_glyph_position_t *positions;
};

/* Words are of one script, or have letters of none: the first letter decides. */
static hb_script_t script_of(const char *text, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t c;
        i += utf8_decode(text + i, n - i, &c);
        if ((c >= 0x370 && c < 0x400) || (c >= 0x1f00 && c < 0x2000))
            return HB_SCRIPT_GREEK;
        if (c >= 0x400 && c < 0x530)
            return HB_SCRIPT_CYRILLIC;
        if (utf8_is_letter(c))
            break;
    }
    return HB_SCRIPT_LATIN;
}

static size_t features_of(const struct text_shaper *shaper, hb_feature_t out[8])
{
    static const struct { unsigned bit; hb_tag_t tag; unsigned value; } table[] = {
        { TEXT_FEATURE_LINING, HB_TAG('l', 'n', 'u', 'm'), 1 },
        { TEXT_FEATURE_OLD_STYLE, HB_TAG('o', 'n', 'u', 'm'), 1 },
        { TEXT_FEATURE_TABULAR, HB_TAG('t', 'n', 'u', 'm'), 1 },
        { TEXT_FEATURE_PROPORTIONAL, HB_TAG('p', 'n', 'u', 'm'), 1 },
        { TEXT_FEATURE_SMALL_CAPS, HB_TAG('s', 'm', 'c', 'p'), 1 },
        { TEXT_FEATURE_UPPER, HB_TAG('c', 'a', 's', 'e'), 1 },
        { TEXT_FEATURE_NO_LIGATURES, HB_TAG('l', 'i', 'g', 'a'), 0 },
        { TEXT_FEATURE_SUPERIORS, HB_TAG('s', 'u', 'p', 's'), 1 },
    };
    size_t n = 0;
    if (shaper->no_alternates)
        out[n++] = (hb_feature_t){ HB_TAG('c', 'a', 'l', 't'), 0, 0, UINT_MAX };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (shaper->features & table[i].bit && n < 8)
            out[n++] = (hb_feature_t){ table[i].tag, table[i].value, 0, UINT_MAX };
    return n;
}

static struct shaped shape(struct text_engine *engine, const struct text_shaper *shaper, const char *text, size_t n)
{
    hb_buffer_t *buffer = engine->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, text, (int)n, 0, (int)n);
    hb_buffer_set_direction(buffer, shaper->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, shaper->script ? (hb_script_t)shaper->script : script_of(text, n));
    hb_buffer_set_language(buffer, (hb_language_t)shaper->hb_lang);
    hb_feature_t features[8];
    size_t count = features_of(shaper, features);
    hb_shape(shaper->font, buffer, features, (unsigned)count);
    struct shaped s;
    s.infos = hb_buffer_get_glyph_infos(buffer, &s.count);
    s.positions = hb_buffer_get_glyph_positions(buffer, &s.count);
    return s;
}

static int measure(struct text_engine *engine, const struct text_shaper *shaper, const char *text, size_t n)
{
    struct shaped s = shape(engine, shaper, text, n);
    int width = 0;
    for (unsigned i = 0; i < s.count; i++)
        width += s.positions[i].x_advance;
    return width;
}

/* ---- shapers ------------------------------------------------------------------------------------------------ */
/* Does the space take part in a table's lookups of these features (ended by 0)? */
static bool space_takes_part(hb_face_t *face, hb_tag_t table, const hb_tag_t *features, hb_codepoint_t space)
{
    bool found = false;
    hb_set_t *lookups = hb_set_create();
    hb_ot_layout_collect_lookups(face, table, NULL, NULL, features, lookups);
    hb_codepoint_t lookup = HB_SET_VALUE_INVALID;
    while (!found && hb_set_next(lookups, &lookup)) {
        hb_set_t *sets[3] = { hb_set_create(), hb_set_create(), hb_set_create() };
        hb_ot_layout_lookup_collect_glyphs(face, table, lookup, sets[0], sets[1], sets[2], NULL);
        for (int i = 0; i < 3; i++) {
            found = found || hb_set_has(sets[i], space);
            hb_set_destroy(sets[i]);
        }
    }
    hb_set_destroy(lookups);
    return found;
}

static uint16_t nominal_glyph(hb_font_t *font, uint32_t character)
{
    hb_codepoint_t glyph = 0;
    hb_font_get_nominal_glyph(font, character, &glyph);
    return (uint16_t)glyph;
}

/* A face may have a glyph of its own for the soft hyphen, drawn as the hyphen. It is taken: a glyph that stands for one
   character only can be mapped back to it when text is taken out of the PDF. */
static uint16_t soft_hyphen_glyph(hb_font_t *font, uint16_t hyphen)
{
    uint16_t soft = nominal_glyph(font, 0xad);
    bool same = soft && hb_font_get_glyph_h_advance(font, soft) == hb_font_get_glyph_h_advance(font, hyphen);
    return same ? soft : hyphen;
}

/* Words are shaped apart from their neighbours. That is exact where the space takes part in nothing; kerning with it is
   measured and put back (Lato, Vollkorn); alternates that look across it are left out (Inter). */
static void probe_space(struct text_shaper *shaper, hb_face_t *face)
{
    static const hb_tag_t kern[] = { HB_TAG('k', 'e', 'r', 'n'), 0 }, calt[] = { HB_TAG('c', 'a', 'l', 't'), 0 };
    shaper->kerns_space = space_takes_part(face, HB_OT_TAG_GPOS, kern, shaper->space_glyph);
    shaper->no_alternates = space_takes_part(face, HB_OT_TAG_GSUB, calt, shaper->space_glyph);
}

/* One hb_font_t a face serves all its shapers; the first of them owns it. */
static hb_font_t *font_of(struct text_engine *engine, const struct font_face *face)
{
    for (const struct text_shaper *s = engine->shapers; s; s = s->next)
        if (s->face == face)
            return hb_font_reference(s->font);
    hb_blob_t *blob = hb_blob_create(face->bytes, (unsigned)face->size, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *hb_face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(hb_face);
    hb_face_destroy(hb_face);
    hb_blob_destroy(blob);
    return font;
}

struct text_shaper *text_shaper_lookup(struct text_engine *engine, const struct font_face *face, const char *lang,
                                       unsigned features, uint32_t script, bool rtl)
{
    unsigned count = 0;
    for (struct text_shaper *s = engine->shapers; s; s = s->next, count++)
        if (s->face == face && s->features == features && s->script == script && s->rtl == rtl && !strcmp(s->lang, lang))
            return s;
    struct text_shaper *shaper = arena_new_of(engine->arena, struct text_shaper);
    hb_font_t *font = font_of(engine, face);
    shaper->face = face;
    shaper->font = font;
    shaper->lang = arena_strdup(engine->arena, lang);
    shaper->hb_lang = hb_language_from_string(lang, -1);
    shaper->dictionary = text_language_lookup(engine, lang);
    shaper->features = features;
    shaper->script = script;
    shaper->rtl = rtl;
    shaper->index = count;
    shaper->space_glyph = nominal_glyph(font, ' ');
    shaper->no_break_glyph = nominal_glyph(font, 0xa0);
    if (!shaper->no_break_glyph)
        shaper->no_break_glyph = shaper->space_glyph;
    shaper->hyphen_glyph = nominal_glyph(font, '-');
    shaper->soft_hyphen_glyph = soft_hyphen_glyph(font, shaper->hyphen_glyph);
    probe_space(shaper, hb_font_get_face(font));
    shaper->space = measure(engine, shaper, " ", 1);
    shaper->hyphen = measure(engine, shaper, "-", 1);
    shaper->next = engine->shapers;
    engine->shapers = shaper;
    return shaper;
}

bool text_shaper_changes_digits(struct text_engine *engine, struct text_shaper *plain, struct text_shaper *with)
{
    for (char digit = '0'; digit <= '9'; digit++) {
        struct shaped s = shape(engine, plain, &digit, 1);
        hb_codepoint_t before = s.count == 1 ? s.infos[0].codepoint : 0;
        s = shape(engine, with, &digit, 1);
        if (!before || s.count != 1 || s.infos[0].codepoint == before)
            return false;
    }
    return true;
}

void text_shapers_free(struct text_engine *engine)
{
    for (struct text_shaper *s = engine->shapers; s; s = s->next)
        hb_font_destroy(s->font);
    engine->shapers = NULL;
}

/* ---- kerning at a word's edges ------------------------------------------------------------------------------ */
static int measure_pair(struct text_engine *engine, const struct text_shaper *shaper, const char *character, size_t n,
                        enum text_pair pair)
{
    char both[8];
    size_t at = 0;
    if (pair == TEXT_PAIR_SPACE_BEFORE)
        both[at++] = ' ';
    memcpy(both + at, character, n);
    at += n;
    if (pair == TEXT_PAIR_SPACE_AFTER)
        both[at++] = ' ';
    if (pair == TEXT_PAIR_HYPHEN_AFTER)
        both[at++] = '-';
    int other = pair == TEXT_PAIR_HYPHEN_AFTER ? shaper->hyphen : shaper->space;
    return measure(engine, shaper, both, at) - measure(engine, shaper, character, n) - other;
}

/* Measured once a character and kept. */
static int pair_kern(struct text_engine *engine, struct text_shaper *shaper, const char *character, size_t n,
                     enum text_pair pair)
{
    uint32_t c;
    utf8_decode(character, n, &c);
    if (c >= TEXT_PAIR_PAGES * TEXT_PAIR_PAGE)
        return measure_pair(engine, shaper, character, n, pair);
    int16_t **page = &shaper->pairs[pair][c / TEXT_PAIR_PAGE];
    if (!*page) {
        *page = arena_array(engine->arena, int16_t, TEXT_PAIR_PAGE);
        for (int i = 0; i < TEXT_PAIR_PAGE; i++)
            (*page)[i] = INT16_MIN;
    }
    int16_t *kern = &(*page)[c % TEXT_PAIR_PAGE];
    if (*kern == INT16_MIN)
        *kern = (int16_t)measure_pair(engine, shaper, character, n, pair);
    return *kern;
}

static void kern_with_spaces(struct text_engine *engine, struct text_shaper *shaper, struct text_word *word)
{
    if (!shaper->kerns_space || !word->length || word->missing)
        return;
    uint32_t c;
    size_t first = utf8_decode(word->text, word->length, &c), last = utf8_previous(word->text, word->length);
    word->kern_before = (int16_t)pair_kern(engine, shaper, word->text, first, TEXT_PAIR_SPACE_BEFORE);
    word->kern_after =
        (int16_t)pair_kern(engine, shaper, word->text + last, word->length - last, TEXT_PAIR_SPACE_AFTER);
}

/* ---- a new word --------------------------------------------------------------------------------------------- */
enum { MOST_BREAKS = 60 };

struct key {
    const char *bytes;
    size_t length;
    bool part;                             /* of a word broken in two */
    uint32_t hash;
};

static struct key key_of(const struct text_shaper *shaper, const char *bytes, size_t n, bool part)
{
    return (struct key){ bytes, n, part, hash_bytes(bytes, n, shaper->index * 2 + part) };
}

/* A word as it was written holds marks that are not shown: U+00AD (a break with a hyphen), U+200B (one without), and
   joiners that only say "no break". */
struct marks {
    struct text_hyphen at[MOST_BREAKS];
    size_t count;
};

static void put_mark(struct marks *marks, size_t at, enum text_break_kind kind)
{
    if (at > 0 && marks->count < MOST_BREAKS)
        marks->at[marks->count++] = (struct text_hyphen){ (uint8_t)at, (uint8_t)kind, TEXT_BREAK_SEAM };
}

/* Joiners that only say "no break", and the marks of direction, which have done their work when words are shaped. */
static bool is_invisible(uint32_t c)
{
    return c == 0x2060 || c == 0xfeff || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

static size_t strip_marks(const char *bytes, size_t n, char *plain, struct marks *marks)
{
    size_t length = 0;
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t k = utf8_decode(bytes + i, n - i, &c);
        if (c == 0xad)
            put_mark(marks, length, TEXT_BREAK_SOFT);
        else if (c == 0x200b)
            put_mark(marks, length, TEXT_BREAK_HARD);
        else if (!is_invisible(c)) {
            memcpy(plain + length, bytes + i, k);
            length += k;
        }
        i += k;
    }
    while (marks->count && marks->at[marks->count - 1].at >= length)
        marks->count--;
    return length;
}

/* Capitals of the same length in bytes, so that places in both texts are the same. German ß becomes SS (Rechtschreibung
   2018, § 25 E3), which has its two bytes; letters whose capital is longer or shorter stay. */
static void make_capitals(char *text, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t c;
        char capital[4];
        size_t k = utf8_decode(text + i, n - i, &c);
        if (c == 0xdf)
            memcpy(text + i, "SS", 2);
        else if (utf8_encode(utf8_upper(c), capital) == k)
            memcpy(text + i, capital, k);
        i += k;
    }
}

/* Scripts whose letters stand side by side from left to right, and signs of all kinds. */
static bool is_simple(uint32_t c)
{
    static const struct { uint32_t first, last; } ranges[] = {
        { 0, 0x52f },       { 0x1e00, 0x200d }, { 0x2010, 0x2029 }, { 0x202f, 0x2065 }, { 0x206a, 0x2bff },
        { 0x2c60, 0x2c7f }, { 0x2e00, 0x2e7f }, { 0xa720, 0xa7ff }, { 0xfb00, 0xfb06 }, { 0xfffd, 0xfffd },
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c <= ranges[i].last)
            return c >= ranges[i].first;
    return false;
}

static bool all_simple(const char *text, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t c;
        i += utf8_decode(text + i, n - i, &c);
        if (!is_simple(c))
            return false;
    }
    return true;
}

/* The first glyph of a cluster stands for the cluster's text. From right to left that is the last one in the row. */
static void measure_clusters(struct text_word *word)
{
    unsigned n = word->glyph_count, end = word->length, at = end;
    for (unsigned k = 0; k < n; k++) {
        struct text_word_glyph *glyph = &word->glyphs[word->shaper->rtl ? k : n - 1 - k];
        if (glyph->at < at) {
            end = at;
            at = glyph->at;
        }
        bool first = k + 1 == n || word->glyphs[word->shaper->rtl ? k + 1 : n - 2 - k].at != at;
        glyph->length = (uint8_t)(first ? end - at : 0);
    }
}

static void keep_glyphs(struct text_engine *engine, struct text_word *word, struct shaped s)
{
    unsigned count = s.count < UINT8_MAX ? s.count : UINT8_MAX;
    word->glyphs = arena_array(engine->arena, struct text_word_glyph, count);
    word->glyph_count = (uint8_t)count;
    for (unsigned i = 0; i < count; i++) {
        word->glyphs[i] = (struct text_word_glyph){
            .glyph = (uint16_t)s.infos[i].codepoint,
            .advance = s.positions[i].x_advance,
            .dx = (int16_t)s.positions[i].x_offset,
            .dy = (int16_t)s.positions[i].y_offset,
            .at = (uint8_t)s.infos[i].cluster,
        };
        word->width += s.positions[i].x_advance;
        word->missing = word->missing || !s.infos[i].codepoint;
    }
    measure_clusters(word);
}

/* Shape `n` bytes of a key; a key may be longer than the word. */
static struct text_word *new_word(struct text_engine *engine, struct text_shaper *shaper, const struct key *key, size_t n,
                                  struct marks *marks)
{
    const char *bytes = key->bytes;
    struct text_word *word = arena_alloc(engine->arena, sizeof *word + key->length);
    memcpy(word->key, bytes, key->length);
    word->key_length = (uint8_t)key->length;
    word->part = key->part;
    word->hash = key->hash;
    word->shaper = shaper;
    marks->count = 0;
    char *plain = arena_alloc(engine->arena, n + 1), *text = plain;
    word->length = (uint8_t)strip_marks(bytes, n, plain, marks);
    if (shaper->features & TEXT_FEATURE_UPPER) {
        text = arena_copy(engine->arena, plain, n + 1);
        make_capitals(text, word->length);
    }
    word->plain = plain;
    word->text = text;
    keep_glyphs(engine, word, shape(engine, shaper, text, word->length));
    word->refused = word->missing || !all_simple(bytes, n);
    kern_with_spaces(engine, shaper, word);
    engine->statistics.shaped++;
    return word;
}

/* ---- the table ---------------------------------------------------------------------------------------------- */
static void grow_table(struct text_word_table *table)
{
    size_t capacity = table->capacity ? table->capacity * 4 : 4096;
    struct text_word **slots = mem_alloc(capacity * sizeof *slots);
    for (size_t i = 0; i < table->capacity; i++)
        for (struct text_word *word = table->slots[i], *next; word; word = next) {
            next = word->next;
            struct text_word **slot = &slots[word->hash & (capacity - 1)];
            word->next = *slot;
            *slot = word;
        }
    mem_free(table->slots);
    table->slots = slots;
    table->capacity = capacity;
}

static const struct text_word *find(const struct text_word_table *table, const struct text_shaper *shaper,
                                    const struct key *key)
{
    if (!table->capacity)
        return NULL;
    for (const struct text_word *word = table->slots[key->hash & (table->capacity - 1)]; word; word = word->next)
        if (word->hash == key->hash && word->key_length == key->length && word->shaper == shaper &&
            word->part == key->part && !memcmp(word->key, key->bytes, key->length))
            return word;
    return NULL;
}

static void put(struct text_word_table *table, struct text_word *word)
{
    if (table->count >= table->capacity)
        grow_table(table);
    struct text_word **slot = &table->slots[word->hash & (table->capacity - 1)];
    word->next = *slot;
    *slot = word;
    table->count++;
}

/* ---- breaks ------------------------------------------------------------------------------------------------- */
static const struct text_word *lookup_part(struct text_engine *engine, struct text_shaper *shaper, const char *bytes,
                                           size_t n, bool soft);

static int width_before(const struct text_word *word, unsigned glyph)
{
    int width = 0;
    for (unsigned i = 0; i < glyph; i++)
        width += word->glyphs[i].advance;
    return width;
}

/* What a break does to the width. The kern that is lost between the halves is left to the line that is broken there: 0.2 pt
   at most. A ligature that is broken up cannot wait, it would be wrong by points, and the solidus kerns widely. */
static void weigh_break(struct text_engine *engine, struct text_shaper *shaper, struct text_word *word,
                        struct text_word_break *brk)
{
    unsigned glyph = 0;
    while (glyph < word->glyph_count && word->glyphs[glyph].at < brk->at)
        glyph++;
    brk->glyph = (uint8_t)glyph;
    brk->inside = glyph == word->glyph_count || word->glyphs[glyph].at != brk->at;
    bool soft = brk->kind == TEXT_BREAK_SOFT;
    if (brk->inside || !soft) {
        int before = width_before(word, glyph);
        brk->left = lookup_part(engine, shaper, word->plain, brk->at, soft)->width - before;
        brk->right = word->width - before -
                     lookup_part(engine, shaper, word->plain + brk->at, word->length - brk->at, false)->width;
    } else {
        size_t last = utf8_previous(word->text, brk->at);
        brk->left = shaper->hyphen +
                    pair_kern(engine, shaper, word->text + last, brk->at - last, TEXT_PAIR_HYPHEN_AFTER);
    }
}

/* Breaks that the writer marked stand instead of those that would be found. */
static void find_breaks(struct text_engine *engine, struct text_shaper *shaper, struct text_word *word,
                        const struct marks *marks)
{
    struct text_hyphen found[MOST_BREAKS];
    const struct text_hyphen *hyphens = marks->at;
    size_t n = marks->count;
    if (!n) {
        struct text_dictionary *dictionary = (struct text_dictionary *)shaper->dictionary;
        n = text_hyphenate(dictionary, word->plain, word->length, found, MOST_BREAKS);
        hyphens = found;
        engine->statistics.hyphenated++;
    }
    if (!n)
        return;
    word->breaks = arena_array(engine->arena, struct text_word_break, n);
    word->break_count = (uint8_t)n;
    for (size_t i = 0; i < n; i++) {
        struct text_word_break *brk = &word->breaks[i];
        brk->at = hyphens[i].at;
        brk->kind = hyphens[i].kind;
        brk->quality = hyphens[i].quality;
        weigh_break(engine, shaper, word, brk);
    }
}

/* ---- look-up ------------------------------------------------------------------------------------------------ */
const struct text_word *text_word_lookup(struct text_engine *engine, struct text_shaper *shaper, const char *bytes,
                                         size_t n)
{
    struct key key = key_of(shaper, bytes, n, false);
    const struct text_word *known = find(&engine->words, shaper, &key);
    engine->statistics.words++;
    if (known)
        return known;
    struct marks marks;
    struct text_word *word = new_word(engine, shaper, &key, n, &marks);
    if (!shaper->rtl)                      /* no script from right to left is hyphenated */
        find_breaks(engine, shaper, word, &marks);
    put(&engine->words, word);
    return word;
}

static void soften_hyphen(const struct text_shaper *shaper, struct text_word *word)
{
    struct text_word_glyph *last = &word->glyphs[word->glyph_count - 1];
    if (last->glyph == shaper->hyphen_glyph)
        last->glyph = shaper->soft_hyphen_glyph;
}

static const struct text_word *lookup_part(struct text_engine *engine, struct text_shaper *shaper, const char *bytes,
                                           size_t n, bool soft)
{
    /* "løn-" may also stand in the text with a hyphen of its own: how the part ends belongs to its key. */
    char all[TEXT_WORD_LIMIT + 2];
    memcpy(all, bytes, n);
    if (soft)
        all[n++] = '-';
    all[n] = soft ? 's' : 'p';
    struct key key = key_of(shaper, all, n + 1, true);
    const struct text_word *known = find(&engine->words, shaper, &key);
    if (known)
        return known;
    struct marks none;
    struct text_word *word = new_word(engine, shaper, &key, n, &none);
    if (soft && word->glyph_count)
        soften_hyphen(shaper, word);
    put(&engine->words, word);
    return word;
}

const struct text_word *text_word_part(struct text_engine *engine, const struct text_word *word, int from, int to)
{
    if (from < 0 && to < 0)
        return word;
    size_t start = from < 0 ? 0 : word->breaks[from].at, end = to < 0 ? word->length : word->breaks[to].at;
    bool soft = to >= 0 && word->breaks[to].kind == TEXT_BREAK_SOFT;
    return lookup_part(engine, (struct text_shaper *)word->shaper, word->plain + start, end - start, soft);
}
