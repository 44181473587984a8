/* Live playout: the sound port with real sinks.  Everything here is called by the loop thread; behind it work the
 * feeder (disk to rings) and an audio thread for each output (rings and locked emergencies to the card).
 *
 *   Every event is told when its frame was heard, with that instant; positions are heard positions.
 *   What is told by port calls is carried out at the next commit(), in all outputs at once.
 *   A start at once is heard within about 10 ms, however long the queue; a start ahead, or an armed one, to the frame.
 *   LOST of an item tells what was heard as of the last look at the card, at most 0.35 s before. */
#ifndef LOAXA_SOUND_LIVE_H
#define LOAXA_SOUND_LIVE_H

#include "base/clock.h"
#include "base/err.h"
#include "engine/ports.h"

struct sink_ops;

struct live_options {
	const char *store;         /* directory of prepared sound */
	const char *sink_override; /* "dry-run", "file:PATH" …: instead of every output's own; else NULL.  With several
	                              * outputs a file gets the output's name before its ending. */
	const char *speech;          /* directory of what is spoken and kept; NULL: nothing is */
	const char *relay_program;   /* loaxa-relay; NULL: no address is fetched */
	const struct clock *clock;   /* asked by the audio threads too; outlives the handle */
	const struct sink_ops *sink; /* instead of all of these, for tests; else NULL */
};

struct live_sound;

/* station may be NULL (no zones yet).  Reads and hashes what emergencies need; starts the threads, which open the
 * sinks at once: an output that cannot be opened is reported SOUND_LOST.  NULL: a sink nobody knows, no threads. */
struct live_sound *live_sound_new(const struct station *, const struct live_options *, struct err *);
/* Silence at once, nothing reported. */
void live_sound_free(struct live_sound **);

struct sound_port live_sound_port(struct live_sound *);
int live_sound_fd(struct live_sound *); /* readable when next_event has something */

/* As the port's adopt: zones and outputs are matched by name; an output whose sink, rate or channels changed is lost
 * and comes back as the new one.  What new emergencies need is read by a thread. */
void live_sound_adopt(struct live_sound *, const struct station *);

/* What the store knows of a prepared recording: its frames by output.  false: nothing. */
bool live_sound_recording(struct live_sound *, const char *sha256, struct recording *);

/* One recording of what was spoken that is finished since; false: none (more). */
bool live_sound_recorded(struct live_sound *, struct sound_recording *);
bool live_sound_records(const struct live_sound *); /* one is not finished yet */
/* Why an output could not be opened, for people; "" when it could. */
void live_sound_fault(struct live_sound *, int output, struct err *);
/* Why its amplifier could not be switched, for people; "" when it could. */
void live_sound_amp_fault(struct live_sound *, int output, struct err *);
/* Bytes of emergencies held in memory; *all_locked: none of them can be swapped out. */
int64_t live_sound_vault_bytes(const struct live_sound *, bool *all_locked);

/* Something is on air in that zone and the card gets silence; nothing is, and it gets sound (meter.h).  live_sound_fd is
 * readable when that changes. */
bool live_sound_silent(const struct live_sound *, int zone);
bool live_sound_noisy(const struct live_sound *, int zone);

/* What a watchdog wants to know of an output. */
struct live_pulse {
	bool rests; /* as it should: it is closed, or lost and between two attempts */
	bool plays; /* `count` changes as frames are heard; neither: it opens or closes */
	uint32_t count;
};
struct live_pulse live_sound_pulse(const struct live_sound *, int output);

#endif
