/* Raw 16-bit samples from a pipe to a FLAC file: what a render is written with. */
#ifndef LOAXA_SOUND_PREPARE_ENCODE_H
#define LOAXA_SOUND_PREPARE_ENCODE_H

#include "base/err.h"

#define ENCODE_CHANNELS_MAX 8 /* FLAC has no more */

/* Little-endian interleaved samples from `in` to its end, into the file `out`, which appears when it is complete. */
bool encode_flac(int in, const char *out, int rate, int channels, struct err *);

#endif
