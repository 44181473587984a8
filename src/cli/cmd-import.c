/* loaxa import: recordings into the station's audio directory. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/import-name.h"
#include "cli/import.h"
#include "cli/options.h"
#include "cli/peek.h"
#include "cli/place.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static int run(int argc, char **argv);

const struct cmd cmd_import = { "import", "FILE... [--name NAME] [--trim] [--dir DIR] [--state DIR]",
	N_("take recordings in: copy them to the audio folder, look at loudness and silence"), run };

struct request {
	const char *name, *dir, *state;
	bool trim;
	char **files;
	int n;
};

static bool one(const struct import_options *o, const char *path)
{
	struct import_result result;
	struct err err = { "" };
	if (!import_file(path, o, &result, &err)) {
		fprintf(stderr, _("Not taken in: %s\n"), err.text);
		return false;
	}
	import_print(&result, stdout);
	if (!result.same) {
		fputs(_("  To air it, put this into a file of the schedule, or let this ask you for everything: loaxa "
			"letter\n"),
			stdout);
		import_print_section(&result, stdout);
	}
	import_result_free(&result);
	return true;
}

static int all(const struct request *r, const struct station *st)
{
	struct import_options o = { .audio_dir = st->audio_dir, .name = r->name, .trim = r->trim, .progress = true };
	bool fine = true;
	for (int i = 0; i < r->n; i++)
		fine = one(&o, r->files[i]) && fine;
	return fine ? EXIT_DONE : EXIT_REFUSED;
}

static bool usable(const struct request *r)
{
	if (!r->name || (r->n == 1 && import_name_is_safe(r->name)))
		return true;
	if (r->n == 1)
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
		{ .name = "dir", .text = &r.dir }, { .name = "state", .text = &r.state }, { 0 } };
	r.n = options_parse(argc, argv, options);
	r.files = argv + 1;
	if (r.n < 1)
		return r.n < 0 ? EXIT_USAGE : options_usage(&cmd_import);
	if (!usable(&r))
		return EXIT_USAGE;
	char *state = r.state ? NULL : place_state(), *from = NULL;
	struct findings fs = { 0 };
	struct station *st = peek_station(r.dir, r.state ? r.state : state, &from, &fs);
	int code = EXIT_REFUSED;
	if (st)
		code = all(&r, st);
	else
		fprintf(stderr, _("Not taken in: the schedule in %s has errors — see: loaxa check %s\n"), from, from);
	station_free(&st);
	findings_free(&fs);
	mem_free(from);
	mem_free(state);
	return code;
}
