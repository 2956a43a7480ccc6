/* Drawings made from the plan: illustrations, charts, circles, pictures, icons. The plan says what; chart draws it. */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "compose/run.h"

/* ---- art and pictures --------------------------------------------------------------------------------------------------- */
/* The template's own file, else the shared one; NULL when neither is there. Malloc'ed. */
static char *art_path(struct run *run, const char *src, struct source at)
{
    const char *own = arena_printf(run->building, "%s/%s", run->design->folder, src);
    if (file_exists(own))
        return file_resolve(run->design->folder, src, at, run->diag);
    char *shared = file_data(arena_printf(run->building, "assets/%s", src));
    if (file_exists(shared))
        return shared;
    mem_free(shared);
    return NULL;
}

static const struct image_vector *read_vector(struct run *run, const char *path, struct source at)
{
    bool foreign = false;
    const struct image_vector *art = image_read_svg(arena_strdup(run->arena, path), run->arena, &foreign, run->diag);
    if (foreign) {
        diag_error(run->diag, at, "E463", _("%s holds SVG beyond what a template's drawings may use"), path);
        diag_remedy(run->diag, _("see docs/svg.md; paths, basic shapes, groups and clips are enough for all of ours"));
    }
    return art;
}

const struct image_vector *run_art(struct run *run, const char *src, struct source at, bool required)
{
    for (const struct run_art *known = run->art; known; known = known->next)
        if (!strcmp(known->src, src) && (known->art || !required))
            return known->art;
    char *path = art_path(run, src, at);
    struct run_art *art = arena_new_of(run->arena, struct run_art);
    *art = (struct run_art){ .src = arena_strdup(run->arena, src), .next = run->art,
                             .art = path ? read_vector(run, path, at) : NULL };
    run->art = art;
    mem_free(path);
    if (!art->art && !path && required) {
        diag_error(run->diag, at, "E464", _("there is no drawing \"%s\", neither in the template nor among the shared ones"), src);
        diag_remedy(run->diag, _("the shared drawings lie in assets/icons, assets/figures and assets/spots"));
    }
    return art->art;
}

const struct image_vector *run_icon(struct run *run, const char *name, struct source at)
{
    return name ? run_art(run, arena_printf(run->building, "icons/%s.svg", name), at, true) : NULL;
}

/* The drawing that a component's attribute names, or NULL. */
static const struct image_vector *component_art(struct run *run, const char *component, const char *name, struct source at)
{
    const struct design_element *e = design_lookup_component(run->design, component);
    const char *src = e ? design_attribute(e, name) : NULL;
    return src ? run_art(run, src, at, true) : NULL;
}

/* The drawings of people that a component's `figures` names. */
static const struct image_vector *const *component_people(struct run *run, const char *component, size_t *count)
{
    enum { MOST = 16 };
    const struct design_element *e = design_lookup_component(run->design, component);
    const struct image_vector **people = arena_array(run->building, const struct image_vector *, MOST);
    char *rest = e ? arena_strdup(run->building, design_attribute(e, "figures")) : NULL;
    *count = 0;
    for (char *src; *count < MOST && (src = strsep(&rest, " "));) {
        const struct image_vector *art = *src ? run_art(run, src, e->at, true) : NULL;
        if (art)
            people[(*count)++] = art;
    }
    return people;
}

/* ---- alt texts ----------------------------------------------------------------------------------------------------------- */
static struct layout_box *drawing(struct run *run, const struct plan_block *block, struct layout_drawing *drawn,
                                  const char *alt, int place)
{
    struct layout_box *box = run_box(run, NULL, LAYOUT_DRAWING, block->at,
                                     run_called(run, plan_block_name(block->kind), block->id));
    struct display_node *node = run_node(run, block);
    node->alt = block->alt ? block->alt : arena_strdup(run->arena, alt);
    box->node = node;
    box->drawing = drawn;
    box->place = place;
    return box;
}

/* ---- illustrations --------------------------------------------------------------------------------------------------------- */
static struct chart_station *stations_of(struct run *run, const struct run_context *context,
                                         const struct plan_block *block, size_t *count)
{
    *count = 0;
    for (const struct plan_item *item = block->items; item; item = item->next)
        ++*count;
    struct chart_station *stations = arena_array(run->building, struct chart_station, *count + 1), *at = stations;
    for (const struct plan_item *item = block->items; item; item = item->next, at++)
        *at = (struct chart_station){ .label = run_plain(run, item->title ? item->title : item->text, context->lang),
                                      .detail = item->title && item->text ? run_plain(run, item->text, context->lang) : NULL,
                                      .icon = run_icon(run, item->icon, item->at), .highlighted = item->highlighted,
                                      .hue = context->hue, .at = item->at };
    return stations;
}

static const char *short_title(struct run *run, const struct plan_part *part, const char *lang)
{
    return part->short_title ? part->short_title : run_plain(run, part->title, lang);
}

static const struct chart_station *area_stations(struct run *run, const char *lang)
{
    struct chart_station *stations = arena_array(run->building, struct chart_station, run->plan->area_count + 1);
    for (size_t i = 0; i < run->plan->area_count; i++) {
        const struct plan_part *area = run->plan->areas[i];
        stations[i] = (struct chart_station){ .label = short_title(run, area, lang), .hue = (int)i + 1, .at = area->at,
                                              .icon = run_icon(run, area->icon, area->at) };
    }
    return stations;
}

static bool serves(const struct plan_part *initiative, const struct plan_part *area)
{
    for (const char *const *id = initiative->serves; id && *id; id++)
        if (!strcmp(*id, area->id))
            return true;
    return false;
}

/* The chapter of initiatives that a part stands in, or NULL. */
static const struct plan_part *initiatives_of(const struct plan_part *part)
{
    while (part && part->kind != PLAN_INITIATIVES)
        part = part->parent;
    return part;
}

/* Which initiative crosses which focus area: the plan's own answer, needing no words in the illustration. In a chapter of
   initiatives it is about that chapter's, elsewhere about all. */
static void fill_matrix(struct run *run, const struct plan_part *chapter, const char *lang, struct chart_illustration *made)
{
    const struct plan *plan = run->plan;
    struct chart_station *rows = arena_array(run->building, struct chart_station, plan->initiative_count + 1);
    bool *cells = arena_array(run->building, bool, plan->initiative_count * plan->area_count + 1);
    size_t r = 0;
    for (size_t i = 0; i < plan->initiative_count; i++) {
        const struct plan_part *initiative = plan->initiatives[i];
        if (chapter && initiatives_of(initiative) != chapter)
            continue;
        rows[r] = (struct chart_station){ .label = short_title(run, initiative, lang), .at = initiative->at,
                                          .icon = run_icon(run, initiative->icon, initiative->at) };
        for (size_t c = 0; c < plan->area_count; c++)
            cells[r * plan->area_count + c] = serves(initiative, plan->areas[c]);
        r++;
    }
    const struct design_element *measures = design_lookup_component(run->design, "matrix");
    made->stations = area_stations(run, lang);
    made->count = plan->area_count;
    made->rows = rows;
    made->row_count = r;
    made->cells = cells;
    made->strands = !run->alone && measures && design_flag(measures, "strands", false);
    made->walkers = component_people(run, "matrix", &made->walker_count);
    made->page_right = run->design->page.width;
}

/* People on the steps of a continuum that names no icons: the first of the component's `figures` on the first step, the
   last on the last, the others between them; where there are two steps, on the ramp from one to the other. */
static void people_on_steps(struct run *run, struct chart_station *stations, size_t n, struct chart_illustration *made)
{
    size_t count;
    const struct image_vector *const *people = component_people(run, "continuum", &count);
    for (size_t i = 0; i < n; i++)
        if (stations[i].icon)
            return;
    for (size_t i = 0; count && i < n; i++)
        stations[i].icon = people[n > 1 ? i * (count - 1) / (n - 1) : 0];
    if (n == 2 && count > 2) {
        made->walkers = people + 1;
        made->walker_count = count - 2;
    }
}

static struct layout_box *illustration_box(struct run *run, const struct run_context *context,
                                           const struct plan_block *block, struct run_drawing how)
{
    struct chart_illustration *made = arena_new_of(run->building, struct chart_illustration);
    *made = (struct chart_illustration){ .context = &run->charts, .hue = context->hue, .at = block->at, .id = block->id,
                                         .height = how.height };
    struct chart_station *stations = stations_of(run, context, block, &made->count);
    made->stations = stations;
    made->hub = block->hub ? run_plain(run, block->hub, context->lang) : NULL;
    made->hub_second = block->hub_second ? run_plain(run, block->hub_second, context->lang) : NULL;
    if (made->hub_second) {
        made->hub_icon = component_art(run, block->variant, "hub-art", block->at);
        made->hub_icon_second = component_art(run, block->variant, "hub-second-art", block->at);
    }
    made->from = block->from ? run_plain(run, block->from, context->lang) : NULL;
    made->to = block->to ? run_plain(run, block->to, context->lang) : NULL;
    if (!strcmp(block->variant, "continuum"))
        people_on_steps(run, stations, made->count, made);
    if (!strcmp(block->variant, "matrix") && !made->count)
        fill_matrix(run, initiatives_of(context->part), context->lang, made);
    struct layout_drawing *drawn = chart_illustration(block->variant, made);
    if (drawn)
        return drawing(run, block, drawn, chart_illustration_alt(block->variant, made), how.place);
    diag_error(run->diag, block->at, "E465", _("there is no illustration of the kind \"%s\""), block->variant);
    diag_remedy(run->diag, _("write cycle, wheel, continuum or matrix"));
    return NULL;
}

/* ---- circles with a figure ------------------------------------------------------------------------------------------- */
/* A share of a hundred makes a ring; counts, ranks and points do not. */
static double share_of(const struct plan_figure *figure)
{
    if (figure->missing || figure->unit != PLAN_PERCENT)
        return -1;
    double share = decimal_to_double(figure->value) / 100;
    return share < 0 || share > 1 ? -1 : share;
}

/* A drawing that can be followed: its frame is the active area. */
struct linked {
    struct layout_drawing *inner;
    struct display_node *link;
};

static struct layout_size measure_linked(void *data, struct layout_size room)
{
    const struct linked *l = data;
    return l->inner->measure(l->inner->data, room);
}

static void draw_linked(void *data, struct display_page *page, struct rect frame)
{
    const struct linked *l = data;
    l->inner->draw(l->inner->data, page, frame);
    display_add_link(page, frame, l->link);
}

static void outline_linked(void *data, struct rect frame, struct path *out)
{
    const struct linked *l = data;
    if (l->inner->outline)
        l->inner->outline(l->inner->data, frame, out);
    else
        path_rect(out, frame);
}

static struct layout_drawing *linked(struct run *run, struct layout_drawing *inner, struct display_node *link)
{
    if (!link)
        return inner;
    struct linked *l = arena_new_of(run->building, struct linked);
    struct layout_drawing *outer = arena_new_of(run->building, struct layout_drawing);
    *l = (struct linked){ inner, link };
    *outer = (struct layout_drawing){ .data = l, .measure = measure_linked, .draw = draw_linked, .outline = outline_linked };
    return outer;
}

/* What was measured up to the figure shown, where the template wants a sparkline and there are periods enough for one:
   its history, and the same as an indicator for those who read numbers. NULL: none. */
static struct chart_indicator *history_of(struct run *run, const struct plan_figure *figure, const char *lang,
                                          struct chart_key_figure *made)
{
    const struct design_element *e = design_lookup_component(run->design, "key-figure");
    if (!e || !design_flag(e, "sparkline", false) || figure->missing || figure->derived ||
        (figure->kind != PLAN_ACTUAL && figure->kind != PLAN_BASELINE))
        return NULL;
    struct chart_indicator *in = arena_new_of(run->building, struct chart_indicator);
    *in = (struct chart_indicator){ .id = figure->id, .label = made->label, .unit = run_unit(figure->unit), .at = made->at };
    run_series(run, figure->id, lang, in);
    while (in->series_count && plan_period_compare(in->series[in->series_count - 1].period, figure->period) > 0)
        in->series_count--;
    if (!run_has_line(in))
        return NULL;
    made->history = in->series;
    made->history_count = in->series_count;
    return in;
}

/* "11,2 % ungeledighed; kurve fra 9,8 % (2019)" */
static char *key_figure_alt(struct run *run, const struct plan_figure *figure, const struct chart_key_figure *made,
                            const struct chart_indicator *history, const char *lang)
{
    const struct chart_number *first = history ? history->series : NULL;
    while (first && !first->present)
        first++;
    const char *pairs[] = { "value", made->value, "label", made->label ? made->label : "", "period", figure->period,
                            "first", first ? first->text : "", "from", first ? first->period : "", NULL };
    return run_word(run, lang, first ? "key-figure.alt.history" : "key-figure.alt", pairs);
}

struct layout_box *run_key_figure(struct run *run, const struct run_context *context, const struct plan_block *block,
                                  struct run_drawing how)
{
    const struct plan_inline *label = block->figure->label ? block->figure->label : block->title;
    struct chart_key_figure *made = arena_new_of(run->building, struct chart_key_figure);
    *made = (struct chart_key_figure){ .context = &run->charts, .value = run_figure(run, block->figure, context->lang),
                                       .label = label ? run_plain(run, label, context->lang) : NULL,
                                       .share = share_of(block->figure->figure), .mark = -1, .hue = context->hue,
                                       .radius = how.radius, .height = how.height,
                                       .ground = run_colour(run, how.ground, context->hue), .at = block->at, .id = block->id };
    const struct chart_indicator *history = history_of(run, block->figure->figure, context->lang, made);
    struct layout_drawing *drawn = linked(run, chart_key_figure(made), run_node(run, &block->figure));
    char *alt = key_figure_alt(run, block->figure->figure, made, history, context->lang);
    struct layout_box *box = drawing(run, block, drawn, alt, how.place);
    if (history)
        box->node->data = chart_data(&(struct chart_chart){ .context = &run->charts, .indicators = history, .count = 1,
                                                            .id = block->id ? block->id : history->id, .at = block->at });
    return box;
}

/* ---- charts ---------------------------------------------------------------------------------------------------------- */
static bool names(const struct plan_block *chart, const struct plan_measure *measure)
{
    for (const char *const *id = chart->measures; id && *id; id++)
        if (!strcmp(*id, measure->id))
            return true;
    return !chart->measures;
}

static struct chart_chart *chart_of(struct run *run, const struct run_context *context, const struct plan_block *block)
{
    struct chart_indicator *indicators = NULL;
    size_t count = 0, capacity = 0;
    for (size_t g = 0; g < run->plan->goal_count; g++) {
        for (const struct plan_measure *m = run->plan->goals[g]->measures; m; m = m->next) {
            if (!names(block, m))
                continue;
            VEC_GROW(indicators, capacity, count + 1);
            indicators[count++] = run_indicator(run, run->plan->goals[g], m, context->lang);
        }
    }
    struct chart_chart *chart = arena_new_of(run->building, struct chart_chart);
    *chart = (struct chart_chart){ .context = &run->charts, .id = block->id, .count = count, .at = block->at,
                                   .indicators = arena_copy(run->building, indicators, count * sizeof *indicators),
                                   .title = block->title ? run_plain(run, block->title, context->lang) : NULL,
                                   .source_note = block->source_name };
    mem_free(indicators);
    return chart;
}

static struct layout_box *chart_box(struct run *run, const struct run_context *context, const struct plan_block *block,
                                    struct run_drawing how)
{
    struct chart_chart *chart = chart_of(run, context, block);
    chart->width = how.width;
    chart->height = how.height;
    struct layout_drawing *drawn = chart_new(block->variant, chart);
    if (!drawn) {
        diag_error(run->diag, block->at, "E466", _("there is no chart of the kind \"%s\""), block->variant);
        diag_remedy(run->diag, _("write bullet, dumbbell, goal-row, trend, ring, bars, stacked, slope or board"));
        return NULL;
    }
    struct layout_box *box = drawing(run, block, drawn, chart_alt(block->variant, chart), how.place);
    box->node->data = chart_data(chart);
    return box;
}

/* ---- pictures -------------------------------------------------------------------------------------------------------- */
static bool is_svg(const char *name)
{
    size_t n = strlen(name);
    return n > 4 && !strcmp(name + n - 4, ".svg");
}

static struct layout_box *picture_box(struct run *run, const struct run_context *context, const struct plan_block *block,
                                      struct run_drawing how)
{
    char *path = file_resolve(run->plan->folder, block->source_name, block->at, run->diag);
    struct image_art art = { 0 };
    if (path && is_svg(path))
        image_read_art(arena_strdup(run->arena, path), run->arena, &art, block->at, run->diag);
    else if (path)
        art.bitmap = image_read_bitmap(arena_strdup(run->arena, path), run->arena, block->at, run->diag);
    mem_free(path);
    if (!art.vector && !art.bitmap)
        return NULL;
    struct layout_drawing *drawn = chart_picture(&run->charts, art.bitmap, art.vector, block->shape ? block->shape : "rectangle",
                                                 context->hue, how.width, how.height);
    return drawing(run, block, drawn, NULL, how.place);
}

/* ---- what others call ------------------------------------------------------------------------------------------------ */
struct layout_box *run_drawn(struct run *run, const struct run_context *context, const struct plan_block *block,
                             struct run_drawing how)
{
    switch (block->kind) {
    case PLAN_ILLUSTRATION:
        return illustration_box(run, context, block, how);
    case PLAN_CHART:
        return chart_box(run, context, block, how);
    case PLAN_KEY_FIGURE:
        return run_key_figure(run, context, block, how);
    case PLAN_PICTURE:
        return picture_box(run, context, block, how);
    default:
        return NULL;
    }
}

static void put_line(struct run *run, struct layout_box *parent, struct run_text text, const struct design_style *style,
                     enum design_align align, struct display_node *node, struct source at)
{
    struct layout_box *box = run_paragraph(run, parent, text, style, node, at, "caption");
    box->no_indent = true;
    box->text_align = align;
}

const char *run_sources(struct run *run, const struct plan_block *chart, const char *lang)
{
    struct buf all = BUF_EMPTY;
    const char *line = NULL;
    for (size_t i = 0; i < plan_figure_count(run->plan->figures); i++) {
        const struct plan_figure *figure = plan_figure_at(run->plan->figures, i);
        const struct plan_measure *measure = plan_lookup_measure(run->plan, figure->id);
        if (*figure->source && measure && (!chart || names(chart, measure)) && !strstr(buf_text(&all), figure->source))
            buf_printf(&all, "%s%s", all.length ? "; " : "", figure->source);
    }
    if (all.length) {
        const char *pairs[] = { "source", arena_strdup(run->building, buf_text(&all)), NULL };
        line = run_word(run, lang, "source-line", pairs);
    }
    buf_free(&all);
    return line;
}

void run_caption(struct run *run, const struct run_context *context, const struct plan_block *block,
                 struct layout_box *parent, enum design_align align)
{
    const struct plan_inline *const *caption = block->kind == PLAN_PICTURE ? &block->text : &block->title;
    const struct design_style *style = run_style(run, "caption", block->at);
    struct display_node *node = run_node(run, caption), *sect = run_node(run, block)->parent;
    if (*caption && block->kind != PLAN_KEY_FIGURE)
        put_line(run, parent, run_inline(run, *caption, style, NULL, context->lang, node), style, align, node, block->at);
    const char *note = block->kind == PLAN_PICTURE ? block->credit : block->kind == PLAN_CHART ? block->source_name : NULL;
    if (block->kind == PLAN_CHART && !note)
        note = run_sources(run, block, context->lang);
    if (note)
        put_line(run, parent, run_words(run, note, style, NULL, context->lang, block->at), style, align,
                 display_add_node(run->document, sect, DISPLAY_P, block->at), block->at);
}

/* ---- a drawing with words below it ----------------------------------------------------------------------------------- */
/* Air between the two, inside the drawing's frame: a margin would become a whole line of the grid. */
#define CAPTION_GAP 3.0

static struct layout_size measure_spaced(void *data, struct layout_size room)
{
    const struct layout_drawing *inner = data;
    if (room.height > CAPTION_GAP)
        room.height -= CAPTION_GAP;
    struct layout_size size = inner->measure(inner->data, room);
    size.height += CAPTION_GAP;
    return size;
}

static void draw_spaced(void *data, struct display_page *page, struct rect frame)
{
    const struct layout_drawing *inner = data;
    frame.height -= CAPTION_GAP;
    inner->draw(inner->data, page, frame);
}

static struct layout_drawing *spaced(struct run *run, struct layout_drawing *inner)
{
    struct layout_drawing *outer = arena_new_of(run->building, struct layout_drawing);
    *outer = (struct layout_drawing){ .data = inner, .measure = measure_spaced, .draw = draw_spaced };
    return outer;
}

void run_illustration(struct run *run, const struct run_context *context, const struct plan_block *block,
                      struct layout_box *parent, struct run_drawing how)
{
    struct layout_box *box = run_drawn(run, context, block, how);
    if (!box)
        return;
    struct layout_box *stack = run_box(run, parent, LAYOUT_STACK, block->at, box->name);
    stack->keep_together = true;
    stack->movable = run_is_named(run, block);
    stack->width = how.width;
    layout_append(stack, box);
    run_caption(run, context, block, stack, how.caption);
    if (block->kind == PLAN_CHART && box->next)
        box->drawing = spaced(run, box->drawing);
}

void run_dots(struct run *run, const struct run_context *context, const struct design_element *e,
              struct layout_box *parent)
{
    const struct plan_part *part = context->part;
    struct chart_station *stations = (struct chart_station *)area_stations(run, context->lang);
    struct buf list = BUF_EMPTY;
    bool only = design_flag(e, "only", false);
    size_t shown = 0;
    for (size_t i = 0; i < run->plan->area_count; i++) {
        stations[i].highlighted = part->serves ? serves(part, run->plan->areas[i]) : (int)i + 1 == context->hue;
        if (stations[i].highlighted)
            buf_printf(&list, "%s%s", list.length ? ", " : "", stations[i].label);
        if (stations[i].highlighted || !only)
            stations[shown++] = stations[i];
    }
    if (!shown) {
        buf_free(&list);
        return;
    }
    const char *pairs[] = { "areas", arena_strdup(run->building, buf_text(&list)), NULL };
    struct layout_box *box = run_box(run, parent, LAYOUT_DRAWING, part->at, "dots");
    box->node = display_add_node(run->document, run_node(run, part), DISPLAY_FIGURE, part->at);
    box->node->alt = arena_strdup(run->arena, run_word(run, context->lang, "serves.alt", pairs));
    box->drawing = chart_dots(&run->charts, stations, shown,
                              design_length(run->design, e, "size", 0, 3.4 * PT_PER_MM),
                              design_length(run->design, e, "row", 0, 5.6 * PT_PER_MM));
    box->place = -1;
    box->margin.top = design_length(run->design, e, "margin-top", 0, 0);
    buf_free(&list);
}
