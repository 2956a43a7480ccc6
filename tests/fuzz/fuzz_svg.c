/* Any bytes as a drawing. */
#include <stdlib.h>

#include "image/image.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    bool foreign;
    const struct image_vector *v = image_decode_svg("fuzz.svg", data, size, arena, &foreign, diag);
    /* What is refused must have a reason, and what is drawn must have paths that can be replayed. */
    if (!v && !foreign && !diag_errors(diag))
        abort();
    for (size_t i = 0; v && i < v->count; i++)
        path_bounds(&v->items[i].path);
    diag_free(diag);
    arena_free(arena);
    return 0;
}
