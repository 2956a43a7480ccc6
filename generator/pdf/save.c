/* Saving: what is not in the file yet goes into object streams, then a cross-reference stream (ISO 32000-1, 7.5.7, 7.5.8);
   or, for reading by eye, everything plain with a classic table. libharu writes only the latter, and from memory. */
#include <libdeflate.h>
#include <string.h>

#include "base/hash.h"
#include "pdf/pdf_internal.h"

enum { PACKED = 200 };                     /* objects in an object stream */

struct entry {
    unsigned char type;                    /* 0 free, 1 in the file, 2 in an object stream */
    size_t place;                          /* offset, or number of the object stream */
    unsigned index;                        /* in the object stream */
};

struct table {
    struct entry *entries;
    size_t count, capacity;
};

static void put_entry(struct table *t, size_t number, struct entry e)
{
    size_t had = t->count;
    if (number >= t->count)
        t->count = number + 1;
    VEC_GROW(t->entries, t->capacity, t->count);
    if (t->count > had)
        memset(t->entries + had, 0, (t->count - had) * sizeof *t->entries);
    t->entries[number] = e;
}

void pdf_save_begin(struct pdf_document *document)
{
    /* The second line marks the file as binary (7.5.2); X-4 is built on PDF 1.6 (ISO 15930-7, 6.1). */
    const char *version = document->options.claims & PDF_X_4 ? "1.6" : "1.7";
    buf_printf(pdf_objects_settle(document->objects), "%%PDF-%s\n%%\xE2\xE3\xCF\xD3\n", version);
}

/* /ID (14.4): the caller's hash of the inputs, and a sum over the contents, so that two editions differ. */
static void put_id(struct pdf_document *document, struct buf *out)
{
    const struct buf *file = pdf_objects_settle(document->objects);
    struct buf seed = BUF_EMPTY;
    unsigned char digest[32];
    struct sha256 sha;
    buf_printf(&seed, "%s|%u|%08x|%zu", document->options.id_seed ? document->options.id_seed : "",
               document->options.claims, libdeflate_crc32(0, file->data, file->length), file->length);
    sha256_begin(&sha);
    sha256_put(&sha, seed.data, seed.length);
    sha256_end(&sha, digest);
    buf_free(&seed);
    buf_puts(out, "/ID[");
    for (int twice = 0; twice < 2; twice++) {
        buf_putc(out, '<');
        for (int i = 0; i < 16; i++)
            buf_printf(out, "%02X", digest[i]);
        buf_putc(out, '>');
    }
    buf_putc(out, ']');
}

static void put_trailer(struct pdf_document *document, size_t size, struct buf *out)
{
    buf_printf(out, "/Size %zu/Root %u 0 R/Info %u 0 R", size, pdf_object_number(document->catalog),
               pdf_object_number(document->info));
    put_id(document, out);
}

/* ---- object streams ------------------------------------------------------------------------------------ */

static void write_object_stream(struct pdf_document *document, const struct buf *index, const struct buf *body,
                                unsigned count, size_t number)
{
    struct buf all = BUF_EMPTY, entries = BUF_EMPTY;
    buf_put(&all, index->data, index->length);
    buf_put(&all, body->data, body->length);
    buf_printf(&entries, "/Type/ObjStm/N %u/First %zu", count, index->length);
    pdf_objects_put_stream(document->objects, (unsigned)number, entries.data, all.data, all.length);
    buf_free(&all);
    buf_free(&entries);
}

/* One object stream from `*at` on; returns how many objects went in. */
static unsigned pack_objects(struct pdf_document *document, unsigned *at, unsigned count, size_t number,
                             struct table *table)
{
    struct pdf_objects *objects = document->objects;
    struct buf index = BUF_EMPTY, body = BUF_EMPTY;
    unsigned n = 0;
    for (; *at < count && n < PACKED; ++*at) {
        if (pdf_objects_is_stream(objects, *at))
            continue;
        buf_printf(&index, "%u %zu ", *at, body.length);
        pdf_objects_write(objects, *at, &body);
        buf_putc(&body, '\n');
        put_entry(table, *at, (struct entry){ 2, number, n++ });
    }
    if (n)
        write_object_stream(document, &index, &body, n, number);
    buf_free(&index);
    buf_free(&body);
    return n;
}

static int bytes_for(size_t v)
{
    int n = 1;
    while (v >>= 8)
        n++;
    return n;
}

static void put_big_endian(struct buf *out, size_t v, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        buf_putc(out, (char)(v >> (8 * i) & 0xFF));
}

static void write_table_stream(struct pdf_document *document, struct table *table)
{
    struct buf *file = pdf_objects_settle(document->objects);
    size_t at = file->length, number = table->count;
    struct buf rows = BUF_EMPTY, entries = BUF_EMPTY;
    int width = bytes_for(at);
    put_entry(table, number, (struct entry){ 1, at, 0 });
    table->entries[0] = (struct entry){ 0, 0, 65535 };
    for (size_t i = 0; i < table->count; i++) {
        struct entry e = table->entries[i];
        size_t offset = i && i < number ? pdf_objects_offset(document->objects, (unsigned)i) : 0;
        if (offset)
            e = (struct entry){ 1, offset, 0 };
        buf_putc(&rows, (char)e.type);
        put_big_endian(&rows, e.place, width);
        put_big_endian(&rows, e.index, 2);
    }
    buf_printf(&entries, "/Type/XRef/W[1 %d 2]", width);
    put_trailer(document, table->count, &entries);
    pdf_objects_put_stream(document->objects, (unsigned)number, entries.data, rows.data, rows.length);
    buf_printf(pdf_objects_settle(document->objects), "startxref\n%zu\n%%%%EOF\n", at);
    buf_free(&rows);
    buf_free(&entries);
}

static void save_packed(struct pdf_document *document)
{
    struct table table = { 0 };
    unsigned count = pdf_objects_count(document->objects), at = 1;
    size_t number = count;
    while (at < count)
        number += pack_objects(document, &at, count, number, &table) > 0;
    put_entry(&table, number - 1, (struct entry){ 0 });        /* streams have their places from the packer */
    write_table_stream(document, &table);
    mem_free(table.entries);
}

/* ---- the classic form ---------------------------------------------------------------------------------- */

static void save_classic(struct pdf_document *document)
{
    struct pdf_objects *objects = document->objects;
    struct buf *file = pdf_objects_settle(objects);
    unsigned count = pdf_objects_count(objects);
    size_t *offsets = mem_alloc(sizeof *offsets * count);
    for (unsigned i = 1; i < count; i++) {
        offsets[i] = pdf_objects_offset(objects, i);
        if (offsets[i])
            continue;
        offsets[i] = file->length;
        buf_printf(file, "%u 0 obj\n", i);
        pdf_objects_write(objects, i, file);
        buf_puts(file, "\nendobj\n");
    }
    size_t at = file->length;
    buf_printf(file, "xref\n0 %u\n0000000000 65535 f \n", count);
    for (unsigned i = 1; i < count; i++)
        buf_printf(file, "%010zu 00000 n \n", offsets[i]);
    buf_puts(file, "trailer\n<<");
    put_trailer(document, count, file);
    buf_printf(file, ">>\nstartxref\n%zu\n%%%%EOF\n", at);
    mem_free(offsets);
}

void pdf_save(struct pdf_document *document, struct buf *out)
{
    if (document->options.classic)
        save_classic(document);
    else
        save_packed(document);
    struct buf *file = pdf_objects_settle(document->objects);
    buf_free(out);
    *out = *file;                          /* the bytes change hands */
    *file = (struct buf)BUF_EMPTY;
}
