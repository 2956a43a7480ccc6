/* From fragments to the display list. */
#include <string.h>

#include "base/i18n.h"
#include "layout/layout_internal.h"

/* ---- fields, borders, bars ------------------------------------------------------------------------------------ */

/* A field goes out over the page's top or foot only where it stands there: a band in mid-page ends with itself. */
static int touched_edges(const struct layout_painter *p, const struct layout_fragment *f)
{
    const struct layout_run *run = p->run;
    int edges = LAYOUT_LEFT | LAYOUT_RIGHT;
    if (f->frame.y <= run->origin + 1)
        edges |= LAYOUT_TOP;
    if (f->frame.y + f->frame.height >= run->design->page.last_baseline - run->step)
        edges |= LAYOUT_BOTTOM;
    return edges;
}

/* The rectangle of a box's field: edges that bleed go out over the page's. */
static struct rect field_of(const struct layout_painter *p, const struct layout_fragment *f)
{
    double bleed = p->run->design->page.bleed;
    struct rect r = f->frame;
    double right = r.x + r.width, bottom = r.y + r.height;
    int edges = f->box->bleed & touched_edges(p, f);
    if (edges & LAYOUT_LEFT)
        r.x = -bleed;
    if (edges & LAYOUT_RIGHT)
        right = p->page->width + bleed;
    if (edges & LAYOUT_TOP)
        r.y = -bleed;
    if (edges & LAYOUT_BOTTOM)
        bottom = p->page->height + bleed;
    r.width = right - r.x;
    r.height = bottom - r.y;
    return r;
}

static bool is_round(const double radius[4])
{
    return radius[0] > 0 || radius[1] > 0 || radius[2] > 0 || radius[3] > 0;
}

static void paint_background(struct layout_painter *p, const struct layout_box *box, struct rect field)
{
    struct path path = PATH_EMPTY;
    if (is_round(box->radius))
        path_round_rect(&path, field, box->radius);
    else
        path_rect(&path, field);
    display_fill(p->page, &path, box->background);
    path_free(&path);
}

static void paint_border(struct layout_painter *p, const struct layout_box *box, struct rect r)
{
    const struct layout_edge *b = &box->border;
    if (!box->border_colour)
        return;
    if (b->top > 0)
        display_add_rect(p->page, (struct rect){ r.x, r.y, r.width, b->top }, box->border_colour);
    if (b->bottom > 0)
        display_add_rect(p->page, (struct rect){ r.x, r.y + r.height - b->bottom, r.width, b->bottom },
                         box->border_colour);
    if (b->left > 0)
        display_add_rect(p->page, (struct rect){ r.x, r.y, b->left, r.height }, box->border_colour);
    if (b->right > 0)
        display_add_rect(p->page, (struct rect){ r.x + r.width - b->right, r.y, b->right, r.height },
                         box->border_colour);
}

/* The bar is as wide on the trimmed page as it says: what bleeds comes on top. */
static void paint_bar(struct layout_painter *p, const struct layout_box *box, struct rect field)
{
    if (!(box->bar > 0) || !box->bar_colour)
        return;
    double beyond = box->bleed & LAYOUT_LEFT ? p->run->design->page.bleed : 0;
    display_add_rect(p->page, (struct rect){ field.x, field.y, box->bar + beyond, field.height }, box->bar_colour);
}

static void paint_look(struct layout_painter *p, const struct layout_fragment *f)
{
    const struct layout_box *box = f->box;
    bool bar = box->bar > 0 && box->bar_colour;
    if (!box->background && !box->backdrop && !box->border_colour && !bar)
        return;
    struct rect field = field_of(p, f);
    int layer = p->page->layer;
    bool bleeds = p->page->bleeds;
    p->page->layer = DISPLAY_LAYER_FIELD;
    p->page->bleeds = box->bleed != 0;
    p->page->at = box->at;
    display_mark_artifact(p->page, DISPLAY_ARTIFACT_BACKGROUND);
    if (box->background)
        paint_background(p, box, field);
    if (box->backdrop)
        box->backdrop->draw(box->backdrop->data, p->page, field);
    display_mark_artifact(p->page, DISPLAY_ARTIFACT_LAYOUT);
    paint_border(p, box, field);
    paint_bar(p, box, field);
    p->page->layer = layer;
    p->page->bleeds = bleeds;
}

/* ---- text ----------------------------------------------------------------------------------------------------- */

/* A disc at the height of the letters; its character is kept for extraction. */
static void paint_disc(struct layout_painter *p, const struct layout_box *box, double x, double baseline)
{
    struct layout_label *label = box->label;
    const struct font_face *face = text_face(p->run->engine, box->style, false, false);
    double x_height = face && face->x_height > 0 ? (double)face->x_height / face->upem : 0.48;
    double radius = label->size / 2;
    struct path path = PATH_EMPTY;
    if (label->node && !label->node->actual_text && label->count)
        label->node->actual_text =
            arena_strndup(p->run->job->document->arena, label->spans[0].text, label->spans[0].length);
    path_circle(&path, x + radius, baseline - x_height * box->style->size / 2, radius);
    display_fill(p->page, &path, label->colour ? label->colour : box->style->colour);
    path_free(&path);
}

static void paint_label_text(struct layout_painter *p, const struct layout_label *label, double x, double baseline)
{
    struct text_para *para = text_para_new(p->run->engine, label->spans, label->count);
    struct text_room room = { .x = x, .width = text_para_natural_width(para) + 1 };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = DESIGN_START };
    struct text_lines lines = text_para_break(para, &request, p->run->scratch);
    if (lines.count)
        display_add_line(p->page, para, &lines.lines[0], 0, baseline);
    text_para_free(para);
}

static void paint_label(struct layout_painter *p, const struct layout_fragment *f)
{
    const struct layout_label *label = f->box->label;
    double x = f->lines[0].line.x - layout_text_left(f->box) + f->box->left + label->x;
    display_mark(p->page, label->node, f->box->at);
    if (label->disc)
        paint_disc(p, f->box, x, f->lines[0].baseline);
    else
        paint_label_text(p, label, x, f->lines[0].baseline);
}

static void paint_lines(struct layout_painter *p, const struct layout_fragment *f)
{
    if (!f->line_count)
        return;
    if (f->box->label && !f->continued)
        paint_label(p, f);
    /* Shaped again for a header row that is shown again: its break points are the same. */
    struct text_para *para = layout_paragraph(p->run, f->box)->para;
    display_mark(p->page, f->box->node, f->box->at);
    for (size_t i = 0; i < f->line_count; i++)
        display_add_line(p->page, para, &f->lines[i].line, 0, f->lines[i].baseline);
}

/* ---- the tree ------------------------------------------------------------------------------------------------- */

/* ISO 14289-1, 7.5: a header row shown again is no content: what was painted from `last` on becomes an artifact. */
static void make_artifacts(struct layout_painter *p, struct display_item *last)
{
    for (struct display_item *i = last ? last->next : p->page->first; i; i = i->next) {
        i->node = NULL;
        i->artifact = DISPLAY_ARTIFACT_PAGINATION;
    }
}

static void paint_rule(struct layout_painter *p, const struct layout_fragment *f)
{
    const struct layout_box *row = f->box;
    if (row->kind != LAYOUT_TABLE_ROW || !(row->rule > 0) || !row->rule_colour)
        return;
    display_mark_artifact(p->page, DISPLAY_ARTIFACT_LAYOUT);
    const struct layout_strip whole = { f->frame.x, f->frame.width };
    const struct layout_strip *strips = f->strips ? f->strips : &whole;
    double y = f->frame.y + f->frame.height - row->rule / 2;
    for (int i = 0; i < (f->strips ? f->strip_count : 1); i++) {
        double from = fmax(strips[i].x, f->frame.x + row->rule_from), to = strips[i].x + strips[i].width;
        if (to > from)
            display_add_rect(p->page, (struct rect){ from, y, to - from, row->rule }, row->rule_colour);
    }
}

static void note_place(struct layout_painter *p, const struct layout_fragment *f)
{
    if (f->box->page < 0) {
        f->box->page = p->page->index;
        f->box->frame = f->frame;
    }
    p->page->areas |= f->box->areas;
}

void layout_paint(struct layout_painter *p, const struct layout_fragment *f)
{
    const struct layout_box *box = f->box;
    struct display_item *last = p->page->last;
    note_place(p, f);
    paint_look(p, f);
    if (box->kind == LAYOUT_PARAGRAPH)
        paint_lines(p, f);
    if (box->kind == LAYOUT_DRAWING) {
        display_mark(p->page, box->node, box->at);
        box->drawing->draw(box->drawing->data, p->page, f->frame);
    }
    for (const struct layout_fragment *child = f->first; child; child = child->next)
        layout_paint(p, child);
    paint_rule(p, f);
    if (f->repeated)
        make_artifacts(p, last);
    if (!f->rest)
        layout_forget(f->box);
}

/* ---- what could not be kept ----------------------------------------------------------------------------------- */

/* `goals "maal"`; of a box that is the template's own `goals "maal" (<stack>, template.xml:12:7)`. */
static const char *name_of(const struct layout_painter *p, const struct layout_box *box)
{
    const char *name = box->name ? box->name : "";
    if (!box->holds)
        return name;
    return arena_printf(p->run->scratch, "%s (<%s>, %s:%d:%d)", box->holds->name, name, box->at.file, box->at.line,
                        box->at.column);
}

/* Where the plan has what stands in the box. */
static struct source place_of(const struct layout_box *box)
{
    return box->holds ? box->holds->at : box->at;
}

static size_t count_lines(const struct layout_fragment *f)
{
    size_t n = f->line_count;
    for (const struct layout_fragment *child = f->first; child; child = child->next)
        n += count_lines(child);
    return n;
}

static size_t lines_below(const struct layout_fragment *f, double y)
{
    size_t n = 0;
    for (size_t i = 0; i < f->line_count; i++)
        n += f->lines[i].baseline > y;
    for (const struct layout_fragment *child = f->first; child; child = child->next)
        n += lines_below(child, y);
    return n;
}

static bool any_overset(const struct layout_fragment *f)
{
    for (const struct layout_fragment *child = f->first; child; child = child->next)
        if (child->faults & LAYOUT_OVERSET || any_overset(child))
            return true;
    return false;
}

static void tell_overset(struct layout_painter *p, const struct layout_fragment *f)
{
    const char *master = p->page->master ? p->page->master : "";
    size_t below = lines_below(f, f->bottom - f->over), lines = count_lines(f);
    diag_error(p->diag, place_of(f->box), "E601",
               P_("%s is too high for the frame \"%s\" of page %s: %zu of %zu line, %.1f mm, stands below its end",
                  "%s is too high for the frame \"%s\" of page %s: %zu of %zu lines, %.1f mm, stand below its end", lines),
               name_of(p, f->box), master, p->page->label, below, lines, f->over / PT_PER_MM);
    diag_remedy(p->diag, _("shorten it, or divide it into parts that may stand on two pages"));
}

static void tell_overfull_line(struct layout_painter *p, const struct layout_fragment *f)
{
    for (size_t i = 0; i < f->line_count; i++) {
        const struct text_line *line = &f->lines[i].line;
        if (!line->overfull || line->ink <= line->width + 0.5)
            continue;
        diag_warning(p->diag, f->box->at, "W602", _("a line on page %s is %.1f mm wider than its room"), p->page->label,
                     (line->ink - line->width) / PT_PER_MM);
        diag_remedy(p->diag, _("allow a hyphen in the long word (U+00AD), or choose a shorter one"));
    }
}

/* Lines that no limit could be kept for, by their number in the paragraph's piece on this page. */
static void tell_emergency(struct layout_painter *p, const struct layout_fragment *f)
{
    for (size_t i = 0; i < f->line_count; i++) {
        const struct text_line *line = &f->lines[i].line;
        if (!line->emergency || line->overfull)
            continue;
        if (line->hyphenated)
            diag_warning(p->diag, f->box->at, "W609",
                         _("line %zu of a paragraph on page %s ends in a hyphen at a column's foot, or is one of too many in a row"),
                         i + 1, p->page->label);
        else
            diag_warning(p->diag, f->box->at, "W608", _("line %zu of a paragraph on page %s is loose: its gaps are %.0f %% wider"),
                         i + 1, p->page->label, 100 * line->ratio);
        diag_remedy(p->diag, _("allow hyphens in its long words (U+00AD), or change a word"));
    }
}

static void tell(struct layout_painter *p, const struct layout_fragment *f)
{
    if (f->faults & LAYOUT_OVERSET && !any_overset(f))
        tell_overset(p, f);
    if (f->faults & LAYOUT_STRANDED)
        diag_warning(p->diag, place_of(f->last ? f->last->box : f->box), "W603",
                     _("a heading stands at the foot of page %s without the lines that follow it"), p->page->label);
    if (f->faults & LAYOUT_CUT) {
        diag_warning(p->diag, place_of(f->box), "W604", _("%s should stay together but is divided after page %s"),
                     name_of(p, f->box), p->page->label);
        diag_remedy(p->diag, _("make it shorter, or let a new page begin before it"));
    }
    if (f->faults & LAYOUT_WIDOW)
        diag_warning(p->diag, f->box->at, "W605", _("a line of a paragraph stands alone on page %s"), p->page->label);
    if (f->faults & LAYOUT_UNEVEN) {
        diag_warning(p->diag, place_of(f->last ? f->last->box : f->box), "W606", _("the columns on page %s end %d lines apart"),
                     p->page->label, f->spare_rows);
        diag_remedy(p->diag, _("a paragraph a line longer or shorter makes them level"));
    }
    if (f->faults & LAYOUT_AWAY && f->rest && f->rest->floats) {
        diag_warning(p->diag, place_of(f->rest->floats->box), "W610", _("%s stands on the page after page %s, where its text ends"),
                     name_of(p, f->rest->floats->box), p->page->label);
        diag_remedy(p->diag, _("let it come earlier, or make it smaller"));
    }
    tell_overfull_line(p, f);
    tell_emergency(p, f);
}

void layout_tell_faults(struct layout_painter *p, const struct layout_fragment *f)
{
    tell(p, f);
    for (const struct layout_fragment *child = f->first; child; child = child->next)
        layout_tell_faults(p, child);
}
