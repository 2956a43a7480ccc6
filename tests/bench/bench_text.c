/* What the text engine costs, by phase: bench_text FILE [TIMES]. FILE is plain text, paragraphs apart by empty lines
   (tests/text/proof-da.txt). Medians of TIMES runs, each with a new engine; not a test. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/file.h"
#include "text/text.h"

enum { MOST_RUNS = 101, MOST_PARAGRAPHS = 4000, PHASES = 4 };
static const char *const phases[PHASES] = { "polish", "paragraphs (shape, hyphenate, sums)", "break at 83 mm", "lines to runs" };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct bench {
    const struct design *design;
    struct font_set *fonts;
    struct diag *diag;
    const char *text;
    double times[PHASES][MOST_RUNS];
    size_t lines, paragraphs;
    struct text_statistics statistics;
};

static size_t split(const struct bench *b, struct arena *arena, char **out)
{
    size_t n = 0;
    for (const char *s = b->text; *s && n < MOST_PARAGRAPHS; s += strspn(s, "\n")) {
        const char *end = strstr(s, "\n\n");
        size_t length = end ? (size_t)(end - s) : strlen(s);
        out[n++] = text_polish(b->design, "da", s, length, 0, arena);
        s += length;
    }
    return n;
}

static void run(struct bench *b, int index)
{
    static char *texts[MOST_PARAGRAPHS];
    static struct text_para *paras[MOST_PARAGRAPHS];
    static struct text_lines lines[MOST_PARAGRAPHS];
    struct arena *arena = arena_new();
    struct text_engine *engine = text_engine_new(b->fonts, b->design, b->diag);
    const struct design_style *body = design_lookup_style(b->design, "body");
    double t[PHASES + 1] = { now() };
    size_t n = split(b, arena, texts);
    t[1] = now();
    for (size_t i = 0; i < n; i++) {
        struct text_span span = { .text = texts[i], .length = strlen(texts[i]), .style = body, .lang = "da" };
        paras[i] = text_para_new(engine, &span, 1);
    }
    t[2] = now();
    struct text_room room = { .width = 83 * 72 / 25.4 };
    struct text_request request = { .rooms = &room, .room_count = 1, .indent = 12, .align = DESIGN_JUSTIFY };
    for (size_t i = 0; i < n; i++)
        lines[i] = text_para_break(paras[i], &request, arena);
    t[3] = now();
    b->lines = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < lines[i].count; k++, b->lines++) {
            struct text_run *runs;
            text_line_runs(paras[i], &lines[i].lines[k], arena, &runs);
        }
    t[4] = now();
    for (int p = 0; p < PHASES; p++)
        b->times[p][index] = t[p + 1] - t[p];
    b->paragraphs = n;
    b->statistics = text_statistics(engine);
    text_engine_free(engine);
    arena_free(arena);
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct bench b = { .diag = diag_new() };
    struct buf text = BUF_EMPTY;
    int runs = argc > 2 ? atoi(argv[2]) : 21;
    runs = runs < 1 ? 1 : runs > MOST_RUNS ? MOST_RUNS : runs;
    if (argc < 2 || !file_read(argv[1], (size_t)1 << 28, &text, (struct source){ NULL, 0, 0 }, b.diag)) {
        fprintf(stderr, "usage: bench_text FILE [TIMES]\n");
        return 2;
    }
    b.text = buf_text(&text);
    b.fonts = font_set_new(b.diag);
    b.design = design_read("standard", arena, b.diag);
    for (int i = 0; i < runs; i++)
        run(&b, i);
    const struct text_statistics *s = &b.statistics;
    printf("%zu paragraphs, %zu words (%zu shaped, %zu hyphenated), %zu lines, %.1f lines tried a word\n", b.paragraphs, s->words,
           s->shaped, s->hyphenated, b.lines, (double)s->fits / (double)s->words);
    for (int p = 0; p < PHASES; p++) {
        qsort(b.times[p], (size_t)runs, sizeof(double), ascending);
        double median = b.times[p][runs / 2];
        printf("%-40s %8.3f ms %8.0f ns a word\n", phases[p], median, median * 1e6 / (double)s->words);
    }
    font_set_free(b.fonts);
    diag_free(b.diag);
    arena_free(arena);
    buf_free(&text);
    return 0;
}
