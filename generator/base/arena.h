/* Arenas: memory that lives as long as its owner and is freed in one go. No memory ends the program. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *);                    /* NULL is fine */

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *, size_t size);
void *arena_copy(struct arena *, const void *bytes, size_t size);
char *arena_strdup(struct arena *, const char *s);                      /* NULL gives NULL */
char *arena_strndup(struct arena *, const char *s, size_t n);
char *arena_printf(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define arena_new_of(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))

/* The same promise for ordinary memory: never NULL, freed with mem_free. */
void *mem_alloc(size_t size);                       /* zeroed */
void *mem_resize(void *, size_t size);
void mem_free(void *);
void mem_trim(void);                                /* what was freed goes back to the system */

/* Grow a malloc'ed array so that it holds `n` entries: VEC_GROW(v->items, v->capacity, v->count + 1). */
#define VEC_GROW(items, capacity, n)                                                                        \
    do {                                                                                                    \
        size_t vec_need_ = (size_t)(n);                                                                     \
        if (vec_need_ > (size_t)(capacity)) {                                                               \
            size_t vec_new_ = (size_t)(capacity) * 2 > vec_need_ ? (size_t)(capacity) * 2 : vec_need_;      \
            if (vec_new_ < 8)                                                                               \
                vec_new_ = 8;                                                                               \
            (items) = mem_resize((items), vec_new_ * sizeof *(items));                                      \
            (capacity) = vec_new_;                                                                          \
        }                                                                                                   \
    } while (0)
#endif
