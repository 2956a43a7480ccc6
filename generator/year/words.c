#include "year/words.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "compose/compose.h"

void year_put_figure(struct buf *b, const struct plan_figure *figure)
{
    char digits[DECIMAL_TEXT];
    if (!figure || figure->missing)
        return;
    decimal_write(figure->value, digits);
    buf_puts(b, digits);
    if (figure->unit != PLAN_COUNT)
        buf_printf(b, " %s", plan_unit_name(figure->unit));
}

static void put_human_number(struct buf *b, struct decimal value)
{
    /* The sign before the decimals, as the user's language writes it; a catalogue that does not know it leaves the point. */
    const char *sign = _("decimal sign");
    char digits[DECIMAL_TEXT];
    decimal_write(value, digits);
    size_t whole = strcspn(digits, ".");
    buf_put(b, digits, whole);
    if (digits[whole])
        buf_printf(b, "%s%s", !strcmp(sign, "decimal sign") ? "." : sign, digits + whole + 1);
}

void year_say_figure(struct buf *b, const struct plan_figure *figure)
{
    struct buf number = BUF_EMPTY;
    if (!figure || figure->missing)
        return;
    put_human_number(&number, figure->value);
    switch (figure->unit) {
    case PLAN_PERCENT:
        buf_printf(b, "%s\u00a0%%", number.data);
        break;
    case PLAN_RANK:
        buf_printf(b, _("no. %s"), number.data);
        break;
    case PLAN_POINTS:
        buf_printf(b, _("%s percentage points"), number.data);
        break;
    case PLAN_COUNT:
        buf_puts(b, number.data);
        break;
    }
    buf_free(&number);
}

enum { TITLE = 60 };           /* characters of a goal's title, cut between words */

char *year_goal_name(const struct plan_goal *goal, struct arena *arena)
{
    const struct plan_inline *words = goal->title ? goal->title : goal->measures ? goal->measures->title : NULL;
    char *title = year_inline_text(words, arena);
    const char *number = goal->number ? goal->number : goal->id;
    size_t n = strlen(title);
    if (utf8_length(title, n) > TITLE) {
        while (n && (utf8_length(title, n) > TITLE || title[n] != ' '))
            n--;
        title = arena_printf(arena, "%.*s …", (int)n, title);
    }
    return *title ? arena_printf(arena, _("Goal %s, %s"), number, title) : arena_printf(arena, _("Goal %s"), number);
}

static void put_named_figure(struct buf *b, const struct plan_inline *run, const struct year_speech *speech)
{
    if (speech) {
        buf_puts(b, compose_figure_text(speech->design, run, speech->lang, speech->arena));
        return;
    }
    if (run->kind == PLAN_FIGURE_TREND) {
        year_put_figure(b, run->figure->from);
        buf_puts(b, " > ");
    }
    year_put_figure(b, run->kind == PLAN_FIGURE_TREND ? run->figure->to : run->figure->figure);
}

void year_put_inline(struct buf *b, const struct plan_inline *run, const struct year_speech *speech)
{
    for (; run; run = run->next) {
        if (run->kind == PLAN_LINE_BREAK || run->kind == PLAN_FOOTNOTE)
            buf_putc(b, ' ');
        else if (run->kind == PLAN_FIGURE_VALUE || run->kind == PLAN_FIGURE_TREND)
            put_named_figure(b, run, speech);
        else if (run->text)
            buf_puts(b, run->text);
        year_put_inline(b, run->first, speech);
    }
}

char *year_inline_text(const struct plan_inline *run, struct arena *arena)
{
    struct buf b = BUF_EMPTY;
    year_put_inline(&b, run, NULL);
    char *text = arena_strdup(arena, buf_text(&b));
    buf_free(&b);
    return text;
}

static void put_line(struct buf *b, const struct plan_inline *run, const struct year_speech *speech)
{
    if (!run)
        return;
    year_put_inline(b, run, speech);
    buf_putc(b, '\n');
}

static void put_blocks(struct buf *b, const struct plan_block *block, const struct year_speech *speech);

static void put_items(struct buf *b, const struct plan_item *item, const struct year_speech *speech)
{
    for (; item; item = item->next) {
        put_line(b, item->title, speech);
        put_line(b, item->text, speech);
        put_blocks(b, item->blocks, speech);
    }
}

static void put_blocks(struct buf *b, const struct plan_block *block, const struct year_speech *speech)
{
    for (; block; block = block->next) {
        if (block->kind == PLAN_PART)
            continue;
        put_line(b, block->title, speech);
        put_line(b, block->text, speech);
        put_line(b, block->hub, speech);
        put_line(b, block->from, speech);
        put_line(b, block->to, speech);
        put_items(b, block->items, speech);
        for (const struct plan_row *row = block->rows; row; row = row->next)
            for (const struct plan_cell *cell = row->cells; cell; cell = cell->next)
                put_line(b, cell->text, speech);
        if (block->figure) {
            const struct plan_inline value = { .kind = PLAN_FIGURE_VALUE, .figure = block->figure };
            put_named_figure(b, &value, speech);
            buf_putc(b, '\n');
        }
        if (block->attribution)
            buf_printf(b, "%s\n", block->attribution);
        put_blocks(b, block->blocks, speech);
    }
}

void year_put_part(struct buf *b, const struct plan_part *part, const struct year_speech *speech)
{
    put_blocks(b, part->blocks, speech);
}
