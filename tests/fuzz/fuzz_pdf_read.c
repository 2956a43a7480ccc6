/* Any bytes as a PDF to take files out of. */
#include <stdlib.h>

#include "pdf/read.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    const struct pdf_attachment *files;
    size_t n;
    if (!pdf_decode_attachments("fuzz.pdf", data, size, arena, &files, &n, diag) && !diag_errors(diag))
        abort();
    diag_free(diag);
    arena_free(arena);
    return 0;
}
