/* What became of a goal: the five states, judged by the declared aim and never by the sign. */
#ifndef PLAN_STATE_H
#define PLAN_STATE_H
#include "plan/figures.h"

enum plan_state { PLAN_REACHED, PLAN_ON_THE_WAY, PLAN_NOT_REACHED, PLAN_NOT_MEASURED, PLAN_NO_TARGET };

/* The figures a measure is judged by; any may be NULL. */
struct plan_evidence {
    const struct plan_figure *baseline, *target, *forecast, *actual, *other;
    bool target_beyond;        /* the target lies on the far side of the baseline (8,4 -> 8,7 under "lower") */
};

struct plan_evidence plan_measure_evidence(const struct plan *, const struct plan_measure *);
enum plan_state plan_measure_state(const struct plan *, const struct plan_measure *);
enum plan_state plan_goal_state(const struct plan *, const struct plan_goal *);
const char *plan_state_name(enum plan_state);
/* +1 when higher is better, -1 lower, 0 unknown. */
int plan_measure_direction(const struct plan_measure *);
/* True when any measure has an actual of a period after its baseline's: then the plan has something to report. */
bool plan_has_status(const struct plan *);
#endif
