/* What is wrong with a whole schedule, beyond the single value: found by expanding it.  Pure: reads no clock; expands
 * from the first date the files name (none: 1/1/2024), at least 400 and at most 1,100 days.
 * Needs the recordings' facts (recording.state and ms filled in). */
#ifndef LOAXA_SCHEDULE_CHECK_H
#define LOAXA_SCHEDULE_CHECK_H

#include "schedule/station.h"

/* Adds errors and warnings; warnings one per rule and code, with first date and count. */
void schedule_check(const struct station *, struct findings *);
day_num schedule_first_day(const struct station *); /* where the expansion starts */

#endif
