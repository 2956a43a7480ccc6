/* Running text: from the plan's inline elements to spans in one style, with figures filled in, microtypography applied
   and the nodes of links, languages and notes in place. */
#include <string.h>

#include "base/utf8.h"
#include "compose/run.h"

/* ---- a builder of spans ------------------------------------------------------------------------------------------------- */
struct builder {
    struct run *run;
    const struct design_style *style;
    const struct design_colour *colour;
    struct text_span *spans;
    size_t count, capacity;
    uint32_t previous;                     /* last character put, 0 at the start: quotes open or close by it */
};

struct inline_state {
    unsigned flags;
    const char *lang;
    struct display_node *node;             /* NULL: the box's own */
};

static void put(struct builder *b, const char *text, struct inline_state state, struct source at)
{
    size_t length = strlen(text);
    if (!length)
        return;
    VEC_GROW(b->spans, b->capacity, b->count + 1);
    b->spans[b->count++] = (struct text_span){ .text = text, .length = length, .style = b->style, .colour = b->colour,
                                               .flags = state.flags, .lang = state.lang, .mark = state.node, .at = at };
    utf8_decode(text + utf8_previous(text, length), length - utf8_previous(text, length), &b->previous);
}

static void put_polished(struct builder *b, const char *text, struct inline_state state, struct source at)
{
    struct run *run = b->run;
    put(b, text_polish(run->design, state.lang, text, strlen(text), b->previous, run->building), state, at);
}

static struct run_text finish(struct builder *b)
{
    struct run_text text = { arena_copy(b->run->building, b->spans, b->count * sizeof *b->spans), b->count };
    mem_free(b->spans);
    return text;
}

/* ---- notes ------------------------------------------------------------------------------------------------------------------ */
struct run_footnote {
    const struct plan_inline *text;
    const struct plan_part *chapter;
    size_t number;
    struct display_node *node, *label, *body;
    bool set;
    struct run_footnote *next;
};

void run_add_note(struct run *run, const struct plan_inline *text)
{
    struct run_footnote *note = arena_new_of(run->arena, struct run_footnote);
    *note = (struct run_footnote){ .text = text, .chapter = run->chapter, .number = ++run->note_count };
    run_map_set(&run->notes, text, note);
    *(run->last_note ? &run->last_note->next : &run->first_note) = note;
    run->last_note = note;
}

void run_end_notes(struct run *run, struct display_node *sect, size_t first)
{
    for (struct run_footnote *note = run->first_note; note; note = note->next) {
        if (note->number <= first)
            continue;
        note->node = display_add_node(run->document, sect, DISPLAY_NOTE, note->text->at);
        note->label = display_add_node(run->document, note->node, DISPLAY_LBL, note->text->at);
        note->body = display_add_node(run->document, note->node, DISPLAY_P, note->text->at);
    }
}

/* The note itself, with its number before it. */
static struct layout_box *note_box(struct run *run, struct run_footnote *note, struct layout_box *parent)
{
    struct source at = note->text->at;
    const char *lang = note->chapter && note->chapter->lang ? note->chapter->lang : run->plan->lang;
    const struct design_style *style = run_style(run, "footnote", at);
    note->set = true;
    struct run_text text = run_inline(run, note->text->first, style, NULL, lang, note->body);
    struct layout_box *box = run_paragraph(run, parent, text, style, note->body, at, "footnote");
    struct layout_label *label = arena_new_of(run->building, struct layout_label);
    struct run_text number = run_words(run, arena_printf(run->building, "%zu", note->number), style, NULL, lang, at);
    *label = (struct layout_label){ .spans = number.spans, .count = number.count, .node = note->label };
    box->label = label;
    return box;
}

void run_place_notes(struct run *run, struct layout_box *box)
{
    const struct layout_note **end = &box->notes;
    for (size_t i = 0; i < box->span_count; i++) {
        const struct text_span *span = &box->spans[i];
        struct run_footnote *note = span->mark ? run_map_lookup(&run->note_marks, span->mark) : NULL;
        if (!note || note->set)
            continue;
        struct layout_note *laid = arena_new_of(run->building, struct layout_note);
        *laid = (struct layout_note){ .mark = span->mark, .order = note->number, .box = note_box(run, note, NULL) };
        *end = laid;
        end = &laid->next;
    }
}

void run_footnotes(struct run *run, const struct plan_part *chapter, struct layout_box *parent)
{
    struct source at = chapter ? chapter->at : (struct source){ run->plan->file, 1, 1 };
    bool any = false;
    for (struct run_footnote *note = run->first_note; note; note = note->next) {
        if (note->chapter != chapter || note->set)
            continue;
        if (!any)
            run_box(run, parent, LAYOUT_SPACE, at, "footnotes")->height = run->design->page.baseline_step;
        any = true;
        note_box(run, note, parent);
    }
}

/* ---- inline elements ------------------------------------------------------------------------------------------------- */
static void put_inline(struct builder *, const struct plan_inline *, struct inline_state);

static struct display_node *child(struct builder *b, struct inline_state state, enum display_role role,
                                  struct source at)
{
    return state.node ? display_add_node(b->run->document, state.node, role, at) : NULL;
}

/* The number and title of what a reference names. */
static const char *reference_text(struct run *run, const char *id, const char *lang)
{
    const struct plan_part *part = plan_lookup_part(run->plan, id);
    if (part && part->title) {
        const char *title = run_plain(run, part->title, lang);
        return part->number ? arena_printf(run->building, "%s %s", part->number, title) : title;
    }
    const struct plan_block *block = plan_lookup_block(run->plan, id);
    const struct plan_inline *title = block && block->kind == PLAN_PICTURE ? block->text : block ? block->title : NULL;
    if (title)
        return run_plain(run, title, lang);
    const struct plan_goal *goal = plan_lookup_goal(run->plan, id);
    if (!goal)
        return id;
    const char *word = design_word(run->design, lang, "goal");
    return goal->number ? arena_printf(run->building, "%s %s", word, goal->number) : word;
}

static struct display_node *reference_target(const struct run *run, const char *id)
{
    const struct plan_part *part = plan_lookup_part(run->plan, id);
    const struct plan_goal *goal = part ? NULL : plan_lookup_goal(run->plan, id);
    const struct plan_block *block = plan_lookup_block(run->plan, id);
    if (block)
        return run_node(run, block);
    return part ? run_node(run, part->title ? (const void *)&part->title : part) : run_node(run, goal);
}

/* A link says where it leads (ISO 14289-1, 7.18.5), even when its own words are only "see there". */
void run_refer(struct run *run, struct display_node *link, const char *id, const char *lang)
{
    struct run_reference *reference = arena_new_of(run->arena, struct run_reference);
    *reference = (struct run_reference){ link, id, run->references };
    run->references = reference;
    link->title = arena_strdup(run->arena, reference_text(run, id, lang));
}

void run_references(struct run *run)
{
    for (const struct run_reference *r = run->references; r; r = r->next)
        r->link->target = reference_target(run, r->id);
}

static void put_link(struct builder *b, const struct plan_inline *inline_, struct inline_state state)
{
    struct run *run = b->run;
    state.node = child(b, state, DISPLAY_LINK, inline_->at);
    if (state.node && inline_->kind == PLAN_LINK)
        state.node->uri = inline_->target;
    if (state.node && inline_->kind == PLAN_REFERENCE)
        run_refer(run, state.node, inline_->target, state.lang);
    if (inline_->first)
        put_inline(b, inline_->first, state);
    else
        put_polished(b, inline_->kind == PLAN_LINK ? inline_->target : reference_text(run, inline_->target, state.lang),
                     state, inline_->at);
}

static void put_note(struct builder *b, const struct plan_inline *inline_, struct inline_state state)
{
    struct run_footnote *note = run_map_lookup(&b->run->notes, inline_);
    if (!note || !state.node)
        return;
    state.node = child(b, state, DISPLAY_LINK, inline_->at);
    state.node->target = note->node;
    run_map_set(&b->run->note_marks, state.node, note);
    state.node->title = arena_printf(b->run->arena, "%s %zu", design_word(b->run->design, state.lang, "footnote"),
                                     note->number);
    state.flags |= TEXT_SUPERSCRIPT;
    put(b, arena_printf(b->run->building, "%zu", note->number), state, inline_->at);
}

/* Words that came or went: underlined or struck out, and said to be so for those who hear them. */
static void put_change(struct builder *b, const struct plan_inline *inline_, struct inline_state state)
{
    struct run *run = b->run;
    bool inserted = inline_->kind == PLAN_INSERTED;
    const struct design_colour *own = b->colour;
    state.node = child(b, state, DISPLAY_SPAN, inline_->at);
    if (state.node) {
        const char *pairs[] = { "words", run_plain(run, inline_->first, state.lang), NULL };
        state.node->actual_text =
            arena_strdup(run->arena, run_word(run, state.lang, inserted ? "compare.inserted" : "compare.deleted", pairs));
        state.node->decoration = inserted ? DISPLAY_UNDERLINED : DISPLAY_STRUCK;
    }
    b->colour = run_colour(run, inserted ? "primary" : "grey", 0);
    state.flags |= inserted ? TEXT_STRONG : 0;
    put_inline(b, inline_->first, state);
    b->colour = own;
}

static void put_one(struct builder *b, const struct plan_inline *inline_, struct inline_state state)
{
    struct run *run = b->run;
    switch (inline_->kind) {
    case PLAN_TEXT:
    case PLAN_YEAR:
        put_polished(b, inline_->text ? inline_->text : "", state, inline_->at);
        if (inline_->kind == PLAN_YEAR)
            put_inline(b, inline_->first, state);
        break;
    case PLAN_EMPHASIS:
        state.flags |= TEXT_EMPHASIS;
        put_inline(b, inline_->first, state);
        break;
    case PLAN_STRONG:
        state.flags |= TEXT_STRONG;
        put_inline(b, inline_->first, state);
        break;
    case PLAN_LANGUAGE:
        state.lang = inline_->lang;
        state.node = child(b, state, DISPLAY_SPAN, inline_->at);
        if (state.node)
            state.node->lang = inline_->lang;
        put_inline(b, inline_->first, state);
        break;
    case PLAN_INSERTED:
    case PLAN_DELETED:
        put_change(b, inline_, state);
        break;
    case PLAN_LINK:
    case PLAN_REFERENCE:
        put_link(b, inline_, state);
        break;
    case PLAN_FOOTNOTE:
        put_note(b, inline_, state);
        break;
    case PLAN_FIGURE_VALUE:
        put(b, run_figure(run, inline_->figure, state.lang), state, inline_->at);
        break;
    case PLAN_FIGURE_TREND:
        put(b, run_trend(run, inline_->figure, state.lang), state, inline_->at);
        break;
    case PLAN_LINE_BREAK:
        put(b, "\n", state, inline_->at);
        break;
    }
}

static void put_inline(struct builder *b, const struct plan_inline *inline_, struct inline_state state)
{
    for (; inline_; inline_ = inline_->next)
        put_one(b, inline_, state);
}

/* ---- what others call ------------------------------------------------------------------------------------------------ */
/* A span that belongs to the box's own node carries no mark of its own. */
static void drop_own_mark(struct run_text text, const struct display_node *own)
{
    struct text_span *spans = (struct text_span *)text.spans;
    for (size_t i = 0; i < text.count; i++)
        if (spans[i].mark == own)
            spans[i].mark = NULL;
}

struct run_text run_inline(struct run *run, const struct plan_inline *inline_, const struct design_style *style,
                           const struct design_colour *colour, const char *lang, struct display_node *node)
{
    struct builder b = { .run = run, .style = style, .colour = colour };
    put_inline(&b, inline_, (struct inline_state){ .lang = lang, .node = node });
    struct run_text text = finish(&b);
    drop_own_mark(text, node);
    return text;
}

struct run_text run_words(struct run *run, const char *text, const struct design_style *style,
                          const struct design_colour *colour, const char *lang, struct source at)
{
    struct builder b = { .run = run, .style = style, .colour = colour };
    put_polished(&b, text, (struct inline_state){ .lang = lang }, at);
    return finish(&b);
}

double run_natural_width(struct run *run, struct run_text text)
{
    struct text_para *para = text_para_new(run->engine, text.spans, text.count);
    double width = text_para_natural_width(para);
    text_para_free(para);
    return width;
}

double run_widest_word(struct run *run, const char *words, const struct design_style *style, const char *lang)
{
    double widest = 0;
    while (*words) {
        size_t n = strcspn(words, " ");
        double width = text_width(run->engine, style, lang, arena_strndup(run->building, words, n));
        widest = width > widest ? width : widest;
        words += n + strspn(words + n, " ");
    }
    return widest;
}

char *run_plain(struct run *run, const struct plan_inline *inline_, const char *lang)
{
    struct builder b = { .run = run };
    put_inline(&b, inline_, (struct inline_state){ .lang = lang });
    size_t length = 0;
    for (size_t i = 0; i < b.count; i++)
        length += b.spans[i].length;
    char *text = arena_alloc(run->building, length + 1), *at = text;
    for (size_t i = 0; i < b.count; i++) {
        memcpy(at, b.spans[i].text, b.spans[i].length);
        at += b.spans[i].length;
    }
    for (char *c = text; *c; c++)
        if (*c == '\n')
            *c = ' ';
    mem_free(b.spans);
    return text;
}
