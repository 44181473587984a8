/* What the daily line says: how a local day went, from the journal. */
#ifndef LOAXA_CLI_TOLD_DAY_H
#define LOAXA_CLI_TOLD_DAY_H

#include "base/err.h"
#include "report/tally.h"
#include "schedule/tz.h"

struct told_day {
	bool any; /* the journal knows something of that day or of a day before */
	struct tally tally;
	char *faults; /* those that came that day, a line each with their times; "" = none; to mem_free */
};

/* May take seconds on a weak machine.  False: err. */
bool told_day_read(const char *state_dir, const struct tz *, day_num, struct told_day *out, struct err *);

#endif
