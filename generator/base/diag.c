#include "base/diag.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/utf8.h"

struct message {
    struct source at;
    enum diag_severity severity;
    const char *code;
    char *text, *remedy;
    size_t order, file_order;
};

struct diag {
    struct arena *arena;
    struct message *messages;
    size_t count, capacity, errors, warnings;
    size_t *seen;              /* open hash of message numbers + 1: a broken file may well give thousands */
    size_t seen_size;
    bool last_kept;
};

struct diag *diag_new(void)
{
    struct diag *diag = mem_alloc(sizeof *diag);
    diag->arena = arena_new();
    return diag;
}

void diag_free(struct diag *diag)
{
    if (!diag)
        return;
    arena_free(diag->arena);
    mem_free(diag->messages);
    mem_free(diag->seen);
    mem_free(diag);
}

static bool same_place(struct source a, struct source b)
{
    if (a.line != b.line || a.column != b.column)
        return false;
    return a.file == b.file || (a.file && b.file && !strcmp(a.file, b.file));
}

__attribute__((format(printf, 2, 0)))
static char *format_text(struct diag *diag, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    assert(n >= 0);
    char *text = arena_alloc(diag->arena, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}

static size_t *find_slot(const struct diag *diag, const struct message *wanted)
{
    uint32_t hash = hash_bytes(wanted->text, strlen(wanted->text), (uint32_t)wanted->at.line * 31u + (uint32_t)wanted->at.column);
    for (size_t i = hash;; i++) {
        size_t *slot = &diag->seen[i & (diag->seen_size - 1)];
        if (!*slot)
            return slot;
        const struct message *m = &diag->messages[*slot - 1];
        if (m->severity == wanted->severity && same_place(m->at, wanted->at) && !strcmp(m->code, wanted->code) &&
            !strcmp(m->text, wanted->text))
            return slot;
    }
}

static void grow_seen(struct diag *diag)
{
    if (diag->count * 2 < diag->seen_size)
        return;
    mem_free(diag->seen);
    diag->seen_size = diag->seen_size ? diag->seen_size * 2 : 64;
    diag->seen = mem_alloc(diag->seen_size * sizeof *diag->seen);
    for (size_t i = 0; i < diag->count; i++)
        *find_slot(diag, &diag->messages[i]) = i + 1;
}

__attribute__((format(printf, 5, 0)))
static void put(struct diag *diag, enum diag_severity severity, struct source at, const char *code,
                const char *format, va_list args)
{
    struct message m = { at, severity, code, format_text(diag, format, args), NULL, diag->count, diag->count };
    grow_seen(diag);
    size_t *slot = find_slot(diag, &m);
    diag->last_kept = !*slot;
    if (*slot)
        return;
    VEC_GROW(diag->messages, diag->capacity, diag->count + 1);
    m.at.file = arena_strdup(diag->arena, at.file);
    m.code = arena_strdup(diag->arena, code);
    diag->messages[diag->count++] = m;
    *slot = diag->count;
    diag->errors += severity == DIAG_ERROR;
    diag->warnings += severity == DIAG_WARNING;
}

#define PUT(severity)                                                                                       \
    va_list args;                                                                                           \
    va_start(args, format);                                                                                 \
    put(diag, severity, at, code, format, args);                                                            \
    va_end(args)

void diag_error(struct diag *diag, struct source at, const char *code, const char *format, ...)
{
    PUT(DIAG_ERROR);
}

void diag_warning(struct diag *diag, struct source at, const char *code, const char *format, ...)
{
    PUT(DIAG_WARNING);
}

void diag_note(struct diag *diag, struct source at, const char *code, const char *format, ...)
{
    PUT(DIAG_NOTE);
}

void diag_remedy(struct diag *diag, const char *format, ...)
{
    if (!diag->last_kept || !diag->count)
        return;
    va_list args;
    va_start(args, format);
    diag->messages[diag->count - 1].remedy = format_text(diag, format, args);
    va_end(args);
}

bool diag_get(const struct diag *diag, size_t index, struct diag_message *out)
{
    if (index >= diag->count)
        return false;
    const struct message *m = &diag->messages[index];
    *out = (struct diag_message){ m->at, m->severity, m->code, m->text, m->remedy };
    return true;
}

size_t diag_errors(const struct diag *diag)
{
    return diag->errors;
}

size_t diag_warnings(const struct diag *diag)
{
    return diag->warnings;
}

static int by_place(const void *x, const void *y)
{
    const struct message *a = x, *b = y;
    if (a->file_order != b->file_order)
        return a->file_order < b->file_order ? -1 : 1;
    if (a->at.line != b->at.line)
        return a->at.line < b->at.line ? -1 : 1;
    if (a->at.column != b->at.column)
        return a->at.column < b->at.column ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/* Input may be quoted in a message: what would steer a terminal, or is no UTF-8, is not let through. */
static void put_clean(struct buf *b, const char *s)
{
    for (size_t n = strlen(s), step; n; s += step, n -= step) {
        uint32_t c;
        char utf8[4];
        step = utf8_decode(s, n, &c);
        buf_put(b, utf8, utf8_encode(is_control(c) ? (c == '\n' || c == '\t' ? ' ' : 0xFFFD) : c, utf8));
    }
}

static void print_json(struct buf *b, const struct message *m)
{
    static const char *const names[] = { "note", "warning", "error" };
    buf_puts(b, "{\"severity\":");
    buf_put_json_string(b, names[m->severity]);
    buf_puts(b, ",\"code\":");
    buf_put_json_string(b, m->code);
    if (m->at.file) {
        buf_puts(b, ",\"file\":");
        buf_put_json_string(b, m->at.file);
    }
    if (m->at.line)
        buf_printf(b, ",\"line\":%d", m->at.line);
    if (m->at.column)
        buf_printf(b, ",\"column\":%d", m->at.column);
    buf_puts(b, ",\"message\":");
    buf_put_json_string(b, m->text);
    if (m->remedy) {
        buf_puts(b, ",\"remedy\":");
        buf_put_json_string(b, m->remedy);
    }
    buf_puts(b, "}\n");
}

static void print_text(struct buf *b, const struct message *m)
{
    const char *const names[] = { _("note"), _("warning"), _("error") };
    if (m->at.file) {
        put_clean(b, m->at.file);
        if (m->at.line)
            buf_printf(b, ":%d", m->at.line);
        if (m->at.line && m->at.column)
            buf_printf(b, ":%d", m->at.column);
        buf_puts(b, ": ");
    } else {
        buf_puts(b, "plantryk: ");
    }
    buf_printf(b, "%s: %s: ", names[m->severity], m->code);
    put_clean(b, m->text);
    buf_putc(b, '\n');
    if (m->remedy) {
        buf_puts(b, "    ");
        put_clean(b, m->remedy);
        buf_putc(b, '\n');
    }
}

size_t diag_print(struct diag *diag, FILE *out, enum diag_format format)
{
    /* Files in the order in which they were first spoken of, so that the plan's own messages stay together. */
    for (size_t i = 0; i < diag->count; i++) {
        struct message *m = &diag->messages[i];
        for (size_t j = 0; j < i; j++) {
            const struct message *earlier = &diag->messages[j];
            if (earlier->at.file == m->at.file ||
                (earlier->at.file && m->at.file && !strcmp(earlier->at.file, m->at.file))) {
                m->file_order = earlier->file_order;
                break;
            }
        }
    }
    if (diag->count)
        qsort(diag->messages, diag->count, sizeof *diag->messages, by_place);
    struct buf b = BUF_EMPTY;
    for (size_t i = 0; i < diag->count; i++)
        (format == DIAG_JSON ? print_json : print_text)(&b, &diag->messages[i]);
    fwrite(buf_text(&b), 1, b.length, out);
    buf_free(&b);
    size_t n = diag->count;
    diag->count = 0;
    diag->last_kept = false;
    if (diag->seen)
        memset(diag->seen, 0, diag->seen_size * sizeof *diag->seen);
    return n;
}
