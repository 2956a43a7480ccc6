/* Fonts: pinned files from fonts/fonts.xml. System fonts are never opened; nothing is replaced in silence. */
#ifndef FONT_FONT_H
#define FONT_FONT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/diag.h"

struct font_set;

struct font_face {
    const char *family, *style, *postscript_name;      /* "Vollkorn", "Regular", "Vollkorn-Regular" */
    const char *path, *licence;
    const void *bytes;         /* the TrueType file, mapped; lives as long as the set */
    size_t size;
    int upem;
    int ascender, descender, cap_height, x_height;     /* font units, descender negative */
    int bbox[4];
    double italic_angle;
    bool fixed_pitch, italic;
    unsigned weight;           /* 100 to 900 */
    unsigned glyph_count;
    const uint16_t *advances;  /* font units, by glyph */
    unsigned index;            /* in the set: stable, for tables */
};

/* Read fonts.xml (file_data("fonts/fonts.xml")). Files are opened when first asked for, and known again by their sum, else
   by their SHA-256. NULL with errors. */
struct font_set *font_set_new(struct diag *);
/* Each face that has been opened by its whole SHA-256; false with an error for each that is another. */
bool font_set_check(const struct font_set *, struct diag *);
void font_set_free(struct font_set *);

/* A face by family and style; NULL with an error at `from` (naming what there is) when the set has none, its file is
   missing, or its checksum is another. */
const struct font_face *font_lookup(struct font_set *, const char *family, const char *style, struct source from,
                                    struct diag *);
/* All faces of the list, for whoever looks for one that has a character: their number, and one of them, opened; NULL with
   an error at `from` when its file is not as it should be. */
size_t font_count(const struct font_set *);
const struct font_face *font_at(struct font_set *, size_t index, struct source from, struct diag *);
/* Glyph of a character; 0 when the face has none. */
unsigned font_glyph(const struct font_face *, uint32_t character);
/* Where HarfBuzz, FreeType or Pango keeps its own object for a face: slots are NULL at first, freed by the set. */
enum font_slot { FONT_SLOT_SHAPER, FONT_SLOT_PAINTER, FONT_SLOTS };
void *font_slot(const struct font_face *, enum font_slot);
void font_set_slot(const struct font_face *, enum font_slot, void *object, void (*release)(void *));

/* A TrueType subset that keeps glyph numbers; `glyphs` sorted. False when the font cannot be cut. */
bool font_subset(const struct font_face *, const uint16_t *glyphs, size_t n, struct buf *out);

/* The bytes of a colour profile that comes with the program ("sRGB"), pinned in the same list. False with an error. */
bool font_set_profile(const struct font_set *, const char *name, struct buf *out, struct source from, struct diag *);
#endif
