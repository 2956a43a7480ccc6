/* Numbers typed in running text that contradict a figure shown beside them. A figure that is written with <figure-value>
   moves with the table; a typed one stays behind, and nobody sees it until the hearing. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "plan/plan_internal.h"

enum {
    NEAR_PERCENT = 25,         /* how far off a number may be and still mean the same figure */
    LEAST_COUNT = 100,         /* smaller counts are everywhere */
    MAX_TOLD = 200,
    MAX_WORK = 10000000        /* numbers held against figures: a book of a thousand pages needs a tenth */
};

struct typed {
    struct decimal value;
    enum plan_unit unit;
    const char *begin, *end;               /* in the run's text */
};

/* ---- finding numbers ------------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The character that ends before `at`; 0 at the beginning. */
static uint32_t before(const char *text, size_t *at)
{
    uint32_t c = 0;
    size_t end = *at;
    if (!end)
        return 0;
    *at = utf8_previous(text, end);
    utf8_decode(text + *at, end - *at, &c);
    return c;
}

/* Letters, and marks that make a number part of something else: "COVID-19", "2020/21", "§ 12", "lov nr. 548". */
static bool is_bound_before(const char *text, const char *s)
{
    static const char *const words[] = { "nr.", "stk.", "kl.", "no.", "tlf." };
    size_t at = (size_t)(s - text);
    uint32_t c = before(text, &at);
    if (utf8_is_letter(c) || (c && c < 0x80 && strchr("-/.,:+", (int)c)) || c == 0x2013 || c == 0xA7)
        return true;
    size_t end = at;
    if (!utf8_is_space(c))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (end >= strlen(words[i]) && !strncmp(text + end - strlen(words[i]), words[i], strlen(words[i])))
            return true;
    return before(text, &at) == 0xA7;
}

static const char *skip_space(const char *s)
{
    uint32_t c;
    for (size_t n = strlen(s), step; n && (step = utf8_decode(s, n, &c), utf8_is_space(c)); s += step, n -= step)
        ;
    return s;
}

static bool begins_word(const char *s, const char *word)
{
    uint32_t c;
    size_t n = strlen(word);
    if (strncmp(s, word, n) != 0)
        return false;
    utf8_decode(s + n, strlen(s + n) ? strlen(s + n) : 1, &c);
    return !utf8_is_letter(c);
}

/* The unit that stands behind a number; a count when there is none. */
static enum plan_unit read_unit(const char *s)
{
    static const char *const percents[] = { "%", "pct", "procent", "prosent", "percent", "per cent", "Prozent" };
    s = skip_space(s);
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++)
        if (i ? begins_word(s, percents[i]) : *s == '%')
            return PLAN_PERCENT;
    return PLAN_COUNT;
}

/* "2021" is a year more often than a count. */
static bool is_year(const struct typed *t)
{
    return t->end - t->begin == 4 && t->value.scale == 0 && t->value.digits >= 1900 && t->value.digits <= 2100;
}

/* A number that may be meant as a figure: a share, or a count that is no year and no part of a range. */
static bool is_figure(const struct typed *t, char after)
{
    return t->unit == PLAN_PERCENT ||
           (!is_year(t) && after != '-' && decimal_compare(t->value, decimal_from_int(LEAST_COUNT)) >= 0);
}

/* " 240" behind "18": a group of three that goes on the number. */
static size_t group_length(const char *s)
{
    uint32_t c;
    size_t step = utf8_decode(s, strlen(s) ? strlen(s) : 1, &c);
    return utf8_is_space(c) && strspn(s + step, "0123456789") == 3 ? step + 3 : 0;
}

/* All that is written of the number: "3.442", "18 240,5", also with what only ends the sentence. */
static size_t written_length(const char *begin)
{
    size_t n = strspn(begin, "0123456789"), more;
    bool grouped = false;
    for (; n <= 3 || grouped; n += more, grouped = true)
        if (!(more = group_length(begin + n)))
            break;
    return grouped && begin[n] != ',' ? n : n + strspn(begin + n, "0123456789.,");
}

/* The number that begins at `begin`, without the full stop of the sentence; false when it is none of ours. */
static bool read_typed(const char *begin, struct typed *out)
{
    char number[40];
    size_t n = written_length(begin);
    while (!is_digit(begin[n - 1]))
        n--;
    *out = (struct typed){ .begin = begin, .end = begin + n, .unit = read_unit(begin + n) };
    if (n >= sizeof number)
        return false;
    memcpy(number, begin, n);
    number[n] = '\0';
    return figures_number_read(number, &out->value) == FIGURES_OK && is_figure(out, begin[n]);
}

/* The next number from *s on; false when there is none. */
static bool next_number(const char *text, const char **s, struct typed *out)
{
    while (**s) {
        const char *begin = *s;
        if (!is_digit(*begin)) {
            ++*s;
            continue;
        }
        bool is_number = !is_bound_before(text, begin) && read_typed(begin, out);
        *s += written_length(begin);
        if (is_number)
            return true;
    }
    return false;
}

/* ---- what it may contradict ------------------------------------------------------------------------------ */

/* Within a quarter of the figure, but not the figure. */
static bool is_near(struct decimal typed, struct decimal value)
{
    struct decimal difference, scaled, share, hundred = decimal_from_int(100);
    if (decimal_compare(typed, value) == 0 || !decimal_subtract(typed, value, &difference) ||
        !decimal_multiply(decimal_absolute(difference), hundred, &scaled) ||
        !decimal_multiply(decimal_absolute(value), decimal_from_int(NEAR_PERCENT), &share))
        return false;
    return decimal_compare(scaled, share) <= 0;
}

/* Rounding is no contradiction: "8 %" or "ca. 3.400" for 8,4 and 3.442. */
static bool is_rounded(struct decimal typed, struct decimal value)
{
    if (typed.scale < value.scale && decimal_compare(decimal_round(value, typed.scale), typed) == 0)
        return true;
    for (int64_t step = 10; step <= 1000000000 && !typed.scale && typed.digits % step == 0; step *= 10) {
        struct decimal divided;
        if (decimal_divide(value, decimal_from_int(step), 0, &divided) && divided.digits * step == typed.digits)
            return true;
    }
    return false;
}

static bool equals_some_figure(const struct plan_figures *figures, const struct typed *t)
{
    for (size_t i = 0; i < figures->count; i++) {
        const struct plan_figure *f = figures->items[i];
        if (!f->missing && f->unit == t->unit &&
            (decimal_compare(f->value, t->value) == 0 || is_rounded(t->value, f->value)))
            return true;
    }
    return false;
}

/* The better of two candidates is the nearer: `f` in place of `best` when the number contradicts it from less far. */
static const struct plan_figure *nearer(const struct typed *t, const struct plan_figure *f,
                                        const struct plan_figure *best)
{
    struct decimal new_difference, old_difference;
    if (!f || f->missing || f->unit != t->unit || !is_near(t->value, f->value))
        return best;
    if (!best || !decimal_subtract(t->value, f->value, &new_difference) ||
        !decimal_subtract(t->value, best->value, &old_difference))
        return f;
    return decimal_compare(decimal_absolute(new_difference), decimal_absolute(old_difference)) < 0 ? f : best;
}

/* The figure of the goal's measures that the number contradicts. */
static const struct plan_figure *of_goal(const struct plan_reader *r, const struct plan_goal *goal,
                                         const struct typed *t, size_t *work)
{
    const struct plan_figure *best = NULL;
    for (const struct plan_measure *m = goal->measures; m; m = m->next) {
        size_t n = 0;
        const struct plan_figure *const *rows = m->id ? plan_figures_of(r->plan->figures, m->id, &n) : NULL;
        for (size_t i = 0; i < n; i++)
            best = nearer(t, rows[i], best);
        *work += 1 + n;
    }
    return best;
}

/* The figure shown in the same part that the number contradicts. */
static const struct plan_figure *of_part(const struct plan_reader *r, const struct plan_part *part,
                                         const struct typed *t, size_t *work)
{
    const struct plan_figure *best = NULL;
    for (size_t i = 0; i < r->use_count; i++)
        if (r->uses[i].part == part)
            best = nearer(t, r->uses[i].use->figure, best);
    *work += r->use_count;
    return best;
}

/* ---- telling --------------------------------------------------------------------------------------------- */

/* How often the number stands in the run before this one. */
static size_t earlier(const struct plan_text_run *run, const struct typed *t)
{
    size_t count = 0, n = (size_t)(t->end - t->begin);
    for (const char *s = run->text; s < t->begin; s++)
        count += !strncmp(s, t->begin, n);
    return count;
}

/* Where the text `t` stands for the `skip`th time from `s` on, comments passed over; NULL when it is written in another
   way ("&#56;,4"). */
static const char *find_written(const char *s, const char *end, const struct typed *t, size_t skip)
{
    size_t n = (size_t)(t->end - t->begin);
    for (; s + n <= end; s++) {
        if (end - s > 4 && !memcmp(s, "<!--", 4)) {
            const char *close = memmem(s, (size_t)(end - s), "-->", 3);
            s = close ? close : end;
        } else if (!memcmp(s, t->begin, n) && !skip--) {
            return s;
        }
    }
    return NULL;
}

/* The place of the number itself: found again in the bytes of the file, where the run stands. */
static struct source place_of(const struct plan_reader *r, const struct plan_text_run *run, const struct typed *t)
{
    size_t size;
    const char *bytes = xml_bytes(r->doc, &size), *line = bytes;
    size_t length = strlen(run->text) * 16 + 4096;             /* as written: with references, comments, white space */
    if (length > size - run->begin)
        length = size - run->begin;
    const char *found = find_written(bytes + run->begin, bytes + run->begin + length, t, earlier(run, t));
    struct source at = { r->plan->file, 1, 1 };
    if (!found)
        found = bytes + run->begin;
    for (const char *s = bytes; s < found && (s = memchr(s, '\n', (size_t)(found - s))); s++) {
        at.line++;
        line = s + 1;
    }
    at.column = (int)utf8_length(line, (size_t)(found - line)) + 1;
    return at;
}

static void tell(struct plan_reader *r, const struct plan_text_run *run, const struct typed *t,
                 const struct plan_figure *f)
{
    char value[PLAN_NUMBER_TEXT];
    const char *sign = f->unit == PLAN_PERCENT ? " %" : "";
    diag_warning(r->diag, place_of(r, run, t), "W231",
                 _("%.*s%s is typed here%s, but the figure \"%s\"%s is %s%s (%s:%d)"), (int)(t->end - t->begin),
                 t->begin, sign, plan_in(r, run->part), f->id, plan_period_text(r, f->period),
                 plan_number_text(f->value, value), sign, f->at.file, f->at.line);
    diag_remedy(r->diag, _("if it is the same figure, write <figure-value figure=\"%s\"/> instead of the number"),
                f->id);
}

void plan_check_prose(struct plan_reader *r)
{
    size_t told = 0, work = 0;
    for (size_t i = 0; i < r->run_count; i++) {
        const struct plan_text_run *run = &r->runs[i];
        const char *s = run->text;
        struct typed t;
        while (told < MAX_TOLD && work < MAX_WORK && next_number(run->text, &s, &t)) {
            const struct plan_figure *f =
                run->goal ? of_goal(r, run->goal, &t, &work) : of_part(r, run->part, &t, &work);
            work++;
            if (!f || equals_some_figure(r->plan->figures, &t))
                continue;
            tell(r, run, &t, f);
            told++;
        }
    }
}
