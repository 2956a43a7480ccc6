/* Pictures: photos and drawings, read safely. */
#ifndef IMAGE_IMAGE_H
#define IMAGE_IMAGE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/geom.h"

/* ---- vector art --------------------------------------------------------------------------------------------- */
/* A colour of an SVG: a palette role (class="fill-main" or "stroke-ink"), else the sRGB value written. Roles main, deep,
   light, tint, on are relative to the hue of the place. */
struct image_colour {
    const char *role;          /* or NULL */
    unsigned char rgb[3];
};

enum image_paint_kind { IMAGE_NONE, IMAGE_SOLID, IMAGE_LINEAR, IMAGE_RADIAL };

struct image_stop {
    double offset;
    struct image_colour colour;
    double opacity;
};

struct image_paint {
    enum image_paint_kind kind;
    struct image_colour colour;
    double opacity;
    struct point from, to;     /* linear: axis; radial: from = centre, to = focus; in the art's coordinates */
    double radius;
    const struct image_stop *stops;
    size_t stop_count;
};

enum image_op { IMAGE_PATH, IMAGE_CLIP /* push */, IMAGE_GROUP /* push opacity */, IMAGE_POP };

struct image_item {
    enum image_op op;
    struct path path;          /* IMAGE_PATH, IMAGE_CLIP; memory of the arena: read only */
    bool even_odd;
    struct image_paint fill, stroke;
    double width, miter, opacity;
    int cap, join;             /* 0 butt/miter, 1 round, 2 square/bevel */
    double dash[4], dash_offset;
    int dash_count;
    /* data-areas="4": drawn only in a plan with at least so many focus areas; "2-3": from 2 to 3; 0 and 0: always.
       A push and its pop have the same. */
    int min_areas, max_areas;  /* max_areas 0: no upper limit */
};

struct image_vector {
    double width, height;      /* of the view box, which begins at 0, 0 */
    const struct image_item *items;
    size_t count;
    const char *path;
};

/* True when the item is drawn in a plan with so many focus areas. */
bool image_item_shown(const struct image_item *, int areas);

/* An SVG of the documented subset (docs/svg.md). An element or attribute outside it: returns NULL and sets *foreign,
   with no message; broken: NULL with errors. */
const struct image_vector *image_read_svg(const char *path, struct arena *, bool *foreign, struct diag *);
/* The same for bytes in memory; `name` is for messages. */
const struct image_vector *image_decode_svg(const char *name, const void *bytes, size_t n, struct arena *, bool *foreign,
                                            struct diag *);

/* ---- bitmaps ------------------------------------------------------------------------------------------------ */
enum image_coding { IMAGE_RAW, IMAGE_JPEG };

struct image_bitmap {
    int width, height, components;         /* as stored; 1 grey, 3 RGB, 4 CMYK */
    enum image_coding coding;
    const unsigned char *bytes;            /* rows without padding, or the JPEG file without its private notes */
    size_t size;
    const unsigned char *alpha;            /* width * height, or NULL */
    const unsigned char *icc;              /* embedded profile, checked to fit the components, or NULL */
    size_t icc_size;
    bool inverted;                         /* Adobe CMYK JPEG */
    int orientation;                       /* of Exif, 1 to 8: how the stored rows must be turned; 1: as they are */
    const char *path;
};

enum { IMAGE_MAX_BYTES = 64 * 1024 * 1024, IMAGE_MAX_PIXELS = 100 * 1000 * 1000 };

/* JPEG or PNG, told by content; limits: IMAGE_MAX_PIXELS, IMAGE_MAX_BYTES. Truncated or lying files are errors at `from`.
   A JPEG's bytes are passed on, but for Exif, comments and maker's notes: a photo must not publish where its
   photographer lives. */
const struct image_bitmap *image_read_bitmap(const char *path, struct arena *, struct source from, struct diag *);
/* The same for bytes in memory; `name` is for messages. */
const struct image_bitmap *image_decode_bitmap(const char *name, const void *bytes, size_t n, struct arena *,
                                               struct source from, struct diag *);

/* The size in pixels when it stands upright. */
void image_upright_size(const struct image_bitmap *, int *width, int *height);
/* Maps the unit square of the stored picture (y downwards) to the unit square of the upright one. display_add_bitmap
   multiplies it before the matrix it is given, so that painters need not know. */
struct affine image_upright(const struct image_bitmap *);

/* The pixels as sRGB rows (decoded, profile applied, not turned); mem_alloc'ed width * height * 3. NULL with an error
   when it is broken. */
unsigned char *image_pixels_rgb(const struct image_bitmap *, struct diag *);
/* The pixels as the components that are stored, 0 of CMYK without ink; mem_alloc'ed. NULL with an error. */
unsigned char *image_pixels(const struct image_bitmap *, struct diag *);

/* A picture of at most so many stored pixels, in the arena: a photo stays a JPEG, other pixels stay as exact as they were.
   Its profile and orientation are kept; CMYK becomes sRGB. NULL with an error. */
const struct image_bitmap *image_reduce(const struct image_bitmap *, int width, int height, struct arena *, struct diag *);

/* ---- foreign drawings ---------------------------------------------------------------------------------------- */
/* Any SVG, the best way there is: the subset; else as paths that librsvg made of it; else as a picture of pixels with a
   warning: 300 to the inch of its own size, at most 4000 a side, RGB with alpha. Nothing is fetched for it. One of the two is
   set; false with errors. `width` and `height` of a foreign drawing are points. */
struct image_art {
    const struct image_vector *vector;
    const struct image_bitmap *bitmap;
    double width, height;
};
bool image_read_art(const char *path, struct arena *, struct image_art *out, struct source from, struct diag *);

/* ---- colour --------------------------------------------------------------------------------------------------- */
struct image_transform;

/* From one ICC profile to another, relative colorimetric with black point compensation, eight bits a component. NULL
   bytes: sRGB for three components, grey on the curve of sRGB for one. NULL when a profile cannot be used or has other
   components. Safe to use from several threads at once. */
struct image_transform *image_transform_new(const void *from, size_t from_size, int from_components, const void *to,
                                            size_t to_size, int to_components);
void image_transform_free(struct image_transform *);
/* `pixels` of them, from rows without padding to rows without padding. */
void image_transform_rows(const struct image_transform *, const unsigned char *in, unsigned char *out, size_t pixels);
/* Number of components of an ICC profile that can be read: 1, 3 or 4; else 0. */
int image_profile_components(const void *icc, size_t n);
#endif
