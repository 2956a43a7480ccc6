/* The council's front pages of the agenda edition: what the plan says in short, all its goals in one table, what changed
   since the last one. A document of its own, arranged by <arrangement match="front"> as if it were a part whose content is
   the summary, every goal group of the plan, and the list of changes. */
#include <string.h>

#include "compose/run.h"

static const struct plan_inline *words(struct run *run, const char *text)
{
    struct plan_inline *inline_ = arena_new_of(run->arena, struct plan_inline);
    *inline_ = (struct plan_inline){ .kind = PLAN_TEXT, .text = text, .at = { run->plan->file, 1, 1 } };
    return inline_;
}

static struct plan_block *append(struct run *run, struct plan_block ***end, struct plan_block block)
{
    struct plan_block *made = arena_copy(run->arena, &block, sizeof block);
    made->next = NULL;
    **end = made;
    *end = (struct plan_block **)&made->next;
    return made;
}

static void append_groups(struct run *run, const struct plan_block *block, struct plan_block ***end)
{
    for (; block; block = block->next) {
        if (block->kind != PLAN_PART)
            continue;
        if (block->part->kind == PLAN_GOAL_GROUP)
            append(run, end, *block);
        else
            append_groups(run, block->part->blocks, end);
    }
}

/* One side of a change: a figure as the plan writes it, with its period where the other side's is another; or words. */
static const char *side(struct run *run, const struct plan_figure *figure, const struct plan_figure *other, const char *words)
{
    const char *lang = run->plan->lang;
    if (!figure)
        return words ? words : design_word(run->design, lang, "missing");
    const char *number = run_quantity(run, figure, TEXT_VALUE, lang);
    bool periods = other && strcmp(other->period, figure->period) && *figure->period;
    return periods ? arena_printf(run->arena, "%s (%s)", number, figure->period) : number;
}

/* "Mål 6, Antal" for a measure, whose goal stands in the table above; names of texts that changed one after another in one. */
static const char *name_of(struct run *run, const struct compose_front *front, size_t *at)
{
    const struct compose_change *change = &front->changes[*at];
    const char *lang = run->plan->lang, *name = change->name;
    const struct plan_goal *goal = change->measure ? plan_lookup_goal(run->plan, change->measure) : NULL;
    const struct plan_measure *measure = change->measure ? plan_lookup_measure(run->plan, change->measure) : NULL;
    if (goal && measure && goal->number) {
        const char *label = measure->label ? run_plain(run, measure->label, lang) : "";
        return arena_printf(run->arena, "%s %s%s%s", design_word(run->design, lang, "goal"), goal->number, *label ? ", " : "", label);
    }
    while (!strcmp(change->kind, "text") && *at + 1 < front->change_count && !strcmp(front->changes[*at + 1].kind, "text"))
        name = arena_printf(run->arena, "%s, %s", name, front->changes[++*at].name);
    return name;
}

/* The template's word for a kind of change says whether it is told at all. */
static void append_changes(struct run *run, const struct compose_front *front, struct plan_block ***end)
{
    const struct plan_item **items = NULL, *first = NULL;
    items = &first;
    for (size_t i = 0; i < front->change_count; i++) {
        const struct compose_change *change = &front->changes[i];
        const char *key = arena_printf(run->arena, "change.%s", change->kind);
        const char *pairs[] = { "name", name_of(run, front, &i), "before", side(run, change->old, change->new, change->before), "after",
                                side(run, change->new, change->old, change->after), NULL };
        if (!strcmp(design_word(run->design, run->plan->lang, key), key))
            continue;
        struct plan_item *item = arena_new_of(run->arena, struct plan_item);
        *item = (struct plan_item){ .text = words(run, run_word(run, run->plan->lang, key, pairs)),
                                    .at = { run->plan->file, 1, 1 } };
        *items = item;
        items = &item->next;
    }
    if (!first)
        return;
    struct source at = { run->plan->file, 1, 1 };
    const char *heading = design_word(run->design, run->plan->lang, "changes");
    append(run, end, (struct plan_block){ .kind = PLAN_SUBHEADING, .title = words(run, heading), .at = at });
    append(run, end, (struct plan_block){ .kind = PLAN_LIST, .style = "bullet", .items = first, .at = at });
}

static const struct plan_part *front_part(struct run *run, const struct compose_front *front)
{
    struct plan_part *part = arena_new_of(run->arena, struct plan_part);
    struct plan_block *first = NULL, **end = &first;
    for (const struct plan_block *block = run->plan->summary; block; block = block->next)
        append(run, &end, *block);
    for (const struct plan_part *p = run->plan->parts; p; p = p->next) {
        struct plan_block holder = { .kind = PLAN_PART, .part = p };
        append_groups(run, &holder, &end);
    }
    append_changes(run, front, &end);
    *part = (struct plan_part){ .kind = PLAN_GOALS, .id = "front", .title = words(run, run->plan->title), .depth = 1,
                                .number = front->appendix, .blocks = first, .at = { run->plan->file, 1, 1 } };
    return part;
}

bool run_front(struct run *run, const struct compose_front *front)
{
    const struct plan_part *part = front_part(run, front);
    run->front = part;
    if (!part->blocks)
        return false;
    run_front_structure(run, part);
    run_chapter(run, part, 0, 1);
    return run->first != NULL;
}
