/* Any bytes as a drawing script: pages, nodes, texts of any bytes, groups left open, gradients, links. The writer must give
   a file whose parts are in balance, or an error. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "output/output.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

struct script {
    const unsigned char *at, *end;
    struct display_document *doc;
    struct display_page *page;
    struct display_node *nodes[64];
    size_t node_count;
    const struct font_face *face;
};

static const struct design_colour colours[] = {
    { .name = "a", .rgb = { 1, 2, 3 }, .cmyk = { 0, 0, 0, 100 } },
    { .name = "b", .rgb = { 200, 100, 3 }, .cmyk = { 100, 90, 80, 70 } },
    { .name = "c", .rgb = { 9, 9, 9 }, .cmyk = { 10, 0, 0, 0 }, .spot = "Spot # (1)/ø" },
};

static unsigned take(struct script *s)
{
    return s->at < s->end ? *s->at++ : 0;
}

static double length(struct script *s)
{
    static const double scale[] = { 1, 0.01, 100, 1e6 };
    unsigned v = take(s);
    return ((double)(v >> 2) - 20) * scale[v & 3];
}

static const struct design_colour *colour(struct script *s)
{
    unsigned i = take(s) % 4;
    return i < 3 ? &colours[i] : NULL;
}

static const char *text(struct script *s, size_t *n)
{
    *n = take(s) % 40;
    if (*n > (size_t)(s->end - s->at))
        *n = (size_t)(s->end - s->at);
    const char *t = arena_strndup(s->doc->arena, (const char *)s->at, *n);
    s->at += *n;
    return t;
}

static void put_glyphs(struct script *s)
{
    struct text_glyph glyphs[40];
    size_t n, count = 0;
    const char *t = text(s, &n);
    for (size_t i = 0; i < n; i++)
        glyphs[count++] = (struct text_glyph){ (uint16_t)(take(s) * 5), (uint16_t)(take(s) % 3), (uint32_t)i,
                                               (float)length(s), (float)(take(s) % 3) };
    struct text_run run = { .face = s->face, .size = length(s), .stretch = 1, .tracking = length(s) / 50, .colour = colour(s),
                            .glyphs = glyphs, .count = count, .text = t, .text_length = n };
    display_add_glyphs(s->page, &run, length(s), length(s));
}

static struct display_paint paint(struct script *s)
{
    struct display_stop *stops = arena_array(s->doc->arena, struct display_stop, 3);
    for (int i = 0; i < 3; i++)
        stops[i] = (struct display_stop){ take(s) / 200.0, colour(s), take(s) / 255.0 };
    return (struct display_paint){ .kind = take(s) % 4, .colour = colour(s), .opacity = take(s) / 255.0,
                                   .from = { length(s), length(s) }, .to = { length(s), length(s) }, .radius = length(s),
                                   .stops = stops, .stop_count = take(s) % 4 };
}

static void trace(struct script *s, struct path *p)
{
    path_move(p, length(s), length(s));
    for (unsigned n = take(s) % 6; n; n--) {
        switch (take(s) % 4) {
        case 0:
            path_line(p, length(s), length(s));
            break;
        case 1:
            path_curve(p, length(s), length(s), length(s), length(s), length(s), length(s));
            break;
        case 2:
            path_close(p);
            path_move(p, length(s), length(s));
            break;
        default:
            path_rect(p, (struct rect){ length(s), length(s), length(s), length(s) });
        }
    }
}

static void put_path(struct script *s)
{
    struct path p = PATH_EMPTY;
    struct display_paint fill = paint(s);
    struct display_stroke stroke = { .paint = paint(s), .width = length(s), .cap = take(s) % 3, .join = take(s) % 3,
                                     .dash = { 1, 2 }, .dash_count = take(s) % 3 };
    trace(s, &p);
    if (take(s) % 5)
        display_add_path(s->page, &p, &fill, &stroke);
    else
        display_push_clip(s->page, &p);
    path_free(&p);
}

static void put_node(struct script *s)
{
    size_t n;
    struct display_node *up = s->nodes[take(s) % s->node_count];
    struct display_node *node = display_add_node(s->doc, up, take(s) % DISPLAY_ROLES, (struct source){ "fuzz", 1, 1 });
    unsigned has = take(s);
    node->alt = has & 1 ? text(s, &n) : NULL;
    node->title = has & 2 ? text(s, &n) : NULL;
    node->uri = has & 4 ? text(s, &n) : NULL;
    node->lang = has & 8 ? text(s, &n) : NULL;
    node->outline_level = take(s) % 5;
    node->column_span = take(s) % 3;
    node->scope = take(s) % 4;
    node->numbering = take(s) % 4;
    if (has & 16)
        node->target = s->nodes[take(s) % s->node_count];
    if (s->node_count < 64)
        s->nodes[s->node_count++] = node;
    display_mark(s->page, node, node->at);
}

static void step(struct script *s)
{
    switch (take(s) % 10) {
    case 0:
        if (s->doc->page_count < 4)
            s->page = display_add_page(s->doc, 100 + fabs(length(s)), 100);
        break;
    case 1:
        put_node(s);
        break;
    case 2:
        display_mark(s->page, s->nodes[take(s) % s->node_count], (struct source){ "fuzz", 2, 1 });
        break;
    case 3:
        display_mark_artifact(s->page, take(s) % 4);
        break;
    case 4:
        put_glyphs(s);
        break;
    case 5:
        put_path(s);
        break;
    case 6:
        display_push_opacity(s->page, take(s) / 255.0);
        break;
    case 7:
        display_push_transform(s->page, (struct affine){ length(s), length(s), length(s), length(s), length(s), length(s) });
        break;
    case 8:
        display_pop(s->page);
        break;
    default:
        display_add_link(s->page, (struct rect){ length(s), length(s), length(s), length(s) },
                         s->nodes[take(s) % s->node_count]);
    }
}

static size_t count_of(const struct buf *file, const char *what)
{
    size_t n = 0, length_of = strlen(what);
    for (const char *at = file->data; (at = memmem(at, (size_t)(file->data + file->length - at), what, length_of)); at++)
        n++;
    return n;
}

static void write_file(struct script *s, enum pdf_colours kind, struct diag *diag)
{
    struct pdf_options options = { .title = "Fuzz", .lang = "da", .colours = kind, .classic = true, .overprint_black = true,
                                   .bleed = 9, .slug = 30, .crop_marks = true, .ink_limit = 300 };
    struct pdf_document *pdf = pdf_new(&options, diag);
    struct buf file = BUF_EMPTY;
    for (size_t i = 0; i < s->doc->page_count; i++) {
        struct display_page *page = display_open_page(s->doc, i);
        pdf_paint(pdf, page);
        display_close_page(page);
    }
    const struct display_node *root = s->doc->root;
    bool good = pdf_finish(pdf, &root, 1, &file);
    if (good && (file.length < 100 || memcmp(file.data, "%PDF-", 5) || memcmp(file.data + file.length - 6, "%%EOF\n", 6)))
        abort();
    if (good && count_of(&file, "BDC\n") != count_of(&file, "EMC\n"))
        abort();
    if (good && count_of(&file, "\nBT\n") != count_of(&file, "\nET\n"))
        abort();
    if (!good && !diag_errors(diag))
        abort();
    buf_free(&file);
    pdf_free(pdf);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const struct design design = { .page = { .width = 200, .height = 300, .bleed = 9 } };
    static struct font_set *fonts;
    struct diag *diag = diag_new();
    if (!fonts)
        fonts = font_set_new(diag);
    struct script s = { .at = data, .end = data + size, .doc = display_new(&design, "da") };
    s.face = font_lookup(fonts, "Manrope", "Regular", (struct source){ 0 }, diag);
    s.nodes[s.node_count++] = s.doc->root;
    s.page = display_add_page(s.doc, 200, 300);
    while (s.face && s.at < s.end)
        step(&s);
    display_finish(s.doc);
    write_file(&s, PDF_RGB, diag);
    write_file(&s, PDF_CMYK, diag);
    display_free(s.doc);
    diag_free(diag);
    return 0;
}
