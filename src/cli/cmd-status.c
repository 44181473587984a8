#include "base/i18n.h"
#include "base/json.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/options.h"
#include "cli/screen.h"
#include "cli/status-view.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct cmd cmd_status = { "status", "[--json] [--state DIR]", N_("what is on air, what waits, what comes"), run };

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

static int run(int argc, char **argv)
{
	const char *state = NULL;
	bool json = false;
	const struct option_row options[] = { { .name = "state", .text = &state }, { .name = "json", .flag = &json },
		{ 0 } };
	int n = options_parse(argc, argv, options);
	if (n)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_status);
	struct text request = { 0 };
	struct answer a = { 0 };
	protocol_write_request(REQUEST_STATUS, &request);
	bool ok = live_ask(state, &request, 5000, &a) && a.done && a.status;
	if (ok && json)
		puts(a.status);
	else if (ok)
		print(a.status);
	text_free(&request);
	protocol_free_answer(&a);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}
