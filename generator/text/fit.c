/* How a line sits in its room, and what it costs. */
#include "text/break.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

/* Glyph expansion, tracking and gaps share what a line lacks. What each number brings was measured on plain columns of 77 to
   90 mm (word-gap deviation, loose lines), in a text that no test measures. */

/* While lines are chosen, gaps take SHARE of what they could beside expansion and tracking: a line is dearer the more it
   lacks, long before its glyphs are spent. How much they take in the end is settled with the neighbours (share.c). */
static const double SHARE = 0.5;
/* Ragged lines, and those that may stay short beside a shape, leave at most that share of their room empty. */
static const double MOST_EMPTY = 0.4, MORE_EMPTY = 0.7;

/* Share of the stretch that gaps take beside a shape. */
static const double SHAPE_STRETCH = 0.5;
/* Such a line costs no more than this and its emptiness: full lines are wanted, but a short one is no disaster that a
   broken rule would be better than. */
static const double SHORT_BADNESS = 800;

/* Demerits. */
static const double LINE = 2.5;            /* of each line, added to its badness */
static const double BREACH = 1e9;          /* a rule that may not be broken: too many hyphens, one at a column's foot */
static const double LAST_RESORT = 1e11;    /* a hyphen in a style without them: rather than a word beyond its room */
static const double OVERFULL = 1e12;
static const double SECOND_HYPHEN = 1000, LAST_HYPHEN = 20000, FITNESS_JUMP = 750, STRAIN_JUMP = 1000;
static const double EXPANSION_BADNESS = 50;
/* In a narrow ragged room a short line is no fault, and the eye stumbles over hyphens: they cost more there. */
static const double NARROW_HYPHEN = 3;
const double text_job_breach = 1e9;

/* Ragged lines cost the square of what they lack, in 24ths of the measure; these are squares to compare with. A hyphen is
   worth it where a line would else end a third of the measure short. */
static const double RAGGED_UNITS = 24;
static const double RAGGED_LINE = 1, RAGGED_HYPHEN = 64, RAGGED_SECOND_HYPHEN = 128, RAGGED_SHORT_LAST = 100;

/* ---- the room ----------------------------------------------------------------------------------------------- */
struct text_room text_job_room(const struct text_job *job, int line)
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
                              .tolerance = TEXT_TOLERANCE, .justified = request->align == DESIGN_JUSTIFY };
    job->uniform = uniform_from(request);
    job->keys = (int)job->uniform;
    for (size_t i = 0; i < request->column_end_count; i++)
        if (request->column_ends[i] >= job->keys)
            job->keys = request->column_ends[i] + 1;
    if (request->looseness)
        job->keys = para->break_count;
}

bool text_ends_column(const struct text_request *request, int line)
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
    double rest = fabs(lack - use) < 1e-9 ? 0 : lack - use;
    put_glyphs(fit, job, m, use);
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
    if (text_break_is_last(b)) {
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
    bool first = from == 0 || text_break_is_last(a);
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
    bool counts = !text_break_is_last(b) || job->request->align == DESIGN_CENTRE;
    fit.badness = counts ? lack * lack : 0;
    if (text_break_is_last(b) && is_lonely(job, from, to, m))
        fit.badness += RAGGED_SHORT_LAST;
    return fit;
}

/* Too short to be taken: known without setting the line, as most starts of a break are. */
static bool is_too_short(const struct text_job *job, const struct text_break *b, const struct measure *m)
{
    double lack = m->room - m->natural;
    if (lack <= 0 || text_break_is_last(b) || job->tolerance >= TEXT_ANY)
        return false;
    if (!job->justified || m->beside_shape || is_narrow(job, m->room))
        return lack > (job->tolerance < TEXT_LOOSER ? MOST_EMPTY : MORE_EMPTY) * m->room;
    return lack - (m->expand + m->track) > job->tolerance * job->setting->stretch * m->gaps;
}

struct text_fit text_job_fit(const struct text_job *job, int from, int to, int line)
{
    const struct text_break *a = &job->para->breaks[from], *b = &job->para->breaks[to];
    struct text_room room = text_job_room(job, line);
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
    fit.last = text_break_is_last(b);
    return fit;
}

/* Can no later break fit either? `floor` never falls, and the widest protrusion is granted. */
bool text_job_hopeless(const struct text_job *job, int from, int to, int line)
{
    const struct text_break *a = &job->para->breaks[from], *b = &job->para->breaks[to];
    const struct design_setting *set = job->setting;
    struct text_room room = text_job_room(job, line);
    double glyphs, gaps = b->gaps - a->next_gaps, least = b->floor - a->next;
    if (job->justified) {
        least -= job->para->most_hang + a->hang_left;
        glyphs = least - gaps;
        least -= set->expansion * glyphs + set->tracking * (b->ems - a->ems) + set->shrink * gaps;
    }
    return least > room.width + 1e-6;
}

/* ---- what a line costs -------------------------------------------------------------------------------------- */
static double quality_of(const struct text_break *b)
{
    static const double soft[] = { [TEXT_BREAK_SEAM] = 0.7, [TEXT_BREAK_PLAIN] = 1, [TEXT_BREAK_POOR] = 2.5,
                                   [TEXT_BREAK_SPARE] = 8, [TEXT_BREAK_LAST] = 2.5 };
    return b->kind == TEXT_BREAK_SOFT ? soft[b->quality] : b->kind == TEXT_BREAK_HARD ? 0.6 : 0;
}

static double breaches(const struct text_job *job, int run, int line, bool hyphen)
{
    double demerits = 0;
    if (run > job->setting->hyphen_run)
        demerits += BREACH;
    if (hyphen && text_ends_column(job->request, line))
        demerits += BREACH;
    return demerits;
}

static double cost_ragged(const struct text_state *before, const struct text_fit *fit, const struct text_break *b)
{
    double demerits = fit->badness + RAGGED_LINE + RAGGED_HYPHEN * quality_of(b);
    if (text_break_is_hyphen(b) && before->run)
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
    if (text_break_is_hyphen(b) && before->run)
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

double text_job_cost(const struct text_job *job, const struct text_state *before, const struct text_fit *fit, int to,
                     int line, struct text_state *after)
{
    const struct text_break *b = &job->para->breaks[to];
    int run = text_break_is_hyphen(b) ? before->run + 1 : 0;
    double demerits = job->justified ? cost_justified(job, before, fit, b) : cost_ragged(before, fit, b);
    demerits += breaches(job, run, line, text_break_is_hyphen(b));
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

double text_job_handicap(const struct text_job *job, const struct text_state *a, const struct text_state *b)
{
    if (a->run > b->run)
        return DBL_MAX;
    if (!job->justified)
        return 0;
    double most = a->fitness != b->fitness ? FITNESS_JUMP : 0, sum = a->strain + b->strain;
    double at_low = (b->strain - a->strain) * (-2 - sum), at_high = (b->strain - a->strain) * (2 - sum);
    return most + STRAIN_JUMP * fmax(fmax(at_low, at_high), 0);
}

/* ---- what the chosen lines share ---------------------------------------------------------------------------- */
struct text_share text_job_share(const struct text_job *job, int from, int to, int line, const struct text_fit *fit)
{
    struct text_room room = text_job_room(job, line);
    struct measure m = measure_line(job, &job->para->breaks[from], &job->para->breaks[to], &room);
    struct text_share share = { .lack = m.room - m.natural, .gaps = m.gaps, .capacity = m.expand + m.track,
                                .strain = fit->strain, .begins = line == 0 || text_break_is_last(&job->para->breaks[from]) };
    share.fixed = !job->justified || fit->ragged || fit->stays_short || !fit->fits || !(m.gaps > 0) || !(share.capacity > 0);
    if (!share.fixed) {
        share.most = fmin(1, (share.lack + job->setting->shrink * m.gaps) / share.capacity);
        share.least = fmin(fmax(-1, (share.lack - job->setting->stretch * m.gaps) / share.capacity), share.most);
    }
    return share;
}

void text_job_settle(const struct text_job *job, int from, int to, int line, const struct text_share *share,
                     struct text_fit *fit)
{
    if (share->fixed)
        return;
    struct text_room room = text_job_room(job, line);
    struct measure m = measure_line(job, &job->para->breaks[from], &job->para->breaks[to], &room);
    put_glyphs(fit, job, &m, share->strain * share->capacity);
    fit->gap = (share->lack - share->strain * share->capacity) / share->gaps;
}
