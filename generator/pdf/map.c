#include "pdf/map.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"

static size_t slot_of(const struct pdf_map *m, const void *key)
{
    uint64_t h = (uint64_t)(uintptr_t)key * 0x9E3779B97F4A7C15u;
    size_t at = (size_t)(h >> 32) & (m->capacity - 1);
    while (m->keys[at] && m->keys[at] != key)
        at = (at + 1) & (m->capacity - 1);
    return at;
}

void pdf_map_free(struct pdf_map *m)
{
    mem_free(m->keys);
    mem_free(m->values);
    memset(m, 0, sizeof *m);
}

unsigned pdf_map_lookup(const struct pdf_map *m, const void *key)
{
    if (!m->count)
        return 0;
    size_t at = slot_of(m, key);
    return m->keys[at] ? m->values[at] : 0;
}

static void grow(struct pdf_map *m)
{
    struct pdf_map old = *m;
    m->capacity = old.capacity ? old.capacity * 2 : 64;
    m->keys = mem_alloc(m->capacity * sizeof *m->keys);
    m->values = mem_alloc(m->capacity * sizeof *m->values);
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.keys[i]) {
            size_t at = slot_of(m, old.keys[i]);
            m->keys[at] = old.keys[i];
            m->values[at] = old.values[i];
        }
    }
    mem_free(old.keys);
    mem_free(old.values);
}

void pdf_map_put(struct pdf_map *m, const void *key, unsigned value)
{
    if (2 * (m->count + 1) > m->capacity)
        grow(m);
    size_t at = slot_of(m, key);
    m->count += !m->keys[at];
    m->keys[at] = key;
    m->values[at] = value;
}
