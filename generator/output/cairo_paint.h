/* The Cairo painter: the items of a page on any Cairo surface. Inside the layer only. */
#ifndef OUTPUT_CAIRO_PAINT_H
#define OUTPUT_CAIRO_PAINT_H
#include <cairo.h>

#include "output/output.h"

/* Paint a page; one unit of `cr` is a point, its origin the trim box's corner. False with an error when a picture cannot be
   read or memory for a surface is missing. */
bool output_cairo_paint(cairo_t *cr, const struct display_page *, enum pdf_colours, struct diag *);

/* The outlines of a run as the current path, at (x, y). */
void output_cairo_trace_run(cairo_t *cr, const struct text_run *, double x, double y);
/* A picture as Cairo's pixels; NULL with an error. The caller destroys it. */
cairo_surface_t *output_cairo_picture(const struct image_bitmap *, struct diag *);
/* sRGB of a colour as an edition paints it; NULL is black. */
const unsigned char *output_rgb(const struct design_colour *, enum pdf_colours);
#endif
