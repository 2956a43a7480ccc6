/* A chart's numbers as CSV, to be attached to the file in which it is printed. UTF-8 with BOM, semicolons and the decimal
   sign of the plan's language: what a spreadsheet opens with a double click. */
#include <string.h>

#include "chart/draw.h"

/* RFC 4180: quotes round what holds a separator, quote or line break. */
static void put_field(struct buf *out, const char *text)
{
    if (!text)
        return;
    if (!strpbrk(text, ";\"\r\n")) {
        buf_puts(out, text);
        return;
    }
    buf_putc(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            buf_putc(out, '"');
        buf_putc(out, *text);
    }
    buf_putc(out, '"');
}

static void put_value(struct buf *out, struct decimal value, const char *decimal_sign_text)
{
    char text[DECIMAL_TEXT];
    decimal_write(value, text);
    for (const char *p = text; *p; p++)
        if (*p == '.')
            buf_puts(out, decimal_sign_text);
        else
            buf_putc(out, *p);
}

static const char *unit_name(enum text_unit unit)
{
    static const char *const names[] = { [TEXT_UNIT_NONE] = "",
                                         [TEXT_UNIT_PERCENT] = "percent",
                                         [TEXT_UNIT_COUNT] = "count",
                                         [TEXT_UNIT_RANK] = "rank",
                                         [TEXT_UNIT_POINTS] = "points" };
    return names[unit];
}

/* Words stand where the plan has them instead of a number; neither: no row. */
static void put_row(struct buf *out, const struct chart_indicator *i, const char *kind,
                    const struct chart_number *n, const char *instead, const char *decimal_sign_text)
{
    if (!n->present && (!instead || !*instead))
        return;
    put_field(out, i->id);
    buf_putc(out, ';');
    put_field(out, i->label);
    buf_printf(out, ";%s;", kind);
    put_field(out, n->period);
    buf_putc(out, ';');
    if (n->present)
        put_value(out, n->value, decimal_sign_text);
    else
        put_field(out, instead);
    buf_printf(out, ";%s\r\n", unit_name(i->unit));
}

static bool in_series(const struct chart_indicator *i, const struct chart_number *n)
{
    for (size_t k = 0; k < i->series_count; k++)
        if (i->series[k].present && i->series[k].period && n->period &&
            strcmp(i->series[k].period, n->period) == 0)
            return true;
    return false;
}

struct display_data *chart_data(const struct chart_chart *chart)
{
    const struct chart_context *c = chart->context;
    const char *sign = design_numbers(c->design, c->lang).decimal;
    struct buf out = BUF_EMPTY;
    buf_puts(&out, "\xEF\xBB\xBFid;label;kind;period;value;unit\r\n");
    for (size_t k = 0; k < chart->count; k++) {
        const struct chart_indicator *i = &chart->indicators[k];
        put_row(&out, i, "baseline", &i->baseline, i->baseline_words, sign);
        for (size_t s = 0; s < i->series_count; s++)
            put_row(&out, i, "actual", &i->series[s], NULL, sign);
        if (!in_series(i, &i->actual))
            put_row(&out, i, "actual", &i->actual, NULL, sign);
        put_row(&out, i, "forecast", &i->forecast, NULL, sign);
        put_row(&out, i, "target", &i->target, i->target_words, sign);
    }
    struct display_data *data = arena_new_of(c->document->arena, struct display_data);
    data->name = arena_printf(c->document->arena, "chart-%s", chart->id ? chart->id : "figures");
    data->length = out.length;
    data->csv = arena_strndup(c->document->arena, out.data, out.length);
    buf_free(&out);
    return data;
}
