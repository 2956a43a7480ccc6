/* A small document made by hand, with one of everything that a page can show: for the tests of pdf and output. */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H
#include <string.h>

#include "base/utf8.h"
#include "display/display.h"

struct sample {
    struct font_set *fonts;
    struct diag *diag;
    struct display_document *doc;
    struct display_page *page;
    const struct font_face *regular, *bold;
};

static struct design_colour sample_ink = { .name = "ink", .rgb = { 26, 32, 44 }, .agenda = { 0, 0, 0 }, .cmyk = { 0, 0, 0, 100 } };
static struct design_colour sample_main = { .name = "area-1-main", .rgb = { 0, 110, 120 }, .agenda = { 80, 80, 80 }, .cmyk = { 90, 30, 40, 10 } };
static struct design_colour sample_tint = { .name = "area-1-tint", .rgb = { 210, 236, 238 }, .agenda = { 240, 240, 240 }, .cmyk = { 18, 2, 6, 0 } };
static struct design_colour sample_spot = { .name = "accent", .rgb = { 230, 90, 40 }, .agenda = { 120, 120, 120 }, .cmyk = { 0, 75, 90, 0 }, .spot = "PANTONE 1655 C" };
static const struct design sample_design = { .page = { .width = 420, .height = 595, .bleed = 9 } };

static inline struct source sample_at(int line)
{
    return (struct source){ "plan.xml", line, 5 };
}

static inline void sample_begin(struct sample *s)
{
    s->diag = diag_new();
    s->fonts = font_set_new(s->diag);
    s->regular = font_lookup(s->fonts, "Manrope", "Regular", sample_at(1), s->diag);
    s->bold = font_lookup(s->fonts, "Manrope", "Bold", sample_at(1), s->diag);
    s->doc = display_new(&sample_design, "da");
    s->doc->title = "Beskæftigelsesplan – prøve";
    s->doc->author = "Viborg Kommune";
}

static inline void sample_end(struct sample *s)
{
    display_free(s->doc);
    font_set_free(s->fonts);
    diag_free(s->diag);
}

/* Glyphs one by one, at their natural advances. A soft hyphen shows the hyphen's glyph. */
static inline double sample_text(struct sample *s, const struct font_face *face, double size, const struct design_colour *colour,
                          const char *text, double x, double y)
{
    struct text_glyph glyphs[400];
    size_t n = strlen(text), count = 0;
    double pen = 0;
    for (size_t at = 0; at < n && count < 400; count++) {
        uint32_t c;
        size_t length = utf8_decode(text + at, n - at, &c);
        unsigned glyph = font_glyph(face, c == 0xAD ? '-' : c == 0xA0 ? ' ' : c);
        glyphs[count] = (struct text_glyph){ (uint16_t)glyph, (uint16_t)length, (uint32_t)at, (float)pen, 0 };
        pen += face->advances[glyph] * size / face->upem;
        at += length;
    }
    struct text_run run = { .face = face, .size = size, .stretch = 1, .colour = colour, .width = pen, .glyphs = glyphs,
                            .count = count, .text = text, .text_length = n, .lang = "da" };
    display_add_glyphs(s->page, &run, x, y);
    return x + pen;
}

static inline struct display_node *sample_node(struct sample *s, struct display_node *up, enum display_role role, int line)
{
    struct display_node *node = display_add_node(s->doc, up, role, sample_at(line));
    display_mark(s->page, node, node->at);
    return node;
}

/* A heading and a paragraph with a link in its middle, broken over two lines. */
static inline void sample_prose(struct sample *s)
{
    struct display_node *h = sample_node(s, s->doc->root, DISPLAY_H1, 10);
    h->title = "Forord – æøå";
    h->outline_level = 1;
    sample_text(s, s->bold, 24, &sample_main, "Forord – æøå ÆØÅ", 40, 80);
    struct display_node *p = sample_node(s, s->doc->root, DISPLAY_P, 12);
    double x = sample_text(s, s->regular, 10, &sample_ink, "Ledigheden er 8,4 % i 2019, se ", 40, 110);
    struct display_node *link = sample_node(s, p, DISPLAY_LINK, 12);
    link->uri = "https://viborg.dk/plan";
    double end = sample_text(s, s->regular, 10, &sample_main, "kommunens plan", x, 110);
    display_add_link(s->page, (struct rect){ x, 100, end - x, 12 }, link);
    display_mark(s->page, p, p->at);
    sample_text(s, s->regular, 10, &sample_ink, " og bekæm\xC2\xAD", end, 110);
    sample_text(s, s->regular, 10, &sample_ink, "pelsen (af alt) i løbet af året \\ slut.", 40, 123);
}

static inline void sample_table(struct sample *s)
{
    static const char *const cells[2][2] = { { "Mål", "2021" }, { "Ledighed", "8,7\xC2\xA0%" } };
    struct display_node *table = sample_node(s, s->doc->root, DISPLAY_TABLE, 20);
    for (int r = 0; r < 2; r++) {
        struct display_node *row = sample_node(s, table, DISPLAY_TR, 21 + r);
        for (int c = 0; c < 2; c++) {
            struct display_node *cell = sample_node(s, row, r && c ? DISPLAY_TD : DISPLAY_TH, 21 + r);
            cell->scope = r && c ? DISPLAY_SCOPE_NONE : r ? DISPLAY_SCOPE_ROW : DISPLAY_SCOPE_COLUMN;
            sample_text(s, r ? s->regular : s->bold, 9, &sample_ink, cells[r][c], 40 + 90 * c, 160 + 14 * r);
        }
    }
    display_mark_artifact(s->page, DISPLAY_ARTIFACT_LAYOUT);
    display_add_rect(s->page, (struct rect){ 40, 164, 200, 0.5 }, &sample_main);
}

static inline void sample_list(struct sample *s)
{
    struct display_node *list = sample_node(s, s->doc->root, DISPLAY_L, 30);
    list->numbering = DISPLAY_DISC;
    for (int i = 0; i < 2; i++) {
        struct display_node *item = sample_node(s, list, DISPLAY_LI, 31 + i);
        sample_node(s, item, DISPLAY_LBL, 31 + i);
        sample_text(s, s->regular, 10, &sample_main, "•", 40, 210 + 13 * i);
        sample_node(s, item, DISPLAY_LBODY, 31 + i);
        sample_text(s, s->regular, 10, &sample_ink, i ? "Andet punkt" : "Første punkt", 52, 210 + 13 * i);
    }
}

/* A figure with a gradient, a dashed stroke, a clip, a transparent group, a picture with alpha and a symbol shown twice. */
static inline struct display_node *sample_figure(struct sample *s)
{
    static unsigned char pixels[8 * 8 * 3], alpha[8 * 8];
    static struct image_bitmap bitmap = { .width = 8, .height = 8, .components = 3, .coding = IMAGE_RAW, .bytes = pixels,
                                          .size = sizeof pixels, .alpha = alpha, .path = "bild.png" };
    static struct display_item dot, ring;
    static struct display_symbol symbol = { .name = "dot", .box = { 0, 0, 24, 24 }, .items = &dot };
    for (int i = 0; i < 64; i++) {
        pixels[i * 3] = (unsigned char)(i * 4);
        pixels[i * 3 + 1] = (unsigned char)(255 - i * 4);
        alpha[i] = i % 8 < 4 ? 255 : 128;
    }
    struct display_node *figure = sample_node(s, s->doc->root, DISPLAY_FIGURE, 40);
    figure->alt = "Cirkel med farveovergang, ”prøve”";
    static const struct display_stop opaque[] = { { 0, &sample_main, 1 }, { 0.5, &sample_spot, 1 }, { 1, &sample_tint, 1 } };
    static const struct display_stop fading[] = { { 0, &sample_main, 1 }, { 1, &sample_main, 0 } };
    struct display_paint linear = { .kind = DISPLAY_LINEAR, .from = { 40, 250 }, .to = { 240, 250 }, .stops = opaque, .stop_count = 3 };
    struct display_paint radial = { .kind = DISPLAY_RADIAL, .from = { 300, 300 }, .to = { 290, 290 }, .radius = 50, .stops = fading, .stop_count = 2 };
    struct display_stroke stroke = { .paint = { .kind = DISPLAY_SOLID, .colour = &sample_ink }, .width = 1.5, .cap = 1, .join = 1, .dash = { 4, 2 }, .dash_count = 2 };
    struct display_stroke rainbow = { .paint = linear, .width = 6 };
    struct path p = PATH_EMPTY;
    path_rect(&p, (struct rect){ 40, 250, 200, 60 });
    display_add_path(s->page, &p, &linear, &stroke);
    path_clear(&p);
    path_circle(&p, 300, 300, 50);
    display_add_path(s->page, &p, &radial, &rainbow);
    display_push_clip(s->page, &p);
    display_add_rect(s->page, (struct rect){ 250, 320, 100, 12 }, &sample_spot);
    display_pop(s->page);
    display_push_opacity(s->page, 0.5);
    display_add_rect(s->page, (struct rect){ 60, 290, 40, 60 }, &sample_ink);
    display_add_rect(s->page, (struct rect){ 80, 310, 40, 60 }, &sample_spot);
    display_pop(s->page);
    display_push_transform(s->page, affine_multiply(affine_rotate(0.3), affine_translate(160, 330)));
    display_add_rect(s->page, (struct rect){ 0, 0, 40, 20 }, &sample_main);
    sample_text(s, s->bold, 9, &sample_tint, "Drejet", 4, 13);
    display_pop(s->page);
    static const char *const letters[] = { "B", "u", "e" };
    for (int i = 0; i < 3; i++) {          /* a transform round each letter, as on an arc */
        display_push_transform(s->page, affine_multiply(affine_rotate(0.2 * (i - 1)), affine_translate(250 + 12 * i, 400)));
        sample_text(s, s->bold, 14, &sample_main, letters[i], 0, 0);
        display_pop(s->page);
    }
    display_add_bitmap(s->page, &bitmap, (struct affine){ 60, 0, 0, 60, 40, 380 });
    path_clear(&p);
    path_circle(&p, 12, 12, 11);
    struct path disc = p;                  /* the symbol lives as long as the document */
    disc.verbs = arena_copy(s->doc->arena, p.verbs, p.verb_count);
    disc.points = arena_copy(s->doc->arena, p.points, p.point_count * sizeof *p.points);
    path_free(&p);
    dot = (struct display_item){ .kind = DISPLAY_PATH, .next = &ring,
                                 .path = { .path = disc, .fill = { .kind = DISPLAY_SOLID, .colour = &sample_main } } };
    ring = (struct display_item){
        .kind = DISPLAY_PATH,
        .path = { .path = disc, .stroke = { .paint = { .kind = DISPLAY_SOLID, .colour = &sample_ink }, .width = 2 } } };
    for (int i = 0; i < 2; i++)
        display_add_symbol(s->page, &symbol, (struct affine){ 1 + i, 0, 0, 1 + i, 120 + 40 * i, 390 });
    return figure;
}

static inline void sample_page(struct sample *s, const char *label)
{
    s->page = display_add_page(s->doc, 420, 595);
    s->page->label = label;
    display_mark_artifact(s->page, DISPLAY_ARTIFACT_BACKGROUND);
    s->page->layer = DISPLAY_LAYER_BACKGROUND;
    s->page->bleeds = true;
    display_add_rect(s->page, (struct rect){ -9, -9, 438, 50 }, &sample_tint);
    s->page->layer = DISPLAY_LAYER_CONTENT;
    s->page->bleeds = false;
    display_mark_artifact(s->page, DISPLAY_ARTIFACT_PAGINATION);
    sample_text(s, s->regular, 8, &sample_ink, label, 200, 575);
}
#endif
