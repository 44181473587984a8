/* The state directory of a controller: made when missing, held by one process at a time. */
#ifndef LOAXA_OS_STATE_H
#define LOAXA_OS_STATE_H

#include "base/err.h"

/* Makes DIR and what leads to it (0750) and locks DIR/lock; returns the descriptor that holds the lock until it is
 * closed or the process ends, or -1 with the reason. */
int state_hold(const char *dir, struct err *);
/* Does a live process hold it now? */
bool state_held(const char *dir);

#endif
