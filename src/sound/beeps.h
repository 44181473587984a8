/* Sounds made of sines: what a test of a loudspeaker plays beside words.  16 bit, mono.  Pure; any thread. */
#ifndef LOAXA_SOUND_BEEPS_H
#define LOAXA_SOUND_BEEPS_H

#include "base/vec.h"

#include <stdint.h>

struct beeps {
	int rate; /* Hz; set before the first call */
	VEC(int16_t) samples;
};

void beeps_silence(struct beeps *, int ms);
void beeps_tone(struct beeps *, int hz, int ms); /* at -12 dBFS; begins and ends without a click */
/* n short beeps in fives, so that people count them without effort: 7 = five, a rest, two. */
void beeps_count(struct beeps *, int hz, int n);
void beeps_add(struct beeps *, const int16_t *samples, size_t n); /* a voice */
void beeps_free(struct beeps *);                                  /* empties it */

#endif
