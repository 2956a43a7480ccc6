/* Figures: numbers and periods as people write them, and whole tables (tests/figures) with what is made of them. */
#include <dirent.h>
#include <unistd.h>

#include "golden.h"
#include "plan/figures_internal.h"
#include "unit.h"

/* ---- numbers --------------------------------------------------------------------------------------------- */
static const struct {
    const char *text;
    enum figures_number result;
    const char *value;
} numbers[] = {
    { "8,4", FIGURES_OK, "8.4" },
    { "8,70", FIGURES_OK, "8.70" },                    /* keeps the decimals that were written */
    { "2.5", FIGURES_OK, "2.5" },                      /* cannot part thousands */
    { "0.084", FIGURES_OK, "0.084" },                  /* no group of three begins with 0 */
    { "3.442", FIGURES_OK, "3442" },
    { "1.234.567", FIGURES_OK, "1234567" },
    { "1.234,5", FIGURES_OK, "1234.5" },
    { "48\xC2\xA0" "668", FIGURES_OK, "48668" },       /* no-break space */
    { "48\xE2\x80\xAF" "668,5", FIGURES_OK, "48668.5" },
    { "-3,5", FIGURES_OK, "-3.5" },
    { "\xE2\x88\x92" "3,5", FIGURES_OK, "-3.5" },      /* true minus */
    { "007", FIGURES_OK, "7" },
    { "", FIGURES_MISSING, NULL },
    { "..", FIGURES_MISSING, NULL },
    { "-", FIGURES_MISSING, NULL },
    { "x", FIGURES_MISSING, NULL },
    { "0", FIGURES_OK, "0" },                          /* a nought is a number */
    { "1,234.5", FIGURES_ENGLISH, NULL },
    { "1,234,567", FIGURES_ENGLISH, NULL },
    { "12.34.567", FIGURES_NO_NUMBER, NULL },
    { "3.44.2", FIGURES_NO_NUMBER, NULL },
    { "34 42", FIGURES_NO_NUMBER, NULL },
    { "1.234 567", FIGURES_NO_NUMBER, NULL },          /* two kinds of mark */
    { "8,", FIGURES_NO_NUMBER, NULL },
    { ",5", FIGURES_NO_NUMBER, NULL },
    { "8..4", FIGURES_NO_NUMBER, NULL },
    { "ca. 8", FIGURES_NO_NUMBER, NULL },
    { "8e3", FIGURES_NO_NUMBER, NULL },
    { "--8", FIGURES_NO_NUMBER, NULL },
    { "1234567890123456789", FIGURES_TOO_LONG, NULL },
    { "0,1234567891", FIGURES_TOO_LONG, NULL },
};

START_TEST(test_number)
{
    struct decimal v;
    char text[DECIMAL_TEXT];
    ck_assert_msg(figures_number_read(numbers[_i].text, &v) == numbers[_i].result, "\"%s\"", numbers[_i].text);
    if (numbers[_i].result != FIGURES_OK)
        return;
    decimal_write(v, text);
    ck_assert_str_eq(text, numbers[_i].value);
}
END_TEST

/* ---- periods --------------------------------------------------------------------------------------------- */
START_TEST(test_period)
{
    static const char *const good[] = { "2021", "2021-2024", "2020-06", "2020M12", "2020K4", "2020q1" };
    static const char *const bad[] = {
        "",      "21",    "20211",   "2021-13", "2021-00", "2024-2021", "2020K5",
        "2020K", "2021-", "2021-20", "2021 ",   "kvartal", "2021M1",    "2020-06-01"
    };
    struct plan_period p;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(plan_period_read(good[i], &p), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!plan_period_read(bad[i], &p), "%s", bad[i]);
    ck_assert_int_lt(plan_period_compare("2020", "2021"), 0);
    ck_assert_int_lt(plan_period_compare("", "1900"), 0);
    ck_assert_int_eq(plan_period_compare("2020", "2020K4"), 0);        /* both end with December */
    ck_assert_int_gt(plan_period_compare("2021-2024", "2022"), 0);
    ck_assert(plan_period_same("2020K2", "2020Q2") && plan_period_same("2020-06", "2020M06"));
    ck_assert(!plan_period_same("2020", "2020-12"));
}
END_TEST

START_TEST(test_date)
{
    char out[11];
    ck_assert(plan_date_read("2020-12-18", false, out) && !strcmp(out, "2020-12-18"));
    ck_assert(plan_date_read("18-12-2020", true, out) && !strcmp(out, "2020-12-18"));
    ck_assert(plan_date_read("2.1.2020", true, out) && !strcmp(out, "2020-01-02"));
    ck_assert(plan_date_read("2020-02-29", false, out));
    ck_assert(!plan_date_read("2021-02-29", false, out) && !plan_date_read("2020-13-01", false, out));
    ck_assert(!plan_date_read("18-12-2020", false, out) && !plan_date_read("18-12.2020", true, out));
    ck_assert(!plan_date_read("2020", true, out) && !plan_date_read("", true, out) &&
              !plan_date_read("1", true, out));
}
END_TEST

/* ---- tables ---------------------------------------------------------------------------------------------- */
static void put_figure(struct buf *out, const struct plan_figure *f)
{
    char value[DECIMAL_TEXT] = "missing";
    if (!f->missing)
        decimal_write(f->value, value);
    buf_printf(out, "%d:%d %s [%s] %s %s %s", f->at.line, f->at.column, f->id, f->period,
               plan_figure_kind_name(f->kind), value, plan_unit_name(f->unit));
    if (*f->source || *f->retrieved)
        buf_printf(out, " source \"%s\" retrieved \"%s\"", f->source, f->retrieved);
    buf_putc(out, '\n');
}

static int wants_table(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && (!strcmp(dot, ".csv") || !strcmp(dot, ".xlsx") || !strcmp(dot, ".ods"));
}

static void check_table(const char *name)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct buf got = BUF_EMPTY, path = BUF_EMPTY;
    struct plan_figures *figures = figures_read(name, (struct source){ 0 }, arena, diag);
    golden_put_messages(diag, &got);
    for (size_t i = 0; i < plan_figure_count(figures); i++)
        put_figure(&got, plan_figure_at(figures, i));
    buf_printf(&path, "%s.txt", name);
    golden_check(buf_text(&path), &got);
    buf_free(&path);
    buf_free(&got);
    diag_free(diag);
    arena_free(arena);
}

START_TEST(test_tables)
{
    struct dirent **entries;
    ck_assert_int_eq(chdir(TESTS_DIR "/figures"), 0);
    int n = scandir(".", &entries, wants_table, alphasort);
    ck_assert_int_gt(n, 10);
    for (int i = 0; i < n; i++) {
        check_table(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}
END_TEST

/* What is written as canonical CSV reads back as the same figures. */
START_TEST(test_canonical)
{
    static const char table[] = "id,period,kind,value,unit,source,retrieved\n"
                                "a,2020,actual,\"8,125\",percent,\"Jobindsats; \"\"y30\"\"\",2020-11-02\n"
                                "a,2021,target,..,percent,,\nb,,actual,3.442,antal,,\nc,2020K2,aktuel,\"8,70\",pct,,\n";
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct buf first = BUF_EMPTY, written = BUF_EMPTY, again = BUF_EMPTY;
    buf_puts(&first, table);
    struct plan_figures *a = plan_figures_new("a.csv", arena), *b = plan_figures_new("b.csv", arena);
    figures_csv_read(a, &first, diag);
    plan_figures_write(a, &written);
    figures_csv_read(b, &written, diag);
    plan_figures_write(b, &again);
    ck_assert_uint_eq(diag_errors(diag) + diag_warnings(diag), 0);
    ck_assert_uint_eq(plan_figure_count(b), 4);
    ck_assert_str_eq(buf_text(&written), buf_text(&again));
    ck_assert_str_eq(buf_text(&written), "id;period;kind;value;unit;source;retrieved\n"
                                         "a;2020;actual;8,125;percent;\"Jobindsats; \"\"y30\"\"\";2020-11-02\n"
                                         "a;2021;target;..;percent;;\nb;;actual;3442;count;;\nc;2020K2;actual;8,70;percent;;\n");
    buf_free(&first);
    buf_free(&written);
    buf_free(&again);
    diag_free(diag);
    arena_free(arena);
}
END_TEST

START_TEST(test_lookup)
{
    static const char table[] = "id;period;kind;value;unit\na;2019;baseline;1;count\na;2021;target;9;count\n"
                                "a;2019;actual;2;count\na;2020;actual;3;count\nb;2022;forecast;5;count\nb;2021;target;4;count\n";
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct buf bytes = BUF_EMPTY;
    buf_puts(&bytes, table);
    struct plan_figures *f = plan_figures_new("a.csv", arena);
    figures_csv_read(f, &bytes, diag);
    ck_assert_int_eq((int)plan_figures_lookup(f, "a", -1, NULL)->value.digits, 3);      /* newest measured */
    ck_assert_int_eq((int)plan_figures_lookup(f, "a", -1, "2019")->value.digits, 2);    /* actual before baseline */
    ck_assert_int_eq((int)plan_figures_lookup(f, "a", PLAN_TARGET, NULL)->value.digits, 9);
    ck_assert_int_eq((int)plan_figures_lookup(f, "b", -1, NULL)->value.digits, 4);      /* target before forecast */
    ck_assert_ptr_null(plan_figures_lookup(f, "a", PLAN_FORECAST, NULL));
    ck_assert_ptr_null(plan_figures_lookup(f, "a", -1, "2018"));
    ck_assert_ptr_null(plan_figures_lookup(f, "c", -1, NULL));
    buf_free(&bytes);
    diag_free(diag);
    arena_free(arena);
}
END_TEST

/* ---- limits ---------------------------------------------------------------------------------------------- */
static void put_rows(struct buf *out, size_t n, const char *format)
{
    buf_puts(out, "id;period;kind;value;unit\n");
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%s%zu;%zuM%02zu;actual;%s;count\n", format, *format == 'x' ? 0 : i, 1800 + i / 12 % 1000,
                   i % 12 + 1, *format == 'f' ? "ti" : "1");
}

static void check_limit(size_t rows, const char *format, size_t kept, const char *message)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct buf table = BUF_EMPTY, messages = BUF_EMPTY;
    struct plan_figures *figures = plan_figures_new("t.csv", arena);
    put_rows(&table, rows, format);
    figures_csv_read(figures, &table, diag);
    golden_put_messages(diag, &messages);
    ck_assert_uint_eq(plan_figure_count(figures), kept);
    if (message)
        ck_assert_ptr_nonnull(strstr(buf_text(&messages), message));
    else
        ck_assert_str_eq(buf_text(&messages), "");
    buf_free(&table);
    buf_free(&messages);
    diag_free(diag);
    arena_free(arena);
}

START_TEST(test_limits)
{
    check_limit(PLAN_MAX_ROWS_OF_ONE, "x", PLAN_MAX_ROWS_OF_ONE, NULL);
    check_limit(PLAN_MAX_ROWS_OF_ONE + 1, "x", PLAN_MAX_ROWS_OF_ONE + 1,
                "t.csv:2002:19: error: E314: \"x0\" has more than 2000 rows, the limit");
    check_limit(PLAN_MAX_FAULTY_ROWS + 1, "f", 0, "t.csv:202:1: error: E314: more than 200 rows are faulty");
    check_limit(PLAN_MAX_FIGURES + 1, "y", PLAN_MAX_FIGURES,
                "error: E314: the table has more than 100000 figures, the limit");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan figures");
    TCase *tests = tcase_create("figures");
    tcase_add_loop_test(tests, test_number, 0, sizeof numbers / sizeof *numbers);
    tcase_add_test(tests, test_period);
    tcase_add_test(tests, test_date);
    tcase_add_test(tests, test_tables);
    tcase_add_test(tests, test_canonical);
    tcase_add_test(tests, test_lookup);
    tcase_add_test(tests, test_limits);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
