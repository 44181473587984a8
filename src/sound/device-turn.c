/* What the audio thread does between two words with its sink.  tests/lint/realtime.sh proves that nothing here can
 * wait: no allocation, lock, file or log, no system call at all (the loop is woken afterwards, by device-thread.c). */
#include "sound/device-inside.h"

#include "sound/frames.h"
#include "sound/spans.h"

#include <stdatomic.h>

#define XRUN_EVERY_US US_PER_S
/* How near to the hardware the queue may still be changed: what it may fetch until the change is written, and what it
 * may have fetched since it last told.  Seen on real drivers: intel-hda tells every 1 ms and needs 2, usb-audio and
 * aloop tell every 4 to 6 ms and need none. */
#define MARGIN_MS 5
/* Sound that is late is waited for as long as this much is queued before it. */
#define RESERVE_MS 100
/* Items from the disk that are to start together wait for each other, but not longer. */
#define LATEST_US (500 * US_PER_MS)
/* Orders for one instant are made one after the other, each from its own look at the clock. */
#define SAME_US INT64_C(500)
/* Where one item follows another, the clock's reckoning of frames must not part them by so few: they would click. */
#define SEAM_FRAMES 3

static mono_us now(const struct device *d)
{
	return d->clock->mono(d->clock->self);
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
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
	if (kind != DEVICE_DONE)
		atomic_store_explicit(&p->frame, frame, memory_order_relaxed);
	p->begun |= kind == DEVICE_STARTED;
	p->over |= kind != DEVICE_STARTED;
	device_tell(d, (struct device_event){ .kind = kind, .play = p, .frame = frame, .at = at });
}

static void done(struct device *d, struct play *p)
{
	tell_play(d, DEVICE_DONE, p, 0, now(d));
}

/* It was never heard: the last of it. */
static void tell_unheard(struct device *d, enum device_event_kind kind, struct play *p)
{
	tell_play(d, kind, p, p->from, now(d));
	done(d, p);
}

/* ── What was heard ── */

static int64_t end_of(const struct piece *p)
{
	return p->at + p->frames;
}

/* A piece that has been heard to its end, however that came about; the rest of a play that waited says nothing. */
static void tell_end(struct device *d, const struct piece *piece)
{
	struct play *p = piece->owner;
	int64_t frame = piece->from + piece->frames;
	mono_us at = frame_clock_when(&d->beat, end_of(piece));
	if (piece->cut)
		tell_play(d, DEVICE_STOPPED, p, frame, at);
	else if (piece->broken)
		tell_play(d, DEVICE_BROKEN, p, frame, at);
	else if (frame == p->frames)
		tell_play(d, DEVICE_ENDED, p, frame, at);
}

/* A chime is in no account; but where it was cut, its item ends before it began. */
static void account_prelude(struct device *d, const struct piece *piece)
{
	struct play *p = piece->owner;
	if (piece->cut && d->heard >= end_of(piece))
		tell_play(d, DEVICE_STOPPED, p, p->from, frame_clock_when(&d->beat, end_of(piece)));
}

/* The clock has been corrected since it was laid out; by that much nobody can tell that it was early. */
static mono_us started(const struct device *d, const struct piece *piece)
{
	const struct play *p = piece->owner;
	mono_us at = frame_clock_when(&d->beat, piece->at);
	int64_t early = p->due.us - at.us;
	return early > 0 && early < US_PER_MS ? p->due : at;
}

static void account_piece(struct device *d, const struct piece *piece)
{
	struct play *p = piece->owner;
	if (p->over || d->heard <= piece->at)
		return;
	if (piece->prelude) {
		account_prelude(d, piece);
		return;
	}
	if (!p->begun)
		tell_play(d, DEVICE_STARTED, p, piece->from, started(d, piece));
	int64_t frame = piece->from + least(d->heard - piece->at, piece->frames);
	atomic_store_explicit(&p->frame, frame, memory_order_relaxed);
	if (piece->source.ops->heard)
		piece->source.ops->heard(piece->source.self, frame);
	if (d->heard >= end_of(piece))
		tell_end(d, piece);
}

/* Takes the first piece off the lane; the play with it, when that was its last. */
static void forget_first(struct device *d, struct lane *l)
{
	struct play *p = l->pieces[0].owner;
	lane_forget(l, lane_piece_over(l, &l->pieces[0]));
	if (p->over && !lane_has(l, p))
		done(d, p);
}

void device_account(struct device *d)
{
	for (size_t i = 0; i < d->table->n; i++) {
		struct lane *l = &d->table->lanes[i].lane;
		for (size_t k = 0; k < l->n; k++)
			account_piece(d, &l->pieces[k]);
		while (l->n && lane_piece_over(l, &l->pieces[0]) <= d->heard)
			forget_first(d, l);
	}
}

mono_us device_next_event(const struct device *d)
{
	int64_t next = INT64_MAX;
	for (size_t i = 0; i < d->table->n; i++) {
		const struct lane *l = &d->table->lanes[i].lane;
		for (size_t k = 0; k < l->n; k++) {
			const struct piece *p = &l->pieces[k];
			next = least(next, d->heard <= p->at      ? p->at + 1
					   : end_of(p) > d->heard ? end_of(p)
								  : INT64_MAX);
		}
	}
	return next == INT64_MAX ? (mono_us){ US_NEVER } : frame_clock_when(&d->beat, next);
}

/* ── What is wanted ── */

/* The first frame that can still be changed: behind what the hardware says it has fetched, what the ear says it has
 * heard, and what by the clock it has heard since; some cards tell each of them late, in steps. */
static int64_t earliest(const struct device *d)
{
	if (!d->ops->take_back)
		return d->written;
	if (!d->going)
		return d->fetched;
	int64_t at = most(most(d->fetched, d->heard), frame_clock_frame(&d->beat, now(d)));
	return least(at + frames_in_ms(d->rate, MARGIN_MS), d->written);
}

static void change_from(struct device *d, int64_t frame)
{
	d->redo = least(d->redo, frame);
}

/* What would begin at that frame or later begins no more, what plays there ends. */
static void take_off(struct device *d, struct lane *l, int64_t from)
{
	struct play *gone[LANE_PIECES];
	size_t n = 0;
	for (size_t k = 0; k < l->n; k++)
		if (l->pieces[k].at >= from && (!n || gone[n - 1] != l->pieces[k].owner))
			gone[n++] = l->pieces[k].owner;
	lane_cut(l, from);
	for (size_t i = 0; i < n; i++) {
		if (lane_has(l, gone[i]))
			continue;
		tell_play(d, DEVICE_STOPPED, gone[i], atomic_load(&gone[i]->frame), now(d));
		done(d, gone[i]);
	}
}

bool device_plays(const struct device *d)
{
	return d->state != DEVICE_IS_LOST && !d->proving;
}

static void drop_wish(struct device *d, struct device_wish *w, enum device_event_kind kind)
{
	if (w->play)
		tell_unheard(d, kind, w->play);
	w->play = NULL;
}

void device_take(struct device *d, const struct device_order *o)
{
	struct device_lane *l = &d->table->lanes[o->lane];
	struct device_wish *w = o->kind == ORDER_ARM ? &l->armed : &l->next;
	drop_wish(d, w, DEVICE_STOPPED);
	*w = (struct device_wish){ o->play, o->at };
	if (!device_plays(d))
		drop_wish(d, w, DEVICE_DROPPED);
}

static bool is_broken(const struct play *p)
{
	return p->ring && ring_state(p->ring) != RING_OPEN && !ring_there(p->ring, p->from);
}

static bool is_ready(const struct play *p)
{
	if (!p->ring)
		return true;
	bool ended = ring_state(p->ring) != RING_OPEN;
	int64_t there = ring_there(p->ring, p->from);
	return there >= p->ready || (ended && there > 0);
}

static bool is_due(const struct device *d, const struct device_wish *w)
{
	return w->play && w->at.us <= frame_clock_when(&d->beat, d->edge).us;
}

/* Is any item that is due still without its first sound? */
static bool some_unready(const struct device *d)
{
	for (size_t i = 0; i < d->table->n; i++) {
		const struct device_wish *w = &d->table->lanes[i].next;
		if (is_due(d, w) && !is_ready(w->play) && !is_broken(w->play))
			return true;
	}
	return false;
}

bool device_waits(const struct device *d)
{
	for (size_t i = 0; i < d->table->n; i++)
		if (d->table->lanes[i].next.play || d->table->lanes[i].armed.play)
			return true;
	return false;
}

static bool may_begin(const struct device *d, const struct lane *l, const struct device_wish *w, bool unready)
{
	size_t pieces = w->play->chime ? 2 : 1;
	if (!is_ready(w->play) || l->n + pieces > LANE_PIECES)
		return false;
	return !w->play->ring || !unready || !is_due(d, w) || now(d).us > w->at.us + LATEST_US;
}

/* Starts for one instant begin on one frame, whenever each of them came. */
static int64_t frame_for(struct device *d, mono_us at)
{
	int64_t by = at.us - d->start.at.us;
	if (by > SAME_US || by < -SAME_US) {
		d->start.at = at;
		d->start.frame = frame_clock_frame(&d->beat, at);
	}
	return d->start.frame;
}

static void lay_out(struct device *d, struct lane *l, const struct device_wish *w, bool behind)
{
	struct play *p = w->play;
	int64_t at = most(frame_for(d, w->at), d->edge), end = lane_end(l);
	int32_t gain = atomic_load_explicit(&p->gain, memory_order_relaxed);
	if (behind && at > end && at - end <= SEAM_FRAMES && end >= d->edge)
		d->start.frame = at = end;
	if (behind)
		at = most(at, end);
	p->due = w->at;
	take_off(d, l, at);
	change_from(d, at);
	if (p->chime) {
		struct source chime = { &spans_source, p->chime };
		lane_play(l, chime, p, at, 0, p->chime_frames, gain);
		l->pieces[l->n - 1].prelude = true;
		at += p->chime_frames;
	}
	lane_play(l, p->source, p, at, p->from, p->frames, gain);
}

static void arrange_wish(struct device *d, struct device_lane *l, struct device_wish *w, bool unready)
{
	if (atomic_load(&w->play->stop)) {
		drop_wish(d, w, DEVICE_STOPPED);
	} else if (is_broken(w->play)) {
		drop_wish(d, w, DEVICE_BROKEN);
	} else if (may_begin(d, &l->lane, w, unready)) {
		lay_out(d, &l->lane, w, w == &l->armed);
		w->play = NULL;
	}
}

/* Stops and volumes: what the loop has written into the plays. */
static void obey_plays(struct device *d, struct lane *l)
{
	int64_t from = d->edge;
	for (size_t k = 0; k < l->n; k++) {
		struct piece *piece = &l->pieces[k];
		struct play *p = piece->owner;
		if (piece->cut || end_of(piece) <= from)
			continue;
		if (lane_set_gain(l, p, from, atomic_load_explicit(&p->gain, memory_order_relaxed)))
			change_from(d, from);
		if (!atomic_load(&p->stop))
			continue;
		change_from(d, most(from, piece->at));
		take_off(d, l, most(from, piece->at));
		return;
	}
}

void device_arrange(struct device *d)
{
	d->edge = earliest(d);
	bool unready = some_unready(d);
	for (size_t i = 0; i < d->table->n; i++) {
		struct device_lane *l = &d->table->lanes[i];
		obey_plays(d, &l->lane);
		if (l->next.play)
			arrange_wish(d, l, &l->next, unready);
		if (l->armed.play && !l->next.play)
			arrange_wish(d, l, &l->armed, unready);
	}
}

void device_put_off(struct device *d, int64_t by)
{
	for (size_t i = 0; i < d->table->n; i++)
		lane_put_off(&d->table->lanes[i].lane, d->redo, by);
}

/* ── Tables, and the end of it all ── */

static void drop_lane(struct device *d, struct device_lane *l, enum device_event_kind kind)
{
	struct lane *lane = &l->lane;
	while (lane->n) {
		struct play *p = lane->pieces[0].owner;
		if (!p->over)
			tell_play(d, kind, p, atomic_load(&p->frame), now(d));
		lane->n--;
		for (size_t k = 0; k < lane->n; k++)
			lane->pieces[k] = lane->pieces[k + 1];
		if (!lane_has(lane, p))
			done(d, p);
	}
	drop_wish(d, &l->next, kind);
	drop_wish(d, &l->armed, kind);
}

void device_drop_plays(struct device *d)
{
	for (size_t i = 0; i < d->table->n; i++)
		drop_lane(d, &d->table->lanes[i], DEVICE_DROPPED);
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
		from->next.play = from->armed.play = NULL;
		lane_kill(&from->lane);
	}
	for (size_t i = 0; i < old->n; i++)
		drop_lane(d, &old->lanes[i], DEVICE_STOPPED);
	d->table = next;
	change_from(d, earliest(d));
	device_tell(d, (struct device_event){ .kind = DEVICE_TABLE, .table = old });
}

bool device_is_idle(const struct device *d)
{
	return !device_waits(d) && bus_idle(&d->table->bus, d->heard);
}

/* ── Mixing ── */

static bool lacks(const struct device *d, int64_t n)
{
	for (size_t i = 0; i < d->table->n; i++)
		if (lane_lacks(&d->table->lanes[i].lane, d->written, n))
			return true;
	return false;
}

static bool late(const struct device *d, int64_t n)
{
	for (size_t i = 0; i < d->table->n; i++)
		if (lane_late(&d->table->lanes[i].lane, d->written, n))
			return true;
	return false;
}

/* Sound that is late for the loudspeaker too is given up waiting for: its lane is silent, the others go on. */
static bool wait_on(struct device *d, int64_t n)
{
	bool good = true;
	if (late(d, n))
		device_tell(d, (struct device_event){ .kind = DEVICE_XRUN, .at = now(d) });
	for (size_t i = 0; good && i < d->table->n; i++)
		good = lane_wait(&d->table->lanes[i].lane, d->written, n);
	return good;
}

int64_t device_mix(struct device *d)
{
	int64_t n = least(d->room, frames_in_ms(d->rate, 20));
	n = least(n, BUS_FRAMES);
	d->patient = false;
	if (n <= 0)
		return 0;
	if (lacks(d, n)) {
		d->patient = !late(d, n);
		if (d->written - d->fetched >= frames_in_ms(d->rate, RESERVE_MS) || !wait_on(d, n))
			return 0;
	}
	bus_mix(&d->table->bus, d->written, d->out, (size_t)n);
	return n;
}
