#include "cli/live.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/place.h"
#include "control/client.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
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
		printf(_("done: %s %s\n"), verb_name(c->verb), c->name ? c->name : c->zones ? c->zones : c->text ? c->text : "");
	else if (answered)
		fprintf(done ? stdout : stderr, "%s\n", a.text);
	protocol_free_answer(&a);
	text_free(&request);
	mem_free(user);
	return done ? EXIT_DONE : EXIT_REFUSED;
}
