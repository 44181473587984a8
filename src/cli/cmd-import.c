/* loaxa import: recordings into the station's audio directory, from files or from a stick. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/import-name.h"
#include "cli/import-pick.h"
#include "cli/import.h"
#include "cli/options.h"
#include "cli/peek.h"
#include "cli/place.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static int run(int argc, char **argv);

const struct cmd cmd_import = { "import",
	"[FILE|DIR...] [--name NAME] [--trim] [--answers FILE] [--dir DIR] [--state DIR]",
	N_("take recordings in, from a stick or a telephone; look at loudness and silence"), run };

struct request {
	const char *name, *answers, *dir, *state;
	bool trim;
	char **files;
	int n;
	struct dialog *dialog; /* made when the first question comes */
};

static void tell(const struct import_result *r)
{
	import_print(r, stdout);
	if (r->same)
		return;
	fputs(_("  To air it, put this into a file of the schedule, or let this ask you for everything: loaxa "
		"letter\n"),
		stdout);
	import_print_section(r, stdout);
}

static bool told(bool taken, struct import_result *r, const struct err *err)
{
	if (taken)
		tell(r);
	else
		fprintf(stderr, _("Not taken in: %s\n"), err->text);
	import_result_free(r);
	return taken;
}

static bool one_file(const struct import_options *o, const char *path)
{
	struct import_result r = { 0 };
	struct err err = { "" };
	bool taken = import_file(path, o, &r, &err);
	return told(taken, &r, &err);
}

static bool one_found(const struct import_options *o, const struct import_scan *s, const struct import_scan_file *f)
{
	struct import_source source;
	struct import_result r = { 0 };
	struct err err = { "" };
	bool taken = import_scan_open(s, f, &source);
	if (taken)
		taken = import_open_file(&source, o, &r, &err);
	else
		err_set(&err,
			_("\"%s\" is no longer there — the stick was pulled, or the file moved — put it in again"),
			f->shown);
	import_scan_close(&source);
	return told(taken, &r, &err);
}

static bool pick(struct request *rq, const struct import_options *o, const struct import_scan *s)
{
	bool chosen[IMPORT_PICK_MOST], fine = true;
	struct err err = { "" };
	if (!s->good.n)
		return true;
	if (!rq->dialog && !(rq->dialog = dialog_new(rq->answers, &err))) {
		fprintf(stderr, _("Not taken in: %s\n"), err.text);
		return false;
	}
	if (import_pick_ask(rq->dialog, s, !rq->name, chosen) <= 0)
		fputs(_("Nothing was taken in.\n"), stdout);
	for (int i = 0; i < IMPORT_PICK_MOST; i++)
		if (chosen[i])
			fine = one_found(o, s, &s->good.at[i]) && fine;
	return fine;
}

static bool stick(struct request *rq, const struct import_options *o, const char *dir)
{
	struct err err = { "" };
	struct import_scan_limits limits = IMPORT_SCAN_USUAL;
	struct import_scan *s = import_scan_new(dir, &limits, &err);
	if (!s) {
		fprintf(stderr, _("Not taken in: %s\n"), err.text);
		return false;
	}
	char *shown = import_name_shown(dir);
	import_pick_print(s, shown, stdout);
	fflush(stdout);
	bool fine = pick(rq, o, s);
	mem_free(shown);
	import_scan_free(&s);
	return fine;
}

static bool sticks(struct request *rq, const struct import_options *o)
{
	struct import_sticks found;
	bool fine = true;
	import_scan_sticks("/proc/self/mountinfo", &found);
	for (size_t i = 0; i < found.n; i++)
		fine = stick(rq, o, found.at[i]) && fine;
	if (!found.n)
		fputs(_("No stick is mounted below /media, /run/media or /mnt — put it in; where nothing mounts it by "
			"itself: lsblk, "
			"then mount /dev/sda1 /mnt; or name the file: loaxa import FILE\n"),
			stderr);
	fine = fine && found.n;
	import_scan_sticks_free(&found);
	return fine;
}

static bool is_directory(const char *path)
{
	struct stat st;
	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

static int all(struct request *rq, const struct station *st)
{
	struct import_options o = { .audio_dir = st->audio_dir, .name = rq->name, .trim = rq->trim, .progress = true };
	bool fine = rq->n || sticks(rq, &o);
	for (int i = 0; i < rq->n; i++)
		fine = (is_directory(rq->files[i]) ? stick(rq, &o, rq->files[i]) : one_file(&o, rq->files[i])) && fine;
	return fine ? EXIT_DONE : EXIT_REFUSED;
}

static bool usable(const struct request *r)
{
	if (!r->name || (r->n <= 1 && import_name_is_safe(r->name)))
		return true;
	if (r->n <= 1)
		fprintf(stderr,
			_("loaxa import: --name takes small letters a-z, digits and single dashes, at most %d\n"),
			IMPORT_NAME_MOST);
	else
		fputs(_("loaxa import: --name goes with one file only\n"), stderr);
	return false;
}

static int run(int argc, char **argv)
{
	struct request r = { 0 };
	const struct option_row options[] = { { .name = "name", .text = &r.name }, { .name = "trim", .flag = &r.trim },
		{ .name = "answers", .text = &r.answers }, { .name = "dir", .text = &r.dir },
		{ .name = "state", .text = &r.state }, { 0 } };
	r.n = options_parse(argc, argv, options);
	r.files = argv + 1;
	if (r.n < 0 || !usable(&r))
		return EXIT_USAGE;
	char *state = r.state ? NULL : place_state(), *from = NULL;
	struct findings fs = { 0 };
	struct station *st = peek_station(r.dir, r.state ? r.state : state, &from, &fs);
	int code = EXIT_REFUSED;
	if (st)
		code = all(&r, st);
	else
		fprintf(stderr, _("Not taken in: the schedule in %s has errors — see: loaxa check %s\n"), from, from);
	dialog_free(&r.dialog);
	station_free(&st);
	findings_free(&fs);
	mem_free(from);
	mem_free(state);
	return code;
}
