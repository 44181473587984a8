/* Up in order, down in mirror order from wherever it got to.  The order is the one in which things are needed: nothing
 * is on air before the journal can take its row, and nobody is listened to before there is a station to command. */
#include "cli/run.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/language.h"
#include "cli/place.h"
#include "cli/run-events.h"
#include "cli/run-files.h"
#include "cli/run-meters.h"
#include "cli/run-mishap.h"
#include "cli/run-people.h"
#include "cli/run-schedule.h"
#include "cli/run-sink.h"
#include "cli/run-told.h"
#include "cli/run-view.h"
#include "cli/run-watch.h"
#include "cli/screen.h"
#include "control/server.h"
#include "engine/engine.h"
#include "journal/journal.h"
#include "os/clock.h"
#include "os/loop.h"
#include "os/notify.h"
#include "os/state.h"
#include "sound/library.h"
#include "sound/live.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SLOW_COMMAND_US (60 * US_PER_S)

struct run {
	const struct run_options *o;
	struct clock clock;
	char boot_id[OS_BOOT_ID_BYTES];
	int lock;
	struct loop *loop;
	struct run_schedule *schedule;
	struct station *first; /* on its way from the schedule to the engine */
	struct journal *journal;
	struct journal_mishap mishap; /* what was told of it */
	struct run_events *events;
	struct live_sound *sound;
	bool silent; /* nobody hears what is aired */
	struct engine *engine;
	struct server *server;
	struct run_people *people;
	struct run_files *files;
	struct run_view *view;
	int64_t alive_every_us; /* the service manager's watchdog; 0 = none */
	mono_us alive_next;
	struct run_watch watch;
	struct run_told *told;
	mono_us use_next; /* when the store is told again what is in use */
};

static mono_us mono(const struct run *r)
{
	return r->clock.mono(r->clock.self);
}

/* ── What is told ─────────────────────────────────────────────────────────────────────────────────────────────── */

static void on_line(void *self, const char *line)
{
	const struct run *r = self;
	if (r->view && isatty(STDERR_FILENO))
		return;
	char *out = mem_printf("%s\n", line);
	screen_say(STDERR_FILENO, out, strlen(out));
	mem_free(out);
}

static const struct station *present_station(void *self)
{
	const struct run *r = self;
	return r->engine ? engine_station(r->engine) : r->first;
}

/* The engine says that an output is gone; the device says why. */
static void tell_output_fault(struct run *r, const char *kind, const char *output, const struct err *why)
{
	char *source = mem_printf("%s:%s", kind, output);
	engine_fault(r->engine, source, why->text[0] ? why->text : NULL);
	mem_free(source);
}

static void tell_device_faults(struct run *r)
{
	const struct station *st = engine_station(r->engine);
	for (size_t o = 0; st && o < st->outputs.n; o++) {
		struct err why = { "" };
		live_sound_fault(r->sound, (int)o, &why);
		tell_output_fault(r, "device", st->outputs.at[o].name, &why);
		live_sound_amp_fault(r->sound, (int)o, &why);
		tell_output_fault(r, "amplifier", st->outputs.at[o].name, &why);
	}
	run_meters_tell(r->engine, r->sound);
}

/* What the controller knows and the engine cannot: shown by status, journalled when it comes and goes. */
static void tell_faults(struct run *r)
{
	struct journal_fault fault;
	char *journal = NULL;
	if (journal_fault(r->journal, &fault))
		journal = mem_printf(
			_("The log waits in memory (%zu rows), a power failure would lose it: %s — sound goes on"),
			fault.waiting, fault.why);
	char *seal = journal_seal_fault(r->journal)
			     ? mem_printf(_("The seal of the log (airing and log go on): %s"), journal_seal_fault(r->journal))
			     : NULL;
	run_mishap_tell(&r->mishap, r->journal, r->engine, false);
	engine_fault(r->engine, "journal", journal);
	engine_fault(r->engine, "key", seal);
	engine_fault(r->engine, "schedule", run_schedule_note(r->schedule));
	engine_fault(r->engine, "sink",
		r->silent ? _("NO SOUND LEAVES THIS MACHINE: everything goes to the dry-run sink — "
			      "for a real airing start again with --sink or a card")
			  : NULL);
	mem_free(journal);
	mem_free(seal);
	tell_device_faults(r);
}

static void tell_recordings(struct run *r)
{
	struct sound_recording one;
	while (live_sound_recorded(r->sound, &one))
		engine_recording(r->engine, &one);
}

static void on_status(void *self, struct text *out)
{
	const struct run *r = self;
	engine_status(r->engine, out);
}

static void on_refused(void *self, unsigned has, const struct command *c, struct reply *reply)
{
	const struct run *r = self;
	run_people_refuse(r->people, r->engine, has, c, reply);
}

/* A new schedule is read, checked and synced to the disk by the loop, which takes seconds on a small board; the sound
 * goes on meanwhile, and a watchdog that took this for a hang would cut it. */
static bool is_slow(const struct command *c)
{
	return c->verb == VERB_RELOAD || c->verb == VERB_ROLLBACK;
}

static void allow(const struct run *r, int64_t us)
{
	if (r->alive_every_us)
		notify_patience(us);
}

static void on_command(void *self, const struct command *c, struct reply *reply)
{
	const struct run *r = self;
	struct text bad = { 0 };
	struct recording recording;
	struct command whole = *c;
	whole.account = run_people_name(r->people, c);
	if (c->file && c->sound && live_sound_recording(r->sound, c->sound, &recording))
		whole.recording = &recording;
	run_events_flush(r->events, NULL);
	if (is_slow(c))
		allow(r, SLOW_COMMAND_US);
	engine_command(r->engine, &whole, reply);
	if (is_slow(c))
		allow(r, 2 * r->alive_every_us);
	/* A play that is refused an instant later is carried out, as far as the engine goes; not for who asked for it. */
	run_events_flush(r->events, &bad);
	if (reply->done && !reply->text.text[0] && bad.n)
		err_set(&reply->text, "%s", text_str(&bad));
	text_free(&bad);
}

static void on_log(void *self, const char *line)
{
	const struct run *r = self;
	run_events_say(r->events, r->clock.wall(r->clock.self), line);
}

static void draw(struct run *r)
{
	struct text status = { 0 };
	if (!r->view || mono(r).us < run_view_next(r->view).us)
		return;
	on_status(r, &status);
	run_view_draw(r->view, mono(r), &status, r->events);
	text_free(&status);
}

/* ── Stages ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool state_up(struct run *r, struct err *err)
{
	r->lock = state_hold(r->o->state, err);
	return r->lock >= 0;
}

static void state_down(struct run *r)
{
	close(r->lock);
}

/* Before any thread: they inherit the blocked signals. */
static bool loop_up(struct run *r, struct err *err)
{
	r->loop = loop_new(err);
	return r->loop;
}

static void loop_down(struct run *r)
{
	loop_free(&r->loop);
}

static bool schedule_up(struct run *r, struct err *err)
{
	r->schedule = run_schedule_new(r->o->state, r->o->dir, r->o->store);
	r->first = run_schedule_first(r->schedule);
	if (r->first)
		language_station(r->first->language);
	(void)err;
	return true;
}

static void schedule_down(struct run *r)
{
	station_free(&r->first);
	run_schedule_free(&r->schedule);
}

static void on_journal(void *self)
{
	const struct run *r = self;
	journal_quiet(r->journal);
}

static bool journal_up(struct run *r, struct err *err)
{
	r->journal = journal_open(r->o->state, JOURNAL_LIVE, r->boot_id, err);
	if (!r->journal)
		return false;
	r->events = run_events_new(journal_port(r->journal), (struct run_events_to){ r, present_station, on_line });
	loop_watch(r->loop, journal_fd(r->journal), LOOP_READ, (struct loop_handler){ r, on_journal });
	return true;
}

static void journal_down(struct run *r)
{
	loop_unwatch(r->loop, journal_fd(r->journal));
	run_events_free(&r->events);
	if (!journal_close(&r->journal))
		fprintf(stderr, "%s\n", _("loaxa run: the last rows of the log could not be written and are lost"));
}

static void on_sound(void *self)
{
	(void)self; /* the turn that follows asks for the events */
}

static bool sound_up(struct run *r, struct err *err)
{
	/* A controller without a network cannot give one to its children: then a service manager starts them. */
	const char *elsewhere = getenv("LOAXA_RELAY_SOCKET");
	char *speech = mem_printf("%s/speech", r->o->state);
	char *relay = elsewhere ? mem_dup(elsewhere) : place_program("loaxa-relay");
	struct live_options options = { .store = r->o->store,
		.sink_override = run_sink(r->first, r->o->sink),
		.speech = speech,
		.relay_program = relay,
		.clock = &r->clock };
	r->silent = run_sink_is_silent(options.sink_override);
	r->sound = live_sound_new(r->first, &options, err);
	mem_free(speech);
	mem_free(relay);
	if (!r->sound)
		return false;
	loop_watch(r->loop, live_sound_fd(r->sound), LOOP_READ, (struct loop_handler){ r, on_sound });
	return true;
}

static void sound_down(struct run *r)
{
	loop_unwatch(r->loop, live_sound_fd(r->sound));
	live_sound_free(&r->sound);
}

static bool engine_up(struct run *r, struct err *err)
{
	struct engine_setup setup = { .clock = r->clock,
		.sound = live_sound_port(r->sound),
		.journal = run_events_port(r->events),
		.schedule = run_schedule_port(r->schedule),
		.boot_id = r->boot_id };
	struct journal_reader reader;
	if (!journal_read_back(r->journal, &reader, err))
		return false;
	struct station *first = r->first;
	r->first = NULL;
	r->engine = engine_new(&setup, first);
	engine_start(r->engine, &reader);
	run_mishap_tell(&r->mishap, r->journal, r->engine, true);
	tell_faults(r);
	run_events_flush(r->events, NULL);
	r->told = run_told_new(r->o->state);
	return true;
}

/* What is on air fades out and stays open in the journal: it goes on after the next start.  What was spoken is kept
 * before the last row, for as long as the disk is no slower than usual. */
static void engine_down(struct run *r)
{
	mono_us limit = { mono(r).us + 2 * US_PER_S };
	engine_stop_begin(r->engine);
	while ((!engine_stop_ready(r->engine) || live_sound_records(r->sound)) && mono(r).us < limit.us) {
		loop_wait(r->loop, (wall_us){ r->clock.wall(r->clock.self).us + 20 * US_PER_MS });
		engine_turn(r->engine);
		tell_recordings(r);
	}
	engine_stop_end(r->engine);
	run_told_free(&r->told);
	engine_free(&r->engine);
}

static void on_control(void *self)
{
	const struct run *r = self;
	server_turn(r->server, mono(r));
}

static bool control_up(struct run *r, struct err *err)
{
	char *path = mem_printf("%s/control.sock", r->o->state);
	r->people = run_people_new();
	struct server_handler handler = { .self = r,
		.command = on_command,
		.status = on_status,
		.refused = on_refused,
		.log = on_log,
		.house = run_people_house() };
	r->server = server_new(path, handler, err);
	mem_free(path);
	if (!r->server)
		run_people_free(&r->people);
	if (!r->server)
		return false;
	return loop_watch(r->loop, server_fd(r->server), LOOP_READ, (struct loop_handler){ r, on_control });
}

static void control_down(struct run *r)
{
	loop_unwatch(r->loop, server_fd(r->server));
	server_free(&r->server);
	run_people_free(&r->people);
}

static bool ready_up(struct run *r, struct err *err)
{
	const struct station *st = engine_station(r->engine);
	(void)err;
	r->alive_every_us = notify_alive_every_us();
	r->files = run_files_new(r->loop);
	notify_ready(st ? st->name : NULL);
	r->view = run_view_new(STDOUT_FILENO);
	return true;
}

static void ready_down(struct run *r)
{
	notify_stopping();
	run_files_free(&r->files);
	run_view_free(&r->view);
}

static const struct stage {
	bool (*up)(struct run *, struct err *);
	void (*down)(struct run *);
} stages[] = {
	{ state_up, state_down },
	{ loop_up, loop_down },
	{ schedule_up, schedule_down },
	{ journal_up, journal_down },
	{ sound_up, sound_down },
	{ engine_up, engine_down },
	{ control_up, control_down },
	{ ready_up, ready_down },
};

/* ── The loop ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The engine names a wall instant; the screen and the watchdog count on the other clock. */
static wall_us next_turn(const struct run *r)
{
	int64_t offset = r->clock.wall(r->clock.self).us - mono(r).us;
	int64_t at = engine_next(r->engine).us;
	if (r->view)
		at = earlier(at, run_view_next(r->view).us + offset);
	if (r->alive_every_us)
		at = earlier(at, r->alive_next.us + offset);
	return (wall_us){ at };
}

static void pet_watchdog(struct run *r)
{
	if (!r->alive_every_us || mono(r).us < r->alive_next.us)
		return;
	r->alive_next.us = mono(r).us + r->alive_every_us;
	if (run_watch_well(&r->watch, r->sound, engine_station(r->engine), mono(r)))
		notify_alive();
}

/* What airs is still wanted: else another program's clean-up would take it from the store. */
static void name_recordings_in_use(struct run *r)
{
	const struct station *st = engine_station(r->engine);
	if (!st || mono(r).us < r->use_next.us)
		return;
	library_use(st, r->o->store);
	r->use_next.us = mono(r).us + INT64_C(86400) * US_PER_S;
}

/* A hangup ends what runs on that terminal; under a service manager it means nothing. */
static bool ends(const struct run *r, unsigned what)
{
	return what & LOOP_STOP || (what & LOOP_HANGUP && r->view);
}

static void turn_until_ended(struct run *r)
{
	unsigned what;
	do {
		draw(r);
		pet_watchdog(r);
		name_recordings_in_use(r);
		what = loop_wait(r->loop, next_turn(r));
		engine_turn(r->engine); /* first: it looks at the clock, and a fault is journalled when it comes */
		tell_faults(r);
		tell_recordings(r);
		run_files_tell(r->files, r->engine);
		run_told_turn(r->told, r->engine, r->clock.wall(r->clock.self));
		server_turn(r->server, mono(r));
		run_events_flush(r->events, NULL);
	} while (!ends(r, what));
}

int run_station(const struct run_options *o)
{
	struct run r = { .o = o, .clock = os_clock(), .lock = -1 };
	struct err err = { "" };
	enum { STAGES = sizeof stages / sizeof *stages };
	size_t up = 0;
	/* An arena per thread would cost more memory than all the threads use. */
	mallopt(M_ARENA_MAX, 1);
	umask(0027);
	os_boot_id(r.boot_id);
	while (up < STAGES && stages[up].up(&r, &err))
		up++;
	if (up == STAGES) {
		loop_precede();
		turn_until_ended(&r);
	}
	while (up)
		stages[--up].down(&r);
	if (err.text[0])
		fprintf(stderr, "loaxa run: %s\n", err.text);
	return err.text[0] ? EXIT_REFUSED : EXIT_DONE;
}
