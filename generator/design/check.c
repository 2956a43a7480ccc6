#include "design/check.h"

#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "xml/xml.h"

/* ---- palette --------------------------------------------------------------------------------------------------------- */

static void need_role(const struct design *design, const char *role, struct buf *missing)
{
    if (!design_lookup_colour(design, role))
        buf_printf(missing, "%s%s", missing->length ? ", " : "", role);
}

void design_check_palette(const struct design *design, struct source palette, struct diag *diag)
{
    static const char *const needed[] = { "ink", "paper", "ground", "on-ground", "field", "field-deep", "rule", "grey", "primary",
                                          "primary-light", "accent", "skin-1", "skin-2", "skin-3", "hair-1", "hair-2" };
    static const char *const tones[] = { "main", "deep", "light", "tint" };
    struct buf missing = BUF_EMPTY;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        need_role(design, needed[i], &missing);
    for (int i = 0; i < 28; i++) {
        char role[32];
        snprintf(role, sizeof role, "area-%d-%s", 1 + i / 4, tones[i % 4]);
        need_role(design, role, &missing);
    }
    if (missing.length) {
        diag_error(diag, palette, "E407", _("the palette lacks the colours %s"), missing.data);
        diag_remedy(diag, _("give each of them a <colour role=\"...\">; two roles may have the same inks"));
    }
    buf_free(&missing);
}

/* ---- styles ---------------------------------------------------------------------------------------------------------- */

/* The fonts of fonts.xml. The layer `font` opens them; here their names are enough. */
static const char *name_of(const struct xml_node *node, const char *attribute)
{
    const char *name = xml_attribute(node, attribute);
    return name ? name : "";
}

static bool face_exists(const struct xml_node *fonts, const char *family, const char *style)
{
    for (const struct xml_node *node = xml_first(fonts); node; node = xml_next(node)) {
        if (strcmp(xml_name(node), "family") || strcmp(name_of(node, "name"), family))
            continue;
        for (const struct xml_node *face = xml_first(node); face; face = xml_next(face))
            if (!strcmp(name_of(face, "style"), style))
                return true;
    }
    return false;
}

static void put_name(struct buf *out, const char *name)
{
    buf_printf(out, "%s%s", out->length ? ", " : "", name);
}

/* The faces of a family, or the families when `family` is NULL. */
static void put_faces(const struct xml_node *fonts, const char *family, struct buf *out)
{
    for (const struct xml_node *node = xml_first(fonts); node; node = xml_next(node)) {
        if (strcmp(xml_name(node), "family"))
            continue;
        if (!family)
            put_name(out, name_of(node, "name"));
        else if (!strcmp(name_of(node, "name"), family))
            for (const struct xml_node *face = xml_first(node); face; face = xml_next(face))
                put_name(out, name_of(face, "style"));
    }
}

static void check_face(const struct design_style *style, const char *face, const struct xml_node *fonts, struct diag *diag)
{
    if (!face || face_exists(fonts, style->family, face))
        return;
    struct buf known = BUF_EMPTY;
    diag_error(diag, style->at, "E414", _("the style \"%s\" asks for a font that is not there: %s %s"), style->name, style->family,
               face);
    put_faces(fonts, style->family, &known);
    if (known.length) {
        diag_remedy(diag, _("%s has: %s"), style->family, buf_text(&known));
    } else {
        put_faces(fonts, NULL, &known);
        diag_remedy(diag, _("the fonts are: %s"), buf_text(&known));
    }
    buf_free(&known);
}

static void check_contrast(const struct design_style *style, struct diag *diag)
{
    for (int agenda = 0; style->colour && style->ground && agenda < 2; agenda++) {
        double contrast = design_contrast(style->colour, style->ground, agenda);
        if (contrast >= DESIGN_TEXT_CONTRAST)
            continue;
        diag_error(diag, style->at, "E415",
                   agenda ? _("the style \"%s\": %s on %s has a contrast of only %.1f in the colours of the agenda")
                          : _("the style \"%s\": %s on %s has a contrast of only %.1f"),
                   style->name, style->colour->name, style->ground->name, contrast);
        diag_remedy(diag, _("text needs %.1f; choose a darker colour, or say with ground=\"...\" what it is set on"),
                    DESIGN_TEXT_CONTRAST);
        return;
    }
}

static void check_grid(const struct design *design, const struct design_style *style, struct diag *diag)
{
    double step = design->page.baseline_step, lines = step > 0 ? style->leading / step : 1;
    if (!style->grid || lines - (double)(int)(lines + 0.001) <= 0.002)
        return;
    diag_error(diag, style->at, "E412", _("the style \"%s\" stands on the grid, but its leading is no multiple of it"), style->name);
    diag_remedy(diag, _("make the leading a whole number of grid lines, or write grid=\"no\""));
}

static void check_style(const struct design *design, const struct design_style *style, const struct xml_node *fonts,
                        struct diag *diag)
{
    if (!style->family || !style->weight || style->size <= 0 || style->leading <= 0) {
        diag_error(diag, style->at, "E410", _("the style \"%s\" lacks a family, weight, size or leading"), style->name);
        diag_remedy(diag, _("write them, or base the style on one that has them"));
        return;
    }
    if (style->size < 7) {
        diag_error(diag, style->at, "E411", _("the style \"%s\" is smaller than 7 pt"), style->name);
        diag_remedy(diag, _("smaller type is not read on paper"));
    }
    check_grid(design, style, diag);
    check_contrast(style, diag);
    if (!fonts)
        return;
    check_face(style, style->weight, fonts, diag);
    check_face(style, style->emphasis, fonts, diag);
    check_face(style, style->strong, fonts, diag);
}

void design_check_styles(const struct design *design, struct diag *diag)
{
    char *path = file_data("fonts/fonts.xml");
    struct xml_document *fonts = xml_read(path, diag);
    for (size_t i = 0; i < design->style_count; i++)
        check_style(design, design->styles[i], fonts ? xml_root(fonts) : NULL, diag);
    xml_free(fonts);
    mem_free(path);
}

/* ---- names in arrangements ---------------------------------------------------------------------------------------------- */

static void check_style_name(const struct design *design, const struct design_element *element, const char *attribute,
                             struct diag *diag)
{
    const char *name = design_attribute(element, attribute);
    if (!name || design_lookup_style(design, name))
        return;
    diag_error(diag, element->at, "E413", _("<%s>: there is no style \"%s\""), element->name, name);
    diag_remedy(diag, _("name one of <styles>, or add it"));
}

/* A role, or a tone of the hue in hand. */
static void check_colour_name(const struct design *design, const struct design_element *element, const char *attribute,
                              struct diag *diag)
{
    static const char *const tones[] = { "main", "deep", "light", "tint", "tile", "on", "on-tile" };
    const char *name = design_attribute(element, attribute);
    if (!name || design_lookup_colour(design, name))
        return;
    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++)
        if (!strcmp(name, tones[i]))
            return;
    diag_error(diag, element->at, "E408", _("there is no colour \"%s\" in the palette"), name);
    diag_remedy(diag, _("name a role of <palette>, or add one"));
}

void design_check_names(const struct design *design, const struct design_element *element, struct diag *diag)
{
    static const char *const styles[] = { "style", "text", "lists", "headings", "words", "first", "head", "group" };
    static const char *const colours[] = { "background", "bar-colour", "border-colour", "colour", "ground" };
    for (; element; element = element->next) {
        for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
            check_style_name(design, element, styles[i], diag);
        for (size_t i = 0; i < sizeof colours / sizeof *colours; i++)
            check_colour_name(design, element, colours[i], diag);
        design_check_names(design, element->first, diag);
    }
}
