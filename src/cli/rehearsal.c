#include "cli/rehearsal.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/engine.h"
#include "journal/journal.h"
#include "sound/library.h"

#include <string.h>

struct rehearsal {
	const struct rehearsal_setup *setup;
	wall_us now;        /* true */
	int64_t offset_us;  /* believed - true */
	struct clock clock; /* what the station believes */
	struct virtual_sound *sound;
	struct journal *journal;
	struct engine *engine;   /* NULL while the power is off */
	struct station *station; /* while the power is off: the one that starts again */
	wall_us power_on;        /* true instant; US_NEVER = it is on */
	int boots;
	char boot_id[24];
	char *dir, *dir_before, *dir_loaded; /* NULL = where the first schedule came from */
	bool replaced;
	size_t next_line;
	bool closed;      /* the end has been reached: */
	wall_us book_end; /* as the station believes */
	VEC(const char *) changed; /* files that the script changed; the script's */
};

static wall_us believed(void *self)
{
	const struct rehearsal *r = self;
	return (wall_us){ r->now.us + r->offset_us };
}

static mono_us since_start(void *self)
{
	const struct rehearsal *r = self;
	return (mono_us){ r->now.us - r->setup->from.us };
}

static bool never_synchronised(void *self)
{
	(void)self;
	return false;
}

/* ── Power ── */

static struct station *load(void *self, const char *dir, struct err *err)
{
	struct rehearsal *r = self;
	vec_free(&r->changed);
	mem_renew(&r->dir_loaded, dir);
	return r->setup->load(r->setup->self, dir, err);
}

/* A rehearsal remembers where its schedules came from, not what lay there. */
static struct station *back(void *self, int copy, struct err *err)
{
	struct rehearsal *r = self;
	(void)copy;
	if (!r->replaced) {
		err_set(err, _("there is no schedule that ran before this one"));
		return NULL;
	}
	return load(self, r->dir_before, err);
}

static bool accept(void *self, struct err *err)
{
	struct rehearsal *r = self;
	(void)err;
	mem_free(r->dir_before);
	r->dir_before = r->dir;
	r->dir = mem_dup(r->dir_loaded);
	r->replaced = true;
	return true;
}

static bool start(struct rehearsal *r, struct err *err)
{
	struct journal_reader reader;
	if (r->boots && !journal_read_back(r->journal, &reader, err))
		return false;
	struct engine_setup setup = { .clock = r->clock,
		.sound = virtual_port(r->sound),
		.journal = journal_port(r->journal),
		.schedule = { r, load, back, accept },
		.boot_id = r->boot_id,
		.rehearsal = true };
	r->engine = engine_new(&setup, r->station);
	r->station = NULL;
	if (r->closed)
		engine_close_book(r->engine, r->book_end);
	engine_start(r->engine, r->boots++ ? &reader : NULL);
	return true;
}

/* Of a file that a script has changed: no recording of anybody. */
#define OTHER_SHA256 "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"

/* As a start would find them that looks at all files anew. */
static void mark_changed(struct rehearsal *r)
{
	for (size_t b = 0; b < r->station->bulletins.n; b++)
		for (size_t c = 0; c < r->changed.n; c++) {
			struct bulletin *at = &r->station->bulletins.at[b];
			for (size_t i = 0; i < at->audio.n; i++)
				if (!strcmp(at->audio.at[i].file, r->changed.at[c]))
					memcpy(at->audio.at[i].sha256, OTHER_SHA256, sizeof at->audio.at[i].sha256);
			if (at->text && !strcmp(at->text, r->changed.at[c]))
				memcpy(at->text_sha256, OTHER_SHA256, sizeof at->text_sha256);
		}
}

/* Everything in the controller's memory is gone; its journal, its accepted schedule and the sound's files are not. */
static void die(struct rehearsal *r)
{
	if (!r->engine)
		return;
	r->station = engine_give_up_station(r->engine);
	engine_free(&r->engine);
	mark_changed(r);
	virtual_reset(r->sound);
}

static void name_boot(struct rehearsal *r)
{
	snprintf(r->boot_id, sizeof r->boot_id, "rehearsal-%d", r->boots);
}

/* ── Script lines ── */

static void refuse(struct rehearsal *r, const struct script_line *l, const char *why)
{
	if (r->setup->refused)
		r->setup->refused(r->setup->self, l, why);
}

static void command(struct rehearsal *r, const struct script_line *l)
{
	struct reply reply = { 0 };
	struct command whole = l->command;
	struct recording recording = { 0 };
	if (!r->engine) {
		refuse(r, l, _("the power is off — nobody is there to obey"));
		return;
	}
	const struct station *st = engine_station(r->engine);
	bool ready = !whole.file || r->setup->with(r->setup->self, st, whole.file, &recording, &reply.text);
	if (whole.file)
		whole.recording = &recording;
	if (!ready || !engine_command(r->engine, &whole, &reply))
		refuse(r, l, reply.text.text);
	library_one_free(&recording);
}

static int output_by_name(const struct rehearsal *r, const char *name)
{
	const struct station *st = r->engine ? engine_station(r->engine) : r->station;
	for (size_t i = 0; i < st->outputs.n; i++)
		if (!strcmp(st->outputs.at[i].name, name))
			return (int)i;
	return -1;
}

static void output_fault(struct rehearsal *r, const struct script_line *l)
{
	int output = output_by_name(r, l->name);
	if (output < 0)
		refuse(r, l, _("the station has no output of that name"));
	else if (l->fault == FAULT_LOSE)
		virtual_lose(r->sound, output);
	else
		virtual_restore(r->sound, output);
}

static void relay_fault(struct rehearsal *r, const struct script_line *l)
{
	const struct station *st = r->engine ? engine_station(r->engine) : r->station;
	int b = station_bulletin(st, l->name);
	if (b < 0 || !st->bulletins.at[b].relay.source)
		refuse(r, l, _("the station has no relay of that name"));
	else if (l->fault == FAULT_RELAY_SILENT)
		virtual_relay_silent(r->sound, l->name);
	else
		virtual_relay_back(r->sound, l->name);
}

static bool fault(struct rehearsal *r, const struct script_line *l, struct err *err)
{
	switch (l->fault) {
	case FAULT_POWER_OFF:
		die(r);
		r->power_on.us = r->now.us + l->us;
		name_boot(r);
		return true;
	case FAULT_KILL:
		if (!r->engine)
			return true;
		die(r);
		return start(r, err);
	case FAULT_CLOCK:
		r->offset_us += l->us;
		return true;
	case FAULT_FILE_GONE:
		virtual_file_gone(r->sound, l->name);
		return true;
	case FAULT_FILE_CHANGED:
		vec_push(&r->changed, l->name);
		if (r->engine)
			engine_file_seen(r->engine, l->name, OTHER_SHA256);
		else
			mark_changed(r);
		return true;
	case FAULT_RELAY_SILENT:
	case FAULT_RELAY_BACK:
		relay_fault(r, l);
		return true;
	default:
		output_fault(r, l);
		return true;
	}
}

static bool line_due(const struct rehearsal *r)
{
	const struct script *s = r->setup->script;
	return s && r->next_line < s->lines.n && s->lines.at[r->next_line].at.us <= r->now.us;
}

static bool obey_script(struct rehearsal *r, struct err *err)
{
	bool ok = true;
	while (ok && line_due(r)) {
		const struct script_line *l = &r->setup->script->lines.at[r->next_line++];
		if (l->fault)
			ok = fault(r, l, err);
		else
			command(r, l);
	}
	return ok;
}

/* ── Time ── */

static void sooner(wall_us *best, int64_t us)
{
	if (us < best->us)
		best->us = us;
}

static wall_us next_instant(const struct rehearsal *r)
{
	wall_us next = r->power_on;
	const struct script *s = r->setup->script;
	if (s && r->next_line < s->lines.n)
		sooner(&next, s->lines.at[r->next_line].at.us);
	mono_us sound = virtual_next(r->sound);
	if (sound.us != US_NEVER)
		sooner(&next, r->setup->from.us + sound.us);
	if (r->engine)
		sooner(&next, engine_next(r->engine).us - r->offset_us);
	if (!r->closed)
		sooner(&next, r->setup->to.us);
	return next.us > r->now.us ? next : r->now;
}

/* At one instant: the sound's ends, what the script says, power coming back, the end of the run, what is due. */
static bool instant(struct rehearsal *r, struct err *err)
{
	virtual_advance(r->sound, since_start(r));
	bool ok = obey_script(r, err);
	if (ok && r->now.us >= r->power_on.us) {
		r->power_on.us = US_NEVER;
		ok = start(r, err);
	}
	if (r->now.us >= r->setup->to.us && !r->closed) {
		r->closed = true;
		r->book_end.us = r->setup->to.us + r->offset_us;
		if (r->engine)
			engine_close_book(r->engine, r->book_end);
	}
	if (ok && r->engine)
		engine_turn(r->engine);
	return ok;
}

static bool over(const struct rehearsal *r)
{
	return r->closed && (r->engine ? !engine_busy(r->engine) : false);
}

static bool run(struct rehearsal *r, struct err *err)
{
	const struct script *s = r->setup->script;
	while (s && r->next_line < s->lines.n && s->lines.at[r->next_line].at.us < r->now.us)
		refuse(r, &s->lines.at[r->next_line++], _("it lies before the first instant of the run"));
	name_boot(r);
	if (!start(r, err))
		return false;
	bool ok = true;
	while (ok && !over(r)) {
		r->now = next_instant(r);
		ok = instant(r, err);
	}
	while (s && r->next_line < s->lines.n)
		refuse(r, &s->lines.at[r->next_line++], _("it lies after the end of the run"));
	return ok;
}

bool rehearsal_run(const struct rehearsal_setup *setup, char head[SHA256_HEX], struct err *err)
{
	struct rehearsal r = {
		.setup = setup, .now = setup->from, .station = setup->station, .power_on = { US_NEVER }
	};
	bool ok = false;
	r.clock = (struct clock){ &r, believed, since_start, never_synchronised, setup->from };
	r.journal = journal_open(setup->state, JOURNAL_REHEARSAL, "rehearsal", err);
	if (!r.journal)
		goto out;
	r.sound = virtual_new(r.station, &r.clock, (mono_us){ 0 });
	if (setup->render) {
		struct render_options render = *setup->render;
		render.from = (mono_us){ 0 };
		render.until = (mono_us){ setup->render_until.us - setup->from.us };
		if (!virtual_render(r.sound, &render, err))
			goto out;
	}
	ok = run(&r, err);
	if (ok && setup->render)
		ok = virtual_render_end(r.sound, err);
	journal_end(r.journal, believed(&r), since_start(&r));
	journal_head(r.journal, head);
out:
	engine_free(&r.engine);
	virtual_free(&r.sound);
	vec_free(&r.changed);
	journal_close(&r.journal);
	station_free(&r.station);
	mem_free(r.dir);
	mem_free(r.dir_before);
	mem_free(r.dir_loaded);
	return ok;
}
