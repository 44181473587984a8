/* Can a recording be played, by what the library found out about it?  Pure; any thread. */
#ifndef LOAXA_SOUND_PLAYABLE_H
#define LOAXA_SOUND_PLAYABLE_H

#include "airing/verdict.h"
#include "schedule/station.h"

enum reason playable_recording(const struct recording *); /* REASON_NONE, or why not */

#endif
