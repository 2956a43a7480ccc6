/* The design: what a template folder says. Appearance lives here and nowhere in C. Lengths are points. */
#ifndef DESIGN_DESIGN_H
#define DESIGN_DESIGN_H
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"

/* ---- colour ------------------------------------------------------------------------------------------------- */
struct design_colour {
    const char *name;          /* role: "ink", "paper", "primary", "area-1-main" */
    unsigned char rgb[3];
    unsigned char agenda[3];   /* what the agenda edition paints instead; from the colour map, else rgb */
    double cmyk[4];            /* percent */
    const char *spot;          /* name of a spot colour whose full tone this is, or NULL */
    struct source at;
};

/* ---- text styles -------------------------------------------------------------------------------------------- */
enum design_align { DESIGN_START, DESIGN_CENTRE, DESIGN_END, DESIGN_JUSTIFY };
enum design_caps { DESIGN_CAPS_NONE, DESIGN_CAPS_UPPER, DESIGN_CAPS_SMALL };
enum design_figures { DESIGN_FIGURES_DEFAULT = 0, DESIGN_LINING = 1, DESIGN_OLD_STYLE = 2, DESIGN_TABULAR = 4, DESIGN_PROPORTIONAL = 8 };

struct design_style {
    const char *name;
    const char *family, *weight;           /* as in fonts.xml: "Vollkorn", "Regular" */
    const char *emphasis, *strong;         /* weights (faces) for inline emphasis and strong; NULL: the same */
    double size, leading;
    double tracking;                       /* em */
    const struct design_colour *colour;
    const struct design_colour *ground;    /* what it is set on, mostly: paper if the template does not say */
    enum design_align align;
    enum design_caps caps;
    unsigned figures;                      /* enum design_figures, or'ed */
    double indent;                         /* first line of a paragraph that follows another */
    double hang;                           /* list text behind its label */
    double space_before, space_after;
    bool hyphenate, grid;                  /* grid: its lines stand on the baseline grid */
    int keep_next;                         /* lines of what follows that must stay with it */
    const struct design_colour *label_colour;              /* bullets and numbers; NULL: colour */
    struct source at;
};

/* ---- justification (research/text-engine.md, 5) ------------------------------------------------------------- */
struct design_setting {
    double space, stretch, shrink;         /* em; shares of the space */
    double expansion, tracking;            /* 0.02 = 2 %; em a glyph */
    double hyphen_penalty;
    double narrow;                         /* em: measures below are set ragged */
    int hyphen_run;                        /* most hyphens in a row */
    double shape_gap;                      /* text to shape */
};

/* ---- pages -------------------------------------------------------------------------------------------------- */
struct design_page {
    double width, height, bleed;
    double top, bottom, inside, outside;   /* margins of the type area */
    int columns;                           /* of the layout grid */
    double gutter;
    double first_baseline, baseline_step, last_baseline;
    bool facing;                           /* inside and outside change sides */
    int multiple;                          /* page count is a multiple of it (warned), 0 or 1: any */
    struct source at;
};

/* ---- arrangements: the tree that compose interprets --------------------------------------------------------- */
/* An element of template.xml below <masters> or <arrangements>, kept as written and checked by the schema: compose
   knows the words. Names and attributes are in docs/template.md. */
struct design_element {
    const char *name;
    const char *const *attributes;         /* name, value, name, value, ..., NULL */
    const struct design_element *first, *next, *parent;
    struct source at;
};

/* NULL when absent. */
const char *design_attribute(const struct design_element *, const char *name);
/* A length with unit ("12mm", "9pt", "3gl" grid lines, "50%" of `whole`) in points; `missing` when absent. */
struct design;
double design_length(const struct design *, const struct design_element *, const char *name, double whole, double missing);
bool design_flag(const struct design_element *, const char *name, bool missing);
double design_number(const struct design_element *, const char *name, double missing);

/* ---- words by language -------------------------------------------------------------------------------------- */
/* The template's word for `key` ("goal", "baseline", "page", "state.reached") in `lang` (falls back: the language
   without region, then "en"); the key itself with no entry. */
const char *design_word(const struct design *, const char *lang, const char *key);

struct design_numbers {                    /* per language */
    const char *decimal, *thousands, *percent_space, *minus, *range;
    const char *quote_open, *quote_close;
};
struct design_numbers design_numbers(const struct design *, const char *lang);

/* ---- the whole ---------------------------------------------------------------------------------------------- */
struct design {
    const char *name, *title, *folder, *file;
    struct design_page page;
    struct design_setting setting;
    const struct design_colour *const *colours;
    size_t colour_count;
    const struct design_style *const *styles;
    size_t style_count;
    const struct design_element *masters;          /* first <master> */
    const struct design_element *arrangements;     /* first <arrangement> */
    const struct design_element *components;       /* first child of <components>: measures of charts, circles, tables */
    const struct design_element *words, *numbers;
    const char *exceptions;                        /* folder of hyphenation exception lists */
};

/* `name`: a template that is shipped ("standard"), or a folder (has a '/'). NULL with errors. */
const struct design *design_read(const char *name, struct arena *, struct diag *);

const struct design_colour *design_lookup_colour(const struct design *, const char *role);     /* NULL when absent */
const struct design_style *design_lookup_style(const struct design *, const char *name);
/* <components><NAME …>; NULL when absent. */
const struct design_element *design_lookup_component(const struct design *, const char *name);
#define DESIGN_TEXT_CONTRAST 4.5       /* what text needs: WCAG 2.1, 1.4.3 */
/* WCAG 2.1 contrast ratio of two colours as the screen (agenda: the agenda) paints them, 1 to 21. */
double design_contrast(const struct design_colour *, const struct design_colour *, bool agenda);
/* What can be written on `ground`: the first of paper, on-ground and ink that has 4.5:1 on it both on the screen and in
   the agenda; ink when none has. */
const struct design_colour *design_on(const struct design *, const struct design_colour *ground);
#endif
