/* Words that follow the figures: "8,7 %", "er steget fra 8,1 % til 8,4 %", "uændret". The sentences are the template's
   word tables; the numbers are the table's rows; nothing is written twice. */
#include <string.h>

#include "compose/run.h"

/* ---- words with {names} ------------------------------------------------------------------------------------------------- */
/* A {name} without a value leaves no spaces behind. */
char *run_word(struct run *run, const char *lang, const char *key, const char *const *pairs)
{
    struct buf out = BUF_EMPTY;
    buf_put_filled(&out, design_word(run->design, lang, key), pairs);
    while (out.length && out.data[out.length - 1] == ' ')
        out.data[--out.length] = 0;
    char *text = arena_strdup(run->building, buf_text(&out));
    buf_free(&out);
    return text;
}

/* ---- quantities ----------------------------------------------------------------------------------------------------------- */
/* A difference of shares is in points: 8,4 % to 8,7 % is +0,3 percentage points. */
static enum text_unit difference_unit(enum plan_unit unit)
{
    return unit == PLAN_PERCENT ? TEXT_UNIT_POINTS : run_unit(unit);
}

char *run_quantity(struct run *run, const struct plan_figure *figure, enum text_quantity_form form, const char *lang)
{
    if (!figure || figure->missing)
        return arena_strdup(run->building, design_word(run->design, lang, "missing"));
    return text_quantity(run->design, lang, figure->value, run_unit(figure->unit), form, run->building);
}

static bool difference(const struct plan_figure *from, const struct plan_figure *to, struct decimal *out)
{
    return from && to && !from->missing && !to->missing && decimal_subtract(to->value, from->value, out);
}

/* How far it is from one to the other; prose says which way. */
static char *difference_text(struct run *run, const struct plan_figure_use *use, const char *lang)
{
    struct decimal change;
    if (!difference(use->from, use->to, &change))
        return arena_strdup(run->building, design_word(run->design, lang, "missing"));
    return text_quantity(run->design, lang, decimal_absolute(change), difference_unit(use->to->unit), TEXT_VALUE,
                         run->building);
}

static const char *word_or(struct run *run, const char *lang, const char *key, const char *missing)
{
    const char *word = design_word(run->design, lang, key);
    return strcmp(word, key) ? word : missing;
}

/* Small whole numbers as the language's words; others as a number. "One" may have a form for the noun's gender. */
static char *number_words(struct run *run, const struct plan_figure_use *use, const char *lang)
{
    char digits[DECIMAL_TEXT];
    const struct plan_figure *figure = use->figure;
    decimal_write(figure->value, digits);
    const char *word = word_or(run, lang, arena_printf(run->building, "number.%s", digits), NULL);
    if (use->gender)
        word = word_or(run, lang, arena_printf(run->building, "number.%s.%s", digits, use->gender), word);
    bool words = word && (figure->unit == PLAN_COUNT || figure->unit == PLAN_RANK);
    return words ? arena_strdup(run->building, word) : run_quantity(run, figure, use->one ? TEXT_BARE : TEXT_VALUE, lang);
}

/* To two figures before the comma, or to a whole number where there are fewer: 48.668 is about 49.000. */
static struct decimal rounded(struct decimal value)
{
    struct decimal whole = decimal_round(value, 0), unit = decimal_from_int(1), ten = decimal_from_int(10), parts;
    while (decimal_divide(decimal_absolute(whole), unit, 0, &parts) && decimal_compare(parts, decimal_from_int(99)) > 0 &&
           decimal_multiply(unit, ten, &unit))
        ;
    struct decimal out = whole;
    return decimal_divide(value, unit, 0, &parts) && decimal_multiply(parts, unit, &out) ? out : whole;
}

static char *about(struct run *run, const struct plan_figure *figure, const char *lang)
{
    struct plan_figure round = *figure;
    round.value = rounded(figure->value);
    const char *pairs[] = { "value", run_quantity(run, &round, TEXT_VALUE, lang), NULL };
    return figure->missing ? run_quantity(run, figure, TEXT_VALUE, lang) : run_word(run, lang, "about", pairs);
}

/* The noun after its number, which it agrees with; they stay on one line. */
static char *with_noun(struct run *run, const struct plan_figure_use *use, char *number)
{
    bool one = !use->figure->value.scale && !decimal_compare(decimal_absolute(use->figure->value), decimal_from_int(1));
    const char *noun = one ? use->one : use->many;
    return noun && !use->figure->missing ? arena_printf(run->building, "%s\u00a0%s", number, noun) : number;
}

static char *figure_words(struct run *run, const struct plan_figure_use *use, const char *lang)
{
    const struct plan_figure *figure = use->figure;
    switch (use->form) {
    case PLAN_FORM_NUMBER:
        return run_quantity(run, figure, TEXT_BARE, lang);
    case PLAN_FORM_DIFFERENCE:
        return difference_text(run, use, lang);
    case PLAN_FORM_PERIOD:
        return arena_strdup(run->building, figure->period);
    case PLAN_FORM_WORDS:
        return figure->missing ? run_quantity(run, figure, TEXT_VALUE, lang) : number_words(run, use, lang);
    case PLAN_FORM_ABOUT:
        return about(run, figure, lang);
    case PLAN_FORM_RANK:
        return figure->missing ? run_quantity(run, figure, TEXT_VALUE, lang)
                               : text_quantity(run->design, lang, figure->value, TEXT_UNIT_RANK, TEXT_VALUE, run->building);
    case PLAN_FORM_VALUE:
        break;
    }
    return run_quantity(run, figure, TEXT_VALUE, lang);
}

char *run_figure(struct run *run, const struct plan_figure_use *use, const char *lang)
{
    return with_noun(run, use, figure_words(run, use, lang));
}

/* ---- trends ----------------------------------------------------------------------------------------------------------------- */
char *run_trend(struct run *run, const struct plan_figure_use *use, const char *lang)
{
    struct decimal change;
    if (!difference(use->from, use->to, &change))
        return arena_strdup(run->building, design_word(run->design, lang, "missing"));
    int sign = decimal_compare(decimal_absolute(change), use->within) > 0 ? decimal_sign(change) : 0;
    const char *key = sign > 0 ? "rose" : sign < 0 ? "fell" : "unchanged";
    if (use->to->unit == PLAN_RANK)        /* a place goes up when its number falls */
        key = word_or(run, lang, arena_printf(run->building, "%s.rank", key), NULL)
                  ? arena_printf(run->building, "%s.rank", key) : key;
    const char *pairs[] = {
        "from", run_quantity(run, use->from, TEXT_VALUE, lang),
        "to", run_quantity(run, use->to, TEXT_VALUE, lang),
        "change", text_quantity(run->design, lang, decimal_absolute(change), difference_unit(use->to->unit), TEXT_VALUE,
                                run->building),
        "from-period", use->from->period,
        "to-period", use->to->period,
        NULL,
    };
    return run_word(run, lang, key, pairs);
}

/* The words need the template and an arena alone. */
char *compose_figure_text(const struct design *design, const struct plan_inline *inline_, const char *lang,
                          struct arena *arena)
{
    struct run run = { .design = design, .arena = arena, .building = arena };
    if (inline_->kind == PLAN_FIGURE_VALUE)
        return run_figure(&run, inline_->figure, lang);
    return inline_->kind == PLAN_FIGURE_TREND ? run_trend(&run, inline_->figure, lang) : NULL;
}
