#include "output/preflight.h"

#include <math.h>

#include "base/i18n.h"

struct preflight {
    const struct output_printer *printer;
    const struct display_page *page;
    struct diag *diag;
};

/* A measure as people write it: "0,25" would need the plan's language, so a point stands, as in the printer profile. */
static const char *number(double v, char room[32])
{
    struct buf b = BUF_EMPTY;
    buf_put_real(&b, v, 2);
    snprintf(room, 32, "%s", b.data);
    buf_free(&b);
    return room;
}

static void check_line(struct preflight *f, const struct display_item *i, double scale, struct source at)
{
    const struct display_stroke *s = &i->path.stroke;
    double width = s->width * scale;
    char found[32], least[32];
    if (s->paint.kind == DISPLAY_NO_PAINT || width <= 0 || width >= f->printer->line_width - 0.001)
        return;
    diag_warning(f->diag, at, "W725", _("a line of %s pt is thinner than the %s pt that the printer holds"),
                 number(width, found), number(f->printer->line_width, least));
    diag_remedy(f->diag, _("give it more width in the template's components"));
}

static int inks_of(const struct design_colour *colour)
{
    int inks = 0;
    for (int i = 0; colour && !colour->spot && i < 4; i++)
        inks += colour->cmyk[i] > 0;
    return colour ? inks : 1;
}

/* Small type in several inks blurs where the plates do not meet exactly. */
static void check_type(struct preflight *f, const struct display_item *i, double scale, struct source at)
{
    char found[32], least[32];
    double size = i->run.size * scale;
    if (inks_of(i->run.colour) < 2 || size >= f->printer->type_size)
        return;
    diag_warning(f->diag, at, "W726", _("type of %s pt in more than one ink; the printer asks for %s pt"),
                 number(size, found), number(f->printer->type_size, least));
    diag_remedy(f->diag, _("set it larger, or in a colour of one ink"));
}

static void check_margin(struct preflight *f, const struct display_item *i, struct source at)
{
    double m = f->printer->safe_margin;
    struct rect safe = { m, m, f->page->width - 2 * m, f->page->height - 2 * m };
    char room[32];
    if (i->box.width < 0 || rect_contains(safe, i->box, 0.01))
        return;
    diag_warning(f->diag, at, "W727", _("text on page %d stands nearer than %s pt to the cut"), f->page->index + 1,
                 number(m, room));
    diag_remedy(f->diag, _("move it into the margins of the page master"));
}

double output_resolution(const struct display_item *i, double scale)
{
    struct affine m = i->bitmap.matrix;
    double width = hypot(m.a, m.b) * scale / 72, height = hypot(m.c, m.d) * scale / 72;
    return width > 0 && height > 0 ? fmin(i->bitmap.bitmap->width / width, i->bitmap.bitmap->height / height) : 0;
}

static void check_picture(struct preflight *f, const struct display_item *i, double scale, struct source at)
{
    double found = output_resolution(i, scale);
    if (found <= 0 || found >= f->printer->image_resolution - 0.5)
        return;
    diag_warning(f->diag, at, "W728", _("the picture is printed at %d pixels an inch; the printer asks for %d"),
                 (int)lround(found), f->printer->image_resolution);
    diag_remedy(f->diag, _("use the original in full size, or show it smaller"));
}

/* ---- the items of a page ---------------------------------------------------------------------------------------- */
struct walk {
    output_item_visitor *visit;
    void *data;
};

/* The stack follows push and pop; a symbol's items start from the scale at which it is shown. */
static void walk_items(const struct walk *w, const struct display_item *i, double scale, const struct source *of_symbol)
{
    enum { DEEPEST = 64 };
    double scales[DEEPEST] = { scale };
    int depth = 0;
    for (; i; i = i->next) {
        double here = scales[depth < DEEPEST ? depth : DEEPEST - 1];
        struct source at = of_symbol ? *of_symbol : i->at;
        switch (i->kind) {
        case DISPLAY_PATH:
        case DISPLAY_GLYPHS:
        case DISPLAY_BITMAP:
            w->visit(w->data, i, here, at);
            break;
        case DISPLAY_SYMBOL:
            walk_items(w, i->symbol.symbol->items, here * affine_stretch(i->symbol.matrix), &at);
            break;
        case DISPLAY_POP:
            depth -= depth > 0;
            break;
        default:
            if (++depth < DEEPEST)
                scales[depth] = here * (i->kind == DISPLAY_PUSH_TRANSFORM ? affine_stretch(i->matrix) : 1);
        }
    }
}

void output_each_item(const struct display_page *page, output_item_visitor *visit, void *data)
{
    walk_items(&(struct walk){ visit, data }, page->first, 1, NULL);
}

static void check_item(void *data, const struct display_item *i, double scale, struct source at)
{
    struct preflight *f = data;
    if (i->kind == DISPLAY_PATH)
        check_line(f, i, scale, at);
    if (i->kind == DISPLAY_BITMAP)
        check_picture(f, i, scale, at);
    if (i->kind == DISPLAY_GLYPHS) {
        check_type(f, i, scale, at);
        check_margin(f, i, at);
    }
}

void output_preflight(const struct display_document *document, const struct output_printer *printer, struct diag *diag)
{
    struct preflight f = { .printer = printer, .diag = diag };
    for (size_t i = 0; i < document->page_count; i++) {
        struct display_page *page = display_open_page(document, i);
        f.page = page;
        output_each_item(page, check_item, &f);
        display_close_page(page);
    }
    if (printer->page_multiple > 1 && document->page_count % (size_t)printer->page_multiple) {
        diag_warning(diag, printer->pages_at, "W729",
                     P_("%zu page; the printer folds sheets of %d", "%zu pages; the printer folds sheets of %d",
                        document->page_count), document->page_count, printer->page_multiple);
        diag_remedy(diag, _("add or take away pages until the count can be divided"));
    }
}
