#include "year/extract.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "pdf/read.h"

/* The names in a PDF are foreign: below the folder, or not at all. */
static bool stays_below(const char *name)
{
    if (!*name || *name == '/' || strchr(name, '\\'))
        return false;
    for (const char *s = name; *s;) {
        size_t n = strcspn(s, "/");
        if (!n || (n == 1 && s[0] == '.') || (n == 2 && s[0] == '.' && s[1] == '.'))
            return false;
        s += n + (s[n] == '/');
    }
    return name[strlen(name) - 1] != '/';
}

/* A link that lies below the folder already may lead anywhere. */
static bool goes_by_link(const char *folder, const char *name, struct arena *arena)
{
    struct stat st;
    for (const char *end = strchr(name, '/'); end; end = strchr(end + 1, '/'))
        if (!lstat(arena_printf(arena, "%s/%.*s", folder, (int)(end - name), name), &st) && S_ISLNK(st.st_mode))
            return true;
    return false;
}

static bool check_names(const char *pdf, const char *folder, const struct pdf_attachment *files, size_t n, struct arena *arena,
                        struct diag *diag)
{
    struct source at = { .file = pdf };
    bool plan = false, good = true;
    for (size_t i = 0; i < n; i++) {
        plan = plan || !strcmp(files[i].name, "plan.xml");
        if (!stays_below(files[i].name) || goes_by_link(folder, files[i].name, arena)) {
            diag_error(diag, at, "E812", _("the file \"%s\" inside would be written outside the folder"), files[i].name);
            good = false;
        } else if (file_exists(arena_printf(arena, "%s/%s", folder, files[i].name))) {
            diag_error(diag, at, "E801", _("%s is there already"), arena_printf(arena, "%s/%s", folder, files[i].name));
            diag_remedy(diag, _("choose another folder, or move the file away: nothing is overwritten"));
            good = false;
        }
    }
    if (!plan) {
        diag_error(diag, at, "E811", _("no plan is inside"));
        diag_remedy(diag, _("take a screen edition that was made without --no-sources"));
    }
    return plan && good;
}

static bool write_file(const char *folder, const struct pdf_attachment *file, struct arena *arena, struct diag *diag)
{
    char *path = arena_printf(arena, "%s/%s", folder, file->name), *parent = file_folder(path);
    bool good = file_make_folder(parent, diag) && file_write(path, file->bytes, file->size, diag);
    mem_free(parent);
    return good;
}

size_t year_extract(const char *pdf, const char *folder, struct diag *diag)
{
    struct arena *arena = arena_new();
    const struct pdf_attachment *files;
    size_t n = 0, written = 0;
    if (pdf_read_attachments(pdf, arena, &files, &n, diag) && check_names(pdf, folder, files, n, arena, diag))
        while (written < n && write_file(folder, &files[written], arena, diag))
            written++;
    arena_free(arena);
    return written < n ? 0 : written;
}
