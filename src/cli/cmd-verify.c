/* loaxa verify: is a bundle, or the journal here, what the station wrote and sealed? */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/verify.h"

#include <stdio.h>

static int run(int argc, char **argv);

const struct cmd cmd_verify = { "verify", "[FILE] [--state DIR] [--key KEY] [--checkpoint ROW] [--json]",
	N_("is a bundle, or the journal here, what was written and sealed?"), run };

static int look(const struct verify_asked *asked)
{
	struct verify v;
	struct err err = { "" };
	bool ok = asked->file ? verify_file(asked, &v, &err) : verify_state(asked, &v, &err);
	if (!ok)
		fprintf(stderr, "loaxa verify: %s\n", err.text);
	else if (asked->json)
		verify_print_json(&v, asked);
	else
		verify_print(&v, asked);
	int code = ok && verify_good(&v) ? EXIT_DONE : EXIT_REFUSED;
	verify_free(&v);
	return code;
}

static int run(int argc, char **argv)
{
	struct verify_asked asked = { 0 };
	const struct option_row rows[] = {
		{ .name = "state", .text = &asked.state_dir },
		{ .name = "key", .text = &asked.key },
		{ .name = "checkpoint", .text = &asked.checkpoint },
		{ .name = "json", .flag = &asked.json },
		{ 0 },
	};
	int n = options_parse(argc, argv, rows);
	if (n < 0)
		return EXIT_USAGE;
	if (n > 1 || (n && asked.state_dir))
		return options_usage(&cmd_verify);
	asked.file = n ? argv[1] : NULL;
	char *usual = place_state();
	if (!asked.state_dir)
		asked.state_dir = usual;
	int code = look(&asked);
	mem_free(usual);
	return code;
}
