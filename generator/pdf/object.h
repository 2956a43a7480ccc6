/* The objects of a PDF file and the file itself as it grows. object.c is the only user of libharu, which serves as object
   model and serialiser; its fonts, pages, images, outlines and PDF/A helpers are not used. Inside the layer only. */
#ifndef PDF_OBJECT_H
#define PDF_OBJECT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct pdf_objects;                        /* the table of indirect objects, and the bytes written so far */
struct pdf_object;                         /* one object; owned by the table, or by the object it was put into */

struct pdf_objects *pdf_objects_new(bool plain);        /* plain: nothing is deflated, for reading by eye */
void pdf_objects_free(struct pdf_objects *);

/* An object from its PDF notation, with places for values: %o an object (a direct one changes its owner, an indirect
   one becomes a reference), %d int, %n name, %s string of ASCII, %t text string from UTF-8. No reals: what has reals is
   written as text, since libharu rounds and clamps them.
       pdf_object_make(objects, "<< /Type /Filespec /F %s /UF %t /EF << /F %o >> >>", name, name, file) */
struct pdf_object *pdf_object_make(struct pdf_objects *, const char *notation, ...);
/* More entries into a dictionary: the notation without << and >>. */
void pdf_object_put(struct pdf_objects *, struct pdf_object *dictionary, const char *entries, ...);
void pdf_object_append(struct pdf_objects *, struct pdf_object *array, struct pdf_object *);

/* A dictionary whose entries are text (copied). */
struct pdf_object *pdf_object_text(struct pdf_objects *, const char *entries, size_t n);
/* An indirect dictionary whose entries `write` gives when the file is saved: of thousands only the number is kept. */
typedef void pdf_object_writer(const void *context, struct buf *out);
struct pdf_object *pdf_object_lean(struct pdf_objects *, pdf_object_writer *write, const void *context);

/* Give a direct object a number; returns it. Before it is put anywhere. */
struct pdf_object *pdf_object_indirect(struct pdf_objects *, struct pdf_object *);
unsigned pdf_object_number(const struct pdf_object *);

/* A stream goes into the file as soon as it is packed; takes the direct dictionary (NULL: an empty one). */
enum pdf_packing { PDF_PLAIN, PDF_DEFLATE, PDF_ROWS /* deflated even in a plain file */, PDF_DCT };
struct pdf_object *pdf_object_stream(struct pdf_objects *, struct pdf_object *dictionary, const void *bytes, size_t n,
                                     enum pdf_packing);

/* What save.c needs. A stream with a number that libharu does not know: */
void pdf_objects_put_stream(struct pdf_objects *, unsigned number, const char *entries, const void *bytes, size_t n);
/* the file with all streams in it, to write on; where they stand (0: no stream); */
struct buf *pdf_objects_settle(struct pdf_objects *);
size_t pdf_objects_offset(const struct pdf_objects *, unsigned number);
/* the other objects, and libharu's sticky error, 0 when all went well. */
bool pdf_objects_is_stream(const struct pdf_objects *, unsigned number);
unsigned pdf_objects_count(const struct pdf_objects *);        /* numbers 0 to count - 1 are taken */
void pdf_objects_write(struct pdf_objects *, unsigned number, struct buf *out);        /* its value, without "obj" */
unsigned long pdf_objects_error(const struct pdf_objects *);

/* A text string in its shortest form: a literal in PDFDocEncoding, else UTF-16BE in hexadecimal (ISO 32000-1, 7.9.2.2). */
void pdf_put_text(struct buf *, const char *utf8);
/* A string of bytes as a literal. */
void pdf_put_literal(struct buf *, const void *bytes, size_t n);
/* A name with its slash; what is no regular character is escaped (7.3.5). */
void pdf_put_name(struct buf *, const char *name);
/* A real number; what no page can need (beyond 1e8, or no number at all) is clamped, so that no reader chokes on it. */
void pdf_put_real(struct buf *, double v, int decimals);
/* " 12 0 R" */
void pdf_put_reference(struct buf *, unsigned number);
#endif
