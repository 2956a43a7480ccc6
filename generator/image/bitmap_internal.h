/* Between the readers of bitmaps. */
#ifndef IMAGE_BITMAP_INTERNAL_H
#define IMAGE_BITMAP_INTERNAL_H
#include "image/image.h"

struct bitmap_input {
    const char *name;          /* for messages */
    const unsigned char *bytes;
    size_t size;
    struct source from;
    struct diag *diag;
};

/* E921 with the library's or our own words (already translated, or English from a library); always false. */
bool bitmap_tell_broken(const struct bitmap_input *, const char *why);
/* False with E922 when it is too large. */
bool bitmap_fits(const struct bitmap_input *, double width, double height);

/* Fill *out, whose memory is the arena's. False with an error. */
bool jpeg_read(const struct bitmap_input *, struct arena *, struct image_bitmap *out);
bool png_read(const struct bitmap_input *, struct arena *, struct image_bitmap *out);

/* A JPEG's pixels as its own components (YCbCr becomes RGB, YCCK becomes CMYK); mem_alloc'ed. NULL with an error. */
unsigned char *jpeg_decode(const struct bitmap_input *, const struct image_bitmap *);
#endif
