#include "chart/wedge.h"

#include <math.h>

struct span {
    double left, right;
};

/* What a straight edge leaves of a line: the points with nx * x + ny * y >= least. */
static void cut_by_edge(struct span *s, double nx, double ny, double y, double least)
{
    double rest = least - ny * y;
    if (nx > 1e-9)
        s->left = fmax(s->left, rest / nx);
    else if (nx < -1e-9)
        s->right = fmin(s->right, rest / nx);
    else if (rest > 0)
        s->right = s->left - 1;
}

/* The room at one height, before an axis is chosen: a place is tried with many axes, and its roots are the same. */
struct chord {
    double left, right;                    /* what edges and outer circle leave */
    double hub, disc;                      /* half of what the hub and the disc take out of it; negative: nothing */
};

/* A wedge with the sines that every height needs. */
struct sector {
    const struct chart_wedge *wedge;
    struct rect box;
    double from_sin, from_cos, to_sin, to_cos, middle_x, middle_y;
};

static double half_chord(double r, double dy)
{
    return fabs(dy) < r ? sqrt(r * r - dy * dy) : -1;
}

/* False where a line at height y has no room on any axis. */
static bool cut_chord(const struct sector *sector, double y, struct chord *out)
{
    const struct chart_wedge *w = sector->wedge;
    double reach = half_chord(w->outer, y);
    if (reach < 0)
        return false;
    struct span s = { -reach, reach };
    if (w->to - w->from < 3.2) {
        cut_by_edge(&s, -sector->from_sin, sector->from_cos, y, w->side);
        cut_by_edge(&s, sector->to_sin, -sector->to_cos, y, w->side);
    }
    *out = (struct chord){ s.left, s.right, half_chord(w->inner, y), w->has_disc ? half_chord(w->disc_r, y - w->disc_y) : -1 };
    return s.left < s.right;
}

/* What a disc leaves of a line, on the axis' side of it. */
static void cut_by_disc(struct span *s, double cx, double half, double axis)
{
    if (half < 0)
        return;
    if (axis >= cx)
        s->left = fmax(s->left, cx + half);
    else
        s->right = fmin(s->right, cx - half);
}

/* Half the width of a line that is centred on the axis; 0 or less: none. */
static double half_room(const struct chart_wedge *w, const struct chord *chord, double axis)
{
    struct span s = { chord->left, chord->right };
    cut_by_disc(&s, 0, chord->hub, axis);
    cut_by_disc(&s, w->disc_x, chord->disc, axis);
    return fmin(axis - s.left, s.right - axis);
}

static struct rect bounds(const struct chart_wedge *w)
{
    struct path path = PATH_EMPTY;
    chart_sector(&path, 0, 0, w->inner, w->outer, w->from, w->to);
    struct rect box = path_bounds(&path);
    path_free(&path);
    return box;
}

static struct sector sector_of(const struct chart_wedge *w)
{
    double middle = (w->from + w->to) / 2, radius = (w->inner + w->outer) / 2 * 1.04;
    return (struct sector){ w,           bounds(w),  sin(w->from),         cos(w->from),
                            sin(w->to),  cos(w->to), cos(middle) * radius, sin(middle) * radius };
}

/* ---- candidates --------------------------------------------------------------------------------------------------- */
struct candidate {
    double top, axis, cost;
    double widths[CHART_WEDGE_LINES];
};

struct block {
    double ascent, leading, descent, natural, narrowest;
    int lines;
};

static double block_height(const struct block *b)
{
    return b->ascent + b->leading * (b->lines - 1) + b->descent;
}

/* The room of each line at its top, foot and middle, when the block's top stands there. */
struct rows {
    struct chord top[CHART_WEDGE_LINES], bottom[CHART_WEDGE_LINES], middle[CHART_WEDGE_LINES];
};

static bool cut_rows(const struct sector *sector, const struct block *b, double block_top, struct rows *out)
{
    for (int i = 0; i < b->lines; i++) {
        double top = block_top + b->leading * i, bottom = top + b->ascent + b->descent;
        if (!cut_chord(sector, top, &out->top[i]) || !cut_chord(sector, bottom, &out->bottom[i]) ||
            !cut_chord(sector, (top + bottom) / 2, &out->middle[i]))
            return false;
    }
    return true;
}

/* The widths of all lines for a place of the block, and how good the place looks before any text is broken. */
static bool rate(const struct sector *sector, const struct block *b, const struct rows *rows, struct candidate *c)
{
    const struct chart_wedge *w = sector->wedge;
    double sum = 0, least = INFINITY, most = 0;
    for (int i = 0; i < b->lines; i++) {
        double half = fmin(fmin(half_room(w, &rows->top[i], c->axis), half_room(w, &rows->bottom[i], c->axis)),
                           half_room(w, &rows->middle[i], c->axis));
        if (half <= 0)
            return false;
        c->widths[i] = 2 * half;
        sum += 2 * half;
        least = fmin(least, 2 * half);
        most = fmax(most, 2 * half);
    }
    /* Ragged lines waste about a twelfth of the room. */
    if (sum < b->natural * 1.04 || most < b->narrowest)
        return false;
    double away = hypot(c->axis - sector->middle_x, c->top + block_height(b) / 2 - sector->middle_y);
    double slack = sum / (b->natural * 1.12);
    c->cost = away / w->outer * 2.2 + (slack < 1 ? (1 - slack) * 4 : 0) + (least < b->narrowest ? 0.3 : 0);
    return true;
}

enum { KEPT = 10 };

static void keep_best(struct candidate *best, int *count, const struct candidate *c)
{
    int at = *count;
    while (at > 0 && best[at - 1].cost > c->cost)
        at--;
    if (at >= KEPT)
        return;
    if (*count < KEPT)
        ++*count;
    for (int i = *count - 1; i > at; i--)
        best[i] = best[i - 1];
    best[at] = *c;
}

/* From a grid point to the best place near it, before any text is broken. */
static void settle(const struct sector *sector, const struct block *b, struct candidate *c, double step)
{
    static const double ways[][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };
    for (int halved = 0; halved < 4; step /= 2, halved++)
        for (size_t i = 0; i < 4; i++) {
            struct candidate moved = *c;
            moved.axis += ways[i][0] * step;
            moved.top += ways[i][1] * step;
            struct rows rows;
            if (cut_rows(sector, b, moved.top, &rows) && rate(sector, b, &rows, &moved) && moved.cost < c->cost)
                *c = moved;
        }
}

static int find_candidates(const struct sector *sector, const struct block *b, struct candidate *best)
{
    enum { DOWN = 9, ACROSS = 7 };         /* odd: the middle is among them */
    const struct rect box = sector->box;
    double height = block_height(b);
    int count = 0;
    for (int i = 0; i < DOWN && height <= box.height; i++) {
        struct candidate c = { .top = box.y + (box.height - height) * i / (DOWN - 1) };
        struct rows rows;
        if (!cut_rows(sector, b, c.top, &rows))
            continue;
        for (int k = 0; k < ACROSS; k++) {
            c.axis = box.x + box.width * (k + 1) / (ACROSS + 1);
            if (rate(sector, b, &rows, &c))
                keep_best(best, &count, &c);
        }
    }
    /* The best one is moved to where it is best; the others stay apart, since long words ask for odd places. */
    if (count)
        settle(sector, b, &best[0], box.height / DOWN / 2);
    return count;
}

/* ---- breaking ----------------------------------------------------------------------------------------------------- */
/* How a broken text looks: hyphens, a lonely last word, lines that leave their room empty. INFINITY: not to be used. */
static double judge(const struct text_lines *lines, const struct candidate *c, const struct block *b)
{
    if (lines->count != (size_t)b->lines)
        return INFINITY;
    double cost = c->cost, longest = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct text_line *line = &lines->lines[i];
        if (line->overfull || line->emergency || line->natural > c->widths[i] + 0.05)
            return INFINITY;
        cost += line->hyphenated ? 0.9 : 0;
        longest = fmax(longest, line->natural);
    }
    for (size_t i = 0; i < lines->count; i++)
        cost += (1 - lines->lines[i].natural / longest) * 0.18;
    return cost + b->lines * 0.05;
}

/* No lines where the text does not go into the candidate's rooms. */
static struct text_lines break_in(const struct chart_text *t, const struct candidate *c, int lines,
                                  double scale, struct arena *arena)
{
    struct text_room rooms[CHART_WEDGE_LINES + 1];
    for (int i = 0; i < lines; i++)
        rooms[i] = (struct text_room){ .width = c->widths[i] / scale };
    if (!text_para_fits(t->para, rooms, (size_t)lines))
        return (struct text_lines){ 0 };
    rooms[lines] = (struct text_room){ .width = 1 };       /* a further line would hang over the edge */
    struct text_request request = { .rooms = rooms, .room_count = (size_t)lines + 1, .align = DESIGN_CENTRE };
    return text_para_break(t->para, &request, arena);
}

bool chart_wedge_set(const struct chart_wedge *w, const struct chart_text *text, double size,
                     struct chart_wedge_text *out)
{
    /* Widths are proportional to the size: all trials break one paragraph in rooms enlarged instead. */
    double scale = size / text->style->size;
    struct block b = { .ascent = chart_cap_height(text->context, text->style) * scale,
                       .leading = text->style->leading * scale, .descent = size * 0.21,
                       .natural = text->natural * scale, .narrowest = text->narrowest * scale };
    struct sector sector = sector_of(w);
    struct arena *scratch = arena_new();   /* hundreds of trials would stay with the document */
    struct candidate chosen = { .cost = INFINITY };
    int chosen_lines = 0;
    double quality = INFINITY;
    int failed = 0;
    /* Fewer lines than the longest chord allows need not be tried. */
    int least = (int)fmin(fmax(1, ceil(b.natural * 1.04 / fmax(sector.box.width, 1))), CHART_WEDGE_LINES);
    for (b.lines = least; b.lines <= CHART_WEDGE_LINES; b.lines++) {
        struct candidate best[KEPT];
        int count = find_candidates(&sector, &b, best);
        bool any = false;
        for (int i = 0; i < count; i++) {
            struct text_lines lines = break_in(text, &best[i], b.lines, scale, scratch);
            struct candidate at_base = best[i];
            for (int k = 0; k < b.lines; k++)
                at_base.widths[k] /= scale;
            double cost = judge(&lines, &at_base, &b);
            any |= isfinite(cost);
            if (cost < quality) {
                quality = cost;
                chosen = best[i];
                chosen_lines = b.lines;
            }
        }
        /* Two more lines that do not help: enough. */
        failed = chosen_lines && !any ? failed + 1 : 0;
        if (failed == 2)
            break;
    }
    arena_free(scratch);
    if (!chosen_lines)
        return false;
    out->text = chart_text_at(text, size);
    out->lines = break_in(&out->text, &chosen, chosen_lines, 1, text->context->arena);
    out->axis = chosen.axis;
    out->quality = quality;
    for (int i = 0; i < CHART_WEDGE_LINES; i++)
        out->baseline[i] = chosen.top + b.ascent + b.leading * i;
    return out->lines.count <= CHART_WEDGE_LINES;
}

void chart_wedge_draw(const struct chart_wedge_text *t, struct display_page *page, double cx, double cy)
{
    for (size_t i = 0; i < t->lines.count; i++) {
        const struct text_line *line = &t->lines.lines[i];
        double left, right;
        text_line_ink(t->text.para, line, &left, &right);
        display_add_line(page, t->text.para, line, cx + t->axis - (left + right) / 2 - line->x,
                         cy + t->baseline[i]);
    }
}
