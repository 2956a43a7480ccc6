/* Between the parts of the SVG reader: the document that is read, numbers, transforms, paths, shapes, paint, and the style an
   element inherits. */
#ifndef IMAGE_SVG_INTERNAL_H
#define IMAGE_SVG_INTERNAL_H
#include "image/image.h"
#include "xml/xml.h"

/* What a reading function found. FOREIGN: perhaps sound SVG, yet outside the subset. */
enum svg_result { SVG_GOOD, SVG_FOREIGN, SVG_BROKEN };

enum { SVG_MAX_ITEMS = 20000, SVG_MAX_POINTS = 1000000, SVG_MAX_USE_DEPTH = 8,
       SVG_MAX_VISITS = 200000 };

/* Coordinates beyond this are refused, so that no later sum loses its precision or overflows. */
#define SVG_MAX_COORDINATE 1e6

/* ---- lexical (svg_style.c) ---------------------------------------------------------------------------------- */
/* A number of SVG 1.1, 4.2, whatever the locale; `*at` moves behind it. False: no number, or a wild one. */
bool svg_scan_number(const char **at, double *out);
/* White space and at most one comma. */
void svg_skip_separator(const char **at);
/* All of `s` as a number, optionally with "px". */
bool svg_read_length(const char *s, double *out);
/* A list of at most `limit` numbers; how many, or -1. */
int svg_read_numbers(const char *s, double *out, int limit);
/* A transform list; the leftmost is applied last. */
bool svg_read_transform(const char *s, struct affine *out);
/* True for a map that keeps angles: circles stay circles and strokes keep one width. */
bool svg_is_similarity(struct affine);

/* ---- paths (svg_path.c) ------------------------------------------------------------------------------------- */
/* Path data of SVG 1.1, 8.3, in the element's own coordinates. False at the first fault: `*fault` is its offset. */
bool svg_read_path(const char *d, struct path *out, size_t *fault);

/* ---- style (svg_style.c) ------------------------------------------------------------------------------------ */
enum svg_paint_kind { SVG_NO_PAINT, SVG_COLOUR, SVG_REFERENCE };

struct svg_paint {
    enum svg_paint_kind kind;
    struct image_colour colour;
    const char *reference;     /* id of a gradient; in the arena */
    double opacity;
};

/* Inherited properties, and behind them those of the element alone. */
struct svg_style {
    struct svg_paint fill, stroke;
    bool even_odd, clip_even_odd, hidden;
    double width, miter, dash[4], dash_offset;
    int cap, join, dash_count;
    /* not inherited */
    double opacity;
    const char *clip;          /* id of a clipPath, or NULL */
    bool dropped;              /* display="none" */
    struct image_colour stop;
    double stop_opacity;
};

void svg_style_initial(struct svg_style *);
/* The element's own style upon its parent's: presentation attributes, then `style`, then the roles of `class`. */
enum svg_result svg_style_apply(struct svg_style *, const struct xml_node *, struct arena *);
/* True for the name of a style property that svg_style_apply takes. */
bool svg_is_property(const char *name);

/* ---- what is read (svg.c) ----------------------------------------------------------------------------------- */
struct svg_named {
    const char *id;
    const struct xml_node *node;
    size_t order;
};

struct svg {
    struct arena *arena;
    struct diag *diag;
    const struct xml_node *root;
    struct image_item *items;  /* malloc'ed while it grows */
    size_t count, capacity, points;
    bool foreign, broken;
    struct rect ink;           /* of everything drawn, strokes included */
    struct svg_named *named;       /* every id, sorted; made when the first is asked for */
    size_t named_count, named_capacity;
    size_t visits;             /* elements read, those below <use> each time */
};

/* What an element hands down to its children. */
struct svg_context {
    struct svg_style style;
    struct affine map;
    int min_areas, max_areas;
    int uses;                  /* depth of <use> inside <use> */
    struct rect visible;       /* box of what the clips leave */
};

/* Reading stops; false, so that a reader can return it. */
bool svg_stop_foreign(struct svg *);
bool svg_stop_broken(struct svg *);
bool svg_take(struct svg *, enum svg_result);
/* The first element of that id in the document, or NULL. */
const struct xml_node *svg_find_id(struct svg *, const char *id);
/* Every attribute must be known; `own` are those of this element. */
bool svg_has_known_attributes(struct svg *, const struct xml_node *, const char *const *own);
/* A coordinate or length; `missing` when absent. */
bool svg_read_coordinate(struct svg *, const struct xml_node *, const char *name, double missing, double *out);
bool svg_read_map(struct svg *, const struct xml_node *, const char *name, struct affine *out);

/* ---- shapes (svg_shape.c) ----------------------------------------------------------------------------------- */
struct svg_shape {
    const char *name;
    bool (*read)(struct svg *, const struct xml_node *, struct path *);        /* in its own coordinates */
    const char *const *own;    /* its attributes */
};

/* NULL: the name is none of a shape. */
const struct svg_shape *svg_find_shape(const char *name);

/* ---- paint (svg_paint.c) ------------------------------------------------------------------------------------ */
/* What a shape is filled or stroked with, in the art's coordinates; `map` is the shape's. */
bool svg_make_paint(struct svg *, const struct svg_paint *, const struct path *, struct affine map, struct image_paint *out);
#endif
