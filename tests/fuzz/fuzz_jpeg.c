/* Any bytes behind the first ones of a JPEG. */
#include <stdlib.h>
#include <string.h>

#include "image/image.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    unsigned char *bytes = mem_alloc(size + 3);
    memcpy(bytes, "\xff\xd8\xff", 3);
    memcpy(bytes + 3, data, size);
    const struct image_bitmap *b = image_decode_bitmap("fuzz", bytes, size + 3, arena, (struct source){ 0 }, diag);
    if (!b && !diag_errors(diag))
        abort();
    /* What was accepted must also give its pixels. */
    if (b && (long)b->width * b->height < 1000000) {
        unsigned char *rgb = image_pixels_rgb(b, diag);
        if (!rgb)
            abort();
        mem_free(rgb);
    }
    mem_free(bytes);
    diag_free(diag);
    arena_free(arena);
    return 0;
}
