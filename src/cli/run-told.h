/* What the controller puts on the notice board for loaxa tell: the faults there are, and which day is over.  A new
 * notice whenever that changes; nothing at all for a station without on-fault.  Loop thread; never waits.
 *
 * { "command", "language", "timezone", "station", "station_name", "day": the last local day of which can be told,
 *   "faults": [ { "code", "since", "text" } … ] }                                                              */
#ifndef LOAXA_CLI_RUN_TOLD_H
#define LOAXA_CLI_RUN_TOLD_H

#include "engine/engine.h"

#define RUN_TOLD_CODE "told" /* the fault that nobody is told; it cannot be told either */

struct run_told;

/* state: the state directory, to outlive it.  Under a service manager ($NOTIFY_SOCKET) another unit does the telling,
 * because ours has no network; else it is started as a child whenever there is something to tell. */
struct run_told *run_told_new(const char *state);
void run_told_free(struct run_told **);
/* After each turn. */
void run_told_turn(struct run_told *, struct engine *, wall_us now);
/* The notice itself; pure.  now: of the station's clock. */
void run_told_notice(const struct engine *, wall_us now, struct text *out);

#endif
