/* What becomes of the files that approvals name while a station runs.  A thread of its own reads what was changed: files
 * are long, and a stick may hang.  It is told by the kernel and sleeps otherwise; nobody ever waits for it.  What was
 * changed before the watch began the schedule's own reading has found.  All calls from one thread. */
#ifndef LOAXA_SOUND_LIBRARY_WATCH_H
#define LOAXA_SOUND_LIBRARY_WATCH_H

#include "base/sha256.h"
#include "schedule/station.h"

struct library_watch;

/* NULL: no approval of that station names a file, or the kernel has no watch to give.  Takes copies of the names. */
struct library_watch *library_watch_new(const struct station *);
void library_watch_free(struct library_watch **);
int library_watch_fd(const struct library_watch *); /* becomes readable when there is something */
/* A file, as the schedule names it (to mem_free), and what it is now: its SHA-256, "" = not there.  false: no more. */
bool library_watch_next(struct library_watch *, char **file, char sha256[SHA256_HEX]);

#endif
