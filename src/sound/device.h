/* An output at work: its sink and the audio thread that mixes its lanes and writes them.
 *
 * Loop and audio thread share nothing but two mailboxes, the plays' atomics and a flag.  While the sink is open the
 * audio thread takes no lock, allocates nothing, opens nothing and logs nothing; it opens and closes the sink only
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
	struct lane lane;
	struct play *playing, *next;
	mono_us next_at;
	int64_t began; /* frame at which `playing` began here */
	bool starving;
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
	ORDER_START, /* lane, play, at */
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
	DEVICE_ENDED, /* from here to DEVICE_DROPPED: the last word on that play */
	DEVICE_STOPPED,
	DEVICE_BROKEN,
	DEVICE_DROPPED, /* the output is lost; for each play, then: */
	DEVICE_LOST,
	DEVICE_BACK,
	DEVICE_XRUN,
	DEVICE_TABLE /* `table` is not used any more */
};

struct device_event {
	enum device_event_kind kind;
	struct play *play;
	int64_t frame;
	mono_us at; /* when it is heard: up to the sink's buffer later than now */
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

bool device_order(struct device *, const struct device_order *); /* false: its mailbox is full, it hangs */
bool device_event(struct device *, struct device_event *);       /* false: nothing (more) */
/* Why the sink last could not be opened; "" when it could. */
void device_fault(struct device *, struct err *);

#endif
