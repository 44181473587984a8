/* A look-ahead limiter of the true peak: between samples the wave may rise above them, so it is looked at four times as
 * finely.  The gain comes down over 5 ms before a peak, along a straight line, and goes back up with a time constant of
 * 80 ms.  Where nothing comes near the ceiling, samples pass unchanged.  Deterministic; one thread a handle. */
#ifndef LOAXA_SOUND_PREPARE_TRUEPEAK_H
#define LOAXA_SOUND_PREPARE_TRUEPEAK_H

#include <stddef.h>

#define TRUEPEAK_STEP 64 /* samples are taken in multiples of this */

struct truepeak;
/* ceiling: as an amplitude, 1 = full scale. */
struct truepeak *truepeak_new(int rate, float ceiling);
void truepeak_free(struct truepeak **);
/* In place; what comes out is what went in truepeak_delay() samples ago (at first silence). */
void truepeak_run(struct truepeak *, float *samples, size_t n);
size_t truepeak_delay(const struct truepeak *);
/* The lowest gain so far: 1 = it never had to act. */
float truepeak_lowest(const struct truepeak *);

#endif
