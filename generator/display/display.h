/* The display list: pages of items, and the structure tree that gives them meaning. What layout and charts make, and
   all that a painter sees. Points from the trim box's top left corner, y downwards; what bleeds is negative or beyond. */
#ifndef DISPLAY_DISPLAY_H
#define DISPLAY_DISPLAY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/geom.h"
#include "design/design.h"
#include "image/image.h"
#include "text/text.h"

/* ---- structure (ISO 32000-1, 14.8.4) ------------------------------------------------------------------------ */
enum display_role {
    DISPLAY_DOCUMENT, DISPLAY_PART, DISPLAY_SECT, DISPLAY_DIV, DISPLAY_H1, DISPLAY_H2, DISPLAY_H3, DISPLAY_H4,
    DISPLAY_H5, DISPLAY_H6, DISPLAY_P, DISPLAY_L, DISPLAY_LI, DISPLAY_LBL, DISPLAY_LBODY, DISPLAY_TABLE, DISPLAY_THEAD,
    DISPLAY_TBODY, DISPLAY_TR, DISPLAY_TH, DISPLAY_TD, DISPLAY_FIGURE, DISPLAY_CAPTION, DISPLAY_NOTE, DISPLAY_LINK,
    DISPLAY_REFERENCE, DISPLAY_BLOCKQUOTE, DISPLAY_QUOTE, DISPLAY_TOC, DISPLAY_TOCI, DISPLAY_SPAN, DISPLAY_ROLES
};

enum display_scope { DISPLAY_SCOPE_NONE, DISPLAY_SCOPE_COLUMN, DISPLAY_SCOPE_ROW, DISPLAY_SCOPE_BOTH };
enum display_numbering { DISPLAY_NUMBERING_NONE, DISPLAY_DISC, DISPLAY_DECIMAL, DISPLAY_LOWER_ALPHA };

struct display_data;           /* a chart's numbers, to be attached as CSV */

/* A line with the words of a node, so that they are told apart without colour. */
enum display_decoration { DISPLAY_NO_DECORATION, DISPLAY_UNDERLINED, DISPLAY_STRUCK };

struct display_node {
    enum display_role role;
    enum display_decoration decoration;
    const char *lang;                      /* where it differs from the parent's, or NULL */
    const char *alt, *actual_text;         /* or NULL; a FIGURE must have alt */
    const char *title;                     /* of a Sect or heading: what the bookmark says; or NULL */
    const char *id;                        /* unique; NULL: none. TH and Note need one: given by display_finish */
    enum display_scope scope;              /* of TH */
    int column_span, row_span;             /* of TH, TD; 0 = 1 */
    const struct display_node *const *headers;             /* of TD and TH, NULL-terminated; or NULL */
    enum display_numbering numbering;      /* of L */
    int outline_level;                     /* 1.. : a bookmark of that level; 0: none */
    const char *uri;                       /* of LINK to the outside */
    const struct display_node *target;     /* of LINK or REFERENCE inside the document */
    const struct display_data *data;       /* of FIGURE */
    struct display_node *parent, *first, *last, *next;
    struct source at;
    /* filled when pages are finished: the first page it stands on (0-based, -1: none), the box of its own and its
       descendants' ink there, and the place of its first item among all (page, then item), for the order of its
       parent's own items and its children. `number`: its place in the tree, from 0, depth first. */
    int page;
    struct rect box;
    uint64_t order;
    int number;
};

struct display_data {
    const char *name;                      /* file name stem: "chart-ledighed" */
    const char *csv;                       /* UTF-8 */
    size_t length;
};

/* ---- paint -------------------------------------------------------------------------------------------------- */
enum display_paint_kind { DISPLAY_NO_PAINT, DISPLAY_SOLID, DISPLAY_LINEAR, DISPLAY_RADIAL };

struct display_stop {
    double offset;
    const struct design_colour *colour;
    double opacity;
};

struct display_paint {
    enum display_paint_kind kind;
    const struct design_colour *colour;
    double opacity;                        /* 0 is taken for 1 */
    struct point from, to;
    double radius;
    const struct display_stop *stops;
    size_t stop_count;
};

struct display_stroke {
    struct display_paint paint;
    double width;
    int cap, join;                         /* 0 butt/miter, 1 round, 2 square/bevel */
    double dash[4], dash_offset;
    int dash_count;
};

/* ---- items -------------------------------------------------------------------------------------------------- */
enum display_kind {
    DISPLAY_GLYPHS, DISPLAY_PATH, DISPLAY_BITMAP, DISPLAY_SYMBOL,
    DISPLAY_PUSH_CLIP, DISPLAY_PUSH_OPACITY, DISPLAY_PUSH_TRANSFORM, DISPLAY_POP
};

/* An artifact's kind (ISO 32000-1, 14.8.2.2.2). DISPLAY_UNMARKED: nobody has said what it is, which is an error. */
enum display_artifact {
    DISPLAY_ARTIFACT_LAYOUT, DISPLAY_ARTIFACT_PAGE, DISPLAY_ARTIFACT_PAGINATION, DISPLAY_ARTIFACT_BACKGROUND,
    DISPLAY_UNMARKED
};

struct display_symbol;         /* drawn once, shown often: becomes a form XObject */

struct display_item {
    enum display_kind kind;
    struct display_node *node;             /* NULL: artifact */
    enum display_artifact artifact;
    bool meaning;                          /* graphics that carry meaning: checked for 3:1 contrast */
    bool bleeds;                           /* meant to reach beyond the trim box */
    int layer;                             /* painted from low to high: DISPLAY_LAYER_* */
    struct source at;
    struct rect box;                       /* of its ink, reckoned when it is added */
    union {
        struct text_run run;               /* GLYPHS; arrays in the page's arena */
        struct { struct path path; bool even_odd; struct display_paint fill; struct display_stroke stroke; } path;
        struct { const struct image_bitmap *bitmap; struct affine matrix; } bitmap;        /* unit square -> page */
        struct { const struct display_symbol *symbol; struct affine matrix; } symbol;
        struct { struct path path; bool even_odd; } clip;
        double opacity;
        struct affine matrix;
    };
    double x, y;                           /* GLYPHS: origin of the run on the page */
    struct display_item *next;
};

enum { DISPLAY_LAYER_BACKGROUND = 0, DISPLAY_LAYER_FIELD = 10, DISPLAY_LAYER_CONTENT = 20, DISPLAY_LAYER_OVERLAY = 30 };

struct display_symbol {
    const char *name;
    struct rect box;
    struct display_item *items;            /* no nodes inside: the item that shows it carries the meaning */
};

struct display_link {                      /* an active area for a LINK node */
    struct rect area;
    struct display_node *node;
    struct display_link *next;
};

struct display_group;
struct display_packed;

struct display_page {
    struct arena *arena;                   /* of an open page; NULL when it is packed */
    double width, height;
    const char *label;                     /* folio as printed: page label */
    const char *master;                    /* name of its page master */
    int index;                             /* 0-based */
    bool waits;                            /* more comes when later pages stand: display_finish finishes it */
    struct display_item *first, *last;
    struct display_link *links;
    unsigned long areas;                   /* bit n: focus area n+1 stands on this page */
    /* the writer of items, kept between calls */
    struct display_node *node;
    enum display_artifact artifact;
    int layer;
    bool meaning, bleeds;
    struct source at;
    struct display_group *group;           /* innermost clip, opacity or transform that is open */
    size_t item_count;
    struct display_packed *packed;         /* items of a page at rest */
    struct display_document *document;
};

struct display_cache;

struct display_document {
    struct arena *arena;                   /* tree, symbols */
    struct display_cache *cache;           /* symbols made, colours of foreign art */
    struct display_node *root;             /* DISPLAY_DOCUMENT */
    struct display_page **pages;
    size_t page_count, page_capacity;
    const char *lang, *title, *author, *subject, *keywords;
    const struct design *design;
};

/* ---- making ------------------------------------------------------------------------------------------------- */
struct display_document *display_new(const struct design *, const char *lang);
void display_free(struct display_document *);
struct display_page *display_add_page(struct display_document *, double width, double height);
/* A new last child of `parent`. */
struct display_node *display_add_node(struct display_document *, struct display_node *parent, enum display_role,
                                      struct source at);
const char *display_role_name(enum display_role);          /* as in PDF: "H1", "LBody" */

/* Items that are added from now on belong to `node` (NULL: artifacts of that kind). */
void display_mark(struct display_page *, struct display_node *node, struct source at);
void display_mark_artifact(struct display_page *, enum display_artifact);

struct display_item *display_add_glyphs(struct display_page *, const struct text_run *, double x, double y);
/* A set line at x (its x is added), baseline y. Runs whose mark is not NULL belong to that node instead. */
void display_add_line(struct display_page *, struct text_para *, const struct text_line *, double x, double y);
/* A label: (x, y) is the top left corner of its block (cap height above the first baseline), in a box `width` wide in
   which its align is applied. */
void display_add_label(struct display_page *, const struct text_label *, double x, double y, double width,
                       enum design_align);
/* The path is copied. */
struct display_item *display_add_path(struct display_page *, const struct path *, const struct display_paint *fill,
                                      const struct display_stroke *stroke);
struct display_item *display_fill(struct display_page *, const struct path *, const struct design_colour *);
struct display_item *display_stroke(struct display_page *, const struct path *, const struct design_colour *,
                                    double width);
struct display_item *display_add_rect(struct display_page *, struct rect, const struct design_colour *);
/* `matrix` maps the unit square to the page; a photo that was stored lying is put upright here, once for all painters. */
struct display_item *display_add_bitmap(struct display_page *, const struct image_bitmap *, struct affine matrix);
struct display_item *display_add_symbol(struct display_page *, const struct display_symbol *, struct affine);
void display_push_clip(struct display_page *, const struct path *);
/* The drawings here have groups with an opacity in symbols only (an SVG's); this makes such a group on a page, which every
   painter must paint alike: for the tests and fuzz targets that ask them. */
void display_push_opacity(struct display_page *, double);
void display_push_transform(struct display_page *, struct affine);
void display_pop(struct display_page *);
void display_add_link(struct display_page *, struct rect area, struct display_node *);

/* How an SVG's roles become colours: main, deep, light, tint, tile, on, on-tile by hue (0: primary's; n: focus area n). With
   DISPLAY_ON_MAIN added the art stands on the hue's `main`: main and deep become `on`, and light what stands out there.
   DISPLAY_ON_GROUND: it stands on the palette's `ground`, and takes on-ground and on-ground-accent. With DISPLAY_ON_TILE
   added it stands on the hue's `tile`: main and deep become `on-tile`. */
enum { DISPLAY_ON_MAIN = 100, DISPLAY_ON_GROUND = 200, DISPLAY_ON_TILE = 300 };
const struct design_colour *display_role_colour(const struct design *, const char *role, int hue);
/* Vector art as a symbol, made once for each (art, hue) of a document; `areas`: number of focus areas, for data-areas.
   "light" of hue 0 is "primary-bright" in art ("primary-light" elsewhere), "tint" is "field". NULL for a word that is no
   role of the design. */
const struct display_symbol *display_symbol_of(struct display_document *, const struct image_vector *, int hue, int areas);

/* ---- finishing and asking ------------------------------------------------------------------------------------ */
/* The page takes no more items: sort them by layer (stable), reckon pages, boxes and order of their nodes, and pack
   them, so that hundreds of pages stay small: 13 bytes of page memory a glyph become 4. Pages are finished in order.
   Until then the items hang on page->first, afterwards display_open_page gives them. */
void display_finish_page(struct display_page *);
/* Finish the pages that are still open, drop empty nodes, number the tree, give the ids that are missing. Once. */
void display_finish(struct display_document *);

/* A copy of a page with its items, packed or not; yours until display_close_page. Any number may be open, in any
   thread: the document is only read. */
struct display_page *display_open_page(const struct display_document *, size_t index);
void display_close_page(struct display_page *);            /* NULL is fine */
/* Let go of a page's items when nobody will open it again: a long document's last edition frees page by page what it takes
   in its place. */
void display_drop_page(const struct display_document *, size_t index);

/* The invariants: every item's ink inside its page (bleed where it may), every text item with a node or an artifact, no
   text under the smallest size, every FIGURE with alt text, TR only in tables, headings without a gap, links with
   contents, push and pop in balance. Each breach is an error at its source. */
bool display_check(const struct display_document *, struct diag *);

/* The readable dump: one line an item, then the tree. Goldens are made of it. */
void display_dump(const struct display_document *, struct buf *);

/* The text in reading order, a line a block: what a screen reader gets. */
void display_text(const struct display_document *, struct buf *);
/* The same, and where in `out` each node's text with all below it stands; `spans` has room for every number of a node. */
struct display_span {
    size_t start, length;
};
void display_text_of_nodes(const struct display_document *, struct buf *out, struct display_span *spans);

/* The next node of a tree, depth first, inside `root`; NULL at the end. */
struct display_node *display_next_node(const struct display_node *root, const struct display_node *);
#endif
