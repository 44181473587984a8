/* What people wrote down or ordered that explains a day or an airing: notes, who was on duty, zones off and on, sessions
 * skipped.  From the journal's events; shown beside the airings, and never part of their figures. */
#ifndef LOAXA_REPORT_REMARKS_H
#define LOAXA_REPORT_REMARKS_H

#include "engine/ports.h"
#include "schedule/civil.h"

struct tz;

struct remark {
	const char *kind; /* of its journal row: "note", "duty", "off" … */
	day_num day;  /* DAY_NONE: of an airing */
	char *airing; /* its id, or NULL */
	char *text;   /* for people, in their language */
};

struct remarks {
	VEC(struct remark) list; /* in the order they were written */
};

/* The kinds of rows that become remarks, then NULL: what to ask the journal for. */
extern const char *const report_remark_kinds[];

void report_remarks_read(struct remarks *, struct journal_reader *, const struct tz *);
void report_remarks_free(struct remarks *); /* empties it */

#endif
