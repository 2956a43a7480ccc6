/* Selectors: the elements of an arrangement that take content from what is in hand and make boxes of it. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "compose/arrange.h"

/* ---- selectors: lines ------------------------------------------------------------------------------------------------------ */
static enum design_align align_of(const struct design_element *e, const char *name, enum design_align missing)
{
    const char *align = design_attribute(e, name);
    return !align                    ? missing
           : !strcmp(align, "start")  ? DESIGN_START
           : !strcmp(align, "centre") ? DESIGN_CENTRE
           : !strcmp(align, "end")    ? DESIGN_END
                                      : DESIGN_JUSTIFY;
}

static void line(struct run *run, const struct design_element *e, struct layout_box *parent, struct run_text text,
                 const struct design_style *style, struct display_node *node, struct source at)
{
    struct layout_box *box = run_paragraph(run, parent, text, style, node, at, e->name);
    box->text_align = align_of(e, "align", style->align);
    box->width_limit = run_length(run, e, "width", 0);
    box->margin.top = run_length(run, e, "margin-top", style->space_before);
    box->margin.bottom = run_length(run, e, "margin-bottom", style->space_after);
    box->margin.left = run_length(run, e, "margin-left", 0);
    box->no_indent = true;
}

static const char *style_name(const struct design_element *e, const char *missing)
{
    const char *name = design_attribute(e, "style");
    return name ? name : missing;
}

/* The title of what is in hand: an item's, a block's, a part's. */
const struct plan_inline *const *run_title_of(const struct run_context *context)
{
    return context->item    ? &context->item->title
           : context->block ? &context->block->title
           : context->part  ? &context->part->title
                            : NULL;
}

struct source run_place_of(const struct run_context *context)
{
    return context->item ? context->item->at : context->block ? context->block->at : context->part->at;
}

static size_t lines_of(struct run *run, const struct design_element *e, struct run_text text,
                       const struct design_style *style)
{
    struct text_para *para = text_para_new(run->engine, text.spans, text.count);
    size_t lines = text_para_line_count(para, run_length(run, e, "width", run_width(run)), style->align, 0);
    text_para_free(para);
    return lines;
}

static struct run_text in_style(struct run *run, struct run_text text, const struct design_style *style)
{
    struct text_span *spans = arena_copy(run->arena, text.spans, text.count * sizeof *spans);
    for (size_t i = 0; i < text.count; i++)
        spans[i].style = style;
    return (struct run_text){ spans, text.count };
}

/* lines="2 3" else="h1-middle h1-small": the first style in which the text makes no more lines than its number, else the last
   one. The last number serves all styles that follow. */
static const struct design_style *fitting_style(struct run *run, const struct design_element *e, struct run_text text,
                                                const struct design_style *style)
{
    const char *other = design_attribute(e, "else"), *lines = design_attribute(e, "lines");
    unsigned long most = 1;
    while (other && *other) {
        char *end = NULL;
        if (lines && *lines) {
            most = strtoul(lines, &end, 10);
            lines = end;
        }
        if (lines_of(run, e, text, style) <= most)
            break;
        size_t n = strcspn(other, " ");
        style = run_style(run, arena_strndup(run->arena, other, n), e->at);
        text = in_style(run, text, style);
        other += n + strspn(other + n, " ");
    }
    return style;
}

/* All bytes of a text, one after the other. */
static char *joined(struct run *run, struct run_text text)
{
    struct buf all = BUF_EMPTY;
    for (size_t i = 0; i < text.count; i++)
        buf_put(&all, text.spans[i].text, text.spans[i].length);
    char *kept = arena_strdup(run->building, buf_text(&all));
    buf_free(&all);
    return kept;
}

/* The space before the plan's period, where a title ends with it; NULL. */
static const char *before_period(struct run *run, const struct run_context *context, const char *title)
{
    if (!run->plan->period)
        return NULL;
    struct run_text period = run_words(run, run->plan->period, run->design->styles[0], NULL, context->lang, (struct source){ 0 });
    const char *words = joined(run, period);
    size_t length = strlen(words), all = strlen(title);
    const char *at = title + all - length - 1;
    return all > length + 1 && *at == ' ' && !strcmp(at + 1, words) ? at : NULL;
}

/* The space where a title's first line ends at that width; NULL when there is only one line or it ends in a hyphen. */
static const char *full_line(struct run *run, const char *title, struct run_text text, const struct design_style *style,
                             double width)
{
    struct text_para *para = text_para_new(run->engine, text.spans, text.count);
    struct text_room room = { 0, width, false, false };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = style->align };
    struct text_lines lines = text_para_break(para, &request, run->building);
    const char *end = NULL;
    if (lines.count > 1 && !lines.lines[0].hyphenated) {
        struct text_run *runs;
        size_t count = text_line_runs(para, &lines.lines[0], run->building, &runs), spaces = 0;
        for (size_t i = 0; i < count; i++)
            for (size_t b = 0; b < runs[i].text_length; b++)
                spaces += runs[i].text[b] == ' ';
        for (end = title; end && spaces > 0; spaces--)
            end = strchr(end + (end > title), ' ');
        end = end == title ? NULL : end;
    }
    text_para_free(para);
    return end;
}

/* The text with a line's end in place of the space at `end`, and another style behind it. */
static struct run_text in_two_styles(struct run *run, struct run_text text, size_t end, const struct design_style *rest)
{
    struct text_span *spans = arena_array(run->building, struct text_span, text.count + 2);
    size_t count = 0, at = 0;
    for (size_t i = 0; i < text.count; at += text.spans[i++].length) {
        struct text_span span = text.spans[i], first = span;
        bool ends = at <= end && end < at + span.length;
        size_t before = ends ? end - at : 0;
        if (ends) {
            first.length = before;
            if (before)
                spans[count++] = first;
            first.text = "\n";
            first.length = 1;
            spans[count++] = first;
            span.text += before + 1;
            span.length -= before + 1;
        }
        if (ends || at > end)
            span.style = rest;
        if (span.length)
            spans[count++] = span;
    }
    return (struct run_text){ spans, count };
}

/* The style at another's size: its own, where they have the same. */
static const struct design_style *as_large(struct run *run, const struct design_style *style,
                                           const struct design_style *other)
{
    if (style->size == other->size)
        return style;
    struct design_style *copy = arena_copy(run->arena, style, sizeof *style);
    copy->size = other->size;
    copy->leading = other->leading;
    return copy;
}

/* rest="h1-light": a pair of lines, the second in another style. The first one ends after a colon, before the plan's period
   at the title's end, or where it is full. */
static struct run_text paired(struct run *run, const struct design_element *e, const struct run_context *context,
                              struct run_text text, const struct design_style *style)
{
    const char *rest = design_attribute(e, "rest");
    if (!rest || !text.count)
        return text;
    const char *title = joined(run, text), *colon = strstr(title, ": "), *end = colon ? colon + 1 : NULL;
    if (!end)
        end = before_period(run, context, title);
    if (!end)
        end = full_line(run, title, text, style, run_length(run, e, "width", run_width(run)));
    return end ? in_two_styles(run, text, (size_t)(end - title), as_large(run, run_style(run, rest, e->at), style)) : text;
}

static void build_title(struct run *run, const struct design_element *e, struct run_context *context,
                        struct layout_box *parent, struct run_look look)
{
    const struct plan_inline *const *title = run_title_of(context);
    if (!title || !*title || run_is_taken(run, title))
        return;
    struct display_node *node = run_node(run, title);
    const struct design_style *style = run_style(run, style_name(e, run_heading_style(run, node, look)), e->at);
    const struct design_colour *colour = run_colour(run, design_attribute(e, "colour"), look.hue);
    style = fitting_style(run, e, run_inline(run, *title, style, NULL, context->lang, NULL), style);
    run_take(run, title);
    struct run_text text = run_title(run, context, title, style, colour);
    line(run, e, parent, paired(run, e, context, text, style), style, node, run_place_of(context));
    if (!context->block && !context->item)
        run_note_heading(run, context->part, parent->last);
    parent->last->keep_next = true;
}

static void build_number(struct run *run, const struct design_element *e, struct run_context *context,
                         struct layout_box *parent, struct run_look look)
{
    const struct plan_part *part = context->part;
    if (context->block || !part || !part->number || run_is_taken(run, &part->number))
        return;
    const struct design_style *style = run_style(run, style_name(e, run_heading_style(run, run_node(run, &part->title), look)), e->at);
    const struct design_colour *colour = run_colour(run, design_attribute(e, "colour"), look.hue);
    const char *other = design_attribute(e, "else");
    if (other && run_natural_width(run, run_words(run, part->number, style, NULL, context->lang, part->at)) >
                     run_length(run, e, "width", run_width(run)))
        style = run_style(run, other, e->at);
    /* The no-break space parts the number from the title in extracted text: both belong to the heading. */
    const char *number = arena_printf(run->building, "%s\u00a0", part->number);
    run_take(run, &part->number);
    line(run, e, parent, run_words(run, number, style, colour, context->lang, part->at), style,
         run_node(run, part->title ? (const void *)&part->title : part), part->at);
    parent->last->keep_next = true;
}

static void build_lead(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    const struct plan_block *block = run_find_block(run, context, "lead");
    if (!block)
        return;
    const struct design_style *style = run_style(run, style_name(e, "lead"), e->at);
    const struct design_colour *colour = run_colour(run, design_attribute(e, "colour"), look.hue);
    struct display_node *node = run_node(run, block);
    run_take(run, block);
    line(run, e, parent, run_inline(run, block->text, style, colour, context->lang, node), style, node, block->at);
}

/* Fields of the plan that stand in the document once have their own node; where they come again they are furniture. */
const void *run_field_thing(const struct plan *plan, const char *name)
{
    return !strcmp(name, "title")          ? (const void *)&plan->title
           : !strcmp(name, "subtitle")     ? (const void *)&plan->subtitle
           : !strcmp(name, "organisation") ? (const void *)&plan->organisation
           : !strcmp(name, "unit")         ? (const void *)&plan->unit_name
                                           : NULL;
}

static void build_field(struct run *run, const struct design_element *e, struct run_context *context,
                        struct layout_box *parent, struct run_look look)
{
    const char *name = design_attribute(e, "name"), *text = run_field(run, context, name, context->lang);
    if (!text || !*text)
        return;
    const void *thing = run_field_thing(run->plan, name);
    const struct design_style *style = run_style(run, style_name(e, "body"), e->at);
    const struct design_colour *colour = run_colour(run, design_attribute(e, "colour"), look.hue);
    style = fitting_style(run, e, run_words(run, text, style, colour, context->lang, e->at), style);
    struct display_node *node = thing && !run_is_taken(run, thing) ? run_node(run, thing) : NULL;
    if (thing)
        run_take(run, thing);
    struct run_text words = run_words(run, text, style, colour, context->lang, e->at);
    line(run, e, parent, paired(run, e, context, words, style), style, node, (struct source){ run->plan->file, 1, 1 });
}

/* A paragraph below `parent`, right after `before` (NULL: the last). */
static struct display_node *node_after(struct run *run, struct display_node *parent, struct display_node *before,
                                       struct source at)
{
    struct display_node *node = display_add_node(run->document, parent, DISPLAY_P, at), *last = before;
    if (!before || before->next == node)
        return node;
    while (last->next != node)
        last = last->next;
    last->next = NULL;
    parent->last = last;
    node->next = before->next;
    before->next = node;
    return node;
}

/* The first paragraph of the plan's summary, read after the plan's title; one that makes more than `lines` stays out. */
static void build_summary(struct run *run, const struct design_element *e, struct run_context *context,
                          struct layout_box *parent, struct run_look look)
{
    const struct plan_block *block = run->plan->summary;
    while (block && block->kind != PLAN_PARAGRAPH)
        block = block->next;
    if (!block || run_is_taken(run, &run->plan->summary))
        return;
    const struct design_style *style = run_style(run, style_name(e, "lead"), e->at);
    const struct design_colour *colour = run_colour(run, design_attribute(e, "colour"), look.hue);
    struct run_text tried = run_inline(run, block->text, style, NULL, context->lang, NULL);
    if (lines_of(run, e, tried, style) > (size_t)design_number(e, "lines", 100))
        return;
    struct display_node *node = node_after(run, run->document->root, run_node(run, &run->plan->title), e->at);
    run_take(run, &run->plan->summary);
    line(run, e, parent, run_inline(run, block->text, style, colour, context->lang, node), style, node, block->at);
}

/* A word of the template's own reads right after the heading of its part. */
static struct display_node *word_node(struct run *run, const struct run_context *context, struct source at)
{
    struct display_node *sect = context->part ? run_node(run, context->part) : run->document->root;
    return node_after(run, sect, context->part ? run_node(run, &context->part->title) : NULL, at);
}

static char *count_word(struct run *run, const char *lang, size_t n)
{
    const char *key = arena_printf(run->building, "number.%zu", n), *word = design_word(run->design, lang, key);
    return arena_strdup(run->building, strcmp(word, key) ? word : arena_printf(run->building, "%zu", n));
}

/* "én gruppe", "otte grupper", "14 mål": the key for one, and for more. */
static char *count_of_things(struct run *run, const char *lang, const char *thing, size_t n)
{
    const char *pairs[] = { "n", count_word(run, lang, n), "number", arena_printf(run->building, "%zu", n), NULL };
    return run_word(run, lang, arena_printf(run->building, "%s.%s", thing, n == 1 ? "one" : "many"), pairs);
}

static void build_word(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    size_t groups = 0, goals = 0;
    for (const struct plan_block *b = context->blocks; b; b = b->next) {
        if (b->kind != PLAN_PART || b->part->kind != PLAN_GOAL_GROUP)
            continue;
        groups++;
        for (const struct plan_goal *goal = b->part->goals; goal; goal = goal->next)
            goals++;
    }
    const char *pairs[] = { "goals", count_of_things(run, context->lang, "goals", groups ? goals : run->plan->goal_count),
                            "groups", count_of_things(run, context->lang, "groups", groups),
                            "areas", count_word(run, context->lang, run->plan->area_count),
                            "initiatives", count_word(run, context->lang, run->plan->initiative_count),
                            "period", run->plan->period, "states", run_states(run, context->blocks, context->lang), NULL };
    const char *key = design_attribute(e, "key"), *report = arena_printf(run->building, "%s.status", key);
    bool reports = run->status && strcmp(design_word(run->design, context->lang, report), report);
    const char *text = run_word(run, context->lang, reports ? report : key, pairs);
    const struct design_style *style = run_style(run, style_name(e, "body"), e->at);
    const struct design_colour *colour = run_colour(run, design_attribute(e, "colour"), look.hue);
    line(run, e, parent, run_words(run, text, style, colour, context->lang, e->at), style,
         word_node(run, context, e->at), e->at);
}

/* ---- selectors: blocks ------------------------------------------------------------------------------------------------------ */
static int place_word(const struct design_element *e, int missing)
{
    const char *place = design_attribute(e, "place");
    return !place ? missing : !strcmp(place, "left") ? -1 : !strcmp(place, "centre") ? 0 : 1;
}

static struct run_drawing drawing_of(const struct run *run, const struct design_element *e)
{
    return (struct run_drawing){ .width = run_length(run, e, "width", 0), .height = run_length(run, e, "height", 0),
                                 .radius = run_length(run, e, "radius", 0), .place = place_word(e, 0),
                                 .caption = align_of(e, "caption", DESIGN_START),
                                 .style = design_attribute(e, "style"),
                                 .ground = design_attribute(e, "ground") };
}

static void take_one(struct run *run, const struct design_element *e, struct run_context *context,
                     const struct plan_block *block, struct layout_box *parent, struct run_look look)
{
    struct layout_box *before = parent->last;
    bool drawn = block->kind == PLAN_ILLUSTRATION || block->kind == PLAN_CHART || block->kind == PLAN_KEY_FIGURE ||
                 block->kind == PLAN_PICTURE;
    if (design_attribute(e, "style"))
        look.text = look.list = design_attribute(e, "style");
    run_take(run, block);
    if (drawn)
        run_illustration(run, context, block, parent, drawing_of(run, e));
    else
        run_block(run, context, block, parent, look, false);
    struct layout_box *box = before ? before->next : parent->first;
    if (!box)
        return;
    box->margin.top += run_length(run, e, "margin-top", 0);
    parent->last->margin.bottom += run_length(run, e, "margin-bottom", 0);
}

static void build_take(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    bool all = design_flag(e, "all", false);
    const struct plan_block *block;
    while ((block = run_find_block(run, context, design_attribute(e, "what")))) {
        take_one(run, e, context, block, parent, look);
        if (!all)
            return;
    }
}

/* "gutter right left": the place of the context in its <each> chooses. */
static enum layout_side side_of(const char *sides, size_t index)
{
    static const struct { const char *name; enum layout_side side; } names[] = {
        { "left", LAYOUT_SIDE_LEFT },   { "right", LAYOUT_SIDE_RIGHT }, { "gutter", LAYOUT_SIDE_GUTTER },
        { "outer", LAYOUT_SIDE_OUTER }, { "inner", LAYOUT_SIDE_INNER },
    };
    size_t count = 1;
    for (const char *at = sides; at && *at; at++)
        count += *at == ' ';
    const char *at = sides ? sides : "right";
    for (size_t skip = index % count; skip; skip--)
        at = strchr(at, ' ') + 1;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strncmp(at, names[i].name, strlen(names[i].name)))
            return names[i].side;
    return LAYOUT_SIDE_RIGHT;
}

static void add_float(struct layout_box *columns, struct layout_float *one)
{
    struct layout_float **end = &columns->floats;
    while (*end)
        end = &(*end)->next;
    *end = one;
}

/* A drawing that takes all the height there is leaves some for the caption below the columns. */
struct reserved {
    struct layout_drawing *inner;
    double below;
};

static struct layout_size measure_reserved(void *data, struct layout_size room)
{
    const struct reserved *r = data;
    if (room.height > r->below)
        room.height -= r->below;
    return r->inner->measure(r->inner->data, room);
}

static void draw_reserved(void *data, struct display_page *page, struct rect frame)
{
    const struct reserved *r = data;
    r->inner->draw(r->inner->data, page, frame);
}

static void outline_reserved(void *data, struct rect frame, struct path *out)
{
    const struct reserved *r = data;
    if (r->inner->outline)
        r->inner->outline(r->inner->data, frame, out);
    else
        path_rect(out, frame);
}

static struct layout_drawing *reserved(struct run *run, struct layout_drawing *inner, double below)
{
    struct reserved *r = arena_new_of(run->building, struct reserved);
    struct layout_drawing *outer = arena_new_of(run->building, struct layout_drawing);
    *r = (struct reserved){ inner, below };
    *outer = (struct layout_drawing){ .data = r, .measure = measure_reserved, .draw = draw_reserved,
                                      .outline = outline_reserved };
    return outer;
}

static void build_float(struct run *run, const struct design_element *e, struct run_context *context,
                        struct layout_box *parent, struct run_look look)
{
    const struct plan_block *block = run_find_block(run, context, design_attribute(e, "of"));
    if (!block)
        return;
    run_take(run, block);
    struct layout_box *box = run_drawn(run, context, block, drawing_of(run, e));
    if (parent->kind != LAYOUT_COLUMNS || !box) {
        run_block(run, context, block, parent, look, false);
        return;
    }
    struct layout_float *one = arena_new_of(run->building, struct layout_float);
    *one = (struct layout_float){ .box = box, .side = side_of(design_attribute(e, "side"), context->index),
                                  .align = 0.5 + 0.5 * run_vertical(e, 0), .offset = run_length(run, e, "offset", 0),
                                  .gap = run_length(run, e, "gap", 0), .width = run_length(run, e, "width", 0) };
    add_float(parent, one);
    if (block->title || block->kind == PLAN_PICTURE)
        box->drawing = reserved(run, box->drawing, 2 * run->design->page.baseline_step);
    /* The caption of a drawing among columns stands below them. */
    if (parent->parent) {
        struct layout_box *last = parent->parent->last;
        run_caption(run, context, block, parent->parent, drawing_of(run, e).caption);
        parent->keep_next |= parent->parent->last != last;
    }
}

/* ---- selectors: drawings ---------------------------------------------------------------------------------------------------- */
static struct layout_box *drawing_box(struct run *run, const struct design_element *e, struct layout_box *parent,
                                      struct layout_drawing *drawing)
{
    struct layout_box *box = run_box(run, parent, LAYOUT_DRAWING, e->at, e->name);
    box->drawing = drawing;
    box->place = place_word(e, -1);
    box->margin.top = run_length(run, e, "margin-top", 0);
    box->margin.bottom = run_length(run, e, "margin-bottom", 0);
    box->margin.left = run_length(run, e, "margin-left", 0);
    return box;
}

static const char *icon_of(const struct run_context *context)
{
    return context->item ? context->item->icon : context->block ? context->block->icon : context->part->icon;
}

static void build_icon(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    const char *name = icon_of(context), *shape = design_attribute(e, "shape");
    const struct image_vector *art = name ? run_icon(run, name, run_place_of(context)) : NULL;
    look = run_look_of(e, look);
    if (art)
        drawing_box(run, e, parent, chart_icon(&run->charts, art, look.hue,
                                               run_colour(run, design_attribute(e, "ground"), look.hue),
                                               shape, run_length(run, e, "size", 24)));
}

/* A drawing whose foot stands out below its box: a scene that breaks out of its field. */
struct overhang {
    struct layout_drawing *inner;
    double depth;
};

static struct layout_size measure_overhang(void *data, struct layout_size room)
{
    const struct overhang *o = data;
    if (room.height > 0)
        room.height += o->depth;
    struct layout_size size = o->inner->measure(o->inner->data, room);
    size.height = size.height > o->depth ? size.height - o->depth : 0;
    return size;
}

static void draw_overhang(void *data, struct display_page *page, struct rect frame)
{
    const struct overhang *o = data;
    frame.height += o->depth;
    o->inner->draw(o->inner->data, page, frame);
}

static struct layout_drawing *overhung(struct run *run, struct layout_drawing *inner, double depth)
{
    if (depth <= 0)
        return inner;
    struct overhang *o = arena_new_of(run->building, struct overhang);
    struct layout_drawing *outer = arena_new_of(run->building, struct layout_drawing);
    *o = (struct overhang){ inner, depth };
    *outer = (struct layout_drawing){ .data = o, .measure = measure_overhang, .draw = draw_overhang };
    return outer;
}

/* "spots/{icon}.svg": {icon}, {index} and {id} of what is in hand; NULL when it has no icon. */
static const char *art_name(struct run *run, const struct run_context *context, const char *pattern)
{
    const char *icon = icon_of(context);
    if (!icon && strstr(pattern, "{icon}"))
        return NULL;
    const struct { const char *key, *value; } names[] = {
        { "{icon}", icon ? icon : "" },
        { "{id}", context->part->id },
        { "{index}", arena_printf(run->building, "%zu", context->index + 1) },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *at = strstr(pattern, names[i].key);
        if (at)
            pattern = arena_printf(run->building, "%.*s%s%s", (int)(at - pattern), pattern, names[i].value,
                                   at + strlen(names[i].key));
    }
    return pattern;
}

static void build_art(struct run *run, const struct design_element *e, struct run_context *context,
                      struct layout_box *parent, struct run_look look)
{
    const char *other = design_attribute(e, "else"), *shape = design_attribute(e, "shape");
    const char *src = art_name(run, context, design_attribute(e, "src"));
    const struct image_vector *art = src ? run_art(run, src, e->at, !other) : NULL;
    look = run_look_of(e, look);
    if (!art && other) {
        src = art_name(run, context, other);
        art = src ? run_art(run, src, e->at, true) : NULL;
    }
    if (!art)
        return;
    struct layout_drawing *drawn = chart_picture(&run->charts, NULL, art, shape ? shape : "rectangle", look.hue,
                                                 run_length(run, e, "width", 0), run_length(run, e, "height", 0));
    drawing_box(run, e, parent, overhung(run, drawn, run_length(run, e, "overhang", 0)));
}

static void build_dots(struct run *run, const struct design_element *e, struct run_context *context,
                       struct layout_box *parent, struct run_look look)
{
    (void)look;
    run_dots(run, context, e, parent);
}

static void build_goals(struct run *run, const struct design_element *e, struct run_context *context,
                        struct layout_box *parent, struct run_look look)
{
    (void)look;
    run_goals(run, context, e, parent);
}

/* ---- the table of selectors --------------------------------------------------------------------------------------------------- */
static const struct {
    const char *name;
    run_builder *build;
} selectors[] = {
    { "title", build_title }, { "number", build_number }, { "lead", build_lead }, { "field", build_field },
    { "summary", build_summary }, { "word", build_word },    { "take", build_take },     { "float", build_float }, { "icon", build_icon },
    { "art", build_art },     { "dots", build_dots },     { "goals-table", build_goals },
    { "goals-cards", build_goals },
};

run_builder *run_selector(const char *name)
{
    for (size_t i = 0; i < sizeof selectors / sizeof *selectors; i++)
        if (!strcmp(name, selectors[i].name))
            return selectors[i].build;
    return NULL;
}
