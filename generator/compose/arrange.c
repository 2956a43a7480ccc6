/* The interpreter of arrangements: an element of the template, a context with the plan's content in hand, and the box
   that receives what it makes. What no element took is set plainly where <body/> or <rest/> stands, else at the end. */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "compose/arrange.h"

/* ---- boxes ----------------------------------------------------------------------------------------------------------- */
struct layout_box *run_box(struct run *run, struct layout_box *parent, enum layout_kind kind, struct source at,
                           const char *name)
{
    struct layout_box *box = layout_box_new(run->building, kind, at);
    box->name = name;
    if (parent)
        layout_append(parent, box);
    return box;
}

const char *run_called(struct run *run, const char *element, const char *id)
{
    return id ? arena_printf(run->building, "%s \"%s\"", element, id) : element;
}

const struct design_colour *run_colour(const struct run *run, const char *role, int hue)
{
    return role ? display_role_colour(run->design, role, hue) : NULL;
}

const struct design_style *run_style(struct run *run, const char *name, struct source at)
{
    const struct design_style *style = design_lookup_style(run->design, name);
    if (style)
        return style;
    diag_error(run->diag, at, "E460", _("the template has no text style \"%s\""), name);
    diag_remedy(run->diag, _("add <style name=\"%s\" .../> to %s, or name another style"), name, run->design->file);
    return run->design->styles[0];
}

double run_width(const struct run *run)
{
    const struct design_page *page = &run->design->page;
    return page->width - page->inside - page->outside;
}

double run_length(const struct run *run, const struct design_element *e, const char *name, double missing)
{
    return design_length(run->design, e, name, run_width(run), missing);
}

int run_vertical(const struct design_element *e, int missing)
{
    const char *align = design_attribute(e, "align");
    return !align ? missing : !strcmp(align, "top") ? -1 : !strcmp(align, "middle") ? 0 : 1;
}

struct run_look run_look_of(const struct design_element *e, struct run_look look)
{
    const char *text = design_attribute(e, "text"), *list = design_attribute(e, "lists");
    const char *heading = design_attribute(e, "headings"), *hue = design_attribute(e, "hue");
    const char *across = design_attribute(e, "across");
    if (across)
        look.across = across;
    if (text)
        look.text = text;
    if (list)
        look.list = list;
    if (heading)
        look.heading = heading;
    if (hue && !strcmp(hue, "none"))
        look.hue = 0;
    else if (hue && *hue >= '1' && *hue <= '9')
        look.hue = *hue - '0';
    return look;
}

/* ---- what is left ---------------------------------------------------------------------------------------------------- */
/* Put the children of `from` where the empty box `place` stands. */
static void replace(struct layout_box *place, struct layout_box *from)
{
    struct layout_box *parent = place->parent, *before = NULL;
    for (struct layout_box *box = parent->first; box != place; box = box->next)
        before = box;
    struct layout_box *first = from->first ? from->first : place->next;
    for (struct layout_box *box = from->first; box; box = box->next)
        box->parent = parent;
    if (from->last)
        from->last->next = place->next;
    *(before ? &before->next : &parent->first) = first;
    if (parent->last == place)
        parent->last = from->last ? from->last : before;
}

static void fill_hole(struct run *run, struct run_context *context, const struct run_hole *hole)
{
    const char *of = design_attribute(hole->element, "of"), *where = design_attribute(hole->element, "where");
    struct layout_box *inside = run_box(run, NULL, LAYOUT_STACK, hole->element->at, "body");
    run_left(run, context, inside, hole->look, of, where);
    replace(hole->place, inside);
}

/* A title that the arrangement left out stands before everything else of its part. */
static void plain_title(struct run *run, struct run_context *context, struct layout_box *parent,
                        struct layout_box *before, struct run_look look)
{
    const struct plan_inline *const *title = run_title_of(context);
    if (!title || !*title || run_is_taken(run, title))
        return;
    struct layout_box *inside = run_box(run, NULL, LAYOUT_STACK, run_place_of(context), "title");
    struct layout_box *place = run_box(run, NULL, LAYOUT_STACK, run_place_of(context), "title");
    run_heading(run, context, inside, look);
    place->parent = parent;
    place->next = before ? before->next : parent->first;
    *(before ? &before->next : &parent->first) = place;
    if (!place->next)
        parent->last = place;
    replace(place, inside);
}

static void finish(struct run *run, struct run_context *context, struct layout_box *parent, struct layout_box *before,
                   struct run_look look)
{
    for (const struct run_hole *hole = context->first_hole; hole; hole = hole->next)
        fill_hole(run, context, hole);
    run_left(run, context, parent, look, NULL, NULL);
    plain_title(run, context, parent, before, look);
}

void run_arrange(struct run *run, const struct design_element *e, struct run_context *context,
                 struct layout_box *parent, struct run_look look)
{
    struct layout_box *before = parent->last;
    run_children(run, e, context, parent, look);
    finish(run, context, parent, before, look);
}

void run_nested(struct run *run, const struct run_context *outer, const struct plan_part *part,
                struct layout_box *parent, struct run_look look)
{
    struct run_context context = run_part_context(run, outer, part);
    const struct design_element *arrangement = run_arrangement(run, &context);
    look.hue = context.hue;
    run_take(run, part);
    if (arrangement) {
        run_arrange(run, arrangement, &context, parent, run_look_of(arrangement, look));
        return;
    }
    struct layout_box *before = parent->last;
    finish(run, &context, parent, before, look);
}

/* ---- chapters -------------------------------------------------------------------------------------------------------- */
void run_set_master(struct run *run, struct layout_sequence *sequence, const struct design_element *e)
{
    const char *master = design_attribute(e, "master");
    const struct design_element *found = run_master(run, master ? master : "plain");
    sequence->master = master ? master : "plain";
    sequence->top = found ? run_length(run, found, "top", NAN) : NAN;
    sequence->bottom = found ? run_length(run, found, "bottom", NAN) : NAN;
    if (!found) {
        diag_error(run->diag, e->at, "E461", _("the template has no page master \"%s\""), sequence->master);
        diag_remedy(run->diag, _("add <master name=\"%s\"/> below <masters>"), sequence->master);
    }
}

struct layout_box *run_begin_sequence(struct run *run, const struct design_element *e, struct source at)
{
    if (run_flows(e) && run->last)
        return run->last->content;
    struct run_sequence *own = arena_new_of(run->arena, struct run_sequence);
    struct layout_sequence *sequence = &own->layout;
    own->chapter = run->building_chapter;
    *sequence = (struct layout_sequence){ .start = run_break_of(design_attribute(e, "start")),
                                          .content = run_box(run, NULL, LAYOUT_STACK, at, "page") };
    run_set_master(run, sequence, e);
    *(run->last ? &run->last->next : &run->first) = sequence;
    run->last = sequence;
    return sequence->content;
}

static bool has_pages(const struct design_element *arrangement)
{
    return arrangement->first && !strcmp(arrangement->first->name, "page");
}

static void arrange_chapter(struct run *run, const struct design_element *arrangement, struct run_context *context)
{
    struct run_look look = run_look_of(arrangement, (struct run_look){ .hue = context->hue });
    struct layout_box *first = NULL, *before = NULL, *content = NULL;
    const struct design_element *page = has_pages(arrangement) ? arrangement->first : arrangement;
    while (page) {
        content = run_begin_sequence(run, page, context->part->at);
        if (!first) {
            first = content;
            before = content->last;
        }
        run_children(run, page, context, content, run_look_of(page, look));
        page = page == arrangement ? NULL : page->next;
    }
    for (const struct run_hole *hole = context->first_hole; hole; hole = hole->next)
        fill_hole(run, context, hole);
    run_left(run, context, content, look, NULL, NULL);
    plain_title(run, context, first, before, look);
    run_footnotes(run, context->part, content);
}

void run_chapter(struct run *run, const struct plan_part *part, size_t index, size_t count)
{
    struct run_context context = run_part_context(run, NULL, part);
    context.index = index;
    context.count = count;
    const struct design_element *arrangement = run_arrangement(run, &context);
    if (arrangement) {
        run_take(run, part);
        arrange_chapter(run, arrangement, &context);
    } else if (part != run->front) {       /* a template need not know the council's pages */
        diag_error(run->diag, part->at, "E462", _("the template has no arrangement for <%s>"), plan_part_name(part->kind));
        diag_remedy(run->diag, _("add an <arrangement match=\"*\"> as the last one in %s"), run->design->file);
    }
}
