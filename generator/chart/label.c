/* Text in drawings: set at several widths and sizes until it fits, never below the smallest size. */
#include "base/utf8.h"
#include "chart/draw.h"

#include <math.h>
#include <string.h>

static struct text_para *make_para(const struct chart_text *t)
{
    struct text_span span = { .text = t->string,
                              .length = strlen(t->string),
                              .style = t->style,
                              .colour = t->colour,
                              .flags = t->flags,
                              .lang = t->context->lang,
                              .at = t->at };
    return text_para_new(t->context->engine, &span, 1);
}

struct chart_text chart_text_new_flagged(const struct chart_context *c, const struct design_style *style,
                                         const struct design_colour *colour, const char *string,
                                         struct source at, unsigned flags)
{
    struct chart_text t = { .context = c, .style = style, .colour = colour, .string = string ? string : "",
                            .flags = flags, .at = at };
    t.para = make_para(&t);
    t.natural = text_para_natural_width(t.para);
    t.narrowest = text_para_narrowest(t.para);
    return t;
}

struct chart_text chart_text_new(const struct chart_context *c, const struct design_style *style,
                                 const struct design_colour *colour, const char *string, struct source at)
{
    return chart_text_new_flagged(c, style, colour, string, at, 0);
}

struct chart_text chart_text_at(const struct chart_text *t, double size)
{
    return chart_text_new_flagged(t->context, chart_style_at(t->context, t->style, size), t->colour,
                                  t->string, t->at, t->flags);
}

void chart_text_free(struct chart_text *t)
{
    text_para_free(t->para);
    t->para = NULL;
}

/* The narrowest width with as few lines as `width` gives: lines of one length, no lonely last word. */
static double balanced_width(const struct chart_text *t, double width)
{
    size_t lines = text_para_line_count(t->para, width, DESIGN_START, 0);
    if (lines < 2)
        return width;
    double low = fmax(t->narrowest, t->natural / (double)lines), high = width;
    for (int i = 0; i < 6 && high - low > 1; i++) {
        double middle = (low + high) / 2;
        if (text_para_line_count(t->para, middle, DESIGN_START, 0) > lines)
            low = middle;
        else
            high = middle;
    }
    return high;
}

struct text_label chart_text_set(const struct chart_text *t, double width)
{
    double measure = width > 0 ? balanced_width(t, width) : CHART_UNLIMITED;
    struct text_room room = { .width = measure };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = DESIGN_START };
    const struct font_face *face = text_face(t->context->engine, t->style, false, t->flags & TEXT_STRONG);
    double unit = face && face->upem ? t->style->size / face->upem : 0;
    struct text_label label = { .para = t->para,
                                .lines = text_para_break(t->para, &request, t->context->arena),
                                .leading = t->style->leading,
                                .ascent = face ? face->cap_height * unit : t->style->size * 0.7,
                                .descent = face ? -face->descender * unit : t->style->size * 0.25 };
    for (size_t i = 0; i < label.lines.count; i++) {
        const struct text_line *line = &label.lines.lines[i];
        label.width = fmax(label.width, line->natural);
        label.overfull |= width > 0 && line->natural > width + 0.05;
    }
    label.height = label.leading * (double)label.lines.count;
    return label;
}

double chart_label_height_to_baseline(const struct text_label *label)
{
    return label->lines.count ? label->ascent + label->leading * (double)(label->lines.count - 1) : 0;
}

double chart_label_height(const struct text_label *label)
{
    return label->lines.count ? chart_label_height_to_baseline(label) + label->descent : 0;
}

/* One kind of text, whole or divided words, at the largest size that goes in. `forced`: the smallest when none does. */
static bool fit_sizes(const struct chart_text *t, double width, double height, bool forced,
                      struct text_label *out)
{
    double base = t->style->size, least = fmin(base, CHART_SMALLEST_TEXT);
    double cap = chart_cap_height(t->context, t->style) / base;
    int steps = (int)ceil((base - least) / 0.25);
    for (int i = 0; i <= steps; i++) {
        double size = fmax(least, base - 0.25 * i), scale = size / base;
        /* Widths are proportional to the size: the paragraph at its base size, in a room enlarged instead. */
        bool narrow = t->narrowest * scale > width + 0.05;
        size_t lines = narrow ? 0 : text_para_line_count(t->para, width / scale, DESIGN_START, 0);
        double leading = t->style->leading * scale;
        double used = cap * size + leading * ((double)lines - 1) + 0.25 * size;
        bool fits = !narrow && used <= height + 0.05;
        if (!fits && (i < steps || !forced))
            continue;
        struct chart_text sized = scale < 1 ? chart_text_at(t, size) : *t;
        *out = chart_text_set(&sized, width);
        return fits && !out->overfull;
    }
    return false;
}

/* Room for any text at the last: no-break spaces break, and what is still wider than the place is cut into pieces. */
static const char *loosen(const struct chart_text *t, double width)
{
    const struct chart_context *c = t->context;
    const struct design_style *style = chart_style_at(c, t->style, fmin(t->style->size, CHART_SMALLEST_TEXT));
    struct buf out = BUF_EMPTY, piece = BUF_EMPTY;
    for (const char *s = t->string; *s;) {
        uint32_t letter;
        size_t n = utf8_decode(s, strlen(s), &letter);
        bool space = utf8_is_space(letter);
        buf_put(&piece, s, n);
        if (!space && piece.length > n && chart_width(c, style, buf_text(&piece)) > width) {
            buf_putc(&out, '\n');
            buf_clear(&piece);
            buf_put(&piece, s, n);
        }
        if (space) {
            buf_putc(&out, ' ');
            buf_clear(&piece);
        } else {
            buf_put(&out, s, n);
        }
        s += n;
    }
    const char *text = arena_strdup(c->arena, buf_text(&out));
    buf_free(&out);
    buf_free(&piece);
    return text;
}

bool chart_text_fit(const struct chart_text *t, double width, double height, struct text_label *out)
{
    if (t->style->hyphenate && !(t->flags & TEXT_NO_HYPHENS)) {
        struct chart_text whole = chart_text_new_flagged(t->context, t->style, t->colour, t->string, t->at,
                                                         t->flags | TEXT_NO_HYPHENS);
        if (fit_sizes(&whole, width, height, false, out))
            return true;
        chart_text_free(&whole);
    }
    if (fit_sizes(t, width, height, true, out))
        return true;
    if (out->overfull) {
        struct chart_text loose =
            chart_text_new_flagged(t->context, t->style, t->colour, loosen(t, width), t->at, t->flags);
        return fit_sizes(&loose, width, height, true, out);
    }
    return false;
}

void chart_put(struct display_page *page, const struct text_label *label, double x, double y, double width,
               enum design_align align)
{
    double baseline = y + label->ascent;
    for (size_t i = 0; i < label->lines.count; i++) {
        const struct text_line *line = &label->lines.lines[i];
        double left, right;
        text_line_ink(label->para, line, &left, &right);
        double room = width - (right - left);
        double shift = align == DESIGN_CENTRE ? room / 2 : align == DESIGN_END ? room : 0;
        display_add_line(page, label->para, line, x + shift - left - line->x,
                         baseline + label->leading * (double)i);
    }
}

struct rect chart_put_line(const struct chart_context *c, struct display_page *page,
                           const struct design_style *style, const struct design_colour *colour,
                           const char *string, double x, double baseline, enum design_align align)
{
    struct chart_text t = chart_text_new(c, style, colour, string, page->at);
    struct text_label label = chart_text_set(&t, 0);
    double left = align == DESIGN_CENTRE ? x - label.width / 2 : align == DESIGN_END ? x - label.width : x;
    chart_put(page, &label, left, baseline - label.ascent, label.width, align);
    return (struct rect){ left, baseline - label.ascent, label.width, label.ascent + label.descent };
}

double chart_width(const struct chart_context *c, const struct design_style *style, const char *string)
{
    return text_width(c->engine, style, c->lang, string);
}

double chart_cap_height(const struct chart_context *c, const struct design_style *style)
{
    const struct font_face *face = text_face(c->engine, style, false, false);
    return face && face->upem ? face->cap_height * style->size / face->upem : style->size * 0.7;
}

/* ---- numbered key ------------------------------------------------------------------------------------------------- */
struct chart_key_entry {
    struct text_label label;
    int hue;
    double y, height;
    int column;
};

struct chart_key {
    const struct chart_context *context;
    struct chart_key_entry *entries;
    size_t count;
    int columns;
    double width, column_width, height;
};

static const double key_disc = 2.3 * MM, key_text = 7.5 * MM, key_gap = 3.2, key_gutter = 5 * MM;

void chart_put_number(const struct chart_context *c, struct display_page *page, size_t number, double cx,
                      double cy, double r, const struct design_colour *ground)
{
    const struct design_style *style = chart_style(c, "figure-label-on");
    style = chart_style_at(c, style, fmax(CHART_SMALLEST_TEXT, fmin(style->size, r * 1.15)));
    chart_fill_disc(page, cx, cy, r, ground);
    chart_put_line(c, page, style, chart_on(c, ground), arena_printf(c->arena, "%zu", number), cx,
                   cy + chart_cap_height(c, style) / 2, DESIGN_CENTRE);
}

struct chart_key *chart_key_new(const struct chart_context *c, const struct chart_station *stations,
                                size_t count, double width)
{
    struct chart_key *key = arena_new_of(c->arena, struct chart_key);
    *key = (struct chart_key){ .context = c, .count = count, .width = width };
    key->entries = arena_array(c->arena, struct chart_key_entry, count ? count : 1);
    key->columns = width > 110 * MM && count > 2 ? 2 : 1;
    key->column_width = (width - key_gutter * (key->columns - 1)) / key->columns;
    const struct design_style *style = chart_style(c, "figure-label");
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        struct chart_text t = chart_text_new(c, style, style->colour, stations[i].label, stations[i].at);
        struct chart_key_entry *e = &key->entries[i];
        chart_text_fit(&t, key->column_width - key_text, CHART_UNLIMITED, &e->label);
        e->hue = stations[i].hue;
        e->height = fmax(2 * key_disc, chart_label_height(&e->label)) + key_gap;
        total += e->height;
    }
    double y = 0;
    int column = 0;
    for (size_t i = 0; i < count; i++) {
        struct chart_key_entry *e = &key->entries[i];
        /* The left column is the longer one. */
        if (key->columns == 2 && column == 0 && y >= total / 2) {
            column = 1;
            y = 0;
        }
        e->column = column;
        e->y = y;
        y += e->height;
        key->height = fmax(key->height, y);
    }
    return key;
}

double chart_key_height(const struct chart_key *key)
{
    return key->height;
}

void chart_key_draw(const struct chart_key *key, struct display_page *page, double x, double y)
{
    for (size_t i = 0; i < key->count; i++) {
        const struct chart_key_entry *e = &key->entries[i];
        double left = x + e->column * (key->column_width + key_gutter), middle = y + e->y + key_disc;
        chart_put_number(key->context, page, i + 1, left + key_disc, middle, key_disc,
                         chart_colour(key->context, "main", e->hue));
        chart_put(page, &e->label, left + key_text, middle - e->label.ascent / 2, key->column_width - key_text,
                  DESIGN_START);
    }
}
