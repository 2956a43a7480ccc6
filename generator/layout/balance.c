/* The height of columns: the smallest in which their text and shapes stand, with ends as level as lines allow. */
#include <stdlib.h>
#include <string.h>

#include "layout/columns.h"

/* ---- judging -------------------------------------------------------------------------------------------------- */

/* Rows between the fullest and the emptiest column; the last one should be the shorter, if any. */
static int unevenness(const struct columns *c, const struct columns_result *r, int full, double *cost)
{
    int most = full, worst = 0, last = r->ends[c->count - 1];
    for (int i = 0; i < c->count; i++)
        most = r->ends[i] > most ? r->ends[i] : most;
    for (int i = 0; i < c->count; i++) {
        int lack = most - r->ends[i];
        worst = lack > worst ? lack : worst;
        if (lack > 1)
            *cost += LAYOUT_COST_LINE * (lack - 1) * (lack - 1);
        if (lack == 1 && i < c->count - 1)
            *cost += LAYOUT_COST_LINE / 5.0;
    }
    if (c->count > 1 && last == most && r->ends[0] < most)
        *cost += LAYOUT_COST_LINE / 3.0;
    return worst;
}

static double setting_cost(const struct columns_result *r)
{
    double cost = 0;
    for (const struct layout_fragment *f = r->out->first; f; f = f->next)
        for (size_t i = 0; i < f->line_count; i++) {
            const struct text_line *line = &f->lines[i].line;
            cost += line->emergency ? 1000 : fmin(line->badness, 400) / 40;
            if (line->last && i > 0 && f->lines[i - 1].line.hyphenated)
                cost += LAYOUT_COST_LINE / 2.0;            /* the end of a word alone looks worse than an uneven end */
        }
    return cost;
}

static struct columns_attempt try_height(struct columns *c, int rows,
                                 const struct columns_choice *choice, bool lenient)
{
    struct columns_attempt a = { .lenient = lenient };
    columns_place_floats(c, rows);
    a.floats = columns_floats_left(c);
    a.result = columns_fill(c, rows, choice, lenient);
    if (choice)
        a.choice = *choice;
    bool balanced = a.result.complete || a.result.forced;
    int full = balanced ? 0 : rows;
    if (!(c->fills && balanced && !c->across))
        a.uneven = unevenness(c, &a.result, full, &a.ends);
    a.setting = setting_cost(&a.result) + a.choice.count * LAYOUT_COST_LOOSENESS;
    a.cost = a.ends + a.result.out->cost + a.setting;
    if (a.result.figure)
        a.cost += layout_parting_cost(c->run, c->place, LAYOUT_COST_MOVED);
    for (const struct layout_float *f = a.floats; f; f = f->next)
        a.cost += layout_parting_cost(c->run, c->place, LAYOUT_COST_AWAY);
    return a;
}

static bool stands(const struct columns_attempt *a)
{
    return (a->result.complete || a->result.forced) && !a->floats;
}

/* Everything stands but a figure that these columns are too low for. */
static bool lacks_figure(const struct columns *c, const struct columns_attempt *a)
{
    return a->result.figure && a->result.figure != c->waits;
}

/* ---- choosing ------------------------------------------------------------------------------------------------- */

/* What of a try could be changed. Headings first, since a row above one costs no line its good gaps; then middling
   paragraphs: short ones seldom take a line more or less, and long ones take long to break. */
static size_t candidates(const struct columns_result *r, struct layout_box **out, size_t most)
{
    static const size_t lengths[][2] = { { 6, 18 }, { 19, 40 }, { 3, 5 } };
    size_t n = 0;
    for (struct layout_fragment *f = r->out->first; f && n < most; f = f->next)
        if (f != r->out->first && columns_is_heading(f->box))
            out[n++] = f->box;
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++)
        for (const struct layout_fragment *f = r->out->first; f && n < most; f = f->next)
            if (f->line_count >= lengths[k][0] && f->line_count <= lengths[k][1] && !columns_is_heading(f->box))
                out[n++] = f->box;
    return n;
}

static bool better(const struct columns_attempt *a, const struct columns_attempt *b)
{
    return a->cost < b->cost - 0.01;
}

/* On the way ends may stay uneven; what is chosen in the end is told when it is not level, and that costs more. */
static bool better_end(const struct columns_attempt *a, const struct columns_attempt *b)
{
    return a->cost + (a->uneven > 1) * LAYOUT_COST_LINE < b->cost + (b->uneven > 1) * LAYOUT_COST_LINE - 0.01;
}

static bool is_chosen(const struct columns_choice *choice, const struct layout_box *box)
{
    for (int i = 0; i < choice->count; i++)
        if (choice->box[i] == box)
            return true;
    return false;
}

static int least_of(const struct layout_box *box)
{
    return columns_is_heading(box) ? 1 : -1;
}

/* One box more changed by a line: the best of them; *level is the best end of all so far. False: there is nothing left to change. */
static bool loosen_one(struct columns *c, struct columns_attempt *at, bool must_stand, struct columns_attempt *level)
{
    enum { MOST = 12 };
    struct layout_box *boxes[MOST];
    size_t n = candidates(&at->result, boxes, MOST);
    struct columns_attempt best = *at;
    bool any = false;
    for (size_t i = 0; i < n; i++)
        for (int lines = 1; lines >= least_of(boxes[i]) && !is_chosen(&at->choice, boxes[i]); lines -= 2) {
            struct columns_choice choice = at->choice;
            choice.box[choice.count] = boxes[i];
            choice.lines[choice.count++] = lines;
            struct columns_attempt a = try_height(c, at->result.height, &choice, false);
            if (!stands(&a) && must_stand)
                continue;
            if (better_end(&a, level))
                *level = a;
            if (!any || better(&a, &best))
                best = a;
            any = true;
        }
    *at = best;
    return any;
}

/* Boxes changed one after another, until the ends are level. */
static struct columns_attempt loosen(struct columns *c, struct columns_attempt from, bool must_stand)
{
    enum { MOST_STEPS = 2 };               /* a third wins nothing more in two thousand pages */
    struct columns_attempt level = from, at = from;
    for (int i = 0; i < MOST_STEPS && level.uneven > 1; i++)
        if (!loosen_one(c, &at, must_stand, &level))
            break;
    return level;
}

/* ---- heights -------------------------------------------------------------------------------------------------- */

/* Rows that blocks need at least, from one on; reckoned no further than the place reaches. */
static double rows_of_blocks(struct columns *c, size_t from)
{
    double rows = 0, most = (double)c->rows * c->count;
    for (size_t i = from; i < c->block_count && rows <= most; i++) {
        struct layout_box *box = c->blocks[i];
        if (box->kind != LAYOUT_PARAGRAPH)
            continue;
        if (i == 0 && c->first_inner) {    /* the end of a paragraph: two lines at least */
            rows += LAYOUT_KEEP_LINES;
            continue;
        }
        layout_paragraph(c->run, box);
        double width = c->width - layout_text_left(box), natural = text_para_natural_width(box->state->para);
        rows += fmax(1, floor(0.9 * natural / width)) * layout_pitch(c->run, box) / c->run->step;
    }
    return rows;
}

static int least_rows(struct columns *c)
{
    double rows = columns_rows_of_floats(c) + rows_of_blocks(c, 0);
    int least = (int)fmin(floor(rows / c->count), c->rows);
    return least < 1 ? 1 : least;
}

/* At least so much is left over. */
static double rows_left(struct columns *c, const struct columns_attempt *a)
{
    return a->result.lines_left + rows_of_blocks(c, a->result.block + 1);
}

/* How much higher the columns must be at least: what is left may go into rows that stayed free, too. */
static int more_rows(struct columns *c, const struct columns_attempt *a)
{
    double left = rows_left(c, a);
    for (int i = 0; i < c->count; i++)
        left -= a->result.height > a->result.ends[i] ? a->result.height - a->result.ends[i] : 0;
    return left < c->count ? 1 : (int)(left / c->count);
}

static struct columns_attempt shorten_one(struct columns *c, const struct columns_attempt *from)
{
    enum { MOST = 12 };
    struct layout_box *boxes[MOST];
    size_t n = candidates(&from->result, boxes, MOST);
    for (size_t i = 0; i < n; i++) {
        if (least_of(boxes[i]) > 0 || is_chosen(&from->choice, boxes[i]))
            continue;
        struct columns_choice choice = from->choice;
        choice.box[choice.count] = boxes[i];
        choice.lines[choice.count++] = -1;
        struct columns_attempt a = try_height(c, from->result.height, &choice, false);
        if (stands(&a) || rows_left(c, &a) < rows_left(c, from))
            return a;
    }
    return *from;
}

/* Two or three lines that would begin another page come in when paragraphs are set a line shorter. */
static struct columns_attempt squeeze(struct columns *c, const struct columns_attempt *full)
{
    enum { MOST_SQUEEZED = 3 };
    struct columns_attempt a = *full;
    if (c->more || c->across || a.result.forced || a.floats || rows_left(c, &a) > MOST_SQUEEZED)
        return a;
    while (!stands(&a) && a.choice.count < COLUMNS_MOST_CHOICES) {
        struct columns_attempt shorter = shorten_one(c, &a);
        if (shorter.choice.count == a.choice.count)
            break;
        a = shorter;
    }
    return stands(&a) ? a : *full;
}

static void hold_back(struct columns *c, struct layout_box *figure)
{
    size_t n = 0;
    for (size_t i = 0; i < c->block_count; i++)
        if (c->blocks[i] != figure)
            c->blocks[n++] = c->blocks[i];
    c->block_count = n;
    c->waits = figure;
}

/* The lowest columns in which everything stands, or those as high as the place when it does not. */
static struct columns_attempt lowest(struct columns *c, bool must)
{
    int rows = least_rows(c);
    while (rows < c->rows) {
        struct columns_attempt a = try_height(c, rows, NULL, false);
        if (stands(&a) && !lacks_figure(c, &a))
            return a;
        rows += more_rows(c, &a);
    }
    struct columns_attempt a = try_height(c, c->rows, NULL, false);
    if (!a.result.any && !a.result.forced && must)
        a = try_height(c, c->rows, NULL, true);
    if (stands(&a) && lacks_figure(c, &a)) {
        hold_back(c, a.result.figure);     /* all the text stands: its columns are made level without the figure */
        return lowest(c, must);
    }
    return stands(&a) || a.lenient ? a : squeeze(c, &a);
}

/* Rows more where everything stands; rows less where the page is full anyway and goes on. */
static struct columns_attempt other_heights(struct columns *c, struct columns_attempt best)
{
    bool whole = stands(&best);
    int rows = best.result.height, way = whole ? 1 : -1;
    for (int i = 1; i <= 2 && best.uneven > 1 && rows + i * way <= c->rows && rows + i * way > 2; i++) {
        struct columns_attempt a = try_height(c, rows + i * way, NULL, false);
        a.cost += LAYOUT_COST_LINE / 2.0 * i;
        if (stands(&a) != whole)
            continue;
        if (a.uneven > 1)
            a = loosen(c, a, whole);
        if (better_end(&a, &best))
            best = a;
    }
    return best;
}

static struct columns_attempt balance(struct columns *c, bool must)
{
    struct columns_attempt best = lowest(c, must);
    if (c->count < 2 || best.uneven <= 1 || best.lenient)
        return best;
    enum { DEAR = 60 };                    /* level at this price: perhaps another height does it with better lines */
    struct columns_attempt level = loosen(c, best, stands(&best));
    if (level.uneven <= 1 && level.cost <= DEAR)
        return level;
    struct columns_attempt other = other_heights(c, best);
    return better_end(&other, &level) ? other : level;
}

struct columns_attempt columns_choose(struct columns *c, bool must)
{
    if (!c->fills || c->across)
        return balance(c, must);
    struct columns_attempt a = try_height(c, c->rows, NULL, false);
    if (!a.result.any && !a.result.forced && must)
        a = try_height(c, c->rows, NULL, true);
    return a;
}
