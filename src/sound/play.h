/* One start of one item, on its way from the loop through feeder and audio thread and back.
 * Made by the loop; the audio thread says what became of it (ended, stopped, broken, lost) when that was heard, and
 * then that it is done with it (a fade may still have needed its sound); then the loop lets it go, and its last owner
 * frees it: the feeder when it has a ring, else the loop. */
#ifndef LOAXA_SOUND_PLAY_H
#define LOAXA_SOUND_PLAY_H

#include "base/clock.h"
#include "sound/ring.h"

struct pcm;
struct spans;
struct vault_item;
struct listener;
struct live_source;
struct live_tap;

struct play {
	/* fixed once the audio thread knows it */
	struct source source;
	int64_t from, frames; /* first frame, length of the whole */
	int64_t ready;        /* frames that must lie in the ring before it may begin */
	struct ring *ring;    /* NULL: from the vault */
	struct spans *chime;  /* what is heard before its first frame, and is none of it; NULL = nothing */
	int64_t chime_frames;

	/* audio thread writes, loop reads */
	_Atomic int64_t frame; /* first frame not yet heard */
	/* audio thread */
	bool begun, over; /* the loop was told that it started; that, and how, it ended */
	mono_us due;      /* the instant it was to start at */

	/* loop writes, audio thread reads */
	_Atomic bool stop;
	_Atomic int32_t gain;

	/* loop */
	uint32_t token;
	int zone; /* -1: its zone is no more */
	int output;
	bool armed;           /* foreseen: the engine has not started it yet, and must not hear of it */
	bool amplified;       /* its output's amplifier knows of it */
	bool gone;            /* foreseen, and the audio thread is done with it already */
	const void *bulletin; /* to recognise a cue by; not looked into */
	struct vault_item *held;
	struct listener *listener; /* who feeds the ring instead of the feeder */
	struct live_source *relay;  /* of a relay: its source, */
	struct live_tap *tap;       /* what it hears of it, or NULL */
	int rate;                   /* 0 = no relay */
	int64_t silence_us, silent; /* so much silence is a fault; where it began, once it is `mute` */
	mono_us relay_end;          /* its planned end */
	bool mute;
	mono_us cued; /* of a cue: when its start was announced for */

	/* feeder: handed over with feeder_add() */
	struct pcm *pcm;
	int16_t *memory;
	/* loop writes, feeder reads */
	_Atomic bool wanted; /* cued only: a second is enough; wanted: the whole ring */
	_Atomic bool dropped;
};

#endif
