/* Emergencies ask before they air only where somebody can answer: standard input is a terminal and --yes is absent.
 * A script, a button or a sensor is never asked. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/options.h"
#include "cli/place.h"
#include "config/accepted.h"
#include "config/config.h"
#include "os/tzfile.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct cmd cmd_emergency = { "emergency", "EMERGENCY [--yes] [--by NAME] [--state DIR]",
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

static void show(const struct json *status, const char *state, const char *name, const char *by)
{
	struct station *st = running_station(state);
	int i = st ? station_rule(st, name) : -1;
	const struct rule *rule = i >= 0 && st->rules.at[i].kind == RULE_EMERGENCY ? &st->rules.at[i] : NULL;
	struct audience a = audience(json_get(status, "zones"), st, rule);
	const char *title = rule && rule->play.n ? st->bulletins.at[rule->play.at[0].bulletin].title : name;
	fprintf(stderr, _("LIVE EMERGENCY \"%s\": right now, %zu/%zu zones"), title, a.on, a.all);
	if (rule)
		print_pattern(rule);
	fputs(".\n", stderr);
	if (a.off.n)
		fprintf(stderr, _("Not heard: %s.\n"), text_str(&a.off));
	fprintf(stderr, _("Ordered by: %s.\nType %s to air it; Enter leaves: "), by, CONFIRMATION);
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
static bool confirm(const char *state, const char *name, const char *by)
{
	struct text request = { 0 };
	struct answer a = { 0 };
	protocol_write_request(REQUEST_STATUS, &request);
	bool answered = live_ask(state, &request, 5000, &a);
	struct json *status = answered && a.status ? json_parse(a.status, strlen(a.status)) : NULL;
	if (status)
		show(status, state, name, by);
	bool yes = status && typed();
	if (status && !yes)
		fprintf(stderr, "%s\n", _("Nothing was aired."));
	if (status)
		json_free(&status);
	protocol_free_answer(&a);
	text_free(&request);
	return yes;
}

static int run(int argc, char **argv)
{
	const char *state = NULL, *by = NULL;
	bool yes = false;
	const struct option_row options[] = { { .name = "state", .text = &state }, { .name = "by", .text = &by },
		{ .name = "yes", .flag = &yes }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n != 1)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_emergency);
	char *user = by ? mem_dup(by) : live_user();
	struct command c = { .verb = VERB_EMERGENCY, .name = argv[1], .by = user, .uid = -1, .level = LEVEL_COUNT };
	int code = EXIT_REFUSED;
	if (yes || !isatty(STDIN_FILENO) || confirm(state, argv[1], user))
		code = live_command(state, &c);
	mem_free(user);
	return code;
}
