/* Pieces of memory played one after the other: an emergency's recordings as they lie locked in RAM.
 * The memory is the owner's and outlives the item.  No allocation, no waiting, no system call. */
#ifndef LOAXA_SOUND_SPANS_H
#define LOAXA_SOUND_SPANS_H

#include "sound/source.h"

struct span {
	const int16_t *at;
	int64_t frames;
};

struct spans {
	struct span *list;
	size_t n;
};

extern const struct source_ops spans_source;

#endif
