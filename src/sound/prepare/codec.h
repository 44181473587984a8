/* libsndfile's place: decoding through a window of a file, and writing FLAC.  One thread a handle. */
#ifndef LOAXA_SOUND_PREPARE_CODEC_H
#define LOAXA_SOUND_PREPARE_CODEC_H

#include "sound/prepare/length.h"

#include <stdint.h>

struct codec;

/* fd is borrowed and stays open.  NULL when libsndfile does not take the file. */
struct codec *codec_open(int fd, const struct length *);
/* Writes FLAC into fd (borrowed; seekable); 1..8 channels.  NULL when it cannot. */
struct codec *codec_create_flac(int fd, int rate, int channels);
/* False when what was written could not be completed. */
bool codec_close(struct codec **);

int codec_channels(const struct codec *);
int codec_rate(const struct codec *);
/* What the header says; -1 when it says nothing one can believe. */
int64_t codec_said(const struct codec *);

/* Interleaved frames; fewer than asked only at the end or at damage. */
int64_t codec_read(struct codec *, float *out, int64_t frames);
/* After the last read: false when the samples are not those that the file's own checksum was made of. */
bool codec_matches(struct codec *);

bool codec_write(struct codec *, const int16_t *in, int64_t frames);

#endif
