/* Pages at rest. An item says only what differs from the one before, and a glyph stands where the advance of the glyph
   before puts it unless it says otherwise: a page of running text falls from some 150 KiB to about 20. */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "display/display_internal.h"

/* ---- bytes -------------------------------------------------------------------------------------------------- */

/* The glyphs that a page shows first have codes of six bits: sixty-two are nearly all of a text. */
enum { CODES = 63, CODED_GLYPHS = 1024 };

struct codes {
    uint16_t glyph[CODES];
    unsigned char of[CODED_GLYPHS];        /* code + 1; 0: none */
    int count;
};

struct reader {
    const unsigned char *at;
    struct codes codes;
};

#define PUT(buf, value) buf_put((buf), &(value), sizeof(value))
#define GET(reader, value) get_bytes((reader), &(value), sizeof(value))

static void get_bytes(struct reader *in, void *to, size_t n)
{
    memcpy(to, in->at, n);
    in->at += n;
}

/* Lengths: seven bits a byte, low ones first. */
static unsigned char *write_count(unsigned char *at, size_t n)
{
    for (; n >= 128; n >>= 7)
        *at++ = (unsigned char)((n & 127) | 128);
    *at++ = (unsigned char)n;
    return at;
}

enum { LONGEST_COUNT = 10 };

static void put_count(struct buf *out, size_t n)
{
    unsigned char bytes[LONGEST_COUNT];
    buf_put(out, bytes, (size_t)(write_count(bytes, n) - bytes));
}

static size_t get_count(struct reader *in)
{
    size_t n = 0;
    for (int shift = 0;; shift += 7) {
        unsigned char byte = *in->at++;
        n |= (size_t)(byte & 127) << shift;
        if (byte < 128)
            return n;
    }
}

/* A small signed number: 0, -1, 1, -2, ... */
static unsigned char *write_signed(unsigned char *at, long n)
{
    return write_count(at, n < 0 ? (size_t)(-n) * 2 - 1 : (size_t)n * 2);
}

static long get_signed(struct reader *in)
{
    size_t n = get_count(in);
    return n & 1 ? -(long)(n / 2) - 1 : (long)(n / 2);
}

/* ---- what items of a page have in common -------------------------------------------------------------------- */

/* Members in which neighbours seldom differ; a bit of a mask each. */
struct common {
    struct { struct display_node *node; } owner;
    struct { signed char artifact, meaning, bleeds; int layer; } kind;
    struct { const char *file; } file;
    struct { int line, column; } place;
    struct { const struct font_face *face; double size; const struct design_colour *colour; } style;
    struct { float stretch, tracking; } set;
    struct { double rise; const char *lang; void *mark; } inline_;
    struct { float y; } baseline;
};

#define COMMON_MEMBERS(X) X(owner) X(kind) X(file) X(place) X(style) X(set) X(inline_) X(baseline)

static void put_common(struct buf *out, const struct common *was, const struct common *is)
{
    uint16_t mask = 0;
    int bit = 0;
#define MARK(member) mask |= (uint16_t)((memcmp(&was->member, &is->member, sizeof is->member) != 0) << bit++);
    COMMON_MEMBERS(MARK)
#undef MARK
    PUT(out, mask);
    bit = 0;
#define WRITE(member) if (mask >> bit++ & 1) PUT(out, is->member);
    COMMON_MEMBERS(WRITE)
#undef WRITE
}

static void get_common(struct reader *in, struct common *state)
{
    uint16_t mask;
    GET(in, mask);
    int bit = 0;
#define READ(member) if (mask >> bit++ & 1) GET(in, state->member);
    COMMON_MEMBERS(READ)
#undef READ
}

static void common_of(const struct display_item *item, const struct common *before, struct common *out)
{
    /* Padding is compared with the rest: it must be the same each time. */
    memset(out, 0, sizeof *out);
    out->owner.node = item->node;
    out->kind.artifact = (signed char)item->artifact;
    out->kind.meaning = item->meaning;
    out->kind.bleeds = item->bleeds;
    out->kind.layer = item->layer;
    out->file.file = item->at.file;
    out->place.line = item->at.line;
    out->place.column = item->at.column;
    if (item->kind != DISPLAY_GLYPHS) {    /* says nothing of type: keep what there was */
        out->style = before->style;
        out->set = before->set;
        out->inline_ = before->inline_;
        out->baseline = before->baseline;
        return;
    }
    const struct text_run *run = &item->run;
    out->style.face = run->face;
    out->style.size = run->size;
    out->style.colour = run->colour;
    out->set.stretch = (float)run->stretch;
    out->set.tracking = (float)run->tracking;
    out->inline_.rise = run->rise;
    out->inline_.lang = run->lang;
    out->inline_.mark = run->mark;
    out->baseline.y = (float)item->y;
}

static void item_of(const struct common *state, struct display_item *item)
{
    item->node = state->owner.node;
    item->artifact = state->kind.artifact;
    item->meaning = state->kind.meaning;
    item->bleeds = state->kind.bleeds;
    item->layer = state->kind.layer;
    item->at = (struct source){ state->file.file, state->place.line, state->place.column };
    if (item->kind != DISPLAY_GLYPHS)
        return;
    struct text_run *run = &item->run;
    run->face = state->style.face;
    run->size = state->style.size;
    run->colour = state->style.colour;
    run->stretch = state->set.stretch;
    run->tracking = state->set.tracking;
    run->rise = state->inline_.rise;
    run->lang = state->inline_.lang;
    run->mark = state->inline_.mark;
    run->at = item->at;
    item->y = state->baseline.y;
}

/* ---- glyphs ------------------------------------------------------------------------------------------------- */

/* A byte: code or CODES for a glyph in full, and whether it was moved; else what the next byte says. */
enum { GLYPH_MOVED = 1, GLYPH_MORE = 2, MORE_CLUSTER = 1, MORE_RAISED = 2 };

static void learn_code(struct codes *codes, size_t glyph)
{
    if (glyph >= CODED_GLYPHS || codes->count == CODES)
        return;
    codes->glyph[codes->count++] = (uint16_t)glyph;
    codes->of[glyph] = (unsigned char)codes->count;
}

/* Where the glyph after this one stands if nothing but advance, stretch and tracking moves it. `unit`: of the font, in
   points as stretched. */
static float expected_x(const struct text_run *run, double unit, const struct text_glyph *glyph)
{
    double advance = glyph->glyph < run->face->glyph_count ? run->face->advances[glyph->glyph] : 0;
    return glyph->x + (float)(advance * unit + run->tracking);
}

static double unit_of(const struct text_run *run)
{
    return run->size / run->face->upem * (run->stretch > 0 ? run->stretch : 1);
}

static size_t character_length(const struct text_run *run, size_t at)
{
    uint32_t c;
    return at < run->text_length ? utf8_decode(run->text + at, run->text_length - at, &c) : 0;
}

/* Kerns and gaps are kept to a thousandth of a point; what is lost is not handed on, since the next glyph counts from
   where this one is read back. */
static const float UNIT = 1.0f / 1024;

/* A glyph's bytes; it is changed to what will be read back. */
static unsigned char *write_glyph(unsigned char *at, struct codes *codes, const struct text_run *run,
                                  struct text_glyph *g, float expected, size_t text_at)
{
    long shift = lroundf((g->x - expected) / UNIT);
    bool cluster = g->text_at != text_at || g->text_length != character_length(run, text_at);
    unsigned more = (cluster ? MORE_CLUSTER : 0) | (g->y != 0 ? MORE_RAISED : 0);
    unsigned code = g->glyph < CODED_GLYPHS && codes->of[g->glyph] ? codes->of[g->glyph] - 1u : CODES;
    *at++ = (unsigned char)(code << 2 | (more ? GLYPH_MORE : 0) | (shift ? GLYPH_MOVED : 0));
    if (code == CODES) {
        at = write_count(at, g->glyph);
        learn_code(codes, g->glyph);
    }
    if (shift)
        at = write_signed(at, shift);
    g->x = expected + (float)shift * UNIT;
    if (more)
        *at++ = (unsigned char)more;
    if (cluster) {
        at = write_count(at, g->text_at);
        at = write_count(at, g->text_length);
    }
    if (g->y != 0) {
        memcpy(at, &g->y, sizeof g->y);
        at += sizeof g->y;
    }
    return at;
}

static void put_glyphs(struct buf *out, struct codes *codes, const struct text_run *run)
{
    unsigned char bytes[512], *at = bytes;
    double unit = unit_of(run);
    float expected = 0;
    size_t text_at = 0;
    put_count(out, run->count);
    for (size_t i = 0; i < run->count; i++) {
        struct text_glyph g = run->glyphs[i];
        if (at > bytes + sizeof bytes - 5 * LONGEST_COUNT) {
            buf_put(out, bytes, (size_t)(at - bytes));
            at = bytes;
        }
        at = write_glyph(at, codes, run, &g, expected, text_at);
        text_at = g.text_at + g.text_length;
        expected = expected_x(run, unit, &g);
    }
    buf_put(out, bytes, (size_t)(at - bytes));
}

static unsigned read_glyph(struct reader *in, const struct text_run *run, struct text_glyph *g, size_t text_at)
{
    unsigned head = *in->at++, code = head >> 2;
    if (code == CODES) {
        g->glyph = (uint16_t)get_count(in);
        learn_code(&in->codes, g->glyph);
    } else {
        g->glyph = in->codes.glyph[code];
    }
    if (head & GLYPH_MOVED)
        g->x += (float)get_signed(in) * UNIT;
    unsigned more = head & GLYPH_MORE ? *in->at++ : 0;
    g->text_at = (uint32_t)text_at;
    if (more & MORE_CLUSTER) {
        g->text_at = (uint32_t)get_count(in);
        g->text_length = (uint16_t)get_count(in);
    } else {
        g->text_length = (uint16_t)character_length(run, text_at);
    }
    return more;
}

static const struct text_glyph *get_glyphs(struct reader *in, struct text_run *run, struct arena *arena)
{
    run->count = get_count(in);
    struct text_glyph *glyphs = arena_array(arena, struct text_glyph, run->count);
    double unit = unit_of(run);
    float expected = 0;
    size_t text_at = 0;
    for (size_t i = 0; i < run->count; i++) {
        struct text_glyph *g = &glyphs[i];
        g->x = expected;
        if (read_glyph(in, run, g, text_at) & MORE_RAISED)
            GET(in, g->y);
        text_at = g->text_at + g->text_length;
        expected = expected_x(run, unit, g);
    }
    return glyphs;
}

static void put_run(struct buf *out, struct codes *codes, const struct display_item *item)
{
    const struct text_run *run = &item->run;
    float place[] = { (float)item->x, (float)run->x, (float)run->width };
    PUT(out, place);
    put_count(out, run->text_length);
    buf_put(out, run->text, run->text_length);
    put_glyphs(out, codes, run);
}

static void get_run(struct reader *in, struct display_item *item, struct arena *arena)
{
    struct text_run *run = &item->run;
    float place[3];
    GET(in, place);
    item->x = place[0];
    run->x = place[1];
    run->width = place[2];
    run->text_length = get_count(in);
    run->text = arena_strndup(arena, (const char *)in->at, run->text_length);
    in->at += run->text_length;
    run->glyphs = get_glyphs(in, run, arena);
}

/* ---- graphics ----------------------------------------------------------------------------------------------- */

static void put_path(struct buf *out, const struct path *path, bool even_odd)
{
    put_count(out, path->verb_count);
    put_count(out, path->point_count);
    buf_putc(out, even_odd);
    buf_put(out, path->verbs, path->verb_count);
    buf_put(out, path->points, path->point_count * sizeof *path->points);
}

static struct path get_path(struct reader *in, struct arena *arena, bool *even_odd)
{
    struct path path = PATH_EMPTY;
    path.verb_count = path.verb_capacity = get_count(in);
    path.point_count = path.point_capacity = get_count(in);
    *even_odd = *in->at++;
    path.verbs = arena_copy(arena, in->at, path.verb_count);
    in->at += path.verb_count;
    path.points = arena_array(arena, struct point, path.point_count);
    get_bytes(in, path.points, path.point_count * sizeof *path.points);
    return path;
}

static void put_paint(struct buf *out, const struct display_paint *paint)
{
    buf_putc(out, (char)paint->kind);
    if (paint->kind == DISPLAY_NO_PAINT)
        return;
    if (paint->kind == DISPLAY_SOLID) {
        PUT(out, paint->colour);
        PUT(out, paint->opacity);
        return;
    }
    PUT(out, *paint);
    buf_put(out, paint->stops, paint->stop_count * sizeof *paint->stops);
}

static void get_paint(struct reader *in, struct display_paint *paint, struct arena *arena)
{
    paint->kind = *in->at++;
    if (paint->kind == DISPLAY_NO_PAINT)
        return;
    if (paint->kind == DISPLAY_SOLID) {
        GET(in, paint->colour);
        GET(in, paint->opacity);
        return;
    }
    GET(in, *paint);
    struct display_stop *stops = arena_array(arena, struct display_stop, paint->stop_count);
    get_bytes(in, stops, paint->stop_count * sizeof *stops);
    paint->stops = stops;
}

static void put_stroke(struct buf *out, const struct display_stroke *stroke)
{
    put_paint(out, &stroke->paint);
    if (stroke->paint.kind == DISPLAY_NO_PAINT)
        return;
    const char ends[] = { (char)stroke->cap, (char)stroke->join, (char)stroke->dash_count };
    PUT(out, stroke->width);
    PUT(out, ends);
    if (stroke->dash_count) {
        PUT(out, stroke->dash);
        PUT(out, stroke->dash_offset);
    }
}

static void get_stroke(struct reader *in, struct display_stroke *stroke, struct arena *arena)
{
    char ends[3];
    get_paint(in, &stroke->paint, arena);
    if (stroke->paint.kind == DISPLAY_NO_PAINT)
        return;
    GET(in, stroke->width);
    GET(in, ends);
    stroke->cap = ends[0];
    stroke->join = ends[1];
    stroke->dash_count = ends[2];
    if (stroke->dash_count) {
        GET(in, stroke->dash);
        GET(in, stroke->dash_offset);
    }
}

/* ---- items -------------------------------------------------------------------------------------------------- */

/* What box an item has unless it was turned, scaled or clipped: a run's follows from it, a group's end has none. */
static struct rect usual_box(const struct display_item *item)
{
    return item->kind == DISPLAY_GLYPHS ? display_run_box(&item->run, item->x, item->y) : rect_empty;
}

static bool box_follows(const struct display_item *item)
{
    struct rect box = usual_box(item);
    return !memcmp(&box, &item->box, sizeof box);
}

enum { KIND_BITS = 15, KIND_BOX_FOLLOWS = 16 };

static void put_item(struct buf *out, struct codes *codes, const struct display_item *item)
{
    if (!box_follows(item))
        PUT(out, item->box);
    switch (item->kind) {
    case DISPLAY_GLYPHS:
        put_run(out, codes, item);
        break;
    case DISPLAY_PATH:
        put_path(out, &item->path.path, item->path.even_odd);
        put_paint(out, &item->path.fill);
        put_stroke(out, &item->path.stroke);
        break;
    case DISPLAY_BITMAP:
        PUT(out, item->bitmap);
        break;
    case DISPLAY_SYMBOL:
        PUT(out, item->symbol);
        break;
    case DISPLAY_PUSH_CLIP:
        put_path(out, &item->clip.path, item->clip.even_odd);
        break;
    case DISPLAY_PUSH_OPACITY:
        PUT(out, item->opacity);
        break;
    case DISPLAY_PUSH_TRANSFORM:
        PUT(out, item->matrix);
        break;
    case DISPLAY_POP:
        break;
    }
}

static void get_item(struct reader *in, struct display_item *item, bool with_box, struct arena *arena)
{
    if (with_box)
        GET(in, item->box);
    switch (item->kind) {
    case DISPLAY_GLYPHS:
        get_run(in, item, arena);
        break;
    case DISPLAY_PATH:
        item->path.path = get_path(in, arena, &item->path.even_odd);
        get_paint(in, &item->path.fill, arena);
        get_stroke(in, &item->path.stroke, arena);
        break;
    case DISPLAY_BITMAP:
        GET(in, item->bitmap);
        break;
    case DISPLAY_SYMBOL:
        GET(in, item->symbol);
        break;
    case DISPLAY_PUSH_CLIP:
        item->clip.path = get_path(in, arena, &item->clip.even_odd);
        break;
    case DISPLAY_PUSH_OPACITY:
        GET(in, item->opacity);
        break;
    case DISPLAY_PUSH_TRANSFORM:
        GET(in, item->matrix);
        break;
    case DISPLAY_POP:
        break;
    }
}

/* ---- pages -------------------------------------------------------------------------------------------------- */

static void put_links(struct buf *out, const struct display_link *links)
{
    size_t n = 0;
    for (const struct display_link *l = links; l; l = l->next)
        n++;
    put_count(out, n);
    for (const struct display_link *l = links; l; l = l->next) {
        PUT(out, l->area);
        PUT(out, l->node);
    }
}

static struct display_link *get_links(struct reader *in, struct arena *arena)
{
    struct display_link *first = NULL, **end = &first;
    for (size_t n = get_count(in); n; n--) {
        struct display_link *link = arena_new_of(arena, struct display_link);
        GET(in, link->area);
        GET(in, link->node);
        *end = link;
        end = &link->next;
    }
    return first;
}

void display_pack(struct display_page *page)
{
    struct buf out = BUF_EMPTY;
    struct codes codes = { .count = 0 };
    struct common was, is;
    memset(&was, 0, sizeof was);
    put_links(&out, page->links);
    for (const struct display_item *i = page->first; i; i = i->next) {
        common_of(i, &was, &is);
        buf_putc(&out, (char)(i->kind | (box_follows(i) ? KIND_BOX_FOLLOWS : 0)));
        put_common(&out, &was, &is);
        put_item(&out, &codes, i);
        memcpy(&was, &is, sizeof was);     /* padding too */
    }
    page->packed = mem_alloc(sizeof *page->packed);
    page->packed->bytes = mem_resize(out.data, out.length);
    page->packed->size = out.length;
    arena_free(page->arena);
    page->arena = NULL;
    page->first = page->last = NULL;
    page->links = NULL;
    page->group = NULL;
}

void display_unpack(const struct display_packed *packed, struct display_page *page)
{
    struct reader in = { .at = packed->bytes };
    struct common state;
    memset(&state, 0, sizeof state);
    page->first = page->last = NULL;
    page->links = get_links(&in, page->arena);
    while (in.at < packed->bytes + packed->size) {
        struct display_item *item = arena_new_of(page->arena, struct display_item);
        unsigned head = *in.at++;
        item->kind = head & KIND_BITS;
        get_common(&in, &state);
        item_of(&state, item);
        get_item(&in, item, !(head & KIND_BOX_FOLLOWS), page->arena);
        if (head & KIND_BOX_FOLLOWS)
            item->box = usual_box(item);
        *(page->last ? &page->last->next : &page->first) = item;
        page->last = item;
    }
}

void display_packed_free(struct display_packed *packed)
{
    if (!packed)
        return;
    mem_free(packed->bytes);
    mem_free(packed);
}
