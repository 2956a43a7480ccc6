#include "chart/place.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"

struct chart_placer chart_placer_new(const struct chart_context *c, struct rect frame, const char *id,
                                     struct source at)
{
    return (struct chart_placer){ .context = c, .frame = frame, .id = id ? id : "", .at = at };
}

void chart_placer_take(struct chart_placer *p, struct rect box)
{
    if (p->count == p->capacity) {
        size_t capacity = p->capacity ? p->capacity * 2 : 32;
        struct rect *grown = arena_array(p->context->arena, struct rect, capacity);
        if (p->count)
            memcpy(grown, p->taken, p->count * sizeof *grown);
        p->taken = grown;
        p->capacity = capacity;
    }
    p->taken[p->count++] = box;
}

static double overlap(struct rect a, struct rect b)
{
    double width = fmin(a.x + a.width, b.x + b.width) - fmax(a.x, b.x);
    double height = fmin(a.y + a.height, b.y + b.height) - fmax(a.y, b.y);
    return width > 0 && height > 0 ? width * height : 0;
}

static double taken_area(const struct chart_placer *p, struct rect box)
{
    double area = 0;
    for (size_t i = 0; i < p->count; i++)
        area += overlap(p->taken[i], box);
    return area;
}

bool chart_placer_is_free(const struct chart_placer *p, struct rect box)
{
    return rect_contains(p->frame, box, 0.1) && taken_area(p, box) <= 0;
}

/* The box of that size whose nearest point is `away` from the anchor in a direction (x, y are -1, 0 or 1). */
static struct rect box_at(struct point anchor, double away, struct layout_size size, double x, double y)
{
    double diagonal = x != 0 && y != 0 ? 0.75 : 1;
    return (struct rect){ anchor.x + x * (away * diagonal + size.width / 2) - size.width / 2,
                          anchor.y + y * (away * diagonal + size.height / 2) - size.height / 2, size.width,
                          size.height };
}

static const struct { char side; double x, y; } sides_of_anchor[] = {
    { 'n', 0, -1 }, { 's', 0, 1 }, { 'e', 1, 0 }, { 'w', -1, 0 } };
static const double corners[][2] = { { 1, -1 }, { -1, -1 }, { 1, 1 }, { -1, 1 } };

static bool try_near(const struct chart_placer *p, struct point anchor, double reach, struct layout_size size,
                     const char *sides, struct rect *out)
{
    for (const char *s = sides; *s; s++)
        for (size_t i = 0; i < 4; i++)
            if (sides_of_anchor[i].side == *s) {
                *out = box_at(anchor, reach, size, sides_of_anchor[i].x, sides_of_anchor[i].y);
                if (chart_placer_is_free(p, *out))
                    return true;
            }
    for (size_t i = 0; i < 4; i++) {
        *out = box_at(anchor, reach, size, corners[i][0], corners[i][1]);
        if (chart_placer_is_free(p, *out))
            return true;
    }
    return false;
}

static bool holds(struct rect box, double x, double y)
{
    return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}

/* Would a leader from the box to its mark run through something else? */
static bool leader_is_free(const struct chart_placer *p, struct rect box, struct point anchor, double reach)
{
    double x = fmax(box.x, fmin(anchor.x, box.x + box.width)),
           y = fmax(box.y, fmin(anchor.y, box.y + box.height));
    double length = hypot(anchor.x - x, anchor.y - y);
    for (double at = 0; at < length - reach; at += 2)
        for (size_t i = 0; i < p->count; i++)
            if (holds(p->taken[i], x + (anchor.x - x) * at / length, y + (anchor.y - y) * at / length))
                return false;
    return true;
}

static bool try_far(const struct chart_placer *p, struct point anchor, double reach, struct layout_size size,
                    struct rect *out)
{
    double farthest = hypot(p->frame.width, p->frame.height);
    for (double away = reach + 6; away < farthest; away += 6)
        for (int i = 0; i < 16; i++) {
            double angle = i * (2 * 3.14159265358979323846 / 16) - 1.5707963267948966;
            double x = anchor.x + cos(angle) * (away + size.width / 2),
                   y = anchor.y + sin(angle) * (away + size.height / 2);
            *out = (struct rect){ x - size.width / 2, y - size.height / 2, size.width, size.height };
            if (chart_placer_is_free(p, *out) && leader_is_free(p, *out, anchor, reach))
                return true;
        }
    return false;
}

struct rect chart_placer_find_at(struct chart_placer *p, struct point anchor, double reach,
                                 struct layout_size size, const char *sides, const char *label, bool *leader)
{
    struct rect box;
    *leader = false;
    if (!try_near(p, anchor, reach, size, sides, &box)) {
        *leader = true;
        if (!try_far(p, anchor, reach, size, &box)) {
            diag_warning(p->context->diag, p->at, "W681",
                         _("chart \"%s\": no free place for the label \"%s\"; it is left out"), p->id, label);
            diag_remedy(p->context->diag, _("give the chart more room, or show fewer figures in it"));
            return rect_empty;
        }
    }
    chart_placer_take(p, box);
    return box;
}

void chart_leader(struct display_page *page, struct rect label, struct point anchor, double reach,
                  const struct design_colour *colour)
{
    double x = fmax(label.x, fmin(anchor.x, label.x + label.width));
    double y = fmax(label.y, fmin(anchor.y, label.y + label.height));
    double length = hypot(anchor.x - x, anchor.y - y);
    if (length <= reach + 1)
        return;
    double share = (length - reach) / length;
    chart_line(page, x, y, x + (anchor.x - x) * share, y + (anchor.y - y) * share, colour, 0.5, 0);
}

/* ---- along a line ------------------------------------------------------------------------------------------------- */
struct block {
    double sum;                            /* of wished starts, each less what stands before it in the block */
    double length;
    size_t first, count;
    double start;
};

static void settle(struct block *b, double low, double high)
{
    b->start = b->sum / (double)b->count;
    b->start = fmax(low, fmin(b->start, high - b->length));
}

bool chart_spread(double *centre, const double *size, size_t n, double gap, double low, double high)
{
    double total = 0;
    for (size_t i = 0; i < n; i++)
        total += size[i] + (i ? gap : 0);
    if (!n)
        return true;
    bool fits = total <= high - low + 0.01;
    struct block *blocks = mem_alloc(n * sizeof *blocks);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        struct block b = { .sum = centre[i] - size[i] / 2, .length = size[i], .first = i, .count = 1 };
        settle(&b, low, high);
        while (count && blocks[count - 1].start + blocks[count - 1].length + gap > b.start - 1e-9) {
            struct block *before = &blocks[--count];
            double shift = before->length + gap;
            b = (struct block){ .sum = before->sum + b.sum - shift * (double)b.count,
                                .length = shift + b.length,
                                .first = before->first,
                                .count = before->count + b.count };
            settle(&b, low, high);
        }
        blocks[count++] = b;
    }
    for (size_t i = 0; i < count; i++) {
        double at = fits ? blocks[i].start : fmax(low, blocks[i].start);
        for (size_t k = blocks[i].first; k < blocks[i].first + blocks[i].count; k++) {
            centre[k] = at + size[k] / 2;
            at += size[k] + gap;
        }
    }
    mem_free(blocks);
    return fits;
}
