/* Streams on their way into the file: deflated and appended in order by a second thread, while the first goes on painting.
   The same order, and so the same bytes, whatever the threads do. Inside the layer only. */
#ifndef PDF_PACKER_H
#define PDF_PACKER_H
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct pdf_packer;

/* `file` belongs to the packer until pdf_packer_settle. */
struct pdf_packer *pdf_packer_new(struct buf *file);
void pdf_packer_free(struct pdf_packer *);
/* An object: its dictionary without the closing ">>", and its bytes, both copied; Filter and Length are added. */
enum pdf_filter { PDF_FILTER_NONE, PDF_FILTER_FLATE, PDF_FILTER_DCT };
void pdf_packer_put(struct pdf_packer *, unsigned number, const struct buf *dictionary, const void *bytes, size_t n,
                    enum pdf_filter);
/* Wait until everything stands in the file; then it may be written to, until the next put. */
void pdf_packer_settle(struct pdf_packer *);
/* Where an object stands in the file, 0 when it was never put. Only what was settled. */
size_t pdf_packer_offset(const struct pdf_packer *, unsigned number);
#endif
