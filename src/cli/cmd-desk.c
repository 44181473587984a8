/* loaxa, and nothing more: the desk. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/desk.h"
#include "cli/letters.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/screen.h"

#include <stdio.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct cmd cmd_desk = { "desk", "[--json] [--state DIR] [--store DIR]",
	N_("what loaxa alone shows: on air, next, to do before the next session"), run };

static int run(int argc, char **argv)
{
	const char *state = NULL, *store = NULL;
	bool json = false;
	const struct option_row options[] = { { .name = "state", .text = &state }, { .name = "store", .text = &store },
		{ .name = "json", .flag = &json }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_desk);
	char *usual = state ? NULL : place_state();
	struct desk_look d;
	struct text out = { 0 };
	desk_look(&d, state ? state : usual, store);
	if (json)
		desk_json(&d, &out);
	else
		desk_view(&d, screen_columns(STDOUT_FILENO), letters_plain() ? 0 : screen_rows(STDOUT_FILENO),
			letters_colour(STDOUT_FILENO), &out);
	fputs(text_str(&out), stdout);
	if (json)
		puts("");
	int code = d.todos.list.n ? EXIT_REFUSED : EXIT_DONE;
	text_free(&out);
	desk_look_free(&d);
	mem_free(usual);
	return code;
}
