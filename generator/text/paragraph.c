#include "text/paragraph.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "text/fallback.h"

/* ---- spans -------------------------------------------------------------------------------------------------- */
static void copy_spans(struct text_para *para, const struct text_span *spans, size_t n)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++)
        bytes += spans[i].length;
    para->spans = mem_alloc(n * sizeof *para->spans);
    para->fonts = mem_alloc(n * sizeof *para->fonts);
    para->text = mem_alloc(bytes + 1);
    para->span_count = n;
    char *to = para->text;
    for (size_t i = 0; i < n; i++) {
        para->spans[i] = spans[i];
        para->spans[i].text = to;
        if (spans[i].length)
            memcpy(to, spans[i].text, spans[i].length);
        to += spans[i].length;
        para->fonts[i] = text_font_lookup(para->engine, spans[i].style, spans[i].flags, spans[i].lang);
        para->spans[i].lang = para->fonts[i]->lang;
    }
    para->size = n ? spans[0].style->size : 0;
}

/* ---- pieces ------------------------------------------------------------------------------------------------- */
struct cutter {
    struct text_para *para;
    struct text_items items;               /* of the whole text, once a word was refused */
    enum text_joint joint;                 /* what was met since the last piece */
    uint32_t gap_span;
    uint8_t gap_level;
    bool refused;
};

static void put_piece(struct cutter *cutter, size_t span, const struct text_font *font, const struct text_word *word,
                      uint8_t level)
{
    struct text_para *para = cutter->para;
    VEC_GROW(para->pieces, para->piece_capacity, para->piece_count + 1);
    bool first = para->piece_count == 0;
    unsigned flags = para->spans[span].flags;
    para->pieces[para->piece_count++] = (struct text_piece){
        .word = word,
        .font = font,
        .span = (uint32_t)span,
        .gap_span = cutter->gap_span,
        .joint = (uint8_t)(first ? TEXT_JOINED : cutter->joint),
        .breaks = !(flags & (TEXT_NO_HYPHENS | TEXT_SUPERSCRIPT)),
        .level = level,
        .gap_level = cutter->gap_level,
    };
    para->mixed = para->mixed || level > 0;
    cutter->joint = TEXT_JOINED;
}

static void put_space(struct cutter *cutter, size_t span, uint32_t c, uint8_t level)
{
    struct text_para *para = cutter->para;
    enum text_joint joint = c == '\n' ? TEXT_FORCED : c == 0xa0 ? TEXT_NO_BREAK_SPACE : TEXT_SPACE;
    const struct text_font *font = para->fonts[span];
    /* A second forced break in a row leaves an empty line. */
    if (joint == TEXT_FORCED && cutter->joint == TEXT_FORCED && para->piece_count)
        put_piece(cutter, span, font, text_word_lookup(para->engine, font->shaper, "", 0), 0);
    bool first = cutter->joint == TEXT_JOINED || joint == TEXT_FORCED;
    if (first) {
        cutter->gap_span = (uint32_t)span;
        cutter->gap_level = level;
    }
    if (first || (joint == TEXT_SPACE && cutter->joint == TEXT_NO_BREAK_SPACE))
        cutter->joint = joint;
}

static bool is_gap(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0;
}

/* Bytes of the word that begins here; cut at TEXT_WORD_LIMIT. */
static size_t word_length(const char *text, size_t n)
{
    size_t i = 0;
    while (i < n) {
        uint32_t c;
        size_t k = utf8_decode(text + i, n - i, &c);
        if (is_gap(c) || i + k > TEXT_WORD_LIMIT)
            break;
        i += k;
    }
    return i;
}

static const struct text_font *font_for(const struct text_font *font, const char *text, size_t n)
{
    if (!font->superiors || font->superiors == font)
        return font;
    for (size_t i = 0; i < n; i++)
        if (text[i] < '0' || text[i] > '9')
            return font;
    return font->superiors;
}

/* A word of one span, as it stands in the items of the slow path: each part in its own face. */
static void cut_word_by_items(struct cutter *cutter, size_t index, const char *text, size_t n)
{
    struct text_para *para = cutter->para;
    for (size_t i = 0; i < n;) {
        const struct text_item *item = text_items_at(&cutter->items, (size_t)(text + i - para->text));
        size_t end = item && item->end < (size_t)(text + n - para->text) ? item->end - (size_t)(text - para->text) : n;
        const struct text_font *font = item && item->font ? item->font : para->fonts[index];
        const struct text_word *word = text_word_lookup(para->engine, font->shaper, text + i, end - i);
        if (word->missing)
            text_fallback_tell(para->engine, &para->spans[index], word);
        put_piece(cutter, index, font, word, item ? item->level : 0);
        i = end;
    }
}

static void cut_word(struct cutter *cutter, size_t index, const char *text, size_t n)
{
    struct text_para *para = cutter->para;
    if (cutter->items.count) {
        cut_word_by_items(cutter, index, text, n);
        return;
    }
    const struct text_font *font = font_for(para->fonts[index], text, n);
    const struct text_word *word = text_word_lookup(para->engine, font->shaper, text, n);
    cutter->refused = cutter->refused || word->refused;
    put_piece(cutter, index, font, word, 0);
}

static void cut_span(struct cutter *cutter, size_t index)
{
    const struct text_span *span = &cutter->para->spans[index];
    if (!cutter->para->fonts[index]->shaper)
        return;
    for (size_t i = 0; i < span->length;) {
        uint32_t c;
        size_t k = utf8_decode(span->text + i, span->length - i, &c);
        if (is_gap(c)) {
            const struct text_item *item = text_items_at(&cutter->items, (size_t)(span->text + i - cutter->para->text));
            put_space(cutter, index, c, item ? item->level : 0);
        } else {
            k = word_length(span->text + i, span->length - i);
            cut_word(cutter, index, span->text + i, k);
        }
        i += k;
    }
}

/* A no-break space at the very end is meant: it parts this text from the next in what a reader extracts. */
static void cut_spans(struct cutter *cutter)
{
    struct text_para *para = cutter->para;
    for (size_t i = 0; i < para->span_count; i++)
        cut_span(cutter, i);
    if (cutter->joint != TEXT_NO_BREAK_SPACE || !para->piece_count)
        return;
    size_t last = para->span_count - 1;
    const struct text_font *font = para->fonts[last];
    put_piece(cutter, last, font, text_word_lookup(para->engine, font->shaper, "", 0), 0);
}

/* Word by word; when a word is refused, once more by the items that Pango finds in the whole text. */
static void cut_pieces(struct text_para *para)
{
    struct cutter cutter = { .para = para };
    cut_spans(&cutter);
    if (!cutter.refused)
        return;
    para->piece_count = 0;
    cutter = (struct cutter){ .para = para, .items = text_fallback_items(para) };
    cut_spans(&cutter);
    mem_free(cutter.items.items);
}

/* ---- gaps --------------------------------------------------------------------------------------------------- */
/* Kerning with the space may make a gap so small that two words look like one ("Jobcenter Viborg" in Lato). */
static const double LEAST_OF_SPACE = 0.75;

static void measure_gap(const struct text_para *para, size_t index)
{
    struct text_piece *piece = &para->pieces[index];
    const struct text_piece *before = &para->pieces[index - 1];
    if (piece->joint != TEXT_SPACE && piece->joint != TEXT_NO_BREAK_SPACE)
        return;
    const struct text_font *font = para->fonts[piece->gap_span];
    double kern = 0;
    if (before->word->shaper == font->shaper)
        kern += before->word->kern_after * font->unit;
    if (piece->word->shaper == font->shaper)
        kern += piece->word->kern_before * font->unit;
    double least = -(1 - LEAST_OF_SPACE) * font->space;
    piece->gap = (float)font->space;
    piece->kern = (float)(kern < least ? least : kern);
}

/* A word that goes on in the next span is one word to the reader: it is not broken by what the patterns say of its
   parts. */
static bool letters_meet(const struct text_word *before, const struct text_word *after)
{
    uint32_t a = 0, b = 0;
    if (!before->length || !after->length)
        return false;
    size_t last = utf8_previous(before->text, before->length);
    utf8_decode(before->text + last, before->length - last, &a);
    utf8_decode(after->text, after->length, &b);
    return utf8_is_letter(a) && utf8_is_letter(b);
}

static void join_pieces(struct text_para *para)
{
    for (size_t i = 1; i < para->piece_count; i++) {
        struct text_piece *before = &para->pieces[i - 1], *piece = &para->pieces[i];
        measure_gap(para, i);
        if (piece->joint == TEXT_JOINED && letters_meet(before->word, piece->word))
            before->breaks = piece->breaks = false;
    }
}

/* ---- protrusion --------------------------------------------------------------------------------------------- */
/* Shares of a character's advance that may hang over the edge, so that the edge looks straight. */
static double hang_right(uint32_t c)
{
    switch (c) {
    case '-': case 0xad: case 0x2010: case 0x2011:
        return 0.6;
    case '.': case ',':
        return 0.7;
    case '"': case 0x2019: case 0x201c: case 0x201d: case 0xbb: case 0xab:
        return 0.5;
    case ':': case ';':
        return 0.4;
    case 0x2013:
        return 0.3;
    case '!': case '?':
        return 0.2;
    case ')':
        return 0.15;
    case 'r': case 't': case 'f': case 'k': case 'v': case 'y':
        return 0.05;
    default:
        return 0;
    }
}

static double hang_left(uint32_t c)
{
    switch (c) {
    case '"': case 0x201c: case 0x201d: case 0x201e: case 0x2018: case 0xbb: case 0xab:
        return 0.5;
    case 0x2013:
        return 0.3;
    case '(':
        return 0.1;
    case 'A': case 'T': case 'V': case 'W': case 'Y':
        return 0.05;
    default:
        return 0;
    }
}

static bool ends_with_hyphen(const struct text_word *word)
{
    uint32_t c = 0;
    size_t last = word->length ? utf8_previous(word->text, word->length) : 0;
    utf8_decode(word->text + last, word->length - last, &c);
    return c == '-' || c == 0x2010 || c == 0x2011;
}

static double right_edge(const struct text_font *font, const struct text_word *word, size_t end, size_t glyph)
{
    if (!end || !glyph)
        return 0;
    uint32_t c;
    size_t last = utf8_previous(word->text, end);
    utf8_decode(word->text + last, end - last, &c);
    return hang_right(c) * word->glyphs[glyph - 1].advance * font->unit;
}

static double left_edge(const struct text_font *font, const struct text_word *word)
{
    if (!word->glyph_count)
        return 0;
    uint32_t c;
    utf8_decode(word->text, word->length, &c);
    return hang_left(c) * word->glyphs[0].advance * font->unit;
}

/* ---- break points ------------------------------------------------------------------------------------------- */
struct sums {
    double width, gaps, ems;
};

static struct text_break *put_break(struct text_para *para, const struct sums *sums, int piece)
{
    struct text_break *brk = &para->breaks[para->break_count++];
    *brk = (struct text_break){ .end = sums->width, .next = sums->width, .floor = sums->width, .gaps = sums->gaps,
                                .next_gaps = sums->gaps, .ems = sums->ems, .piece = piece };
    return brk;
}

/* A hyphen marked by the writer (U+00AD) is as good in a style that is not hyphenated; others there are the last resort. */
static uint8_t quality_of(const struct text_piece *piece, const struct text_word_break *brk)
{
    bool marked = piece->word->key_length != piece->word->length;
    bool usual = piece->font->style->hyphenate || marked || brk->kind == TEXT_BREAK_HARD;
    return usual ? brk->quality : TEXT_BREAK_LAST;
}

static void put_word_breaks(struct text_para *para, const struct sums *before, size_t index)
{
    const struct text_piece *piece = &para->pieces[index];
    const struct text_word *word = piece->word;
    const struct text_font *font = piece->font;
    int units = 0;
    unsigned glyph = 0;
    for (unsigned i = 0; piece->breaks && i < word->break_count; i++) {
        const struct text_word_break *brk = &word->breaks[i];
        for (; glyph < brk->glyph; glyph++)
            units += word->glyphs[glyph].advance;
        double at = before->width + units * font->unit + glyph * font->tracking;
        struct text_break *b = put_break(para, before, (int)index);
        bool soft = brk->kind == TEXT_BREAK_SOFT;
        b->end = at + brk->left * font->unit - (soft ? 0 : font->tracking);
        b->floor = b->end < at ? b->end : at;
        b->next = at + brk->right * font->unit;
        b->ems += glyph * font->size;
        b->hang_right = (float)(soft ? hang_right('-') * font->shaper->hyphen * font->unit
                                     : right_edge(font, word, brk->at, brk->glyph));
        b->hyphen = (uint8_t)i;
        b->kind = brk->kind;
        b->quality = quality_of(piece, brk);
    }
}

/* Letterspacing after a line's last letter is no ink: it hangs. */
static double last_tracking(const struct text_piece *piece)
{
    return piece->word->glyph_count ? piece->font->tracking : 0;
}

static void put_break_after(struct text_para *para, struct sums *sums, size_t index)
{
    const struct text_piece *piece = &para->pieces[index];
    const struct text_word *word = piece->word;
    const struct text_piece *after = index + 1 < para->piece_count ? piece + 1 : NULL;
    if (after && (after->joint == TEXT_JOINED || after->joint == TEXT_NO_BREAK_SPACE))
        return;
    struct text_break *b = put_break(para, sums, (int)index);
    b->kind = !after ? TEXT_BREAK_END : after->joint == TEXT_FORCED ? TEXT_BREAK_FORCED : TEXT_BREAK_SPACE;
    b->suspended = b->kind == TEXT_BREAK_SPACE && ends_with_hyphen(word);
    b->end -= last_tracking(piece);
    b->floor = b->end < b->floor ? b->end : b->floor;
    b->hang_right = (float)right_edge(piece->font, word, word->length, word->glyph_count);
    if (after) {
        b->hang_left = (float)left_edge(after->font, after->word);
        b->next += after->gap + after->kern;
        b->next_gaps += after->gap;
    }
}

void text_para_find_breaks(struct text_para *para)
{
    size_t most = para->piece_count + 1;
    for (size_t i = 0; i < para->piece_count; i++)
        most += para->pieces[i].word->break_count;
    para->breaks = mem_alloc(most * sizeof *para->breaks);
    para->break_count = 0;
    struct sums sums = { 0, 0, 0 };
    struct text_break *start = put_break(para, &sums, -1);
    if (para->piece_count)
        start->hang_left = (float)left_edge(para->pieces[0].font, para->pieces[0].word);
    for (size_t i = 0; i < para->piece_count; i++) {
        const struct text_piece *piece = &para->pieces[i];
        const struct text_font *font = piece->font;
        sums.width += piece->gap + piece->kern;
        sums.gaps += piece->gap;
        put_word_breaks(para, &sums, i);
        sums.width += piece->word->width * font->unit + piece->word->glyph_count * font->tracking;
        sums.ems += piece->word->glyph_count * font->size;
        put_break_after(para, &sums, i);
    }
    for (int i = 0; i < para->break_count; i++)
        if (para->breaks[i].hang_right > para->most_hang)
            para->most_hang = para->breaks[i].hang_right;
}

/* ---- paragraphs --------------------------------------------------------------------------------------------- */
struct text_para *text_para_new(struct text_engine *engine, const struct text_span *spans, size_t n)
{
    struct text_para *para = mem_alloc(sizeof *para);
    para->engine = engine;
    para->group = engine->group;
    para->next = engine->paras;
    if (para->next)
        para->next->previous = para;
    engine->paras = para;
    copy_spans(para, spans, n);
    cut_pieces(para);
    join_pieces(para);
    text_para_find_breaks(para);
    return para;
}

void text_para_free(struct text_para *para)
{
    if (!para)
        return;
    *(para->previous ? &para->previous->next : &para->engine->paras) = para->next;
    if (para->next)
        para->next->previous = para->previous;
    mem_free(para->spans);
    mem_free(para->fonts);
    mem_free(para->text);
    mem_free(para->pieces);
    mem_free(para->breaks);
    mem_free(para);
}

double text_para_natural_width(const struct text_para *para)
{
    double widest = 0, start = 0;
    for (int i = 1; i < para->break_count; i++) {
        const struct text_break *b = &para->breaks[i];
        if (b->kind != TEXT_BREAK_FORCED && b->kind != TEXT_BREAK_END)
            continue;
        widest = b->end - start > widest ? b->end - start : widest;
        start = b->next;
    }
    return widest;
}

double text_para_narrowest(const struct text_para *para)
{
    double longest = 0, begin = para->break_count ? para->breaks[0].next : 0;
    for (int i = 1; i < para->break_count; i++) {
        const struct text_break *b = &para->breaks[i];
        if (b->kind == TEXT_BREAK_SOFT && b->quality == TEXT_BREAK_LAST)
            continue;
        longest = fmax(longest, b->end - begin);
        begin = b->next;
    }
    return longest;
}

/* As much as goes into each room: whoever breaks earlier has more left for the rooms that follow. */
bool text_para_fits(const struct text_para *para, const struct text_room *rooms, size_t n)
{
    int from = 0, last = para->break_count - 1;
    for (size_t i = 0; i < n && from < last; i++) {
        const struct text_break *breaks = para->breaks;
        double most = breaks[from].next + rooms[i].width + 1e-6;
        int furthest = from;
        for (int to = from + 1; to <= last && breaks[to].floor <= most; to++) {
            if (breaks[to].end <= most)
                furthest = to;
            if (breaks[to].kind == TEXT_BREAK_FORCED)
                break;
        }
        if (furthest == from)
            return false;
        from = furthest;
    }
    return from >= last;
}
