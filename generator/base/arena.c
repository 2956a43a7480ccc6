#include "base/arena.h"

#include <assert.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64 * 1024, ALIGN = 16 };

struct chunk {
    struct chunk *next;
    size_t used, size;
    _Alignas(ALIGN) char bytes[];
};

struct arena {
    struct chunk *chunks;
};

static void out_of_memory(size_t size)
{
    fprintf(stderr, "plantryk: out of memory (%zu bytes)\n", size);
    exit(3);
}

void *mem_alloc(size_t size)
{
    void *p = calloc(1, size ? size : 1);
    if (!p)
        out_of_memory(size);
    return p;
}

void *mem_resize(void *old, size_t size)
{
    void *p = realloc(old, size ? size : 1);
    if (!p)
        out_of_memory(size);
    return p;
}

void mem_trim(void)
{
    malloc_trim(0);
}

void mem_free(void *p)
{
    free(p);
}

struct arena *arena_new(void)
{
    return mem_alloc(sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct chunk *c = arena->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    free(arena);
}

static struct chunk *add_chunk(size_t size)
{
    struct chunk *c = malloc(sizeof *c + size);
    if (!c)
        out_of_memory(size);
    c->used = 0;
    c->size = size;
    return c;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    assert(size < SIZE_MAX / 2);
    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    struct chunk *top = arena->chunks;
    if (size > CHUNK / 4) {
        /* A large block gets a chunk of its own behind the one in use, so that no room is lost. */
        struct chunk *c = add_chunk(size);
        c->used = size;
        c->next = top ? top->next : NULL;
        if (top)
            top->next = c;
        else
            arena->chunks = c;
        return memset(c->bytes, 0, size);
    }
    if (!top || top->size - top->used < size) {
        struct chunk *c = add_chunk(CHUNK);
        c->next = top;
        arena->chunks = top = c;
    }
    void *p = top->bytes + top->used;
    top->used += size;
    return memset(p, 0, size);
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size)
{
    void *p = arena_alloc(arena, size ? size : 1);
    if (size)
        memcpy(p, bytes, size);
    return p;
}

char *arena_strndup(struct arena *arena, const char *s, size_t n)
{
    char *p = arena_alloc(arena, n + 1);
    memcpy(p, s, n);
    return p;
}

char *arena_strdup(struct arena *arena, const char *s)
{
    return s ? arena_strndup(arena, s, strlen(s)) : NULL;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(n >= 0);
    char *p = arena_alloc(arena, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}
