/* Relays of the live sound: which sources are open and for whom, and which items wait for a silent one.  Loop thread.
 *
 * A source is opened at the first cue of a relay and kept until the last planned end of those who wanted it; zones of
 * one rate share it, and so do relays that follow each other from one receiver.  A relay that had no sound for its
 * silence_ms is taken off the air; its source is listened to on. */
#ifndef LOAXA_SOUND_LIVE_RELAY_H
#define LOAXA_SOUND_LIVE_RELAY_H

#include "base/vec.h"
#include "engine/ports.h"
#include "sound/live-source.h"

struct play;

struct live_relay {
	char *name; /* of the bulletin that wanted it last */
	char *what; /* its source */
	struct live_source *source;
	int rate;
	size_t plays;
	mono_us until; /* kept so long, and as long as somebody plays it */
	struct live_news news;
};

/* An item that is off the air because its relay is silent. */
struct live_watch {
	uint32_t token;
	char *what;
	int rate;
	mono_us until;
};

struct live_relays {
	const struct clock *clock;
	int notify;
	char *program; /* loaxa-relay */
	VEC(struct live_relay) open;
	VEC(struct live_watch) watches;
	VEC(struct live_source *) ending;
};

void live_relays_init(struct live_relays *, const struct clock *, int notify, const char *program);
void live_relays_free(struct live_relays *); /* every play has gone */

bool live_relays_can(const struct live_relays *, const struct bulletin *); /* there is a way to its source */
/* Its sound will be wanted until then.  False: there is no source for it. */
bool live_relays_want(struct live_relays *, const struct bulletin *, int rate, mono_us until);
/* A tap for that play, which has its bulletin's source wanted: sets its source.  And back. */
void live_relays_play(struct live_relays *, struct play *, const struct bulletin *, int rate);
void live_relays_drop(struct live_relays *, struct play *);

/* Looks at all sources.  A play that was silent for too long gets its `mute`, and `silent`: it is to be stopped. */
void live_relays_look(struct live_relays *, struct play *const *plays, size_t n);
/* A muted play has left its lane: waits for its source. */
void live_relays_watch(struct live_relays *, const struct play *);
/* An item whose source is heard again, once; 0: none. */
uint32_t live_relays_heard(struct live_relays *);
bool live_relays_at(const struct live_relays *, size_t i, struct sound_relay *);

#endif
