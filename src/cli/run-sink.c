/* A real station whose card is missing waits for that card: its airings are device-lost, and playing them into nothing
 * would log as aired what no village heard.  A sample station (sample = yes) proves nothing to anybody: it takes the
 * best sink this machine has. */
#include "cli/run-sink.h"

#include "base/mem.h"
#include "os/cards.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char dry_run[] = "dry-run";

/* May the sink be there?  Of names ALSA makes up itself ("default") only ALSA knows. */
static bool may_open(const char *sink)
{
	if (strncmp(sink, "alsa:", 5))
		return true;
	const char *hw = strstr(sink, "hw:");
	if (!hw)
		return cards_any();
	const char *card = hw + 3;
	if (!strncmp(card, "CARD=", 5))
		card += 5;
	return cards_has(card, strcspn(card, ","));
}

static bool has_sound_server(void)
{
	const char *dir = getenv("XDG_RUNTIME_DIR");
	char *path = mem_printf("%s/pulse/native", dir ? dir : "/nonexistent");
	bool there = !access(path, F_OK);
	mem_free(path);
	return there;
}

const char *run_sink(const struct station *st, const char *asked)
{
	if (asked || !st || !st->sample)
		return asked;
	bool all = true;
	for (size_t i = 0; i < st->outputs.n; i++)
		all = all && may_open(st->outputs.at[i].sink);
	if (all)
		return NULL;
	return cards_any() ? "alsa:default" : has_sound_server() ? "ao:pulse" : dry_run;
}

bool run_sink_is_silent(const char *sink)
{
	return sink && !strncmp(sink, dry_run, sizeof dry_run - 1);
}
