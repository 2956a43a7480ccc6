/* A paragraph as the line breaker sees it: pieces of words, and break points with running sums. */
#ifndef TEXT_PARAGRAPH_H
#define TEXT_PARAGRAPH_H
#include "text/engine.h"

/* What stands between a piece and the one before it. */
enum text_joint { TEXT_JOINED, TEXT_SPACE, TEXT_NO_BREAK_SPACE, TEXT_FORCED };

/* A word, or the part of a word that lies in one span. */
struct text_piece {
    const struct text_word *word;
    const struct text_font *font;          /* the span's, or another face for this piece */
    uint32_t span, gap_span;               /* whose text it is; whose the space before it is */
    uint8_t joint;
    bool breaks;                           /* it may be broken */
    uint8_t level, gap_level;              /* bidirectional embedding (UAX 9): odd is from right to left */
    float gap, kern;                       /* the space before it, in points: what stretches, and what does not */
};

/* A place where a line may end. Sums run from the paragraph's start, so that a line from break a to break b measures
   b.end - a.next, holds gaps b.gaps - a.next_gaps wide, and b.ems - a.ems worth of glyphs. */
struct text_break {
    double end, next;                      /* where the line ends, hyphen in it; where the next one begins */
    double floor;                          /* `end` without a hyphen: never falls from one break to the next */
    double gaps, next_gaps, ems;
    float hang_right, hang_left;           /* protrusion of what stands at either side */
    int piece;                             /* the last piece that the line has a part of; -1 before the first */
    uint8_t hyphen;                        /* which break of the piece's word */
    uint8_t kind, quality;
    bool suspended;                        /* a SPACE after a hyphen of the text ("bygge- og") */
};

struct text_para {
    struct text_engine *engine;
    struct text_para *previous, *next;     /* of the engine's list */
    unsigned group;
    struct text_span *spans;
    const struct text_font **fonts;        /* by span */
    char *text;                            /* of all spans */
    size_t span_count;
    struct text_piece *pieces;
    struct text_break *breaks;
    size_t piece_count, piece_capacity;
    int break_count;
    double size;                           /* of its first span: the em of its rules */
    double most_hang;
    bool mixed;                            /* some piece has a level above 0 */
};

/* Reckon break points again, after the pieces. */
void text_para_find_breaks(struct text_para *);
#endif
