/* libsoxr's place: from one rate to another, whole recordings, an exact number of frames. */
#ifndef LOAXA_SOUND_PREPARE_RESAMPLE_H
#define LOAXA_SOUND_PREPARE_RESAMPLE_H

#include "sound/prepare/spool.h"

/* round(frames x to / from), halves up. */
int64_t resample_frames(int64_t frames, int from, int to);
/* All of `in` at the new rate into `out` (emptied first).  False with errno. */
bool resample(const struct spool *in, int from, struct spool *out, int to);

#endif
