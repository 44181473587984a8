/* The audio thread: its sink opened, looked at, filled, taken back, lost and found again. */
#include "sound/device-inside.h"

#include "base/i18n.h"
#include "sound/frames.h"

#include <poll.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>

#define PRIORITY 10 /* above everything that does not play */
#define FIRST_WAIT_MS 200
#define LONGEST_WAIT_MS 2000
#define KEEP_OPEN_US (5 * US_PER_S) /* after an announced start: it may come late */
#define STALL_US (500 * US_PER_MS)
#define STOOD_US (300 * US_PER_MS) /* cards that tell in large steps take less for one */
#define LONGEST_REST_US (350 * US_PER_MS)
#define SHORTEST_REST_US US_PER_MS
#define WAITING_REST_US (10 * US_PER_MS) /* for sound that should be there any moment */
#define PROOF_MS 50                      /* of silence heard from a card that failed before */
#define GIVES_NOTHING 5

static mono_us now(const struct device *d)
{
	return d->clock->mono(d->clock->self);
}

/* ── The sink, open, closed, lost ── */

static void note_fault(struct device *d, const struct err *err)
{
	pthread_mutex_lock(&d->fault_lock);
	d->fault = *err;
	pthread_mutex_unlock(&d->fault_lock);
}

/* The output's frames are counted on, wherever the last sink left them. */
static void begin_anew(struct device *d, int64_t at)
{
	d->heard = d->fetched = d->written = at;
	d->redo = US_NEVER;
	d->going = d->stood = false;
	d->start.at.us = 0;
	d->moved = now(d);
	d->refused.us = US_NEVER;
	d->given_nothing = 0;
	frame_clock_begin(&d->beat, now(d), at);
	bus_rewind(&d->table->bus, at);
	device_meter_back(d);
}

static void live(struct device *d, enum device_life life)
{
	atomic_store(&d->life, life);
	atomic_fetch_add_explicit(&d->pulse, 1, memory_order_relaxed);
}

static bool open_sink(struct device *d)
{
	struct err err = { "" };
	struct sink_want want = { d->name, d->rate, d->channels, d->clock };
	d->sink = d->ops->open(&want, &err);
	if (!d->sink || !d->proving)
		note_fault(d, &err);
	if (!d->sink)
		return false;
	d->state = DEVICE_IS_OPEN;
	atomic_store(&d->open_since, now(d).us);
	d->lies = false;
	d->sounded = d->opened_at = d->heard;
	frame_clock_init(&d->beat, d->rate);
	begin_anew(d, d->heard);
	device_meter_begin(d);
	live(d, DEVICE_PLAYS);
	return true;
}

static void close_sink(struct device *d)
{
	atomic_store(&d->open_since, 0); /* first: closing takes its time, and what comes meanwhile finds a cold output */
	live(d, DEVICE_BUSY);
	device_meter_begin(d);
	if (d->sink)
		d->ops->close(d->sink);
	d->sink = NULL;
	d->state = DEVICE_IS_CLOSED;
}

/* Back to waiting; one that failed again before it was told to be back has nothing more to lose. */
static void lose(struct device *d, const char *why)
{
	struct err err = { "" };
	if (why)
		err_set(&err, "%s", why);
	if (why)
		note_fault(d, &err);
	if (!d->proving) {
		device_drop_plays(d);
		device_tell(d, (struct device_event){ .kind = DEVICE_LOST, .at = now(d) });
		d->wait_ms = FIRST_WAIT_MS;
	}
	close_sink(d);
	d->state = DEVICE_IS_LOST;
	d->proving = true;
}

/* Told once for all events of a turn. */
static void wake_loop(struct device *d)
{
	if (d->told)
		eventfd_write(d->notify, 1);
	d->told = false;
}

static void rest(struct device *d, int64_t us)
{
	struct pollfd p = { .fd = d->wake, .events = POLLIN };
	struct timespec t = { us / US_PER_S, us % US_PER_S * 1000 };
	eventfd_t n;
	if (ppoll(&p, 1, us < 0 ? NULL : &t, NULL) > 0)
		eventfd_read(d->wake, &n);
}

/* Until the next order, or attempt. */
static void rest_closed(struct device *d, int64_t us)
{
	live(d, DEVICE_RESTS);
	rest(d, us);
	live(d, DEVICE_BUSY);
}

static void try_again(struct device *d)
{
	d->proving = true;
	if (open_sink(d))
		return;
	d->wait_ms = d->wait_ms ? d->wait_ms * 2 : FIRST_WAIT_MS;
	d->wait_ms = d->wait_ms < LONGEST_WAIT_MS ? d->wait_ms : LONGEST_WAIT_MS;
}

/* A card that opens is not yet one that plays. */
static void be_proven(struct device *d)
{
	if (!d->proving || d->heard - d->opened_at < frames_in_ms(d->rate, PROOF_MS))
		return;
	d->proving = false;
	note_fault(d, &(struct err){ "" });
	device_tell(d, (struct device_event){ .kind = DEVICE_BACK, .at = now(d) });
}

/* ── Orders ── */

static void open_for_order(struct device *d)
{
	if (d->state == DEVICE_IS_CLOSED && !open_sink(d))
		lose(d, NULL); /* open_sink said why */
}

static void take_orders(struct device *d)
{
	struct device_order o;
	while (mailbox_take(&d->orders, &o)) {
		if (o.kind == ORDER_TABLE) {
			device_change_table(d, o.table);
			continue;
		}
		if (o.at.us + KEEP_OPEN_US > d->keep_open.us)
			d->keep_open.us = o.at.us + KEEP_OPEN_US;
		if (o.kind != ORDER_READY)
			device_take(d, &o);
		open_for_order(d);
	}
}

/* ── A turn ── */

/* Said once for each opening: it goes on playing, for speech is understood at the wrong speed. */
static void watch_rate(struct device *d)
{
	struct err err = { "" };
	if (d->lies || !frame_clock_lies(&d->beat))
		return;
	d->lies = true;
	err_set(&err,
		_("the card says %d Hz and runs at %.0f — what it plays sounds too high or too low — try another rate "
		  "of the output, or another card"),
		d->rate, d->beat.measured * 1e6);
	note_fault(d, &err);
}

/* What a card told before it stood still says nothing about when it plays what comes after. */
static void watch_motion(struct device *d, const struct sink_state *s, int64_t heard, int64_t fetched)
{
	if (fetched <= d->fetched && s->queued) {
		d->stood |= now(d).us - d->moved.us > STOOD_US;
		return;
	}
	if (d->stood)
		frame_clock_begin(&d->beat, s->at, heard);
	d->stood = false;
	d->moved = now(d);
}

/* NULL, or why the sink is lost. */
static const char *look(struct device *d)
{
	struct sink_state s = { 0 };
	enum sink_result r = d->ops->look(d->sink, &s);
	if (r == SINK_LOST)
		return _("the card is gone");
	if (r == SINK_XRUN) {
		device_tell(d, (struct device_event){ .kind = DEVICE_XRUN, .at = s.at });
		begin_anew(d, d->written - s.dropped);
	}
	int64_t heard = d->written - s.delay, fetched = d->written - s.queued;
	watch_motion(d, &s, heard, fetched);
	d->fetched = fetched;
	if (heard > d->heard) {
		d->heard = heard;
		live(d, DEVICE_PLAYS);
	}
	d->room = s.room;
	if (d->going)
		frame_clock_note(&d->beat, s.at, heard);
	watch_rate(d);
	bool stalls = now(d).us - d->moved.us >= STALL_US;
	bool refuses = d->refused.us != US_NEVER && now(d).us - d->refused.us >= STALL_US;
	return stalls || refuses ? _("the card stands still: it takes no sound") : NULL;
}

/* What was changed behind the sink's back is mixed and written again.  False: not now, it has to be looked at. */
static bool take_back(struct device *d)
{
	int64_t frames = d->written - d->redo;
	if (frames <= 0) {
		d->redo = US_NEVER;
		return true;
	}
	int64_t given = d->ops->take_back(d->sink, frames);
	if (given <= 0) {
		d->given_nothing++;
		return false;
	}
	d->given_nothing = 0;
	if (given < frames)
		device_put_off(d, frames - given);
	if (given != frames) /* it had to be emptied, and starts again; or it has run on, and does */
		d->going = false;
	d->written -= given;
	device_meter_back(d);
	d->room += given;
	d->redo = US_NEVER;
	bus_rewind(&d->table->bus, d->written);
	return true;
}

static void note_refusal(struct device *d, bool refused)
{
	if (!refused)
		d->refused.us = US_NEVER;
	else if (d->refused.us == US_NEVER)
		d->refused = now(d);
}

static bool fill(struct device *d)
{
	for (int64_t n; (n = device_mix(d)) > 0;) {
		int64_t took = d->ops->write(d->sink, d->out, n);
		if (took < 0)
			return false;
		note_refusal(d, !took);
		device_meter_took(d, took);
		d->written += took;
		d->room -= took;
		if (took < n)
			bus_rewind(&d->table->bus, d->written);
		if (!took)
			break;
	}
	if (d->going || d->written == d->fetched)
		return true;
	d->going = true;
	d->moved = now(d);
	frame_clock_begin(&d->beat, now(d), d->heard);
	return d->ops->go(d->sink);
}

/* Where the queue is half empty, or there is something to tell. */
static int64_t until_next(const struct device *d)
{
	int64_t queued = d->written - d->fetched, us = frames_us(d->rate, queued / 2), at = now(d).us;
	us = us < LONGEST_REST_US ? us : LONGEST_REST_US;
	if (d->patient)
		us = us / 2;
	if ((d->room > queued && !d->patient) || d->proving || d->given_nothing || device_waits(d))
		us = us < WAITING_REST_US ? us : WAITING_REST_US;
	int64_t event = device_next_event(d).us;
	if (event != US_NEVER && event - at < us)
		us = event - at;
	return us > SHORTEST_REST_US ? us : SHORTEST_REST_US;
}

static void turn(struct device *d)
{
	const char *why = look(d);
	if (!why) {
		be_proven(d);
		device_account(d);
		device_arrange(d);
		if ((take_back(d) && !fill(d)) || d->given_nothing > GIVES_NOTHING)
			why = _("the card is gone");
	}
	if (!device_is_idle(d))
		d->sounded = d->heard;
	if (why)
		lose(d, why);
	/* A second of silence has gone out behind the last sound: nothing is cut off by closing. */
	else if (!d->idle_open && !d->proving && d->heard - d->sounded > d->rate && now(d).us > d->keep_open.us &&
		!mailbox_waiting(&d->orders))
		close_sink(d);
}

/* Real-time priority where the system allows it, for this thread alone; and its stack is there before it is needed. */
static void settle(void)
{
	struct sched_param param = { .sched_priority = PRIORITY };
	pthread_setschedparam(pthread_self(), SCHED_FIFO | SCHED_RESET_ON_FORK, &param);
	volatile char stack[64 * 1024];
	memset((char *)stack, 0, sizeof stack);
}

void *device_thread(void *self)
{
	struct device *d = self;
	settle();
	if (d->state == DEVICE_IS_CLOSED)
		open_for_order(d);
	while (!atomic_load(&d->quit)) {
		take_orders(d);
		if (d->state == DEVICE_IS_OPEN)
			turn(d);
		wake_loop(d);
		if (d->state == DEVICE_IS_OPEN) {
			rest(d, until_next(d));
		} else if (d->state == DEVICE_IS_CLOSED) {
			rest_closed(d, -1);
		} else {
			rest_closed(d, d->wait_ms * US_PER_MS);
			try_again(d);
		}
	}
	wake_loop(d);
	close_sink(d);
	return NULL;
}
