#include "cli/run-schedule.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/load.h"
#include "cli/place.h"
#include "config/accepted.h"

#include <stdio.h>

struct run_schedule {
	const char *state, *store;
	char *dir;                  /* where the schedule comes from */
	const struct station *last; /* what load() or back() gave away last, */
	char *last_dir;             /* where that came from, */
	char *last_copy;            /* and which accepted copy it is; NULL = none yet */
	char *note;
};

/* Where the accepted copy was made from, or NULL. */
static char *source_of(const char *copy)
{
	struct accepted a;
	if (!copy || !accepted_read(copy, &a))
		return NULL;
	char *dir = mem_dup(a.dir);
	accepted_free(&a);
	return dir;
}

struct run_schedule *run_schedule_new(const char *state, const char *dir, const char *store)
{
	struct run_schedule *s = mem_new(struct run_schedule);
	char *copy = accepted_load_dir(state);
	s->state = state;
	s->store = store;
	s->dir = dir ? mem_dup(dir) : source_of(copy);
	if (!s->dir)
		s->dir = place_station();
	mem_free(copy);
	return s;
}

void run_schedule_free(struct run_schedule **ps)
{
	struct run_schedule *s = *ps;
	if (!s)
		return;
	mem_free(s->dir);
	mem_free(s->last_dir);
	mem_free(s->last_copy);
	mem_free(s->note);
	mem_free(s);
	*ps = NULL;
}

const char *run_schedule_note(const struct run_schedule *s)
{
	return s->note;
}

/* Takes the text. */
static void set_note(struct run_schedule *s, char *text)
{
	mem_free(s->note);
	s->note = text;
}

static void note_if_dir_differs(struct run_schedule *s)
{
	bool differs = accepted_differs(s->state, s->dir);
	set_note(s, differs ? mem_printf(_("%s differs from the schedule that is running and was not applied — apply it: "
					   "loaxa reload %s"),
				      s->dir, s->dir)
			    : NULL);
}

/* ── The start ────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct station *read_copy(struct run_schedule *s, const char *copy)
{
	struct findings fs = { 0 };
	struct err err = { "" };
	struct station *st = load_station(
		copy, &(struct load_options){ .store = s->store, .accepted = true, .progress = true }, &fs, &err);
	if (!st) {
		load_complain(&fs, &err);
		set_note(s, mem_printf(_("No schedule is running: the accepted copy %s cannot be read — take it anew: "
					 "loaxa reload DIR"),
				    copy));
	} else {
		note_if_dir_differs(s);
	}
	findings_free(&fs);
	return st;
}

static struct station *read_first(struct run_schedule *s)
{
	struct findings fs = { 0 };
	struct err err = { "" };
	struct station *st = load_station(
		s->dir, &(struct load_options){ .store = s->store, .progress = true }, &fs, &err);
	if (!st) {
		load_complain(&fs, &err);
		set_note(s, mem_printf(_("No schedule is running: %s has errors — correct them, then: loaxa reload %s"),
				    s->dir, s->dir));
	} else if (!accepted_store(s->state, st, &err)) {
		set_note(s, mem_printf(_("The schedule runs but could not be kept as accepted: %s"), err.text));
	}
	findings_free(&fs);
	return st;
}

struct station *run_schedule_first(struct run_schedule *s)
{
	char *copy = accepted_load_dir(s->state);
	struct station *st = copy ? read_copy(s, copy) : read_first(s);
	mem_free(copy);
	if (s->note)
		fprintf(stderr, "%s\n", s->note);
	return st;
}

/* ── Reload ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The first errors, a line each, as far as they fit; all of them: loaxa check. */
static void name_errors(const char *dir, const struct findings *fs, struct err *err)
{
	struct text t = { 0 };
	text_addf(&t,
		ngettext("New schedule NOT applied: %zu error in %s — the running one is untouched — see: loaxa check "
			 "%s",
			"New schedule NOT applied: %zu errors in %s — the running one is untouched — see: loaxa check "
			"%s",
			fs->errors),
		fs->errors, dir, dir);
	for (size_t i = 0; i < fs->list.n && t.n < sizeof err->text; i++) {
		const struct finding *f = &fs->list.at[i];
		if (f->severity != FINDING_ERROR)
			continue;
		char *message = finding_text(f, _(f->pattern));
		text_addf(&t, "\n%s:%d: %s", f->file ? f->file : dir, f->line, message);
		mem_free(message);
	}
	err_set(err, "%s", text_str(&t));
	text_free(&t);
}

static struct station *load(void *self, const char *dir, struct err *err)
{
	struct run_schedule *s = self;
	struct findings fs = { 0 };
	mem_renew(&s->last_copy, NULL);
	mem_renew(&s->last_dir, dir ? dir : s->dir);
	struct station *st = load_station(
		s->last_dir, &(struct load_options){ .store = s->store, .prepared = true }, &fs, err);
	if (!st && fs.errors)
		name_errors(s->last_dir, &fs, err);
	findings_free(&fs);
	s->last = st;
	return st;
}

static struct station *back(void *self, int number, struct err *err)
{
	struct run_schedule *s = self;
	struct findings fs = { 0 };
	char *copy = accepted_back(s->state, number), *from = source_of(copy);
	struct station *st = NULL;
	if (copy)
		st = load_station(copy,
			&(struct load_options){ .store = s->store, .accepted = true, .prepared = true }, &fs, err);
	if (!copy)
		err_set(err, _("there is no such earlier schedule — see: loaxa rollback --list"));
	else if (fs.errors)
		name_errors(copy, &fs, err);
	if (*err->text) /* of recordings that are not prepared nothing is known: they would all be silent */
		station_free(&st);
	mem_renew(&s->last_copy, copy);
	mem_renew(&s->last_dir, from);
	mem_free(copy);
	mem_free(from);
	findings_free(&fs);
	s->last = st;
	return st;
}

static bool accept(void *self, struct err *err)
{
	struct run_schedule *s = self;
	bool kept = s->last_copy ? accepted_again(s->state, s->last_copy, err)
				 : accepted_store(s->state, s->last, err);
	mem_renew(&s->dir, s->last_dir);
	if (kept && s->last_copy)
		note_if_dir_differs(s);
	else
		set_note(s, kept ? NULL : mem_printf(_("The schedule runs but could not be kept as accepted: %s"), err->text));
	return kept;
}

struct schedule_port run_schedule_port(struct run_schedule *s)
{
	return (struct schedule_port){ .self = s, .load = load, .back = back, .accept = accept };
}
