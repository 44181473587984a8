/* An emergency that is active: when its bulletins air again, until when, and its all-clear (rule 11).  Pure.
 * now, then first-repeats times every first-every, then every then-every (aligned), counted from start to start. */
#ifndef LOAXA_AIRING_ALARM_H
#define LOAXA_AIRING_ALARM_H

#include "schedule/station.h"

struct alarm {
	const struct station *station; /* the schedule it was commanded under */
	int rule;
	wall_us commanded; /* the newest command: names its airings */
	wall_us from;      /* the pattern counts from it: the command, moved with a clock that was set back */
	wall_us over;      /* from + until: nothing airs from then on but the all-clear */
	wall_us next;      /* instant of the next repeat; US_NEVER = none */
	int repeat;        /* its number, in ids.  The first is 0, more when commanded twice in one second */
	int given; /* instants of the pattern that have come: an airing between them takes a number, no instant */
	int64_t set_back; /* by how much the clock was set back since, µs; < 0: it leapt ahead, and nobody believes it */
	bool ended;       /* cancelled or over: only what is at the desk is left */
};

void alarm_command(struct alarm *, const struct station *, int rule, wall_us now, int first_number);
/* The next repeat due by now, in order; false when there is none. */
bool alarm_due(struct alarm *, wall_us now, wall_us *instant, int *repeat);
/* The clock was set.  Back: the pattern goes on as if it had not been, for the danger is no further away.  Forward: that
 * is undone first; what goes beyond it has passed unseen (rule 13). */
void alarm_step(struct alarm *, int64_t by_us);
/* The clock leapt to where nobody believes it: the pattern goes with it, and comes back with it. */
void alarm_leap(struct alarm *, int64_t by_us);
/* It lasts so much longer, and its pattern goes on as if it had from the beginning. */
void alarm_extend(struct alarm *, int64_t by_us);
bool alarm_expired(const struct alarm *, wall_us now); /* until is reached and it has not ended yet */

#endif
