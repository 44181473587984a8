#include "cli/live.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/place.h"
#include "control/client.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A new schedule is read, checked and copied before the controller answers. */
enum { COMMAND_MS = 10000, RELOAD_MS = 120000 };

bool live_ask_passing(const char *state, const struct text *request, int pass, int timeout_ms, struct answer *a)
{
	char *usual = state ? NULL : place_state();
	char *path = mem_printf("%s/control.sock", state ? state : usual);
	struct err err = { "" };
	bool ok = client_ask_passing(path, request, pass, timeout_ms, a, &err);
	if (!ok)
		fprintf(stderr, "loaxa: %s\n", err.text);
	mem_free(path);
	mem_free(usual);
	return ok;
}

bool live_ask(const char *state, const struct text *request, int timeout_ms, struct answer *a)
{
	return live_ask_passing(state, request, -1, timeout_ms, a);
}

bool live_status(const char *state, int timeout_ms, struct answer *a)
{
	struct text request = { 0 };
	protocol_write_request(REQUEST_STATUS, &request);
	bool answered = live_ask(state, &request, timeout_ms, a);
	if (answered && !a->done)
		fprintf(stderr, "%s\n", a->text);
	text_free(&request);
	return answered && a->done && a->status;
}

bool live_answers(const char *state)
{
	struct text request = { 0 };
	struct answer a = { 0 };
	protocol_write_request(REQUEST_PING, &request);
	bool ok = live_ask(state, &request, COMMAND_MS, &a);
	text_free(&request);
	protocol_free_answer(&a);
	return ok;
}

char *live_user(void)
{
	const char *before_sudo = getuid() == 0 ? getenv("SUDO_USER") : NULL;
	const struct passwd *p = getpwuid(getuid());
	if (before_sudo && *before_sudo)
		return mem_dup(before_sudo);
	return p ? mem_dup(p->pw_name) : mem_printf("uid %u", (unsigned)getuid());
}

/* What an order that needs no more words has done; to what comes behind a colon. */
static const char *const deeds[VERB_COUNT] = {
	[VERB_PLAY] = N_("Goes on air"),
	[VERB_EMERGENCY] = N_("EMERGENCY goes on air"),
	[VERB_DRILL] = N_("DRILL goes on air"),
	[VERB_CANCEL] = N_("Ends; what is on air of it is heard to its end"),
	[VERB_STOP] = N_("Stopped, and what waited too"),
	[VERB_SKIP] = N_("On to the next bulletin"),
	[VERB_HOLD] = N_("Held until release; emergencies still pass"),
	[VERB_RELEASE] = N_("Airs again"),
	[VERB_OFF] = N_("Off, for emergencies too (back: loaxa on)"),
	[VERB_ON] = N_("On again"),
	[VERB_VOLUME] = N_("Volume set, until the restart"),
	[VERB_SILENCE] = N_("All is stopped and held (back: loaxa release all)"),
	[VERB_RELOAD] = N_("The new schedule runs"),
	[VERB_ROLLBACK] = N_("The earlier schedule runs"),
	[VERB_CLOCK_CONFIRM] = N_("The clock is taken as right; the schedule goes on"),
	[VERB_DUTY] = N_("On duty from now on"),
	[VERB_NOTE] = N_("Noted"),
};

static void tell_deed(const struct command *c)
{
	const char *object = c->name ? c->name : c->zones ? c->zones : c->text;
	printf("%s%s%s\n", deeds[c->verb] ? _(deeds[c->verb]) : _("Done"), object ? ": " : "", object ? object : "");
}

/* Some clusters may be off: how many are not is what somebody who warns a village must know. */
static void tell_audience(const char *state)
{
	struct answer a = { 0 };
	bool answered = live_status(state, COMMAND_MS, &a);
	struct json *status = answered ? json_parse(a.status, strlen(a.status)) : NULL;
	const struct json *zones = status ? json_get(status, "zones") : NULL;
	size_t on = 0, all = json_count(zones);
	for (size_t i = 0; i < all; i++) {
		const struct json *air = json_get(json_at(zones, i), "on_air");
		const char *level = air ? json_get_str(air, "priority") : NULL;
		on += level && !strcmp(level, level_name(LEVEL_EMERGENCY));
	}
	if (all)
		printf(_("An emergency is on air in %zu of %zu zones.\n"), on, all);
	if (status)
		json_free(&status);
	protocol_free_answer(&a);
}

int live_command(const char *state, struct command *c)
{
	struct text request = { 0 };
	struct answer a = { 0 };
	char *user = c->by ? NULL : live_user();
	c->by = c->by ? c->by : user;
	protocol_write_command(c, &request);
	bool answered = live_ask(state, &request, c->verb == VERB_RELOAD || c->verb == VERB_ROLLBACK ? RELOAD_MS : COMMAND_MS, &a);
	bool done = answered && a.done;
	if (done && !a.text[0])
		tell_deed(c);
	else if (answered)
		fprintf(done ? stdout : stderr, "%s\n", a.text);
	if (done && c->verb == VERB_EMERGENCY)
		tell_audience(state);
	protocol_free_answer(&a);
	text_free(&request);
	mem_free(user);
	return done ? EXIT_DONE : EXIT_REFUSED;
}
