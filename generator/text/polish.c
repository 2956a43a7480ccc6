/* Microtypography: what is typed becomes what is set. Two passes: characters (quotes, dashes, signs), then each space,
   which either may end a line or may not. Polishing twice changes nothing more. Sources: Dansk Sprognævn,
   Retskrivningsordbogen (2012), §§ 43 to 62; Språkrådet; Duden, Textverarbeitung; New Hart's Rules. */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/numbers.h"

#define NO_BREAK "\u00a0"
#define EN_DASH  "\u2013"
#define ELLIPSIS "\u2026"
#define QUOTE    "\u2019"

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* ---- first pass: characters --------------------------------------------------------------------------------- */
struct pass {
    const char *text;
    size_t length, at;
    uint32_t previous;                     /* the character before `at`, as it was typed; 0 at a paragraph's start */
    struct design_numbers signs;
    const struct single_quotes *single;
    bool in_single;                        /* a quotation in single quotes is open */
    struct buf out;
};

/* A quotation inside another; elsewhere both are the apostrophe (Danish, Swedish). */
static const struct single_quotes { const char *lang, *open, *close; } single_quotes[] = {
    { "en", "\u2018", "\u2019" }, { "de", "\u201a", "\u2018" }, { "nb", "\u2018", "\u2019" }, { "nn", "\u2018", "\u2019" },
    { "no", "\u2018", "\u2019" },
};

static const struct single_quotes *single_quotes_of(const char *lang)
{
    static const struct single_quotes plain = { "", QUOTE, QUOTE };
    for (size_t i = 0; i < sizeof single_quotes / sizeof *single_quotes; i++)
        if (!strncmp(lang, single_quotes[i].lang, 2) && !utf8_is_letter((unsigned char)lang[2]))
            return &single_quotes[i];
    return &plain;
}

static uint32_t peek(const struct pass *p, size_t at)
{
    uint32_t c = 0;
    if (at < p->length)
        utf8_decode(p->text + at, p->length - at, &c);
    return c;
}

static bool starts(const struct pass *p, const char *what)
{
    size_t n = strlen(what);
    return p->length - p->at >= n && !memcmp(p->text + p->at, what, n);
}

/* What stands before an opening quote, a dash or a sign: nothing, a space, an opening bracket, a dash. */
static bool opens_after(uint32_t c)
{
    return !c || utf8_is_space(c) || c == '(' || c == '[' || c == 0x2013 || c == 0x2014 || c == '/';
}

static bool is_double_quote(uint32_t c)
{
    return c == '"' || (c >= 0x201c && c <= 0x201f) || c == 0xab || c == 0xbb;
}

/* Does a single quote close, later on, what one at `at` would open? Not the apostrophe inside "it's", nor that of "'80s". */
static bool is_closed(const struct pass *p, size_t at)
{
    for (size_t i = at + 1; i < p->length; i++)
        if (p->text[i] == '\'' && !utf8_is_space((unsigned char)p->text[i - 1]) && !utf8_is_letter(peek(p, i + 1)) &&
            !is_digit(peek(p, i + 1)))
            return true;
    return false;
}

static const char *single_quote(struct pass *p)
{
    uint32_t next = peek(p, p->at + 1);
    bool word = utf8_is_letter(next) || is_digit(next);
    if (!p->in_single && utf8_is_letter(next) && (opens_after(p->previous) || is_double_quote(p->previous)) && is_closed(p, p->at)) {
        p->in_single = true;
        return p->single->open;
    }
    if (!p->in_single || word)
        return QUOTE;
    p->in_single = false;
    return p->single->close;
}

static void put_quote(struct pass *p, uint32_t c, size_t n)
{
    if (is_double_quote(c)) {
        bool nested = is_double_quote(p->previous) && p->previous != c;
        buf_puts(&p->out, opens_after(p->previous) || nested ? p->signs.quote_open : p->signs.quote_close);
    } else {
        buf_puts(&p->out, single_quote(p));                /* or an apostrophe: COVID-19's, it's */
    }
    p->at += n;
}

/* Length of the digits that begin at `at`. */
static size_t digits(const struct pass *p, size_t at)
{
    size_t n = 0;
    while (at + n < p->length && is_digit((unsigned char)p->text[at + n]))
        n++;
    return n;
}

/* "8-16", "2017-2020": digits on both sides, no letters and no further hyphen (2020-12-18, COVID-19, 87-87-87). */
static bool is_range(const struct pass *p)
{
    size_t before = 0, after = digits(p, p->at + 1);
    while (before < p->at && is_digit((unsigned char)p->text[p->at - 1 - before]))
        before++;
    if (!before || !after || before > 4 || after > 4)
        return false;
    size_t start = p->at - before, end = p->at + 1 + after;
    if (start > 0) {
        uint32_t c;
        size_t last = utf8_previous(p->text, start);
        utf8_decode(p->text + last, start - last, &c);
        if (utf8_is_letter(c) || c == '-' || c == '/')
            return false;
    }
    uint32_t next = peek(p, end);
    return next != '-' && next != '/' && !utf8_is_letter(next);
}

static bool is_spaced(const struct pass *p, size_t n)
{
    return utf8_is_space(p->previous) && utf8_is_space(peek(p, p->at + n));
}

static void put_hyphen(struct pass *p)
{
    size_t n = starts(p, "--") && !starts(p, "---") ? 2 : 1;
    if (n == 2 || is_spaced(p, 1))
        buf_puts(&p->out, EN_DASH);
    else if (opens_after(p->previous) && is_digit(peek(p, p->at + 1)) && !is_digit(p->previous))
        buf_puts(&p->out, p->signs.minus);
    else if (is_range(p))
        buf_puts(&p->out, p->signs.range);
    else
        buf_putc(&p->out, '-');
    p->at += n;
}

/* "8,4%", "8,4 %": the language's space, whatever was typed. */
static bool put_percent(struct pass *p)
{
    size_t at = p->at;
    while (at < p->length && utf8_is_space(peek(p, at))) {
        uint32_t c;
        at += utf8_decode(p->text + at, p->length - at, &c);
    }
    uint32_t sign = peek(p, at);
    if (!is_digit(p->previous) || (sign != '%' && sign != 0x2030) || (sign == '%' && is_digit(peek(p, at + 1))))
        return false;
    buf_puts(&p->out, p->signs.percent_space);
    buf_puts(&p->out, sign == '%' ? "%" : "\u2030");
    p->at = at + (sign == '%' ? 1 : 3);
    return true;
}

static void put_character(struct pass *p)
{
    uint32_t c;
    size_t n = utf8_decode(p->text + p->at, p->length - p->at, &c);
    size_t from = p->at;
    if ((utf8_is_space(c) || c == '%' || c == 0x2030) && put_percent(p)) {
        c = '%';
    } else if (is_double_quote(c) || c == '\'') {
        put_quote(p, c, n);
    } else if (c == '-') {
        put_hyphen(p);
    } else if (c == 0x2014 && is_spaced(p, n)) {
        buf_puts(&p->out, EN_DASH);
        p->at += n;
    } else if (starts(p, "...") && peek(p, p->at + 3) != '.' && p->previous != '.') {
        buf_puts(&p->out, ELLIPSIS);
        p->at += 3;
    } else {
        buf_put(&p->out, p->text + from, n);
        p->at += n;
    }
    p->previous = c;
}

/* Bytes from `at` on that nothing is done to: letters, digits and signs that mean themselves. */
static size_t plain_run(const struct pass *p)
{
    size_t n = 0;
    while (p->at + n < p->length) {
        unsigned char c = (unsigned char)p->text[p->at + n];
        bool special = c <= ' ' || c == '"' || c == '\'' || c == '%' || c == '-' || c == '.' || c == 0xc2 || c == 0xe2;
        if (special)
            break;
        n++;
    }
    return n;
}

static void put_plain_run(struct pass *p, size_t n)
{
    buf_put(&p->out, p->text + p->at, n);
    p->at += n;
    size_t last = utf8_previous(p->text, p->at);
    utf8_decode(p->text + last, p->at - last, &p->previous);
}

static struct buf polish_characters(const struct design *design, const char *lang, const char *text, size_t n,
                                    uint32_t previous)
{
    struct pass p = { .text = text, .length = n, .previous = previous, .signs = text_numbers(design, lang),
                      .single = single_quotes_of(lang) };
    while (p.at < n) {
        size_t plain = plain_run(&p);
        if (plain)
            put_plain_run(&p, plain);
        else
            put_character(&p);
    }
    return p.out;
}

/* ---- second pass: spaces ------------------------------------------------------------------------------------ */
struct token {
    const char *text;
    size_t length;
};

/* What binds to its neighbour, by language. Lists are words between blanks. */
struct bindings {
    const char *lang;
    const char *one_letter;                /* words of one letter that do not end a line */
    const char *before_number;             /* stand before a number: "nr. 48" */
    const char *forward;                   /* stand before whatever follows: "fx" */
    const char *backward;                  /* stand after whatever precedes: "m.v." */
    const char *months;
    bool ordinal_points;                   /* "2. kvartal" */
};

#define SIGNS_BEFORE_NUMBERS "§ §§ nr. stk. kap. pkt. tlf. s. p. ca. "
static const struct bindings languages[] = {
    { "da", " i å ø ", " " SIGNS_BEFORE_NUMBERS "kl. litra bilag mål uge side afsnit kapitel fig. figur tabel maks. min. d. den år ",
      " fx f.eks. jf. ca. cirka dvs. hhv. ", " m.v. mv. m.m. mm. m.fl. mfl. o.l. o.lign. osv. etc. ff. f.kr. e.kr. ",
      " januar februar marts april maj juni juli august september oktober november december ", true },
    { "nb", " i å ", " " SIGNS_BEFORE_NUMBERS "kl. litra vedlegg mål uke side avsnitt kapittel fig. figur tabell maks. min. den år ",
      " f.eks. jf. ca. dvs. hhv. ", " m.v. mv. m.m. mm. m.fl. o.l. osv. etc. ",
      " januar februar mars april mai juni juli august september oktober november desember ", true },
    { "sv", " i å ö ", " " SIGNS_BEFORE_NUMBERS "nr kl. kl bilaga mål vecka sida sid. avsnitt kapitel fig. figur tabell max. min. den år ",
      " t.ex. jfr ca ca. dvs. resp. ", " m.m. m.fl. o.d. osv. etc. ",
      " januari februari mars april maj juni juli augusti september oktober november december ", false },
    { "en", " a i ", " " SIGNS_BEFORE_NUMBERS "no. nos. vol. pp. appendix goal week page section chapter fig. figure table max. min. ",
      " e.g. i.e. cf. c. ", " etc. ff. ",
      " january february march april may june july august september october november december ", false },
    { "de", " ", " " SIGNS_BEFORE_NUMBERS "abs. art. bd. anlage ziel woche seite abschnitt kapitel abb. abbildung tabelle max. min. ",
      " z.b. d.h. vgl. ca. bzw. ", " usw. etc. u.a. u.ä. ff. ",
      " januar februar märz april mai juni juli august september oktober november dezember ", false },
};

static const struct bindings *bindings_of(const char *lang)
{
    size_t n = strcspn(lang, "-_");
    if (n == 2 && (!memcmp(lang, "no", 2) || !memcmp(lang, "nn", 2)))
        lang = "nb";
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (n == 2 && !memcmp(languages[i].lang, lang, 2))
            return &languages[i];
    return NULL;
}

/* Is the token in a list? In lower case; no entry is longer than LONGEST bytes. */
enum { LONGEST = 12 };

static bool listed(const char *list, struct token t)
{
    char key[LONGEST + 8] = " ";
    if (t.length > LONGEST)
        return false;
    size_t length = 1;
    for (size_t i = 0; i < t.length;) {
        uint32_t c;
        char lower[4];
        i += utf8_decode(t.text + i, t.length - i, &c);
        size_t n = utf8_encode(utf8_lower(c), lower);
        if (length + n + 2 > sizeof key)
            return false;
        memcpy(key + length, lower, n);
        length += n;
    }
    if (length == 1)
        return false;
    key[length] = ' ';
    key[length + 1] = '\0';
    return strstr(list, key) != NULL;
}

static bool is_single_quote(uint32_t c)
{
    return c >= 0x2018 && c <= 0x201a;
}

static struct token without_opening(struct token t)
{
    while (t.length) {
        uint32_t c;
        size_t n = utf8_decode(t.text, t.length, &c);
        if (!is_double_quote(c) && !is_single_quote(c) && c != '(' && c != '[')
            break;
        t.text += n;
        t.length -= n;
    }
    return t;
}

/* Without a comma, bracket and the like; `full_stop`: without one of those, too. */
static struct token without_closing(struct token t, bool full_stop)
{
    while (t.length) {
        uint32_t c;
        size_t last = utf8_previous(t.text, t.length);
        utf8_decode(t.text + last, t.length - last, &c);
        bool closing = is_double_quote(c) || is_single_quote(c) || (c < 0x80 && c && strchr(",;:)]!?", (int)c)) || (full_stop && c == '.');
        if (!closing)
            break;
        t.length = last;
    }
    return t;
}

static bool begins_with_digit(struct token t)
{
    return t.length && is_digit((unsigned char)t.text[0]);
}

static size_t count_digits(struct token t)
{
    size_t n = 0;
    while (n < t.length && is_digit((unsigned char)t.text[n]))
        n++;
    return n;
}

static bool begins_with_capital(struct token t)
{
    uint32_t c = 0;
    if (t.length)
        utf8_decode(t.text, t.length, &c);
    return utf8_is_letter(c) && utf8_lower(c) != c;
}

static bool begins_with_small(struct token t)
{
    uint32_t c = 0;
    if (t.length)
        utf8_decode(t.text, t.length, &c);
    return utf8_is_letter(c) && utf8_upper(c) != c;
}

/* "8", "18." */
static bool is_day(struct token t, bool point)
{
    size_t n = count_digits(t);
    return n >= 1 && n <= 2 && t.length == n + point && (!point || t.text[n] == '.');
}

static bool dates_bind(const struct bindings *b, struct token before, struct token after)
{
    if (b->ordinal_points && is_day(before, true) && begins_with_small(after))
        return true;
    return (is_day(before, true) || is_day(before, false)) && listed(b->months, without_closing(after, true));
}

/* "bl. a.", "z. B.", "t. o. m." typed with spaces. */
static bool is_short_abbreviation(struct token t, size_t most)
{
    size_t letters = 0;
    for (size_t i = 0; i + 1 < t.length; letters++) {
        uint32_t c;
        i += utf8_decode(t.text + i, t.length - i, &c);
        if (!utf8_is_letter(c))
            return false;
    }
    return letters >= 1 && letters <= most && t.text[t.length - 1] == '.';
}

static bool abbreviations_bind(struct token before, struct token after)
{
    if (begins_with_capital(before))       /* an initial: "J. Hansen" */
        return is_short_abbreviation(before, 1) && begins_with_capital(after);
    return is_short_abbreviation(before, 2) && is_short_abbreviation(without_closing(after, false), 4);
}

static bool numbers_bind(struct token before, struct token after)
{
    static const char units[] = " kr. kr mio. mia. pct. % ‰ km m cm mm kg g t ha m² km² °c kwh mwh kb mb gb eur dkk sek nok ";
    uint32_t c = 0;
    size_t last = utf8_previous(before.text, before.length);
    utf8_decode(before.text + last, before.length - last, &c);
    if (!is_digit(c))
        return false;
    struct token bare = without_closing(after, false);
    if (listed(units, bare) || listed(units, without_closing(after, true)))
        return true;
    /* A group of thousands: "48 668", not "i 2020 300". */
    return count_digits(before) == before.length && before.length <= 3 && count_digits(bare) == 3 &&
           without_closing(after, true).length == 3;
}

/* May a line not be broken between these two? `partial`: what stands before is the end of a word in another span. */
static bool bind(const struct bindings *b, struct token before, struct token after, bool partial)
{
    if (after.length >= 3 && !memcmp(after.text, EN_DASH, 3))
        return after.length == 3;          /* a dash stands at the end of a line, not at its start */
    if (!before.length)
        return false;
    if (after.length && numbers_bind(before, after))
        return true;
    before = without_opening(before);
    if (!b || partial || !before.length)
        return false;
    enum { SHORT = 6 };                    /* bytes; "f.eks." is the longest that binds to any word */
    if (before.length <= SHORT && (listed(b->one_letter, before) || listed(b->forward, before)))
        return true;
    if (!after.length)
        return false;
    if (begins_with_digit(without_opening(after)) && listed(b->before_number, before))
        return true;
    struct token bare = without_closing(after, false);
    bool abbreviation = bare.length && bare.text[bare.length - 1] == '.';
    if (abbreviation && listed(b->backward, bare))
        return true;
    return dates_bind(b, before, after) || abbreviations_bind(before, after);
}

static bool is_plain_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The word that ends before `at`; U+00A0 ends it too. */
static struct token token_before(const char *text, size_t at)
{
    size_t from = at;
    while (from > 0 && !is_plain_space(text[from - 1])) {
        uint32_t c;
        size_t last = utf8_previous(text, from);
        utf8_decode(text + last, from - last, &c);
        if (c == 0xa0)
            break;
        from = last;
    }
    return (struct token){ text + from, at - from };
}

static struct token token_after(const char *text, size_t at, size_t n)
{
    size_t to = at;
    while (to < n && !is_plain_space(text[to])) {
        uint32_t c;
        size_t k = utf8_decode(text + to, n - to, &c);
        if (c == 0xa0)
            break;
        to += k;
    }
    return (struct token){ text + at, to - at };
}

char *text_polish(const struct design *design, const char *lang, const char *text, size_t n, uint32_t previous,
                  struct arena *arena)
{
    if (!lang)
        lang = "";
    struct buf in = polish_characters(design, lang, text, n, previous), out = BUF_EMPTY;
    const struct bindings *b = bindings_of(lang);
    const char *s = buf_text(&in);
    for (size_t i = 0; i < in.length;) {
        size_t spaces = 0;
        while (i + spaces < in.length && (s[i + spaces] == ' ' || s[i + spaces] == '\t'))
            spaces++;
        if (!spaces) {
            size_t word = 1;
            while (i + word < in.length && s[i + word] != ' ' && s[i + word] != '\t')
                word++;
            buf_put(&out, s + i, word);
            i += word;
            continue;
        }
        struct token before = token_before(s, i);
        bool partial = before.text == s && previous && !opens_after(previous);
        bool bound = bind(b, before, token_after(s, i + spaces, in.length), partial);
        buf_puts(&out, bound ? NO_BREAK : " ");
        i += spaces;
    }
    char *polished = arena_strndup(arena, buf_text(&out), out.length);
    buf_free(&in);
    buf_free(&out);
    return polished;
}
