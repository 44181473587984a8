/* Sinks: where an output's interleaved frames go.  The contract between the audio thread and a device.
 *
 * A sink belongs to its output's audio thread: that thread alone opens it, writes, asks and closes.  Opening and
 * closing may allocate, log into err, touch files and take a second; writing may only hand frames over and wait for
 * room.  Faults a sink must expect from its device, and what it does:
 *
 *   fault                                        answer
 *   the card ran dry (EPIPE)                     restart it, count one xrun, write on: no frame is skipped
 *   the card is gone (ENODEV, EBADFD, ESTRPIPE)  SINK_LOST; the thread closes it and opens it again later
 *   no room for 500 ms                           SINK_LOST
 *   the card swallows everything at once         hold the writer back by the clock
 *   the card offers another rate or channels     sink_open fails, in words
 *   a reopen fails                               sink_open fails; the thread tries again, 0.2 s to 2 s later */
#ifndef LOAXA_SOUND_SINK_H
#define LOAXA_SOUND_SINK_H

#include "base/clock.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

#define SINK_PERIOD_MS 20
#define SINK_STALL_MS 500

struct sink;

struct sink_want {
	const char *device; /* what stands behind the prefix: "hw:CARD=Device"; may be "" */
	int rate, channels;
	const struct clock *clock;
};

enum sink_result { SINK_WRITTEN, SINK_XRUN /* written, after the device ran dry */, SINK_LOST };

struct sink_ops {
	const char *prefix; /* "alsa", "ao", "file", "dry-run" */
	bool audible;       /* a loudspeaker may hang on it: nothing may be played that stands in for something else */
	bool stays_open;    /* closing and opening again would lose what was written */
	/* Once in the process before any open, in the thread that makes the outputs, and once after the last close. */
	void (*setup)(void);
	void (*teardown)(void);
	struct sink *(*open)(const struct sink_want *, struct err *); /* NULL: err says why */
	/* All frames or SINK_LOST; waits for room, at most SINK_STALL_MS. */
	enum sink_result (*write)(struct sink *, const int16_t *interleaved, size_t frames);
	int64_t (*delay)(struct sink *); /* frames written and not yet heard, as well as the device knows */
	void (*close)(struct sink *);    /* drops what is not yet heard */
};

/* The sink that a name such as "alsa:hw:0" or "dry-run" means; *device points behind the prefix.  NULL: there is none. */
const struct sink_ops *sink_find(const char *name, const char **device);

/* The drivers libao brings along that play live: "pulse", "PulseAudio Output". */
void sink_ao_drivers(void (*driver)(void *self, const char *name, const char *words), void *self);

extern const struct sink_ops sink_alsa_ops, sink_ao_ops, sink_file_ops, sink_dry_ops;

#endif
