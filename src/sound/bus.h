/* The bus: an output's lanes, each put on its channel, as interleaved 16-bit frames.  A channel that several lanes
 * share goes through a limiter; one of its own is copied.
 *
 * Like its lanes it can go back and mix again what nobody has heard yet: the limiters, which alone remember anything,
 * leave a mark at every block.
 *
 * A plain struct; the owner makes it and its lanes, afterwards only the mixing thread touches them.  No allocation,
 * no waiting, no system call. */
#ifndef LOAXA_SOUND_BUS_H
#define LOAXA_SOUND_BUS_H

#include "sound/lane.h"
#include "sound/limiter.h"

#define BUS_FRAMES LANE_BLOCK /* most frames of one bus_mix() */
#define BUS_CHANNELS 32
#define BUS_MARKS 256 /* 20 ms blocks of two seconds, and some that were mixed again */

struct bus_lane {
	struct lane *lane;
	int channel; /* from 0 */
};

struct bus_mark {
	int64_t at;
	float gains[BUS_CHANNELS];
};

struct bus {
	int channels;
	struct bus_lane *lanes; /* the owner's */
	size_t n;
	bool shared;                  /* some channel has several lanes */
	int on_channel[BUS_CHANNELS]; /* how many lanes */
	struct limiter limiters[BUS_CHANNELS];
	struct bus_mark marks[BUS_MARKS]; /* marked of them, the newest in marks[(marked - 1) % BUS_MARKS] */
	size_t marked;
	int16_t block[BUS_FRAMES];
	int32_t sum[BUS_FRAMES];
};

/* channels 1..BUS_CHANNELS; the lanes' channels are below that. */
void bus_init(struct bus *, int rate, int channels, struct bus_lane *lanes, size_t n);
/* From output frame `at` on nothing is to be heard, as things stand, and no limiter is on its way back. */
bool bus_idle(const struct bus *, int64_t at);
/* out: n * channels samples, frames [at, at + n); n <= BUS_FRAMES.  Blocks follow one another without a gap … */
void bus_mix(struct bus *, int64_t at, int16_t *out, size_t n);
/* … or go back: the next one will begin at `at`, within the last second. */
void bus_rewind(struct bus *, int64_t at);
/* … or leave out frames that nobody will hear. */
void bus_skip(struct bus *);

#endif
