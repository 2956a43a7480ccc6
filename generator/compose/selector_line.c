/* Selectors that take a line of text: titles, numbers, leads, fields of the plan, words of the template. */
#include <stdlib.h>
#include <string.h>

#include "compose/arrange.h"

enum design_align run_align(const struct design_element *e, const char *name, enum design_align missing)
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
    box->text_align = run_align(e, "align", style->align);
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
    struct text_span *spans = arena_copy(run->building, text.spans, text.count * sizeof *spans);
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

void run_build_title(struct run *run, const struct design_element *e, struct run_context *context,
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

void run_build_number(struct run *run, const struct design_element *e, struct run_context *context,
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

void run_build_lead(struct run *run, const struct design_element *e, struct run_context *context,
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

void run_build_field(struct run *run, const struct design_element *e, struct run_context *context,
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
void run_build_summary(struct run *run, const struct design_element *e, struct run_context *context,
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

void run_build_word(struct run *run, const struct design_element *e, struct run_context *context,
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
