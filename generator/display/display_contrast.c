/* WCAG 2.1, 1.4.11: graphics that carry meaning stand out from what they stand on by 3:1, on the screen and in the
   agenda's colours. */
#include "base/i18n.h"
#include "display/display_internal.h"

static const double least_contrast = 3;

/* What an item paints, when it is one opaque colour; NULL: pictures, gradients, tints. */
static const struct design_colour *colour_of(const struct display_item *item)
{
    if (item->kind != DISPLAY_PATH)
        return NULL;
    const struct display_paint *fill = &item->path.fill, *stroke = &item->path.stroke.paint;
    const struct display_paint *paint = fill->kind != DISPLAY_NO_PAINT ? fill : stroke;
    bool opaque = paint->opacity <= 0 || paint->opacity >= 1;
    return paint->kind == DISPLAY_SOLID && opaque ? paint->colour : NULL;
}

static bool covers(const struct display_item *ground, const struct display_item *item)
{
    return ground->box.width >= 0 && rect_contains(ground->box, item->box, 0.5);
}

/* The last thing painted below the item that reaches round it. NULL: something that has no one colour, which is not
   judged. */
static const struct design_colour *ground_of(const struct display_page *page, const struct display_item *item,
                                             const struct design_colour *paper)
{
    const struct design_colour *ground = paper;
    for (const struct display_item *i = page->first; i != item; i = i->next) {
        bool paints = i->kind == DISPLAY_BITMAP || i->kind == DISPLAY_SYMBOL ||
                      (i->kind == DISPLAY_PATH && i->path.fill.kind != DISPLAY_NO_PAINT);
        if (paints && covers(i, item))
            ground = colour_of(i);
    }
    return ground;
}

static void tell(const struct display_page *page, const struct display_item *item, const struct design_colour *colour,
                 const struct design_colour *ground, bool agenda, struct diag *diag)
{
    double contrast = design_contrast(colour, ground, agenda);
    if (contrast >= least_contrast - 0.005)
        return;
    diag_warning(diag, item->at, "W661",
                 agenda ? _("in the agenda's colours a graphic on page %d, %s on %s, has a contrast of %.1f:1; meaning needs 3:1")
                        : _("a graphic on page %d, %s on %s, has a contrast of %.1f:1; meaning needs 3:1"),
                 page->index + 1, colour->name, ground->name, contrast);
    diag_remedy(diag, _("choose a darker or lighter colour for it in the template"));
}

void display_check_contrast(const struct display_document *doc, const struct display_page *page, struct diag *diag)
{
    const struct design_colour *paper = design_lookup_colour(doc->design, "paper");
    for (const struct display_item *i = page->first; i; i = i->next) {
        const struct design_colour *colour = i->meaning ? colour_of(i) : NULL;
        const struct design_colour *ground = colour ? ground_of(page, i, paper) : NULL;
        if (!ground || !ground->name || !colour->name)
            continue;
        tell(page, i, colour, ground, false, diag);
        tell(page, i, colour, ground, true, diag);
    }
}
