/* The beat of a sink that has none of its own (dry-run, file) or might have none (a card that swallows everything):
 * of what was written, so much is heard as time has passed.  Never waits.  Thread: the sink's. */
#ifndef LOAXA_SOUND_PACE_H
#define LOAXA_SOUND_PACE_H

#include "base/clock.h"

#include <stdbool.h>

struct pace {
	const struct clock *clock;
	int rate;
	bool running;
	int64_t written, behind; /* frames since the start; of which were heard before `start` */
	mono_us start;
};

void pace_init(struct pace *, const struct clock *, int rate);
void pace_go(struct pace *); /* what is written and was not heard yet is heard from now on */
void pace_write(struct pace *, int64_t frames);
void pace_take_back(struct pace *, int64_t frames);
int64_t pace_queued(const struct pace *, mono_us now); /* frames written and not yet heard */
/* Everything was heard, and some time ago: it ran dry.  It stands still then. */
bool pace_dry(struct pace *, mono_us now);

#endif
