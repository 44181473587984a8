#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/run.h"

static int run(int argc, char **argv);

const struct cmd cmd_run = { "run", "[DIR] [--state DIR] [--sink SINK] [--store DIR]",
	N_("the controller, in the foreground"), run };

static int run(int argc, char **argv)
{
	struct run_options o = { 0 };
	const struct option_row options[] = { { .name = "state", .text = &o.state },
		{ .name = "sink", .text = &o.sink }, { .name = "store", .text = &o.store }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 0 || n > 1)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_run);
	char *state = o.state ? NULL : place_state(), *store = o.store ? NULL : place_store();
	o.dir = n ? argv[1] : NULL;
	o.state = o.state ? o.state : state;
	o.store = o.store ? o.store : store;
	int code = run_station(&o);
	mem_free(state);
	mem_free(store);
	return code;
}
