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
    int min_areas;             /* data-areas="4": drawn only in a plan with at least so many focus areas; 0: always */
};

struct image_vector {
    double width, height;      /* of the view box, which begins at 0, 0 */
    const struct image_item *items;
    size_t count;
    const char *path;
};

/* An SVG of the documented subset (docs/svg.md). An element or attribute outside it: returns NULL and sets *foreign,
   with no message; broken: NULL with errors. */
const struct image_vector *image_read_svg(const char *path, struct arena *, bool *foreign, struct diag *);

/* ---- bitmaps ------------------------------------------------------------------------------------------------ */
enum image_coding { IMAGE_RAW, IMAGE_JPEG };

struct image_bitmap {
    int width, height, components;         /* 1 grey, 3 RGB, 4 CMYK */
    enum image_coding coding;
    const unsigned char *bytes;            /* rows without padding, or the JPEG file */
    size_t size;
    const unsigned char *alpha;            /* width * height, or NULL */
    const unsigned char *icc;              /* embedded profile, or NULL */
    size_t icc_size;
    bool inverted;                         /* Adobe CMYK JPEG */
    const char *path;
};

/* JPEG or PNG, told by content; limits: 100 megapixels, 64 MiB. Truncated or lying files are errors at `from`. */
const struct image_bitmap *image_read_bitmap(const char *path, struct arena *, struct source from, struct diag *);
/* The pixels as RGB rows (decoded, profile applied); malloc'ed width * height * 3. NULL when it is broken. */
unsigned char *image_pixels_rgb(const struct image_bitmap *, struct diag *);
#endif
