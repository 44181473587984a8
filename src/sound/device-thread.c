/* The audio thread: takes orders, opens and closes the sink, and while it is open hands it one period after the other;
 * the sink waits for room and so gives the beat.  What is mixed is decided in device-turn.c. */
#include "sound/device-inside.h"

#include <poll.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>

#define FIRST_WAIT_MS 200
#define LONGEST_WAIT_MS 2000
#define KEEP_OPEN_US INT64_C(5000000) /* after an announced start: it may come late */
#define PRIORITY 10

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

static bool open_sink(struct device *d)
{
	struct err err = { "" };
	struct sink_want want = { d->name, d->rate, d->channels, d->clock };
	d->sink = d->ops->open(&want, &err);
	note_fault(d, &err);
	d->silent = 0;
	d->queued = 0;
	if (d->sink)
		d->state = DEVICE_IS_OPEN;
	return d->sink != NULL;
}

static void close_sink(struct device *d)
{
	if (d->sink)
		d->ops->close(d->sink);
	d->sink = NULL;
	d->state = DEVICE_IS_CLOSED;
}

static void lose(struct device *d, int64_t unheard)
{
	device_drop_plays(d, unheard);
	device_tell(d, (struct device_event){ .kind = DEVICE_LOST, .at = now(d) });
	close_sink(d);
	d->state = DEVICE_IS_LOST;
	d->wait_ms = FIRST_WAIT_MS;
}

/* Told once for all events of a turn. */
static void wake_loop(struct device *d)
{
	if (d->told)
		eventfd_write(d->notify, 1);
	d->told = false;
}

static void rest(struct device *d, int ms)
{
	struct pollfd p = { .fd = d->wake, .events = POLLIN };
	eventfd_t n;
	if (poll(&p, 1, ms) > 0)
		eventfd_read(d->wake, &n);
}

static void try_again(struct device *d)
{
	if (open_sink(d)) {
		device_tell(d, (struct device_event){ .kind = DEVICE_BACK, .at = now(d) });
		return;
	}
	d->wait_ms = d->wait_ms * 2 < LONGEST_WAIT_MS ? d->wait_ms * 2 : LONGEST_WAIT_MS;
}

/* ── Orders ── */

static void order_start(struct device *d, const struct device_order *o)
{
	device_start_play(d, o);
	if (d->state == DEVICE_IS_CLOSED && !open_sink(d))
		lose(d, 0);
}

static void order_ready(struct device *d, const struct device_order *o)
{
	if (o->at.us + KEEP_OPEN_US > d->keep_open.us)
		d->keep_open.us = o->at.us + KEEP_OPEN_US;
	if (d->state == DEVICE_IS_CLOSED && !open_sink(d))
		lose(d, 0);
}

static void take_orders(struct device *d)
{
	struct device_order o;
	while (mailbox_take(&d->orders, &o)) {
		if (o.kind == ORDER_START)
			order_start(d, &o);
		else if (o.kind == ORDER_READY)
			order_ready(d, &o);
		else
			device_change_table(d, o.table);
	}
}

/* ── A turn ── */

static void turn(struct device *d)
{
	d->queued = d->ops->delay(d->sink);
	device_turn(d);
	wake_loop(d);
	enum sink_result r = d->ops->write(d->sink, d->out, d->period);
	if (r == SINK_LOST)
		lose(d, d->queued + (int64_t)d->period);
	else if (r == SINK_XRUN)
		device_tell(d, (struct device_event){ .kind = DEVICE_XRUN, .at = now(d) });
	/* A second of silence has gone out behind the last sound: nothing is cut off by closing. */
	else if (!d->idle_open && d->silent > d->rate && now(d).us > d->keep_open.us)
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
	if (d->state == DEVICE_IS_CLOSED && !open_sink(d))
		lose(d, 0);
	while (!atomic_load(&d->quit)) {
		take_orders(d);
		wake_loop(d);
		if (d->state == DEVICE_IS_OPEN) {
			turn(d);
		} else if (d->state == DEVICE_IS_CLOSED) {
			rest(d, -1);
		} else {
			rest(d, d->wait_ms);
			try_again(d);
		}
	}
	wake_loop(d);
	close_sink(d);
	return NULL;
}
