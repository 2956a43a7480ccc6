#include "text/fallback.h"

#include "base/i18n.h"
#include "base/utf8.h"

struct text_fallback {
    int unused;
};

void text_fallback_free(struct text_fallback *fallback)
{
    mem_free(fallback);
}

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
