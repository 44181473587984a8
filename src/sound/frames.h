/* Frames against instants: frame k of a device that runs at `rate` frames a second begins k * 1e6 / rate microseconds
 * after its first, rounded up to whole ones.  Exact integers, no overflow over centuries.
 * Pure; any thread, the audio thread among them. */
#ifndef LOAXA_SOUND_FRAMES_H
#define LOAXA_SOUND_FRAMES_H

#include <stdint.h>

/* How many have begun before us microseconds after the first: one that begins at that very instant has not, so what
 * starts then starts with it. */
int64_t frames_by(int rate, int64_t us);
/* When so many are over and the next begins: frames_by(rate, frames_us(rate, n)) == n for any rate up to 1 MHz. */
int64_t frames_us(int rate, int64_t frames);
/* Milliseconds of audio as frames, rounded down: "at most 30 ms". */
int64_t frames_in_ms(int rate, int64_t ms);

#endif
