/* What live-port.c (the port) and live-layout.c (which zones hang on which threads) share.  Loop thread only. */
#ifndef LOAXA_SOUND_LIVE_INSIDE_H
#define LOAXA_SOUND_LIVE_INSIDE_H

#include "base/vec.h"
#include "sound/amp.h"
#include "sound/chime.h"
#include "sound/device.h"
#include "sound/feeder.h"
#include "sound/live-relay.h"
#include "sound/live-speech.h"
#include "sound/live.h"
#include "sound/store.h"
#include "sound/vault.h"

#define LIVE_SINK_KINDS 8

struct live_output {
	char name[NAME_BYTES];
	const struct sink_ops *ops; /* NULL: a sink nobody knows */
	char *device_name;
	int rate, channels, high_pass;
	bool idle_open;
	bool monitor;          /* for ears in the studio: nothing of the air goes there, no thread opens it */
	struct device *device; /* NULL: no thread to be had, as if lost */
	bool lost;             /* and reported so */
	bool told;             /* something, since the last commit */
	char *key;             /* how its amplifier is switched; NULL = it is not */
	int64_t warm_up_us;
	struct amp *amp;     /* NULL: nothing to switch, or no thread to be had */
	struct chime *chime; /* NULL: never needed so far */
};

struct live_zone {
	char name[NAME_BYTES];
	int output, lane, channel;
	uint32_t last_token; /* the item that left the lane last, and where */
	int64_t last_frame;
};

struct live_layout {
	VEC(struct live_output) outputs; /* as the station's */
	VEC(struct live_zone) zones;     /* likewise */
};

struct live_kept;

struct live_sound {
	const struct clock *clock;
	char *override;
	const struct sink_ops *sink;
	struct store *store;
	struct vault *vault;
	struct feeder *feeder;
	int notify;
	struct live_layout layout;
	VEC(struct play *) plays;      /* started and not yet done */
	VEC(struct play *) cues;       /* token 0 */
	VEC(struct sound_event) early; /* of plays that are armed and not started yet */
	struct live_speeches speeches;
	struct live_relays relays;
	VEC(struct sound_event) events; /* [taken, n): made here, before those of the devices */
	size_t taken;
	mono_us told_at;           /* when something was told first since the last commit; .us = 0 */
	VEC(struct amp *) leaving; /* of outputs that are no more: being switched off */
	VEC(struct live_kept *) kept; /* held in the vault by hand */
	const struct sink_ops *set_up[LIVE_SINK_KINDS];
};

/* live-port.c */
void live_sound_tell(struct live_sound *, struct sound_event);
void live_sound_done(struct live_sound *, struct play *);   /* the audio thread does not look at it any more */
void live_sound_free_play(struct live_sound *, struct play *); /* nobody but its feeder looks at it any more */
void live_sound_drop_cues(struct live_sound *);
bool live_sound_take(struct live_sound *, int output, struct sound_event *); /* one event of that output's device */

/* live-keep.c */
bool live_sound_keep(void *self, const struct bulletin *, struct err *); /* the port's own */
void live_sound_let_go(struct live_sound *, const struct bulletin *);
void live_sound_let_all_go(struct live_sound *);

/* live-layout.c */
void live_sound_set_up(struct live_sound *, const struct sink_ops *); /* before the first use of its library */
int live_output_named(const struct live_layout *, const char *name); /* or -1 */
bool live_sound_layout_make(struct live_sound *, const struct station *, struct err *);
void live_sound_layout_free(struct live_sound *);

/* live-listen.c */
/* A relay that is heard in that zone; where nobody can hear anything, a beep stands in for it. */
bool live_listen_wanted(struct live_sound *, const struct bulletin *, int zone);
void live_listen_open(struct live_sound *, const struct sound_item *);
void live_listen_play(struct live_sound *, struct play *, const struct bulletin *, int rate);
void live_listen_look(struct live_sound *); /* silent ones leave the air, those that sound again are told of */

/* live-amp.c */
void live_amp_make(struct live_sound *);                            /* for the outputs of s->layout */
void live_amp_adopt(struct live_sound *, struct live_layout *next); /* from those of s->layout */
void live_amp_free(struct live_layout *);                           /* the audio threads have ended */
void live_amp_reap(struct live_sound *);                            /* waits for those that are leaving */
void live_amp_announce(struct live_sound *, int output, mono_us at);
/* It was sent to its lane for that instant.  Returns when it may begin: later where the amplifier must warm up first,
 * for an emergency with a chime to fill that time. */
mono_us live_amp_begin(struct live_sound *, struct play *, mono_us at, bool emergency);
void live_amp_started(struct live_sound *, struct play *); /* it is no more merely foreseen */
void live_amp_over(struct live_sound *, struct play *);

#endif
