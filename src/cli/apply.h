/* Before a schedule takes the place of the running one: what that changes is shown, and asked where somebody can answer.
 * A script is never asked: what it orders was decided by whoever wrote it. */
#ifndef LOAXA_CLI_APPLY_H
#define LOAXA_CLI_APPLY_H

#include "schedule/station.h"

struct apply {
	const char *state, *store; /* NULL: the usual places */
	bool yes;                  /* do not ask */
};

/* The schedule that is running, its recordings' facts from the store; NULL when it cannot be read from here. */
struct station *apply_running(const struct apply *);

/* Prints what differs in the days to come; true when nobody objects.  Nobody is asked when nothing differs. */
bool apply_agreed(const struct apply *, const struct station *next);

#endif
