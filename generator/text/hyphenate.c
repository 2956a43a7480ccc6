#include "text/hyphenate.h"

#include <hyphen.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/utf8.h"
#include "text/cache.h"

/* ---- lists: compound heads, stems, whole words -------------------------------------------------------------- */
/* A line of templates/hyphenation/LANG.txt. '-' is a break, '=' one at the seam of a compound, which is better:

       løn=            a head: what follows it is hyphenated as a word of its own, if it has four letters or is listed
       syge=dagpenge=  two of them at once
       må-ling~        a stem: its breaks stand, the pattern's hold from its end on
       helheds=o-ri-en-te-ret     a whole word; without any mark it is never broken
       # ...           a comment  */
enum entry_kind { ENTRY_WORD, ENTRY_HEAD, ENTRY_STEM };

struct entry {
    enum entry_kind kind;
    char *letters;                         /* lower case, without the marks */
    size_t length;
    struct { uint8_t at, quality; } breaks[16];
    size_t break_count;
};

struct text_dictionary {
    HyphenDict *patterns;
    char *pattern_file;
    bool patterns_tried;
    int least_right;                       /* letters after a break */
    bool utf8;                             /* the pattern file's encoding; else ISO-8859-1 */
    struct arena *arena;
    struct entry *entries;                 /* sorted by letters */
    size_t count, capacity;
    uint16_t first[257];                   /* entries that begin with byte b are first[b] to first[b + 1] */
};

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = strcmp(x->letters, y->letters);
    return order ? order : (int)x->kind - (int)y->kind;
}

static void read_entry(struct text_dictionary *dictionary, const char *line, size_t n)
{
    struct entry entry = { .kind = ENTRY_WORD, .letters = arena_alloc(dictionary->arena, n + 1) };
    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 == n;
        if (line[i] == '~')
            entry.kind = ENTRY_STEM;
        else if (line[i] != '-' && line[i] != '=')
            entry.letters[entry.length++] = line[i];
        else if (entry.break_count < 16) {
            entry.breaks[entry.break_count].at = (uint8_t)entry.length;
            entry.breaks[entry.break_count++].quality = line[i] == '=' ? TEXT_BREAK_SEAM : TEXT_BREAK_PLAIN;
        }
        if (last && line[i] == '=')
            entry.kind = ENTRY_HEAD;
    }
    VEC_GROW(dictionary->entries, dictionary->capacity, dictionary->count + 1);
    dictionary->entries[dictionary->count++] = entry;
}

enum { LONGEST_ENTRY = 200, MOST_ENTRIES = UINT16_MAX };

static void read_list(struct text_dictionary *dictionary, const char *text)
{
    for (const char *line = text; *line;) {
        const char *end = line + strcspn(line, "\n");
        size_t n = strcspn(line, " \t\r\n#");
        if (n > 0 && n < LONGEST_ENTRY && dictionary->count < MOST_ENTRIES)
            read_entry(dictionary, line, n);
        line = *end ? end + 1 : end;
    }
    if (dictionary->count)
        qsort(dictionary->entries, dictionary->count, sizeof *dictionary->entries, compare_entries);
    for (size_t byte = 0, i = 0; byte <= 256; byte++) {
        while (i < dictionary->count && (unsigned char)dictionary->entries[i].letters[0] < byte)
            i++;
        dictionary->first[byte] = (uint16_t)i;
    }
}

/* ---- dictionaries ------------------------------------------------------------------------------------------- */
/* The least letters after a break: where two are allowed, such a break is only for a line that would else be loose. English
   carries over no fewer than three (New Hart's Rules, 2.5). */
static const struct { const char *lang, *file; int least_right; } pattern_files[] = {
    { "da", "hyph_da_DK.dic", 2 }, { "sv", "hyph_sv_SE.dic", 2 }, { "nb", "hyph_nb_NO.dic", 2 }, { "no", "hyph_nb_NO.dic", 2 },
    { "nn", "hyph_nn_NO.dic", 2 }, { "en", "hyph_en_GB.dic", 3 }, { "de", "hyph_de_DE.dic", 2 },
};

/* Copied by the build beside the program's fonts, checked against fonts/fonts.xml. */
static char *find_patterns(struct arena *arena, const char *lang, int *least_right)
{
    for (size_t i = 0; i < sizeof pattern_files / sizeof *pattern_files; i++) {
        if (strcmp(pattern_files[i].lang, lang))
            continue;
        char *path = file_data(arena_printf(arena, "hyphenation/%s", pattern_files[i].file));
        char *copy = file_exists(path) ? arena_strdup(arena, path) : NULL;
        *least_right = pattern_files[i].least_right;
        mem_free(path);
        return copy;
    }
    return NULL;
}

static void read_lists(struct text_dictionary *dictionary, const char *lang, const char *folder, struct diag *diag)
{
    enum { LIST_LIMIT = 1 << 20 };
    if (!folder)
        return;
    const char *path = arena_printf(dictionary->arena, "%s/%s.txt", folder, strcmp(lang, "no") ? lang : "nb");
    struct buf text = BUF_EMPTY;
    if (file_exists(path) && file_read(path, LIST_LIMIT, &text, (struct source){ path, 0, 0 }, diag))
        read_list(dictionary, buf_text(&text));
    buf_free(&text);
}

struct text_dictionary *text_dictionary_new(const char *lang, const char *folder, struct diag *diag)
{
    struct arena *arena = arena_new();
    int least_right = 0;
    char *patterns = find_patterns(arena, lang, &least_right);
    if (!patterns) {
        arena_free(arena);
        return NULL;
    }
    struct text_dictionary *dictionary = mem_alloc(sizeof *dictionary);
    dictionary->arena = arena;
    dictionary->pattern_file = patterns;
    dictionary->least_right = least_right;
    read_lists(dictionary, lang, folder, diag);
    return dictionary;
}

void text_dictionary_free(struct text_dictionary *dictionary)
{
    if (!dictionary)
        return;
    if (dictionary->patterns)
        hnj_hyphen_free(dictionary->patterns);
    mem_free(dictionary->entries);
    arena_free(dictionary->arena);
    mem_free(dictionary);
}

/* A pattern file may begin with a level of whole compounds. The German one has 69,000, which libhyphen 2.8.8 takes 2.5 s to
   read; its patterns proper, after NEXTLEVEL, take 10 ms, and compounds are the matter of our own lists. */
static HyphenDict *load_last_level(const char *text, size_t n)
{
    static const char NEXT[] = "\nNEXTLEVEL";
    const char *level = memmem(text, n, NEXT, sizeof NEXT - 1);
    if (!level)
        return NULL;
    struct buf patterns = BUF_EMPTY;
    buf_put(&patterns, text, strcspn(text, "\n") + 1);     /* the encoding stands on the first line */
    level += strcspn(level + 1, "\n") + 2;
    buf_put(&patterns, level, n - (size_t)(level - text));
    FILE *file = fmemopen(patterns.data, patterns.length, "r");
    HyphenDict *dictionary = file ? hnj_hyphen_load_file(file) : NULL;
    if (file)
        fclose(file);
    buf_free(&patterns);
    return dictionary;
}

static HyphenDict *load_patterns(const char *path)
{
    enum { PATTERNS_LIMIT = 16 << 20 };
    struct diag *quiet = diag_new();       /* a file that cannot be read leaves words whole */
    struct buf text = BUF_EMPTY;
    HyphenDict *dictionary = NULL;
    if (file_read(path, PATTERNS_LIMIT, &text, (struct source){ NULL, 0, 0 }, quiet))
        dictionary = load_last_level(buf_text(&text), text.length);
    buf_free(&text);
    diag_free(quiet);
    return dictionary ? dictionary : hnj_hyphen_load(path);
}

/* Reading the patterns takes its time (Danish 0.7 ms): not before a word needs them. */
static HyphenDict *patterns_of(struct text_dictionary *dictionary)
{
    if (!dictionary->patterns_tried) {
        dictionary->patterns_tried = true;
        dictionary->patterns = load_patterns(dictionary->pattern_file);
        dictionary->utf8 = dictionary->patterns && !strcmp(dictionary->patterns->cset, "UTF-8");
    }
    return dictionary->patterns;
}

/* ---- one run of letters ------------------------------------------------------------------------------------- */
enum { MOST_LETTERS = 100, LEFT = 2, RIGHT = 3 };      /* letters that stay before and after a break */

/* The letters of a word in lower case, as UTF-8 and as ISO-8859-1, and for each of them whether a break stands before
   it and how good it is. */
struct letters {
    char utf8[MOST_LETTERS * 4 + 1], latin1[MOST_LETTERS + 1];
    size_t at[MOST_LETTERS + 1];           /* byte of letter i in `utf8`; the word's letters have the same places */
    size_t count;
    bool capital_inside;
    bool has_break[MOST_LETTERS];
    uint8_t quality[MOST_LETTERS];
};

static void put_break(struct letters *w, size_t letter, uint8_t quality)
{
    w->has_break[letter] = true;
    w->quality[letter] = quality;
}

static uint8_t quality_at(size_t before, size_t after)
{
    return after < RIGHT ? TEXT_BREAK_SPARE : before <= LEFT || after <= RIGHT ? TEXT_BREAK_POOR : TEXT_BREAK_PLAIN;
}

/* libhyphen on letters `from` to `to` as a word of their own. Its word must end with a NUL although its length is
   passed, and its arrays have room for five entries more. */
static void apply_patterns(struct text_dictionary *dictionary, struct letters *w, size_t from, size_t to, size_t allowed)
{
    HyphenDict *patterns = patterns_of(dictionary);
    if (!patterns || to - from < LEFT + RIGHT)
        return;
    char word[MOST_LETTERS * 4 + 1], hyphens[MOST_LETTERS * 4 + 8] = { 0 };
    size_t n = dictionary->utf8 ? w->at[to] - w->at[from] : to - from;
    memcpy(word, dictionary->utf8 ? w->utf8 + w->at[from] : w->latin1 + from, n);
    word[n] = '\0';
    char **replacements = NULL;
    int *positions = NULL, *cuts = NULL;
    int right = to == w->count ? dictionary->least_right : RIGHT;
    int failed = hnj_hyphen_hyphenate3(patterns, word, (int)n, hyphens, NULL, &replacements, &positions, &cuts, LEFT,
                                       right, LEFT, right);
    for (size_t i = from + LEFT; !failed && i + (size_t)right <= to; i++) {
        bool odd = hyphens[i - from - 1] & 1;      /* with UTF-8, too, libhyphen counts characters here */
        bool changes = replacements && replacements[i - from - 1];     /* spelling would change: "Schiff-fahrt" */
        if (odd && !changes && i >= allowed)
            put_break(w, i, quality_at(i - from, to - i));
    }
    for (size_t i = 0; replacements && i < n; i++)
        free(replacements[i]);
    free(replacements);
    free(positions);
    free(cuts);
}

static size_t letter_at(const struct letters *w, size_t byte)
{
    size_t i = 0;
    while (i < w->count && w->at[i] < byte)
        i++;
    return i;
}

static void apply_entry(struct letters *w, const struct entry *entry, size_t from)
{
    for (size_t i = 0; i < entry->break_count; i++) {
        size_t letter = letter_at(w, w->at[from] + entry->breaks[i].at);
        bool edge = letter < from + LEFT + (from == 0) || letter + RIGHT >= w->count;
        if (letter >= LEFT && letter + RIGHT <= w->count)
            put_break(w, letter, edge ? TEXT_BREAK_POOR : entry->breaks[i].quality);
    }
}

/* What the lists say of the letters from one on. */
struct findings {
    const struct entry *word, *head, *stem;        /* all the letters; the longest head; the longest stem */
};

static bool begins_with(const struct letters *w, size_t from, const struct entry *entry)
{
    return entry->length <= w->at[w->count] - w->at[from] && !memcmp(entry->letters, w->utf8 + w->at[from], entry->length);
}

static bool is_listed_word(const struct text_dictionary *dictionary, const struct letters *w, size_t from)
{
    unsigned char c = (unsigned char)w->utf8[w->at[from]];
    for (size_t i = dictionary->first[c]; i < dictionary->first[c + 1]; i++) {
        const struct entry *entry = &dictionary->entries[i];
        if (entry->kind == ENTRY_WORD && entry->length == w->at[w->count] - w->at[from] && begins_with(w, from, entry))
            return true;
    }
    return false;
}

/* What follows a head is a word: long enough, or known. Else "mål=ene" would be a compound. */
static bool may_follow_head(const struct text_dictionary *dictionary, const struct letters *w, size_t from)
{
    enum { LONG_ENOUGH = 4 };
    return w->count >= from + LONG_ENOUGH || (w->count > from && is_listed_word(dictionary, w, from));
}

static struct findings look_up(const struct text_dictionary *dictionary, const struct letters *w, size_t from)
{
    struct findings f = { NULL, NULL, NULL };
    unsigned char c = (unsigned char)w->utf8[w->at[from]];
    for (size_t i = dictionary->first[c]; i < dictionary->first[c + 1]; i++) {
        const struct entry *entry = &dictionary->entries[i];
        if (!begins_with(w, from, entry))
            continue;
        size_t end = w->at[from] + entry->length;
        if (entry->kind == ENTRY_WORD && end == w->at[w->count])
            f.word = entry;
        else if (entry->kind == ENTRY_STEM && (!f.stem || entry->length > f.stem->length))
            f.stem = entry;
        else if (entry->kind == ENTRY_HEAD && (!f.head || entry->length > f.head->length) &&
                 may_follow_head(dictionary, w, letter_at(w, end)))
            f.head = entry;
    }
    return f;
}

static bool has_plain_marks(const struct entry *entry)
{
    for (size_t i = 0; i < entry->break_count; i++)
        if (entry->breaks[i].quality == TEXT_BREAK_PLAIN)
            return true;
    return false;
}

/* Each part of a head has the patterns' breaks too, unless the list gives its own. Returns the letter after the head. */
static size_t apply_head_patterns(struct text_dictionary *dictionary, struct letters *w, const struct entry *head,
                                  size_t from)
{
    size_t start = from;
    for (size_t i = 0; i < head->break_count; i++) {
        if (head->breaks[i].quality != TEXT_BREAK_SEAM)
            continue;
        size_t end = letter_at(w, w->at[from] + head->breaks[i].at);
        if (!has_plain_marks(head))
            apply_patterns(dictionary, w, start, end, 0);
        start = end;
    }
    return start;
}

/* Heads are taken off the word's start one after another; what is left is a word in the list or the patterns' matter. A
   break two letters from a seam would look like a fault, so the patterns see each part as a word of its own. */
static void break_letters(struct text_dictionary *dictionary, struct letters *w)
{
    size_t from = 0;
    for (;;) {
        struct findings f = look_up(dictionary, w, from);
        if (f.word) {
            apply_entry(w, f.word, from);
            return;
        }
        if (f.stem && (!f.head || f.stem->length > f.head->length)) {
            apply_entry(w, f.stem, from);
            apply_patterns(dictionary, w, from, w->count, letter_at(w, w->at[from] + f.stem->length));
            return;
        }
        if (!f.head)
            break;
        apply_entry(w, f.head, from);
        from = apply_head_patterns(dictionary, w, f.head, from);
    }
    apply_patterns(dictionary, w, from, w->count, 0);
}

static size_t read_letters(const char *word, size_t n, size_t from, struct letters *w)
{
    size_t i = from, bytes = 0;
    w->count = 0;
    w->capital_inside = false;
    while (i < n && w->count < MOST_LETTERS) {
        uint32_t c;
        size_t k = utf8_decode(word + i, n - i, &c);
        if (!utf8_is_letter(c))
            break;
        uint32_t low = utf8_lower(c);
        w->capital_inside = w->capital_inside || (low != c && w->count > 0);
        w->at[w->count] = bytes;
        w->has_break[w->count] = false;
        w->latin1[w->count++] = low < 256 ? (char)low : 'x';
        char lower[4];
        if (utf8_encode(low, lower) == k)
            memcpy(w->utf8 + bytes, lower, k);
        else
            memcpy(w->utf8 + bytes, word + i, k);
        bytes += k;
        i += k;
    }
    w->at[w->count] = bytes;
    return i;
}

/* ---- a whole word ------------------------------------------------------------------------------------------- */
/* After a hyphen, dash or solidus between letters: "og/eller", "job-match"; not in "2017–2020", "4-årig", "-årig". */
static bool hard_break(uint32_t c, size_t before, size_t after, const char *word, size_t n)
{
    if ((c != '-' && c != 0x2010 && c != 0x2013 && c != '/') || before < 2 || after + 2 >= n)
        return false;
    uint32_t next;
    utf8_decode(word + after, n - after, &next);
    return utf8_is_letter(next);
}

/* An address is broken after a solidus and before a point, never with a hyphen that might be read as part of it. */
static bool is_address(const char *word, size_t n)
{
    return memmem(word, n, "://", 3) || memmem(word, n, "www.", 4) || memchr(word, '@', n);
}

static size_t break_address(const char *word, size_t n, struct text_hyphen *out, size_t room)
{
    size_t count = 0;
    for (size_t i = 3; i + 3 < n && count < room; i++) {
        bool slash = word[i - 1] == '/' && word[i] != '/', point = strchr(".?&=@#_", word[i]) && word[i];
        if (slash || point)
            out[count++] = (struct text_hyphen){ (uint8_t)i, TEXT_BREAK_HARD, TEXT_BREAK_PLAIN };
    }
    return count;
}

/* A word with a hyphen of its own is broken there; a second hyphen makes it hard to read ("Vi-borg-modellen"). */
static void prefer_own_hyphens(const char *word, size_t n, struct text_hyphen *breaks, size_t count)
{
    bool own = false;
    for (size_t i = 1; i + 1 < n; i++)
        own = own || word[i] == '-';
    for (size_t i = 0; own && i < count; i++)
        if (breaks[i].kind == TEXT_BREAK_SOFT)
            breaks[i].quality = TEXT_BREAK_POOR;
}

size_t text_hyphenate(struct text_dictionary *dictionary, const char *word, size_t n, struct text_hyphen *out,
                      size_t room)
{
    if (is_address(word, n))
        return break_address(word, n, out, room);
    size_t count = 0;
    struct letters w;
    for (size_t i = 0; i < n;) {
        size_t start = i;
        i = read_letters(word, n, i, &w);
        /* Capitals inside are an abbreviation's: COVID, NGO'er, eIndkomst. */
        if (dictionary && w.count >= LEFT + RIGHT && !w.capital_inside)
            break_letters(dictionary, &w);
        for (size_t k = 1; k < w.count && count < room; k++)
            if (w.has_break[k])
                out[count++] = (struct text_hyphen){ (uint8_t)(start + w.at[k]), TEXT_BREAK_SOFT, w.quality[k] };
        if (i >= n || i > start)
            continue;
        uint32_t c;
        size_t k = utf8_decode(word + i, n - i, &c);
        if (hard_break(c, i, i + k, word, n) && count < room)
            out[count++] = (struct text_hyphen){ (uint8_t)(i + k), TEXT_BREAK_HARD, TEXT_BREAK_PLAIN };
        i += k;
    }
    prefer_own_hyphens(word, n, out, count);
    return count;
}
