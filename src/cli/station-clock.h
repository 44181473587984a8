/* What a journal tells of its station without any schedule: the last checkpoint, and how to write local time. */
#ifndef LOAXA_CLI_STATION_CLOCK_H
#define LOAXA_CLI_STATION_CLOCK_H

#include "base/text.h"
#include "journal/reader.h"
#include "schedule/tz.h"

struct station_clock {
	struct text checkpoint; /* body of the last "start" or "day" row; empty when there is none */
	struct tz *tz;          /* of the station; without a checkpoint the offset of its oldest airing, else UTC */
	bool sample;
};

void station_clock_read(struct journal_log *, struct station_clock *);
void station_clock_free(struct station_clock *); /* empties it */

#endif
