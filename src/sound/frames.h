/* Frames against instants: a device that runs at `rate` frames a second has begun ceil(us * rate / 1e6) of them
 * `us` microseconds after its first.  Exact integers, no overflow over centuries.
 * Pure; any thread, the audio thread among them. */
#ifndef LOAXA_SOUND_FRAMES_H
#define LOAXA_SOUND_FRAMES_H

#include <stdint.h>

/* Frames begun after us >= 0 microseconds. */
int64_t frames_by(int rate, int64_t us);
/* The smallest us with frames_by(rate, us) >= frames; exactly equal for any rate up to 1 MHz. */
int64_t frames_us(int rate, int64_t frames);
/* Milliseconds of audio as frames, rounded down: "at most 30 ms". */
int64_t frames_in_ms(int rate, int64_t ms);

#endif
