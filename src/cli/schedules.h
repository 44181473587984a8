/* The schedules of a journal, as they were when it was written: from its "schedule" rows.  A journal from before there
 * were such rows has none; then the accepted copy of its state stands for all of its time, or the directory that
 * somebody names.  One thread. */
#ifndef LOAXA_CLI_SCHEDULES_H
#define LOAXA_CLI_SCHEDULES_H

#include "base/err.h"
#include "base/vec.h"
#include "journal/reader.h"
#include "schedule/station.h"

struct schedules_one {
	wall_us from; /* until the next one's */
	struct station *station;
};

struct schedules {
	VEC(struct schedules_one) list; /* oldest first; after schedules_read() at least one */
	bool from_journal;              /* else from a copy or directory, which may be another than what was on air */
};

/* dir: what to take when the journal has none; NULL: the accepted copy of the state, else the usual directory when it is
 * of the same station.  False: err says why, and the list is empty. */
bool schedules_read(
	struct schedules *, struct journal_log *, const char *state_dir, const char *dir, struct err *);
void schedules_free(struct schedules *); /* empties it */

/* The station that the body of one "schedule" row describes, lengths of its recordings included; NULL: err says why. */
struct station *schedules_build(const char *body, size_t bytes, struct err *);

#endif
