/* What the plan alone says will happen in one zone: the on-air rules without emergencies, operators and
 * faults. For the schedule's check and the day sheet; the desk (airing/) alone decides on the air.  Pure.
 * Items go in by planned instant and come out in the order of their ends. */
#ifndef LOAXA_SCHEDULE_FORECAST_H
#define LOAXA_SCHEDULE_FORECAST_H

#include "schedule/plan.h"

enum forecast_outcome {
	FORECAST_AIRED,
	FORECAST_CUT, /* begun and not finished: quiet hours, a hard end, a hard start it does not come back
	                 from */
	FORECAST_LOST /* never begun */
};

struct forecast_item {
	struct planned planned;
	enum forecast_outcome outcome;
	wall_us start, end;    /* LOST: both are the instant at which that was certain */
	wall_us idle_since;    /* the zone was silent from then to start */
	int32_t waited_for;    /* rule whose firing made it late, cut or lost it; -1 = none, or its own */
	wall_us waited_firing; /* that firing */
};

struct forecast;
struct forecast *forecast_new(const struct station *, int zone); /* the station must outlive it */
void forecast_free(struct forecast **);

/* Items of other zones are passed over; none may be planned before the `until` of an earlier forecast_run. */
void forecast_add(struct forecast *, const struct planned *, size_t n);
/* Decides everything up to that instant; all items planned before it must have been added. */
void forecast_run(struct forecast *, wall_us until, void (*fn)(void *self, const struct forecast_item *), void *self);

#endif
