/* The wave between samples, looked at four times as finely: what a loudspeaker makes of them may rise above them all.
 * Deterministic, pure; any thread. */
#ifndef LOAXA_SOUND_PREPARE_BETWEEN_H
#define LOAXA_SOUND_PREPARE_BETWEEN_H

#include <stddef.h>

enum { BETWEEN_STEP = 64, BETWEEN_TAPS = 24, BETWEEN_PHASES = 3 };
#define BETWEEN_AFTER (BETWEEN_TAPS / 2)
#define BETWEEN_BEFORE (BETWEEN_AFTER - 1)

struct between {
	float taps[BETWEEN_PHASES][BETWEEN_TAPS];
	float overshoot; /* the most that interpolation can make of samples of size 1 */
};

void between_init(struct between *);
/* out[i] = the peak between x[i] and x[i + 1], where any of them could exceed `above`, else 0.  x is read from
 * BETWEEN_BEFORE before it to BETWEEN_STEP + BETWEEN_AFTER - 1 behind it. */
void between_peaks(const struct between *, const float *x, float above, float out[BETWEEN_STEP]);
/* The largest of n samples, without their signs. */
float between_largest(const float *x, size_t n);

#endif
