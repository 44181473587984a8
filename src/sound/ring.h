/* A ring of PCM between two threads: the feeder writes, the audio thread reads; neither waits for the other.
 * Positions are frames of the whole item, so both sides can say where they are.
 * The memory is the owner's.  No allocation, no waiting, no system call. */
#ifndef LOAXA_SOUND_RING_H
#define LOAXA_SOUND_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ring_state {
	RING_OPEN,    /* more will come */
	RING_GONE,    /* nothing more: the file is not there */
	RING_CORRUPT, /* nothing more: the file does not give what it should */
};

struct ring {
	/* fixed after ring_init */
	int16_t *at;
	size_t cap; /* frames */
	/* the feeder writes */
	_Atomic int64_t written; /* first frame not yet in the ring */
	_Atomic int state;
	/* the audio thread writes */
	_Atomic int64_t taken; /* first frame not yet taken out */
};

/* Empty; the first frame written will be `from`. */
void ring_init(struct ring *, int16_t *memory, size_t frames, int64_t from);

/* Feeder: room in one piece, to be filled with up to *n frames and then ring_wrote(). */
int16_t *ring_room(const struct ring *, size_t *n);
void ring_wrote(struct ring *, size_t n);
void ring_end(struct ring *, enum ring_state); /* it will not be written any more before the item's end */
int64_t ring_position(const struct ring *);    /* first frame not yet in the ring */
int64_t ring_filled(const struct ring *);      /* frames in it */

/* Audio thread. */
size_t ring_read(void *ring, int64_t frame, int16_t *out, size_t n); /* as struct source wants it */
enum ring_state ring_state(const struct ring *);

#endif
