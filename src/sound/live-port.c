#include "sound/live-inside.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/pcm.h"
#include "sound/playable.h"
#include "sound/sink.h"
#include "sound/volume.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define CUES_A_ZONE 2
#define CUE_STALE_US (INT64_C(60) * US_PER_S)
#define READY_MS 100 /* of sound in the ring before an item may begin */

static wall_us wall_now(const struct live_sound *s)
{
	return s->clock->wall(s->clock->self);
}

static mono_us mono_now(const struct live_sound *s)
{
	return s->clock->mono(s->clock->self);
}

static struct live_output *output_of(struct live_sound *s, int zone)
{
	return &s->layout.outputs.at[s->layout.zones.at[zone].output];
}

/* ── Plays ── */

static struct play *new_play(struct live_sound *s, const struct sound_item *item)
{
	int output = s->layout.zones.at[item->zone].output;
	struct store_form form = { s->layout.outputs.at[output].rate, s->layout.outputs.at[output].high_pass };
	struct play *p = mem_new(struct play);
	int64_t left = item->frames - item->from_frame, ready = (int64_t)form.rate * READY_MS / 1000;
	p->from = item->from_frame;
	p->frames = item->frames;
	p->ready = left < ready ? left : ready;
	p->zone = item->zone;
	p->output = output;
	p->bulletin = item->bulletin;
	atomic_init(&p->frame, item->from_frame);
	if ((p->listener = live_speech_of(&s->speeches, item->bulletin))) {
		p->ready = (int64_t)form.rate * LISTENER_READY_MS / 1000;
		listener_add(p->listener, p);
		p->source = (struct source){ &ring_source, p->ring };
	} else if (live_listen_wanted(s, item->bulletin, item->zone)) {
		live_listen_play(s, p, item->bulletin, form.rate);
	} else if (item->emergency && (p->held = vault_hold(s->vault, item->bulletin, form))) {
		p->source = (struct source){ &spans_source, vault_spans(p->held) };
	} else {
		feeder_add(s->feeder, p, pcm_of_bulletin(item->bulletin, s->store, output, &form), form.rate);
	}
	return p;
}

void live_sound_free_play(struct live_sound *s, struct play *p)
{
	if (p->listener) {
		listener_drop(p->listener, p);
		return;
	}
	if (p->rate) {
		live_relays_drop(&s->relays, p);
		mem_free(p);
		return;
	}
	if (!p->held) {
		feeder_drop(s->feeder, p);
		return;
	}
	vault_release(s->vault, &p->held);
	mem_free(p);
}

void live_sound_done(struct live_sound *s, struct play *p)
{
	live_amp_over(s, p);
	if (p->zone >= 0) {
		s->layout.zones.at[p->zone].last_token = p->token;
		s->layout.zones.at[p->zone].last_frame = atomic_load(&p->frame);
	}
	for (size_t i = 0; i < s->plays.n; i++) {
		if (s->plays.at[i] != p)
			continue;
		vec_remove(&s->plays, i);
		break;
	}
	live_sound_free_play(s, p);
}

static struct play *play_of(const struct live_sound *s, uint32_t token)
{
	for (size_t i = 0; i < s->plays.n; i++)
		if (s->plays.at[i]->token == token)
			return s->plays.at[i];
	return NULL;
}

/* ── Cues: sound fetched for a start that is near ── */

static void drop_cue(struct live_sound *s, size_t i)
{
	live_sound_free_play(s, s->cues.at[i]);
	vec_remove(&s->cues, i);
}

void live_sound_drop_cues(struct live_sound *s)
{
	while (s->cues.n)
		drop_cue(s, 0);
}

static struct play *take_cue(struct live_sound *s, const struct sound_item *item)
{
	for (size_t i = 0; i < s->cues.n; i++) {
		struct play *p = s->cues.at[i];
		if (p->zone != item->zone || p->bulletin != item->bulletin || p->from != item->from_frame ||
			p->frames != item->frames)
			continue;
		vec_remove(&s->cues, i);
		return p;
	}
	return NULL;
}

/* What was announced and never started must not hold memory, nor keep later ones out. */
static bool room_for_cue(struct live_sound *s, int zone)
{
	size_t n = 0;
	for (size_t i = 0; i < s->cues.n;) {
		if (s->cues.at[i]->cued.us + CUE_STALE_US < mono_now(s).us) {
			drop_cue(s, i);
			continue;
		}
		n += s->cues.at[i]->zone == zone;
		i++;
	}
	return n < CUES_A_ZONE;
}

/* ── Port ── */

static mono_us mono_of(const struct live_sound *s, wall_us at)
{
	int64_t ahead = at.us - wall_now(s).us;
	return (mono_us){ mono_now(s).us + (ahead > 0 ? ahead : 0) };
}

static enum reason port_playable(void *self, const struct bulletin *b, int zone)
{
	struct live_sound *s = self;
	if (live_speech_of(&s->speeches, b))
		return REASON_NONE;
	if (b->relay.source)
		return !live_listen_wanted(s, b, zone) || live_relays_can(&s->relays, b) ? REASON_NONE : REASON_DEVICE_LOST;
	for (size_t i = 0; i < b->audio.n; i++) {
		enum reason reason = playable_recording(&b->audio.at[i]);
		if (reason != REASON_NONE)
			return reason;
	}
	return b->audio.n ? REASON_NONE : REASON_FILE_MISSING;
}

static void port_cue(void *self, const struct sound_item *item)
{
	struct live_sound *s = self;
	struct live_output *o = output_of(s, item->zone);
	o->told = true;
	live_amp_announce(s, s->layout.zones.at[item->zone].output, mono_of(s, item->at));
	if (o->device)
		device_order(o->device, &(struct device_order){ .kind = ORDER_READY, .at = mono_of(s, item->at) });
	if (live_listen_wanted(s, item->bulletin, item->zone)) {
		live_listen_open(s, item);
		return;
	}
	if (port_playable(s, item->bulletin, item->zone) != REASON_NONE || !room_for_cue(s, item->zone))
		return;
	struct play *p = new_play(s, item);
	p->cued = mono_of(s, item->at);
	vec_push(&s->cues, p);
}

/* The sound of an item, from its cue or new, on its way to its lane.  False: the output cannot take it. */
static bool send(struct live_sound *s, const struct sound_item *item, enum device_order_kind kind)
{
	struct live_output *o = output_of(s, item->zone);
	struct play *p = item->emergency ? NULL : take_cue(s, item);
	if (!p)
		p = new_play(s, item);
	p->token = item->token;
	p->armed = kind == ORDER_ARM;
	atomic_store(&p->gain, volume_gain(item->volume_permille));
	if (p->pcm)
		feeder_want(s->feeder, p);
	vec_push(&s->plays, p);
	struct device_order order = { .kind = kind,
		.lane = s->layout.zones.at[item->zone].lane,
		.play = p,
		.at = live_amp_begin(s, p, mono_of(s, item->at), item->emergency) };
	if (p->tap)
		live_tap_set_due(p->tap, order.at);
	o->told = true;
	if (order.lane >= 0 && o->device && device_order(o->device, &order))
		return true;
	live_sound_done(s, p);
	return false;
}

/* ── Arms: what was foreseen ── */

static struct play *armed_in(const struct live_sound *s, int zone)
{
	for (size_t i = 0; i < s->plays.n; i++) {
		struct play *p = s->plays.at[i];
		if (p->zone == zone && p->armed && !atomic_load(&p->stop))
			return p;
	}
	return NULL;
}

static void port_disarm(void *self, int zone)
{
	struct live_sound *s = self;
	struct play *p = armed_in(s, zone);
	if (!p)
		return;
	atomic_store(&p->stop, true);
	output_of(s, zone)->told = true;
	if (p->gone)
		live_sound_done(s, p);
}

static void port_arm(void *self, const struct sound_item *item)
{
	struct live_sound *s = self;
	port_disarm(s, item->zone);
	if (port_playable(s, item->bulletin, item->zone) == REASON_NONE)
		send(s, item, ORDER_ARM);
}

/* What the audio thread said of it before it was started is told now. */
static void confirm(struct live_sound *s, struct play *p, const struct sound_item *item)
{
	p->armed = false;
	live_amp_started(s, p);
	atomic_store(&p->gain, volume_gain(item->volume_permille));
	output_of(s, item->zone)->told = true;
	size_t kept = 0;
	for (size_t i = 0; i < s->early.n; i++) {
		if (s->early.at[i].token == p->token)
			live_sound_tell(s, s->early.at[i]);
		else
			s->early.at[kept++] = s->early.at[i];
	}
	s->early.n = kept;
	if (p->gone)
		live_sound_done(s, p);
}

/* ── Starts, stops, volume ── */

static void port_start(void *self, const struct sound_item *item)
{
	struct live_sound *s = self;
	struct play *p = armed_in(s, item->zone);
	if (p && p->token == item->token) {
		confirm(s, p, item);
		return;
	}
	port_disarm(s, item->zone);
	if (send(s, item, ORDER_START))
		return;
	live_sound_tell(s, (struct sound_event){ .kind = SOUND_LOST,
				   .token = item->token,
				   .zone = item->zone,
				   .output = s->layout.zones.at[item->zone].output,
				   .frame = item->from_frame,
				   .at = wall_now(s) });
}

static void port_commit(void *self)
{
	struct live_sound *s = self;
	live_speech_begin(&s->speeches);
	for (size_t i = 0; i < s->layout.outputs.n; i++) {
		struct live_output *o = &s->layout.outputs.at[i];
		if (o->told && o->device)
			device_commit(o->device);
		o->told = false;
	}
	s->told_at.us = 0;
}

static bool port_listen(void *self, const struct sound_speech *speech, struct err *err)
{
	struct live_sound *s = self;
	return live_speech_listen(&s->speeches, speech, err);
}

static void port_forget(void *self, const struct bulletin *b)
{
	struct live_sound *s = self;
	live_sound_let_go(s, b);
	live_speech_forget(&s->speeches, b);
}

static void port_stop(void *self, int zone, uint32_t token)
{
	struct play *p = play_of(self, token);
	if (!p)
		return;
	atomic_store(&p->stop, true);
	output_of(self, zone)->told = true;
}

static void port_set_volume(void *self, int zone, int volume_permille)
{
	struct live_sound *s = self;
	output_of(s, zone)->told = true;
	for (size_t i = 0; i < s->plays.n; i++)
		if (s->plays.at[i]->zone == zone)
			atomic_store(&s->plays.at[i]->gain, volume_gain(volume_permille));
}

static int64_t port_position(void *self, int zone, uint32_t token)
{
	const struct live_sound *s = self;
	const struct play *p = play_of(s, token);
	if (p)
		return atomic_load(&p->frame);
	const struct live_zone *z = &s->layout.zones.at[zone];
	return z->last_token == token ? z->last_frame : 0;
}

static void port_adopt(void *self, const struct station *station)
{
	live_sound_adopt(self, station);
}

/* ── Events ── */

void live_sound_tell(struct live_sound *s, struct sound_event e)
{
	vec_push(&s->events, e);
	eventfd_write(s->notify, 1);
}

static enum sound_event_kind kind_of(enum device_event_kind kind)
{
	static const enum sound_event_kind kinds[] = {
		[DEVICE_STARTED] = SOUND_STARTED,
		[DEVICE_ENDED] = SOUND_ENDED,
		[DEVICE_STOPPED] = SOUND_STOPPED,
		[DEVICE_BROKEN] = SOUND_BROKEN,
		[DEVICE_DROPPED] = SOUND_LOST,
		[DEVICE_LOST] = SOUND_LOST,
		[DEVICE_BACK] = SOUND_BACK,
		[DEVICE_XRUN] = SOUND_XRUN,
	};
	return kinds[kind];
}

static struct sound_event translated(const struct live_sound *s, int output, const struct device_event *d)
{
	struct sound_event e = { .kind = kind_of(d->kind), .zone = -1, .output = output, .frame = d->frame };
	e.at.us = wall_now(s).us + d->at.us - mono_now(s).us;
	if (!d->play)
		return e;
	e.token = d->play->token;
	e.zone = d->play->zone;
	if (d->kind == DEVICE_STOPPED && d->play->mute) {
		e.kind = SOUND_SILENT;
		e.frame = d->play->silent;
		atomic_store(&d->play->frame, e.frame);
	}
	if (d->kind == DEVICE_BROKEN)
		e.reason = ring_state(d->play->ring) == RING_GONE ? REASON_FILE_MISSING : REASON_FILE_CORRUPT;
	if (d->kind == DEVICE_BROKEN && ring_state(d->play->ring) == RING_OVER) {
		e.kind = SOUND_ENDED;
		e.reason = REASON_NONE;
	}
	return e;
}

/* Foreseen plays are kept until their end, or their start, whichever comes later. */
static void audio_thread_done(struct live_sound *s, struct play *p)
{
	if (p->armed && !atomic_load(&p->stop))
		p->gone = true;
	else
		live_sound_done(s, p);
}

bool live_sound_take(struct live_sound *s, int output, struct sound_event *out)
{
	struct device_event d = { 0 };
	struct device *device = s->layout.outputs.at[output].device;
	while (device && device_event(device, &d)) {
		if (d.kind == DEVICE_TABLE) {
			device_table_free(&d.table);
			continue;
		}
		if (d.kind == DEVICE_DONE) {
			audio_thread_done(s, d.play);
			continue;
		}
		*out = translated(s, output, &d);
		if (d.kind == DEVICE_LOST || d.kind == DEVICE_BACK)
			s->layout.outputs.at[output].lost = d.kind == DEVICE_LOST;
		if (!d.play || !d.play->armed)
			return true;
		if (!atomic_load(&d.play->stop))
			vec_push(&s->early, *out);
	}
	return false;
}

static bool take_any(struct live_sound *s, struct sound_event *out)
{
	if (s->taken < s->events.n) {
		*out = s->events.at[s->taken++];
		return true;
	}
	s->taken = s->events.n = 0;
	for (size_t i = 0; i < s->layout.outputs.n; i++)
		if (live_sound_take(s, (int)i, out))
			return true;
	return false;
}

/* The descriptor is emptied before the last look, so that what comes after that look makes it readable again. */
static bool port_next_event(void *self, struct sound_event *out)
{
	struct live_sound *s = self;
	eventfd_t n;
	live_listen_look(s);
	if (take_any(s, out))
		return true;
	eventfd_read(s->notify, &n);
	return take_any(s, out);
}

static bool port_relay(void *self, size_t i, struct sound_relay *out)
{
	const struct live_sound *s = self;
	return live_relays_at(&s->relays, i, out);
}

struct sound_port live_sound_port(struct live_sound *s)
{
	return (struct sound_port){ .self = s,
		.playable = port_playable,
		.cue = port_cue,
		.arm = port_arm,
		.disarm = port_disarm,
		.start = port_start,
		.stop = port_stop,
		.set_volume = port_set_volume,
		.position = port_position,
		.listen = port_listen,
		.keep = live_sound_keep,
		.forget = port_forget,
		.adopt = port_adopt,
		.commit = port_commit,
		.next_event = port_next_event,
		.relay = port_relay };
}

int live_sound_fd(struct live_sound *s)
{
	return s->notify;
}

int64_t live_sound_vault_bytes(const struct live_sound *s, bool *all_locked)
{
	*all_locked = vault_locked(s->vault);
	return vault_bytes(s->vault);
}
