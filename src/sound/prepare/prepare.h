/* Preparing many recordings: one caged child for each, a few at a time; what they find out is told to the caller one
 * recording at a time, in the order in which they are done.  Single-threaded: it forks. */
#ifndef LOAXA_SOUND_PREPARE_PREPARE_H
#define LOAXA_SOUND_PREPARE_PREPARE_H

#include "sound/look.h"
#include "sound/store.h"

#define PREPARE_FORMS_MAX 8

struct prepare_result {
	char sha256[SHA256_HEX]; /* "" when the file could not be read */
	struct why_facts why;    /* WHY_NONE: it is ready */
	bool stored;             /* in the store (else only measured) */
	bool fresh;              /* by this call, not by one before */
	int forms;
	struct store_facts facts[PREPARE_FORMS_MAX];
	struct look look; /* only when that was asked for */
};

/* Only a look at recordings that nobody has taken in yet: no form, nothing hashed, nothing stored. */
struct prepare_look {
	bool wanted, trim, even;
	int flac; /* where the recording goes that is made anew: what only ffmpeg reads, or what is trimmed */
};

struct prepare {
	struct store *store; /* may be one that cannot be written */
	struct store_form forms[PREPARE_FORMS_MAX];
	int forms_n;
	struct prepare_look look;
	int jobs; /* children at a time, from 1 */
	void *self;
	void (*begun)(void *self, int file); /* may be NULL */
	void (*done)(void *self, int file, const struct prepare_result *);
};

/* False when no child could be started at all (err).  paths are opened as they are: which ones are allowed is the
 * caller's business. */
bool prepare_files(const struct prepare *, char *const *paths, int n, struct err *);

#endif
