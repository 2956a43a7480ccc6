#include "cli/sources.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "xml/edit.h"

enum { SOURCE_BYTES = 64 * 1024 * 1024, TEMPLATE_DEPTH = 4 };

struct sources {
    struct cli_job *job;
    struct pdf_attachment *files;
    size_t count, capacity;
};

static const char *mime_of(const char *name)
{
    static const struct {
        const char *ending, *mime;
    } kinds[] = { { ".xml", "text/xml" },  { ".csv", "text/csv" },   { ".svg", "image/svg+xml" }, { ".png", "image/png" },
                  { ".jpg", "image/jpeg" }, { ".jpeg", "image/jpeg" }, { ".txt", "text/plain" } };
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof kinds / sizeof *kinds; i++)
        if (!strcasecmp(dot, kinds[i].ending))
            return kinds[i].mime;
    return "application/octet-stream";
}

/* In the plan's language, not the user's: the same file whoever makes it. */
static const char *said(const struct sources *s, const char *key)
{
    return design_word(s->job->design, s->job->plan->lang, key);
}

/* A name once: a picture may stand in the plan twice. */
static void add(struct sources *s, const char *name, const char *description, const char *relationship,
                const struct buf *bytes)
{
    struct arena *arena = s->job->arena;
    for (size_t i = 0; i < s->count; i++)
        if (!strcmp(s->files[i].name, name))
            return;
    VEC_GROW(s->files, s->capacity, s->count + 1);
    s->files[s->count++] = (struct pdf_attachment){
        .name = arena_strdup(arena, name), .mime = mime_of(name), .description = description,
        .relationship = relationship, .bytes = arena_copy(arena, buf_text(bytes), bytes->length), .size = bytes->length,
    };
}

/* ---- the plan ------------------------------------------------------------------------------------------ */

/* Where a comment that begins at `at` ends, when it is one of the inner ones; else 0. */
static size_t inner_comment(const char *text, size_t n, size_t at)
{
    static const char word[] = "intern";
    size_t start = at + 4;
    while (start < n && strchr(" \t\r\n", text[start]))
        start++;
    if (n - start < sizeof word - 1 || strncasecmp(text + start, word, sizeof word - 1))
        return 0;
    const char *end = memmem(text + start, n - start, "-->", 3);
    return end ? (size_t)(end - text) + 3 : n;
}

/* CDATA and other comments are passed over whole: what looks like a comment in them is none. */
static size_t passage(const char *text, size_t n, size_t at)
{
    static const char *const pairs[][2] = { { "<![CDATA[", "]]>" }, { "<!--", "-->" } };
    for (int i = 0; i < 2; i++) {
        size_t length = strlen(pairs[i][0]);
        if (n - at >= length && !memcmp(text + at, pairs[i][0], length)) {
            const char *end = memmem(text + at + length, n - at - length, pairs[i][1], 3);
            return end ? (size_t)(end - text) + 3 - at : n - at;
        }
    }
    return 1;
}

static bool is_comment(const char *text, size_t n, size_t at)
{
    return n - at >= 4 && !memcmp(text + at, "<!--", 4);
}

/* The line of a comment that stands alone on it goes too. */
static size_t drop_line(const char *text, size_t n, size_t end, struct buf *out)
{
    size_t left = out->length, right = end;
    while (left && (out->data[left - 1] == ' ' || out->data[left - 1] == '\t'))
        left--;
    while (right < n && (text[right] == ' ' || text[right] == '\t' || text[right] == '\r'))
        right++;
    if ((left && out->data[left - 1] != '\n') || (right < n && text[right] != '\n'))
        return end;
    out->length = left;
    return right < n ? right + 1 : right;
}

void cli_sources_strip(const char *text, size_t n, struct buf *out)
{
    buf_reserve(out, n);
    for (size_t at = 0; at < n;) {
        size_t end = is_comment(text, n, at) ? inner_comment(text, n, at) : 0;
        if (end) {
            at = drop_line(text, n, end, out);
            continue;
        }
        size_t length = text[at] == '<' ? passage(text, n, at) : 1;
        buf_put(out, text + at, length);
        at += length;
    }
}

/* A template that does not come with the program goes along. */
static bool has_own_template(const struct cli_job *job)
{
    char *shipped = file_data("templates");
    bool own = strncmp(job->design->folder, shipped, strlen(shipped)) != 0;
    mem_free(shipped);
    return own;
}

/* The plan inside names what lies beside it there, whatever the analyst's workbook and the template's folder are called. */
static void name_sources(struct cli_job *job, struct buf *text)
{
    const char *figures = plan_figures_file(job->plan->figures), *folder = "./template";
    const char *named = job->plan->template_name;
    bool table = figures && strcmp(file_name(figures), "figures.csv");
    bool template = has_own_template(job) && (!named || strcmp(named, folder));
    struct xml_document *doc = table || template ? xml_read(job->plan->file, job->diag) : NULL;
    if (!doc)
        return;
    struct xml_edit *edit = xml_edit_new(text->data, text->length);
    if (table)
        xml_edit_set_attribute(edit, xml_root(doc), "figures", "figures.csv");
    if (template)
        xml_edit_set_attribute(edit, xml_root(doc), "template", folder);
    buf_clear(text);
    xml_edit_write(edit, text);
    xml_edit_free(edit);
    xml_free(doc);
}

bool cli_sources_plan(struct cli_job *job, struct buf *out)
{
    struct buf file = BUF_EMPTY;
    bool good = file_read(job->plan->file, SOURCE_BYTES, &file, (struct source){ 0 }, job->diag);
    if (good) {
        name_sources(job, &file);
        cli_sources_strip(buf_text(&file), file.length, out);
    }
    buf_free(&file);
    return good;
}

static bool add_plan(struct sources *s)
{
    struct buf published = BUF_EMPTY;
    bool good = cli_sources_plan(s->job, &published);
    if (good)
        add(s, "plan.xml", said(s, "attached.plan"), "Source", &published);
    buf_free(&published);
    return good;
}

static void add_figures(struct sources *s)
{
    struct buf csv = BUF_EMPTY;
    if (!plan_figures_file(s->job->plan->figures))
        return;
    plan_figures_write(s->job->plan->figures, &csv);
    add(s, "figures.csv", said(s, "attached.figures"), "Data", &csv);
    buf_free(&csv);
}

/* ---- pictures ------------------------------------------------------------------------------------------ */

static bool add_picture(struct sources *s, const struct plan_block *block)
{
    struct buf bytes = BUF_EMPTY;
    char *path = file_resolve(s->job->plan->folder, block->source_name, block->at, s->job->diag);
    bool good = path && file_read(path, SOURCE_BYTES, &bytes, block->at, s->job->diag);
    if (good)
        add(s, block->source_name, block->alt, "Supplement", &bytes);
    mem_free(path);
    buf_free(&bytes);
    return good;
}

static bool add_pictures(struct sources *s, const struct plan_block *block);

static bool add_pictures_of_items(struct sources *s, const struct plan_item *item)
{
    bool good = true;
    for (; item; item = item->next)
        good &= add_pictures(s, item->blocks);
    return good;
}

/* A picture that is not in the plan's folder is one of the program's own assets: it need not be carried. */
static bool is_own(struct sources *s, const struct plan_block *block)
{
    struct buf path = BUF_EMPTY;
    if (!block->source_name)
        return false;
    buf_printf(&path, "%s/%s", s->job->plan->folder, block->source_name);
    bool own = file_exists(path.data);
    buf_free(&path);
    return own;
}

static bool add_pictures(struct sources *s, const struct plan_block *block)
{
    bool good = true;
    for (; block; block = block->next) {
        if (block->kind == PLAN_PICTURE && is_own(s, block))
            good &= add_picture(s, block);
        good &= add_pictures(s, block->blocks) && add_pictures_of_items(s, block->items);
        if (block->part)
            good &= add_pictures(s, block->part->blocks);
    }
    return good;
}

/* ---- a template of one's own --------------------------------------------------------------------------- */

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool add_folder(struct sources *s, const char *folder, const char *name, int depth);

static bool add_entry(struct sources *s, const char *path, const char *name, int depth)
{
    struct stat info;
    struct buf bytes = BUF_EMPTY;
    if (stat(path, &info) || (!S_ISDIR(info.st_mode) && !S_ISREG(info.st_mode)))
        return true;
    if (S_ISDIR(info.st_mode))
        return depth < TEMPLATE_DEPTH && add_folder(s, path, name, depth + 1);
    bool good = file_read(path, SOURCE_BYTES, &bytes, (struct source){ s->job->design->file, 0, 0 }, s->job->diag);
    if (good)
        add(s, name, said(s, "attached.template"), "Supplement", &bytes);
    buf_free(&bytes);
    return good;
}

/* In the order of names, so that the same template gives the same bytes. */
static bool add_folder(struct sources *s, const char *folder, const char *name, int depth)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, is_visible, alphasort);
    bool good = true;
    for (int i = 0; i < n; i++) {
        struct buf path = BUF_EMPTY, inside = BUF_EMPTY;
        buf_printf(&path, "%s/%s", folder, entries[i]->d_name);
        buf_printf(&inside, "%s/%s", name, entries[i]->d_name);
        good &= add_entry(s, path.data, inside.data, depth);
        buf_free(&path);
        buf_free(&inside);
        free(entries[i]);
    }
    free(entries);
    return good;
}

static bool add_template(struct sources *s)
{
    return !has_own_template(s->job) || add_folder(s, s->job->design->folder, "template", 0);
}

bool cli_sources(void *data, const struct pdf_attachment **attachments, size_t *n)
{
    struct cli_job *job = data;
    struct sources s = { .job = job };
    bool good = add_plan(&s);
    add_figures(&s);
    for (const struct plan_part *part = job->plan->parts; part; part = part->next)
        good &= add_pictures(&s, part->blocks);
    good &= add_pictures(&s, job->plan->summary) && add_pictures(&s, job->plan->contact) && add_template(&s);
    *attachments = arena_copy(job->arena, s.files, s.count * sizeof *s.files);
    *n = s.count;
    mem_free(s.files);
    return good;
}
