/* Inside of import: the cells that the map's rules chose, before they go into the table. */
#ifndef PLAN_FIGURES_IMPORT_H
#define PLAN_FIGURES_IMPORT_H
#include "plan/figures_reply.h"

struct import_choice {
    struct plan_figure figure;             /* its place is the cell's; of a sum the first one's */
    const struct import_rule *rule;
    const struct reply *reply;
    size_t row, column;                    /* of the cell */
    size_t part;                           /* which one of the sum's, 0 where nothing is added */
    bool is_new;                           /* the table has no such row yet */
};

/* A condition of the rule joined to a column of the reply: the row's label is one of the values. */
struct import_test {
    size_t column;
    const char *const *values;
    size_t count;
};

struct import_choices {
    struct import_choice *items;
    size_t count, capacity;
};

/* Let each rule choose its cells in each reply of its table. Faults are told. `retrieved` as in plan_import_request. */
void import_choose(const struct import_rule *, struct reply *replies, const char *retrieved, struct arena *,
                   struct import_choices *, struct diag *);
/* Of the choices from `first` on, which one rule took from one reply: add the parts of each period up, multiply, and round as
   the rule says. Each period must have every part once: all combinations of the tests' values. */
void import_add_up(struct import_choices *, size_t first, const struct import_test *, size_t test_count, struct arena *,
                   struct diag *);
/* Keep one choice for each figure, kind and period; tell where several differ. */
void import_drop_doubled(struct import_choices *, struct arena *, struct diag *);
#endif
