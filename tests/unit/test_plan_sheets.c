/* The same table means the same as CSV, XLSX and ODS: random tables, written in the three forms, give the same figures. */
#include <check.h>
#include <stdint.h>
#include <stdio.h>

#include "../package.h"
#include "plan/figures_sheet.h"
#include "unit.h"

/* ---- random tables --------------------------------------------------------------------------------------- */
enum { ROWS = 30 };

struct row {
    char id[24], period[12], source[24], retrieved[12];
    int kind, unit;
    int64_t digits;            /* value = digits / 10^scale */
    int scale;
    bool missing, as_percent, as_text;
};

static uint64_t seed;

static unsigned random_below(unsigned n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % n;
}

static void make_row(struct row *row, int number)
{
    static const char *const sources[] = { "", "Jobindsats", "Danmarks Statistik; 2020", "\"Egne\" tal",
                                           "Århus & <co>" };
    static const int units[] = { PLAN_PERCENT, PLAN_COUNT, PLAN_RANK, PLAN_POINTS };
    *row = (struct row){ .kind = (int)random_below(4), .unit = units[random_below(4)], .scale = (int)random_below(3) };
    snprintf(row->id, sizeof row->id, "maal-%d", number);      /* one id a row: no doubled keys, no mixed units */
    if (random_below(5))
        snprintf(row->period, sizeof row->period, random_below(3) ? "%d" : "%dK2", 2015 + (int)random_below(10));
    snprintf(row->source, sizeof row->source, "%s", sources[random_below(5)]);
    if (random_below(2))
        snprintf(row->retrieved, sizeof row->retrieved, "20%02u-%02u-%02u", random_below(30), 1 + random_below(12),
                 1 + random_below(28));
    row->digits = (int64_t)random_below(random_below(2) ? 1000 : 100000000) - 200;
    row->missing = random_below(8) == 0;
    row->as_text = random_below(4) == 0;
    row->as_percent = row->unit == PLAN_PERCENT && row->scale == 1 && random_below(2);
    if (row->unit == PLAN_COUNT)
        row->scale = 0;
}

/* The number with a decimal comma or point, and `shift` places more behind it (for a per cent stored as a share). */
static const char *number(const struct row *row, char mark, int shift)
{
    static char text[2][64];
    static int turn;
    char *out = text[turn ^= 1];
    int scale = row->scale + shift;
    uint64_t digits = (uint64_t)(row->digits < 0 ? -row->digits : row->digits), power = 1;
    for (int i = 0; i < scale; i++)
        power *= 10;
    int n = snprintf(out, sizeof text[0], "%s%llu", row->digits < 0 ? "-" : "", (unsigned long long)(digits / power));
    if (scale)
        snprintf(out + n, sizeof text[0] - (size_t)n, "%c%0*llu", mark, scale, (unsigned long long)(digits % power));
    return out;
}

/* ---- three ways to write it ------------------------------------------------------------------------------ */
static void put_csv(struct buf *out, const struct row *rows)
{
    buf_puts(out, "id;period;kind;value;unit;source;retrieved\n");
    for (int i = 0; i < ROWS; i++) {
        const struct row *r = &rows[i];
        buf_printf(out, "%s;%s;%s;%s;%s;\"", r->id, r->period, plan_figure_kind_name((enum plan_figure_kind)r->kind),
                   r->missing ? ".." : number(r, ',', 0), plan_unit_name((enum plan_unit)r->unit));
        for (const char *s = r->source; *s; s++)
            buf_puts(out, *s == '"' ? "\"\"" : (char[]){ *s, 0 });
        buf_printf(out, "\";%s\n", r->retrieved);
    }
}

static void put_escaped(struct buf *out, const char *s)
{
    for (; *s; s++)
        buf_puts(out, *s == '&' ? "&amp;" : *s == '<' ? "&lt;" : (char[]){ *s, 0 });
}

static void put_xlsx_text(struct buf *out, const char *text)
{
    buf_puts(out, "<c t=\"inlineStr\"><is><t>");
    put_escaped(out, text);
    buf_puts(out, "</t></is></c>");
}

static long serial_of(const char *date)
{
    int y = atoi(date), m = atoi(date + 5), d = atoi(date + 8);
    long a = (14 - m) / 12, yy = y + 4800 - a, mm = m + 12 * a - 3;
    return d + (153 * mm + 2) / 5 + 365 * yy + yy / 4 - yy / 100 + yy / 400 - 32045 - 2415019;
}

/* As Excel stores it: seventeen digits of a double. */
static void put_xlsx_value(struct buf *out, const struct row *r)
{
    double v = strtod(number(r, '.', 0), NULL);
    if (r->missing || r->as_text)
        put_xlsx_text(out, r->missing ? ".." : number(r, ',', 0));
    else if (r->as_percent)
        buf_printf(out, "<c s=\"3\"><v>%.17g</v></c>", v / 100);
    else
        buf_printf(out, "<c s=\"%d\"><v>%.17g</v></c>", r->scale == 0 ? 5 : r->scale, v);
}

static void put_xlsx(struct buf *out, const struct row *rows)
{
    struct buf sheet = BUF_EMPTY;
    buf_puts(&sheet, "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row>"
                     "<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>");
    for (int i = COLUMN_KIND; i < COLUMN_COUNT; i++)
        put_xlsx_text(&sheet, figures_column_name(i));
    for (int i = 0; i < ROWS; i++) {
        const struct row *r = &rows[i];
        buf_printf(&sheet, "</row><row r=\"%d\">", i + 2);
        put_xlsx_text(&sheet, r->id);
        if (strlen(r->period) == 4)
            buf_printf(&sheet, "<c r=\"B%d\"><v>%s</v></c>", i + 2, r->period);
        else
            put_xlsx_text(&sheet, r->period);
        put_xlsx_text(&sheet, plan_figure_kind_name((enum plan_figure_kind)r->kind));
        put_xlsx_value(&sheet, r);
        put_xlsx_text(&sheet, plan_unit_name((enum plan_unit)r->unit));
        put_xlsx_text(&sheet, r->source);
        if (*r->retrieved)
            buf_printf(&sheet, "<c s=\"4\"><v>%ld</v></c>", serial_of(r->retrieved));
    }
    buf_puts(&sheet, "</row></sheetData></worksheet>");
    package_put_xlsx(out, buf_text(&sheet));
    buf_free(&sheet);
}

static void put_ods_text(struct buf *out, const char *text)
{
    buf_puts(out, *text ? "<table:table-cell office:value-type=\"string\"><text:p>" : "<table:table-cell/>");
    put_escaped(out, text);
    buf_puts(out, *text ? "</text:p></table:table-cell>" : "");
}

static void put_ods_value(struct buf *out, const struct row *r)
{
    double v = strtod(number(r, '.', 0), NULL);
    if (r->missing || r->as_text)
        put_ods_text(out, r->missing ? ".." : number(r, ',', 0));
    else
        buf_printf(
            out,
            "<table:table-cell office:value-type=\"%s\" office:value=\"%.17g\"><text:p>%s%s</text:p></table:table-cell>",
            r->as_percent ? "percentage" : "float", r->as_percent ? v / 100 : v, number(r, ',', 0),
            r->as_percent ? "%" : "");
}

static void put_ods(struct buf *out, const struct row *rows)
{
    struct buf content = BUF_EMPTY;
    buf_puts(&content, "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                       "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
                       "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>"
                       "<table:table table:name=\"Tal\"><table:table-row>");
    for (int i = 0; i < COLUMN_COUNT; i++)
        put_ods_text(&content, figures_column_name(i));
    for (int i = 0; i < ROWS; i++) {
        const struct row *r = &rows[i];
        buf_puts(&content, "</table:table-row><table:table-row>");
        put_ods_text(&content, r->id);
        put_ods_text(&content, r->period);
        put_ods_text(&content, plan_figure_kind_name((enum plan_figure_kind)r->kind));
        put_ods_value(&content, r);
        put_ods_text(&content, plan_unit_name((enum plan_unit)r->unit));
        put_ods_text(&content, r->source);
        if (*r->retrieved)
            buf_printf(&content, "<table:table-cell office:value-type=\"date\" office:date-value=\"%s\"/>",
                       r->retrieved);
    }
    buf_puts(&content, "</table:table-row><table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell "
                       "table:number-columns-repeated=\"16384\"/></table:table-row></table:table></office:spreadsheet>"
                       "</office:body></office:document-content>");
    package_put_ods(out, buf_text(&content));
    buf_free(&content);
}

/* ---- and read again -------------------------------------------------------------------------------------- */
static void read_as(void (*put)(struct buf *, const struct row *), const struct row *rows, struct buf *canonical)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct buf bytes = BUF_EMPTY;
    struct plan_figures *figures = plan_figures_new("table", arena);
    put(&bytes, rows);
    figures_read_bytes(figures, &bytes, diag);
    if (diag_errors(diag) + diag_warnings(diag))
        diag_print(diag, stderr, DIAG_TEXT);
    ck_assert_uint_eq(diag_errors(diag) + diag_warnings(diag), 0);
    ck_assert_uint_eq(plan_figure_count(figures), ROWS);
    plan_figures_write(figures, canonical);
    buf_free(&bytes);
    diag_free(diag);
    arena_free(arena);
}

START_TEST(test_same_in_three_forms)
{
    struct row rows[ROWS];
    struct buf csv = BUF_EMPTY, xlsx = BUF_EMPTY, ods = BUF_EMPTY;
    seed = (uint64_t)_i + 1;
    for (int i = 0; i < ROWS; i++)
        make_row(&rows[i], i);
    read_as(put_csv, rows, &csv);
    read_as(put_xlsx, rows, &xlsx);
    read_as(put_ods, rows, &ods);
    ck_assert_str_eq(buf_text(&csv), buf_text(&xlsx));
    ck_assert_str_eq(buf_text(&csv), buf_text(&ods));
    buf_free(&csv);
    buf_free(&xlsx);
    buf_free(&ods);
}
END_TEST

/* ---- a spreadsheet's numbers ----------------------------------------------------------------------------- */
static const struct {
    const char *stored;
    int shift, decimals;
    const char *number;
} numbers[] = {
    { "8.6999999999999993", 0, FIGURES_GENERAL, "8.7" },
    { "0.30000000000000004", 0, FIGURES_GENERAL, "0.3" },
    { "8.4000000000000005E-2", 2, 1, "8.4" },
    { "8.4E-2", 2, FIGURES_GENERAL, "8.4" },
    { "3442", 0, FIGURES_GENERAL, "3442" },
    { "8.7", 0, 2, "8.70" },
    { "0.995", 2, 0, "100" },                      /* the carry makes a digit more */
    { "9.96", 0, 1, "10.0" },
    { "0.04", 0, 1, "0.0" },
    { "0.05", 0, 1, "0.1" },                       /* half away from zero */
    { "-0.05", 0, 1, "-0.1" },
    { "-0.04", 0, 1, "0.0" },                      /* no minus before a nought */
    { "1E3", 0, 0, "1000" },
    { "0", 0, 0, "0" },
    { "0.000", 0, FIGURES_GENERAL, "0" },
    { "1.5e+2", 0, 0, "150" },
    { "1E300", 0, 0, NULL },
    { "1E-300", 0, 1, "0.0" },
    { "1E999999999999", 0, 0, NULL },
    { "", 0, 0, NULL },
    { "-", 0, 0, NULL },
    { "1.2.3", 0, 0, NULL },
    { "NaN", 0, 0, NULL },
};

START_TEST(test_number)
{
    struct arena *arena = arena_new();
    const char *got = figures_sheet_number(arena, numbers[_i].stored, numbers[_i].shift, numbers[_i].decimals);
    ck_assert_msg(!got == !numbers[_i].number, "%s: %s", numbers[_i].stored, got ? got : "none");
    if (got)
        ck_assert_str_eq(got, numbers[_i].number);
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan sheets");
    TCase *tests = tcase_create("sheets");
    tcase_add_loop_test(tests, test_same_in_three_forms, 0, 40);
    tcase_add_loop_test(tests, test_number, 0, sizeof numbers / sizeof *numbers);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
