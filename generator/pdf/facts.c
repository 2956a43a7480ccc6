#include "pdf/facts.h"

#include <string.h>

#include "base/i18n.h"
#include "pdf/pdf.h"

/* Every claim, and the file as such. */
#define A_ALL (PDF_A_2A | PDF_A_2B | PDF_A_3A)
#define A_TAGGED (PDF_A_2A | PDF_A_3A)
#define TAGGED (PDF_UA_1 | A_TAGGED)
#define ALWAYS (~0u)
#define WARNED 0u                          /* told, but no standard forbids it */

/* Which claims forbid a fact, and what is said then; "%s" is the detail. */
static const struct {
    const char *code;
    unsigned forbidden_by;
    const char *message, *remedy;
} facts[PDF_FACTS] = {
    [PDF_FACT_NO_TITLE] = { "E701", PDF_UA_1 | PDF_X_4, N_("the document has no title"),
                            N_("write <title> at the top of the plan") },
    [PDF_FACT_NO_LANGUAGE] = { "E702", TAGGED, N_("the document does not say its language"),
                               N_("write xml:lang=\"da\" on <plan>") },
    [PDF_FACT_NO_STRUCTURE] = { "E703", TAGGED, N_("the document has no structure for screen readers"),
                                N_("give the plan at least one part with a title") },
    [PDF_FACT_STRAY_CONTENT] = { "E704", TAGGED, N_("something is drawn that stands nowhere in the reading order"),
                                 N_("this is a fault in the program: please report it with the plan") },
    [PDF_FACT_FIGURE_WITHOUT_ALT] = { "E705", TAGGED, N_("the picture has no alternative text"),
                                      N_("write what it shows in the attribute alt") },
    [PDF_FACT_HEADING_GAP] = { "E706", PDF_UA_1, N_("the heading \"%s\" skips a level"),
                               N_("let a heading be at most one level below the one above it") },
    [PDF_FACT_TABLE_WITHOUT_HEADERS] = { "E707", PDF_UA_1, N_("the table has no header cells"),
                                         N_("put its first row in <head>, or write header=\"true\" on the first cells") },
    [PDF_FACT_LINK_WITHOUT_WORDS] = { "E708", PDF_UA_1, N_("the link has no words"),
                                      N_("write what it leads to between <a> and </a>") },
    [PDF_FACT_LINK_NOWHERE] = { "E709", ALWAYS, N_("the link leads to a place that is on no page"),
                                N_("refer to a part, box, table or chart that is shown") },
    [PDF_FACT_MISSING_GLYPH] = { "E710", ALWAYS, N_("the font %s has no glyph for a character here"),
                                 N_("write another character, or choose a font that has it") },
    [PDF_FACT_GLYPH_WITHOUT_TEXT] = { "E711", TAGGED, N_("a glyph of %s stands for no text"),
                                      N_("this is a fault in the program: please report it with the plan") },
    [PDF_FACT_FONT_NOT_CUT] = { "E712", ALWAYS, N_("the font %s cannot be embedded"),
                                N_("use a TrueType font that may be embedded") },
    [PDF_FACT_NO_INTENT] = { "E713", A_ALL | PDF_X_4, N_("there is no colour profile for the file"),
                             N_("name an ICC profile in the printer profile, or install the program's own again") },
    [PDF_FACT_RGB_UNDER_CMYK] = { "E714", A_ALL | PDF_X_4, N_("%s has RGB colours in a file for four inks"),
                                  N_("use a picture in CMYK, or a printer profile that can convert it") },
    [PDF_FACT_ATTACHMENT] = { "E716", PDF_A_2A | PDF_A_2B | PDF_X_4, N_("the file %s may not be attached in this edition"),
                              N_("leave it out; the screen edition carries it") },
    [PDF_FACT_NESTING] = { "E717", A_ALL, N_("a drawing is nested deeper than 28 levels"),
                           N_("flatten its groups in the drawing program") },
    [PDF_FACT_BROKEN_PICTURE] = { "E718", ALWAYS, N_("%s cannot be read"), N_("save the picture again") },
    [PDF_FACT_INK_OF_PICTURE] = { "W734", WARNED, N_("the picture %s takes more ink than the printer profile allows"),
                                  N_("convert it to the printer's profile with that limit, or give it as RGB") },
    [PDF_FACT_RGB_LEFT] = { "W736", WARNED, N_("the picture %s stays in RGB: the printer profile names no colour profile to convert it with"),
                            N_("save it in CMYK as the printing house asks, or name the house's ICC file") },
    [PDF_FACT_SPOT_IN_GRADIENT] = { "W735", WARNED, N_("the spot colour %s is mixed of the four inks in a gradient with another colour"),
                                    N_("let it fade into the paper, where it keeps its plate, or take a colour without a spot for the gradient") },
    [PDF_FACT_INK] = { "W724", WARNED, N_("the colour %s takes more ink than the printer profile allows"),
                       N_("lower its CMYK values in the template, the darkest ink last") },
};

void pdf_facts_free(struct pdf_facts *f)
{
    mem_free(f->noted);
    memset(f, 0, sizeof *f);
}

void pdf_facts_note(struct pdf_facts *f, enum pdf_fact fact, struct source at, const char *detail, struct arena *arena)
{
    VEC_GROW(f->noted, f->capacity, f->count + 1);
    f->noted[f->count++] = (struct pdf_noted){ fact, at, arena_strdup(arena, detail) };
}

/* The table's texts are checked by hand: at most one %s, and the detail is never a format. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void tell(const struct pdf_noted *n, struct diag *diag)
{
    const char *detail = n->detail ? n->detail : "";
    if (facts[n->fact].forbidden_by == WARNED)
        diag_warning(diag, n->at, facts[n->fact].code, gettext(facts[n->fact].message), detail);
    else
        diag_error(diag, n->at, facts[n->fact].code, gettext(facts[n->fact].message), detail);
    diag_remedy(diag, "%s", gettext(facts[n->fact].remedy));
}

size_t pdf_facts_judge(const struct pdf_facts *f, unsigned claims, struct diag *diag)
{
    size_t broken = 0;
    for (size_t i = 0; i < f->count; i++) {
        unsigned by = facts[f->noted[i].fact].forbidden_by;
        bool forbidden = by == ALWAYS || (by & claims);
        if (forbidden || by == WARNED)
            tell(&f->noted[i], diag);
        broken += forbidden;
    }
    return broken;
}
