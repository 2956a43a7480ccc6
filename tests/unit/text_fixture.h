/* What the tests of the text layer share: the shipped fonts, a design that can be changed, and random text. */
#ifndef TEXT_FIXTURE_H
#define TEXT_FIXTURE_H
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "text/text.h"
#include "unit.h"

struct fixture {
    struct arena *arena;
    struct diag *diag;
    struct font_set *fonts;
    struct design design;                  /* a copy of the standard template's, for the test to change */
    struct design_style body;              /* its body style */
    struct text_engine *engine;
    uint32_t seed;
};

static struct fixture fx;

static void fixture_begin(void)
{
    fx = (struct fixture){ .arena = arena_new(), .diag = diag_new(), .seed = 1 };
    fx.fonts = font_set_new(fx.diag);
    const struct design *design = design_read("standard", fx.arena, fx.diag);
    ck_assert_ptr_nonnull(fx.fonts);
    ck_assert_ptr_nonnull(design);
    fx.design = *design;
    fx.body = *design_lookup_style(design, "body");
    fx.engine = text_engine_new(fx.fonts, &fx.design, fx.diag);
}

static void fixture_end(void)
{
    text_engine_free(fx.engine);
    font_set_free(fx.fonts);
    size_t errors = diag_errors(fx.diag);
    if (errors)
        diag_print(fx.diag, stderr, DIAG_TEXT);
    ck_assert_uint_eq(errors, 0);
    diag_free(fx.diag);
    arena_free(fx.arena);
}

/* The same numbers on every machine. */
static inline unsigned fixture_random(unsigned below)
{
    fx.seed = fx.seed * 1664525u + 1013904223u;
    return (fx.seed >> 8) % below;
}

static inline struct text_para *fixture_para(const char *text)
{
    struct text_span span = { .text = text, .length = strlen(text), .style = &fx.body, .lang = "da" };
    return text_para_new(fx.engine, &span, 1);
}

/* Paragraphs of a file, apart by empty lines, as strings in the fixture's arena. */
static inline size_t fixture_paragraphs(const char *path, char **out, size_t most)
{
    struct buf text = BUF_EMPTY;
    ck_assert(file_read(path, 1 << 20, &text, (struct source){ NULL, 0, 0 }, fx.diag));
    size_t n = 0;
    for (const char *s = buf_text(&text); *s && n < most;) {
        const char *end = strstr(s, "\n\n");
        size_t length = end ? (size_t)(end - s) : strcspn(s, "\n");
        out[n++] = arena_strndup(fx.arena, s, length);
        s += length;
        s += strspn(s, "\n");
    }
    buf_free(&text);
    return n;
}

#endif
