/* What a decoded recording is like: loudness, cut-off tops, silences; and the recording made anew as FLAC.  In the cage. */
#ifndef LOAXA_SOUND_PREPARE_EXAMINE_H
#define LOAXA_SOUND_PREPARE_EXAMINE_H

#include "sound/look.h"
#include "sound/prepare/spool.h"

/* Fills levels, clips and silences; rate and frames are set already.  False with errno. */
bool examine_tape(const struct spool *, struct look *);
/* Is there more silence before or after than a breath, and something between? */
bool examine_trims(const struct look *);
/* Mono, 16 bits, into fd; trim: without the silence before and after, but for a breath.  Fills flac_frames. */
bool examine_flac(const struct spool *, int fd, bool trim, struct look *);

#endif
