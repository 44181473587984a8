/* What device-make.c (the loop's side), device-thread.c and device-turn.c (the audio thread) share. */
#ifndef LOAXA_SOUND_DEVICE_INSIDE_H
#define LOAXA_SOUND_DEVICE_INSIDE_H

#include "sound/device.h"
#include "sound/frame-clock.h"
#include "sound/mailbox.h"
#include "sound/meter.h"

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
	pthread_t thread;

	/* both sides */
	struct mailbox orders, events;
	_Atomic bool quit;
	/* the audio thread writes what follows, up to the lock */
	_Atomic uint32_t pulse; /* changes with every sign of life */
	_Atomic enum device_life life;
	_Atomic uint32_t silent, noisy; /* bit i = channel i */
	_Atomic int64_t open_since;     /* mono, us; 0 = not open */
	pthread_mutex_t fault_lock; /* taken by the audio thread only when an open failed or succeeded, or it gave up */
	struct err fault;

	/* audio thread */
	enum device_state state;
	struct sink *sink;
	struct device_table *table;
	bool told;               /* there are events the loop has not been woken for */
	struct frame_clock beat; /* output frames against time */
	int64_t heard, fetched;  /* output frames: by the ear; by the hardware */
	int64_t written, room;   /* and by the sink, which takes so many more */
	int64_t redo;      /* frames from this one on were changed after they had been written; US_NEVER = none */
	int64_t edge;      /* in this turn: the first frame that can still be changed, the same for all lanes */
	mono_us moved;     /* when the hardware last fetched something */
	bool stood;        /* since then it has been seen standing */
	bool going;        /* it is to play, not only to be filled */
	bool lies;         /* it does not run at the rate it says; said so */
	bool proving;      /* opened again, but nothing has been heard from it yet */
	int64_t opened_at; /* output frame at which it was opened */
	mono_us refused;   /* it has taken nothing since then, though there is room; US_NEVER = it takes */
	bool patient; /* what it waits for comes with the time: looking often does not make it come sooner */
	int given_nothing; /* times in a row that it gave back nothing */
	int64_t sounded;   /* the frame heard last that was not known to be silence */
	struct {
		mono_us at;
		int64_t frame;
	} start;           /* the last planned start: others for that instant begin on that very frame */
	mono_us next_xrun; /* before it, xruns are not worth a word */
	mono_us keep_open; /* until then, whatever is silent */
	int wait_ms;       /* before the next attempt to open a lost sink */
	int16_t *out;      /* one block */
	struct meter meters[BUS_CHANNELS];
	struct device_order order_slots[ORDERS];
	struct device_event event_slots[EVENTS];
};

void *device_thread(void *device);

/* device-turn.c */
void device_tell(struct device *, struct device_event);
void device_take(struct device *, const struct device_order *); /* ORDER_START, ORDER_ARM */
void device_change_table(struct device *, struct device_table *next);
/* The output is lost: each play is told of, with its first frame not heard. */
void device_drop_plays(struct device *);
bool device_is_idle(const struct device *); /* from the frame heard last on, nothing plays, waits or fades */

/* A turn: what was heard is told; what is wanted is laid out (d->redo then says how far back); then, block by block,
 * what is to be written next is mixed into d->out: how many frames, 0 = nothing now, for sound is on its way. */
bool device_plays(const struct device *); /* open, and proven */
void device_account(struct device *);
void device_arrange(struct device *);
int64_t device_mix(struct device *);
/* The hardware was faster by so many frames than what was to be changed from d->redo on. */
void device_put_off(struct device *, int64_t by);
/* When there will be something to tell; US_NEVER. */
mono_us device_next_event(const struct device *);
/* Something that is due waits for its sound. */
bool device_waits(const struct device *);

/* device-meter.c: what the sink has taken from d->out, from d->written on, before that is counted on … */
void device_meter_begin(struct device *);
void device_meter_took(struct device *, int64_t frames);
/* … and what was taken back, after d->written was. */
void device_meter_back(struct device *);

#endif
