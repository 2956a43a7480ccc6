#include "pdf/read.h"

#include <libdeflate.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/library.h"

/* Opened at need: libqpdf brings nine libraries, GnuTLS and OpenSSL among them, which take every process 5 ms. */
#define QPDF(F) F(qpdf_cleanup) F(qpdf_get_error) F(qpdf_get_root) F(qpdf_has_error) F(qpdf_init) \
    F(qpdf_oh_get_array_item) F(qpdf_oh_get_array_n_items) F(qpdf_oh_get_dict) F(qpdf_oh_get_int_value) \
    F(qpdf_oh_get_key) F(qpdf_oh_get_name) F(qpdf_oh_get_stream_data) F(qpdf_oh_get_utf8_value) F(qpdf_oh_is_array) \
    F(qpdf_oh_is_dictionary) F(qpdf_oh_is_integer) F(qpdf_oh_is_name) F(qpdf_oh_is_null) F(qpdf_oh_is_stream) \
    F(qpdf_oh_is_string) F(qpdf_read_memory) F(qpdf_set_suppress_warnings) F(qpdf_silence_errors)
static struct { QPDF(LIBRARY_SLOT) } lib;
static const char *const lib_names[] = { QPDF(LIBRARY_NAME) NULL };

enum { DEEPEST = 16 };                     /* of a name tree: ours has two levels */

struct reading {
    qpdf_data qpdf;
    const char *path;
    struct arena *arena;
    struct diag *diag;
    struct pdf_attachment *files;
    size_t count, capacity, bytes;         /* of all files so far */
    bool failed;
};

static void refuse(struct reading *r, const char *why)
{
    if (!r->failed) {
        diag_error(r->diag, (struct source){ r->path, 0, 0 }, "E740", _("this PDF cannot be read: %s"), why);
        diag_remedy(r->diag, _("use a screen edition that Plantryk has written"));
    }
    r->failed = true;
}

static const char *text_of(struct reading *r, qpdf_oh dictionary, const char *key)
{
    qpdf_oh value = lib.qpdf_oh_get_key(r->qpdf, dictionary, key);
    if (lib.qpdf_oh_is_name(r->qpdf, value))
        return arena_strdup(r->arena, lib.qpdf_oh_get_name(r->qpdf, value) + 1);
    return lib.qpdf_oh_is_string(r->qpdf, value) ? arena_strdup(r->arena, lib.qpdf_oh_get_utf8_value(r->qpdf, value)) : NULL;
}

/* The bytes as they stand in the file: they are inflated here, where their size is known to be bearable. */
static unsigned char *raw_bytes(struct reading *r, qpdf_oh stream, size_t *n)
{
    unsigned char *bytes = NULL;
    QPDF_BOOL filtered;
    if (lib.qpdf_oh_get_stream_data(r->qpdf, stream, qpdf_dl_none, &filtered, &bytes, n) & QPDF_ERRORS) {
        free(bytes);
        return NULL;
    }
    return bytes;
}

static bool inflate(struct reading *r, const unsigned char *bytes, size_t n, size_t size, struct pdf_attachment *file)
{
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    unsigned char *out = arena_alloc(r->arena, size + 1);
    size_t got = 0;
    bool good = d && libdeflate_zlib_decompress(d, bytes, n, out, size, &got) == LIBDEFLATE_SUCCESS && got == size;
    libdeflate_free_decompressor(d);
    file->bytes = out;
    file->size = size;
    return good;
}

/* Only Flate or nothing, and the size that Params says: all that our own files use, and nothing that could swell. */
static bool read_bytes(struct reading *r, qpdf_oh stream, struct pdf_attachment *file)
{
    qpdf_oh dictionary = lib.qpdf_oh_get_dict(r->qpdf, stream);
    qpdf_oh filter = lib.qpdf_oh_get_key(r->qpdf, dictionary, "/Filter");
    qpdf_oh size = lib.qpdf_oh_get_key(r->qpdf, lib.qpdf_oh_get_key(r->qpdf, dictionary, "/Params"), "/Size");
    long long whole = lib.qpdf_oh_is_integer(r->qpdf, size) ? lib.qpdf_oh_get_int_value(r->qpdf, size) : -1;
    bool flate = lib.qpdf_oh_is_name(r->qpdf, filter) && !strcmp(lib.qpdf_oh_get_name(r->qpdf, filter), "/FlateDecode");
    size_t n = 0;
    if (whole < 0 || whole > (long long)(PDF_READ_BYTES - r->bytes) || !(flate || lib.qpdf_oh_is_null(r->qpdf, filter)))
        return false;
    unsigned char *raw = raw_bytes(r, stream, &n);
    bool good = false;
    if (raw && flate) {
        good = inflate(r, raw, n, (size_t)whole, file);
    } else if (raw && n == (size_t)whole) {
        file->bytes = arena_copy(r->arena, raw, n);
        file->size = n;
        good = true;
    }
    free(raw);
    r->bytes += good ? file->size : 0;
    return good;
}

static void read_file(struct reading *r, qpdf_oh spec)
{
    struct pdf_attachment file = { 0 };
    if (!lib.qpdf_oh_is_dictionary(r->qpdf, spec))
        return;
    qpdf_oh stream = lib.qpdf_oh_get_key(r->qpdf, lib.qpdf_oh_get_key(r->qpdf, spec, "/EF"), "/F");
    file.name = text_of(r, spec, "/UF");
    file.description = text_of(r, spec, "/Desc");
    file.relationship = text_of(r, spec, "/AFRelationship");
    if (!file.name || !lib.qpdf_oh_is_stream(r->qpdf, stream))
        return;
    file.mime = text_of(r, lib.qpdf_oh_get_dict(r->qpdf, stream), "/Subtype");
    if (r->count >= PDF_READ_FILES) {
        refuse(r, _("it holds too many files"));
        return;
    }
    if (!read_bytes(r, stream, &file)) {
        refuse(r, _("a file inside is broken or too large"));
        return;
    }
    VEC_GROW(r->files, r->capacity, r->count + 1);
    r->files[r->count++] = file;
}

static void read_names(struct reading *r, qpdf_oh node, int depth)
{
    if (depth > DEEPEST || r->failed || !lib.qpdf_oh_is_dictionary(r->qpdf, node))
        return;
    qpdf_oh kids = lib.qpdf_oh_get_key(r->qpdf, node, "/Kids"), names = lib.qpdf_oh_get_key(r->qpdf, node, "/Names");
    int n = lib.qpdf_oh_is_array(r->qpdf, kids) ? lib.qpdf_oh_get_array_n_items(r->qpdf, kids) : 0;
    for (int i = 0; i < n && i < PDF_READ_FILES && !r->failed; i++)
        read_names(r, lib.qpdf_oh_get_array_item(r->qpdf, kids, i), depth + 1);
    n = lib.qpdf_oh_is_array(r->qpdf, names) ? lib.qpdf_oh_get_array_n_items(r->qpdf, names) : 0;
    for (int i = 1; i < n && !r->failed; i += 2)
        read_file(r, lib.qpdf_oh_get_array_item(r->qpdf, names, i));
}

static void read_catalog(struct reading *r)
{
    qpdf_oh root = lib.qpdf_get_root(r->qpdf);
    qpdf_oh names = lib.qpdf_oh_is_dictionary(r->qpdf, root) ? lib.qpdf_oh_get_key(r->qpdf, root, "/Names") : root;
    if (lib.qpdf_oh_is_dictionary(r->qpdf, names))
        read_names(r, lib.qpdf_oh_get_key(r->qpdf, names, "/EmbeddedFiles"), 0);
}

bool pdf_decode_attachments(const char *name, const void *bytes, size_t size, struct arena *arena,
                            const struct pdf_attachment **attachments, size_t *n, struct diag *diag)
{
    *n = 0;
    if (!library_open("libqpdf.so.29", lib_names, &lib, (struct source){ name, 0, 0 }, diag))
        return false;
    struct reading r = { .qpdf = lib.qpdf_init(), .path = name, .arena = arena, .diag = diag };
    lib.qpdf_silence_errors(r.qpdf);
    lib.qpdf_set_suppress_warnings(r.qpdf, QPDF_TRUE);
    if (lib.qpdf_read_memory(r.qpdf, name, bytes, size, NULL) & QPDF_ERRORS)
        refuse(&r, _("it is broken or no PDF at all"));
    else
        read_catalog(&r);
    while (lib.qpdf_has_error(r.qpdf))         /* looked at, or it is written to the terminal */
        lib.qpdf_get_error(r.qpdf);
    *attachments = arena_copy(arena, r.files, r.count * sizeof *r.files);
    *n = r.count;
    mem_free(r.files);
    lib.qpdf_cleanup(&r.qpdf);
    return !r.failed;
}

bool pdf_read_attachments(const char *path, struct arena *arena, const struct pdf_attachment **attachments, size_t *n,
                          struct diag *diag)
{
    struct buf file = BUF_EMPTY;
    *n = 0;
    bool good = file_read(path, PDF_READ_BYTES, &file, (struct source){ 0 }, diag) &&
                pdf_decode_attachments(path, buf_text(&file), file.length, arena, attachments, n, diag);
    buf_free(&file);
    return good;
}
