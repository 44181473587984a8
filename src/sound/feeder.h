/* The feeder: one thread that reads prepared sound from the disk into the rings of what plays or is cued. */
#ifndef LOAXA_SOUND_FEEDER_H
#define LOAXA_SOUND_FEEDER_H

#include "sound/play.h"

#define FEEDER_RING_S 4 /* seconds of sound a ring holds */
#define FEEDER_CUE_S 1  /* of which are filled before the item is started */

struct feeder;

struct feeder *feeder_new(void);    /* NULL: no thread to be had */
void feeder_free(struct feeder **); /* stops it and frees what it still has */

/* Loop thread; these never wait for the disk.
 * Takes over pcm, makes the play's ring, and owns the play from now on. */
void feeder_add(struct feeder *, struct play *, struct pcm *, int rate);
void feeder_want(struct feeder *, struct play *); /* it is being started: fill all of the ring */
void feeder_drop(struct feeder *, struct play *); /* nobody else looks at it any more */

#endif
