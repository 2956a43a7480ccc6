/* preview --watch: paint again at each save of plan, figures, pictures or template, and tell the errors meanwhile. */
#include <gio/gio.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/library.h"
#include "cli/commands.h"

/* Opened at need: nothing else asks for GIO and GObject. */
#define GIO(F) F(g_file_get_basename) F(g_file_monitor_directory) F(g_file_monitor_set_rate_limit) \
    F(g_file_new_for_path) F(g_object_unref) F(g_signal_connect_data)
static struct { GIO(LIBRARY_SLOT) } lib;
static const char *const lib_names[] = { GIO(LIBRARY_NAME) NULL };

/* Editors save in several steps: what comes within this time is one change. */
enum { SETTLE_MS = 120, MOST_FOLDERS = 64 };

struct watch {
    const struct cli_options *options;
    enum cli_exit (*paint)(const struct cli_options *, struct diag *);
    GMainLoop *loop;
    GFileMonitor *monitors[MOST_FOLDERS];
    size_t count;
    guint pending;                         /* the timer that will paint; 0: none */
};

static void paint(struct watch *w)
{
    struct diag *diag = diag_new();
    enum cli_exit status = w->paint(w->options, diag);
    bool json = w->options->messages && !strcmp(w->options->messages, "json");
    diag_print(diag, stderr, json ? DIAG_JSON : DIAG_TEXT);
    fprintf(stderr, "%s\n", status == CLI_GOOD && !diag_errors(diag) ? _("painted; waiting for the next save")
                                                                     : _("not painted; waiting for the next save"));
    fflush(stderr);
    diag_free(diag);
}

static gboolean settled(gpointer data)
{
    struct watch *w = data;
    w->pending = 0;
    paint(w);
    return G_SOURCE_REMOVE;
}

/* What a page can depend on; not temporary files of editors, nor the pictures that we paint. */
static bool matters(GFile *file)
{
    static const char *const endings[] = { ".xml", ".csv", ".xlsx", ".ods", ".svg", ".png", ".jpg", ".jpeg" };
    char *name = file ? lib.g_file_get_basename(file) : NULL;
    bool found = false;
    for (size_t i = 0; name && name[0] != '.' && i < sizeof endings / sizeof *endings; i++)
        found = found || g_str_has_suffix(name, endings[i]);
    found = found && !(g_str_has_prefix(name, "page-") && g_str_has_suffix(name, ".png"));
    g_free(name);
    return found;
}

static void changed(GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
    struct watch *w = data;
    (void)monitor;
    if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED || (!matters(file) && !matters(other)))
        return;
    if (w->pending)
        g_source_remove(w->pending);
    w->pending = g_timeout_add(SETTLE_MS, settled, w);
}

static void add_folder(struct watch *w, const char *path)
{
    GFile *file = lib.g_file_new_for_path(path);
    GFileMonitor *monitor = w->count < MOST_FOLDERS
                                ? lib.g_file_monitor_directory(file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL) : NULL;
    lib.g_object_unref(file);
    if (!monitor)
        return;
    lib.g_file_monitor_set_rate_limit(monitor, SETTLE_MS / 2);
    lib.g_signal_connect_data(monitor, "changed", G_CALLBACK(changed), w, NULL, 0);
    w->monitors[w->count++] = monitor;
}

/* A folder and those in it, two levels down: where pictures and a template's art lie. */
static void add_tree(struct watch *w, const char *path, int depth)
{
    add_folder(w, path);
    GDir *dir = depth < 2 ? g_dir_open(path, 0, NULL) : NULL;
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        char *below = g_build_filename(path, name, NULL);
        if (name[0] != '.' && g_file_test(below, G_FILE_TEST_IS_DIR) && g_strcmp0(below, w->options->output))
            add_tree(w, below, depth + 1);
        g_free(below);
    }
    if (dir)
        g_dir_close(dir);
}

static gboolean stop(gpointer data)
{
    g_main_loop_quit(((struct watch *)data)->loop);
    return G_SOURCE_CONTINUE;
}

static void add_folders(struct watch *w)
{
    const struct cli_options *o = w->options;
    char *plan = file_folder(o->arguments[0]), *figures = o->figures ? file_folder(o->figures) : NULL;
    char *shipped = NULL;
    add_tree(w, plan, 0);
    if (figures && strcmp(figures, plan))
        add_folder(w, figures);
    if (!o->template_name || !strchr(o->template_name, '/')) {
        char *name = g_strdup_printf("templates/%s", o->template_name ? o->template_name : "standard");
        shipped = file_data(name);
        g_free(name);
    }
    add_tree(w, shipped ? shipped : o->template_name, 0);
    mem_free(shipped);
    mem_free(figures);
    mem_free(plan);
}

enum cli_exit cli_watch(const struct cli_options *options,
                        enum cli_exit (*repaint)(const struct cli_options *, struct diag *), struct diag *diag)
{
    if (!library_open("libgio-2.0.so.0", lib_names, &lib, (struct source){ 0 }, diag))
        return CLI_SYSTEM;
    struct watch w = { .options = options, .paint = repaint, .loop = g_main_loop_new(NULL, FALSE) };
    guint interrupt = g_unix_signal_add(SIGINT, stop, &w), terminate = g_unix_signal_add(SIGTERM, stop, &w);
    add_folders(&w);
    paint(&w);
    g_main_loop_run(w.loop);
    for (size_t i = 0; i < w.count; i++)
        lib.g_object_unref(w.monitors[i]);
    g_source_remove(interrupt);
    g_source_remove(terminate);
    g_main_loop_unref(w.loop);
    return CLI_GOOD;
}
