/* The tree of boxes. */
#include <string.h>

#include "layout/layout_internal.h"

struct layout_box *layout_box_new(struct arena *arena, enum layout_kind kind, struct source at)
{
    struct layout_box *box = arena_new_of(arena, struct layout_box);
    box->kind = kind;
    box->at = at;
    box->align = -1;
    box->page = -1;
    return box;
}

void layout_append(struct layout_box *parent, struct layout_box *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

static bool has_border(const struct layout_box *box)
{
    return box->border.top > 0 || box->border.right > 0 || box->border.bottom > 0 || box->border.left > 0;
}

static bool has_padding(const struct layout_box *box)
{
    return box->padding.top > 0 || box->padding.bottom > 0;
}

bool layout_is_plain(const struct layout_box *box)
{
    return box->kind == LAYOUT_STACK && !box->background && !box->backdrop && !has_border(box) && !has_padding(box) &&
           !(box->bar > 0) && !(box->height > 0) && !(box->min_height > 0) && !(box->stretch > 0);
}

/* A style's own space says how far a heading stands from the text above: at a top there is none. */
static bool vanishes(const struct layout_box *box)
{
    return box->kind == LAYOUT_PARAGRAPH && box->style && box->margin.top == box->style->space_before;
}

double layout_space_before(const struct layout_box *box, bool top)
{
    double space = top && vanishes(box) ? 0 : box->margin.top;
    if (layout_is_plain(box) && box->first)
        space = fmax(space, layout_space_before(box->first, top));
    return space;
}

double layout_space_after(const struct layout_box *box)
{
    double space = box->margin.bottom;
    if (layout_is_plain(box) && box->last)
        space = fmax(space, layout_space_after(box->last));
    return space;
}

bool layout_keeps_next(const struct layout_box *box)
{
    if (box->kind == LAYOUT_SPACE && box->previous)
        return layout_keeps_next(box->previous);               /* room below a heading parts it from nothing */
    if (box->headings_above)
        return false;
    if (box->keep_next || (box->kind == LAYOUT_PARAGRAPH && box->style && box->style->keep_next > 0))
        return true;
    return layout_is_plain(box) && box->last && layout_keeps_next(box->last);
}

/* ---- tokens --------------------------------------------------------------------------------------------------- */

struct layout_token *layout_token_new(struct layout_run *run, const struct layout_box *child,
                                      const struct layout_token *inner)
{
    struct layout_token *token = arena_new_of(run->scratch, struct layout_token);
    token->child = child;
    token->inner = inner;
    return token;
}

bool layout_tokens_equal(const struct layout_token *a, const struct layout_token *b)
{
    if (!a || !b)
        return a == b;
    if (a->child != b->child || a->from != b->from || a->floats != b->floats || a->figure != b->figure || a->forced != b->forced ||
        a->cell_count != b->cell_count)
        return false;
    for (int i = 0; i < a->cell_count; i++)
        if (!layout_tokens_equal(a->cells[i], b->cells[i]))
            return false;
    return layout_tokens_equal(a->inner, b->inner);
}

const struct layout_token *layout_token_copy(struct arena *arena, const struct layout_token *token)
{
    if (!token)
        return NULL;
    struct layout_token *copy = arena_copy(arena, token, sizeof *token);
    copy->inner = layout_token_copy(arena, token->inner);
    const struct layout_token **cells = arena_array(arena, const struct layout_token *, token->cell_count + 1);
    for (int i = 0; i < token->cell_count; i++)
        cells[i] = layout_token_copy(arena, token->cells[i]);
    copy->cells = token->cells ? cells : NULL;
    return copy;
}

/* ---- fragments ------------------------------------------------------------------------------------------------ */

struct layout_fragment *layout_fragment_new(struct layout_run *run, struct layout_box *box,
                                            const struct layout_place *place)
{
    struct layout_fragment *fragment = arena_new_of(run->scratch, struct layout_fragment);
    fragment->box = box;
    fragment->frame = (struct rect){ place->x, place->y, place->width, 0 };
    fragment->bottom = place->y;
    return fragment;
}

void layout_add_fragment(struct layout_fragment *parent, struct layout_fragment *child)
{
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

struct layout_fragment *layout_copy_fragment(struct arena *arena, const struct layout_fragment *fragment)
{
    struct layout_fragment *copy = arena_copy(arena, fragment, sizeof *fragment);
    copy->first = copy->last = copy->next = NULL;
    copy->rest = layout_token_copy(arena, fragment->rest);
    if (fragment->line_count)
        copy->lines = arena_copy(arena, fragment->lines, fragment->line_count * sizeof *fragment->lines);
    if (fragment->strip_count)
        copy->strips = arena_copy(arena, fragment->strips, (size_t)fragment->strip_count * sizeof *fragment->strips);
    for (const struct layout_fragment *child = fragment->first; child; child = child->next)
        layout_add_fragment(copy, layout_copy_fragment(arena, child));
    return copy;
}

void layout_move_fragment(struct layout_fragment *fragment, double dx, double dy)
{
    fragment->frame.x += dx;
    fragment->frame.y += dy;
    fragment->bottom += dy;
    for (size_t i = 0; i < fragment->line_count; i++) {
        fragment->lines[i].line.x += dx;
        fragment->lines[i].baseline += dy;
    }
    for (struct layout_fragment *child = fragment->first; child; child = child->next)
        layout_move_fragment(child, dx, dy);
}
