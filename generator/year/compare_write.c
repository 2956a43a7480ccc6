/* A comparison as text for people and as JSON for programs. */
#include <string.h>

#include "base/i18n.h"
#include "year/compare.h"
#include "year/words.h"

static const struct {
    const char *name;          /* in JSON */
    const char *heading;       /* in text */
} kinds[YEAR_CHANGE_KINDS] = {
    [YEAR_PLAN_FACT] = { "plan", N_("The plan") },
    [YEAR_PART_ADDED] = { "part-added", N_("New parts") },
    [YEAR_PART_DROPPED] = { "part-dropped", N_("Parts that are gone") },
    [YEAR_PART_MOVED] = { "part-moved", N_("Moved parts") },
    [YEAR_PART_RENAMED] = { "part-renamed", N_("Renamed parts") },
    [YEAR_PART_TEXT] = { "text", N_("Changed texts") },
    [YEAR_GOAL_ADDED] = { "goal-added", N_("New goals") },
    [YEAR_GOAL_DROPPED] = { "goal-dropped", N_("Goals that are gone") },
    [YEAR_GOAL_RENUMBERED] = { "goal-renumbered", N_("Renumbered goals") },
    [YEAR_GOAL_REWORDED] = { "goal-reworded", N_("Reworded goals") },
    [YEAR_MEASURE_ADDED] = { "measure-added", N_("New measures") },
    [YEAR_MEASURE_DROPPED] = { "measure-dropped", N_("Measures that are gone") },
    [YEAR_MEASURE_AIM] = { "aim", N_("Changed aims") },
    [YEAR_BASELINE] = { "baseline", N_("Baselines") },
    [YEAR_TARGET] = { "target", N_("Targets") },
    [YEAR_FIGURE_CHANGED] = { "figure-revised", N_("Revised figures") },
    [YEAR_FIGURE_ADDED] = { "figure-added", N_("New figures") },
    [YEAR_FIGURE_DROPPED] = { "figure-dropped", N_("Figures that are gone") },
};

const char *year_change_name(enum year_change_kind kind)
{
    return kinds[kind].name;
}

enum { CONTEXT = 4 };          /* kept words shown on either side of a change */

/* `line` stands between two blocks. */
static void put_words(struct buf *b, const struct year_text *text, size_t at, size_t n, const char *line)
{
    for (size_t i = at; i < at + n; i++)
        buf_printf(b, "%s%s", i == at ? "" : text->ends[i - 1] ? line : " ", text->words[i]);
}

static const struct year_text *text_of(const struct year_change *change, const struct year_edit *edit)
{
    return edit->kind == YEAR_ADDED ? &change->new_text : &change->old_text;
}

/* "… two words [-gone-] {+new+} two words …", a block a line. */
static void put_edits(struct buf *b, const struct year_change *change)
{
    static const char line[] = "\n      ";
    for (size_t i = 0; i < change->edit_count; i++) {
        const struct year_edit *edit = &change->edits[i];
        const struct year_text *text = text_of(change, edit);
        bool first = i == 0, last = i + 1 == change->edit_count, ends = text->ends[edit->at + edit->count - 1];
        if (edit->kind != YEAR_KEPT) {
            buf_puts(b, edit->kind == YEAR_DROPPED ? "[-" : "{+");
            put_words(b, text, edit->at, edit->count, line);
            buf_puts(b, edit->kind == YEAR_DROPPED ? "-]" : "+}");
        } else if (edit->count <= (size_t)CONTEXT * (first || last ? 1 : 2) + 1) {
            put_words(b, text, edit->at, edit->count, line);
        } else {
            if (!first)
                put_words(b, text, edit->at, CONTEXT, line);
            buf_puts(b, first ? "… " : last ? " …" : " … ");
            if (!last)
                put_words(b, text, edit->at + edit->count - CONTEXT, CONTEXT, line);
        }
        buf_puts(b, last ? "" : ends ? line : " ");
    }
}

/* One side of a change for people: "8,7 % (2021)"; words as they are. */
static void put_side(struct buf *b, const struct plan_figure *figure, const char *words)
{
    if (!figure || figure->missing) {
        buf_puts(b, words ? words : "–");
        return;
    }
    year_say_figure(b, figure);
    if (*figure->period)
        buf_printf(b, " (%s)", figure->period);
}

static void put_change(struct buf *b, const struct year_change *change)
{
    buf_printf(b, "  %s", *change->name ? change->name : change->id);
    if (change->kind == YEAR_PART_TEXT) {
        buf_puts(b, "\n      ");
        put_edits(b, change);
    } else if (change->before || change->after) {
        buf_puts(b, "\n      ");
        put_side(b, change->old_figure, change->before);
        buf_puts(b, " → ");
        put_side(b, change->new_figure, change->after);
    }
    buf_putc(b, '\n');
}

void year_compare_write_text(const struct year_comparison *comparison, struct buf *b)
{
    if (!comparison->count)
        buf_printf(b, "%s\n", _("Nothing changed."));
    if (comparison->paged) {
        buf_printf(b, _("Pages: %zu before, %zu now; text changed on"), comparison->old_pages, comparison->new_pages);
        for (size_t i = 0; i < comparison->changed_page_count; i++)
            buf_printf(b, "%s%zu", i ? ", " : " ", comparison->changed_pages[i]);
        buf_printf(b, "%s\n\n", comparison->changed_page_count ? "" : _(" none"));
    }
    for (int kind = 0; kind < YEAR_CHANGE_KINDS; kind++) {
        if (!comparison->by_kind[kind])
            continue;
        buf_printf(b, "%s (%zu)\n", _(kinds[kind].heading), comparison->by_kind[kind]);
        for (const struct year_change *change = comparison->changes; change; change = change->next)
            if ((int)change->kind == kind)
                put_change(b, change);
        buf_putc(b, '\n');
    }
}

/* ---- JSON (RFC 8259) ---------------------------------------------------------------------------------------------- */

static void put_member(struct buf *b, const char *name, const char *value)
{
    if (!value)
        return;
    buf_printf(b, ",\"%s\":", name);
    buf_put_json_string(b, value);
}

static void put_place(struct buf *b, const char *name, struct source at)
{
    if (!at.file)
        return;
    buf_printf(b, ",\"%s\":{\"file\":", name);
    buf_put_json_string(b, at.file);
    buf_printf(b, ",\"line\":%d,\"column\":%d}", at.line, at.column);
}

static void put_figure(struct buf *b, const char *name, const struct plan_figure *figure)
{
    char value[DECIMAL_TEXT];
    if (!figure)
        return;
    buf_printf(b, ",\"%s\":{\"period\":", name);
    buf_put_json_string(b, figure->period);
    decimal_write(figure->value, value);
    if (figure->missing)
        buf_puts(b, ",\"value\":null");
    else
        buf_printf(b, ",\"value\":\"%s\"", value);
    buf_printf(b, ",\"unit\":\"%s\"}", plan_unit_name(figure->unit));
}

static void put_plan(struct buf *b, const char *name, const struct plan *plan)
{
    buf_printf(b, "\"%s\":{\"title\":", name);
    buf_put_json_string(b, plan->title ? plan->title : "");
    put_member(b, "period", plan->period);
    put_member(b, "file", plan->file);
    buf_puts(b, "},\n");
}

static void put_pages(struct buf *b, const struct year_comparison *c)
{
    if (!c->paged)
        return;
    buf_printf(b, "\"pages\":{\"old\":%zu,\"new\":%zu,\"changed\":[", c->old_pages, c->new_pages);
    for (size_t i = 0; i < c->changed_page_count; i++)
        buf_printf(b, "%s%zu", i ? "," : "", c->changed_pages[i]);
    buf_puts(b, "]},\n");
}

/* Every kind, also those with nothing: who reads it need not know which there are. */
static void put_counts(struct buf *b, const struct year_comparison *c)
{
    buf_puts(b, "\"counts\":{");
    for (int kind = 0; kind < YEAR_CHANGE_KINDS; kind++)
        buf_printf(b, "%s\"%s\":%zu", kind ? "," : "", kinds[kind].name, c->by_kind[kind]);
    buf_puts(b, "},\n");
}

void year_compare_write_json(const struct year_comparison *comparison, struct buf *b)
{
    static const char *const edits[] = { "kept", "dropped", "added" };
    buf_puts(b, "{\"format\":1,\n");
    put_plan(b, "old", comparison->old);
    put_plan(b, "new", comparison->new);
    put_pages(b, comparison);
    put_counts(b, comparison);
    buf_puts(b, "\"changes\":[");
    for (const struct year_change *c = comparison->changes; c; c = c->next) {
        buf_printf(b, "%s\n{\"kind\":\"%s\"", c == comparison->changes ? "" : ",", kinds[c->kind].name);
        put_member(b, "id", c->id);
        put_member(b, "name", c->name);
        put_member(b, "before", c->before);
        put_member(b, "after", c->after);
        put_figure(b, "old-figure", c->old_figure);
        put_figure(b, "new-figure", c->new_figure);
        put_place(b, "old", c->old_at);
        put_place(b, "new", c->new_at);
        for (size_t i = 0; i < c->edit_count; i++) {
            struct buf words = BUF_EMPTY;
            const struct year_text *text = text_of(c, &c->edits[i]);
            put_words(&words, text, c->edits[i].at, c->edits[i].count, "\n");
            buf_puts(&words, i + 1 < c->edit_count && text->ends[c->edits[i].at + c->edits[i].count - 1] ? "\n" : "");
            buf_printf(b, "%s{\"%s\":", i ? "," : ",\"words\":[", edits[c->edits[i].kind]);
            buf_put_json_string(b, buf_text(&words));
            buf_puts(b, i + 1 == c->edit_count ? "}]" : "}");
            buf_free(&words);
        }
        buf_putc(b, '}');
    }
    buf_puts(b, "\n]}\n");
}
