/* The file of `emergency NAME --with FILE` made ready for the air by who gives the command: preparing takes seconds,
 * and the controller must not be kept from the air. */
#ifndef LOAXA_CLI_EMERGENCY_WITH_H
#define LOAXA_CLI_EMERGENCY_WITH_H

#include "base/err.h"
#include "schedule/station.h"

/* For the outputs of that station.  store: NULL = the usual one.  false: err says why, for people.
 * library_one_free() afterwards in any case. */
bool emergency_with(const struct station *, const char *file, const char *store, struct recording *, struct err *);

#endif
