/* A table from addresses to numbers. Never walked, so that no output depends on where memory lies. */
#ifndef PDF_MAP_H
#define PDF_MAP_H
#include <stddef.h>

struct pdf_map {
    const void **keys;
    unsigned *values;
    size_t count, capacity;
};

void pdf_map_free(struct pdf_map *);
/* The number of a key; 0 when it has none. */
unsigned pdf_map_lookup(const struct pdf_map *, const void *key);
void pdf_map_put(struct pdf_map *, const void *key, unsigned value);
#endif
