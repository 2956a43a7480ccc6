/* SVG path data: all commands, absolute and relative. Everything becomes moves, lines and cubic curves. */
#include <math.h>
#include <string.h>

#include "image/svg_internal.h"

struct reader {
    const char *at;
    struct path *out;
    struct point now, start;   /* the current point, and where its subpath began */
    struct point control;      /* the last curve's second control point, for S and T */
    char last;                 /* the last command in capitals */
};

static int argument_count(char command)
{
    switch (command) {
    case 'M': case 'L': case 'T': return 2;
    case 'H': case 'V': return 1;
    case 'C': return 6;
    case 'S': case 'Q': return 4;
    case 'A': return 7;
    default: return 0;
    }
}

/* SVG 1.1, 8.3.9: a flag is one digit and may stand right before the next number ("a1 1 0 01 5 5"). */
static bool scan_flag(const char **at, double *out)
{
    if (**at != '0' && **at != '1')
        return false;
    *out = *(*at)++ - '0';
    return true;
}

static bool scan_arguments(struct reader *r, char command, double *out)
{
    int n = argument_count(command);
    for (int i = 0; i < n; i++) {
        svg_skip_separator(&r->at);
        bool flag = command == 'A' && (i == 3 || i == 4);
        if (!(flag ? scan_flag(&r->at, &out[i]) : svg_scan_number(&r->at, &out[i])))
            return false;
    }
    return true;
}

/* Relative arguments become absolute. */
static void make_absolute(const struct reader *r, char command, double *v)
{
    int n = argument_count(command);
    if (command == 'H')
        v[0] += r->now.x;
    else if (command == 'V')
        v[0] += r->now.y;
    else if (command == 'A')
        v[5] += r->now.x, v[6] += r->now.y;
    else
        for (int i = 0; i + 1 < n; i += 2)
            v[i] += r->now.x, v[i + 1] += r->now.y;
}

static double angle_between(double ux, double uy, double vx, double vy)
{
    return atan2(ux * vy - uy * vx, ux * vx + uy * vy);
}

/* One piece of an arc on the unit circle, at most 90 degrees, mapped to the page. */
static void put_arc_piece(struct path *out, struct affine map, double from, double to)
{
    double k = 4.0 / 3.0 * tan((to - from) / 4);
    struct point a = { cos(from) - k * sin(from), sin(from) + k * cos(from) };
    struct point b = { cos(to) + k * sin(to), sin(to) - k * cos(to) };
    struct point c = { cos(to), sin(to) };
    a = affine_apply(map, a);
    b = affine_apply(map, b);
    c = affine_apply(map, c);
    path_curve(out, a.x, a.y, b.x, b.y, c.x, c.y);
}

/* SVG 1.1, F.6.5 and F.6.6: from end points to centre and angles; radii that are too small grow. */
static void put_arc(struct reader *r, const double *v)
{
    struct point from = r->now, to = { v[5], v[6] };
    double rx = fabs(v[0]), ry = fabs(v[1]);
    if (from.x == to.x && from.y == to.y)
        return;
    if (rx < 1e-9 || ry < 1e-9) {
        path_line(r->out, to.x, to.y);
        return;
    }
    double turn = v[2] * M_PI / 180, c = cos(turn), s = sin(turn);
    double hx = (from.x - to.x) / 2, hy = (from.y - to.y) / 2;
    double x = c * hx + s * hy, y = -s * hx + c * hy;
    double excess = x * x / (rx * rx) + y * y / (ry * ry);
    if (excess > 1) {
        rx *= sqrt(excess);
        ry *= sqrt(excess);
    }
    double below = rx * rx * y * y + ry * ry * x * x;
    double root = below > 0 ? sqrt(fmax(0, rx * rx * ry * ry / below - 1)) : 0;
    if ((v[3] != 0) == (v[4] != 0))
        root = -root;
    double cx = root * rx * y / ry, cy = -root * ry * x / rx;
    double begin = atan2((y - cy) / ry, (x - cx) / rx);
    double sweep = angle_between((x - cx) / rx, (y - cy) / ry, (-x - cx) / rx, (-y - cy) / ry);
    if (v[4] != 0 && sweep < 0)
        sweep += 2 * M_PI;
    else if (v[4] == 0 && sweep > 0)
        sweep -= 2 * M_PI;
    struct affine map = { rx * c, rx * s, -ry * s, ry * c, c * cx - s * cy + (from.x + to.x) / 2,
                          s * cx + c * cy + (from.y + to.y) / 2 };
    int pieces = (int)ceil(fabs(sweep) / M_PI_2 - 1e-9);
    if (pieces < 1)
        pieces = 1;
    for (int i = 0; i < pieces; i++)
        put_arc_piece(r->out, map, begin + sweep * i / pieces, begin + sweep * (i + 1) / pieces);
    /* The end point exactly as written, so that what follows joins without a gap. */
    r->out->points[r->out->point_count - 1] = to;
}

/* A quadratic curve raised to a cubic one. */
static void put_quadratic(struct reader *r, struct point q, struct point to)
{
    path_curve(r->out, r->now.x + (q.x - r->now.x) * 2 / 3, r->now.y + (q.y - r->now.y) * 2 / 3,
               to.x + (q.x - to.x) * 2 / 3, to.y + (q.y - to.y) * 2 / 3, to.x, to.y);
}

/* The control point that S and T leave out: the last one mirrored, when the last command was of the same family. */
static struct point mirrored(const struct reader *r, char one, char other)
{
    if (r->last != one && r->last != other)
        return r->now;
    return (struct point){ 2 * r->now.x - r->control.x, 2 * r->now.y - r->control.y };
}

static void put_command(struct reader *r, char command, const double *v)
{
    struct point to = r->now, first, second = { 0, 0 };
    switch (command) {
    case 'M':
        to = r->start = (struct point){ v[0], v[1] };
        path_move(r->out, to.x, to.y);
        break;
    case 'L':
        to = (struct point){ v[0], v[1] };
        path_line(r->out, to.x, to.y);
        break;
    case 'H':
        to.x = v[0];
        path_line(r->out, to.x, to.y);
        break;
    case 'V':
        to.y = v[0];
        path_line(r->out, to.x, to.y);
        break;
    case 'C':
    case 'S':
        first = command == 'C' ? (struct point){ v[0], v[1] } : mirrored(r, 'C', 'S');
        v += command == 'C' ? 2 : 0;
        second = (struct point){ v[0], v[1] };
        to = (struct point){ v[2], v[3] };
        path_curve(r->out, first.x, first.y, second.x, second.y, to.x, to.y);
        break;
    case 'Q':
    case 'T':
        second = command == 'Q' ? (struct point){ v[0], v[1] } : mirrored(r, 'Q', 'T');
        v += command == 'Q' ? 2 : 0;
        to = (struct point){ v[0], v[1] };
        put_quadratic(r, second, to);
        break;
    case 'A':
        to = (struct point){ v[5], v[6] };
        put_arc(r, v);
        break;
    case 'Z':
        to = r->start;
        path_close(r->out);
        break;
    }
    r->control = second;
    r->now = to;
    r->last = command;
}

/* After a closed subpath the next one begins where it began (8.3.3), also without a move. */
static void reopen(struct reader *r, char command)
{
    if (r->last == 'Z' && command != 'M' && command != 'Z')
        path_move(r->out, r->now.x, r->now.y);
}

static bool read_command(struct reader *r, char letter)
{
    char command = letter >= 'a' ? (char)(letter - 'a' + 'A') : letter;
    bool relative = letter >= 'a';
    double v[7];
    do {
        if (!scan_arguments(r, command, v))
            return false;
        if (relative)
            make_absolute(r, command, v);
        for (int i = 0; i < argument_count(command); i++)
            if (fabs(v[i]) > SVG_MAX_COORDINATE)
                return false;
        reopen(r, command);
        put_command(r, command, v);
        if (r->out->point_count > SVG_MAX_POINTS)
            return false;
        if (command == 'M')
            command = 'L';     /* 8.3.2: further pairs are lines */
        svg_skip_separator(&r->at);
    } while (command != 'Z' && *r->at && strchr("+-.0123456789", *r->at));
    return true;
}

bool svg_read_path(const char *d, struct path *out, size_t *fault)
{
    struct reader r = { .at = d, .out = out };
    svg_skip_separator(&r.at);
    while (*r.at) {
        const char *here = r.at++;
        bool known = strchr("MmLlHhVvCcSsQqTtAaZz", *here) != NULL;
        if (!known || (!r.last && *here != 'M' && *here != 'm')) {
            *fault = (size_t)(here - d);
            return false;
        }
        if (!read_command(&r, *here)) {
            *fault = (size_t)(r.at - d);
            return false;
        }
    }
    return true;
}
