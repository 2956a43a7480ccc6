/* Any XML as the sheet of a workbook: content.xml of an ODS where it names OpenDocument, else sheet1.xml of an XLSX. */
#include <stdint.h>

#include "../package.h"
#include "plan/figures_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct buf sheet = BUF_EMPTY, book = BUF_EMPTY;
    struct plan_figures *figures = plan_figures_new("fuzz", arena);
    buf_put(&sheet, bytes, n);
    if (strstr(buf_text(&sheet), "opendocument"))
        package_put_ods(&book, buf_text(&sheet));
    else
        package_put_xlsx(&book, buf_text(&sheet));
    figures_read_bytes(figures, &book, diag);
    buf_free(&sheet);
    buf_free(&book);
    diag_free(diag);
    arena_free(arena);
    return 0;
}
