/* Import: folders of replies with a map (tests/import), what is told of them, and the table that they become. */
#include <dirent.h>
#include <unistd.h>

#include "golden.h"
#include "plan/figures_internal.h"
#include "plan/import.h"
#include "unit.h"

enum { MAX_REPLIES = 40 };

static const struct {
    const char *folder, *retrieved, *map;
} cases[] = {
    { "services", NULL, "map.csv" },           { "merge", "2031-12-02", "map.csv" },
    { "doubled", "2031-12-02", "map.csv" },    { "unmatched", "2031-12-02", "map.csv" },
    { "map-faults", NULL, "map.csv" },         { "map-heading", NULL, "map.csv" },
    { "refused", NULL, "map.csv" },            { "odd", NULL, "map.csv" },
    { "sums", "2031-12-02", "map.csv" },       { "sum-faults", "2031-12-02", "map.csv" },
    { "example", "2020-11-02", "../../../examples/viborg-2021/import-map.csv" },
};

static int is_reply(const struct dirent *entry)
{
    static const char *const others[] = { "map.csv", "figures.csv", "result.txt" };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(entry->d_name, others[i]))
            return 0;
    return entry->d_name[0] != '.';
}

/* The table that the import gives, read again: it must be one without faults, and the same. */
static void check_again(const struct buf *table, struct arena *arena)
{
    struct diag *diag = diag_new();
    struct buf again = BUF_EMPTY;
    struct plan_figures *figures = plan_figures_new("again.csv", arena);
    size_t skip = table->length >= 3 && !memcmp(table->data, "\xEF\xBB\xBF", 3) ? 3 : 0;
    figures_csv_read(figures, table, diag);
    plan_figures_write(figures, &again);
    ck_assert_uint_eq(diag_errors(diag), 0);
    ck_assert_str_eq(buf_text(table) + skip, buf_text(&again));
    buf_free(&again);
    diag_free(diag);
}

static void run(const char *const *replies, const char *map, const char *retrieved, struct buf *got)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct plan_import_request request = { replies, map, "figures.csv", retrieved };
    const struct plan_import *import = plan_import(&request, arena, diag);
    golden_put_messages(diag, got);
    if (import) {
        struct buf table = BUF_EMPTY;
        plan_import_write(import, &table);
        check_again(&table, arena);
        buf_printf(got, "\nrows: %zu new, %zu revised, %zu the same, %zu kept\n%s", import->added, import->revised, import->same,
                   import->kept, buf_text(&table));
        buf_free(&table);
    }
    diag_free(diag);
    arena_free(arena);
}

START_TEST(test_folder)
{
    struct dirent **entries;
    const char *replies[MAX_REPLIES + 1] = { NULL };
    struct buf got = BUF_EMPTY;
    ck_assert_int_eq(chdir(TESTS_DIR "/import"), 0);
    ck_assert_int_eq(chdir(cases[_i].folder), 0);
    int n = scandir(".", &entries, is_reply, alphasort);
    ck_assert(n > 0 && n <= MAX_REPLIES);
    for (int i = 0; i < n; i++)
        replies[i] = entries[i]->d_name;
    run(replies, cases[_i].map, cases[_i].retrieved, &got);
    golden_check("result.txt", &got);
    buf_free(&got);
    for (int i = 0; i < n; i++)
        free(entries[i]);
    free(entries);
}
END_TEST

/* ---- periods --------------------------------------------------------------------------------------------- */
static const char *const periods[][2] = {
    { "2021M01", "2021-01" },   { "2021m12", "2021-12" }, { "2021-06", "2021-06" }, { "2024QMAT03", "2024K3" },
    { "2020QMAT04", "2020K4" }, { "2020K1", "2020K1" },   { "2020Q1", "2020K1" },   { "2021Y01", "2021" },
    { "2025", "2025" },         { "2019-2020", "2019-2020" },
    { "2021Y02", NULL },        { "2021M13", NULL },      { "2024QMAT05", NULL },   { "2024QMAT3", NULL },
    { "2020U01", NULL },        { "2020H1", NULL },       { "2020M01D01", NULL },   { "", NULL },
    { "Midtstad", NULL },       { "2021M1", NULL },
};

START_TEST(test_period)
{
    char got[PLAN_PERIOD_TEXT];
    bool good = plan_period_from_service(periods[_i][0], got);
    ck_assert_msg(good == (periods[_i][1] != NULL), "%s", periods[_i][0]);
    if (good)
        ck_assert_str_eq(got, periods[_i][1]);
}
END_TEST

/* ---- limits ---------------------------------------------------------------------------------------------- */
static void write_file(const char *path, const struct buf *bytes)
{
    struct diag *diag = diag_new();
    ck_assert(file_write(path, bytes->data, bytes->length, diag));
    diag_free(diag);
}

/* One reply, made by `put`, with a map that takes all of it; what is told must hold `told`. */
static void check_limit(const char *name, void (*put)(struct buf *), const char *told)
{
    char folder[] = "/tmp/plantryk-import-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    struct buf reply = BUF_EMPTY, map = BUF_EMPTY, got = BUF_EMPTY;
    const char *replies[] = { name, NULL };
    put(&reply);
    buf_puts(&map, "id;kind;unit;table;measure\na;actual;count;T1;\n");
    write_file(name, &reply);
    write_file("map.csv", &map);
    run(replies, "map.csv", NULL, &got);
    ck_assert_msg(strstr(buf_text(&got), told) != NULL, "%.400s", buf_text(&got));
    ck_assert(!unlink(name) && !unlink("map.csv") && !chdir("/") && !rmdir(folder));
    buf_free(&reply);
    buf_free(&map);
    buf_free(&got);
}

static void put_many_values(struct buf *out)
{
    buf_puts(out, "{\"columns\":[\"a\"],\"rows\":[");
    for (int i = 0; i < 3100000; i++)
        buf_puts(out, "1,");
    buf_puts(out, "1]}");
}

static void put_many_rows(struct buf *out)
{
    buf_puts(out, "OMRÅDE;TID;INDHOLD\n");
    for (int i = 0; i < 340000; i++)
        buf_puts(out, "M;2030;1\n");
}

/* A million cells are read; the map takes too many of them. */
static void put_series(struct buf *out)
{
    buf_puts(out, "MATRIX=\"T1\";\nSTUB=\"a\",\"b\";\nHEADING=\"Tid\";\nTIMEVAL(\"Tid\")=TLIST(A1);\nVALUES(\"Tid\")=\"2030\";\nVALUES(\"a\")=");
    for (int i = 0; i < 600; i++)
        buf_printf(out, "%s\"a%d\"", i ? "," : "", i);
    buf_puts(out, ";\nVALUES(\"b\")=");
    for (int i = 0; i < 600; i++)
        buf_printf(out, "%s\"b%d\"", i ? "," : "", i);
    buf_puts(out, ";\nDATA=\n");
    for (int i = 0; i < 360000; i++)
        buf_puts(out, "1 ");
    buf_puts(out, ";\n");
}

START_TEST(test_limits)
{
    check_limit("T1.json", put_many_values, "T1.json:1:1: error: E314: the reply has more than 1000000 cells, the limit");
    check_limit("T1.csv", put_many_rows, "T1.csv:333335:1: error: E314: the reply has more than 1000000 cells, the limit");
    check_limit("T1.px", put_series, "map.csv:2:1: error: E314: the row of the map takes more than 2000 cells of T1.px");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan import");
    TCase *tests = tcase_create("import");
    tcase_add_loop_test(tests, test_folder, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(tests, test_period, 0, sizeof periods / sizeof *periods);
    tcase_add_test(tests, test_limits);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
