#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/idle.h"
#include "cli/live.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/screen.h"
#include "cli/status-view.h"
#include "cli/watch.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define IDLE_LOOK_MS 2000

static int run(int argc, char **argv);

const struct cmd cmd_status = { "status", "[--json | --watch | --wait-idle] [--state DIR]",
	N_("what is on air, what waits, what comes"), run };

static void print(const char *object)
{
	struct json *status = json_parse(object, strlen(object));
	struct text out = { 0 };
	if (status)
		status_view(status, screen_columns(STDOUT_FILENO), &out);
	fputs(text_str(&out), stdout);
	text_free(&out);
	if (status)
		json_free(&status);
}

/* Until nobody would hear it if the controller were started anew. */
static int wait_idle(const char *state)
{
	bool answered = true;
	int64_t ms = 0;
	while (answered && ms < IDLE_ENOUGH_MS) {
		struct answer a = { 0 };
		answered = live_status(state, 5000, &a);
		struct json *status = answered ? json_parse(a.status, strlen(a.status)) : NULL;
		ms = status ? idle_ms(status) : 0;
		if (status)
			json_free(&status);
		protocol_free_answer(&a);
		if (answered && ms < IDLE_ENOUGH_MS)
			poll(NULL, 0, IDLE_LOOK_MS);
	}
	return answered ? EXIT_DONE : EXIT_REFUSED;
}

static int follow(const char *state)
{
	char *usual = state ? NULL : place_state();
	char *path = mem_printf("%s/control.sock", state ? state : usual);
	int code = watch_run(path);
	mem_free(path);
	mem_free(usual);
	return code;
}

static int run(int argc, char **argv)
{
	const char *state = NULL;
	bool json = false, idle = false, watch = false;
	const struct option_row options[] = { { .name = "state", .text = &state }, { .name = "json", .flag = &json },
		{ .name = "wait-idle", .flag = &idle }, { .name = "watch", .flag = &watch }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n || (json && watch))
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_status);
	if (idle)
		return wait_idle(state);
	if (watch)
		return follow(state);
	struct answer a = { 0 };
	bool ok = live_status(state, 5000, &a);
	if (ok && json)
		puts(a.status);
	else if (ok)
		print(a.status);
	protocol_free_answer(&a);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}
