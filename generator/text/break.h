/* Line breaking by total fit: what a line costs (fit.c), the cheapest way through a paragraph (break.c), and how the lines of
   that way share what they lack (share.c). */
#ifndef TEXT_BREAK_H
#define TEXT_BREAK_H
#include "text/paragraph.h"

/* The loosest gaps that are taken, in stretches: tried one after another. */
#define TEXT_TOLERANCE 4.0
#define TEXT_LOOSER 16.0
#define TEXT_ANY 1e9

/* One breaking of one paragraph. */
struct text_job {
    const struct text_para *para;
    const struct text_request *request;
    const struct design_setting *setting;
    double tolerance;                      /* the loosest gaps that are taken, in stretches */
    size_t uniform;                        /* all lines from this one on have the same room */
    int keys;                              /* lines from this one on need not be told apart */
    bool justified;
};

/* How a line from one break to another sits in its room. */
struct text_fit {
    double natural, ink;                   /* width before and after setting, protrusion taken off */
    double ratio;                          /* gaps: stretches above 0, shrinks below; 1 is all the design allows */
    double gap;                            /* gaps: 0.1 is 10 % wider */
    double expansion, tracking;
    double strain;                         /* expansion in units of what the design allows */
    double badness;
    int fitness;                           /* 0 tight, 1 decent, 2 loose, 3 very loose */
    bool fits, ragged, last;
    bool stays_short;                      /* beside a shape: its gaps are not opened as far as the room is wide */
    bool too_short;                        /* not taken at the job's tolerance; nothing else is reckoned then */
};

/* The state after a line that costs depend on; for a paragraph's start all 0 but `fitness` 1. */
struct text_state {
    double strain;
    int fitness, run;                      /* `run`: lines up to here that end in a hyphen */
    bool begins;                           /* a paragraph's or a forced line's start */
};

void text_job_begin(struct text_job *, const struct text_para *, const struct text_request *);
struct text_fit text_job_fit(const struct text_job *, int from, int to, int line);
/* Demerits of the line in that state; `after` is the state it leaves. */
double text_job_cost(const struct text_job *, const struct text_state *before, const struct text_fit *, int to, int line,
                      struct text_state *after);
/* Demerits above this: a rule was broken for want of anything better. */
extern const double text_job_breach;
/* Can no later break fit either? */
bool text_job_hopeless(const struct text_job *, int from, int to, int line);
/* The most that a line after state `a` can cost beyond the same line after `b`. */
double text_job_handicap(const struct text_job *, const struct text_state *a, const struct text_state *b);
struct text_room text_job_room(const struct text_job *, int line);
bool text_ends_column(const struct text_request *, int line);

static inline bool text_break_is_last(const struct text_break *b)
{
    return b->kind == TEXT_BREAK_END || b->kind == TEXT_BREAK_FORCED;
}

/* Does a line that ends here end with a hyphen, whoever put it there? */
static inline bool text_break_is_hyphen(const struct text_break *b)
{
    return b->kind == TEXT_BREAK_SOFT || b->kind == TEXT_BREAK_HARD || b->suspended;
}

/* ---- lines that were chosen: what each lacks is shared among its glyphs and gaps ------------------------------- */
struct text_share {
    double lack, gaps, capacity;           /* points: room less natural width; of its spaces; that its glyphs can give */
    double strain;                         /* in and out: how much of that they give, -1 to 1 */
    double least, most;                    /* bounds of it: gaps beyond what the design allows only when it is spent */
    bool fixed;                            /* it is not to be changed */
    bool begins;                           /* a paragraph's or a forced line's start: the line before is no neighbour */
};

struct text_share text_job_share(const struct text_job *, int from, int to, int line, const struct text_fit *);
/* Even gaps, with neighbouring lines alike: see share.c. */
void text_share(struct text_share *lines, size_t n);
void text_job_settle(const struct text_job *, int from, int to, int line, const struct text_share *, struct text_fit *);
#endif
