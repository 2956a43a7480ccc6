#include "pdf/object.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <hpdf.h>
#include <hpdf_utils.h>
#include <libdeflate.h>

#include "base/arena.h"
#include "base/utf8.h"

/* Deflate level of everything. The step from 6 to 9 saves 1 % of a plan and costs 0.3 ms a page. */
enum { PACK_LEVEL = 6 };

struct pdf_objects {
    HPDF_Error_Rec error;                  /* sticky: one look before saving is enough */
    HPDF_MMgr memory;
    HPDF_Xref table;
    HPDF_Stream writer;                    /* libharu writes through it into `target` */
    struct buf *target;
    struct buf file;
    struct buf scratch;
    size_t *offsets;                       /* by object number; 0: not in the file */
    size_t offset_capacity;
    struct libdeflate_compressor *packer;
    bool plain;
    struct arena *arena;                   /* texts and writers of lean dictionaries */
};

/* ---- the table ------------------------------------------------------------------------------------------------------- */

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
    o->packer = libdeflate_alloc_compressor(PACK_LEVEL);
    o->arena = arena_new();
    if (!o->memory || !o->table || !o->writer || !o->packer)
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
    libdeflate_free_compressor(o->packer);
    arena_free(o->arena);
    mem_free(o->offsets);
    buf_free(&o->file);
    buf_free(&o->scratch);
    mem_free(o);
}

struct buf *pdf_objects_file(struct pdf_objects *o)
{
    return &o->file;
}

unsigned pdf_objects_count(const struct pdf_objects *o)
{
    return o->table->entries->count;
}

size_t pdf_objects_offset(const struct pdf_objects *o, unsigned number)
{
    return number < o->offset_capacity ? o->offsets[number] : 0;
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
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(o->table, number);
    write_object(o, entry->obj, out);
}

void pdf_objects_deflate(struct pdf_objects *o, const void *bytes, size_t n, struct buf *out)
{
    size_t room = libdeflate_zlib_compress_bound(o->packer, n);
    size_t start = out->length;
    VEC_GROW(out->data, out->capacity, start + room + 1);
    out->length += libdeflate_zlib_compress(o->packer, bytes, n, out->data + start, room);
    out->data[out->length] = '\0';
}

/* ---- objects from notation ------------------------------------------------------------------------------------------- */

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

/* ---- lean dictionaries: libharu calls write_fn between the entries and ">>" -------------------------------------------- */

struct lean {
    struct pdf_objects *objects;
    pdf_object_writer *write;
    const void *context;
    const char *text;
    size_t length;
};

static HPDF_STATUS write_lean(HPDF_Dict dictionary, HPDF_Stream stream)
{
    const struct lean *lean = dictionary->attr;
    (void)stream;
    if (lean->write)
        lean->write(lean->context, lean->objects->target);
    else
        buf_put(lean->objects->target, lean->text, lean->length);
    return HPDF_OK;
}

static struct pdf_object *make_lean(struct pdf_objects *o, const struct lean *what)
{
    HPDF_Dict dictionary = HPDF_Dict_New(o->memory);
    dictionary->attr = arena_copy(o->arena, what, sizeof *what);
    dictionary->write_fn = write_lean;
    return (struct pdf_object *)dictionary;
}

struct pdf_object *pdf_object_text(struct pdf_objects *o, const char *entries, size_t n)
{
    struct lean lean = { o, NULL, NULL, arena_strndup(o->arena, entries, n), n };
    return make_lean(o, &lean);
}

struct pdf_object *pdf_object_lean(struct pdf_objects *o, pdf_object_writer *write, const void *context)
{
    struct lean lean = { o, write, context, NULL, 0 };
    return make_lean(o, &lean);
}

/* ---- streams: written at once, so that no page's content waits in memory ------------------------------------------------ */

static void put_stream(struct pdf_objects *o, HPDF_Dict dictionary, const void *bytes, size_t n, const char *filter)
{
    struct buf *file = &o->file;
    if (dictionary)
        write_object(o, dictionary, file);
    else
        buf_puts(file, "<<>>");
    file->length -= 2;                     /* the closing brackets: Filter and Length follow */
    buf_puts(file, filter);
    buf_puts(file, "/Length ");
    buf_put_int(file, (long long)n);
    buf_puts(file, ">>stream\n");
    buf_put(file, bytes, n);
    buf_puts(file, "\nendstream\nendobj\n");
}

struct pdf_object *pdf_object_stream(struct pdf_objects *o, struct pdf_object *dictionary, const void *bytes, size_t n,
                                     enum pdf_packing packing)
{
    static const char *const filters[] = { "", "/Filter/FlateDecode", "/Filter/FlateDecode", "/Filter/DCTDecode" };
    void *number = HPDF_Null_New(o->memory);       /* holds the object's number in libharu's table */
    HPDF_Xref_Add(o->table, number);
    unsigned id = pdf_object_number(number);
    size_t had = o->offset_capacity;
    VEC_GROW(o->offsets, o->offset_capacity, id + 1);
    memset(o->offsets + had, 0, (o->offset_capacity - had) * sizeof *o->offsets);
    o->offsets[id] = o->file.length;
    buf_put_int(&o->file, id);
    buf_puts(&o->file, " 0 obj\n");
    if (packing == PDF_DEFLATE && o->plain) {
        packing = PDF_PLAIN;
    } else if (packing == PDF_DEFLATE || packing == PDF_ROWS) {
        buf_clear(&o->scratch);
        pdf_objects_deflate(o, bytes, n, &o->scratch);
        bytes = o->scratch.data;
        n = o->scratch.length;
    }
    put_stream(o, (HPDF_Dict)dictionary, bytes, n, filters[packing]);
    if (dictionary)
        HPDF_Dict_Free((HPDF_Dict)dictionary);
    return number;
}

/* ---- strings and names ----------------------------------------------------------------------------------------------- */

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
