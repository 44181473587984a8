/* Emergencies ask before they air only where somebody can answer: standard input is a terminal and --yes is absent.
 * A script, a button or a sensor is never asked. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/emergency-with.h"
#include "cli/live.h"
#include "cli/options.h"
#include "cli/place.h"
#include "config/accepted.h"
#include "config/config.h"
#include "os/tzfile.h"
#include "sound/library.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct cmd cmd_emergency = { "emergency",
	"EMERGENCY [--with FILE [--now]] [--ordered-by NAME] [--yes] [--store DIR] [--by NAME] [--state DIR]",
	N_("air a prepared emergency now"), run };

/* Typed without diacritics: there is no Vietnamese keyboard over ssh. */
#define CONFIRMATION "KHAN CAP"

static void *read_zone(void *self, const char *zone, size_t *bytes)
{
	(void)self;
	return tzfile_read(zone, bytes);
}

/* The schedule that is running, without a look at its recordings; NULL when it cannot be read from here. */
static struct station *running_station(const char *state)
{
	static const struct config_env env = { .tzif = read_zone };
	char *usual = state ? NULL : place_state();
	char *copy = accepted_load_dir(state ? state : usual);
	struct findings fs = { 0 };
	struct station *st = copy ? config_load(copy, &env, &fs) : NULL;
	findings_free(&fs);
	mem_free(copy);
	mem_free(usual);
	return st;
}

/* Is the i-th zone of the status object one of the rule's?  Without a rule every zone is. */
static bool is_meant(const struct station *st, const struct rule *rule, const char *zone)
{
	int z = st && zone ? station_zone(st, zone) : -1;
	return !rule || z < 0 || rule->zones >> z & 1;
}

struct audience {
	size_t on, all;
	struct text off; /* "Cụm loa 4 (hỏng)" … */
};

static struct audience audience(const struct json *zones, const struct station *st, const struct rule *rule)
{
	struct audience a = { 0 };
	for (size_t i = 0; i < json_count(zones); i++) {
		const struct json *z = json_at(zones, i);
		const char *reason = json_get_str(z, "off"), *title = json_get_str(z, "title");
		if (!is_meant(st, rule, json_get_str(z, "zone")))
			continue;
		a.all++;
		a.on += !reason;
		if (reason)
			text_addf(&a.off, "%s%s (%s)", a.off.n ? ", " : "", title ? title : "?",
				*reason ? reason : _("off"));
	}
	return a;
}

static const char *in_words(int64_t ms, char out[32])
{
	if (ms % 3600000 == 0)
		snprintf(out, 32, _("%d h"), (int)(ms / 3600000));
	else if (ms % 60000 == 0)
		snprintf(out, 32, _("%d min"), (int)(ms / 60000));
	else
		snprintf(out, 32, _("%d s"), (int)(ms / 1000));
	return out;
}

static void print_pattern(const struct rule *rule)
{
	char every[32];
	fprintf(stderr, _(", volume %d%%"), rule->volume);
	in_words(rule->first_every_ms, every);
	if (rule->first_repeats)
		fprintf(stderr, _(", %d more times %s apart"), rule->first_repeats, every);
	in_words(rule->then_every_ms, every);
	if (rule->then_every_ms)
		fprintf(stderr, _(", then every %s until cancelled"), every);
}

struct wanted {
	const char *state, *name, *by, *ordered_by;
	const struct recording *with; /* NULL = its own text */
	bool now;
};

static bool is_active(const struct json *status, const char *rule)
{
	const struct json *all = json_get(status, "emergencies");
	for (size_t i = 0; i < json_count(all); i++) {
		const char *name = json_get_str(json_at(all, i), "rule");
		if (name && !strcmp(name, rule))
			return true;
	}
	return false;
}

static void show_text(const struct json *status, const struct wanted *w)
{
	if (!w->with)
		return;
	fprintf(stderr, _("Its text: \"%s\" (%d:%02d)"), w->with->file, (int)(w->with->ms / 60000),
		(int)(w->with->ms / 1000 % 60));
	if (is_active(status, w->name))
		fputs(w->now ? _(", at once, instead of what is on air of it") : _(", from its next repeat on"),
			stderr);
	fputs(".\n", stderr);
}

static void show(const struct json *status, const struct wanted *w)
{
	struct station *st = running_station(w->state);
	int i = st ? station_rule(st, w->name) : -1;
	const struct rule *rule = i >= 0 && st->rules.at[i].kind == RULE_EMERGENCY ? &st->rules.at[i] : NULL;
	struct audience a = audience(json_get(status, "zones"), st, rule);
	const char *title = rule && rule->play.n ? st->bulletins.at[rule->play.at[0].bulletin].title : w->name;
	fprintf(stderr, _("LIVE EMERGENCY \"%s\": right now, %zu/%zu zones"), title, a.on, a.all);
	if (rule)
		print_pattern(rule);
	fputs(".\n", stderr);
	show_text(status, w);
	if (a.off.n)
		fprintf(stderr, _("Not heard: %s.\n"), text_str(&a.off));
	fprintf(stderr, _("Ordered by: %s.\nType %s to air it; Enter leaves: "), w->ordered_by ? w->ordered_by : w->by,
		CONFIRMATION);
	text_free(&a.off);
	station_free(&st);
}

static bool typed(void)
{
	char line[64];
	if (!fgets(line, sizeof line, stdin))
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	return !strcmp(line, CONFIRMATION);
}

/* false: do not air; the reason has been said. */
static bool confirm(const struct wanted *w)
{
	struct text request = { 0 };
	struct answer a = { 0 };
	protocol_write_request(REQUEST_STATUS, &request);
	bool answered = live_ask(w->state, &request, 5000, &a);
	struct json *status = answered && a.status ? json_parse(a.status, strlen(a.status)) : NULL;
	if (status)
		show(status, w);
	bool yes = status && typed();
	if (status && !yes)
		fprintf(stderr, "%s\n", _("Nothing was aired."));
	if (status)
		json_free(&status);
	protocol_free_answer(&a);
	text_free(&request);
	return yes;
}

/* false: the reason has been said. */
static bool prepare(const char *state, const char *file, const char *store, struct recording *out)
{
	struct station *st = running_station(state);
	struct err err = { "" };
	bool good = st ? emergency_with(st, file, store, out, &err)
		       : err_set(&err,
				 _("the schedule that is running cannot be read from here — give the command as the "
				   "station's user"));
	if (!good)
		fprintf(stderr, "%s\n%s\n", err.text, _("Nothing was aired."));
	station_free(&st);
	return good;
}

static int command(const struct wanted *w, bool ask)
{
	struct command c = { .verb = VERB_EMERGENCY,
		.name = w->name,
		.by = w->by,
		.ordered_by = w->ordered_by,
		.uid = -1,
		.level = LEVEL_COUNT,
		.pcm = -1,
		.now = w->now };
	if (w->with) {
		c.file = w->with->file;
		c.sound = w->with->sha256;
	}
	return !ask || confirm(w) ? live_command(w->state, &c) : EXIT_REFUSED;
}

static int run(int argc, char **argv)
{
	const char *file = NULL, *store = NULL, *by = NULL;
	struct wanted w = { 0 };
	bool yes = false;
	const struct option_row options[] = { { .name = "state", .text = &w.state }, { .name = "by", .text = &by },
		{ .name = "ordered-by", .text = &w.ordered_by }, { .name = "with", .text = &file }, { .name = "store", .text = &store },
		{ .name = "now", .flag = &w.now }, { .name = "yes", .flag = &yes }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n != 1 || (w.now && !file))
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_emergency);
	struct recording recording = { 0 };
	char *user = by ? mem_dup(by) : live_user();
	int code = EXIT_REFUSED;
	w.name = argv[1];
	w.by = user;
	if (!file || (live_answers(w.state) && prepare(w.state, file, store, &recording))) {
		w.with = file ? &recording : NULL;
		code = command(&w, !yes && isatty(STDIN_FILENO));
	}
	library_one_free(&recording);
	mem_free(user);
	return code;
}
