/* The engine's ports: what it asks of clock, sound and journal.  Adapters implement them, cli/ wires them.
 * All calls come from the loop thread; none may block longer than a memory copy, unless it says so. */
#ifndef LOAXA_ENGINE_PORTS_H
#define LOAXA_ENGINE_PORTS_H

#include "airing/verdict.h"
#include "base/clock.h"
#include "base/err.h"
#include "schedule/station.h"

/* ── Sound ─────────────────────────────────────────────────────────────────────────────────────────────────────
 * One lane per zone; a lane plays at most one item.  A token names one start of one item and comes back in the
 * events of that start; tokens are never used twice in a run. */
struct sound_item {
	uint32_t token;
	int zone;                        /* index into the station's zones */
	const struct bulletin *bulletin; /* its recordings in order, or its relay; lives as long as the station */
	int64_t from_frame;              /* of the whole bulletin, at the zone's output rate */
	int64_t frames;                  /* of the whole bulletin: the item ends there */
	int volume_permille;             /* zone x rule volume: 1..1000 */
	bool emergency;                  /* full level from its first frame, fading out under it what it replaces */
	wall_us at;                      /* wanted instant of the first frame; in the past = now */
};

enum sound_event_kind {
	SOUND_STARTED, /* first frame left at `at` */
	SOUND_ENDED,   /* the item's last frame was heard at `at` */
	SOUND_STOPPED, /* by stop() or because start() replaced it: `frame` = first frame not heard (before the fade) */
	SOUND_BROKEN,  /* its prepared sound could not be read on: `frame`, `reason` (file-missing, file-corrupt) */
	SOUND_LOST, /* the output died: `output`; its items stand still at `frame` — one event per item, then this */
	SOUND_BACK, /* the output is there again: `output` */
	SOUND_XRUN, /* the card ran dry on `output`; the item's account stays exact */
	SOUND_SILENT, /* a relay had no sound for its silence_ms: it left the air; `frame` = where that silence began */
	SOUND_AUDIBLE /* … and its source is heard again */
};

struct sound_event {
	enum sound_event_kind kind;
	uint32_t token; /* 0 for output events */
	int zone, output;
	int64_t frame;
	wall_us at;
	enum reason reason;
};

/* Somebody is about to speak. */
struct sound_speech {
	const struct bulletin *bulletin; /* what the items will name; there until forget() */
	int pcm;          /* a socket: 16-bit mono samples at the rate of the zones' outputs, as they are said; < 0 in a
	                   * rehearsal.  The caller's: who wants it copies it. */
	int rate;         /* of the samples; 0 in a rehearsal */
	const char *keep; /* name of the file to write it down in, or NULL */
};

/* A relay that is listened to: from its cue until its planned end, on air or not. */
enum sound_relay_state { SOUND_RELAY_OPENING, SOUND_RELAY_ON, SOUND_RELAY_QUIET, SOUND_RELAY_LOST };

struct sound_relay {
	const char *name; /* of its bulletin; it and why live until the next call */
	enum sound_relay_state state;
	int64_t quiet_ms; /* without sound until now */
	const char *why;  /* for people: why there is none; "" */
};

/* A recording of what was spoken, finished or given up. */
struct sound_recording {
	char name[64];        /* as asked for with `keep` */
	int64_t frames, lost; /* in the file; said, and not in the file */
	char sha256[65];      /* of the file; "" = it could not be made: */
	struct err fault;
};

struct sound_port {
	void *self;
	/* REASON_NONE when the bulletin can be played in that zone now; else file-missing, file-corrupt, file-changed. */
	enum reason (*playable)(void *self, const struct bulletin *, int zone);
	/* A start is near: get the first seconds ready.  Optional for the caller; start() works without.  A relay is
	 * announced twice, the first time earlier than others: its source may take seconds to answer. */
	void (*cue)(void *self, const struct sound_item *);
	/* What the zone will most likely start next, known ahead: `token` is the one start() will carry if it comes to
	 * that.  The sound may mix it ahead, so that the first frame leaves at `at` to the frame, or right behind the
	 * last frame of what plays there, whichever is later.  Replaces what was armed for that zone.  No event of it is
	 * told before start().  NULL in a sound where nothing is ever late: then nothing is foreseen. */
	void (*arm)(void *self, const struct sound_item *);
	/* Nothing is foreseen there any more; nothing of it is heard unless it began already. */
	void (*disarm)(void *self, int zone);
	/* Starts at item->at, or at once; replaces what the lane plays (SOUND_STOPPED comes for that one). */
	void (*start)(void *self, const struct sound_item *);
	void (*stop)(void *self, int zone, uint32_t token); /* fades out in 30 ms at most; SOUND_STOPPED follows */
	void (*set_volume)(void *self, int zone, int volume_permille);
	int64_t (*position)(void *self, int zone, uint32_t token); /* first frame not yet heard */
	/* An item of that bulletin ends (SOUND_ENDED, `frame` = its length) where its speaker does.  false: refused.
	 * NULL: all that counts is how long somebody speaks. */
	bool (*listen)(void *self, const struct sound_speech *, struct err *);
	/* An emergency's new recording, which no schedule knows: from the store into locked memory, until forget().  Reads
	 * a file of a few minutes.  false: it is not there, or not whole.  NULL in a sound that has no need to. */
	bool (*keep)(void *self, const struct bulletin *, struct err *);
	void (*forget)(void *self, const struct bulletin *); /* no item of it is there any more: hangs up, lets go */
	/* The schedule was replaced: zones and outputs are found again by name, what plays in one that stays plays on,
	 * and what is armed in one that also keeps its number and its output stays armed. */
	void (*adopt)(void *self, const struct station *);
	/* Everything told since the last commit happens together, now.  At the end of each turn and command. */
	void (*commit)(void *self);
	/* Hands over what happened, oldest first; false when there is nothing (more). */
	bool (*next_event)(void *self, struct sound_event *);
	/* The i-th relay that is listened to; false: there are no more.  NULL in a sound that listens to none. */
	bool (*relay)(void *self, size_t i, struct sound_relay *);
};

/* ── Journal ───────────────────────────────────────────────────────────────────────────────────────────────────
 * Append-only rows.  The engine composes them (record.c); the journal adds sequence, boot id, rehearsal mark and
 * the chain, and makes them durable. */
enum clock_state { CLOCK_FREE, CLOCK_SYNCED, CLOCK_DISTRUSTED };

struct journal_row {
	int64_t seq; /* its number, of one that is read back */
	wall_us wall;
	mono_us mono;
	enum clock_state clock;
	const char *kind; /* "intent" "started" "progress" "cut" "verdict" "withdrawn" "start" "stop" "day" "hold" … */
	const char *airing; /* airing id, or NULL */
	wall_us planned;    /* of the airing; ignored without one */
	const char *body;   /* one JSON object; of "verdict": exactly the contract's fields of `log --json` */
};

struct journal_port {
	void *self;
	/* Takes a copy; never waits, never fails (what cannot be written waits in memory). Returns the row's ticket. */
	uint64_t (*append)(void *self, const struct journal_row *);
	/* Highest ticket whose row is durable. */
	uint64_t (*durable)(void *self);
	/* Asks that everything so far become durable soon (live: wakes the writer; rehearsal: ignored until day end). */
	void (*flush)(void *self);
	/* A virtual day of a rehearsal is over: commit. */
	void (*day_end)(void *self);
	/* Overwrites the `alive` record with this instant. */
	void (*alive)(void *self, wall_us);
	/* Overwrites what is kept of this moment, for a start after a crash of our own: there at once, and as long as the
	 * power is.  NULL: rows are never lost in a crash, and tell it as well. */
	void (*mark)(void *self, const char *text, size_t bytes);
};

/* Rows read back at start, oldest first, beginning with the last "start" or "day" row (a checkpoint). */
struct journal_reader {
	void *self;
	bool (*next)(void *self, struct journal_row *); /* strings live until the next call */
	wall_us (*last_alive)(void *self);              /* .us = 0 when there is none */
	const char *(*mark)(void *self); /* the text kept last, of the run before; NULL, as the function: nobody keeps it */
};

/* ── Schedules ─────────────────────────────────────────────────────────────────────────────────────────────────
 * reload: reads and checks DIR, and keeps a copy as the accepted one.  May block (it reads files). */
struct schedule_port {
	void *self;
	/* dir = NULL: where the present one came from.  NULL: refused, err says why and nothing has changed. */
	struct station *(*load)(void *self, const char *dir, struct err *);
	/* The same of an accepted copy: by its number, 0 = the schedule that ran before the present one. */
	struct station *(*back)(void *self, int copy, struct err *);
	/* What load() or back() read last is on air now: keeps a copy of it as the accepted schedule. */
	bool (*accept)(void *self, struct err *);
};

#endif
