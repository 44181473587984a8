/* Being off, and clocks that jump: what becomes of the instants nobody was there for (rules 12, 13).  Pure. */
#ifndef LOAXA_AIRING_ABSENCE_H
#define LOAXA_AIRING_ABSENCE_H

#include "base/clock.h"
#include "schedule/plan.h"

/* Shorter absences, and smaller forward steps, are mere lateness. */
#define ABSENCE_LATENESS (INT64_C(120) * US_PER_S)
#define STEP_LATENESS (INT64_C(60) * US_PER_S)

/* For each of n planned airings of an absence that ended now: does it still air, made up (catch-up), or is it missed?
 * planned is sorted by instant. */
void absence_fates(const struct station *, const struct planned *, size_t n, wall_us now, bool *made_up);

enum clock_step { STEP_NONE, STEP_LATE, STEP_FORWARD, STEP_BACK };
/* was: the wall clock as it should be by the monotonic one; is: as it shows. */
enum clock_step absence_step(wall_us was, wall_us is);

/* Rule 13, for the start and for steps of more than a day: may this clock run the schedule? */
bool absence_clock_credible(wall_us now, wall_us floor, wall_us last_trusted_row);
#define STEP_FAR (INT64_C(86400) * US_PER_S)

#endif
