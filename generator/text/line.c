/* Set lines as runs of glyphs. */
#include "text/break.h"

#include <string.h>

/* A line's part of a piece. */
struct part {
    const struct text_piece *piece;
    const struct text_word *word;          /* the piece's, or its half */
    bool gap;                              /* the space before the piece lies in this line */
};

struct setter {
    const struct text_para *para;
    const struct text_line *line;
    struct part *parts;
    size_t part_count;
    double gap_scale;
    struct text_run *runs, *run;
    size_t run_count;
    uint32_t run_span;                     /* whose text the run in hand is */
    struct text_glyph *glyphs;             /* of all runs, one after another */
    size_t glyph_count;
    char *text;
    size_t text_length;
    double x;
};

/* ---- parts -------------------------------------------------------------------------------------------------- */
static bool inside_word(const struct text_break *b)
{
    return b->kind == TEXT_BREAK_SOFT || b->kind == TEXT_BREAK_HARD;
}

static void collect_parts(struct setter *setter, struct arena *arena)
{
    const struct text_para *para = setter->para;
    int start = setter->line->start, end = setter->line->end;
    const struct text_break *a = &para->breaks[start], *b = &para->breaks[end];
    bool from_inside = start > 0 && inside_word(a), to_inside = inside_word(b);
    int first = start == 0 ? 0 : from_inside ? a->piece : a->piece + 1;
    setter->parts = arena_array(arena, struct part, b->piece - first + 1);
    for (int i = first; i <= b->piece; i++) {
        const struct text_piece *piece = &para->pieces[i];
        int from = from_inside && i == a->piece ? a->hyphen : -1, to = to_inside && i == b->piece ? b->hyphen : -1;
        setter->parts[setter->part_count++] = (struct part){
            .piece = piece,
            .word = text_word_part(para->engine, piece->word, from, to),
            .gap = i > first,
        };
    }
}

static const struct text_font *font_of(const struct setter *setter, const struct part *part)
{
    return setter->para->fonts[part->piece->span];
}

static double glyphs_width(const struct setter *setter, const struct part *part)
{
    const struct text_font *font = font_of(setter, part);
    double tracking = font->tracking + setter->line->tracking * font->size;
    return part->word->width * font->unit * (1 + setter->line->expansion) + part->word->glyph_count * tracking;
}

/* The gaps take what the glyphs leave of the ink's width: expansion and tracking were rounded, and halves of broken words
   were estimated. */
static void scale_gaps(struct setter *setter)
{
    const struct text_line *line = setter->line;
    double glyphs = 0, gaps = 0, last = 0;
    for (size_t i = 0; i < setter->part_count; i++) {
        const struct part *part = &setter->parts[i];
        glyphs += glyphs_width(setter, part);
        if (part->gap) {
            gaps += part->piece->gap;
            glyphs += part->piece->kern;
        }
        last = font_of(setter, part)->tracking + line->tracking * font_of(setter, part)->size;
    }
    double room = line->ink + line->hang_left + line->hang_right - (glyphs - last);
    setter->gap_scale = gaps > 0 ? room / gaps : 1;
}

/* ---- runs --------------------------------------------------------------------------------------------------- */
static void begin_run(struct setter *setter, uint32_t span_index)
{
    const struct text_para *para = setter->para;
    const struct text_span *span = &para->spans[span_index];
    const struct text_font *font = para->fonts[span_index];
    struct text_run *run = setter->run = &setter->runs[setter->run_count++];
    *run = (struct text_run){
        .face = font->shaper->face,
        .size = font->size,
        .stretch = 1 + setter->line->expansion,
        .tracking = font->tracking + setter->line->tracking * font->size,
        .colour = span->colour ? span->colour : font->style->colour,
        .x = setter->x,
        .rise = font->rise,
        .glyphs = setter->glyphs + setter->glyph_count,
        .text = setter->text + setter->text_length,
        .lang = span->lang,
        .mark = span->mark,
        .at = span->at,
    };
}

static void put_text(struct setter *setter, const char *text, size_t n)
{
    memcpy(setter->text + setter->text_length, text, n);
    setter->text_length += n;
    setter->run->text_length += n;
}

static struct text_glyph *put_glyph(struct setter *setter, unsigned glyph, double dx, double dy)
{
    struct text_glyph *g = &setter->glyphs[setter->glyph_count++];
    *g = (struct text_glyph){ .glyph = (uint16_t)glyph, .text_at = (uint32_t)setter->run->text_length,
                              .x = (float)(setter->x - setter->run->x + dx), .y = (float)dy };
    setter->run->count++;
    return g;
}

/* The run of that span at the pen: the one in hand, or a new one. */
static void need_run(struct setter *setter, uint32_t span)
{
    if (setter->run && setter->run_span == span)
        return;
    begin_run(setter, span);
    setter->run_span = span;
}

static void end_run_at_pen(struct setter *setter)
{
    if (setter->run)
        setter->run->width = setter->x - setter->run->x;
}

static void put_space(struct setter *setter, const struct text_piece *piece, double width)
{
    need_run(setter, piece->gap_span);
    const struct text_shaper *shaper = setter->para->fonts[piece->gap_span]->shaper;
    bool fixed = piece->joint == TEXT_NO_BREAK_SPACE;
    struct text_glyph *g = put_glyph(setter, fixed ? shaper->no_break_glyph : shaper->space_glyph, 0, 0);
    put_text(setter, fixed ? "\u00a0" : " ", fixed ? 2 : 1);
    g->text_length = fixed ? 2 : 1;
    setter->x += width;
    end_run_at_pen(setter);
}

/* Bytes of text that glyph i of a word stands for: its cluster's for the first glyph of a cluster, none for the rest. */
static size_t cluster_length(const struct text_word *word, size_t i)
{
    if (i > 0 && word->glyphs[i - 1].at == word->glyphs[i].at)
        return 0;
    size_t next = i + 1;
    while (next < word->glyph_count && word->glyphs[next].at == word->glyphs[i].at)
        next++;
    return (next < word->glyph_count ? word->glyphs[next].at : word->length) - word->glyphs[i].at;
}

static void put_word(struct setter *setter, const struct part *part, bool soft)
{
    const struct text_font *font = font_of(setter, part);
    const struct text_word *word = part->word;
    need_run(setter, part->piece->span);
    double unit = font->unit * (1 + setter->line->expansion), tracking = setter->run->tracking;
    size_t start = setter->run->text_length;
    for (size_t i = 0; i < word->glyph_count; i++) {
        const struct text_word_glyph *from = &word->glyphs[i];
        struct text_glyph *g = put_glyph(setter, from->glyph, from->dx * unit, from->dy * font->unit);
        g->text_at = (uint32_t)(start + from->at);
        g->text_length = (uint16_t)cluster_length(word, i);
        setter->x += from->advance * unit + tracking;
    }
    if (soft && word->length) {
        /* What was put to break the word is told from a hyphen of the text. */
        put_text(setter, word->text, word->length - 1u);
        put_text(setter, "\u00ad", 2);
        setter->glyphs[setter->glyph_count - 1].text_length = 2;
    } else {
        put_text(setter, word->text, word->length);
    }
    end_run_at_pen(setter);
}

/* The space at which the line was broken stays, without a width of its own: extracted words are not joined. */
static void put_last_space(struct setter *setter)
{
    const struct text_para *para = setter->para;
    const struct text_break *b = &para->breaks[setter->line->end];
    if (b->kind != TEXT_BREAK_SPACE && b->kind != TEXT_BREAK_FORCED)
        return;
    double width = setter->run ? setter->run->width : 0;
    struct text_piece space = { .gap_span = setter->run ? setter->run_span : para->pieces[b->piece + 1].gap_span };
    put_space(setter, &space, 0);
    setter->run->width = width;
}

static void set_parts(struct setter *setter)
{
    const struct text_break *b = &setter->para->breaks[setter->line->end];
    for (size_t i = 0; i < setter->part_count; i++) {
        const struct part *part = &setter->parts[i];
        const struct text_piece *piece = part->piece;
        if (part->gap && piece->gap > 0)
            put_space(setter, piece, piece->gap * setter->gap_scale + piece->kern);
        put_word(setter, part, i + 1 == setter->part_count && b->kind == TEXT_BREAK_SOFT);
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
    struct setter setter = { .para = para, .line = line, .x = line->offset - line->hang_left };
    collect_parts(&setter, arena);
    make_room(&setter, arena);
    scale_gaps(&setter);
    set_parts(&setter);
    put_last_space(&setter);
    *out = setter.runs;
    return setter.run_count;
}

void text_line_ink(struct text_para *para, const struct text_line *line, double *left, double *right)
{
    (void)para;
    *left = line->offset - line->hang_left;
    *right = line->offset + line->ink + line->hang_right;
}
