/* The engine in a world of memory: a clock set by hand, the virtual sound, a journal that is an array, power that
 * fails.  What the engine does is watched: see world-ports.h.
 *
 * Events are lines of a script (loaxa-script(5)) without their date, semicolons between them; besides:
 *	"05:30 restart", "05:30 restart 10m"   an orderly end, and a start then
 *	"05:30 sync on"                         the kernel says that the clock is disciplined */
#ifndef LOAXA_TESTS_ENGINE_WORLD_H
#define LOAXA_TESTS_ENGINE_WORLD_H

#include "world-ports.h"

/* ── Power ── */

static inline struct station *world_load(void *self, const char *dir, struct err *err)
{
	struct world *w = self;
	struct station *st = w->load ? w->load(w, dir) : NULL;
	if (!st)
		err_set(err, "no schedule %s", dir ? dir : "");
	return st;
}

/* What ran before is the schedule "back". */
static inline struct station *world_back(void *self, int copy, struct err *err)
{
	(void)copy;
	return world_load(self, "back", err);
}

static inline bool world_accept(void *self, struct err *err)
{
	(void)self, (void)err;
	return true;
}

static inline void world_boot(struct world *w)
{
	struct engine_setup setup = { .clock = w->clock,
		.sound = { w, world_playable, world_cue, w->blind ? NULL : world_arm, world_disarm, world_start,
				world_stop, world_volume, world_position, world_listen, world_keep, world_forget, world_adopt, world_commit,
				world_event, NULL },
		.journal = { w, world_append, world_durable, world_nothing, world_nothing, world_alive,
				w->marks ? world_mark : NULL },
		.schedule = { w, world_load, world_back, world_accept },
		.boot_id = w->boot };
	w->engine = engine_new(&setup, w->station);
	if (w->station)
		world_name_zones(w, w->station);
	w->station = NULL;
	if (w->closed)
		engine_close_book(w->engine, w->book_end);
	struct journal_reader reader = world_reader(w);
	engine_start(w->engine, w->boots++ ? &reader : NULL);
}

static inline void world_die(struct world *w)
{
	if (!w->engine)
		return;
	w->station = engine_give_up_station(w->engine);
	engine_free(&w->engine);
	virtual_reset(w->sound);
	w->late.n = 0;
	memset(w->speeches, 0, sizeof w->speeches);
	memset(w->on_air, 0, sizeof w->on_air);
	memset(w->playing, 0, sizeof w->playing);
	w->kept.n = 0;
	memset(w->armed, 0, sizeof w->armed);
	w->newest_token = 0;
}

static inline void world_new_boot(struct world *w)
{
	snprintf(w->boot, sizeof w->boot, "boot-%d", w->boots);
}

static inline void world_end_orderly(struct world *w)
{
	if (!w->engine)
		return;
	engine_stop_begin(w->engine);
	for (int i = 0; !engine_stop_ready(w->engine); i++) {
		WORLD_ASSERT(w, i < 100, "it does not end");
		w->now.us += 1000;
		virtual_advance(w->sound, world_mono(w));
		engine_turn(w->engine);
	}
	engine_stop_end(w->engine);
	world_die(w);
}

/* ── What happens ── */

static inline int world_output(const struct world *w, const char *name)
{
	const struct station *st = w->engine ? engine_station(w->engine) : w->station;
	for (size_t i = 0; i < st->outputs.n; i++)
		if (!strcmp(st->outputs.at[i].name, name))
			return (int)i;
	return -1;
}

/* "moi-30.wav" lasts 30 s; a name without a number is not prepared. */
static inline bool world_recording(const struct world *w, const char *file, struct recording *out)
{
	const char *dash = strchr(file, '-');
	const struct station *st = engine_station(w->engine);
	*out = (struct recording){ .file = (char *)(uintptr_t)file, .state = RECORDING_READY };
	snprintf(out->sha256, sizeof out->sha256, "sha-of-%s", file);
	for (size_t o = 0; dash && o < st->outputs.n; o++)
		out->frames[o] = atoi(dash + 1) * (int64_t)st->outputs.at[o].rate;
	return dash;
}

static inline void world_command(struct world *w, const struct command *given)
{
	struct reply reply;
	struct recording recording;
	struct command c = *given;
	if (w->engine && c.file && world_recording(w, c.file, &recording))
		c.recording = &recording;
	if (w->engine && !engine_command(w->engine, &c, &reply))
		text_addf(&w->refused, "%s\n", reply.text.text);
}

static inline void world_fault(struct world *w, const struct script_line *l)
{
	bool was_on = w->engine != NULL;
	if (was_on && (l->fault == FAULT_POWER_OFF || l->fault == FAULT_KILL)) {
		world_lose_rows(w);
		world_die(w);
	}
	if (l->fault == FAULT_POWER_OFF) {
		w->power_on.us = w->now.us + l->us;
		world_new_boot(w);
	} else if (l->fault == FAULT_KILL && was_on) {
		world_boot(w);
	} else if (l->fault == FAULT_CLOCK) {
		w->offset_us += l->us;
	} else if (l->fault == FAULT_FILE_GONE) {
		virtual_file_gone(w->sound, l->name);
	} else if (l->fault == FAULT_FILE_CHANGED && was_on) {
		engine_file_seen(w->engine, l->name, "ff");
	} else if (l->fault == FAULT_LOSE) {
		virtual_lose(w->sound, world_output(w, l->name));
	} else if (l->fault == FAULT_RESTORE) {
		virtual_restore(w->sound, world_output(w, l->name));
	} else if (l->fault == FAULT_RELAY_SILENT) {
		virtual_relay_silent(w->sound, l->name);
	} else if (l->fault == FAULT_RELAY_BACK) {
		virtual_relay_back(w->sound, l->name);
	}
}

static inline void world_obey(struct world *w, const struct world_event *e)
{
	if (e->kind == WORLD_SYNC) {
		w->synced = e->us != 0;
	} else if (e->kind == WORLD_RESTART) {
		world_end_orderly(w);
		w->power_on.us = w->now.us + e->us;
	} else if (e->line.fault) {
		world_fault(w, &e->line);
	} else {
		world_command(w, &e->line.command);
	}
}

/* ── Time ── */

static inline void world_sooner(wall_us *best, int64_t us)
{
	if (us < best->us)
		best->us = us;
}

static inline wall_us world_next(const struct world *w)
{
	wall_us next = w->power_on;
	if (w->next < w->events.n)
		world_sooner(&next, w->events.at[w->next].line.at.us);
	mono_us sound = virtual_next(w->sound);
	if (sound.us != US_NEVER)
		world_sooner(&next, w->first_us + sound.us);
	if (w->late.n)
		world_sooner(&next, w->late.at[0].told.us);
	world_durable_next(w, &next);
	if (w->engine)
		world_sooner(&next, engine_next(w->engine).us - w->offset_us);
	if (!w->closed)
		world_sooner(&next, w->to.us);
	return next.us > w->now.us ? next : w->now;
}

/* As the dry run does: the sound's ends, what happens, power coming back, the end of the run, what is due. */
static inline void world_instant(struct world *w)
{
	virtual_advance(w->sound, world_mono(w));
	while (w->next < w->events.n && w->events.at[w->next].line.at.us <= w->now.us)
		world_obey(w, &w->events.at[w->next++]);
	if (w->now.us >= w->power_on.us) {
		w->power_on.us = US_NEVER;
		world_boot(w);
	}
	if (w->now.us >= w->to.us && !w->closed) {
		w->closed = true;
		w->book_end = world_wall(w);
		if (w->engine)
			engine_close_book(w->engine, w->book_end);
	}
	if (w->engine) {
		engine_turn(w->engine);
		world_check_armed(w);
	}
}

static inline bool world_over(const struct world *w)
{
	return w->closed && (w->engine ? !engine_busy(w->engine) : w->power_on.us == US_NEVER);
}

static inline void world_run(struct world *w)
{
	int standing = 0;
	while (!world_over(w)) {
		wall_us next = world_next(w);
		standing = next.us > w->now.us ? 0 : standing + 1;
		w->now = next;
		WORLD_ASSERT(w, standing < 50, "time stands still");
		world_instant(w);
	}
}

/* ── Making one ── */

static inline void world_open(struct world *w, int line, struct station *st, const char *from, const char *to)
{
	*w = (struct world){ .line = line, .station = st, .power_on = { US_NEVER } };
	w->now = build_instant(st, from);
	w->to = build_instant(st, to);
	w->first_us = w->now.us;
	w->clock = (struct clock){ w, world_wall, world_mono, world_synced, w->now };
	w->sound = virtual_new(st, &w->clock, (mono_us){ 0 });
	w->real = virtual_port(w->sound);
	world_new_boot(w);
}

/* "05:30 play a": the date is DAY_DATE unless there is one. */
static inline void world_add(struct world *w, char *text)
{
	struct world_event e = { 0 };
	char *verb = strchr(text, ' ') + 1;
	bool own = !strncmp(verb, "restart", 7) || !strncmp(verb, "sync", 4);
	char *stamp = mem_printf("%s%s", strchr(text, 'T') && strchr(text, 'T') < verb ? "" : DAY_DATE "T", text);
	if (own) {
		strchr(stamp, ' ')[0] = '\0';
		e.line.at = build_instant(w->station, stamp);
		e.kind = *verb == 'r' ? WORLD_RESTART : WORLD_SYNC;
		const char *rest = strchr(verb, ' ');
		int64_t ms = 0;
		if (e.kind == WORLD_RESTART && rest)
			day_duration(rest + 1, &ms);
		e.us = e.kind == WORLD_SYNC ? !strcmp(rest + 1, "on") : ms * US_PER_MS;
	} else {
		size_t before = w->script.lines.n;
		script_read(&w->script, stamp, "script", w->station->tz, &w->findings);
		ck_assert_msg(w->script.lines.n == before + 1, "row of line %d: %s: %s", w->line, stamp,
				w->findings.list.n ? w->findings.list.at[0].pattern : "?");
		e.line = w->script.lines.at[before];
	}
	vec_push(&w->events, e);
	mem_free(stamp);
}

static inline void world_script(struct world *w, const char *events)
{
	char *copy = mem_dup(events), *save = NULL;
	for (char *part = strtok_r(copy, ";", &save); part; part = strtok_r(NULL, ";", &save)) {
		part += strspn(part, " \n");
		if (*part)
			world_add(w, part);
	}
	mem_free(copy);
}

static inline void world_close(struct world *w)
{
	engine_free(&w->engine);
	station_free(&w->station);
	virtual_free(&w->sound);
	for (size_t i = 0; i < w->rows.n; i++)
		world_free_row(&w->rows.at[i].row);
	vec_free(&w->rows);
	vec_free(&w->events);
	vec_free(&w->late);
	script_free(&w->script);
	findings_free(&w->findings);
	vec_free(&w->kept);
	text_free(&w->refused);
	text_free(&w->tape);
	text_free(&w->mark);
	text_free(&w->mark_before);
}

#endif
