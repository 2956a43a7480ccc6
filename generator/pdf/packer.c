#include "pdf/packer.h"

#include <libdeflate.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum {
    LEVEL = 6,             /* on a plan: 1 takes half the time and 6 % more bytes, 9 twice the time and 1 % fewer */
    WAITING = 16           /* streams that may wait; more would only be memory */
};

struct job {
    char *bytes;           /* the dictionary, then the stream */
    size_t dictionary, length;
    unsigned number;
    enum pdf_filter filter;
};

struct pdf_packer {
    struct buf *file, packed;
    struct libdeflate_compressor *deflate;
    size_t *offsets;       /* by object number; 0: not in the file */
    size_t offset_capacity;
    struct job jobs[WAITING];
    size_t first, count;   /* a ring; the first stays in it until it is written */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool threaded, closing;
};

/* ---- the worker's side --------------------------------------------------------------------------------- */

static void note_offset(struct pdf_packer *p, unsigned number)
{
    size_t had = p->offset_capacity;
    VEC_GROW(p->offsets, p->offset_capacity, number + 1);
    memset(p->offsets + had, 0, (p->offset_capacity - had) * sizeof *p->offsets);
    p->offsets[number] = p->file->length;
}

static void deflate_job(struct pdf_packer *p, const char **bytes, size_t *n)
{
    size_t room = libdeflate_zlib_compress_bound(p->deflate, *n);
    VEC_GROW(p->packed.data, p->packed.capacity, room + 1);
    *n = libdeflate_zlib_compress(p->deflate, *bytes, *n, p->packed.data, room);
    *bytes = p->packed.data;
}

static void write_job(struct pdf_packer *p, const struct job *job)
{
    static const char *const filters[] = { "", "/Filter/FlateDecode", "/Filter/DCTDecode" };
    const char *bytes = job->bytes + job->dictionary;
    size_t n = job->length;
    note_offset(p, job->number);
    if (job->filter == PDF_FILTER_FLATE)
        deflate_job(p, &bytes, &n);
    buf_printf(p->file, "%u 0 obj\n", job->number);
    buf_put(p->file, job->bytes, job->dictionary);
    buf_printf(p->file, "%s/Length %zu>>stream\n", filters[job->filter], n);
    buf_put(p->file, bytes, n);
    buf_puts(p->file, "\nendstream\nendobj\n");
}

static void *work(void *data)
{
    struct pdf_packer *p = data;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (!p->count && !p->closing)
            pthread_cond_wait(&p->changed, &p->lock);
        if (!p->count)
            break;
        struct job job = p->jobs[p->first];
        pthread_mutex_unlock(&p->lock);
        write_job(p, &job);
        mem_free(job.bytes);
        pthread_mutex_lock(&p->lock);
        p->first = (p->first + 1) % WAITING;
        p->count--;
        pthread_cond_broadcast(&p->changed);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* ---- the painter's side -------------------------------------------------------------------------------- */

struct pdf_packer *pdf_packer_new(struct buf *file)
{
    struct pdf_packer *p = mem_alloc(sizeof *p);
    p->file = file;
    p->deflate = libdeflate_alloc_compressor(LEVEL);
    if (!p->deflate)
        abort();
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->changed, NULL);
    p->threaded = pthread_create(&p->thread, NULL, work, p) == 0;      /* without one, all is done here */
    return p;
}

void pdf_packer_free(struct pdf_packer *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->closing = true;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    if (p->threaded)
        pthread_join(p->thread, NULL);
    pthread_cond_destroy(&p->changed);
    pthread_mutex_destroy(&p->lock);
    libdeflate_free_compressor(p->deflate);
    mem_free(p->offsets);
    buf_free(&p->packed);
    mem_free(p);
}

void pdf_packer_put(struct pdf_packer *p, unsigned number, const struct buf *dictionary, const void *bytes, size_t n,
                    enum pdf_filter filter)
{
    struct job job = { mem_alloc(dictionary->length + n + 1), dictionary->length, n, number, filter };
    memcpy(job.bytes, buf_text(dictionary), dictionary->length);
    if (n)
        memcpy(job.bytes + dictionary->length, bytes, n);
    if (!p->threaded) {
        write_job(p, &job);
        mem_free(job.bytes);
        return;
    }
    pthread_mutex_lock(&p->lock);
    while (p->count == WAITING)
        pthread_cond_wait(&p->changed, &p->lock);
    p->jobs[(p->first + p->count++) % WAITING] = job;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

void pdf_packer_settle(struct pdf_packer *p)
{
    pthread_mutex_lock(&p->lock);
    while (p->count)
        pthread_cond_wait(&p->changed, &p->lock);
    pthread_mutex_unlock(&p->lock);
}

size_t pdf_packer_offset(const struct pdf_packer *p, unsigned number)
{
    return number < p->offset_capacity ? p->offsets[number] : 0;
}
