/* Compose: what appears, in which words, style and order. It reads the plan and the template's arrangements and builds
   boxes; it knows no coordinates. */
#ifndef COMPOSE_COMPOSE_H
#define COMPOSE_COMPOSE_H
#include "design/design.h"
#include "display/display.h"
#include "plan/plan.h"

struct compose_options {
    bool status;               /* goals with their states, even when nothing is newer than the baselines */
    bool proof;
    bool draft;                /* stamped, with numbered lines */
};

struct compose_result {
    struct display_document *document;     /* finished and checked */
    struct font_set *fonts;
    struct text_engine *engine;
    double shaped_ms, layout_ms;           /* for --timings */
};

/* Lay the plan out. False with errors (and what was made is freed). */
bool compose_plan(const struct plan *, const struct design *, const struct compose_options *, struct compose_result *,
                  struct diag *);
void compose_free(struct compose_result *);
#endif
