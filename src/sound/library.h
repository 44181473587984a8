/* The station's recordings: finds each file in the audio directory, has loaxa-prepare make what the store lacks, and
 * fills in the facts.  Adapter; called by cli/ before planning, and by the controller before it takes a new schedule
 * (it may take minutes then: not from the loop thread of a running station). */
#ifndef LOAXA_SOUND_LIBRARY_H
#define LOAXA_SOUND_LIBRARY_H

#include "base/err.h"
#include "schedule/station.h"

struct library_options {
	const char *store;           /* directory */
	const char *prepare_program; /* path of loaxa-prepare; NULL: nothing is prepared, what lacks is a failure */
	bool progress;               /* draw a bar on stderr when it is a terminal; one summary line when it is not */
	bool plain;                  /* no bar even then */
};

/* Fills state, sha256, ms, frames[output], limited, why of every recording of the station, and the hash of each text.  Rates and high-passes are
 * those of the station's outputs, 48000 when there is none (then frames[0] is filled).
 * why: of MISSING the nearest name in the audio directory, or NULL; of CORRUPT a sentence for people.
 * False only when nothing could be known at all (program missing): err says why.  A missing or corrupt file is a fact,
 * not a failure. */
bool library_fill(struct station *, const struct library_options *, struct err *);

/* The same from the store alone, for recordings whose sha256 is known: what runs is what was prepared, whatever lies in
 * the audio directory by now.  What the store has no more stays as it was. */
void library_recall(struct station *, const char *store);

/* One file from anywhere, for a station's outputs: prepared and in the store.  False: err says why, for people; the
 * facts are library_one_free()'s either way. */
bool library_one(
	const struct station *, const char *path, const struct library_options *, struct recording *, struct err *);
void library_one_free(struct recording *);

/* Path of a file of the audio directory: exact name first, else the same name written in the other Unicode form
 * (NFC, NFD).  NULL with *why when it is not there, leaves the directory or is no plain file.  To mem_free. */
struct why_facts;
char *library_path(const char *audio_dir, const char *file, struct why_facts *why);

/* Hash of a text of the audio directory, hex; "" when it is not there or is no text that anybody could read. */
void library_text(const char *audio_dir, const char *file, char sha256[65]);

/* Marks the recordings as in use, so that no other call's clean-up takes them.  A running controller calls it daily. */
void library_use(const struct station *, const char *store);

#endif
