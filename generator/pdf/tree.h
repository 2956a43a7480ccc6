/* The structure tree (ISO 32000-1, 14.7). Inside the layer only. */
#ifndef PDF_TREE_H
#define PDF_TREE_H
#include "pdf/pdf_internal.h"

struct pdf_tree *pdf_tree_new(struct pdf_document *);
void pdf_tree_free(struct pdf_tree *);

/* Marked content of a node begins on a page; returns its MCID. */
unsigned pdf_tree_mark(struct pdf_tree *, const struct display_node *, struct pdf_page *);
/* A link annotation belongs to a node; returns its key in the parent tree. */
unsigned pdf_tree_annotation(struct pdf_tree *, const struct display_node *, const struct pdf_page *, unsigned object);
/* The standard structure type of a node: "H1". */
const char *pdf_tree_type(const struct pdf_document *, const struct display_node *);

/* The roots in reading order become the tree; notes stray content, missing alt texts, skipped levels. After the last
   mark; before the annotations, whose keys follow the pages'. */
void pdf_tree_build(struct pdf_tree *, const struct display_node *const *roots, size_t n);
/* StructTreeRoot, ParentTree and IDTree into the catalog; after the last annotation. */
void pdf_tree_write(struct pdf_tree *);
#endif
