/* Figures from a workbook of Excel (ECMA-376, part 1, 18: SpreadsheetML). */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "plan/figures_sheet.h"

#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define STRICT_RELATIONS "http://purl.oclc.org/ooxml/officeDocument/relationships"

enum { MAX_STYLES = 65536 };

enum look { LOOK_GENERAL, LOOK_NUMBER, LOOK_PERCENT, LOOK_DATE, LOOK_SCALED };

struct format {
    enum look look;
    int decimals;              /* of a number or per cent */
};

struct workbook {
    struct plan_figures *figures;
    struct arena *arena;
    struct diag *diag;
    struct figures_package *package;
    const char **strings;
    size_t string_count;
    struct format *formats;    /* by a cell's style */
    size_t format_count;
    bool from_1904;
};

static bool is(const struct xml_node *node, const char *name)
{
    return !strcmp(xml_name(node), name);          /* two namespaces, transitional and strict, one vocabulary */
}

static bool is_true(const char *flag)
{
    return flag && (!strcmp(flag, "1") || !strcmp(flag, "true"));
}

/* ---- number formats -------------------------------------------------------------------------------------- */

/* What a format code shows (18.8.31): its first section, without quoted text, colours and fillers. */
static struct format read_code(const char *code)
{
    struct format format = { LOOK_GENERAL, FIGURES_GENERAL };
    bool has_digit = false, has_percent = false, has_date = false, has_point = false, is_scaled = false, is_other = false;
    int decimals = 0;
    for (const char *s = code; *s && *s != ';'; s++) {
        if (*s == '"') {
            const char *end = strchr(s + 1, '"');
            s = end ? end : s + strlen(s) - 1;
        } else if (*s == '[') {
            const char *end = strchr(s, ']');
            has_date |= strchr("hms", s[1]) && s[1];
            s = end ? end : s + strlen(s) - 1;
        } else if (*s == '\\' || *s == '_' || *s == '*') {
            s += s[1] != '\0';
        } else if (*s == '0' || *s == '#' || *s == '?') {
            has_digit = true;
            is_scaled = false;
            decimals += has_point;
        } else if (*s == ',') {
            is_scaled = has_digit;                 /* behind the last digit it divides by a thousand */
        } else {
            has_point |= *s == '.';
            has_percent |= *s == '%';
            has_date |= strchr("dDmMyYhHsS", *s) != NULL;
            is_other |= *s == '/' || *s == 'E';    /* "8 1/2" and 8.5E+00 show no decimals to go by */
        }
    }
    if (!strncmp(code, "General", 7) || !strcmp(code, "@"))
        return format;
    format.look = has_percent ? LOOK_PERCENT : has_date ? LOOK_DATE : is_scaled ? LOOK_SCALED : LOOK_NUMBER;
    format.decimals = decimals;
    if (is_other && !has_date)
        return (struct format){ has_percent ? LOOK_PERCENT : LOOK_GENERAL, FIGURES_GENERAL };
    return has_digit || has_date ? format : (struct format){ LOOK_GENERAL, FIGURES_GENERAL };
}

/* The formats that every workbook knows by number (18.8.30). */
static struct format built_in_format(int id)
{
    static const signed char decimals[] = {
        [1] = 0, [2] = 2, [3] = 0, [4] = 2, [37] = 0, [38] = 0, [39] = 2, [40] = 2
    };
    if (id == 9 || id == 10)
        return (struct format){ LOOK_PERCENT, id == 9 ? 0 : 2 };
    if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58))
        return (struct format){ LOOK_DATE, 0 };
    if ((id >= 1 && id <= 4) || (id >= 37 && id <= 40))
        return (struct format){ LOOK_NUMBER, decimals[id] };
    return (struct format){ LOOK_GENERAL, FIGURES_GENERAL };
}

static struct format find_format(const struct xml_node *formats, int id)
{
    for (const struct xml_node *node = formats ? xml_first(formats) : NULL; node; node = xml_next(node)) {
        const char *number = xml_attribute(node, "numFmtId"), *code = xml_attribute(node, "formatCode");
        if (number && code && atoi(number) == id)
            return read_code(code);
    }
    return built_in_format(id);
}

static void read_styles(struct workbook *book)
{
    struct xml_document *doc = figures_package_read(book->package, "xl/styles.xml", false);
    if (!doc)
        return;
    const struct xml_node *root = xml_root(doc), *formats = xml_child(root, "numFmts"),
                          *cells = xml_child(root, "cellXfs");
    size_t n = 0;
    for (const struct xml_node *node = cells ? xml_first(cells) : NULL; node; node = xml_next(node))
        n++;
    n = n < MAX_STYLES ? n : MAX_STYLES;
    book->formats = arena_array(book->arena, struct format, n);
    for (const struct xml_node *node = cells ? xml_first(cells) : NULL; node && book->format_count < n;
         node = xml_next(node)) {
        const char *id = xml_attribute(node, "numFmtId");
        book->formats[book->format_count++] = find_format(formats, id ? atoi(id) : 0);
    }
    xml_free(doc);
}

/* ---- strings --------------------------------------------------------------------------------------------- */

/* Rich text is in runs; phonetic hints (rPh) are no text. */
static void put_text(struct workbook *book, const struct xml_node *node, struct buf *out)
{
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child)) {
        if (is(child, "t"))
            buf_puts(out, xml_text(child, book->arena));
        else if (is(child, "r"))
            put_text(book, child, out);
    }
}

static const char *text_of(struct workbook *book, const struct xml_node *node)
{
    struct buf text = BUF_EMPTY;
    put_text(book, node, &text);
    const char *copy = arena_strdup(book->arena, buf_text(&text));
    buf_free(&text);
    return copy;
}

static void read_strings(struct workbook *book)
{
    struct xml_document *doc = figures_package_read(book->package, "xl/sharedStrings.xml", false);
    size_t n = 0;
    if (!doc)
        return;
    for (const struct xml_node *node = xml_first(xml_root(doc)); node; node = xml_next(node))
        n++;
    book->strings = arena_array(book->arena, const char *, n);
    for (const struct xml_node *node = xml_first(xml_root(doc)); node; node = xml_next(node))
        book->strings[book->string_count++] = text_of(book, node);
    xml_free(doc);
}

/* ---- cells ----------------------------------------------------------------------------------------------- */

/* "D12": column 3, row 12. */
static bool read_place(const char *s, int *column, int *row)
{
    long c = 0, n = 0;
    for (; *s >= 'A' && *s <= 'Z' && c < 20000; s++)
        c = c * 26 + (*s - 'A' + 1);
    for (; *s >= '0' && *s <= '9' && n < 10000000; s++)
        n = n * 10 + (*s - '0');
    *column = (int)c - 1;
    *row = (int)n;
    return c > 0 && n > 0 && (!*s || *s == ':');
}

static void put_number(struct workbook *book, struct figures_sheet *sheet, int column, const struct xml_node *cell,
                       const char *value)
{
    const char *style = xml_attribute(cell, "s");
    long index = style ? strtol(style, NULL, 10) : 0;
    struct format format = { LOOK_GENERAL, FIGURES_GENERAL };
    if (index >= 0 && (size_t)index < book->format_count)
        format = book->formats[index];
    if (format.look == LOOK_DATE) {
        figures_sheet_put_day(sheet, column, value, book->from_1904);
    } else if (format.look == LOOK_SCALED) {
        diag_error(sheet->diag, figures_sheet_at(sheet, sheet->row, column), "E321",
                   _("%sthe number format shows thousands as units"), figures_sheet_where(sheet, sheet->row, column));
        diag_remedy(sheet->diag, _("take the comma at the end of the format out, so that all see the same number"));
    } else {
        figures_sheet_put_number(sheet, column, value, format.look == LOOK_PERCENT, format.decimals);
    }
}

static void put_shared(struct workbook *book, struct figures_sheet *sheet, int column, const char *value)
{
    char *end;
    unsigned long i = strtoul(value, &end, 10);
    if (*end || end == value || i >= book->string_count)
        figures_sheet_tell_fault(sheet, column, value);
    else
        figures_sheet_put(sheet, column, FIGURES_TEXT, book->strings[i]);
}

static void put_cell(struct workbook *book, struct figures_sheet *sheet, int column, const struct xml_node *cell)
{
    const char *type = xml_attribute(cell, "t");
    const struct xml_node *v = xml_child(cell, "v"), *in = xml_child(cell, "is");
    const char *value = v ? plan_trim(book->arena, xml_text(v, book->arena), strlen(xml_text(v, book->arena))) : "";
    type = type ? type : "n";
    if (!strcmp(type, "inlineStr"))
        figures_sheet_put(sheet, column, FIGURES_TEXT, in ? text_of(book, in) : "");
    else if (!*value && xml_child(cell, "f") && strcmp(type, "str") != 0)
        figures_sheet_tell_formula(sheet, column);
    else if (!*value)
        return;
    else if (!strcmp(type, "s"))
        put_shared(book, sheet, column, value);
    else if (!strcmp(type, "e"))
        figures_sheet_tell_fault(sheet, column, value);
    else if (!strcmp(type, "n"))
        put_number(book, sheet, column, cell, value);
    else if (!strcmp(type, "b"))
        figures_sheet_put(sheet, column, FIGURES_TEXT, *value == '1' ? "TRUE" : "FALSE");      /* never 1 or 0 */
    else if (!strcmp(type, "d") && strlen(value) >= 10)
        figures_sheet_put(sheet, column, FIGURES_DATE, arena_strndup(book->arena, value, 10));
    else
        figures_sheet_put(sheet, column, FIGURES_TEXT, value);     /* a formula's text */
}

static bool read_row(struct workbook *book, struct figures_sheet *sheet, const struct xml_node *row)
{
    const char *number = xml_attribute(row, "r");
    int next = 0;
    if (number && atoi(number) > 0)
        sheet->row = atoi(number);
    for (const struct xml_node *cell = xml_first(row); cell; cell = xml_next(cell)) {
        int column = next, ignored;
        const char *place = xml_attribute(cell, "r");
        if (!is(cell, "c"))
            continue;
        if (place && !read_place(place, &column, &ignored))
            continue;
        put_cell(book, sheet, column, cell);
        next = column + 1;
    }
    if (is_true(xml_attribute(row, "hidden")))
        figures_sheet_tell_hidden(sheet);
    bool wanted = figures_sheet_end_row(sheet);
    sheet->row++;
    return wanted;
}

static void tell_merged(struct figures_sheet *sheet, const struct xml_node *ranges)
{
    for (const struct xml_node *node = ranges ? xml_first(ranges) : NULL; node; node = xml_next(node)) {
        int column, row;
        const char *range = xml_attribute(node, "ref");
        if (range && read_place(range, &column, &row))
            figures_sheet_tell_merged(sheet, row, column, range);
    }
}

/* ---- the workbook ---------------------------------------------------------------------------------------- */

/* The sheet to read, of those that are not hidden: that named as the figures, else the first. */
static const struct xml_node *find_sheet(struct workbook *book, const struct xml_node *root)
{
    const struct xml_node *sheets = xml_child(root, "sheets");
    struct figures_sheet_choice choice = { NULL, NULL, false, 0 };
    for (const struct xml_node *node = sheets ? xml_first(sheets) : NULL; node; node = xml_next(node)) {
        const char *state = xml_attribute(node, "state");
        if (!state || !strcmp(state, "visible"))
            figures_sheet_offer(&choice, node, xml_attribute(node, "name"));
    }
    figures_sheet_tell_choice(&choice, book->figures->file, book->diag);
    return choice.node;
}

static const char *relation_of(const struct xml_node *sheet)
{
    const char *id = xml_attribute_ns(sheet, RELATIONS, "id");
    return id ? id : xml_attribute_ns(sheet, STRICT_RELATIONS, "id");
}

/* The file of the sheet, by its relation: "worksheets/sheet1.xml", relative to xl/, or absolute. */
static const char *find_path(struct workbook *book, const struct xml_node *sheet)
{
    const char *id = relation_of(sheet), *path = "xl/worksheets/sheet1.xml";
    struct xml_document *doc = figures_package_read(book->package, "xl/_rels/workbook.xml.rels", true);
    for (const struct xml_node *node = doc ? xml_first(xml_root(doc)) : NULL; node; node = xml_next(node)) {
        const char *own = xml_attribute(node, "Id"), *target = xml_attribute(node, "Target");
        if (own && id && target && !strcmp(own, id))
            path =
                *target == '/' ? arena_strdup(book->arena, target + 1) : arena_printf(book->arena, "xl/%s", target);
    }
    xml_free(doc);
    return path;
}

static void read_sheet(struct workbook *book, const char *path, const char *name)
{
    struct figures_sheet sheet;
    struct xml_document *doc = figures_package_read(book->package, path, true);
    if (!doc)
        return;
    figures_sheet_begin(&sheet, book->figures, name ? name : "", book->diag);
    tell_merged(&sheet, xml_child(xml_root(doc), "mergeCells"));
    const struct xml_node *data = xml_child(xml_root(doc), "sheetData");
    for (const struct xml_node *row = data ? xml_first(data) : NULL; row; row = xml_next(row))
        if (is(row, "row") && !read_row(book, &sheet, row))
            break;
    figures_sheet_end(&sheet);
    xml_free(doc);
}

static void read_book(struct workbook *book, const struct xml_node *root)
{
    const struct xml_node *sheet = find_sheet(book, root), *properties = xml_child(root, "workbookPr");
    const char *flag = properties ? xml_attribute(properties, "date1904") : NULL;
    book->from_1904 = is_true(flag);
    if (!sheet)
        return;
    read_styles(book);
    read_strings(book);
    read_sheet(book, find_path(book, sheet), xml_attribute(sheet, "name"));
}

void figures_xlsx_read(struct plan_figures *figures, const struct buf *bytes, struct diag *diag)
{
    struct workbook book = { .figures = figures, .arena = figures->arena, .diag = diag };
    book.package = figures_package_open(figures->file, bytes, diag);
    if (!book.package)
        return;
    struct xml_document *doc = figures_package_read(book.package, "xl/workbook.xml", true);
    if (doc)
        read_book(&book, xml_root(doc));
    xml_free(doc);
    figures_package_free(book.package);
}
