/* ALSA, the one door to it: cards opened, asked, written to and read from.  What a fault means is the caller's to say.
 *
 * A handle belongs to one thread at a time.  Opening and closing may allocate and take a second; everything else only
 * talks to the card and never waits.  Frames are interleaved, 16 bit.  Errors are negative errno values:
 *   -EPIPE the card ran dry (capture: nobody fetched in time)   -ENODEV, -EBADFD, -ESTRPIPE it is gone */
#ifndef LOAXA_SOUND_ALSA_H
#define LOAXA_SOUND_ALSA_H

#include "base/clock.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct alsa;

struct alsa_want {
	const char *device; /* "hw:CARD=Device", "plughw:…"; "" = default */
	int rate, channels; /* exactly these, or it does not open: what a plug converts is the format alone */
	int buffer_ms;      /* as long as this, as far as the card goes */
};

struct alsa_state {
	int64_t avail; /* frames it would take now (capture: has ready) */
	int64_t delay; /* frames written and not yet heard */
	mono_us at;    /* when that was so, by the card's own timestamp */
};

/* Once in the process before any open, and once after the last close. */
void alsa_setup(void);
void alsa_teardown(void);

struct alsa *alsa_open_playback(const struct alsa_want *, struct err *); /* NULL: err says why, in words */
/* The same for a line-in or microphone, with one channel where it can, else two: *channels.  Begins with alsa_start(). */
struct alsa *alsa_open_capture(const struct alsa_want *, int *channels, struct err *);
void alsa_close(struct alsa **); /* drops what is not yet heard */

int64_t alsa_buffer(const struct alsa *); /* frames the card really has room for */
int alsa_now(struct alsa *, struct alsa_state *);
int64_t alsa_left(struct alsa *); /* frames that it ran dry without playing; before alsa_drop() */
int64_t alsa_write(struct alsa *, const int16_t *interleaved, int64_t frames); /* how many it took */
int64_t alsa_read(struct alsa *, int16_t *interleaved, int64_t frames);        /* how many there were */
void alsa_wait(struct alsa *, int ms);              /* the one call that waits: for frames to read, or room to write */
int64_t alsa_rewind(struct alsa *, int64_t frames); /* how many of the last written it gave back */
int alsa_start(struct alsa *);                      /* plays what lies there; it does not begin by itself */
int alsa_drop(struct alsa *);                       /* silent at once and empty, ready to be written anew */

/* ── Which cards there are: asks the cards' controls, which plays nothing and disturbs nobody ── */

struct alsa_card {
	int number;
	char id[32];    /* the name that stands behind CARD= */
	char name[128]; /* for people, where it hangs included */
};

struct alsa_port {
	int device; /* DEV= */
	bool capture;
	char name[80];
};

/* Cards in the order of their numbers, each followed by its ports.  A card whose control we may not open is not seen. */
void alsa_list(void (*card)(void *self, const struct alsa_card *), void (*port)(void *self, const struct alsa_port *),
	void *self);

/* What a device could do, found by opening it for a moment; one that is in use stays as it is. */
struct alsa_ability {
	int error; /* 0; -EBUSY: in use; other negative errno: it does not open */
	unsigned channels_min, channels_max;
	unsigned rates[16]; /* of the usual ones, ended by 0 */
	char formats[128];  /* "S16_LE S32_LE" */
};
void alsa_ask(const char *device, bool capture, struct alsa_ability *);

#endif
