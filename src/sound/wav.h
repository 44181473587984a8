/* WAV files of 16-bit PCM, written by ourselves: RIFF up to 4 GiB, RF64 beyond (EBU Tech 3306).
 * Silence in a regular file is a hole: a day of it costs nothing.  One thread; may block on the disk. */
#ifndef LOAXA_SOUND_WAV_H
#define LOAXA_SOUND_WAV_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct wav;

/* NULL with err when the file cannot be made. */
struct wav *wav_create(const char *path, int rate, int channels, struct err *);
/* False once the disk refused; wav_finish() says why. */
bool wav_write(struct wav *, const int16_t *interleaved, size_t frames);
bool wav_silence(struct wav *, int64_t frames);
/* Brings the header up to date, so that a file whose writer is killed ends there. */
bool wav_mark(struct wav *);
int64_t wav_frames(const struct wav *);
/* Header and length put right, closed, freed.  False: the file is not whole, err says why.  *w = NULL is fine. */
bool wav_finish(struct wav **, struct err *);

/* The 80 bytes in front of the samples.  Pure; exported for its test. */
#define WAV_HEADER_BYTES 80
void wav_header(uint8_t out[WAV_HEADER_BYTES], int rate, int channels, int64_t frames);

#endif
