/* Running text: white space folded across the elements inside, so that words join and part as they were written. */
#include <string.h>

#include "base/i18n.h"
#include "plan/plan_internal.h"

/* One flow of text: a paragraph, a heading, a footnote. */
struct flow {
    bool has_ink;              /* something stands on this line already */
    bool has_space;            /* white space was seen since */
};

struct chain {
    const struct plan_inline *first;
    struct plan_inline *last;
};

static const struct {
    const char *name;
    enum plan_inline_kind kind;
} elements[] = {
    { "em", PLAN_EMPHASIS },
    { "strong", PLAN_STRONG },
    { "a", PLAN_LINK },
    { "ref", PLAN_REFERENCE },
    { "footnote", PLAN_FOOTNOTE },
    { "span", PLAN_LANGUAGE },
    { "figure-value", PLAN_FIGURE_VALUE },
    { "figure-trend", PLAN_FIGURE_TREND },
    { "year", PLAN_YEAR },
    { "br", PLAN_LINE_BREAK },
};

/* The element's place in the table, or -1 when it is no inline element. */
static int find_element(const struct xml_node *node)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (plan_is(node, elements[i].name))
            return (int)i;
    return -1;
}

bool plan_is_inline(const struct xml_node *node)
{
    return find_element(node) >= 0;
}

static struct plan_inline *append(struct plan_reader *r, struct chain *chain, enum plan_inline_kind kind,
                                  struct source at)
{
    struct plan_inline *item = arena_new_of(r->arena, struct plan_inline);
    item->kind = kind;
    item->at = at;
    if (chain->last)
        chain->last->next = item;
    else
        chain->first = item;
    return chain->last = item;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The place of a text: its first ink. Its column is known where it follows the start tag on the same line. */
static struct source text_place(const struct plan_reader *r, const struct xml_node *parent,
                                const struct xml_piece *piece)
{
    struct source at = plan_at(r, parent);
    int line = piece->line;
    for (const char *s = piece->text; is_blank(*s); s++)
        line += *s == '\n';
    if (line == at.line)
        return at;
    return (struct source){ at.file, line, 1 };
}

/* The byte behind which a piece of text stands: behind the element before it, else behind the start tag. */
static size_t text_begin(const struct xml_node *parent, const struct xml_node *before)
{
    struct xml_extent extent;
    xml_extent(before ? before : parent, &extent);
    return before ? extent.end : extent.text;
}

static void add_text(struct plan_reader *r, struct chain *chain, struct flow *flow, const struct xml_node *parent,
                     const struct xml_piece *piece, const struct xml_node *before)
{
    struct buf out = BUF_EMPTY;
    for (const char *s = piece->text; *s; s++) {
        if (is_blank(*s)) {
            flow->has_space = true;
            continue;
        }
        if (flow->has_space && flow->has_ink)
            buf_putc(&out, ' ');
        flow->has_space = false;
        flow->has_ink = true;
        buf_putc(&out, *s);
    }
    if (out.length) {
        struct plan_inline *item = append(r, chain, PLAN_TEXT, text_place(r, parent, piece));
        item->text = arena_strndup(r->arena, out.data, out.length);
        VEC_GROW(r->runs, r->run_capacity, r->run_count + 1);
        r->runs[r->run_count++] = (struct plan_text_run){ item->text, r->part, r->goal, text_begin(parent, before) };
    }
    buf_free(&out);
}

/* Space before an element belongs to the text in front of it, not into the link or the emphasis. */
static void flush_space(struct plan_reader *r, struct chain *chain, struct flow *flow, struct source at)
{
    if (flow->has_space && flow->has_ink)
        append(r, chain, PLAN_TEXT, at)->text = " ";
    flow->has_space = false;
}

static const struct plan_inline *read_flow(struct plan_reader *, const struct xml_node *, struct flow *);

static void check_link(struct plan_reader *r, const struct xml_node *node, const char *target)
{
    static const char *const schemes[] = { "https:", "http:", "mailto:", "tel:", NULL };
    for (size_t i = 0; target && schemes[i]; i++)
        if (!strncmp(target, schemes[i], strlen(schemes[i])) && target[strlen(schemes[i])])
            return;
    if (!target)
        return;
    diag_error(r->diag, plan_at(r, node), "E225", _("\"%s\"%s is not an address that a link can go to"), target,
               plan_in(r, r->part));
    if (strchr(target, '@') && !strchr(target, ':'))
        diag_remedy(r->diag, _("write mailto:%s"), target);
    else
        diag_remedy(r->diag, _("an address begins with https:, http:, mailto: or tel:"));
}

/* A note inside a note and a link inside a link have no meaning in a PDF's tree. */
static void check_nesting(struct plan_reader *r, const struct xml_node *node, int depth)
{
    if (!depth)
        return;
    diag_error(r->diag, plan_at(r, node), "E220", _("<%s>%s stands inside another one"), xml_name(node),
               plan_in(r, r->part));
    diag_remedy(r->diag, _("move it out of the other one"));
}

static void read_link(struct plan_reader *r, const struct xml_node *node, struct plan_inline *item, struct flow *flow)
{
    bool is_reference = item->kind == PLAN_REFERENCE;
    item->target = plan_attribute(r, node, is_reference ? "to" : "href");
    check_nesting(r, node, r->link_depth);
    if (is_reference)
        plan_add_reference(r, item->target, xml_first(node) || xml_has_text(node) ? -1 : REFERENCE_TITLED, "to", node);
    else
        check_link(r, node, item->target);
    r->link_depth++;
    item->first = read_flow(r, node, flow);
    r->link_depth--;
    if (!is_reference && !item->first) {
        plan_tell_empty(r, node);
    }
    flow->has_ink = true;
}

static void read_footnote(struct plan_reader *r, const struct xml_node *node, struct plan_inline *item)
{
    struct flow own = { false, false };
    check_nesting(r, node, r->footnote_depth);
    r->footnote_depth++;
    item->first = read_flow(r, node, &own);
    r->footnote_depth--;
    if (!item->first) {
        plan_tell_empty(r, node);
    }
}

static void read_year(struct plan_reader *r, const struct xml_node *node, struct plan_inline *item, struct flow *flow)
{
    struct plan_period period;
    item->text = plan_words_of(r, node);
    flow->has_ink = true;
    size_t n = strlen(item->text);
    if ((n == 4 || n == 9) && plan_period_read(item->text, &period))
        return;
    diag_error(r->diag, item->at, "E227", _("\"%s\"%s is not a year"), item->text, plan_in(r, r->part));
    diag_remedy(r->diag, _("<year> holds a year (2021) or years (2021-2024)"));
}

static void read_figure(struct plan_reader *r, const struct xml_node *node, struct plan_inline *item,
                        struct flow *flow)
{
    item->figure = plan_read_use(r, node);
    flow->has_ink = true;
}

static void add_element(struct plan_reader *r, struct chain *chain, struct flow *flow, const struct xml_node *node)
{
    enum plan_inline_kind kind = elements[find_element(node)].kind;
    /* A footnote's mark stands tight after its word, also when the note begins on a new line of the file. */
    if (kind == PLAN_LINE_BREAK)
        *flow = (struct flow){ false, false };
    else if (kind != PLAN_FOOTNOTE && (xml_has_text(node) || xml_first(node) || xml_attribute_count(node)))
        flush_space(r, chain, flow, plan_at(r, node));
    struct plan_inline *item = append(r, chain, kind, plan_at(r, node));
    switch (kind) {
    case PLAN_LINK:
    case PLAN_REFERENCE:
        read_link(r, node, item, flow);
        break;
    case PLAN_FOOTNOTE:
        read_footnote(r, node, item);
        break;
    case PLAN_FIGURE_VALUE:
    case PLAN_FIGURE_TREND:
        read_figure(r, node, item, flow);
        break;
    case PLAN_INSERTED:        /* never read */
    case PLAN_DELETED:
    case PLAN_YEAR:
        read_year(r, node, item, flow);
        break;
    case PLAN_LANGUAGE:
        item->lang = plan_language(r, node);
        item->first = read_flow(r, node, flow);
        break;
    case PLAN_EMPHASIS:
    case PLAN_STRONG:
        item->first = read_flow(r, node, flow);
        break;
    case PLAN_TEXT:
    case PLAN_LINE_BREAK:
        break;
    }
}

static const struct plan_inline *read_flow(struct plan_reader *r, const struct xml_node *node, struct flow *flow)
{
    struct xml_piece *pieces;
    struct chain chain = { NULL, NULL };
    size_t n = xml_pieces(node, r->arena, &pieces);
    for (size_t i = 0; i < n; i++) {
        if (!pieces[i].node)
            add_text(r, &chain, flow, node, &pieces[i], i ? pieces[i - 1].node : NULL);
        else if (plan_is_inline(pieces[i].node))
            add_element(r, &chain, flow, pieces[i].node);
    }
    return chain.first;
}

const struct plan_inline *plan_read_inline(struct plan_reader *r, const struct xml_node *node)
{
    struct flow flow = { false, false };
    const struct plan_inline *text = read_flow(r, node, &flow);
    if (flow.has_ink)
        return text;
    plan_tell_empty(r, node);
    return NULL;
}

const struct plan_inline *plan_read_child(struct plan_reader *r, const struct xml_node *node, const char *name)
{
    const struct xml_node *child = xml_child(node, name);
    return child ? plan_read_inline(r, child) : NULL;
}

/* ---- figures in text ------------------------------------------------------------------------------------- */

static int read_kind(const struct xml_node *node, const char *name)
{
    static const char *const kinds[] = { "actual", "baseline", "target", "forecast", NULL };
    return plan_choice(node, name, kinds, -1);
}

struct plan_figure_use *plan_read_use(struct plan_reader *r, const struct xml_node *node)
{
    static const char *const forms[] = { "value", "number", "difference", "period", "words", "about", "rank", NULL };
    struct plan_figure_use *use = arena_new_of(r->arena, struct plan_figure_use);
    use->id = plan_attribute(r, node, "figure");
    use->at = plan_at(r, node);
    use->form = (enum plan_figure_form)plan_choice(node, "form", forms, PLAN_FORM_VALUE);
    if (plan_is(node, "figure-trend"))
        use->form = PLAN_FORM_DIFFERENCE;
    use->period = plan_period_attribute(r, node, "period");
    use->from_period = plan_period_attribute(r, node, "from");
    use->to_period = plan_period_attribute(r, node, "to");
    use->kind = read_kind(node, "kind");
    use->from_kind = read_kind(node, "from-kind");
    use->to_kind = read_kind(node, "to-kind");
    use->one = plan_attribute(r, node, "one");
    use->many = plan_attribute(r, node, "many");
    use->gender = plan_attribute(r, node, "gender");
    const char *within = xml_attribute(node, "within");
    if (within)
        decimal_read(within, &use->within);            /* the schema has looked at its digits */
    if (use->form != PLAN_FORM_DIFFERENCE &&
        (use->from_period || use->to_period || use->from_kind >= 0 || use->to_kind >= 0)) {
        diag_error(r->diag, use->at, "E228", _("from and to say nothing here, for the form is not difference"));
        diag_remedy(r->diag, _("write form=\"difference\", or name one figure with period and kind"));
    }
    if (!use->id || !*use->id)
        return use;                        /* the schema has told that */
    if (r->use_count >= PLAN_MAX_USES) {
        diag_error(r->diag, use->at, "E217", _("the plan shows figures in more than %d places, the limit"),
                   PLAN_MAX_USES);
        diag_remedy(r->diag, _("split the plan"));
        return use;
    }
    VEC_GROW(r->uses, r->use_capacity, r->use_count + 1);
    r->uses[r->use_count++] = (struct plan_named){ use, r->part };
    return use;
}
