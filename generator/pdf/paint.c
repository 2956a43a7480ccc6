#include "pdf/paint.h"

#include <string.h>

static bool is_push(const struct display_item *i)
{
    return i->kind == DISPLAY_PUSH_CLIP || i->kind == DISPLAY_PUSH_OPACITY || i->kind == DISPLAY_PUSH_TRANSFORM;
}

/* What stands between a push and its pop. */
struct group {
    const struct display_item *first;      /* that paints; NULL: none */
    size_t count;                          /* of items that paint */
    bool uniform;                          /* they all belong to one node, or are artifacts of one kind */
};

static struct group look_into(const struct display_item *push)
{
    struct group g = { NULL, 0, true };
    int depth = 1;
    for (const struct display_item *i = push->next; i && depth; i = i->next) {
        if (is_push(i)) {
            depth++;
        } else if (i->kind == DISPLAY_POP) {
            depth--;
        } else {
            if (!g.first)
                g.first = i;
            g.count++;
            g.uniform &= i->node == g.first->node && (i->node || i->artifact == g.first->artifact);
        }
    }
    return g;
}

void pdf_paint_item(struct pdf_content *c, const struct display_item *i)
{
    c->at = i->at;
    switch (i->kind) {
    case DISPLAY_GLYPHS:
        pdf_links_read(c->document, i);
        pdf_content_glyphs(c, &i->run, i->x, i->y, NULL);
        break;
    case DISPLAY_PATH:
        pdf_content_path(c, &i->path.path, i->path.even_odd, &i->path.fill, &i->path.stroke);
        break;
    case DISPLAY_BITMAP: {
        unsigned object = pdf_bitmap_object(c->document, i->bitmap.bitmap,
                                            affine_multiply(i->bitmap.matrix, c->state.matrix), i->at);
        if (object)
            pdf_content_object(c, object, object, i->bitmap.matrix, 1);
        c->transparent |= i->bitmap.bitmap->alpha != NULL;
        break;
    }
    case DISPLAY_SYMBOL: {
        unsigned object = pdf_symbol_object(c->document, i->symbol.symbol);
        if (object)
            pdf_content_object(c, object, object, i->symbol.matrix, 0);
        c->transparent |= pdf_map_lookup(&c->document->veiled, i->symbol.symbol) != 0;
        break;
    }
    default:
        break;
    }
}

/* A transparency group: what overlaps inside shows no seam (ISO 32000-1, 11.4.7). */
static const struct display_item *paint_form(struct pdf_content *c, const struct display_item *push)
{
    struct pdf_content form;
    pdf_content_begin(&form, c->document, c->x0, c->y0);
    form.decimals = c->decimals;
    const struct display_item *after = pdf_paint_items(&form, push->next, NULL);
    pdf_content_end_text(&form);
    struct buf d = BUF_EMPTY;
    buf_printf(&d, "/Type/XObject/Subtype/Form/Group<</S/Transparency/CS%s>>/BBox[-16000 -16000 16000 16000]/Resources",
               pdf_colour_process_space(c->document));
    pdf_content_put_resources(&form, &d);
    struct pdf_object *dictionary = pdf_object_text(c->document->objects, d.data, d.length);
    unsigned object = pdf_object_number(
        pdf_object_stream(c->document->objects, dictionary, buf_text(&form.out), form.out.length, PDF_DEFLATE));
    buf_free(&d);
    pdf_content_end(&form);
    pdf_content_form(c, object, object, push->opacity);
    return after;
}

static void apply_push(struct pdf_content *c, const struct display_item *push)
{
    if (push->kind == DISPLAY_PUSH_CLIP)
        pdf_content_clip(c, &push->clip.path, push->clip.even_odd);
    else if (push->kind == DISPLAY_PUSH_TRANSFORM)
        pdf_content_transform(c, push->matrix);
    else
        c->state.opacity *= push->opacity;
}

/* A transform round one run: the text matrix takes it, and letters on an arc stay one text object. */
static bool turns_one_run(const struct display_item *push)
{
    return push->kind == DISPLAY_PUSH_TRANSFORM && push->next && push->next->kind == DISPLAY_GLYPHS && push->next->next &&
           push->next->next->kind == DISPLAY_POP;
}

static const struct display_item *paint_turned_run(struct pdf_content *c, const struct display_item *push,
                                                   struct pdf_marker *marker)
{
    const struct display_item *i = push->next;
    if (marker)
        marker->open(marker, c, i);
    c->at = i->at;
    pdf_content_glyphs(c, &i->run, i->x, i->y, &push->matrix);
    return i->next->next;
}

/* Marked content and q ... Q nest: where all that is inside belongs together, it is marked outside; else a mark that is
   open is closed first, and what was opened inside is closed before the end. */
static const struct display_item *paint_group(struct pdf_content *c, const struct display_item *push,
                                              struct pdf_marker *marker)
{
    if (turns_one_run(push))
        return paint_turned_run(c, push, marker);
    struct group g = look_into(push);
    bool together = g.uniform && g.count;
    if (marker && together)
        marker->open(marker, c, g.first);
    else if (marker)
        marker->close(marker, c);
    if (push->kind == DISPLAY_PUSH_OPACITY && g.uniform && g.count > 1 && push->opacity < 1)
        return paint_form(c, push);
    pdf_content_save(c);
    apply_push(c, push);
    const struct display_item *after = pdf_paint_items(c, push->next, together ? NULL : marker);
    if (marker && !together)
        marker->close(marker, c);
    pdf_content_restore(c);
    return after;
}

const struct display_item *pdf_paint_items(struct pdf_content *c, const struct display_item *i, struct pdf_marker *marker)
{
    while (i && i->kind != DISPLAY_POP) {
        if (is_push(i)) {
            i = paint_group(c, i, marker);
            continue;
        }
        if (marker)
            marker->open(marker, c, i);
        pdf_paint_item(c, i);
        i = i->next;
    }
    return i ? i->next : NULL;
}
