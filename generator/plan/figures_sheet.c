/* Spreadsheets: the package, and what a cell's number is to the person who sees it. */
#include "plan/figures_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/i18n.h"
#include "base/library.h"

enum { MAX_MERGED_TOLD = 10, SHOWN_DIGITS = 15, MOST_DECIMALS = 4, MOST_TYPED = 2 };

/* Opened at need: only workbooks are packages. */
#define ZIP(F) F(zip_discard) F(zip_fclose) F(zip_fopen) F(zip_fread) F(zip_open_from_source) \
    F(zip_source_buffer_create) F(zip_source_free)
static struct { ZIP(LIBRARY_SLOT) } lib;
static const char *const lib_names[] = { ZIP(LIBRARY_NAME) NULL };

/* ---- the package ----------------------------------------------------------------------------------------- */

struct figures_package {
    const char *file;
    struct diag *diag;
    zip_t *zip;
};

static void tell_damaged(struct diag *diag, const char *file, const char *part)
{
    diag_error(diag, (struct source){ file, 0, 0 }, "E318", _("the workbook is damaged: %s cannot be read"), part);
    diag_remedy(diag, _("open it in the spreadsheet program and save it again"));
}

struct figures_package *figures_package_open(const char *file, const struct buf *bytes, struct diag *diag)
{
    if (!library_open("libzip.so.4", lib_names, &lib, (struct source){ file, 0, 0 }, diag))
        return NULL;
    zip_source_t *source = lib.zip_source_buffer_create(bytes->data, bytes->length, 0, NULL);
    zip_t *zip = source ? lib.zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
    if (!zip) {
        lib.zip_source_free(source);
        tell_damaged(diag, file, _("the package"));
        return NULL;
    }
    struct figures_package *package = mem_alloc(sizeof *package);
    *package = (struct figures_package){ file, diag, zip };
    return package;
}

void figures_package_free(struct figures_package *package)
{
    if (!package)
        return;
    lib.zip_discard(package->zip);
    mem_free(package);
}

/* What is packed may be a thousand times smaller than what comes out: the limit counts what comes out. */
static bool unpack(struct figures_package *package, zip_file_t *file, const char *name, struct buf *out)
{
    char block[64 * 1024];
    zip_int64_t n;
    while ((n = lib.zip_fread(file, block, sizeof block)) > 0) {
        if (out->length + (size_t)n > PLAN_MAX_FIGURES_BYTES) {
            diag_error(package->diag, (struct source){ package->file, 0, 0 }, "E314",
                       _("%s in the workbook is larger than the limit of %d bytes"), name, PLAN_MAX_FIGURES_BYTES);
            diag_remedy(package->diag, _("keep the rows that the plan uses"));
            return false;
        }
        buf_put(out, block, (size_t)n);
    }
    if (!n)
        return true;
    tell_damaged(package->diag, package->file, name);
    return false;
}

struct xml_document *figures_package_read(struct figures_package *package, const char *name, bool needed)
{
    struct buf bytes = BUF_EMPTY;
    struct xml_document *doc = NULL;
    zip_file_t *file = lib.zip_fopen(package->zip, name, 0);
    if (!file) {
        if (needed)
            tell_damaged(package->diag, package->file, name);
        return NULL;
    }
    if (unpack(package, file, name, &bytes)) {
        struct buf place = BUF_EMPTY;
        buf_printf(&place, "%s!%s", package->file, name);
        doc = xml_read_bytes(buf_text(&place), buf_text(&bytes), bytes.length, package->diag);
        buf_free(&place);
    }
    lib.zip_fclose(file);
    buf_free(&bytes);
    return doc;
}

/* ---- the sheet ------------------------------------------------------------------------------------------- */

void figures_sheet_begin(struct figures_sheet *sheet, struct plan_figures *figures, const char *name,
                         struct diag *diag)
{
    *sheet = (struct figures_sheet){ .figures = figures, .arena = figures->arena, .diag = diag, .row = 1 };
    sheet->name = arena_strdup(figures->arena, name);
    sheet->rows = figures_rows_new(figures, sheet->name, diag);
}

void figures_sheet_end(struct figures_sheet *sheet)
{
    figures_rows_finish(sheet->rows);
    figures_rows_free(sheet->rows);
    mem_free(sheet->cells);
}

void figures_sheet_offer(struct figures_sheet_choice *choice, const struct xml_node *node, const char *name)
{
    bool named = name && figures_is_sheet_name(name);
    choice->offered++;
    if (choice->is_named || (choice->node && !named))
        return;
    *choice = (struct figures_sheet_choice){ node, name ? name : "", named, choice->offered };
}

void figures_sheet_tell_choice(const struct figures_sheet_choice *choice, const char *file, struct diag *diag)
{
    if (choice->node && (choice->is_named || choice->offered < 2))
        return;
    if (choice->node)
        diag_note(diag, (struct source){ file, 0, 0 }, "N318", _("the workbook has %zu sheets; \"%s\", the first, is read"),
                  choice->offered, choice->name);
    else
        diag_error(diag, (struct source){ file, 0, 0 }, "E318", _("the workbook has no sheet to read"));
    diag_remedy(diag, _("put the table of figures on a sheet named \"figures\""));
}

struct source figures_sheet_at(const struct figures_sheet *sheet, int row, int column)
{
    return (struct source){ sheet->figures->file, row, column + 1 };
}

const char *figures_sheet_where(const struct figures_sheet *sheet, int row, int column)
{
    return figures_rows_where(sheet->rows, figures_sheet_at(sheet, row, column));
}

/* Cells that were passed over are empty. */
static void fill_to(struct figures_sheet *sheet, size_t count)
{
    VEC_GROW(sheet->cells, sheet->capacity, count);
    for (; sheet->count < count; sheet->count++) {
        int column = (int)sheet->count;
        sheet->cells[column] = (struct figures_cell){ .text = "", .type = FIGURES_TEXT,
                                                      .at = figures_sheet_at(sheet, sheet->row, column) };
    }
}

bool figures_sheet_put(struct figures_sheet *sheet, int column, enum figures_cell_type type, const char *text)
{
    text = plan_trim(sheet->arena, text, strlen(text));
    if (!*text)
        return true;
    if (column < 0 || column >= PLAN_MAX_COLUMNS) {
        diag_error(sheet->diag, figures_sheet_at(sheet, sheet->row, column), "E314",
                   _("the row has more than %d cells, the limit"), PLAN_MAX_COLUMNS);
        diag_remedy(sheet->diag, _("keep the columns of the table of figures"));
        return false;
    }
    if ((size_t)column >= sheet->count)
        fill_to(sheet, (size_t)column + 1);
    sheet->cells[column].type = type;
    sheet->cells[column].text = text;
    return true;
}

bool figures_sheet_end_row(struct figures_sheet *sheet)
{
    bool wanted = !sheet->count || figures_rows_put(sheet->rows, sheet->cells, sheet->count);
    sheet->count = 0;
    return wanted;
}

void figures_sheet_tell_merged(struct figures_sheet *sheet, int row, int column, const char *range)
{
    if (++sheet->merged > MAX_MERGED_TOLD)
        return;
    diag_error(sheet->diag, figures_sheet_at(sheet, row, column), "E319", _("%sthe cells %s are merged"),
               figures_sheet_where(sheet, row, column), range);
    diag_remedy(sheet->diag, _("unmerge them: in the table of figures each cell says one thing"));
}

void figures_sheet_tell_hidden(struct figures_sheet *sheet)
{
    if (sheet->has_hidden || !sheet->count)
        return;
    sheet->has_hidden = true;
    diag_warning(sheet->diag, figures_sheet_at(sheet, sheet->row, 0), "W318", _("%sthe row is hidden, but its figures count"),
                 figures_sheet_where(sheet, sheet->row, 0));
    diag_remedy(sheet->diag, _("show all rows and take the filter off, or delete the row"));
}

void figures_sheet_tell_formula(struct figures_sheet *sheet, int column)
{
    diag_error(sheet->diag, figures_sheet_at(sheet, sheet->row, column), "E320",
               _("%sthe formula has no stored result"), figures_sheet_where(sheet, sheet->row, column));
    diag_remedy(sheet->diag, _("open the workbook in the spreadsheet program, let it calculate, and save it"));
}

void figures_sheet_tell_fault(struct figures_sheet *sheet, int column, const char *shown)
{
    diag_error(sheet->diag, figures_sheet_at(sheet, sheet->row, column), "E320", _("%sthe cell shows the error %s"),
               figures_sheet_where(sheet, sheet->row, column), shown);
    diag_remedy(sheet->diag, _("mend the formula; a figure that is missing is .. or an empty cell"));
}

/* ---- numbers --------------------------------------------------------------------------------------------- */

/* Digits with the place of the point: value = 0.DIGITS * 10^point. */
struct digits {
    char text[40];
    int count, point;
    bool negative;
};

static bool read_digits(const char *s, struct digits *out)
{
    int exponent = 0;
    bool has_point = false, any = false;
    *out = (struct digits){ .negative = *s == '-' };
    s += *s == '-' || *s == '+';
    for (; (*s >= '0' && *s <= '9') || (*s == '.' && !has_point); s++) {
        if (*s == '.') {
            has_point = true;
            continue;
        }
        any = true;
        out->point += !has_point && (out->count || *s != '0');
        exponent -= has_point && !out->count && *s == '0';
        if ((out->count || *s != '0') && out->count < (int)sizeof out->text - 1)
            out->text[out->count++] = *s;
    }
    if (any && (*s == 'E' || *s == 'e')) {
        char *end;
        long e = strtol(s + 1, &end, 10);
        if (end == s + 1 || e < -400 || e > 400)
            return false;
        exponent += (int)e;
        s = end;
    }
    out->point += exponent;
    return any && !*s;
}

/* Keep `count` digits, half away from zero. */
static void round_digits(struct digits *d, int count)
{
    if (count >= d->count)
        return;
    if (count < 0) {
        d->count = 0;
        return;
    }
    bool up = d->text[count] >= '5';
    d->count = count;
    for (int i = count - 1; up && i >= 0; i--) {
        up = d->text[i] == '9';
        d->text[i] = up ? '0' : (char)(d->text[i] + 1);
    }
    if (!up)
        return;
    memmove(d->text + 1, d->text, (size_t)d->count);           /* 9.99 became 10.0 */
    d->text[0] = '1';
    d->count++;
    d->point++;
}

static char digit_at(const struct digits *d, int i)
{
    return i >= 0 && i < d->count ? d->text[i] : '0';
}

static const char *write_digits(struct arena *arena, const struct digits *d, int decimals)
{
    struct buf b = BUF_EMPTY;
    struct decimal checked;
    if (d->negative && d->count)
        buf_putc(&b, '-');
    for (int i = d->point < 1 ? d->point - 1 : 0; i < d->point + decimals; i++) {
        if (i == d->point)
            buf_putc(&b, '.');
        buf_putc(&b, digit_at(d, i));
        if (b.length > 30)
            break;
    }
    const char *text = decimal_read(buf_text(&b), &checked) ? arena_strdup(arena, buf_text(&b)) : NULL;
    buf_free(&b);
    return text;
}

const char *figures_sheet_number(struct arena *arena, const char *text, int shift, int decimals)
{
    struct digits d;
    if (!read_digits(text, &d))
        return NULL;
    round_digits(&d, SHOWN_DIGITS);
    d.point += shift;
    if (decimals != FIGURES_GENERAL)
        round_digits(&d, d.point + decimals);
    while (d.count && d.text[d.count - 1] == '0')
        d.count--;
    if (!d.count)
        d.point = 0;
    if (decimals == FIGURES_GENERAL)
        decimals = d.count > d.point ? d.count - d.point : 0;
    return d.point > 18 ? NULL : write_digits(arena, &d, decimals);
}

/* The page shows what the cell shows. A calculated 8,4333 shown as 8,4 is meant so; 0,084 behind "8 %" was typed with a
   digit that nobody sees: few decimals, and the format has none. */
static void check_shown(struct figures_sheet *sheet, int column, const char *stored, const char *shown, bool is_percent)
{
    struct decimal exact, seen;
    const char *whole = figures_sheet_number(sheet->arena, stored, is_percent ? 2 : 0, FIGURES_GENERAL);
    if (!whole || !decimal_read(whole, &exact) || !decimal_read(shown, &seen) || decimal_compare(exact, seen) == 0 ||
        seen.scale || exact.scale > MOST_TYPED)
        return;
    diag_warning(sheet->diag, figures_sheet_at(sheet, sheet->row, column), "W313",
                 _("%sthe cell shows %s, but holds %s; what it shows is read"), figures_sheet_where(sheet, sheet->row, column),
                 shown, whole);
    diag_remedy(sheet->diag, _("give the cell a number format with the decimals that are meant"));
}

void figures_sheet_put_number(struct figures_sheet *sheet, int column, const char *text, bool is_percent,
                              int decimals)
{
    const char *number = figures_sheet_number(sheet->arena, text, is_percent ? 2 : 0, decimals);
    const char *point = number ? strchr(number, '.') : NULL;
    if (!number || (decimals == FIGURES_GENERAL && point && strlen(point + 1) > MOST_DECIMALS)) {
        diag_error(sheet->diag, figures_sheet_at(sheet, sheet->row, column), "E313",
                   _("%sthe number %s has more digits than can be meant"),
                   figures_sheet_where(sheet, sheet->row, column), text);
        diag_remedy(sheet->diag, _("give the cell a number format with the decimals that are to be shown"));
        return;
    }
    if (decimals != FIGURES_GENERAL)
        check_shown(sheet, column, text, number, is_percent);
    figures_sheet_put(sheet, column, is_percent ? FIGURES_PERCENT : FIGURES_NUMBER, number);
}

/* The Gregorian date of a day counted from 1970-01-01. */
static void civil_date(long days, int *year, int *month, int *day)
{
    long z = days + 719468, era = z / 146097, doe = z - era * 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    long doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

void figures_sheet_put_day(struct figures_sheet *sheet, int column, const char *serial, bool from_1904)
{
    const char *whole = figures_sheet_number(sheet->arena, serial, 0, FIGURES_GENERAL);
    long n = whole ? strtol(whole, NULL, 10) + (from_1904 ? 1462 : 0) : 0;
    if (n < 61 || n > 2958465) {           /* before 1900-03-01 Excel counts a day that never was */
        figures_sheet_tell_fault(sheet, column, serial);
        return;
    }
    int year, month, day;
    char date[40];
    civil_date(n - 25569, &year, &month, &day);
    snprintf(date, sizeof date, "%04d-%02d-%02d", year, month, day);
    figures_sheet_put(sheet, column, FIGURES_DATE, date);
}
