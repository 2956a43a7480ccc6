/* The text engine: words shaped once, paragraphs set as a whole. Lengths are points. Sources: Knuth & Plass, Breaking
   Paragraphs into Lines (1981); the measured design is in ARCHITECTURE.md. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/num.h"
#include "design/design.h"
#include "font/font.h"

struct text_engine;

/* One engine a thread; the font set and design must outlive it. */
struct text_engine *text_engine_new(struct font_set *, const struct design *, struct diag *);
void text_engine_free(struct text_engine *);
/* Paragraphs belong to a group (0 at first), so that those of a chapter can be let go together. */
void text_engine_group(struct text_engine *, unsigned group);
/* Frees what is left of the paragraphs of all groups before that one; words and fonts stay known. */
void text_engine_forget(struct text_engine *, unsigned group);
const struct design *text_design(const struct text_engine *);
/* Face of a style (emphasis, strong: its other weights); NULL with an error at the style. */
const struct font_face *text_face(struct text_engine *, const struct design_style *, bool emphasis, bool strong);

/* ---- input -------------------------------------------------------------------------------------------------- */
enum text_flags { TEXT_EMPHASIS = 1, TEXT_STRONG = 2, TEXT_SUPERSCRIPT = 4, TEXT_NO_HYPHENS = 8, TEXT_TABULAR = 16 };

/* A stretch of running text in one style. '\n' is a forced line break, U+00AD an allowed one. */
struct text_span {
    const char *text;
    size_t length;
    const struct design_style *style;
    const struct design_colour *colour;    /* NULL: the style's */
    unsigned flags;
    const char *lang;                      /* BCP 47 */
    void *mark;                            /* the caller's own, given back with each run (a structure node) */
    struct source at;
};

/* ---- paragraphs --------------------------------------------------------------------------------------------- */
struct text_para;

/* Shape and find all break points. Microtypography by language (quotes, dashes, no-break spaces, ordinals) has been
   applied by text_polish before. The spans are copied; the paragraph lives in the engine until text_para_free. */
struct text_para *text_para_new(struct text_engine *, const struct text_span *, size_t n);
void text_para_free(struct text_para *);
double text_para_natural_width(const struct text_para *);      /* on one line, forced breaks apart: the widest */
double text_para_narrowest(const struct text_para *);          /* the longest piece that cannot be broken */

/* The room for line i: called with i = 0, 1, 2, ...; x is only given back with the line. */
struct text_room {
    double x, width;
    bool left_shape, right_shape;          /* a shape stands at that side: no protrusion into its distance */
};

struct text_request {
    const struct text_room *rooms;         /* the last one serves all further lines */
    size_t room_count;
    double indent;                         /* first line */
    int start;                             /* break point to begin at, the `end` of a line set before; 0: all of it */
    enum design_align align;               /* justify or one of the ragged ones */
    int looseness;                         /* lines more (or fewer, below 0) than the optimum, when it can be had */
    const int *column_ends;                /* line numbers (0-based) that stand last in a column: no hyphen there */
    size_t column_end_count;
};

struct text_line {
    int start, end;                        /* break points, the engine's own numbers */
    double x, width;                       /* room as it was given, indent taken off */
    double natural, ink;                   /* width before setting and as set; what hangs over is not in them */
    double offset;                         /* from x to the ink, by align (0: start and justified); in the runs' x already */
    double hang_left, hang_right;          /* protrusion beyond x + offset and x + offset + ink */
    double ratio, expansion, tracking;     /* of gaps: 0.1 = 10 % wider; 0.01 = 1 %; em a glyph */
    double badness;
    bool hyphenated;
    bool last;                             /* of the paragraph, or before a forced break */
    bool overfull;                         /* its ink is wider than its room */
    bool emergency;                        /* overfull, gaps beyond all limits, or a rule on hyphens broken */
};

struct text_lines {
    struct text_line *lines;               /* in the arena given */
    size_t count;
    double demerits;
};

/* Break by total fit (justified) or by least raggedness. Never fails: what cannot be set well is marked emergency or
   overfull. `lines` lies in `arena`. */
struct text_lines text_para_break(struct text_para *, const struct text_request *, struct arena *);
/* Number of lines at one measure, without keeping them. */
size_t text_para_line_count(struct text_para *, double width, enum design_align, double indent);
/* Can it stand in `n` rooms, a line in each, with gaps as wide as they are? If not, no breaking does it: asked before many
   rooms are tried, at a fiftieth of the price. */
bool text_para_fits(const struct text_para *, const struct text_room *rooms, size_t n);

/* ---- output ------------------------------------------------------------------------------------------------- */
/* A glyph of a run: where it stands, and the text that it stands for (bytes of the run's text). x is relative to the
   run's origin, with expansion, tracking, kerning and gaps in it. */
struct text_glyph {
    uint16_t glyph;
    uint16_t text_length;                  /* 0: a further glyph of the cluster before */
    uint32_t text_at;
    float x, y;                            /* y upwards from the baseline */
};

struct text_run {
    const struct font_face *face;
    double size;
    double stretch;                        /* horizontal scale, 1.012 */
    double tracking;                       /* points a glyph, in the x positions already; for the writer's Tc */
    const struct design_colour *colour;
    double x, width;                       /* of the run, from the line's x; the line's offset is in it */
    double rise;
    const struct text_glyph *glyphs;
    size_t count;
    const char *text;                      /* UTF-8; a soft break's hyphen stands for U+00AD */
    size_t text_length;
    const char *lang;
    void *mark;
    struct source at;
};

/* The runs of a set line, left to right in reading order, spaces included, the last space of a line too (with no
   width), so that no words are joined in extracted text. Arrays lie in `arena`. */
size_t text_line_runs(struct text_para *, const struct text_line *, struct arena *, struct text_run **out);
/* Does it hold text of a span with that mark? */
bool text_line_has_mark(const struct text_para *, const struct text_line *, const void *mark);
/* Left and right edge of the ink of the line (protrusion included), from its x. */
void text_line_ink(struct text_para *, const struct text_line *, double *left, double *right);

/* ---- labels: short text in charts, tables and furniture ------------------------------------------------------ */
struct text_label {
    struct text_para *para;
    struct text_lines lines;
    double width, height;                  /* of the set block: widest line; lines * leading */
    double leading, ascent, descent;       /* cap height and descender of the first and last line */
    bool overfull;                         /* a piece is wider than the room */
};

/* Set text in lines of at most `width` (0: no limit, one line). Hyphenated when the style says so. Its lines are aligned
   within the label's own width: who shows it places the block, text_line_runs the lines in it. The label lives in the
   engine; do not free its paragraph. */
struct text_label text_label_set(struct text_engine *, const struct design_style *, const char *lang, const char *text,
                                 double width, enum design_align, struct arena *);
/* The same for rich text: leading and metrics are those of the first span's style. */
struct text_label text_label_set_spans(struct text_engine *, const struct text_span *, size_t n, double width,
                                       enum design_align, struct arena *);
double text_width(struct text_engine *, const struct design_style *, const char *lang, const char *text);

/* ---- microtypography ---------------------------------------------------------------------------------------- */
/* Quotes, dashes, ellipsis, no-break spaces in numbers with units, dates, abbreviations, after one-letter words, by
   language and the template's number rules. Result in `arena`. `previous`: the character before the span, 0 at the
   start of a paragraph. */
char *text_polish(const struct design *, const char *lang, const char *text, size_t n, uint32_t previous,
                  struct arena *);
/* "8.7" percent -> "8,7 %" (U+00A0), 3442 -> "3.442", difference: "+0,3", true minus; in the arena. */
enum text_quantity_form { TEXT_VALUE, TEXT_BARE /* no unit */, TEXT_SIGNED, TEXT_SIGNED_BARE };
enum text_unit { TEXT_UNIT_NONE, TEXT_UNIT_PERCENT, TEXT_UNIT_COUNT, TEXT_UNIT_RANK, TEXT_UNIT_POINTS };
char *text_quantity(const struct design *, const char *lang, struct decimal, enum text_unit, enum text_quantity_form,
                    struct arena *);

/* ---- what the engine noticed -------------------------------------------------------------------------------- */
struct text_statistics {
    size_t words, shaped, hyphenated;      /* looked up; shaped anew; passed to libhyphen */
    size_t missing_glyphs;                 /* each told as an error at its span */
    size_t fits;                           /* lines tried by the line breaker */
};
struct text_statistics text_statistics(const struct text_engine *);
#endif
