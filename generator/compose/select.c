/* Choosing an arrangement, and taking content out of the part in hand. */
#include <string.h>

#include "compose/run.h"

bool run_is_taken(const struct run *run, const void *thing)
{
    return run_map_lookup(&run->taken, thing) != NULL;
}

void run_take(struct run *run, const void *thing)
{
    run_map_set(&run->taken, thing, run);
}

/* ---- words in lists ------------------------------------------------------------------------------------------------- */
/* The next space-separated word of `*list`; false at the end. */
static bool next_word(const char **list, const char **word, size_t *length)
{
    const char *at = *list + strspn(*list, " ");
    *word = at;
    *length = strcspn(at, " ");
    *list = at + *length;
    return *length > 0;
}

static bool is_word(const char *word, size_t length, const char *other)
{
    return strlen(other) == length && !memcmp(word, other, length);
}

/* ---- matching ---------------------------------------------------------------------------------------------------------- */
static const char *variant_of(const struct plan_block *block)
{
    switch (block->kind) {
    case PLAN_LIST:
    case PLAN_BOX:
        return block->style;
    case PLAN_ILLUSTRATION:
    case PLAN_CHART:
        return block->variant;
    case PLAN_PICTURE:
        return block->shape;
    case PLAN_PART:                        /* "initiative:icon": one that has a sign */
        return block->part->icon ? "icon" : NULL;
    default:
        return NULL;
    }
}

static const char *name_of(const struct plan_block *block)
{
    return block->kind == PLAN_PART ? plan_part_name(block->part->kind) : plan_block_name(block->kind);
}

bool run_block_matches(const struct plan_block *block, const char *match, size_t length)
{
    const char *colon = memchr(match, ':', length);
    size_t kind = colon ? (size_t)(colon - match) : length;
    if (is_word(match, length, "*"))
        return true;
    if (!is_word(match, kind, name_of(block)))
        return false;
    const char *variant = variant_of(block);
    return !colon || (variant && is_word(colon + 1, length - kind - 1, variant));
}

static bool matches_any(const struct plan_block *block, const char *matches)
{
    const char *word;
    size_t length;
    while (next_word(&matches, &word, &length))
        if (run_block_matches(block, word, length))
            return true;
    return false;
}

const struct plan_block *run_find_block(const struct run *run, const struct run_context *context, const char *matches)
{
    for (const struct plan_block *block = context->blocks; block; block = block->next)
        if (!run_is_taken(run, block) && !(block->kind == PLAN_PART && run_is_taken(run, block->part)) &&
            matches_any(block, matches))
            return block;
    return NULL;
}

/* ---- conditions ---------------------------------------------------------------------------------------------------------- */
static size_t count_items(const struct run_context *context)
{
    const struct plan_block *list = context->block && context->block->items ? context->block : context->blocks;
    while (list && list->kind != PLAN_LIST)
        list = list->next;
    size_t n = 0;
    for (const struct plan_item *item = list ? list->items : NULL; item; item = item->next)
        n++;
    return n;
}

static size_t count_blocks(const struct plan_block *block, const char *word, size_t length)
{
    size_t n = 0;
    for (; block; block = block->next) {
        n += run_block_matches(block, word, length);
        if (block->kind == PLAN_PART && !block->part->title)
            n += count_blocks(block->part->blocks, word, length);
    }
    return n;
}

static size_t count_goals(const struct run_context *context)
{
    size_t n = 0;
    for (const struct plan_block *block = context->blocks; block; block = block->next)
        for (const struct plan_goal *goal = block->kind == PLAN_PART ? block->part->goals : NULL; goal; goal = goal->next)
            n++;
    return n;
}

/* Rows or cards of goals: one a measure, and one for what several of them share. */
static size_t count_rows(const struct plan_goal *goal)
{
    size_t n = 0;
    for (; goal; goal = goal->next) {
        n += !goal->measures || goal->measures->next;
        for (const struct plan_measure *measure = goal->measures; measure; measure = measure->next)
            n++;
    }
    return n;
}

static size_t count_measures(const struct run_context *context)
{
    size_t n = 0;
    for (const struct plan_block *block = context->blocks; block; block = block->next)
        n += block->kind == PLAN_PART ? count_rows(block->part->goals) : 0;
    return n;
}

static size_t count_spaces(const struct plan_inline *text)
{
    size_t n = 0;
    for (; text; text = text->next) {
        for (const char *at = text->text; at && *at; at++)
            n += *at == ' ' && at[1] != ' ';
        n += count_spaces(text->first);
    }
    return n;
}

static size_t count_text(const struct plan_inline *text)
{
    return text ? 1 + count_spaces(text) : 0;
}

/* Words of running text, about: how long a part is, to the eye. */
static size_t count_words(const struct plan_block *block)
{
    size_t n = 0;
    for (; block; block = block->next) {
        n += count_text(block->text) + count_words(block->kind == PLAN_PART ? block->part->blocks : block->blocks);
        for (const struct plan_item *item = block->items; item; item = item->next)
            n += count_text(item->text) + count_words(item->blocks);
    }
    return n;
}

static size_t count_of(const struct run_context *context, const char *word, size_t length)
{
    if (is_word(word, length, "item"))
        return count_items(context);
    if (is_word(word, length, "word"))
        return count_words(context->blocks);
    if (is_word(word, length, "goal"))
        return count_goals(context);
    if (is_word(word, length, "measure"))
        return count_measures(context);
    if (is_word(word, length, "title"))
        return context->item ? context->item->title != NULL
               : context->block ? context->block->title != NULL
                                : context->part && context->part->title;
    if (is_word(word, length, "number"))
        return !context->block && context->part && context->part->number;
    if (is_word(word, length, "icon"))
        return (context->item ? context->item->icon : context->block ? context->block->icon : context->part->icon) != NULL;
    if (is_word(word, length, "area"))
        return context->hue > 0;
    return count_blocks(context->blocks, word, length);
}

static size_t read_count(const char **at)
{
    size_t n = 0;
    while (**at >= '0' && **at <= '9')
        n = 10 * n + (size_t)(*(*at)++ - '0');
    return n;
}

/* The same of the plan as a whole: all its chapters together. */
static size_t count_of_plan(const struct run *run, const char *word, size_t length)
{
    size_t n = 0;
    if (is_word(word, length, "subtitle"))
        return run->plan->subtitle != NULL;
    for (const struct plan_part *part = run->plan->parts; part; part = part->next) {
        struct run_context context = run_part_context(run, NULL, part);
        n += count_of(&context, word, length);
    }
    return n;
}

/* One of "item 2", "item 2-4, word 0-300", "item 3-": of what is in hand, or of the whole plan (no context); `at` moves on
   to the next. */
static bool amount_holds(const struct run *run, const struct run_context *context, const char **at)
{
    const char *word = *at += strspn(*at, ", ");
    size_t length = strcspn(word, " ");
    *at += length + strspn(word + length, " ");
    size_t low = read_count(at), high = low;
    if (**at == '-') {
        const char *digits = ++*at;
        high = read_count(at);
        if (*at == digits)
            high = (size_t)-1;
    }
    size_t n = context ? count_of(context, word, length) : count_of_plan(run, word, length);
    return n >= low && n <= high;
}

static bool amounts_hold(const struct run *run, const struct run_context *context, const char *amounts)
{
    while (amounts && *amounts)
        if (!amount_holds(run, context, &amounts))
            return false;
    return true;
}

static bool position_holds(const struct run_context *context, const char *position)
{
    if (!strcmp(position, "first"))
        return context->index == 0;
    if (!strcmp(position, "later"))
        return context->index > 0;
    if (!strcmp(position, "last"))
        return context->index + 1 == context->count;
    return context->count == 1;
}

static bool has_all(const struct run_context *context, const char *words, bool wanted)
{
    const char *word;
    size_t length;
    while (next_word(&words, &word, &length))
        if ((count_of(context, word, length) > 0) != wanted)
            return false;
    return true;
}

bool run_condition(const struct run *run, const struct run_context *context, const struct design_element *element)
{
    const char *has = design_attribute(element, "has"), *lacks = design_attribute(element, "lacks");
    const char *amount = design_attribute(element, "count"), *position = design_attribute(element, "position");
    const char *whole = design_attribute(element, "whole");
    return (!has || has_all(context, has, true)) && (!lacks || has_all(context, lacks, false)) &&
           amounts_hold(run, context, amount) && amounts_hold(run, NULL, whole) &&
           (!position || position_holds(context, position));
}

/* ---- arrangements ---------------------------------------------------------------------------------------------------------- */
static bool arrangement_matches(const struct run *run, const struct run_context *context, const char *matches)
{
    const char *word, *name = context->part && context->part == run->front ? "front" : NULL;
    size_t length;
    const char *as = run->options ? run->options->as : NULL;
    if (!name && !context->block)
        name = as && context->part->depth == 1 ? as : plan_part_name(context->part->kind);
    while (next_word(&matches, &word, &length)) {
        if (context->block ? run_block_matches(context->block, word, length) && !is_word(word, length, "*")
                           : (is_word(word, length, "*") && context->part != run->front) || is_word(word, length, name))
            return true;
    }
    return false;
}

static bool depth_holds(const struct run_context *context, const struct design_element *arrangement)
{
    const char *depth = design_attribute(arrangement, "depth");
    if (context->block)
        return true;
    return !strcmp(depth ? depth : "chapter", context->part->depth > 1 ? "nested" : "chapter");
}

const struct design_element *run_arrangement(const struct run *run, const struct run_context *context)
{
    for (const struct design_element *a = run->design->arrangements; a; a = a->next)
        if (arrangement_matches(run, context, design_attribute(a, "match")) && depth_holds(context, a) &&
            run_condition(run, context, a))
            return a;
    return NULL;
}

bool run_flows(const struct design_element *arrangement)
{
    const char *start = design_attribute(arrangement, "start");
    return start && !strcmp(start, "flow");
}

const struct design_element *run_cover(const struct run *run, bool above)
{
    static const struct plan_part nothing;
    const struct run_context context = run_part_context(run, NULL, &nothing);
    for (const struct design_element *a = run->design->arrangements; a; a = a->next)
        if (!strcmp(design_attribute(a, "match"), "cover") && (above || !run_flows(a)) && run_condition(run, &context, a))
            return a;
    return NULL;
}

/* ---- each -------------------------------------------------------------------------------------------------------------------- */
static void collect(struct run *run, struct run_each *each, const void *thing)
{
    const void **grown = arena_array(run->building, const void *, each->count + 1);
    if (each->count)
        memcpy(grown, each->things, each->count * sizeof *grown);
    grown[each->count++] = thing;
    each->things = grown;
}

/* Parts of the kind in hand; those of a container without a heading (values in a section) count as its own. */
static void collect_parts(struct run *run, struct run_each *each, const struct plan_block *block, const char *of)
{
    for (; block; block = block->next) {
        if (block->kind != PLAN_PART || run_is_taken(run, block->part))
            continue;
        if (!strcmp(of, plan_part_name(block->part->kind)))
            collect(run, each, block->part);
        else if (!block->part->title)
            collect_parts(run, each, block->part->blocks, of);
    }
}

static void collect_items(struct run *run, struct run_each *each, const struct run_context *context)
{
    const struct plan_block *list = context->block && context->block->items ? context->block
                                                                            : run_find_block(run, context, "list");
    each->thing = RUN_ITEM;
    each->list = list;
    for (const struct plan_item *item = list ? list->items : NULL; item; item = item->next)
        collect(run, each, item);
}

struct run_each run_find_each(struct run *run, const struct run_context *context, const char *of)
{
    struct run_each each = { .thing = RUN_PART, .of = of };
    if (context->window && !strcmp(context->window->of, of))
        return *context->window;
    if (!strcmp(of, "item")) {
        collect_items(run, &each, context);
        return each;
    }
    collect_parts(run, &each, context->blocks, of);
    if (each.count)
        return each;
    each.thing = RUN_BLOCK;
    for (const struct plan_block *block = context->blocks; block; block = block->next)
        if (block->kind != PLAN_PART && !run_is_taken(run, block) && matches_any(block, of))
            collect(run, &each, block);
    return each;
}

/* ---- contexts -------------------------------------------------------------------------------------------------------- */
static int hue_of(const struct run *run, const struct run_context *outer, const struct plan_part *part)
{
    if (part->kind == PLAN_FOCUS_AREA)
        return plan_area_index(run->plan, part->id);
    if (part->area)
        return plan_area_index(run->plan, part->area);
    return outer ? outer->hue : 0;
}

struct run_context run_part_context(const struct run *run, const struct run_context *outer, const struct plan_part *part)
{
    return (struct run_context){ .outer = outer, .part = part, .blocks = part->blocks,
                                 .lang = part->lang ? part->lang : outer ? outer->lang : run->plan->lang,
                                 .hue = hue_of(run, outer, part), .count = 1 };
}

struct run_context run_block_context(const struct run *run, const struct run_context *outer,
                                     const struct plan_block *block)
{
    (void)run;
    return (struct run_context){ .outer = outer, .part = outer->part, .block = block, .blocks = block->blocks,
                                 .lang = block->lang ? block->lang : outer->lang, .hue = outer->hue, .count = 1 };
}

struct run_context run_item_context(const struct run *run, const struct run_context *outer, const struct plan_item *item)
{
    (void)run;
    return (struct run_context){ .outer = outer, .part = outer->part, .block = outer->block, .item = item,
                                 .blocks = item->blocks, .lang = outer->lang, .hue = outer->hue, .count = 1 };
}
