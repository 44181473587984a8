/* A text, spoken by a machine, as a recording of the station: read as people say it (reading/), spoken by espeak-ng in a
 * process of its own, taken in like any other recording, its text beside it. */
#ifndef LOAXA_CLI_SAY_H
#define LOAXA_CLI_SAY_H

#include "cli/import.h"

#define SAY_BYTES_MOST (16 << 10) /* about 20 minutes */

struct say_options {
	const char *station_dir; /* whose cach-doc.txt comes before the shipped one; may be NULL */
	const char *audio_dir;
	const char *name;  /* as in import_options */
	const char *voice; /* of espeak-ng; NULL: the one that cach-doc.txt names */
	bool progress;
};

/* Is there a voice on this machine? */
bool say_can(void);
/* The words that the voice gets, to mem_free.  NULL: err says why (a table with an error, nothing to say). */
char *say_words(const char *text, const char *station_dir, struct err *);
/* The recording, taken in.  False: err says why, nothing was left behind. */
bool say_recording(const char *text, const struct say_options *, struct import_result *, struct err *);

#endif
