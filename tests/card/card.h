/* What the parts of the card of software (paced.c) share.  One card is one open PCM; ALSA's lock of that PCM guards it. */
#ifndef LOAXA_TESTS_CARD_H
#define LOAXA_TESTS_CARD_H

#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <stdbool.h>
#include <stdint.h>

enum card_fault { GONE, STALL, XRUN, BADFD, SUSPEND, AGAIN, SHORT, RATE, MUTE, N_FAULTS };
enum card_number { SPEED, HZ, CHANNELS, LIE_RATE, PPM, BUFFER_MAX, PERIOD_MAX, GRAIN, PREFETCH, N_NUMBERS };
enum card_switch { NOREWIND, LINE_LOOP, GRAIN_DELAY, N_SWITCHES };

typedef snd_pcm_uframes_t frames;

struct card {
	snd_pcm_ioplug_t io;
	char dir[128];
	long number[N_NUMBERS];
	int on[N_SWITCHES];
	int events, timer, watch; /* what a poll waits for: the timer or a change in DIR */
	int lock, tape, log;      /* tape: of a capture the line */
	bool polled;              /* somebody has asked for what to poll */
	bool fault[N_FAULTS];
	long fault_number[N_FAULTS];

	/* All positions count from the last prepare. */
	char *ring;
	frames ring_size;      /* what the program may fill, and what was taken from there ahead of the ear */
	size_t frame;          /* bytes */
	bool moving;           /* the ear hears, or the line is recorded */
	bool dry;              /* it stands still until it is prepared */
	int64_t origin_ns;     /* at this instant it was at `origin` */
	frames origin, ear;    /* ear: heard or recorded so far */
	frames flushed;        /* of what was heard, on the tape; the rest still lies in the ring */
	frames fetched, shown; /* taken from the ring; what the pointer said last */
	double per_s;          /* frames a second of the wall */
	int64_t looked_ns;     /* when `ear` was brought up to date */
	int64_t taped;         /* frames on the tape before position 0 */
	frames avail_min;
};

static inline bool card_plays(const struct card *c)
{
	return c->io.stream == SND_PCM_STREAM_PLAYBACK;
}

/* Faults: looked at when DIR has changed.  A card that was pulled stays so for whoever had it open. */
void card_look_at_faults(struct card *);
void card_heed(struct card *);
int card_error(const struct card *); /* 0, -ENODEV, -EBADFD, -ESTRPIPE */

/* CLOCK_MONOTONIC, ns, whatever the program is made to believe. */
int64_t card_now(void);
int64_t card_instant(const struct card *, frames at);
void card_begin_moving(struct card *);
void card_end_moving(struct card *, const char *why);
/* Lets the ear hear what is due; false where the ring ran dry (or, of a line, over). */
bool card_catch_up(struct card *);
/* Sound from the program into the ring, from the line to the program; at the application's pointer. */
void card_store(struct card *, const char *from, frames size);
void card_record(struct card *, char *to, frames size);
void card_new_stretch(struct card *);

#endif
