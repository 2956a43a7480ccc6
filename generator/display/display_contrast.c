/* WCAG 2.1 on the finished page, on the screen and in the agenda's colours: text stands out from what lies under each of
   its letters by 4.5:1 (1.4.3), graphics that carry meaning from what they stand on by 3:1 (1.4.11). The ratio is one of
   luminances: grey paper shows the same. */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "display/display_internal.h"

static const double least_contrast = 3;

/* ---- graphics ------------------------------------------------------------------------------------------------- */

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

static void check_graphics(const struct display_page *page, const struct design_colour *paper, struct diag *diag)
{
    for (const struct display_item *i = page->first; i; i = i->next) {
        const struct design_colour *colour = i->meaning ? colour_of(i) : NULL;
        const struct design_colour *ground = colour ? ground_of(page, i, paper) : NULL;
        if (!ground || !ground->name || !colour->name)
            continue;
        tell(page, i, colour, ground, false, diag);
        tell(page, i, colour, ground, true, diag);
    }
}

/* ---- text ----------------------------------------------------------------------------------------------------- */

enum { MOST_BELOW = 256 };

struct worst {
    double contrast;
    const char *ground;
    bool agenda;
};

static unsigned char blend(double ground, double ink, double opacity)
{
    return (unsigned char)(ground + (ink - ground) * opacity + 0.5);
}

static bool looks_the_same(const struct display_under *a, const struct display_under *b)
{
    return a->known == b->known && a->name == b->name && !memcmp(a->rgb, b->rgb, sizeof a->rgb) &&
           !memcmp(a->agenda, b->agenda, sizeof a->agenda);
}

/* The glyph's contrast, on the screen and in the agenda, if it is worse than what was found before. A photo is not judged. */
static void look(struct worst *worst, const struct design_colour *ink, double opacity, const struct display_under *under)
{
    if (!under->known)
        return;
    struct design_colour front = *ink, back = *ink;
    for (int i = 0; i < 3; i++) {
        back.rgb[i] = blend(under->rgb[i], 0, 0);
        back.agenda[i] = blend(under->agenda[i], 0, 0);
        front.rgb[i] = blend(under->rgb[i], ink->rgb[i], opacity);
        front.agenda[i] = blend(under->agenda[i], ink->agenda[i], opacity);
    }
    for (int agenda = 0; agenda < 2; agenda++) {
        double contrast = design_contrast(&front, &back, agenda);
        if (contrast < worst->contrast)
            *worst = (struct worst){ contrast, under->name, agenda };
    }
}

/* Every glyph of a run at the middle of its small letters' height. */
static struct worst look_under(const struct display_grounds *grounds, const struct display_item *item,
                               const struct design_colour *paper)
{
    struct display_ground *below[MOST_BELOW];
    const struct text_run *run = &item->run;
    struct worst worst = { INFINITY, NULL, false };
    struct display_under last = { .known = false };
    double opacity = display_grounds_opacity(grounds);
    size_t n = display_grounds_below(grounds, item->box, below, MOST_BELOW);
    for (size_t i = 0; i < run->count; i++) {
        const struct text_glyph *glyph = &run->glyphs[i];
        double end = i + 1 < run->count ? run->glyphs[i + 1].x : run->width;
        if (run->text[glyph->text_at] == ' ')
            continue;
        struct point middle = { item->x + (glyph->x + end) / 2, item->y - glyph->y - run->rise - run->size * 0.26 };
        struct display_under under = display_grounds_at(below, n, paper, display_grounds_place(grounds, middle));
        if (!looks_the_same(&under, &last))
            look(&worst, run->colour, opacity, &under);
        last = under;
        if (!n)
            break;
    }
    return worst;
}

static void tell_text(const struct display_page *page, const struct display_item *item, struct worst worst,
                      struct diag *diag)
{
    const struct text_run *run = &item->run;
    if (worst.contrast >= DESIGN_TEXT_CONTRAST - 0.005)
        return;
    diag_warning(diag, item->at, "W662",
               worst.agenda
                   ? _("in the agenda's colours the text \"%.*s\" on page %d, %s on %s, has a contrast of %.1f:1; text needs %.1f:1")
                   : _("the text \"%.*s\" on page %d, %s on %s, has a contrast of %.1f:1; text needs %.1f:1"),
               display_excerpt(run), run->text, page->index + 1, run->colour->name,
               worst.ground, worst.contrast, DESIGN_TEXT_CONTRAST);
    diag_remedy(diag, _("shorten what pushes it there, or choose another colour or place for it in the template"));
}

static void check_text(const struct display_page *page, const struct design_colour *paper, struct diag *diag)
{
    struct arena *arena = arena_new();
    struct display_grounds *grounds = display_grounds_new(arena);
    for (const struct display_item *i = page->first; i; i = i->next) {
        display_grounds_add(grounds, i);
        if (i->kind == DISPLAY_GLYPHS && i->run.colour && i->run.count)
            tell_text(page, i, look_under(grounds, i, paper), diag);
    }
    display_grounds_free(grounds);
    arena_free(arena);
}

void display_check_contrast(const struct display_document *doc, const struct display_page *page, struct diag *diag)
{
    const struct design_colour *paper = design_lookup_colour(doc->design, "paper");
    check_graphics(page, paper, diag);
    if (paper)
        check_text(page, paper, diag);
}
