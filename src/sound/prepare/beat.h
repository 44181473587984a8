/* A sign of life: a counter that a caged child shares with the one that watches it.  Work that goes on counts; a decoder
 * that turns in a circle does not. */
#ifndef LOAXA_SOUND_PREPARE_BEAT_H
#define LOAXA_SOUND_PREPARE_BEAT_H

#include <stdatomic.h>
#include <stddef.h>

typedef atomic_uint beat;

static inline void beat_count(beat *b)
{
	if (b)
		atomic_fetch_add_explicit(b, 1, memory_order_relaxed);
}

#endif
