/* Where an item's frames come from, by their number in the item.  Asked by the thread that mixes: no allocation, no
 * waiting, no system call (unless that thread may). */
#ifndef LOAXA_SOUND_SOURCE_H
#define LOAXA_SOUND_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct source_ops {
	/* Copies up to n frames from `frame` on; fewer when no more are there (yet). */
	size_t (*read)(void *self, int64_t frame, int16_t *out, size_t n);
	/* How many it has from `frame` on, now.  NULL: always all of them. */
	int64_t (*there)(void *self, int64_t frame);
	/* What is not there will never come.  NULL beside `there`: it goes on with the time, whether there is sound or
	 * not; it is waited for as long as the queue allows, then what is not there is silence. */
	bool (*over)(void *self);
	/* Everything before `frame` was heard and will not be asked for again.  NULL: it does not matter. */
	void (*heard)(void *self, int64_t frame);
};

struct source {
	const struct source_ops *ops;
	void *self;
};

#endif
