/* Analytic playout: no sample is touched here.  Between two calls every lane is a straight line from
 * (start instant, first frame) to its end, so a year of airings costs a few additions each. */
#include "sound/virtual.h"

#include "base/mem.h"
#include "base/vec.h"
#include "sound/frames.h"
#include "sound/playable.h"
#include "sound/silences.h"

#include <stdio.h>
#include <string.h>

struct lane_state {
	char name[NAME_BYTES]; /* of the zone */
	int output;
	struct sound_item item; /* item.token 0 = silent; its bulletin is not looked at after the start */
	char relay[NAME_BYTES]; /* name of its bulletin when that is a relay, else "" */
	int64_t silence_us;     /* of that relay */
	mono_us began;
	int rate;
	int64_t first; /* device frame of the item's from_frame */
	mono_us end;
	struct sound_item waits; /* a start that waits for its instant; token 0 = none */
	mono_us waits_until;
	uint32_t last_token; /* the item that left the lane last, and where */
	int64_t last_frame;
};

struct device_state {
	char name[NAME_BYTES]; /* of the output */
	int rate;
	bool lost;
};

/* Names are copied: a station may go before the next one comes. */
struct virtual_sound {
	const struct station *station; /* looked into by virtual_render() only */
	const struct clock *clock;
	mono_us epoch, now;
	VEC(struct lane_state) lanes;     /* as the station's zones */
	VEC(struct device_state) devices; /* as its outputs */
	VEC(char *) gone;
	struct silences silences;
	struct render *render;          /* NULL = nothing is rendered */
	VEC(struct sound_event) events; /* [taken, n) are still to be handed over */
	size_t taken;
};

static int64_t device_frame(const struct virtual_sound *v, int rate, mono_us at)
{
	return frames_by(rate, at.us - v->epoch.us);
}

static int64_t lane_frame(const struct virtual_sound *v, const struct lane_state *l)
{
	int64_t frame = l->item.from_frame + device_frame(v, l->rate, v->now) - l->first;
	return frame < l->item.frames ? frame : l->item.frames;
}

/* Events are dated by the wall clock, but at the instant they happened, not at which they are found. */
static void report(struct virtual_sound *v, struct sound_event e)
{
	e.at.us = v->clock->wall(v->clock->self).us + v->now.us - v->clock->mono(v->clock->self).us;
	vec_push(&v->events, e);
}

static void report_item(struct virtual_sound *v, enum sound_event_kind kind, int zone, uint32_t token, int64_t frame)
{
	report(v, (struct sound_event){ .kind = kind,
			  .token = token,
			  .zone = zone,
			  .output = zone < 0 ? -1 : v->lanes.at[zone].output,
			  .frame = frame });
}

static void report_output(struct virtual_sound *v, enum sound_event_kind kind, int output)
{
	report(v, (struct sound_event){ .kind = kind, .zone = -1, .output = output });
}

/* Empties the lane and says how its item left. */
static void leave(struct virtual_sound *v, int zone, enum sound_event_kind kind)
{
	struct lane_state *l = &v->lanes.at[zone];
	if (!l->item.token)
		return;
	l->last_token = l->item.token;
	l->last_frame = lane_frame(v, l);
	l->item.token = 0;
	if (v->render && (kind == SOUND_STOPPED || kind == SOUND_SILENT))
		render_cut(v->render, zone, v->now);
	if (v->render && kind == SOUND_LOST)
		render_kill(v->render, zone, v->now);
	report_item(v, kind, zone, l->last_token, l->last_frame);
}

/* A start that still waits leaves without having been heard. */
static void forget_waiting(struct virtual_sound *v, int zone, enum sound_event_kind kind)
{
	struct lane_state *l = &v->lanes.at[zone];
	if (!l->waits.token)
		return;
	report_item(v, kind, zone, l->waits.token, l->waits.from_frame);
	l->waits.token = 0;
}

static void copy_name(char to[NAME_BYTES], const char *from)
{
	snprintf(to, NAME_BYTES, "%s", from);
}

static mono_us silent_too_long(const struct virtual_sound *v, const struct lane_state *l, mono_us *since)
{
	return silences_due(&v->silences, l->item.token ? l->relay : NULL, l->began, l->silence_us, since);
}

static void fall_silent(struct virtual_sound *v, int zone)
{
	struct lane_state *l = &v->lanes.at[zone];
	uint32_t token = l->item.token;
	mono_us since;
	silent_too_long(v, l, &since);
	leave(v, zone, SOUND_SILENT);
	l->last_frame = l->item.from_frame + device_frame(v, l->rate, since) - l->first;
	v->events.at[v->events.n - 1].frame = l->last_frame;
	silences_wait(&v->silences, l->relay, token);
}

static void begin(struct virtual_sound *v, const struct sound_item *item)
{
	struct lane_state *l = &v->lanes.at[item->zone];
	leave(v, item->zone, SOUND_STOPPED);
	l->item = *item;
	l->began = v->now;
	const struct bulletin *b = item->bulletin;
	copy_name(l->relay, b && b->relay.source ? b->name : "");
	l->silence_us = b ? b->relay.silence_ms * US_PER_MS : 0;
	l->rate = v->devices.at[l->output].rate;
	l->first = device_frame(v, l->rate, v->now);
	int64_t left = item->frames > item->from_frame ? item->frames - item->from_frame : 0;
	l->end.us = left ? v->epoch.us + frames_us(l->rate, l->first + left) : v->now.us;
	if (v->render)
		render_start(v->render, item, v->now);
	report_item(v, SOUND_STARTED, item->zone, item->token, item->from_frame);
}

static enum reason recording_reason(const struct virtual_sound *v, const struct recording *r)
{
	for (size_t i = 0; i < v->gone.n; i++)
		if (!strcmp(v->gone.at[i], r->file))
			return REASON_FILE_MISSING;
	return playable_recording(r);
}

static enum reason port_playable(void *self, const struct bulletin *b, int zone)
{
	(void)zone;
	if (b->relay.source)
		return REASON_NONE;
	for (size_t i = 0; i < b->audio.n; i++) {
		enum reason reason = recording_reason(self, &b->audio.at[i]);
		if (reason != REASON_NONE)
			return reason;
	}
	return b->audio.n ? REASON_NONE : REASON_FILE_MISSING;
}

static void port_cue(void *self, const struct sound_item *item)
{
	(void)self, (void)item;
}

static void port_commit(void *self)
{
	(void)self;
}

static void port_start(void *self, const struct sound_item *item)
{
	struct virtual_sound *v = self;
	struct lane_state *l = &v->lanes.at[item->zone];
	if (v->devices.at[l->output].lost) {
		report_item(v, SOUND_LOST, item->zone, item->token, item->from_frame);
		report_output(v, SOUND_LOST, l->output);
		return;
	}
	forget_waiting(v, item->zone, SOUND_STOPPED);
	int64_t ahead = item->at.us - v->clock->wall(v->clock->self).us;
	if (ahead <= 0) {
		begin(v, item);
		return;
	}
	l->waits = *item;
	l->waits_until.us = v->now.us + ahead;
}

static void port_forget(void *self, const struct bulletin *b)
{
	(void)self, (void)b;
}

static void port_stop(void *self, int zone, uint32_t token)
{
	struct virtual_sound *v = self;
	if (v->lanes.at[zone].item.token == token)
		leave(v, zone, SOUND_STOPPED);
	else if (v->lanes.at[zone].waits.token == token)
		forget_waiting(v, zone, SOUND_STOPPED);
}

static void port_set_volume(void *self, int zone, int volume_permille)
{
	struct virtual_sound *v = self;
	v->lanes.at[zone].item.volume_permille = volume_permille;
	if (v->render)
		render_volume(v->render, zone, volume_permille, v->now);
}

static int64_t port_position(void *self, int zone, uint32_t token)
{
	const struct virtual_sound *v = self;
	const struct lane_state *l = &v->lanes.at[zone];
	if (l->item.token == token)
		return lane_frame(v, l);
	if (l->waits.token == token)
		return l->waits.from_frame;
	return l->last_token == token ? l->last_frame : 0;
}

static bool port_next_event(void *self, struct sound_event *out)
{
	struct virtual_sound *v = self;
	if (v->taken < v->events.n) {
		*out = v->events.at[v->taken++];
		return true;
	}
	v->taken = v->events.n = 0;
	return false;
}

static void port_adopt(void *self, const struct station *station)
{
	virtual_adopt(self, station);
}

struct sound_port virtual_port(struct virtual_sound *v)
{
	return (struct sound_port){ .self = v,
		.playable = port_playable,
		.cue = port_cue,
		.start = port_start,
		.stop = port_stop,
		.set_volume = port_set_volume,
		.position = port_position,
		.forget = port_forget,
		.adopt = port_adopt,
		.commit = port_commit,
		.next_event = port_next_event };
}

enum change { CHANGE_END, CHANGE_SILENT, CHANGE_START };

static bool sooner(mono_us *best, mono_us at)
{
	bool is = at.us < best->us;
	*best = is ? at : *best;
	return is;
}

/* What happens first of itself, and in which zone; ends before starts. */
static mono_us next_change(const struct virtual_sound *v, int *zone, enum change *change)
{
	mono_us at = { US_NEVER }, since;
	for (size_t i = 0; i < v->lanes.n; i++) {
		const struct lane_state *l = &v->lanes.at[i];
		if (l->item.token && sooner(&at, l->end))
			*zone = (int)i, *change = CHANGE_END;
		if (sooner(&at, silent_too_long(v, l, &since)))
			*zone = (int)i, *change = CHANGE_SILENT;
		if (l->waits.token && sooner(&at, l->waits_until))
			*zone = (int)i, *change = CHANGE_START;
	}
	return at;
}

mono_us virtual_next(const struct virtual_sound *v)
{
	int zone;
	enum change change;
	return next_change(v, &zone, &change);
}

void virtual_advance(struct virtual_sound *v, mono_us to)
{
	int zone = 0;
	enum change change = CHANGE_END;
	for (mono_us at; (at = next_change(v, &zone, &change)).us <= to.us;) {
		v->now = at.us > v->now.us ? at : v->now;
		if (change == CHANGE_START) {
			struct sound_item item = v->lanes.at[zone].waits;
			v->lanes.at[zone].waits.token = 0;
			begin(v, &item);
		} else if (change == CHANGE_SILENT) {
			fall_silent(v, zone);
		} else {
			leave(v, zone, SOUND_ENDED);
		}
	}
	if (to.us > v->now.us)
		v->now = to;
}

void virtual_relay_silent(struct virtual_sound *v, const char *bulletin)
{
	silences_begin(&v->silences, bulletin, v->now);
}

void virtual_relay_back(struct virtual_sound *v, const char *bulletin)
{
	silences_end(&v->silences, bulletin);
	for (uint32_t token; (token = silences_heard(&v->silences));)
		report_item(v, SOUND_AUDIBLE, -1, token, 0);
}

void virtual_lose(struct virtual_sound *v, int output)
{
	if (v->devices.at[output].lost)
		return;
	for (size_t i = 0; i < v->lanes.n; i++) {
		if (v->lanes.at[i].output != output)
			continue;
		leave(v, (int)i, SOUND_LOST);
		forget_waiting(v, (int)i, SOUND_LOST);
	}
	v->devices.at[output].lost = true;
	report_output(v, SOUND_LOST, output);
}

void virtual_restore(struct virtual_sound *v, int output)
{
	if (!v->devices.at[output].lost)
		return;
	v->devices.at[output].lost = false;
	report_output(v, SOUND_BACK, output);
}

void virtual_file_gone(struct virtual_sound *v, const char *file)
{
	vec_push(&v->gone, mem_dup(file));
}

void virtual_reset(struct virtual_sound *v)
{
	for (size_t i = 0; i < v->lanes.n; i++) {
		struct lane_state *l = &v->lanes.at[i];
		l->item.token = l->waits.token = l->last_token = 0;
		if (v->render)
			render_kill(v->render, (int)i, v->now);
	}
	v->taken = v->events.n = 0;
	silences_forget(&v->silences);
}

static int lane_named(const struct virtual_sound *v, const char *name)
{
	for (size_t i = 0; i < v->lanes.n; i++)
		if (!strcmp(v->lanes.at[i].name, name))
			return (int)i;
	return -1;
}

static int device_named(const struct virtual_sound *v, const char *name)
{
	for (size_t i = 0; i < v->devices.n; i++)
		if (!strcmp(v->devices.at[i].name, name))
			return (int)i;
	return -1;
}

/* Lanes and devices of the station, silent and whole. */
static void take_layout(struct virtual_sound *v, const struct station *st)
{
	v->station = st;
	for (size_t i = 0; st && i < st->outputs.n; i++) {
		struct device_state d = { .rate = st->outputs.at[i].rate };
		copy_name(d.name, st->outputs.at[i].name);
		vec_push(&v->devices, d);
	}
	for (size_t i = 0; st && i < st->zones.n; i++) {
		struct lane_state l = { .output = st->zones.at[i].output };
		copy_name(l.name, st->zones.at[i].name);
		vec_push(&v->lanes, l);
	}
}

/* What played in a lane goes on in the one of the same name; an item keeps the rate it began with. */
static void take_over(struct lane_state *to, const struct lane_state *from, int zone)
{
	int output = to->output;
	*to = *from;
	to->output = output;
	to->item.zone = to->waits.zone = zone;
}

/* Events not yet taken speak of the old numbers; those of an output that is no more say nothing to anybody. */
static void renumber_events(struct virtual_sound *v, const struct virtual_sound *next)
{
	size_t kept = v->taken;
	for (size_t i = v->taken; i < v->events.n; i++) {
		struct sound_event *e = &v->events.at[i];
		if (e->zone >= 0)
			e->zone = lane_named(next, v->lanes.at[e->zone].name);
		if (e->output >= 0)
			e->output = device_named(next, v->devices.at[e->output].name);
		if (e->token || e->output >= 0)
			v->events.at[kept++] = *e;
	}
	v->events.n = kept;
}

void virtual_adopt(struct virtual_sound *v, const struct station *station)
{
	struct virtual_sound next = { 0 };
	take_layout(&next, station);
	for (size_t i = 0; i < v->lanes.n; i++) {
		int zone = lane_named(&next, v->lanes.at[i].name);
		if (zone >= 0) {
			take_over(&next.lanes.at[zone], &v->lanes.at[i], zone);
			continue;
		}
		leave(v, (int)i, SOUND_STOPPED);
		forget_waiting(v, (int)i, SOUND_STOPPED);
	}
	for (size_t i = 0; i < next.devices.n; i++) {
		int was = device_named(v, next.devices.at[i].name);
		next.devices.at[i].lost = was >= 0 && v->devices.at[was].lost;
	}
	renumber_events(v, &next);
	v->station = station;
	vec_free(&v->lanes);
	vec_free(&v->devices);
	memcpy(&v->lanes, &next.lanes, sizeof v->lanes);
	memcpy(&v->devices, &next.devices, sizeof v->devices);
	if (v->render)
		render_adopt(v->render, station, v->now);
}

struct virtual_sound *virtual_new(const struct station *station, const struct clock *clock, mono_us epoch)
{
	struct virtual_sound *v = mem_new(struct virtual_sound);
	v->clock = clock;
	v->epoch = v->now = epoch;
	take_layout(v, station);
	return v;
}

bool virtual_render(struct virtual_sound *v, const struct render_options *options, struct err *err)
{
	v->render = render_new(options, v->station, v->epoch, v->now, err);
	return v->render != NULL;
}

bool virtual_render_end(struct virtual_sound *v, struct err *err)
{
	return render_finish(&v->render, v->now, err);
}

void virtual_free(struct virtual_sound **v)
{
	if (!*v)
		return;
	virtual_render_end(*v, NULL);
	for (size_t i = 0; i < (*v)->gone.n; i++)
		mem_free((*v)->gone.at[i]);
	vec_free(&(*v)->gone);
	silences_free(&(*v)->silences);
	vec_free(&(*v)->lanes);
	vec_free(&(*v)->devices);
	vec_free(&(*v)->events);
	mem_free(*v);
	*v = NULL;
}
