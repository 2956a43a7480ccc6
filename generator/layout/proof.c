/* Proof mode: what the layout reckoned with, drawn over the page. Cyan: the grid and the type area; magenta: frames;
   red outlines: shapes; lines in red are loose, in blue tight, the stronger the worse. */
#include "layout/layout_internal.h"

static const struct design_colour grid_colour = { .name = "proof-grid", .rgb = { 0, 160, 200 }, .agenda = { 0, 160, 200 },
                                                  .cmyk = { 80, 10, 10, 0 } };
static const struct design_colour frame_colour = { .name = "proof-frame", .rgb = { 200, 0, 140 },
                                                   .agenda = { 200, 0, 140 }, .cmyk = { 10, 90, 0, 0 } };
static const struct design_colour loose_colour = { .name = "proof-loose", .rgb = { 230, 30, 30 },
                                                   .agenda = { 230, 30, 30 }, .cmyk = { 0, 90, 90, 0 } };
static const struct design_colour tight_colour = { .name = "proof-tight", .rgb = { 30, 80, 230 },
                                                   .agenda = { 30, 80, 230 }, .cmyk = { 90, 60, 0, 0 } };

static void stroke_rect(struct layout_painter *p, struct rect r, const struct design_colour *colour, double width)
{
    struct path path = PATH_EMPTY;
    path_rect(&path, r);
    display_stroke(p->page, &path, colour, width);
    path_free(&path);
}

static void stroke_line(struct layout_painter *p, double x1, double y1, double x2, double y2,
                        const struct design_colour *colour, double width)
{
    struct path path = PATH_EMPTY;
    path_move(&path, x1, y1);
    path_line(&path, x2, y2);
    display_stroke(p->page, &path, colour, width);
    path_free(&path);
}

static void paint_grid(struct layout_painter *p, const struct rect *area)
{
    const struct layout_run *run = p->run;
    const struct design_page *page = &run->design->page;
    for (double y = page->first_baseline; y <= page->last_baseline + 0.1; y += run->step)
        stroke_line(p, area->x, y, area->x + area->width, y, &grid_colour, 0.2);
    double x = area->x;
    for (; x < area->x + area->width; x += run->column + run->gutter)
        stroke_rect(p, (struct rect){ x, run->origin, run->column, page->last_baseline + run->drop - run->origin },
                    &grid_colour, 0.2);
}

/* How far a line is from how it would like to stand: 0 well, 1 at the end of what is allowed. */
static void paint_line(struct layout_painter *p, const struct layout_fragment *f, const struct layout_line *line)
{
    const struct text_line *l = &line->line;
    double badness = fmin(l->badness / 200, 1), size = f->box->style->size;
    if (f->box->text_align != DESIGN_JUSTIFY && !l->overfull)
        return;
    struct rect r = { l->x + l->offset, line->baseline - 0.75 * size, l->ink, size };
    if (l->overfull || badness > 0.02) {
        struct path path = PATH_EMPTY;
        struct display_paint paint = { .kind = DISPLAY_SOLID, .opacity = l->overfull ? 0.8 : 0.05 + 0.45 * badness,
                                       .colour = l->ratio < 0 && !l->overfull ? &tight_colour : &loose_colour };
        path_rect(&path, r);
        display_add_path(p->page, &path, &paint, NULL);
        path_free(&path);
    }
    if (l->emergency)
        stroke_rect(p, r, &loose_colour, 0.6);
}

static void paint_outline(struct layout_painter *p, const struct layout_fragment *f)
{
    const struct layout_drawing *d = f->box->drawing;
    struct path path = PATH_EMPTY;
    if (!d->outline)
        return;
    d->outline(d->data, f->frame, &path);
    display_stroke(p->page, &path, &loose_colour, 0.5);
    path_free(&path);
}

static void paint_fragment(struct layout_painter *p, const struct layout_fragment *f)
{
    for (size_t i = 0; i < f->line_count; i++)
        paint_line(p, f, &f->lines[i]);
    if (f->box->kind == LAYOUT_DRAWING)
        paint_outline(p, f);
    if (f->box->kind != LAYOUT_PARAGRAPH)
        stroke_rect(p, f->frame, &frame_colour, f->box->kind == LAYOUT_COLUMNS ? 0.6 : 0.3);
    for (const struct layout_fragment *child = f->first; child; child = child->next)
        paint_fragment(p, child);
}

void layout_paint_proof(struct layout_painter *p, const struct layout_fragment *f, const struct rect *area)
{
    bool bleeds = p->page->bleeds;
    p->page->bleeds = true;                /* frames of fields that do */
    p->page->layer = DISPLAY_LAYER_OVERLAY;
    display_mark_artifact(p->page, DISPLAY_ARTIFACT_PAGE);
    paint_grid(p, area);
    paint_fragment(p, f);
    p->page->layer = DISPLAY_LAYER_CONTENT;
    p->page->bleeds = bleeds;
}
