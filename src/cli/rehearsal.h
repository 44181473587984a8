/* A dry run: the engine in virtual time, between a script, a sound that is only counted (or rendered into a file) and a
 * rehearsal journal.  True time runs on; the station believes true time plus what `clock` lines did to it. */
#ifndef LOAXA_CLI_REHEARSAL_H
#define LOAXA_CLI_REHEARSAL_H

#include "base/err.h"
#include "base/sha256.h"
#include "engine/script.h"
#include "sound/virtual.h"

struct rehearsal_setup {
	struct station *station;     /* taken over */
	const struct script *script; /* NULL = none */
	wall_us from, to;            /* nothing planned at or after `to` enters; what is on then comes to its verdict */
	const char *state;           /* directory of the rehearsal journal */
	const struct render_options *render; /* NULL = no file; its from and until are filled in here */
	wall_us render_until;
	/* Loads another station directory for `reload`; reports what is wrong itself. */
	struct station *(*load)(void *self, const char *dir, struct err *);
	/* Prepares a file that a line names for the outputs of that station. */
	bool (*with)(void *self, const struct station *, const char *file, struct recording *, struct err *);
	void *self;
	/* A script line that could not be carried out. */
	void (*refused)(void *self, const struct script_line *, const char *why);
};

/* Runs it to its end.  head: the chain head of its journal. */
bool rehearsal_run(const struct rehearsal_setup *, char head[SHA256_HEX], struct err *);

#endif
