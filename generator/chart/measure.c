/* What the template says about charts: measures, styles, colours; and the defaults, each in one place. */
#include "chart/draw.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

/* The measures of components. Lengths are points here; the template writes them with their unit. A word is one of a fixed
   set that template.xsd checks. docs/template.md lists them. */
static const struct {
    const char *component, *name;
    double value;
    const char *word;
} defaults[] = {
    /* a value that text runs round */
    { "key-figure", "shape", 0, "disc" },                 /* disc, square, plain */
    { "key-figure", "radius", 22 * MM, NULL },
    { "key-figure", "width", 55 * MM, NULL },             /* square, plain */
    { "key-figure", "height", 50 * MM, NULL },
    { "key-figure", "ring", 0.13, NULL },                 /* of the radius */
    { "key-figure", "inset", 0.035, NULL },
    { "key-figure", "edge", 0.7, NULL },
    { "key-figure", "value-width", 1.38, NULL },          /* of the radius */
    { "key-figure", "value-width-small", 1.28, NULL },    /* below 20 mm */
    { "key-figure", "smallest-value", 19, NULL },
    { "key-figure", "ticks", 0, NULL },                   /* fine marks round a share's ring: 100 makes each one a per cent */
    { "key-figure", "quarters", 0, "yes" },               /* marks at 25, 50, 75 % */
    { "key-figure", "sparkline", 0, "no" },               /* what was measured before, where compose knows it */
    { "key-figure", "track", 0, "area-1-tint" },          /* under the arc, where there is no hue */
    { "key-figure", "padding", 4 * MM, NULL },
    { "key-figure", "bar", 2 * MM, NULL },

    { "wheel", "shape", 0, "disc" },                      /* disc, square: see tiles */
    { "wheel", "radius", 46 * MM, NULL },
    { "wheel", "radius-most", 60 * MM, NULL },
    { "wheel", "hub", 12.5 * MM, NULL },
    { "wheel", "gap", 1.5 * MM, NULL },
    { "wheel", "highlight", 4 * MM, NULL },
    { "wheel", "medallion", 6 * MM, NULL },
    { "wheel", "medallion-edge", 1.1, NULL },
    { "wheel", "padding", 2.3 * MM, NULL },
    { "wheel", "outline-gap", 0, NULL },

    { "cycle", "shape", 0, "disc" },                      /* disc, square: see tiles */
    { "cycle", "radius", 38.5 * MM, NULL },
    { "cycle", "radius-most", 41.25 * MM, NULL },         /* longer words make a larger ring */
    { "cycle", "ring", 9.4 * MM, NULL },
    { "cycle", "head", 7, NULL },                         /* degrees */
    { "cycle", "gap", 1.9 * MM, NULL },
    { "cycle", "core", 0.6, NULL },                       /* of the radius */
    { "cycle", "core-gap", 1.2 * MM, NULL },
    { "cycle", "hub-hue", 2, NULL },
    { "cycle", "hub-second-hue", 1, NULL },
    { "cycle", "disc", 8 * MM, NULL },                    /* station discs where labels stand outside */
    { "cycle", "icon", 8 * MM, NULL },

    /* wheel and cycle in squares */
    { "tiles", "text", 1.1, NULL },                       /* words' size, of figure-label's */
    { "tiles", "step-text", 1.5, NULL },                  /* the same in a cycle */
    { "tiles", "width", 50 * MM, NULL },                  /* least, of a wheel's tiles */
    { "tiles", "height", 30 * MM, NULL },                 /* least */
    { "tiles", "gap", 1.5 * MM, NULL },
    { "tiles", "step-width", 28 * MM, NULL },             /* a cycle's tiles: narrower ones go down and up */
    { "tiles", "step", 6 * MM, NULL },                    /* a cycle's gap, with the arrows */
    { "tiles", "aside", 8 * MM, NULL },                   /* a cycle's arrows beside the core */
    { "tiles", "padding", 3.5 * MM, NULL },
    { "tiles", "icon", 9 * MM, NULL },
    { "tiles", "step-icon", 14 * MM, NULL },
    { "tiles", "hub", 12 * MM, NULL },
    { "tiles", "hub-art", 30 * MM, NULL },                /* height of a core with drawings */
    { "tiles", "hub-text", 1.6, NULL },                   /* of figure-label's size */

    { "continuum", "text", 1.1, NULL },                   /* words' size, of figure-label's */
    { "continuum", "height", 50 * MM, NULL },
    { "continuum", "first", 14 * MM, NULL },
    { "continuum", "corner", 11 * MM, NULL },
    { "continuum", "gap", 1.6 * MM, NULL },
    { "continuum", "padding", 4 * MM, NULL },
    { "continuum", "ramp", 6, NULL },                     /* wordless strips between two worded ends */
    { "continuum", "axis", 1.4, NULL },
    { "continuum", "figure", 20 * MM, NULL },
    { "continuum", "tones", 0, "area-1-tint primary-bright primary-light primary" },    /* four, where there is no hue */

    { "matrix", "text", 1.1, NULL },                      /* words' size, of figure-label's */
    { "matrix", "head", 21 * MM, NULL },
    { "matrix", "row", 17 * MM, NULL },
    { "matrix", "row-least", 7.5 * MM, NULL },
    { "matrix", "label", 44 * MM, NULL },
    { "matrix", "gap", 1.2 * MM, NULL },
    { "matrix", "disc", 3.2 * MM, NULL },
    { "matrix", "icon", 8 * MM, NULL },
    { "matrix", "bend", 8 * MM, NULL },                   /* strands: from the arcs' centre down to the head */
    { "matrix", "beyond", 2 * MM, NULL },                 /* strands: the arcs' centre right of the columns */
    { "matrix", "strands", 0, "yes" },
    { "matrix", "walker", 16 * MM, NULL },                /* strands: height of the people on the outermost one */
    { "matrix", "walker-gap", 15 * MM, NULL },
    { "matrix", "mark", 0, "disc" },                      /* disc, square */
    { "matrix", "rule", 0.5, NULL },

    { "goal-row", "dot", 7, NULL },
    { "goal-row", "shape", 0, "disc" },                   /* disc, square */
    { "goal-row", "bar", 2.2, NULL },
    { "goal-row", "tick", 2.2, NULL },
    { "goal-row", "tick-height", 12, NULL },
    { "goal-row", "capsule", 5.4, NULL },
    { "goal-row", "hatch", 3, NULL },
    { "goal-row", "hatch-line", 1.7, NULL },
    { "goal-row", "axis", 0.75, NULL },
    { "goal-row", "arrow", 6, NULL },
    { "goal-row", "height", 13, NULL },
    { "goal-row", "label", 58 * MM, NULL },               /* chart of rows */

    { "status", "size", 9, NULL },

    { "picture", "most", 95 * MM, NULL },                 /* height of a picture that nobody gave a size */
    { "picture", "most-circle", 60 * MM, NULL },

    { "chart", "grid", 0.5, NULL },
    { "chart", "axis", 0.75, NULL },
    { "chart", "row", 11 * MM, NULL },
    { "chart", "bar", 5.2 * MM, NULL },
    { "chart", "label", 44 * MM, NULL },
    { "chart", "label-gap", 3 * MM, NULL },
    { "chart", "height", 62 * MM, NULL },
    { "chart", "shape", 0, "disc" },                      /* points: disc, square */
    { "chart", "ring", 22 * MM, NULL },

    { "board", "card", 50 * MM, NULL },                   /* least width */
    { "board", "gap", 5 * MM, NULL },
    { "board", "bar", 1.4 * MM, NULL },
    { "board", "padding", 4 * MM, NULL },
    { "board", "height", 40 * MM, NULL },
};

/* Attributes of the same components that name art: who makes the drawings reads them. */
static const struct {
    const char *component, *name;
} art[] = {
    { "cycle", "hub-art" }, { "cycle", "hub-second-art" }, { "continuum", "figures" }, { "matrix", "figures" }
};

/* The words of an attribute that takes one of a few; those of colours are looked up in the palette. */
static const char *const words_of_choice[][2] = { { "disc", "disc square plain" }, { "yes", "yes no" }, { "no", "yes no" } };

static bool is_chart_component(const char *component)
{
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
        if (strcmp(defaults[i].component, component) == 0)
            return true;
    return false;
}

static bool has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = strstr(list, word); n && at; at = strstr(at + 1, word))
        if ((at == list || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' '))
            return true;
    return false;
}

static void check_word(const struct design *design, const struct design_element *e, const char *name,
                       const char *value, const char *missing, struct diag *diag)
{
    for (size_t i = 0; i < sizeof words_of_choice / sizeof *words_of_choice; i++)
        if (strcmp(missing, words_of_choice[i][0]) == 0) {
            if (has_word(words_of_choice[i][1], value))
                return;
            diag_error(diag, e->at, "E683", _("<%s>: %s=\"%s\" is none of: %s"), e->name, name, value,
                       words_of_choice[i][1]);
            diag_remedy(diag, _("write one of these words"));
            return;
        }
    for (const char *word = value; *word; word += strspn(word, " ")) {
        char role[64];
        size_t n = strcspn(word, " ");
        snprintf(role, sizeof role, "%.*s", (int)n, word);
        if (!design_lookup_colour(design, role)) {
            diag_error(diag, e->at, "E684",
                       _("<%s>: %s names the colour \"%s\", which the palette does not have"), e->name, name,
                       role);
            diag_remedy(diag, _("name roles of the palette, such as area-1-tint"));
        }
        word += n;
    }
}

static void check_attribute(const struct design *design, const struct design_element *e, const char *name,
                            const char *value, struct diag *diag)
{
    for (size_t i = 0; i < sizeof art / sizeof *art; i++)
        if (strcmp(art[i].component, e->name) == 0 && strcmp(art[i].name, name) == 0)
            return;
    struct buf known = BUF_EMPTY;
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
        if (strcmp(defaults[i].component, e->name) != 0)
            continue;
        if (strcmp(defaults[i].name, name) == 0) {
            if (defaults[i].word)
                check_word(design, e, name, value, defaults[i].word, diag);
            buf_free(&known);
            return;
        }
        buf_printf(&known, "%s%s", known.length ? ", " : "", defaults[i].name);
    }
    diag_error(diag, e->at, "E682", _("<%s> has no measure \"%s\""), e->name, name);
    diag_remedy(diag, _("its measures are %s"), buf_text(&known));
    buf_free(&known);
}

void chart_check_components(const struct design *design, struct diag *diag)
{
    for (const struct design_element *e = design->components; e; e = e->next) {
        if (!is_chart_component(e->name))
            continue;
        if (design_lookup_component(design, e->name) != e) {
            diag_error(diag, e->at, "E681", _("<%s> is written twice in <components>; only the first counts"),
                       e->name);
            diag_remedy(diag, _("put all its attributes in one element"));
        }
        for (const char *const *a = e->attributes; a && *a; a += 2)
            check_attribute(design, e, a[0], a[1], diag);
    }
}

static size_t find_default(const char *component, const char *name)
{
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
        if (strcmp(defaults[i].component, component) == 0 && strcmp(defaults[i].name, name) == 0)
            return i;
    assert(!"a measure without a default");
    return 0;
}

static const struct design_element *component_of(const struct chart_context *c, const char *component)
{
    return design_lookup_component(c->design, component);
}

double chart_length(const struct chart_context *c, const char *component, const char *name)
{
    double missing = defaults[find_default(component, name)].value;
    const struct design_element *e = component_of(c, component);
    return e ? design_length(c->design, e, name, 0, missing) : missing;
}

double chart_number(const struct chart_context *c, const char *component, const char *name)
{
    double missing = defaults[find_default(component, name)].value;
    const struct design_element *e = component_of(c, component);
    return e ? design_number(e, name, missing) : missing;
}

const char *chart_choice(const struct chart_context *c, const char *component, const char *name)
{
    const char *missing = defaults[find_default(component, name)].word;
    const struct design_element *e = component_of(c, component);
    const char *word = e ? design_attribute(e, name) : NULL;
    return word ? word : missing;
}

bool chart_chosen(const struct chart_context *c, const char *component, const char *name, const char *word)
{
    return strcmp(chart_choice(c, component, name), word) == 0;
}

bool chart_flag(const struct chart_context *c, const char *component, const char *name)
{
    return chart_chosen(c, component, name, "yes");
}

/* ---- styles ------------------------------------------------------------------------------------------------------- */
const struct design_style *chart_style(const struct chart_context *c, const char *name)
{
    const struct design_style *style = design_lookup_style(c->design, name);
    if (style)
        return style;
    struct source at = { c->design->file, 0, 0 };
    diag_error(c->diag, at, "E680",
               _("the template has no text style \"%s\", which charts and illustrations use"), name);
    diag_remedy(c->diag, _("add <style name=\"%s\" …/> to <styles>"), name);
    assert(c->design->style_count && "a template without styles is refused when it is read");
    return c->design->styles[0];
}

struct chart_size {
    const struct design_style *of, *style;
    struct chart_size *next;
};

struct chart_sizes {
    struct chart_size *first;
};

struct chart_sizes *chart_sizes_new(struct arena *arena)
{
    return arena_new_of(arena, struct chart_sizes);
}

static const struct design_style *known_size(const struct chart_sizes *sizes, const struct design_style *of,
                                             double size)
{
    for (const struct chart_size *s = sizes ? sizes->first : NULL; s; s = s->next)
        if (s->of == of && fabs(s->style->size - size) < 1e-6)
            return s->style;
    return NULL;
}

const struct design_style *chart_style_at(const struct chart_context *c, const struct design_style *style,
                                          double size)
{
    if (fabs(style->size - size) < 1e-6)
        return style;
    const struct design_style *known = known_size(c->sizes, style, size);
    if (known)
        return known;
    struct design_style *copy = arena_copy(c->document->arena, style, sizeof *style);
    copy->leading = style->leading * size / style->size;
    copy->size = size;
    if (c->sizes) {
        struct chart_size *entry = arena_new_of(c->document->arena, struct chart_size);
        *entry = (struct chart_size){ style, copy, c->sizes->first };
        c->sizes->first = entry;
    }
    return copy;
}

const struct design_style *chart_component_style(const struct chart_context *c, const char *component,
                                                 const char *name)
{
    const struct design_style *style = chart_style(c, name);
    return chart_style_at(c, style, style->size * chart_number(c, component, "text"));
}

/* ---- colours ------------------------------------------------------------------------------------------------------ */
const struct design_colour *chart_colour(const struct chart_context *c, const char *role, int hue)
{
    const struct design_colour *colour = display_role_colour(c->design, role, hue);
    if (!colour)
        colour = design_lookup_colour(c->design, "ink");
    assert(colour && "a palette without ink is refused when it is read");
    return colour;
}

const struct design_colour *chart_on(const struct chart_context *c, const struct design_colour *ground)
{
    return design_on(c->design, ground);
}

const struct design_colour *chart_named_colour(const struct chart_context *c, const char *component,
                                               const char *name, int which)
{
    const char *word = chart_choice(c, component, name);
    for (; which > 0; which--) {
        word += strcspn(word, " ");
        word += strspn(word, " ");
    }
    const char *role = arena_strndup(c->arena, word, strcspn(word, " "));
    const struct design_colour *colour = design_lookup_colour(c->design, role);
    return colour ? colour : chart_colour(c, "main", 0);
}

static unsigned char mix_byte(unsigned char a, unsigned char b, double share)
{
    return (unsigned char)lround(a + (b - a) * share);
}

const struct design_colour *chart_mix(const struct chart_context *c, const struct design_colour *a,
                                      const struct design_colour *b, double share)
{
    if (share <= 0)
        return a;
    if (share >= 1)
        return b;
    struct design_colour *mix = arena_copy(c->document->arena, a, sizeof *a);
    mix->name = arena_printf(c->document->arena, "%s-%d-%s", a->name, (int)lround(share * 100), b->name);
    mix->spot = NULL;
    for (int i = 0; i < 3; i++) {
        mix->rgb[i] = mix_byte(a->rgb[i], b->rgb[i], share);
        mix->agenda[i] = mix_byte(a->agenda[i], b->agenda[i], share);
    }
    for (int i = 0; i < 4; i++)
        mix->cmyk[i] = a->cmyk[i] + (b->cmyk[i] - a->cmyk[i]) * share;
    return mix;
}

/* ---- words -------------------------------------------------------------------------------------------------------- */
/* Words that stand in charts; a template may say them otherwise under the same key with "chart." before it. */
static const char *const languages[] = { "da", "sv", "nb", "de", "en" };
static const struct {
    const char *key, *words[5];
} words[] = {
    { "baseline", { "baseline", "utgångsläge", "utgangspunkt", "Ausgangswert", "baseline" } },
    { "target", { "mål", "mål", "mål", "Ziel", "target" } },
    { "actual", { "aktuelt", "utfall", "faktisk", "aktuell", "actual" } },
    { "forecast", { "forventet", "prognos", "forventet", "Prognose", "forecast" } },
    { "from", { "fra %s", "från %s", "fra %s", "von %s", "from %s" } },
    { "lower-is-better", { "lavere er bedre", "lägre är bättre", "lavere er bedre", "niedriger ist besser",
                           "lower is better" } },
    { "higher-is-better", { "højere er bedre", "högre är bättre", "høyere er bedre", "höher ist besser",
                            "higher is better" } },
    { "wanted", { "ønsket retning", "önskad riktning", "ønsket retning", "gewünschte Richtung", "wanted direction" } },
    { "from-baseline", { "ændring fra baseline", "ändring från utgångsläget", "endring fra utgangspunktet",
                         "Änderung zum Ausgangswert", "change from baseline" } },
    { "rest", { "resten", "övriga", "resten", "Rest", "the rest" } },
    { "unwanted", { "går imod den ønskede retning", "går mot önskad riktning", "går mot ønsket retning",
                    "gegen die gewünschte Richtung", "against the wanted direction" } },
    { "missing", { "–", "–", "–", "–", "–" } },
    { "cut-axis", { "afkortet akse", "kapad axel", "kuttet akse", "gekürzte Achse", "cut axis" } },
};

int chart_language(const char *lang)
{
    int n = (int)(sizeof languages / sizeof *languages);
    for (int i = 0; i < n; i++)
        if (lang && strncmp(lang, languages[i], 2) == 0 && (lang[2] == '\0' || lang[2] == '-'))
            return i;
    /* Norwegian is written nb, nn or no. */
    if (lang && (strncmp(lang, "no", 2) == 0 || strncmp(lang, "nn", 2) == 0))
        return 2;
    return n - 1;
}

const char *chart_word(const struct chart_context *c, const char *key)
{
    const char *full = arena_printf(c->arena, "chart.%s", key);
    const char *word = design_word(c->design, c->lang, full);
    if (word && strcmp(word, full) != 0)
        return word;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].key, key) == 0)
            return words[i].words[chart_language(c->lang)];
    assert(!"a word without an entry");
    return key;
}
