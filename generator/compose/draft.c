/* A draft for a hearing: its stamp on every page, and numbers for the lines, so that a reply can name them. The numbers are
   those of the baseline grid's rows, from 1 on each page and the same for all columns. All of it is artifacts. */
#include "compose/run.h"

struct draft {
    struct run *run;
    struct display_page *page;
    const struct design_element *measures; /* <draft> of the components, or NULL */
    bool left;
};

static double measure(const struct draft *d, const char *name, double missing)
{
    return d->measures ? design_length(d->run->design, d->measures, name, d->page->width, missing) : missing;
}

static const struct design_style *style_of(const struct draft *d, const char *name, const char *missing)
{
    const char *style = d->measures ? design_attribute(d->measures, name) : NULL;
    return run_style(d->run, style ? style : missing, (struct source){ d->run->design->file, 0, 0 });
}

/* Text on paper of its own, whatever field it stands on, `x` from the outer edge. */
static void put(const struct draft *d, const char *text, const struct design_style *style, double x, double baseline,
                double pad, bool framed)
{
    struct run_text words = run_words(d->run, text, style, NULL, d->run->plan->lang, (struct source){ 0 });
    struct text_para *para = text_para_new(d->run->engine, words.spans, words.count);
    double width = text_para_natural_width(para), height = style->size * 0.72;
    double left = d->left ? x : d->page->width - x - width;
    struct rect ground = { left - pad, baseline - height - pad, width + 2 * pad, height + 2 * pad };
    struct text_room room = { 0, width + 1, false, false };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = DESIGN_START };
    struct text_lines lines = text_para_break(para, &request, d->page->arena);
    struct path frame = PATH_EMPTY;
    display_add_rect(d->page, ground, run_colour(d->run, "paper", 0));
    path_rect(&frame, ground);
    if (framed)
        display_stroke(d->page, &frame, style->colour, 1);
    if (lines.count)
        display_add_line(d->page, para, &lines.lines[0], left, baseline);
    path_free(&frame);
    text_para_free(para);
}

static void number_rows(const struct draft *d)
{
    const struct design_page *page = &d->run->design->page;
    const struct design_style *style = style_of(d, "rows", "axis");
    int every = d->measures ? (int)design_number(d->measures, "every", 5) : 5;
    int row = 1;
    for (double y = page->first_baseline; y <= page->last_baseline + 0.01; y += page->baseline_step, row++)
        if (every > 0 && row % every == 0)
            put(d, arena_printf(d->page->arena, "%d", row), style, measure(d, "x", 8 * PT_PER_MM), y, 1.5, false);
}

void run_draft(struct run *run, struct display_page *page, bool left)
{
    struct draft d = { run, page, design_lookup_component(run->design, "draft"), left };
    const struct design_style *style = style_of(&d, "style", "folio");
    display_mark_artifact(page, DISPLAY_ARTIFACT_PAGINATION);
    page->layer = DISPLAY_LAYER_OVERLAY;
    put(&d, design_word(run->design, run->plan->lang, "draft"), style, measure(&d, "stamp-x", 20 * PT_PER_MM),
        measure(&d, "stamp-y", 9 * PT_PER_MM), 3, true);
    number_rows(&d);
    page->layer = DISPLAY_LAYER_CONTENT;
}
