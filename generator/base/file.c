#include "base/file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/i18n.h"

static char *copy(const char *s, size_t n)
{
    char *p = mem_alloc(n + 1);
    memcpy(p, s, n);
    return p;
}

static char *join(const char *folder, const char *name)
{
    struct buf b = BUF_EMPTY;
    buf_puts(&b, folder);
    if (b.length && b.data[b.length - 1] != '/')
        buf_putc(&b, '/');
    buf_puts(&b, name);
    return b.data;
}

/* ---- reading -------------------------------------------------------------------------------------------------- */

static bool tell_missing(const char *path, int error, struct source from, struct diag *diag)
{
    if (error == ENOENT || error == ENOTDIR)
        diag_error(diag, from, "E901", _("the file \"%s\" does not exist"), path);
    else
        diag_error(diag, from, "E902", _("the file \"%s\" cannot be read: %s"), path, strerror(error));
    return false;
}

static bool read_all(int fd, const char *path, size_t limit, struct buf *out, struct source from, struct diag *diag)
{
    char block[64 * 1024];
    for (;;) {
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return tell_missing(path, errno, from, diag);
        if (!n)
            return true;
        if ((size_t)n > limit - out->length) {
            diag_error(diag, from, "E904", _("the file \"%s\" is larger than the limit of %zu bytes"), path, limit);
            return false;
        }
        buf_put(out, block, (size_t)n);
    }
}

bool file_read(const char *path, size_t limit, struct buf *out, struct source from, struct diag *diag)
{
    /* O_NONBLOCK: to open a pipe that nobody writes must not hang. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return tell_missing(path, errno, from, diag);
    buf_clear(out);
    bool good = false;
    struct stat st;
    if (fstat(fd, &st) < 0) {
        tell_missing(path, errno, from, diag);
    } else if (!S_ISREG(st.st_mode)) {
        diag_error(diag, from, "E903", S_ISDIR(st.st_mode) ? _("\"%s\" is a folder, not a file")
                                                           : _("\"%s\" is not an ordinary file"), path);
    } else {
        if ((size_t)st.st_size <= limit)   /* growing by and by would take half as much again */
            buf_reserve(out, (size_t)st.st_size);
        good = read_all(fd, path, limit, out, from, diag);
    }
    close(fd);
    return good;
}

/* ---- names ---------------------------------------------------------------------------------------------------- */

/* Does the name climb above its start, taken as written? */
static bool climbs_out(const char *name)
{
    int depth = 0;
    for (const char *p = name; *p;) {
        size_t n = strcspn(p, "/");
        if (n == 2 && p[0] == '.' && p[1] == '.')
            depth--;
        else if (n && !(n == 1 && p[0] == '.'))
            depth++;
        if (depth < 0)
            return true;
        p += n;
        p += *p == '/';
    }
    return false;
}

static bool inside(const char *folder, const char *path)
{
    size_t n = strlen(folder);
    if (n == 1)                                  /* the root holds everything */
        return true;
    return !strncmp(folder, path, n) && (path[n] == '/' || !path[n]);
}

char *file_resolve(const char *folder, const char *name, struct source from, struct diag *diag)
{
    if (!*name) {
        diag_error(diag, from, "E905", _("the file name is empty"));
        return NULL;
    }
    if (*name == '/' || climbs_out(name)) {
        diag_error(diag, from, "E906", _("the file \"%s\" lies outside the folder \"%s\""), name, folder);
        diag_remedy(diag, _("put the file in that folder or below it, and name it without \"..\" and without a leading \"/\""));
        return NULL;
    }
    char *path = !strcmp(folder, ".") ? copy(name, strlen(name)) : join(folder, name);
    char *real_folder = realpath(folder, NULL), *real_path = realpath(path, NULL);
    bool good = false;
    if (!real_folder || !real_path) {
        tell_missing(path, errno, from, diag);
        if (strchr(name, '\\'))
            diag_remedy(diag, _("write \"/\" between folder and file, not \"\\\""));
    } else if (!inside(real_folder, real_path)) {
        diag_error(diag, from, "E906", _("the file \"%s\" is a link that leads out of the folder \"%s\""), name, folder);
        diag_remedy(diag, _("put the file itself in the folder"));
    } else {
        good = true;
    }
    free(real_folder);
    free(real_path);
    if (good)
        return path;
    mem_free(path);
    return NULL;
}

char *file_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return copy(".", 1);
    return slash == path ? copy("/", 1) : copy(path, (size_t)(slash - path));
}

const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

/* ---- writing -------------------------------------------------------------------------------------------------- */

static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n) {
        ssize_t written = write(fd, bytes, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        n -= (size_t)written;
    }
    return true;
}

static bool tell_unwritten(const char *path, int error, struct diag *diag)
{
    diag_error(diag, (struct source){ 0 }, "E907", _("the file \"%s\" cannot be written: %s"), path, strerror(error));
    return false;
}

/* A pipe or a device is written in place: renaming over /dev/null would replace it. */
static bool write_in_place(const char *path, const void *bytes, size_t n, struct diag *diag)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return tell_unwritten(path, errno, diag);
    bool good = write_all(fd, bytes, n);
    int error = errno;
    if (close(fd) < 0 && good) {
        good = false;
        error = errno;
    }
    return good || tell_unwritten(path, error, diag);
}

/* A new file of our own in `folder`, with the rights that the user's umask gives. */
static int open_temporary(const char *folder, char **path)
{
    for (unsigned i = 0; i < 1000; i++) {
        char name[64];
        snprintf(name, sizeof name, ".plantryk-%ld-%u", (long)getpid(), i);
        *path = join(folder, name);
        int fd = open(*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (fd >= 0)
            return fd;
        mem_free(*path);
        *path = NULL;
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

static bool write_and_rename(const char *folder, const char *path, const struct stat *earlier, const void *bytes, size_t n,
                             struct diag *diag)
{
    char *temporary = NULL;
    int fd = open_temporary(folder, &temporary);
    if (fd < 0)
        return tell_unwritten(path, errno, diag);
    bool good = write_all(fd, bytes, n) && (!earlier || fchmod(fd, earlier->st_mode & 0777) == 0) && fsync(fd) == 0;
    int error = errno;
    if (close(fd) < 0 && good) {
        good = false;
        error = errno;
    }
    if (good && rename(temporary, path) < 0) {
        good = false;
        error = errno;
    }
    if (good)
        sync_folder(folder);
    else
        unlink(temporary);
    mem_free(temporary);
    return good || tell_unwritten(path, error, diag);
}

bool file_write(const char *path, const void *bytes, size_t n, struct diag *diag)
{
    struct stat st;
    bool exists = stat(path, &st) == 0;
    if (exists && S_ISDIR(st.st_mode))
        return tell_unwritten(path, EISDIR, diag);
    if (exists && !S_ISREG(st.st_mode))
        return write_in_place(path, bytes, n, diag);
    char *folder = file_folder(path);
    bool good = write_and_rename(folder, path, exists ? &st : NULL, bytes, n, diag);
    mem_free(folder);
    return good;
}

bool file_make_folder(const char *path, struct diag *diag)
{
    char *partial = copy(path, strlen(path));
    int error = 0;
    for (char *p = partial; *p && !error;) {
        p += strspn(p, "/");
        p += strcspn(p, "/");
        char cut = *p;
        *p = '\0';
        if (mkdir(partial, 0777) < 0 && errno != EEXIST)
            error = errno;
        *p = cut;
    }
    mem_free(partial);
    struct stat st;
    if (!error && (stat(path, &st) < 0 || !S_ISDIR(st.st_mode)))
        error = ENOTDIR;
    if (error)
        diag_error(diag, (struct source){ 0 }, "E908", _("the folder \"%s\" cannot be made: %s"), path, strerror(error));
    return !error;
}

char *file_make_scratch(struct diag *diag)
{
    const char *set = getenv("TMPDIR");
    struct buf path = BUF_EMPTY;
    buf_printf(&path, "%s/plantryk-XXXXXX", set && *set ? set : "/tmp");
    if (mkdtemp(path.data))
        return path.data;
    diag_error(diag, (struct source){ 0 }, "E908", _("the folder \"%s\" cannot be made: %s"), path.data, strerror(errno));
    buf_free(&path);
    return NULL;
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind, (void)at;
    return remove(path);
}

void file_remove_folder(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* ---- the program's own data ------------------------------------------------------------------------------------- */

static char data_folder[PATH_MAX];

/* A program that runs out of the build tree uses the build's data; an installed one what stands at ../share from
   it, so that the whole can be moved; else what was set at configure time. */
static void find_data_folder(void)
{
    const char *set = getenv("PLANTRYK_DATA");
    if (set && *set) {
        snprintf(data_folder, sizeof data_folder, "%s", set);
        return;
    }
    char program[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    program[n > 0 ? n : 0] = '\0';
    if (inside(PLANTRYK_BUILD_DIR, program)) {
        snprintf(data_folder, sizeof data_folder, "%s/share/plantryk", PLANTRYK_BUILD_DIR);
        return;
    }
    char *folder = file_folder(program);
    int length = snprintf(data_folder, sizeof data_folder, "%s/../share/plantryk", folder);
    mem_free(folder);
    if (length >= (int)sizeof data_folder || !file_exists(data_folder))
        snprintf(data_folder, sizeof data_folder, "%s", PLANTRYK_DATA_DIR);
}

const char *file_data_folder(void)
{
    if (!*data_folder)
        find_data_folder();
    return data_folder;
}

char *file_data(const char *sub)
{
    return join(file_data_folder(), sub);
}
