/* Inside of report/build: what its parts share.  Each part fills its own arrays of the report. */
#ifndef LOAXA_REPORT_BUILD_INSIDE_H
#define LOAXA_REPORT_BUILD_INSIDE_H

#include "base/text.h"
#include "report/build.h"
#include "report/times.h"

struct build {
	const struct report_source *in;
	const struct report_asked *asked;
	struct report *out;
	wall_us from, to;            /* the report's days as instants, to not included */
	VEC(struct report_row) rows; /* planned on these days, of what was asked for; in the order of the log */
	VEC(struct report_row) heard; /* all rows of the log, or of the zone that was asked for: no other filter changes lần */
	struct times times;           /* lần of every campaign, over `heard` */
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

/* One item over its zones.  The end of the rows that are planned at the instant of row i; is row i the first of its item,
 * of the instant that begins with row `first`? */
size_t report_build_instant(const struct build *, size_t i);
bool report_build_begins(const struct build *, size_t first, size_t i);
/* "Cụm loa 1, Cụm loa 2", "all 6 zones"; to mem_free. */
char *report_build_zone_names(const struct build *, const struct report_row *const *, size_t n);
char *report_build_numbers(const struct report_row *); /* of its directives, ", "; NULL; to mem_free */
void report_build_notes(const struct build *, const struct report_row *const *, size_t n, struct text *out);

void report_build_directives(struct build *); /* and uptakes */
void report_build_days(struct build *);
void report_build_zones(struct build *);
void report_build_off(struct build *); /* intervals of the zones that are there already, and of the station */
void report_build_classes(struct build *);
void report_build_unaired(struct build *);
void report_build_logbook(struct build *);
void report_build_strip(struct build *);

#endif
