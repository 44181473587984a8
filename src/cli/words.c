#include "cli/words.h"

#include "base/i18n.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *name, *words;
} table[] = {
	{ "aired", N_("aired") },
	{ "partial", N_("aired in part") },
	{ "missed", N_("missed") },
	{ "skipped", N_("not aired") },
	{ "failed", N_("failed") },
	{ "late", N_("later than allowed") },
	{ "session-over", N_("session over") },
	{ "station-off", N_("station off") },
	{ "clock", N_("clock set") },
	{ "quiet-hours", N_("quiet hours") },
	{ "not-approved", N_("not approved") },
	{ "out-of-window", N_("outside its campaign") },
	{ "zone-off", N_("zone off") },
	{ "held", N_("zone held") },
	{ "operator", N_("by the operator") },
	{ "replaced", N_("replaced by a new schedule") },
	{ "interrupted", N_("interrupted") },
	{ "power-cut", N_("power cut on air") },
	{ "device-lost", N_("device lost") },
	{ "file-missing", N_("file missing") },
	{ "file-corrupt", N_("file damaged") },
	{ "file-changed", N_("file changed after approval") },
	{ "crashed", N_("crashed on air") },
	{ "busy", N_("the zone is busy") },
	{ "start", N_("controller started") },
	{ "stop", N_("controller ended") },
	{ "play", N_("play") },
	{ "emergency", N_("EMERGENCY") },
	{ "cancel", N_("emergency cancelled") },
	{ "emergency-over", N_("emergency over") },
	{ "stop-zone", N_("stopped") },
	{ "skip", N_("skipped to the next") },
	{ "hold", N_("hold") },
	{ "release", N_("release") },
	{ "off", N_("zone off") },
	{ "on", N_("zone on again") },
	{ "volume", N_("volume") },
	{ "silence", N_("SILENCE") },
	{ "reload", N_("new schedule") },
	{ "clock-confirm", N_("clock confirmed") },
	{ "device", N_("device") },
	{ "lost", N_("gone") },
	{ "back", N_("there again") },
	{ "xrun", N_("ran dry") },
	{ "fault", N_("fault:") },
	{ "fault-over", N_("well again:") },
	{ "absence", N_("absence") },
	{ "exception", N_("exception") },
};

const char *words_of(const char *code)
{
	for (size_t i = 0; code && i < sizeof table / sizeof *table; i++)
		if (!strcmp(table[i].name, code))
			return _(table[i].words);
	return code ? code : "";
}
