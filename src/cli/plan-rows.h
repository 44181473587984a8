/* A period's airings gathered for reading: all zones of an item in one row, with what the forecast says of
 * it. */
#ifndef LOAXA_CLI_PLAN_ROWS_H
#define LOAXA_CLI_PLAN_ROWS_H

#include "schedule/plan.h"

struct plan_row {
	struct planned planned; /* in the first of its zones */
	zone_set zones;
	zone_set late, lost, cut; /* where */
	int64_t late_us;          /* at the worst */
	int32_t waited_for;       /* rule, -1 = none or its own */
	day_num day;              /* local day of the planned instant */
};

struct plan_rows {
	VEC(struct plan_row) list; /* by day, firing, rule, place: a firing's rows stand together */
};

/* Planned instants in [from, to). */
void plan_rows_gather(const struct station *, wall_us from, wall_us to, struct plan_rows *);
void plan_rows_free(struct plan_rows *); /* empties it */

#endif
