/* The beat of a sink that has none of its own (dry-run, file) or might have none (a card that swallows everything).
 * It behaves like a card with a small buffer: a writer waits while more than `ahead` frames are not yet due.
 * Thread: the one that writes; it sleeps, never longer than a period at a time. */
#ifndef LOAXA_SOUND_PACE_H
#define LOAXA_SOUND_PACE_H

#include "base/clock.h"

#include <stdbool.h>

struct pace {
	const struct clock *clock;
	int rate;
	int64_t ahead, written;
	mono_us start;
};

void pace_begin(struct pace *, const struct clock *, int rate, int64_t ahead);
/* Counts frames as written, then waits until at most `ahead` of all are not yet due.
 * False: the writer was late, everything written was due already; the beat begins anew from now. */
bool pace_write(struct pace *, int64_t frames);
int64_t pace_delay(const struct pace *); /* frames written and not yet due */

#endif
