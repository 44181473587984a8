/* Do the outputs of a station open?  Each is opened and closed again at once, silent, all at the same time, and nobody
 * waits longer than asked.  What somebody else is playing on is not disturbed: a card that is taken says so. */
#ifndef LOAXA_CLI_TRIAL_H
#define LOAXA_CLI_TRIAL_H

#include "base/err.h"
#include "schedule/station.h"

enum trial_result {
	TRIAL_NOT_TRIED, /* a file, a dry run: opening would leave something behind or says nothing */
	TRIAL_OPENS,
	TRIAL_FAILS,    /* why says why */
	TRIAL_NO_ANSWER /* it did not answer in time */
};

struct trial {
	enum trial_result result;
	struct err why;
};

/* trials: one for each output.  May leave a thread behind that hangs in a driver. */
void trial_outputs(const struct station *, int limit_ms, struct trial trials[OUTPUTS_MAX]);

#endif
