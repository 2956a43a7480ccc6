/* What a chart says to someone who does not see it: its kind, of what, where the point is; then the figures. Written from
   the figures, so that it never says anything else than the drawing. After A. Cesal's formula "kind of data, where point". */
#include <string.h>

#include "chart/draw.h"

/* Danish, Swedish, Norwegian, German, English: as chart_language counts them. */
typedef const char *words[5];

static const struct {
    const char *kind;
    words name;
} kinds[] = {
    { "bullet", { "Målsøjler over", "Målstaplar över", "Målstolper for", "Zielbalken für", "Bullet chart of" } },
    { "dumbbell", { "Punktdiagram over", "Punktdiagram över", "Punktdiagram for", "Punktdiagramm für", "Dot plot of" } },
    { "goal-row", { "Målrækker over", "Målrader över", "Målrader for", "Zielreihen für", "Goal rows of" } },
    { "trend", { "Kurve over", "Linjediagram över", "Linjediagram for", "Liniendiagramm für", "Line chart of" } },
    { "ring", { "Ring over", "Ring över", "Ring for", "Ring für", "Ring chart of" } },
    { "bars", { "Søjlediagram over", "Stapeldiagram över", "Søylediagram for", "Balkendiagramm für", "Bar chart of" } },
    { "stacked", { "Stablet søjle over", "Staplad stapel över", "Stablet søyle for", "Gestapelter Balken für",
                   "Stacked bar of" } },
    { "slope", { "Hældningsdiagram over", "Lutningsdiagram över", "Hellingsdiagram for", "Steigungsdiagramm für",
                 "Slope chart of" } },
    { "board", { "Tavle over", "Tavla över", "Tavle over", "Tafel für", "Board of" } },
};

enum phrase {
    AND,
    TARGET_ABOVE,
    TARGET_BELOW,
    TARGET_SAME,
    TARGET_PLACE,
    ONE_BASELINE,
    ONE_TARGET,
    ROSE,
    FELL,
    UNCHANGED,
    MOVED,
    HIGHEST_LOWEST,
    COUNT,
    BASELINE,
    TARGET,
    FORECAST,
    ACTUAL,
    MISSING,
    LOWER,
    HIGHER,
    STATUS,
    AND_MORE,
    WHEEL,
    WHEEL_AROUND,
    HIGHLIGHTED,
    CYCLE,
    CYCLE_AROUND,
    CONTINUUM,
    CONTINUUM_FROM,
    MATRIX,
    ALL_COLUMNS,
    NO_COLUMN,
    PHRASES
};

/* %1$s ... in the order in which say() gets them. */
static const words phrases[PHRASES] = {
    [AND] = { " og ", " och ", " og ", " und ", " and " },
    [TARGET_ABOVE] = { ", hvor målet ligger %s over udgangspunktet", ", där målet ligger %s över utgångsläget",
                       ", der målet ligger %s over utgangspunktet", ", wobei das Ziel %s über dem Ausgangswert liegt",
                       ", where the target is %s above the baseline" },
    [TARGET_BELOW] = { ", hvor målet ligger %s under udgangspunktet", ", där målet ligger %s under utgångsläget",
                       ", der målet ligger %s under utgangspunktet", ", wobei das Ziel %s unter dem Ausgangswert liegt",
                       ", where the target is %s below the baseline" },
    [TARGET_SAME] = { ", hvor målet er det samme som udgangspunktet", ", där målet är detsamma som utgångsläget",
                      ", der målet er det samme som utgangspunktet", ", wobei das Ziel gleich dem Ausgangswert ist",
                      ", where the target equals the baseline" },
    /* Of places: a higher number is not above. */
    [TARGET_PLACE] = { ", hvor målet er %s og udgangspunktet %s", ", där målet är %s och utgångsläget %s",
                       ", der målet er %s og utgangspunktet %s", ", wobei das Ziel %s und der Ausgangswert %s ist",
                       ", where the target is %s and the baseline %s" },
    [ONE_BASELINE] = { ", hvor tallet er %s", ", där talet är %s", ", der tallet er %s", ", wobei der Wert %s ist",
                       ", where the figure is %s" },
    [ONE_TARGET] = { ", hvor målet er %s", ", där målet är %s", ", der målet er %s", ", wobei das Ziel %s ist",
                     ", where the target is %s" },
    [ROSE] = { ", der er steget fra %s til %s", ", som har ökat från %s till %s", ", som har steget fra %s til %s",
               ", Anstieg von %s auf %s", ", which has risen from %s to %s" },
    [FELL] = { ", der er faldet fra %s til %s", ", som har minskat från %s till %s", ", som har falt fra %s til %s",
               ", Rückgang von %s auf %s", ", which has fallen from %s to %s" },
    [UNCHANGED] = { ", der er uændret fra %s til %s", ", som är oförändrat från %s till %s", ", som er uendret fra %s til %s",
                    ", unverändert von %s bis %s", ", which is unchanged from %s to %s" },
    [MOVED] = { ", der er rykket fra %s til %s", ", som har gått från %s till %s", ", som har gått fra %s til %s",
                ", Wechsel von %s auf %s", ", which has moved from %s to %s" },
    [HIGHEST_LOWEST] = { ", hvor %s er højest med %s og %s lavest med %s", ", där %s är högst med %s och %s lägst med %s",
                         ", der %s er høyest med %s og %s lavest med %s",
                         ", wobei %s mit %s am höchsten und %s mit %s am niedrigsten ist",
                         ", where %s is highest at %s and %s lowest at %s" },
    [COUNT] = { "%s mål", "%s mål", "%s mål", "%s Ziele", "%s indicators" },
    [BASELINE] = { "baseline %s", "utgångsläge %s", "utgangspunkt %s", "Ausgangswert %s", "baseline %s" },
    [TARGET] = { "mål %s", "mål %s", "mål %s", "Ziel %s", "target %s" },
    [FORECAST] = { "forventet %s", "prognos %s", "forventet %s", "Prognose %s", "forecast %s" },
    [ACTUAL] = { "aktuelt %s", "utfall %s", "faktisk %s", "aktuell %s", "actual %s" },
    [MISSING] = { "intet tal", "inget tal", "ingen tall", "kein Wert", "no figure" },
    [LOWER] = { "lavere er bedre", "lägre är bättre", "lavere er bedre", "niedriger ist besser", "lower is better" },
    [HIGHER] = { "højere er bedre", "högre är bättre", "høyere er bedre", "höher ist besser", "higher is better" },
    [STATUS] = { "status: %s", "status: %s", "status: %s", "Stand: %s", "status: %s" },
    [AND_MORE] = { " Yderligere %s er i tabellen.", " Ytterligare %s finns i tabellen.", " Ytterligere %s er i tabellen.",
                   " Weitere %s stehen in der Tabelle.", " A further %s are in the table." },
    [WHEEL] = { "Hjul med %s dele", "Hjul med %s delar", "Hjul med %s deler", "Rad mit %s Teilen", "Wheel of %s parts" },
    [WHEEL_AROUND] = { "Hjul med %s dele omkring %s", "Hjul med %s delar kring %s", "Hjul med %s deler rundt %s",
                       "Rad mit %s Teilen um %s", "Wheel of %s parts round %s" },
    [HIGHLIGHTED] = { " Fremhævet: %s.", " Framhävt: %s.", " Fremhevet: %s.", " Hervorgehoben: %s.", " Highlighted: %s." },
    [CYCLE] = { "Kredsløb med %s led", "Kretslopp med %s led", "Kretsløp med %s ledd", "Kreislauf mit %s Stationen",
                "Cycle of %s stations" },
    [CYCLE_AROUND] = { "Kredsløb med %s led omkring %s", "Kretslopp med %s led kring %s", "Kretsløp med %s ledd rundt %s",
                       "Kreislauf mit %s Stationen um %s", "Cycle of %s stations round %s" },
    [CONTINUUM] = { "Trin, der stiger", "Steg som stiger", "Trinn som stiger", "Ansteigende Stufen", "Rising steps" },
    [CONTINUUM_FROM] = { "Trin, der stiger fra %s til %s", "Steg som stiger från %s till %s",
                         "Trinn som stiger fra %s til %s", "Stufen, ansteigend von %s bis %s",
                         "Steps rising from %s to %s" },
    [MATRIX] = { "Oversigt med %s rækker på tværs af %s", "Översikt med %s rader tvärs över %s",
                 "Oversikt med %s rader på tvers av %s", "Übersicht mit %s Zeilen über %s", "Table of %s rows across %s" },
    [ALL_COLUMNS] = { "alle", "alla", "alle", "alle", "all" },
    [NO_COLUMN] = { "ingen", "inga", "ingen", "keine", "none" },
};

struct teller {
    const struct chart_context *context;
    struct buf out;
    int language;
};

static struct teller begin(const struct chart_context *c)
{
    return (struct teller){ .context = c, .language = chart_language(c->lang) };
}

static char *finish(struct teller *t)
{
    char *text = arena_strdup(t->context->arena, buf_text(&t->out));
    buf_free(&t->out);
    return text;
}

/* The phrase with its "%s" filled in order; formats are data here, so they are filled by hand. */
static void say(struct teller *t, enum phrase which, const char *const *fill)
{
    for (const char *p = phrases[which][t->language]; *p; p++)
        if (p[0] == '%' && p[1] == 's') {
            buf_puts(&t->out, *fill++);
            p++;
        } else {
            buf_putc(&t->out, *p);
        }
}

static void say1(struct teller *t, enum phrase which, const char *a)
{
    say(t, which, (const char *const[]){ a });
}

static const char *count_text(const struct teller *t, size_t n)
{
    return arena_printf(t->context->arena, "%zu", n);
}

static const char *label_of(const struct chart_indicator *i)
{
    return i->label && *i->label ? i->label : i->id ? i->id : "";
}

/* ---- the point ---------------------------------------------------------------------------------------------------- */
static const char *dated(const struct teller *t, const struct chart_indicator *i, const struct chart_number *n)
{
    const struct chart_context *c = t->context;
    const char *text =
        n->text ? n->text : text_quantity(c->design, c->lang, n->value, i->unit, TEXT_VALUE, c->arena);
    return n->period && *n->period ? arena_printf(c->arena, "%s (%s)", text, n->period) : text;
}

static void tell_trend(struct teller *t, const struct chart_indicator *i)
{
    const struct chart_number *first = NULL, *last = NULL;
    for (size_t k = 0; k < i->series_count; k++)
        if (i->series[k].present) {
            first = first ? first : &i->series[k];
            last = &i->series[k];
        }
    if (!first || first == last)
        return;
    int way = decimal_compare(last->value, first->value);
    say(t, way == 0 ? UNCHANGED : i->unit == TEXT_UNIT_RANK ? MOVED : way > 0 ? ROSE : FELL,
        (const char *const[]){ dated(t, i, first), dated(t, i, last) });
}

static void tell_gap(struct teller *t, const struct chart_indicator *i)
{
    const struct chart_context *c = t->context;
    struct decimal gap;
    int way = decimal_compare(i->target.value, i->baseline.value);
    if (way == 0) {
        say(t, TARGET_SAME, NULL);
        return;
    }
    if (i->unit == TEXT_UNIT_RANK) {
        say(t, TARGET_PLACE, (const char *const[]){ dated(t, i, &i->target), dated(t, i, &i->baseline) });
        return;
    }
    if (!decimal_subtract(i->target.value, i->baseline.value, &gap))
        return;
    enum text_unit unit = i->unit == TEXT_UNIT_PERCENT ? TEXT_UNIT_POINTS : i->unit;
    say1(t, way > 0 ? TARGET_ABOVE : TARGET_BELOW,
         text_quantity(c->design, c->lang, decimal_absolute(gap), unit, TEXT_VALUE, c->arena));
}

static void tell_one(struct teller *t, const char *kind, const struct chart_indicator *i)
{
    if (strcmp(kind, "trend") == 0 && i->series_count > 1)
        tell_trend(t, i);
    else if (i->baseline.present && i->target.present)
        tell_gap(t, i);
    else if (i->target.present)
        say1(t, ONE_TARGET, dated(t, i, &i->target));
    else if (i->baseline.present)
        say1(t, ONE_BASELINE, dated(t, i, &i->baseline));
}

static const struct chart_number *main_number(const struct chart_indicator *i)
{
    return i->actual.present ? &i->actual : i->target.present ? &i->target : &i->baseline;
}

/* Highest and lowest, where all are of one unit. */
static void tell_several(struct teller *t, const struct chart_chart *chart)
{
    const struct chart_indicator *low = NULL, *high = NULL;
    for (size_t k = 0; k < chart->count; k++) {
        const struct chart_indicator *i = &chart->indicators[k];
        if (i->unit != chart->indicators[0].unit || i->unit == TEXT_UNIT_RANK)
            return;
        if (!main_number(i)->present)
            continue;
        if (!low || decimal_compare(main_number(i)->value, main_number(low)->value) < 0)
            low = i;
        if (!high || decimal_compare(main_number(i)->value, main_number(high)->value) > 0)
            high = i;
    }
    if (!low || decimal_compare(main_number(low)->value, main_number(high)->value) == 0)
        return;
    say(t, HIGHEST_LOWEST,
        (const char *const[]){ label_of(high), dated(t, high, main_number(high)), label_of(low),
                               dated(t, low, main_number(low)) });
}

/* ---- the figures -------------------------------------------------------------------------------------------------- */
static void tell_part(struct teller *t, bool *first, enum phrase which, const char *text)
{
    buf_puts(&t->out, *first ? " " : ", ");
    *first = false;
    say1(t, which, text);
}

static void tell_figures(struct teller *t, const struct chart_indicator *i)
{
    bool first = true;
    buf_printf(&t->out, " %s:", label_of(i));
    if (i->baseline.present)
        tell_part(t, &first, BASELINE, dated(t, i, &i->baseline));
    else if (i->baseline_words && *i->baseline_words)
        tell_part(t, &first, BASELINE, i->baseline_words);
    if (i->actual.present)
        tell_part(t, &first, ACTUAL, dated(t, i, &i->actual));
    if (i->target.present)
        tell_part(t, &first, TARGET, dated(t, i, &i->target));
    else if (i->target_words && *i->target_words)
        tell_part(t, &first, TARGET, i->target_words);
    if (i->forecast.present)
        tell_part(t, &first, FORECAST, dated(t, i, &i->forecast));
    if (first)
        tell_part(t, &first, MISSING, "");
    else if (i->better)
        tell_part(t, &first, i->better < 0 ? LOWER : HIGHER, "");
    if (i->has_status && i->status_text && *i->status_text)
        tell_part(t, &first, STATUS, i->status_text);
    buf_putc(&t->out, '.');
}

/* "A, B og C"; of many only how many. */
static void tell_subject(struct teller *t, const struct chart_chart *chart)
{
    enum { NAMED = 4 };
    if (chart->title && *chart->title) {
        buf_puts(&t->out, chart->title);
    } else if (chart->count > NAMED) {
        say1(t, COUNT, count_text(t, chart->count));
    } else {
        for (size_t i = 0; i < chart->count; i++) {
            if (i)
                buf_puts(&t->out, i + 1 == chart->count ? phrases[AND][t->language] : ", ");
            buf_puts(&t->out, label_of(&chart->indicators[i]));
        }
    }
}

char *chart_alt(const char *kind, const struct chart_chart *chart)
{
    /* A screen reader's listener keeps about so many rows in mind; the table beside has them all. */
    enum { TOLD = 12 };
    struct teller t = begin(chart->context);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            buf_puts(&t.out, kinds[i].name[t.language]);
    buf_putc(&t.out, ' ');
    tell_subject(&t, chart);
    if (chart->count == 1)
        tell_one(&t, kind, &chart->indicators[0]);
    else
        tell_several(&t, chart);
    buf_putc(&t.out, '.');
    /* The last one is told too rather than counted: "1 are" is no sentence. */
    size_t told = chart->count <= TOLD + 1 ? chart->count : TOLD;
    for (size_t i = 0; i < told; i++)
        tell_figures(&t, &chart->indicators[i]);
    if (chart->count > told)
        say1(&t, AND_MORE, count_text(&t, chart->count - told));
    return finish(&t);
}

/* ---- illustrations ------------------------------------------------------------------------------------------------ */
static bool has_words(const char *s)
{
    return s && *s;
}

/* Soft hyphens are for the typesetter, not for the ear. */
static const char *spoken(const struct teller *t, const char *s)
{
    struct buf clean = BUF_EMPTY;
    for (; *s; s++)
        if (s[0] == '\xC2' && s[1] == '\xAD')
            s++;
        else
            buf_putc(&clean, *s);
    const char *text = arena_strdup(t->context->arena, buf_text(&clean));
    buf_free(&clean);
    return text;
}

static void tell_list(struct teller *t, const struct chart_station *stations, size_t n, bool only_highlighted)
{
    bool first = true;
    for (size_t i = 0; i < n; i++) {
        if (!has_words(stations[i].label) || (only_highlighted && !stations[i].highlighted))
            continue;
        buf_puts(&t->out, first ? "" : "; ");
        buf_puts(&t->out, spoken(t, stations[i].label));
        first = false;
    }
}

static const char *list_text(const struct teller *t, const struct chart_station *stations, size_t n,
                             bool highlighted)
{
    struct teller sub = begin(t->context);
    tell_list(&sub, stations, n, highlighted);
    return finish(&sub);
}

static void tell_around(struct teller *t, const struct chart_illustration *f, enum phrase plain,
                        enum phrase around)
{
    const char *count = count_text(t, f->count);
    if (!has_words(f->hub)) {
        say1(t, plain, count);
    } else {
        const char *hub = spoken(t, f->hub);
        if (has_words(f->hub_second))
            hub = arena_printf(t->context->arena, "%s%s%s", hub, phrases[AND][t->language], spoken(t, f->hub_second));
        say(t, around, (const char *const[]){ count, hub });
    }
    buf_puts(&t->out, ": ");
    tell_list(t, f->stations, f->count, false);
    buf_putc(&t->out, '.');
}

static void tell_continuum(struct teller *t, const struct chart_illustration *f)
{
    if (has_words(f->from) && has_words(f->to))
        say(t, CONTINUUM_FROM, (const char *const[]){ spoken(t, f->from), spoken(t, f->to) });
    else
        say(t, CONTINUUM, NULL);
    const char *list = list_text(t, f->stations, f->count, false);
    buf_printf(&t->out, "%s%s.", *list ? ": " : "", list);
}

static void tell_matrix_row(struct teller *t, const struct chart_illustration *f, size_t row)
{
    size_t served = 0;
    for (size_t i = 0; i < f->count; i++)
        served += f->cells && f->cells[row * f->count + i];
    buf_printf(&t->out, " %s: ", has_words(f->rows[row].label) ? spoken(t, f->rows[row].label) : "");
    if (served == f->count || served == 0) {
        say(t, served ? ALL_COLUMNS : NO_COLUMN, NULL);
    } else {
        bool first = true;
        for (size_t i = 0; i < f->count; i++)
            if (f->cells[row * f->count + i] && has_words(f->stations[i].label)) {
                buf_printf(&t->out, "%s%s", first ? "" : ", ", spoken(t, f->stations[i].label));
                first = false;
            }
    }
    buf_putc(&t->out, '.');
}

char *chart_illustration_alt(const char *kind, const struct chart_illustration *f)
{
    struct teller t = begin(f->context);
    if (strcmp(kind, "wheel") == 0) {
        tell_around(&t, f, WHEEL, WHEEL_AROUND);
        const char *highlighted = list_text(&t, f->stations, f->count, true);
        if (*highlighted)
            say1(&t, HIGHLIGHTED, highlighted);
    } else if (strcmp(kind, "cycle") == 0) {
        tell_around(&t, f, CYCLE, CYCLE_AROUND);
    } else if (strcmp(kind, "continuum") == 0) {
        tell_continuum(&t, f);
    } else if (strcmp(kind, "matrix") == 0) {
        say(&t, MATRIX,
            (const char *const[]){ count_text(&t, f->row_count),
                                   list_text(&t, f->stations, f->count, false) });
        buf_putc(&t.out, '.');
        for (size_t i = 0; i < f->row_count; i++)
            tell_matrix_row(&t, f, i);
    }
    return finish(&t);
}
