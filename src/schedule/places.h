/* Where one more bulletin could go, so that it is heard so many times a day: places in the sessions there are, and
 * where they are too few, times of its own outside quiet hours.  Proposals for people to accept: whether the schedule
 * is good with them, schedule_check() says.  Pure. */
#ifndef LOAXA_SCHEDULE_PLACES_H
#define LOAXA_SCHEDULE_PLACES_H

#include "schedule/station.h"

#define PLACES_TIMES_MOST 24 /* a day */

struct places_ask {
	int64_t ms; /* the bulletin's length */
	day_span days;
	int times;            /* a day, at least; at most PLACES_TIMES_MOST */
	int campaign;         /* what airs of it already counts; -1 = a new one */
	int bulletin;         /* the same, of itself; -1 = a new one */
	const char *language; /* sessions that speak only others are passed over */
};

struct places_session {
	int rule;
	int after; /* index in its list, -1 = before the first */
};

struct places {
	VEC(struct places_session) sessions;
	VEC(tod_ms) repeats; /* ascending */
	int had, found; /* times a day: what airs of the campaign already, and with the proposal, on the worst day */
};

/* Replaces what is in it. */
void places_propose(const struct station *, const struct places_ask *, struct places *);
void places_free(struct places *); /* empties it */

/* In that session: behind the last announcement before which there is room for so long on each of these days, so that
 * nothing with a time of its own is made late.  False when there is no room anywhere; *after is then the last place. */
bool places_in_session(const struct station *, int rule, const struct places_ask *, int *after);

#endif
