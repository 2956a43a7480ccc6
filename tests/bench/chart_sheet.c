/* A sheet of every kind of chart and illustration with little, usual and extreme data, as PNG pages to look at:
   chart_sheet OUT_DIR [TEMPLATE [DPI [PREFIX]]]; PREFIX picks the cases whose name begins so. */
#include <stdlib.h>

#include "../unit/chart_cases.h"
#include "output/output.h"

struct sheet {
    struct display_document *document;
    struct text_engine *engine;
    struct chart_context context;
    struct display_page *page;
    double x, y, row;
};

static const double margin = 20 * PT_PER_MM, gap = 8 * PT_PER_MM;

static void turn_page(struct sheet *s)
{
    s->page = display_add_page(s->document, 210 * PT_PER_MM, 297 * PT_PER_MM);
    s->x = s->y = margin;
    s->row = 0;
}

/* Side by side while there is room, else below. */
static void put_case(struct sheet *s, const struct chart_case *it)
{
    struct layout_size size = it->drawing->measure(it->drawing->data, (struct layout_size){ it->width, 0 });
    double right = 210 * PT_PER_MM - margin;
    if (!s->page)
        turn_page(s);
    if (s->x > margin && s->x + size.width > right + 0.1) {
        s->x = margin;
        s->y += s->row + gap;
        s->row = 0;
    }
    if (s->y > margin && s->y + size.height > 297 * PT_PER_MM - margin)
        turn_page(s);
    struct display_node *figure = display_add_node(s->document, s->document->root, DISPLAY_FIGURE, case_at);
    figure->alt = it->name;
    display_mark(s->page, figure, case_at);
    struct rect frame = { s->x, s->y, size.width, size.height };
    printf("page %2d  %-24s %6.1f x %6.1f mm\n", s->page->index + 1, it->name, size.width / PT_PER_MM,
           size.height / PT_PER_MM);
    it->drawing->draw(it->drawing->data, s->page, frame);
    s->x += size.width + gap;
    s->row = size.height > s->row ? size.height : s->row;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: chart_sheet OUT_DIR [TEMPLATE [DPI [PREFIX]]]\n");
        return 2;
    }
    struct diag *diag = diag_new();
    struct arena *arena = arena_new();
    double dpi = argc > 3 ? atoi(argv[3]) : 80;
    const char *prefix = argc > 4 ? argv[4] : "";
    const struct design *design = design_read(argc > 2 ? argv[2] : "standard", arena, diag);
    struct font_set *fonts = font_set_new(diag);
    if (design && fonts) {
        struct sheet s = { .document = display_new(design, "da"), .engine = text_engine_new(fonts, design, diag) };
        s.context = (struct chart_context){ s.document, s.engine, arena, design, "da", 5, diag, chart_sizes_new(arena) };
        struct chart_cases *all = arena_new_of(arena, struct chart_cases);
        chart_cases_make(all, &s.context);
        for (size_t i = 0; i < all->count; i++)
            if (strncmp(all->items[i].name, prefix, strlen(prefix)) == 0)
                put_case(&s, &all->items[i]);
        display_finish(s.document);
        display_check(s.document, diag);
        for (size_t i = 0; i < s.document->page_count; i++) {
            struct buf png = BUF_EMPTY;
            struct display_page *page = display_open_page(s.document, i);
            output_png(page, NULL, dpi, PDF_RGB, &png, diag);
            display_close_page(page);
            file_write(arena_printf(arena, "%s/sheet-%02zu.png", argv[1], i + 1), png.data, png.length, diag);
            buf_free(&png);
        }
        display_free(s.document);
        text_engine_free(s.engine);
    }
    diag_print(diag, stdout, DIAG_TEXT);
    font_set_free(fonts);
    arena_free(arena);
    diag_free(diag);
    return 0;
}
