/* The board: all goals at a glance, one card each, row charts of one unit in windows of one span. */
#include <math.h>
#include <string.h>

#include "chart/draw.h"
#include "chart/scale.h"

struct card {
    const struct chart_indicator *indicator;
    struct text_label number, label, value, from;
    bool words;                            /* value holds words */
    double low, high;
};

struct board {
    const struct chart_context *context;
    const struct chart_chart *chart;
    struct card *cards;
    struct layout_size size;
    bool set, compact;                     /* compact: value and state, no row chart */
    int across;
    double width, height, head;            /* of a card; its label and number */
};

static const double status_size = 13, row_height = 15, axis_room = 11;

static double padding_of(const struct board *b)
{
    return chart_length(b->context, "board", "padding") * (b->compact ? 0.55 : 1);
}

static bool has_chart(const struct card *k)
{
    const struct chart_indicator *i = k->indicator;
    return i->baseline.present || i->target.present || i->actual.present || i->forecast.present;
}

/* ---- setting ------------------------------------------------------------------------------------------------------ */
static const char *number_text(const struct board *b, const struct chart_indicator *i,
                               const struct chart_number *n)
{
    const struct chart_context *c = b->context;
    return n->text && *n->text ? n->text
                               : text_quantity(c->design, c->lang, n->value, i->unit, TEXT_VALUE, c->arena);
}

static void set_value(const struct board *b, struct card *k, double room)
{
    const struct chart_context *c = b->context;
    const struct chart_indicator *i = k->indicator;
    const struct chart_number *n = i->target.present   ? &i->target
                                   : i->actual.present ? &i->actual
                                                       : &i->baseline;
    const struct design_colour *deep = chart_colour(c, "deep", i->hue);
    double mark = i->has_status ? status_size + 6 : 0;
    k->words = !n->present || (!i->target.present && i->target_words && *i->target_words);
    if (k->words) {
        const char *words = i->target_words && *i->target_words ? i->target_words : chart_word(c, "missing");
        const struct design_style *style = chart_style(c, "figure-label");
        struct chart_text t = chart_text_new(
            c, chart_style_at(c, style, style->size * (b->compact ? 1 : 1.2)), deep, words, i->at);
        chart_text_fit(&t, room - mark, CHART_UNLIMITED, &k->value);
        return;
    }
    const struct design_style *style = chart_style(c, "key-figure");
    double size = fmin(style->size, b->compact ? 13 : 21);
    const char *text = number_text(b, i, n);
    double natural = chart_width(c, chart_style_at(c, style, size), text);
    if (natural > room - mark)
        size = fmax(CHART_SMALLEST_TEXT, size * (room - mark) / natural);
    struct chart_text t = chart_text_new(c, chart_style_at(c, style, size), deep, text, i->at);
    chart_text_fit(&t, room - mark, CHART_UNLIMITED, &k->value);
}

static void set_from(const struct board *b, struct card *k, double room)
{
    const struct chart_context *c = b->context;
    const struct chart_indicator *i = k->indicator;
    const char *text = i->baseline.present ? number_text(b, i, &i->baseline) : i->baseline_words;
    k->from = (struct text_label){ 0 };
    if (!text || !*text)
        return;
    const char *pattern = chart_word(c, "from"), *hole = strstr(pattern, "%s");
    const char *words =
        hole ? arena_printf(c->arena, "%.*s%s%s", (int)(hole - pattern), pattern, text, hole + 2) : text;
    if (!i->baseline.present)
        words = arena_printf(c->arena, "%s: %s", chart_word(c, "baseline"), text);
    /* The target is the large number: what was measured last stands beside where it began. */
    if (i->target.present && i->actual.present)
        words = arena_printf(c->arena, "%s, %s\u00a0%s", words, chart_word(c, "actual"), number_text(b, i, &i->actual));
    const struct design_style *style = chart_style(c, "figure-label");
    struct chart_text t = chart_text_new(c, style, chart_colour(c, "ink", 0), words, i->at);
    chart_text_fit(&t, room, CHART_UNLIMITED, &k->from);
}

/* Beside the value where there is room, else below it. */
static bool from_beside(const struct board *b, const struct card *k)
{
    double padding = padding_of(b), mark = k->indicator->has_status ? status_size + 6 : 0;
    return !k->words && k->from.lines.count == 1 &&
           k->value.width + 6 + k->from.width + mark <= b->width - 2 * padding;
}

static double body_height(const struct board *b, const struct card *k)
{
    double height = chart_label_height_to_baseline(&k->value);
    if (k->from.lines.count && !from_beside(b, k))
        height += 6 + chart_label_height_to_baseline(&k->from);
    if (!b->compact && has_chart(k))
        height += 10 + row_height + axis_room;
    return fmax(height, k->indicator->has_status ? status_size : 0);
}

static void set_cards(struct board *b, double width, double least_width, bool compact)
{
    const struct chart_context *c = b->context;
    b->compact = compact;
    double gap = chart_length(c, "board", "gap") * (compact ? 0.5 : 1), padding = padding_of(b);
    b->across = (int)fmax(1, floor((width + gap) / (least_width + gap)));
    if ((size_t)b->across > b->chart->count && b->chart->count)
        b->across = (int)b->chart->count;
    b->width = fmin((width - gap * (b->across - 1)) / b->across, 80 * MM);
    double room = b->width - 2 * padding, body = 0;
    const struct design_style *style = chart_style(c, "figure-label");
    b->head = 0;
    for (size_t i = 0; i < b->chart->count; i++) {
        struct card *k = &b->cards[i];
        const struct chart_indicator *in = k->indicator;
        double hang = 0;
        if (in->number && *in->number) {
            struct chart_text number =
                chart_text_new(c, style, chart_colour(c, "deep", in->hue), in->number, in->at);
            k->number = chart_text_set(&number, 0);
            hang = k->number.width + 5;
        }
        struct chart_text label = chart_text_new(c, style, style->colour, in->label, in->at);
        chart_text_fit(&label, room - hang, CHART_UNLIMITED, &k->label);
        set_value(b, k, room);
        set_from(b, k, room);
        b->head = fmax(b->head, chart_label_height_to_baseline(&k->label));
        body = fmax(body, body_height(b, k));
    }
    double bar = chart_length(c, "board", "bar");
    b->height = bar + padding + b->head + (compact ? 7 : 11) + body + padding;
    if (!compact)
        b->height = fmax(b->height, chart_length(c, "board", "height"));
    size_t rows = b->chart->count ? (b->chart->count + (size_t)b->across - 1) / (size_t)b->across : 0;
    b->size = (struct layout_size){ width, rows ? (double)rows * (b->height + gap) - gap : 0 };
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct board *b = data;
    const struct chart_context *c = b->context;
    double width = b->chart->width > 0 ? b->chart->width : 170 * MM;
    if (room.width > 0)
        width = b->chart->width > 0 ? fmin(width, room.width) : room.width;
    if (b->set && fabs(b->size.width - width) < 0.01)
        return b->size;
    b->set = true;
    double limit = room.height > 0 ? room.height : 240 * MM, least = chart_length(c, "board", "card");
    set_cards(b, width, least, false);
    for (double narrow = least * 0.8; b->size.height > limit && narrow > 20 * MM; narrow *= 0.85)
        set_cards(b, width, narrow, true);
    return b->size;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------ */
/* Two or three round figures under the row chart. A share or a count is never below nought: its window may reach there, for
   baselines stand below one another, but no figure is written there. */
static void draw_axis_figures(const struct board *b, struct display_page *page, const struct card *k,
                              struct rect row)
{
    const struct chart_context *c = b->context;
    const struct design_style *style = chart_style(c, "axis");
    const struct design_colour *grey = chart_colour(c, "grey", 0);
    double left, width, free = row.x;
    chart_goal_row_axis(c, k->low, k->high, row, &left, &width);
    struct chart_scale scale = chart_scale_inside(k->low, k->high, 4);
    for (int i = 0; i < scale.ticks; i++) {
        struct decimal tick = chart_scale_tick(&scale, i);
        if (decimal_sign(tick) < 0 && !chart_has_negative(k->indicator))
            continue;
        double x = left + (decimal_to_double(tick) - k->low) / (k->high - k->low) * width;
        const char *text = text_quantity(c->design, c->lang, tick, k->indicator->unit, TEXT_BARE, c->arena);
        double half = chart_width(c, style, text) / 2;
        chart_line(page, x, row.y + row.height * 0.5 + 3, x, row.y + row.height * 0.5 + 6,
                   chart_colour(c, "rule", 0), 0.5, 0);
        if (x - half < free || x + half > row.x + row.width)
            continue;
        chart_put_line(c, page, style, grey, text, x, row.y + row.height + axis_room - 2, DESIGN_CENTRE);
        free = x + half + 5;
    }
}

static void draw_card(const struct board *b, struct display_page *page, const struct card *k, struct rect card)
{
    const struct chart_context *c = b->context;
    const struct chart_indicator *i = k->indicator;
    double bar = chart_length(c, "board", "bar"), padding = padding_of(b);
    double x = card.x + padding, y = card.y + bar + padding, room = card.width - 2 * padding;
    display_add_rect(page, card, chart_colour(c, "paper", 0));
    struct path edge = PATH_EMPTY;
    path_rect(&edge, (struct rect){ card.x + 0.25, card.y + 0.25, card.width - 0.5, card.height - 0.5 });
    display_stroke(page, &edge, chart_colour(c, "rule", 0), 0.5);
    path_free(&edge);
    display_add_rect(page, (struct rect){ card.x, card.y, card.width, bar }, chart_colour(c, "main", i->hue));
    double hang = k->number.lines.count ? k->number.width + 5 : 0;
    chart_put(page, &k->number, x, y, hang, DESIGN_START);
    chart_put(page, &k->label, x + hang, y, room - hang, DESIGN_START);
    y += b->head + (b->compact ? 7 : 11);
    chart_put(page, &k->value, x, y, room, DESIGN_START);
    double value = chart_label_height_to_baseline(&k->value);
    if (i->has_status)
        chart_draw_status(c, page, i->status, i->hue, card.x + card.width - padding - status_size / 2,
                          y + fmin(value, k->value.ascent) / 2, status_size);
    if (from_beside(b, k))
        chart_put(page, &k->from, x + k->value.width + 6, y + value - k->from.ascent, k->from.width,
                  DESIGN_START);
    else
        chart_put(page, &k->from, x, y + value + 6, room, DESIGN_START);
    if (b->compact || !has_chart(k))
        return;
    struct rect row = { x - 2, card.y + card.height - padding - axis_room - row_height + 3, room + 4,
                        row_height };
    draw_axis_figures(b, page, k, row);
    chart_draw_goal_row(c, page, i, k->low, k->high, row);
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct board *b = data;
    measure(b, (struct layout_size){ frame.width, 0 });
    double gap = chart_length(b->context, "board", "gap") * (b->compact ? 0.5 : 1);
    for (size_t i = 0; i < b->chart->count; i++) {
        size_t column = i % (size_t)b->across, row = i / (size_t)b->across;
        draw_card(b, page, &b->cards[i],
                  (struct rect){ frame.x + (double)column * (b->width + gap),
                                 frame.y + (double)row * (b->height + gap), b->width, b->height });
    }
}

struct layout_drawing *chart_board(const struct chart_chart *chart)
{
    struct board *b = arena_new_of(chart->context->arena, struct board);
    b->context = chart->context;
    b->chart = chart_chart_copy(chart);
    b->cards = arena_array(chart->context->arena, struct card, chart->count + 1);
    struct chart_goal_scale scale = chart_goal_scale(b->chart->indicators, chart->count);
    for (size_t i = 0; i < chart->count; i++) {
        b->cards[i].indicator = &b->chart->indicators[i];
        chart_goal_window(&scale, b->cards[i].indicator, &b->cards[i].low, &b->cards[i].high);
    }
    return chart_drawing(chart->context, b, measure, draw, NULL);
}
