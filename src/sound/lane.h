/* A lane: what one zone plays.  One item at most, and under it the tails of items that were just cut.
 * Chain: source -> volume -> tails (which give way, never the item) -> the caller's block.
 *
 * A plain struct without pointers of its own, so that it can live in locked memory.  Thread: the one that mixes;
 * no allocation, no waiting, no system call (unless the source makes one). */
#ifndef LOAXA_SOUND_LANE_H
#define LOAXA_SOUND_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FADE_MS 30
#define FADE_FRAMES 1440 /* most frames of a fade: 30 ms at 48 kHz; above that rate fades are shorter */

/* Where an item's frames come from.  read: copies up to n frames from `frame` on (which only ever goes on from
 * where the last read ended, or is skipped forward); fewer mean that no more are there yet. */
struct source {
	void *self;
	size_t (*read)(void *self, int64_t frame, int16_t *out, size_t n);
};

struct lane {
	struct source source;
	bool on;              /* an item plays */
	bool heard;           /* at least one frame of it went out */
	int64_t frame, end;   /* next frame of the item; its length */
	int32_t gain, target; /* volume now, and where it slides to (GAIN_UNITY = 1) */
	int32_t slide;        /* most change of gain a frame */
	size_t fade_frames;
	size_t tail_at, tail_n; /* tail[tail_at .. tail_n) is still to come */
	float tail_gain;
	int32_t tail[FADE_FRAMES];
	int16_t cut[FADE_FRAMES]; /* room to read a tail into */
};

void lane_init(struct lane *, int rate);

/* Plays from..end of the source at that gain, full level from the first frame; what plays is cut under it. */
void lane_start(struct lane *, struct source, int64_t from, int64_t end, int32_t gain);
/* Ends the item: returns its first frame not heard.  Its next FADE_MS are taken from the source at once and fade out
 * under whatever comes; the source is free when this returns. */
int64_t lane_cut(struct lane *);
/* The device is gone: silence at once, no tail. */
void lane_kill(struct lane *);
void lane_set_gain(struct lane *, int32_t gain); /* slides there in about 20 ms */

/* Is there anything to mix? */
bool lane_active(const struct lane *);
bool lane_only_item(const struct lane *); /* an item, and no tail of another */
/* Fills n frames (silence where there is nothing) and returns how many of the item's went out; the item is off after
 * its last.  Fewer than n while it is still on: the source had no more in time; the account stays exact. */
size_t lane_mix(struct lane *, int16_t *out, size_t n);
/* As lane_mix, without looking at a sample. */
void lane_skip(struct lane *, int64_t n);

#endif
