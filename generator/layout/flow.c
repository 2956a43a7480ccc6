/* Columns from top to bottom: stretches of columns, and between them boxes that run across. */
#include "layout/columns.h"

/* ---- what flows ----------------------------------------------------------------------------------------------- */

static bool opens(const struct layout_box *box)
{
    return layout_is_plain(box) && !box->keep_together && !box->movable && box->first;
}

/* The first block at or below `box`; the block after one, inside `root`; NULL at the end. */
static struct layout_box *first_block(struct layout_box *box)
{
    while (box && opens(box))
        box = box->first;
    return box;
}

static struct layout_box *next_block(const struct layout_box *root, struct layout_box *box)
{
    while (box != root && !box->next)
        box = box->parent;
    return box == root ? NULL : first_block(box->next);
}

/* A heading of a box that runs across does so too, or it would stand at the foot of some column. */
static bool runs_across(const struct layout_box *root, struct layout_box *box)
{
    while (box && !box->across && layout_keeps_next(box))
        box = next_block(root, box);
    return box && box->across && root->columns > 1;
}

/* Blocks from `box` to one that runs across, no more than these rows can hold: a chapter of a hundred pages has
   thousands. */
static void gather_blocks(struct columns *c, struct layout_box *box)
{
    size_t capacity = 0, most = (size_t)c->rows * (size_t)c->count + 16;
    bool passed = false;                   /* the figure that waits */
    for (; box && c->block_count < most && (box == c->waits || !runs_across(c->box, box)); box = next_block(c->box, box)) {
        if (passed && !columns_is_flowing(c, box))
            break;
        passed = passed || box == c->waits;
        if (box == c->waits)
            continue;
        VEC_GROW(c->blocks, capacity, c->block_count + 1);
        c->blocks[c->block_count++] = box;
    }
    bool across = box && runs_across(c->box, box);
    c->waits = passed ? c->waits : NULL;
    c->across = across && !passed ? box : NULL;
    c->stop = passed && c->block_count < most ? box : NULL;
    c->more = box && !c->across && !c->stop;
}

static void close_columns(struct columns *c)
{
    mem_free(c->memo.rooms);
    mem_free(c->blocks);
}

/* ---- one stretch ---------------------------------------------------------------------------------------------- */

static void add_floats(struct columns *c, struct layout_fragment *fragment)
{
    for (int i = 0; i < c->shape_count; i++) {
        struct layout_fragment *piece = layout_fragment_new(c->run, c->shapes[i].box, c->place);
        piece->frame = c->shapes[i].frame;
        piece->bottom = piece->frame.y + piece->frame.height;
        layout_add_fragment(fragment, piece);
    }
}

static const struct layout_box *block_at(const struct columns *c, size_t i)
{
    if (i < c->block_count)
        return c->blocks[i];
    return c->block_count ? next_block(c->box, c->blocks[c->block_count - 1]) : NULL;
}

/* Only text can be made level: a box or picture ends where it ends. */
static bool is_text(const struct columns_result *r)
{
    for (const struct layout_fragment *f = r->out->first; f; f = f->next)
        if (f->box->kind != LAYOUT_PARAGRAPH)
            return false;
    return true;
}

/* Room below the last block parts it from what follows: at a page's foot there is nothing to part, and at the top of the
   next one it would stand above all. */
static bool is_complete(const struct columns *c, const struct columns_result *r)
{
    if (r->complete || r->forced || r->inner || r->block >= c->block_count)
        return r->complete;
    struct layout_box *left = c->blocks[r->block];
    while (left && left != c->across && left->kind == LAYOUT_SPACE)
        left = next_block(c->box, left);
    return !left || left == c->across;
}

static int count_emergencies(const struct columns_result *r)
{
    int n = 0;
    for (const struct layout_fragment *f = r->out->first; f; f = f->next)
        for (size_t i = 0; i < f->line_count; i++)
            n += f->lines[i].line.emergency;
    return n;
}

static void take(struct columns *c, const struct columns_attempt *a, struct layout_fragment *fragment)
{
    const struct columns_result *r = &a->result;
    bool complete = is_complete(c, r);
    int most = 0;
    add_floats(c, fragment);
    for (struct layout_fragment *f = r->out->first, *next; f; f = next) {
        next = f->next;
        layout_add_fragment(fragment, f);
    }
    for (int i = 0; i < c->count; i++)
        most = r->ends[i] > most ? r->ends[i] : most;
    fragment->bottom = fmax(columns_edge(c, most), columns_end_of_floats(c));
    fragment->cost += a->cost - a->setting - (r->complete ? fmax(a->ends - LAYOUT_COST_UNEVEN, 0) : 0);
    fragment->cost += LAYOUT_COST_EMERGENCY * count_emergencies(r);
    if (a->uneven > 1 && is_text(r)) {
        fragment->faults |= LAYOUT_UNEVEN;
        fragment->spare_rows = a->uneven;
    }
    if (complete && !a->floats && !r->forced && !r->figure)
        return;
    const struct layout_box *after = r->figure ? (c->stop ? c->stop : c->across) : NULL;
    struct layout_token *rest = layout_token_new(c->run, complete ? after : block_at(c, r->block), r->inner);
    fragment->cost += layout_parted_cost(rest);
    rest->floats = a->floats;
    rest->figure = r->figure;
    rest->forced = r->forced;
    rest->kind = r->kind;
    if (complete && a->floats && r->any)
        fragment->faults |= LAYOUT_AWAY;
    if (!complete || a->floats || r->figure)
        fragment->rest = rest;
}

static void open_columns(struct columns *c, struct layout_box *first)
{
    struct layout_run *run = c->run;
    c->count = c->box->columns > 0 ? c->box->columns : 1;
    c->gap = c->box->gap > 0 ? c->box->gap : run->gutter;
    c->width = (c->place->width - c->gap * (c->count - 1)) / c->count;
    c->fills = c->box->unbalanced && first == first_block(c->box->first) && !c->first_inner;
    c->top = layout_row_up(run, c->place->y);
    double height = c->place->limit - c->top;
    c->rows = isfinite(height) ? layout_rows_within(run, height) : 100000;
    if (c->rows < 1 && c->place->must)
        c->rows = 1;
    gather_blocks(c, first);
    c->below = c->place->below;
    c->ends = c->place->ends;
    if (c->across && c->block_count) {
        const struct layout_box *last = c->blocks[c->block_count - 1];
        c->below = fmax(layout_space_after(last), layout_space_before(c->across, false));
        c->ends = false;
    }
}

/* Columns from a block to the next one that runs across, which *next becomes. False: nothing of it fits. */
static bool fit_stretch(struct columns *c, struct layout_box **next, const struct layout_float *floats,
                        struct layout_fragment *fragment)
{
    open_columns(c, *next);
    columns_open_floats(c, floats);
    bool must = c->place->must;
    struct columns_attempt best = c->rows > 0 ? columns_choose(c, must) : (struct columns_attempt){ 0 };
    bool fits = c->rows > 0 && (best.result.any || best.result.forced || (best.result.complete && !best.floats) ||
                                (must && best.floats != floats));
    if (fits) {
        columns_place_floats(c, best.result.height);       /* of the chosen try: others were tried after it */
        take(c, &best, fragment);
    }
    *next = c->across;
    close_columns(c);
    return fits;
}

/* ---- from top to bottom --------------------------------------------------------------------------------------- */

struct flow {
    struct layout_run *run;
    struct layout_box *box;
    struct layout_box *figure;             /* that waited for the top of this page, if it has not come yet */
    struct layout_box *waits;              /* that is to wait for the next one */
    const struct layout_place *place;
    struct layout_fragment *fragment;
    const struct layout_box *before;       /* the block that stands last */
};

/* Where the next stretch, or box across, may stand. */
static struct layout_place place_below(const struct flow *f, const struct layout_box *next)
{
    struct layout_place place = *f->place;
    if (!f->before)
        return place;
    double space = fmax(layout_space_after(f->before), layout_space_before(next, false));
    place.y = layout_row_up(f->run, f->fragment->bottom) + f->run->step * layout_rows(f->run, space);
    place.must = false;
    return place;
}

static const struct layout_box *last_before(const struct flow *f, struct layout_box *from, const struct layout_box *end)
{
    while (from && next_block(f->box, from) != end)
        from = next_block(f->box, from);
    return from;
}

/* The page ends before a block. False: nothing stands on it. */
static bool end_before(struct flow *f, const struct layout_box *block)
{
    f->fragment->rest = layout_token_new(f->run, block, NULL);
    f->fragment->cost += layout_parted_cost(f->fragment->rest);
    return f->before != NULL;
}

/* Boxes across from `box` on: with its headings, the one that they head. */
static bool fit_across(struct flow *f, struct layout_box **box, const struct layout_token *inner)
{
    struct layout_box *first = *box;
    struct layout_fragment *last = f->fragment->last;
    const struct layout_box *stood = f->before;
    double bottom = f->fragment->bottom;
    for (bool heads = true; heads; inner = NULL) {
        struct layout_place place = place_below(f, *box);
        struct layout_fragment *piece = layout_fit(f->run, *box, &place, inner);
        if (!piece && !stood && f->place->must) {
            /* Only headings stand above it: another page would not have more room. */
            place.must = true;
            piece = layout_fit(f->run, *box, &place, inner);
        }
        heads = layout_keeps_next(*box);
        if (!piece) {
            *(last ? &last->next : &f->fragment->first) = NULL;
            f->fragment->last = last;
            f->fragment->bottom = bottom;
            f->before = stood;
            return end_before(f, first);
        }
        layout_add_fragment(f->fragment, piece);
        f->fragment->cost += piece->cost;
        f->fragment->bottom = piece->bottom;
        f->before = *box;
        if (piece->rest) {
            f->fragment->rest = layout_token_new(f->run, *box, piece->rest);
            return true;
        }
        *box = next_block(f->box, *box);
        heads = heads && *box;
    }
    return true;
}

/* One stretch of columns; what stands above them on the page is the other stretches', too. */
static bool fit_columns(struct flow *f, struct layout_box **next, const struct layout_token *inner,
                        const struct layout_float *floats)
{
    struct layout_box *first = *next;
    struct layout_place place = first ? place_below(f, first) : *f->place;
    struct layout_above above = { f->fragment, place.above };
    place.above = &above;
    struct columns c = { .run = f->run, .box = f->box, .place = &place, .first_inner = inner, .first_figure = f->figure,
                         .waits = f->waits };
    const struct layout_box *figure = f->figure;
    f->figure = NULL;
    if (!fit_stretch(&c, next, floats, f->fragment))
        return end_before(f, first);
    if (*next == first && first)
        f->before = figure ? figure : f->box;              /* no text: shapes, or the figure that waited */
    else
        f->before = *next ? last_before(f, first, *next) : f->box;
    return true;
}

/* ---- figures that move to the top of the next page ------------------------------------------------------------- */

static void put_across(struct flow *f)
{
    struct layout_fragment *piece = layout_fit(f->run, f->figure, f->place, NULL);
    if (!piece || piece->rest)
        piece = columns_fit_all_the_same(f->run, f->figure, *f->place);
    layout_add_fragment(f->fragment, piece);
    f->fragment->cost += piece->cost;
    f->fragment->bottom = piece->bottom;
    f->before = f->figure;
    f->figure = NULL;
}

/* The figure across before which the page ended though lines of the text after it would go on it; NULL: none. */
static struct layout_box *figure_to_move(struct flow *f)
{
    const struct layout_token *rest = f->fragment->rest;
    struct layout_box *box = rest && !rest->inner && !rest->floats && !rest->figure ? (struct layout_box *)rest->child : NULL;
    if (!box || !box->across || !box->movable || !f->fragment->first)
        return NULL;
    struct columns c = { .run = f->run, .box = f->box, .place = f->place, .top = f->place->y };
    struct layout_box *next = next_block(f->box, box);
    bool room = layout_rows_within(f->run, f->place->limit - f->fragment->bottom) >= LAYOUT_KEEP_LINES;
    return room && next && columns_is_flowing(&c, next) && columns_may_move(&c, box, f->place->width) ? box : NULL;
}

/* ---- the whole ------------------------------------------------------------------------------------------------- */

static bool fit_from(struct flow *f, const struct layout_token *token)
{
    struct layout_box *next = token ? (struct layout_box *)token->child : first_block(f->box->first);
    const struct layout_token *inner = token ? token->inner : NULL;
    const struct layout_float *floats = token ? token->floats : f->box->floats;
    f->figure = token ? token->figure : NULL;
    bool fits = true;
    if (f->figure && f->figure->across && f->box->columns > 1) {
        put_across(f);
        if (!next && !floats)
            return true;
    }
    do {
        bool across = next && runs_across(f->box, next) && !floats && !f->figure;
        fits = across ? fit_across(f, &next, inner) : fit_columns(f, &next, inner, floats);
        inner = NULL;
        floats = NULL;
    } while (fits && next && !f->fragment->rest);
    return fits;
}

bool layout_fit_columns(struct layout_run *run, struct layout_box *box, const struct layout_place *place,
                        const struct layout_token *token, struct layout_fragment *fragment)
{
    struct flow f = { .run = run, .box = box, .place = place, .fragment = fragment };
    const struct layout_fragment fresh = *fragment;
    bool fits = fit_from(&f, token);
    f.waits = fits ? figure_to_move(&f) : NULL;
    if (f.waits) {
        *fragment = fresh;
        f.before = NULL;
        fits = fit_from(&f, token);
    }
    return fits;
}
