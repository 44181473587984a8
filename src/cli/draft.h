/* A schedule about to be changed: the files as they would be, checked as a whole before one of them is written. */
#ifndef LOAXA_CLI_DRAFT_H
#define LOAXA_CLI_DRAFT_H

#include "base/text.h"
#include "cli/load.h"
#include "config/edit.h"

struct draft {
	char *dir;
	struct load_options load;
	struct edit *edit;
	struct station *was, *is; /* is: as of the last good draft_check() */
	struct findings was_found;
};

/* dir: as the user named it; NULL: the one the running schedule came from, else the usual one.  state: NULL = the
 * usual one.  False when what lies there cannot be built on: it was said on stderr. */
bool draft_open(struct draft *, const char *dir, const char *state, const char *store);
void draft_free(struct draft *);
/* Begins anew: the files as they were read. */
bool draft_reset(struct draft *);

/* May this user write there at all?  Asked before a conversation, not after it.  false: err. */
bool draft_can_write(const struct draft *, struct err *);
/* Would the whole be a schedule?  fresh: what is found in it that was not found before, errors and warnings. */
bool draft_check(struct draft *, struct findings *fresh, struct err *);

/* The names of the files that differ: "30-ban-tin.conf, 40-lich.conf". */
void draft_names(const struct draft *, struct text *out);

#endif
