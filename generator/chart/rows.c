#include "chart/rows.h"

#include <math.h>
#include <string.h>

static const double column_gutter = 8 * MM, group_gap = 5 * MM, axis_height = 6.2 * MM,
                    page_height = 240 * MM, head_line = 4.6 * MM;

double chart_rows_place(const struct chart_rows *r, const struct chart_row *row, struct rect plot,
                        struct decimal v)
{
    double left = plot.x + r->left, width = fmax(1, plot.width - r->left - r->right);
    struct decimal change = v;
    if (r->groups[row->group].from_baseline)
        decimal_subtract(v, row->from, &change);
    return left + chart_scale_place(&r->groups[row->group].scale, change, width);
}

/* ---- groups and scales -------------------------------------------------------------------------------------------- */
static size_t group_of(struct chart_rows *r, enum text_unit unit)
{
    for (size_t i = 0; i < r->group_count; i++)
        if (r->groups[i].unit == unit)
            return i;
    r->groups[r->group_count].unit = unit;
    return r->group_count++;
}

static size_t collect(const struct chart_indicator *in, struct decimal *values)
{
    const struct chart_number *numbers[] = { &in->baseline, &in->target, &in->forecast, &in->actual };
    size_t n = 0;
    for (size_t i = 0; i < 4; i++)
        if (numbers[i]->present)
            values[n++] = numbers[i]->value;
    return n;
}

static double span_of(const struct decimal *values, size_t n)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        low = fmin(low, decimal_to_double(values[i]));
        high = fmax(high, decimal_to_double(values[i]));
    }
    return n ? high - low : 0;
}

/* Take each row's baseline off its values; false where it cannot be done exactly. */
static bool align_rows(struct chart_rows *r, size_t group, struct decimal *changes, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < r->count; i++) {
        struct chart_row *row = &r->rows[i];
        struct decimal values[4];
        size_t n = row->group == group ? collect(row->indicator, values) : 0;
        if (n && !row->indicator->baseline.present)
            return false;
        for (size_t k = 0; k < n; k++)
            if (!decimal_subtract(values[k], row->indicator->baseline.value, &changes[(*count)++]))
                return false;
    }
    return true;
}

/* Where no row's marks reach over an eighth of what all rows reach over, they would be dots upon dots on a common axis:
   the change is what is asked for, and it is drawn from a common line. */
static void align_group(struct chart_rows *r, size_t group, struct decimal *values, size_t *n)
{
    double widest = 0, whole = span_of(values, *n);
    size_t rows = 0, count;
    for (size_t i = 0; i < r->count; i++) {
        struct decimal own[4];
        size_t found = r->rows[i].group == group ? collect(r->rows[i].indicator, own) : 0;
        widest = fmax(widest, span_of(own, found));
        rows += found > 0;
    }
    struct decimal *changes = mem_alloc((r->count * 4 + 1) * sizeof *changes);
    if (r->kind.may_align && rows > 1 && widest > 0 && widest < whole / 8 && align_rows(r, group, changes, &count)) {
        r->groups[group].from_baseline = true;
        memcpy(values, changes, count * sizeof *values);
        for (size_t i = 0; i < r->count; i++)
            if (r->rows[i].group == group && r->rows[i].indicator->baseline.present)
                r->rows[i].from = r->rows[i].indicator->baseline.value;
    }
    mem_free(changes);
}

static void choose_scale(struct chart_rows *r, size_t group, int intervals)
{
    struct decimal *values = mem_alloc((r->count * 4 + 1) * sizeof *values);
    struct chart_row_group *g = &r->groups[group];
    size_t n = 0;
    bool first = true;
    for (size_t i = 0; i < r->count; i++)
        if (r->rows[i].group == group) {
            const struct chart_indicator *in = r->rows[i].indicator;
            size_t found = collect(in, values + n);
            r->rows[i].has_number = found > 0;
            n += found;
            if (!found)
                continue;
            g->mixed |= !first && g->better != in->better;
            g->better = first ? in->better : g->better == in->better ? in->better : 0;
            first = false;
        }
    g->has_numbers = n > 0;
    g->from_baseline = false;
    align_group(r, group, values, &n);
    g->scale = chart_scale_choose(values, n, intervals, r->kind.from_zero || g->from_baseline);
    mem_free(values);
}

/* ---- setting ------------------------------------------------------------------------------------------------------ */
static const struct design_style *label_style(const struct chart_rows *r)
{
    const struct design_style *style = chart_style(r->context, "figure-label");
    return r->compact ? chart_style_at(r->context, style, fmin(style->size, CHART_SMALLEST_TEXT)) : style;
}

static double states_width(const struct chart_rows *r)
{
    bool any = false;
    for (size_t i = 0; i < r->count; i++)
        any |= r->rows[i].indicator->has_status;
    return any && r->kind.states ? chart_length(r->context, "status", "size") + 3 * MM : 0;
}

static double plot_width(const struct chart_rows *r)
{
    double notes = (r->note_width > 0 ? r->note_width + 3 * MM : 0) + states_width(r);
    return fmax(10 * MM,
                r->column_width - r->label_width - chart_length(r->context, "chart", "label-gap") - notes);
}

static void set_row(struct chart_rows *r, struct chart_row *row)
{
    const struct chart_context *c = r->context;
    const struct chart_indicator *in = row->indicator;
    const struct design_style *style = label_style(r);
    if (in->number && *in->number) {
        struct chart_text number =
            chart_text_new(c, style, chart_colour(c, "deep", in->hue), in->number, in->at);
        row->number = chart_text_set(&number, 0);
    }
    struct chart_text label = chart_text_new(c, style, style->colour, in->label, in->at);
    chart_text_fit(&label, r->label_width - r->number_width, CHART_UNLIMITED, &row->label);
    if (r->kind.note) {
        const char *words = r->kind.note(r, in);
        struct chart_text note = chart_text_new(c, style, chart_colour(c, "deep", in->hue), words, in->at);
        chart_text_fit(&note, fmax(1, r->note_width), CHART_UNLIMITED, &row->note);
    }
    struct decimal values[4];
    row->words = (struct text_label){ 0 };
    if (r->kind.words && !collect(in, values)) {
        struct chart_text words =
            chart_text_new(c, style, chart_colour(c, "grey", 0), r->kind.words(r, in), in->at);
        chart_text_fit(&words, plot_width(r), CHART_UNLIMITED, &row->words);
    }
    double beside = fmax(chart_label_height(&row->note), chart_label_height(&row->words));
    double text = fmax(chart_label_height(&row->label), beside) + (r->compact ? 1 : 2.2) * MM;
    row->height = fmax(r->kind.row, text);
}

/* Width that notes want on one line, and that of their longest piece. */
static void note_widths(const struct chart_rows *r, double *longest, double *least)
{
    *longest = *least = 0;
    for (size_t i = 0; r->kind.note && i < r->count; i++) {
        const char *words = r->kind.note(r, r->rows[i].indicator);
        struct chart_text t = chart_text_new(r->context, label_style(r), NULL, words, r->chart->at);
        *longest = fmax(*longest, t.natural);
        *least = fmax(*least, t.narrowest);
        chart_text_free(&t);
    }
}

static void set_note_width(struct chart_rows *r)
{
    double longest, least;
    note_widths(r, &longest, &least);
    r->note_width = fmin(longest + 0.5, fmax(r->column_width * 0.26, fmin(least + 0.5, r->column_width * 0.4)));
}

static void set_widths(struct chart_rows *r, double width)
{
    const struct chart_context *c = r->context;
    r->column_width = (width - column_gutter * (r->columns - 1)) / r->columns;
    r->number_width = 0;
    double longest = 0;
    for (size_t i = 0; i < r->count; i++) {
        const struct chart_indicator *in = r->rows[i].indicator;
        if (in->number && *in->number)
            r->number_width = fmax(r->number_width, chart_width(c, label_style(r), in->number) + 2.5 * MM);
        longest = fmax(longest, chart_width(c, label_style(r), in->label ? in->label : ""));
    }
    double label = fmin(chart_length(c, "chart", "label"), r->column_width * 0.36);
    r->label_width = fmin(label, r->number_width + longest + 1);
    r->noted = r->compact && r->kind.left + r->kind.right > 0;
    for (int attempt = 0; attempt < 2; attempt++) {
        set_note_width(r);
        r->left = r->noted ? 0 : r->kind.left;
        r->right = r->noted ? 0 : r->kind.right;
        /* The marks need two fifths of the plot at least. */
        if (r->noted || r->left + r->right <= 0.6 * plot_width(r))
            break;
        r->noted = true;
    }
    /* A plot needs a centimetre; the labels can break. */
    double rest = r->column_width - chart_length(c, "chart", "label-gap") - states_width(r) - 10 * MM -
                  (r->note_width > 0 ? r->note_width + 3 * MM : 0);
    r->label_width = fmax(fmin(r->label_width, rest), r->number_width + 8 * MM);
}

/* Rows below one another; a new column where the page would end. Gives the height. */
static double stack_rows(struct chart_rows *r, double limit)
{
    double y = r->head, highest = 0;
    int column = 0;
    size_t last_group = 0;
    for (size_t i = 0; i < r->count; i++) {
        struct chart_row *row = &r->rows[i];
        bool new_group = i > 0 && row->group != last_group;
        double foot = r->kind.axis && r->groups[row->group].has_numbers ? axis_height : 0;
        if (new_group)
            y += (r->kind.axis && r->groups[last_group].has_numbers ? axis_height : 0) + group_gap;
        if (column + 1 < r->columns && y > r->head && y + row->height + foot > limit) {
            column++;
            y = r->head;
        }
        row->column = column;
        row->y = y;
        y += row->height;
        last_group = row->group;
        highest = fmax(highest, y + foot);
    }
    return highest;
}

static int intervals_for(const struct chart_rows *r)
{
    double per_tick = 17 * MM, width = plot_width(r) - r->left - r->right;
    return (int)fmax(2, fmin(5, floor(width / per_tick)));
}

static int head_lines(const struct chart_rows *r)
{
    const struct chart_context *c = r->context;
    const struct design_style *style = chart_style(c, "axis");
    double x = 0;
    int lines = 1;
    for (int i = 0; r->kind.sample_word(r, i); i++) {
        const char *word = r->kind.sample_word(r, i);
        double wide = *word ? 13 + chart_width(c, style, word) : 0;
        if (wide > 0 && x > 0 && x + wide > r->column_width) {
            x = 0;
            lines++;
        }
        x += wide > 0 ? wide + 4 * MM : 0;
    }
    return lines;
}

static void set_in_columns(struct chart_rows *r, double width, int columns, double limit)
{
    r->columns = columns;
    set_widths(r, width);
    double total = 0;
    for (size_t i = 0; i < r->count; i++) {
        set_row(r, &r->rows[i]);
        total += r->rows[i].height;
    }
    for (size_t g = 0; g < r->group_count; g++)
        choose_scale(r, g, intervals_for(r));
    r->head = r->kind.sample ? 2 * MM + head_line * head_lines(r) : 0;
    double groups = (double)r->group_count * (axis_height + group_gap);
    double share = columns > 1 ? fmin(limit, r->head + (total + groups) / columns + 6 * MM) : limit;
    r->size = (struct layout_size){ width, stack_rows(r, share) };
}

/* Rows of one unit together, in the order of the document. */
static void sort_rows(struct chart_rows *r)
{
    r->rows = arena_array(r->context->arena, struct chart_row, r->chart->count + 1);
    for (size_t i = 0; i < r->chart->count; i++)
        group_of(r, r->chart->indicators[i].unit);
    for (size_t g = 0; g < r->group_count; g++)
        for (size_t i = 0; i < r->chart->count; i++)
            if (r->chart->indicators[i].unit == r->groups[g].unit)
                r->rows[r->count++] = (struct chart_row){ .indicator = &r->chart->indicators[i], .group = g };
}

static struct layout_size measure(void *data, struct layout_size room)
{
    struct chart_rows *r = data;
    double width = r->chart->width > 0 ? r->chart->width : 170 * MM;
    if (room.width > 0)
        width = r->chart->width > 0 ? fmin(width, room.width) : room.width;
    if (r->set && fabs(r->size.width - width) < 0.01)
        return r->size;
    r->set = true;
    r->room = room;
    r->compact = false;
    if (!r->rows)
        sort_rows(r);
    double limit = room.height > 0 ? room.height : page_height;
    double wished = r->kind.row;
    set_in_columns(r, width, 1, limit);
    /* Too high for a page: closer rows, then two columns, then three, if that helps. */
    double best = r->size.height;
    int chosen = 1;
    int most = (int)fmax(1, fmin(3, floor((width + column_gutter) / (60 * MM + column_gutter))));
    for (int columns = 1; columns <= most && best > limit; columns++) {
        r->kind.row = r->kind.least;
        r->compact = true;
        set_in_columns(r, width, columns, limit);
        if (r->size.height < best) {
            best = r->size.height;
            chosen = columns;
        }
    }
    if (r->columns != chosen)
        set_in_columns(r, width, chosen, limit);
    r->kind.row = wished;
    return r->size;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------ */
static struct rect plot_of(const struct chart_rows *r, const struct chart_row *row, struct rect frame)
{
    double left = frame.x + row->column * (r->column_width + column_gutter) + r->label_width +
                  chart_length(r->context, "chart", "label-gap");
    return (struct rect){ left, frame.y + row->y, plot_width(r), row->height };
}

static const char *tick_text(const struct chart_rows *r, const struct chart_row_group *g, int i)
{
    return text_quantity(r->context->design, r->context->lang, chart_scale_tick(&g->scale, i), g->unit,
                         g->from_baseline ? TEXT_SIGNED_BARE : TEXT_BARE, r->context->arena);
}

/* Tick labels may be thinned where they would touch; values may not. */
static int tick_stride(const struct chart_rows *r, const struct chart_row_group *g, double apart)
{
    const struct design_style *style = chart_style(r->context, "axis");
    double widest = 0;
    for (int i = 0; i < g->scale.ticks; i++)
        widest = fmax(widest, chart_width(r->context, style, tick_text(r, g, i)));
    return (int)fmax(1, ceil((widest + 5) / fmax(apart, 0.1)));
}

static void draw_tick_text(const struct chart_rows *r, struct display_page *page, const char *text, double x,
                           struct rect plot, double baseline, double *free)
{
    const struct chart_context *c = r->context;
    const struct design_style *style = chart_style(c, "axis");
    double half = chart_width(c, style, text) / 2;
    /* The outermost figures stay within the plot's room. */
    double at = fmin(fmax(x, plot.x + half - r->label_width * 0.2), plot.x + plot.width - half);
    at = fmax(at, plot.x - r->label_width - chart_length(c, "chart", "label-gap") + half);
    if (at - half > *free && at + half < plot.x + plot.width + 0.1)
        chart_put_line(c, page, style, chart_colour(c, "grey", 0), text, at, baseline, DESIGN_CENTRE);
    *free = fmax(*free, at + half + 3);
}

/* The words at the axis' left, before them which way is better. Gives where they end. */
static double put_axis_words(const struct chart_rows *r, struct display_page *page, int better, bool both,
                             const char *words, double left, double baseline)
{
    const struct chart_context *c = r->context;
    const struct design_style *style = chart_style(c, "axis");
    const struct design_colour *grey = chart_colour(c, "grey", 0);
    double middle = baseline - chart_cap_height(c, style) / 2, indent = both ? 15 : better ? 9 : 0;
    if (chart_width(c, style, words) + indent > r->label_width + chart_length(c, "chart", "label-gap") - 2)
        return -CHART_UNLIMITED;
    if (both)
        chart_arrow(page, left + 5, middle, -1, false, 5, grey);
    if (both || better)
        chart_arrow(page, left + (both ? 7 : better < 0 ? 5 : 0), middle, both ? 1 : better, false, 5, grey);
    struct rect box = chart_put_line(c, page, style, grey, words, left + indent, baseline, DESIGN_START);
    return box.x + box.width + 4;
}

/* Which way is better, where it is the same for all, or that each row says it; or what the axis shows. */
static double draw_direction(const struct chart_rows *r, struct display_page *page,
                             const struct chart_row_group *g, double left, double baseline)
{
    const struct chart_context *c = r->context;
    bool each = g->mixed && r->kind.directions;
    if (g->from_baseline)
        return put_axis_words(r, page, g->better, false, chart_word(c, "from-baseline"), left, baseline);
    if (!g->better && !each)
        return -CHART_UNLIMITED;
    const char *words = chart_word(c, each ? "wanted" : g->better < 0 ? "lower-is-better" : "higher-is-better");
    return put_axis_words(r, page, g->better, each, words, left, baseline);
}

/* Left of the plot, in the middle of the gap: which way is better in this row, where rows differ. */
static void draw_row_direction(const struct chart_rows *r, struct display_page *page, const struct chart_row *row,
                               struct rect plot)
{
    const struct chart_row_group *g = &r->groups[row->group];
    double gap = chart_length(r->context, "chart", "label-gap"), size = 4.4;
    if (!g->mixed || !r->kind.directions || !row->indicator->better || !row->has_number || gap < size + 2)
        return;
    int better = row->indicator->better;
    double x = plot.x - gap / 2 - 1.5 - better * size / 2;
    chart_arrow(page, x, plot.y + plot.height / 2, better, false, size, chart_colour(r->context, "grey", 0));
}

static void draw_axis(const struct chart_rows *r, struct display_page *page, const struct chart_row *first,
                      const struct chart_row *last, struct rect frame)
{
    const struct chart_context *c = r->context;
    const struct chart_row_group *g = &r->groups[first->group];
    struct rect plot = plot_of(r, first, frame);
    double top = plot.y, bottom = frame.y + last->y + last->height;
    double width = plot.width - r->left - r->right, left = plot.x + r->left;
    const struct design_colour *rule = chart_colour(c, "rule", 0), *grey = chart_colour(c, "grey", 0);
    int stride = tick_stride(r, g, g->scale.ticks > 1 ? width / (g->scale.ticks - 1) : width);
    double baseline = bottom + 2 + 2.2 * MM + chart_cap_height(c, chart_style(c, "axis")) / 2 + 1;
    double free =
        draw_direction(r, page, g, plot.x - r->label_width - chart_length(c, "chart", "label-gap"), baseline);
    for (int i = 0; i < g->scale.ticks; i++) {
        struct decimal tick = chart_scale_tick(&g->scale, i);
        double x = left + chart_scale_place(&g->scale, tick, width);
        bool zero = decimal_sign(tick) == 0;
        chart_line(page, x, top, x, bottom + 2, zero ? grey : rule,
                   chart_length(c, "chart", zero ? "axis" : "grid"), 0);
        if (i % stride == 0)
            draw_tick_text(r, page, tick_text(r, g, i), x, plot, baseline, &free);
    }
    if (g->scale.cut)
        chart_cut_mark(page, left - 1, bottom - 1, false, grey);
}

static void draw_row_words(const struct chart_rows *r, struct display_page *page, const struct chart_row *row,
                           struct rect frame)
{
    double left = frame.x + row->column * (r->column_width + column_gutter),
           middle = frame.y + row->y + row->height / 2;
    double top = middle - chart_label_height_to_baseline(&row->label) / 2;
    chart_put(page, &row->number, left, top, r->number_width, DESIGN_START);
    chart_put(page, &row->label, left + r->number_width, top, r->label_width - r->number_width, DESIGN_START);
    struct rect plot = plot_of(r, row, frame);
    chart_put(page, &row->words, plot.x, middle - chart_label_height_to_baseline(&row->words) / 2, plot.width,
              DESIGN_START);
    double right = left + r->column_width - states_width(r);
    if (r->kind.note)
        chart_put(page, &row->note, right - r->note_width,
                  middle - chart_label_height_to_baseline(&row->note) / 2, r->note_width, DESIGN_START);
    if (r->kind.states && row->indicator->has_status) {
        double size = chart_length(r->context, "status", "size");
        chart_draw_status(r->context, page, row->indicator->status, row->indicator->hue,
                          left + r->column_width - size / 2, middle, size);
    }
}

static void draw_head(const struct chart_rows *r, struct display_page *page, struct rect frame)
{
    const struct chart_context *c = r->context;
    const struct design_style *style = chart_style(c, "axis");
    double x = 0, y = frame.y + head_line / 2;
    for (int i = 0; r->kind.sample_word(r, i); i++) {
        const char *word = r->kind.sample_word(r, i);
        if (!*word)
            continue;
        double wide = 13 + chart_width(c, style, word);
        if (x > 0 && x + wide > r->column_width) {
            x = 0;
            y += head_line;
        }
        r->kind.sample(r, page, i, frame.x + x + 5.5, y);
        chart_put_line(c, page, style, chart_colour(c, "ink", 0), word, frame.x + x + 13,
                       y + chart_cap_height(c, style) / 2, DESIGN_START);
        x += wide + 4 * MM;
    }
}

static void draw(void *data, struct display_page *page, struct rect frame)
{
    struct chart_rows *r = data;
    measure(r, (struct layout_size){ frame.width, 0 });
    if (r->kind.sample)
        draw_head(r, page, frame);
    size_t first = 0;
    for (size_t i = 0; i < r->count; i++) {
        bool ends = i + 1 == r->count || r->rows[i + 1].group != r->rows[first].group ||
                    r->rows[i + 1].column != r->rows[first].column;
        if (!ends)
            continue;
        if (r->kind.axis && r->groups[r->rows[i].group].has_numbers)
            draw_axis(r, page, &r->rows[first], &r->rows[i], frame);
        for (size_t k = first; k <= i; k++) {
            draw_row_words(r, page, &r->rows[k], frame);
            draw_row_direction(r, page, &r->rows[k], plot_of(r, &r->rows[k], frame));
            r->kind.draw(r, page, &r->rows[k], plot_of(r, &r->rows[k], frame));
        }
        first = i + 1;
    }
}

struct layout_drawing *chart_rows_new(const struct chart_chart *chart, const struct chart_rows_kind *kind)
{
    struct chart_rows *r = arena_new_of(chart->context->arena, struct chart_rows);
    r->context = chart->context;
    r->chart = chart_chart_copy(chart);
    r->kind = *kind;
    r->scale = chart_goal_scale(chart->indicators, chart->count);
    return chart_drawing(chart->context, r, measure, draw, NULL);
}
