#include "year/words.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"

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

void year_put_inline(struct buf *b, const struct plan_inline *run)
{
    for (; run; run = run->next) {
        if (run->kind == PLAN_LINE_BREAK)
            buf_putc(b, ' ');
        else if (run->kind == PLAN_FIGURE_VALUE)
            year_put_figure(b, run->figure->figure);
        else if (run->kind == PLAN_FIGURE_TREND) {
            year_put_figure(b, run->figure->from);
            buf_puts(b, " > ");
            year_put_figure(b, run->figure->to);
        } else if (run->text)
            buf_puts(b, run->text);
        if (run->kind == PLAN_FOOTNOTE)
            buf_putc(b, ' ');
        year_put_inline(b, run->first);
    }
}

char *year_inline_text(const struct plan_inline *run, struct arena *arena)
{
    struct buf b = BUF_EMPTY;
    year_put_inline(&b, run);
    char *text = arena_strdup(arena, buf_text(&b));
    buf_free(&b);
    return text;
}

static void put_line(struct buf *b, const struct plan_inline *run)
{
    if (!run)
        return;
    year_put_inline(b, run);
    buf_putc(b, '\n');
}

static void put_blocks(struct buf *b, const struct plan_block *block);

static void put_items(struct buf *b, const struct plan_item *item)
{
    for (; item; item = item->next) {
        put_line(b, item->title);
        put_line(b, item->text);
        put_blocks(b, item->blocks);
    }
}

static void put_blocks(struct buf *b, const struct plan_block *block)
{
    for (; block; block = block->next) {
        if (block->kind == PLAN_PART)
            continue;
        put_line(b, block->title);
        put_line(b, block->text);
        put_line(b, block->hub);
        put_line(b, block->from);
        put_line(b, block->to);
        put_items(b, block->items);
        for (const struct plan_row *row = block->rows; row; row = row->next)
            for (const struct plan_cell *cell = row->cells; cell; cell = cell->next)
                put_line(b, cell->text);
        if (block->figure) {
            year_put_figure(b, block->figure->figure);
            buf_putc(b, '\n');
        }
        if (block->attribution)
            buf_printf(b, "%s\n", block->attribution);
        put_blocks(b, block->blocks);
    }
}

void year_put_part(struct buf *b, const struct plan_part *part)
{
    put_blocks(b, part->blocks);
}
