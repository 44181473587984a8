/* A new schedule is read, checked and its recordings prepared here first, with every finding on this screen: preparing
 * takes minutes, and the controller, which then does it all again for itself, must not be kept from the air. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/apply.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/load.h"
#include "cli/options.h"
#include "cli/place.h"
#include "config/accepted.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct cmd cmd_reload = { "reload", "[DIR] [--yes] [--store DIR] [--by NAME] [--state DIR]",
	N_("take a changed schedule: shows what it changes, then asks"), run };

/* Where the running schedule came from; NULL when the state directory does not tell us. */
static char *running_dir(const char *state)
{
	char *usual = state ? NULL : place_state(), *dir = accepted_origin(state ? state : usual);
	mem_free(usual);
	return dir;
}

/* digest: of what was checked and shown. */
static bool check(const char *dir, const struct apply *a, char digest[65])
{
	struct findings fs = { 0 };
	struct err err = { "" };
	struct station *st = load_station(dir, &(struct load_options){ .store = a->store, .progress = true }, &fs, &err);
	bool good = st;
	if (!good) {
		load_complain(&fs, &err);
		fprintf(stderr, "%s\n", _("The new schedule was NOT applied; the running one is untouched."));
	} else if (fs.warnings) {
		char *summary = load_summary(&fs);
		fprintf(stderr, "%s: %s — loaxa check %s\n", dir, summary, dir);
		mem_free(summary);
	}
	if (good) {
		memcpy(digest, st->digest, sizeof st->digest);
		good = apply_agreed(a, st);
	}
	station_free(&st);
	findings_free(&fs);
	return good;
}

static int run(int argc, char **argv)
{
	struct apply a = { 0 };
	const char *by = NULL;
	char digest[65] = "";
	const struct option_row options[] = { { .name = "state", .text = &a.state }, { .name = "by", .text = &by },
		{ .name = "store", .text = &a.store }, { .name = "yes", .flag = &a.yes }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 0 || n > 1)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_reload);
	/* The controller has another working directory. */
	char *named = n ? realpath(argv[1], NULL) : NULL;
	if (n && !named) {
		fprintf(stderr, _("loaxa reload: there is no directory %s\n"), argv[1]);
		return EXIT_USAGE;
	}
	char *running = named ? NULL : running_dir(a.state);
	const char *dir = named ? named : running;
	struct command c = { .verb = VERB_RELOAD, .dir = named, .by = by, .uid = -1, .level = LEVEL_COUNT };
	int code = EXIT_REFUSED;
	if (live_answers(a.state) && (!dir || check(dir, &a, digest))) {
		c.digest = *digest ? digest : NULL;
		code = live_command(a.state, &c);
	}
	mem_free(running);
	free(named);
	return code;
}
