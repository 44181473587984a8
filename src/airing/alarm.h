/* An emergency that is active: when its bulletins air again, until when, and its all-clear (rule 11).  Pure.
 * now, then first-repeats times every first-every, then every then-every (aligned), counted from start to start. */
#ifndef LOAXA_AIRING_ALARM_H
#define LOAXA_AIRING_ALARM_H

#include "schedule/station.h"

struct alarm {
	const struct station *station; /* the schedule it was commanded under */
	int rule;
	wall_us commanded; /* the newest command: the pattern counts from it */
	wall_us over;      /* commanded + until: nothing airs from then on but the all-clear */
	wall_us next;      /* instant of the next repeat; US_NEVER = none */
	int repeat;        /* its number, in ids.  The first is 0, more when commanded twice in one second */
	int given;  /* instants of the pattern that have come: an airing between them takes a number, no instant */
	bool ended; /* cancelled or over: only what is at the desk is left */
};

void alarm_command(struct alarm *, const struct station *, int rule, wall_us now, int first_number);
/* The next repeat due by now, in order; false when there is none. */
bool alarm_due(struct alarm *, wall_us now, wall_us *instant, int *repeat);
bool alarm_expired(const struct alarm *, wall_us now); /* until is reached and it has not ended yet */

#endif
