/* The palette: roles, their inks, and how far apart they are. */
#include <math.h>
#include <string.h>

#include "design/check.h"
#include "design/design.h"

const struct design_colour *design_lookup_colour(const struct design *design, const char *role)
{
    for (size_t i = 0; role && i < design->colour_count; i++)
        if (!strcmp(design->colours[i]->name, role))
            return design->colours[i];
    return NULL;
}

/* WCAG 2.1, relative luminance. Each of the 256 values is reckoned once: every glyph of a document asks. */
static double linear(unsigned char value)
{
    static double known[256];
    if (known[value] <= 0) {
        double v = value / 255.0;
        known[value] = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
    }
    return known[value];
}

static double luminance(const unsigned char rgb[3])
{
    return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
}

double design_contrast(const struct design_colour *a, const struct design_colour *b, bool agenda)
{
    double x = luminance(agenda ? a->agenda : a->rgb), y = luminance(agenda ? b->agenda : b->rgb);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

const struct design_colour *design_on(const struct design *design, const struct design_colour *ground)
{
    static const char *const roles[] = { "paper", "on-ground" };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        const struct design_colour *colour = design_lookup_colour(design, roles[i]);
        if (design_contrast(colour, ground, false) >= DESIGN_TEXT_CONTRAST &&
            design_contrast(colour, ground, true) >= DESIGN_TEXT_CONTRAST)
            return colour;
    }
    return design_lookup_colour(design, "ink");
}
