#include "text/fallback.h"

#include <fontconfig/fontconfig.h>
#include <hb.h>
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>
#include <string.h>

#include "base/i18n.h"
#include "base/library.h"
#include "base/utf8.h"
#include "text/paragraph.h"

/* Opened at need: most plans have nothing for it, and a dozen libraries come with it. Fontconfig and GLib are found through it. */
#define PANGO(F) F(FcConfigAppFontAddFile) F(FcConfigCreate) F(FcConfigDestroy) F(FcConfigSetCurrent) \
    F(FcPatternGetString) F(g_list_free_full) F(g_object_unref) F(g_unicode_script_to_iso15924) \
    F(pango_attr_font_desc_new) F(pango_attr_language_new) F(pango_attr_list_insert) F(pango_attr_list_new) \
    F(pango_attr_list_unref) F(pango_fc_font_get_pattern) F(pango_fc_font_map_set_config) \
    F(pango_font_description_free) F(pango_font_description_new) F(pango_font_description_set_family) \
    F(pango_font_description_set_size) F(pango_font_description_set_style) F(pango_font_description_set_weight) \
    F(pango_font_map_create_context) F(pango_ft2_font_map_new) F(pango_item_free) F(pango_itemize_with_base_dir) \
    F(pango_language_from_string)
static struct { PANGO(LIBRARY_SLOT) } lib;
static const char *const lib_names[] = { PANGO(LIBRARY_NAME) NULL };

/* ---- Pango with our fonts ----------------------------------------------------------------------------------- */
struct text_fallback {
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context;
};

/* A configuration of our own, that knows our files only. It must be current before the font map is made: Pango asks
   fontconfig's current configuration for defaults, and would otherwise read the system's (4 to 12 ms, and other fonts). It
   stays current, so that no other user of fontconfig finds the system's either. */
static FcConfig *own_configuration(struct text_engine *engine)
{
    static const struct source nowhere = { NULL, 0, 0 };
    FcConfig *config = lib.FcConfigCreate();
    for (size_t i = 0; i < font_count(engine->fonts); i++) {
        const struct font_face *face = font_at(engine->fonts, i, nowhere, engine->diag);
        if (face)
            lib.FcConfigAppFontAddFile(config, (const FcChar8 *)face->path);
    }
    lib.FcConfigSetCurrent(config);
    return config;
}

static struct text_fallback *start(struct text_engine *engine)
{
    if (engine->fallback)
        return engine->fallback;
    if (!library_open("libpangoft2-1.0.so.0", lib_names, &lib, (struct source){ 0 }, engine->diag))
        return NULL;
    struct text_fallback *f = engine->fallback = mem_alloc(sizeof *f);
    f->config = own_configuration(engine);
    f->map = lib.pango_ft2_font_map_new();
    lib.pango_fc_font_map_set_config((PangoFcFontMap *)(void *)f->map, f->config);
    f->context = lib.pango_font_map_create_context(f->map);
    return f;
}

void text_fallback_free(struct text_fallback *f)
{
    if (!f)
        return;
    lib.g_object_unref(f->context);
    lib.g_object_unref(f->map);
    lib.FcConfigDestroy(f->config);
    mem_free(f);
}

/* ---- dividing ----------------------------------------------------------------------------------------------- */
static void put_attribute(PangoAttrList *list, PangoAttribute *attribute, const struct text_para *para, size_t span)
{
    attribute->start_index = (guint)(para->spans[span].text - para->text);
    attribute->end_index = attribute->start_index + (guint)para->spans[span].length;
    lib.pango_attr_list_insert(list, attribute);
}

static PangoAttrList *attributes_of(const struct text_para *para)
{
    PangoAttrList *list = lib.pango_attr_list_new();
    for (size_t i = 0; i < para->span_count; i++) {
        const struct text_font *font = para->fonts[i];
        if (!font->shaper)
            continue;
        PangoFontDescription *wanted = lib.pango_font_description_new();
        lib.pango_font_description_set_family(wanted, font->shaper->face->family);
        lib.pango_font_description_set_weight(wanted, (PangoWeight)font->shaper->face->weight);
        lib.pango_font_description_set_style(wanted, font->shaper->face->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
        lib.pango_font_description_set_size(wanted, 10 * PANGO_SCALE);
        put_attribute(list, lib.pango_attr_font_desc_new(wanted), para, i);
        put_attribute(list, lib.pango_attr_language_new(lib.pango_language_from_string(font->lang)), para, i);
        lib.pango_font_description_free(wanted);
    }
    return list;
}

static const struct font_face *face_of(struct text_engine *engine, PangoFont *font)
{
    static const struct source nowhere = { NULL, 0, 0 };
    FcChar8 *file = NULL;
    if (!font || lib.FcPatternGetString(lib.pango_fc_font_get_pattern((PangoFcFont *)(void *)font), FC_FILE, 0, &file) != FcResultMatch)
        return NULL;
    for (size_t i = 0; i < font_count(engine->fonts); i++) {
        const struct font_face *face = font_at(engine->fonts, i, nowhere, engine->diag);
        if (face && !strcmp(face->path, (const char *)file))
            return face;
    }
    return NULL;
}

static bool covers(const struct font_face *face, const char *text, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t c;
        i += utf8_decode(text + i, n - i, &c);
        if (!font_glyph(face, c) && !utf8_is_space(c) && c != 0xad && !(c >= 0x200b && c <= 0x206f))
            return false;
    }
    return true;
}

static size_t span_at(const struct text_para *para, size_t at)
{
    size_t i = 0;
    while (i + 1 < para->span_count && at >= (size_t)(para->spans[i].text - para->text) + para->spans[i].length)
        i++;
    return i;
}

static uint32_t script_of(const PangoItem *item, bool rtl)
{
    hb_script_t script = hb_script_from_iso15924_tag(lib.g_unicode_script_to_iso15924((GUnicodeScript)item->analysis.script));
    bool plain = script == HB_SCRIPT_LATIN || script == HB_SCRIPT_GREEK || script == HB_SCRIPT_CYRILLIC ||
                 script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED;
    return plain && !rtl ? 0 : (uint32_t)script;
}

static struct text_item divide(struct text_para *para, const PangoItem *item)
{
    size_t start = (size_t)item->offset, end = start + (size_t)item->length;
    const struct text_font *own = para->fonts[span_at(para, start)];
    struct text_item out = { .start = start, .end = end, .level = item->analysis.level };
    if (!own->shaper)
        return out;
    bool rtl = item->analysis.level & 1;
    uint32_t script = script_of(item, rtl);
    const struct font_face *face = own->shaper->face;
    if (!covers(face, para->text + start, end - start)) {
        const struct font_face *other = face_of(para->engine, item->analysis.font);
        face = other ? other : face;
    }
    if (face != own->shaper->face || script || rtl)
        out.font = text_font_vary(para->engine, own, face, script, rtl);
    return out;
}

static int by_start(const void *a, const void *b)
{
    const struct text_item *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

struct text_items text_fallback_items(struct text_para *para)
{
    struct text_items items = { NULL, 0 };
    size_t length = strlen(para->text), capacity = 0;
    if (!utf8_valid(para->text, length))   /* Pango does not take it; what has no glyph is told all the same */
        return items;
    struct text_fallback *f = start(para->engine);
    if (!f)
        return items;
    PangoAttrList *attributes = attributes_of(para);
    /* "Weak": the first letter decides which way the paragraph goes. */
    GList *list = lib.pango_itemize_with_base_dir(f->context, PANGO_DIRECTION_WEAK_LTR, para->text, 0, (int)length, attributes, NULL);
    for (const GList *i = list; i; i = i->next) {
        VEC_GROW(items.items, capacity, items.count + 1);
        items.items[items.count++] = divide(para, i->data);
    }
    lib.g_list_free_full(list, (GDestroyNotify)lib.pango_item_free);
    lib.pango_attr_list_unref(attributes);
    if (items.count)
        qsort(items.items, items.count, sizeof *items.items, by_start);
    return items;
}

const struct text_item *text_items_at(const struct text_items *items, size_t at)
{
    size_t low = 0, high = items->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct text_item *item = &items->items[middle];
        if (at < item->start)
            high = middle;
        else if (at >= item->end)
            low = middle + 1;
        else
            return item;
    }
    return NULL;
}

/* ---- what no font has --------------------------------------------------------------------------------------- */
void text_fallback_tell(struct text_engine *engine, const struct text_span *span, const struct text_word *word)
{
    const struct font_face *face = word->shaper->face;
    for (size_t i = 0; i < word->length;) {
        uint32_t c;
        size_t k = utf8_decode(word->text + i, word->length - i, &c);
        if (!font_glyph(face, c)) {
            engine->statistics.missing_glyphs++;
            diag_error(engine->diag, span->at, "E521", _("\"%.*s\" (U+%04X) is in no font of this program"), (int)k,
                       word->text + i, (unsigned)c);
            diag_remedy(engine->diag, _("write another character, or have a font with it added to fonts/fonts.xml"));
        }
        i += k;
    }
}
