#include "sound/library.h"

#include "base/i18n.h"
#include "sound/library-inside.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct store_form form_of(const struct output *o)
{
	return (struct store_form){ o->rate, o->high_pass };
}

static void find_forms(struct library *l, const struct station *st)
{
	for (size_t i = 0; i < st->outputs.n && i < OUTPUTS_MAX; i++) {
		bool new = true;
		for (int k = 0; k < l->forms_n; k++)
			new = new && !store_form_same(l->forms[k], form_of(&st->outputs.at[i]));
		if (new)
			l->forms[l->forms_n++] = form_of(&st->outputs.at[i]);
	}
	if (!l->forms_n)
		l->forms[l->forms_n++] = STORE_PLAIN(48000);
}

static struct library_file *file_named(struct library *l, const char *name)
{
	for (size_t i = 0; i < l->files.n; i++)
		if (!strcmp(l->files.at[i].name, name))
			return &l->files.at[i];
	return NULL;
}

/* What the store knows about a file that has not changed since. */
static void ask_store(struct library *l, struct library_file *f)
{
	struct stat st;
	if (stat(f->path, &st) || !store_seen(l->store, &st, f->sha256))
		return;
	if (store_bad(l->store, f->sha256, &f->why)) {
		f->state = RECORDING_CORRUPT;
		return;
	}
	for (int i = 0; i < l->forms_n; i++)
		if (!store_facts(l->store, f->sha256, l->forms[i], &f->facts[i]))
			return;
	f->state = RECORDING_READY;
}

static void add_file(struct library *l, const struct station *st, const char *name)
{
	struct library_file f = { .name = name };
	f.path = library_path(st->audio_dir, name, &f.why);
	if (!f.path)
		f.state = f.why.code == WHY_NOT_FOUND ? RECORDING_MISSING : RECORDING_CORRUPT;
	else
		ask_store(l, &f);
	vec_push(&l->files, f);
}

static void find_files(struct library *l, const struct station *st)
{
	for (size_t b = 0; b < st->bulletins.n; b++)
		for (size_t i = 0; i < st->bulletins.at[b].audio.n; i++) {
			const char *name = st->bulletins.at[b].audio.at[i].file;
			if (!file_named(l, name))
				add_file(l, st, name);
		}
}

static void say_summary(const struct library *l, size_t fresh)
{
	size_t ready = 0;
	for (size_t i = 0; i < l->files.n; i++)
		ready += l->files.at[i].state == RECORDING_READY;
	fprintf(stderr, _("sound: %zu recordings prepared; %zu of %zu ready\n"), fresh, ready, l->files.n);
}

static bool prepare_the_rest(struct library *l, struct err *err)
{
	VEC(size_t) lacking = { 0 };
	for (size_t i = 0; i < l->files.n; i++)
		if (l->files.at[i].state == RECORDING_UNKNOWN)
			vec_push(&lacking, i);
	if (lacking.n && !l->options->prepare_program) {
		err_set(err,
			_("%zu recordings are not prepared in %s (the first: %s), and a station on air does not wait "
			  "for "
			  "that — prepare them: loaxa check DIR --store %s — then reload again"),
			lacking.n, l->options->store, l->files.at[lacking.at[0]].name, l->options->store);
		vec_free(&lacking);
		return false;
	}
	bool fine = !lacking.n || library_prepare(l, lacking.at, lacking.n, err);
	if (fine && lacking.n && l->options->progress && (l->options->plain || !isatty(STDERR_FILENO)))
		say_summary(l, lacking.n);
	vec_free(&lacking);
	return fine;
}

static int64_t ms_up(int64_t frames, int rate)
{
	return (frames * 1000 + rate - 1) / rate;
}

static void fill_lengths(
	const struct library *l, const struct station *st, const struct library_file *f, struct recording *r)
{
	for (int k = 0; k < l->forms_n; k++) {
		int64_t ms = ms_up(f->facts[k].frames, l->forms[k].rate);
		r->ms = ms > r->ms ? ms : r->ms;
		r->limited = r->limited || f->facts[k].limited;
		for (size_t o = 0; o < OUTPUTS_MAX; o++)
			if (o < st->outputs.n ? store_form_same(form_of(&st->outputs.at[o]), l->forms[k])
					      : o == 0 && !st->outputs.n)
				r->frames[o] = f->facts[k].frames;
	}
}

static void fill_recording(const struct library *l, const struct station *st, struct recording *r)
{
	const struct library_file *f = file_named((struct library *)l, r->file);
	mem_free(r->why);
	*r = (struct recording){ .file = r->file, .bound = r->bound, .place = r->place, .state = f->state };
	memcpy(r->sha256, f->sha256, sizeof r->sha256);
	if (f->state == RECORDING_READY)
		fill_lengths(l, st, f, r);
	else if (f->state == RECORDING_MISSING)
		r->why = library_nearest(st->audio_dir, r->file);
	else
		r->why = why_text(&f->why, r->file);
}

static void fill_all(const struct library *l, struct station *st)
{
	for (size_t b = 0; b < st->bulletins.n; b++) {
		struct bulletin *at = &st->bulletins.at[b];
		for (size_t i = 0; i < at->audio.n; i++)
			fill_recording(l, st, &at->audio.at[i]);
	}
}

/* Known whatever becomes of the recordings. */
static void fill_texts(struct station *st)
{
	for (size_t b = 0; b < st->bulletins.n; b++)
		if (st->bulletins.at[b].text)
			library_text(st->audio_dir, st->bulletins.at[b].text, st->bulletins.at[b].text_sha256);
}

static void use_all(struct library *l)
{
	for (size_t i = 0; i < l->files.n; i++)
		for (int k = 0; k < l->forms_n && l->files.at[i].state == RECORDING_READY; k++)
			store_use(l->store, l->files.at[i].sha256, l->forms[k]);
}

bool library_fill(struct station *st, const struct library_options *options, struct err *err)
{
	struct library l = { .store = store_open(options->store, true), .options = options };
	fill_texts(st);
	find_forms(&l, st);
	find_files(&l, st);
	use_all(&l);
	bool fine = prepare_the_rest(&l, err);
	if (fine) {
		fill_all(&l, st);
		use_all(&l);
		if (l.done)
			store_trim(l.store, STORE_LIMIT_BYTES);
	}
	for (size_t i = 0; i < l.files.n; i++)
		mem_free(l.files.at[i].path);
	vec_free(&l.files);
	store_free(&l.store);
	return fine;
}

static void recall(struct store *store, const struct station *st, struct recording *r)
{
	struct store_facts facts[OUTPUTS_MAX];
	for (size_t o = 0; o < st->outputs.n; o++)
		if (!*r->sha256 || !store_facts(store, r->sha256, form_of(&st->outputs.at[o]), &facts[o]))
			return;
	for (size_t o = 0; o < st->outputs.n; o++) {
		int64_t ms = ms_up(facts[o].frames, st->outputs.at[o].rate);
		r->frames[o] = facts[o].frames;
		r->ms = ms > r->ms ? ms : r->ms;
		r->limited = r->limited || facts[o].limited;
		r->state = RECORDING_READY;
	}
}

void library_recall(struct station *st, const char *dir)
{
	struct store *store = store_open(dir, false);
	for (size_t b = 0; b < st->bulletins.n; b++)
		for (size_t i = 0; i < st->bulletins.at[b].audio.n; i++)
			recall(store, st, &st->bulletins.at[b].audio.at[i]);
	store_free(&store);
}

void library_use(const struct station *st, const char *dir)
{
	struct store *store = store_open(dir, true);
	for (size_t b = 0; b < st->bulletins.n; b++)
		for (size_t i = 0; i < st->bulletins.at[b].audio.n; i++)
			for (size_t o = 0; o < st->outputs.n; o++)
				store_use(store, st->bulletins.at[b].audio.at[i].sha256, form_of(&st->outputs.at[o]));
	store_free(&store);
}
