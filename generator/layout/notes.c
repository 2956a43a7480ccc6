/* Footnotes: those whose marks stand on a page, at its foot below a short rule, in two columns where there are several. */
#include "layout/layout_internal.h"

static const double RULE_WIDTH = 57, RULE = 0.4, BOTH_COLUMNS = 300;      /* points */

struct notes {
    const struct layout_note **items;      /* malloc'ed; by their order */
    struct layout_fragment **pieces;       /* each of them, set */
    size_t count, capacity;
};

/* ---- which ---------------------------------------------------------------------------------------------------- */

static void add_note(struct notes *notes, const struct layout_note *note)
{
    size_t i = notes->count;
    VEC_GROW(notes->items, notes->capacity, notes->count + 1);
    for (; i > 0 && notes->items[i - 1]->order > note->order; i--)
        notes->items[i] = notes->items[i - 1];
    notes->items[i] = note;
    notes->count++;
    for (const struct layout_note *inner = note->box->notes; inner; inner = inner->next)
        add_note(notes, inner);            /* a note in a note */
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

/* ---- where ---------------------------------------------------------------------------------------------------- */

static double height_of(const struct notes *notes, size_t from, size_t to)
{
    double height = 0;
    for (size_t i = from; i < to; i++)
        height += notes->pieces[i]->bottom - notes->pieces[i]->frame.y;
    return height;
}

/* How many stand in the left column: both as level as whole notes can be. */
static size_t left_of(const struct notes *notes)
{
    size_t best = notes->count;
    for (size_t n = notes->count; n > 0; n--)
        if (fmax(height_of(notes, 0, n), height_of(notes, n, notes->count)) <
            fmax(height_of(notes, 0, best), height_of(notes, best, notes->count)))
            best = n;
    return best;
}

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

static void put_rule(struct layout_run *run, const struct layout_place *place, struct layout_fragment *out)
{
    struct layout_fragment *piece = layout_fragment_new(run, run->notes->first, place);
    piece->frame = (struct rect){ place->x, 0.6 * run->step, RULE_WIDTH, RULE };
    layout_add_fragment(out, piece);
}

struct layout_fragment *layout_fit_notes(struct layout_run *run, const struct layout_fragment *page,
                                         const struct layout_place *type_area)
{
    struct notes notes = { .count = 0 };
    collect(run, page, &notes);
    notes.pieces = arena_array(run->scratch, struct layout_fragment *, notes.count);
    if (!notes.count)
        return NULL;
    bool two = type_area->width >= BOTH_COLUMNS;
    struct layout_place place = { .x = type_area->x, .limit = INFINITY, .must = true, .page = type_area->page };
    place.width = two ? (type_area->width - run->gutter) / 2 : type_area->width;
    struct layout_fragment *out = layout_fragment_new(run, run->notes, &place);
    for (size_t i = 0; i < notes.count; i++)
        notes.pieces[i] = layout_fit(run, notes.items[i]->box, &place, NULL);
    put_rule(run, &place, out);
    size_t left = two ? left_of(&notes) : notes.count;
    double y = run->step, highest = 0;
    for (size_t i = 0; i < notes.count; i++) {
        struct layout_fragment *piece = notes.pieces[i];
        double height = piece->bottom - piece->frame.y;
        y = i == left ? run->step : y;
        layout_move_fragment(piece, i < left ? 0 : place.width + run->gutter, y);
        layout_add_fragment(out, piece);
        y += height;
        highest = fmax(highest, y);
    }
    out->bottom = run->step * layout_rows(run, highest);
    out->frame = (struct rect){ type_area->x, 0, type_area->width, out->bottom };
    mem_free(notes.items);
    return out;
}

void layout_place_notes(const struct layout_run *run, struct layout_fragment *notes, double foot)
{
    double last = 0;
    for (const struct layout_fragment *f = notes->first; f; f = f->next)
        if (f->line_count)
            last = fmax(last, f->lines[f->line_count - 1].baseline);
    layout_move_fragment(notes, 0, foot - run->drop - last);
}
