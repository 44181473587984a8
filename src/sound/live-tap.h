/* A tap: what one play hears of sound that arrives in real time.
 *
 * Written by the source's thread as it comes, read by the audio thread frame by frame.  It runs by the card's clock: what
 * has not arrived when the loudspeaker needs it is silence, so an item of live sound ends when planned.
 *
 *   LIVE_LATENCY_MS   lie between arriving and being heard, the card's queue included: steered to by stretching or
 *                     squeezing by 1 frame in 480 (a source's clock that is 2000 ppm wrong is followed; nobody hears
 *                     3 cents), and by leaving out at once what is LIVE_FAR_MS more
 *   LIVE_MOST_MS      are kept at most; what a source sends on top of that is left out
 *
 * A source that fell behind is heard again with that latency; the gap before it is silence. */
#ifndef LOAXA_SOUND_LIVE_TAP_H
#define LOAXA_SOUND_LIVE_TAP_H

#include "base/clock.h"
#include "sound/source.h"

#define LIVE_LATENCY_MS 250
#define LIVE_FAR_MS 250
#define LIVE_MOST_MS 1500
#define LIVE_RING_S 4

struct live_tap {
	/* fixed */
	int16_t *at;
	int64_t cap, rate;
	const struct clock *clock; /* asked by the audio thread */
	mono_us due;               /* when its first frame is to be heard: nothing is given long before */

	/* the writer writes */
	_Atomic int64_t written; /* first position not yet there */
	/* the reader writes */
	_Atomic bool begun;    /* from then on: */
	_Atomic int64_t shift; /* position of the item's frame 0; never changes */
	_Atomic int64_t asked; /* first position never asked for */
	_Atomic int64_t heard; /* first position not yet heard; -1 = not told yet */

	/* the writer's */
	bool judging;
	int64_t least, judged; /* latency, since `judged` frames */
	int correct;           /* frames more (1) or fewer (-1) every STEP frames; 0 */
	size_t unbent;         /* frames since the last of those */
	int64_t drop;          /* frames to leave out next */
	int64_t left_out, put_in;
};

/* memory: LIVE_RING_S seconds of frames. */
void live_tap_init(struct live_tap *, int16_t *memory, int rate, const struct clock *);
/* Before the audio thread knows of it: when its sound is wanted. */
void live_tap_set_due(struct live_tap *, mono_us);

/* Source's thread: n mono frames that have just arrived. */
void live_tap_write(struct live_tap *, const int16_t *frames, size_t n);

/* The audio thread's way in; any order within what is not heard yet. */
extern const struct source_ops live_tap_source;

/* How often what arrived did not fit: frames left out and frames of silence or stretching put in.  Source's thread. */
void live_tap_sums(const struct live_tap *, int64_t *left_out, int64_t *put_in);

#endif
