/* A ring of PCM between two threads: the feeder writes, the audio thread reads; neither waits for the other.
 * Positions are frames of the whole item, so both sides can say where they are.  Reading takes nothing out: a frame
 * stays until it was heard, for until then it may be asked for again.
 * The memory is the owner's.  No allocation, no waiting, no system call. */
#ifndef LOAXA_SOUND_RING_H
#define LOAXA_SOUND_RING_H

#include "sound/source.h"

enum ring_state {
	RING_OPEN,    /* more will come */
	RING_GONE,    /* nothing more: the file is not there */
	RING_CORRUPT, /* nothing more: the file does not give what it should */
	RING_OVER,    /* nothing more: who spoke has ended, the item was that long */
};

struct ring {
	/* fixed after ring_init */
	int16_t *at;
	size_t cap; /* frames */
	/* the feeder writes */
	_Atomic int64_t written; /* first frame not yet in the ring */
	_Atomic int state;
	/* the audio thread writes */
	_Atomic int64_t heard; /* first frame not yet heard: before it there is room */
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
extern const struct source_ops ring_source;
int64_t ring_there(const struct ring *, int64_t frame); /* frames in it from that one on */
enum ring_state ring_state(const struct ring *);

#endif
