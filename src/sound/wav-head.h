/* The head of a WAV stream as programs pipe it (arecord, ffmpeg, sox): what comes, and where it begins.  Pure. */
#ifndef LOAXA_SOUND_WAV_HEAD_H
#define LOAXA_SOUND_WAV_HEAD_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

#define WAV_HEAD_BYTES 4096 /* it is no longer */

struct wav_head {
	int rate, channels, bits;
	bool pcm;      /* whole numbers, not floating point or anything compressed */
	size_t begins; /* byte of the first sample */
	int64_t bytes; /* of samples; -1: to the end, for whoever wrote it did not know */
};

enum wav_head_result { WAV_HEAD_MORE, WAV_HEAD_READ, WAV_HEAD_NONE };

/* MORE: more of it is needed.  NONE: this is no WAV stream. */
enum wav_head_result wav_head_read(const uint8_t *data, size_t n, struct wav_head *);

#endif
