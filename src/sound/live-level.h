/* Is there sound in what arrives?  By the level of tenths of a second: below -50 dBFS (its mean taken off, for cheap
 * converters have one) is silence, and so is nothing arriving at all.  Fed frames and gaps; knows no clock. */
#ifndef LOAXA_SOUND_LIVE_LEVEL_H
#define LOAXA_SOUND_LIVE_LEVEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LIVE_BACK_MS 500 /* sound of so long, with no second of silence in it, ends a silence */

struct live_level {
	int rate;
	size_t block, in_block; /* frames */
	int64_t sum, squares;
	int64_t quiet_us; /* without sound, up to now; 0 while there is some */
	int64_t pause_us, loud_us;
};

void live_level_init(struct live_level *, int rate); /* silent for 0 s */
void live_level_add(struct live_level *, const int16_t *frames, size_t n);
void live_level_gap(struct live_level *, int64_t us); /* nothing came for so long */

/* For how long there has been no sound: grows until LIVE_BACK_MS of sound have come. */
int64_t live_level_quiet_us(const struct live_level *);

#endif
