/* Emergencies ask before they air only where somebody can answer: standard input is a terminal and --yes is absent.
 * A script, a button or a sensor is never asked. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct cmd cmd_emergency = { "emergency", "EMERGENCY [--yes] [--by NAME] [--state DIR]",
	N_("air a prepared emergency now"), run };

/* Typed without diacritics: there is no Vietnamese keyboard over ssh. */
#define CONFIRMATION "KHAN CAP"

/* Zones that are switched off, as one text; *on counts the others. */
static char *zones_off(const struct json *zones, size_t *on)
{
	struct text off = { 0 };
	*on = 0;
	for (size_t i = 0; i < json_count(zones); i++) {
		const struct json *z = json_at(zones, i);
		const char *reason = json_get_str(z, "off"), *title = json_get_str(z, "title");
		if (!reason)
			++*on;
		else
			text_addf(&off, "%s%s (%s)", off.n ? ", " : "", title ? title : "?", reason);
	}
	return text_take(&off);
}

static void show(const struct json *status, const char *name, const char *by)
{
	const struct json *zones = json_get(status, "zones");
	size_t on;
	char *off = zones_off(zones, &on);
	fprintf(stderr, _("LIVE EMERGENCY \"%s\": now, %zu/%zu zones switched on.\n"), name, on, json_count(zones));
	if (*off)
		fprintf(stderr, _("Not heard: %s.\n"), off);
	fprintf(stderr, _("Ordered by: %s.\nType %s to air it; Enter leaves: "), by, CONFIRMATION);
	mem_free(off);
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
		show(status, name, by);
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
	const struct option_row options[] = { { .name = "state", .text = &state },
		{ .name = "by", .text = &by },
		{ .name = "yes", .flag = &yes },
		{ 0 } };
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
