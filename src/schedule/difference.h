/* What a changed schedule changes on the air: two stations, the same days to come, airing by airing.  Pure.
 * All zones of an item are one airing.  Airings are matched by the names of their rule and bulletin and by their local
 * day: a session that starts later is moved, not taken away and put there anew. */
#ifndef LOAXA_SCHEDULE_DIFFERENCE_H
#define LOAXA_SCHEDULE_DIFFERENCE_H

#include "schedule/difference-settings.h"
#include "schedule/plan.h"

#define DIFFERENCE_DAYS_MOST 31
#define DIFFERENCE_WEEK 8 /* the rest of today and the seven days after it */

struct difference_side {
	int32_t rule, bulletin; /* indexes into that station; -1: not on this side (the rule of a removed one may be) */
	tod_ms at;
	int64_t ms;
	zone_set zones; /* numbered as in that station */
};

/* The same change on several days is one row. */
struct difference_row {
	enum difference_kind kind; /* CHANGED: at the same time, but longer, shorter or in other zones */
	struct difference_side was, is;
	uint32_t days; /* bit i = day from + i */
};

enum difference_nearness {
	DIFFERENCE_FAR,
	DIFFERENCE_INSIDE, /* of a guard */
	DIFFERENCE_AFTER,  /* begins less than 15 min after quiet hours */
	DIFFERENCE_BEFORE, /* ends less than 15 min before quiet hours */
	DIFFERENCE_INTO    /* runs into them and is cut there */
};

struct difference_near {
	enum difference_nearness nearness;
	int32_t guard; /* index into after->guards */
	struct difference_side is;
	uint32_t days;
};

struct difference_day {
	int64_t was_ms, is_ms; /* of what counts as minutes aired: no signature, music or test */
	int was, is;           /* so many broadcasts */
};

struct difference {
	const struct station *before, *after; /* the caller's; before may be NULL */
	wall_us start;
	day_num from; /* local day of the start */
	int days;
	VEC(struct difference_row) rows;     /* by rule; within it what moved stands last, by shift */
	VEC(struct difference_near) near;    /* only what was not so before */
	struct difference_settings settings; /* a rule only where no row names it */
	struct difference_day day[DIFFERENCE_DAYS_MOST];
	size_t count[DIFFERENCE_ADDED + 1]; /* airings of each kind, over all days */
};

/* From that instant to the end of the days-th local day, the first counted though it is only a rest of one.
 * before: NULL when no schedule runs.  Recordings that are not ready count 0 ms. */
void difference_find(
	const struct station *before, const struct station *after, wall_us start, int days, struct difference *);
bool difference_none(const struct difference *); /* not the least */
void difference_free(struct difference *);       /* empties it */

#endif
