/* The high-pass for horn loudspeakers: below the cut-off of its horn a driver moves far and sounds not at all, so what
 * lies there only wears it out.  Butterworth, 4th order (24 dB an octave): flat above, -3 dB at the frequency itself.
 * One thread a handle. */
#ifndef LOAXA_SOUND_PREPARE_HIGHPASS_H
#define LOAXA_SOUND_PREPARE_HIGHPASS_H

#include <stdbool.h>
#include <stddef.h>

struct spool;
struct highpass;
/* hz: the -3 dB frequency, below rate / 2. */
struct highpass *highpass_new(int rate, int hz);
void highpass_free(struct highpass **);
/* In place; as many samples come out as went in.  It goes on where the last call ended. */
void highpass_run(struct highpass *, float *samples, size_t n);
/* What its coefficients make of a sine of that frequency: 1 = untouched. */
double highpass_response(const struct highpass *, double hz);

/* All of `in` through a new one into `out`; the two may be the same tape.  False with errno. */
bool highpass_tape(const struct spool *in, struct spool *out, int rate, int hz);

#endif
