/* The schedule as a technician's commands need it: read, but without a look at its recordings, which may take minutes. */
#ifndef LOAXA_CLI_PEEK_H
#define LOAXA_CLI_PEEK_H

#include "schedule/station.h"

/* dir: that one; NULL: the schedule that is accepted in that state, else the usual directory.  *from (to mem_free) is
 * where it was read.  NULL: it has errors, which stand in the findings.  Chooses the station's language. */
struct station *peek_station(const char *dir, const char *state, char **from, struct findings *);

#endif
