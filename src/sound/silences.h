/* Relays of a rehearsal whose sources are silent, by name, and the items that wait for them to sound again. */
#ifndef LOAXA_SOUND_SILENCES_H
#define LOAXA_SOUND_SILENCES_H

#include "base/clock.h"
#include "base/vec.h"

struct silence {
	char *name;
	mono_us since;
};

struct silenced {
	uint32_t token;
	char *name;
};

struct silences {
	VEC(struct silence) names;
	VEC(struct silenced) items;
};

/* When an item of that relay, on air since `began`, will have been silent for so long; *since: from when on.  NULL (no
 * relay), a source that sounds, and silence_us = 0: US_NEVER. */
mono_us silences_due(const struct silences *, const char *name, mono_us began, int64_t silence_us, mono_us *since);
void silences_begin(struct silences *, const char *name, mono_us now);
void silences_end(struct silences *, const char *name);
void silences_wait(struct silences *, const char *name, uint32_t token); /* that item was taken off the air for it */
/* An item whose source sounds again, once; 0: none. */
uint32_t silences_heard(struct silences *);
void silences_forget(struct silences *); /* all items: nobody waits any more */
void silences_free(struct silences *);

#endif
