#include "cli/told-words.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "report/words.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>

static void begin(
	struct text *out, const char *event, const char *code, const char *name, const struct tz *tz, wall_us now)
{
	char at[RFC3339_BYTES];
	tz_rfc3339(tz, now, at);
	json_open(out, NULL, '{');
	json_str(out, "event", event);
	json_str(out, "at", at);
	json_str(out, "station", code);
	json_str(out, "station_name", name);
}

static void end(struct text *out)
{
	json_close(out, '}');
	text_add(out, "\n");
}

/* "05:41:07", or "05:41:07 13/7/2021" when it was another day than that of `now`. */
static void add_since(struct text *t, const char *rfc3339, const struct tz *tz, wall_us now)
{
	char today[RFC3339_BYTES];
	tz_rfc3339(tz, now, today);
	if (strlen(rfc3339) < 19) {
		text_add(t, rfc3339);
		return;
	}
	text_addf(t, "%.8s", rfc3339 + 11);
	if (strncmp(rfc3339, today, 10))
		text_addf(t, " %.2s/%.2s/%.4s", rfc3339 + 8, rfc3339 + 5, rfc3339);
}

static void add_lines(struct text *t, const struct told_known *k, const struct told_wanted *w, enum told_what what,
	const struct tz *tz, wall_us now)
{
	const struct told_fault *f;
	for (size_t i = 0; (f = told_about(k, w, what, i)); i++) {
		struct text since = { 0 };
		add_since(&since, f->since, tz, now);
		bool said = what == TOLD_RAISED && strstr(f->text, text_str(&since)); /* "NO SOUND since 05:41:07 …" */
		if (said)
			text_addf(t, "%s\n", f->text);
		else
			text_addf(t, what == TOLD_RAISED ? _("Since %s: %s\n") : _("Over (it had begun at %s): %s\n"),
				text_str(&since), f->text);
		text_free(&since);
	}
	if (what == TOLD_CLEARED && w->faults.n)
		text_addf(t, "%s\n", _("Other faults remain: loaxa status"));
}

void told_words_change(struct text *out, const struct told_known *k, const struct told_wanted *w, enum told_what what,
	const struct tz *tz, wall_us now)
{
	const struct told_fault *f;
	struct text lines = { 0 };
	char time[VALUE_BYTES];
	value_print_time(tz_local(tz, now).ms / 60000 * 60000, time);
	char *title = mem_printf(
		what == TOLD_RAISED ? _("FAULT %s – %s") : _("Fault over %s – %s"), time, w->station_name);
	begin(out, what == TOLD_RAISED ? "raised" : "cleared", w->station, w->station_name, tz, now);
	add_lines(&lines, k, w, what, tz, now);
	json_str(out, "title", title);
	json_str(out, "text", text_str(&lines));
	json_open(out, "faults", '[');
	for (size_t i = 0; (f = told_about(k, w, what, i)); i++) {
		json_open(out, NULL, '{');
		json_str(out, "code", f->code);
		json_str(out, "since", f->since);
		json_str(out, "text", f->text);
		json_close(out, '}');
	}
	json_close(out, ']');
	end(out);
	text_free(&lines);
	mem_free(title);
}

static void add_counts(struct text *t, const struct tally *tally)
{
	bool first = true;
	for (enum state s = STATE_PARTIAL; s < STATE_COUNT; s++) {
		if (!tally->by_state[s])
			continue;
		text_addf(t, "%s%s %zu", first ? "" : " · ", words_state(s), tally->by_state[s]);
		first = false;
	}
	if (!first)
		text_add(t, "\n");
	first = true;
	for (enum reason r = REASON_NONE + 1; r < REASON_COUNT; r++) {
		if (!tally->by_reason[r])
			continue;
		text_addf(t, "%s%s %zu", first ? _("Reasons: ") : " · ", words_reason(r), tally->by_reason[r]);
		first = false;
	}
	if (!first)
		text_add(t, "\n");
}

static void add_day_lines(struct text *t, const struct told_wanted *w, const struct told_day *d, day_num day)
{
	struct text date = { 0 }, heard = { 0 };
	words_date(&date, day);
	words_minutes(&heard, d->tally.heard_ms);
	text_addf(t, _("%s: %zu broadcasts, %s; %zu airings planned in all zones, %zu aired whole\n"), text_str(&date),
		d->tally.broadcasts, text_str(&heard), d->tally.planned, d->tally.by_state[STATE_AIRED]);
	add_counts(t, &d->tally);
	if (*d->faults)
		text_addf(t, "%s\n%s", _("Faults of that day:"), d->faults);
	if (w->faults.n)
		text_addf(t, "%s\n", _("Faults now:"));
	for (size_t i = 0; i < w->faults.n; i++)
		text_addf(t, "%s\n", w->faults.at[i].text);
	text_free(&date);
	text_free(&heard);
}

void told_words_day(struct text *out, const struct told_wanted *w, const struct told_day *d, day_num day,
	const struct tz *tz, wall_us now)
{
	struct text lines = { 0 };
	char date[VALUE_BYTES];
	value_print_date(day, date);
	size_t bad = d->tally.planned - d->tally.by_state[STATE_AIRED] - d->tally.open;
	char *title = bad ? mem_printf(_("%s: %zu of %zu airings not whole – %s"), date, bad, d->tally.planned,
				    w->station_name)
			  : mem_printf(_("%s: all aired – %s"), date, w->station_name);
	add_day_lines(&lines, w, d, day);
	begin(out, "day", w->station, w->station_name, tz, now);
	json_str(out, "title", title);
	json_str(out, "text", text_str(&lines));
	json_str(out, "day", w->day);
	json_int(out, "planned", (int64_t)d->tally.planned);
	for (enum state s = STATE_AIRED; s < STATE_COUNT; s++)
		json_int(out, verdict_state_name(s), (int64_t)d->tally.by_state[s]);
	json_int(out, "broadcasts", (int64_t)d->tally.broadcasts);
	json_int(out, "heard_s", (d->tally.heard_ms + 500) / 1000);
	end(out);
	text_free(&lines);
	mem_free(title);
}

void told_words_try(struct text *out, const struct station *st, wall_us now)
{
	char *title = mem_printf(_("A trial – %s"), st->name);
	begin(out, "try", st->code, st->name, st->tz, now);
	json_str(out, "title", title);
	json_str(out, "text", _("A trial by loaxa tell --try: messages about faults arrive here. Nothing is wrong.\n"));
	end(out);
	mem_free(title);
}
