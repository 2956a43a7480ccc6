/* Paragraphs in a stack: shaped once, broken for their measure, set on the grid or by their own leading. */
#include <string.h>

#include "layout/layout_internal.h"

/* ---- shaping and breaking, kept with the box ------------------------------------------------------------------ */

struct layout_state *layout_paragraph(struct layout_run *run, struct layout_box *box)
{
    if (!box->state)
        box->state = mem_alloc(sizeof *box->state);
    struct layout_state *state = box->state;
    if (!state->para) {
        const struct font_face *face = text_face(run->engine, box->style, false, false);
        double upem = face ? face->upem : 1000;
        state->cap = (face && face->cap_height > 0 ? face->cap_height / upem : 0.72) * box->style->size;
        /* Ink below the baseline is a fifth of the size in text faces; the font's descender often holds more. */
        state->descent = 0.21 * box->style->size;
        state->para = text_para_new(run->engine, box->spans, box->span_count);
    }
    return state;
}

static void forget_set(struct layout_set *set)
{
    mem_free(set->lines.lines);
    *set = (struct layout_set){ 0 };
}

void layout_forget(struct layout_box *box)
{
    struct layout_state *state = box->state;
    if (!state)
        return;
    text_para_free(state->para);
    layout_profile_free(state->profile);
    for (size_t i = 0; i < sizeof state->sets / sizeof *state->sets; i++)
        forget_set(&state->sets[i]);
    mem_free(state);
    box->state = NULL;
}

/* splitmix64's finisher over the sum so far: two requests in 2^64 look alike. */
static uint64_t mix(uint64_t sum, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    sum = (sum ^ bits) + 0x9E3779B97F4A7C15u;
    sum = (sum ^ (sum >> 30)) * 0xBF58476D1CE4E5B9u;
    sum = (sum ^ (sum >> 27)) * 0x94D049BB133111EBu;
    return sum ^ (sum >> 31);
}

static uint64_t key_of(const struct text_request *request)
{
    uint64_t key = mix(request->align, request->indent);
    key = mix(key, request->start);
    key = mix(key, request->looseness);
    for (size_t i = 0; i < request->room_count; i++) {
        const struct text_room *room = &request->rooms[i];
        key = mix(key, room->x);
        key = mix(key, room->width);
        key = mix(key, room->left_shape + 2 * room->right_shape);
    }
    for (size_t i = 0; i < request->column_end_count; i++)
        key = mix(key, -1 - request->column_ends[i]);
    return key;
}

struct text_lines layout_break_lines(struct layout_run *run, struct layout_box *box, const struct text_request *request)
{
    struct layout_state *state = layout_paragraph(run, box);
    uint64_t key = key_of(request);
    for (size_t i = 0; i < sizeof state->sets / sizeof *state->sets; i++)
        if (state->sets[i].key == key && state->sets[i].lines.lines)
            return state->sets[i].lines;
    struct text_lines lines = text_para_break(state->para, request, run->scratch);
    struct layout_set *set = &state->sets[state->next_set];
    state->next_set = (state->next_set + 1) % (int)(sizeof state->sets / sizeof *state->sets);
    forget_set(set);
    set->key = key;
    set->lines = lines;
    set->lines.lines = mem_alloc(lines.count * sizeof *lines.lines);
    if (lines.count)
        memcpy(set->lines.lines, lines.lines, lines.count * sizeof *lines.lines);
    return set->lines;
}

/* ---- measures ------------------------------------------------------------------------------------------------- */

double layout_text_left(const struct layout_box *box)
{
    return box->left + (box->label ? box->style->hang : 0);
}

/* Indented is what follows a paragraph of its own kind; after anything else the eye needs no sign. */
double layout_indent(const struct layout_box *box)
{
    if (box->no_indent || box->label || !box->style->indent)
        return 0;
    const struct layout_box *before = box->previous;
    while (before && before->kind == LAYOUT_BREAK)
        before = before->previous;
    bool follows = before && before->kind == LAYOUT_PARAGRAPH && before->style == box->style && !before->label;
    return follows ? box->style->indent : 0;
}

bool layout_on_grid(const struct layout_run *run, const struct layout_box *box)
{
    return box->style->grid && run->step > 0;
}

double layout_pitch(const struct layout_run *run, const struct layout_box *box)
{
    if (!layout_on_grid(run, box))
        return box->style->leading;
    return run->step * fmax(1, ceil(box->style->leading / run->step - 0.01));
}

/* ---- in a stack ----------------------------------------------------------------------------------------------- */

/* How lines of a paragraph stand one below the other. */
struct setting {
    double top, pitch;
    double first;                          /* from the top to the first baseline when all lines stand */
    double after;                          /* from the last baseline to the end */
    double rounding;                       /* the height is rounded up to whole steps of this; 0: it is not */
};

static struct setting set_lines(const struct layout_run *run, const struct layout_box *box,
                                const struct layout_place *place)
{
    struct setting set = { .top = place->y, .pitch = layout_pitch(run, box) };
    const struct layout_state *state = box->state;
    if (layout_on_grid(run, box)) {
        set.top = layout_row_up(run, place->y);
        set.first = set.pitch - run->drop;
        set.after = run->drop;
    } else if (place->grid && run->step > 0) {
        /* Whole rows: the last baseline stands on the grid, what is over stands above the first. */
        set.top = layout_row_up(run, place->y);
        set.first = state->cap;
        set.after = run->drop;
        set.rounding = run->step;
    } else {
        set.first = (set.pitch + state->cap) / 2;
        set.after = set.pitch - set.first;
    }
    return set;
}

static double height_of(const struct setting *set, size_t lines)
{
    double height = lines ? set->first + (double)(lines - 1) * set->pitch + set->after : 0;
    return set->rounding > 0 ? set->rounding * ceil(height / set->rounding - 0.01) : height;
}

/* Of `count` lines, those that stand before `limit`. */
static size_t lines_before(const struct setting *set, size_t count, double limit)
{
    size_t n = 0;
    while (n < count && set->top + height_of(set, n + 1) <= limit + 0.05)
        n++;
    return n;
}

/* Widows and orphans: how many of `fitting` lines stay here when all `count` do not. 0: none. */
static size_t lines_kept(const struct layout_box *box, size_t count, size_t fitting)
{
    if (box->keep_together || layout_keeps_next(box))
        return 0;
    if (count - fitting < LAYOUT_KEEP_LINES)
        fitting = count > LAYOUT_KEEP_LINES ? count - LAYOUT_KEEP_LINES : 0;
    return fitting < LAYOUT_KEEP_LINES ? 0 : fitting;
}

static void put_lines(struct layout_run *run, const struct setting *set, const struct text_lines *lines, size_t count,
                      struct layout_fragment *fragment)
{
    double height = height_of(set, count);
    double first = set->rounding > 0 ? height - set->after - (double)(count - 1) * set->pitch : set->first;
    fragment->lines = arena_array(run->scratch, struct layout_line, count);
    fragment->line_count = count;
    for (size_t i = 0; i < count; i++) {
        fragment->lines[i].line = lines->lines[i];
        fragment->lines[i].baseline = set->top + first + (double)i * set->pitch;
    }
    fragment->frame.height = fragment->bottom - fragment->frame.y;
    fragment->bottom = set->top + height;
}

static struct text_request request_of(const struct layout_box *box, const struct text_room *room, int from)
{
    return (struct text_request){ .rooms = room, .room_count = 1, .align = box->text_align, .start = from,
                                  .indent = from ? 0 : layout_indent(box) };
}

static struct text_room room_of(const struct layout_box *box, const struct layout_place *place)
{
    double left = layout_text_left(box), width = place->width - left;
    if (box->width_limit > 0 && width > box->width_limit)
        width = box->width_limit;
    return (struct text_room){ .x = place->x + left, .width = fmax(width, 1) };
}

/* The lines once more without a hyphen in the last one of this page. */
static struct text_lines without_hyphen(struct layout_run *run, struct layout_box *box, struct text_request request,
                                        size_t kept, size_t count)
{
    int last = (int)kept - 1;
    request.column_ends = &last;
    request.column_end_count = 1;
    struct text_lines again = layout_break_lines(run, box, &request);
    request.column_end_count = 0;
    bool good = again.count == count && !again.lines[kept - 1].hyphenated;
    return good ? again : layout_break_lines(run, box, &request);
}

bool layout_fit_paragraph(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                          const struct layout_token *token, struct layout_fragment *fragment)
{
    layout_paragraph(run, box);
    struct text_room room = room_of(box, place);
    struct text_request request = request_of(box, &room, token ? token->from : 0);
    struct text_lines lines = layout_break_lines(run, box, &request);
    struct setting set = set_lines(run, box, place);
    size_t kept = lines_before(&set, lines.count, place->limit);
    if (kept < lines.count) {
        size_t allowed = lines_kept(box, lines.count, kept);
        if (!allowed && !place->must)
            return false;
        if (!allowed && kept == 0)
            kept = lines.count;            /* not one line fits on an empty page: all of it stands, and is told */
        else
            kept = allowed ? allowed : kept;
    }
    if (kept < lines.count) {
        if (lines.lines[kept - 1].hyphenated)
            lines = without_hyphen(run, box, request, kept, lines.count);
        struct layout_token *rest = layout_token_new(run, NULL, NULL);
        rest->from = lines.lines[kept].start;
        fragment->rest = rest;
        bool lonely = kept < LAYOUT_KEEP_LINES || lines.count - kept < LAYOUT_KEEP_LINES;
        fragment->faults |= lonely ? LAYOUT_WIDOW : 0;
        fragment->cost += LAYOUT_COST_SPLIT_PARAGRAPH + (lonely ? LAYOUT_COST_WIDOW : 0);
    }
    put_lines(run, &set, &lines, kept, fragment);
    return true;
}
