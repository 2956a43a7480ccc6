/* A map from addresses to pointers: open addressing, never shrinking, order of insertion never asked for. */
#include <stdint.h>

#include "base/arena.h"
#include "base/hash.h"
#include "compose/run.h"

static size_t slot_of(const struct run_map *map, const void *key)
{
    size_t mask = map->capacity - 1;
    size_t at = hash_bytes(&key, sizeof key, 0) & mask;
    while (map->keys[at] && map->keys[at] != key)
        at = (at + 1) & mask;
    return at;
}

static void grow(struct run_map *map)
{
    struct run_map larger = { .capacity = map->capacity ? 2 * map->capacity : 256 };
    larger.keys = mem_alloc(larger.capacity * sizeof *larger.keys);
    larger.values = mem_alloc(larger.capacity * sizeof *larger.values);
    for (size_t i = 0; i < map->capacity; i++)
        if (map->keys[i])
            run_map_set(&larger, map->keys[i], map->values[i]);
    run_map_free(map);
    *map = larger;
}

void run_map_free(struct run_map *map)
{
    mem_free(map->keys);
    mem_free(map->values);
    *map = (struct run_map){ 0 };
}

void run_map_set(struct run_map *map, const void *key, void *value)
{
    if (4 * (map->count + 1) > 3 * map->capacity)
        grow(map);
    size_t at = slot_of(map, key);
    if (!map->keys[at])
        map->count++;
    map->keys[at] = key;
    map->values[at] = value;
}

void *run_map_lookup(const struct run_map *map, const void *key)
{
    return map->capacity && key ? map->values[slot_of(map, key)] : NULL;
}
