/* The bytes of a table as UTF-8, whatever program saved them. */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "plan/figures_internal.h"

/* The place of byte `at`, for a file whose encoding is not known: columns are bytes there. */
static struct source byte_place(const char *file, const struct buf *bytes, size_t at)
{
    struct source place = { file, 1, 1 };
    for (size_t i = 0; i < at; i++) {
        place.column++;
        if (bytes->data[i] == '\n') {
            place.line++;
            place.column = 1;
        }
    }
    return place;
}

bool figures_text_from_windows_1252(const char *file, const struct buf *bytes, struct buf *out, struct diag *diag)
{
    for (size_t i = 0; i < bytes->length; i++) {
        uint32_t c = utf8_from_windows1252((unsigned char)bytes->data[i]);
        char utf8[4];
        if (c == 0xFFFD) {
            diag_error(diag, byte_place(file, bytes, i), "E301",
                       _("the table is written neither in UTF-8 nor in Windows-1252"));
            diag_remedy(diag, _("save it from the spreadsheet as \"CSV UTF-8\""));
            return false;
        }
        buf_put(out, utf8, utf8_encode(c, utf8));
    }
    return true;
}

/* A byte order mark, also one that was taken for text and encoded once more. */
static size_t mark_length(const struct buf *bytes)
{
    static const char *const marks[] = { "\xEF\xBB\xBF", "\xC3\xAF\xC2\xBB\xC2\xBF" };
    for (size_t i = 0; i < 2; i++)
        if (bytes->length >= strlen(marks[i]) && !memcmp(bytes->data, marks[i], strlen(marks[i])))
            return strlen(marks[i]);
    return 0;
}

bool figures_text_read(const char *file, const struct buf *bytes, struct buf *out, struct diag *diag)
{
    size_t skip = mark_length(bytes);
    if (bytes->length >= 2 && (!memcmp(bytes->data, "\xFF\xFE", 2) || !memcmp(bytes->data, "\xFE\xFF", 2))) {
        diag_error(diag, (struct source){ file, 1, 1 }, "E301", _("the table is written in UTF-16"));
        diag_remedy(diag, _("save it from the spreadsheet as \"CSV UTF-8\""));
        return false;
    }
    if (bytes->length && memchr(bytes->data, '\0', bytes->length)) {
        diag_error(diag, (struct source){ file, 1, 1 }, "E301", _("the table is no text"));
        diag_remedy(diag, _("figures come from a .csv, .xlsx or .ods file"));
        return false;
    }
    if (utf8_valid(bytes->data + skip, bytes->length - skip)) {
        buf_put(out, bytes->data + skip, bytes->length - skip);
        return true;
    }
    if (!figures_text_from_windows_1252(file, bytes, out, diag))
        return false;
    diag_note(diag, (struct source){ file, 1, 1 }, "N301", _("the table was read as Windows-1252"));
    diag_remedy(diag, _("save it as \"CSV UTF-8\" if letters look wrong"));
    return true;
}
