/* An output at work: its sink and the audio thread that mixes its lanes and keeps the sink's queue filled.
 *
 * Output frames are counted from the thread's first one on, whatever the sink does.  The queue is long, the thread
 * wakes a few times a second; an order that cannot wait takes the queue back to what the hardware is about to fetch.
 * What is told to the loop was heard: an event is sent when its frame has left.
 *
 * Loop and audio thread share nothing but two mailboxes, the plays' atomics and a few numbers.  While the sink is open
 * the audio thread takes no lock, allocates nothing, opens nothing and logs nothing; it opens and closes the sink only
 * between items (idle = "close"), at the start, and while the output is lost. */
#ifndef LOAXA_SOUND_DEVICE_H
#define LOAXA_SOUND_DEVICE_H

#include "base/clock.h"
#include "base/err.h"
#include "sound/bus.h"
#include "sound/play.h"
#include "sound/sink.h"

/* The lanes of an output.  Made by the loop, then the audio thread's; it comes back when another takes its place. */
struct device_lane {
	int channel; /* from 0 */
	int was;     /* which lane of the table before it goes on; -1 = a new one */
	/* audio thread */
	struct lane lane; /* the owners of its pieces are plays */
	struct device_wish {
		struct play *play; /* NULL = none; to be laid out as soon as its sound is there */
		mono_us at;
	} next, armed; /* cuts what plays then; follows it */
};

struct device_table {
	struct device_lane *lanes;
	size_t n;
	struct bus bus;
	struct bus_lane *on_bus;
};

/* channel and was are the caller's to fill; then device_table_seal(). */
struct device_table *device_table_new(size_t lanes);
void device_table_seal(struct device_table *, int rate, int channels);
void device_table_free(struct device_table **);

enum device_order_kind {
	ORDER_START, /* lane, play, at; what plays there is cut */
	ORDER_ARM,   /* likewise, but behind what plays there */
	ORDER_READY, /* a start is near: have the sink open until a while after `at` */
	ORDER_TABLE  /* table: takes the place of the one there is */
};

struct device_order {
	enum device_order_kind kind;
	int lane;
	struct play *play;
	mono_us at;
	struct device_table *table;
};

enum device_event_kind {
	DEVICE_STARTED,
	DEVICE_ENDED, /* from here to DEVICE_DROPPED: what became of that play */
	DEVICE_STOPPED,
	DEVICE_BROKEN,
	DEVICE_DROPPED, /* the output is lost; for each play, then: */
	DEVICE_LOST,
	DEVICE_BACK,
	DEVICE_XRUN,
	DEVICE_DONE, /* nobody looks at that play any more */
	DEVICE_TABLE /* `table` is not used any more */
};

struct device_event {
	enum device_event_kind kind;
	struct play *play;
	int64_t frame; /* first frame of the play not heard */
	mono_us at;    /* when that was */
	struct device_table *table;
};

struct device_setup {
	const struct sink_ops *ops;
	const char *device; /* as struct sink_want; copied */
	int rate, channels;
	bool idle_open;            /* stays open, with silence, while nothing is aired */
	bool lost;                 /* the loop has already reported it lost: begin with opening, and report it back */
	const struct clock *clock; /* asked by the audio thread */
	int notify;                /* eventfd: added to when there is an event */
};

struct device;

/* Takes the table.  The thread opens the sink at once, to know whether it is there.  NULL: no thread to be had. */
struct device *device_new(const struct device_setup *, struct device_table *);
/* Stops the thread: what plays ends without a word (its plays stay the caller's).  Events are lost: take them first. */
void device_free(struct device **);
/* Flag, wake, join: afterwards only device_event() and device_free() are of use. */
void device_halt(struct device *);

/* Orders, and what was changed in plays, are carried out together after the next device_commit().
 * False: its mailbox is full, it hangs. */
bool device_order(struct device *, const struct device_order *);
void device_commit(struct device *);
bool device_event(struct device *, struct device_event *); /* false: nothing (more) */
/* Why the sink last could not be opened, or was given up; "" while all is well. */
void device_fault(struct device *, struct err *);
/* Since when the sink is open; .us = 0 while it is not. */
mono_us device_open_since(const struct device *);

/* Channels (bit i = channel i) on which something is on air and nothing is to be heard; on which nothing is, and
 * something is (meter.h).  The loop is woken when that changes. */
uint32_t device_silent(const struct device *);
uint32_t device_noisy(const struct device *);

/* What a watchdog wants to know.  RESTS: waits for an order or for the next attempt, as it should.  PLAYS: *pulse changes
 * with the frames that are heard.  BUSY: in between; it opens, closes, or was just woken. */
enum device_life { DEVICE_RESTS, DEVICE_PLAYS, DEVICE_BUSY };
enum device_life device_life(const struct device *, uint32_t *pulse);

#endif
