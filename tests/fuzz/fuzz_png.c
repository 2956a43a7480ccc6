/* Any bytes as a PNG. */
#include <stdlib.h>

#include "image/image.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    const struct image_bitmap *b = image_decode_bitmap("fuzz.png", data, size, arena, (struct source){ 0 }, diag);
    if (!b && !diag_errors(diag))
        abort();
    /* What was accepted must also give its pixels. */
    if (b && (long)b->width * b->height < 1000000) {
        unsigned char *rgb = image_pixels_rgb(b, diag);
        if (!rgb)
            abort();
        mem_free(rgb);
    }
    diag_free(diag);
    arena_free(arena);
    return 0;
}
