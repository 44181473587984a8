/* Which frame of an output is heard when.  A card says now and then where it is; this draws the straight line through
 * what it said in the last ten seconds, so that its drift (hundreds of ppm are common) is followed and its jitter is
 * not.  Ordinary least squares, the slope held within 2000 ppm of the nominal rate.
 *
 * A plain struct.  Thread: the audio thread; no allocation, no waiting. */
#ifndef LOAXA_SOUND_FRAME_CLOCK_H
#define LOAXA_SOUND_FRAME_CLOCK_H

#include "base/clock.h"

#include <stdbool.h>
#include <stddef.h>

#define FRAME_CLOCK_NOTES 32

struct frame_clock {
	double nominal, rate; /* frames a microsecond: of the station's file, of the card */
	double measured;      /* the slope, not held; 0 = not known yet */
	mono_us began;
	size_t n;             /* notes, the newest in [(n - 1) % FRAME_CLOCK_NOTES] */
	struct frame_note {
		int64_t us, frame;
	} notes[FRAME_CLOCK_NOTES];
	int64_t us, frame; /* a point of the line, … */
	double beyond;     /* … this much of a frame past it */
};

/* `frame` is heard at that instant, by what is known so far; what was learnt of the card's speed is kept. */
void frame_clock_init(struct frame_clock *, int rate);
void frame_clock_begin(struct frame_clock *, mono_us, int64_t frame);
void frame_clock_note(struct frame_clock *, mono_us, int64_t frame); /* so says the card */

/* The first frame that begins at that instant or later. */
int64_t frame_clock_frame(const struct frame_clock *, mono_us);
mono_us frame_clock_when(const struct frame_clock *, int64_t frame);
/* The card runs at another rate than it says: more than 2 % off, all the time. */
bool frame_clock_lies(const struct frame_clock *);

#endif
