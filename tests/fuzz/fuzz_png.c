/* Any bytes behind the first ones of a PNG. */
#include <stdlib.h>
#include <string.h>

#include "image/image.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    unsigned char *bytes = mem_alloc(size + 8);
    memcpy(bytes, "\x89PNG\r\n\x1a\n", 8);
    memcpy(bytes + 8, data, size);
    const struct image_bitmap *b = image_decode_bitmap("fuzz", bytes, size + 8, arena, (struct source){ 0 }, diag);
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
