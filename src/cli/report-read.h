/* From a state directory and what was asked for, the report: reads the journal, the schedules in it, the clock. */
#ifndef LOAXA_CLI_REPORT_READ_H
#define LOAXA_CLI_REPORT_READ_H

#include "cli/schedules.h"
#include "report/build.h"
#include "report/period.h"

struct report_wanted {
	const char *state_dir, *station_dir; /* station_dir: NULL, or where a journal without schedules finds one */
	bool paper; /* something is handed in: in the station's language */
	struct period_asked period;
	struct report_asked asked; /* days and title are found out here; names may be as typed */
};

struct report_found {
	bool usage;        /* what was asked for makes no sense: the caller's fault, not the journal's */
	size_t unreadable; /* rows left out */
	day_num begins;    /* first day of the directive asked for, in any schedule; DAY_NONE */
	wall_us journal_begins; /* .us = 0: it is empty */
	struct schedules schedules; /* the report's time zone lives there: free it after the report */
};

/* NULL: err says why. */
struct report *report_read(struct report_wanted *, struct report_found *, struct err *);
void report_found_free(struct report_found *); /* empties it */

#endif
