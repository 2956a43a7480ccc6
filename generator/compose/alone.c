/* One drawing alone, for a web page or a slide: as the plan has it, with its caption and source line, on a page as large
   as they are. */
#include <string.h>

#include "compose/run.h"

/* Strokes reach a little over a drawing's frame, and descenders below the last line of a caption. */
#define PAD (1 * PT_PER_MM)

/* A narrower drawing's caption has this much room all the same. */
#define CAPTION_LEAST (45 * PT_PER_MM)

/* ---- finding it --------------------------------------------------------------------------------------------------------- */
static bool can_stand_alone(const struct plan_block *block)
{
    return block->id && (block->kind == PLAN_CHART || block->kind == PLAN_ILLUSTRATION || block->kind == PLAN_PICTURE ||
                         block->kind == PLAN_KEY_FIGURE);
}

/* Called for each block of a list and what is below it, in order; NULL: go on. */
typedef const struct plan_block *visitor(void *data, const struct plan_block *);

static const struct plan_block *visit(const struct plan_block *block, visitor *meet, void *data)
{
    const struct plan_block *met = NULL;
    for (; block && !met; block = block->next) {
        met = can_stand_alone(block) ? meet(data, block) : NULL;
        met = met ? met : visit(block->kind == PLAN_PART ? block->part->blocks : block->blocks, meet, data);
        for (const struct plan_item *item = block->items; item && !met; item = item->next)
            met = visit(item->blocks, meet, data);
    }
    return met;
}

static const struct plan_block *visit_plan(const struct plan *plan, visitor *meet, void *data)
{
    const struct plan_block *met = visit(plan->summary, meet, data);
    for (const struct plan_part *part = plan->parts; part && !met; part = part->next)
        met = visit(part->blocks, meet, data);
    return met ? met : visit(plan->contact, meet, data);
}

static const struct plan_block *has_id(void *id, const struct plan_block *block)
{
    return strcmp(block->id, id) ? NULL : block;
}

const struct plan_block *compose_lookup_drawing(const struct plan *plan, const char *id)
{
    return visit_plan(plan, has_id, (void *)id);
}

static const struct plan_block *list_id(void *out, const struct plan_block *block)
{
    struct buf *list = out;
    buf_printf(list, "%s%s", list->length ? ", " : "", block->id);
    return NULL;
}

void compose_list_drawings(const struct plan *plan, struct buf *out)
{
    visit_plan(plan, list_id, out);
}

/* ---- its context: hue and language come from the parts and boxes that it stands in ----------------------------------------- */
static bool find_context(struct run *run, const struct run_context *outer, const struct plan_block *blocks,
                         const struct plan_block *wanted, struct run_context *out)
{
    for (const struct plan_block *block = blocks; block; block = block->next) {
        if (block == wanted) {
            *out = run_block_context(run, outer, block);
            return true;
        }
        struct run_context inner = block->kind == PLAN_PART ? run_part_context(run, outer, block->part)
                                                            : run_block_context(run, outer, block);
        if (find_context(run, arena_copy(run->arena, &inner, sizeof inner), inner.blocks, wanted, out))
            return true;
        for (const struct plan_item *item = block->items; item; item = item->next)
            if (find_context(run, outer, item->blocks, wanted, out))
                return true;
    }
    return false;
}

static bool context_of(struct run *run, const struct plan_block *block, struct run_context *out)
{
    const struct run_context plan = { .lang = run->plan->lang, .count = 1 };
    const struct run_context *outer = arena_copy(run->arena, &plan, sizeof plan);
    for (const struct plan_part *part = run->plan->parts; part; part = part->next) {
        struct run_context inner = run_part_context(run, NULL, part);
        if (find_context(run, arena_copy(run->arena, &inner, sizeof inner), part->blocks, block, out))
            return true;
    }
    return find_context(run, outer, run->plan->summary, block, out) ||
           find_context(run, outer, run->plan->contact, block, out);
}

/* ---- its page --------------------------------------------------------------------------------------------------------------- */
/* What the file is called in a reader's window. */
static void name_document(struct run *run, const struct plan_block *block, const char *lang)
{
    const struct plan_inline *title = block->kind == PLAN_PICTURE ? block->text : block->title;
    if (title)
        run->document->title = arena_strdup(run->arena, run_plain(run, title, lang));
    run->document->subject = arena_strdup(run->document->arena, run->plan->title);
    run->document->lang = lang;
}

/* The width that the drawing takes of its room; its caption may want more. */
static double width_of(const struct layout_box *stack, double room)
{
    const struct layout_box *drawing = stack->first;
    double width = drawing->drawing->measure(drawing->drawing->data, (struct layout_size){ room, 0 }).width;
    double least = drawing->next && CAPTION_LEAST < room ? CAPTION_LEAST : 0;
    return width < least ? least : width < room ? width : room;
}

bool run_alone(struct run *run, const struct plan_block *block, double width)
{
    struct run_context context;
    double room = width > 0 ? width : run_width(run);
    if (!context_of(run, block, &context))
        return false;
    run->alone = true;
    name_document(run, block, context.lang);
    run_drawing_structure(run, block);
    struct layout_box *sheet = run_box(run, NULL, LAYOUT_STACK, block->at, run_called(run, plan_block_name(block->kind), block->id));
    run_illustration(run, &context, block, sheet, (struct run_drawing){ .width = room });
    if (!sheet->first)
        return false;
    struct layout_box *stack = sheet->first;
    stack->width = width_of(stack, room);
    run_footnotes(run, NULL, sheet);
    struct layout_job job = { .document = run->document, .engine = run->engine, .arena = run->arena, .partial = true };
    layout_set_alone(&job, sheet, stack->width, PAD, run->diag);
    return true;
}
