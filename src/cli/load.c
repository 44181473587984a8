#include "cli/load.h"

#include "base/i18n.h"
#include "base/json.h"
#include "cli/language.h"
#include "cli/letters.h"
#include "cli/place.h"
#include "config/config.h"
#include "os/tzfile.h"
#include "schedule/check.h"
#include "sound/library.h"
#include "sound/why.h"

static void *read_zone(void *self, const char *zone, size_t *bytes)
{
	(void)self;
	return tzfile_read(zone, bytes);
}

static bool fill(struct station *st, const struct load_options *options, struct err *err)
{
	char *store = options->store ? mem_dup(options->store) : place_store();
	char *program = place_program("loaxa-prepare");
	struct library_options library = {
		.store = store,
		.prepare_program = options->prepared ? NULL : program,
		.progress = options->progress,
		.plain = letters_plain()
	};
	bool ok = library_fill(st, &library, err);
	mem_free(program);
	mem_free(store);
	return ok;
}

/* A text is for reading along and for the record: without it the sound still goes on air. */
static void check_texts(const struct station *st, struct findings *fs)
{
	for (size_t i = 0; i < st->bulletins.n; i++) {
		const struct bulletin *b = &st->bulletins.at[i];
		struct why_facts why;
		char *path = b->text ? library_path(st->audio_dir, b->text, &why) : NULL;
		if (b->text && !path)
			finding_add(fs, FINDING_WARNING, "text-missing", b->place,
				N_("the text \"{1}\" of bulletin \"{2}\" is not in the audio folder — nobody "
				   "can read "
				   "along or prove later what was said — copy it there or correct its name."),
				b->text, b->name, NULL);
		mem_free(path);
	}
}

static void check(const struct station *st, struct findings *fs)
{
	schedule_check(st, fs);
	check_texts(st, fs);
}

struct station *load_station(const char *dir, const struct load_options *options, struct findings *fs, struct err *err)
{
	static const struct config_env env = { .tzif = read_zone };
	size_t before = fs->errors;
	const struct sources *files = options->files;
	struct station *st = files ? config_build(dir, files->list.at, files->list.n, &env, fs)
				   : config_load(dir, &env, fs);
	if (st) {
		language_station(st->language);
		bool known = fill(st, options, err);
		if (known && !options->accepted)
			check(st, fs);
		if (!options->accepted && (!known || fs->errors > before))
			station_free(&st);
	}
	findings_sort(fs);
	return st;
}

static void print_json(const struct finding *f, const char *message, FILE *out)
{
	struct text line = { 0 };
	json_open(&line, NULL, '{');
	json_str(&line, "file", f->file);
	json_int(&line, "line", f->line);
	json_str(&line, "severity", f->severity == FINDING_ERROR ? "error" : "warning");
	json_str(&line, "code", f->code);
	json_str(&line, "message", message);
	json_close(&line, '}');
	fprintf(out, "%s\n", text_str(&line));
	text_free(&line);
}

/* Messages quote the files, and a file may hold what would repaint the terminal. */
static void add_printable(struct text *t, const char *s)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		bool c1 = c == 0xC2 && (unsigned char)s[1] < 0xA0;
		if (c < ' ' || c == 0x7F)
			text_addf(t, "\\x%02x", c);
		else if (c1)
			text_addf(t, "\\x%02x", (unsigned char)*++s);
		else
			text_add_n(t, s, 1);
	}
}

static void print_line(const struct finding *f, const char *message, FILE *out)
{
	struct text line = { 0 };
	add_printable(&line, f->file ? f->file : "");
	if (f->file && f->line)
		text_addf(&line, ":%d", f->line);
	text_addf(&line, "%s%s: ", f->file ? ": " : "", f->severity == FINDING_ERROR ? _("error") : _("warning"));
	add_printable(&line, message);
	fprintf(out, "%s\n", text_str(&line));
	text_free(&line);
}

void load_print_findings(const struct findings *fs, bool json, FILE *out)
{
	for (size_t i = 0; i < fs->list.n; i++) {
		const struct finding *f = &fs->list.at[i];
		char *message = finding_text(f, _(f->pattern));
		(json ? print_json : print_line)(f, message, out);
		mem_free(message);
	}
}

char *load_summary(const struct findings *fs)
{
	struct text t = { 0 };
	text_addf(&t, ngettext("%zu error", "%zu errors", fs->errors), fs->errors);
	text_add(&t, ", ");
	text_addf(&t, ngettext("%zu warning", "%zu warnings", fs->warnings), fs->warnings);
	return text_take(&t);
}

void load_complain(const struct findings *fs, const struct err *err)
{
	load_print_findings(fs, false, stderr);
	char *summary = load_summary(fs);
	if (fs->errors)
		fprintf(stderr, _("The schedule is refused: %s — correct the lines named, then: loaxa check\n"),
			summary);
	if (*err->text)
		fprintf(stderr, "%s\n", err->text);
	mem_free(summary);
}
