/* The live sound's relays: what its port does about them (live-relay.c keeps their sources). */
#include "sound/frames.h"
#include "sound/live-inside.h"
#include "sound/sink.h"

#include <stdatomic.h>
#include <string.h>

static mono_us mono_now(const struct live_sound *s)
{
	return s->clock->mono(s->clock->self);
}

static struct live_output *output_of(struct live_sound *s, int zone)
{
	return &s->layout.outputs.at[s->layout.zones.at[zone].output];
}

bool live_listen_wanted(struct live_sound *s, const struct bulletin *b, int zone)
{
	const struct live_output *o = output_of(s, zone);
	return b->relay.source && o->ops && strcmp(o->ops->prefix, sink_dry_ops.prefix) != 0;
}

void live_listen_play(struct live_sound *s, struct play *p, const struct bulletin *b, int rate)
{
	live_sound_set_up(s, &sink_alsa_ops); /* a line-in is ALSA's */
	live_relays_play(&s->relays, p, b, rate);
}

void live_listen_open(struct live_sound *s, const struct sound_item *item)
{
	int rate = output_of(s, item->zone)->rate;
	int64_t ahead = item->at.us - s->clock->wall(s->clock->self).us;
	mono_us end = { mono_now(s).us + (ahead > 0 ? ahead : 0) + frames_us(rate, item->frames - item->from_frame) };
	live_sound_set_up(s, &sink_alsa_ops);
	live_relays_want(&s->relays, item->bulletin, rate, end);
}

void live_listen_look(struct live_sound *s)
{
	live_relays_look(&s->relays, s->plays.at, s->plays.n);
	for (size_t i = 0; i < s->plays.n; i++) {
		struct play *p = s->plays.at[i];
		if (!p->mute || atomic_exchange(&p->stop, true) || p->zone < 0)
			continue;
		live_relays_watch(&s->relays, p);
		output_of(s, p->zone)->told = true;
	}
	struct sound_event e = {
		.kind = SOUND_AUDIBLE, .zone = -1, .output = -1, .at = s->clock->wall(s->clock->self)
	};
	while ((e.token = live_relays_heard(&s->relays)))
		live_sound_tell(s, e);
}
