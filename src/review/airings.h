/* The rows behind an answer: one station's airings, as its own log shows them. */
#ifndef LOAXA_REVIEW_AIRINGS_H
#define LOAXA_REVIEW_AIRINGS_H

#include "report/report.h"
#include "review/store.h"
#include "schedule/civil.h"

/* Days of the station's own calendar; directive: its number as people type it, NULL = all.  NULL with a reason. */
struct report_log *review_airings(
	struct review_store *, const char *station, day_span, const char *directive, struct err *);

/* Days on which less was done than asked. */
struct review_short {
	char *number;
	day_num day;
	enum met met; /* MET_NO, MET_EXCUSED, MET_OPEN */
	int times, asked;
};
struct review_shorts {
	VEC(struct review_short) list; /* by number, by day */
};
void review_shorts_read(
	struct review_store *, const char *station, day_span, const char *directive, struct review_shorts *);
void review_shorts_free(struct review_shorts *); /* empties it */

/* Do the sums that answers are made of say what the airings say?  *days: station-days looked at; *wrong: those that differ.
 * False with a reason when the book cannot be read. */
bool review_recount(struct review_store *, size_t *days, size_t *wrong, struct err *);

#endif
