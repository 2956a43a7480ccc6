#include "year/advance.h"

#include <string.h>

#include "base/i18n.h"
#include "year/words.h"

typedef void visit(struct year_advance *, const struct xml_node *);

/* Every element from `node` on and below, in order. */
static void each(struct year_advance *a, const struct xml_node *node, visit *to)
{
    for (; node; node = xml_next(node)) {
        to(a, node);
        each(a, xml_first(node), to);
    }
}

static bool is(const struct xml_node *node, const char *name)
{
    return !strcmp(xml_name(node), name);
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (!strcmp(name, *names))
            return true;
    return false;
}

static const struct xml_node *child_of(const struct xml_node *node, const char *const *names)
{
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child))
        if (is_one_of(xml_name(child), names))
            return child;
    return NULL;
}

/* ---- what moves by itself ------------------------------------------------------------------------------------------ */

static void tell_change(struct year_advance *a, const struct xml_node *node, const char *what, const char *was,
                        const char *now)
{
    year_worklist_add(a->list, YEAR_CHANGED, node, NULL, arena_printf(a->arena, _("%s: \"%s\" is now \"%s\""), what, was, now));
}

static const char *tag(struct year_advance *a, const struct xml_node *node)
{
    return arena_printf(a->arena, "<%s>", xml_name(node));
}

static void move_content(struct year_advance *a, const struct xml_node *node)
{
    struct buf moved = BUF_EMPTY;
    const char *text = xml_text(node, a->arena);
    if (year_move_text(text, &a->shift, &moved)) {
        xml_edit_set_text(a->edit, node, moved.data);
        tell_change(a, node, tag(a, node), text, moved.data);
    }
    buf_free(&moved);
}

static void set_attribute(struct year_advance *a, const struct xml_node *node, const char *name, const char *value)
{
    const char *was = xml_attribute(node, name);
    xml_edit_set_attribute(a->edit, node, name, value);
    tell_change(a, node, arena_printf(a->arena, "<%s %s>", xml_name(node), name), was ? was : "", value);
}

static void move_year(struct year_advance *a, const struct xml_node *node)
{
    if (is(node, "year"))
        move_content(a, node);
}

/* The plan's own titles move when they are plain text; a <year> in them moves by itself. */
static bool is_own_title(const struct xml_node *node)
{
    static const char *const names[] = { "title", "subtitle", "short-title", NULL };
    return is_one_of(xml_name(node), names) && !xml_first(node);
}

static void move_facts(struct year_advance *a, const struct xml_node *root)
{
    for (const struct xml_node *node = xml_first(root); node; node = xml_next(node)) {
        if (is(node, "period")) {
            xml_edit_set_text(a->edit, node, a->shift.to);
            tell_change(a, node, tag(a, node), a->shift.from, a->shift.to);
        } else if (is(node, "adopted")) {
            xml_edit_remove(a->edit, node);                /* next year's plan is still to be adopted */
            year_worklist_add(a->list, YEAR_TO_DECIDE, NULL, NULL,
                              arena_printf(a->arena, _("<adopted> (%s) is taken out: write the new one when the plan is adopted"),
                                           xml_attribute(node, "date")));
        } else if (is_own_title(node)) {
            move_content(a, node);
        }
    }
    const char *figures = xml_attribute(root, "figures");
    if (figures && strcmp(figures, "figures.csv"))
        set_attribute(a, root, "figures", "figures.csv");
}

static enum plan_figure_kind kind_of(const char *name)
{
    int kind = PLAN_ACTUAL;
    while (kind < PLAN_FORECAST && strcmp(name, plan_figure_kind_name((enum plan_figure_kind)kind)))
        kind++;
    return (enum plan_figure_kind)kind;
}

/* The row of a measure that is named by period and kind; NULL when none is, or it is no measure's. */
static const struct plan_figure *named_row(struct year_advance *a, const char *id, const char *period, const char *kind)
{
    if (!id || !period || !kind || !plan_lookup_measure(a->old, id))
        return NULL;
    return plan_figures_lookup(a->merged, id, (int)kind_of(kind), period);
}

/* A figure that is named by period and kind follows its row: a target whose time is over is the one to be decided; a
   baseline that became an actual, and the actual that is the baseline now, are called that. */
static void move_end(struct year_advance *a, const struct xml_node *node, const char *period, const char *kind)
{
    const struct plan_figure *row = named_row(a, xml_attribute(node, "figure"), xml_attribute(node, period),
                                              xml_attribute(node, kind));
    struct plan_figure moved = row ? *row : (struct plan_figure){ 0 };
    if (!row)
        return;
    if (!year_move_row(a->merged, a->shift.to, &moved))
        set_attribute(a, node, period, a->shift.to);
    else if (moved.kind != row->kind)
        set_attribute(a, node, kind, plan_figure_kind_name(moved.kind));
}

/* The baseline itself, as it is named in a sentence or a circle, is the new one. */
static const struct plan_figure *new_baseline(struct year_advance *a, const struct xml_node *node)
{
    const char *kind = xml_attribute(node, "kind"), *id = xml_attribute(node, "figure");
    bool baseline = kind && !strcmp(kind, "baseline") && named_row(a, id, xml_attribute(node, "period"), kind);
    return baseline ? year_new_baseline(a->merged, id) : NULL;
}

static void move_figure(struct year_advance *a, const struct xml_node *node)
{
    const struct plan_figure *baseline = new_baseline(a, node);
    if (baseline)
        set_attribute(a, node, "period", baseline->period);
    else
        move_end(a, node, "period", "kind");
    move_end(a, node, "from", "from-kind");
    move_end(a, node, "to", "to-kind");
}

/* "id@2020@baseline" in the declaration of a derived figure. */
static void put_derived_name(struct year_advance *a, const char *word, struct buf *out)
{
    size_t id = strcspn(word, "@"), period = word[id] ? strcspn(word + id + 1, "@") : 0;
    const char *kind = word[id] && word[id + 1 + period] ? word + id + period + 2 : NULL;
    char *name = arena_strndup(a->arena, word, id), *of = word[id] ? arena_strndup(a->arena, word + id + 1, period) : NULL;
    const struct plan_figure *row = named_row(a, name, of, kind);
    struct plan_figure moved = row ? *row : (struct plan_figure){ 0 };
    const struct plan_figure *baseline = row && row->kind == PLAN_BASELINE ? year_new_baseline(a->merged, name) : NULL;
    if (!row)
        buf_puts(out, word);
    else if (baseline)
        buf_printf(out, "%s@%s@%s", name, baseline->period, kind);
    else if (!year_move_row(a->merged, a->shift.to, &moved))
        buf_printf(out, "%s@%s@%s", name, a->shift.to, kind);
    else
        buf_printf(out, "%s@%s@%s", name, of, plan_figure_kind_name(moved.kind));
}

static void move_derived(struct year_advance *a, const struct xml_node *node)
{
    if (!is(node, "derived"))
        return;
    struct buf out = BUF_EMPTY;
    const char *text = xml_text(node, a->arena);
    for (const char *s = text; *s;) {
        size_t n = strcspn(s, " +*/(),");
        if (n)
            put_derived_name(a, arena_strndup(a->arena, s, n), &out);
        else
            buf_putc(&out, *s);
        s += n ? n : 1;
    }
    if (strcmp(buf_text(&out), text)) {
        xml_edit_set_text(a->edit, node, out.data);
        tell_change(a, node, tag(a, node), text, out.data);
    }
    buf_free(&out);
}

/* ---- what a human must decide ----------------------------------------------------------------------------------------- */

static const char *said(struct year_advance *a, const struct plan_figure *figure)
{
    struct buf b = BUF_EMPTY;
    year_say_figure(&b, figure);
    char *text = arena_printf(a->arena, "%s%s%s%s", buf_text(&b), *figure->period ? " (" : "", figure->period,
                              *figure->period ? ")" : "");
    buf_free(&b);
    return text;
}

/* What is asked about a goal or a measure: in its review, and in the list. */
struct questions {
    struct buf review;
    const struct xml_node *node;
    const char *goal;
};

static void ask(struct year_advance *a, struct questions *q, const char *question, const char *about)
{
    buf_printf(&q->review, "%s%s", q->review.length ? "; " : "", question);
    year_worklist_add(a->list, YEAR_TO_DECIDE, q->node, q->goal,
                      *about ? arena_printf(a->arena, "%s \"%s\"", question, about) : question);
}

static void end_questions(struct year_advance *a, struct questions *q)
{
    if (q->review.length)
        xml_edit_set_attribute(a->edit, q->node, "review", q->review.data);
    buf_free(&q->review);
}

/* Printed in the plan, so in its language and not the user's. */
static const char *to_be_decided(const char *lang)
{
    static const struct { const char lang[3], *words; } by_language[] = {
        { "da", "fastsættes senere" }, { "sv", "fastställs senare" }, { "nb", "fastsettes senere" },
        { "no", "fastsettes senere" }, { "nn", "blir fastsett seinare" }, { "de", "wird noch festgelegt" },
    };
    for (size_t i = 0; i < sizeof by_language / sizeof *by_language; i++)
        if (!strncmp(lang, by_language[i].lang, 2))
            return by_language[i].words;
    return "to be decided";
}

/* An open target in the place that the schema gives it: before reason, note and status. */
static void open_target(struct year_advance *a, const struct xml_node *measure)
{
    static const char *const after[] = { "reason", "note", "status", NULL };
    struct buf markup = BUF_EMPTY;
    buf_printf(&markup, "<target period=\"%s\" review=\"%s\">%s</target>", a->shift.to, _("decide the target"),
               to_be_decided(a->old->lang));
    const struct xml_node *next = child_of(measure, after);
    if (next)
        xml_edit_insert_before(a->edit, next, markup.data);
    else
        xml_edit_append(a->edit, measure, markup.data);
    buf_free(&markup);
}

static void ask_target_number(struct year_advance *a, struct questions *q, const char *id)
{
    const struct plan_figure *target = plan_figures_lookup(a->merged, id, PLAN_TARGET, NULL);
    const struct plan_figure *baseline = year_new_baseline(a->merged, id);
    if (!target)
        return;
    if (plan_period_compare(target->period, a->shift.to) >= 0) {
        ask(a, q, _("does the later target still hold?"), said(a, target));
        return;
    }
    open_target(a, q->node);
    const char *news = baseline ? arena_printf(a->arena, _("; the newest figure is %s"), said(a, baseline)) : "";
    year_worklist_add(a->list, YEAR_TO_DECIDE, q->node, q->goal,
                      arena_printf(a->arena, _("decide the target for %s; it was %s%s"), a->shift.to, said(a, target), news));
}

static void reopen_target(struct year_advance *a, struct questions *q, const struct xml_node *words)
{
    xml_edit_set_attribute(a->edit, words, "period", a->shift.to);
    xml_edit_set_attribute(a->edit, words, "review", _("decide the target"));
    year_worklist_add(a->list, YEAR_TO_DECIDE, words, q->goal,
                      arena_printf(a->arena, _("decide the target for %s; in words it was \"%s\""), a->shift.to,
                                   xml_text(words, a->arena)));
}

/* Targets in words: the last whose time is over is asked for anew, unless there is one for the new period already. */
static void ask_target_words(struct year_advance *a, struct questions *q)
{
    const struct xml_node *past = NULL;
    bool stays = false;
    for (const struct xml_node *child = xml_first(q->node); child; child = xml_next(child)) {
        if (!is(child, "target"))
            continue;
        const char *period = xml_attribute(child, "period");
        if (period && plan_period_compare(period, a->shift.to) >= 0) {
            ask(a, q, _("does the later target still hold?"), xml_text(child, a->arena));
            stays = stays || !plan_period_compare(period, a->shift.to);
            continue;
        }
        if (past) {
            xml_edit_remove(a->edit, past);
            tell_change(a, q->node, "<target>", xml_text(past, a->arena), "");
        }
        past = child;
    }
    if (past && stays) {
        xml_edit_remove(a->edit, past);
        tell_change(a, q->node, "<target>", xml_text(past, a->arena), "");
    } else if (past) {
        reopen_target(a, q, past);
    }
}

static void mark_measure(struct year_advance *a, const struct xml_node *node)
{
    static const char *const targets[] = { "target", NULL };
    const char *id = xml_attribute(node, "id");
    const struct plan_goal *goal = plan_lookup_goal(a->old, id);
    struct questions q = { BUF_EMPTY, node, goal ? year_goal_name(goal, a->arena) : id };
    if (child_of(node, targets))
        ask_target_words(a, &q);
    else
        ask_target_number(a, &q, id);
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child)) {
        const char *question = is(child, "reason")     ? _("does the reason still hold?")
                               : is(child, "baseline") ? _("do the words for the baseline still hold?")
                               : is(child, "note")     ? _("does the note still hold?")
                               : is(child, "status")   ? _("do the words for the state still hold?") : NULL;
        if (question)
            ask(a, &q, question, xml_text(child, a->arena));
    }
    if (plan_figures_lookup(a->merged, id, PLAN_BASELINE, NULL) && !year_new_baseline(a->merged, id))
        ask(a, &q, _("there is no figure after the baseline: it stays as it is."),
            said(a, plan_figures_lookup(a->merged, id, PLAN_BASELINE, NULL)));
    end_questions(a, &q);
}

static void mark_goal(struct year_advance *a, const struct xml_node *node)
{
    static const char *const notes[] = { "note", NULL };
    if (is(node, "measure"))
        mark_measure(a, node);
    const struct xml_node *note = is(node, "goal") ? child_of(node, notes) : NULL;
    if (!note)
        return;
    const struct plan_goal *goal = plan_lookup_goal(a->old, xml_attribute(node, "id"));
    struct questions q = { BUF_EMPTY, node, goal ? year_goal_name(goal, a->arena) : xml_attribute(node, "id") };
    ask(a, &q, _("does the note still hold?"), xml_text(note, a->arena));
    end_questions(a, &q);
}

/* ---- what a human must read -------------------------------------------------------------------------------------------- */

static void mark_part(struct year_advance *a, const struct xml_node *node)
{
    static const char *const parts[] = { "section", "foreword", "appendix", "values", "value", "focus-areas", "focus-area",
                                         "initiatives", "initiative", "summary", "goals", "goal-group", NULL };
    static const char *const prose[] = { "p", "lead", "list", "box", "quote", "definitions", "table", "illustration",
                                         "picture", "chart", "key-figure", "subheading", NULL };
    if (!is_one_of(xml_name(node), parts) || !child_of(node, prose))
        return;
    const char *id = xml_attribute(node, "id");
    const struct plan_part *part = id ? plan_lookup_part(a->old, id) : NULL;
    const char *title = part ? year_inline_text(part->title, a->arena) : "";
    xml_edit_set_attribute(a->edit, node, "review", _("read the text: it is last year's"));
    year_worklist_add(a->list, YEAR_TO_READ, node, NULL,
                      *title ? arena_printf(a->arena, "%s (<%s> %s)", title, xml_name(node), id) : tag(a, node));
}

/* The words round a year: as many characters on both sides, cut between words where there are any. */
static const char *words_round(struct year_advance *a, const char *text)
{
    enum { AROUND = 36 };
    const char *at = text, *end = text + strlen(text);
    while (*at && !year_is_in((char[5]){ at[0], at[1], at[2], at[3], 0 }))
        at++;
    const char *from = at - text > AROUND ? at - AROUND : text, *to = end - at > AROUND ? at + AROUND : end;
    while (from > text && from < at && *from != ' ')
        from++;
    while (to < end && *to != ' ')
        to++;
    char *words = arena_printf(a->arena, "%s%.*s%s", from > text ? "…" : "", (int)(to - from), from, to < end ? " …" : "");
    for (char *c = words; *c; c++)
        if (*c == '\n' || *c == '\t' || *c == '\r')
            *c = ' ';
    return words;
}

static void list_year(struct year_advance *a, const struct xml_node *node, const char *where, const char *text)
{
    year_worklist_add(a->list, YEAR_TO_CHECK, node, NULL, arena_printf(a->arena, "%s: \"%s\"", where, words_round(a, text)));
}

/* Names stay over the years, whatever years are in them. */
static void list_attributes(struct year_advance *a, const struct xml_node *node)
{
    static const char *const names[] = { "id", "review", "than", "area", "serves", "compares-with", "figure", "measures", "file",
                                         "icon", "template", "figures", "kind", NULL };
    bool target = is(node, "target") || is(node, "adopted"), moved = new_baseline(a, node) != NULL;
    for (size_t i = 0; i < xml_attribute_count(node); i++) {
        const char *name = xml_attribute_name(node, i), *value = xml_attribute(node, name);
        if (value && year_is_in(value) && !is_one_of(name, names) && !((target || moved) && !strcmp(name, "period")) &&
            !is(node, "adopted"))
            list_year(a, node, arena_printf(a->arena, "<%s %s>", xml_name(node), name), value);
    }
}

/* Years that nobody marked as moving stay, and are listed with the words round them. */
static void list_years(struct year_advance *a, const struct xml_node *node)
{
    static const char *const moved[] = { "year", "period", "adopted", "derived", NULL };
    struct xml_piece *pieces;
    list_attributes(a, node);
    if (is_one_of(xml_name(node), moved))
        return;
    size_t n = xml_pieces(node, a->arena, &pieces);
    for (size_t i = 0; i < n; i++)
        if (pieces[i].text && year_is_in(pieces[i].text))
            list_year(a, node, tag(a, node), pieces[i].text);
}

/* The years of derived figures that did not follow a baseline. */
static void list_derived(struct year_advance *a, const struct xml_node *node)
{
    if (!is(node, "derived"))
        return;
    const char *text = xml_text(node, a->arena);
    for (const char *s = text; (s = strchr(s, '@')); s++)
        if (year_is_in(s) && strncmp(s + 1 + strcspn(s + 1, "@ "), "@baseline", 9)) {
            list_year(a, node, tag(a, node), text);
            return;
        }
}

/* People write to one another in comments, and years there are last year's too. */
static void list_comments(struct year_advance *a, const char *text)
{
    for (const char *s = text; (s = strstr(s, "<!--"));) {
        const char *end = strstr(s, "-->");
        char *comment = arena_strndup(a->arena, s + 4, end ? (size_t)(end - s - 4) : strlen(s + 4));
        if (year_is_in(comment))
            list_year(a, NULL, _("in a comment"), comment);
        s = end ? end : s + strlen(s);
    }
}

/* ---- figures without a newer one ------------------------------------------------------------------------------------------ */

static bool is_measured(const struct plan_figure *figure)
{
    return figure->kind == PLAN_ACTUAL || figure->kind == PLAN_BASELINE;
}

/* Is it the last of its id, and did the new rows bring none of it? Measures are asked about by themselves. */
static bool is_left_behind(struct year_advance *a, size_t at)
{
    const struct plan_figure *figure = plan_figure_at(a->merged, at);
    if (plan_lookup_measure(a->old, figure->id) || figure->derived)
        return false;
    for (size_t i = 0; i < plan_figure_count(a->merged); i++) {
        const struct plan_figure *other = plan_figure_at(a->merged, i);
        if (i != at && !strcmp(other->id, figure->id) && is_measured(other) == is_measured(figure) &&
            plan_period_compare(other->period, figure->period) > 0)
            return false;
    }
    for (size_t i = 0; i < plan_figure_count(a->news); i++) {
        const struct plan_figure *other = plan_figure_at(a->news, i);
        if (!strcmp(other->id, figure->id) && plan_period_compare(other->period, figure->period) == 0)
            return false;
    }
    return true;
}

static void list_old_numbers(struct year_advance *a)
{
    for (size_t i = 0; i < plan_figure_count(a->merged); i++)
        if (is_left_behind(a, i)) {
            const struct plan_figure *figure = plan_figure_at(a->merged, i);
            year_worklist_add(a->list, YEAR_OLD_NUMBERS, NULL, NULL,
                              arena_printf(a->arena, is_measured(figure) ? _("%s: %s") : _("%s: does the target still hold? %s"),
                                           figure->id, figure->missing ? _("missing") : said(a, figure)));
        }
}

void year_advance(struct year_advance *a, const struct xml_document *document, const char *text)
{
    const struct xml_node *root = xml_root(document), *first = xml_first(root);
    move_facts(a, root);
    each(a, first, move_year);
    each(a, first, move_figure);
    each(a, first, move_derived);
    each(a, first, mark_goal);
    each(a, first, mark_part);
    for (const struct xml_node *node = first; node; node = xml_next(node)) {
        if (is_own_title(node))
            continue;                      /* moved */
        list_attributes(a, node);
        if (!is(node, "period") && !is(node, "adopted"))
            each(a, xml_first(node), list_years);
    }
    each(a, first, list_derived);
    list_comments(a, text);
    list_old_numbers(a);
}
