/* One day of the calendar: which rules run on it and which bulletins are open, exceptions included.  Private
 * to schedule/.  Made once a day, asked once a rule; refers to the station it was made from. */
#ifndef LOAXA_SCHEDULE_CALENDAR_H
#define LOAXA_SCHEDULE_CALENDAR_H

#include "schedule/station.h"

struct calendar {
	const struct station *station;
	day_num day;
	uint8_t weekday;     /* as a bit of rule->weekdays */
	bool exists;         /* some zones once left a whole day out */
	VEC(int) exceptions; /* in force that day, in file order */
	bool suppressed[CLASS_COUNT];
};

void calendar_open(struct calendar *, const struct station *, day_num);
void calendar_close(struct calendar *);

/* Does a firing of the rule start that day (never an emergency's). */
bool calendar_rule_runs(const struct calendar *, int rule);
/* Is the bulletin open that day and its class not suppressed. */
bool calendar_bulletin_runs(const struct calendar *, int bulletin);
/* The same without asking exceptions. */
bool calendar_rule_due(const struct calendar *, int rule);
/* First exception in force that takes the whole rule away, or -1. */
int calendar_rule_taken_by(const struct calendar *, int rule);

/* Whatever the rules say. */
bool calendar_in_force(const struct exception *, day_num);

#endif
