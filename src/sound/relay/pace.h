/* Real time out of sound that comes in lumps (a playlist's pieces, a file): so many frames may go on by now, and at
 * most RELAY_PACE_MS of what was not used before.  Fed instants; knows no clock. */
#ifndef LOAXA_SOUND_RELAY_PACE_H
#define LOAXA_SOUND_RELAY_PACE_H

#include <stddef.h>
#include <stdint.h>

#define RELAY_PACE_MS 300

struct relay_pace {
	int rate;
	int64_t last_us, due; /* frames x 1,000,000 that may go on */
};

void relay_pace_start(struct relay_pace *, int rate, int64_t now_us); /* RELAY_PACE_MS may go on at once */
size_t relay_pace_room(struct relay_pace *, int64_t now_us);          /* frames that may go on now */
void relay_pace_used(struct relay_pace *, size_t frames);

#endif
