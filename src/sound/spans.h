/* Pieces of memory played one after the other: an emergency's recordings as they lie locked in RAM.
 * The memory is the owner's and outlives the item.  No allocation, no waiting, no system call. */
#ifndef LOAXA_SOUND_SPANS_H
#define LOAXA_SOUND_SPANS_H

#include <stddef.h>
#include <stdint.h>

struct span {
	const int16_t *at;
	int64_t frames;
};

struct spans {
	struct span *list;
	size_t n;
};

size_t spans_read(void *spans, int64_t frame, int16_t *out, size_t n); /* as struct source wants it */

#endif
