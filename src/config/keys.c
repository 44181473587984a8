/* The tables.  Limits are there to catch a slip of the finger, not to forbid: each is well beyond what a
 * commune does. */
#include "config/keys.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "schedule/civil.h"
#include "schedule/station.h"

#include <string.h>

#define S INT64_C(1000)
#define MIN (60 * S)
#define HOUR (60 * MIN)
#define DAY (24 * HOUR)

#define CLASSES "announcement|news|relay|music|signature|test"

const struct section_kind keys_sections[SECTION_COUNT] = {
	[SECTION_STATION] = { "station", true, -1, N_("the station; its name is the commune's code") },
	[SECTION_PAPER] = { "paper", false, SECTION_STATION, N_("what the station's papers carry") },
	[SECTION_OUTPUT] = { "output", true, -1, N_("one sound device") },
	[SECTION_ZONE] = { "zone", true, -1, N_("one speaker cluster") },
	[SECTION_GUARD] = { "guard", true, -1, N_("hours in which nothing may be aired") },
	[SECTION_LIMIT] = { "limit", true, -1, N_("how much may be aired") },
	[SECTION_EXCEPTION] = { "exception", true, -1, N_("dates on which rules are skipped or music is silent") },
	[SECTION_CAMPAIGN] = { "campaign", true, -1, N_("a campaign and the letters it carries out") },
	[SECTION_DIRECTIVE] = { "directive", true, SECTION_CAMPAIGN, N_("a letter that asks for the campaign") },
	[SECTION_UPTAKE] = { "uptake", false, SECTION_CAMPAIGN, N_("a figure that a letter quotes") },
	[SECTION_BULLETIN] = { "bulletin", true, -1, N_("what is aired: recordings or a relay") },
	[SECTION_RELAY] = { "relay", false, SECTION_BULLETIN, N_("where a relay comes from") },
	[SECTION_SESSION] = { "session", true, -1, N_("a session: bulletins one after another") },
	[SECTION_REPEAT] = { "repeat", true, -1, N_("bulletins at fixed times or every so often") },
	[SECTION_EMERGENCY] = { "emergency", true, -1, N_("a prepared emergency, started by command") },
	[SECTION_RECEIVER] = { "receiver", true, KEYS_RECEIVER, N_("the body that stations report to") },
	[SECTION_BODY] = { "body", true, KEYS_RECEIVER, N_("a body between the receiver and its stations") },
	[SECTION_REPORTER] = { "station", true, KEYS_RECEIVER, N_("a station that reports; its name is its code") },
	[SECTION_EARLIER] = { "earlier", false, SECTION_REPORTER, N_("what held until a day") },
	[SECTION_ASKED] = { "directive", true, KEYS_RECEIVER, N_("a letter that stations have to answer") },
};

/* What session and repeat have in common. */
#define SCHEDULED(sec)                                                                                                 \
	{ sec, "days", KEY_DAYS, .list = true, .fallback = "all", .help = N_("days of the week") },                    \
		{ sec, "from", KEY_DATE, .help = N_("first day") },                                                    \
		{ sec, "until", KEY_DATE, .help = N_("last day, included") },                                          \
		{ sec, "zones", KEY_NAME, .list = true, .help = N_("zones; without it all") },                         \
		{ sec, "volume", KEY_NUMBER, .fallback = "100", .min = 1, .max = 100,                                  \
			.help = N_("volume in %, multiplied with the zone's") },                                       \
	{                                                                                                              \
		sec, "catch-up", KEY_WORD, .fallback = "drop", .words = "drop|once|all",                               \
					   .help = N_("what becomes of what was planned while the station was off")    \
	}

const struct key keys[] = {
	{ SECTION_STATION, "name", KEY_TEXT, .required = true, .help = N_("the station's name") },
	{ SECTION_STATION, "unit", KEY_TEXT, .help = N_("the body it belongs to") },
	{ SECTION_STATION, "reports-to", KEY_TEXT, .help = N_("the body it reports to") },
	{ SECTION_STATION, "timezone", KEY_TEXT, .required = true, .help = N_("time zone, e.g. Asia/Ho_Chi_Minh") },
	{ SECTION_STATION, "language", KEY_WORD, .fallback = "vi", .words = "vi|en",
		.help = N_("language of messages and papers") },
	{ SECTION_STATION, "audio-dir", KEY_TEXT, .fallback = "audio",
		.help = N_("folder of the recordings, seen from the station's folder") },
	{ SECTION_STATION, "approval", KEY_YESNO, .fallback = "no", .help = N_("only approved bulletins are aired") },
	{ SECTION_STATION, "microphone", KEY_TEXT, .help = N_("where loaxa speak listens: alsa:DEVICE") },
	{ SECTION_STATION, "on-fault", KEY_TEXT, .help = N_("program that is given faults and the daily line") },
	{ SECTION_STATION, "drill", KEY_NAME, .help = N_("bulletin that says \"this is a drill\", before and after one") },
	{ SECTION_STATION, "keep-speech", KEY_YESNO, .fallback = "no",
		.help = N_("what is spoken is kept as a recording") },
	{ SECTION_STATION, "sample", KEY_YESNO, .fallback = "no", .help = N_("a sample: its reports are crossed out") },

	{ SECTION_PAPER, "issuer", KEY_TEXT, .help = N_("the body that issues papers, in full") },
	{ SECTION_PAPER, "place", KEY_TEXT, .help = N_("the place before the date") },
	{ SECTION_PAPER, "symbol", KEY_TEXT, .help = N_("what follows the number: BC-UBND") },
	{ SECTION_PAPER, "recipients", KEY_TEXT, .list = true,
		.help = N_("who gets a copy, besides the addressee and the archive") },
	{ SECTION_PAPER, "sign", KEY_TEXT, .list = true, .help = N_("for whom is signed, a line each") },
	{ SECTION_PAPER, "signer", KEY_TEXT, .help = N_("office of the one who signs") },
	{ SECTION_PAPER, "archive", KEY_TEXT, .help = N_("where the office keeps its copy: VT") },

	{ SECTION_OUTPUT, "sink", KEY_TEXT, .required = true,
		.help = N_("alsa:DEVICE, ao:DRIVER, file:PATH or dry-run") },
	{ SECTION_OUTPUT, "rate", KEY_NUMBER, .fallback = "48000", .min = 8000, .max = 192000,
		.help = N_("sampling rate in Hz") },
	{ SECTION_OUTPUT, "channels", KEY_NUMBER, .fallback = "1", .min = 1, .max = 32,
		.help = N_("number of channels of the device") },
	{ SECTION_OUTPUT, "high-pass", KEY_NUMBER, .min = 80, .max = 500,
		.help = N_("frequency in Hz below which horn loudspeakers get nothing") },
	{ SECTION_OUTPUT, "warm-up", KEY_DURATION, .fallback = "0s", .min = 0, .max = 60 * S,
		.help = N_("time the amplifier needs before it sounds") },
	{ SECTION_OUTPUT, "idle", KEY_WORD, .fallback = "close", .words = "close|open",
		.help = N_("what the device does between airings") },
	{ SECTION_OUTPUT, "key", KEY_TEXT, .help = N_("how the amplifier is switched") },
	{ SECTION_OUTPUT, "monitor", KEY_YESNO, .fallback = "no", .help = N_("for listening in the studio only") },

	{ SECTION_ZONE, "name", KEY_TEXT, .help = N_("the cluster's name for people") },
	{ SECTION_ZONE, "output", KEY_NAME, .required = true, .help = N_("output it hangs on") },
	{ SECTION_ZONE, "channel", KEY_NUMBER, .fallback = "1", .min = 1, .max = 32,
		.help = N_("channel of that output, from 1") },
	{ SECTION_ZONE, "volume", KEY_NUMBER, .fallback = "100", .min = 1, .max = 100, .help = N_("volume in %") },
	{ SECTION_ZONE, "on", KEY_YESNO, .fallback = "yes", .help = N_("no: the cluster is switched off") },
	{ SECTION_ZONE, "speakers", KEY_NUMBER, .fallback = "0", .min = 0, .max = 10000,
		.help = N_("number of speakers") },
	{ SECTION_ZONE, "area", KEY_TEXT, .help = N_("area it covers") },

	{ SECTION_GUARD, "from", KEY_TIME, .required = true, .help = N_("beginning, included") },
	{ SECTION_GUARD, "to", KEY_TIME, .required = true, .help = N_("end, excluded") },
	{ SECTION_GUARD, "action", KEY_WORD, .required = true, .words = "refuse|warn",
		.help = N_("refuse: only emergencies pass; warn: a word when checking") },
	{ SECTION_GUARD, "zones", KEY_NAME, .list = true, .help = N_("zones; without it all") },

	{ SECTION_LIMIT, "sessions-per-day", KEY_NUMBER, .min = 1, .max = 100, .help = N_("most sessions a day") },
	{ SECTION_LIMIT, "minutes-per-session", KEY_NUMBER, .min = 1, .max = 1440,
		.help = N_("most minutes of sound in a session") },
	{ SECTION_LIMIT, "minutes-per-day", KEY_RANGE, .min = 1, .max = 1440,
		.help = N_("minutes of sound a day and zone, at least or from..to") },
	{ SECTION_LIMIT, "days", KEY_DAYS, .list = true, .fallback = "all", .help = N_("days of the week") },

	{ SECTION_EXCEPTION, "title", KEY_TEXT, .help = N_("what papers call it") },
	{ SECTION_EXCEPTION, "dates", KEY_DATE, .list = true, .help = N_("single dates") },
	{ SECTION_EXCEPTION, "from", KEY_DATE, .help = N_("first day") },
	{ SECTION_EXCEPTION, "until", KEY_DATE, .help = N_("last day, included") },
	{ SECTION_EXCEPTION, "suppress", KEY_WORD, .list = true, .words = CLASSES,
		.help = N_("classes of bulletins that stay silent") },
	{ SECTION_EXCEPTION, "skip", KEY_NAME, .list = true, .help = N_("rules that are skipped, or \"all\"") },
	{ SECTION_EXCEPTION, "only", KEY_NAME, .list = true, .help = N_("the only rules that remain") },

	{ SECTION_CAMPAIGN, "title", KEY_TEXT, .help = N_("title") },
	{ SECTION_CAMPAIGN, "from", KEY_DATE, .help = N_("first day") },
	{ SECTION_CAMPAIGN, "until", KEY_DATE, .help = N_("last day, included") },
	{ SECTION_CAMPAIGN, "times-per-day", KEY_RANGE, .min = 1, .max = 1000,
		.help = N_("times a day, at least or from..to") },
	{ SECTION_CAMPAIGN, "minutes-per-day", KEY_RANGE, .min = 1, .max = 1440,
		.help = N_("minutes a day, at least or from..to") },
	{ SECTION_CAMPAIGN, "set-by", KEY_TEXT, .help = N_("who set these numbers") },

	{ SECTION_DIRECTIVE, "number", KEY_TEXT, .fallback = "",
		.help = N_("number and symbol; \"\" when it has none") },
	{ SECTION_DIRECTIVE, "issued", KEY_DATE, .help = N_("date of the letter") },
	{ SECTION_DIRECTIVE, "issuer", KEY_TEXT, .help = N_("body that issued it") },
	{ SECTION_DIRECTIVE, "subject", KEY_TEXT, .help = N_("subject, word for word") },
	{ SECTION_DIRECTIVE, "urgency", KEY_WORD, .fallback = "thuong", .words = "thuong|khan|thuong-khan|hoa-toc",
		.help = N_("how fast the paper travels") },
	{ SECTION_DIRECTIVE, "from", KEY_DATE, .help = N_("day from which it counts") },
	{ SECTION_DIRECTIVE, "received", KEY_STAMP, .help = N_("when the letter arrived") },
	{ SECTION_DIRECTIVE, "report-to", KEY_TEXT, .help = N_("body that wants the report") },
	{ SECTION_DIRECTIVE, "report-every", KEY_DURATION, .min = DAY, .max = 366 * DAY,
		.help = N_("how often it wants the report, in days") },
	{ SECTION_DIRECTIVE, "pictures", KEY_YESNO, .fallback = "no", .help = N_("the report needs pictures") },

	{ SECTION_UPTAKE, "date", KEY_DATE, .required = true, .help = N_("day of the figure") },
	{ SECTION_UPTAKE, "count", KEY_NUMBER, .required = true, .min = 0, .max = 1000000000, .help = N_("how many") },
	{ SECTION_UPTAKE, "of", KEY_NUMBER, .required = true, .min = 1, .max = 1000000000,
		.help = N_("out of how many") },

	{ SECTION_BULLETIN, "title", KEY_TEXT, .help = N_("title") },
	{ SECTION_BULLETIN, "campaign", KEY_NAME, .help = N_("campaign it belongs to") },
	{ SECTION_BULLETIN, "class", KEY_WORD, .fallback = "announcement", .words = CLASSES, .help = N_("class") },
	{ SECTION_BULLETIN, "priority", KEY_WORD, .fallback = "normal", .words = "normal|priority",
		.help = N_("priority") },
	{ SECTION_BULLETIN, "language", KEY_TEXT, .help = N_("language; without it the station's") },
	{ SECTION_BULLETIN, "from", KEY_DATE, .help = N_("first day") },
	{ SECTION_BULLETIN, "until", KEY_DATE, .help = N_("last day, included") },
	{ SECTION_BULLETIN, "audio", KEY_FILE, .list = true, .help = N_("recordings in the audio folder, in order") },
	{ SECTION_BULLETIN, "text", KEY_FILE, .help = N_("file with what is said") },
	{ SECTION_BULLETIN, "sha256", KEY_SHA256, .list = true, .help = N_("fingerprint of each recording approved") },
	{ SECTION_BULLETIN, "text-sha256", KEY_SHA256, .help = N_("fingerprint of the text approved") },
	{ SECTION_BULLETIN, "hard-start", KEY_YESNO, .fallback = "no",
		.help = N_("a relay that cuts what is on air when its time comes") },
	{ SECTION_BULLETIN, "order", KEY_NUMBER, .fallback = "100", .min = 0, .max = 9999,
		.help = N_("who goes first when two wait; small first") },
	{ SECTION_BULLETIN, "after-interrupt", KEY_WORD, .words = "resume|restart|drop",
		.help = N_("what happens after an interruption") },
	{ SECTION_BULLETIN, "resume-within", KEY_DURATION, .fallback = "5m", .min = 0, .max = DAY,
		.help = N_("how long it may go on where it was cut") },
	{ SECTION_BULLETIN, "approved-by", KEY_TEXT, .help = N_("who approved it") },
	{ SECTION_BULLETIN, "approved-on", KEY_DATE, .help = N_("day of the approval") },
	{ SECTION_BULLETIN, "approved-via", KEY_TEXT, .help = N_("paper of the approval") },
	{ SECTION_BULLETIN, "approved-typed-by", KEY_TEXT, .help = N_("who wrote the approval down") },

	{ SECTION_RELAY, "source", KEY_TEXT, .required = true, .help = N_("device or address") },
	{ SECTION_RELAY, "duration", KEY_DURATION, .required = true, .min = S, .max = DAY, .help = N_("how long") },
	{ SECTION_RELAY, "silence", KEY_DURATION, .fallback = "20s", .min = 5 * S, .max = HOUR,
		.help = N_("no sound for so long is a fault") },
	{ SECTION_RELAY, "instead", KEY_NAME, .help = N_("bulletin that airs when the relay is silent") },

	SCHEDULED(SECTION_SESSION),
	{ SECTION_SESSION, "max-late", KEY_DURATION, .min = 0, .max = DAY,
		.help = N_("how late an item may start; without it until the end") },
	{ SECTION_SESSION, "start", KEY_TIME, .required = true, .help = N_("beginning") },
	{ SECTION_SESSION, "end", KEY_TIME, .required = true, .help = N_("end") },
	{ SECTION_SESSION, "gap", KEY_DURATION, .fallback = "0s", .min = 0, .max = HOUR,
		.help = N_("silence between two items") },
	{ SECTION_SESSION, "hard-end", KEY_YESNO, .fallback = "no", .help = N_("cut what still runs at the end") },
	{ SECTION_SESSION, "play", KEY_ITEM, .list = true, .required = true,
		.help = N_("bulletins in order; \"name@6h00\" at that time") },

	SCHEDULED(SECTION_REPEAT),
	{ SECTION_REPEAT, "max-late", KEY_DURATION, .fallback = "10m", .min = 0, .max = DAY,
		.help = N_("how late it may start") },
	{ SECTION_REPEAT, "play", KEY_ITEM, .list = true, .help = N_("bulletins, all of them each time") },
	{ SECTION_REPEAT, "rotate", KEY_ITEM, .list = true, .help = N_("bulletins, the next one each time") },
	{ SECTION_REPEAT, "at", KEY_TIME, .list = true, .help = N_("fixed times") },
	{ SECTION_REPEAT, "every", KEY_DURATION, .min = MIN, .max = DAY, .help = N_("how often inside the windows") },
	{ SECTION_REPEAT, "within", KEY_WINDOW, .list = true, .help = N_("windows, e.g. 8h-10h") },

	{ SECTION_EMERGENCY, "play", KEY_ITEM, .list = true, .required = true, .help = N_("bulletins in order") },
	{ SECTION_EMERGENCY, "zones", KEY_NAME, .list = true, .help = N_("zones; without it all") },
	{ SECTION_EMERGENCY, "volume", KEY_NUMBER, .fallback = "100", .min = 1, .max = 100,
		.help = N_("volume in %, multiplied with the zone's") },
	{ SECTION_EMERGENCY, "rank", KEY_NUMBER, .fallback = "0", .min = 0, .max = RANK_MAX,
		.help = N_("a higher one cuts a lower one") },
	{ SECTION_EMERGENCY, "first-repeats", KEY_NUMBER, .fallback = "0", .min = 0, .max = 100,
		.help = N_("number of quick repeats after the first airing") },
	{ SECTION_EMERGENCY, "first-every", KEY_DURATION, .min = S, .max = DAY,
		.help = N_("time between the quick repeats") },
	{ SECTION_EMERGENCY, "then-every", KEY_DURATION, .min = MIN, .max = DAY,
		.help = N_("time between the later repeats") },
	{ SECTION_EMERGENCY, "align", KEY_DURATION, .min = MIN, .max = DAY,
		.help = N_("later repeats on full steps of this, e.g. on the hour") },
	{ SECTION_EMERGENCY, "until", KEY_DURATION, .fallback = "24h", .min = MIN, .max = 30 * DAY,
		.help = N_("ends by itself after") },
	{ SECTION_EMERGENCY, "all-clear", KEY_NAME, .help = N_("bulletin that ends it") },

	{ SECTION_RECEIVER, "name", KEY_TEXT, .required = true, .help = N_("the receiver's name") },
	{ SECTION_RECEIVER, "language", KEY_WORD, .fallback = "vi", .words = "vi|en",
		.help = N_("language of messages and papers") },
	{ SECTION_RECEIVER, "sample", KEY_YESNO, .fallback = "no",
		.help = N_("a sample: takes rehearsals too, and its pages are crossed out") },

	{ SECTION_BODY, "name", KEY_TEXT, .required = true, .help = N_("the body's name") },
	{ SECTION_BODY, "part-of", KEY_NAME, .help = N_("body above it; without it the receiver") },

	{ SECTION_REPORTER, "name", KEY_TEXT, .required = true, .help = N_("the station's name") },
	{ SECTION_REPORTER, "part-of", KEY_NAME, .help = N_("body above it; without it the receiver") },
	{ SECTION_REPORTER, "from", KEY_DATE, .help = N_("first day it reports") },
	{ SECTION_REPORTER, "until", KEY_DATE, .help = N_("last day it reports, included") },
	{ SECTION_REPORTER, "key", KEY_SHA256, .list = true, .help = N_("its public keys, as read over the telephone") },
	{ SECTION_REPORTER, "former-codes", KEY_TEXT, .list = true, .help = N_("codes it had before") },

	{ SECTION_EARLIER, "until", KEY_DATE, .required = true, .help = N_("last day this held, included") },
	{ SECTION_EARLIER, "name", KEY_TEXT, .help = N_("its name then") },
	{ SECTION_EARLIER, "part-of", KEY_NAME, .help = N_("body above it then") },

	{ SECTION_ASKED, "number", KEY_TEXT, .fallback = "", .help = N_("number and symbol; \"\" when it has none") },
	{ SECTION_ASKED, "issued", KEY_DATE, .help = N_("date of the letter") },
	{ SECTION_ASKED, "issuer", KEY_TEXT, .help = N_("body that issued it") },
	{ SECTION_ASKED, "from", KEY_DATE, .help = N_("first day") },
	{ SECTION_ASKED, "until", KEY_DATE, .help = N_("last day, included") },
	{ SECTION_ASKED, "stations", KEY_NAME, .list = true, .help = N_("stations that must; without it all") },
	{ SECTION_ASKED, "bodies", KEY_NAME, .list = true, .help = N_("bodies whose stations must; without it all") },
};

const size_t keys_count = sizeof keys / sizeof *keys;

/* The table is in the order of enum section. */
static size_t first_of(int section)
{
	size_t low = 0, high = keys_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if ((int)keys[middle].section < section)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct key *keys_first(enum section section, size_t *count)
{
	size_t i = first_of((int)section);
	*count = first_of((int)section + 1) - i;
	return &keys[i];
}

const struct key *keys_find(enum section section, const char *name)
{
	size_t n;
	const struct key *k = keys_first(section, &n);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(k[i].name, name))
			return &k[i];
	return NULL;
}

int keys_section(const char *word, int inside)
{
	for (int i = 0; i < SECTION_COUNT; i++)
		if (keys_sections[i].inside == inside && !strcmp(keys_sections[i].word, word))
			return i;
	return -1;
}

bool keys_of_receiver(enum section section)
{
	return section >= SECTION_RECEIVER;
}
