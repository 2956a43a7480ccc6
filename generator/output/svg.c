/* A page, or a part of it, as SVG: text as outlines, so that it looks the same without the fonts; things shown twice once.
   Our own writer: Cairo's names its parts by order of use, repeats every symbol, and leaks. */
#include <cairo.h>
#include <string.h>

#include "output/cairo_paint.h"

static const struct output_cairo *const lib = &output_cairo;

struct svg_outline {           /* a glyph that has been shown */
    const struct font_face *face;
    unsigned glyph;
    size_t id;
};

struct svg {
    struct buf *out;
    enum pdf_colours colours;
    struct diag *diag;
    cairo_t *outliner;                     /* turns glyphs into outlines */
    const void **shown;                    /* symbols and bitmaps that have an id: their index */
    size_t shown_count, shown_capacity;
    struct svg_outline *outlines;
    size_t outline_count, outline_capacity;
    unsigned next_id;                      /* of gradients and clips */
    bool failed;
};

/* ---- numbers and names --------------------------------------------------------------------------------- */

static void put_number(struct svg *s, double v, int decimals)
{
    buf_put_real(s->out, v, decimals);
}

static void put_pair(struct svg *s, double x, double y)
{
    put_number(s, x, 2);
    buf_putc(s->out, ' ');
    put_number(s, y, 2);
}

static void put_attribute(struct svg *s, const char *name, double v, int decimals)
{
    buf_printf(s->out, " %s=\"", name);
    put_number(s, v, decimals);
    buf_putc(s->out, '"');
}

static void put_matrix(struct svg *s, const char *attribute, struct affine m)
{
    const double v[6] = { m.a, m.b, m.c, m.d, m.e, m.f };
    buf_printf(s->out, " %s=\"matrix(", attribute);
    for (int i = 0; i < 6; i++) {
        buf_puts(s->out, i ? " " : "");
        put_number(s, v[i], 6);
    }
    buf_puts(s->out, ")\"");
}

static void put_colour(struct svg *s, const struct design_colour *colour)
{
    const unsigned char *rgb = output_rgb(colour, s->colours);
    buf_printf(s->out, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
}

/* ---- paint --------------------------------------------------------------------------------------------- */

static bool is_gradient(const struct display_paint *p)
{
    return (p->kind == DISPLAY_LINEAR || p->kind == DISPLAY_RADIAL) && p->stop_count;
}

static unsigned put_gradient(struct svg *s, const struct display_paint *p)
{
    const char *name = p->kind == DISPLAY_LINEAR ? "linearGradient" : "radialGradient";
    unsigned id = ++s->next_id;
    buf_printf(s->out, "<%s id=\"g%u\" gradientUnits=\"userSpaceOnUse\"", name, id);
    if (p->kind == DISPLAY_LINEAR) {
        put_attribute(s, "x1", p->from.x, 2);
        put_attribute(s, "y1", p->from.y, 2);
        put_attribute(s, "x2", p->to.x, 2);
        put_attribute(s, "y2", p->to.y, 2);
    } else {
        put_attribute(s, "cx", p->from.x, 2);
        put_attribute(s, "cy", p->from.y, 2);
        put_attribute(s, "r", p->radius, 2);
        put_attribute(s, "fx", p->to.x, 2);
        put_attribute(s, "fy", p->to.y, 2);
    }
    buf_putc(s->out, '>');
    for (size_t i = 0; i < p->stop_count; i++) {
        buf_puts(s->out, "<stop");
        put_attribute(s, "offset", p->stops[i].offset, 4);
        buf_puts(s->out, " stop-color=\"");
        put_colour(s, p->stops[i].colour);
        buf_putc(s->out, '"');
        if (p->stops[i].opacity < 1)
            put_attribute(s, "stop-opacity", p->stops[i].opacity, 3);
        buf_puts(s->out, "/>");
    }
    buf_printf(s->out, "</%s>\n", name);
    return id;
}

/* ' fill="#..." fill-opacity="..."'; `gradient` is the id of one written before. */
static void put_paint(struct svg *s, const char *what, const struct display_paint *p, unsigned gradient)
{
    buf_printf(s->out, " %s=\"", what);
    if (p->kind == DISPLAY_NO_PAINT)
        buf_puts(s->out, "none");
    else if (gradient)
        buf_printf(s->out, "url(#g%u)", gradient);
    else
        put_colour(s, p->colour);
    buf_putc(s->out, '"');
    if (p->kind != DISPLAY_NO_PAINT && p->opacity > 0 && p->opacity < 1) {
        buf_printf(s->out, " %s-opacity=\"", what);
        put_number(s, p->opacity, 3);
        buf_putc(s->out, '"');
    }
}

/* ---- paths --------------------------------------------------------------------------------------------- */

static void put_path_data(struct svg *s, const struct path *path, int decimals)
{
    static const struct {
        char letter;
        int points;
    } verbs[] = { [PATH_MOVE] = { 'M', 1 }, [PATH_LINE] = { 'L', 1 }, [PATH_CURVE] = { 'C', 3 }, [PATH_CLOSE] = { 'Z', 0 } };
    const struct point *q = path->points;
    buf_puts(s->out, " d=\"");
    for (size_t i = 0; i < path->verb_count; i++) {
        buf_putc(s->out, verbs[path->verbs[i]].letter);
        for (int k = 0; k < verbs[path->verbs[i]].points; k++, q++) {
            buf_puts(s->out, k ? " " : "");
            put_number(s, q->x, decimals);
            buf_putc(s->out, ' ');
            put_number(s, q->y, decimals);
        }
    }
    buf_putc(s->out, '"');
}

static void put_stroke(struct svg *s, const struct display_stroke *stroke, unsigned gradient)
{
    static const char *const caps[] = { NULL, "round", "square" }, *const joins[] = { NULL, "round", "bevel" };
    put_paint(s, "stroke", &stroke->paint, gradient);
    put_attribute(s, "stroke-width", stroke->width, 3);
    if (caps[stroke->cap % 3])
        buf_printf(s->out, " stroke-linecap=\"%s\"", caps[stroke->cap % 3]);
    if (joins[stroke->join % 3])
        buf_printf(s->out, " stroke-linejoin=\"%s\"", joins[stroke->join % 3]);
    else
        buf_puts(s->out, " stroke-miterlimit=\"10\"");
    if (!stroke->dash_count)
        return;
    buf_puts(s->out, " stroke-dasharray=\"");
    for (int i = 0; i < stroke->dash_count; i++) {
        buf_puts(s->out, i ? " " : "");
        put_number(s, stroke->dash[i], 3);
    }
    buf_putc(s->out, '"');
    if (stroke->dash_offset != 0)
        put_attribute(s, "stroke-dashoffset", stroke->dash_offset, 3);
}

static void put_path(struct svg *s, const struct display_item *i)
{
    const struct display_paint *fill = &i->path.fill;
    const struct display_stroke *stroke = &i->path.stroke;
    bool strokes = stroke->paint.kind != DISPLAY_NO_PAINT && stroke->width > 0;
    unsigned fill_gradient = is_gradient(fill) ? put_gradient(s, fill) : 0;
    unsigned stroke_gradient = strokes && is_gradient(&stroke->paint) ? put_gradient(s, &stroke->paint) : 0;
    buf_puts(s->out, "<path");
    put_paint(s, "fill", fill, fill_gradient);
    if (i->path.even_odd)
        buf_puts(s->out, " fill-rule=\"evenodd\"");
    if (strokes)
        put_stroke(s, stroke, stroke_gradient);
    put_path_data(s, &i->path.path, 2);
    buf_puts(s->out, "/>\n");
}

/* ---- text ---------------------------------------------------------------------------------------------- */

/* An outline is written once, this many units to the em, and shown by reference wherever the glyph stands. */
enum { GLYPH_UNITS = 1000 };

static struct path outline_of(struct svg *s, const struct text_run *run, size_t which)
{
    struct path path = PATH_EMPTY;
    struct text_glyph glyph = run->glyphs[which];
    glyph.x = glyph.y = 0;
    struct text_run alone = *run;
    alone.glyphs = &glyph;
    alone.count = 1;
    alone.size = GLYPH_UNITS;
    alone.stretch = 1;
    alone.rise = 0;
    output_cairo_trace_run(s->outliner, &alone, 0, 0);
    cairo_path_t *traced = lib->cairo_copy_path(s->outliner);
    for (int at = 0; at < traced->num_data; at += traced->data[at].header.length) {
        const cairo_path_data_t *d = &traced->data[at];
        switch (d->header.type) {
        case CAIRO_PATH_MOVE_TO:
            path_move(&path, d[1].point.x, d[1].point.y);
            break;
        case CAIRO_PATH_LINE_TO:
            path_line(&path, d[1].point.x, d[1].point.y);
            break;
        case CAIRO_PATH_CURVE_TO:
            path_curve(&path, d[1].point.x, d[1].point.y, d[2].point.x, d[2].point.y, d[3].point.x, d[3].point.y);
            break;
        case CAIRO_PATH_CLOSE_PATH:
            path_close(&path);
        }
    }
    lib->cairo_path_destroy(traced);
    return path;
}

/* The number of a glyph's outline, from 1; 0: it has no ink. */
static size_t show_outline(struct svg *s, const struct text_run *run, size_t which)
{
    for (size_t i = 0; i < s->outline_count; i++)
        if (s->outlines[i].face == run->face && s->outlines[i].glyph == run->glyphs[which].glyph)
            return s->outlines[i].id;
    struct path path = outline_of(s, run, which);
    VEC_GROW(s->outlines, s->outline_capacity, s->outline_count + 1);
    struct svg_outline *made = &s->outlines[s->outline_count++];
    *made = (struct svg_outline){ run->face, run->glyphs[which].glyph, path.verb_count ? s->outline_count : 0 };
    if (made->id) {
        buf_printf(s->out, "<defs><path id=\"o%zu\"", made->id);
        put_path_data(s, &path, 0);
        buf_puts(s->out, "/></defs>\n");
    }
    path_free(&path);
    return made->id;
}

static void put_glyphs(struct svg *s, const struct display_item *i)
{
    const struct text_run *run = &i->run;
    double across = run->size / GLYPH_UNITS * (run->stretch > 0 ? run->stretch : 1), down = run->size / GLYPH_UNITS;
    for (size_t k = 0; k < run->count; k++)
        show_outline(s, run, k);
    buf_puts(s->out, "<g fill=\"");
    put_colour(s, run->colour);
    buf_putc(s->out, '"');
    put_matrix(s, "transform", (struct affine){ across, 0, 0, down, i->x, i->y - run->rise });
    buf_putc(s->out, '>');
    for (size_t k = 0; k < run->count; k++) {
        size_t id = show_outline(s, run, k);
        if (!id)
            continue;
        buf_printf(s->out, "<use href=\"#o%zu\"", id);
        if (run->glyphs[k].x != 0)
            put_attribute(s, "x", run->glyphs[k].x / across, 1);
        if (run->glyphs[k].y != 0)
            put_attribute(s, "y", -run->glyphs[k].y / down, 1);
        buf_puts(s->out, "/>");
    }
    buf_puts(s->out, "</g>\n");
}

/* ---- symbols and pictures ------------------------------------------------------------------------------ */

/* The id of a thing; *first when it has not been shown before. */
static size_t id_of(struct svg *s, const void *thing, bool *first)
{
    for (size_t i = 0; i < s->shown_count; i++)
        if (s->shown[i] == thing)
            return *first = false, i;
    VEC_GROW(s->shown, s->shown_capacity, s->shown_count + 1);
    s->shown[s->shown_count++] = thing;
    *first = true;
    return s->shown_count - 1;
}

static void put_use(struct svg *s, size_t id, struct affine matrix)
{
    buf_printf(s->out, "<use href=\"#s%zu\"", id);
    put_matrix(s, "transform", matrix);
    buf_puts(s->out, "/>\n");
}

static const struct display_item *put_items(struct svg *s, const struct display_item *i);

static void put_symbol(struct svg *s, const struct display_item *i)
{
    bool first;
    size_t id = id_of(s, i->symbol.symbol, &first);
    if (first) {
        buf_printf(s->out, "<defs><g id=\"s%zu\">\n", id);
        for (const struct display_item *k = i->symbol.symbol->items; k;)
            k = put_items(s, k);
        buf_puts(s->out, "</g></defs>\n");
    }
    put_use(s, id, i->symbol.matrix);
}

static void put_base64(struct buf *out, const unsigned char *bytes, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        unsigned v = (unsigned)bytes[i] << 16 | (i + 1 < n ? bytes[i + 1] : 0u) << 8 | (i + 2 < n ? bytes[i + 2] : 0u);
        buf_putc(out, digits[v >> 18]);
        buf_putc(out, digits[v >> 12 & 63]);
        buf_putc(out, i + 1 < n ? digits[v >> 6 & 63] : '=');
        buf_putc(out, i + 2 < n ? digits[v & 63] : '=');
    }
}

static cairo_status_t put_bytes(void *out, const unsigned char *bytes, unsigned n)
{
    buf_put(out, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

static void put_picture(struct svg *s, const struct image_bitmap *b)
{
    if (b->coding == IMAGE_JPEG && b->components != 4) {
        buf_puts(s->out, "data:image/jpeg;base64,");
        put_base64(s->out, b->bytes, b->size);
        return;
    }
    struct buf png = BUF_EMPTY;
    cairo_surface_t *surface = output_cairo_picture(b, s->diag);
    s->failed |= !surface || lib->cairo_surface_write_to_png_stream(surface, put_bytes, &png) != CAIRO_STATUS_SUCCESS;
    if (surface)
        lib->cairo_surface_destroy(surface);
    buf_puts(s->out, "data:image/png;base64,");
    put_base64(s->out, (const unsigned char *)buf_text(&png), png.length);
    buf_free(&png);
}

static void put_bitmap(struct svg *s, const struct display_item *i)
{
    bool first;
    size_t id = id_of(s, i->bitmap.bitmap, &first);
    if (first) {
        buf_printf(s->out, "<defs><image id=\"s%zu\" width=\"1\" height=\"1\" preserveAspectRatio=\"none\" href=\"", id);
        put_picture(s, i->bitmap.bitmap);
        buf_puts(s->out, "\"/></defs>\n");
    }
    put_use(s, id, i->bitmap.matrix);
}

/* ---- items --------------------------------------------------------------------------------------------- */

static const struct display_item *put_group(struct svg *s, const struct display_item *push)
{
    if (push->kind == DISPLAY_PUSH_CLIP) {
        unsigned id = ++s->next_id;
        buf_printf(s->out, "<clipPath id=\"c%u\"><path%s", id, push->clip.even_odd ? " clip-rule=\"evenodd\"" : "");
        put_path_data(s, &push->clip.path, 2);
        buf_printf(s->out, "/></clipPath>\n<g clip-path=\"url(#c%u)\"", id);
    } else {
        buf_puts(s->out, "<g");
        if (push->kind == DISPLAY_PUSH_OPACITY)
            put_attribute(s, "opacity", push->opacity, 3);
        else
            put_matrix(s, "transform", push->matrix);
    }
    buf_puts(s->out, ">\n");
    const struct display_item *after = put_items(s, push->next);
    buf_puts(s->out, "</g>\n");
    return after;
}

/* To the end, or to the pop that has no push; returns the item behind it. */
static const struct display_item *put_items(struct svg *s, const struct display_item *i)
{
    while (i && i->kind != DISPLAY_POP) {
        switch (i->kind) {
        case DISPLAY_GLYPHS:
            put_glyphs(s, i);
            break;
        case DISPLAY_PATH:
            put_path(s, i);
            break;
        case DISPLAY_BITMAP:
            put_bitmap(s, i);
            break;
        case DISPLAY_SYMBOL:
            put_symbol(s, i);
            break;
        default:
            i = put_group(s, i);
            continue;
        }
        i = i->next;
    }
    return i ? i->next : NULL;
}

/* An element of plain text. */
static void put_words(struct buf *out, const char *element, const char *text)
{
    buf_printf(out, "<%s id=\"%s\">", element, element);
    for (; *text; text++) {
        if (*text == '<' || *text == '&')
            buf_puts(out, *text == '<' ? "&lt;" : "&amp;");
        else
            buf_putc(out, *text);
    }
    buf_printf(out, "</%s>\n", element);
}

/* WAI-ARIA Graphics: role="img" makes it one picture with a name and a description. */
static void put_head(struct svg *s, struct rect r, const char *title, const char *description)
{
    buf_puts(s->out, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
    buf_puts(s->out, " width=\"");
    put_number(s, r.width, 2);
    buf_puts(s->out, "pt\" height=\"");
    put_number(s, r.height, 2);
    buf_puts(s->out, "pt\" viewBox=\"");
    put_pair(s, r.x, r.y);
    buf_putc(s->out, ' ');
    put_pair(s, r.width, r.height);
    buf_putc(s->out, '"');
    if (title || description)
        buf_printf(s->out, " role=\"img\" aria-labelledby=\"%s%s%s\"", title ? "title" : "", title && description ? " " : "",
                   description ? "desc" : "");
    buf_puts(s->out, ">\n");
    if (title)
        put_words(s->out, "title", title);
    if (description)
        put_words(s->out, "desc", description);
}

bool output_svg(const struct display_page *page, const struct rect *area, enum pdf_colours colours, const char *title,
                const char *description, struct buf *out, struct diag *diag)
{
    if (!output_cairo_open(diag))
        return false;
    struct rect r = area ? *area : (struct rect){ 0, 0, page->width, page->height };
    /* Without bounds: Cairo leaves out the glyphs of a path that stand beyond its surface. */
    cairo_surface_t *nothing = lib->cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
    struct svg s = { .out = out, .colours = colours, .diag = diag, .outliner = lib->cairo_create(nothing) };
    lib->cairo_set_tolerance(s.outliner, 0.01);
    put_head(&s, r, title, description);
    for (const struct display_item *i = page->first; i;)
        i = put_items(&s, i);
    buf_puts(out, "</svg>\n");
    lib->cairo_destroy(s.outliner);
    lib->cairo_surface_destroy(nothing);
    mem_free(s.shown);
    mem_free(s.outlines);
    return !s.failed;
}
