#include "output/printer.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/geom.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/num.h"
#include "xml/xml.h"

enum { ICC_LIMIT = 16 * 1024 * 1024 };

/* "3mm", "0.25pt" in points; the schema has seen to the form. */
static double length_of(const struct xml_node *node, const char *attribute)
{
    const char *s = node ? xml_attribute(node, attribute) : NULL;
    char digits[32];
    struct decimal v;
    if (!s)
        return 0;
    size_t n = strspn(s, "0123456789.");
    if (n >= sizeof digits)
        return 0;
    memcpy(digits, s, n);
    digits[n] = '\0';
    if (!decimal_read(digits, &v))
        return 0;
    return decimal_to_double(v) * (strcmp(s + n, "mm") ? 1 : PT_PER_MM);
}

static bool flag_of(const struct xml_node *node, const char *attribute)
{
    const char *s = xml_attribute(node, attribute);
    return s && !strcmp(s, "yes");
}

static int number_of(const struct xml_node *node, const char *attribute)
{
    return (int)strtol(xml_attribute(node, attribute), NULL, 10);
}

/* ICC.1:2010, 7.2: the class stands in bytes 12-15, the colour space in 16-19, the signature in 36-39. */
static bool is_cmyk_output_profile(const struct buf *icc)
{
    return icc->length > 132 && !memcmp(icc->data + 12, "prtr", 4) && !memcmp(icc->data + 16, "CMYK", 4) &&
           !memcmp(icc->data + 36, "acsp", 4);
}

static char *find_profile(const char *folder, const char *name, struct source at, struct diag *diag)
{
    struct buf beside = BUF_EMPTY;
    buf_printf(&beside, "%s/%s", folder, name);
    bool here = file_exists(beside.data);
    buf_free(&beside);
    if (here)
        return file_resolve(folder, name, at, diag);
    char *shipped = file_data("profiles");
    beside = (struct buf)BUF_EMPTY;
    buf_printf(&beside, "%s/%s", shipped, name);
    char *found = file_exists(beside.data) ? file_resolve(shipped, name, at, diag) : NULL;
    if (!found) {
        diag_error(diag, at, "E720", _("the colour profile %s is missing"), name);
        diag_remedy(diag, _("put the ICC file beside the printer profile, or name one that is there; without the attribute profile the file claims no standard"));
    }
    buf_free(&beside);
    free(shipped);
    return found;
}

static bool read_profile(const char *folder, const struct xml_node *output, struct output_printer *out,
                         struct arena *arena, struct diag *diag)
{
    const char *name = xml_attribute(output, "profile"), *sum = xml_attribute(output, "sha256");
    struct source at = xml_source(output);
    if (!name)
        return true;
    char *path = find_profile(folder, name, at, diag);
    if (!path)
        return false;
    bool good = file_read(path, ICC_LIMIT, &out->icc, at, diag);
    free(path);
    if (!good)
        return false;
    out->icc_name = arena_strdup(arena, name);
    if (!is_cmyk_output_profile(&out->icc)) {
        diag_error(diag, at, "E721", _("%s is not a CMYK printer profile"), name);
        diag_remedy(diag, _("ask the printing house for the ICC file of its paper"));
        return false;
    }
    char found[65];
    sha256_hex(out->icc.data, out->icc.length, found);
    if (sum && strcmp(sum, found)) {
        diag_error(diag, at, "E722", _("%s is another file than the printer profile was made for"), name);
        diag_remedy(diag, _("its checksum is %s; put the right file there, or correct sha256 after asking the house"), found);
        return false;
    }
    return true;
}

static void read_sheet(const struct xml_node *root, struct output_printer *out)
{
    const struct xml_node *sheet = xml_child(root, "sheet"), *limits = xml_child(root, "limits");
    out->bleed = length_of(sheet, "bleed");
    out->slug = length_of(sheet, "slug");
    out->crop_marks = flag_of(sheet, "crop-marks");
    out->registration_marks = flag_of(sheet, "registration-marks");
    if ((out->crop_marks || out->registration_marks) && out->slug == 0)
        out->slug = 12 * PT_PER_MM;
    out->ink_limit = number_of(limits, "ink");
    out->image_resolution = number_of(limits, "image-resolution");
    out->line_width = length_of(limits, "line-width");
    out->type_size = length_of(limits, "type-size");
    out->safe_margin = length_of(limits, "safe-margin");
    const struct xml_node *pages = xml_child(root, "pages");
    out->page_multiple = number_of(pages, "multiple");
    out->pages_at = xml_source(pages ? pages : root);
    out->pages_at.file = out->path;        /* the document goes, the profile stays */
}

static char *profile_path(const char *name)
{
    size_t n = strlen(name);
    if (strchr(name, '/') || (n > 4 && !strcmp(name + n - 4, ".xml")))
        return strdup(name);
    struct buf b = BUF_EMPTY;
    buf_printf(&b, "templates/printers/%s.xml", name);
    char *path = file_data(b.data);
    buf_free(&b);
    return path;
}

bool output_printer_read(const char *name, struct output_printer *out, struct arena *arena, struct diag *diag)
{
    *out = (struct output_printer){ .icc = BUF_EMPTY };
    bool good = false;
    char *path = profile_path(name), *folder = file_folder(path), *schema_path = file_data("templates/schema/printer.xsd");
    struct xml_document *doc = xml_read(path, diag);
    struct xml_schema *schema = doc ? xml_schema_read(schema_path, diag) : NULL;
    if (!schema || !xml_matches(doc, schema, diag))
        goto out;
    const struct xml_node *root = xml_root(doc), *output = xml_child(root, "output");
    out->path = arena_strdup(arena, path);
    out->name = arena_strdup(arena, xml_attribute(root, "name"));
    out->condition = arena_strdup(arena, xml_attribute(output, "condition"));
    out->identifier = arena_strdup(arena, xml_attribute(output, "identifier"));
    const char *registry = xml_attribute(output, "registry");
    out->registry = arena_strdup(arena, registry ? registry : "");
    read_sheet(root, out);
    if (!read_profile(folder, output, out, arena, diag))
        goto out;
    bool wanted = !strcmp(xml_attribute(xml_child(root, "standard"), "claim"), "X-4");
    if (wanted && !out->icc.length) {
        diag_error(diag, xml_source(root), "E723", _("PDF/X-4 is asked for, but no colour profile is named"));
        diag_remedy(diag, _("name the house's ICC file in <output profile=\"...\">, or write <standard claim=\"none\"/>"));
        goto out;
    }
    out->claims_x4 = wanted;
    good = true;
out:
    xml_schema_free(schema);
    xml_free(doc);
    free(schema_path);
    free(folder);
    free(path);
    if (!good)
        output_printer_free(out);
    return good;
}

void output_printer_free(struct output_printer *printer)
{
    buf_free(&printer->icc);
}
