/* What the audio thread does between two writes: a turn is one period, mixed up to each start that is due within it.
 * tests/lint/realtime.sh proves that nothing here can wait: no allocation, lock, file or log, no system call at all
 * (the loop is woken afterwards, by device-thread.c). */
#include "sound/device-inside.h"

#include "sound/frames.h"

#include <stdatomic.h>

#define XRUN_EVERY_US US_PER_S
/* Neighbouring loudspeakers that begin a period apart are heard as an echo, and the loop starts zones one by one: the
 * first start opens a window in which the others come in.  Items from the disk also wait for each other's rings. */
#define GATHER_US (5 * US_PER_MS)
#define LATEST_US (500 * US_PER_MS)

static mono_us now(const struct device *d)
{
	return d->clock->mono(d->clock->self);
}

/* ── Events ── */

void device_tell(struct device *d, struct device_event e)
{
	/* Of a card that keeps running dry one word a second is enough; those about plays are never left out. */
	if (e.kind == DEVICE_XRUN) {
		if (e.at.us < d->next_xrun.us || mailbox_waiting(&d->events) > EVENTS / 4)
			return;
		d->next_xrun.us = e.at.us + XRUN_EVERY_US;
	}
	mailbox_send(&d->events, &e);
	d->told = true;
}

static void tell_play(struct device *d, enum device_event_kind kind, struct play *p, int64_t frame, mono_us at)
{
	atomic_store_explicit(&p->frame, frame, memory_order_relaxed);
	device_tell(d, (struct device_event){ .kind = kind, .play = p, .frame = frame, .at = at });
}

/* ── Plays come and go ── */

/* What had been mixed but not heard is not counted: the item goes on from what the loudspeaker last said. */
void device_drop_plays(struct device *d, int64_t unheard)
{
	for (size_t i = 0; i < d->table->n; i++) {
		struct device_lane *l = &d->table->lanes[i];
		if (l->playing) {
			int64_t frame = l->lane.frame - unheard;
			tell_play(d, DEVICE_DROPPED, l->playing, frame > l->began ? frame : l->began, now(d));
		}
		if (l->next)
			tell_play(d, DEVICE_DROPPED, l->next, l->next->from, now(d));
		l->playing = l->next = NULL;
		lane_kill(&l->lane);
	}
}

void device_start_play(struct device *d, const struct device_order *o)
{
	struct device_lane *l = &d->table->lanes[o->lane];
	if (d->state == DEVICE_IS_LOST) {
		tell_play(d, DEVICE_DROPPED, o->play, o->play->from, now(d));
		return;
	}
	if (l->next)
		tell_play(d, DEVICE_STOPPED, l->next, l->next->from, now(d));
	l->next = o->play;
	l->next_at = o->at;
	if (now(d).us >= d->gather_until.us)
		d->gather_until.us = now(d).us + GATHER_US;
}

void device_change_table(struct device *d, struct device_table *next)
{
	struct device_table *old = d->table;
	for (size_t i = 0; i < next->n; i++) {
		struct device_lane *to = &next->lanes[i];
		if (to->was < 0)
			continue;
		struct device_lane *from = &old->lanes[to->was];
		int channel = to->channel, was = to->was;
		*to = *from;
		to->channel = channel;
		to->was = was;
		from->playing = from->next = NULL;
	}
	for (size_t i = 0; i < old->n; i++) {
		struct device_lane *l = &old->lanes[i];
		if (l->playing)
			tell_play(d, DEVICE_STOPPED, l->playing, l->lane.frame, now(d));
		if (l->next)
			tell_play(d, DEVICE_STOPPED, l->next, l->next->from, now(d));
	}
	d->table = next;
	device_tell(d, (struct device_event){ .kind = DEVICE_TABLE, .table = old });
}

/* ── A turn ── */

/* The instant at which frame n of the period is heard. */
static mono_us heard(const struct device *d, mono_us first, size_t n)
{
	return (mono_us){ first.us + frames_us(d->rate, (int64_t)n) };
}

static void obey_plays(struct device *d, mono_us first)
{
	for (size_t i = 0; i < d->table->n; i++) {
		struct device_lane *l = &d->table->lanes[i];
		if (l->next && atomic_load(&l->next->stop)) {
			tell_play(d, DEVICE_STOPPED, l->next, l->next->from, now(d));
			l->next = NULL;
		}
		if (!l->playing)
			continue;
		lane_set_gain(&l->lane, atomic_load_explicit(&l->playing->gain, memory_order_relaxed));
		if (!atomic_load(&l->playing->stop))
			continue;
		tell_play(d, DEVICE_STOPPED, l->playing, lane_cut(&l->lane), first);
		l->playing = NULL;
	}
}

/* The state first: after it no more can come, so what lies there then is all. */
static bool is_broken(const struct play *p)
{
	return p->ring && ring_state(p->ring) != RING_OPEN && ring_filled(p->ring) == 0;
}

static bool is_ready(const struct play *p)
{
	if (!p->ring)
		return true;
	bool ended = ring_state(p->ring) != RING_OPEN;
	int64_t filled = ring_filled(p->ring);
	return filled >= p->ready || (ended && filled > 0);
}

static void begin(struct device *d, struct device_lane *l, mono_us at)
{
	struct play *p = l->next;
	if (l->playing)
		tell_play(d, DEVICE_STOPPED, l->playing, lane_cut(&l->lane), at);
	lane_start(&l->lane, p->source, p->from, p->frames, atomic_load_explicit(&p->gain, memory_order_relaxed));
	l->playing = p;
	l->next = NULL;
	l->began = p->from;
	l->starving = false;
	tell_play(d, DEVICE_STARTED, p, p->from, at);
	if (!l->lane.on) {
		tell_play(d, DEVICE_ENDED, p, p->frames, at);
		l->playing = NULL;
	}
}

/* Is any item that is due by then still without its first sound? */
static bool some_unready(const struct device *d, mono_us by)
{
	for (size_t i = 0; i < d->table->n; i++) {
		const struct device_lane *l = &d->table->lanes[i];
		if (l->next && l->next_at.us <= by.us && !is_ready(l->next) && !is_broken(l->next))
			return true;
	}
	return false;
}

static bool may_begin(const struct device *d, const struct device_lane *l, mono_us at)
{
	if (d->gathering || !is_ready(l->next))
		return false;
	return !l->next->ring || !d->unready || at.us > l->next_at.us + LATEST_US;
}

/* Begins what is due at this frame; returns how many of the n frames there are before the next start. */
static size_t begin_due(struct device *d, mono_us at, size_t n)
{
	for (size_t i = 0; i < d->table->n; i++) {
		struct device_lane *l = &d->table->lanes[i];
		if (!l->next)
			continue;
		int64_t ahead = l->next_at.us - at.us;
		int64_t wait = ahead > 0 ? frames_by(d->rate, ahead) : 0;
		if (wait > 0) {
			n = (uint64_t)wait < n ? (size_t)wait : n;
		} else if (is_broken(l->next)) {
			tell_play(d, DEVICE_BROKEN, l->next, l->next->from, at);
			l->next = NULL;
		} else if (may_begin(d, l, at)) {
			begin(d, l, at);
		}
	}
	return n;
}

static void starve(struct device *d, struct device_lane *l, mono_us at)
{
	if (is_broken(l->playing)) {
		tell_play(d, DEVICE_BROKEN, l->playing, l->lane.frame, at);
		lane_kill(&l->lane);
		l->playing = NULL;
	} else if (!l->starving) {
		l->starving = true;
		device_tell(d, (struct device_event){ .kind = DEVICE_XRUN, .at = at });
	}
}

/* What became of each play in frames [from, from + n) of the period. */
static void account(struct device *d, mono_us first, size_t from, size_t n)
{
	for (size_t i = 0; i < d->table->n; i++) {
		struct device_lane *l = &d->table->lanes[i];
		size_t went = d->table->on_bus[i].went;
		if (!l->playing)
			continue;
		mono_us at = heard(d, first, from + went);
		atomic_store_explicit(&l->playing->frame, l->lane.frame, memory_order_relaxed);
		if (!l->lane.on) {
			tell_play(d, DEVICE_ENDED, l->playing, l->lane.frame, at);
			l->playing = NULL;
		} else if (went < n) {
			starve(d, l, at);
		} else {
			l->starving = false;
		}
	}
}

bool device_is_idle(const struct device *d)
{
	for (size_t i = 0; i < d->table->n; i++)
		if (d->table->lanes[i].playing || d->table->lanes[i].next)
			return false;
	return bus_idle(&d->table->bus);
}

static void mix(struct device *d, mono_us first)
{
	for (size_t done = 0, n; done < d->period; done += n) {
		n = begin_due(d, heard(d, first, done), d->period - done);
		bus_mix(&d->table->bus, d->out + done * (size_t)d->channels, n);
		account(d, first, done, n);
	}
}

void device_turn(struct device *d)
{
	d->silent = device_is_idle(d) ? d->silent + (int64_t)d->period : 0;
	mono_us first = { now(d).us + frames_us(d->rate, d->queued) };
	obey_plays(d, first);
	d->gathering = now(d).us < d->gather_until.us;
	d->unready = some_unready(d, heard(d, first, d->period));
	mix(d, first);
}
