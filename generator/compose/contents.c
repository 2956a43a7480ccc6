/* Contents lists. A page number is known when all pages stand: each entry keeps a place for it, as wide as the widest
   number, and the numbers are written there at the end. One layout is enough, and nothing moves. */
#include <math.h>

#include "compose/run.h"

struct run_late {
    const struct run *run;
    const struct plan_part *part;
    const struct design_style *style;
    struct display_node *node;
    struct display_page *page;             /* where the place came to stand */
    struct rect frame;
    double baseline;                       /* of the title's last line, on which the number stands; NAN: unknown */
    struct run_late *next;
};

static struct layout_size measure_number(void *data, struct layout_size room)
{
    const struct run_late *late = data;
    double width = text_width(late->run->engine, late->style, late->run->plan->lang, "000");
    return (struct layout_size){ room.width > 0 && room.width < width ? room.width : width, late->style->leading };
}

static void remember(void *data, struct display_page *page, struct rect frame)
{
    struct run_late *late = data;
    late->page = page;
    page->waits = true;
    late->frame = frame;
    /* The title has just been painted: the row's left cell comes before its right one. */
    const struct display_item *title = page->last;
    late->baseline = title && title->kind == DISPLAY_GLYPHS && title->node == late->node ? title->y : NAN;
}

void run_late_numbers(struct run *run)
{
    for (struct run_late *late = run->late; late; late = late->next) {
        const struct run_heading *heading = run_map_lookup(&run->headings, late->part);
        if (!late->page || !heading)
            continue;
        const struct display_page *target = run->document->pages[run_heading_page(heading)];
        struct text_label label = text_label_set(run->engine, late->style, run->plan->lang, target->label, 0, DESIGN_END,
                                                 late->page->arena);
        display_mark(late->page, late->node, late->part->at);
        double top = isnan(late->baseline) ? late->frame.y : late->baseline - label.ascent;
        display_add_label(late->page, &label, late->frame.x, top, late->frame.width, DESIGN_END);
    }
}

static struct layout_drawing *number_place(struct run *run, const struct plan_part *part,
                                           const struct design_style *style, struct display_node *node)
{
    struct run_late *late = arena_new_of(run->arena, struct run_late);
    struct layout_drawing *drawing = arena_new_of(run->building, struct layout_drawing);
    *late = (struct run_late){ .run = run, .part = part, .style = style, .node = node, .next = run->late };
    run->late = late;
    *drawing = (struct layout_drawing){ .data = late, .measure = measure_number, .draw = remember };
    return drawing;
}

static void add_entry(struct run *run, const struct run_context *context, const struct plan_part *part, int depth,
                      struct display_node *toc, struct layout_box *parent)
{
    const struct design_style *style = run_style(run, depth == 1 ? "contents-1" : "contents-2", context->part->at);
    struct display_node *item = display_add_node(run->document, toc, DISPLAY_TOCI, part->at);
    struct display_node *link = display_add_node(run->document, item, DISPLAY_LINK, part->at);
    link->target = run_node(run, &part->title);
    struct layout_box *row = run_box(run, parent, LAYOUT_ROW, part->at, "contents");
    struct layout_box *text = run_box(run, row, LAYOUT_STACK, part->at, "contents");
    struct layout_box *number = run_box(run, row, LAYOUT_STACK, part->at, "contents");
    const char *title = run_plain(run, part->title, context->lang);
    const char *line = part->number ? arena_printf(run->building, "%s  %s ", part->number, title)
                                    : arena_printf(run->building, "%s ", title);
    row->keep_together = true;
    run_paragraph(run, text, run_words(run, line, style, NULL, context->lang, part->at), style, link, part->at,
                  "contents")->no_indent = true;
    number->width = text_width(run->engine, style, context->lang, "000");
    struct layout_box *place = run_box(run, number, LAYOUT_DRAWING, part->at, "page");
    place->drawing = number_place(run, part, style, link);
    place->node = link;
    place->place = 1;
}

static void add_entries(struct run *run, const struct run_context *context, const struct plan_block *block, int depth,
                        struct display_node *toc, struct layout_box *parent)
{
    for (; block; block = block->next) {
        if (block->kind != PLAN_PART || block->part->kind != PLAN_SECTION)
            continue;
        if (block->part->title)
            add_entry(run, context, block->part, depth, toc, parent);
    }
}

void run_contents(struct run *run, const struct run_context *context, const struct plan_block *block,
                  struct layout_box *parent)
{
    struct display_node *toc = run_node(run, block);
    for (const struct plan_part *part = run->plan->parts; part; part = part->next) {
        if (!part->title || part == context->part)
            continue;
        add_entry(run, context, part, 1, toc, parent);
        add_entries(run, context, part->blocks, 2, toc, parent);
    }
}
