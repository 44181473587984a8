#include "cli/draft.h"

#include "base/i18n.h"
#include "cli/place.h"
#include "config/accepted.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Where the running schedule came from; NULL when that is not to be had. */
static char *running_dir(const char *state)
{
	char *usual = state ? NULL : place_state(), *dir = accepted_origin(state ? state : usual);
	mem_free(usual);
	return dir;
}

static void unreadable(const struct findings *fs)
{
	struct err none = { "" };
	load_complain(fs, &none);
}

bool draft_reset(struct draft *d)
{
	struct findings fs = { 0 };
	edit_free(&d->edit);
	station_free(&d->is);
	d->edit = edit_open(d->dir, &fs);
	if (!d->edit)
		unreadable(&fs);
	findings_free(&fs);
	return d->edit;
}

bool draft_open(struct draft *d, const char *dir, const char *state, const char *store)
{
	struct err err = { "" };
	*d = (struct draft){ .dir = dir ? mem_dup(dir) : running_dir(state),
		.load = { .store = store, .progress = true } };
	if (!d->dir)
		d->dir = place_station();
	d->was = load_station(d->dir, &d->load, &d->was_found, &err);
	if (d->was && draft_reset(d))
		return true;
	if (!d->was)
		load_complain(&d->was_found, &err);
	return false;
}

void draft_free(struct draft *d)
{
	edit_free(&d->edit);
	station_free(&d->was);
	station_free(&d->is);
	findings_free(&d->was_found);
	mem_free(d->dir);
	*d = (struct draft){ 0 };
}

bool draft_can_write(const struct draft *d, struct err *err)
{
	const char *const places[] = { d->dir, d->was->audio_dir };
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (faccessat(AT_FDCWD, places[i], W_OK, AT_EACCESS))
			return err_set(err,
				_("%s cannot be written by this user: %s — nothing was asked, nothing was done — ask "
				  "the technician "
				  "for the right, or give the command as the station's user"),
				places[i], strerror(errno));
	return true;
}

/* The first argument says of what; the others how often and when, which changes with every line. */
static bool is_known(const struct findings *known, const struct finding *f)
{
	for (size_t i = 0; i < known->list.n; i++) {
		const struct finding *k = &known->list.at[i];
		const char *a = k->args[0], *b = f->args[0];
		if (!strcmp(k->code, f->code) && (a == b || (a && b && !strcmp(a, b))))
			return true;
	}
	return false;
}

static void copy_finding(struct findings *to, const struct finding *f)
{
	finding_add(to, f->severity, f->code, (struct place){ f->file, f->line }, f->pattern, f->args[0], f->args[1],
		f->args[2], f->args[3], f->args[4], f->args[5], f->args[6], f->args[7], NULL);
}

bool draft_check(struct draft *d, struct findings *fresh, struct err *err)
{
	struct sources files = { 0 };
	struct findings found = { 0 };
	struct load_options load = d->load;
	edit_sources(d->edit, &files);
	load.files = &files;
	station_free(&d->is);
	d->is = load_station(d->dir, &load, &found, err);
	for (size_t i = 0; i < found.list.n; i++)
		if (!is_known(&d->was_found, &found.list.at[i]))
			copy_finding(fresh, &found.list.at[i]);
	findings_free(&found);
	source_free(&files);
	return d->is;
}

void draft_names(const struct draft *d, struct text *out)
{
	struct sources was = { 0 }, is = { 0 };
	struct findings fs = { 0 };
	source_read_dir(d->dir, &was, &fs);
	edit_sources(d->edit, &is);
	for (size_t i = 0; i < is.list.n; i++) {
		const struct source *s = &is.list.at[i];
		bool same = false;
		for (size_t w = 0; w < was.list.n; w++)
			same |= !strcmp(was.list.at[w].name, s->name) && was.list.at[w].n == s->n &&
				was.list.at[w].bytes && !memcmp(was.list.at[w].bytes, s->bytes, s->n);
		if (!same)
			text_addf(out, "%s%s", out->n ? ", " : "", s->name);
	}
	findings_free(&fs);
	source_free(&was);
	source_free(&is);
}
