/* Files: read whole with a limit, kept inside allowed folders, written so that nothing is ever half there. */
#ifndef BASE_FILE_H
#define BASE_FILE_H
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"

/* Read a whole file. False with an error at `from` (the place that named the file; file NULL: the command line)
   when it is missing, no regular file, or larger than `limit` bytes. */
bool file_read(const char *path, size_t limit, struct buf *out, struct source from, struct diag *);

/* `name`, as the plan or a template wrote it, resolved inside `folder`: refused when absolute, when it climbs out by
   "..", or when a symlink leads out. Malloc'ed; NULL with an error at `from`. */
char *file_resolve(const char *folder, const char *name, struct source from, struct diag *);
/* The folder part of a path ("." when there is none); malloc'ed. */
char *file_folder(const char *path);
const char *file_name(const char *path);           /* borrowed */
bool file_exists(const char *path);

/* Write a file as a whole: a temporary file in the same folder, flushed to disk, then renamed over `path`. False
   with an error, and an earlier file untouched. */
bool file_write(const char *path, const void *bytes, size_t n, struct diag *);
/* Make a folder and its parents. */
bool file_make_folder(const char *path, struct diag *);

/* A new empty folder below $TMPDIR, else /tmp; malloc'ed. NULL with an error. */
char *file_make_scratch(struct diag *);
/* Take away a folder of our own with all that is in it; links are not followed. */
void file_remove_folder(const char *path);
/* The folder of Plantryk's own data (templates, fonts, assets): $PLANTRYK_DATA, else the build's, else the
   installation's. Borrowed; never NULL. Sub is e.g. "templates". file_data gives a malloc'ed path below it. */
const char *file_data_folder(void);
char *file_data(const char *sub);
#endif
