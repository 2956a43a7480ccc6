#include "chart/scale.h"

#include <assert.h>
#include <math.h>

/* m * 10^exponent as a decimal; false where decimals end. */
static bool power_step(int64_t m, int exponent, struct decimal *out)
{
    struct decimal v = decimal_from_int(m), ten = decimal_from_int(10);
    for (; exponent > 0; exponent--)
        if (!decimal_multiply(v, ten, &v))
            return false;
    if (exponent < -DECIMAL_MAX_SCALE)
        return false;
    v.scale = (uint8_t)-exponent;
    *out = v;
    return true;
}

/* The smallest of 1, 2, 2.5, 5 x 10^n that is at least `least`. */
static struct decimal round_step(double least)
{
    static const struct { double value; int64_t digits; int shift; } mantissas[] = {
        { 1, 1, 0 }, { 2, 2, 0 }, { 2.5, 25, -1 }, { 5, 5, 0 }, { 10, 1, 1 } };
    int exponent = (int)floor(log10(least));
    double unit = pow(10, exponent);
    struct decimal step = { 1, DECIMAL_MAX_SCALE };
    for (size_t i = 0; i < sizeof mantissas / sizeof *mantissas; i++)
        if (mantissas[i].value * unit >= least * (1 - 1e-9)) {
            power_step(mantissas[i].digits, exponent + mantissas[i].shift, &step);
            break;
        }
    return step;
}

/* The multiple of `step` that is at most `v`. False: out of range. */
static bool floor_to(struct decimal v, struct decimal step, struct decimal *out)
{
    struct decimal quotient;
    if (!decimal_divide(v, step, 0, &quotient) || !decimal_multiply(quotient, step, out))
        return false;
    return decimal_compare(*out, v) <= 0 || decimal_subtract(*out, step, out);
}

static bool ceil_to(struct decimal v, struct decimal step, struct decimal *out)
{
    if (!floor_to(decimal_negate(v), step, out))
        return false;
    *out = decimal_negate(*out);
    return true;
}

static bool fit_steps(struct decimal low, struct decimal high, struct decimal step, struct chart_scale *out)
{
    struct decimal first, last, span, count;
    if (!floor_to(low, step, &first) || !ceil_to(high, step, &last) || !decimal_subtract(last, first, &span) ||
        !decimal_divide(span, step, 0, &count))
        return false;
    *out = (struct chart_scale){ .low = first, .high = last, .step = step, .ticks = (int)count.digits + 1 };
    /* 25, 50: as few decimals as the step has. */
    while (out->decimals < step.scale && decimal_compare(decimal_round(step, out->decimals), step) != 0)
        out->decimals++;
    return true;
}

/* Values so large or so far apart that a round step cannot be held: the range itself, unrounded. */
static struct chart_scale plain_scale(struct decimal low, struct decimal high)
{
    return (struct chart_scale){ .low = low, .high = high, .step = high, .ticks = 2,
                                 .decimals = low.scale > high.scale ? low.scale : high.scale };
}

struct chart_scale chart_scale_choose(const struct decimal *values, size_t n, int intervals, bool from_zero)
{
    assert(intervals >= 1);
    struct decimal zero = decimal_from_int(0), low = n ? values[0] : zero,
                   high = n ? values[0] : decimal_from_int(1);
    for (size_t i = 1; i < n; i++) {
        if (decimal_compare(values[i], low) < 0)
            low = values[i];
        if (decimal_compare(values[i], high) > 0)
            high = values[i];
    }
    double spread = decimal_to_double(high) - decimal_to_double(low);
    double size = fmax(fabs(decimal_to_double(high)), fabs(decimal_to_double(low)));
    /* With two fifths of the axis or less in use, the reader is better served by a cut one. */
    if (from_zero || spread > 0.6 * size || size == 0) {
        if (decimal_sign(low) > 0)
            low = zero;
        if (decimal_sign(high) < 0)
            high = zero;
    }
    spread = decimal_to_double(high) - decimal_to_double(low);
    if (spread <= 0) {
        /* One value: a tenth of it to each side, or one. */
        double room = size > 0 ? size / 10 : 1;
        struct decimal step = round_step(room);
        struct chart_scale scale;
        struct decimal below, above;
        if (!decimal_subtract(low, step, &below) || !decimal_add(high, step, &above) ||
            !fit_steps(below, above, step, &scale))
            return plain_scale(low, high);
        scale.cut = decimal_sign(scale.low) > 0 || decimal_sign(scale.high) < 0;
        return scale;
    }
    struct chart_scale scale = plain_scale(low, high);
    double least = spread / intervals;
    for (int attempt = 0; attempt < 8; attempt++) {
        struct decimal step = round_step(least);
        if (fit_steps(low, high, step, &scale) && scale.ticks <= intervals + 1)
            break;
        least = decimal_to_double(step) * 1.01;
    }
    scale.cut = decimal_sign(scale.low) > 0 || decimal_sign(scale.high) < 0;
    return scale;
}

/* As many ticks as the others: upwards, and downwards too while that crosses no zero. */
static bool extend(struct chart_scale *scale, int ticks)
{
    for (bool down = true; scale->ticks < ticks; scale->ticks++, down = !down) {
        struct decimal below;
        if (down && decimal_subtract(scale->low, scale->step, &below) &&
            decimal_sign(below) * decimal_sign(scale->low) >= 0 && decimal_sign(scale->low))
            scale->low = below;
        else if (!decimal_add(scale->high, scale->step, &scale->high))
            return false;
    }
    scale->cut = decimal_sign(scale->low) > 0 || decimal_sign(scale->high) < 0;
    return true;
}

static bool fit_all(const struct chart_range *ranges, size_t n, struct decimal step, int most, struct chart_scale *out)
{
    int ticks = 3;
    for (size_t i = 0; i < n; i++) {
        if (!fit_steps(ranges[i].low, ranges[i].high, step, &out[i]) || out[i].ticks > most)
            return false;
        ticks = out[i].ticks > ticks ? out[i].ticks : ticks;
    }
    for (size_t i = 0; i < n; i++)
        if (!extend(&out[i], ticks))
            return false;
    return true;
}

bool chart_scale_equal(const struct chart_range *ranges, size_t n, int intervals, struct chart_scale *out)
{
    double widest = 0, low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double from = decimal_to_double(ranges[i].low), to = decimal_to_double(ranges[i].high);
        widest = fmax(widest, to - from);
        low = fmin(low, from);
        high = fmax(high, to);
    }
    if (n < 2 || widest <= 0 || widest > 0.4 * (high - low))
        return false;
    double least = widest / intervals;
    for (int attempt = 0; attempt < 8; attempt++) {
        struct decimal step = round_step(least);
        if (fit_all(ranges, n, step, intervals + 1, out))
            return true;
        least = decimal_to_double(step) * 1.01;
    }
    return false;
}

struct decimal chart_scale_tick(const struct chart_scale *scale, int i)
{
    struct decimal offset, tick;
    if (i >= scale->ticks - 1)
        return decimal_round(scale->high, scale->decimals);
    if (!decimal_multiply(scale->step, decimal_from_int(i), &offset) || !decimal_add(scale->low, offset, &tick))
        return scale->low;
    return decimal_round(tick, scale->decimals);
}

double chart_scale_place(const struct chart_scale *scale, struct decimal v, double length)
{
    double low = decimal_to_double(scale->low), span = decimal_to_double(scale->high) - low;
    if (span <= 0)
        return length / 2;
    double share = (decimal_to_double(v) - low) / span;
    return fmin(fmax(share, 0), 1) * length;
}

struct chart_scale chart_scale_inside(double low, double high, int most)
{
    struct decimal step = round_step(fmax(high - low, 1e-6) / most);
    double unit = decimal_to_double(step);
    /* Beyond what decimals hold there are no ticks. */
    if (fmax(fabs(low), fabs(high)) > 1e17 || fmax(fabs(low), fabs(high)) / unit > 1e17)
        return (struct chart_scale){ .step = step, .cut = low > 0 || high < 0 };
    int64_t first = (int64_t)ceil(low / unit - 1e-9), last = (int64_t)floor(high / unit + 1e-9);
    struct chart_scale scale = { .step = step, .cut = low > 0 || high < 0 };
    if (last < first || !decimal_multiply(step, decimal_from_int(first), &scale.low) ||
        !decimal_multiply(step, decimal_from_int(last), &scale.high))
        return scale;
    scale.ticks = (int)(last - first) + 1;
    while (scale.decimals < step.scale && decimal_compare(decimal_round(step, scale.decimals), step) != 0)
        scale.decimals++;
    return scale;
}
