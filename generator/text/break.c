#include "text/break.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

/* Knuth and Plass, Breaking Paragraphs into Lines (1981): the cheapest way through a paragraph's break points. What a line
   costs is fit.c's matter. */

struct text_node {
    int at, from, key, line;               /* break; node before; line number, as far as it matters, and as it is */
    int start;                             /* break that its line begins at */
    struct text_state state;
    double demerits;
};

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
                    text_job_cost(search->job, &node->state, fit, to, node->line, &next.state);
    offer(search, &next);
}

/* A way is dropped when a cheaper one to the same break and line beats it whatever follows. It is enough to ask those
   that were kept: what beats the one that beats it, beats it too. */
static bool beaten(const struct search *search, const struct text_node *node, int first_kept)
{
    const struct text_scratch *scratch = search->scratch;
    for (int i = first_kept; i < search->active_count; i++) {
        const struct text_node *other = &scratch->nodes[scratch->active[i]];
        if (other->key == node->key && other->demerits + text_job_handicap(search->job, &other->state, &node->state) <= node->demerits)
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
        if (!fit.fits && text_job_hopeless(job, node.at, to, node.line)) {
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
    return text_break_is_last(&para->breaks[at]);
}

/* Fill the table of nodes. False when the tolerance is too small. */
static bool search_breaks(struct search *search)
{
    const struct text_para *para = search->job->para;
    search->node_count = search->active_count = search->early = 0;
    int first = search->job->request->start;
    struct text_node start = { .at = first, .from = -1, .start = -1, .state = { .fitness = 1, .begins = true } };
    start.state.run = first > 0 && text_break_is_hyphen(&para->breaks[first]);
    activate(search, put_node(search, &start));
    for (int to = first + 1; to < para->break_count; to++) {
        search->last_dropped = -1;
        try_break(search, to);
        if (forces_break(para, to) && search->node_count == search->first_new && search->active_count)
            search->last_dropped = search->scratch->active[search->active_count - 1];
        if (forces_break(para, to))
            search->active_count = search->early = 0;
        bool empty = !search->active_count && search->node_count == search->first_new;
        if (empty && search->job->tolerance < TEXT_ANY)
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

static struct text_line make_line(const struct text_job *job, const struct text_node *node, const struct text_node *from,
                                  const struct text_fit *fit)
{
    /* Rounded, so that many lines share a setting: fewer operators in the file; the gaps take the rest. */
    static const double EXPANSION_STEP = 0.0025, TRACKING_STEP = 0.0005;
    struct text_room room = text_job_room(job, from->line);
    const struct text_break *b = &job->para->breaks[node->at];
    struct text_line line = {
        .start = from->at, .end = node->at, .x = room.x, .width = room.width, .natural = fit->natural, .ink = fit->ink,
        .ratio = fit->gap, .expansion = round_to(fit->expansion, EXPANSION_STEP),
        .tracking = round_to(fit->tracking, TRACKING_STEP), .badness = fit->badness, .hyphenated = text_break_is_hyphen(b),
        .last = fit->last, .overfull = !fit->fits,
    };
    bool torn = !fit->ragged && fit->gap > TEXT_TOLERANCE * job->setting->stretch;
    line.emergency = line.overfull || torn ||
                     node->state.run > job->setting->hyphen_run ||
                     (line.hyphenated && text_ends_column(job->request, from->line));
    if (job->justified) {
        line.hang_left = room.left_shape ? 0 : job->para->breaks[from->at].hang_left;
        line.hang_right = room.right_shape ? 0 : b->hang_right;
    }
    double spare = room.width - fit->ink;
    bool at_shape = job->justified && !fit->last && room.left_shape && !room.right_shape && spare > 0;
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
    static const double tolerances[] = { TEXT_TOLERANCE, TEXT_LOOSER, TEXT_ANY };
    struct outcome best = { -1, 0, DBL_MAX };
    /* Another number of lines is a wish: it is not worth the search through all of them that telling each number of lines
       apart makes of the widest limit (0.7 s for 16 lines). */
    bool wish = search->job->request->looseness != 0;
    for (size_t i = 0; i < 3 && best.demerits >= text_job_breach; i++) {
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

/* The lines of the way to a node, what each lacks shared out together with its neighbours. */
static void make_lines(const struct search *search, int end, struct text_lines *lines)
{
    const struct text_job *job = search->job;
    const struct text_node *nodes = search->scratch->nodes;
    struct text_fit *fits = mem_alloc(lines->count * sizeof *fits);
    struct text_share *shares = mem_alloc(lines->count * sizeof *shares);
    for (int i = end; nodes[i].from >= 0; i = nodes[i].from) {
        int line = nodes[i].line - 1, from = nodes[nodes[i].from].at;
        fits[line] = text_job_fit(job, from, nodes[i].at, line);
        shares[line] = text_job_share(job, from, nodes[i].at, line, &fits[line]);
    }
    if (job->justified)
        text_share(shares, lines->count);
    for (int i = end; nodes[i].from >= 0; i = nodes[i].from) {
        int line = nodes[i].line - 1;
        const struct text_node *from = &nodes[nodes[i].from];
        text_job_settle(job, from->at, nodes[i].at, line, &shares[line], &fits[line]);
        lines->lines[line] = make_line(job, &nodes[i], from, &fits[line]);
    }
    mem_free(fits);
    mem_free(shares);
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
    make_lines(&search, best.end, &lines);
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
