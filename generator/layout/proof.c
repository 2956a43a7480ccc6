/* Proof mode: what the layout reckoned with, drawn over the page. Cyan: the grid and the type area; magenta: frames; red
   outlines: shapes, and as far as they keep text away; lines in red are loose, in blue tight, the stronger the worse. */
#include "base/i18n.h"
#include "layout/layout_internal.h"

/* Pale: the text must stay readable. */
static const struct design_colour grid_colour = { .name = "proof-grid", .rgb = { 130, 210, 230 },
                                                  .agenda = { 130, 210, 230 }, .cmyk = { 45, 0, 8, 0 } };
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

/* As far as a shape keeps text away: down its slices' left edges and up the right ones. */
static void paint_reach(struct layout_painter *p, const struct layout_fragment *f)
{
    const struct layout_profile *profile = f->box->state ? f->box->state->profile : NULL;
    struct path path = PATH_EMPTY;
    if (!profile)
        return;
    double top = f->frame.y + profile->top;
    for (int k = 0; k < 2 * profile->count; k++) {
        int i = k < profile->count ? k : 2 * profile->count - 1 - k;
        const struct layout_slice *slice = &profile->slices[i];
        if (slice->left > slice->right)
            continue;
        /* Not over the page: a shape that bleeds keeps nothing away out there. */
        double x = fmin(fmax(k < profile->count ? slice->left : slice->right, 0), p->page->width);
        double y = fmin(fmax(top + i * LAYOUT_SLICE, 0), p->page->height);
        if (path.verb_count)
            path_line(&path, x, y);
        else
            path_move(&path, x, y);
    }
    display_stroke(p->page, &path, &loose_colour, 0.25);
    path_free(&path);
}

static void paint_fragment(struct layout_painter *p, const struct layout_fragment *f)
{
    for (size_t i = 0; i < f->line_count; i++)
        paint_line(p, f, &f->lines[i]);
    if (f->box->kind == LAYOUT_DRAWING) {
        paint_outline(p, f);
        paint_reach(p, f);
    }
    if (f->box->kind != LAYOUT_PARAGRAPH)
        stroke_rect(p, f->frame, &frame_colour, f->box->kind == LAYOUT_COLUMNS ? 0.6 : 0.3);
    for (const struct layout_fragment *child = f->first; child; child = child->next)
        paint_fragment(p, child);
}

/* What the colours mean, below the type area. */
static void paint_legend(struct layout_painter *p, const struct rect *area)
{
    const struct design_style *style = design_lookup_style(p->run->design, "caption");
    const char *words = _("cyan: grid and type area; magenta: frames; red: shapes and their distance, loose lines; blue: tight lines");
    if (!style)
        return;
    struct text_label label = text_label_set(p->run->engine, style, p->run->job->document->lang, words, area->width,
                                             DESIGN_START, p->run->scratch);
    display_add_label(p->page, &label, area->x, area->y + area->height + p->run->step / 2, area->width, DESIGN_START);
}

void layout_paint_proof(struct layout_painter *p, const struct layout_fragment *f, const struct rect *area)
{
    bool bleeds = p->page->bleeds;
    p->page->bleeds = true;                /* frames of fields that do */
    p->page->layer = DISPLAY_LAYER_OVERLAY;
    display_mark_artifact(p->page, DISPLAY_ARTIFACT_PAGE);
    paint_grid(p, area);
    paint_fragment(p, f);
    paint_legend(p, area);
    p->page->layer = DISPLAY_LAYER_CONTENT;
    p->page->bleeds = bleeds;
}
