/* What a screen edition carries, back on disk. */
#ifndef YEAR_EXTRACT_H
#define YEAR_EXTRACT_H
#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

/* Write plan.xml, figures.csv, pictures, the charts' numbers and a template of the plan's own (in template/) into the folder,
   which is made. Names that would leave it are refused; nothing there is overwritten. Returns how many files; 0 with errors,
   among them that the PDF is no screen edition of this program. */
size_t year_extract(const char *pdf, const char *folder, struct diag *);
#endif
