/* What a dry run shows when it is over: the day drawn, the airing log with its sums, and where everything lies. */
#ifndef LOAXA_CLI_REHEARSAL_REPORT_H
#define LOAXA_CLI_REHEARSAL_REPORT_H

#include "base/sha256.h"
#include "schedule/station.h"

struct rehearsal_report {
	const char *state, *render;
	wall_us from, to;
	bool json;
	/* taken from the station before the run takes it over */
	struct tz *tz;
	char *station_name, *first_day;
};

void rehearsal_report_take(struct rehearsal_report *, const struct station *);
bool rehearsal_report_print(const struct rehearsal_report *, const char head[SHA256_HEX]);
void rehearsal_report_free(struct rehearsal_report *); /* empties it */

#endif
