/* Footnotes: those whose marks stand on a page, at its foot below a short rule, in two columns where there is room. What does
   not go on the page goes on at the foot of the next one, above its own notes and below a longer rule. */
#include "layout/layout_internal.h"

static const double RULE_WIDTH = 57, RULE = 0.4, BOTH_COLUMNS = 300;      /* points */

/* The notes of a page, by their order; those that go on from the page before come first. */
struct notes {
    struct layout_carry *items;            /* malloc'ed */
    size_t count, capacity;
    size_t carried;
    struct layout_fragment **pieces;       /* all lines of each */
};

/* ---- which ---------------------------------------------------------------------------------------------------- */

static void add_note(struct notes *notes, const struct layout_note *note)
{
    size_t i = notes->count;
    VEC_GROW(notes->items, notes->capacity, notes->count + 1);
    for (; i > notes->carried && notes->items[i - 1].note->order > note->order; i--)
        notes->items[i] = notes->items[i - 1];
    notes->items[i] = (struct layout_carry){ .note = note };
    notes->count++;
    for (const struct layout_note *inner = note->box->notes; inner; inner = inner->next)
        add_note(notes, inner);            /* a note in a note */
}

static void add_carried(struct notes *notes, const struct layout_carry *carried)
{
    for (; carried; carried = carried->next) {
        VEC_GROW(notes->items, notes->capacity, notes->count + 1);
        notes->items[notes->count++] = *carried;
    }
    notes->carried = notes->count;
}

static bool has_mark(const struct layout_fragment *f, const struct text_para *para, const void *mark)
{
    for (size_t i = 0; i < f->line_count; i++)
        if (text_line_has_mark(para, &f->lines[i].line, mark))
            return true;
    return false;
}

static void collect(struct layout_run *run, const struct layout_fragment *f, struct notes *notes)
{
    if (f->repeated)
        return;                            /* a header row shown again: its notes stand where it stood first */
    for (const struct layout_note *note = f->box->notes; note; note = note->next)
        if (has_mark(f, layout_paragraph(run, f->box)->para, note->mark))
            add_note(notes, note);
    for (const struct layout_fragment *child = f->first; child; child = child->next)
        collect(run, child, notes);
}

/* ---- columns of notes ------------------------------------------------------------------------------------------ */

/* Each is broken into lines once, as a whole; columns and pages take lines of it. */
static void set_notes(struct layout_run *run, struct notes *notes, const struct layout_place *place)
{
    struct layout_place free = { .width = place->width, .limit = INFINITY, .must = true, .page = place->page };
    notes->pieces = arena_array(run->scratch, struct layout_fragment *, notes->count);
    for (size_t i = 0; i < notes->count; i++)
        notes->pieces[i] = layout_fit(run, notes->items[i].note->box, &free, NULL);
}

/* How far the notes stand: lines of the one that is in hand. */
struct position {
    size_t note, line;
};

static bool is_end(const struct notes *notes, struct position at)
{
    return at.note == notes->count;
}

static struct position first_line(const struct notes *notes)
{
    struct position at = { 0, 0 };
    const struct layout_token *token = notes->items[0].token;
    const struct layout_fragment *f = notes->pieces[0];
    while (token && at.line + 1 < f->line_count && f->lines[at.line].line.start < token->from)
        at.line++;
    return at;
}

/* Of a note's lines from one on, those that stand in so much height: two at least, and two at least are left. */
static size_t lines_in(size_t lines, double height, double pitch)
{
    size_t fitting = height > 0 ? (size_t)((height + 0.05) / pitch) : 0;
    if (fitting >= lines)
        return lines;
    if (lines - fitting < LAYOUT_KEEP_LINES)
        fitting = lines > LAYOUT_KEEP_LINES ? lines - LAYOUT_KEEP_LINES : 0;
    return fitting < LAYOUT_KEEP_LINES ? 0 : fitting;
}

static void put_lines(struct layout_run *run, const struct layout_fragment *note, size_t from, size_t count, double x,
                      double y, struct layout_fragment *out)
{
    double pitch = layout_pitch(run, note->box);
    struct layout_fragment *piece = layout_copy_fragment(run->scratch, note);
    piece->lines += from;
    piece->line_count = count;
    piece->continued = from > 0;
    piece->rest = from + count < note->line_count ? layout_token_new(run, NULL, NULL) : NULL;
    piece->bottom = piece->frame.y + (double)(from + count) * pitch;
    piece->frame.y += (double)from * pitch;
    piece->frame.height = (double)count * pitch;
    layout_move_fragment(piece, x, y - piece->frame.y);
    layout_add_fragment(out, piece);
}

struct setting {
    struct layout_place place;             /* of the first column */
    int columns;
    double height;                         /* of all */
    bool whole;                            /* no note is divided */
};

/* The notes from a position on, in columns: *bottom becomes the end of the highest; what stands becomes the children of
   `out`, unless it is NULL. Where the next one goes on. */
static struct position fill(struct layout_run *run, const struct notes *notes, const struct setting *set, double *bottom,
                            struct layout_fragment *out)
{
    struct position at = first_line(notes);
    *bottom = 0;
    for (int i = 0; i < set->columns; i++) {
        double y = set->place.y, x = set->place.x + i * (set->place.width + run->gutter);
        while (!is_end(notes, at)) {
            const struct layout_fragment *note = notes->pieces[at.note];
            double pitch = layout_pitch(run, note->box);
            size_t left = note->line_count - at.line, count = lines_in(left, set->height - y, pitch);
            if (!count || (count < left && set->whole))
                break;
            if (out)
                put_lines(run, note, at.line, count, x, y, out);
            y += (double)count * pitch;
            *bottom = fmax(*bottom, y);
            at = count < left ? (struct position){ at.note, at.line + count } : (struct position){ at.note + 1, 0 };
            if (count < left)
                break;
        }
    }
    return at;
}

/* The least height, in steps of a line, at which all of them stand; no more than `most`. */
static double least_height(struct layout_run *run, const struct notes *notes, struct setting set, double most)
{
    double step = layout_pitch(run, notes->pieces[0]->box), bottom, all;
    struct setting one = set;
    one.columns = 1;
    one.height = INFINITY;
    fill(run, notes, &one, &all, NULL);
    if (set.columns == 1)
        return fmin(all, most);
    for (set.height = set.place.y + (all - set.place.y) / set.columns; set.height < most; set.height += step)
        if (is_end(notes, fill(run, notes, &set, &bottom, NULL)))
            return bottom;
    return most;
}

/* Whole notes in level columns, as far as whole notes can be level; divided ones where that saves more than two lines. */
static void choose_height(struct layout_run *run, const struct notes *notes, struct setting *set, double most)
{
    set->whole = false;
    set->height = least_height(run, notes, *set, most);
    struct setting whole = *set;
    whole.whole = true;
    whole.height = least_height(run, notes, whole, most);
    if (whole.height < fmin(set->height + 2.5 * layout_pitch(run, notes->pieces[0]->box), most))
        *set = whole;
}

/* ---- where ---------------------------------------------------------------------------------------------------- */

struct layout_box *layout_notes_box(struct arena *arena, const struct layout_note *first)
{
    struct layout_box *box = layout_box_new(arena, LAYOUT_STACK, first->box->at);
    struct layout_box *rule = layout_box_new(arena, LAYOUT_STACK, first->box->at);
    box->name = "footnote";
    rule->border.top = RULE;
    rule->border_colour = first->box->style->colour;
    layout_append(box, rule);
    return box;
}

static void put_rule(struct layout_run *run, const struct layout_place *place, double width, struct layout_fragment *out)
{
    struct layout_fragment *piece = layout_fragment_new(run, run->notes->first, place);
    piece->frame = (struct rect){ place->x, 0.6 * run->step, width, RULE };
    layout_add_fragment(out, piece);
}

/* Where a note goes on; NULL: nothing of it stands yet. */
static const struct layout_token *token_at(struct layout_run *run, const struct notes *notes, struct position at)
{
    if (at.line == 0)
        return NULL;
    struct layout_token *token = layout_token_new(run, NULL, NULL);
    token->from = notes->pieces[at.note]->lines[at.line].line.start;
    return token;
}

/* What does not stand on the page, from a position on. */
static const struct layout_carry *carry_on(struct layout_run *run, const struct notes *notes, struct position at)
{
    struct layout_carry *first = NULL, *last = NULL;
    for (; !is_end(notes, at); at = (struct position){ at.note + 1, 0 }) {
        struct layout_carry *carry = arena_new_of(run->scratch, struct layout_carry);
        *carry = (struct layout_carry){ .note = notes->items[at.note].note, .token = token_at(run, notes, at) };
        if (last)
            last->next = carry;
        else
            first = carry;
        last = carry;
    }
    return first;
}

struct layout_fragment *layout_fit_notes(struct layout_run *run, const struct layout_fragment *page,
                                         const struct layout_carry *carried, const struct layout_place *type_area,
                                         double most, const struct layout_carry **rest)
{
    struct notes notes = { .count = 0 };
    *rest = NULL;
    add_carried(&notes, carried);
    collect(run, page, &notes);
    if (!notes.count)
        return NULL;
    struct setting set = { .columns = type_area->width >= BOTH_COLUMNS ? 2 : 1 };
    set.place = (struct layout_place){ .x = type_area->x, .y = run->step, .page = type_area->page };
    set.place.width = (type_area->width - (set.columns - 1) * run->gutter) / set.columns;
    set_notes(run, &notes, &set.place);
    struct layout_fragment *out = layout_fragment_new(run, run->notes, &set.place);
    double bottom;
    choose_height(run, &notes, &set, isfinite(most) ? run->step * layout_rows_within(run, most) : most);
    struct position end = fill(run, &notes, &set, &bottom, out);
    *rest = carry_on(run, &notes, end);
    if (*rest)
        out->cost += LAYOUT_COST_SPLIT_NOTE;
    bool any = out->first != NULL;
    put_rule(run, &set.place, notes.carried ? set.place.width : RULE_WIDTH, out);
    out->bottom = run->step * layout_rows(run, bottom);
    out->frame = (struct rect){ type_area->x, 0, type_area->width, out->bottom };
    mem_free(notes.items);
    return any ? out : NULL;
}

void layout_place_notes(const struct layout_run *run, struct layout_fragment *notes, double foot)
{
    double last = 0;
    for (const struct layout_fragment *f = notes->first; f; f = f->next)
        if (f->line_count)
            last = fmax(last, f->lines[f->line_count - 1].baseline);
    layout_move_fragment(notes, 0, foot - run->drop - last);
}

/* ---- what goes on ---------------------------------------------------------------------------------------------- */

bool layout_carry_is_late(const struct layout_carry *carry, const struct layout_carry *before)
{
    while (before && before->note != carry->note)
        before = before->next;
    return !carry->token && !before;
}

bool layout_carries_equal(const struct layout_carry *a, const struct layout_carry *b)
{
    for (; a && b; a = a->next, b = b->next)
        if (a->note != b->note || !layout_tokens_equal(a->token, b->token))
            return false;
    return a == b;
}

const struct layout_carry *layout_carry_copy(struct arena *arena, const struct layout_carry *carry)
{
    if (!carry)
        return NULL;
    struct layout_carry *copy = arena_copy(arena, carry, sizeof *copy);
    copy->token = layout_token_copy(arena, carry->token);
    copy->next = layout_carry_copy(arena, carry->next);
    return copy;
}
