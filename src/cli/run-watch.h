/* Whether the service manager's watchdog is told that all is well.  A loop that turns proves nothing to the village:
 * every output that is open has to have let frames be heard since the last word.  One that hangs in its driver goes
 * unmentioned, the manager kills the program, and its next start airs on. */
#ifndef LOAXA_CLI_RUN_WATCH_H
#define LOAXA_CLI_RUN_WATCH_H

#include "base/clock.h"
#include "schedule/station.h"
#include "sound/live.h"

struct run_watch {
	struct run_watch_output {
		uint32_t count; /* as of the last word */
		mono_us moved;  /* when that had changed */
	} outputs[OUTPUTS_MAX];
};

/* To be asked once for each word to the manager, half a second after the one before or later. */
bool run_watch_well(struct run_watch *, const struct live_sound *, const struct station *, mono_us now);
/* The same of one output; pure. */
bool run_watch_output(struct run_watch_output *, struct live_pulse, mono_us now);

#endif
