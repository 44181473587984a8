/* The instants at which a rule fires on a day.  Private to schedule/. */
#ifndef LOAXA_SCHEDULE_FIRINGS_H
#define LOAXA_SCHEDULE_FIRINGS_H

#include "schedule/calendar.h"

struct firings {
	VEC(wall_us) at; /* ascending, each instant once */
};

/* Replaces what is in the list; nothing when the rule does not run that day. */
void firings_of(const struct calendar *, int rule, struct firings *);
/* Takes out what the day before (its own list) fires as well: one instant, one firing. */
void firings_drop(struct firings *, const struct firings *day_before);
/* May the rule fire after the midnight that ends its day. */
bool firings_cross_midnight(const struct rule *);
/* Instant at which a session that starts that day ends. */
wall_us firings_session_end(const struct station *, const struct rule *, day_num);

#endif
