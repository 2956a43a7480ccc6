/* Libraries of others that few runs need: opened when one does (dlopen), since to map and to bind a library costs every
   process milliseconds. Who needs one lists its functions once; the library's own header gives their types:

       #define QPDF(F) F(qpdf_init) F(qpdf_cleanup)
       static struct { QPDF(LIBRARY_SLOT) } lib;
       static const char *const lib_names[] = { QPDF(LIBRARY_NAME) NULL };

       if (library_open("libqpdf.so.29", lib_names, &lib, from, diag))
           data = lib.qpdf_init();
*/
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H
#include <stdbool.h>

#include "base/diag.h"

#define LIBRARY_SLOT(function) __typeof__(function) *function;
#define LIBRARY_NAME(function) #function,

/* Find the functions of a library and put them into `slots`, a pointer for each name in order; `names` ends with NULL. False
   with an error at `from` when the library is not installed or lacks one of them. It stays open to the end: what it holds
   (types, locales, threads) cannot be taken away. */
bool library_open(const char *file, const char *const *names, void *slots, struct source from, struct diag *);
#endif
