#include "base/i18n.h"
#include "cli/cmd.h"
#include "cli/load.h"
#include "cli/options.h"
#include "cli/place.h"

extern const struct cmd cmd_check;

static void sum_up(const char *dir, const struct findings *fs)
{
	char *summary = load_summary(fs);
	if (fs->errors)
		fprintf(stderr, _("%s: %s — the schedule cannot be used yet\n"), dir, summary);
	else
		fprintf(stderr, _("%s: %s — the schedule can be used\n"), dir, summary);
	mem_free(summary);
}

static int check_dir(const char *dir, const char *store, bool json)
{
	struct findings fs = { 0 };
	struct err err = { 0 };
	struct load_options options = { .store = store, .progress = true };
	struct station *st = load_station(dir, &options, &fs, &err);
	load_print_findings(&fs, json, stdout);
	fflush(stdout);
	if (*err.text)
		fprintf(stderr, "%s\n", err.text);
	if (st || fs.errors)
		sum_up(dir, &fs);
	int code = st ? EXIT_DONE : EXIT_REFUSED;
	station_free(&st);
	findings_free(&fs);
	return code;
}

static int check(int argc, char **argv)
{
	bool json = false;
	const char *store = NULL;
	const struct option_row rows[] = { { .name = "json", .flag = &json }, { .name = "store", .text = &store }, { 0 } };
	int operands = options_parse(argc, argv, rows);
	if (operands < 0)
		return EXIT_USAGE;
	if (operands > 1)
		return options_usage(&cmd_check);
	char *usual = place_station();
	int code = check_dir(operands ? argv[1] : usual, store, json);
	mem_free(usual);
	return code;
}

const struct cmd cmd_check = { "check", "[DIR] [--store DIR] [--json]", N_("look for mistakes in a schedule"), check };
