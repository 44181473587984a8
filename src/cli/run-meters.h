/* The meters' findings as faults of the station: silence while something is on air, sound while nothing is. */
#ifndef LOAXA_CLI_RUN_METERS_H
#define LOAXA_CLI_RUN_METERS_H

#include "engine/engine.h"
#include "sound/live.h"

/* Sources "silence" and "noise"; one text each, however many zones. */
void run_meters_tell(struct engine *, const struct live_sound *);

#endif
