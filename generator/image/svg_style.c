/* Numbers, transforms, colours and the properties of an SVG element. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "image/svg_internal.h"

/* ---- numbers ------------------------------------------------------------------------------------------------ */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_space(const char **at)
{
    while (is_space(**at))
        ++*at;
}

void svg_skip_separator(const char **at)
{
    skip_space(at);
    if (**at == ',')
        ++*at;
    skip_space(at);
}

/* The digits of a number, at most 18 of them into `mantissa`; `scale` counts those behind the point. */
static bool scan_digits(const char **at, double *mantissa, int *scale)
{
    int digits = 0, kept = 0;
    bool point = false;
    for (;; ++*at) {
        if (**at == '.' && !point) {
            point = true;
        } else if (is_digit(**at)) {
            digits++;
            if (kept < 18) {
                *mantissa = *mantissa * 10 + (**at - '0');
                kept += *mantissa > 0;
                *scale -= point;
            } else {
                *scale += !point;
            }
        } else {
            return digits > 0;
        }
    }
}

static void scan_exponent(const char **at, int *scale)
{
    const char *s = *at;
    if (*s != 'e' && *s != 'E')
        return;
    bool minus = s[1] == '-';
    s += 1 + (s[1] == '-' || s[1] == '+');
    if (!is_digit(*s))
        return;                /* "2em": the e belongs to what follows */
    int exponent = 0;
    for (; is_digit(*s); s++)
        exponent = exponent < 1000 ? exponent * 10 + (*s - '0') : exponent;
    *scale += minus ? -exponent : exponent;
    *at = s;
}

static double power_of_ten(int n)
{
    static const double small[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };
    return n < 10 ? small[n] : pow(10, n);
}

bool svg_scan_number(const char **at, double *out)
{
    const char *s = *at;
    double mantissa = 0;
    int scale = 0;
    bool minus = *s == '-';
    s += *s == '-' || *s == '+';
    if (!scan_digits(&s, &mantissa, &scale))
        return false;
    scan_exponent(&s, &scale);
    if (mantissa != 0 && (scale > 300 || scale < -330))
        return false;
    double v = scale < 0 ? mantissa / power_of_ten(-scale) : mantissa * power_of_ten(scale);
    if (!isfinite(v) || fabs(v) > 1e9)
        return false;
    *out = minus ? -v : v;
    *at = s;
    return true;
}

bool svg_read_length(const char *s, double *out)
{
    skip_space(&s);
    if (!svg_scan_number(&s, out))
        return false;
    if (!strncmp(s, "px", 2))
        s += 2;
    skip_space(&s);
    return !*s && fabs(*out) <= SVG_MAX_COORDINATE;
}

int svg_read_numbers(const char *s, double *out, int limit)
{
    int n = 0;
    for (skip_space(&s); *s; svg_skip_separator(&s)) {
        if (n == limit || !svg_scan_number(&s, &out[n]))
            return -1;
        n++;
    }
    return n;
}

/* ---- transforms --------------------------------------------------------------------------------------------- */

static bool make_transform(const char *name, size_t length, const double *v, int n, struct affine *out)
{
    const double degree = M_PI / 180;
    if (length == 9 && !strncmp(name, "translate", 9) && (n == 1 || n == 2)) {
        *out = affine_translate(v[0], n == 2 ? v[1] : 0);
    } else if (length == 5 && !strncmp(name, "scale", 5) && (n == 1 || n == 2)) {
        *out = affine_scale(v[0], n == 2 ? v[1] : v[0]);
    } else if (length == 6 && !strncmp(name, "rotate", 6) && (n == 1 || n == 3)) {
        double x = n == 3 ? v[1] : 0, y = n == 3 ? v[2] : 0;
        *out = affine_multiply(affine_multiply(affine_translate(-x, -y), affine_rotate(v[0] * degree)),
                               affine_translate(x, y));
    } else if (length == 5 && !strncmp(name, "skewX", 5) && n == 1) {
        *out = (struct affine){ 1, 0, tan(v[0] * degree), 1, 0, 0 };
    } else if (length == 5 && !strncmp(name, "skewY", 5) && n == 1) {
        *out = (struct affine){ 1, tan(v[0] * degree), 0, 1, 0, 0 };
    } else if (length == 6 && !strncmp(name, "matrix", 6) && n == 6) {
        *out = (struct affine){ v[0], v[1], v[2], v[3], v[4], v[5] };
    } else {
        return false;
    }
    return true;
}

static bool is_sane(struct affine m)
{
    const double v[6] = { m.a, m.b, m.c, m.d, m.e, m.f };
    for (int i = 0; i < 6; i++)
        if (!isfinite(v[i]) || fabs(v[i]) > SVG_MAX_COORDINATE)
            return false;
    return true;
}

bool svg_read_transform(const char *s, struct affine *out)
{
    *out = affine_identity;
    for (svg_skip_separator(&s); *s; svg_skip_separator(&s)) {
        const char *name = s;
        while ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z'))
            s++;
        size_t length = (size_t)(s - name);
        skip_space(&s);
        if (*s++ != '(')
            return false;
        double v[6];
        int n = 0;
        for (skip_space(&s); *s && *s != ')'; svg_skip_separator(&s))
            if (n == 6 || !svg_scan_number(&s, &v[n++]))
                return false;
        struct affine one;
        if (*s++ != ')' || !make_transform(name, length, v, n, &one))
            return false;
        *out = affine_multiply(one, *out);
        if (!is_sane(*out))
            return false;
    }
    return true;
}

bool svg_is_similarity(struct affine m)
{
    double x = m.a * m.a + m.b * m.b, y = m.c * m.c + m.d * m.d, skew = m.a * m.c + m.b * m.d;
    double largest = fmax(x, y);
    return fabs(x - y) <= 1e-4 * largest && fabs(skew) <= 1e-4 * largest;
}

/* ---- colours ------------------------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    unsigned char rgb[3];
} basic_colours[] = {          /* SVG 1.1, 4.4 keeps CSS2's sixteen; others are rare enough to be foreign */
    { "black", { 0, 0, 0 } },       { "silver", { 192, 192, 192 } }, { "gray", { 128, 128, 128 } },
    { "grey", { 128, 128, 128 } },  { "white", { 255, 255, 255 } },  { "maroon", { 128, 0, 0 } },
    { "red", { 255, 0, 0 } },       { "purple", { 128, 0, 128 } },   { "fuchsia", { 255, 0, 255 } },
    { "green", { 0, 128, 0 } },     { "lime", { 0, 255, 0 } },       { "olive", { 128, 128, 0 } },
    { "yellow", { 255, 255, 0 } },  { "navy", { 0, 0, 128 } },       { "blue", { 0, 0, 255 } },
    { "teal", { 0, 128, 128 } },    { "aqua", { 0, 255, 255 } },
};

static int hex_digit(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_hex(const char *s, unsigned char rgb[3])
{
    size_t n = strlen(s);
    if (n != 3 && n != 6)
        return false;
    for (size_t i = 0; i < 3; i++) {
        int high = hex_digit(s[n == 3 ? i : 2 * i]), low = hex_digit(s[n == 3 ? i : 2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        rgb[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

static bool read_rgb_function(const char *s, unsigned char rgb[3])
{
    if (strncmp(s, "rgb(", 4))
        return false;
    s += 4;
    for (int i = 0; i < 3; i++) {
        double v;
        svg_skip_separator(&s);
        if (!svg_scan_number(&s, &v))
            return false;
        if (*s == '%') {
            v *= 2.55;
            s++;
        }
        rgb[i] = (unsigned char)lround(fmin(fmax(v, 0), 255));
    }
    skip_space(&s);
    return !strcmp(s, ")");
}

static bool read_colour(const char *s, struct image_colour *out)
{
    *out = (struct image_colour){ NULL, { 0, 0, 0 } };
    if (*s == '#')
        return read_hex(s + 1, out->rgb);
    for (size_t i = 0; i < sizeof basic_colours / sizeof *basic_colours; i++)
        if (!strcmp(s, basic_colours[i].name)) {
            memcpy(out->rgb, basic_colours[i].rgb, 3);
            return true;
        }
    return read_rgb_function(s, out->rgb);
}

/* The id in "url(#id)", or NULL. */
static const char *read_reference(const char *s, struct arena *arena)
{
    size_t n = strlen(s);
    if (n < 7 || strncmp(s, "url(#", 5) || s[n - 1] != ')')
        return NULL;
    return arena_strndup(arena, s + 5, n - 6);
}

/* ---- properties --------------------------------------------------------------------------------------------- */

typedef enum svg_result set_property(struct svg_style *, const char *value, struct arena *);

static enum svg_result set_paint(struct svg_paint *paint, const char *s, struct arena *arena)
{
    paint->reference = NULL;
    if (!strcmp(s, "none")) {
        paint->kind = SVG_NO_PAINT;
        return SVG_GOOD;
    }
    paint->reference = read_reference(s, arena);
    paint->kind = paint->reference ? SVG_REFERENCE : SVG_COLOUR;
    return paint->reference || read_colour(s, &paint->colour) ? SVG_GOOD : SVG_FOREIGN;
}

static enum svg_result set_fill(struct svg_style *style, const char *s, struct arena *arena)
{
    return set_paint(&style->fill, s, arena);
}

static enum svg_result set_stroke(struct svg_style *style, const char *s, struct arena *arena)
{
    return set_paint(&style->stroke, s, arena);
}

static enum svg_result set_stop(struct svg_style *style, const char *s, struct arena *arena)
{
    (void)arena;
    return read_colour(s, &style->stop) ? SVG_GOOD : SVG_FOREIGN;
}

static enum svg_result read_share(const char *s, double *out)
{
    if (!svg_read_length(s, out))
        return SVG_FOREIGN;
    *out = fmin(fmax(*out, 0), 1);
    return SVG_GOOD;
}

#define SHARE(function, field)                                                                              \
    static enum svg_result function(struct svg_style *style, const char *s, struct arena *arena)            \
    {                                                                                                       \
        (void)arena;                                                                                        \
        return read_share(s, &style->field);                                                                \
    }
SHARE(set_opacity, opacity)
SHARE(set_fill_opacity, fill.opacity)
SHARE(set_stroke_opacity, stroke.opacity)
SHARE(set_stop_opacity, stop_opacity)

#define LENGTH(function, field, least)                                                                      \
    static enum svg_result function(struct svg_style *style, const char *s, struct arena *arena)            \
    {                                                                                                       \
        (void)arena;                                                                                        \
        return svg_read_length(s, &style->field) && style->field >= (least) ? SVG_GOOD : SVG_FOREIGN;       \
    }
LENGTH(set_width, width, 0)
LENGTH(set_miter, miter, 1)
LENGTH(set_dash_offset, dash_offset, -SVG_MAX_COORDINATE)

/* The place of `s` among `words`, or -1. */
static int word_index(const char *s, const char *const *words, int n)
{
    for (int i = 0; i < n; i++)
        if (!strcmp(s, words[i]))
            return i;
    return -1;
}

static enum svg_result set_cap(struct svg_style *style, const char *s, struct arena *arena)
{
    (void)arena;
    static const char *const words[] = { "butt", "round", "square" };
    style->cap = word_index(s, words, 3);
    return style->cap < 0 ? SVG_FOREIGN : SVG_GOOD;
}

static enum svg_result set_join(struct svg_style *style, const char *s, struct arena *arena)
{
    (void)arena;
    static const char *const words[] = { "miter", "round", "bevel" };
    style->join = word_index(s, words, 3);
    return style->join < 0 ? SVG_FOREIGN : SVG_GOOD;
}

static enum svg_result read_rule(const char *s, bool *even_odd)
{
    *even_odd = !strcmp(s, "evenodd");
    return *even_odd || !strcmp(s, "nonzero") ? SVG_GOOD : SVG_FOREIGN;
}

static enum svg_result set_fill_rule(struct svg_style *style, const char *s, struct arena *arena)
{
    (void)arena;
    return read_rule(s, &style->even_odd);
}

static enum svg_result set_clip_rule(struct svg_style *style, const char *s, struct arena *arena)
{
    (void)arena;
    return read_rule(s, &style->clip_even_odd);
}

static enum svg_result set_dash(struct svg_style *style, const char *s, struct arena *arena)
{
    (void)arena;
    style->dash_count = 0;
    if (!strcmp(s, "none"))
        return SVG_GOOD;
    double v[4], sum = 0;
    int n = svg_read_numbers(s, v, 4);
    if (n < 1 || n == 3)       /* three would be repeated to six */
        return SVG_FOREIGN;
    for (int i = 0; i < n; i++) {
        if (v[i] < 0)
            return SVG_FOREIGN;
        sum += v[i];
    }
    if (sum <= 0)
        return SVG_GOOD;       /* SVG 1.1, 11.4: all zero is a solid line */
    memcpy(style->dash, v, sizeof v);
    style->dash_count = n;
    return SVG_GOOD;
}

static enum svg_result set_clip(struct svg_style *style, const char *s, struct arena *arena)
{
    style->clip = strcmp(s, "none") ? read_reference(s, arena) : NULL;
    return style->clip || !strcmp(s, "none") ? SVG_GOOD : SVG_FOREIGN;
}

static enum svg_result set_display(struct svg_style *style, const char *s, struct arena *arena)
{
    (void)arena;
    style->dropped = !strcmp(s, "none");
    return SVG_GOOD;
}

static enum svg_result set_visibility(struct svg_style *style, const char *s, struct arena *arena)
{
    (void)arena;
    style->hidden = strcmp(s, "visible") != 0;
    return SVG_GOOD;
}

static const struct property {
    const char *name;
    set_property *set;
} properties[] = {
    { "fill", set_fill },
    { "fill-opacity", set_fill_opacity },
    { "fill-rule", set_fill_rule },
    { "stroke", set_stroke },
    { "stroke-opacity", set_stroke_opacity },
    { "stroke-width", set_width },
    { "stroke-linecap", set_cap },
    { "stroke-linejoin", set_join },
    { "stroke-miterlimit", set_miter },
    { "stroke-dasharray", set_dash },
    { "stroke-dashoffset", set_dash_offset },
    { "opacity", set_opacity },
    { "clip-path", set_clip },
    { "clip-rule", set_clip_rule },
    { "display", set_display },
    { "visibility", set_visibility },
    { "stop-color", set_stop },
    { "stop-opacity", set_stop_opacity },
};

static const struct property *find_property(const char *name)
{
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        if (*name == *properties[i].name && !strcmp(name, properties[i].name))
            return &properties[i];
    return NULL;
}

bool svg_is_property(const char *name)
{
    return find_property(name) != NULL;
}

static enum svg_result apply_attributes(struct svg_style *style, const struct xml_node *node, struct arena *arena)
{
    for (size_t i = 0, n = xml_attribute_count(node); i < n; i++) {
        const char *name = xml_attribute_name(node, i);
        const struct property *property = find_property(name);
        if (!property)
            continue;
        const char *value = xml_attribute(node, name);
        if (!strcmp(value, "inherit"))
            continue;
        enum svg_result result = property->set(style, value, arena);
        if (result != SVG_GOOD)
            return result;
    }
    return SVG_GOOD;
}

/* `s` to `end` without the white space round it; in the arena. */
static const char *trimmed(const char *s, const char *end, struct arena *arena)
{
    while (s < end && is_space(*s))
        s++;
    while (s < end && is_space(end[-1]))
        end--;
    return arena_strndup(arena, s, (size_t)(end - s));
}

/* style="fill:#fff;stroke:none": what drawing programs write instead of attributes. */
static enum svg_result apply_declarations(struct svg_style *style, const char *s, struct arena *arena)
{
    while (*s) {
        const char *end = s + strcspn(s, ";"), *colon = memchr(s, ':', (size_t)(end - s));
        if (colon) {
            const char *name = trimmed(s, colon, arena);
            const struct property *property = find_property(name);
            if (!property)
                return SVG_FOREIGN;
            enum svg_result result = property->set(style, trimmed(colon + 1, end, arena), arena);
            if (result != SVG_GOOD)
                return result;
        } else if (*trimmed(s, end, arena)) {
            return SVG_FOREIGN;
        }
        s = *end ? end + 1 : end;
    }
    return SVG_GOOD;
}

/* class="fill-main stroke-ink": the role wins over the written colour, which is only a preview. */
static void apply_roles(struct svg_style *style, const char *s, struct arena *arena)
{
    while (*s) {
        size_t n = strcspn(s, " \t\r\n");
        if (n > 5 && !strncmp(s, "fill-", 5)) {
            if (style->fill.kind != SVG_COLOUR)
                style->fill = (struct svg_paint){ .kind = SVG_COLOUR, .opacity = style->fill.opacity };
            style->fill.colour.role = style->stop.role = arena_strndup(arena, s + 5, n - 5);
        } else if (n > 7 && !strncmp(s, "stroke-", 7)) {
            if (style->stroke.kind != SVG_COLOUR)
                style->stroke = (struct svg_paint){ .kind = SVG_COLOUR, .opacity = style->stroke.opacity };
            style->stroke.colour.role = arena_strndup(arena, s + 7, n - 7);
        }
        s += n;
        skip_space(&s);
    }
}

void svg_style_initial(struct svg_style *style)
{
    *style = (struct svg_style){ .fill = { .kind = SVG_COLOUR, .opacity = 1 }, .stroke = { .opacity = 1 },
                                 .width = 1, .miter = 4, .opacity = 1, .stop_opacity = 1 };
}

enum svg_result svg_style_apply(struct svg_style *style, const struct xml_node *node, struct arena *arena)
{
    style->opacity = style->stop_opacity = 1;
    style->clip = NULL;
    style->dropped = false;
    style->stop = (struct image_colour){ NULL, { 0, 0, 0 } };
    enum svg_result result = apply_attributes(style, node, arena);
    const char *declarations = xml_attribute(node, "style"), *classes = xml_attribute(node, "class");
    if (result == SVG_GOOD && declarations)
        result = apply_declarations(style, declarations, arena);
    if (result == SVG_GOOD && classes)
        apply_roles(style, classes, arena);
    return result;
}
