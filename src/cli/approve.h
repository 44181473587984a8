/* An approval, bound to what was approved: approver, paper, day, who typed it, and the hashes of sound and text, written
 * into the section of the bulletin.  Whatever of it changes afterwards is not aired until it is approved anew. */
#ifndef LOAXA_CLI_APPROVE_H
#define LOAXA_CLI_APPROVE_H

#include "config/edit.h"
#include "schedule/station.h"

struct approval {
	const char *by;    /* name and office of who approved */
	const char *via;   /* the paper, or NULL */
	const char *typed; /* who writes it down, as approve_typist() makes it */
	day_num on;        /* the day of the approval */
};

/* "lan, 23/11/2026 16:05"; said: how the typist calls himself, or NULL.  To mem_free. */
char *approve_typist(const char *said, const struct tz *, wall_us now);

/* Writes it into the edit (nobody has written the files yet).  The bulletin's facts must be known: its recordings'
 * states and hashes, its text's hash.  false: err says in words what is not there to be approved; nothing is changed. */
bool approve_edit(struct edit *, const struct bulletin *, const struct approval *, struct err *);

#endif
