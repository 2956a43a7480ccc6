/* Any bytes as a paragraph: spans in several styles and languages, rooms of any width, each alignment. All of its text must
   come out again, in lines that say when they are overfull. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

struct setting {
    struct arena *arena;
    struct font_set *fonts;
    const struct design *design;
    const struct design_style *styles[4];
};

/* Opened once: fonts and template are not what is tried here. */
static const struct setting *setting(void)
{
    static struct setting s;
    if (!s.design) {
        static const char *const names[4] = { "body", "h2", "list", "table-cell" };
        struct diag *diag = diag_new();
        s.fonts = font_set_new(diag);
        s.arena = arena_new();
        s.design = design_read("standard", s.arena, diag);
        if (!s.fonts || !s.design)
            abort();
        for (int i = 0; i < 4; i++)
            s.styles[i] = design_lookup_style(s.design, names[i]);
        diag_free(diag);
    }
    return &s;
}

/* A byte below 8 ends a span and says how the next one is set. */
static size_t cut(const struct setting *s, const unsigned char *data, size_t size, struct text_span *spans, size_t most)
{
    static const char *const langs[] = { "da", "en", "ar", "" };
    size_t n = 0, start = 0;
    unsigned how = 0;
    for (size_t i = 0; i <= size && n < most; i++) {
        if (i < size && data[i] >= 8)
            continue;
        spans[n++] = (struct text_span){ .text = (const char *)data + start, .length = i - start, .style = s->styles[how % 4],
                                         .flags = how, .lang = langs[how / 2] };
        how = i < size ? data[i] : 0;
        start = i + 1;
    }
    return n;
}

static void check_lines(struct text_para *para, const struct text_lines *lines, struct arena *arena)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct text_line *line = &lines->lines[i];
        struct text_run *runs;
        size_t n = text_line_runs(para, line, arena, &runs);
        if (!line->overfull && line->ink > line->width + 1e-3)
            abort();
        for (size_t k = 0; k < n; k++) {
            size_t bytes = 0;
            for (size_t g = 0; g < runs[k].count; g++)
                bytes += runs[k].glyphs[g].text_length;
            if (bytes != runs[k].text_length)
                abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    enum { MOST_SPANS = 16, MOST_ROOMS = 4 };
    const struct setting *s = setting();
    if (size < 8)
        return 0;
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct text_engine *engine = text_engine_new(s->fonts, s->design, diag);
    struct text_room rooms[MOST_ROOMS];
    for (int i = 0; i < MOST_ROOMS; i++)
        rooms[i] = (struct text_room){ .width = 2.0 * data[i], .left_shape = data[i] & 1, .right_shape = data[i] & 2 };
    int end = data[6] % 8;
    struct text_request request = { .rooms = rooms, .room_count = 1 + data[4] % MOST_ROOMS, .indent = data[4] / 8,
                                    .align = (enum design_align)(data[5] % 4), .looseness = data[5] / 64 - 1,
                                    .column_ends = &end, .column_end_count = data[6] / 128 };
    char *polished = text_polish(s->design, "da", (const char *)data + 8, size - 8, data[7], arena);
    for (int i = 0; i < 2; i++) {          /* as it came, and polished */
        struct text_span spans[MOST_SPANS];
        const unsigned char *text = i ? (const unsigned char *)polished : data + 8;
        size_t n = cut(s, text, i ? strlen(polished) : size - 8, spans, MOST_SPANS);
        struct text_para *para = text_para_new(engine, spans, n);
        struct text_lines lines = text_para_break(para, &request, arena);
        check_lines(para, &lines, arena);
    }
    text_engine_free(engine);
    diag_free(diag);
    arena_free(arena);
    return 0;
}
