/* loaxa play: a bulletin now, or at instants of the days to come; also what makes up for an airing that was missed. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/options.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>

static int run(int argc, char **argv);

const struct cmd cmd_play = { "play",
	"BULLETIN [--zones A,B] [--level test|normal|priority] [--at TIME [--times N --every DURATION]] [--for AIRING] "
	"[--by NAME] [--state DIR]",
	N_("air a bulletin, now or at a time; it can make up for an airing"), run };

static bool level_ok(const char *word, enum level *out)
{
	for (*out = LEVEL_TEST; *out < LEVEL_EMERGENCY; ++*out)
		if (!strcmp(word, level_name(*out)))
			return true;
	fprintf(stderr, _("loaxa play: --level is test, normal or priority, not \"%s\"\n"), word);
	return false;
}

static bool times_ok(const char *word, int *out)
{
	int64_t n = 0;
	if (!value_number(word, 1, 1000, &n)) {
		fprintf(stderr, _("loaxa play: --times is how many times, e.g. --times 3, not \"%s\"\n"), word);
		return false;
	}
	*out = (int)n;
	return true;
}

static bool every_ok(const char *word, int64_t *out)
{
	if (value_duration(word, out) && *out > 0 && *out <= INT32_MAX)
		return true;
	fprintf(stderr, _("loaxa play: --every is how far apart, e.g. --every 30m, not \"%s\"\n"), word);
	return false;
}

static int run(int argc, char **argv)
{
	const char *state = NULL, *level = NULL, *times = NULL, *every = NULL;
	struct command c = { .verb = VERB_PLAY, .uid = -1, .level = LEVEL_COUNT, .pcm = -1 };
	const struct option_row options[] = { { .name = "state", .text = &state }, { .name = "by", .text = &c.by },
		{ .name = "zones", .text = &c.zones }, { .name = "level", .text = &level },
		{ .name = "at", .text = &c.at }, { .name = "times", .text = &times },
		{ .name = "every", .text = &every }, { .name = "for", .text = &c.makes_up }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 0)
		return EXIT_USAGE;
	if (n != 1 || ((times || every) && !c.at))
		return options_usage(&cmd_play);
	if ((level && !level_ok(level, &c.level)) || (times && !times_ok(times, &c.times)) ||
		(every && !every_ok(every, &c.every_ms)))
		return EXIT_USAGE;
	c.name = argv[1];
	return live_command(state, &c);
}
