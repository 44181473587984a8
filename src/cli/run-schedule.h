/* Which schedule a controller runs: the last accepted copy; the first time DIR itself, which is accepted then.
 * Loop thread. */
#ifndef LOAXA_CLI_RUN_SCHEDULE_H
#define LOAXA_CLI_RUN_SCHEDULE_H

#include "engine/ports.h"

struct run_schedule;

/* dir: NULL = where the accepted one came from, else the usual place. */
struct run_schedule *run_schedule_new(const char *state, const char *dir, const char *store);
void run_schedule_free(struct run_schedule **);

/* What to start with; NULL: nothing that could be used (said on stderr and in the note).  The caller owns it. */
struct station *run_schedule_first(struct run_schedule *);
/* The engine's port for `reload`. */
struct schedule_port run_schedule_port(struct run_schedule *);
/* What people should know of it now, one line, or NULL. */
const char *run_schedule_note(const struct run_schedule *);

#endif
