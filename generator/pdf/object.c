#include "pdf/object.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <hpdf.h>
#include <hpdf_utils.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "pdf/packer.h"

struct lean {
    pdf_object_writer *write;
    const void *context;
};

struct pdf_objects {
    HPDF_Error_Rec error;                  /* sticky: one look before saving is enough */
    HPDF_MMgr memory;
    HPDF_Xref table;
    HPDF_Stream writer;                    /* libharu writes through it into `target` */
    struct buf *target;
    struct buf file;
    struct buf scratch;
    struct pdf_packer *packer;             /* has `file` until it is settled */
    unsigned char *streams;                /* by object number: 1 for one that the packer has */
    size_t stream_capacity;
    bool plain;
    struct lean *leans;                    /* by object number: those that are lean dictionaries have a writer */
    size_t lean_capacity;
    struct arena *arena;                   /* texts of dictionaries */
};

/* ---- the table ----------------------------------------------------------------------------------------- */

static void *HPDF_STDCALL take_memory(HPDF_UINT size)
{
    return mem_alloc(size);
}

static void HPDF_STDCALL give_memory(void *p)
{
    mem_free(p);
}

static HPDF_STATUS write_target(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n)
{
    struct pdf_objects *objects = stream->attr;
    buf_put(objects->target, bytes, n);
    return HPDF_OK;
}

struct pdf_objects *pdf_objects_new(bool plain)
{
    struct pdf_objects *o = mem_alloc(sizeof *o);
    o->plain = plain;
    /* No handler: libharu calls it only from functions that are not used here; its error number stays set. */
    HPDF_Error_Init(&o->error, NULL);
    o->memory = HPDF_MMgr_New(&o->error, 0, take_memory, give_memory);
    o->table = HPDF_Xref_New(o->memory, 0);
    o->writer = HPDF_CallbackWriter_New(o->memory, write_target, o);
    o->packer = pdf_packer_new(&o->file);
    o->arena = arena_new();
    if (!o->memory || !o->table || !o->writer)
        abort();
    return o;
}

void pdf_objects_free(struct pdf_objects *o)
{
    if (!o)
        return;
    HPDF_Stream_Free(o->writer);
    HPDF_Xref_Free(o->table);
    HPDF_MMgr_Free(o->memory);
    pdf_packer_free(o->packer);
    arena_free(o->arena);
    mem_free(o->streams);
    mem_free(o->leans);
    buf_free(&o->file);
    buf_free(&o->scratch);
    mem_free(o);
}

struct buf *pdf_objects_settle(struct pdf_objects *o)
{
    pdf_packer_settle(o->packer);
    return &o->file;
}

unsigned pdf_objects_count(const struct pdf_objects *o)
{
    return o->table->entries->count;
}

size_t pdf_objects_offset(const struct pdf_objects *o, unsigned number)
{
    return pdf_packer_offset(o->packer, number);
}

bool pdf_objects_is_stream(const struct pdf_objects *o, unsigned number)
{
    return number < o->stream_capacity && o->streams[number];
}

unsigned long pdf_objects_error(const struct pdf_objects *o)
{
    return o->error.error_no;
}

static void write_object(struct pdf_objects *o, void *object, struct buf *out)
{
    o->target = out;
    HPDF_Obj_WriteValue(object, o->writer, NULL);
}

void pdf_objects_write(struct pdf_objects *o, unsigned number, struct buf *out)
{
    if (number < o->lean_capacity && o->leans[number].write) {
        buf_puts(out, "<<\n");
        o->leans[number].write(o->leans[number].context, out);
        buf_puts(out, ">>");
        return;
    }
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(o->table, number);
    write_object(o, entry->obj, out);
}

/* ---- objects from notation ----------------------------------------------------------------------------- */

static void *parse_value(struct pdf_objects *, const char **s, va_list *values);

static void skip_space(const char **s)
{
    while (isspace((unsigned char)**s))
        ++*s;
}

/* A run of regular characters (ISO 32000-1, 7.2.2). */
static void take_word(const char **s, char *word, size_t room)
{
    size_t n = 0;
    (void)room;                            /* read only where assertions are */
    while (**s && !isspace((unsigned char)**s) && !strchr("/[]<>()%", **s)) {
        assert(n + 1 < room);
        word[n++] = *(*s)++;
    }
    word[n] = '\0';
}

static void parse_entries(struct pdf_objects *o, HPDF_Dict dictionary, const char **s, va_list *values)
{
    for (skip_space(s); **s == '/'; skip_space(s)) {
        char key[HPDF_LIMIT_MAX_NAME_LEN + 1];
        ++*s;
        take_word(s, key, sizeof key);
        HPDF_Dict_Add(dictionary, key, parse_value(o, s, values));
    }
}

static HPDF_Dict parse_dictionary(struct pdf_objects *o, const char **s, va_list *values)
{
    HPDF_Dict dictionary = HPDF_Dict_New(o->memory);
    *s += 2;
    parse_entries(o, dictionary, s, values);
    assert(!strncmp(*s, ">>", 2));
    *s += 2;
    return dictionary;
}

static HPDF_Array parse_array(struct pdf_objects *o, const char **s, va_list *values)
{
    HPDF_Array array = HPDF_Array_New(o->memory);
    ++*s;
    for (skip_space(s); **s != ']'; skip_space(s))
        HPDF_Array_Add(array, parse_value(o, s, values));
    ++*s;
    return array;
}

static void *make_text_string(struct pdf_objects *o, const char *utf8);

static void *parse_place(struct pdf_objects *o, const char **s, va_list *values)
{
    char kind = (*s)[1];
    *s += 2;
    switch (kind) {
    case 'o':
        return va_arg(*values, void *);
    case 'd':
        return HPDF_Number_New(o->memory, va_arg(*values, int));
    case 'n':
        return HPDF_Name_New(o->memory, va_arg(*values, const char *));
    case 's':
        return HPDF_String_New(o->memory, va_arg(*values, const char *), NULL);
    case 't':
        return make_text_string(o, va_arg(*values, const char *));
    }
    assert(!"unknown place in a notation");
    return NULL;
}

static void *parse_value(struct pdf_objects *o, const char **s, va_list *values)
{
    char word[HPDF_LIMIT_MAX_NAME_LEN + 1];
    skip_space(s);
    switch (**s) {
    case '%':
        return parse_place(o, s, values);
    case '<':
        return parse_dictionary(o, s, values);
    case '[':
        return parse_array(o, s, values);
    case '/':
        ++*s;
        take_word(s, word, sizeof word);
        return HPDF_Name_New(o->memory, word);
    }
    take_word(s, word, sizeof word);
    if (!strcmp(word, "true") || !strcmp(word, "false"))
        return HPDF_Boolean_New(o->memory, word[0] == 't');
    if (!strcmp(word, "null"))
        return HPDF_Null_New(o->memory);
    return HPDF_Number_New(o->memory, atoi(word));
}

struct pdf_object *pdf_object_make(struct pdf_objects *o, const char *notation, ...)
{
    va_list values;
    va_start(values, notation);
    struct pdf_object *object = parse_value(o, &notation, &values);
    va_end(values);
    return object;
}

void pdf_object_put(struct pdf_objects *o, struct pdf_object *dictionary, const char *entries, ...)
{
    va_list values;
    va_start(values, entries);
    parse_entries(o, (HPDF_Dict)dictionary, &entries, &values);
    va_end(values);
}

void pdf_object_append(struct pdf_objects *o, struct pdf_object *array, struct pdf_object *object)
{
    (void)o;
    HPDF_Array_Add((HPDF_Array)array, object);
}

struct pdf_object *pdf_object_indirect(struct pdf_objects *o, struct pdf_object *object)
{
    HPDF_Xref_Add(o->table, object);
    return object;
}

unsigned pdf_object_number(const struct pdf_object *object)
{
    return ((const HPDF_Obj_Header *)(const void *)object)->obj_id & 0x00FFFFFFu;
}

/* ---- dictionaries of text: libharu calls write_fn between the entries and ">>" -------------------------- */

struct text {
    struct pdf_objects *objects;
    const char *entries;
    size_t length;
};

static HPDF_STATUS write_text(HPDF_Dict dictionary, HPDF_Stream stream)
{
    const struct text *text = dictionary->attr;
    (void)stream;
    buf_put(text->objects->target, text->entries, text->length);
    return HPDF_OK;
}

struct pdf_object *pdf_object_text(struct pdf_objects *o, const char *entries, size_t n)
{
    HPDF_Dict dictionary = HPDF_Dict_New(o->memory);
    struct text text = { o, arena_strndup(o->arena, entries, n), n };
    dictionary->attr = arena_copy(o->arena, &text, sizeof text);
    dictionary->write_fn = write_text;
    return (struct pdf_object *)dictionary;
}

/* ---- what has only a number in libharu's table ------------------------------------------------------------ */

static void *take_number(struct pdf_objects *o)
{
    void *number = HPDF_Null_New(o->memory);
    HPDF_Xref_Add(o->table, number);
    return number;
}

struct pdf_object *pdf_object_lean(struct pdf_objects *o, pdf_object_writer *write, const void *context)
{
    void *number = take_number(o);
    unsigned id = pdf_object_number(number);
    size_t had = o->lean_capacity;
    VEC_GROW(o->leans, o->lean_capacity, id + 1);
    memset(o->leans + had, 0, (o->lean_capacity - had) * sizeof *o->leans);
    o->leans[id] = (struct lean){ write, context };
    return number;
}

/* ---- streams: given to the packer at once, so that no page's content waits in memory ------------------- */

/* The dictionary up to its closing brackets, to which the packer adds Filter and Length. */
static void open_dictionary(struct pdf_objects *o, HPDF_Dict dictionary)
{
    buf_clear(&o->scratch);
    if (!dictionary) {
        buf_puts(&o->scratch, "<<");
        return;
    }
    write_object(o, dictionary, &o->scratch);
    o->scratch.length -= 2;
    HPDF_Dict_Free(dictionary);
}

struct pdf_object *pdf_object_stream(struct pdf_objects *o, struct pdf_object *dictionary, const void *bytes, size_t n,
                                     enum pdf_packing packing)
{
    static const enum pdf_filter filters[] = { PDF_FILTER_NONE, PDF_FILTER_FLATE, PDF_FILTER_FLATE, PDF_FILTER_DCT };
    void *number = take_number(o);
    unsigned id = pdf_object_number(number);
    size_t had = o->stream_capacity;
    VEC_GROW(o->streams, o->stream_capacity, id + 1);
    memset(o->streams + had, 0, o->stream_capacity - had);
    o->streams[id] = 1;
    open_dictionary(o, (HPDF_Dict)dictionary);
    pdf_packer_put(o->packer, id, &o->scratch, bytes, n,
                   packing == PDF_DEFLATE && o->plain ? PDF_FILTER_NONE : filters[packing]);
    return number;
}

void pdf_objects_put_stream(struct pdf_objects *o, unsigned number, const char *entries, const void *bytes, size_t n)
{
    buf_clear(&o->scratch);
    buf_puts(&o->scratch, "<<");
    buf_puts(&o->scratch, entries);
    pdf_packer_put(o->packer, number, &o->scratch, bytes, n, PDF_FILTER_FLATE);
}

/* ---- strings and names --------------------------------------------------------------------------------- */

/* The byte of PDFDocEncoding, 0 when it has none (or one that needs a look into the table of Annex D, left to UTF-16). */
static unsigned char pdfdoc_byte(uint32_t c)
{
    return (c >= 0x20 && c < 0x7F) || (c > 0xA0 && c <= 0xFF && c != 0xAD) || c == '\n' ? (unsigned char)c : 0;
}

static bool encode_pdfdoc(const char *s, size_t n, struct buf *out)
{
    for (size_t at = 0; at < n;) {
        uint32_t c;
        at += utf8_decode(s + at, n - at, &c);
        if (!pdfdoc_byte(c))
            return false;
        buf_putc(out, (char)pdfdoc_byte(c));
    }
    return true;
}

static void encode_utf16(const char *s, size_t n, struct buf *out)
{
    buf_put(out, "\xFE\xFF", 2);
    for (size_t at = 0; at < n;) {
        uint32_t c, units[2];
        at += utf8_decode(s + at, n - at, &c);
        int count = c > 0xFFFF ? 2 : 1;
        units[0] = c > 0xFFFF ? 0xD800 + ((c - 0x10000) >> 10) : c;
        units[1] = 0xDC00 + ((c - 0x10000) & 0x3FF);
        for (int i = 0; i < count; i++) {
            buf_putc(out, (char)(units[i] >> 8));
            buf_putc(out, (char)(units[i] & 0xFF));
        }
    }
}

static void encode_text(const char *utf8, struct buf *out)
{
    size_t n = strlen(utf8);
    if (encode_pdfdoc(utf8, n, out))
        return;
    buf_clear(out);
    encode_utf16(utf8, n, out);
}

static void *make_text_string(struct pdf_objects *o, const char *utf8)
{
    struct buf bytes = BUF_EMPTY;
    encode_text(utf8, &bytes);
    void *string = HPDF_Binary_New(o->memory, (HPDF_BYTE *)bytes.data, (HPDF_UINT)bytes.length);
    buf_free(&bytes);
    return string;
}

static const char hex_digits[] = "0123456789ABCDEF";

void pdf_put_text(struct buf *out, const char *utf8)
{
    struct buf bytes = BUF_EMPTY;
    encode_text(utf8, &bytes);
    if (bytes.length >= 2 && (unsigned char)bytes.data[0] == 0xFE && (unsigned char)bytes.data[1] == 0xFF) {
        buf_putc(out, '<');
        for (size_t i = 0; i < bytes.length; i++) {
            buf_putc(out, hex_digits[(unsigned char)bytes.data[i] >> 4]);
            buf_putc(out, hex_digits[bytes.data[i] & 15]);
        }
        buf_putc(out, '>');
    } else {
        pdf_put_literal(out, bytes.data, bytes.length);
    }
    buf_free(&bytes);
}

void pdf_put_literal(struct buf *out, const void *bytes, size_t n)
{
    const char *s = bytes;
    buf_putc(out, '(');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '(' || s[i] == ')' || s[i] == '\\')
            buf_putc(out, '\\');
        if (s[i] == '\r')                  /* a bare one would be read as a line feed (7.3.4.2) */
            buf_puts(out, "\\r");
        else
            buf_putc(out, s[i]);
    }
    buf_putc(out, ')');
}

void pdf_put_name(struct buf *out, const char *name)
{
    buf_putc(out, '/');
    for (const unsigned char *s = (const unsigned char *)name; *s; s++) {
        if (*s > ' ' && *s < 0x7F && !strchr("#/()<>[]{}%", *s)) {
            buf_putc(out, (char)*s);
        } else {
            buf_putc(out, '#');
            buf_putc(out, hex_digits[*s >> 4]);
            buf_putc(out, hex_digits[*s & 15]);
        }
    }
}

void pdf_put_real(struct buf *out, double v, int decimals)
{
    buf_put_real(out, isnan(v) ? 0 : v > 1e8 ? 1e8 : v < -1e8 ? -1e8 : v, decimals);
}

void pdf_put_reference(struct buf *out, unsigned number)
{
    buf_putc(out, ' ');
    buf_put_int(out, number);
    buf_puts(out, " 0 R");
}
