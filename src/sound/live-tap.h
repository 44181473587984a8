/* A tap: what one play hears of sound that arrives in real time.
 *
 * Written by the source's thread as it comes, read by the audio thread frame by frame.  The audio thread is never
 * short of a frame: what has not arrived is silence, so an item of live sound runs by the card's clock and ends when
 * planned.  Between arriving and being asked for, a frame waits:
 *
 *   LIVE_START_MS   when the first frame is asked for: so much sound lies ready
 *   LIVE_LEAD_MS    from then on, at least, steered to by stretching or squeezing by 1 frame in 480 (a source's clock
 *                   that is 2000 ppm wrong is followed; nobody hears 3 cents)
 *   LIVE_MOST_MS    at most; what a source sends on top of that is dropped
 *
 * A source that falls behind is heard again after LIVE_LEAD_MS of silence. */
#ifndef LOAXA_SOUND_LIVE_TAP_H
#define LOAXA_SOUND_LIVE_TAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LIVE_START_MS 250
#define LIVE_LEAD_MS 80
#define LIVE_MOST_MS 1500

#define LIVE_RING_S 4

struct live_tap {
	/* fixed */
	int16_t *at;
	int64_t cap, rate;

	/* the writer writes */
	_Atomic int64_t written; /* first position not yet there */
	/* the reader writes */
	_Atomic bool begun;    /* from then on: */
	_Atomic int64_t shift; /* position of the item's frame 0; never changes */
	_Atomic int64_t asked; /* first position never asked for */

	/* the writer's */
	bool judging;
	int64_t least, judged; /* lead, since `judged` frames */
	int correct;           /* frames more (1) or fewer (-1) every STEP frames; 0 */
	size_t unbent;         /* frames since the last of those */
	int64_t drop;          /* frames to leave out next */
	int64_t left_out, put_in;
};

void live_tap_init(struct live_tap *, int16_t *memory, int rate); /* memory: LIVE_RING_S seconds of frames */

/* Source's thread: n mono frames that have just arrived. */
void live_tap_write(struct live_tap *, const int16_t *frames, size_t n);

/* Audio thread, as struct source wants it: always n frames, in any order within the last second; no waiting, no
 * allocation, no system call. */
size_t live_tap_read(void *tap, int64_t frame, int16_t *out, size_t n);

/* How often what arrived did not fit: frames left out and frames of silence or stretching put in. Source's thread. */
void live_tap_sums(const struct live_tap *, int64_t *left_out, int64_t *put_in);

#endif
