/* Rendering: what the zones play in virtual time, as a file, through the lanes and the bus of live playout.
 * virtual.c calls it before anything changes; between two calls it mixes all frames at once.  One thread. */
#ifndef LOAXA_SOUND_RENDER_H
#define LOAXA_SOUND_RENDER_H

#include "base/clock.h"
#include "base/err.h"
#include "engine/ports.h"

struct render_options {
	const char *path;    /* a name in .flac goes through `program`, all others are WAV */
	const char *program; /* path of loaxa-prepare; NULL is fine for WAV */
	const char *store;   /* directory of prepared sound */
	int output;          /* whose channels, when zone < 0 */
	int zone;            /* >= 0: this zone alone, one channel */
	mono_us from, until; /* frames of [from, until) are written, silence included */
};

struct render;

/* NULL with err when the file cannot be made.  Copies what it needs of options and station. */
struct render *render_new(
	const struct render_options *, const struct station *, mono_us epoch, mono_us now, struct err *);
void render_start(struct render *, const struct sound_item *, mono_us now);
void render_cut(struct render *, int zone, mono_us now);
void render_kill(struct render *, int zone, mono_us now); /* the device died, the power went */
void render_volume(struct render *, int zone, int permille, mono_us now);
void render_adopt(struct render *, const struct station *, mono_us now); /* zones found again by name */
/* Writes what is left up to now, closes, frees.  False: something could not be read or written; err says what. */
bool render_finish(struct render **, mono_us now, struct err *);

#endif
