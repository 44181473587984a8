#include "cli/status-view.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "report/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NAME_COLUMNS = 12, BAR_CELLS = 16, LEFT_COLUMNS = NAME_COLUMNS + 2 };

static const char *str(const struct json *j, const char *key)
{
	const char *s = json_get_str(j, key);
	return s ? s : "";
}

static bool is_object(const struct json *j)
{
	return json_key(j, 0) != NULL;
}

/* "2021-07-14T05:30:00.000+07:00" -> "05:30:00", or "05:30" when it is a whole minute. */
static const char *clock_of(const char *rfc3339, char out[16])
{
	bool whole = strlen(rfc3339) >= 19 && !strncmp(rfc3339 + 16, ":00", 3);
	snprintf(out, 16, "%.*s", whole ? 5 : 8, strlen(rfc3339) >= 19 ? rfc3339 + 11 : "--:--");
	return out;
}

static const char *minutes_of(int64_t ms, char out[24])
{
	int64_t s = ms < 0 ? 0 : ms / 1000;
	snprintf(out, 24, "%02" PRId64 ":%02" PRId64, s / 60, s % 60);
	return out;
}

/* One line, cut to the columns there are. */
static void line(struct text *out, int columns, const char *s)
{
	int width = text_width(s);
	text_add_cell(out, s, width < columns ? width : columns);
	text_add(out, "\n");
}

/* A sentence, broken between words: a warning must never be cut. */
static void sentence(struct text *out, int columns, const char *s)
{
	struct text row = { 0 };
	while (*s) {
		size_t n = strcspn(s, " ");
		char *word = mem_dup_n(s, n);
		if (row.n && text_width(text_str(&row)) + 1 + text_width(word) > columns) {
			line(out, columns, text_str(&row));
			text_clear(&row);
		}
		text_addf(&row, "%s%s", row.n ? " " : "", word);
		mem_free(word);
		s += n + strspn(s + n, " ");
	}
	if (row.n)
		line(out, columns, text_str(&row));
	text_free(&row);
}

static void level_note(struct text *t, const struct json *airing)
{
	const char *level = str(airing, "priority");
	if (!strcmp(level, "emergency"))
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

static void on_air(struct text *t, const struct json *a)
{
	char at[24], all[24], left[24];
	int64_t position = json_get_int(a, "position_ms", 0), duration = json_get_int(a, "duration_ms", 0);
	int64_t filled = duration > 0 ? position * BAR_CELLS / duration : 0;
	text_addf(t, "▶ ");
	for (int64_t i = 0; i < BAR_CELLS; i++)
		text_add(t, i < filled ? "█" : "░");
	text_addf(t, " %s/%s", minutes_of(position, at), minutes_of(duration, all));
	text_addf(t, _(" (%s left)"), minutes_of(duration - position + 999, left));
	text_addf(t, "  %s", str(a, "title"));
	level_note(t, a);
	volume_note(t, a);
}

static void heard_note(struct text *t, const struct json *cut)
{
	char at[24], all[24];
	int64_t position = json_get_int(cut, "position_ms", 0);
	if (position > 0)
		text_addf(t, _(", heard %s of %s"), minutes_of(position, at),
			minutes_of(json_get_int(cut, "duration_ms", 0), all));
}

/* "2021-07-13T18:02:00.000+07:00" -> "18:02 13/07" */
static const char *since_of(const char *rfc3339, char out[16])
{
	snprintf(out, 16, "%.5s %.2s/%.2s", rfc3339 + 11, rfc3339 + 8, rfc3339 + 5);
	return out;
}

/* What the schedule switched off has no since. */
static void off_line(const struct json *z, const char *reason, struct text *out)
{
	char since[16];
	if (strlen(str(z, "off_since")) < 19)
		text_addf(out, _("OFF: %s"), reason);
	else
		text_addf(out, _("OFF since %s: %s (%s)"), since_of(str(z, "off_since"), since), reason,
			str(z, "off_by"));
	text_add(out, "\n");
}

static void held_line(const struct json *z, struct text *out)
{
	char since[16];
	if (strlen(str(z, "held_since")) < 19)
		text_add(out, _("HELD: only emergencies are aired"));
	else
		text_addf(out, _("HELD since %s (%s): only emergencies are aired"), since_of(str(z, "held_since"), since),
			str(z, "held_by"));
	text_add(out, "\n");
}

/* What is to be said of a zone, a line each, without its name. */
static void zone_lines(const struct json *z, struct text *out)
{
	char at[16];
	const char *off = json_get_str(z, "off");
	const struct json *air = json_get(z, "on_air"), *waiting = json_get(z, "waiting"), *next = json_get(z, "next");
	if (off)
		off_line(z, *off ? off : "—", out);
	int64_t volume = json_get_int(z, "volume", 100), scheduled = json_get_int(z, "volume_scheduled", volume);
	if (volume != scheduled)
		text_addf(out, _("VOLUME %d%% until the next start; the schedule says %d%%\n"), (int)volume,
			(int)scheduled);
	if (json_get_bool(z, "held"))
		held_line(z, out);
	if (json_get_bool(z, "lost"))
		text_addf(out, "%s\n", _("NO SOUND: the device is gone; airing resumes by itself"));
	if (is_object(air))
		on_air(out, air);
	else
		text_add(out, _("– nothing on air"));
	text_add(out, "\n");
	for (size_t i = 0; i < json_count(waiting); i++) {
		const struct json *w = json_at(waiting, i);
		text_addf(out, _("waits: %s %s"), clock_of(str(w, "planned"), at), str(w, "title"));
		level_note(out, w);
		if (*str(w, "why"))
			text_addf(out, " — %s", words_code(str(w, "why")));
		heard_note(out, w);
		text_add(out, "\n");
	}
	for (size_t i = 0; i < json_count(next); i++) {
		const struct json *n = json_at(next, i);
		text_addf(out, "%s %s %s", i ? "     " : _("next:"), clock_of(str(n, "planned"), at), str(n, "title"));
		text_addf(out, " (%s)\n", str(n, "from"));
	}
}

/* name in the left column of the block's first line, its lines to the right. */
static void block(struct text *out, int columns, const char *names, const char *lines)
{
	struct text row = { 0 };
	if (text_width(names) > NAME_COLUMNS) {
		line(out, columns, names);
		names = "";
	}
	while (*lines) {
		size_t n = strcspn(lines, "\n");
		text_clear(&row);
		text_add_cell(&row, names, NAME_COLUMNS);
		text_add(&row, "  ");
		text_add_n(&row, lines, n);
		line(out, columns, text_str(&row));
		names = "";
		lines += n + 1;
	}
	text_free(&row);
}

/* Zones with equal lines are one block, at the place of the first. */
static void zones(const struct json *list, int columns, struct text *out)
{
	size_t n = json_count(list);
	struct text *said = mem_zero(n * sizeof *said);
	for (size_t i = 0; i < n; i++)
		zone_lines(json_at(list, i), &said[i]);
	for (size_t i = 0; i < n; i++) {
		struct text names = { 0 };
		for (size_t k = i; k < n; k++) {
			if (!said[k].n || (k > i && strcmp(text_str(&said[i]), text_str(&said[k]))))
				continue;
			text_addf(&names, "%s%s", names.n ? ", " : "", str(json_at(list, k), "zone"));
			if (k > i)
				text_free(&said[k]);
		}
		if (names.n)
			block(out, columns, text_str(&names), text_str(&said[i]));
		text_free(&names);
	}
	for (size_t i = 0; i < n; i++)
		text_free(&said[i]);
	mem_free(said);
}

static void emergency(const struct json *e, int columns, struct text *out)
{
	char since[16], next[16];
	struct text t = { 0 };
	text_addf(&t, _("EMERGENCY \"%s\" since %s, ordered by %s"), str(e, "rule"), clock_of(str(e, "since"), since),
		str(e, "by"));
	if (*str(e, "next"))
		text_addf(&t, _("; again at %s"), clock_of(str(e, "next"), next));
	text_addf(&t, " — loaxa cancel %s", str(e, "rule"));
	sentence(out, columns, text_str(&t));
	text_free(&t);
}

/* "16:45", with its day when that is not today. */
static void coming_at(struct text *t, const char *at, const char *now)
{
	char clock[16];
	text_addf(t, " %s", clock_of(at, clock));
	if (strlen(at) >= 19 && strncmp(at, now, 10))
		text_addf(t, " %.2s/%.2s", at + 8, at + 5);
}

/* A play that was ordered ahead. */
static void order(const struct json *o, const char *now, int columns, struct text *out)
{
	const struct json *at = json_get(o, "at"), *where = json_get(o, "zones");
	struct text t = { 0 };
	text_addf(&t, _("Ordered by %s: %s, %zu zones, at"), str(o, "by"), str(o, "title"), json_count(where));
	for (size_t i = 0; i < json_count(at); i++) {
		text_add(&t, i ? "," : "");
		coming_at(&t, json_as_str(json_at(at, i)) ? json_as_str(json_at(at, i)) : "", now);
	}
	text_addf(&t, " — loaxa cancel %s", str(o, "order"));
	sentence(out, columns, text_str(&t));
	text_free(&t);
}

/* A relay that is listened to, on air or about to be. */
static void relay(const struct json *r, int columns, struct text *out)
{
	const char *state = str(r, "state"), *why = str(r, "why");
	struct text t = { 0 };
	text_addf(&t, _("Relay %s: "), str(r, "bulletin"));
	if (!strcmp(state, "on"))
		text_add(&t, _("its source is heard"));
	else if (!strcmp(state, "quiet"))
		text_addf(&t, _("no sound for %d s"), (int)(json_get_int(r, "quiet_ms", 0) / 1000));
	else if (!strcmp(state, "connecting"))
		text_add(&t, _("connecting"));
	else
		text_add(&t, *why ? why : _("its source is lost"));
	sentence(out, columns, text_str(&t));
	text_free(&t);
}

static void header(const struct json *status, struct text *out, int columns)
{
	const char *now = str(status, "now");
	struct text t = { 0 };
	text_addf(&t, "%s", *str(status, "station_name") ? str(status, "station_name") : _("no schedule"));
	if (strlen(now) >= 19)
		text_addf(&t, " — %.8s %.2s/%.2s/%.4s", now + 11, now + 8, now + 5, now);
	if (!strcmp(str(status, "clock"), "free"))
		text_addf(&t, " (%s)", _("clock not synchronised"));
	line(out, columns, text_str(&t));
	text_free(&t);
}

void status_view(const struct json *status, int columns, struct text *out)
{
	const struct json *faults = json_get(status, "faults"), *emergencies = json_get(status, "emergencies");
	if (!strcmp(str(status, "clock"), "distrusted"))
		sentence(out, columns,
			_("SCHEDULE HELD: the clock is not trusted — set it, or: loaxa clock confirm — "
			  "emergencies and manual plays still work"));
	for (size_t i = 0; i < json_count(faults); i++)
		sentence(out, columns, str(json_at(faults, i), "text"));
	for (size_t i = 0; i < json_count(emergencies); i++)
		emergency(json_at(emergencies, i), columns, out);
	header(status, out, columns);
	const struct json *relays = json_get(status, "relays"), *orders = json_get(status, "orders");
	for (size_t i = 0; i < json_count(orders); i++)
		order(json_at(orders, i), str(status, "now"), columns, out);
	for (size_t i = 0; i < json_count(relays); i++)
		relay(json_at(relays, i), columns, out);
	if (!json_get_bool(status, "schedule"))
		sentence(out, columns,
			_("No schedule is running — check one and take it: loaxa check DIR, loaxa reload DIR"));
	zones(json_get(status, "zones"), columns, out);
}
