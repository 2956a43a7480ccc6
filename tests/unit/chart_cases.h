/* Every kind of drawing with little, usual and extreme data: what the tests ask and the sheet shows. */
#ifndef CHART_CASES_H
#define CHART_CASES_H
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "chart/chart.h"

struct chart_case {
    const char *name;
    struct layout_drawing *drawing;
    double width;                          /* room, points */
    bool strands;                          /* reaches to the page's edge on purpose */
};

enum { CHART_CASES_MOST = 128 };

struct chart_cases {
    const struct chart_context *context;
    struct chart_case items[CHART_CASES_MOST];
    size_t count;
};

/* 120 characters in words as long as Danish has them. */
static const char *const case_long_label =
    "Borgernes arbejdsmarkedsparathed, uddannelsesniveau og kompetenceudviklingsmuligheder skal løftes væsentligt inden 2025";
static const struct source case_at = { "cases", 1, 1 };

static inline const struct image_vector *case_icon(const struct chart_context *c, const char *name)
{
    bool foreign = false;
    char sub[80];
    snprintf(sub, sizeof sub, "assets/%s.svg", name);
    char *path = file_data(sub);
    const struct image_vector *icon = image_read_svg(path, c->arena, &foreign, c->diag);
    free(path);
    return icon;
}

static inline void case_add(struct chart_cases *all, const char *name, struct layout_drawing *drawing, double width)
{
    if (all->count < CHART_CASES_MOST)
        all->items[all->count++] = (struct chart_case){ name, drawing, width, false };
}

/* ---- illustrations ------------------------------------------------------------------------------------------------ */
static inline void case_key_figures(struct chart_cases *all)
{
    static const struct { const char *value, *label; double share; int hue; double radius; } rows[] = {
        { "3.442", "virksomheder i kommunen", -1, 1, 22 }, { "3,6\u00A0%", "ledighed i kommunen", 0.036, 2, 22 },
        { "11,2\u00A0%", "ungeledighed", 0.112, 3, 22 },   { "2,2\u00A0%", "sygemeldte", 0.022, 4, 22 },
        { "63,7\u00A0%", "ledighed blandt flygtninge og familiesammenførte", 0.637, 5, 22 },
        { "48.668", "i beskæftigelse", -1, 0, 23 },        { "19,8\u00A0%", "forsørges af det offentlige", 0.198, 0, 17 },
        { "100\u00A0%", "alle", 1, 1, 15 },                { "0\u00A0%", "ingen", 0, 2, 15 },
        { "1.234.567.890", "et meget stort antal", -1, 3, 18 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct chart_key_figure k = { .context = all->context, .value = rows[i].value, .label = rows[i].label,
                                      .share = rows[i].share, .mark = i == 2 ? 0.082 : -1, .hue = rows[i].hue,
                                      .radius = rows[i].radius * PT_PER_MM, .at = case_at, .id = "key" };
        case_add(all, "key-figure", chart_key_figure(&k), 48 * PT_PER_MM);
    }
    static const struct chart_number history[] = {
        { .present = true, .value = { 124, 1 }, .period = "2013" }, { .present = true, .value = { 119, 1 }, .period = "2014" },
        { .present = true, .value = { 113, 1 }, .period = "2015" }, { .period = "2016" },
        { .present = true, .value = { 109, 1 }, .period = "2019" }, { .present = true, .value = { 112, 1 }, .period = "2020" },
    };
    struct chart_key_figure spark = { .context = all->context, .value = "11,2\u00A0%", .label = "ungeledighed",
                                      .share = 0.112, .mark = -1, .hue = 3, .at = case_at, .id = "spark",
                                      .history = history, .history_count = 6 };
    case_add(all, "key-figure-history", chart_key_figure(&spark), 48 * PT_PER_MM);
    struct chart_key_figure wordy = spark;
    wordy.label = case_long_label;
    wordy.history_count = 0;
    case_add(all, "key-figure-long", chart_key_figure(&wordy), 48 * PT_PER_MM);
    struct chart_key_figure bare = { .context = all->context, .share = -1, .mark = -1, .at = case_at };
    case_add(all, "key-figure-empty", chart_key_figure(&bare), 48 * PT_PER_MM);
}

static const char *const case_icons[] = { "icons/path",     "icons/company",   "icons/competence", "icons/youth",
                                          "icons/education", "icons/handshake", "icons/contact",    "icons/result",
                                          "icons/health",    "icons/home",      "icons/care",       "icons/time" };

static inline struct chart_station *case_stations(const struct chart_context *c, const char *const *labels, size_t n,
                                                  bool icons, bool hues)
{
    struct chart_station *s = arena_array(c->arena, struct chart_station, n + 1);
    for (size_t i = 0; i < n; i++)
        s[i] = (struct chart_station){ .label = labels ? labels[i] : case_long_label,
                                       .icon = icons ? case_icon(c, case_icons[i % 12]) : NULL,
                                       .hue = hues ? (int)(i % 7) + 1 : 0, .at = case_at };
    return s;
}

static inline void case_illustration(struct chart_cases *all, const char *name, const char *kind,
                                     struct chart_illustration f, double width)
{
    f.context = all->context;
    f.at = case_at;
    f.id = name;
    case_add(all, name, chart_illustration(kind, &f), width);
}

static inline void case_wheels(struct chart_cases *all)
{
    static const char *const viborg[] = {
        "En større andel af borgerne i Viborg Kommune skal have tilknytning til arbejdsmarkedet, og en mindre andel af "
        "borgerne skal være på offentlig forsørgelse",
        "Antallet af arbejdspladser stiger med 5\u00A0% frem mod 2025",
        "Vi vil forøge antallet af unge og voksne, der har relevante kvalifikationer, der imødekommer arbejdsmarkedets "
        "behov",
        "90\u00A0% af unge har taget en ungdomsuddannelse, inden de er 25 år",
        "Borgernes uddannelses- og kompetenceniveau skal højnes",
        "Vi vil understøtte et socialt ansvarligt arbejdsliv, hvor alle borgere kan bidrage til arbejdsmarkedet" };
    static const char *const few[] = { "Mere i job", "Flere faglærte", "Færre ledige" };
    static const char *const many[] = { "Job", "Uddannelse", "Sundhed", "Bolig", "Familie", "Fritid",
                                        "Økonomi", "Netværk", "Sprog", "Transport", "Digitalt", "Kultur" };
    const struct chart_context *c = all->context;
    struct chart_station *s = case_stations(c, viborg, 6, true, false);
    s[0].highlighted = s[4].highlighted = true;
    case_illustration(all, "wheel", "wheel",
                      (struct chart_illustration){ .stations = s, .count = 6, .hub = "Sammenhængs\u00ADmodellen" }, 130 * PT_PER_MM);
    case_illustration(all, "wheel-3", "wheel", (struct chart_illustration){ .stations = case_stations(c, few, 3, false, true),
                      .count = 3, .hub = "Arbejde" }, 100 * PT_PER_MM);
    case_illustration(all, "wheel-12", "wheel", (struct chart_illustration){ .stations = case_stations(c, many, 12, true, false),
                      .count = 12, .hub = "Hele livet" }, 130 * PT_PER_MM);
    case_illustration(all, "wheel-12-long", "wheel", (struct chart_illustration){ .stations = case_stations(c, NULL, 12, true, true),
                      .count = 12, .hub = "Sammenhængsmodellen" }, 130 * PT_PER_MM);
    case_illustration(all, "wheel-6-long", "wheel", (struct chart_illustration){ .stations = case_stations(c, NULL, 6, false, true),
                      .count = 6, .hub = "Model" }, 82 * PT_PER_MM);
}

static inline void case_cycles(struct chart_cases *all)
{
    static const char *const mock[] = { "Kontakt", "Kompetencer", "Arbejdsmarkedets behov", "Resultater" };
    static const char *const viborg[] = { "Borgere og virksomheder i centrum", "Kompetencer og behov", "Mere kontakt",
                                          "Resultater og kvalitet" };
    static const char *const eight[] = { "Henvendelse", "Første samtale", "Kompetenceafklaring", "Jobplan",
                                         "Virksomhedsbesøg", "Opkvalificering", "Ordinært job", "Opfølgning og fastholdelse" };
    const struct chart_context *c = all->context;
    struct chart_illustration core = { .hub = "Borger", .hub_second = "Virksomhed" };
    struct chart_illustration f = core;
    f.stations = case_stations(c, mock, 4, false, false);
    f.count = 4;
    case_illustration(all, "cycle", "cycle", f, 82.5 * PT_PER_MM);
    f.stations = case_stations(c, viborg, 4, true, false);
    f.hub_icon = case_icon(c, "figures/citizen");
    f.hub_icon_second = case_icon(c, "figures/workplace");
    case_illustration(all, "cycle-icons", "cycle", f, 82.5 * PT_PER_MM);
    f = core;
    f.stations = case_stations(c, eight, 8, true, false);
    f.count = 8;
    case_illustration(all, "cycle-8", "cycle", f, 170 * PT_PER_MM);
    f.stations = case_stations(c, eight, 3, false, true);
    f.count = 3;
    case_illustration(all, "cycle-3", "cycle", f, 70 * PT_PER_MM);
    f.stations = case_stations(c, NULL, 8, true, false);
    f.count = 8;
    case_illustration(all, "cycle-8-long", "cycle", f, 170 * PT_PER_MM);
    case_illustration(all, "cycle-8-long-narrow", "cycle", f, 82.5 * PT_PER_MM);
}

static inline void case_continua(struct chart_cases *all)
{
    static const char *const ends[] = { "Enkle og mindre indgribende tilbud", "Højt specialiserede tilbud" };
    static const char *const six[] = { "Information", "Vejledning", "Kursus", "Praktik", "Mentor", "Ressourceforløb" };
    const struct chart_context *c = all->context;
    struct chart_illustration axis = { .from = "Borgere tæt på arbejdsmarkedet",
                                       .to = "Borgere med væsentlige udfordringer" };
    struct chart_illustration f = axis;
    f.stations = case_stations(c, ends, 2, false, false);
    f.count = 2;
    case_illustration(all, "continuum", "continuum", f, 170 * PT_PER_MM);
    f.stations = case_stations(c, six, 6, false, false);
    f.count = 6;
    case_illustration(all, "continuum-6", "continuum", f, 170 * PT_PER_MM);
    struct chart_station *people = case_stations(c, six, 4, false, false);
    static const char *const figures[] = { "figures/walk-briefcase", "figures/walk-backpack", "figures/wheelchair",
                                           "figures/walk-coat" };
    for (int i = 0; i < 4; i++)
        people[i].icon = case_icon(c, figures[i]);
    f.stations = people;
    f.count = 4;
    f.hue = 5;
    case_illustration(all, "continuum-figures", "continuum", f, 170 * PT_PER_MM);
    f = axis;
    f.stations = case_stations(c, NULL, 6, false, false);
    f.count = 6;
    f.to = case_long_label;
    case_illustration(all, "continuum-6-long", "continuum", f, 170 * PT_PER_MM);
    struct chart_station *wordless = case_stations(c, six, 5, false, false);
    for (int i = 0; i < 5; i++)
        wordless[i].label = NULL;
    f = axis;
    f.stations = wordless;
    f.count = 5;
    case_illustration(all, "continuum-wedge", "continuum", f, 120 * PT_PER_MM);
}

static inline void case_matrices(struct chart_cases *all)
{
    static const char *const areas[] = { "Virksomheds\u00ADsamarbejde", "Forsikrede ledige og jobparate", "Unge", "Sygemeldte",
                                         "Integration" };
    static const char *const work[] = { "Jobformidling og virksomhedsservice", "Opkvalificering og efteruddannelse",
                                        "Ordinære timer frem for virksomhedspraktik",
                                        "Tæt kontakt og aktiv indsats for alle målgrupper" };
    const struct chart_context *c = all->context;
    bool *cells = arena_array(c->arena, bool, 17 * 17);
    for (int i = 0; i < 17 * 17; i++)
        cells[i] = i % 7 != 3;
    struct chart_illustration f = { .stations = case_stations(c, areas, 5, true, true), .count = 5,
                                    .rows = case_stations(c, work, 4, false, false), .row_count = 4, .cells = cells,
                                    .strands = true, .page_right = 210 * PT_PER_MM };
    case_illustration(all, "matrix-strands", "matrix", f, 170 * PT_PER_MM);
    all->items[all->count - 1].strands = true;
    f.strands = false;
    case_illustration(all, "matrix", "matrix", f, 170 * PT_PER_MM);
    f.count = 3;
    f.row_count = 2;
    case_illustration(all, "matrix-2x3", "matrix", f, 110 * PT_PER_MM);
    f.stations = case_stations(c, NULL, 7, true, true);
    f.count = 7;
    f.rows = case_stations(c, NULL, 17, false, false);
    f.row_count = 17;
    case_illustration(all, "matrix-17x7-long", "matrix", f, 170 * PT_PER_MM);
    static const char *const short_heads[] = { "Unge", "Syge", "Ledige", "Integration", "Erhverv", "Sundhed", "Job", "Skole",
                                               "Bolig", "Kultur", "Fritid", "Familie", "Miljø", "Sprog", "Børn", "Ældre",
                                               "Trafik" };
    f.stations = case_stations(c, short_heads, 17, true, true);
    f.count = 17;
    f.rows = case_stations(c, short_heads, 7, false, false);
    f.row_count = 7;
    case_illustration(all, "matrix-7x17", "matrix", f, 170 * PT_PER_MM);
}

/* ---- charts ------------------------------------------------------------------------------------------------------- */
static inline struct chart_number case_number(const struct chart_context *c, const char *value, enum text_unit unit,
                                              const char *period)
{
    struct chart_number n = { .present = value && decimal_read(value, &n.value), .period = period };
    if (n.present)
        n.text = text_quantity(c->design, c->lang, n.value, unit, TEXT_VALUE, c->arena);
    return n;
}

struct case_goal {
    const char *number, *label, *baseline, *target, *forecast, *actual, *baseline_words, *target_words;
    enum text_unit unit;
    int better, hue, status;
};

static inline struct chart_indicator case_indicator(const struct chart_context *c, const struct case_goal *g)
{
    return (struct chart_indicator){ .id = g->number, .label = g->label, .number = g->number,
                                     .baseline = case_number(c, g->baseline, g->unit, "2019"),
                                     .target = case_number(c, g->target, g->unit, "2021"),
                                     .forecast = case_number(c, g->forecast, g->unit, "2021"),
                                     .actual = case_number(c, g->actual, g->unit, "2020"),
                                     .baseline_words = g->baseline_words, .target_words = g->target_words,
                                     .better = g->better, .unit = g->unit, .hue = g->hue, .has_status = g->status >= 0,
                                     .status = g->status < 0 ? CHART_NOT_MEASURED : (enum chart_status)g->status,
                                     .at = case_at };
}

static const struct case_goal case_goals_2021[] = {
    { "1", "Placering på benchmarking", NULL, NULL, NULL, NULL, "Nr. 48", "Bedre end rammevilkår (nr. 58)", TEXT_UNIT_RANK, -1, 0, 4 },
    { "2", "Midlertidig forsørgelse", "8.4", "8.7", "9.4", NULL, NULL, NULL, TEXT_UNIT_PERCENT, -1, 0, 1 },
    { "3", "Permanent forsørgelse", "10.7", "11.6", "11.9", NULL, NULL, NULL, TEXT_UNIT_PERCENT, -1, 0, 1 },
    { "4", "Ledige med ordinære timer", "29.7", "31", NULL, "30.2", NULL, NULL, TEXT_UNIT_PERCENT, 1, 1, 1 },
    { "5", "Forsikrede og jobparate", "2.4", "3.2", "3.8", NULL, NULL, NULL, TEXT_UNIT_PERCENT, -1, 2, 2 },
    { "6", "Unge på midlertidig forsørgelse", "11.2", "11.4", "12.1", NULL, NULL, NULL, TEXT_UNIT_PERCENT, -1, 3, 1 },
    { "6", "Unge, antal fuldtidspersoner", "1432", "1460", "1520", NULL, NULL, NULL, TEXT_UNIT_COUNT, -1, 3, 1 },
    { "7", "Sygedagpenge", "2.2", "2.0", NULL, "2.0", NULL, NULL, TEXT_UNIT_PERCENT, -1, 4, 0 },
    { "8", "Over 52 uger, antal forløb", "381", "490", "560", NULL, NULL, NULL, TEXT_UNIT_COUNT, -1, 4, 1 },
    { "9", "Selvforsørgende flygtninge", "36.3", "37", NULL, NULL, NULL, NULL, TEXT_UNIT_PERCENT, 1, 5, 1 },
    { "10", "Selvforsørgende kvinder", "20.2", "21", NULL, NULL, NULL, NULL, TEXT_UNIT_PERCENT, 1, 5, 0 },
    { "11", "Værdig sagsbehandling", NULL, NULL, NULL, NULL, NULL, "Afventer ministeriet", TEXT_UNIT_PERCENT, 0, 0, 3 },
    { "12", "Opkvalificering af ledige", NULL, NULL, NULL, NULL, "33,6 % på landsplan i 2016", "Afventer ministeriet", TEXT_UNIT_PERCENT, 0, 0, 3 },
    { "13", "Handicap og beskæftigelse", NULL, NULL, NULL, NULL, "20,7 % i RAR Østjylland", "Større andel på landsplan", TEXT_UNIT_PERCENT, 1, 0, 4 },
    { "14", "Kvalificeret arbejdskraft", NULL, NULL, NULL, NULL, "Ingen indikator", "Fastholde niveauet for forgæves rekrutteringer", TEXT_UNIT_PERCENT, -1, 0, 4 },
};

static const struct case_goal case_goals_extreme[] = {
    { "A", "Meget stort", "1000000000", "1200000000", NULL, NULL, NULL, NULL, TEXT_UNIT_COUNT, 1, 1, 0 },
    { "B", "Meget lille", "1", "2", "3", NULL, NULL, NULL, TEXT_UNIT_COUNT, 1, 2, 1 },
    { "C", "Nul", "0", "0", NULL, NULL, NULL, NULL, TEXT_UNIT_PERCENT, 1, 3, 2 },
    { "D", "Negativt", "-3.5", "1.5", "-5", "-2", NULL, NULL, TEXT_UNIT_POINTS, 1, 4, 3 },
    { "E", "Ens værdier", "5", "5", "5", "5", NULL, NULL, TEXT_UNIT_PERCENT, -1, 5, 4 },
    { "F", NULL, NULL, NULL, NULL, NULL, NULL, NULL, TEXT_UNIT_PERCENT, 0, 0, -1 },
    { "G", "Kun mål", NULL, "12.5", NULL, NULL, NULL, NULL, TEXT_UNIT_PERCENT, -1, 6, -1 },
    { "H", "Kun prognose", NULL, NULL, "7", NULL, NULL, NULL, TEXT_UNIT_PERCENT, -1, 7, -1 },
};

static inline struct chart_indicator *case_indicators(const struct chart_context *c, const struct case_goal *goals, size_t n)
{
    struct chart_indicator *all = arena_array(c->arena, struct chart_indicator, n + 1);
    for (size_t i = 0; i < n; i++) {
        all[i] = case_indicator(c, &goals[i]);
        if (!all[i].label)
            all[i].label = case_long_label;
    }
    return all;
}

static inline void case_chart(struct chart_cases *all, const char *name, const char *kind,
                              const struct chart_indicator *indicators, size_t n, double width)
{
    struct chart_chart chart = { .context = all->context, .id = name, .indicators = indicators, .count = n, .at = case_at };
    struct layout_drawing *drawing = chart_new(kind, &chart);
    if (drawing)
        case_add(all, name, drawing, width);
}

static inline void case_statuses(struct chart_cases *all)
{
    for (int i = 0; i < 5; i++) {
        case_add(all, "status", chart_status_mark(all->context, (enum chart_status)i, i + 1, 30), 30);
        case_add(all, "status", chart_status_mark(all->context, (enum chart_status)i, 0, 0), 30);
    }
}

/* Series over eight years; some end, begin late, or have gaps. */
static inline struct chart_indicator *case_series(const struct chart_context *c, size_t n)
{
    static const char *const values[][8] = {
        { "12.4", "11.9", "11.3", "10.9", "11.2", NULL, NULL, NULL },
        { "8.1", "8.0", NULL, "7.9", "8.4", NULL, NULL, NULL },
        { "10.2", "10.4", "10.5", "10.6", "10.7", NULL, NULL, NULL },
        { NULL, NULL, "2.1", "2.3", "2.4", NULL, NULL, NULL },
    };
    static const char *const years[] = { "2016", "2017", "2018", "2019", "2020", "2021", "2022", "2023" };
    static const char *const labels[] = { "Unge", "Midlertidig", "Permanent", "Forsikrede" };
    static const struct case_goal ends[] = {
        { "6", NULL, NULL, "11.4", "12.1", NULL, NULL, NULL, TEXT_UNIT_PERCENT, -1, 3, 1 },
        { "2", NULL, NULL, "8.7", "9.4", NULL, NULL, NULL, TEXT_UNIT_PERCENT, -1, 1, 1 },
        { "3", NULL, NULL, "11.6", "11.9", NULL, NULL, NULL, TEXT_UNIT_PERCENT, -1, 4, 1 },
        { "5", NULL, NULL, "3.2", NULL, NULL, NULL, NULL, TEXT_UNIT_PERCENT, -1, 2, 1 } };
    struct chart_indicator *all = arena_array(c->arena, struct chart_indicator, n + 1);
    for (size_t i = 0; i < n; i++) {
        all[i] = case_indicator(c, &ends[i % 4]);
        all[i].label = labels[i % 4];
        struct chart_number *series = arena_array(c->arena, struct chart_number, 8);
        for (int k = 0; k < 5; k++)
            series[k] = case_number(c, values[i % 4][k], TEXT_UNIT_PERCENT, years[k]);
        all[i].series = series;
        all[i].series_count = 5;
    }
    return all;
}

static inline void case_charts(struct chart_cases *all)
{
    const struct chart_context *c = all->context;
    size_t n = sizeof case_goals_2021 / sizeof *case_goals_2021, x = sizeof case_goals_extreme / sizeof *case_goals_extreme;
    const struct chart_indicator *plan = case_indicators(c, case_goals_2021, n);
    const struct chart_indicator *extreme = case_indicators(c, case_goals_extreme, x);
    struct case_goal sixty[60];
    for (size_t i = 0; i < 60; i++)
        sixty[i] = case_goals_2021[1 + i % 9];
    const struct chart_indicator *many = case_indicators(c, sixty, 60);
    for (const char *const *kind = chart_kinds(); *kind; kind++) {
        const char *k = *kind;
        bool rings = strcmp(k, "ring") == 0, over_time = strcmp(k, "trend") == 0;
        if (over_time) {
            case_chart(all, "trend-1", k, case_series(c, 1), 1, 110 * PT_PER_MM);
            case_chart(all, "trend-4", k, case_series(c, 4), 4, 170 * PT_PER_MM);
            case_chart(all, "trend-9", k, case_series(c, 9), 9, 170 * PT_PER_MM);
        }
        case_chart(all, arena_printf(c->arena, "%s-1", k), k, plan + 1, 1, 82.5 * PT_PER_MM);
        case_chart(all, arena_printf(c->arena, "%s-2", k), k, plan + 1, 2, 82.5 * PT_PER_MM);
        case_chart(all, arena_printf(c->arena, "%s-plan", k), k, plan, n, 170 * PT_PER_MM);
        case_chart(all, arena_printf(c->arena, "%s-extreme", k), k, extreme, x, 170 * PT_PER_MM);
        case_chart(all, arena_printf(c->arena, "%s-empty", k), k, extreme + 5, 1, 82.5 * PT_PER_MM);
        if (!rings)
            case_chart(all, arena_printf(c->arena, "%s-60", k), k, many, 60, 170 * PT_PER_MM);
    }
}

static inline void chart_cases_make(struct chart_cases *all, const struct chart_context *c)
{
    all->context = c;
    all->count = 0;
    case_key_figures(all);
    case_statuses(all);
    case_wheels(all);
    case_cycles(all);
    case_continua(all);
    case_matrices(all);
    case_charts(all);
}
#endif
