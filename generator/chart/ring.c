/* Rings: each indicator's newest figure as a key figure, the target as a mark on the ring; at most three in a row. */
#include <math.h>
#include <string.h>

#include "chart/draw.h"

struct rings {
    const struct chart_context *context;
    size_t count;
    struct layout_drawing **rings;
    struct rect *frames;
    struct layout_size size;
    double wish;
};

static double share_of(const struct chart_indicator *i, const struct chart_number *n)
{
    if (i->unit != TEXT_UNIT_PERCENT || !n->present)
        return -1;
    return fmin(fmax(decimal_to_double(n->value) / 100, 0), 1);
}

static struct layout_drawing *make_ring(const struct chart_context *c, const struct chart_indicator *i)
{
    const struct chart_number *n = i->actual.present     ? &i->actual
                                   : i->baseline.present ? &i->baseline
                                                         : &i->target;
    const char *value = !n->present ? NULL
                        : n->text
                            ? n->text
                            : text_quantity(c->design, c->lang, n->value, i->unit, TEXT_VALUE, c->arena);
    const char *label = i->label ? i->label : "";
    /* The mark on the ring is said in words too. */
    if (i->target.present && n != &i->target)
        label = arena_printf(c->arena, "%s\n%s %s", label, chart_word(c, "target"),
                             i->target.text ? i->target.text
                                            : text_quantity(c->design, c->lang, i->target.value, i->unit,
                                                            TEXT_VALUE, c->arena));
    else if (!i->target.present && i->target_words && *i->target_words)
        label = arena_printf(c->arena, "%s\n%s: %s", label, chart_word(c, "target"), i->target_words);
    struct chart_key_figure figure = { .context = c, .value = value, .label = label, .share = share_of(i, n),
                                       .mark = n != &i->target ? share_of(i, &i->target) : -1, .hue = i->hue,
                                       .radius = chart_length(c, "chart", "ring"), .at = i->at, .id = i->id };
    return chart_key_figure(&figure);
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct rings *r = data;
    enum { IN_A_ROW = 3 };
    double gap = 8 * MM, wish = 2 * chart_length(r->context, "chart", "ring"), least = 30 * MM;
    double width = room.width > 0 ? room.width : IN_A_ROW * (wish + gap) - gap;
    /* Rings that are compared stand side by side, a little smaller if need be. */
    size_t across = (size_t)fmax(1, fmin(IN_A_ROW, floor((width + gap) / (least + gap))));
    if (across > r->count)
        across = r->count;
    if (across > 1)
        wish = fmin(wish, (width - gap * (double)(across - 1)) / (double)across);
    double x = 0, y = 0, row = 0, right = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (i && i % across == 0) {
            x = 0;
            y += row + gap;
            row = 0;
        }
        struct layout_size size =
            r->rings[i]->measure(r->rings[i]->data, (struct layout_size){ fmin(wish, width), 0 });
        r->frames[i] = (struct rect){ x, y, size.width, size.height };
        right = fmax(right, x + size.width);
        row = fmax(row, size.height);
        x += size.width + gap;
    }
    r->size = (struct layout_size){ right, y + row };
    return r->size;
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct rings *r = data;
    measure(r, (struct layout_size){ frame.width, 0 });
    double left = frame.x + (frame.width - r->size.width) / 2;
    for (size_t i = 0; i < r->count; i++) {
        struct rect f = r->frames[i];
        r->rings[i]->draw(r->rings[i]->data, page,
                          (struct rect){ left + f.x, frame.y + f.y, f.width, f.height });
    }
}

struct layout_drawing *chart_rings(const struct chart_chart *chart)
{
    struct arena *arena = chart->context->arena;
    struct rings *r = arena_new_of(arena, struct rings);
    r->context = chart->context;
    r->count = chart->count;
    r->rings = arena_array(arena, struct layout_drawing *, chart->count + 1);
    r->frames = arena_array(arena, struct rect, chart->count + 1);
    for (size_t i = 0; i < chart->count; i++)
        r->rings[i] = make_ring(chart->context, &chart->indicators[i]);
    return chart_drawing(chart->context, r, measure, draw, NULL);
}
