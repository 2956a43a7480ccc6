/* A content stream in the making: a page's or a form's. Inside the layer only. */
#ifndef PDF_CONTENT_H
#define PDF_CONTENT_H
#include "pdf/colour.h"
#include "pdf/font.h"
#include "pdf/pdf_internal.h"

/* A thing named by the stream, for its resources. */
struct pdf_used {
    enum pdf_resource kind;
    unsigned index, object;
};

/* The graphics state as far as it is set again and again; what is unknown is NaN, -1 or NULL with `known` false. */
struct pdf_state {
    struct pdf_colour fill, stroke;
    bool fill_known, stroke_known;
    int gstate;                            /* index, -1: the default */
    double width;
    int cap, join;
    bool dashed;
    const struct pdf_font *font;
    double size, stretch, tracking;
    double opacity;                        /* of the groups round it, multiplied into each item */
    struct affine matrix;                  /* from here to the stream's own space */
};

struct pdf_content {
    struct pdf_document *document;
    struct buf out;
    double x0, y0;                         /* x' = x0 + x, y' = y0 - y */
    int decimals;
    struct pdf_state state, *stack;
    size_t depth, stack_capacity;
    struct pdf_used *used;
    size_t used_count, used_capacity;
    bool in_text;
    double text_x, text_y;                 /* origin of the last line, as written */
    bool text_turned;                      /* the text matrix is no mere shift */
    bool transparent;
    struct source at;                      /* of what is painted */
};

void pdf_content_begin(struct pdf_content *, struct pdf_document *, double x0, double y0);
void pdf_content_end(struct pdf_content *);            /* frees */
/* "<</Font<<...>>>>" of all that was used. */
void pdf_content_put_resources(const struct pdf_content *, struct buf *);

void pdf_content_save(struct pdf_content *);           /* q */
void pdf_content_restore(struct pdf_content *);        /* Q */
void pdf_content_transform(struct pdf_content *, struct affine);       /* between display coordinates */
void pdf_content_trace(struct pdf_content *, const struct path *);         /* its operators, not painted */
void pdf_content_clip(struct pdf_content *, const struct path *, bool even_odd);
void pdf_content_path(struct pdf_content *, const struct path *, bool even_odd, const struct display_paint *fill,
                      const struct display_stroke *);
/* glyphs.c: a run at (x, y); `matrix`: a transform round it alone, as a letter on an arc has; NULL: none. */
void pdf_content_glyphs(struct pdf_content *, const struct text_run *, double x, double y, const struct affine *matrix);
/* A form or image; `matrix` from its own space (y downwards, height `height`) to display coordinates. */
void pdf_content_object(struct pdf_content *, unsigned index, unsigned object, struct affine matrix, double height);
/* A form whose space is the stream's own. */
void pdf_content_form(struct pdf_content *, unsigned index, unsigned object, double opacity);
/* Close BT ... ET before anything that is no text. */
void pdf_content_end_text(struct pdf_content *);

void pdf_content_put(struct pdf_content *, double v);      /* a coordinate and a space */
void pdf_content_put_number(struct pdf_content *, double v, int decimals);
void pdf_content_put_matrix(struct pdf_content *, struct affine);      /* without operator */
/* The matrix between spaces that are turned over: x' = x0 + x, y' = y0 - y outside; x - x1, y1 - y inside. */
struct affine pdf_content_turn_over(const struct pdf_content *, struct affine, double x1, double y1);
void pdf_content_use(struct pdf_content *, enum pdf_resource, unsigned index, unsigned object);
void pdf_content_put_name(struct pdf_content *, enum pdf_resource, unsigned index);        /* "/G3 " */
/* Opacity of fill and stroke (of the item itself), and overprint, as a graphics state. */
void pdf_content_gstate(struct pdf_content *, double fill, double stroke, bool overprint);
void pdf_content_paint_fill(struct pdf_content *, const struct design_colour *);       /* set the colour */
void pdf_content_paint_stroke(struct pdf_content *, const struct design_colour *);

/* gradient.c: the index of a shading; *uniform is the opacity that all stops share, -1 when they differ. */
unsigned pdf_gradient_shading(struct pdf_content *, const struct display_paint *, double *uniform);
/* The shading as a pattern, for strokes; their opacity is the first stop's. */
unsigned pdf_gradient_pattern(struct pdf_content *, const struct display_paint *, double *uniform);
/* A graphics state with the stops' opacities as a soft mask over a box. */
unsigned pdf_gradient_mask(struct pdf_content *, const struct display_paint *, struct rect box);
#endif
