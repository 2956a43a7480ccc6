#include "year/new_year.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "year/advance.h"

enum { PLAN_LIMIT = XML_MAX_BYTES, PICTURE_LIMIT = 256 * 1024 * 1024 };

struct work {
    const struct year_request *request;
    const struct plan *old;
    const struct plan_figures *merged;     /* old and new figures as one table */
    struct arena *arena;
    struct diag *diag;
    struct xml_document *document;
    struct xml_edit *edit;
    struct year_worklist *list;
    struct year_shift shift;
};

struct output {
    const char *name;
    const struct buf *bytes;
};

static char *in_folder(struct work *w, const char *name)
{
    return arena_printf(w->arena, "%s/%s", w->request->folder, name);
}

static bool is_free(struct work *w, const char *name)
{
    const char *path = in_folder(w, name);
    if (!file_exists(path))
        return true;
    diag_error(w->diag, (struct source){ 0 }, "E801", _("%s is there already"), path);
    diag_remedy(w->diag, _("choose another folder, or move the file away: nothing is overwritten"));
    return false;
}

/* A picture that is not in the plan's folder is one of the program's own: it need not be carried. */
static void copy_picture(struct work *w, const struct xml_node *node)
{
    const char *name = strcmp(xml_name(node), "picture") ? NULL : xml_attribute(node, "file");
    bool own = name && file_exists(arena_printf(w->arena, "%s/%s", w->old->folder, name));
    char *from = own ? file_resolve(w->old->folder, name, xml_source(node), w->diag) : NULL;
    if (!from)
        return;
    struct buf bytes = BUF_EMPTY;
    char *to = in_folder(w, name), *folder = file_folder(to);
    if (file_read(from, PICTURE_LIMIT, &bytes, xml_source(node), w->diag) && file_make_folder(folder, w->diag))
        file_write(to, bytes.data, bytes.length, w->diag);
    buf_free(&bytes);
    mem_free(folder);
    mem_free(from);
}

static void copy_pictures(struct work *w, const struct xml_node *node)
{
    for (; node; node = xml_next(node)) {
        copy_picture(w, node);
        copy_pictures(w, xml_first(node));
    }
}

static bool write_all(struct work *w, const struct plan_figures *moved)
{
    struct buf plan = BUF_EMPTY, figures = BUF_EMPTY, list = BUF_EMPTY;
    const struct output outputs[] = { { "figures.csv", &figures }, { "worklist.txt", &list }, { "plan.xml", &plan } };
    bool good = true;
    xml_edit_write(w->edit, &plan);
    year_worklist_write(w->list, w->old, w->merged, w->request->period, w->edit, &list);
    plan_figures_write(moved, &figures);
    for (size_t i = 0; i < 3; i++)
        good = is_free(w, outputs[i].name) && good;
    good = good && file_make_folder(w->request->folder, w->diag);
    if (good)
        copy_pictures(w, xml_first(xml_root(w->document)));
    good = good && !diag_errors(w->diag);
    for (size_t i = 0; i < 3 && good; i++)
        good = file_write(in_folder(w, outputs[i].name), outputs[i].bytes->data, outputs[i].bytes->length, w->diag);
    buf_free(&plan);
    buf_free(&figures);
    buf_free(&list);
    return good;
}

static bool edit_plan(struct work *w, const struct plan_figures *news)
{
    struct buf bytes = BUF_EMPTY;
    struct source nowhere = { 0 };
    bool good = file_read(w->request->plan_path, PLAN_LIMIT, &bytes, nowhere, w->diag);
    w->document = good ? xml_read_bytes(w->request->plan_path, bytes.data, bytes.length, w->diag) : NULL;
    if (w->document) {
        w->edit = xml_edit_new(bytes.data, bytes.length);
        struct year_advance advance = { .old = w->old, .merged = w->merged, .news = news, .shift = w->shift, .arena = w->arena,
                                        .edit = w->edit, .list = w->list };
        year_advance(&advance, w->document, bytes.data);
        good = write_all(w, year_move_figures(w->old, w->merged, w->request->period, w->arena, w->list));
    }
    buf_free(&bytes);
    return good && w->document;
}

/* "2022" or "2024-2026", as the plan writes its period. */
static bool is_period(const char *s)
{
    size_t n = strspn(s, "0123456789");
    bool range = n == 4 && s[4] == '-' && strspn(s + 5, "0123456789") == 4 && !s[9] && strcmp(s + 5, s) > 0;
    long first = strtol(s, NULL, 10);
    return n == 4 && (!s[4] || range) && first >= 1900 && first < 2100;
}

/* A plan's period and the next one's beginning must follow one another. */
static bool check_period(struct work *w)
{
    const char *period = w->request->period;
    int first = (int)strtol(period, NULL, 10);
    w->shift = (struct year_shift){ w->old->period, period, first - w->old->first_year };
    if (is_period(period) && plan_period_compare(period, w->old->period) > 0 && w->shift.years > 0)
        return true;
    diag_error(w->diag, (struct source){ 0 }, "E802", _("the period %s does not come after the plan's, %s"), period,
               w->old->period);
    diag_remedy(w->diag, _("name the period of the next plan, for example --period %d"), w->old->last_year + 1);
    return false;
}

enum year_outcome year_new(const struct year_request *request, struct diag *diag)
{
    struct work w = { .request = request, .arena = arena_new(), .diag = diag };
    w.list = year_worklist_new(w.arena);
    enum year_outcome outcome = YEAR_BAD_INPUT;
    w.old = plan_read(request->plan_path, request->old_figures, w.arena, diag);
    if (!w.old)
        goto out;
    if (!check_period(&w)) {
        outcome = YEAR_BAD_USE;
        goto out;
    }
    const struct plan_figures *news = plan_figures_read(request->figures_path, w.arena, diag);
    if (diag_errors(diag))
        goto out;
    w.merged = year_merge_figures(w.old->figures, news, w.arena, w.list);
    if (edit_plan(&w, news))
        outcome = YEAR_DONE;
out:
    xml_edit_free(w.edit);
    xml_free(w.document);
    arena_free(w.arena);
    return outcome;
}
