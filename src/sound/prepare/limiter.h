/* A look-ahead limiter of the true peak: between samples the wave may rise above them, so it is looked at four times as
 * finely.  The gain comes down over 5 ms before a peak, along a straight line, and goes back up with a time constant of
 * 80 ms.  Where nothing comes near the ceiling, samples pass unchanged.  Deterministic; one thread a handle. */
#ifndef LOAXA_SOUND_PREPARE_LIMITER_H
#define LOAXA_SOUND_PREPARE_LIMITER_H

#include <stddef.h>

#define LIMITER_STEP 64 /* samples are taken in multiples of this */

struct limiter;
/* ceiling: as an amplitude, 1 = full scale. */
struct limiter *limiter_new(int rate, float ceiling);
void limiter_free(struct limiter **);
/* In place; what comes out is what went in limiter_delay() samples ago (at first silence). */
void limiter_run(struct limiter *, float *samples, size_t n);
size_t limiter_delay(const struct limiter *);
/* The lowest gain so far: 1 = it never had to act. */
float limiter_lowest(const struct limiter *);

#endif
