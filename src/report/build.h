/* From the rows of a log, the schedules as they were and what else happened, the report.  Pure: nothing is read here but
 * what the caller hands in, and the same input gives the same report. */
#ifndef LOAXA_REPORT_BUILD_H
#define LOAXA_REPORT_BUILD_H

#include "report/remarks.h"
#include "report/report.h"

/* What was in force from an instant on, until the next one's. */
struct report_schedule {
	wall_us from;
	const struct station *station;
};

/* A journal row that is no airing's: "off", "on", "absence", "start", "day", "exception" … */
struct report_event {
	wall_us wall;
	char *kind, *airing, *body; /* airing may be NULL */
};

struct report_events {
	VEC(struct report_event) list; /* as they were written */
};

/* The kinds that the parts of a report look at, then NULL: what to ask the journal for. */
extern const char *const report_event_kinds[];

void report_events_read(struct report_events *, struct journal_reader *);
void report_events_free(struct report_events *); /* empties it */

struct report_source {
	const struct report_log *log; /* airings planned from a day before the report's first until a day after its last */
	const struct report_schedule *schedules; /* oldest first, at least one; the first also counts before its instant */
	size_t n_schedules;
	const struct report_events *events; /* of report_event_kinds, from long before the first day on */
	const struct remarks *remarks;
	wall_us made, known; /* now; until when anything is known of the station (its last sign of life) */
	wall_us begins;      /* the journal's first row; .us = 0: not known */
	bool crossed;
	const char *seal; /* or NULL */
	/* First airing of the campaign heard at or after that instant, before the rows of the log begin; .us = 0: none.
	 * NULL: nobody can tell. */
	wall_us (*first_heard)(void *self, const char *campaign, wall_us since);
	void *self;
};

/* NULL: all. */
struct report_asked {
	day_span days;
	const char *title; /* of the period */
	const char *zone, *campaign, *directive, *class, *priority, *language;
};

/* Never NULL; report_free(). */
struct report *report_build(const struct report_source *, const struct report_asked *);

#endif
