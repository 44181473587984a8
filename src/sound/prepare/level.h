/* From a working tape at the output's rate to what goes on air: the gain to -16 LUFS, the limiter at -1 dBTP, 16 bits.
 *
 * The recipe (a change of any number is a new STORE_RECIPE):
 * - loudness: EBU R128, integrated, mono; target -16 LUFS.
 * - silence and clips under 0.4 s have no loudness: they keep their level (gain 0 dB) and only pass the limiter.
 * - the gain is at most +30 dB, and never so much that the limiter would have to take away more than 12 dB: clicks and
 *   square waves stay softer than -16 LUFS instead of being crushed.
 * - where limiting costs loudness, the gain is raised until it is back within 0.1 LU, within the same bounds.
 * - the true peak of the finished 16-bit samples is measured; above -1 dBTP the ceiling is lowered and all is done anew.
 * - samples are rounded to the nearest, halves away from zero, without dither: same source, same bytes. */
#ifndef LOAXA_SOUND_PREPARE_LEVEL_H
#define LOAXA_SOUND_PREPARE_LEVEL_H

#include "sound/prepare/spool.h"
#include "sound/store.h"

/* All of the tape, levelled, into fd (from its beginning; -1: only the facts).  Fills everything in facts.
 * False with errno. */
bool level(const struct spool *, int rate, int fd, struct store_facts *);

#endif
