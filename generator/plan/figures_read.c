/* Which reader a table of figures needs: its first bytes say, whatever the file is called. */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "plan/figures_internal.h"

static bool is_zip(const struct buf *bytes)
{
    return bytes->length >= 4 && !memcmp(bytes->data, "PK\3\4", 4);
}

/* OpenDocument begins with an entry "mimetype" that is not packed, so that its words stand at byte 30 and 38
   (OpenDocument 1.3 part 2, 3.3). */
static bool is_opendocument(const struct buf *bytes)
{
    static const char type[] = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    return bytes->length >= 30 + strlen(type) && !memcmp(bytes->data + 30, type, strlen(type));
}

/* The workbooks of Excel before 2007, and every one that a password protects (Compound File Binary, 2.2). */
static bool is_compound_file(const struct buf *bytes)
{
    return bytes->length >= 8 && !memcmp(bytes->data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
}

void figures_read_bytes(struct plan_figures *figures, const struct buf *bytes, struct diag *diag)
{
    plan_figures_seal(figures);
    if (is_compound_file(bytes)) {
        diag_error(diag, (struct source){ figures->file, 0, 0 }, "E301",
                   _("the workbook is in the old .xls format or protected by a password"));
        diag_remedy(diag, _("save it as .xlsx without a password"));
    } else if (is_opendocument(bytes)) {
        figures_ods_read(figures, bytes, diag);
    } else if (is_zip(bytes)) {
        figures_xlsx_read(figures, bytes, diag);
    } else {
        figures_csv_read(figures, bytes, diag);
    }
}

struct plan_figures *figures_read(const char *path, struct source from, struct arena *arena, struct diag *diag)
{
    struct plan_figures *figures = plan_figures_new(path, arena);
    struct buf bytes = BUF_EMPTY;
    if (file_read(path, PLAN_MAX_FIGURES_BYTES, &bytes, from, diag))
        figures_read_bytes(figures, &bytes, diag);
    else
        plan_figures_seal(figures);
    buf_free(&bytes);
    return figures;
}
