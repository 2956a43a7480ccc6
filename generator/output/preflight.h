/* What a printing house would send back: checked on the display list before the press file is written. Inside the layer. */
#ifndef OUTPUT_PREFLIGHT_H
#define OUTPUT_PREFLIGHT_H
#include "output/output.h"

/* Warnings at their sources: lines and type too thin, text too near the cut, pictures of too few pixels, page count. */
void output_preflight(const struct display_document *, const struct output_printer *, struct diag *);
#endif
