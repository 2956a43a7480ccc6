/* What the tests of the layout layer share: the standard template's design, text in any amount, and boxes made in a line
   each. */
#ifndef LAYOUT_FIXTURE_H
#define LAYOUT_FIXTURE_H
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "layout/layout.h"
#include "unit.h"

struct fixture {
    struct arena *arena;
    struct diag *diag;
    struct font_set *fonts;
    const struct design *design;
    struct text_engine *engine;
    struct display_document *doc;
    struct layout_sequence *sequences;
    uint32_t seed;
    int first_page;                        /* 0: 1 */
    int line;                              /* of the next box in the plan that is not there */
};

static struct fixture fx;

static inline void fixture_begin(void)
{
    fx = (struct fixture){ .arena = arena_new(), .diag = diag_new(), .seed = 1, .line = 1 };
    fx.fonts = font_set_new(fx.diag);
    fx.design = design_read("standard", fx.arena, fx.diag);
    ck_assert_ptr_nonnull(fx.fonts);
    ck_assert_ptr_nonnull(fx.design);
    fx.engine = text_engine_new(fx.fonts, fx.design, fx.diag);
    fx.doc = display_new(fx.design, "da");
}

static inline void fixture_end(void)
{
    display_free(fx.doc);
    text_engine_free(fx.engine);
    font_set_free(fx.fonts);
    diag_free(fx.diag);
    arena_free(fx.arena);
}

static inline unsigned fixture_random(unsigned below)
{
    fx.seed = fx.seed * 1664525u + 1013904223u;
    return (fx.seed >> 8) % below;
}

static inline struct source fixture_at(void)
{
    return (struct source){ "plan.xml", fx.line++, 5 };
}

/* ---- words ---------------------------------------------------------------------------------------------------- */

static const char fixture_words[] =
    "Beskæftigelsesindsatsen i kommunen bygger på et tæt samarbejde med virksomhederne, uddannelsesstederne og de "
    "frivillige foreninger. Når flere kommer i arbejde, vokser fællesskabet, og færre er afhængige af offentlig "
    "forsørgelse. Udvalget ønsker derfor at understøtte en tidlig og sammenhængende indsats, hvor borgeren møder én "
    "indgang og en plan, som vedkommende selv har været med til at lægge. Ledigheden er faldet, men ikke for alle: de "
    "unge uden uddannelse og borgere med komplekse udfordringer har brug for mere tid, bedre vejledning og længere forløb. "
    "Virksomhedssamarbejdet er helt centralt, hvis det fortsat skal lykkes at skabe de bedste forudsætninger for et "
    "rummeligt og velfungerende arbejdsmarked til gavn for både virksomheder, ledige og sygemeldte. ";

/* `count` words from the text above, beginning anywhere; every one numbered when `numbered`, so that order shows. */
static inline char *fixture_text(size_t count)
{
    struct buf text = BUF_EMPTY;
    const char *s = fixture_words + fixture_random(sizeof fixture_words / 2);
    s = strchr(s, ' ') + 1;
    for (size_t i = 0; i < count; i++) {
        if (!*s)
            s = fixture_words;
        size_t n = strcspn(s, " ");
        if (i)
            buf_putc(&text, ' ');
        buf_put(&text, s, n);
        s += n;
        s += *s == ' ';
    }
    char *copy = arena_strndup(fx.arena, buf_text(&text), text.length);
    buf_free(&text);
    return copy;
}

/* ---- boxes ---------------------------------------------------------------------------------------------------- */

static inline struct layout_box *fixture_box(struct layout_box *parent, enum layout_kind kind, const char *name)
{
    struct layout_box *box = layout_box_new(fx.arena, kind, fixture_at());
    box->name = name;
    if (parent)
        layout_append(parent, box);
    return box;
}

static inline struct layout_box *fixture_paragraph_of(struct layout_box *parent, const char *style, const char *text,
                                                      struct display_node *above, enum display_role role)
{
    struct layout_box *box = fixture_box(parent, LAYOUT_PARAGRAPH, style);
    struct text_span *span = arena_new_of(fx.arena, struct text_span);
    box->style = design_lookup_style(fx.design, style);
    ck_assert_ptr_nonnull(box->style);
    *span = (struct text_span){ .text = text, .length = strlen(text), .style = box->style, .lang = "da",
                                .at = box->at };
    box->spans = span;
    box->span_count = 1;
    box->text_align = box->style->align;
    box->margin.top = box->style->space_before;
    box->margin.bottom = box->style->space_after;
    box->node = display_add_node(fx.doc, above, role, box->at);
    return box;
}

static inline struct layout_box *fixture_paragraph_role(struct layout_box *parent, const char *style, const char *text,
                                                        enum display_role role)
{
    return fixture_paragraph_of(parent, style, text, fx.doc->root, role);
}

static inline struct layout_box *fixture_paragraph(struct layout_box *parent, const char *style, const char *text)
{
    return fixture_paragraph_role(parent, style, text, DISPLAY_P);
}

/* A list item with a drawn disc. */
static inline struct layout_box *fixture_item(struct layout_box *parent, const char *text)
{
    struct source at = fixture_at();
    struct display_node *list = display_add_node(fx.doc, fx.doc->root, DISPLAY_L, at);
    struct display_node *item = display_add_node(fx.doc, list, DISPLAY_LI, at);
    struct display_node *label = display_add_node(fx.doc, item, DISPLAY_LBL, at);
    struct layout_box *box = fixture_paragraph_of(parent, "list", text, item, DISPLAY_LBODY);
    struct text_span *bullet = arena_new_of(fx.arena, struct text_span);
    *bullet = (struct text_span){ .text = "•", .length = 3, .style = box->style, .lang = "da", .at = box->at };
    box->label = arena_new_of(fx.arena, struct layout_label);
    *box->label = (struct layout_label){ .spans = bullet, .count = 1, .disc = true, .size = 4.2,
                                         .colour = design_lookup_colour(fx.design, "primary") };
    box->label->node = label;
    return box;
}

/* A disc of the size it is told, or a rectangle. */
struct fixture_shape {
    double width, height;
    bool round;
    const struct design_colour *colour;
};

static inline struct layout_size fixture_measure(void *data, struct layout_size room)
{
    const struct fixture_shape *s = data;
    (void)room;
    return (struct layout_size){ s->width, s->height };
}

static inline void fixture_outline(void *data, struct rect frame, struct path *out)
{
    const struct fixture_shape *s = data;
    if (s->round)
        path_ellipse(out, frame.x + frame.width / 2, frame.y + frame.height / 2, frame.width / 2, frame.height / 2);
    else
        path_rect(out, frame);
}

static inline void fixture_draw(void *data, struct display_page *page, struct rect frame)
{
    const struct fixture_shape *s = data;
    struct path path = PATH_EMPTY;
    fixture_outline(data, frame, &path);
    display_fill(page, &path, s->colour);
    path_free(&path);
}

static inline struct layout_box *fixture_shape(struct layout_box *parent, double width, double height, bool round)
{
    struct layout_box *box = fixture_box(parent, LAYOUT_DRAWING, round ? "disc" : "field");
    struct fixture_shape *s = arena_new_of(fx.arena, struct fixture_shape);
    struct layout_drawing *d = arena_new_of(fx.arena, struct layout_drawing);
    *s = (struct fixture_shape){ width, height, round, design_lookup_colour(fx.design, "area-3-light") };
    *d = (struct layout_drawing){ s, fixture_measure, fixture_draw, round ? fixture_outline : NULL };
    box->drawing = d;
    box->node = display_add_node(fx.doc, fx.doc->root, DISPLAY_FIGURE, box->at);
    box->node->alt = "A shape.";
    return box;
}

static inline struct layout_float *fixture_float(struct layout_box *columns, enum layout_side side, double align,
                                                 double size)
{
    struct layout_float *f = arena_new_of(fx.arena, struct layout_float), **end = &columns->floats;
    *f = (struct layout_float){ .box = fixture_shape(NULL, size, size, true), .side = side, .align = align };
    while (*end)
        end = &(*end)->next;
    *end = f;
    return f;
}

/* ---- a run ---------------------------------------------------------------------------------------------------- */

static inline struct layout_box *fixture_sequence(void)
{
    struct layout_sequence *s = arena_new_of(fx.arena, struct layout_sequence), **end = &fx.sequences;
    *s = (struct layout_sequence){ .master = "plain", .content = fixture_box(NULL, LAYOUT_STACK, "page"),
                                   .start = LAYOUT_BREAK_PAGE, .top = NAN, .bottom = NAN };
    while (*end)
        end = &(*end)->next;
    *end = s;
    return s->content;
}

static inline bool fixture_set(bool proof)
{
    struct layout_job job = { .document = fx.doc, .engine = fx.engine, .arena = fx.arena, .sequences = fx.sequences,
                              .first_page = fx.first_page ? fx.first_page : 1, .proof = proof };
    bool good = layout_run(&job, fx.diag);
    display_finish(fx.doc);
    return good;
}

/* Ink of two runs of text on one another: wrong lines in a place, or a place given twice. */
static inline void fixture_assert_apart(const struct display_page *page)
{
    for (const struct display_item *a = page->first; a; a = a->next)
        for (const struct display_item *b = a->next; b && a->kind == DISPLAY_GLYPHS; b = b->next) {
            if (b->kind != DISPLAY_GLYPHS || fabs(a->y - b->y) > 5)
                continue;
            double over = fmin(a->x + a->run.width, b->x + b->run.width) - fmax(a->x, b->x);
            ck_assert_msg(over < 4, "text on text at %f %f on page %d (plan.xml:%d and %d)", b->x, b->y,
                          page->index + 1, a->at.line, b->at.line);
        }
}

#endif
