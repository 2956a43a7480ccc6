/* Derived figures: sums over figures, worked out exactly and rounded once, at the end. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "plan/plan_internal.h"

enum { MAX_NESTING = 100, MAX_EXPRESSION = 2000, MAX_DECIMALS = 6 };

/* ---- exact fractions ------------------------------------------------------------------------------------- */

/* numerator / denominator in lowest terms, denominator above 0; both stay below 2^62, so that a product of two fits
   into 128 bits. */
struct fraction {
    __int128 numerator, denominator;
};

static bool reduce(struct fraction f, struct fraction *out)
{
    __int128 a = f.numerator < 0 ? -f.numerator : f.numerator, b = f.denominator, limit = (__int128)1 << 62;
    while (b) {
        __int128 rest = a % b;
        a = b;
        b = rest;
    }
    if (a > 1) {
        f.numerator /= a;
        f.denominator /= a;
    }
    *out = f;
    return f.numerator < limit && f.numerator > -limit && f.denominator < limit;
}

static bool from_decimal(struct decimal v, struct fraction *out)
{
    struct fraction f = { v.digits, 1 };
    for (int i = 0; i < v.scale; i++)
        f.denominator *= 10;
    return reduce(f, out);
}

static bool apply(char sign, struct fraction a, struct fraction b, struct fraction *out)
{
    struct fraction f;
    switch (sign) {
    case '+':
    case '-':
        f.numerator = a.numerator * b.denominator + (sign == '+' ? 1 : -1) * b.numerator * a.denominator;
        f.denominator = a.denominator * b.denominator;
        break;
    case '*':
        f = (struct fraction){ a.numerator * b.numerator, a.denominator * b.denominator };
        break;
    default:
        f = (struct fraction){ a.numerator * b.denominator, a.denominator * b.numerator };
        if (f.denominator < 0)
            f = (struct fraction){ -f.numerator, -f.denominator };
        break;
    }
    return reduce(f, out);
}

/* Half away from zero, like every rounding of figures. */
static bool to_decimal(struct fraction f, int decimals, struct decimal *out)
{
    __int128 limit = 999999999999999999, n = f.numerator < 0 ? -f.numerator : f.numerator;
    for (int i = 0; i < decimals; i++)
        n *= 10;
    n = (2 * n + f.denominator) / (2 * f.denominator);
    if (n > limit)
        return false;
    *out = (struct decimal){ (int64_t)(f.numerator < 0 ? -n : n), (uint8_t)decimals };
    return true;
}

/* ---- reading an expression ------------------------------------------------------------------------------- */

enum progress { WAITING, IN_WORK, DONE };

struct derivation {
    struct plan_reader *reader;
    struct plan_figures *figures;          /* the table, without derived figures while they are worked out */
    struct plan_figure **results;          /* by declaration; NULL: could not be worked out */
    enum progress *progress;
    int depth;                             /* of parentheses and of figures derived from derived ones, together */
    bool *is_refused;                      /* it has the name of a row, or of one before it */
};

/* What is known of a value: the number, and where it comes from. */
struct value {
    struct fraction number;
    bool missing;
};

struct parser {
    struct derivation *d;
    const struct plan_derived *declared;
    const char *s;                         /* what is left of the expression */
    int decimals;
    bool is_divided, has_failed;
    const char *period;                    /* the latest of the figures in it */
    int kind;                              /* theirs, -1: none yet, -2: several */
    const char *source, *retrieved;        /* theirs, "" when they differ */
    const struct plan_figure **operands;
    size_t operand_count, operand_capacity;
};

static struct plan_figure *work_out(struct derivation *, size_t i);
static struct value read_sum(struct parser *);

static void skip_spaces(struct parser *p)
{
    p->s += strspn(p->s, " ");
}

/* Positions are characters of the expression, from 1: the place that is kept is that of <derived>. */
static size_t position(const struct parser *p)
{
    return utf8_length(p->declared->expression, (size_t)(p->s - p->declared->expression)) + 1;
}

static void tell(struct parser *p, const char *what, const char *remedy)
{
    struct diag *diag = p->d->reader->diag;
    if (p->has_failed)
        return;                            /* what follows a first fault in an expression is guesswork */
    p->has_failed = true;
    diag_error(diag, p->declared->at, "E223", _("derived figure \"%s\", character %zu of \"%s\": %s"),
               p->declared->id, position(p), p->declared->expression, what);
    diag_remedy(diag, "%s", remedy);
}

static struct value combine(struct parser *p, char sign, struct value a, struct value b)
{
    struct value result = { { 0, 1 }, a.missing || b.missing };
    if (result.missing || p->has_failed)
        return result;
    if (sign == '/' && !b.number.numerator)
        tell(p, _("division by zero"), _("check the figures below the division sign"));
    else if (!apply(sign, a.number, b.number, &result.number))
        tell(p, _("the number is too large"), _("a derived figure may have 18 digits"));
    return result;
}

static size_t name_length(const char *s)
{
    size_t length = 0, n = strlen(s);
    uint32_t c;
    for (size_t step; length < n; length += step) {
        step = utf8_decode(s + length, n - length, &c);
        if (!utf8_is_letter(c) && !(c >= '0' && c <= '9') && !(c < 0x80 && strchr("-_.", (int)c)))
            break;
    }
    return length;
}

static struct value read_number(struct parser *p)
{
    char text[64];
    struct decimal v;
    struct value value = { { 0, 1 }, false };
    size_t n = strspn(p->s, "0123456789.,");
    while (n > 1 && p->s[n - 1] == ',')
        n--;                               /* it parts the figures of a function: sum(100, b) */
    snprintf(text, sizeof text, "%.*s", (int)n, p->s);
    if (n >= sizeof text || !decimal_read(text, &v) || !from_decimal(v, &value.number)) {
        tell(p, _("this is not a number"),
             _("write it with a decimal point and without points between thousands: 3442.5"));
        return value;
    }
    if (v.scale > p->decimals)
        p->decimals = v.scale;
    p->s += n;
    return value;
}

/* ---- figures inside an expression ------------------------------------------------------------------------ */

static void note_origin(struct parser *p, const struct plan_figure *f)
{
    if (f->value.scale > p->decimals && !f->missing)
        p->decimals = f->value.scale;
    if (p->kind == -1) {
        p->kind = (int)f->kind;
        p->period = f->period;
        p->source = f->source;
        p->retrieved = f->retrieved;
        return;
    }
    if (p->kind != (int)f->kind)
        p->kind = -2;
    if (plan_period_compare(f->period, p->period) > 0)
        p->period = f->period;
    if (strcmp(p->source, f->source) != 0)
        p->source = p->retrieved = "";
    else if (strcmp(p->retrieved, f->retrieved) != 0)
        p->retrieved = "";
}

static void tell_no_figure(struct parser *p, const char *id, int kind, const char *period)
{
    size_t n;
    struct arena *arena = p->d->reader->arena;
    const char *near = plan_guess_figure(p->d->reader, id), *minus = strchr(id, '-');
    plan_figures_of(p->d->figures, id, &n);
    if (n) {
        const char *what = arena_printf(arena, _("the figure \"%s\" has no row %s%s%s"), id, period ? period : "",
                                        period && kind >= 0 ? " " : "",
                                        kind >= 0 ? plan_kind_words((enum plan_figure_kind)kind) : "");
        tell(p, what, _("name a period and kind that stand in the table of figures"));
    } else if (near) {
        tell(p, arena_printf(arena, _("there is no figure \"%s\""), id),
             arena_printf(arena, _("did you mean \"%s\"?"), near));
    } else if (minus) {
        tell(p, arena_printf(arena, _("there is no figure \"%s\""), id), _("write spaces round a minus sign: a - b"));
    } else {
        tell(p, arena_printf(arena, _("there is no figure \"%s\""), id),
             _("name an id that stands in the table of figures"));
    }
}

/* "@2020", "@baseline", "@2019@baseline" behind an id. */
static bool read_qualifiers(struct parser *p, const char **period, int *kind)
{
    struct arena *arena = p->d->reader->arena;
    struct plan_period span;
    while (*p->s == '@') {
        size_t n = name_length(++p->s);
        const char *word = arena_strndup(arena, p->s, n);
        int k = figures_kind_read(word);
        if (k >= 0 && *kind < 0) {
            *kind = k;
        } else if (k < 0 && !*period && plan_period_read(word, &span)) {
            *period = word;
        } else {
            tell(p, arena_printf(arena, _("\"%s\" is neither a period nor a kind"), word),
                 _("write id@2020, id@baseline or id@2020@baseline"));
            return false;
        }
        p->s += n;
    }
    return true;
}

static const struct plan_figure *find_figure(struct parser *p, const char *id, int kind, const char *period)
{
    struct derivation *d = p->d;
    const struct plan_derived *other = plan_find_derived(d->reader, id);
    size_t i = other ? (size_t)(other - d->reader->derived) : 0;
    if (!other || d->is_refused[i]) {
        const struct plan_figure *f = plan_figures_lookup(d->figures, id, kind, period);
        if (!f)
            tell_no_figure(p, id, kind, period);
        return f;
    }
    if (d->progress[i] == IN_WORK) {
        tell(p, _("the figure is derived from itself"), _("take one of the derived figures out of the circle"));
        return NULL;
    }
    const struct plan_figure *f = work_out(d, i);
    p->has_failed |= !f;                   /* told where it was worked out */
    return f;
}

static struct value read_figure(struct parser *p, size_t n)
{
    struct value value = { { 0, 1 }, false };
    const char *id = arena_strndup(p->d->reader->arena, p->s, n), *period = NULL, *start = p->s;
    int kind = -1;
    struct plan_reader *r = p->d->reader;
    VEC_GROW(r->operands, r->operand_capacity, r->operand_count + 1);
    r->operands[r->operand_count++] = id;
    p->s += n;
    if (!read_qualifiers(p, &period, &kind))
        return value;
    const char *end = p->s;
    p->s = start;                          /* a fault is told at the figure's beginning */
    const struct plan_figure *f = find_figure(p, id, kind, period);
    if (!f)
        return value;
    p->s = end;
    note_origin(p, f);
    VEC_GROW(p->operands, p->operand_capacity, p->operand_count + 1);
    p->operands[p->operand_count++] = f;
    value.missing = f->missing;
    if (!f->missing && !from_decimal(f->value, &value.number))
        tell(p, _("the number is too large"), _("a derived figure may have 18 digits"));
    return value;
}

/* ---- functions and operators ----------------------------------------------------------------------------- */

static struct value hundredfold(struct parser *p, struct value v)
{
    p->is_divided = true;
    return combine(p, '*', v, (struct value){ { 100, 1 }, false });
}

static struct value call(struct parser *p, const char *name, struct value a, struct value b)
{
    if (!strcmp(name, "sum"))
        return combine(p, '+', a, b);
    if (!strcmp(name, "difference"))
        return combine(p, '-', a, b);
    if (!strcmp(name, "growth"))           /* from a to b, in per cent of a */
        return hundredfold(p, combine(p, '/', combine(p, '-', b, a), a));
    return hundredfold(p, combine(p, '/', a, b));
}

static bool expect(struct parser *p, char sign)
{
    skip_spaces(p);
    if (*p->s == sign) {
        p->s++;
        return true;
    }
    tell(p, arena_printf(p->d->reader->arena, _("\"%c\" is missing"), sign),
         _("a function has two figures: growth(a, b)"));
    return false;
}

static struct value read_call(struct parser *p, const char *name)
{
    struct value a = { { 0, 1 }, false }, b = a;
    if (!expect(p, '('))
        return a;
    a = read_sum(p);
    if (!expect(p, ','))
        return a;
    b = read_sum(p);
    if (!expect(p, ')'))
        return a;
    return call(p, name, a, b);
}

static const char *function_name(const char *s, size_t n)
{
    static const char *const names[] = { "sum", "difference", "growth", "share" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == n && !strncmp(s, names[i], n) && s[n + strspn(s + n, " ")] == '(')
            return names[i];
    return NULL;
}

static struct value read_operand(struct parser *p)
{
    struct value value = { { 0, 1 }, false };
    skip_spaces(p);
    size_t n = name_length(p->s);
    if (++p->d->depth > MAX_NESTING) {
        tell(p, _("parentheses or derived figures stand too deep inside one another"), _("write it in fewer steps"));
    } else if (p->has_failed) {
        /* stop here */
    } else if (*p->s == '(') {
        p->s++;
        value = read_sum(p);
        skip_spaces(p);
        if (*p->s == ')')
            p->s++;
        else
            tell(p, _("the parenthesis is not closed"), _("write \")\" where it ends"));
    } else if (*p->s == '-') {
        p->s++;
        value = combine(p, '*', (struct value){ { -1, 1 }, false }, read_operand(p));
    } else if (*p->s >= '0' && *p->s <= '9') {
        value = read_number(p);
    } else if (n && function_name(p->s, n)) {
        const char *name = function_name(p->s, n);
        p->s += n;
        value = read_call(p, name);
    } else if (n) {
        value = read_figure(p, n);
    } else {
        tell(p, _("a figure or a number is missing here"), _("write the id of a figure or a number"));
    }
    p->d->depth--;
    return value;
}

static struct value read_product(struct parser *p)
{
    struct value value = read_operand(p);
    for (skip_spaces(p); !p->has_failed && (*p->s == '*' || *p->s == '/'); skip_spaces(p)) {
        char sign = *p->s++;
        p->is_divided |= sign == '/';
        struct value right = read_operand(p);
        value = combine(p, sign, value, right);
    }
    return value;
}

static struct value read_sum(struct parser *p)
{
    struct value value = read_product(p);
    for (skip_spaces(p); !p->has_failed && (*p->s == '+' || *p->s == '-'); skip_spaces(p)) {
        char sign = *p->s++;
        struct value right = read_product(p);
        value = combine(p, sign, value, right);
    }
    return value;
}

/* ---- one derived figure ---------------------------------------------------------------------------------- */

static struct plan_figure *finish(struct parser *p, struct value value)
{
    const struct plan_derived *declared = p->declared;
    int decimals = declared->decimals >= 0 ? declared->decimals : p->is_divided ? 1 : p->decimals;
    struct arena *arena = p->d->reader->arena;
    struct plan_figure *f = arena_new_of(arena, struct plan_figure);
    const struct plan_figure **operands = arena_array(arena, const struct plan_figure *, p->operand_count + 1);
    if (p->operand_count)
        memcpy(operands, p->operands, p->operand_count * sizeof *operands);
    *f = (struct plan_figure){ .id = declared->id,
                               .period = p->period,
                               .missing = value.missing,
                               .unit = declared->unit,
                               .kind = p->kind < 0 ? PLAN_ACTUAL : (enum plan_figure_kind)p->kind,
                               .source = p->source,
                               .retrieved = p->retrieved,
                               .derived = declared->expression,
                               .operands = operands,
                               .at = declared->at };
    if (!value.missing &&
        !to_decimal(value.number, decimals > MAX_DECIMALS ? MAX_DECIMALS : decimals, &f->value)) {
        tell(p, _("the number is too large"), _("a derived figure may have 18 digits"));
        return NULL;
    }
    return f;
}

static struct plan_figure *work_out(struct derivation *d, size_t i)
{
    const struct plan_derived *declared = &d->reader->derived[i];
    struct parser p = { .d = d, .declared = declared, .s = declared->expression, .kind = -1 };
    p.period = p.source = p.retrieved = "";
    if (d->progress[i] == DONE)
        return d->results[i];
    d->progress[i] = IN_WORK;
    struct value value = read_sum(&p);
    if (!p.has_failed && *p.s)
        tell(&p, _("this cannot stand here"), _("between two figures stands + - * or /"));
    d->results[i] = p.has_failed ? NULL : finish(&p, value);
    mem_free(p.operands);
    d->progress[i] = DONE;
    return d->results[i];
}

/* ---- the declarations ------------------------------------------------------------------------------------ */

void plan_read_derived(struct plan_reader *r, const struct xml_node *node)
{
    static const char *const units[] = { "percent", "count", "rank", "points", NULL };
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child)) {
        if (!plan_is(child, "derived"))
            continue;
        const char *decimals = xml_attribute(child, "decimals");
        struct plan_derived derived = {
            .id = plan_attribute(r, child, "id"),
            .expression = plan_words_of(r, child),
            .unit = (enum plan_unit)plan_choice(child, "unit", units, PLAN_PERCENT),
            .decimals = decimals && strlen(decimals) == 1 && strspn(decimals, "0123456") ? *decimals - '0' : -1,
            .at = plan_at(r, child),
        };
        if (!derived.id)
            continue;
        if (r->derived_count >= PLAN_MAX_DERIVED) {
            diag_error(r->diag, derived.at, "E217", _("the plan has more than %d derived figures, the limit"),
                       PLAN_MAX_DERIVED);
            diag_remedy(r->diag, _("split the plan"));
            break;
        }
        if (strlen(derived.expression) > MAX_EXPRESSION) {
            diag_error(r->diag, derived.at, "E217", _("the expression is longer than the limit of %d characters"),
                       MAX_EXPRESSION);
            diag_remedy(r->diag, _("split it into several derived figures"));
            continue;
        }
        VEC_GROW(r->derived, r->derived_capacity, r->derived_count + 1);
        r->derived[r->derived_count++] = derived;
    }
}

const struct plan_derived *plan_find_derived(const struct plan_reader *r, const char *id)
{
    for (size_t i = 0; i < r->derived_count; i++)
        if (!strcmp(r->derived[i].id, id))
            return &r->derived[i];
    return NULL;
}

/* A derived figure must not have the name of a row or of another one: which number would be meant? */
static bool is_named_twice(struct plan_reader *r, const struct plan_figures *figures, size_t i)
{
    size_t n;
    const struct plan_derived *derived = &r->derived[i];
    const struct plan_figure *const *rows = plan_figures_of(figures, derived->id, &n);
    struct source other = { NULL, 0, 0 };
    if (n)
        other = rows[0]->at;
    for (size_t j = 0; j < i; j++)
        if (!strcmp(r->derived[j].id, derived->id))
            other = r->derived[j].at;
    if (!other.file)
        return false;
    diag_error(r->diag, derived->at, "E224", _("the derived figure \"%s\" is given twice; the other one is at %s:%d"),
               derived->id, other.file, other.line);
    diag_remedy(r->diag, _("give the derived figure an id of its own"));
    return true;
}

void plan_derive(struct plan_reader *r, struct plan_figures *figures)
{
    size_t n = r->derived_count;
    struct derivation d = { .reader = r, .figures = figures };
    d.results = arena_array(r->arena, struct plan_figure *, n);
    d.progress = arena_array(r->arena, enum progress, n);
    d.is_refused = arena_array(r->arena, bool, n);
    for (size_t i = 0; i < n; i++)
        d.is_refused[i] = is_named_twice(r, figures, i);
    for (size_t i = 0; i < n; i++)
        if (!d.is_refused[i])
            work_out(&d, i);
    for (size_t i = 0; i < r->derived_count; i++)
        if (d.results[i])
            *plan_figures_append(figures) = *d.results[i];
    plan_figures_seal(figures);
}
