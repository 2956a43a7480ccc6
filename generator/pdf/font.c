#include "pdf/font.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"

/* A glyph with its text: one code. */
struct code {
    uint16_t glyph;
    uint16_t text_length;
    uint32_t text_at;                      /* in the font's texts */
    uint32_t next;                         /* another code of the same glyph, 0: none */
};

struct pdf_font {
    const struct font_face *face;
    struct pdf_object *object;             /* the Type0 font; filled when written */
    unsigned index;
    struct code *codes;                    /* from 1; 0 is .notdef */
    size_t count, capacity;
    uint32_t *first;                       /* by glyph: its first code */
    struct buf texts;
};

struct pdf_fonts {
    struct pdf_document *document;
    struct pdf_font **fonts;
    size_t count, capacity;
};

struct pdf_fonts *pdf_fonts_new(struct pdf_document *document)
{
    struct pdf_fonts *f = mem_alloc(sizeof *f);
    f->document = document;
    return f;
}

void pdf_fonts_free(struct pdf_fonts *f)
{
    for (size_t i = 0; f && i < f->count; i++) {
        mem_free(f->fonts[i]->codes);
        mem_free(f->fonts[i]->first);
        buf_free(&f->fonts[i]->texts);
        mem_free(f->fonts[i]);
    }
    if (f)
        mem_free(f->fonts);
    mem_free(f);
}

struct pdf_font *pdf_fonts_of(struct pdf_fonts *f, const struct font_face *face)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->fonts[i]->face == face)
            return f->fonts[i];
    struct pdf_font *font = mem_alloc(sizeof *font);
    struct pdf_objects *objects = f->document->objects;
    font->face = face;
    font->object = pdf_object_indirect(objects, pdf_object_make(objects, "<< /Type /Font /Subtype /Type0 >>"));
    font->first = mem_alloc(sizeof *font->first * (face->glyph_count + 1));
    font->index = (unsigned)f->count;
    font->count = 1;
    VEC_GROW(font->codes, font->capacity, 1);
    font->codes[0] = (struct code){ 0 };
    VEC_GROW(f->fonts, f->capacity, f->count + 1);
    f->fonts[f->count++] = font;
    return font;
}

unsigned pdf_font_index(const struct pdf_font *font)
{
    return font->index;
}

unsigned pdf_font_object(const struct pdf_font *font)
{
    return pdf_object_number(font->object);
}

int pdf_font_advance(const struct pdf_font *font, unsigned glyph)
{
    int upem = font->face->upem;
    return glyph < font->face->glyph_count ? (font->face->advances[glyph] * 100000 + upem / 2) / upem : 0;
}

unsigned pdf_font_code(struct pdf_font *font, unsigned glyph, const char *text, size_t n)
{
    if (glyph >= font->face->glyph_count)
        glyph = 0;
    uint32_t last = 0;
    for (uint32_t c = font->first[glyph]; c; c = font->codes[c].next) {
        if (font->codes[c].text_length == n && !memcmp(font->texts.data + font->codes[c].text_at, text, n))
            return c;
        last = c;
    }
    if (font->count > 0xFFFF || n > 0xFFFF)
        return 0;
    uint32_t code = (uint32_t)font->count++;
    VEC_GROW(font->codes, font->capacity, font->count);
    font->codes[code] = (struct code){ (uint16_t)glyph, (uint16_t)n, (uint32_t)font->texts.length, 0 };
    buf_put(&font->texts, text, n);
    if (last)
        font->codes[last].next = code;
    else
        font->first[glyph] = code;
    return code;
}

/* ---- writing ------------------------------------------------------------------------------------------- */

/* The map from codes to text (ISO 32000-1, 9.10.3). A further glyph of a cluster stands for no text of its own, but must
   have some (ISO 19005-3, 6.2.11.7.2): the zero-width space. */
static void put_unicode(struct buf *out, const char *text, size_t n)
{
    if (!n)
        buf_puts(out, "200B");
    for (size_t at = 0; at < n;) {
        uint32_t c;
        at += utf8_decode(text + at, n - at, &c);
        if (c > 0xFFFF)
            buf_printf(out, "%04X%04X", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF));
        else
            buf_printf(out, "%04X", c);
    }
}

static struct pdf_object *write_unicode_map(struct pdf_objects *objects, const struct pdf_font *font)
{
    enum { BLOCK = 100 };                  /* most entries in a block */
    struct buf map = BUF_EMPTY;
    buf_puts(&map, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                   "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                   "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                   "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (size_t c = 1; c < font->count; c++) {
        if (c % BLOCK == 1)
            buf_printf(&map, "%zu beginbfchar\n", font->count - c < BLOCK ? font->count - c : BLOCK);
        buf_printf(&map, "<%04zX><", c);
        put_unicode(&map, font->texts.data + font->codes[c].text_at, font->codes[c].text_length);
        buf_puts(&map, ">\n");
        if (c % BLOCK == 0 || c + 1 == font->count)
            buf_puts(&map, "endbfchar\n");
    }
    buf_puts(&map, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    struct pdf_object *stream = pdf_object_stream(objects, NULL, map.data, map.length, PDF_DEFLATE);
    buf_free(&map);
    return stream;
}

static struct pdf_object *write_glyph_map(struct pdf_objects *objects, const struct pdf_font *font)
{
    struct buf map = BUF_EMPTY;
    for (size_t c = 0; c < font->count; c++) {
        buf_putc(&map, (char)(font->codes[c].glyph >> 8));
        buf_putc(&map, (char)(font->codes[c].glyph & 0xFF));
    }
    struct pdf_object *stream = pdf_object_stream(objects, NULL, map.data, map.length, PDF_DEFLATE);
    buf_free(&map);
    return stream;
}

/* Used glyphs in rising order, .notdef among them. */
static size_t used_glyphs(const struct pdf_font *font, uint16_t *out)
{
    size_t n = 0;
    for (unsigned g = 0; g < font->face->glyph_count; g++)
        if (!g || font->first[g])
            out[n++] = (uint16_t)g;
    return n;
}

/* "ABCDEF+Vollkorn-Regular": the letters are a hash of the subset (ISO 32000-1, 9.6.4). */
static char *subset_name(struct arena *arena, const struct font_face *face, const struct buf *subset)
{
    char tag[7] = "";
    uint32_t h = hash_bytes(subset->data, subset->length, face->index);
    for (int i = 0; i < 6; i++, h /= 26)
        tag[i] = (char)('A' + h % 26);
    return arena_printf(arena, "%s+%s", tag, face->postscript_name);
}

static int per_mille(const struct font_face *face, int units)
{
    return (int)lround(units * 1000.0 / face->upem);
}

/* Flags of Table 123: bits 1, 3, 7 are fixed pitch, symbolic (no Latin encoding is used), italic. The stem is estimated
   from the weight; it only matters where a viewer replaces the font, which an embedded one forbids. */
static struct pdf_object *make_descriptor(struct pdf_objects *objects, const struct font_face *face, const char *name,
                                          struct pdf_object *file)
{
    int flags = 4 | (face->fixed_pitch ? 1 : 0) | (face->italic ? 64 : 0);
    int stem = 50 + (int)(face->weight * face->weight / (65 * 65));
    struct pdf_object *box = pdf_object_make(objects, "[%d %d %d %d]", per_mille(face, face->bbox[0]),
                                             per_mille(face, face->bbox[1]), per_mille(face, face->bbox[2]),
                                             per_mille(face, face->bbox[3]));
    struct pdf_object *descriptor = pdf_object_make(
        objects,
        "<< /Type /FontDescriptor /FontName %n /Flags %d /FontBBox %o /ItalicAngle %d /Ascent %d /Descent %d /CapHeight %d"
        " /StemV %d /FontFile2 %o >>",
        name, flags, box, (int)lround(face->italic_angle), per_mille(face, face->ascender),
        per_mille(face, face->descender), per_mille(face, face->cap_height), stem, file);
    return pdf_object_indirect(objects, descriptor);
}

static void put_widths(struct buf *out, const struct pdf_font *font)
{
    buf_puts(out, "/DW 0/W[1[");
    for (size_t c = 1; c < font->count; c++) {
        if (c > 1)
            buf_putc(out, ' ');
        pdf_put_real(out, pdf_font_advance(font, font->codes[c].glyph) / 100.0, 2);
    }
    buf_puts(out, "]]");
}

static struct pdf_object *make_descendant(struct pdf_objects *objects, const struct pdf_font *font, const char *name,
                                          struct pdf_object *file)
{
    struct buf entries = BUF_EMPTY;
    put_widths(&entries, font);
    struct pdf_object *descendant = pdf_object_text(objects, entries.data, entries.length);
    buf_free(&entries);
    pdf_object_put(objects, descendant,
                   "/Type /Font /Subtype /CIDFontType2 /BaseFont %n /CIDToGIDMap %o /FontDescriptor %o"
                   " /CIDSystemInfo << /Registry %s /Ordering %s /Supplement 0 >>",
                   name, write_glyph_map(objects, font), make_descriptor(objects, font->face, name, file), "Adobe",
                   "Identity");
    return pdf_object_indirect(objects, descendant);
}

static void write_font(struct pdf_document *document, const struct pdf_font *font)
{
    struct pdf_objects *objects = document->objects;
    struct buf subset = BUF_EMPTY;
    uint16_t *glyphs = mem_alloc(sizeof *glyphs * (font->face->glyph_count + 1));
    size_t n = used_glyphs(font, glyphs);
    if (!font_subset(font->face, glyphs, n, &subset)) {
        struct source at = { font->face->path, 0, 0 };
        pdf_facts_note(&document->facts, PDF_FACT_FONT_NOT_CUT, at, font->face->postscript_name, document->arena);
        goto out;
    }
    const char *name = subset_name(document->arena, font->face, &subset);
    struct pdf_object *lengths = pdf_object_make(objects, "<< /Length1 %d >>", (int)subset.length);
    struct pdf_object *file = pdf_object_stream(objects, lengths, subset.data, subset.length, PDF_DEFLATE);
    pdf_object_put(objects, font->object, "/BaseFont %n /Encoding /Identity-H /DescendantFonts [%o] /ToUnicode %o", name,
                   make_descendant(objects, font, name, file), write_unicode_map(objects, font));
out:
    mem_free(glyphs);
    buf_free(&subset);
}

void pdf_fonts_write(struct pdf_fonts *f)
{
    for (size_t i = 0; i < f->count; i++)
        write_font(f->document, f->fonts[i]);
}
