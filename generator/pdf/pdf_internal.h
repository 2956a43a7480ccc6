/* What the files of the PDF writer share. Inside the layer only. */
#ifndef PDF_INTERNAL_H
#define PDF_INTERNAL_H
#include "base/arena.h"
#include "pdf/facts.h"
#include "pdf/map.h"
#include "pdf/object.h"
#include "pdf/pdf.h"

/* ---- things that contents name in their resources ------------------------------------------------------ */
enum pdf_resource { PDF_FONT, PDF_XOBJECT, PDF_GSTATE, PDF_SHADING, PDF_COLOURSPACE, PDF_PATTERN, PDF_RESOURCES };

/* Written once for equal definitions; the index is part of its name: /G3. */
struct pdf_shared {
    const char *definition;
    size_t length;
    uint32_t hash;
    unsigned object;                       /* 0: stands in the resources */
};

struct pdf_shared_table {
    struct pdf_shared *items;
    size_t count, capacity;
};

/* ---- pages --------------------------------------------------------------------------------------------- */
struct pdf_page {
    struct pdf_document *document;
    size_t index;
    const char *label;                     /* as printed, or NULL */
    double width, height;                  /* of the trim box */
    double x0, y0;                         /* its lower left corner in the media box */
    struct pdf_object *object;
    unsigned contents, parent;             /* object numbers */
    const char *resources;                 /* entries of its dictionary */
    bool transparent;
    unsigned *owners;                      /* by MCID: index of the structure node */
    size_t owner_count, owner_capacity;
    unsigned *annotations;                 /* object numbers */
    size_t annotation_count, annotation_capacity;
};

struct pdf_link {
    struct pdf_page *page;
    struct rect area;
    const struct display_node *node;
};

/* The pages of one display document: agenda files put front pages before the plan. */
struct pdf_part {
    const struct display_node *root;
    size_t first_page;
};

/* An ICC profile of pictures. */
struct pdf_profile {
    uint32_t hash;
    const void *bytes;
    size_t size;
    unsigned object;
};

/* A picture with as many pixels as are seen where it stands. */
struct pdf_reduced {
    const struct image_bitmap *from, *to;
};

struct pdf_fonts;
struct pdf_tree;

struct pdf_document {
    struct pdf_options options;
    struct diag *diag;
    struct arena *arena;
    struct pdf_objects *objects;
    struct pdf_facts facts;
    struct pdf_fonts *fonts;
    struct pdf_tree *tree;
    struct pdf_shared_table shared[PDF_RESOURCES];
    struct pdf_map symbols, bitmaps;       /* object numbers by symbol and bitmap */
    struct pdf_map veiled;                 /* symbols with something in them that is not opaque */
    struct pdf_map inky;                   /* colours that were found to take too much ink */
    struct pdf_page **pages;
    size_t page_count, page_capacity;
    struct pdf_profile *profiles;
    size_t profile_count, profile_capacity;
    struct pdf_reduced *reduced;
    size_t reduced_count, reduced_capacity;
    struct pdf_part *parts;
    size_t part_count, part_capacity;
    struct pdf_link *links;
    size_t link_count, link_capacity;
    struct pdf_map linked;                 /* index + 1 of a link's words */
    struct buf *words;
    size_t word_count, word_capacity;
    const struct pdf_attachment **attachments;
    size_t attachment_count, attachment_capacity;
    struct pdf_object *catalog, *info;
};

/* Index of a shared definition: a dictionary's entries, or an array when it begins with '['. Shadings and patterns become
   objects, graphics states and colour spaces stand in the resources of whoever uses them. */
unsigned pdf_share(struct pdf_document *, enum pdf_resource, const struct buf *definition);

/* The part a node belongs to, the count of parts for one that was never painted; its first page, NULL when it has none. */
size_t pdf_part_of(const struct pdf_document *, const struct display_node *);
const struct pdf_page *pdf_page_of(const struct pdf_document *, const struct display_node *);

/* What stands on page coordinates (top left, downwards) in the page's own (bottom left, upwards). */
double pdf_page_x(const struct pdf_page *, double x);
double pdf_page_y(const struct pdf_page *, double y);
/* "[x0 y0 x1 y1]" of a box on page coordinates. */
void pdf_put_box(struct buf *, const struct pdf_page *, struct rect);

/* ---- links.c ------------------------------------------------------------------------------------------- */
/* Keep the words of a link that has no description. */
void pdf_links_read(struct pdf_document *, const struct display_item *glyphs);
void pdf_links_write(struct pdf_document *);
bool pdf_put_destination(const struct pdf_document *, const struct display_node *, struct buf *);

/* ---- meta.c: everything beside the pages --------------------------------------------------------------- */
void pdf_meta_write(struct pdf_document *, const struct display_node *const *roots, size_t n);
/* The dates of the file: "D:20201218000000Z" and "2020-12-18T00:00:00Z". */
void pdf_meta_date(int64_t date, bool xmp, char out[32]);

/* ---- save.c -------------------------------------------------------------------------------------------- */
void pdf_save_begin(struct pdf_document *);
void pdf_save(struct pdf_document *, struct buf *out);
#endif
