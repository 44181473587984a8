/* When nothing could be heard, and where, for people: zones that were silent together, as those of one device are, stand in
 * one line.  In the user's language; pure but for that. */
#ifndef LOAXA_REPORT_OFF_TIMES_H
#define LOAXA_REPORT_OFF_TIMES_H

#include "report/report.h"

struct off_time {
	const struct report_off *off; /* the report's */
	char *where;                  /* "Cả đài", "Cả 6 cụm loa", "Cụm loa 1, Cụm loa 4" */
};

struct off_times {
	VEC(struct off_time) list; /* the whole station's first, then by zone and time */
};

void off_times_of(const struct report *, struct off_times *); /* appends */
void off_times_free(struct off_times *);                      /* empties it */

#endif
