/* What device-make.c (the loop's side), device-thread.c and device-turn.c (the audio thread) share. */
#ifndef LOAXA_SOUND_DEVICE_INSIDE_H
#define LOAXA_SOUND_DEVICE_INSIDE_H

#include "sound/device.h"
#include "sound/mailbox.h"

#include <pthread.h>

#define ORDERS 256
/* An order leads to three events at most, and none of those may be lost: four for each, the rest for the output. */
#define EVENTS (4 * ORDERS)

enum device_state { DEVICE_IS_CLOSED, DEVICE_IS_OPEN, DEVICE_IS_LOST };

struct device {
	/* fixed after device_new */
	const struct sink_ops *ops;
	char *name;
	int rate, channels;
	bool idle_open;
	const struct clock *clock;
	int notify, wake;
	size_t period;
	pthread_t thread;

	/* both sides */
	struct mailbox orders, events;
	_Atomic bool quit;
	pthread_mutex_t fault_lock; /* taken by the audio thread only when an open failed or succeeded */
	struct err fault;

	/* audio thread */
	enum device_state state;
	struct sink *sink;
	struct device_table *table;
	bool told;               /* there are events the loop has not been woken for */
	int64_t queued;          /* frames written and not yet heard, before the present turn */
	mono_us gather_until;    /* starts that come until then begin together */
	bool gathering, unready; /* in this turn: that window is open; some ring that is due has no sound yet */
	mono_us next_xrun;       /* before it, xruns are not worth a word */
	int64_t silent;          /* frames of silence since the last sound */
	mono_us keep_open;       /* until then, whatever is silent */
	int wait_ms;             /* before the next attempt to open a lost sink */
	int16_t *out;
	struct device_order order_slots[ORDERS];
	struct device_event event_slots[EVENTS];
};

void *device_thread(void *device);

/* device-turn.c */
void device_tell(struct device *, struct device_event);
void device_start_play(struct device *, const struct device_order *); /* on a lost output: dropped at once */
void device_change_table(struct device *, struct device_table *next);
/* The output is lost: each play is told of, with its frame without the last `unheard` ones. */
void device_drop_plays(struct device *, int64_t unheard);
bool device_is_idle(const struct device *); /* nothing plays, waits or fades */
void device_turn(struct device *);          /* mixes one period into d->out */

#endif
