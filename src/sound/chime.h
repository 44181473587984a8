/* The attention chime: what the village hears while an amplifier that was off warms up for an emergency, so that the
 * amplifier swallows bells and no word.  It belongs to no item: its frames are in nobody's account.
 *
 *   strokes   one every 0.5 s, three tones that come down: C6 1046.5, A5 880, F5 698.5 Hz, then again from the first;
 *             all lie where a horn loudspeaker is loud, and nothing else in a village sounds like it
 *   a stroke  partials at 1, 2 and 3 times the tone (amplitudes 1, 0.5, 0.25) that die away as a bell's do (time
 *             constants 0.36, 0.18, 0.09 s); 4 ms of attack, and 30 ms that bring what is left to nothing: it begins and
 *             ends in silence, so it can be repeated as often as it takes
 *   level     -16 LUFS as prepared sound has, true peak below -1 dBTP
 *
 * Made by the loop when an output needs it, in locked memory; read from any thread without waiting. */
#ifndef LOAXA_SOUND_CHIME_H
#define LOAXA_SOUND_CHIME_H

#include "sound/spans.h"

struct chime;

#define CHIME_LONGEST_S 61 /* a second more than the longest warm-up there can be */

struct chime *chime_new(int rate);
void chime_free(struct chime **); /* nobody may read it any more */

/* Whole strokes, at least that long; as frames.  Never more than CHIME_LONGEST_S. */
int64_t chime_frames(const struct chime *, int64_t at_least_us);
/* From its first stroke on; as long as it. */
struct spans *chime_spans(struct chime *);

#endif
