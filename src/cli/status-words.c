#include "cli/status-words.h"

#include "base/i18n.h"
#include "cli/letters.h"
#include "report/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { STAMP_BYTES = 19 }; /* "2021-07-14T05:30:00" */

const char *status_str(const struct json *j, const char *key)
{
	const char *s = json_get_str(j, key);
	return s ? s : "";
}

bool status_is_object(const struct json *j)
{
	return json_key(j, 0) != NULL;
}

static void add_when(struct text *t, const char *now, const char *at, bool seconds)
{
	if (strlen(at) < STAMP_BYTES) {
		text_add(t, "--:--");
		return;
	}
	text_add_n(t, at + 11, seconds && strncmp(at + 16, ":00", 3) != 0 ? 8 : 5);
	if (strlen(now) >= STAMP_BYTES && strncmp(now, at, 10) != 0)
		text_addf(t, " %.2s/%.2s", at + 8, at + 5);
}

void status_when(struct text *t, const char *now, const char *at)
{
	add_when(t, now, at, true);
}

/* Seconds help nobody there. */
static void add_since(struct text *t, const char *now, const char *at)
{
	add_when(t, now, at, false);
}

static const char *minutes_of(int64_t ms, char out[24])
{
	int64_t s = ms < 0 ? 0 : ms / 1000;
	snprintf(out, 24, "%02" PRId64 ":%02" PRId64, s / 60, s % 60);
	return out;
}

static void level_note(struct text *t, const struct json *airing)
{
	const char *level = status_str(airing, "priority");
	if (!strcmp(level, "emergency") && !strcmp(status_str(airing, "class"), "test"))
		text_addf(t, " [%s]", _("DRILL"));
	else if (!strcmp(level, "emergency"))
		text_addf(t, " [%s]", _("EMERGENCY"));
	else if (!strcmp(level, "priority"))
		text_addf(t, " [%s]", _("priority"));
	else if (!strcmp(level, "test"))
		text_addf(t, " [%s]", _("test"));
}

/* Only what is softer than it was prepared is worth a word. */
static void volume_note(struct text *t, const struct json *airing)
{
	int64_t volume = json_get_int(airing, "volume", 100);
	if (volume < 100)
		text_addf(t, _(", volume %d%%"), (int)volume);
}

void status_on_air(struct text *t, const struct json *a, int cells, bool all_of_it)
{
	char at[24], all[24], rest[24];
	int64_t position = json_get_int(a, "position_ms", 0), duration = json_get_int(a, "duration_ms", 0);
	cells = letters_plain() ? 0 : cells;
	int64_t filled = duration > 0 ? position * cells / duration : 0;
	text_add(t, letters_plain() ? _("on air: ") : "▶ ");
	for (int i = 0; i < cells; i++)
		text_add(t, i < filled ? "█" : "░");
	text_addf(t, "%s%s/%s", cells ? " " : "", minutes_of(position, at), minutes_of(duration, all));
	if (all_of_it)
		text_addf(t, _(" (%s left)"), minutes_of(duration - position + 999, rest));
	text_addf(t, "  %s", status_str(a, "title"));
	level_note(t, a);
	if (all_of_it)
		volume_note(t, a);
}

void status_airing(struct text *t, const struct json *a, const char *now)
{
	char all[24];
	struct text since = { 0 };
	status_when(&since, now, status_str(a, "started"));
	text_addf(t, "%s%s", letters_plain() ? _("on air: ") : "▶ ", status_str(a, "title"));
	level_note(t, a);
	text_addf(t, _(", since %s, %s long"), text_str(&since),
		minutes_of(json_get_int(a, "duration_ms", 0), all));
	text_free(&since);
}

void status_waiting(struct text *t, const struct json *w, const char *now)
{
	char at[24], all[24];
	int64_t position = json_get_int(w, "position_ms", 0);
	status_when(t, now, status_str(w, "planned"));
	text_addf(t, " %s", status_str(w, "title"));
	level_note(t, w);
	if (*status_str(w, "why"))
		text_addf(t, " — %s", words_code(status_str(w, "why")));
	if (position > 0)
		text_addf(t, _(", heard %s of %s"), minutes_of(position, at),
			minutes_of(json_get_int(w, "duration_ms", 0), all));
}

/* "session:sang" -> "session sang" */
static void add_from(struct text *t, const char *from)
{
	const char *colon = strchr(from, ':');
	if (!colon)
		text_add(t, strcmp(from, "play") ? from : _("by hand"));
	else if (!strncmp(from, "session:", 8))
		text_addf(t, _("session %s"), colon + 1);
	else if (!strncmp(from, "repeat:", 7))
		text_addf(t, _("repeat %s"), colon + 1);
	else
		text_add(t, colon + 1);
}

void status_next(struct text *t, const struct json *n, const char *now)
{
	status_when(t, now, status_str(n, "planned"));
	text_addf(t, " %s (", status_str(n, "title"));
	add_from(t, status_str(n, "from"));
	text_add(t, ")");
	if (json_get_bool(n, "skipped"))
		text_add(t, _(" — skipped"));
}

/* What the schedule switched off has no since. */
void status_zone_off(struct text *t, const struct json *z, const char *now)
{
	const char *reason = json_get_str(z, "off"), *since = status_str(z, "off_since");
	struct text when = { 0 };
	if (!reason)
		return;
	add_since(&when, now, since);
	if (*since)
		text_addf(t, _("OFF since %s: %s (%s)"), text_str(&when), *reason ? reason : "—",
			status_str(z, "off_by"));
	else
		text_addf(t, _("OFF: %s"), *reason ? reason : "—");
	text_free(&when);
}

void status_zone_held(struct text *t, const struct json *z, const char *now)
{
	const char *since = status_str(z, "held_since");
	struct text when = { 0 };
	if (!json_get_bool(z, "held"))
		return;
	add_since(&when, now, since);
	if (*since)
		text_addf(t, _("HELD since %s (%s): only emergencies are aired"), text_str(&when),
			status_str(z, "held_by"));
	else
		text_add(t, _("HELD: only emergencies are aired"));
	text_free(&when);
}

void status_zone_lost(struct text *t, const struct json *z)
{
	if (json_get_bool(z, "lost"))
		text_add(t, _("NO SOUND: the device is gone; airing resumes by itself"));
}

void status_zone_volume(struct text *t, const struct json *z)
{
	int64_t volume = json_get_int(z, "volume", 100), scheduled = json_get_int(z, "volume_scheduled", volume);
	if (volume != scheduled)
		text_addf(t, _("VOLUME %d%% until the next start; the schedule says %d%%"), (int)volume,
			(int)scheduled);
}

void status_fault(struct text *t, const struct json *fault, const char *now)
{
	const char *text = status_str(fault, "text");
	struct text since = { 0 };
	text_add(t, text);
	if (*status_str(fault, "since")) {
		add_since(&since, now, status_str(fault, "since"));
		/* Most texts begin with it. */
		if (!strstr(text, text_str(&since)))
			text_addf(t, _(" (since %s)"), text_str(&since));
	}
	text_free(&since);
}

void status_emergency(struct text *t, const struct json *e, const char *now)
{
	struct text since = { 0 }, next = { 0 };
	add_since(&since, now, status_str(e, "since"));
	text_addf(t, _("EMERGENCY \"%s\" since %s, ordered by %s"), status_str(e, "rule"), text_str(&since),
		*status_str(e, "ordered_by") ? status_str(e, "ordered_by") : status_str(e, "by"));
	if (*status_str(e, "next")) {
		status_when(&next, now, status_str(e, "next"));
		text_addf(t, _("; again at %s"), text_str(&next));
	}
	if (json_get_bool(e, "ending"))
		text_add(t, _(" — it is ending"));
	else
		text_addf(t, " — loaxa cancel %s", status_str(e, "rule"));
	text_free(&since);
	text_free(&next);
}

void status_order(struct text *t, const struct json *o, const char *now)
{
	const struct json *at = json_get(o, "at");
	text_addf(t, _("Ordered by %s: %s, %zu zones, at"), status_str(o, "by"), status_str(o, "title"),
		json_count(json_get(o, "zones")));
	for (size_t i = 0; i < json_count(at); i++) {
		text_add(t, i ? ", " : " ");
		status_when(t, now, json_as_str(json_at(at, i)) ? json_as_str(json_at(at, i)) : "");
	}
	text_addf(t, " — loaxa cancel %s", status_str(o, "order"));
}

void status_skip(struct text *t, const struct json *s)
{
	const char *day = status_str(s, "day"), *name = status_str(s, "name");
	bool dated = strlen(day) == 10;
	text_addf(t, _("Session %s of %.2s/%.2s is SKIPPED (%s)"), name, dated ? day + 8 : "", dated ? day + 5 : "",
		status_str(s, "by"));
	text_addf(t, " — loaxa skip-session %s --date %s --undo", name, day);
}

void status_relay(struct text *t, const struct json *r)
{
	const char *state = status_str(r, "state"), *why = status_str(r, "why");
	text_addf(t, _("Relay %s: "), status_str(r, "bulletin"));
	if (!strcmp(state, "on"))
		text_add(t, _("its source is heard"));
	else if (!strcmp(state, "quiet"))
		text_addf(t, _("no sound for %d s"), (int)(json_get_int(r, "quiet_ms", 0) / 1000));
	else if (!strcmp(state, "connecting"))
		text_add(t, _("connecting"));
	else
		text_add(t, *why ? why : _("its source is lost"));
}

void status_header(struct text *t, const struct json *status)
{
	const char *now = status_str(status, "now"), *name = status_str(status, "station_name");
	text_add(t, *name ? name : _("no schedule"));
	if (strlen(now) >= STAMP_BYTES)
		text_addf(t, " — %.8s %.2s/%.2s/%.4s", now + 11, now + 8, now + 5, now);
	if (!strcmp(status_str(status, "clock"), "free"))
		text_addf(t, " (%s)", _("clock not synchronised"));
	if (*status_str(json_get(status, "duty"), "name"))
		text_addf(t, _(" — on duty: %s"), status_str(json_get(status, "duty"), "name"));
}
