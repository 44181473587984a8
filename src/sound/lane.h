/* A lane: what one zone plays, laid out along the frames of its output.
 *
 * It is a short list of pieces, and what is heard at output frame F follows from the pieces and F alone: nothing is
 * used up by mixing.  So whatever was mixed and has not been heard yet can be changed and mixed again, and a queue may
 * be long and an emergency be heard at once.  An item's own account is plain arithmetic on its pieces.
 *
 *   item a          ──────────────────╮ cut at C, fades out under what follows
 *   item b                            ╰──────── from C on
 *   output frame    at                C
 *
 * Pieces do not overlap but for the fades.  A plain struct, so that it can live in locked memory and be copied.
 * Thread: the one that mixes; no allocation, no waiting, no system call (unless a source makes one). */
#ifndef LOAXA_SOUND_LANE_H
#define LOAXA_SOUND_LANE_H

#include "sound/source.h"

#define FADE_MS 30
#define LANE_PIECES 16
#define LANE_BLOCK 1024 /* most frames of one lane_mix() */

struct piece {
	struct source source;
	void *owner;      /* whose it is, for the caller */
	int64_t at;       /* output frame of its first frame */
	int64_t from;     /* which frame of the source that is */
	int64_t frames;   /* how many of them are played, as things stand */
	int64_t whole;    /* how many there would be to the end of the item */
	bool cut;         /* it ends before its time, and fades out */
	bool broken;      /* it ends before its time, because its source did */
	bool prelude;     /* heard before its owner's item, and none of it */
	int64_t slide_at; /* the volume slides, beginning at this output frame, … */
	int32_t gain, to; /* … from `gain` to `to` (GAIN_UNITY = 1) */
};

struct lane {
	struct piece pieces[LANE_PIECES]; /* oldest first */
	size_t n;
	int64_t fade;  /* frames of a fade */
	int32_t slide; /* most change of gain a frame */
};

void lane_init(struct lane *, int rate);

/* No room for two more pieces until an old one is forgotten. */
bool lane_full(const struct lane *);
/* Plays from..end of the source at that gain, full level from its first frame at output frame `at`.  What would play
 * there is cut; what would begin there or later is taken off.  The lane is not full. */
void lane_play(struct lane *, struct source, void *owner, int64_t at, int64_t from, int64_t end, int32_t gain);
/* What plays at output frame `at` is cut there; what begins there or later is taken off. */
void lane_cut(struct lane *, int64_t at);
/* Silence, everywhere. */
void lane_kill(struct lane *);
/* What was changed at output frame `at` could not be changed before at + by: it happens there. */
void lane_put_off(struct lane *, int64_t at, int64_t by);
/* That owner's volume slides there in about 20 ms, beginning at output frame `at`.  False: it was on its way already. */
bool lane_set_gain(struct lane *, const void *owner, int64_t at, int32_t gain);

/* The output frame behind the last item that is not cut; 0 when there is none. */
int64_t lane_end(const struct lane *);
/* The output frame from which on it is silent. */
int64_t lane_silent_from(const struct lane *);
bool lane_has(const struct lane *, const void *owner);
/* Output frame behind a piece's last sound, its fade included. */
int64_t lane_piece_over(const struct lane *, const struct piece *);

/* Does an item in [at, at + n) not have all of its frames yet?  One that will never have them ends there, broken. */
bool lane_lacks(struct lane *, int64_t at, int64_t n);
/* Is one of them late?  What goes on with the time is silent, not late. */
bool lane_late(const struct lane *, int64_t at, int64_t n);
/* It is to go out all the same: what is not there by then waits, and goes on at at + n.  Its account stays exact.
 * False: no room for that, nothing may go out before something is forgotten. */
bool lane_wait(struct lane *, int64_t at, int64_t n);

/* Fills out with frames [at, at + n), n <= LANE_BLOCK.  False: nothing is there, out is untouched. */
bool lane_mix(const struct lane *, int64_t at, int16_t *out, size_t n);
/* Pieces whose last sound is before output frame `at` are taken off. */
void lane_forget(struct lane *, int64_t at);

#endif
