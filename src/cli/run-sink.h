/* Where a controller's sound goes. */
#ifndef LOAXA_CLI_RUN_SINK_H
#define LOAXA_CLI_RUN_SINK_H

#include "schedule/station.h"

/* What replaces every output's own sink, or NULL: nothing does.  asked: --sink, or NULL. */
const char *run_sink(const struct station *, const char *asked);
/* Nobody hears what goes there. */
bool run_sink_is_silent(const char *sink);

#endif
