#include "text/break.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

/* Knuth and Plass, Breaking Paragraphs into Lines (1981), with glyph expansion, tracking and gaps sharing what a line
   lacks. What each number brings was measured on plain columns of 77 to 90 mm (word-gap deviation, loose lines). */

/* Gaps take SHARE of what they could beside expansion and tracking. Without it glyphs would do all until they are spent,
   and be seen to: 9 % of neighbouring lines would differ by more than 3 % in width, and so 3 %. */
static const double SHARE = 0.5;
/* Lines that would be loose may take as much again of expansion and tracking. */
static const double RESERVE = 1;
#define TOLERANCE 4.0
#define LOOSER 16.0
#define ANY 1e9
/* Ragged lines, and those that may stay short beside a shape, leave at most that share of their room empty. */
static const double MOST_EMPTY = 0.4, MORE_EMPTY = 0.7;

/* Share of the stretch that gaps take beside a shape. */
static const double SHAPE_STRETCH = 0.5;
/* Such a line costs no more than this and its emptiness: full lines are wanted, but a short one is no disaster that a
   broken rule would be better than. */
static const double SHORT_BADNESS = 800;

/* Demerits. */
static const double LINE = 10;             /* of each line, added to its badness */
static const double BREACH = 1e9;          /* a rule that may not be broken: too many hyphens, one at a column's foot */
static const double LAST_RESORT = 1e11;    /* a hyphen in a style without them: rather than a word beyond its room */
static const double OVERFULL = 1e12;
static const double SECOND_HYPHEN = 4000, LAST_HYPHEN = 40000, FITNESS_JUMP = 3000, STRAIN_JUMP = 1000;
static const double EXPANSION_BADNESS = 20;
/* In a narrow ragged room a short line is no fault, and the eye stumbles over hyphens: they cost more there. */
static const double NARROW_HYPHEN = 3;
const double text_job_breach = 1e9;

/* Ragged lines cost the square of what they lack, in 24ths of the measure; these are squares to compare with. A hyphen is
   worth it where a line would else end a third of the measure short. */
static const double RAGGED_UNITS = 24;
static const double RAGGED_LINE = 1, RAGGED_HYPHEN = 64, RAGGED_SECOND_HYPHEN = 128, RAGGED_SHORT_LAST = 100;

struct text_node {
    int at, from, key, line;               /* break; node before; line number, as far as it matters, and as it is */
    int start;                             /* break that its line begins at */
    struct text_state state;
    double demerits;
};

/* ---- the room ----------------------------------------------------------------------------------------------- */
static struct text_room room_of(const struct text_job *job, int line)
{
    const struct text_request *request = job->request;
    size_t i = (size_t)line < request->room_count ? (size_t)line : request->room_count - 1;
    struct text_room room = request->rooms[i];
    if (line == 0) {
        room.x += request->indent;
        room.width -= request->indent;
    }
    return room;
}

static bool same_room(const struct text_room *a, const struct text_room *b)
{
    return a->width == b->width && a->left_shape == b->left_shape && a->right_shape == b->right_shape;
}

static size_t uniform_from(const struct text_request *request)
{
    size_t n = request->room_count - 1;
    while (n > 0 && same_room(&request->rooms[n - 1], &request->rooms[n]))
        n--;
    return n == 0 && request->indent != 0 ? 1 : n;
}

void text_job_begin(struct text_job *job, const struct text_para *para, const struct text_request *request)
{
    assert(request->room_count > 0);
    *job = (struct text_job){ .para = para, .request = request, .setting = &para->engine->design->setting,
                              .tolerance = TOLERANCE, .justified = request->align == DESIGN_JUSTIFY };
    job->uniform = uniform_from(request);
    job->keys = (int)job->uniform;
    for (size_t i = 0; i < request->column_end_count; i++)
        if (request->column_ends[i] >= job->keys)
            job->keys = request->column_ends[i] + 1;
    if (request->looseness)
        job->keys = para->break_count;
}

static bool ends_column(const struct text_request *request, int line)
{
    for (size_t i = 0; i < request->column_end_count; i++)
        if (request->column_ends[i] == line)
            return true;
    return false;
}

/* ---- how a line sits ---------------------------------------------------------------------------------------- */
struct measure {
    double room, natural, gaps, ems;
    bool beside_shape;
    double expand, track;                  /* points that expansion and tracking can give */
};

static struct measure measure_line(const struct text_job *job, const struct text_break *a, const struct text_break *b,
                                   const struct text_room *room)
{
    struct measure m = { .room = room->width, .beside_shape = room->left_shape || room->right_shape };
    m.natural = b->end - a->next;
    if (job->justified) {
        m.natural -= room->right_shape ? 0 : b->hang_right;
        m.natural -= room->left_shape ? 0 : a->hang_left;
    }
    m.gaps = b->gaps - a->next_gaps;
    m.ems = b->ems - a->ems;
    m.expand = job->setting->expansion * (m.natural - m.gaps);
    m.track = job->setting->tracking * m.ems;
    return m;
}

static bool is_last(const struct text_break *b)
{
    return b->kind == TEXT_BREAK_END || b->kind == TEXT_BREAK_FORCED;
}

static bool is_narrow(const struct text_job *job, double width)
{
    return width < job->setting->narrow * job->para->size;
}

/* Share out `use` points among expansion and tracking by what each can give. */
static void put_glyphs(struct text_fit *fit, const struct text_job *job, const struct measure *m, double use)
{
    double capacity = m->expand + m->track;
    if (capacity <= 0)
        return;
    double glyphs = m->natural - m->gaps;
    fit->expansion = glyphs > 0 ? use * m->expand / capacity / glyphs : 0;
    fit->tracking = m->ems > 0 ? use * m->track / capacity / m->ems : 0;
    fit->strain = job->setting->expansion > 0 ? fit->expansion / job->setting->expansion : 0;
}

static double clamp(double v, double limit)
{
    return v > limit ? limit : v < -limit ? -limit : v;
}

static void fit_justified(const struct text_job *job, const struct measure *m, struct text_fit *fit)
{
    double lack = m->room - m->natural, capacity = m->expand + m->track;
    double give = m->gaps * (lack > 0 ? job->setting->stretch : job->setting->shrink);
    double use = capacity > 0 ? clamp(lack * capacity / (capacity + SHARE * give), capacity) : 0;
    double rest = lack - use;
    if (rest > give && !m->beside_shape) {
        double more = fmin(rest - give, RESERVE * capacity);
        use += more;
        rest -= more;
    }
    put_glyphs(fit, job, m, use);
    if (fabs(rest) < 1e-9)
        rest = 0;
    fit->gap = m->gaps > 0 ? rest / m->gaps : 0;
    fit->ratio = give > 0 ? rest / give : rest > 0 ? 1e4 : rest < 0 ? -1e4 : 0;
    fit->fits = fit->ratio >= -1 - 1e-7;
    fit->ink = m->gaps > 0 ? m->room : m->natural + use;
    if (m->beside_shape && fit->ratio > SHAPE_STRETCH) {
        /* Neither gaps nor letters are opened wider: at a curved edge nobody sees that a line is short. */
        fit->stays_short = true;
        fit->gap = SHAPE_STRETCH * job->setting->stretch;
        fit->ink = m->natural + use + SHAPE_STRETCH * give;
    }
}

/* In a narrow room gaps would tear open: the line is shrunk as others are, but not stretched. */
static void fit_narrow(const struct text_job *job, const struct measure *m, struct text_fit *fit)
{
    if (m->natural > m->room) {
        fit_justified(job, m, fit);
        return;
    }
    *fit = (struct text_fit){ .natural = m->natural, .ink = m->natural, .fits = true, .ragged = true };
}

static double cube(double v)
{
    return v * v * v;
}

static double last_badness(const struct text_job *job, int from, int to, const struct measure *m, double ratio)
{
    const struct text_break *a = &job->para->breaks[from], *b = &job->para->breaks[to];
    double em = job->para->size, badness = 100 * cube(fabs(ratio)), lack = m->room - m->natural;
    if (m->natural < 3 * em || a->piece == b->piece)        /* one short word, or only the end of one */
        badness += 60;
    else if (lack > 0.2 * em && lack < 1.2 * em)            /* neither full nor clearly short */
        badness += 5;
    if (a->kind == TEXT_BREAK_SOFT && from > 0 && m->natural < 4 * em)
        badness += 100;
    return badness;
}

/* Of a line that ends before its room does: 100 for a quarter. */
static double short_badness(const struct measure *m, double ink)
{
    return 100 * cube((m->room - ink) / (0.25 * m->room));
}

static int fitness_of(const struct text_job *job, const struct text_fit *fit)
{
    double t = job->setting->expansion > 0 ? fit->strain + fit->ratio : 2 * fit->ratio;
    return t < -0.7 ? 0 : t <= 0.5 ? 1 : t <= 1.3 ? 2 : 3;
}

static void judge_justified(const struct text_job *job, int from, int to, const struct measure *m, struct text_fit *fit)
{
    const struct text_break *b = &job->para->breaks[to];
    if (is_last(b)) {
        if (fit->ratio > 0 || m->natural <= m->room)
            *fit = (struct text_fit){ .natural = m->natural, .ink = m->natural, .fits = true, .ragged = true };
        fit->badness = last_badness(job, from, to, m, fit->ratio);
    } else if (fit->ragged) {
        fit->badness = short_badness(m, m->natural);
    } else {
        fit->badness = 100 * cube(fabs(fit->ratio)) + EXPANSION_BADNESS * fit->strain * fit->strain;
        if (fit->stays_short)
            fit->badness = fmin(fit->badness, SHORT_BADNESS + short_badness(m, fit->ink));
    }
    fit->fitness = fitness_of(job, fit);
}

/* A last line of one word, or of only the end of one, or shorter than an indent. */
static bool is_lonely(const struct text_job *job, int from, int to, const struct measure *m)
{
    const struct text_break *a = &job->para->breaks[from], *b = &job->para->breaks[to];
    bool first = from == 0 || is_last(a);
    bool one_word = b->piece - a->piece <= (a->kind == TEXT_BREAK_SPACE);
    return !first && (one_word || m->natural < 3 * job->para->size);
}

static struct text_fit fit_ragged(const struct text_job *job, int from, int to, const struct measure *m)
{
    const struct text_break *b = &job->para->breaks[to];
    double lack = m->room > 0 ? RAGGED_UNITS * (m->room - m->natural) / m->room : 0;
    struct text_fit fit = { .natural = m->natural, .ink = m->natural, .ragged = true, .fitness = 1 };
    fit.fits = m->natural <= m->room + 1e-6;
    /* Centred lines are seen as a figure: the last one counts like the others. */
    bool counts = !is_last(b) || job->request->align == DESIGN_CENTRE;
    fit.badness = counts ? lack * lack : 0;
    if (is_last(b) && is_lonely(job, from, to, m))
        fit.badness += RAGGED_SHORT_LAST;
    return fit;
}

/* Too short to be taken: known without setting the line, as most starts of a break are. */
static bool is_too_short(const struct text_job *job, const struct text_break *b, const struct measure *m)
{
    double lack = m->room - m->natural;
    if (lack <= 0 || is_last(b) || job->tolerance >= ANY)
        return false;
    if (!job->justified || m->beside_shape || is_narrow(job, m->room))
        return lack > (job->tolerance < LOOSER ? MOST_EMPTY : MORE_EMPTY) * m->room;
    return lack - (1 + RESERVE) * (m->expand + m->track) > job->tolerance * job->setting->stretch * m->gaps;
}

struct text_fit text_job_fit(const struct text_job *job, int from, int to, int line)
{
    const struct text_break *a = &job->para->breaks[from], *b = &job->para->breaks[to];
    struct text_room room = room_of(job, line);
    struct measure m = measure_line(job, a, b, &room);
    struct text_fit fit = { .natural = m.natural };
    job->para->engine->statistics.fits++;
    if (is_too_short(job, b, &m))
        return (struct text_fit){ .natural = m.natural, .fits = true, .too_short = true };
    if (!job->justified) {
        fit = fit_ragged(job, from, to, &m);
    } else {
        if (is_narrow(job, room.width))
            fit_narrow(job, &m, &fit);
        else
            fit_justified(job, &m, &fit);
        judge_justified(job, from, to, &m, &fit);
    }
    fit.natural = m.natural;
    fit.last = is_last(b);
    return fit;
}

/* Can no later break fit either? `floor` never falls, and the widest protrusion is granted. */
static bool hopeless(const struct text_job *job, int from, int to, int line)
{
    const struct text_break *a = &job->para->breaks[from], *b = &job->para->breaks[to];
    const struct design_setting *set = job->setting;
    struct text_room room = room_of(job, line);
    double glyphs, gaps = b->gaps - a->next_gaps, least = b->floor - a->next;
    if (job->justified) {
        least -= job->para->most_hang + a->hang_left;
        glyphs = least - gaps;
        least -= set->expansion * glyphs + set->tracking * (b->ems - a->ems) + set->shrink * gaps;
    }
    return least > room.width + 1e-6;
}

/* ---- what a line costs -------------------------------------------------------------------------------------- */
static bool is_hyphen(const struct text_break *b)
{
    return b->kind == TEXT_BREAK_SOFT || b->kind == TEXT_BREAK_HARD;
}

static double quality_of(const struct text_break *b)
{
    static const double soft[] = { [TEXT_BREAK_SEAM] = 0.7, [TEXT_BREAK_PLAIN] = 1, [TEXT_BREAK_POOR] = 2.5,
                                   [TEXT_BREAK_LAST] = 2.5 };
    return b->kind == TEXT_BREAK_SOFT ? soft[b->quality] : b->kind == TEXT_BREAK_HARD ? 0.6 : 0;
}

static double breaches(const struct text_job *job, int run, int line, bool hyphen)
{
    double demerits = 0;
    if (run > job->setting->hyphen_run)
        demerits += BREACH;
    if (hyphen && ends_column(job->request, line))
        demerits += BREACH;
    return demerits;
}

static double cost_ragged(const struct text_state *before, const struct text_fit *fit, const struct text_break *b)
{
    double demerits = fit->badness + RAGGED_LINE + RAGGED_HYPHEN * quality_of(b);
    if (is_hyphen(b) && before->run)
        demerits += RAGGED_SECOND_HYPHEN;
    if (fit->last && before->run)
        demerits += RAGGED_SECOND_HYPHEN;
    return demerits;
}

static double cost_justified(const struct text_job *job, const struct text_state *before, const struct text_fit *fit,
                             const struct text_break *b)
{
    double penalty = job->setting->hyphen_penalty * quality_of(b) * (fit->ragged && !fit->last ? NARROW_HYPHEN : 1);
    double demerits = (LINE + fit->badness) * (LINE + fit->badness) + penalty * penalty;
    if (is_hyphen(b) && before->run)
        demerits += SECOND_HYPHEN;
    if (fit->last && before->run)
        demerits += LAST_HYPHEN;
    if (abs(fit->fitness - before->fitness) > 1)
        demerits += FITNESS_JUMP;
    if (!before->begins) {
        double jump = fit->strain - before->strain;
        demerits += STRAIN_JUMP * jump * jump;
    }
    return demerits;
}

double text_job_cost(const struct text_job *job, const struct text_state *before, const struct text_fit *fit, int from,
                     int to, int line, struct text_state *after)
{
    const struct text_break *b = &job->para->breaks[to];
    (void)from;
    int run = is_hyphen(b) ? before->run + 1 : 0;
    double demerits = job->justified ? cost_justified(job, before, fit, b) : cost_ragged(before, fit, b);
    demerits += breaches(job, run, line, is_hyphen(b));
    if (b->kind == TEXT_BREAK_SOFT && b->quality == TEXT_BREAK_LAST)
        demerits += LAST_RESORT;
    if (!fit->fits)
        demerits += OVERFULL;
    int most = job->setting->hyphen_run + 1;
    *after = (struct text_state){ fit->strain, fit->fitness, run > most ? most : run, false };
    if (fit->last)
        *after = (struct text_state){ .fitness = 1, .begins = true };
    return demerits;
}

/* ---- the search --------------------------------------------------------------------------------------------- */
/* Active nodes stand in the order of the text. All nodes that end at one break with one line number share the fit of the
   next line: they are a group. Each group gives, for each run of hyphens, one candidate at the break in hand. */
struct search {
    struct text_job *job;
    struct text_scratch *scratch;
    int node_count, active_count;
    int early;                             /* active nodes before the uniform lines */
    int first_new;                         /* nodes of the break in hand begin here */
    int last_dropped;                      /* the start that became hopeless last */
};

static int key_of(const struct text_job *job, int line)
{
    return line < job->keys ? line : job->keys;
}

static int put_node(struct search *search, const struct text_node *node)
{
    struct text_scratch *scratch = search->scratch;
    VEC_GROW(scratch->nodes, scratch->node_capacity, search->node_count + 1);
    scratch->nodes[search->node_count] = *node;
    return search->node_count++;
}

static void activate(struct search *search, int node)
{
    struct text_scratch *scratch = search->scratch;
    VEC_GROW(scratch->active, scratch->active_capacity, search->active_count + 1);
    scratch->active[search->active_count++] = node;
    search->early += scratch->nodes[node].line < (int)search->job->uniform;
}

/* Offer a way to the break in hand: kept when it is the first or the cheapest of its start, line and run. */
static void offer(struct search *search, const struct text_node *node)
{
    struct text_node *nodes = search->scratch->nodes;
    for (int i = search->node_count - 1; i >= search->first_new; i--) {
        struct text_node *other = &nodes[i];
        if (other->start != node->start || other->key != node->key)
            break;                         /* groups come one after another */
        if (other->state.run == node->state.run) {
            if (node->demerits < other->demerits)
                *other = *node;
            return;
        }
    }
    put_node(search, node);
}

static void extend(struct search *search, int from, const struct text_fit *fit, int to)
{
    const struct text_node *node = &search->scratch->nodes[from];
    struct text_node next = { .at = to, .from = from, .start = node->at, .line = node->line + 1 };
    next.key = key_of(search->job, next.line);
    next.demerits = node->demerits +
                    text_job_cost(search->job, &node->state, fit, node->at, to, node->line, &next.state);
    offer(search, &next);
}

/* The most that a line after state `a` can cost beyond the same line after `b`. */
static double handicap(const struct text_job *job, const struct text_state *a, const struct text_state *b)
{
    if (a->run > b->run)
        return DBL_MAX;
    double most = a->fitness != b->fitness ? FITNESS_JUMP : 0;
    if (!job->justified)
        return 0;
    double low = -1 - RESERVE, high = 1 + RESERVE, sum = a->strain + b->strain;
    double at_low = (b->strain - a->strain) * (2 * low - sum), at_high = (b->strain - a->strain) * (2 * high - sum);
    return most + STRAIN_JUMP * fmax(fmax(at_low, at_high), 0);
}

/* A way is dropped when a cheaper one to the same break and line beats it whatever follows. It is enough to ask those
   that were kept: what beats the one that beats it, beats it too. */
static bool beaten(const struct search *search, const struct text_node *node, int first_kept)
{
    const struct text_scratch *scratch = search->scratch;
    for (int i = first_kept; i < search->active_count; i++) {
        const struct text_node *other = &scratch->nodes[scratch->active[i]];
        if (other->key == node->key && other->demerits + handicap(search->job, &other->state, &node->state) <= node->demerits)
            return true;
    }
    return false;
}

/* By line, so that groups stay together; the cheap first. */
static bool stands_before(const struct text_node *a, const struct text_node *b)
{
    return a->key != b->key ? a->key < b->key : a->demerits < b->demerits;
}

static void sort_new(struct search *search)
{
    struct text_node *nodes = search->scratch->nodes;
    for (int i = search->first_new + 1; i < search->node_count; i++) {
        struct text_node node = nodes[i];
        int k = i;
        for (; k > search->first_new && stands_before(&node, &nodes[k - 1]); k--)
            nodes[k] = nodes[k - 1];
        nodes[k] = node;
    }
}

/* Where rooms differ, ways that come to one break with many different line numbers are kept apart. Those far from the
   cheapest way's number are let go: a paragraph four lines longer or shorter than its best is never the answer, and the
   work stays linear in the text. */
static int least_demanding_line(const struct search *search)
{
    const struct text_node *nodes = search->scratch->nodes;
    int best = search->first_new;
    for (int i = best + 1; i < search->node_count; i++)
        if (nodes[i].demerits < nodes[best].demerits)
            best = i;
    return search->node_count > search->first_new ? nodes[best].line : 0;
}

static void activate_new(struct search *search)
{
    enum { CORRIDOR = 3 };
    int line = least_demanding_line(search), loose = abs(search->job->request->looseness);
    int first_kept = search->active_count;
    sort_new(search);
    for (int i = search->first_new; i < search->node_count; i++) {
        const struct text_node *node = &search->scratch->nodes[i];
        if (abs(node->line - line) <= CORRIDOR + loose && !beaten(search, node, first_kept))
            activate(search, i);
    }
}

static bool same_group(const struct text_node *a, const struct text_node *b)
{
    return a->at == b->at && a->key == b->key;
}

/* Later starts make looser lines: where one is too loose already, none of the rest will do. Only where the lines that
   follow have one room. */
static bool all_looser(const struct search *search, const struct text_fit *fit)
{
    return fit->too_short && !search->early;
}

static int cheapest(const struct text_scratch *scratch, int first, int end)
{
    int best = scratch->active[first];
    for (int i = first + 1; i < end; i++)
        if (scratch->nodes[scratch->active[i]].demerits < scratch->nodes[best].demerits)
            best = scratch->active[i];
    return best;
}

/* Try the lines from all active starts to one break. */
static void try_break(struct search *search, int to)
{
    struct text_scratch *scratch = search->scratch;
    struct text_job *job = search->job;
    int kept = 0, n = search->active_count, i = 0;
    search->first_new = search->node_count;
    while (i < n) {
        int group = i;
        struct text_node node = scratch->nodes[scratch->active[i]];
        struct text_fit fit = text_job_fit(job, node.at, to, node.line);
        while (i < n && same_group(&scratch->nodes[scratch->active[i]], &node))
            i++;
        if (!fit.fits && hopeless(job, node.at, to, node.line)) {
            search->last_dropped = cheapest(scratch, group, i);
            search->early -= node.line < (int)job->uniform ? i - group : 0;
            continue;
        }
        bool good = fit.fits && !fit.too_short;
        for (int k = group; k < i; k++) {
            if (good)
                extend(search, scratch->active[k], &fit, to);
            scratch->active[kept++] = scratch->active[k];
        }
        if (all_looser(search, &fit))
            break;
    }
    while (i < n)
        scratch->active[kept++] = scratch->active[i++];
    search->active_count = kept;
}

/* Nothing fits: the line that became hopeless last is set all the same, and is overfull. */
static void force(struct search *search, int to)
{
    const struct text_node *node = &search->scratch->nodes[search->last_dropped];
    struct text_fit fit = text_job_fit(search->job, node->at, to, node->line);
    fit.fits = false;
    extend(search, search->last_dropped, &fit, to);
}

static bool forces_break(const struct text_para *para, int at)
{
    return is_last(&para->breaks[at]);
}

/* Fill the table of nodes. False when the tolerance is too small. */
static bool search_breaks(struct search *search)
{
    const struct text_para *para = search->job->para;
    search->node_count = search->active_count = search->early = 0;
    int first = search->job->request->start;
    struct text_node start = { .at = first, .from = -1, .start = -1, .state = { .fitness = 1, .begins = true } };
    start.state.run = first > 0 && is_hyphen(&para->breaks[first]);
    activate(search, put_node(search, &start));
    for (int to = first + 1; to < para->break_count; to++) {
        search->last_dropped = -1;
        try_break(search, to);
        if (forces_break(para, to) && search->node_count == search->first_new && search->active_count)
            search->last_dropped = search->scratch->active[search->active_count - 1];
        if (forces_break(para, to))
            search->active_count = search->early = 0;
        bool empty = !search->active_count && search->node_count == search->first_new;
        if (empty && search->job->tolerance < ANY)
            return false;
        if (empty)
            force(search, to);
        activate_new(search);
    }
    return true;
}

/* The best node at the paragraph's end, with the number of lines asked for when there is one. */
static int best_end(const struct search *search)
{
    const struct text_node *nodes = search->scratch->nodes;
    int last = search->job->para->break_count - 1, best = -1, wanted = -1;
    for (int i = search->first_new; i < search->node_count; i++)
        if (nodes[i].at == last && (best < 0 || nodes[i].demerits < nodes[best].demerits))
            best = i;
    if (best < 0 || !search->job->request->looseness)
        return best;
    int lines = nodes[best].line + search->job->request->looseness;
    for (int i = search->first_new; i < search->node_count; i++)
        if (nodes[i].line == lines && (wanted < 0 || nodes[i].demerits < nodes[wanted].demerits))
            wanted = i;
    return wanted >= 0 ? wanted : best;
}

/* ---- the outcome -------------------------------------------------------------------------------------------- */
static double round_to(double v, double step)
{
    return round(v / step) * step + 0.0;   /* no negative zero */
}

static struct text_line make_line(const struct text_job *job, const struct text_node *node, const struct text_node *from)
{
    /* Rounded, so that many lines share a setting: fewer operators in the file; the gaps take the rest. */
    static const double EXPANSION_STEP = 0.0025, TRACKING_STEP = 0.0005;
    struct text_fit fit = text_job_fit(job, from->at, node->at, from->line);
    struct text_room room = room_of(job, from->line);
    const struct text_break *b = &job->para->breaks[node->at];
    struct text_line line = {
        .start = from->at, .end = node->at, .x = room.x, .width = room.width, .natural = fit.natural, .ink = fit.ink,
        .ratio = fit.gap, .expansion = round_to(fit.expansion, EXPANSION_STEP),
        .tracking = round_to(fit.tracking, TRACKING_STEP), .badness = fit.badness, .hyphenated = is_hyphen(b),
        .last = fit.last, .overfull = !fit.fits,
    };
    bool torn = !fit.ragged && fit.gap > TOLERANCE * job->setting->stretch;
    line.emergency = line.overfull || torn ||
                     node->state.run > job->setting->hyphen_run ||
                     (line.hyphenated && ends_column(job->request, from->line));
    if (job->justified) {
        line.hang_left = room.left_shape ? 0 : job->para->breaks[from->at].hang_left;
        line.hang_right = room.right_shape ? 0 : b->hang_right;
    }
    double spare = room.width - fit.ink;
    bool at_shape = job->justified && !fit.last && room.left_shape && !room.right_shape && spare > 0;
    if (job->request->align == DESIGN_END || at_shape)     /* the straight edge stays straight */
        line.offset = spare;
    else if (job->request->align == DESIGN_CENTRE)
        line.offset = spare / 2;
    return line;
}

struct outcome {
    int end, lines;
    double demerits;
};

static struct outcome try_tolerance(struct search *search, double tolerance)
{
    search->job->tolerance = tolerance;
    if (!search_breaks(search))
        return (struct outcome){ -1, 0, DBL_MAX };
    int end = best_end(search);
    return (struct outcome){ end, search->scratch->nodes[end].line, search->scratch->nodes[end].demerits };
}

/* Wider limits are tried when nothing fits, and when a rule was broken: it may be kept at the price of a looser line. */
static struct outcome find_best(struct search *search)
{
    static const double tolerances[] = { TOLERANCE, LOOSER, ANY };
    struct outcome best = { -1, 0, DBL_MAX };
    /* Another number of lines is a wish: it is not worth the search through all of them that telling each number of lines
       apart makes of the widest limit (0.7 s for 16 lines). */
    bool wish = search->job->request->looseness != 0;
    for (size_t i = 0; i < 3 && best.demerits >= BREACH; i++) {
        if (wish && best.end >= 0)
            break;
        best = try_tolerance(search, tolerances[i]);
    }
    return best;
}

static struct outcome run(struct search *search, struct text_job *job, struct text_para *para,
                          const struct text_request *request)
{
    text_job_begin(job, para, request);
    *search = (struct search){ .job = job, .scratch = &para->engine->scratch, .last_dropped = -1 };
    return find_best(search);
}

struct text_lines text_para_break(struct text_para *para, const struct text_request *request, struct arena *arena)
{
    struct text_lines lines = { NULL, 0, 0 };
    if (request->start + 1 >= para->break_count)
        return lines;
    struct text_job job;
    struct search search;
    struct outcome best = run(&search, &job, para, request);
    lines.count = (size_t)best.lines;
    lines.demerits = best.demerits;
    lines.lines = arena_array(arena, struct text_line, lines.count);
    const struct text_node *nodes = search.scratch->nodes;
    for (int i = best.end; nodes[i].from >= 0; i = nodes[i].from)
        lines.lines[nodes[i].line - 1] = make_line(&job, &nodes[i], &nodes[nodes[i].from]);
    return lines;
}

size_t text_para_line_count(struct text_para *para, double width, enum design_align align, double indent)
{
    if (para->break_count < 2)
        return 0;
    struct text_room room = { .width = width };
    struct text_request request = { .rooms = &room, .room_count = 1, .indent = indent, .align = align };
    struct text_job job;
    struct search search;
    return (size_t)run(&search, &job, para, &request).lines;
}
