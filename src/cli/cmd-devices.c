/* loaxa devices: what there is to play on, under which name, and who has it. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/devices.h"
#include "cli/options.h"
#include "cli/peek.h"
#include "cli/place.h"

static int run(int argc, char **argv);

const struct cmd cmd_devices = { "devices", "[DIR] [--state DIR] [--json]",
	N_("sound cards: the names that last, what they can do, who uses them"), run };

static int run(int argc, char **argv)
{
	const char *state = NULL;
	bool json = false;
	const struct option_row options[] = { { .name = "state", .text = &state }, { .name = "json", .flag = &json },
		{ 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 0 || n > 1)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_devices);
	char *usual = state ? NULL : place_state(), *from = NULL;
	struct findings fs = { 0 };
	struct devices d;
	struct station *st = peek_station(n ? argv[1] : NULL, state ? state : usual, &from, &fs);
	devices_find(&d, st, health_holder(state ? state : usual));
	if (json)
		devices_print_json(&d, stdout);
	else
		devices_print(&d, stdout);
	if (!st)
		fprintf(stderr,
			_("The schedule in %s has errors, so nothing is said about its outputs — see: loaxa check "
			  "%s\n"),
			from, from);
	devices_free(&d);
	station_free(&st);
	findings_free(&fs);
	mem_free(from);
	mem_free(usual);
	return EXIT_DONE;
}
