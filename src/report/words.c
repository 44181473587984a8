#include "report/words.h"

#include "base/i18n.h"
#include "schedule/values.h"

#include <inttypes.h>
#include <string.h>

static const char *const states[STATE_COUNT] = {
	[STATE_OPEN] = N_("not decided yet"),
	[STATE_AIRED] = N_("aired"),
	[STATE_PARTIAL] = N_("aired in part"),
	[STATE_MISSED] = N_("missed"),
	[STATE_SKIPPED] = N_("not aired"),
	[STATE_FAILED] = N_("failed"),
};

static const char *const signs[STATE_COUNT] = { "…", "✓", "~", "✗", "–", "!" };

static const char *const reasons[REASON_COUNT] = {
	[REASON_NONE] = "",
	[REASON_LATE] = N_("later than allowed"),
	[REASON_SESSION_OVER] = N_("session over"),
	[REASON_STATION_OFF] = N_("station off"),
	[REASON_CLOCK] = N_("clock set"),
	[REASON_QUIET_HOURS] = N_("quiet hours"),
	[REASON_NOT_APPROVED] = N_("not approved"),
	[REASON_OUT_OF_WINDOW] = N_("outside its campaign"),
	[REASON_ZONE_OFF] = N_("zone off"),
	[REASON_HELD] = N_("zone held"),
	[REASON_OPERATOR] = N_("by the operator"),
	[REASON_REPLACED] = N_("replaced by a new schedule"),
	[REASON_INTERRUPTED] = N_("interrupted"),
	[REASON_POWER_CUT] = N_("power cut on air"),
	[REASON_DEVICE_LOST] = N_("device lost"),
	[REASON_FILE_MISSING] = N_("file missing"),
	[REASON_FILE_CORRUPT] = N_("file damaged"),
	[REASON_FILE_CHANGED] = N_("file changed after approval"),
	[REASON_CRASHED] = N_("crashed on air"),
};

static const struct {
	const char *name, *word;
} classes[] = {
	{ "announcement", N_("announcement") },
	{ "news", N_("news") },
	{ "relay", N_("relay") },
	{ "music", N_("music") },
	{ "signature", N_("signature tune") },
	{ "test", N_("speaker test") },
}, levels[] = {
	{ "test", N_("speaker test") },
	{ "normal", N_("normal") },
	{ "priority", N_("priority") },
	{ "emergency", N_("emergency") },
};

static const struct {
	const char *kind, *words;
} events[] = {
	{ "intent", N_("about to air") },
	{ "entered", N_("ordered") },
	{ "started", N_("on air") },
	{ "progress", N_("heard so far") },
	{ "cut", N_("cut") },
	{ "withdrawn", N_("will not air") },
	{ "verdict", N_("verdict") },
	{ "start", N_("controller started") },
	{ "stop", N_("controller ended") },
	{ "day", N_("new day") },
	{ "schedule", N_("schedule kept") },
	{ "key", N_("station key") },
	{ "seal", N_("sealed") },
	{ "journal", N_("LOG BEGUN ANEW") },
	{ "absence", N_("absence") },
	{ "clock", N_("clock set") },
	{ "clock-confirm", N_("clock confirmed") },
	{ "device", N_("device") },
	{ "fault", N_("fault:") },
	{ "fault-over", N_("well again:") },
	{ "lost", N_("gone") },
	{ "back", N_("there again") },
	{ "xrun", N_("ran dry") },
	{ "connected", N_("connected") },
	{ "exception", N_("exception") },
	{ "rollback", N_("earlier schedule") },
	{ "reload", N_("new schedule") },
	{ "emergency", N_("EMERGENCY") },
	{ "emergency-text", N_("emergency, new text") },
	{ "drill", N_("DRILL") },
	{ "drill-cancelled", N_("drill ended") },
	{ "extend", N_("emergency extended") },
	{ "cancel", N_("emergency cancelled") },
	{ "emergency-over", N_("emergency over") },
	{ "play", N_("play") },
	{ "play-at", N_("play ordered ahead") },
	{ "play-cancelled", N_("order taken back") },
	{ "speak", N_("live announcement") },
	{ "test", N_("loudspeaker test") },
	{ "heard", N_("test heard?") },
	{ "yes", N_("yes, heard") },
	{ "no", N_("no, not heard") },
	{ "unclear", N_("unclear whether heard") },
	{ "recording", N_("recording kept") },
	{ "skip", N_("skipped to the next") },
	{ "skip-session", N_("session skipped") },
	{ "duty", N_("on duty") },
	{ "note", N_("note") },
	{ "unskip-session", N_("session airs after all") },
	{ "stop-zone", N_("stopped") },
	{ "hold", N_("hold") },
	{ "release", N_("release") },
	{ "off", N_("zone off") },
	{ "on", N_("zone on again") },
	{ "volume", N_("volume") },
	{ "silence", N_("SILENCE") },
	{ "refused", N_("refused, no right") },
	{ "approved", N_("approved") },
};

const char *words_state(enum state s)
{
	return _(states[s]);
}

const char *words_state_sign(enum state s)
{
	return signs[s];
}

const char *words_reason(enum reason r)
{
	return r == REASON_NONE ? "" : _(reasons[r]);
}

const char *words_class(const char *name)
{
	for (size_t i = 0; name && i < sizeof classes / sizeof *classes; i++)
		if (!strcmp(name, classes[i].name))
			return _(classes[i].word);
	return name;
}

const char *words_level(const char *name)
{
	for (size_t i = 0; name && i < sizeof levels / sizeof *levels; i++)
		if (!strcmp(name, levels[i].name))
			return _(levels[i].word);
	return name;
}

const char *words_event(const char *kind)
{
	for (size_t i = 0; i < sizeof events / sizeof *events; i++)
		if (!strcmp(kind, events[i].kind))
			return _(events[i].words);
	return kind;
}

const char *words_code(const char *code)
{
	if (!code)
		return "";
	for (int s = STATE_AIRED; s < STATE_COUNT; s++)
		if (!strcmp(code, verdict_state_name((enum state)s)))
			return words_state((enum state)s);
	for (int r = REASON_NONE + 1; r < REASON_COUNT; r++)
		if (!strcmp(code, verdict_reason_name((enum reason)r)))
			return words_reason((enum reason)r);
	return strcmp(code, "busy") ? words_event(code) : _("the zone is busy");
}

const char *words_footnote(int i)
{
	switch (i) {
	case FOOTNOTE_TIMES:
		return _("Time (lần): a session, a repeat or an emergency in which at least one bulletin of the campaign was aired.");
	case FOOTNOTE_BROADCASTS:
		return _("Broadcast: one bulletin at one planned instant, counted once over all zones; it counts when every "
			 "zone that was on got it whole. Length: what was heard, each broadcast once, in the zone that heard "
			 "most of it.");
	case FOOTNOTE_BULLETINS:
		return _("Bulletins: different bulletins aired. Session: one with at least one broadcast aired. Signature "
			 "tunes, music, speaker tests and drills never count.");
	default:
		return NULL;
	}
}

const char *words_rehearsal(void)
{
	return _("REHEARSAL – NOT VALID AS A REPORT");
}

void words_number(struct text *t, size_t n)
{
	const char separator[2] = { _("1,000")[1], '\0' }; /* the catalogue tells it by example */
	char digits[24];
	int length = snprintf(digits, sizeof digits, "%zu", n);
	for (int i = 0; i < length; i++) {
		text_add_n(t, &digits[i], 1);
		if ((length - i) % 3 == 1 && i + 1 < length)
			text_add(t, separator);
	}
}

void words_length(struct text *t, int64_t ms)
{
	int64_t s = (ms + 500) / 1000;
	if (s >= 3600)
		text_addf(t, "%" PRId64 ":%02" PRId64 ":%02" PRId64, s / 3600, s / 60 % 60, s % 60);
	else
		text_addf(t, "%" PRId64 ":%02" PRId64, s / 60, s % 60);
}

void words_minutes(struct text *t, int64_t ms)
{
	int64_t s = (ms + 500) / 1000;
	struct text minutes = { 0 };
	words_number(&minutes, (size_t)(s / 60));
	if (s % 60)
		text_addf(t, _("%s min %d s"), text_str(&minutes), (int)(s % 60));
	else
		text_addf(t, _("%s min"), text_str(&minutes));
	text_free(&minutes);
}

static int64_t local_ms(const struct report_row *r, wall_us at)
{
	return at.us / US_PER_MS + (int64_t)r->offset_s * 1000;
}

day_num words_day(const struct report_row *r, wall_us at)
{
	return (day_num)(local_ms(r, at) / MS_PER_DAY);
}

void words_time(struct text *t, const struct report_row *r, wall_us at)
{
	int64_t s = local_ms(r, at) % MS_PER_DAY / 1000;
	text_addf(t, "%02d:%02d:%02d", (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

void words_date(struct text *t, day_num day)
{
	static const char *const weekdays[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"),
		N_("Friday"), N_("Saturday"), N_("Sunday") };
	char date[VALUE_BYTES];
	value_print_date(day, date);
	text_addf(t, "%s, %s", _(weekdays[day_weekday(day)]), date);
}

void words_directives(struct text *t, const char *directives, bool whole)
{
	for (const char *at = directives; at && *at;) {
		size_t n = strcspn(at, "\n"), shown = whole ? n : strcspn(at, "/\n");
		text_add(t, at == directives ? "" : ", ");
		if (n)
			text_add_n(t, at, shown);
		else
			text_add(t, _("(no number)"));
		at += n + 1;
	}
}
