/* What one channel says, measured on the frames that were handed to the card: is it silent although something is on air,
 * does it sound although nothing is?
 *
 *   METER_SILENT   on air, and below -60 dBFS (less where the volume is less) for 5 s without a break.  Speech pauses and
 *                  music fades, for less than that; a recording that is empty, a source that says nothing, do not end.
 *   METER_NOISY    nothing on air, and a second more with sound above -60 dBFS than without.
 *
 * Both are over with the first block that is as it should be: sound, or the end of the item; silence for as long as it
 * sounded, or an item.  Blocks are told by their output frames and may be taken back, as the queue is.
 *
 * A plain struct, nothing is allocated.  Thread: the one that mixes. */
#ifndef LOAXA_SOUND_METER_H
#define LOAXA_SOUND_METER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define METER_SILENT_MS 5000
#define METER_NOISY_MS 1000
#define METER_QUIET 33 /* of 32767: -60 dBFS; below that nobody hears anything */

enum meter_fault { METER_WELL, METER_SILENT, METER_NOISY };

struct meter {
	int rate;
	int64_t last;    /* output frame behind the last block */
	int64_t quiet;   /* output frame from which on it was quiet */
	int64_t on_from; /* output frame from which on something was on air; INT64_MAX = nothing is */
	int64_t noise;   /* frames with sound less those without, while nothing was on air */
	enum meter_fault fault;
};

void meter_init(struct meter *, int rate, int64_t at);
/* Is any of n samples, `step` apart, as loud as that?  Ends at the first one: of sound, it looks at a few. */
bool meter_loud(const int16_t *samples, size_t n, size_t step, int level);
/* A block of n frames from output frame `at` on.  Returns what is wrong now. */
enum meter_fault meter_feed(struct meter *, int64_t at, int64_t n, bool loud, bool on_air);
/* Frames from `at` on are taken back, and will be told anew. */
void meter_back(struct meter *, int64_t at);

#endif
