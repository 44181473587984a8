/* A live source: sound that arrives in real time — a line-in, a stream, a microphone — and goes to the plays that have
 * a tap on it.  It has a thread of its own that opens it, reads it, looks whether there is sound in it, and opens it
 * again (0.2 s to 5 s later, for as long as it takes) when it is lost.
 *
 *	struct live_setup setup = { .feed = &live_line_ops, .what = "hw:CARD=Line", .rate = 48000, … };
 *	struct live_source *s = live_source_new(&setup);       a few seconds before its sound is wanted
 *	struct live_tap *t = live_source_tap(s);               one for each play; plays of several zones share a source
 *	live_tap_set_due(t, at);
 *	p->source = (struct source){ &live_tap_source, t };    never short of a frame: what is not there is silence
 *	…
 *	live_source_untap(s, &t);                              when the audio thread does not look at it any more
 *	live_source_end(s);                                    never waits; then, now and then until it is true:
 *	live_source_reap(&s);
 *
 * Its rate is its output's: who feeds it sees to that (live-tap.h follows the rest).  Latency from arrival to the card:
 * live-tap.h.  Everything here is called by the loop thread. */
#ifndef LOAXA_SOUND_LIVE_SOURCE_H
#define LOAXA_SOUND_LIVE_SOURCE_H

#include "base/clock.h"
#include "base/err.h"
#include "sound/live-tap.h"

#include <sys/types.h>

struct live_feed;
struct live_setup;

/* Where the frames come from.  Called by the source's thread alone. */
struct live_feed_ops {
	/* NULL: err says why.  May take a second; `stop` becomes true when nobody wants it any more. */
	struct live_feed *(*open)(const struct live_setup *, const _Atomic bool *stop, struct err *);
	/* Up to n mono frames; waits for some at most wait_ms.  0: none came.  -1: lost, err says why.
	 * A feed that reconnects by itself tells why it has nothing through *err while it goes on; "" takes it back. */
	ssize_t (*read)(struct live_feed *, int16_t *out, size_t n, int wait_ms, struct err *);
	void (*close)(struct live_feed *);
};

struct live_setup {
	const struct live_feed_ops *feed;
	const char *what;    /* card, address …: for open(); copied */
	const char *program; /* that fetches it, or NULL; copied */
	int rate;
	const struct clock *clock; /* asked by the source's thread */
	int notify;                /* eventfd: added to when the state changes, and each second while it is quiet */
};

enum live_state {
	LIVE_OPENING, /* for the first time */
	LIVE_ON,      /* there is sound */
	LIVE_QUIET,   /* open, and for a second or longer there has been no sound in it */
	LIVE_LOST     /* it cannot be opened, or was lost: tried again */
};

struct live_news {
	enum live_state state;
	int64_t quiet_us; /* without sound, up to now; 0 = there is some */
	int times_lost;
	struct err why; /* LIVE_LOST; else "" unless the feed has something to say */
};

struct live_source;

struct live_source *live_source_new(const struct live_setup *); /* NULL: no thread to be had */
struct live_tap *live_source_tap(struct live_source *);
void live_source_untap(struct live_source *, struct live_tap **);
void live_source_look(struct live_source *, struct live_news *);
void live_source_end(struct live_source *);
bool live_source_reap(struct live_source **); /* true, and NULL: its thread has ended.  Taps must have gone before */
void live_source_free(struct live_source **); /* end and reap, waiting as long as a feed may take */

#endif
