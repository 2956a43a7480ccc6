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

/* Why a measure has its state. Its name is a key of the words that say it, with the numbers it was judged by. */
enum plan_reason {
    PLAN_AT_LEAST_TARGET, PLAN_AT_MOST_TARGET, PLAN_IS_TARGET, PLAN_IS_KEPT, PLAN_BEATS,                /* reached */
    PLAN_BETTER_THAN_BASELINE, PLAN_BETTER_THAN_FORECAST, PLAN_NEARER, PLAN_BEHIND_BUT_BETTER,          /* on the way */
    PLAN_NOT_BETTER, PLAN_MISSED, PLAN_WORSE_THAN_FORECAST, PLAN_NOT_NEARER, PLAN_NOT_KEPT, PLAN_BEHIND,/* not reached */
    PLAN_NOTHING_NEWER, PLAN_OTHER_NOT_MEASURED,                                                        /* not measured */
    PLAN_NO_NUMBER,                                                                                     /* no target */
    PLAN_REASONS
};
enum plan_reason plan_measure_reason(const struct plan *, const struct plan_measure *);
const char *plan_reason_name(enum plan_reason);            /* "better-than-forecast" */
/* +1 when higher is better, -1 lower, 0 unknown. */
int plan_measure_direction(const struct plan_measure *);
/* True when any measure has an actual of a period after its baseline's: then the plan has something to report. */
bool plan_has_status(const struct plan *);
#endif
