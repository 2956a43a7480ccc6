/* The words and numbers of a table of figures, as people write them. */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "plan/figures_internal.h"

struct word {
    const char *text;          /* lower case */
    int value;
};

static const struct word columns[] = {
    { "id", COLUMN_ID },           { "maal", COLUMN_ID },      { "mål", COLUMN_ID },
    { "period", COLUMN_PERIOD },   { "periode", COLUMN_PERIOD },
    { "kind", COLUMN_KIND },       { "art", COLUMN_KIND },
    { "value", COLUMN_VALUE },     { "værdi", COLUMN_VALUE },  { "vaerdi", COLUMN_VALUE },
    { "unit", COLUMN_UNIT },       { "enhed", COLUMN_UNIT },
    { "source", COLUMN_SOURCE },   { "kilde", COLUMN_SOURCE },
    { "retrieved", COLUMN_RETRIEVED }, { "hentet", COLUMN_RETRIEVED },
    { NULL, 0 },
};

static const struct word map_columns[] = {
    { "id", MAP_ID },              { "maal", MAP_ID },         { "mål", MAP_ID },
    { "kind", MAP_KIND },          { "art", MAP_KIND },
    { "unit", MAP_UNIT },          { "enhed", MAP_UNIT },
    { "table", MAP_TABLE },        { "tabel", MAP_TABLE },
    { "area", MAP_AREA },          { "område", MAP_AREA },     { "omraade", MAP_AREA },
    { "group", MAP_GROUP },        { "gruppe", MAP_GROUP },
    { "measure", MAP_MEASURE },    { "måling", MAP_MEASURE },  { "maaling", MAP_MEASURE },
    { "period", MAP_PERIOD },      { "periode", MAP_PERIOD },
    { "as", MAP_AS },              { "som", MAP_AS },
    { "factor", MAP_FACTOR },      { "faktor", MAP_FACTOR },
    { "decimals", MAP_DECIMALS },  { "decimaler", MAP_DECIMALS },
    { "source", MAP_SOURCE },      { "kilde", MAP_SOURCE },
    { "note", MAP_NOTE },          { "bemærkning", MAP_NOTE }, { "bemaerkning", MAP_NOTE },
    { NULL, 0 },
};

static const struct word sheets[] = { { "figures", 1 }, { "tal", 1 }, { "nøgletal", 1 }, { NULL, 0 } };

static const struct word newest[] = { { "newest", 1 }, { "nyeste", 1 }, { "seneste", 1 }, { NULL, 0 } };

static const struct word kinds[] = {
    { "actual", PLAN_ACTUAL },     { "aktuel", PLAN_ACTUAL },  { "faktisk", PLAN_ACTUAL },
    { "baseline", PLAN_BASELINE }, { "udgangspunkt", PLAN_BASELINE },
    { "target", PLAN_TARGET },     { "mål", PLAN_TARGET },     { "maal", PLAN_TARGET },
    { "forecast", PLAN_FORECAST }, { "prognose", PLAN_FORECAST }, { "forventet", PLAN_FORECAST },
    { NULL, 0 },
};

static const struct word units[] = {
    { "percent", PLAN_PERCENT },   { "percentage", PLAN_PERCENT }, { "procent", PLAN_PERCENT },
    { "pct", PLAN_PERCENT },       { "pct.", PLAN_PERCENT },   { "%", PLAN_PERCENT },
    { "count", PLAN_COUNT },       { "antal", PLAN_COUNT },
    { "rank", PLAN_RANK },         { "placering", PLAN_RANK },
    { "points", PLAN_POINTS },     { "procentpoint", PLAN_POINTS },
    { NULL, 0 },
};

/* Compare with case, soft hyphens and spaces at the ends put aside: they are not seen in a spreadsheet. */
static bool same_word(const char *text, const char *word)
{
    size_t n = strlen(text);
    while (n) {
        uint32_t c;
        char lower[4];
        size_t step = utf8_decode(text, n, &c), m;
        text += step;
        n -= step;
        if (c == 0x00AD || c == 0xFEFF)
            continue;
        m = utf8_encode(utf8_lower(c), lower);
        if (strncmp(word, lower, m) != 0)
            return false;
        word += m;
    }
    return !*word;
}

static int lookup(const struct word *words, const char *text)
{
    for (; words->text; words++)
        if (same_word(text, words->text))
            return words->value;
    return -1;
}

static const char *name_of(const struct word *words, int value)
{
    while (words->value != value)
        words++;
    return words->text;        /* the English name stands first */
}

int figures_column_read(const char *text)
{
    return lookup(columns, text);
}

int figures_kind_read(const char *text)
{
    return lookup(kinds, text);
}

int figures_unit_read(const char *text)
{
    return lookup(units, text);
}

int figures_map_column_read(const char *text)
{
    return lookup(map_columns, text);
}

const char *figures_map_column_name(int column)
{
    return name_of(map_columns, column);
}

bool figures_is_sheet_name(const char *text)
{
    return lookup(sheets, text) > 0;
}

bool figures_is_newest(const char *text)
{
    return lookup(newest, text) > 0;
}

const char *figures_column_name(int column)
{
    return name_of(columns, column);
}

const char *plan_figure_kind_name(enum plan_figure_kind kind)
{
    return name_of(kinds, (int)kind);
}

const char *plan_unit_name(enum plan_unit unit)
{
    return name_of(units, (int)unit);
}

const char *plan_kind_words(enum plan_figure_kind kind)
{
    static const char *const words[] = { N_("actual"), N_("baseline"), N_("target"), N_("forecast") };
    return gettext(words[kind]);
}

const char *plan_unit_words(enum plan_unit unit)
{
    static const char *const words[] = { N_("percent"), N_("count"), N_("rank"), N_("points") };
    return gettext(words[unit]);
}

const char *plan_trim(struct arena *arena, const char *s, size_t n)
{
    uint32_t c;
    for (size_t step; n && (step = utf8_decode(s, n, &c), utf8_is_space(c)); s += step, n -= step)
        ;
    while (n) {
        size_t last = utf8_previous(s, n);
        utf8_decode(s + last, n - last, &c);
        if (!utf8_is_space(c))
            break;
        n = last;
    }
    if (!n)
        return "";
    char *text = arena_strndup(arena, s, n);
    for (size_t i = 0; i < n; i++)
        if (text[i] == '\n' || text[i] == '\r' || text[i] == '\t')
            text[i] = ' ';
    return text;
}

/* ---- numbers --------------------------------------------------------------------------------------------- */

bool figures_is_missing(const char *text)
{
    static const char *const marks[] = { "", ".", "..", "...", "…", "-", "–", "—", "x", "X" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (!strcmp(text, marks[i]))
            return true;
    return false;
}

/* The text brought down to ASCII digits, '.', ',' and ' ' (any space); false for any other character. */
enum { NUMBER_LENGTH = 64 };

static bool to_marks(const char *text, char out[NUMBER_LENGTH], bool *negative)
{
    size_t n = strlen(text), used = 0;
    *negative = false;
    for (size_t step; n; text += step, n -= step) {
        uint32_t c;
        step = utf8_decode(text, n, &c);
        if (!used && !*negative && (c == '-' || c == 0x2212)) {
            *negative = true;
            continue;
        }
        if (utf8_is_space(c))
            c = ' ';
        if (used + 1 >= NUMBER_LENGTH || !((c >= '0' && c <= '9') || c == '.' || c == ',' || c == ' '))
            return false;
        out[used++] = (char)c;
    }
    out[used] = '\0';
    return used > 0;
}

/* Digits in groups of three with one kind of mark between them: "3.442", "48 668". */
static bool is_grouped(const char *s, size_t n)
{
    size_t first = 0;
    while (first < n && s[first] >= '0' && s[first] <= '9')
        first++;
    if (first < 1 || first > 3 || first == n || s[0] == '0')
        return false;
    char mark = s[first];
    if ((mark != '.' && mark != ' ') || (n - first) % 4)
        return false;
    for (size_t i = first; i < n; i++)
        if ((i - first) % 4 == 0 ? s[i] != mark : s[i] < '0' || s[i] > '9')
            return false;
    return true;
}

static bool is_digits(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    return n > 0;
}

static enum figures_number read_canonical(const char *whole, size_t n, const char *decimals, bool negative,
                                          struct decimal *out)
{
    char text[2 * NUMBER_LENGTH + 2], *p = text;
    if (negative)
        *p++ = '-';
    for (size_t i = 0; i < n; i++)
        if (whole[i] >= '0' && whole[i] <= '9')
            *p++ = whole[i];
    if (decimals) {
        *p++ = '.';
        p += strlen(strcpy(p, decimals));
    }
    *p = '\0';
    return decimal_read(text, out) ? FIGURES_OK : FIGURES_TOO_LONG;
}

enum figures_number figures_number_read(const char *text, struct decimal *out)
{
    if (figures_is_missing(text))
        return FIGURES_MISSING;
    char s[NUMBER_LENGTH];
    bool negative;
    if (!to_marks(text, s, &negative))
        return strlen(text) >= NUMBER_LENGTH ? FIGURES_TOO_LONG : FIGURES_NO_NUMBER;
    const char *comma = strchr(s, ',');
    size_t whole = comma ? (size_t)(comma - s) : strlen(s);
    if (comma && strchr(comma, '.'))
        return FIGURES_ENGLISH;
    if (comma && !is_digits(comma + 1, strlen(comma + 1)))
        return strchr(comma + 1, ',') ? FIGURES_ENGLISH : FIGURES_NO_NUMBER;
    if (is_digits(s, whole) || is_grouped(s, whole))
        return read_canonical(s, whole, comma ? comma + 1 : NULL, negative, out);
    /* One point that cannot part thousands is a decimal point: "2.5", "0.084", "36.2857". */
    const char *point = strchr(s, '.');
    if (comma || !point || !is_digits(point + 1, strlen(point + 1)))
        return FIGURES_NO_NUMBER;
    whole = (size_t)(point - s);
    if (!is_digits(s, whole) && !is_grouped(s, whole))
        return FIGURES_NO_NUMBER;
    return read_canonical(s, whole, point + 1, negative, out);
}
