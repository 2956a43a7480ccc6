#include "output/cairo_paint.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <string.h>

#include "base/i18n.h"

struct output_cairo output_cairo;
static const struct output_cairo *const lib = &output_cairo;

bool output_cairo_open(struct diag *diag)
{
    static const char *const names[] = { OUTPUT_CAIRO(LIBRARY_NAME) NULL };
    return library_open("libcairo.so.2", names, &output_cairo, (struct source){ 0 }, diag);
}

struct painter {
    cairo_t *cr;
    enum pdf_colours colours;
    struct diag *diag;
    bool failed;
};

/* ---- fonts --------------------------------------------------------------------------------------------- */

/* FreeType's and Cairo's objects of a face, kept in its painter slot. */
struct painted_face {
    FT_Library library;
    FT_Face face;
    cairo_font_face_t *cairo;
};

static void free_painted_face(void *object)
{
    struct painted_face *f = object;
    lib->cairo_font_face_destroy(f->cairo);
    FT_Done_Face(f->face);
    FT_Done_FreeType(f->library);
    mem_free(f);
}

static cairo_font_face_t *cairo_face(const struct font_face *face)
{
    struct painted_face *f = font_slot(face, FONT_SLOT_PAINTER);
    if (f)
        return f->cairo;
    f = mem_alloc(sizeof *f);
    if (FT_Init_FreeType(&f->library) || FT_New_Memory_Face(f->library, face->bytes, (FT_Long)face->size, 0, &f->face)) {
        mem_free(f);
        return NULL;
    }
    /* Unhinted, as in print: glyphs stand where the text engine put them. */
    f->cairo = lib->cairo_ft_font_face_create_for_ft_face(f->face, FT_LOAD_NO_HINTING | FT_LOAD_NO_AUTOHINT);
    font_set_slot(face, FONT_SLOT_PAINTER, f, free_painted_face);
    return f->cairo;
}

/* ---- colour -------------------------------------------------------------------------------------------- */

const unsigned char *output_rgb(const struct design_colour *colour, enum pdf_colours colours)
{
    static const unsigned char black[3];
    if (!colour)
        return black;
    return colours == PDF_AGENDA ? colour->agenda : colour->rgb;
}

static void add_stops(const struct painter *p, cairo_pattern_t *pattern, const struct display_paint *paint, double opacity)
{
    for (size_t i = 0; i < paint->stop_count; i++) {
        const struct display_stop *s = &paint->stops[i];
        const unsigned char *rgb = output_rgb(s->colour, p->colours);
        lib->cairo_pattern_add_color_stop_rgba(pattern, s->offset, rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0,
                                          s->opacity * opacity);
    }
}

static void set_paint(const struct painter *p, const struct display_paint *paint)
{
    double opacity = paint->opacity > 0 ? paint->opacity : 1;
    cairo_pattern_t *pattern;
    if (paint->kind == DISPLAY_LINEAR && paint->stop_count) {
        pattern = lib->cairo_pattern_create_linear(paint->from.x, paint->from.y, paint->to.x, paint->to.y);
        add_stops(p, pattern, paint, opacity);
    } else if (paint->kind == DISPLAY_RADIAL && paint->stop_count) {
        pattern = lib->cairo_pattern_create_radial(paint->to.x, paint->to.y, 0, paint->from.x, paint->from.y, paint->radius);
        add_stops(p, pattern, paint, opacity);
    } else {
        const unsigned char *rgb = output_rgb(paint->colour, p->colours);
        pattern = lib->cairo_pattern_create_rgba(rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0, opacity);
    }
    lib->cairo_set_source(p->cr, pattern);
    lib->cairo_pattern_destroy(pattern);
}

/* ---- paths --------------------------------------------------------------------------------------------- */

static void trace(cairo_t *cr, const struct path *path)
{
    const struct point *q = path->points;
    lib->cairo_new_path(cr);
    for (size_t i = 0; i < path->verb_count; i++) {
        switch (path->verbs[i]) {
        case PATH_MOVE:
            lib->cairo_move_to(cr, q[0].x, q[0].y);
            q += 1;
            break;
        case PATH_LINE:
            lib->cairo_line_to(cr, q[0].x, q[0].y);
            q += 1;
            break;
        case PATH_CURVE:
            lib->cairo_curve_to(cr, q[0].x, q[0].y, q[1].x, q[1].y, q[2].x, q[2].y);
            q += 3;
            break;
        default:
            lib->cairo_close_path(cr);
        }
    }
}

static void set_line(cairo_t *cr, const struct display_stroke *s)
{
    static const cairo_line_cap_t caps[] = { CAIRO_LINE_CAP_BUTT, CAIRO_LINE_CAP_ROUND, CAIRO_LINE_CAP_SQUARE };
    static const cairo_line_join_t joins[] = { CAIRO_LINE_JOIN_MITER, CAIRO_LINE_JOIN_ROUND, CAIRO_LINE_JOIN_BEVEL };
    lib->cairo_set_line_width(cr, s->width);
    lib->cairo_set_line_cap(cr, caps[s->cap % 3]);
    lib->cairo_set_line_join(cr, joins[s->join % 3]);
    lib->cairo_set_dash(cr, s->dash, s->dash_count, s->dash_offset);
}

static void paint_path(struct painter *p, const struct display_item *i)
{
    const struct display_stroke *stroke = &i->path.stroke;
    trace(p->cr, &i->path.path);
    if (i->path.fill.kind != DISPLAY_NO_PAINT) {
        lib->cairo_set_fill_rule(p->cr, i->path.even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
        set_paint(p, &i->path.fill);
        lib->cairo_fill_preserve(p->cr);
    }
    if (stroke->paint.kind != DISPLAY_NO_PAINT && stroke->width > 0) {
        set_line(p->cr, stroke);
        set_paint(p, &stroke->paint);
        lib->cairo_stroke_preserve(p->cr);
    }
    lib->cairo_new_path(p->cr);
}

/* ---- text ---------------------------------------------------------------------------------------------- */

static bool set_font(cairo_t *cr, const struct text_run *run)
{
    cairo_font_face_t *face = run->count ? cairo_face(run->face) : NULL;
    if (!face)
        return false;
    cairo_matrix_t matrix;
    lib->cairo_matrix_init_scale(&matrix, run->size * (run->stretch > 0 ? run->stretch : 1), run->size);
    cairo_font_options_t *options = lib->cairo_font_options_create();
    lib->cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    lib->cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    lib->cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    lib->cairo_set_font_face(cr, face);
    lib->cairo_set_font_matrix(cr, &matrix);
    lib->cairo_set_font_options(cr, options);
    lib->cairo_font_options_destroy(options);
    return true;
}

static cairo_glyph_t *place_glyphs(const struct text_run *run, double x, double y)
{
    cairo_glyph_t *glyphs = mem_alloc(sizeof *glyphs * run->count);
    for (size_t i = 0; i < run->count; i++) {
        glyphs[i].index = run->glyphs[i].glyph;
        glyphs[i].x = x + run->glyphs[i].x;
        glyphs[i].y = y - run->rise - run->glyphs[i].y;
    }
    return glyphs;
}

void output_cairo_trace_run(cairo_t *cr, const struct text_run *run, double x, double y)
{
    lib->cairo_new_path(cr);
    if (!set_font(cr, run))
        return;
    cairo_glyph_t *glyphs = place_glyphs(run, x, y);
    lib->cairo_glyph_path(cr, glyphs, (int)run->count);
    mem_free(glyphs);
}

/* As outlines: Cairo would move each glyph to a whole pixel, and the spacing of small type with it. */
static void paint_glyphs(struct painter *p, const struct display_item *item)
{
    output_cairo_trace_run(p->cr, &item->run, item->x, item->y);
    lib->cairo_set_fill_rule(p->cr, CAIRO_FILL_RULE_WINDING);
    set_paint(p, &(struct display_paint){ .kind = DISPLAY_SOLID, .colour = item->run.colour });
    lib->cairo_fill(p->cr);
}

/* ---- pictures ------------------------------------------------------------------------------------------ */

/* Cairo's pixels: native-endian ARGB with the colours multiplied by alpha. */
static void put_pixels(cairo_surface_t *s, const struct image_bitmap *b, const unsigned char *rgb)
{
    lib->cairo_surface_flush(s);
    int stride = lib->cairo_image_surface_get_stride(s);
    for (int y = 0; y < b->height; y++) {
        uint32_t *out = (uint32_t *)(void *)(lib->cairo_image_surface_get_data(s) + (size_t)y * (size_t)stride);
        for (int x = 0; x < b->width; x++) {
            size_t at = (size_t)y * (size_t)b->width + (size_t)x;
            unsigned a = b->alpha ? b->alpha[at] : 255;
            out[x] = a << 24 | (rgb[at * 3] * a + 127) / 255 << 16 | (rgb[at * 3 + 1] * a + 127) / 255 << 8 |
                     (rgb[at * 3 + 2] * a + 127) / 255;
        }
    }
    lib->cairo_surface_mark_dirty(s);
}

cairo_surface_t *output_cairo_picture(const struct image_bitmap *b, struct diag *diag)
{
    unsigned char *rgb = image_pixels_rgb(b, diag);
    if (!rgb)
        return NULL;
    cairo_surface_t *s = lib->cairo_image_surface_create(CAIRO_FORMAT_ARGB32, b->width, b->height);
    if (lib->cairo_surface_status(s)) {
        diag_error(diag, (struct source){ b->path, 0, 0 }, "E732", _("the picture is too large to be painted"));
        diag_remedy(diag, _("save it with fewer pixels"));
        lib->cairo_surface_destroy(s);
        s = NULL;
    } else {
        put_pixels(s, b, rgb);
    }
    mem_free(rgb);
    return s;
}

static cairo_matrix_t matrix_of(struct affine m)
{
    return (cairo_matrix_t){ .xx = m.a, .yx = m.b, .xy = m.c, .yy = m.d, .x0 = m.e, .y0 = m.f };
}

static void paint_bitmap(struct painter *p, const struct display_item *i)
{
    const struct image_bitmap *b = i->bitmap.bitmap;
    cairo_surface_t *s = output_cairo_picture(b, p->diag);
    if (!s) {
        p->failed = true;
        return;
    }
    cairo_matrix_t m = matrix_of(i->bitmap.matrix);
    lib->cairo_save(p->cr);
    lib->cairo_transform(p->cr, &m);
    lib->cairo_scale(p->cr, 1.0 / b->width, 1.0 / b->height);
    lib->cairo_set_source_surface(p->cr, s, 0, 0);
    lib->cairo_pattern_set_filter(lib->cairo_get_source(p->cr), CAIRO_FILTER_GOOD);
    lib->cairo_pattern_set_extend(lib->cairo_get_source(p->cr), CAIRO_EXTEND_PAD);
    lib->cairo_rectangle(p->cr, 0, 0, b->width, b->height);
    lib->cairo_fill(p->cr);
    lib->cairo_restore(p->cr);
    lib->cairo_surface_destroy(s);
}

/* ---- items --------------------------------------------------------------------------------------------- */

static const struct display_item *paint_items(struct painter *p, const struct display_item *i);

static const struct display_item *paint_group(struct painter *p, const struct display_item *push)
{
    lib->cairo_save(p->cr);
    if (push->kind == DISPLAY_PUSH_CLIP) {
        trace(p->cr, &push->clip.path);
        lib->cairo_set_fill_rule(p->cr, push->clip.even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
        lib->cairo_clip(p->cr);
    } else if (push->kind == DISPLAY_PUSH_TRANSFORM) {
        cairo_matrix_t m = matrix_of(push->matrix);
        lib->cairo_transform(p->cr, &m);
    } else {
        lib->cairo_push_group(p->cr);
    }
    const struct display_item *after = paint_items(p, push->next);
    if (push->kind == DISPLAY_PUSH_OPACITY) {
        lib->cairo_pop_group_to_source(p->cr);
        lib->cairo_paint_with_alpha(p->cr, push->opacity);
    }
    lib->cairo_restore(p->cr);
    return after;
}

static void paint_symbol(struct painter *p, const struct display_item *i)
{
    const struct display_symbol *symbol = i->symbol.symbol;
    cairo_matrix_t m = matrix_of(i->symbol.matrix);
    lib->cairo_save(p->cr);
    lib->cairo_transform(p->cr, &m);
    lib->cairo_rectangle(p->cr, symbol->box.x, symbol->box.y, symbol->box.width, symbol->box.height);
    lib->cairo_clip(p->cr);
    for (const struct display_item *k = symbol->items; k;)
        k = paint_items(p, k);
    lib->cairo_restore(p->cr);
}

/* To the end, or to the pop that has no push; returns the item behind it. */
static const struct display_item *paint_items(struct painter *p, const struct display_item *i)
{
    while (i && i->kind != DISPLAY_POP) {
        switch (i->kind) {
        case DISPLAY_GLYPHS:
            paint_glyphs(p, i);
            break;
        case DISPLAY_PATH:
            paint_path(p, i);
            break;
        case DISPLAY_BITMAP:
            paint_bitmap(p, i);
            break;
        case DISPLAY_SYMBOL:
            paint_symbol(p, i);
            break;
        default:
            i = paint_group(p, i);
            continue;
        }
        i = i->next;
    }
    return i ? i->next : NULL;
}

bool output_cairo_paint(cairo_t *cr, const struct display_page *page, enum pdf_colours colours, struct diag *diag)
{
    struct painter p = { cr, colours, diag, false };
    for (const struct display_item *i = page->first; i;)
        i = paint_items(&p, i);
    if (lib->cairo_status(cr)) {
        diag_error(diag, (struct source){ 0 }, "E731", _("page %d cannot be painted: %s"), page->index + 1,
                   lib->cairo_status_to_string(lib->cairo_status(cr)));
        diag_remedy(diag, _("ask for fewer dots an inch"));
        return false;
    }
    return !p.failed;
}
