/* From a working tape of the output's form to what goes on air: the gain to -16 LUFS, the limiter at -1 dBTP, 16 bits.
 *
 * The recipe (a change of any number is a new STORE_RECIPE; the manual, loaxa.conf(5), tells it to people):
 * - loudness: EBU R128, integrated, mono; target -16 LUFS.  A clip under 0.4 s is measured as if it were repeated until
 *   a gating block is full.
 * - what has no loudness (silence, all of it under -70 LUFS) keeps its level: gain 0 dB.
 * - the gain is at most +24 dB, so everything from -40 LUFS up reaches the target.  Below that it shrinks, by 1.2 dB a
 *   LU, to 0 dB at -60 LUFS: what is that soft is the hiss of an open microphone, not speech.
 * - the gain is never so much that the limiter would have to take away more than 12 dB: clicks stay softer than
 *   -16 LUFS instead of being crushed.
 * - where limiting, or that what is far below the rest does not count, changes the loudness, the gain follows until it
 *   is within 0.1 LU, within the same bounds; where loudness leaps over the target it stays below.
 * - the true peak of the finished 16-bit samples is measured; above -1.1 dBTP (-1.5 where more than 6 dB were limited:
 *   of spikes and steps meters make different things) the ceiling is lowered and all is done anew.
 * - samples are rounded to the nearest, halves away from zero, without dither: same source, same bytes. */
#ifndef LOAXA_SOUND_PREPARE_LEVEL_H
#define LOAXA_SOUND_PREPARE_LEVEL_H

#include "sound/prepare/spool.h"
#include "sound/store.h"

/* All of the tape, which is of that form already, levelled into fd (from its beginning; -1: only the facts).  Fills
 * everything in facts.
 * False with errno. */
bool level(const struct spool *, struct store_form, int fd, struct store_facts *);

#endif
