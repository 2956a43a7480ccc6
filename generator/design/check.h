/* Rules of a template that the schema cannot say. */
#ifndef DESIGN_CHECK_H
#define DESIGN_CHECK_H
#include "design/design.h"

/* The roles that program and drawings ask for by name. */
void design_check_palette(const struct design *, struct source palette, struct diag *);
/* Styles: complete, large enough, on the grid, readable on their ground, in fonts that there are. */
void design_check_styles(const struct design *, struct diag *);
/* Styles and colours that an element of a master or arrangement names, and those below it. */
void design_check_names(const struct design *, const struct design_element *, struct diag *);
#endif
