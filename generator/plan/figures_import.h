/* Inside of import: the cells that the map's rules chose, before they go into the table. */
#ifndef PLAN_FIGURES_IMPORT_H
#define PLAN_FIGURES_IMPORT_H
#include "plan/figures_reply.h"

struct import_choice {
    struct plan_figure figure;             /* its place is the cell's */
    const struct import_rule *rule;
    const struct reply *reply;
    size_t row, column;                    /* of the cell */
    bool is_new;                           /* the table has no such row yet */
};

struct import_choices {
    struct import_choice *items;
    size_t count, capacity;
};

/* Let each rule choose its cells in each reply of its table. Faults are told. `retrieved` as in plan_import_request. */
void import_choose(const struct import_rule *, struct reply *replies, const char *retrieved, struct arena *,
                   struct import_choices *, struct diag *);
/* Keep one choice for each figure, kind and period; tell where several differ. */
void import_drop_doubled(struct import_choices *, struct arena *, struct diag *);
#endif
