/* The Cairo painter: the items of a page on any Cairo surface. Inside the layer only. */
#ifndef OUTPUT_CAIRO_PAINT_H
#define OUTPUT_CAIRO_PAINT_H
#include <cairo-ft.h>

#include "base/library.h"
#include "output/output.h"

/* Cairo is opened at need: PDF does without it, and the X Window System's libraries come with it. */
#define OUTPUT_CAIRO(F) F(cairo_clip) F(cairo_close_path) F(cairo_copy_path) F(cairo_create) F(cairo_curve_to) \
    F(cairo_destroy) F(cairo_fill) F(cairo_fill_preserve) F(cairo_font_face_destroy) F(cairo_font_options_create) \
    F(cairo_font_options_destroy) F(cairo_font_options_set_antialias) F(cairo_font_options_set_hint_metrics) \
    F(cairo_font_options_set_hint_style) F(cairo_ft_font_face_create_for_ft_face) F(cairo_get_source) \
    F(cairo_glyph_path) F(cairo_image_surface_create) F(cairo_image_surface_get_data) \
    F(cairo_image_surface_get_stride) F(cairo_line_to) F(cairo_matrix_init_scale) F(cairo_move_to) F(cairo_new_path) \
    F(cairo_paint) F(cairo_paint_with_alpha) F(cairo_path_destroy) F(cairo_pattern_add_color_stop_rgba) \
    F(cairo_pattern_create_linear) F(cairo_pattern_create_radial) F(cairo_pattern_create_rgba) \
    F(cairo_pattern_destroy) F(cairo_pattern_set_extend) F(cairo_pattern_set_filter) F(cairo_pop_group_to_source) \
    F(cairo_push_group) F(cairo_recording_surface_create) F(cairo_rectangle) F(cairo_restore) F(cairo_save) \
    F(cairo_scale) F(cairo_set_dash) F(cairo_set_fill_rule) F(cairo_set_font_face) F(cairo_set_font_matrix) \
    F(cairo_set_font_options) F(cairo_set_line_cap) F(cairo_set_line_join) F(cairo_set_line_width) F(cairo_set_source) \
    F(cairo_set_source_rgb) F(cairo_set_source_surface) F(cairo_set_tolerance) F(cairo_status) \
    F(cairo_status_to_string) F(cairo_stroke_preserve) F(cairo_surface_destroy) F(cairo_surface_flush) \
    F(cairo_surface_mark_dirty) F(cairo_surface_status) F(cairo_surface_write_to_png_stream) F(cairo_transform) \
    F(cairo_translate)
struct output_cairo { OUTPUT_CAIRO(LIBRARY_SLOT) };
/* False with an error when it cannot be opened. */
bool output_cairo_open(struct diag *);
extern struct output_cairo output_cairo;

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
