/* The plan: rules expanded over days, exactly what the desk is given and what `loaxa plan` prints.  Pure.
 * A firing belongs to the day it starts; its items may lie on the next one. */
#ifndef LOAXA_SCHEDULE_PLAN_H
#define LOAXA_SCHEDULE_PLAN_H

#include "base/text.h"
#include "schedule/station.h"

struct planned {
	wall_us at;     /* planned instant, whole ms */
	wall_us firing; /* instant of its firing */
	wall_us over;   /* the session's end: it can only start before, yet is planned; US_NEVER outside sessions */
	int64_t ms;     /* duration */
	int32_t rule;   /* index into station->rules */
	int32_t bulletin;
	uint16_t place; /* in the rule's list, from 1 */
	uint8_t zone;
	bool anchored;
};

struct plan {
	VEC(struct planned) items; /* by planned instant, zone, firing, rule, place */
};

/* What an exception took away that day: a row of the journal. */
struct excused {
	int32_t exception, rule;
	int32_t bulletin; /* -1 = the whole rule */
	day_num day;
};

/* Appends every airing of every firing of that day, sorted within what this call appended.  A recording that is not
 * ready counts 0 ms. */
void plan_day(const struct station *, day_num, struct plan *);
/* Airings with planned instant in [from, to), firings of the day before included; sorted. */
void plan_between(const struct station *, wall_us from, wall_us to, struct plan *);
void plan_free(struct plan *); /* empties it */

/* What exceptions take away on that day (calls fn once each). */
void plan_excused(const struct station *, day_num, void (*fn)(void *self, const struct excused *), void *self);

/* "22363/sang/20210714T053000+0700/3.bz-vi-sao/cum-1" appended to out. */
void plan_id(const struct station *, const struct planned *, struct text *out);

/* Quiet hours: is a guard with that action in force for the zone at that instant (from is included, to excluded),
 * which one (index or -1); when does the next one begin, later than `after` (US_NEVER: none). */
int guard_find(const struct station *, enum guard_action, int zone, wall_us);
bool guard_at(const struct station *, enum guard_action, int zone, wall_us);
wall_us guard_next_begin(const struct station *, enum guard_action, int zone, wall_us after);

#endif
