/* What live-port.c (the port) and live-layout.c (which zones hang on which threads) share.  Loop thread only. */
#ifndef LOAXA_SOUND_LIVE_INSIDE_H
#define LOAXA_SOUND_LIVE_INSIDE_H

#include "base/vec.h"
#include "sound/device.h"
#include "sound/feeder.h"
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
	bool monitor; /* for ears in the studio: nothing of the air goes there, no thread opens it */
	struct device *device; /* NULL: no thread to be had, as if lost */
	bool lost;             /* and reported so */
	bool told;             /* something, since the last commit */
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

struct live_sound {
	const struct clock *clock;
	char *override;
	const struct sink_ops *sink;
	struct store *store;
	struct vault *vault;
	struct feeder *feeder;
	int notify;
	struct live_layout layout;
	VEC(struct play *) plays;       /* started and not yet done */
	VEC(struct play *) cues;        /* token 0 */
	VEC(struct sound_event) early;  /* of plays that are armed and not started yet */
	VEC(struct sound_event) events; /* [taken, n): made here, before those of the devices */
	size_t taken;
	const struct sink_ops *set_up[LIVE_SINK_KINDS];
};

/* live-port.c */
void live_sound_tell(struct live_sound *, struct sound_event);
void live_sound_done(struct live_sound *, struct play *); /* the audio thread does not look at it any more */
void live_sound_drop_cues(struct live_sound *);
bool live_sound_take(struct live_sound *, int output, struct sound_event *); /* one event of that output's device */

/* live-layout.c */
bool live_sound_layout_make(struct live_sound *, const struct station *, struct err *);
void live_sound_layout_free(struct live_sound *);

#endif
