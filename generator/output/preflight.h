/* What a printing house would send back: checked on the display list before the press file is written. Inside the layer. */
#ifndef OUTPUT_PREFLIGHT_H
#define OUTPUT_PREFLIGHT_H
#include "output/output.h"

/* Warnings at their sources: lines and type too thin, text too near the cut, pictures of too few pixels, page count. */
void output_preflight(const struct display_document *, const struct output_printer *, struct diag *);

/* Each item of a page that puts ink on it, those inside symbols too. `scale`: by how much the transforms round it enlarge
   it; `at`: its place in the source, of a symbol's items the symbol's. */
typedef void output_item_visitor(void *data, const struct display_item *, double scale, struct source at);
void output_each_item(const struct display_page *, output_item_visitor *, void *data);
/* Pixels an inch of a picture as it is printed, the lesser of across and down; 0 when it has no extent. */
double output_resolution(const struct display_item *bitmap, double scale);
#endif
