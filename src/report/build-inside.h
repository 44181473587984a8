/* Inside of report/build: what its parts share.  Each part fills its own arrays of the report. */
#ifndef LOAXA_REPORT_BUILD_INSIDE_H
#define LOAXA_REPORT_BUILD_INSIDE_H

#include "report/build.h"
#include "report/times.h"

struct build {
	const struct report_source *in;
	const struct report_asked *asked;
	struct report *out;
	wall_us from, to;            /* the report's days as instants, to not included */
	VEC(struct report_row) rows; /* planned on these days, of what was asked for; in the order of the log */
	struct times times;          /* lần of every campaign, over all rows of the log */
};

/* What was in force at that instant, and on that day: what the day began with. */
const struct station *report_build_station_at(const struct build *, wall_us);
const struct station *report_build_station_of(const struct build *, day_num);
/* Local day of an instant. */
day_num report_build_day(const struct build *, wall_us);
/* Does an exception of that schedule take bulletins of the campaign away on that day?  which: NULL, or gets its name. */
bool report_build_excused(const struct station *, const char *campaign, day_num, const char **which);
/* The campaign of that name; NULL. */
const struct campaign *report_build_campaign(const struct station *, const char *name);

void report_build_directives(struct build *); /* and uptakes */
void report_build_days(struct build *);
void report_build_zones(struct build *); /* zones, off, station_off */
void report_build_classes(struct build *);
void report_build_unaired(struct build *);
void report_build_logbook(struct build *);
void report_build_strip(struct build *);

#endif
