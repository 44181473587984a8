/* The bus: an output's lanes, each put on its channel, as interleaved 16-bit frames.  A channel that several lanes
 * share goes through a limiter; one of its own is copied.
 *
 * A plain struct; the owner makes it and its lanes, afterwards only the mixing thread touches them.  No allocation,
 * no waiting, no system call. */
#ifndef LOAXA_SOUND_BUS_H
#define LOAXA_SOUND_BUS_H

#include "sound/lane.h"
#include "sound/limiter.h"

#define BUS_FRAMES 2048 /* most frames of one bus_mix() */
#define BUS_CHANNELS 32

struct bus_lane {
	struct lane *lane;
	int channel; /* from 0 */
	size_t went; /* frames of the item that went out in the last bus_mix() */
};

struct bus {
	int channels;
	struct bus_lane *lanes; /* the owner's */
	size_t n;
	int on_channel[BUS_CHANNELS]; /* how many lanes */
	struct limiter limiters[BUS_CHANNELS];
	int16_t block[BUS_FRAMES];
	int32_t sum[BUS_FRAMES];
};

/* channels 1..BUS_CHANNELS; the lanes' channels are below that. */
void bus_init(struct bus *, int rate, int channels, struct bus_lane *lanes, size_t n);
/* Nothing to mix and no limiter on its way back: the next frames are silence. */
bool bus_idle(const struct bus *);
/* out: n * channels samples; n <= BUS_FRAMES. */
void bus_mix(struct bus *, int16_t *out, size_t n);
/* As bus_mix, without looking at a sample. */
void bus_skip(struct bus *, int64_t n);

#endif
