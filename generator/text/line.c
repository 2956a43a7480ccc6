/* Set lines as runs of glyphs. */
#include "text/break.h"

#include <string.h>

/* A line's part of a piece, with the space before it. */
struct part {
    const struct text_piece *piece;
    const struct text_word *word;          /* the piece's, or its half */
    bool gap;                              /* the space before the piece lies in this line */
    double width, gap_width;
    double x, gap_x;                       /* left edges */
};

struct setter {
    const struct text_para *para;
    const struct text_line *line;
    struct part *parts;
    size_t part_count;
    struct text_run *runs, *run;
    size_t run_count;
    uint32_t run_span;                     /* whose text the run in hand is */
    const struct text_font *run_font;
    struct text_glyph *glyphs;             /* of all runs, one after another */
    size_t glyph_count;
    char *text;
    size_t text_length;
};

/* ---- parts -------------------------------------------------------------------------------------------------- */
static bool inside_word(const struct text_break *b)
{
    return b->kind == TEXT_BREAK_SOFT || b->kind == TEXT_BREAK_HARD;
}

static int first_piece(const struct text_para *para, int start)
{
    const struct text_break *a = &para->breaks[start];
    return start == 0 ? 0 : inside_word(a) ? a->piece : a->piece + 1;
}

static void collect_parts(struct setter *setter, struct arena *arena)
{
    const struct text_para *para = setter->para;
    int start = setter->line->start, end = setter->line->end;
    const struct text_break *a = &para->breaks[start], *b = &para->breaks[end];
    bool from_inside = start > 0 && inside_word(a), to_inside = inside_word(b);
    int first = first_piece(para, start);
    setter->parts = arena_array(arena, struct part, b->piece - first + 1);
    for (int i = first; i <= b->piece; i++) {
        const struct text_piece *piece = &para->pieces[i];
        int from = from_inside && i == a->piece ? a->hyphen : -1, to = to_inside && i == b->piece ? b->hyphen : -1;
        setter->parts[setter->part_count++] = (struct part){
            .piece = piece,
            .word = text_word_part(para->engine, piece->word, from, to),
            .gap = i > first && piece->gap > 0,
        };
    }
}

/* ---- widths ------------------------------------------------------------------------------------------------- */
static double tracking_of(const struct setter *setter, const struct text_font *font)
{
    return font->tracking + setter->line->tracking * font->size;
}

/* The gaps take what the glyphs leave of the ink's width: expansion and tracking were rounded, and halves of broken words
   were estimated. */
static void measure_parts(struct setter *setter)
{
    const struct text_line *line = setter->line;
    double glyphs = 0, gaps = 0, last = 0;
    for (size_t i = 0; i < setter->part_count; i++) {
        struct part *part = &setter->parts[i];
        const struct text_font *font = part->piece->font;
        part->width = part->word->width * font->unit * (1 + line->expansion) +
                      part->word->glyph_count * tracking_of(setter, font);
        glyphs += part->width + (part->gap ? part->piece->kern : 0);
        gaps += part->gap ? part->piece->gap : 0;
        last = tracking_of(setter, font);
    }
    double room = line->ink + line->hang_left + line->hang_right - (glyphs - last), scale = gaps > 0 ? room / gaps : 1;
    for (size_t i = 0; i < setter->part_count; i++)
        if (setter->parts[i].gap)
            setter->parts[i].gap_width = setter->parts[i].piece->gap * scale + setter->parts[i].piece->kern;
}

/* ---- places ------------------------------------------------------------------------------------------------- */
/* A space or a word, as the eye meets it. */
struct unit {
    double width, *x;
    uint8_t level;
};

static size_t list_units(struct setter *setter, struct unit *units)
{
    size_t n = 0;
    for (size_t i = 0; i < setter->part_count; i++) {
        struct part *part = &setter->parts[i];
        if (part->gap)
            units[n++] = (struct unit){ part->gap_width, &part->gap_x, part->piece->gap_level };
        units[n++] = (struct unit){ part->width, &part->x, part->piece->level };
    }
    return n;
}

/* UAX 9, rule L2: from the highest level down to the lowest odd one, turn each stretch at that level or above. */
static void order_units(struct unit *units, size_t n)
{
    int highest = 0;
    for (size_t i = 0; i < n; i++)
        highest = units[i].level > highest ? units[i].level : highest;
    for (int level = highest; level > 0; level--)
        for (size_t i = 0; i < n;) {
            size_t end = i;
            while (end < n && units[end].level >= level)
                end++;
            for (size_t a = i, b = end; a + 1 < b; a++) {
                struct unit swap = units[a];
                units[a] = units[--b];
                units[b] = swap;
            }
            i = end + 1;
        }
}

static void place_parts(struct setter *setter, struct arena *arena)
{
    struct unit *units = arena_array(arena, struct unit, 2 * setter->part_count);
    size_t n = list_units(setter, units);
    if (setter->para->mixed)
        order_units(units, n);
    double x = setter->line->offset - setter->line->hang_left;
    for (size_t i = 0; i < n; i++) {
        *units[i].x = x;
        x += units[i].width;
    }
}

/* ---- runs --------------------------------------------------------------------------------------------------- */
static void begin_run(struct setter *setter, uint32_t span_index, const struct text_font *font, double x)
{
    const struct text_span *span = &setter->para->spans[span_index];
    struct text_run *run = setter->run = &setter->runs[setter->run_count++];
    setter->run_span = span_index;
    setter->run_font = font;
    *run = (struct text_run){
        .face = font->shaper->face,
        .size = font->size,
        .stretch = 1 + setter->line->expansion,
        .tracking = tracking_of(setter, font),
        .colour = span->colour ? span->colour : font->style->colour,
        .x = x,
        .rise = font->rise,
        .glyphs = setter->glyphs + setter->glyph_count,
        .text = setter->text + setter->text_length,
        .lang = span->lang,
        .mark = span->mark,
        .at = span->at,
    };
}

/* The run of that span and font: the one in hand, or a new one at x. Text from right to left begins anew at each word, as
   its words stand in the other order. */
static void need_run(struct setter *setter, uint32_t span, const struct text_font *font, bool turned, double x)
{
    bool same = setter->run && setter->run_span == span && setter->run_font == font;
    if (!same || turned)
        begin_run(setter, span, font, x);
}

static void extend_run(struct setter *setter, double to)
{
    double width = to - setter->run->x;
    setter->run->width = width > setter->run->width ? width : setter->run->width;
}

static void put_text(struct setter *setter, const char *text, size_t n)
{
    memcpy(setter->text + setter->text_length, text, n);
    setter->text_length += n;
    setter->run->text_length += n;
}

static struct text_glyph *put_glyph(struct setter *setter, unsigned glyph, double x, double y)
{
    struct text_glyph *g = &setter->glyphs[setter->glyph_count++];
    *g = (struct text_glyph){ .glyph = (uint16_t)glyph, .text_at = (uint32_t)setter->run->text_length,
                              .x = (float)(x - setter->run->x), .y = (float)y };
    setter->run->count++;
    return g;
}

static void put_space(struct setter *setter, const struct text_font *font, bool fixed, double x)
{
    const struct text_shaper *shaper = font->shaper;
    struct text_glyph *g = put_glyph(setter, fixed ? shaper->no_break_glyph : shaper->space_glyph, x, 0);
    put_text(setter, fixed ? "\u00a0" : " ", fixed ? 2 : 1);
    g->text_length = fixed ? 2 : 1;
}

static void put_gap(struct setter *setter, const struct part *part)
{
    const struct text_piece *piece = part->piece;
    const struct text_font *font = setter->para->fonts[piece->gap_span];
    need_run(setter, piece->gap_span, font, piece->gap_level & 1, part->gap_x);
    put_space(setter, font, piece->joint == TEXT_NO_BREAK_SPACE, part->gap_x);
    extend_run(setter, part->gap_x + part->gap_width);
}

static void put_word_glyph(struct setter *setter, const struct part *part, size_t i, size_t start, double x)
{
    const struct text_word_glyph *from = &part->word->glyphs[i];
    double unit = part->piece->font->unit;
    struct text_glyph *g = put_glyph(setter, from->glyph, x + from->dx * unit * (1 + setter->line->expansion), from->dy * unit);
    g->text_at = (uint32_t)(start + from->at);
    g->text_length = from->length;
}

/* Glyphs in the order of the text: from right to left they are put from the right. */
static void put_word_glyphs(struct setter *setter, const struct part *part)
{
    const struct text_word *word = part->word;
    double unit = part->piece->font->unit * (1 + setter->line->expansion), tracking = setter->run->tracking;
    size_t start = setter->run->text_length;
    bool rtl = word->shaper->rtl;
    double x = rtl ? part->x + part->width : part->x;
    for (size_t k = 0; k < word->glyph_count; k++) {
        size_t i = rtl ? word->glyph_count - 1u - k : k;
        double advance = word->glyphs[i].advance * unit + tracking;
        x -= rtl ? advance : 0;
        put_word_glyph(setter, part, i, start, x);
        x += rtl ? 0 : advance;
    }
}

static void put_word(struct setter *setter, const struct part *part, bool soft)
{
    const struct text_word *word = part->word;
    need_run(setter, part->piece->span, part->piece->font, part->piece->level & 1, part->x);
    put_word_glyphs(setter, part);
    if (soft && word->length) {
        /* What was put to break the word is told from a hyphen of the text. */
        put_text(setter, word->text, word->length - 1u);
        put_text(setter, "\u00ad", 2);
        setter->glyphs[setter->glyph_count - 1].text_length = 2;
    } else {
        put_text(setter, word->text, word->length);
    }
    extend_run(setter, part->x + part->width);
}

/* The space at which the line was broken stays, without a width of its own: extracted words are not joined. */
static void put_last_space(struct setter *setter)
{
    const struct text_break *b = &setter->para->breaks[setter->line->end];
    if ((b->kind != TEXT_BREAK_SPACE && b->kind != TEXT_BREAK_FORCED) || !setter->run)
        return;
    const struct part *last = &setter->parts[setter->part_count - 1];
    put_space(setter, setter->run_font, false, last->x + last->width);
}

static void set_parts(struct setter *setter)
{
    const struct text_break *b = &setter->para->breaks[setter->line->end];
    for (size_t i = 0; i < setter->part_count; i++) {
        if (setter->parts[i].gap)
            put_gap(setter, &setter->parts[i]);
        put_word(setter, &setter->parts[i], i + 1 == setter->part_count && b->kind == TEXT_BREAK_SOFT);
    }
}

static void make_room(struct setter *setter, struct arena *arena)
{
    size_t glyphs = 1, bytes = 4, runs = 1;
    for (size_t i = 0; i < setter->part_count; i++) {
        glyphs += setter->parts[i].word->glyph_count + 1u;
        bytes += setter->parts[i].word->length + 3u;
        runs += 2;
    }
    setter->glyphs = arena_array(arena, struct text_glyph, glyphs);
    setter->text = arena_alloc(arena, bytes);
    setter->runs = arena_array(arena, struct text_run, runs);
}

size_t text_line_runs(struct text_para *para, const struct text_line *line, struct arena *arena, struct text_run **out)
{
    struct setter setter = { .para = para, .line = line };
    collect_parts(&setter, arena);
    make_room(&setter, arena);
    measure_parts(&setter);
    place_parts(&setter, arena);
    set_parts(&setter);
    put_last_space(&setter);
    *out = setter.runs;
    return setter.run_count;
}

bool text_line_has_mark(const struct text_para *para, const struct text_line *line, const void *mark)
{
    for (int i = first_piece(para, line->start); i <= para->breaks[line->end].piece; i++)
        if (para->spans[para->pieces[i].span].mark == mark)
            return true;
    return false;
}

void text_line_ink(struct text_para *para, const struct text_line *line, double *left, double *right)
{
    (void)para;
    *left = line->offset - line->hang_left;
    *right = line->offset + line->ink + line->hang_right;
}
