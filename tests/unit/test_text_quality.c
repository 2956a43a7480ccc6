/* How well two texts of 3,000 words of Danish are set in columns of 77 to 90 mm, by figures: the deviation of word gaps, loose
   lines (gaps over 1.6 x the median), hyphens, and that no line asks more of its letters than the design allows. With
   TEXT_TABLE=1 the tables are printed. */
#include <math.h>

#include "text_fixture.h"

enum { FIRST_MM = 77, LAST_MM = 90, MOST_GAPS = 20000, MOST_PARAGRAPHS = 80 };

struct figures {
    double gaps[MOST_GAPS], line_gaps[MOST_GAPS];
    size_t gap_count, line_count, lines, loose, hyphens, longest_run, emergencies, jumps, neighbours;
    double mean, deviation, median, widest, expansion;
};

static size_t count_gaps(struct text_para *para, const struct text_line *line)
{
    struct text_run *runs;
    size_t gaps = 0, n = text_line_runs(para, line, fx.arena, &runs);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < runs[i].text_length; k++)
            gaps += runs[i].text[k] == ' ' || (unsigned char)runs[i].text[k] == 0xa0;
    return gaps - !line->hyphenated;       /* the space at the line's end */
}

static void add_paragraph(struct figures *f, struct text_para *para, double width)
{
    struct text_room room = { .width = width };
    struct text_request request = { .rooms = &room, .room_count = 1, .indent = 12, .align = DESIGN_JUSTIFY };
    struct text_lines lines = text_para_break(para, &request, fx.arena);
    size_t run = 0;
    for (size_t i = 0; i < lines.count; i++) {
        const struct text_line *line = &lines.lines[i];
        run = line->hyphenated ? run + 1 : 0;
        f->longest_run = run > f->longest_run ? run : f->longest_run;
        f->hyphens += line->hyphenated;
        f->emergencies += line->emergency;
        f->lines++;
        ck_assert_double_le(fabs(line->expansion), fx.design.setting.expansion + 1e-9);
        ck_assert_double_le(fabs(line->tracking), fx.design.setting.tracking + 1e-9);
        if (line->last)
            continue;
        double gap = fx.design.setting.space * fx.body.size * (1 + line->ratio);
        for (size_t k = count_gaps(para, line); k > 0; k--)
            f->gaps[f->gap_count++] = gap;
        f->line_gaps[f->line_count++] = gap;
        f->expansion += fabs(line->expansion);
        if (i > 0) {
            f->neighbours++;
            f->jumps += fabs(line->expansion - line[-1].expansion) > 0.03;
        }
    }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void finish(struct figures *f)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < f->gap_count; i++)
        sum += f->gaps[i];
    f->mean = sum / (double)f->gap_count;
    for (size_t i = 0; i < f->gap_count; i++)
        squares += (f->gaps[i] - f->mean) * (f->gaps[i] - f->mean);
    f->deviation = sqrt(squares / (double)f->gap_count);
    qsort(f->gaps, f->gap_count, sizeof *f->gaps, ascending);
    f->median = f->gaps[f->gap_count / 2];
    f->widest = f->gaps[f->gap_count - 1];
    for (size_t i = 0; i < f->line_count; i++)
        f->loose += f->line_gaps[i] > 1.6 * f->median;
    f->expansion /= (double)f->line_count;
}

static void check_text(const char *family, const char *weight, const char *file, double most)
{
    char *texts[MOST_PARAGRAPHS];
    struct text_para *paras[MOST_PARAGRAPHS];
    fx.body.family = family;
    fx.body.weight = weight;
    fx.body.size = 10;
    size_t n = fixture_paragraphs(arena_printf(fx.arena, "%s/text/%s", TESTS_DIR, file), texts, MOST_PARAGRAPHS), loose = 0, lines = 0;
    for (size_t i = 0; i < n; i++)
        paras[i] = fixture_para(texts[i]);
    struct figures *f = mem_alloc(sizeof *f);
    double deviations = 0;
    if (getenv("TEXT_TABLE"))
        printf("%s\n mm  lines   mean  deviation  widest  loose %%  hyphens %%  run  expansion %%  jumps %%\n", family);
    for (int mm = FIRST_MM; mm <= LAST_MM; mm++) {
        memset(f, 0, sizeof *f);
        for (size_t i = 0; i < n; i++)
            add_paragraph(f, paras[i], mm * 72 / 25.4);
        finish(f);
        loose += f->loose;
        lines += f->line_count;
        deviations += f->deviation;
        if (getenv("TEXT_TABLE"))
            printf("%3d %6zu %6.2f %10.3f %7.2f %8.2f %10.1f %4zu %12.2f %8.1f\n", mm, f->lines, f->mean, f->deviation, f->widest,
                   100.0 * (double)f->loose / (double)f->line_count, 100.0 * (double)f->hyphens / (double)f->lines,
                   f->longest_run, 100 * f->expansion, 100.0 * (double)f->jumps / (double)f->neighbours);
        ck_assert_double_le(f->deviation, most);
        ck_assert_uint_le(f->longest_run, 2);
        ck_assert_uint_eq(f->emergencies, 0);
    }
    if (getenv("TEXT_TABLE"))
        printf("all: deviation %.3f pt, loose %.2f %%\n", deviations / (LAST_MM - FIRST_MM + 1), 100.0 * (double)loose / (double)lines);
    ck_assert_double_le((double)loose / (double)lines, 0.003);
    mem_free(f);
}

/* The first text has the longer words. */
START_TEST(vollkorn)
{
    check_text("Vollkorn", "Regular", "proof-da.txt", 0.32);
    check_text("Vollkorn", "Regular", "proof-da-2.txt", 0.28);
}
END_TEST

START_TEST(lato)
{
    check_text("Lato", "Regular", "proof-da.txt", 0.32);
    check_text("Lato", "Regular", "proof-da-2.txt", 0.28);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text_quality");
    TCase *columns = tcase_create("columns");
    tcase_add_checked_fixture(columns, fixture_begin, fixture_end);
    tcase_set_timeout(columns, 60);
    tcase_add_test(columns, vollkorn);
    tcase_add_test(columns, lato);
    suite_add_tcase(suite, columns);
    return unit_run_here(suite);
}
