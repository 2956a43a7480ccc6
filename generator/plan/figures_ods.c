/* Figures from a spreadsheet of LibreOffice (OpenDocument 1.3, part 3, 9: tables). */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "plan/figures_sheet.h"

#define OFFICE "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
#define TABLE "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
#define CALC "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
#define STYLE "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
#define TEXT "urn:oasis:names:tc:opendocument:xmlns:text:1.0"

static bool is(const struct xml_node *node, const char *uri, const char *name)
{
    return !strcmp(xml_name(node), name) && !strcmp(xml_namespace(node), uri);
}

static int repeats(const struct xml_node *node, const char *name)
{
    const char *text = xml_attribute_ns(node, TABLE, name);
    long n = text ? strtol(text, NULL, 10) : 1;
    return n < 1 ? 1 : n > 10000000 ? 10000000 : (int)n;
}

/* ---- cells ----------------------------------------------------------------------------------------------- */

/* What the cell shows: its paragraphs. <text:s/> is a space; annotations are no part of it. */
static void put_shown(const struct xml_node *node, struct arena *arena, struct buf *out)
{
    struct xml_piece *pieces;
    size_t n = xml_pieces(node, arena, &pieces);
    for (size_t i = 0; i < n; i++) {
        if (!pieces[i].node)
            buf_puts(out, pieces[i].text);
        else if (is(pieces[i].node, TEXT, "s"))
            buf_putc(out, ' ');
        else if (!is(pieces[i].node, OFFICE, "annotation"))
            put_shown(pieces[i].node, arena, out);
    }
}

static const char *shown_text(const struct xml_node *cell, struct arena *arena)
{
    struct buf text = BUF_EMPTY;
    for (const struct xml_node *p = xml_first(cell); p; p = xml_next(p)) {
        if (!is(p, TEXT, "p"))
            continue;
        if (text.length)
            buf_putc(&text, ' ');
        put_shown(p, arena, &text);
    }
    const char *copy = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return copy;
}

static size_t copy_digits(const char *text, char *out, size_t most)
{
    size_t n = 0;
    for (; *text && n < most; text++)
        if (*text >= '0' && *text <= '9')
            out[n++] = *text;
    return n;
}

/* How many decimals the cell shows: as many as give the digits that stand there. This needs no style and no locale. */
static int shown_decimals(const char *value, const char *shown, bool is_percent, struct arena *arena)
{
    char wanted[40], got[40];
    size_t n = copy_digits(shown, wanted, sizeof wanted);
    for (int decimals = 0; n && decimals <= DECIMAL_MAX_SCALE; decimals++) {
        const char *number = figures_sheet_number(arena, value, is_percent ? 2 : 0, decimals);
        if (number && copy_digits(number, got, sizeof got) == n && !memcmp(wanted, got, n))
            return decimals;
    }
    return FIGURES_GENERAL;
}

static void put_number(struct figures_sheet *sheet, int column, const struct xml_node *cell, const char *value,
                       bool is_percent)
{
    const char *shown = shown_text(cell, sheet->arena);
    figures_sheet_put_number(sheet, column, value, is_percent,
                             shown_decimals(value, shown, is_percent, sheet->arena));
}

static void put_cell(struct figures_sheet *sheet, int column, const struct xml_node *cell)
{
    const char *type = xml_attribute_ns(cell, OFFICE, "value-type"), *value = xml_attribute_ns(cell, OFFICE, "value");
    const char *date = xml_attribute_ns(cell, OFFICE, "date-value"), *shown = shown_text(cell, sheet->arena);
    const char *calculated = xml_attribute_ns(cell, CALC, "value-type");
    bool is_percent = type && !strcmp(type, "percentage");
    if (calculated && !strcmp(calculated, "error"))
        figures_sheet_tell_fault(sheet, column, *shown ? shown : "?");         /* "Err:502", in the user's language */
    else if (!type && xml_attribute_ns(cell, TABLE, "formula"))
        figures_sheet_tell_formula(sheet, column);
    else if (value && (is_percent || !strcmp(type ? type : "", "float") || !strcmp(type ? type : "", "currency")))
        put_number(sheet, column, cell, value, is_percent);
    else if (date && strlen(date) >= 10)
        figures_sheet_put(sheet, column, FIGURES_DATE, arena_strndup(sheet->arena, date, 10));
    else if (*shown == '#' && xml_attribute_ns(cell, TABLE, "formula"))
        figures_sheet_tell_fault(sheet, column, shown);
    else
        figures_sheet_put(sheet, column, FIGURES_TEXT, shown);
}

static void check_span(struct figures_sheet *sheet, int column, const struct xml_node *cell)
{
    int columns = repeats(cell, "number-columns-spanned"), rows = repeats(cell, "number-rows-spanned");
    if (columns == 1 && rows == 1)
        return;
    figures_sheet_tell_merged(sheet, sheet->row, column, arena_printf(sheet->arena, "%d × %d", columns, rows));
}

/* ---- rows ------------------------------------------------------------------------------------------------ */

static void put_cells(struct figures_sheet *sheet, const struct xml_node *row, bool first)
{
    int column = 0;
    for (const struct xml_node *cell = xml_first(row); cell && column < 20000; cell = xml_next(cell)) {
        int n = repeats(cell, "number-columns-repeated");
        if (is(cell, TABLE, "table-cell") && (xml_first(cell) || xml_attribute_ns(cell, OFFICE, "value-type") ||
                                              xml_attribute_ns(cell, TABLE, "formula"))) {
            if (first)
                check_span(sheet, column, cell);
            for (int i = 0; i < n && column + i <= PLAN_MAX_COLUMNS; i++)
                put_cell(sheet, column + i, cell);
        }
        column += n;
    }
}

static bool is_blank(const struct xml_node *row)
{
    for (const struct xml_node *cell = xml_first(row); cell; cell = xml_next(cell))
        if (xml_first(cell) || xml_attribute_ns(cell, OFFICE, "value-type") || xml_attribute_ns(cell, TABLE, "formula"))
            return false;
    return true;
}

static bool is_hidden_row(const struct xml_node *row)
{
    const char *visibility = xml_attribute_ns(row, TABLE, "visibility");
    return visibility && strcmp(visibility, "visible") != 0;   /* "collapse" by hand, "filter" by a filter */
}

/* A row that is repeated stands for so many rows; the blank ones below the table are a million. */
static bool read_row(struct figures_sheet *sheet, const struct xml_node *row)
{
    int n = repeats(row, "number-rows-repeated");
    if (is_blank(row)) {
        sheet->row += n;
        return true;
    }
    for (int i = 0; i < n; i++) {
        put_cells(sheet, row, i == 0);
        if (is_hidden_row(row))
            figures_sheet_tell_hidden(sheet);
        if (!figures_sheet_end_row(sheet))
            return false;
        sheet->row++;
    }
    return true;
}

/* Rows may stand in groups: header rows, outlines. */
static bool read_rows(struct figures_sheet *sheet, const struct xml_node *node)
{
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child)) {
        bool is_group = is(child, TABLE, "table-header-rows") || is(child, TABLE, "table-row-group") ||
                        is(child, TABLE, "table-rows");
        if (is_group && !read_rows(sheet, child))
            return false;
        if (is(child, TABLE, "table-row") && !read_row(sheet, child))
            return false;
    }
    return true;
}

/* ---- the document ---------------------------------------------------------------------------------------- */

/* A sheet is hidden by its style: <style:table-properties table:display="false"/>. */
static bool is_hidden(const struct xml_node *root, const struct xml_node *table)
{
    const struct xml_node *styles = xml_child(root, "automatic-styles");
    const char *name = xml_attribute_ns(table, TABLE, "style-name");
    for (const struct xml_node *style = styles && name ? xml_first(styles) : NULL; style; style = xml_next(style)) {
        const char *own = xml_attribute_ns(style, STYLE, "name");
        const struct xml_node *properties = own && !strcmp(own, name) ? xml_child(style, "table-properties") : NULL;
        const char *display = properties ? xml_attribute_ns(properties, TABLE, "display") : NULL;
        if (display && !strcmp(display, "false"))
            return true;
    }
    return false;
}

static const struct xml_node *find_table(const struct xml_node *root, const char *file, struct diag *diag)
{
    const struct xml_node *body = xml_child(root, "body"), *sheets = body ? xml_child(body, "spreadsheet") : NULL;
    struct figures_sheet_choice choice = { NULL, NULL, false, 0 };
    for (const struct xml_node *node = sheets ? xml_first(sheets) : NULL; node; node = xml_next(node))
        if (is(node, TABLE, "table") && !is_hidden(root, node))
            figures_sheet_offer(&choice, node, xml_attribute_ns(node, TABLE, "name"));
    figures_sheet_tell_choice(&choice, file, diag);
    return choice.node;
}

static void read_table(struct plan_figures *figures, const struct xml_node *table, struct diag *diag)
{
    struct figures_sheet sheet;
    const char *name = xml_attribute_ns(table, TABLE, "name");
    figures_sheet_begin(&sheet, figures, name ? name : "", diag);
    read_rows(&sheet, table);
    figures_sheet_end(&sheet);
}

void figures_ods_read(struct plan_figures *figures, const struct buf *bytes, struct diag *diag)
{
    struct figures_package *package = figures_package_open(figures->file, bytes, diag);
    struct xml_document *doc = package ? figures_package_read(package, "content.xml", true) : NULL;
    const struct xml_node *table = doc ? find_table(xml_root(doc), figures->file, diag) : NULL;
    if (table)
        read_table(figures, table, diag);
    xml_free(doc);
    figures_package_free(package);
}
