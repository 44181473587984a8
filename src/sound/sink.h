/* Sinks: where an output's interleaved frames go.  The contract between the audio thread and a device.
 *
 * A sink is a queue in front of a loudspeaker: frames are written ahead, heard in time, and those not yet fetched by
 * the hardware may be taken back and written anew.  It belongs to its output's audio thread: that thread alone opens
 * it, looks, writes and closes.  Opening and closing may allocate, log into err, touch files and take a second; nothing
 * else waits.  Faults a sink must expect from its device, and what it does:
 *
 *   fault                                        answer
 *   the card ran dry (EPIPE)                     SINK_XRUN; it is ready to go on
 *   the card is gone (ENODEV, EBADFD, ESTRPIPE)  SINK_LOST; the thread closes it and opens it again later
 *   the card takes nothing, or stands still      it says so by its state; the thread gives it 500 ms
 *   the card swallows everything at once         the sink holds it back by the clock
 *   the card offers another rate or channels     open fails, in words
 *   a reopen fails                               open fails; the thread tries again, 0.2 s to 2 s later */
#ifndef LOAXA_SOUND_SINK_H
#define LOAXA_SOUND_SINK_H

#include "base/clock.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

#define SINK_QUEUE_MS 1000 /* nobody needs a longer queue */

struct sink;

struct sink_want {
	const char *device; /* what stands behind the prefix: "hw:CARD=Device"; may be "" */
	int rate, channels;
	const struct clock *clock;
};

enum sink_result { SINK_GOOD, SINK_XRUN, SINK_LOST };

struct sink_state {
	int64_t room;   /* frames it takes now */
	int64_t queued; /* frames written that the hardware has not fetched yet */
	int64_t delay;  /* frames written and not yet heard, at … */
	mono_us at;
	int64_t dropped; /* of SINK_XRUN: so many of the last frames written will never be heard */
};

struct sink_ops {
	const char *prefix; /* "alsa", "ao", "file", "dry-run" */
	bool audible;       /* a loudspeaker may hang on it: nothing may be played that stands in for something else */
	bool stays_open;    /* closing and opening again would lose what was written */
	/* Once in the process before any open, in the thread that makes the outputs, and once after the last close. */
	void (*setup)(void);
	void (*teardown)(void);
	struct sink *(*open)(const struct sink_want *, struct err *); /* NULL: err says why */
	enum sink_result (*look)(struct sink *, struct sink_state *);
	/* How many it took, at most its room; negative: lost. */
	int64_t (*write)(struct sink *, const int16_t *interleaved, int64_t frames);
	/* It stands still, at first or after an xrun, until it is told to go.  False: lost. */
	bool (*go)(struct sink *);
	/* The last frames written are as if they had never been: returns how many it really gave back, fewer where the
	 * device has fetched on meanwhile; 0 = none, the next look says why.  NULL: what is written is written. */
	int64_t (*take_back)(struct sink *, int64_t frames);
	void (*close)(struct sink *); /* drops what is not yet heard */
};

/* The sink that a name such as "alsa:hw:0" or "dry-run" means; *device points behind the prefix.  NULL: there is none. */
const struct sink_ops *sink_find(const char *name, const char **device);

/* The drivers libao brings along that play live: "pulse", "PulseAudio Output". */
void sink_ao_drivers(void (*driver)(void *self, const char *name, const char *words), void *self);

extern const struct sink_ops sink_alsa_ops, sink_ao_ops, sink_file_ops, sink_dry_ops;

#endif
