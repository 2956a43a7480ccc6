/* Reading back what a screen edition carries inside. */
#ifndef PDF_READ_H
#define PDF_READ_H
#include "base/arena.h"
#include "base/diag.h"
#include "pdf/pdf.h"

/* The files embedded in a PDF, in the order of their names; `attachments` and their bytes lie in the arena. Names are given
   as the file says them: who writes them to disk must keep them below a folder of his. False with an error when it is no PDF that
   can be read, is larger than 64 MiB, or holds more than PDF_READ_FILES files or PDF_READ_BYTES bytes. */
enum { PDF_READ_FILES = 1000, PDF_READ_BYTES = 64 * 1024 * 1024 };
bool pdf_read_attachments(const char *path, struct arena *, const struct pdf_attachment **attachments, size_t *n,
                          struct diag *);
/* The same for bytes in memory; `name` is for messages. */
bool pdf_decode_attachments(const char *name, const void *bytes, size_t size, struct arena *,
                            const struct pdf_attachment **attachments, size_t *n, struct diag *);
#endif
