/* Labels: short text in charts, tables and furniture. */
#include <string.h>

#include "text/paragraph.h"

static double offset_in(double room, double ink, enum design_align align)
{
    return align == DESIGN_END ? room - ink : align == DESIGN_CENTRE ? (room - ink) / 2 : 0;
}

/* Lines stand in the block that they make, not in the room that they were given. */
static void align_in_block(struct text_label *label, enum design_align align)
{
    for (size_t i = 0; i < label->lines.count; i++) {
        const struct text_line *line = &label->lines.lines[i];
        label->width = line->ink > label->width ? line->ink : label->width;
        label->overfull = label->overfull || line->overfull;
    }
    for (size_t i = 0; i < label->lines.count; i++) {
        struct text_line *line = &label->lines.lines[i];
        line->width = label->width;
        line->offset = offset_in(label->width, line->ink, align);
    }
}

struct text_label text_label_set_spans(struct text_engine *engine, const struct text_span *spans, size_t n, double width,
                                       enum design_align align, struct arena *arena)
{
    static const double NO_LIMIT = 1e6;
    const struct design_style *style = spans[0].style;
    struct text_label label = { .para = text_para_new(engine, spans, n), .leading = style->leading };
    struct text_room room = { .width = width > 0 ? width : NO_LIMIT };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = align };
    label.lines = text_para_break(label.para, &request, arena);
    align_in_block(&label, align);
    label.height = (double)label.lines.count * label.leading;
    const struct font_face *face = text_face(engine, style, false, false);
    if (face) {
        label.ascent = face->cap_height * style->size / face->upem;
        label.descent = -face->descender * style->size / face->upem;
    }
    return label;
}

struct text_label text_label_set(struct text_engine *engine, const struct design_style *style, const char *lang,
                                 const char *text, double width, enum design_align align, struct arena *arena)
{
    struct text_span span = { .text = text, .length = strlen(text), .style = style, .lang = lang, .at = style->at };
    return text_label_set_spans(engine, &span, 1, width, align, arena);
}

double text_width(struct text_engine *engine, const struct design_style *style, const char *lang, const char *text)
{
    struct text_span span = { .text = text, .length = strlen(text), .style = style, .lang = lang, .at = style->at };
    struct text_para *para = text_para_new(engine, &span, 1);
    double width = text_para_natural_width(para);
    text_para_free(para);
    return width;
}
