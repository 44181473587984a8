/* The running station: owns all state, turns events into the desk's decisions and carries them out.
 * The same engine runs live and in the dry run; only the ports differ.  Thread: the loop's, or the dry run's only one.
 *
 * The caller's loop:   engine_start(); for (;;) { wait until engine_next() or an event; engine_turn(); }        */
#ifndef LOAXA_ENGINE_ENGINE_H
#define LOAXA_ENGINE_ENGINE_H

#include "engine/command.h"
#include "engine/ports.h"

struct engine;

struct engine_setup {
	struct clock clock;
	struct sound_port sound;
	struct journal_port journal;
	struct schedule_port schedule;
	const char *boot_id; /* same boot and no "stop" row before = a crash of our own; lives as long as the engine */
	bool rehearsal;
};

/* station may be NULL (no accepted schedule: emergencies and plays are refused in words).  The engine owns it. */
struct engine *engine_new(const struct engine_setup *, struct station *);
void engine_free(struct engine **);

/* Reads back what was, decides what became of it (rules 5, 11, 12, 13), and writes the "start" row. */
void engine_start(struct engine *, struct journal_reader *);
/* The journal was begun anew while the station runs: all that a start needs to know goes into it. */
void engine_journal_renewed(struct engine *);
/* Sound events first, then everything due by now. */
void engine_turn(struct engine *);
/* When it wants its next turn if nothing else happens: always within a minute. */
wall_us engine_next(const struct engine *);
/* Carries out one command now.  Also true for "nothing to do"; false = refused, reply->text says why. */
bool engine_command(struct engine *, const struct command *, struct reply *);
/* Somebody gave an order, or asked for the status (VERB_COUNT), without having the right to: a row of the journal. */
void engine_refused(struct engine *, const struct command *);
/* An orderly end.  begin: what is on air is taken off; it stays open and goes on after a restart.  Then wait for sound
 * events (bounded) until ready; end writes the "stop" row. */
void engine_stop_begin(struct engine *);
bool engine_stop_ready(struct engine *);
void engine_stop_end(struct engine *);

/* Nothing planned at or after that instant enters the account, and no repeat of an emergency either: the end of a dry
 * run.  May come before engine_start(). */
void engine_close_book(struct engine *, wall_us end);
/* Something outside the engine is wrong (text: what — why — what to do), or well again (NULL).  source: "journal" … */
void engine_fault(struct engine *, const char *source, const char *text);
/* The i-th fault there is now, in the order in which they came; false: no more.  Lives until the next call. */
struct engine_fault_seen {
	const char *code; /* its source: what it is called on the telephone, and in the journal */
	const char *text;
	wall_us since;
};
bool engine_fault_at(const struct engine *, size_t i, struct engine_fault_seen *);
/* A file of the audio folder (a recording, a text) is that now: its SHA-256, "" = not there.  Airings whose approval
 * names another fail from now on, file-changed, until the next reload. */
void engine_file_seen(struct engine *, const char *file, const char *sha256);
/* What was spoken is kept now, or could not be: a row of the journal, and a fault. */
void engine_recording(struct engine *, const struct sound_recording *);
/* Is anything on air or waiting?  A dry run ends when not. */
bool engine_busy(const struct engine *);
const struct station *engine_station(const struct engine *);
/* The caller's from now on; the engine can only be freed after this. */
struct station *engine_give_up_station(struct engine *);

/* One JSON object:
 * { "station", "station_name", "now", "clock": "free|synced|distrusted", "schedule": bool,
 *   "microphone": "alsa:…"|null, "faults": [ { "code", "since", "text" } … oldest first ],
 *   "emergencies": [ { "rule", "since", "by", "ordered_by": name|null, "until", "with": file|null,
 *     "next" } ],
 *   "orders": [ { "order": "play-7", "bulletin", "title", "zones", "at": [ instant … at most 8 ], "makes_up": id|null,
 *     "by" } … plays ordered ahead ],
 *   "duty": { "name", "since" } | null: who said to be on duty,
 *   "skips": [ { "name": session, "day": "2021-07-14", "since", "by" } … sessions that will not air ],
 *   "relays": [ { "bulletin", "state": "connecting|on|quiet|lost", "quiet_ms", "why": text|null } … those listened to ],
 *   "zones": [ { "zone", "title", "off": reason|null, "off_since", "off_by": …|null,
 *     "held": bool, "held_since", "held_by": …|null, "volume": n, "volume_scheduled": n,
 *     "rate": n, "lost": bool,
 *     "on_air": null | { "id", "bulletin", "title", "class", "priority", "started", "position_ms", "duration_ms",
 *                         "volume" (zone and rule together) },
 *     "waiting": [ { "id", "bulletin", "title", "priority", "planned", "why",
 *                    "position_ms" (heard before it was cut), "duration_ms" } … at most 8 ],
 *     "next": [ { "planned", "bulletin", "title", "from", "skipped": bool } … at most 3 ] } … ] } */
void engine_status(struct engine *, struct text *out);
/* Who is on duty, as somebody said; NULL. */
const char *engine_duty(const struct engine *);

#endif
