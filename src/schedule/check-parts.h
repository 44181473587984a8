/* The parts of schedule_check: each looks at every planned day and reports at the end.  Private to schedule/.
 */
#ifndef LOAXA_SCHEDULE_CHECK_PARTS_H
#define LOAXA_SCHEDULE_CHECK_PARTS_H

#include "schedule/plan.h"
#include "schedule/station.h"

struct check {
	const struct station *station;
	struct findings *findings;
	day_num first, last; /* expanded, both inclusive */
};

/* One expanded day: all airings of the firings that start on it. */
struct check_day {
	day_num day;
	const struct planned *items; /* by planned instant, zone … */
	size_t n;
};

struct checker {
	void *(*open)(const struct check *);
	void (*day)(void *self, const struct check_day *);
	void (*close)(void *self); /* adds its findings, frees itself */
};

extern const struct checker check_campaigns, check_fires, check_guards, check_lanes, check_limits, check_relays;

/* What needs no plan but the recordings' facts and the approvals. */
void check_facts(const struct check *);

/* How often something was found, and when first. */
struct check_tally {
	size_t count;
	wall_us first, last_firing;
};
bool check_tally_add(struct check_tally *, wall_us at); /* true when it is the first */
/* The same for items: a firing counts once, however many of its items are found one after the other. */
bool check_tally_add_item(struct check_tally *, const struct planned *);

#define CHECK_WHEN_BYTES 80
/* "17:10 (14/7/2021)", "17:10 (14/7/2021, ×31)" */
void check_when(const struct check *, const struct check_tally *, char out[CHECK_WHEN_BYTES]);
/* "14/7/2021", "14/7/2021 (×31)" */
void check_on_days(const struct check *, const struct check_tally *, char out[CHECK_WHEN_BYTES]);
/* "17:10" */
void check_time(const struct check *, wall_us, char out[CHECK_WHEN_BYTES]);
/* An item planned for several zones is looked at once: in the first of them. */
bool check_counts(const struct check *, const struct planned *);

struct check_number {
	char text[24];
};
struct check_number check_number(int64_t);

#endif
