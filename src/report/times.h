/* How many times (lần) a day a campaign was aired: firings with at least one of its countable bulletins heard whole in
 * every zone that was on.  Pure: a function over the rows of a log.  A firing belongs to the day it started. */
#ifndef LOAXA_REPORT_TIMES_H
#define LOAXA_REPORT_TIMES_H

#include "base/vec.h"
#include "report/row.h"

struct times_day {
	const char *campaign; /* of the row's table of strings */
	day_num day;
	int aired, open; /* firings; open: entered, on air or waiting, and not counted in `aired` */
};

struct times_firing {
	const char *campaign;
	char *id; /* "22363/sang/20210714T053000+0700" */
};

struct times {
	VEC(struct times_day) days;
	VEC(struct times_firing) firings; /* those counted in `days` */
};

/* Appends; rows as report_log gives them, all rows of one instant in one call. */
void times_count(const struct report_row *rows, size_t n, struct times *);
const struct times_day *times_find(const struct times *, const char *campaign, day_num); /* NULL: nothing */
/* Is a firing of the campaign counted already?  id: of it, or of any of its airings. */
bool times_counted(const struct times *, const char *campaign, const char *id);
void times_free(struct times *); /* empties it */

#endif
