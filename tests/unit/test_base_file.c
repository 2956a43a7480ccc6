/* Files: kept inside their folder, written whole or not at all. */
#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "unit.h"

static struct diag *diag;
static char folder[64];
static const struct source here = { "plan.xml", 4, 5 };

static void setup(void)
{
    diag = diag_new();
    strcpy(folder, "file-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    ck_assert(file_make_folder("plan/pictures/deep", diag));
    ck_assert(file_write("plan/a.svg", "a", 1, diag) && file_write("secret", "s", 1, diag));
    ck_assert_int_eq(symlink("../secret", "plan/out"), 0);
    ck_assert_int_eq(symlink("/", "plan/root"), 0);
    ck_assert_int_eq(symlink("../a.svg", "plan/pictures/in"), 0);
    ck_assert_int_eq(symlink("plan", "other"), 0);
}

static void teardown(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    ck_assert_int_eq(chdir(".."), 0);
    ck_assert_int_eq(system(command), 0);
    diag_free(diag);
}

START_TEST(names_inside)
{
    static const char *const names[][3] = {
        { "plan", "a.svg", "plan/a.svg" },               { "plan", "./pictures/../a.svg", "plan/./pictures/../a.svg" },
        { "plan", "pictures/in", "plan/pictures/in" },   { ".", "secret", "secret" },
        { "plan/", "a.svg", "plan/a.svg" },              { "other", "a.svg", "other/a.svg" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = file_resolve(names[i][0], names[i][1], here, diag);
        ck_assert_msg(path != NULL, "%s", unit_told(diag, DIAG_TEXT));
        ck_assert_str_eq(path, names[i][2]);
        mem_free(path);
    }
}
END_TEST

START_TEST(names_outside)
{
    static const char *const names[][2] = {
        { "", "E905" },              { "/etc/passwd", "E906" },     { "../secret", "E906" },        { "pictures/../../secret", "E906" },
        { "./../plan/a.svg", "E906" }, { "out", "E906" },           { "root/etc/passwd", "E906" },  { "missing.svg", "E901" },
        { "a.svg/b", "E901" },       { "..", "E906" },              { "root", "E906" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ck_assert_ptr_null(file_resolve("plan", names[i][0], here, diag));
        const char *text = unit_told(diag, DIAG_TEXT);
        ck_assert_msg(!strncmp(text, "plan.xml:4:5: error: ", 21) && !strncmp(text + 21, names[i][1], 4), "%s: %s", names[i][0], text);
    }
    /* A folder whose name begins like the allowed one is another folder. */
    ck_assert(file_make_folder("plan-b", diag) && file_write("plan-b/x", "x", 1, diag));
    ck_assert_int_eq(symlink("../plan-b/x", "plan/beside"), 0);
    ck_assert_ptr_null(file_resolve("plan", "beside", here, diag));
}
END_TEST

START_TEST(reading)
{
    struct buf out = BUF_EMPTY;
    buf_puts(&out, "before");
    ck_assert(file_read("plan/a.svg", 1, &out, here, diag));
    ck_assert_str_eq(out.data, "a");
    ck_assert(!file_read("plan/a.svg", 0, &out, here, diag));
    ck_assert_ptr_nonnull(strstr(unit_told(diag, DIAG_TEXT), "E904"));
    ck_assert(!file_read("plan", 100, &out, here, diag));
    ck_assert_ptr_nonnull(strstr(unit_told(diag, DIAG_TEXT), "E903: \"plan\" is a folder"));
    ck_assert_int_eq(mkfifo("pipe", 0600), 0);
    ck_assert(!file_read("pipe", 100, &out, here, diag));        /* and does not wait for a writer */
    ck_assert_ptr_nonnull(strstr(unit_told(diag, DIAG_TEXT), "E903"));
    ck_assert(!file_read("/dev/zero", 100, &out, (struct source){ 0 }, diag));
    ck_assert(!file_read("nothing", 100, &out, here, diag));
    ck_assert_ptr_nonnull(strstr(unit_told(diag, DIAG_TEXT), "plan.xml:4:5: error: E901"));
    buf_free(&out);
}
END_TEST

static int count_files(const char *path)
{
    int n = 0;
    DIR *dir = opendir(path);
    while (readdir(dir))
        n++;
    closedir(dir);
    return n - 2;
}

START_TEST(writing_replaces_the_whole)
{
    struct buf out = BUF_EMPTY;
    struct stat st;
    int before = count_files("plan");
    ck_assert(file_write("plan/new", "first", 5, diag) && file_write("plan/new", "2", 1, diag));
    ck_assert(file_read("plan/new", 100, &out, here, diag));
    ck_assert_str_eq(out.data, "2");
    ck_assert_int_eq(count_files("plan"), before + 1);           /* no temporary file is left */
    ck_assert_int_eq(chmod("plan/new", 0640), 0);
    ck_assert(file_write("plan/new", "3", 1, diag));
    ck_assert(stat("plan/new", &st) == 0 && (st.st_mode & 0777) == 0640);
    ck_assert(file_write("plan/empty", "", 0, diag) && file_exists("plan/empty"));
    buf_free(&out);
}
END_TEST

START_TEST(a_failed_write_leaves_the_earlier_file)
{
    struct buf out = BUF_EMPTY;
    ck_assert(!file_write("nowhere/new", "x", 1, diag));
    ck_assert_ptr_nonnull(strstr(unit_told(diag, DIAG_TEXT), "E907"));
    ck_assert(!file_write("plan", "x", 1, diag));
    ck_assert(!file_write("plan/a.svg/b", "x", 1, diag));
    /* A device keeps being one; a full one is an error. */
    ck_assert(file_write("/dev/null", "x", 1, diag));
    struct stat st;
    ck_assert(stat("/dev/null", &st) == 0 && S_ISCHR(st.st_mode));
    ck_assert(!file_write("/dev/full", "x", 1, diag));
    ck_assert(file_read("plan/a.svg", 100, &out, here, diag) && !strcmp(out.data, "a"));
    buf_free(&out);
}
END_TEST

START_TEST(folders)
{
    ck_assert(file_make_folder("x/y//z/", diag) && file_exists("x/y/z"));
    ck_assert(file_make_folder("x/y/z", diag));
    ck_assert(!file_make_folder("plan/a.svg/b", diag));
    ck_assert(!file_make_folder("plan/a.svg", diag));
    ck_assert_ptr_nonnull(strstr(unit_told(diag, DIAG_TEXT), "E908"));
    static const char *const parts[][3] = { { "a/b.xml", "a", "b.xml" }, { "b.xml", ".", "b.xml" }, { "/b", "/", "b" } };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *path = file_folder(parts[i][0]);
        ck_assert_str_eq(path, parts[i][1]);
        ck_assert_str_eq(file_name(parts[i][0]), parts[i][2]);
        mem_free(path);
    }
}
END_TEST

START_TEST(own_data)
{
    char *schema = file_data("templates/schema/plan.xsd");
    ck_assert_msg(file_exists(schema), "%s", schema);
    mem_free(schema);
}
END_TEST

START_TEST(own_data_by_the_environment)
{
    setenv("PLANTRYK_DATA", "plan", 1);
    ck_assert_str_eq(file_data_folder(), "plan");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("file");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, names_inside);
    tcase_add_test(tests, names_outside);
    tcase_add_test(tests, reading);
    tcase_add_test(tests, writing_replaces_the_whole);
    tcase_add_test(tests, a_failed_write_leaves_the_earlier_file);
    tcase_add_test(tests, folders);
    tcase_add_test(tests, own_data);
    tcase_add_test(tests, own_data_by_the_environment);
    Suite *suite = suite_create("base");
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
