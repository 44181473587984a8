/* loaxa drill: an emergency as people would hear it, between the words that say it is none.  It asks before it airs where
 * somebody can answer: standard input is a terminal and --yes is absent. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct cmd cmd_drill = { "drill",
	"EMERGENCY [--zones A,B] [--now] [--ordered-by NAME] [--yes] [--by NAME] [--state DIR]",
	N_("rehearse an emergency aloud, with words before and after; never counted"), run };

/* Typed without diacritics: there is no Vietnamese keyboard over ssh. */
#define CONFIRMATION "DIEN TAP"

static bool confirm(const struct command *c)
{
	char line[64];
	fprintf(stderr,
		_("DRILL, NOT REAL: \"%s\", in %s — the loudspeakers say \"this is a drill\" before and after; never "
		  "counted — tell people first.\nOrdered by: %s.\nType %s to begin; Enter leaves: "),
		c->name, c->zones ? c->zones : _("all its zones"), c->ordered_by ? c->ordered_by : c->by, CONFIRMATION);
	if (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\r\n")] = '\0';
		if (!strcmp(line, CONFIRMATION))
			return true;
	}
	fprintf(stderr, "%s\n", _("Nothing was aired."));
	return false;
}

static int run(int argc, char **argv)
{
	const char *state = NULL, *by = NULL;
	bool yes = false;
	struct command c = { .verb = VERB_DRILL, .uid = -1, .level = LEVEL_COUNT, .pcm = -1 };
	const struct option_row options[] = { { .name = "state", .text = &state }, { .name = "by", .text = &by },
		{ .name = "zones", .text = &c.zones }, { .name = "ordered-by", .text = &c.ordered_by },
		{ .name = "now", .flag = &c.now }, { .name = "yes", .flag = &yes }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n != 1)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_drill);
	char *user = by ? mem_dup(by) : live_user();
	c.name = argv[1];
	c.by = user;
	bool ask = !yes && isatty(STDIN_FILENO);
	int code = EXIT_REFUSED;
	if (!ask || (live_answers(state) && confirm(&c)))
		code = live_command(state, &c);
	mem_free(user);
	return code;
}
