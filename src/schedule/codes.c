#include "schedule/codes.h"

#include "base/i18n.h"

const struct finding_code schedule_codes[] = {
	{ "audio-corrupt", FINDING_ERROR, N_("a recording cannot be decoded to its end") },
	{ "audio-missing", FINDING_ERROR, N_("a recording is not in the audio folder") },
	{ "not-approved", FINDING_ERROR,
		N_("an emergency's bulletin that nobody approved, where approval is asked for") },
	{ "quiet-hours", FINDING_ERROR, N_("something is planned in hours in which only emergencies are aired") },
	{ "audio-limited", FINDING_WARNING,
		N_("a recording so uneven that its peaks are held down by more than 6 dB") },
	{ "disk", FINDING_WARNING, N_("the prepared recordings need more room than the store gives them") },
	{ "file-changed", FINDING_WARNING, N_("a recording or a text is not the one that was approved; its airings would fail") },
	{ "guard-cut", FINDING_WARNING, N_("something still runs when the quiet hours begin and is cut there") },
	{ "guard-warn", FINDING_WARNING, N_("something is planned in hours of a guard that warns") },
	{ "late-only", FINDING_WARNING, N_("something can only end up late, or never has its turn") },
	{ "limit", FINDING_WARNING, N_("more or less than a limit of the place allows") },
	{ "minutes-over", FINDING_WARNING, N_("a campaign gets more minutes a day than it may") },
	{ "minutes-short", FINDING_WARNING, N_("a campaign gets fewer minutes a day than it must") },
	{ "never-fires", FINDING_WARNING, N_("a session or repeat without a single airing") },
	{ "no-end", FINDING_WARNING, N_("an announcement without any end date") },
	{ "overlap", FINDING_WARNING, N_("two things planned at one time in one zone") },
	{ "relay-overrun", FINDING_WARNING, N_("a local item runs into a relay") },
	{ "silence", FINDING_WARNING, N_("more than two minutes of silence before an item with its own time") },
	{ "times-over", FINDING_WARNING, N_("a campaign is aired more times a day than it may") },
	{ "times-short", FINDING_WARNING, N_("a campaign is aired fewer times a day than it must") },
	{ "unapproved", FINDING_WARNING, N_("a planned bulletin that nobody approved; it will not be aired") },
	{ 0 },
};
