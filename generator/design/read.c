/* template.xml into a struct design. The schema has seen to the form; here are the rules that cross fields. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "design/check.h"
#include "design/design.h"
#include "design/length.h"
#include "xml/xml.h"

/* ISO 12647-2 coated offset bears 300 percent; more sets off on the next sheet. */
static const double ink_limit = 300;

struct reader {
    struct design *design;
    struct arena *arena;
    struct diag *diag;
};

static const char *copy_attribute(struct reader *r, const struct xml_node *node, const char *name)
{
    return arena_strdup(r->arena, xml_attribute(node, name));
}

/* A place that outlives the document it was read from. */
static struct source place_of(const struct reader *r, const struct xml_node *node)
{
    struct source at = xml_source(node);
    at.file = r->design->file;
    return at;
}

static double length_of(struct reader *r, const struct xml_node *node, const char *name, double missing)
{
    const char *s = xml_attribute(node, name);
    double v = missing;
    if (s && !design_length_read(s, r->design->page.baseline_step, 0, &v))
        diag_error(r->diag, xml_source(node), "E402", _("%s=\"%s\" is not a length"), name, s);
    return v;
}

static int int_of(const struct xml_node *node, const char *name, int missing)
{
    const char *s = xml_attribute(node, name);
    return s ? (int)strtol(s, NULL, 10) : missing;
}

static bool flag_of(const struct xml_node *node, const char *name, bool missing)
{
    const char *s = xml_attribute(node, name);
    return s ? !strcmp(s, "yes") : missing;
}

/* ---- page ------------------------------------------------------------------------------------------------------------ */

static void read_page(struct reader *r, const struct xml_node *node, const struct xml_node *baseline)
{
    struct design_page *page = &r->design->page;
    page->at = place_of(r, node);
    page->baseline_step = length_of(r, baseline, "step", 0);
    page->first_baseline = length_of(r, baseline, "first", 0);
    page->last_baseline = length_of(r, baseline, "last", 0);
    page->width = length_of(r, node, "width", 0);
    page->height = length_of(r, node, "height", 0);
    page->bleed = length_of(r, node, "bleed", 0);
    page->top = length_of(r, node, "top", 0);
    page->bottom = length_of(r, node, "bottom", 0);
    page->inside = length_of(r, node, "inside", 0);
    page->outside = length_of(r, node, "outside", 0);
    page->gutter = length_of(r, node, "gutter", 0);
    page->columns = int_of(node, "columns", 12);
    page->multiple = int_of(node, "multiple", 0);
    page->facing = flag_of(node, "facing", false);
    double room = page->width - page->inside - page->outside - (page->columns - 1) * page->gutter;
    if (room < 72 || page->height - page->top - page->bottom < 72)
        diag_error(r->diag, xml_source(node), "E403", _("the margins and gutters leave less than an inch for the type area"));
    if (page->baseline_step < 4 || page->last_baseline > page->height ||
        page->last_baseline < page->first_baseline + page->baseline_step)
        diag_error(r->diag, xml_source(baseline), "E404", _("the baseline grid does not lie on the page"));
}

/* ---- palette --------------------------------------------------------------------------------------------------------- */

static void read_rgb(const char *s, unsigned char rgb[3])
{
    unsigned long v = strtoul(s + 1, NULL, 16);
    rgb[0] = (unsigned char)(v >> 16);
    rgb[1] = (unsigned char)(v >> 8 & 255);
    rgb[2] = (unsigned char)(v & 255);
}

static void read_cmyk(struct reader *r, const struct xml_node *node, double cmyk[4])
{
    char *s = arena_strdup(r->arena, xml_attribute(node, "cmyk")), *rest = s;
    double sum = 0;
    for (int i = 0; i < 4; i++) {
        char *number = strsep(&rest, " ");
        if (!number || !design_number_read(number, &cmyk[i]) || cmyk[i] > 100)
            diag_error(r->diag, xml_source(node), "E405", _("an ink of the colour %s is over 100 percent"),
                       xml_attribute(node, "role"));
        sum += cmyk[i];
    }
    if (sum > ink_limit) {
        diag_error(r->diag, xml_source(node), "E406", _("the inks of the colour %s add up to %d percent"),
                   xml_attribute(node, "role"), (int)sum);
        diag_remedy(r->diag, _("stay below %d percent: take from all coloured inks alike and give black"), (int)ink_limit);
    }
}

static void read_palette(struct reader *r, const struct xml_node *palette)
{
    size_t n = 0;
    for (const struct xml_node *node = xml_first(palette); node; node = xml_next(node))
        n++;
    const struct design_colour **colours = arena_array(r->arena, const struct design_colour *, n + 1);
    r->design->colours = colours;
    for (const struct xml_node *node = xml_first(palette); node; node = xml_next(node)) {
        struct design_colour *colour = arena_new_of(r->arena, struct design_colour);
        const char *agenda = xml_attribute(node, "agenda");
        colour->name = copy_attribute(r, node, "role");
        colour->spot = copy_attribute(r, node, "spot");
        colour->at = place_of(r, node);
        read_rgb(xml_attribute(node, "rgb"), colour->rgb);
        read_rgb(agenda ? agenda : xml_attribute(node, "rgb"), colour->agenda);
        read_cmyk(r, node, colour->cmyk);
        colours[r->design->colour_count++] = colour;
    }
}

static const struct design_colour *colour_of(struct reader *r, const struct xml_node *node, const char *name,
                                             const struct design_colour *missing)
{
    const char *role = xml_attribute(node, name);
    if (!role)
        return missing;
    const struct design_colour *colour = design_lookup_colour(r->design, role);
    if (!colour) {
        diag_error(r->diag, xml_source(node), "E408", _("there is no colour \"%s\" in the palette"), role);
        diag_remedy(r->diag, _("name a role of <palette>, or add one"));
    }
    return colour ? colour : missing;
}

/* ---- styles ---------------------------------------------------------------------------------------------------------- */

static int choice_of(const struct xml_node *node, const char *name, const char *const *choices, int missing)
{
    const char *s = xml_attribute(node, name);
    for (int i = 0; s && choices[i]; i++)
        if (!strcmp(s, choices[i]))
            return i;
    return missing;
}

static unsigned figures_of(const struct xml_node *node, unsigned missing)
{
    const char *s = xml_attribute(node, "figures");
    if (!s)
        return missing;
    return (strstr(s, "lining") ? DESIGN_LINING : 0u) | (strstr(s, "old-style") ? DESIGN_OLD_STYLE : 0u) |
           (strstr(s, "tabular") ? DESIGN_TABULAR : 0u) | (strstr(s, "proportional") ? DESIGN_PROPORTIONAL : 0u);
}

static const char *text_of(struct reader *r, const struct xml_node *node, const char *name, const char *missing)
{
    const char *s = copy_attribute(r, node, name);
    return s ? s : missing;
}

static void read_style(struct reader *r, const struct xml_node *node, struct design_style *style)
{
    static const char *const aligns[] = { "start", "centre", "end", "justify", NULL };
    static const char *const caps[] = { "none", "upper", "small", NULL };
    const char *base = xml_attribute(node, "based-on");
    if (base) {
        const struct design_style *from = design_lookup_style(r->design, base);
        if (from) {
            *style = *from;
        } else {
            diag_error(r->diag, xml_source(node), "E409", _("the style \"%s\" is based on \"%s\", which does not stand before it"),
                       xml_attribute(node, "name"), base);
            diag_remedy(r->diag, _("move it up, or correct the name"));
        }
    }
    style->name = copy_attribute(r, node, "name");
    style->at = place_of(r, node);
    style->family = text_of(r, node, "family", style->family);
    style->weight = text_of(r, node, "weight", style->weight);
    style->emphasis = text_of(r, node, "emphasis", style->emphasis);
    style->strong = text_of(r, node, "strong", style->strong);
    style->size = length_of(r, node, "size", style->size);
    style->leading = length_of(r, node, "leading", style->leading);
    style->tracking = length_of(r, node, "tracking", style->tracking);
    style->colour = colour_of(r, node, "colour", style->colour ? style->colour : design_lookup_colour(r->design, "ink"));
    style->ground = colour_of(r, node, "ground", style->ground ? style->ground : design_lookup_colour(r->design, "paper"));
    style->label_colour = colour_of(r, node, "label-colour", style->label_colour);
    style->align = (enum design_align)choice_of(node, "align", aligns, (int)style->align);
    style->caps = (enum design_caps)choice_of(node, "caps", caps, (int)style->caps);
    style->figures = figures_of(node, style->figures);
    style->indent = length_of(r, node, "indent", style->indent);
    style->hang = length_of(r, node, "hang", style->hang);
    style->space_before = length_of(r, node, "space-before", style->space_before);
    style->space_after = length_of(r, node, "space-after", style->space_after);
    style->hyphenate = flag_of(node, "hyphenate", style->hyphenate);
    style->grid = flag_of(node, "grid", style->grid);
    style->keep_next = int_of(node, "keep-next", style->keep_next);
}

static void read_styles(struct reader *r, const struct xml_node *styles)
{
    size_t n = 0;
    for (const struct xml_node *node = xml_first(styles); node; node = xml_next(node))
        n++;
    const struct design_style **list = arena_array(r->arena, const struct design_style *, n + 1);
    r->design->styles = list;
    for (const struct xml_node *node = xml_first(styles); node; node = xml_next(node)) {
        struct design_style *style = arena_new_of(r->arena, struct design_style);
        read_style(r, node, style);
        list[r->design->style_count++] = style;
    }
}

/* ---- setting --------------------------------------------------------------------------------------------------------- */

static double share_of(struct reader *r, const struct xml_node *node, const char *name)
{
    double v = 0;
    if (!design_length_read(xml_attribute(node, name), 0, 1, &v))
        diag_error(r->diag, xml_source(node), "E402", _("%s=\"%s\" is not a length"), name, xml_attribute(node, name));
    return v;
}

static void read_setting(struct reader *r, const struct xml_node *node)
{
    r->design->setting = (struct design_setting){
        .space = length_of(r, node, "space", 0.25),
        .stretch = share_of(r, node, "stretch"),
        .shrink = share_of(r, node, "shrink"),
        .expansion = share_of(r, node, "expansion"),
        .tracking = length_of(r, node, "tracking", 0),
        .hyphen_penalty = int_of(node, "hyphen-penalty", 20),
        .narrow = length_of(r, node, "narrow", 0),
        .hyphen_run = int_of(node, "hyphen-run", 2),
        .shape_gap = length_of(r, node, "shape-gap", 8),
    };
}

/* ---- elements kept as written ------------------------------------------------------------------------------------------ */

static const struct design_element *copy_elements(struct reader *r, const struct xml_node *first,
                                                  const struct design_element *parent)
{
    const struct design_element *head = NULL, **link = &head;
    for (const struct xml_node *node = first; node; node = xml_next(node)) {
        struct design_element *e = arena_new_of(r->arena, struct design_element);
        size_t n = xml_attribute_count(node), k = 0;
        bool leaf = !xml_first(node) && xml_has_text(node);
        const char **attributes = arena_array(r->arena, const char *, 2 * (n + leaf) + 1);
        for (size_t i = 0; i < n; i++) {
            const char *name = xml_attribute_name(node, i);
            attributes[k++] = arena_strdup(r->arena, name);
            attributes[k++] = copy_attribute(r, node, name);
        }
        if (leaf) {
            attributes[k++] = "";          /* the text of a leaf: a word of a language */
            attributes[k++] = xml_text(node, r->arena);
        }
        e->name = arena_strdup(r->arena, xml_name(node));
        e->attributes = attributes;
        e->parent = parent;
        e->at = place_of(r, node);
        e->first = copy_elements(r, xml_first(node), e);
        *link = e;
        link = &e->next;
    }
    return head;
}

/* ---- the whole ----------------------------------------------------------------------------------------------------------- */

static void read_template(struct reader *r, const struct xml_node *root)
{
    struct design *design = r->design;
    design->name = copy_attribute(r, root, "name");
    design->title = copy_attribute(r, root, "title");
    read_page(r, xml_child(root, "page"), xml_child(root, "baseline"));
    read_palette(r, xml_child(root, "palette"));
    design_check_palette(design, place_of(r, xml_child(root, "palette")), r->diag);
    read_setting(r, xml_child(root, "setting"));
    read_styles(r, xml_child(root, "styles"));
    design->words = copy_elements(r, xml_first(xml_child(root, "languages")), NULL);
    design->numbers = design->words;
    design->masters = copy_elements(r, xml_first(xml_child(root, "masters")), NULL);
    design->components = copy_elements(r, xml_first(xml_child(root, "components")), NULL);
    design->arrangements = copy_elements(r, xml_first(xml_child(root, "arrangements")), NULL);
    design_check_styles(design, r->diag);
    design_check_names(design, design->masters, r->diag);
    design_check_names(design, design->arrangements, r->diag);
}

static char *template_folder(const char *name)
{
    if (strchr(name, '/'))
        return strdup(name);
    struct buf b = BUF_EMPTY;
    buf_printf(&b, "templates/%s", name);
    char *folder = file_data(b.data);
    buf_free(&b);
    return folder;
}

const struct design *design_read(const char *name, struct arena *arena, struct diag *diag)
{
    struct reader r = { arena_new_of(arena, struct design), arena, diag };
    size_t errors = diag_errors(diag);
    char *folder = template_folder(name), *schema_path = file_data("templates/schema/template.xsd");
    r.design->folder = arena_strdup(arena, folder);
    r.design->file = arena_printf(arena, "%s/template.xml", folder);
    char *exceptions = file_data("templates/hyphenation");
    r.design->exceptions = arena_strdup(arena, exceptions);
    struct xml_document *doc = xml_read(r.design->file, diag);
    struct xml_schema *schema = doc ? xml_schema_read(schema_path, diag) : NULL;
    if (schema && xml_matches(doc, schema, diag))
        read_template(&r, xml_root(doc));
    xml_schema_free(schema);
    xml_free(doc);
    free(exceptions);
    free(schema_path);
    free(folder);
    return diag_errors(diag) == errors ? r.design : NULL;
}
