/* Pages and tree as text, for goldens and for reading. */
#include <string.h>

#include "base/utf8.h"
#include "display/display_internal.h"

/* ---- pieces ------------------------------------------------------------------------------------------------- */

static void put_numbers(struct buf *out, const double *v, int n)
{
    for (int i = 0; i < n; i++) {
        buf_putc(out, ' ');
        buf_put_real(out, v[i], 1);
    }
}

static void put_rect(struct buf *out, struct rect r)
{
    put_numbers(out, (double[]){ r.x, r.y, r.width, r.height }, 4);
}

/* Spaces that cannot be told from others are written so that they can. */
static void put_quoted(struct buf *out, const char *text, size_t n)
{
    buf_putc(out, '"');
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t length = utf8_decode(text + i, n - i, &c);
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", (int)c);
        else if (c < 32 || c == 0xA0 || c == 0xAD || (c >= 0x2000 && c <= 0x200F) || c == 0x202F)
            buf_printf(out, "\\u%04X", c);
        else
            buf_put(out, text + i, length);
        i += length;
    }
    buf_putc(out, '"');
}

static void put_source(struct buf *out, struct source at)
{
    if (!at.file)
        return;
    const char *slash = strrchr(at.file, '/');
    buf_printf(out, " %s:%d", slash ? slash + 1 : at.file, at.line);
}

static void put_owner(struct buf *out, const struct display_item *item)
{
    static const char *const artifacts[] = { "layout", "page", "pagination", "background", "UNMARKED" };
    if (item->node)
        buf_printf(out, " %s#%d", display_role_name(item->node->role), item->node->number);
    else
        buf_printf(out, " -%s", artifacts[item->artifact]);
    put_source(out, item->at);
}

static void put_paint(struct buf *out, const char *what, const struct display_paint *paint)
{
    static const char *const kinds[] = { NULL, "", "linear ", "radial " };
    if (paint->kind == DISPLAY_NO_PAINT)
        return;
    buf_printf(out, " %s %s%s", what, kinds[paint->kind], paint->colour ? paint->colour->name : "?");
    if (paint->opacity > 0 && paint->opacity < 1) {
        buf_puts(out, "/");
        buf_put_real(out, paint->opacity, 2);
    }
}

static void put_matrix(struct buf *out, struct affine m)
{
    static const int decimals[] = { 3, 3, 3, 3, 1, 1 };
    const double v[] = { m.a, m.b, m.c, m.d, m.e, m.f };
    for (int i = 0; i < 6; i++) {
        buf_putc(out, ' ');
        buf_put_real(out, v[i], decimals[i]);
    }
}

/* ---- items -------------------------------------------------------------------------------------------------- */

static void dump_glyphs(struct buf *out, const struct display_item *item)
{
    const struct text_run *run = &item->run;
    put_numbers(out, (double[]){ item->x, item->y, run->width }, 3);
    buf_printf(out, " %s ", run->face->postscript_name);
    buf_put_real(out, run->size, 2);
    if (run->colour && run->colour->name)
        buf_printf(out, " %s", run->colour->name);
    buf_putc(out, ' ');
    put_quoted(out, run->text, run->text_length);
}

static void dump_path(struct buf *out, const struct display_item *item)
{
    const struct display_stroke *stroke = &item->path.stroke;
    put_rect(out, item->box);
    buf_printf(out, " verbs %zu", item->path.path.verb_count);
    put_paint(out, "fill", &item->path.fill);
    put_paint(out, "stroke", &stroke->paint);
    if (stroke->paint.kind != DISPLAY_NO_PAINT)
        put_numbers(out, &stroke->width, 1);
    if (item->meaning)
        buf_puts(out, " meaning");
}

static void dump_item(struct buf *out, const struct display_item *item)
{
    static const char *const names[] = { "glyphs", "path", "bitmap", "symbol", "clip", "opacity", "transform", "pop" };
    buf_puts(out, names[item->kind]);
    switch (item->kind) {
    case DISPLAY_GLYPHS:
        dump_glyphs(out, item);
        break;
    case DISPLAY_PATH:
        dump_path(out, item);
        break;
    case DISPLAY_BITMAP:
        put_rect(out, item->box);
        buf_printf(out, " %dx%d", item->bitmap.bitmap->width, item->bitmap.bitmap->height);
        break;
    case DISPLAY_SYMBOL:
        put_rect(out, item->box);
        buf_printf(out, " %s", item->symbol.symbol->name ? item->symbol.symbol->name : "?");
        break;
    case DISPLAY_PUSH_CLIP:
        put_rect(out, item->box);
        break;
    case DISPLAY_PUSH_OPACITY:
        buf_putc(out, ' ');
        buf_put_real(out, item->opacity, 2);
        break;
    case DISPLAY_PUSH_TRANSFORM:
        put_matrix(out, item->matrix);
        break;
    case DISPLAY_POP:
        break;
    }
    if (item->layer != DISPLAY_LAYER_CONTENT)
        buf_printf(out, " layer %d", item->layer);
    if (item->kind <= DISPLAY_SYMBOL)
        put_owner(out, item);
    buf_putc(out, '\n');
}

static void dump_page(const struct display_document *doc, size_t index, struct buf *out)
{
    struct display_page *page = display_open_page(doc, index);
    buf_printf(out, "page %d", page->index + 1);
    put_numbers(out, (double[]){ page->width, page->height }, 2);
    if (page->label)
        buf_printf(out, " label %s", page->label);
    if (page->master)
        buf_printf(out, " master %s", page->master);
    if (page->areas)
        buf_printf(out, " areas %lx", page->areas);
    buf_putc(out, '\n');
    for (const struct display_item *i = page->first; i; i = i->next)
        dump_item(out, i);
    for (const struct display_link *l = page->links; l; l = l->next) {
        buf_puts(out, "link");
        put_rect(out, l->area);
        buf_printf(out, " %s#%d\n", display_role_name(l->node->role), l->node->number);
    }
    buf_putc(out, '\n');
    display_close_page(page);
}

/* ---- tree --------------------------------------------------------------------------------------------------- */

static void put_attribute(struct buf *out, const char *name, const char *value)
{
    if (!value)
        return;
    buf_printf(out, " %s ", name);
    put_quoted(out, value, strlen(value));
}

static void dump_cell(struct buf *out, const struct display_node *node)
{
    static const char *const scopes[] = { NULL, "column", "row", "both" };
    if (node->scope)
        buf_printf(out, " scope %s", scopes[node->scope]);
    if (node->column_span > 1)
        buf_printf(out, " columns %d", node->column_span);
    if (node->row_span > 1)
        buf_printf(out, " rows %d", node->row_span);
    for (size_t i = 0; node->headers && node->headers[i]; i++)
        buf_printf(out, "%s#%d", i ? "," : " headers ", node->headers[i]->number);
}

static void dump_node(struct buf *out, const struct display_node *node, int depth)
{
    buf_printf(out, "%*s%s#%d", 2 * depth, "", display_role_name(node->role), node->number);
    if (node->page >= 0)
        buf_printf(out, " page %d", node->page + 1);
    if (node->outline_level)
        buf_printf(out, " outline %d", node->outline_level);
    put_attribute(out, "id", node->id);
    put_attribute(out, "lang", node->lang);
    put_attribute(out, "title", node->title);
    put_attribute(out, "alt", node->alt);
    put_attribute(out, "actual", node->actual_text);
    put_attribute(out, "uri", node->uri);
    if (node->target)
        buf_printf(out, " to %s#%d", display_role_name(node->target->role), node->target->number);
    if (node->data)
        put_attribute(out, "data", node->data->name);
    dump_cell(out, node);
    put_source(out, node->at);
    buf_putc(out, '\n');
}

void display_dump(const struct display_document *doc, struct buf *out)
{
    for (size_t i = 0; i < doc->page_count; i++)
        dump_page(doc, i, out);
    buf_puts(out, "tree\n");
    for (const struct display_node *n = doc->root; n; n = display_next_node(doc->root, n)) {
        int depth = 0;
        for (const struct display_node *p = n; p != doc->root; p = p->parent)
            depth++;
        dump_node(out, n, depth);
    }
}
