/* The preflight report of the press edition: what the file holds, for whoever orders and whoever prints it. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/i18n.h"
#include "output/preflight.h"

struct extreme {                           /* the least of its kind, and where */
    double value;                          /* points, or pixels an inch; 0: there is none */
    int page;                              /* from 1 */
    struct source at;
};

struct report {
    const struct display_document *document;
    const struct output_printer *printer;
    const struct diag *diag;
    bool plates[4];
    const char **spots;
    const struct font_face **fonts;
    size_t spot_count, spot_capacity, font_count, font_capacity, pictures;
    double ink;                            /* percent, of the colour that takes most */
    const char *inkiest;                   /* its name, or NULL */
    struct extreme type, line, picture;
    int page;
};

static const char *const plate_names[] = { N_("cyan"), N_("magenta"), N_("yellow"), N_("black") };
static const char *const plate_keys[] = { "cyan", "magenta", "yellow", "black" };

/* ---- gathering ---------------------------------------------------------------------------------------------------- */
static void note_least(struct report *r, struct extreme *least, double value, struct source at)
{
    if (value > 0 && (least->value <= 0 || value < least->value - 1e-6))
        *least = (struct extreme){ value, r->page, at };
}

static void note_spot(struct report *r, const char *name)
{
    for (size_t i = 0; i < r->spot_count; i++)
        if (!strcmp(r->spots[i], name))
            return;
    VEC_GROW(r->spots, r->spot_capacity, r->spot_count + 1);
    r->spots[r->spot_count++] = name;
}

static void note_colour(struct report *r, const struct design_colour *colour)
{
    double ink = 0;
    if (colour && colour->spot) {
        note_spot(r, colour->spot);
        return;
    }
    if (!colour)                           /* as the writer has it: black */
        r->plates[3] = true;
    for (int i = 0; colour && i < 4; i++) {
        r->plates[i] = r->plates[i] || colour->cmyk[i] > 0;
        ink += colour->cmyk[i];
    }
    if (colour && ink > r->ink) {
        r->ink = ink;
        r->inkiest = colour->name;
    }
}

static void note_paint(struct report *r, const struct display_paint *paint)
{
    if (paint->kind == DISPLAY_SOLID)
        note_colour(r, paint->colour);
    else if (paint->kind != DISPLAY_NO_PAINT)
        for (size_t i = 0; i < paint->stop_count; i++)
            note_colour(r, paint->stops[i].colour);
}

static void note_font(struct report *r, const struct font_face *face)
{
    for (size_t i = 0; i < r->font_count; i++)
        if (r->fonts[i] == face)
            return;
    VEC_GROW(r->fonts, r->font_capacity, r->font_count + 1);
    r->fonts[r->font_count++] = face;
}

static void note_item(void *data, const struct display_item *i, double scale, struct source at)
{
    struct report *r = data;
    if (i->kind == DISPLAY_GLYPHS) {
        note_font(r, i->run.face);
        note_colour(r, i->run.colour);
        note_least(r, &r->type, i->run.size * scale, at);
    } else if (i->kind == DISPLAY_PATH) {
        note_paint(r, &i->path.fill);
        note_paint(r, &i->path.stroke.paint);
        if (i->path.stroke.paint.kind != DISPLAY_NO_PAINT)
            note_least(r, &r->line, i->path.stroke.width * scale, at);
    } else {
        r->pictures++;
        r->plates[0] = r->plates[1] = r->plates[2] = r->plates[3] = true;
        note_least(r, &r->picture, output_resolution(i, scale), at);
    }
}

static void gather(struct report *r)
{
    for (size_t i = 0; i < r->document->page_count; i++) {
        struct display_page *page = display_open_page(r->document, i);
        r->page = (int)i + 1;
        output_each_item(page, note_item, r);
        display_close_page(page);
    }
}

/* ---- shared by both forms -------------------------------------------------------------------------------------------- */
static void put_number(struct buf *out, double v, int decimals)
{
    buf_put_real(out, v, decimals);
}

static void put_size(struct buf *out, const struct report *r, double more)
{
    const struct display_page *first = r->document->page_count ? r->document->pages[0] : NULL;
    put_number(out, first ? (first->width + 2 * more) / PT_PER_MM : 0, 1);
    buf_puts(out, " × ");
    put_number(out, first ? (first->height + 2 * more) / PT_PER_MM : 0, 1);
    buf_puts(out, " mm");
}

static bool next_warning(const struct report *r, size_t *index, struct diag_message *out)
{
    while (diag_get(r->diag, (*index)++, out))
        if (out->severity != DIAG_NOTE)
            return true;
    return false;
}

static void put_place(struct buf *out, struct source at)
{
    if (!at.file)
        return;
    buf_puts(out, at.file);
    if (at.line)
        buf_printf(out, ":%d:%d", at.line, at.column);
}

/* ---- text -------------------------------------------------------------------------------------------------------------- */
static void begin_line(struct buf *out, const char *label)
{
    buf_printf(out, "%s: ", label);
}

static void put_claims(struct buf *out, const struct report *r)
{
    const struct output_printer *p = r->printer;
    begin_line(out, _("Standards"));
    if (p->claims_x4) {
        buf_puts(out, "PDF/X-4, PDF/A-2b\n");
    } else {
        buf_puts(out, p->icc.length ? _("none: the printer profile asks for none")
                                    : _("none: no colour profile is embedded, and each of them needs one"));
        buf_putc(out, '\n');
    }
    begin_line(out, _("Printing condition"));
    buf_printf(out, "%s (%s)\n", p->identifier, p->condition);
    begin_line(out, _("Colour profile"));
    buf_printf(out, "%s\n", p->icc.length && p->icc_name ? p->icc_name : _("none"));
}

static void put_boxes(struct buf *out, const struct report *r)
{
    const struct output_printer *p = r->printer;
    begin_line(out, _("Pages"));
    buf_printf(out, "%zu\n", r->document->page_count);
    begin_line(out, _("Cut size (TrimBox)"));
    put_size(out, r, 0);
    buf_putc(out, '\n');
    begin_line(out, _("With bleed (BleedBox)"));
    put_size(out, r, p->bleed);
    buf_puts(out, "; ");
    put_number(out, p->bleed / PT_PER_MM, 1);
    buf_printf(out, " mm %s\n", _("on each side"));
    begin_line(out, _("Whole sheet (MediaBox)"));
    put_size(out, r, p->bleed + p->slug);
    buf_putc(out, '\n');
    begin_line(out, _("Marks"));
    buf_printf(out, "%s\n", p->crop_marks && p->registration_marks ? _("crop and registration marks")
                            : p->crop_marks                         ? _("crop marks")
                            : p->registration_marks                 ? _("registration marks")
                                                                    : _("none"));
}

static void put_plates(struct buf *out, const struct report *r)
{
    const char *comma = "";
    begin_line(out, _("Plates"));
    for (int i = 0; i < 4; i++)
        if (r->plates[i]) {
            buf_printf(out, "%s%s", comma, _(plate_names[i]));
            comma = ", ";
        }
    for (size_t i = 0; i < r->spot_count; i++) {
        buf_printf(out, _("%sspot colour %s"), comma, r->spots[i]);
        comma = ", ";
    }
    buf_putc(out, '\n');
    begin_line(out, _("Most ink"));
    put_number(out, r->ink, 0);
    buf_printf(out, " %%%s%s%s", r->inkiest ? " (" : "", r->inkiest ? r->inkiest : "", r->inkiest ? ")" : "");
    if (r->printer->ink_limit > 0)
        buf_printf(out, _("; the printer allows %d %%"), r->printer->ink_limit);
    buf_printf(out, "%s\n", r->pictures ? _("; pictures are not counted") : "");
}

static void put_extreme(struct buf *out, const char *label, const struct extreme *found, const char *unit,
                        const char *wanted, double limit)
{
    begin_line(out, label);
    if (found->value <= 0) {
        buf_printf(out, "%s\n", _("none"));
        return;
    }
    put_number(out, found->value, strcmp(unit, "pt") ? 0 : 2);
    buf_printf(out, " %s, ", unit);
    buf_printf(out, _("page %d"), found->page);
    if (found->at.file) {
        buf_puts(out, " (");
        put_place(out, found->at);
        buf_putc(out, ')');
    }
    buf_printf(out, "; %s ", wanted);
    put_number(out, limit, 2);
    buf_printf(out, " %s\n", unit);
}

static void put_fonts(struct buf *out, const struct report *r)
{
    begin_line(out, _("Fonts, all embedded"));
    for (size_t i = 0; i < r->font_count; i++)
        buf_printf(out, "%s%s", i ? ", " : "", r->fonts[i]->postscript_name);
    buf_printf(out, "%s\n", r->font_count ? "" : _("none"));
}

static void put_warnings(struct buf *out, const struct report *r)
{
    struct diag_message m;
    size_t index = 0, n = 0;
    while (next_warning(r, &index, &m))
        n++;
    buf_printf(out, "\n%s: %zu\n", _("Warnings"), n);
    for (index = 0; next_warning(r, &index, &m);) {
        buf_puts(out, "- ");
        put_place(out, m.at);
        buf_printf(out, "%s%s [%s]\n", m.at.file ? ": " : "", m.text, m.code);
        if (m.remedy)
            buf_printf(out, "  %s: %s\n", _("Remedy"), m.remedy);
    }
}

static void write_text(struct buf *out, const struct report *r)
{
    const struct output_printer *p = r->printer;
    buf_printf(out, "%s\n\n", _("Preflight report of the press edition"));
    begin_line(out, _("Title"));
    buf_printf(out, "%s\n", r->document->title ? r->document->title : "");
    begin_line(out, _("Printer profile"));
    buf_printf(out, "%s\n", p->name);
    put_claims(out, r);
    put_boxes(out, r);
    put_plates(out, r);
    put_extreme(out, _("Smallest type"), &r->type, "pt", _("in more than one ink the printer asks for"), p->type_size);
    put_extreme(out, _("Thinnest line"), &r->line, "pt", _("the printer asks for"), p->line_width);
    begin_line(out, _("Pictures"));
    buf_printf(out, "%zu\n", r->pictures);
    put_extreme(out, _("Lowest resolution"), &r->picture, _("pixels an inch"), _("the printer asks for"),
                p->image_resolution);
    put_fonts(out, r);
    put_warnings(out, r);
}

/* ---- JSON: keys in English, texts of messages in the user's language --------------------------------------------------- */
static void json_text(struct buf *out, const char *key, const char *value)
{
    buf_printf(out, ",\n  \"%s\": ", key);
    if (value)
        buf_put_json_string(out, value);
    else
        buf_puts(out, "null");
}

static void json_number(struct buf *out, const char *key, double value)
{
    buf_printf(out, ",\n  \"%s\": ", key);
    put_number(out, value, 3);
}

static void json_place(struct buf *out, struct source at)
{
    buf_puts(out, "\"file\": ");
    if (at.file)
        buf_put_json_string(out, at.file);
    else
        buf_puts(out, "null");
    buf_printf(out, ", \"line\": %d, \"column\": %d", at.line, at.column);
}

static void json_extreme(struct buf *out, const char *key, const struct extreme *found, double limit)
{
    buf_printf(out, ",\n  \"%s\": ", key);
    if (found->value <= 0) {
        buf_puts(out, "null");
        return;
    }
    buf_puts(out, "{\"value\": ");
    put_number(out, found->value, 3);
    buf_puts(out, ", \"limit\": ");
    put_number(out, limit, 3);
    buf_printf(out, ", \"page\": %d, ", found->page);
    json_place(out, found->at);
    buf_putc(out, '}');
}

static void json_box(struct buf *out, const char *key, const struct report *r, double more)
{
    const struct display_page *first = r->document->page_count ? r->document->pages[0] : NULL;
    buf_printf(out, ",\n  \"%s\": [", key);
    put_number(out, first ? (first->width + 2 * more) / PT_PER_MM : 0, 3);
    buf_puts(out, ", ");
    put_number(out, first ? (first->height + 2 * more) / PT_PER_MM : 0, 3);
    buf_putc(out, ']');
}

static void json_plates(struct buf *out, const struct report *r)
{
    const char *comma = "";
    buf_puts(out, ",\n  \"plates\": [");
    for (int i = 0; i < 4; i++)
        if (r->plates[i]) {
            buf_printf(out, "%s\"%s\"", comma, plate_keys[i]);
            comma = ", ";
        }
    buf_puts(out, "],\n  \"spot_colours\": [");
    for (size_t i = 0; i < r->spot_count; i++) {
        buf_puts(out, i ? ", " : "");
        buf_put_json_string(out, r->spots[i]);
    }
    buf_puts(out, "]");
    json_number(out, "most_ink_percent", r->ink);
    json_text(out, "most_ink_colour", r->inkiest);
    json_number(out, "ink_limit_percent", r->printer->ink_limit);
}

static void json_fonts(struct buf *out, const struct report *r)
{
    buf_puts(out, ",\n  \"fonts_embedded\": [");
    for (size_t i = 0; i < r->font_count; i++) {
        buf_puts(out, i ? ", " : "");
        buf_put_json_string(out, r->fonts[i]->postscript_name);
    }
    buf_putc(out, ']');
}

static void json_warnings(struct buf *out, const struct report *r)
{
    struct diag_message m;
    const char *comma = "";
    buf_puts(out, ",\n  \"warnings\": [");
    for (size_t index = 0; next_warning(r, &index, &m); comma = ",") {
        buf_printf(out, "%s\n    {", comma);
        json_place(out, m.at);
        buf_printf(out, ", \"code\": \"%s\", \"message\": ", m.code);
        buf_put_json_string(out, m.text);
        buf_puts(out, ", \"remedy\": ");
        if (m.remedy)
            buf_put_json_string(out, m.remedy);
        else
            buf_puts(out, "null");
        buf_putc(out, '}');
    }
    buf_puts(out, "]");
}

static void write_json(struct buf *out, const struct report *r)
{
    const struct output_printer *p = r->printer;
    buf_puts(out, "{\n  \"report\": \"press\"");
    json_text(out, "title", r->document->title);
    json_text(out, "printer", p->name);
    buf_printf(out, ",\n  \"standards\": [%s]", p->claims_x4 ? "\"PDF/X-4\", \"PDF/A-2b\"" : "");
    json_text(out, "condition", p->identifier);
    json_text(out, "colour_profile", p->icc.length ? p->icc_name : NULL);
    json_number(out, "pages", (double)r->document->page_count);
    json_box(out, "trim_mm", r, 0);
    json_box(out, "bleed_box_mm", r, p->bleed);
    json_box(out, "media_mm", r, p->bleed + p->slug);
    json_number(out, "bleed_mm", p->bleed / PT_PER_MM);
    buf_printf(out, ",\n  \"crop_marks\": %s,\n  \"registration_marks\": %s", p->crop_marks ? "true" : "false",
               p->registration_marks ? "true" : "false");
    json_plates(out, r);
    json_extreme(out, "smallest_type_pt", &r->type, p->type_size);
    json_extreme(out, "thinnest_line_pt", &r->line, p->line_width);
    json_number(out, "pictures", (double)r->pictures);
    json_extreme(out, "lowest_resolution_ppi", &r->picture, p->image_resolution);
    json_fonts(out, r);
    json_warnings(out, r);
    buf_puts(out, "\n}\n");
}

bool output_press_report(const char *path, const struct display_document *document, const struct output_printer *printer,
                         struct diag *diag)
{
    struct report r = { .document = document, .printer = printer, .diag = diag };
    struct buf out = BUF_EMPTY;
    size_t n = strlen(path);
    gather(&r);
    (n > 5 && !strcmp(path + n - 5, ".json") ? write_json : write_text)(&out, &r);
    bool good = file_write(path, out.data, out.length, diag);
    buf_free(&out);
    mem_free(r.spots);
    mem_free(r.fonts);
    return good;
}
