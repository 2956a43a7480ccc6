/* The register of facts: what was noticed while writing that some standard forbids. The claims of the document decide at
   the end; a fact that a claim forbids is an error, and there is no file. Inside the layer only. */
#ifndef PDF_FACTS_H
#define PDF_FACTS_H
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"

enum pdf_fact {
    PDF_FACT_NO_TITLE,
    PDF_FACT_NO_LANGUAGE,
    PDF_FACT_NO_STRUCTURE,
    PDF_FACT_STRAY_CONTENT,                /* ink whose node is not in the tree */
    PDF_FACT_FIGURE_WITHOUT_ALT,
    PDF_FACT_HEADING_GAP,
    PDF_FACT_TABLE_WITHOUT_HEADERS,
    PDF_FACT_LINK_WITHOUT_WORDS,
    PDF_FACT_LINK_NOWHERE,
    PDF_FACT_MISSING_GLYPH,
    PDF_FACT_GLYPH_WITHOUT_TEXT,
    PDF_FACT_FONT_NOT_CUT,
    PDF_FACT_NO_INTENT,
    PDF_FACT_RGB_UNDER_CMYK,
    PDF_FACT_ATTACHMENT,
    PDF_FACT_NESTING,                      /* graphics states deeper than 28 */
    PDF_FACT_BROKEN_PICTURE,
    PDF_FACT_INK,                          /* a colour of more ink than the printer takes */
    PDF_FACT_INK_OF_PICTURE,               /* inks of a picture in CMYK, likewise */
    PDF_FACT_RGB_LEFT,                     /* RGB_UNDER_CMYK in a file that claims nothing */
    PDF_FACT_SPOT_IN_GRADIENT,             /* shadings are mixed of the four inks */
    PDF_FACTS
};

struct pdf_noted {
    enum pdf_fact fact;
    struct source at;
    const char *detail;                    /* what it is about, in the arena; or NULL */
};

struct pdf_facts {
    struct pdf_noted *noted;
    size_t count, capacity;
};

void pdf_facts_free(struct pdf_facts *);
/* `detail` is copied into the arena; NULL: none. */
void pdf_facts_note(struct pdf_facts *, enum pdf_fact, struct source at, const char *detail, struct arena *);
/* Tell every fact that one of the claims (enum pdf_claim, or'ed) forbids; returns how many. */
size_t pdf_facts_judge(const struct pdf_facts *, unsigned claims, struct diag *);
#endif
