/* A machine's voice has peaks that no announcer has: what is soft comes up, what is loud comes down, as a studio's
 * compressor does it, so that the limiter on the way to the air has little left to do. */
#ifndef LOAXA_SOUND_PREPARE_EVEN_H
#define LOAXA_SOUND_PREPARE_EVEN_H

#include "sound/prepare/spool.h"

/* In place; the highest sample stands at -2 dBFS afterwards.  False with errno. */
bool even_tape(struct spool *, int rate);
/* The level that one in dBFS becomes, before that. */
double even_curve(double db);

#endif
