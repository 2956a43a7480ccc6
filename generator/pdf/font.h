/* Fonts in the file: which glyphs are used, and what text each of them stands for. Inside the layer only. */
#ifndef PDF_FONT_H
#define PDF_FONT_H
#include "font/font.h"
#include "pdf/pdf_internal.h"

struct pdf_font;

struct pdf_fonts *pdf_fonts_new(struct pdf_document *);
void pdf_fonts_free(struct pdf_fonts *);
/* The font of a face; made when it is first used. */
struct pdf_font *pdf_fonts_of(struct pdf_fonts *, const struct font_face *);
unsigned pdf_font_index(const struct pdf_font *);          /* of its name in the resources: /F2 */
unsigned pdf_font_object(const struct pdf_font *);

/* The code of a glyph that stands for `n` bytes of UTF-8. Codes count from 1 in the order of first use. The same glyph
   with other text (the hyphen of a soft break, a no-break space) has another code, so that no ActualText is needed. */
unsigned pdf_font_code(struct pdf_font *, unsigned glyph, const char *text, size_t n);
/* Advance of a glyph in hundredths of 1/1000 em: exactly the number in the file's widths. */
int pdf_font_advance(const struct pdf_font *, unsigned glyph);

/* Cut and write all fonts; what fails is noted as a fact. */
void pdf_fonts_write(struct pdf_fonts *);
#endif
