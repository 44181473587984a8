/* Back to a schedule that was accepted before.  Its recordings are prepared here first, as for a reload. */
#include "base/i18n.h"
#include "base/json.h"
#include "cli/apply.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/load.h"
#include "cli/options.h"
#include "cli/place.h"
#include "config/accepted.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct cmd cmd_rollback = { "rollback",
	"[--to N] [--yes] [--store DIR] [--by NAME] [--state DIR] | --list [--json] [--state DIR]",
	N_("back to the schedule that ran before, or an older one"), run };

#define COPY_MOST 999999

static void print_json(const struct accepted_copy *c, const struct tz *tz, bool running)
{
	struct text line = { 0 };
	char when[RFC3339_BYTES];
	tz_rfc3339(tz, (wall_us){ c->at_s * US_PER_S }, when);
	json_open(&line, NULL, '{');
	json_int(&line, "copy", c->number);
	json_str(&line, "accepted", when);
	json_str(&line, "dir", c->dir);
	json_str(&line, "digest", c->digest);
	json_bool(&line, "running", running);
	json_close(&line, '}');
	puts(text_str(&line));
	text_free(&line);
}

static void print_line(const struct accepted_copy *c, const struct tz *tz, bool running)
{
	char time[VALUE_BYTES], date[VALUE_BYTES];
	struct local at = tz_local(tz, (wall_us){ c->at_s * US_PER_S });
	value_print_time(at.ms, time);
	value_print_date(at.day, date);
	printf(_("%6d  accepted at %s on %s, from %s"), c->number, time, date, c->dir);
	puts(running ? _("  ← runs") : "");
}

static int list(const struct apply *a, const char *state, bool json)
{
	struct accepted_copies copies = accepted_copies(state);
	struct station *running = apply_running(a);
	struct tz *utc = tz_fixed(0);
	for (size_t i = 0; i < copies.n; i++)
		(json ? print_json : print_line)(&copies.at[i], running ? running->tz : utc, i == 0);
	if (!copies.n)
		fprintf(stderr, _("There is no accepted schedule in %s.\n"), state);
	int code = copies.n ? EXIT_DONE : EXIT_REFUSED;
	tz_free(&utc);
	station_free(&running);
	accepted_copies_free(&copies);
	return code;
}

/* Nothing is checked anew: it was when it was accepted, and what is missing since fails only its own airings. */
static bool show(const char *copy, const struct apply *a, char digest[65])
{
	struct findings fs = { 0 };
	struct err err = { "" };
	struct station *st = load_station(
		copy, &(struct load_options){ .store = a->store, .accepted = true, .progress = true }, &fs, &err);
	bool good = st && !*err.text;
	if (good) {
		memcpy(digest, st->digest, sizeof st->digest);
		good = apply_agreed(a, st);
	} else {
		load_complain(&fs, &err);
	}
	station_free(&st);
	findings_free(&fs);
	return good;
}

static int go_back(const char *state, const struct apply *a, int number, const char *by)
{
	char digest[65] = "";
	int code = EXIT_REFUSED;
	char *copy = accepted_back(state, number);
	if (!copy) {
		fprintf(stderr, "%s\n", _("there is no such earlier schedule — see: loaxa rollback --list"));
	} else if (live_answers(a->state) && show(copy, a, digest)) {
		struct command c = { .verb = VERB_ROLLBACK,
			.copy = atoi(strrchr(copy, '/') + 1),
			.digest = digest,
			.by = by,
			.uid = -1,
			.level = LEVEL_COUNT };
		code = live_command(a->state, &c);
	}
	if (code == EXIT_DONE)
		puts(_("The files in the station's folder are as they were: correct them before the next reload. To undo "
		       "this: loaxa rollback"));
	mem_free(copy);
	return code;
}

static int run(int argc, char **argv)
{
	struct apply a = { 0 };
	const char *by = NULL, *to = NULL;
	bool lists = false, json = false;
	int64_t number = 0;
	const struct option_row options[] = { { .name = "state", .text = &a.state }, { .name = "by", .text = &by },
		{ .name = "store", .text = &a.store }, { .name = "to", .text = &to }, { .name = "yes", .flag = &a.yes },
		{ .name = "list", .flag = &lists }, { .name = "json", .flag = &json }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n != 0 || (json && !lists) || (lists && (to || a.yes)))
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_rollback);
	if (to && !value_number(to, 1, COPY_MOST, &number)) {
		fprintf(stderr, _("loaxa rollback: \"%s\" is no number of a copy — see: loaxa rollback --list\n"), to);
		return EXIT_USAGE;
	}
	char *usual = a.state ? NULL : place_state();
	const char *state = a.state ? a.state : usual;
	int code = lists ? list(&a, state, json) : go_back(state, &a, (int)number, by);
	mem_free(usual);
	return code;
}
